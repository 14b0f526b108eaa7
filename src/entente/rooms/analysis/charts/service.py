"""Charts: made, opened, worked on, copied, frozen, merged, deleted. All of it as the asker may see it.

Any analyst of the file works on its charts; a private chart is for its own bureau's members. A snapshot never
changes. Cells that name what the asker may not see are neither shown to him nor set by him.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from entente.core.access import EVERYONE, Status, may
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import model, service
from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import steps
from entente.rooms.analysis.charts.model import ChartForm, CommandForm
from entente.web.language import N_

MOST_CHARTS = 500
"""Charts of a file that are listed, newest change first."""
MOST_KEPT = 50_000
"""Cells of a chart that bureaus fill with what they do not show each other."""
FROZEN = N_("A snapshot does not change. Make a chart of it, and work on that.")
NOT_YOURS = N_("Whoever made a chart deletes it, or a lead of the file.")
GAP = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A chart as the asker may see it. `last`: the last step of which he sees something, and when it was."""

    chart: Thing
    cells: Mapping[str, c.Cell]
    last: str
    at: str


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of a request for steps: `others` is what others did since, `left` the cells not set."""

    opened: Opened
    others: Sequence[tuple[steps.Step, Sequence[c.Command]]]
    left: Sequence[str]


def charts(desk: Desk, file: Thing) -> list[Thing]:
    """The file's charts that the asker may see, by title; snapshots after what they are of."""
    found = [t for _, t in desk.table(["Chart"], key=f"charts:{file.id}", limit=MOST_CHARTS)]
    return sorted(found, key=lambda t: (t.first("title").casefold(), t.first("at"), t.id))


def chart_of(desk: Desk, file: Thing, id: str) -> Thing:
    """A chart of the file. Raises Absent."""
    chart = desk.look(id)
    if chart.kind != "Chart" or chart.first("file") != file.id:
        raise Absent()
    return chart


def is_snapshot(chart: Thing) -> bool:
    return chart.first("snapshot") == "yes"


def is_private(chart: Thing) -> bool:
    """Whether it is for its own bureau's members alone."""
    return chart.handling.see != EVERYONE


def may_work(desk: Desk, file: Thing) -> bool:
    """Whether the asker may make charts in a file."""
    try:
        service.must_work(desk, file, "analyst")
    except NotAllowed:
        return False
    return may(desk.asker, "analyse")


def may_write(desk: Desk, file: Thing, chart: Thing) -> bool:
    """Whether the asker may work on a chart."""
    return not is_snapshot(chart) and may_work(desk, file)


def opened(desk: Desk, chart: Thing) -> Opened:
    """A chart as the asker may see it now."""
    done = steps.log(desk, chart.id, steps.age_of(chart))
    cells = c.laid_over(steps.standing(chart), (one for step in done for one in step.commands))
    visible = desk.look_all(sorted(c.things_of(cells) | steps.things_in(done)))
    return Opened(chart, c.seen(cells, visible), *_last(desk, chart, done, visible))


def _last(desk: Desk, chart: Thing, done: Sequence[steps.Step], visible: Collection[str]) -> tuple[str, str]:
    """The last step on a chart of which the asker sees something, and when that was.

    Where all that was done of late is hidden, it is one of an age before.
    """
    seen = steps.seen(done, visible)
    age = steps.age_of(chart)
    while not seen and age:
        age -= 1
        done = steps.log(desk, chart.id, age)
        seen = steps.seen(done, desk.look_all(sorted(steps.things_in(done))))
    return (seen[-1][0].id, seen[-1][0].at) if seen else ("", chart.first("at"))


def since(desk: Desk, chart: Thing, after: str) -> list[tuple[steps.Step, list[c.Command]]]:
    """What was done after a step, as far as the asker sees it; nothing where he does not know that step."""
    if not after:
        return []
    found: list[tuple[steps.Step, list[c.Command]]] = []
    for age in range(steps.age_of(chart), -1, -1):
        done = steps.log(desk, chart.id, age)
        seen = steps.seen(done, desk.look_all(sorted(steps.things_in(done))))
        places = [n for n, (step, _) in enumerate(seen) if step.id == after]
        if places:
            return [*seen[places[0] + 1 :], *found]
        found = [*seen, *found]
    return []


