"""Places where much was seized beside much (Getis and Ord's Gi*): a port where it is said, else a land."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.desk import Desk
from entente.match.goods import columns
from entente.match.trends import flows as ways
from entente.match.trends import hotspots as spots
from entente.rooms.records import Strict
from entente.rooms.trends.figures.flows import noted, stations
from entente.rooms.trends.figures.frame import ROUTE, Frame, framed
from entente.rooms.trends.figures.model import MOST_ROWS, About, Question
from entente.rooms.trends.figures.sums import of_frame
from entente.rooms.trends.pictures.world import World, world

NEAR_KM = 1_500.0
KM_A_RADIAN = 6_371.0


class SpotRow(Strict):
    """A place: `locode` "" where only its country is said. `hot`: 1, -1 for cold, 0. `around`: seizures here
    and in the neighbourhood, `near` how many places that is."""

    country: str
    locode: str
    seizures: int
    amount: float
    around: float
    near: int
    z: float
    p: float
    q: float
    hot: int


class Hotspots(Strict):
    """`said`: False where there are too few places, or all are alike, to say anything."""

    about: About
    said: bool
    places: list[SpotRow]
    further: int


def hotspots(desk: Desk, question: Question, most: int = MOST_ROWS) -> Hotspots:
    """Hot and cold places, the hottest first. Neighbours: places of one country, of countries whose middles
    lie within 1,500 km, and of countries that are on no map but follow each other on a way."""
    frame = framed(desk, question, ("locode", *ROUTE))
    desk.note("trend", what="hot spots", **noted(question))
    return hotspots_of(frame, world(), most)


def hotspots_of(frame: Frame, on: World | None, most: int = MOST_ROWS) -> Hotspots:
    """The same of a frame on a map."""
    kept = frame["country"] > 0
    groups = of_frame(frame, frame["country"], frame["locode"])
    there = groups.keys[:, 0] > 0
    keys, seizures = groups.keys[there], groups.seizures[there]
    amount = groups.measured(frame.question.measure)[there]
    neighbours = _touching(frame, keys[:, 0], on) if kept.any() else np.zeros((0, 2), np.int64)
    found = spots.hotspots(amount, neighbours)
    order = [int(at) for at in np.lexsort((keys[:, 1], keys[:, 0], -found.z))]
    return Hotspots(
        about=frame.about(),
        said=found.said,
        places=[
            SpotRow(
                country=columns.country_of(int(keys[at, 0])),
                locode=columns.locode_of(int(keys[at, 1])),
                seizures=int(seizures[at]),
                amount=round(float(amount[at]), 6),
                around=round(float(found.around[at]), 6),
                near=int(found.near[at]),
                z=round(float(found.z[at]), 4),
                p=float(f"{found.p[at]:.3g}"),
                q=float(f"{found.q[at]:.3g}"),
                hot=int(found.hot[at]),
            )
            for at in order[:most]
        ],
        further=max(len(order) - most, 0),
    )


def _touching(frame: Frame, countries: NDArray[Any], on: World | None) -> NDArray[np.int64]:
    """(m, 2) pairs of places whose countries are the same or neighbours."""
    known = np.unique(countries)
    middles = {} if on is None else on.middles
    at = {int(c): middles.get(columns.country_of(int(c))) for c in known}
    near = {(int(c), int(c)) for c in known}
    reach = NEAR_KM * (on.scale if on is not None else 0.0) / KM_A_RADIAN
    for a, here in at.items():
        for b, there in at.items():
            if a < b and here and there and (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2 <= reach**2:
                near.add((a, b))
    first, *between, last = stations(frame)
    _, source, target = ways.legs(first, between, last)
    for a, b in (divmod(int(pair), 1 << 10) for pair in np.flatnonzero(np.bincount(source << 10 | target))):
        if a in at and b in at and not (at[a] and at[b]):
            near.add((min(a, b), max(a, b)))
    places = {int(c): np.flatnonzero(countries == c) for c in known}
    pairs = [
        (int(i), int(j)) for a, b in sorted(near) for i in places[a] for j in places[b] if (i < j or a != b)
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)
