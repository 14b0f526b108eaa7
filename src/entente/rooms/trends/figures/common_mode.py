"""Periods in which much changed at once that has nothing to do with each other: a change of reporting.

The panel is the asker's own: all his goods by country of the seizure, whatever goods or country he asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entente.desk import Desk
from entente.match.trends import artefacts
from entente.match.trends import breaks as scans
from entente.match.trends import series as times
from entente.rooms.trends.figures.dimensions import below
from entente.rooms.trends.figures.frame import Frame, framed
from entente.rooms.trends.figures.model import Length, Question
from entente.rooms.trends.figures.sums import first_of

DEEP = 2
"""Levels of the tree of goods that are told apart in the panel."""
MOST_GOODS = 4096
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Shared:
    """`reporting`: that many unrelated series (`sharing` of `of`) broke in the same direction then."""

    reporting: bool = False
    sharing: int = 0
    of: int = 0


NOTHING = Shared()


@dataclass(frozen=True, slots=True)
class Panel:
    """Shared breaks by country of the seizure (0: of all countries together), period and direction.
    `goods`: how many sorts of goods each country has."""

    found: Mapping[tuple[int, int, bool], Shared] = field(default_factory=dict)
    goods: Mapping[int, int] = field(default_factory=dict)

    def at(self, period: int, rises: bool, country: int = 0) -> Shared:
        """What is shared at a period, or one beside it."""
        near = [self.found.get((country, period + by, rises), NOTHING) for by in (0, -1, 1)]
        return max(near, key=lambda shared: (shared.reporting, shared.sharing))

    def scope(self, country: int) -> int:
        """The country, where it has goods enough that a change of reporting would show in it; else 0."""
        return country if self.goods.get(country, 0) > artefacts.MORE + 1 else 0


def panel(desk: Desk, question: Question, length: Length) -> Panel:
    """The panel of the asker's seizures, in the question's events, contributors and form."""
    wide = question.model_copy(
        update={"goods": "", "country": [], "since": "", "until": "", "measure": "count"}
    )
    return panel_of(framed(desk, wide), length, desk.today)


def panel_of(frame: Frame, length: Length, today: date) -> Panel:
    """The same of a frame of counts."""
    goods, _ = below(frame["goods"], "", DEEP)
    when = times.periods(frame["date"], length, frame["precision"])
    until = (today - _EPOCH).days - 1
    country = frame["country"].astype(np.int64)
    found: dict[tuple[int, int, bool], Shared] = {}
    many: dict[int, int] = {}
    for scoped in (False, True):
        code = country * MOST_GOODS + goods if scoped else goods.astype(np.int64)
        known = goods > 0
        if scoped:
            known &= country > 0
        at = np.flatnonzero(known)
        once = at[first_of(code[at], frame["n"][at])]
        table = times.counts(code[once], when[once], by=length, until=until)
        found.update(_told(table, table.groups % MOST_GOODS, table.groups // MOST_GOODS))
        places, sorts = np.unique(table.groups // MOST_GOODS, return_counts=True)
        many.update(zip(places.tolist(), sorts.tolist(), strict=True))
    return Panel(found, many)


def _told(
    table: times.Series, family: NDArray[np.int64], scope: NDArray[np.int64]
) -> dict[tuple[int, int, bool], Shared]:
    if not len(table.groups):
        return {}
    broken = scans.several(table.whole())
    shared = artefacts.common(broken, family, scope)
    rises = broken.ratio() >= 1
    told: dict[tuple[int, int, bool], Shared] = {}
    for at in range(len(broken.place)):
        key = int(scope[broken.series[at]]), table.first + int(broken.place[at]), bool(rises[at])
        mine = Shared(bool(shared.flagged[at]), int(shared.sharing[at]), int(shared.of[at]))
        before = told.get(key, NOTHING)
        told[key] = max(before, mine, key=lambda one: (one.reporting, one.sharing))
    return told