def make(desk: Desk, file: Thing, form: ChartForm) -> Thing:
    """Make a chart. Raises NotAllowed, Absent for what it is to begin with, and Faulty with every fault."""
    service.must_work(desk, file, "analyst")
    said, faults = c.cleaned(form.cells, "cells")
    if faults:
        raise Faulty(faults=tuple(faults))
    cells = dict(opened(desk, chart_of(desk, file, form.of)).cells) if form.of else {}
    cells = c.apply(cells, _signed(desk, said, cells))
    cells = c.seen(cells, desk.look_all(sorted(c.things_of(cells))))
    c.must_fit(cells)
    kept = _keep(desk, file, form.title, cells, of=form.of, private=form.private)
    desk.note("analyse", object=file.id, what="chart made", chart=kept.id)
    return kept


def snapshot(desk: Desk, file: Thing, id: str, title: str) -> Thing:
    """Freeze what the asker sees of a chart, as he sees it. Raises Absent, NotAllowed."""
    service.must_work(desk, file, "analyst")
    chart = chart_of(desk, file, id)
    cells = opened(desk, chart).cells
    kept = _keep(desk, file, title, cells, of=id, private=is_private(chart), frozen=True)
    desk.note("analyse", object=file.id, what="snapshot of a chart", chart=kept.id)
    return kept


def rename(desk: Desk, file: Thing, id: str, title: str) -> Thing:
    """Give a chart another title. Raises Absent, NotAllowed, Faulty."""
    chart = working_on(desk, file, id)
    body = {**chart.body, "title": desk.house.model.clean("Chart", {**chart.body, "title": title})["title"]}
    kept = desk.as_house().change(chart, body=body, keys=steps.keys_of(chart))
    desk.note("analyse", object=file.id, what="chart renamed", chart=id)
    return kept


def delete(desk: Desk, file: Thing, id: str) -> None:
    """Delete a chart and its steps: who made it, or a lead. Raises Absent, NotAllowed."""
    service.must_work(desk, file, "analyst")
    chart = chart_of(desk, file, id)
    lead = service.role_of(file, desk.asker.officer) == "lead"
    if not lead and chart.first("officer") != desk.asker.officer:
        raise NotAllowed(NOT_YOURS)
    house = desk.as_house()
    for _, step in house.inspect_all([steps.of_chart(id)]):
        if step.handling.status is not Status.DELETED:
            house.withdraw(step)
    house.withdraw(chart)
    desk.note("analyse", object=file.id, what="chart deleted", chart=id)


def work(desk: Desk, file: Thing, id: str, after: str, commands: Sequence[CommandForm]) -> Worked:
    """Do commands on a chart after all that others did. Raises Absent, NotAllowed, Faulty.

    Of each cell the last word holds. A cell that names what is not there for the asker is left as it is.
    """
    chart = working_on(desk, file, id)
    said: list[tuple[str, c.Change]] = []
    faults: list[Fault] = []
    for n, one in enumerate(commands):
        cells, wrong = c.cleaned(one.set, f"commands/{n}/set")
        said.append((one.label, cells))
        faults += wrong
    if faults:
        raise Faulty(faults=tuple(faults))
    return do(desk, file, chart, after, said)


def do(
    desk: Desk,
    file: Thing,
    chart: Thing,
    after: str,
    said: Sequence[tuple[str, c.Change]],
    what: str = "chart",
    signing: bool = True,
) -> Worked:
    """Do clean changes, each with its label, as one step. `signing`: notes are the asker's. Raises Faulty."""
    log = steps.log(desk, chart.id, steps.age_of(chart))
    standing = c.laid_over(steps.standing(chart), (one for step in log for one in step.commands))
    named = {id for _, cells in said for key, cell in cells.items() for id in c.named_by(key, cell)}
    visible = desk.look_all(sorted(named | c.things_of(standing) | steps.things_in(log)))
    last, at = _last(desk, chart, log, visible)
    others = since(desk, chart, after) if after != last else []
    before = len(c.seen(standing, visible))
    left: dict[str, None] = {}
    done: list[c.Command] = []
    for label, cells in said:
        open_to = {k: v for k, v in cells.items() if _is_his(k, v, standing, visible)}
        left |= dict.fromkeys(k for k, v in cells.items() if k not in open_to and v is not None)
        signed = _signed(desk, open_to, standing) if signing else open_to
        changes = {k: v for k, v in signed.items() if standing.get(k) != v}
        if changes:
            done.append(c.command(label, changes, standing))
            standing = c.apply(standing, changes)
    now = c.seen(standing, visible)
    if len(now) > before:
        c.must_fit(now)
    if len(standing) > MOST_KEPT:
        raise Faulty(faults=(Fault("commands", "This chart is full", "Begin another one."),))
    if done:
        step = steps.add(desk, file, chart, done)
        last, at = step.id, step.at
    desk.note("analyse" if done else "see", object=chart.id, what=what, commands=len(done))
    return Worked(Opened(chart, now, last, at), others, list(left))


