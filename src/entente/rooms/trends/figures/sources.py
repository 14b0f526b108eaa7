"""What a kept paper was made of, and whether its reader may still see all of it.

A list or a finding says what it counted when it was made. When one of its seizures is withdrawn or shown to
fewer, the paper may not go on telling of it: it is shown without what it counted until all are seen again.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from entente.core.access import Purpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.columns import columns as columns_of
from entente.match.goods import columns
from entente.rooms.bureaus import machine_of

SOURCE = "source"
A_LINE = 100
"""Seizures a value."""
WHY = "seizures that a paper rests on were looked for"


def ordinary(desk: Desk, bureau: int) -> Desk:
    """The reach of a bureau's own system for analysis: what each of its officers may see."""
    through = desk.as_house()
    machine = machine_of(through, bureau, WHY)
    return through.seated_as(replace(machine, purpose=Purpose.ANALYSIS))


def packed(numbers: Sequence[int] | NDArray[np.int64]) -> list[str]:
    """Numbers of seizures as texts of at most a hundred each, in order, none twice."""
    known = np.unique(np.asarray(numbers, np.int64)).tolist()
    return [" ".join(map(str, known[at : at + A_LINE])) for at in range(0, len(known), A_LINE)]


def shaken(desk: Desk, things: Sequence[Thing], bureau: int = 0) -> frozenset[str]:
    """Ids of those papers of which a seizure is no longer seen by every officer of a bureau, the asker's own
    unless it is named."""
    asked = [thing for thing in things if thing.body.get(SOURCE)]
    if not asked:
        return frozenset()
    seen = np.unique(columns_of(ordinary(desk, bureau or desk.asker.bureau), columns.SPACE, ("n",))["n"])
    return frozenset(thing.id for thing in asked if not np.isin(_numbers(thing), seen).all())


def _numbers(thing: Thing) -> NDArray[np.int64]:
    return np.array([int(n) for line in thing.body[SOURCE] for n in line.split()], np.int64)
