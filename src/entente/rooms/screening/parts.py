"""What a screening found, kept a part for each batch of rows: the house's things, read for its officer alone.

A part names records by their ids and versions and keeps of them no word, so that what is erased is nowhere.
It goes when its Screening goes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk import HOUSE_HANDLING, Desk
from entente.desk.retention import about
from entente.rooms.screening.sheets import SHEET

LEAST_ROWS, MOST_PARTS = 100, 5_000
"""Rows of a part: a hundred, and more where a list would have more than five thousand parts."""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate of a row: its version and scores as of then, and the search by which it was shown."""

    record: str
    version: int
    value: float
    name: float
    search: str


def match_of(thing: Thing, score: Score, search: str) -> Match:
    return Match(thing.id, thing.version, round(score.value, 6), round(score.name, 6), search)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that something is to be told of. `hints`: hint-only records, the house's to know, and
    the day on which each was found, for which its owner got a token."""

    place: int
    matches: tuple[Match, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    narrow: bool = False
    faults: tuple[tuple[str, str, str], ...] = ()

    @property
    def tells(self) -> bool:
        return bool(self.matches or self.hints or self.faults or self.narrow)


def rows_of_a_part(rows: int) -> int:
    """So chosen that parts never lie across two sheets."""
    many = LEAST_ROWS
    while rows > many * MOST_PARTS:
        many *= 2
    while SHEET % many:
        many += LEAST_ROWS
    return many


def part_id(desk: Desk, screening: str, which: int, number: int) -> str:
    """The id of the part of this number (from 0) of a screening's list."""
    return desk.house.ids.of("screening part", screening, which, number)


def done(desk: Desk, screening: Thing) -> int:
    """How many parts there are, found by halving: they are made one after the other. The house's to ask."""
    which = int(screening.first("list"))
    low, high = 0, parts_of(screening)
    while low < high:
        middle = (low + high) // 2
        if desk.inspect(part_id(desk, screening.id, which, middle)):
            low = middle + 1
        else:
            high = middle
    return low


def asked(desk: Desk, screening: Thing) -> int:
    """How many rows were asked. The house's to ask."""
    return min(int(screening.first("rows")), done(desk, screening) * int(screening.first("batch")))


def parts_of(screening: Thing) -> int:
    """How many there will be."""
    return -(-int(screening.first("rows")) // int(screening.first("batch")))


def keep(desk: Desk, screening: Thing, number: int, last: int, entries: Iterable[Entry]) -> None:
    """Keep a part, in place of what stands of it."""
    which, first = screening.first("list"), number * int(screening.first("batch"))
    body = {
        "screening": screening.id,
        "first": str(first),
        "last": str(last),
        "found": [_spelled(entry) for entry in entries if entry.tells],
    }
    desk.keep(
        "ScreeningPart",
        body,
        HOUSE_HANDLING,
        id=part_id(desk, screening.id, int(which), number),
        version=0,
        keys=(f"part:{screening.id}:{which}", *about(screening.id)),
    )


def entries_of(part: Thing | None) -> dict[int, Entry]:
    """The rows of a part that something is to be told of, by their places."""
    return {entry.place: entry for entry in map(_read, part.body.get("found", ()))} if part else {}


def all_entries(desk: Desk, screening: Thing) -> Iterator[Entry]:
    """Every row that something is to be told of. The house's to ask."""
    for _, part in desk.inspect_all([f"part:{screening.id}:{screening.first('list')}"]):
        yield from entries_of(part).values()


def entries_between(desk: Desk, screening: Thing, first: int, last: int) -> Iterator[Entry]:
    """Those of the rows from one place up to another. The house's to ask."""
    which, batch = int(screening.first("list")), int(screening.first("batch"))
    for number in range(first // batch, -(-last // batch)):
        entries = entries_of(desk.inspect(part_id(desk, screening.id, which, number)))
        yield from (entries[place] for place in sorted(entries) if first <= place < last)


def of_list(desk: Desk, screening: str, which: int) -> list[str]:
    """Ids of the parts of a list. The house's to ask."""
    return [part.id for _, part in desk.inspect_all([f"part:{screening}:{which}"])]


def of_older(desk: Desk, screening: Thing) -> list[str]:
    """Ids of the parts of every list before the present one. The house's to ask."""
    return [
        id for which in range(1, int(screening.first("list"))) for id in of_list(desk, screening.id, which)
    ]


def _spelled(entry: Entry) -> str:
    matches = [[m.record, m.version, m.value, m.name, m.search] for m in entry.matches]
    said = {**asdict(entry), "matches": matches}
    return json.dumps({name: value for name, value in said.items() if value or name == "place"})


def _read(text: str) -> Entry:
    said = json.loads(text)
    return Entry(
        place=said["place"],
        matches=tuple(Match(*one) for one in said.get("matches", ())),
        hints=said.get("hints", {}),
        narrow=said.get("narrow", False),
        faults=tuple(tuple(one) for one in said.get("faults", ())),
    )
