"""What each block of a report shows, read as one officer may see it, and of which things it is made.

Every thing that is read for a block is one of its sources: those that a text cites, those that a table lists,
each node and link of a chart's figure, everything that a measure was computed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from entente.core.kinds import Kind
from entente.core.problems import Absent, Fault
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.reports import figures
from entente.rooms.analysis.reports import model as m
from entente.rooms.publications import markdown
from entente.rooms.records import code_of
from entente.web import formats
from entente.web.language import N_, _

Data = dict[str, Any]
MOST_METRICS = 3
"""Each is weighed again for whoever opens the report, about a second of a core."""
UNSEEN = N_("There is no such record")
SEE_IT = N_("Name one that you may see.")
LIKELIHOODS: Mapping[str, str] = {
    "remote": N_("There is a remote chance (5 % or less)"),
    "highly-unlikely": N_("Highly unlikely (10 to 20 %)"),
    "unlikely": N_("Unlikely (25 to 35 %)"),
    "realistic": N_("A realistic possibility (40 to 50 %)"),
    "likely": N_("Likely (55 to 75 %)"),
    "highly-likely": N_("Highly likely (80 to 90 %)"),
    "almost-certain": N_("Almost certain (95 % or more)"),
}
CONFIDENCES: Mapping[str, str] = {
    "low": N_("Low confidence"),
    "moderate": N_("Moderate confidence"),
    "high": N_("High confidence"),
}
MAP_NOTE = N_("Countries are those that records name. Boundaries and names imply no opinion.")


@dataclass(slots=True)
class Reader:
    """Reads for blocks as the desk's officer may see; `used`: every thing that was read, by id."""

    desk: Desk
    file: Thing
    used: dict[str, Thing] = field(default_factory=dict)

    def take(self, ids: Iterable[str]) -> dict[str, Thing]:
        """Those of the records that he may see, in the order asked; they become sources."""
        asked = list(dict.fromkeys(ids))
        found = self.desk.look_all(asked)
        kept = {id: found[id] for id in asked if id in found and self._is_record(found[id])}
        self.used |= kept
        return kept

    def kind(self, thing: Thing) -> Kind:
        return self.desk.house.model[thing.kind]

    def caption(self, thing: Thing) -> str:
        return self.desk.house.model.caption(thing.kind, thing.body)

    def owner(self, thing: Thing) -> str:
        return code_of(self.desk, thing.handling.owner)

    def _is_record(self, thing: Thing) -> bool:
        return not self.kind(thing).house or thing.kind == "Contribution"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block as it is shown, and its sources."""

    data: Data
    sources: Mapping[str, Thing]


def named(block: m.Block) -> Iterator[tuple[str, str]]:
    """(place, id) of each record that its author wrote down in a block."""
    match block:
        case m.Text() | m.Judgement():
            yield from (("text", id) for id in markdown.cited(block.text))
        case m.Profile():
            yield "record", block.record
            yield from (("text", id) for id in markdown.cited(block.text))
        case m.Timeline() | m.Places() | m.Records():
            yield from ((f"ids/{n}", id) for n, id in enumerate(block.ids))
        case m.Table():
            for n, row in enumerate([block.head, *block.rows]):
                place = "head" if n == 0 else f"rows/{n - 1}"
                yield from ((place, id) for cell in row for id in markdown.cited(cell))
        case _:
            return


def numbers_of(blocks: Sequence[m.Block]) -> dict[str, int]:
    """What the report cites, numbered as it first comes; a table of records speaks for itself."""
    ids = (id for b in blocks if not isinstance(b, m.Records) for _place, id in named(b))
    return {id: n for n, id in enumerate(dict.fromkeys(ids), 1)}


def faults_of(desk: Desk, file: Thing, blocks: Sequence[m.Block], where: str = "blocks") -> list[Fault]:
    """What of the blocks cannot be: records and charts that are not there, or not for him; the same words."""
    faults = []
    for n, block in enumerate(blocks):
        ids = list(named(block))
        there = Reader(desk, file).take(id for _place, id in ids)
        faults += [Fault(f"{where}/{n}/{place}", UNSEEN, SEE_IT) for place, id in ids if id not in there]
        chart = block.chart if isinstance(block, m.Figure | m.Metrics) else ""
        if chart and not figures.is_there(desk, file, chart):
            faults.append(Fault(f"{where}/{n}/chart", N_("There is no such chart"), SEE_IT))
        if isinstance(block, m.Metrics):
            faults += [
                Fault(f"{where}/{n}/which/{k}", N_("There is no such measure"), N_("Choose one of the list."))
                for k, slug in enumerate(block.which)
                if slug not in figures.measures()
            ]
        before = sum(isinstance(b, m.Metrics) for b in blocks[:n])
        if isinstance(block, m.Metrics) and before >= MOST_METRICS:
            what = f"A report has at most {MOST_METRICS} tables of measures"
            faults.append(Fault(f"{where}/{n}", what, N_("Put more measures into one of them.")))
        if isinstance(block, m.Table) and any(len(row) > len(block.head) for row in block.rows):
            do = N_("Give the head as many cells.")
            faults.append(Fault(f"{where}/{n}/rows", N_("A row has more cells than the head"), do))
    return faults


def drawn(desk: Desk, file: Thing, block: m.Block, numbers: markdown.Numbers) -> Drawn:
    """A block as this officer may see it. Raises Absent where it names what he may not see."""
    reader = Reader(desk, file)
    ids = [id for _place, id in named(block)]
    there = reader.take(ids)
    if len(there) < len(set(ids)):
        raise Absent()
    return Drawn({"sort": block.sort, **_data(reader, block, numbers, there)}, reader.used)


def _data(reader: Reader, block: m.Block, numbers: markdown.Numbers, there: Mapping[str, Thing]) -> Data:
    match block:
        case m.Text():
            return {"text": markdown.parsed(block.text, numbers)}
        case m.Judgement():
            likely, sure = _(LIKELIHOODS[block.likelihood]), _(CONFIDENCES[block.confidence])
            return {"text": markdown.parsed(block.text, numbers), "likelihood": likely, "confidence": sure}
        case m.Profile():
            return _profile(reader, block, numbers)
        case m.Timeline():
            return _timeline(reader, block, numbers, there.values())
        case m.Places():
            return _places(reader, block, numbers, there.values())
        case m.Records():
            return _records(reader, block, list(there.values()))
        case m.Table():
            width = len(block.head)
            rows = [
                [
                    markdown.plain(cell, numbers)
                    for cell, _none in zip_longest(row, range(width), fillvalue="")
                ]
                for row in block.rows
            ]
            return _table(block.caption, [markdown.plain(cell, numbers) for cell in block.head], rows)
        case m.Figure():
            made = figures.figure(reader.desk, reader.file, block.chart)
            reader.used |= made.sources
            return {"svg": made.svg, "caption": block.caption or made.title, "says": made.says}
        case m.Metrics():
            weighed = figures.metrics(reader.desk, reader.file, block.chart, block.which, block.most)
            reader.used |= weighed.sources
            return {**_table(block.caption, weighed.head, weighed.rows), "stamp": weighed.stamp}
        case m.Citations():
            return {"contributions": block.contributions}


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Data:
    return {"caption": caption, "head": list(head), "rows": [list(row) for row in rows]}


def _profile(reader: Reader, block: m.Profile, numbers: markdown.Numbers) -> Data:
    thing = reader.used[block.record]
    kind = reader.kind(thing)
    order = [
        *(p for p in kind.featured if p in thing.body),
        *(p for p in thing.body if p not in kind.featured),
    ]
    facts = [
        [_(kind.properties[p].label), " · ".join(_value(kind, p, v) for v in thing.body[p])]
        for p in order
        if p not in kind.entities
    ]
    facts += [[_("Grade"), thing.grade]] if thing.grade else []
    return {
        "title": reader.caption(thing),
        "kind": _(kind.label),
        "n": numbers.get(thing.id, 0),
        "owner": reader.owner(thing),
        "facts": facts,
        "text": markdown.parsed(block.text, numbers),
    }


def _value(kind: Kind, name: str, value: str) -> str:
    return formats.value(value, kind.properties[name].type)


def _timeline(reader: Reader, block: m.Timeline, numbers: markdown.Numbers, things: Iterable[Thing]) -> Data:
    since, until = (day.isoformat() if day else "" for day in (block.since, block.until))
    events = []
    for thing in things:
        kind = reader.kind(thing)
        for name, values in thing.body.items():
            if kind.properties[name].type != "date":
                continue
            for value in values:
                day = value.lstrip("~").partition("/")[0]
                if (not since or day >= since[: len(day)]) and (not until or day <= until):
                    what = f"{reader.caption(thing)} [{numbers[thing.id]}]"
                    events.append((day, thing.id, formats.day(value), _(kind.properties[name].label), what))
    rows = [list(event[2:]) for event in sorted(events)]
    return _table(block.caption or _("Timeline"), [_("When"), _("What"), _("Who or what")], rows)


def _places(reader: Reader, block: m.Places, numbers: markdown.Numbers, things: Iterable[Thing]) -> Data:
    found: dict[str, list[str]] = {}
    for thing in things:
        kind = reader.kind(thing)
        named_there = [c for p, v in thing.body.items() if kind.properties[p].type == "country" for c in v]
        for country in dict.fromkeys(named_there):
            found.setdefault(country, []).append(f"{reader.caption(thing)} [{numbers[thing.id]}]")
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = [[formats.country(c), str(len(names)), "; ".join(names)] for c, names in ordered]
    made = _table(block.caption or _("By country"), [_("Country"), _("Records"), _("Which")], rows)
    return {**made, "note": _(MAP_NOTE)}


def _records(reader: Reader, block: m.Records, things: Sequence[Thing]) -> Data:
    """A property that a kind does not have is empty for its records; other things' names are never shown."""
    columns = (
        block.columns
        or list(
            dict.fromkeys(
                p for t in things for p in reader.kind(t).featured if p not in reader.kind(t).caption
            )
        )[:5]
    )
    labels: dict[str, str] = {}
    rows = []
    for thing in things:
        kind = reader.kind(thing)
        cells = []
        for name in columns:
            known = kind.properties.get(name)
            if known and name not in kind.entities:
                labels.setdefault(name, known.label)
                cells.append(" · ".join(_value(kind, name, v) for v in thing.body.get(name, ())))
            else:
                cells.append("")
        rows.append([reader.caption(thing), *cells, reader.owner(thing), thing.grade])
    head = [_("Record"), *(_(labels.get(c, c)) for c in columns), _("Owner"), _("Grade")]
    return _table(block.caption, head, rows)
