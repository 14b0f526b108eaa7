"""The one-screen form of an intercept: its fields as a browser sends them, and back.

Fields are named as faults are (`creditor/account`), so that each fault stands at its field. A moment is
three fields, `executed_at.date`, `.time` and `.zone`; a list is a text with one entry a line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from entente.core.problems import Fault, Faulty
from entente.match.money.accounts import find_accounts
from entente.match.money.addresses import find_addresses
from entente.rooms.payments.labels import ungrouped
from entente.rooms.payments.model import FaultOut, InterceptForm
from entente.web.forms import validated
from entente.web.language import N_

Given = Mapping[str, str]
F = TypeVar("F", Fault, FaultOut)
MOMENTS = ("executed_at", "executed_until", "detected_at", "reported_at", "due_by", "recall/sent_at")
LISTS = ("phones", "emails", "addresses", "subjects")
PLACE = ("account", "scheme", "chain", "token", "bic", "bank", "country")
PLAIN = tuple(
    "scam rail amount currency uetr end_to_end_id instruction_id transaction_id message_id message_name "
    "recall/ref recall/type legal_basis offence penalty measure victim_consents police_report summary grade "
    "level receiver ref".split()
)
PLACES = {
    "debtor": ("name", *PLACE),
    "creditor": ("name", *PLACE),
    "further_credit": PLACE,
}
FLAGS = ("tip_off_forbidden", "ring")
BETWEEN = 3
"""Banks in between."""
BETWEEN_FIELDS = ("bic", "name", "role")
FIELDS: tuple[str, ...] = (
    *PLAIN,
    *(f"{place}/{name}" for place, names in PLACES.items() for name in names),
    *(f"intermediaries/{n}/{name}" for n in range(BETWEEN) for name in BETWEEN_FIELDS),
    *LISTS,
    *FLAGS,
    "evidence",
    *(f"{name}.{part}" for name in MOMENTS for part in ("date", "time", "zone")),
)
"""Every field of the form."""
IN_ORDER: tuple[str, ...] = (
    *"summary scam police_report ref reported_at detected_at rail amount currency executed_at".split(),
    *"debtor/name debtor/account debtor/country victim_consents".split(),
    *"creditor/name creditor/account creditor/bic creditor/country".split(),
    *"measure legal_basis due_by receiver grade".split(),
)
"""Fields that sending may lack, as they stand on the page."""
NO_HOUR = N_("The hour is missing")
SPAN = N_("Write it; where it is not known, give a span: its earliest and its latest moment.")
HOUR = N_("Write it.")


def form_of(given: Given) -> InterceptForm:
    """The form of what a browser sent. Raises Faulty with every fault of what cannot be one."""
    return validated(InterceptForm, **_said_of(given))


def readable(given: Given) -> tuple[InterceptForm, tuple[Fault, ...]]:
    """(the form with what the schema refuses left out, its faults): so the rest is checked all the same."""
    said = _said_of(given)
    try:
        return validated(InterceptForm, **said), ()
    except Faulty as problem:
        places = {tuple(_to_row(fault.where.split("/"))) for fault in problem.faults}
        for place in sorted(places, key=lambda place: (len(place), str(place[-1]).zfill(9)), reverse=True):
            _blank(said, place)
        return validated(InterceptForm, **said), problem.faults


def _to_row(path: Sequence[str]) -> Iterator[str]:
    """A place as far as the row of a list that it is in, which is taken out whole."""
    for part in path:
        yield part
        if part.isdecimal():
            return


def _blank(said: Any, path: Sequence[str]) -> None:
    """Take out the innermost value that a fault names; beyond it a union's branch is named, which is none."""
    first, *rest = path
    inner = said.get(first)
    if isinstance(inner, dict) and rest:
        _blank(inner, rest)
    elif isinstance(inner, list) and rest and rest[0].isdecimal():
        del inner[int(rest[0]) : int(rest[0]) + 1]
    else:
        said.pop(first, None)


