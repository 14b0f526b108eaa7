"""Whole columns of what the asker may see, exact as of this sitting: the engine's inside his view, and on top
of it what changed since the engine was last fed, read from the store in this very transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.access import Decision, View, decide
from entente.core.problems import Unavailable
from entente.desk.columning import SHAPED, is_to_be_trusted, kinds_of
from entente.desk.sitting import Desk
from entente.engines.columns import Corrupt, Lines
from entente.engines.segments.numbers import listed

MOST_WAITING = 20_000
"""Changes that are read on top of the engine's columns; where more wait, it is being made (again)."""
AGAIN = "The figures are being made again."


def columns(
    desk: Desk, space: str, names: Sequence[str], view: View | None = None
) -> Mapping[str, NDArray[Any]]:
    """The asked columns of every line in the view, all of one length, ordered by (thing, line).

    `space`: as `columning.SHAPED` names it; "n" is the number of the line's thing in the store (for
    `desk.tx.things.rows`). `view`: what another may see, of which the asker gets what he may see himself.
    A withdrawal or correction holds at once, this sitting's own too, although the engine lags behind; what
    was kept and fed after a reading sitting began may be in it already. Raises Unavailable while too many
    changes wait for the engine, ValueError for an unknown space or column.
    """
    inside = desk.view if view is None else _both(desk.view, view)
    asked = tuple(dict.fromkeys(("n", *names)))
    try:
        # First how far the engine is, then what it has: what it is fed in between is taken from the store.
        after = desk.house.columns.watermark()
        changes = desk.tx.upkeep.changes(after, MOST_WAITING + 1, kinds_of(space))
        if len(changes) > MOST_WAITING or not is_to_be_trusted(desk.house, desk.tx, after):
            raise Unavailable(AGAIN)
        held = desk.house.columns.read(space, asked, inside)
    except Corrupt:
        raise Unavailable(AGAIN) from None
    if changes:
        stays = ~listed(held["n"], np.array(sorted(change.n for change in changes), np.int64))
        fresh: list[tuple[int, Lines]] = []
        for thing in (change.thing for change in changes):
            if thing is None or not inside.holds(thing.class_id) or thing.expires <= inside.today:
                continue
            lines = SHAPED[thing.kind].lines_of(thing.kind, thing.body)
            if len(lines) and decide(desk.asker, thing.handling) is Decision.FULL:
                fresh.append((thing.n, lines))
        held = _in_order({name: column[stays] for name, column in held.items()}, fresh)
    return {name: held[name] for name in names}


def _both(one: View, other: View) -> View:
    """What is in two views."""
    many = min(len(one.classes), len(other.classes))
    both = bytes(a & b for a, b in zip(one.classes[:many], other.classes[:many], strict=True))
    return View(both, (), max(one.today, other.today))


def _in_order(
    held: Mapping[str, NDArray[Any]], fresh: Sequence[tuple[int, Lines]]
) -> Mapping[str, NDArray[Any]]:
    """Columns with more things' lines among them, each where its number is."""
    if not fresh:
        return held
    lines = np.concatenate([one for _, one in fresh])
    ns = np.repeat([n for n, _ in fresh], [len(one) for _, one in fresh])
    order = np.argsort(np.concatenate((held["n"], ns)), kind="stable")
    return {
        name: np.concatenate((column, ns if name == "n" else lines[name]), dtype=column.dtype)[order]
        for name, column in held.items()
    }