def _is_his(key: str, cell: c.Cell | None, standing: c.Cells, visible: Collection[str]) -> bool:
    """Whether a cell is there for the asker, before and after he sets it."""
    named = {*c.named_by(key, cell), *c.named_by(key, standing.get(key))}
    return all(id in visible for id in named)


def heard(desk: Desk, file: Thing, id: str, after: str) -> Worked:
    """What others did on a chart since a step. Raises Absent."""
    chart = chart_of(desk, file, id)
    desk.note("see", object=id, what="chart")
    now = opened(desk, chart)
    return Worked(now, since(desk, chart, after) if after != now.last else [], [])


def merge(desk: Desk, file: Thing, id: str, other: str) -> Worked:
    """Bring what the asker sees of another chart onto this one, beside what is there. Raises Absent,
    NotAllowed, Faulty. What stands on both stays where it is here."""
    chart = working_on(desk, file, id)
    theirs = opened(desk, chart_of(desk, file, other)).cells
    change = beside(opened(desk, chart).cells, theirs)
    return do(desk, file, chart, "", [("", change)], what="charts merged", signing=False)


def beside(mine: c.Cells, theirs: c.Cells) -> dict[str, c.Cell]:
    """The cells of a second chart that the first lacks, moved to the right of all that stands on it."""
    placed = [cell for key, cell in mine.items() if "x" in cell]
    coming = {key: cell for key, cell in theirs.items() if key not in mine}
    moving = [cell for cell in coming.values() if "x" in cell]
    if not placed or not moving:
        return coming
    right = max(float(cell["x"]) for cell in placed) + GAP
    shift = right - min(float(cell["x"]) for cell in moving)
    lift = min(float(cell["y"]) for cell in placed) - min(float(cell["y"]) for cell in moving)
    return {
        key: {**cell, "x": cell["x"] + shift, "y": cell["y"] + lift} if "x" in cell else cell
        for key, cell in coming.items()
    }


def placed(desk: Desk, file: Thing, id: str) -> tuple[list[str], list[list[str]]]:
    """Ids of the things that the asker sees on a chart, but those hidden there; and those merged on it.

    Raises Absent.
    """
    cells = opened(desk, chart_of(desk, file, id)).cells
    standing = [key for key, cell in c.of_sort(cells, "item") if not cell.get("hidden")]
    there = set(standing)
    together: list[list[str]] = []
    taken: set[str] = set()
    for _, cell in c.of_sort(cells, "merge"):
        ids = [i for i in dict.fromkeys(cell["ids"]) if i in there and i not in taken]
        if len(ids) > 1:
            together.append(ids)
            taken |= set(ids)
    return standing, together


def shown_things(cells: c.Cells) -> list[str]:
    """Ids of the things on a chart, hidden ones included, in a settled order."""
    return [id for id, _ in c.of_sort(cells, "item")]


# --- how it is kept ------------------------------------------------------------------------------


def working_on(desk: Desk, file: Thing, id: str) -> Thing:
    """A chart that the asker may change. Raises Absent, NotAllowed."""
    service.must_work(desk, file, "analyst")
    chart = chart_of(desk, file, id)
    if is_snapshot(chart):
        raise NotAllowed(FROZEN)
    return chart


def _keep(
    desk: Desk,
    file: Thing,
    title: str,
    cells: c.Cells,
    of: str = "",
    private: bool = False,
    frozen: bool = False,
) -> Thing:
    said = {
        "file": file.id,
        "title": title,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
        "cells": steps.written(cells),
        "age": "0",
        "snapshot": "yes" if frozen else "no",
        "of": of,
    }
    handling = model.paper(desk, file, 0 if private else EVERYONE)
    keys = (f"charts:{file.id}", model.in_file(file.id))
    return desk.keep("Chart", said, handling, keys=keys)


def _signed(desk: Desk, change: c.Change, standing: c.Cells) -> dict[str, c.Cell | None]:
    """Notes with who wrote them, and when: whoever only moves one has not written it."""
    made = dict(change)
    for key, cell in change.items():
        if c.sort_of(key) != "note" or cell is None:
            continue
        before = standing.get(key)
        said = {k: v for k, v in cell.items() if k not in ("by", "at")}
        if before and all(before.get(name) == cell.get(name) for name in ("text", "on")):
            made[key] = {**said, **{k: before[k] for k in ("by", "at") if k in before}}
        else:
            made[key] = {**said, "by": desk.asker.officer, "at": desk.now.isoformat(timespec="seconds")}
    return made


def note_writers(cells: Iterable[c.Cell]) -> list[str]:
    """Ids of the officers who wrote notes."""
    return sorted({str(cell["by"]) for cell in cells if cell.get("by")})