def in_order(faults: Iterable[F]) -> list[F]:
    """Faults as their fields stand on the page; others after them."""
    return sorted(faults, key=lambda f: IN_ORDER.index(f.where) if f.where in IN_ORDER else len(IN_ORDER))


def told_hours(faults: Iterable[Fault], given: Given) -> list[Fault]:
    """The faults, where a date was given without an hour so that they say this and nothing else."""
    return [replace(f, what=NO_HOUR, do=_hour(f.where)) if _no_hour(given, f.where) else f for f in faults]


def _no_hour(given: Given, name: str) -> bool:
    day, hour = given.get(f"{name}.date", "").strip(), given.get(f"{name}.time", "").strip()
    return bool(day) and not hour


def _hour(name: str) -> str:
    return SPAN if name == "executed_at" else HOUR


def _said_of(given: Given) -> dict[str, Any]:
    said: dict[str, Any] = nested({name: given.get(name, "").strip() for name in PLAIN})
    said["amount"] = ungrouped(said["amount"])
    consents = {"yes": True, "no": False}.get(given.get("victim_consents", ""))
    said["victim_consents"] = consents
    for place, names in PLACES.items():
        said[place] = {name: given.get(f"{place}/{name}", "").strip() for name in names}
        said[place]["scheme"] = said[place]["scheme"] or "other"
    for name in MOMENTS:
        put(said, name, moment_of(given, name))
    for name in LISTS:
        said[name] = lines(given.get(name, ""))
    for name in FLAGS:
        said[name] = given.get(name) == "yes"
    said["intermediaries"] = _between(given)
    said["evidence"] = [_evidence(line) for line in lines(given.get("evidence", ""))]
    said["level"] = said["level"] or "official"
    return said


def given_of(form: InterceptForm) -> dict[str, str]:
    """A form's fields as the page shows them."""
    said = form.model_dump()
    given = {name: _at(said, name) or "" for name in PLAIN if name != "victim_consents"}
    given["victim_consents"] = {True: "yes", False: "no", None: ""}[form.victim_consents]
    given |= {f"{place}/{name}": said[place][name] for place, names in PLACES.items() for name in names}
    for name in MOMENTS:
        given |= moment_fields(name, _at(said, name))
    given |= {name: "\n".join(said[name]) for name in LISTS}
    given |= {name: "yes" if said[name] else "" for name in FLAGS}
    for n, one in enumerate(said["intermediaries"]):
        given |= {f"intermediaries/{n}/{name}": one[name] for name in BETWEEN_FIELDS}
    given["evidence"] = "\n".join(f"{one['sha256']} {one['what']}".strip() for one in said["evidence"])
    return dict.fromkeys(FIELDS, "") | given


def fresh(now: datetime, zone: str) -> dict[str, str]:
    """The fields of a form that nobody has written in: reported now."""
    reported = now.astimezone(zone_of(zone)).replace(microsecond=0)
    return given_of(InterceptForm()) | {
        "reported_at.date": reported.date().isoformat(),
        "reported_at.time": f"{reported:%H:%M}",
        "further_credit/scheme": "other",
    }


# --- moments -------------------------------------------------------------------------------------


def moment_of(given: Given, name: str) -> str:
    """A moment of its three fields, as ISO 8601 with its offset; what makes none stays as it was written, so
    that it is refused and not lost. Empty where neither a date nor a time is given."""
    day, hour = given.get(f"{name}.date", "").strip(), given.get(f"{name}.time", "").strip()
    zone = given.get(f"{name}.zone", "").strip()
    if not day and not hour:
        return ""
    try:
        at = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), zone_of(zone))
    except (ValueError, OverflowError):
        return f"{day} {hour} {zone}".strip()
    return at.isoformat(timespec="minutes" if not at.second else "seconds")


