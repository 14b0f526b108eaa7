"""A network brought in: read without trusting it, shown before anything is kept, then one contribution.

CSV edge lists, GraphML, FollowTheMoney lines, i2 ANX. What a file says is its sender's statement: every
record and relation becomes one of the importing bureau's, in the file's compartment, graded as it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import contributions
from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import service
from entente.rooms.analysis.charts.importing import anx, csv_edges, ftm_lines, graphml, model
from entente.rooms.analysis.charts.importing.given import Given
from entente.rooms.analysis.charts.importing.planning import MOST_LINES_TOLD, Plan, line_of, plan
from entente.rooms.analysis.contributions_model import ContributionForm

LIMITS: Mapping[str, int] = dict.fromkeys(("/api/v1/files/imports/", "/files/imports/"), 24 * 1024 * 1024)
"""Addresses that take more than other bodies: a network, and the form around it."""
MOST_BYTES = 16 * 1024 * 1024
FORMATS: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".graphml": "graphml",
    ".json": "ftm",
    ".ijson": "ftm",
    ".jsonl": "ftm",
    ".anx": "anx",
}
SAMPLE = 20
APART, A_ROW = 140.0, 8


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import kept: the contribution, ids of what was made, the chart's last step if it was placed."""

    preview: model.Preview
    contribution: Thing
    made: tuple[str, ...]
    last: str


def preview(desk: Desk, file: Thing, data: bytes, asked: model.Asked) -> model.Preview:
    """What an import would keep, and every fault of it; keeps nothing."""
    made = _planned(desk, file, data, asked)
    desk.note("see", object=file.id, what="an import", rows=made.given.rows)
    return _told(made)


def bring(desk: Desk, file: Thing, data: bytes, asked: model.Asked) -> Brought:
    """Keep an import as one contribution, and place it on a chart if one is named. Raises Faulty with the
    faults that a preview shows, and what `contribute` and `charts.service.do` raise."""
    made = _planned(desk, file, data, asked)
    if made.faults:
        raise Faulty(faults=tuple(made.faults))
    if not made.forms and not made.known:
        raise Faulty(
            faults=(Fault("network", "There is nothing in it", "Send a file that holds a network."),)
        )
    form = ContributionForm.model_construct(
        text=asked.text,
        source=asked.source,
        received=asked.received,
        scheme=asked.scheme,
        grade=asked.grade,
        handlingCode=asked.handlingCode,
        restrictions=asked.restrictions,
        handling=None,
        things=made.forms,
        records=list(dict.fromkeys(made.known)),
    )
    try:
        kept = contributions.contribute(desk, file, form)
    except Faulty as problem:
        raise Faulty(faults=tuple(_by_line(made, f) for f in problem.faults)) from None
    last = ""
    if asked.chart:
        chart = service.working_on(desk, file, asked.chart)
        change = _placed(desk, chart, made, kept.made)
        last = service.do(desk, file, chart, "", [("", change)], what="import placed").opened.last
    return Brought(_told(made), kept.thing, kept.made, last)


def _planned(desk: Desk, file: Thing, data: bytes, asked: model.Asked) -> Plan:
    given = read(desk, data, asked)
    kind = desk.house.model.kinds.get(asked.kind)
    if kind is None or kind.edge or kind.name not in desk.house.model.contributable:
        given.fault(0, f"“{asked.kind[:40]}” is no kind of thing", "Use one of docs/kinds.md, as Person.")
    return plan(desk, file, given, asked.unknown == "create", asked.match == "name", asked.kind)


def read(desk: Desk, data: bytes, asked: model.Asked) -> Given:
    """A file as it is given. Its faults are in it."""
    ending = asked.name.rpartition(".")[2].casefold()
    format = asked.format or FORMATS.get(f".{ending}", "csv")
    if len(data) > MOST_BYTES:
        given = Given(format)
        given.fault(0, f"It has {len(data)} bytes; at most {MOST_BYTES} are read", "Send it in parts.")
        return given
    if format == "graphml":
        return graphml.read(data)
    if format == "anx":
        return anx.read(data)
    if format == "ftm":
        return ftm_lines.read(data, desk.house.model)
    return csv_edges.read(data, asked.mapping)


def _by_line(made: Plan, fault: Fault) -> Fault:
    """A fault of a contribution, at the line that the thing came from."""
    parts = fault.where.split("/")
    if parts[0] != "things" or len(parts) < 2 or not parts[1].isdecimal():
        return fault
    line = line_of(made, int(parts[1]))
    return Fault(f"line {line}", f"{'/'.join(parts[2:])}: {fault.what}", fault.do)


def _placed(desk: Desk, chart: Thing, made: Plan, ids: tuple[str, ...]) -> dict[str, c.Cell | None]:
    """Cells for what came, where the file says; else in rows below what stands on the chart."""
    standing = service.opened(desk, chart).cells
    low = max((float(cell["y"]) for cell in standing.values() if "y" in cell), default=-APART) + APART
    ref = dict(made.refs) | {key: ids[n] for n, key in enumerate(made.keys)}
    change: dict[str, c.Cell | None] = {}
    for n, (key, id) in enumerate(ref.items()):
        one = made.given.things[key]
        x = one.x if one.x is not None else n % A_ROW * APART
        y = one.y if one.y is not None else low + n // A_ROW * APART
        if f"item/{id}" not in standing:
            change[f"item/{id}"] = {"x": x, "y": y}
    return change


def _told(made: Plan) -> model.Preview:
    given = made.given
    captions = {key: one.caption or key for key, one in given.things.items()}
    return model.Preview(
        format=given.format,
        header=list(given.header),
        mapping=dict(given.mapping),
        new=len(made.keys),
        known=len(made.known),
        links=len(made.links),
        duplicates=made.duplicates,
        loops=made.loops[:MOST_LINES_TOLD],
        many_loops=len(made.loops),
        drawn=given.drawn,
        unfit=dict(made.unfit),
        sample=[
            model.Line(
                **{"from": captions.get(link.start, link.start), "to": captions.get(link.end, link.end)},
                line=link.line,
                type=link.kind or link.label,
                since=link.since,
                until=link.until,
            )
            for link in (made.links or given.links)[:SAMPLE]
        ],
        faults=[model.FaultOut(where=f.where, what=f.what, do=f.do) for f in made.faults],
    )
