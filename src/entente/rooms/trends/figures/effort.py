"""Checks that were carried out, by period: what seizures are in proportion to.

Without them more seizures may only mean more checks. An effort that spans several periods is spread over them
by days. One that was for certain goods counts only for a question of those goods, or of goods below them.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entente.core.kinds.dates import parse
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import columns
from entente.match.trends import series

KIND = "Effort"
A_PAGE = 200
_EPOCH = date(1970, 1, 1)


def efforts(desk: Desk) -> list[Thing]:
    """All efforts in the view."""
    found: list[Thing] = []
    place = 0
    while page := desk.table([KIND], after=place, limit=A_PAGE):
        found += [thing for _, thing in page]
        place = page[-1][0]
    return found


def checks(
    things: list[Thing], goods: str, by: str, first: int, many: int, by_country: bool = False
) -> Mapping[int, NDArray[np.float64]]:
    """Country (0: all together) to (T,) checks in each of `many` periods from `first` (trends.series)."""
    found: dict[int, NDArray[np.float64]] = {}
    for thing in things:
        if not _fits(thing.first("goods"), goods):
            continue
        country = columns.country(thing.first("country")) if by_country else 0
        if by_country and not country:
            continue
        row = found.setdefault(country, np.zeros(many))
        for at, part in _spread(thing, by, first, many):
            row[at] += part
    return found


def _fits(looked_for: str, goods: str) -> bool:
    return not looked_for or goods == looked_for or goods.startswith(f"{looked_for}.")


def _spread(thing: Thing, by: str, first: int, many: int) -> list[tuple[int, float]]:
    """(period's place, checks) of one effort: by its days in each period."""
    try:
        begins, ends = (
            parse(thing.first("date")).first,
            parse(thing.first("dateEnd") or thing.first("date")).last,
        )
        total = float(thing.first("checks"))
    except ValueError:
        return []
    low, high = (begins - _EPOCH).days, (ends - _EPOCH).days
    days = high - low + 1
    if days < 1 or not total > 0:
        return []
    from_, to = (int(p) for p in series.periods(np.array([low, high]), by))
    made = []
    for period in range(max(from_, first), min(to, first + many - 1) + 1):
        inside = min(high + 1, series.starts(period + 1, by)) - max(low, series.starts(period, by))
        made.append((period - first, total * inside / days))
    return made
