"""The story: four bureaus and a secretariat, their officers, and what each keeps under which handling."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from entente.core.access import EVERYONE, Asker, Handling, Level, Purpose, Role
from entente.core.problems import Locked, NotSignedIn
from entente.core.things import Thing
from entente.demo.people import Drawn, draw
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import (
    Bureau,
    Keyring,
    by_code,
    enrol,
    found_key,
    issue_key,
    make_link,
    opened_with_key,
    register,
    unlock_with_key,
)

BUREAUS = {
    "XZ": ("Secretariat", "General secretariat", "+999 0000 0000"),
    "XA": ("Bureau of Arvenia", "Duty desk Port Arven", "+999 1000 0001"),
    "XB": ("Bureau of Belmark", "Duty desk Belmar", "+999 2000 0002"),
    "XC": ("Bureau of Cordava", "Duty desk Cordava City", "+999 3000 0003"),
    "XD": ("Bureau of Drummen", "Duty desk Nord-Drummen", "+999 4000 0004"),
}
ALL_BUT_OFFICE = (Role.OFFICER, Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR)
OFFICERS = (
    ("XA", "Nadia Brandt", "officer@xa.example", (Role.OFFICER,)),
    ("XA", "Tomas Iversen", "analyst@xa.example", ALL_BUT_OFFICE),
    ("XB", "Amina Rask", "officer@xb.example", ALL_BUT_OFFICE),
    ("XC", "Davit Orbeli", "officer@xc.example", ALL_BUT_OFFICE),
    ("XD", "Lena Voss", "officer@xd.example", ALL_BUT_OFFICE),
    ("XZ", "Rosa Calder", "desk@xz.example", (*ALL_BUT_OFFICE, Role.ADMINISTRATOR)),
)
LINKS_FOR = ("officer@xa.example", "analyst@xa.example", "officer@xb.example", "desk@xz.example")
SEED = 20_26
BATCH = 500

Advance = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record that the story tells of, and how its owner handles it."""

    owner: str
    drawn: Drawn
    see: str = "everyone"
    hint: str = ""
    watch: bool = False
    level: Level = Level.OFFICIAL
    grade: str = "B2"


STORY = (
    Leaf(
        "XB",
        Drawn(
            "kingpin",
            "Person",
            {
                "name": ["Anton Velkov", "Антон Велков"],
                "alias": ["Anton Welkow"],
                "moniker": ["the Apothecary"],
                "birthDate": ["~1971"],
                "nationality": ["xb"],
                "gender": ["male"],
                "passportNumber": ["B70441920"],
                "distinguishingMarks": ["Burn scar on the left hand"],
            },
        ),
        grade="A1",
    ),
    Leaf(
        "XB",
        Drawn("kingpin-firm", "Company", {"name": ["Velkov Agro Trading d.o.o."], "jurisdiction": ["xb"]}),
    ),
    Leaf(
        "XB",
        Drawn(
            "kingpin-directs",
            "Directorship",
            {"director": ["kingpin"], "organization": ["kingpin-firm"], "startDate": ["2019"]},
        ),
    ),
    Leaf(
        "XC",
        Drawn(
            "chemist",
            "Person",
            {
                "name": ["Salma Okray", "سلمى أوكراي"],
                "birthDate": ["1984-06-11"],
                "nationality": ["xc"],
                "gender": ["female"],
                "passportNumber": ["C51200387"],
            },
        ),
        see="",
        hint="everyone",
    ),
    Leaf(
        "XD",
        Drawn(
            "courier",
            "Person",
            {
                "name": ["Levan Tskitishvar", "ლევან ცქიტიშვარ"],
                "weakAlias": ["Leo"],
                "birthDate": ["1990/1992"],
                "nationality": ["xd"],
                "gender": ["male"],
            },
        ),
        watch=True,
    ),
    Leaf(
        "XD",
        Drawn(
            "van",
            "Vehicle",
            {
                "name": ["Fjord Transit, white"],
                "registrationNumber": ["XD 417 KLM"],
                "vin": ["WFDXTTTD9LB417017"],
            },
        ),
    ),
    Leaf("XD", Drawn("courier-drives", "Ownership", {"owner": ["courier"], "asset": ["van"]})),
    Leaf(
        "XA",
        Drawn(
            "informant-file",
            "Person",
            {
                "name": ["Piet Hollander"],
                "birthDate": ["1979-02-02"],
                "nationality": ["xa"],
                "gender": ["male"],
            },
        ),
        see="",
        level=Level.OFFICIAL,
    ),
)


