"""Two charts of a file against each other: what came, what went, what moved, as the asker may see both."""

from collections.abc import Collection, Iterable

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import model as m
from entente.rooms.analysis.charts import service, shown


def compare(desk: Desk, file: Thing, first: str, second: str) -> m.Compared:
    """What is other on the second chart than on the first. Raises Absent.

    A link is on a chart when both its ends are. What was known of things at an earlier time is not kept on a
    chart: both are held against what is known now.
    """
    one = service.opened(desk, service.chart_of(desk, file, first)).cells
    two = service.opened(desk, service.chart_of(desk, file, second)).cells
    nodes, links = shown.content(desk, file, {**one, **two})
    known = {n.id for n in nodes}
    ids = [set(service.shown_things(cells)) & known for cells in (one, two)]
    on = [{link.id for link in links if link.start in i and link.to in i} for i in ids]
    moved = sorted(i for i in ids[0] & ids[1] if _where(one, i) != _where(two, i))
    cells = [{k for k in cells if c.sort_of(k) != "item"} for cells in (one, two)]
    named = {*ids[0] ^ ids[1], *moved}
    edges = [link for link in links if link.id in on[0] ^ on[1]]
    named |= {end for link in edges for end in (link.start, link.to)}
    desk.note("see", object=first, what="charts compared", other=second)
    return m.Compared(
        items=_change(*ids),
        moved=moved,
        links=_change(*on),
        cells=_change(*cells),
        changed=sorted(k for k in cells[0] & cells[1] if one[k] != two[k]),
        nodes=[n for n in nodes if n.id in named],
        edges=edges,
    )


def in_order(one: Thing, other: Thing) -> tuple[Thing, Thing]:
    """The older and the newer: snapshots by when they were taken, before charts that are still worked on."""
    first, second = sorted((one, other), key=lambda t: (not service.is_snapshot(t), t.first("at"), t.id))
    return first, second


def _where(cells: c.Cells, id: str) -> tuple[object, object]:
    cell = cells[f"item/{id}"]
    return cell["x"], cell["y"]


def _change(before: Collection[str], after: Collection[str]) -> m.Change:
    def sorted_but(these: Iterable[str], those: Collection[str]) -> list[str]:
        return sorted(i for i in these if i not in those)

    return m.Change(added=sorted_but(after, before), removed=sorted_but(before, after))