def moment_fields(name: str, text: str) -> dict[str, str]:
    """The three fields of a moment; the zone of a kept one is its offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return {f"{name}.date": "", f"{name}.time": "", f"{name}.zone": ""}
    shown = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return {f"{name}.date": at.date().isoformat(), f"{name}.time": shown, f"{name}.zone": offset(at)}


def offset(at: datetime) -> str:
    """ "+01:00", or "UTC" for none."""
    said = at.isoformat()[-6:]
    return said if at.utcoffset() else "UTC"


def zone_of(name: str) -> Any:
    """A zone of its name or its offset. Raises ValueError."""
    if name[:1] in ("+", "-"):
        return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
    if name in ("", "UTC"):
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as wrong:
        raise ValueError("is no time zone") from wrong


def zones(own: str, others: "set[str]", now: datetime) -> list[tuple[str, str]]:
    """Zones to choose from: one's own first, UTC, those of the other bureaus, then offsets."""
    named = [own, "UTC", *sorted(others - {own, "UTC"})]
    offsets = [f"{sign}{n:02d}:00" for sign in "+-" for n in range(1, 15) if sign == "+" or n <= 12]
    offsets += ["+03:30", "+04:30", "+05:30", "+05:45", "+06:30", "+09:30", "-03:30"]
    return [(zone, _called(zone, now)) for zone in dict.fromkeys(named)] + [
        (one, f"UTC{one}") for one in sorted(offsets, key=lambda one: (one[0] == "-", one))
    ]


def _called(zone: str, now: datetime) -> str:
    if zone == "UTC":
        return zone
    there = now.astimezone(zone_of(zone)).utcoffset() or timedelta()
    minutes = int(there.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{zone.replace('_', ' ')} (UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d})"


# --- numbers in free text --------------------------------------------------------------------------


def numbers_in(text: str, given: Given) -> list[tuple[str, str]]:
    """Accounts and wallets in a free text that stand in no field: (kind "account" or a chain, number)."""
    known = {given.get(f"{place}/account", "").replace(" ", "") for place in PLACES}
    found = [("account", account.text) for _, _, account in find_accounts(text)]
    found += [(chains[0], address) for _, _, address, chains in find_addresses(text)]
    return [one for one in dict.fromkeys(found) if one[1] not in known]


def lifted(given: Given, place: str, kind: str, number: str) -> dict[str, str]:
    """The fields with a number of the text put into a place of the form."""
    put_in = {f"{place}/account": number, f"{place}/scheme": "wallet"}
    if kind != "account":
        return dict(given) | put_in | {f"{place}/chain": kind}
    scheme = "iban" if number[:2].isalpha() else "other"
    return dict(given) | put_in | {f"{place}/scheme": scheme, f"{place}/chain": "", f"{place}/token": ""}


# --- small parts -----------------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def nested(flat: Given) -> dict[str, Any]:
    """{"recall/ref": …} as {"recall": {"ref": …}}."""
    made: dict[str, Any] = {}
    for name, value in flat.items():
        put(made, name, value)
    return made


def put(into: dict[str, Any], name: str, value: object) -> None:
    """Put a value where its name says."""
    first, _, rest = name.partition("/")
    if rest:
        into.setdefault(first, {})[rest] = value
    else:
        into[first] = value


def _at(said: Mapping[str, Any], name: str) -> str:
    first, _, rest = name.partition("/")
    value = said[first][rest] if rest else said[first]
    return str(value)


def _between(given: Given) -> list[dict[str, str]]:
    rows = [
        {name: given.get(f"intermediaries/{n}/{name}", "").strip() for name in BETWEEN_FIELDS}
        for n in range(BETWEEN)
    ]
    while rows and not any(rows[-1].values()):
        rows.pop()
    return rows


def _evidence(line: str) -> dict[str, str]:
    digest, _, what = line.partition(" ")
    return {"sha256": digest.lower(), "what": what.strip()}