def load(house: House, people: int, advance: Advance) -> None:
    """Load the story and `people` synthetic persons with what belongs to them, once."""
    with house.store.reading() as tx:
        if tx.notes.read("demo"):
            return
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        known = by_code(desk)
        for code, (label, room, phone) in BUREAUS.items():
            if code not in known:
                joined = register(
                    desk,
                    code,
                    label,
                    desk=room,
                    phone=phone,
                    email=f"desk@{code.lower()}.example",
                    secretariat="yes" if code == "XZ" else "",
                )
                _found_key(desk, joined)
        bureaus = by_code(desk)
        for code, name, email, roles in OFFICERS:
            enrol(desk, bureaus[code], name, email, roles, Level.CONFIDENTIAL, reviewer=code == "XZ")
    numbers = {code: b.number for code, b in bureaus.items()}
    total = sum(1 for _ in _drawn(people)) + len(STORY)
    advance(0, total)
    for leaf in STORY:
        _keep(house, numbers[leaf.owner], [(leaf.drawn, _handling(leaf, numbers), leaf.grade)])
        advance(1, total)
    for code in ("XA", "XB", "XC", "XD"):
        several = _handlings(numbers, code)
        drawn = ((d, several[_bucket(d.ref)], "") for d in draw(SEED, code.lower(), people // 4))
        while batch := list(islice(drawn, BATCH)):
            _keep(house, numbers[code], batch)
            advance(len(batch), total)
    with house.bookkeeping() as tx:
        tx.notes.write("demo", "loaded")


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


def sign_in_links(house: House) -> list[tuple[str, str]]:
    """Fresh one-time links: (name, bureau and roles; token)."""
    who = {
        email: f"{name}, {code} ({', '.join(role.value for role in roles)})"
        for code, name, email, roles in OFFICERS
    }
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        found = {t.first("email"): t for _, t in desk.table(["Officer"], limit=100)}
        rings = {code: ring_of(desk, code) for code in BUREAUS}
        those = [(e, found[e]) for e in LINKS_FOR if e in found]
        return [(who[e], make_link(desk, t.id, rings[t.first("code")])) for e, t in those]


def _keep(house: House, owner: int, batch: list[tuple[Drawn, Handling, str]]) -> None:
    asker = Asker("operator", owner, Purpose.DESK, "the demo story", frozenset({Role.CONTRIBUTOR}))
    with sit(house, asker, "contribute", writing=True) as desk:
        kept = desk.keep_many([_thing(desk, owner, d, h, grade) for d, h, grade in batch])
        desk.note("load", records=kept)


def _thing(desk: Desk, owner: int, drawn: Drawn, handling: Handling, grade: str) -> Thing:
    kind = desk.house.model[drawn.kind]
    return Thing(
        id=desk.ref_id(owner, drawn.ref),
        kind=drawn.kind,
        handling=handling,
        body=desk.clean(kind, drawn.values, owner),
        expires=desk.expiry(kind, None),
        grade=grade,
        ref=drawn.ref,
        version=0,
        created=desk.now,
        changed=desk.now,
    )


def _drawn(people: int) -> Iterator[Drawn]:
    for code in ("XA", "XB", "XC", "XD"):
        yield from draw(SEED, code.lower(), people // 4)


def _handling(leaf: Leaf, numbers: dict[str, int]) -> Handling:
    def bits(said: str) -> int:
        return EVERYONE if said == "everyone" else sum(1 << numbers[c] for c in said.split(",") if c)

    see = bits(leaf.see)
    return Handling(
        owner=numbers[leaf.owner], see=see, hint=bits(leaf.hint) & ~see, watch=leaf.watch, level=leaf.level
    )


def _handlings(numbers: dict[str, int], code: str) -> tuple[Handling, ...]:
    """Ten handlings a bureau chooses from: most for all, some for few, some hints, some for itself."""
    own = numbers[code]
    others = [n for c, n in numbers.items() if c not in (code, "XZ")]
    everyone = Handling(own)
    return (
        *[everyone] * 6,
        replace(everyone, see=EVERYONE & ~(1 << others[0])),
        replace(everyone, see=1 << others[1], hint=1 << others[2]),
        replace(everyone, see=0, hint=EVERYONE),
        replace(everyone, see=0),
    )


def _bucket(ref: str) -> int:
    """What hangs together (`person-7`, `passport-7`) is handled alike."""
    return int(ref.rpartition("-")[2]) % 10
