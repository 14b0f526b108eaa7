"""Who takes part in the story: bureaus, a secretariat, customs and two companies; their officers and keys."""

from dataclasses import dataclass

from entente.core.access import Level, Role
from entente.core.problems import Locked, NotSignedIn
from entente.desk import Desk
from entente.rooms.bureaus import (
    Bureau,
    Keyring,
    by_code,
    enrol,
    found_key,
    issue_key,
    opened_with_key,
    register,
    unlock_with_key,
)


@dataclass(frozen=True, slots=True)
class Joined:
    """A bureau of the story, and when its duty desk is there."""

    label: str
    desk: str
    phone: str
    duty: str
    zone: str
    hours: str
    languages: tuple[str, ...]
    sort: str = "police"


BUREAUS = {
    "XZ": Joined(
        *("Secretariat", "General secretariat", "+999 0000 0000", "+999 0000 0009"),
        *("UTC", "24/7", ("en", "fr", "es", "ar")),
    ),
    "XA": Joined(
        *("Bureau of Arvenia", "Duty desk Port Arven", "+999 1000 0001", "+999 1000 0009"),
        *("Europe/Athens", "mon-fri 07:00-20:00; sat 08:00-13:00", ("en", "fr")),
    ),
    "XB": Joined(
        *("Bureau of Belmark", "Duty desk Belmar", "+999 2000 0002", "+999 2000 0009"),
        *("Europe/Brussels", "mon-fri 08:00-12:00,13:00-18:00", ("fr", "en")),
    ),
    "XC": Joined(
        *("Bureau of Cordava", "Duty desk Cordava City", "+999 3000 0003", "+999 3000 0009"),
        *("Africa/Tunis", "mon-thu 08:00-17:00; sun 08:00-13:00", ("ar", "fr")),
    ),
    "XD": Joined(
        *("Bureau of Drummen", "Duty desk Nord-Drummen", "+999 4000 0004", "+999 4000 0009"),
        *("Atlantic/Canary", "24/7", ("es", "en")),
    ),
    "XK": Joined(
        *("Customs of Arvenia", "Risk desk Port Arven", "+999 1100 0001", "+999 1100 0009"),
        *("Europe/Athens", "mon-fri 07:00-19:00", ("en", "fr"), "customs"),
    ),
    "XP": Joined(
        *("Solvark Crop Protection", "Brand protection", "+999 5000 0001", "+999 5000 0009"),
        *("Europe/Brussels", "mon-fri 09:00-17:00", ("en",), "private"),
    ),
    "XQ": Joined(
        *("Swiftlark Parcels", "Security of transport", "+999 6000 0001", "+999 6000 0009"),
        *("Europe/Brussels", "mon-fri 09:00-17:00", ("en",), "private"),
    ),
}
ALL_BUT_OFFICE = (Role.OFFICER, Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR)
LEADS = (*ALL_BUT_OFFICE, Role.ADMINISTRATOR)
OFFICERS = (
    ("XA", "Nadia Brandt", "officer@xa.example", (Role.OFFICER,)),
    ("XA", "Tomas Iversen", "analyst@xa.example", ALL_BUT_OFFICE),
    ("XA", "Wim Aldering", "second@xa.example", LEADS),
    ("XB", "Amina Rask", "officer@xb.example", ALL_BUT_OFFICE),
    ("XB", "Greet Halmans", "second@xb.example", LEADS),
    ("XC", "Davit Orbeli", "officer@xc.example", ALL_BUT_OFFICE),
    ("XC", "Rym Zahrouni", "second@xc.example", LEADS),
    ("XD", "Lena Voss", "officer@xd.example", ALL_BUT_OFFICE),
    ("XD", "Mikkel Aasbjorn", "second@xd.example", LEADS),
    ("XZ", "Rosa Calder", "desk@xz.example", LEADS),
    ("XK", "Ilse Warnack", "officer@xk.example", ALL_BUT_OFFICE),
    ("XP", "Jorun Telvik", "officer@xp.example", (Role.CONTRIBUTOR,)),
    ("XQ", "Pavo Lintner", "officer@xq.example", (Role.CONTRIBUTOR,)),
)
"""Bureau, name, address, roles. The second of a bureau leads its desk; the secretariat's reviews."""
SPECIALISTS = ("XA", "XB", "XC")
"""Bureaus whose officers the secretariat has cleared for image series."""


def join(desk: Desk) -> None:
    """Register the bureaus with their keys, and enrol their officers."""
    known = by_code(desk)
    for code, said in BUREAUS.items():
        if code not in known:
            joined = register(
                desk,
                code,
                said.label,
                desk=said.desk,
                phone=said.phone,
                email=f"desk@{code.lower()}.example",
                secretariat="yes" if code == "XZ" else "",
                sort=said.sort,
            )
            _found_key(desk, joined)
    bureaus = by_code(desk)
    for code, name, email, roles in OFFICERS:
        held = ("series",) if code in SPECIALISTS else ()
        enrol(desk, bureaus[code], name, email, roles, Level.CONFIDENTIAL, held, reviewer=code == "XZ")


def _found_key(desk: Desk, bureau: Bureau) -> None:
    """Found a bureau's key with a machine's, and keep that in a note.

    Only the demo does that: it makes fresh links at every start, to which nobody is there to give the
    bureau's key. Whoever reads the demo's store opens the demo's messages.
    """
    key, _ = issue_key(desk, bureau, "the demo, for its links", [Role.OFFICER])
    found_key(desk, opened_with_key(desk, key))
    desk.remember(f"demo/key {bureau.code}", key)


def ring_of(desk: Desk, code: str) -> Keyring | None:
    """A demo bureau's keys, by which a fresh link is given them; None in a house that was not founded so."""
    key = desk.recall(f"demo/key {code}")
    try:
        return unlock_with_key(desk, key) if key else None
    except (Locked, NotSignedIn):
        return None
