"""What a screening found, as its officer may see it now: records decided again, scores as they stand.

Counts, order and bands are of what he sees at this moment, so that a record that was withdrawn, erased or
hidden from him is as if it had never been found.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from entente.core.things import Thing
from entente.desk import Desk, Findings, Found
from entente.desk.finding import CONTACT_FROM, SHOWN_FROM, still_hinting
from entente.desk.watching import contact_token
from entente.match.evidence import compare
from entente.match.question import Question
from entente.match.records import read as features
from entente.rooms.bureaus import directory
from entente.rooms.screening import model, parts, service, sheets
from entente.rooms.screening.answering import read
from entente.rooms.screening.parts import Entry
from entente.rooms.search import Answered, contact, for_inquiry, shown

AT_ONCE = 1_000
SHEETS_HELD = 2
"""Sheets of a list that a page holds in the clear at a time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that tells something now. `best`: the highest score; `owners`: number to the day of the token."""

    place: int
    best: float
    owners: tuple[tuple[int, str], ...]
    entry: Entry

    @property
    def band(self) -> str:
        if self.best:
            return "strong" if self.best >= CONTACT_FROM else "possible"
        return "contact" if self.owners else "faulty" if self.entry.faults else ""


def results(
    desk: Desk, id: str, band: str = "", words: str = "", after: int = 0, limit: int = 50
) -> model.Results:
    """A page of rows: those with candidates first, best first, then contacts, faults, and all the others.

    `after`: how many to pass over. Raises Absent, NotAllowed.
    """
    screening = service.mine(desk, id)
    reading = desk.seated_as(for_inquiry(desk.asker, screening))
    reading.allow("search")
    standing = list(decided(reading, screening, parts.all_entries(desk.as_house(), screening)))
    standing.sort(key=lambda s: (-s.best, not s.owners, s.place))
    rows = islice(_chosen(desk, screening, standing, band, words), after, after + limit + 1)
    page = list(rows)
    told = told_rows(reading, screening, page[:limit])
    records = sorted({c.id for row in told for c in row.candidates})
    reading.note("see", object=id, what="screening", shown=records)
    return model.Results(
        screening=service.shown(desk, screening),
        tally=_tally(standing),
        header=service.header_of(screening),
        rows=told,
        next=after + limit if len(page) > limit else None,
    )


def decided(reading: Desk, screening: Thing, entries: Iterable[Entry]) -> Iterator[Standing]:
    """Entries as they stand now, for the officer who sits there for his inquiry; a thousand at a time."""
    source = iter(entries)
    while some := list(islice(source, AT_ONCE)):
        records = _seen(reading, some)
        owners = still_hinting(reading, sorted({id for e in some for id in e.hints}))
        places = _Questions(reading, screening)
        for entry in some:
            yield _standing(entry, records, owners, places)


def _seen(reading: Desk, entries: Iterable[Entry]) -> dict[str, Thing]:
    """The records of these rows that the officer may see now."""
    return reading.look_all([m.record for e in entries for m in e.matches])


def told_rows(
    reading: Desk, screening: Thing, page: Sequence[tuple[sheets.Row, Standing | None]]
) -> list[model.Row]:
    """Rows with their candidates and reasons, compared anew with the records as they are."""
    records = _seen(reading, [s.entry for _, s in page if s])
    columns = service.places_of(screening)
    return [_told(reading, row, s, read(columns, row)[0], records) for row, s in page]


def _told(
    reading: Desk,
    row: sheets.Row,
    standing: Standing | None,
    question: Question | None,
    records: dict[str, Thing],
) -> model.Row:
    entry = standing.entry if standing else Entry(row.place)
    found = _found(entry, question, records)
    answer = shown(reading, Answered("", question or Question(""), Findings(tuple(found), (), False)))
    searches = {m.record: m.search for m in entry.matches}
    bureaus = directory(reading)
    return model.Row(
        row=row.number,
        cells=list(row.cells),
        candidates=[model.RowCandidate(**dict(c), search=searches[c.id]) for c in answer.candidates],
        contacts=[
            contact(bureaus[owner], contact_token(reading, reading.asker, owner, date.fromisoformat(day)))
            for owner, day in (standing.owners if standing else ())
            if owner in bureaus
        ],
        narrow=entry.narrow and bool(found),
        faults=[model.RowFault(where=w, what=what, do=do) for w, what, do in entry.faults],
    )


def _found(entry: Entry, question: Question | None, records: dict[str, Thing]) -> list[Found]:
    things = [records[m.record] for m in entry.matches if m.record in records]
    found = [Found(t, compare(question, features(t.kind, t.body))) for t in things] if question else []
    near = [f for f in found if f.score.value >= SHOWN_FROM]
    return sorted(near, key=lambda f: (-f.score.value, f.thing.id))


def _standing(
    entry: Entry, records: dict[str, Thing], owners: dict[str, int], questions: "_Questions"
) -> Standing:
    """A score that was kept holds for the version it was kept of; of a newer one it is made anew."""
    best = 0.0
    for match in entry.matches:
        thing = records.get(match.record)
        if thing is None:
            continue
        value = match.value
        if thing.version != match.version:
            question = questions.of(entry.place)
            value = compare(question, features(thing.kind, thing.body)).value if question else 0.0
        best = max(best, value if value >= SHOWN_FROM else 0.0)
    days: dict[int, str] = {}
    for id, day in sorted(entry.hints.items(), key=lambda hint: hint[1]):
        if id in owners:
            days.setdefault(owners[id], day)
    return Standing(entry.place, best, tuple(sorted(days.items())), entry)


class _Questions:
    """What rows ask, read from their sheets where it is needed."""

    def __init__(self, desk: Desk, screening: Thing) -> None:
        self._house, self._screening = desk.house, screening
        self._columns = service.places_of(screening)
        self._sheets: dict[int, list[sheets.Row]] = {}

    def of(self, place: int) -> Question | None:
        return read(self._columns, self.row(place))[0]

    def row(self, place: int) -> sheets.Row:
        number, at = divmod(place, sheets.SHEET)
        if number not in self._sheets:
            while len(self._sheets) >= SHEETS_HELD:
                del self._sheets[next(iter(self._sheets))]
            self._sheets[number] = sheets.sheet(self._house, self._screening, number)
        return self._sheets[number][at]


def _chosen(
    desk: Desk, screening: Thing, standing: Sequence[Standing], band: str, words: str
) -> Iterator[tuple[sheets.Row, Standing | None]]:
    """The rows of a band that hold the words, in order; those that tell nothing come last, as in the list."""
    wanted = words.casefold().split()
    lists = _Questions(desk, screening)
    telling: set[int] = set()
    for one in standing:
        if one.band:
            telling.add(one.place)
        fits = (one.band and band in ("", one.band)) or (band == "faulty" and one.entry.faults)
        if fits and _holds(row := lists.row(one.place), wanted):
            yield row, one
    if band in ("", "none"):
        asked = parts.asked(desk.as_house(), screening)
        for row in islice(sheets.every_row(desk.house, screening), asked):
            if row.place not in telling and _holds(row, wanted):
                yield row, None


def _holds(row: sheets.Row, wanted: Collection[str]) -> bool:
    if not wanted:
        return True
    text = " ".join(row.cells).casefold()
    return all(word in text for word in wanted)


def _tally(standing: Sequence[Standing]) -> model.Tally:
    bands = [s.band for s in standing]
    return model.Tally(
        strong=bands.count("strong"),
        possible=bands.count("possible"),
        contact=sum(bool(s.owners) for s in standing),
        faulty=sum(bool(s.entry.faults) for s in standing),
    )


def sample(desk: Desk, id: str, many: int = 5) -> list[list[str]]:
    """The first rows as they were sent, to see whether columns and letters are right. Raises Absent."""
    screening = service.mine(desk, id)
    return [list(row.cells) for row in islice(sheets.every_row(desk.house, screening), many)]
