"""Things of a file as its charts and networks show them, to whoever may see them, in his language."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from entente.core.kinds import Kind
from entente.core.kinds.dates import OPEN_FIRST, OPEN_LAST, parse
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import subjects
from entente.rooms.records import Strict, code_of
from entente.web import formats
from entente.web.language import _

COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry", "birthCountry", "flag")
"""Properties that say where somebody or something belongs; the first that is said holds."""
PLACES = ("city", "location", "placeOfResidence", "address", "full")
UNTOLD = frozenset({"indexText", "namesMentioned", "certainty"})
"""Properties that are for searching, or told elsewhere."""
MOST_VALUES = 8
LONGEST = 300
"""Characters of a value on a chart; the record itself has all of it."""


class Fact(Strict):
    """What is stated of a thing, in words."""

    label: str
    values: list[str]


class Node(Strict):
    """A thing as the viewer may see it. `since`, `until`: ISO days, or empty. `photo`: it has a picture."""

    id: str
    kind: str
    label: str
    caption: str
    owner: str
    grade: str
    certainty: str
    countries: list[str]
    place: str
    since: str
    until: str
    category: str
    photo: bool
    facts: list[Fact]


class Link(Strict):
    """A stated relation of two things. `more`: further statements that say the same."""

    id: str
    kind: str
    label: str
    start: str = Field(alias="from")
    to: str
    directed: bool
    since: str
    until: str
    grade: str
    certainty: str
    owner: str
    more: int


def nodes(desk: Desk, ids: Sequence[str], file: Thing) -> list[Node]:
    """Those of the things that the viewer may see, in the order named; what is hidden is silently absent."""
    seen = desk.look_all(ids)
    categories = subjects.categories_of(desk, file) if seen else {}
    known, codes = desk.house.model, codes_of(desk, seen.values())
    return [
        _node(desk, thing, categories.get(id, ""), codes[thing.handling.owner])
        for id in dict.fromkeys(ids)
        if (thing := seen.get(id)) and not known[thing.kind].house
    ]


def codes_of(desk: Desk, things: Iterable[Thing]) -> dict[int, str]:
    """Codes of the bureaus that own the things, by number; each is asked for once."""
    return {owner: code_of(desk, owner) for owner in {t.handling.owner for t in things}}


def _node(desk: Desk, thing: Thing, category: str, owner: str) -> Node:
    kind = desk.house.model[thing.kind]
    since, until = lasting(kind, thing)
    return Node(
        id=thing.id,
        kind=thing.kind,
        label=_(kind.label),
        caption=caption(desk, thing),
        owner=owner,
        grade=thing.grade,
        certainty=thing.first("certainty"),
        countries=list(next((thing.body[name] for name in COUNTRIES if thing.body.get(name)), ())),
        place=next((thing.first(name) for name in PLACES if thing.first(name)), ""),
        since=since,
        until=until,
        category=category,
        photo=bool(thing.body.get("blobs")),
        facts=_facts(kind, thing),
    )


def kind_label(desk: Desk, kind: str) -> str:
    """What a kind is called in the reader's language."""
    return _(desk.house.model[kind].label)


def caption(desk: Desk, thing: Thing) -> str:
    """What a thing is called; by its kind, in the reader's language, where it says no name."""
    said = desk.house.model.caption(thing.kind, thing.body)
    kind = desk.house.model[thing.kind]
    return _(kind.label) if said == kind.label else said


def lasting(kind: Kind, thing: Thing) -> tuple[str, str]:
    """The first and last day of a thing that has a time; empty where that end is open or not known."""
    if not kind.is_a("Interval"):
        return "", ""
    starts = thing.body.get("startDate", ()) or thing.body.get("date", ())
    ends = thing.body.get("endDate", ())
    if not ends and not thing.body.get("startDate"):
        ends = starts
    first = min((parse(text).first for text in starts), default=OPEN_FIRST)
    last = max((parse(text).last for text in ends), default=OPEN_LAST)
    return ("" if first == OPEN_FIRST else first.isoformat(), "" if last == OPEN_LAST else last.isoformat())


def _told(text: str, type: str) -> str:
    """A value in the reader's words; a date stays as it is, to be searched for."""
    return text if type == "date" else formats.value(text, type)


def _facts(kind: Kind, thing: Thing) -> list[Fact]:
    told: Iterable[str] = dict.fromkeys((*kind.featured, *thing.body))
    return [
        Fact(
            label=_(kind.properties[name].label),
            values=[_told(v[:LONGEST], kind.properties[name].type) for v in thing.body[name][:MOST_VALUES]],
        )
        for name in told
        if thing.body.get(name)
        and name in kind.properties
        and name not in UNTOLD
        and not kind.properties[name].entity
    ]
