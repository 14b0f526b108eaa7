"""Steps: what officers did on a chart, one after another, each kept as a thing of its writer's bureau.

A chart is its cells and the steps since they were last folded in; of each cell the last step's word holds, so
that of two analysts at once neither loses work, and every step stays for whoever asks what was done. A step
of which a viewer sees no cell does not exist for him: he knows places in the log by ids of those he sees.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import model
from entente.rooms.analysis.charts.cells import Cells, Change, Command, laid_over, named_by
from entente.rooms.analysis.model import in_file

FOLDED_AFTER = 200
"""Steps of one age of a chart; then they are folded into its cells, and stay beside it."""
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """What one officer did at one time. `order` sorts the steps of a chart."""

    id: str
    order: str
    officer: str
    bureau: int
    at: str
    commands: tuple[Command, ...]


def written(cells: Cells) -> str:
    """Cells as they are kept: the same cells are the same text, ASCII whatever they say."""
    return json.dumps(cells, sort_keys=True, separators=(",", ":"))


def standing(chart: Thing) -> Cells:
    """The cells of a chart as its steps were last folded into them."""
    cells: Cells = json.loads(chart.first("cells", "{}"))
    return cells


def age_of(chart: Thing) -> int:
    """How many times that was."""
    return int(chart.first("age", "0"))


def log(desk: Desk, chart: str, age: int) -> list[Step]:
    """The steps of one age of a chart, in their order."""
    prefix = _prefix(chart, age)
    return [_step(order, thing) for order, thing in desk.agenda(prefix, limit=_MOST)]


def add(desk: Desk, file: Thing, chart: Thing, commands: Sequence[Command]) -> Step:
    """Keep a step of whoever sits here, after all others; fold the steps where they are many."""
    age = age_of(chart)
    before = log(desk, chart.id, age)
    number = int(before[-1].order.partition(":")[0]) + 1 if before else 1
    id = desk.house.ids.fresh()
    order = f"{number:09}:{id}"
    said = {
        "file": file.id,
        "chart": chart.id,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
        "commands": json.dumps(
            [{"label": c.label, "set": c.set, "was": c.was} for c in commands], separators=(",", ":")
        ),
    }
    handling = model.paper(desk, file, chart.handling.see)
    keys = (_prefix(chart.id, age) + order, of_chart(chart.id), in_file(file.id))
    kept = _step(order, desk.keep("ChartStep", said, handling, id=id, keys=keys))
    if len(before) + 1 >= FOLDED_AFTER:
        _fold(desk, chart, [*before, kept])
    return kept


def of_chart(chart: str) -> str:
    """The key of every step of a chart."""
    return f"chart:{chart}"


def _fold(desk: Desk, chart: Thing, done: Iterable[Step]) -> None:
    """Fold an age's steps into the cells and begin the next. As the house: the chart may be another's."""
    cells = laid_over(standing(chart), (c for step in done for c in step.commands))
    body = {**chart.body, "cells": (written(cells),), "age": (str(age_of(chart) + 1),)}
    desk.as_house().change(chart, body=body, keys=keys_of(chart))


def keys_of(chart: Thing) -> tuple[str, ...]:
    """The keys of a chart."""
    return (f"charts:{chart.first('file')}", in_file(chart.first("file")))


def _prefix(chart: str, age: int) -> str:
    return f"chart-step:{chart}:{age:06}:"


def _step(order: str, thing: Thing) -> Step:
    said = json.loads(thing.first("commands"))
    commands = tuple(Command(c["label"], c["set"], c["was"]) for c in said)
    return Step(thing.id, order, thing.first("officer"), thing.handling.owner, thing.first("at"), commands)


# --- what of it a viewer may see ----------------------------------------------------------------


def things_in(steps: Iterable[Step]) -> set[str]:
    """Ids of all things that steps name."""
    return {
        id
        for step in steps
        for c in step.commands
        for change in (c.set, c.was)
        for key, cell in change.items()
        for id in named_by(key, cell)
    }


def seen_command(done: Command, visible: Collection[str]) -> Command | None:
    """What of a command a viewer sees; None where he sees no cell of it.

    Its label is free text about all of it, and goes to whoever sees all of it.
    """
    keys = [key for key in done.set if _sees(key, done, visible)]
    if not keys:
        return None
    cut: tuple[Change, Change] = ({k: done.set[k] for k in keys}, {k: done.was.get(k) for k in keys})
    return Command(done.label if len(keys) == len(done.set) else "", *cut)


def _sees(key: str, done: Command, visible: Collection[str]) -> bool:
    """A cell's change is seen by who sees the cell before it and after it: else a group that shrinks by
    somebody hidden would show who was left."""
    named = {*named_by(key, done.set[key]), *named_by(key, done.was.get(key))}
    return all(id in visible for id in named)


def seen(steps: Iterable[Step], visible: Collection[str]) -> list[tuple[Step, list[Command]]]:
    """The steps of which a viewer sees something, each with what he sees of it."""
    found = []
    for step in steps:
        commands = [cut for c in step.commands if (cut := seen_command(c, visible))]
        if commands:
            found.append((step, commands))
    return found
