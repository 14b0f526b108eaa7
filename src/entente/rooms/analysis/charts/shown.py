"""Charts as they are shown: with what the viewer may see of the things on them, and their links."""

from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import joints, showing
from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import model as m
from entente.rooms.analysis.charts import service, steps
from entente.rooms.analysis.showing import Link, Node
from entente.rooms.analysis.steps import named


def whole(desk: Desk, file: Thing, opened: service.Opened) -> m.ChartOut:
    """A chart with its things and their links."""
    chart = opened.chart
    nodes, links = content(desk, file, opened.cells)
    return m.ChartOut(
        id=chart.id,
        file=file.id,
        title=chart.first("title"),
        snapshot=service.is_snapshot(chart),
        private=service.is_private(chart),
        last=opened.last,
        cells=signed(desk, opened.cells),
        nodes=nodes,
        links=links,
        can=m.Can(write=service.may_write(desk, file, chart)),
        at=opened.at,
    )


def content(desk: Desk, file: Thing, cells: c.Cells) -> tuple[list[Node], list[Link]]:
    """The things on a chart and the links between them, as the viewer may see them."""
    nodes = showing.nodes(desk, service.shown_things(cells), file)
    return nodes, joints.shown(desk, joints.among(desk, [n.id for n in nodes]))


def stepped(desk: Desk, file: Thing, worked: service.Worked) -> m.Stepped:
    """The answer to steps: all cells, and what others did since."""
    nodes, links = content(desk, file, worked.opened.cells)
    names = named(desk, sorted({step.officer for step, _ in worked.others}))
    return m.Stepped(
        last=worked.opened.last,
        steps=[_step(desk, step, commands, names) for step, commands in worked.others],
        cells=signed(desk, worked.opened.cells),
        nodes=nodes,
        links=links,
        left=list(worked.left),
    )


def _step(desk: Desk, step: steps.Step, done: Sequence[c.Command], names: Mapping[str, str]) -> m.StepOut:
    commands = [
        m.CommandOut(label=one.label, set=_change(desk, one.set), was=_change(desk, one.was)) for one in done
    ]
    labels = dict.fromkeys(one.label for one in done if one.label)
    return m.StepOut(
        id=step.id,
        label=", ".join(labels)[:200],
        by=names.get(step.officer, ""),
        at=step.at,
        commands=commands,
    )


def signed(desk: Desk, cells: c.Cells) -> dict[str, dict[str, Any]]:
    """Cells with the names of those who wrote notes, instead of their ids."""
    names = named(desk, service.note_writers(cells.values()))
    return {
        key: {**cell, "by": names.get(str(cell["by"]), "")} if cell.get("by") else dict(cell)
        for key, cell in cells.items()
    }


def _change(desk: Desk, change: c.Change) -> dict[str, dict[str, Any] | None]:
    told = signed(desk, {key: cell for key, cell in change.items() if cell})
    return {key: told.get(key) for key in change}


def rows(desk: Desk, found: Sequence[Thing]) -> list[m.ChartRow]:
    """Charts in a list."""
    names = named(desk, [t.first("officer") for t in found])
    there = {t.id for t in found}
    return [
        m.ChartRow(
            id=t.id,
            title=t.first("title"),
            snapshot=service.is_snapshot(t),
            private=service.is_private(t),
            by=names.get(t.first("officer"), ""),
            at=t.first("at"),
            of=t.first("of") if t.first("of") in there else "",
        )
        for t in found
    ]
