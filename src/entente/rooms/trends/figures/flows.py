"""Ways of goods: from where, through where, to where; shares of countries with their rank; their roles."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.desk import Desk
from entente.match.goods import columns
from entente.match.trends import flows as ways
from entente.rooms.records import Strict
from entente.rooms.trends.figures.dimensions import origin_of
from entente.rooms.trends.figures.frame import ROUTE, Frame, framed
from entente.rooms.trends.figures.model import MOST_ROWS, About, Question
from entente.rooms.trends.figures.sums import Groups, grouped, of_frame

Array = NDArray[Any]
SIDES = ("place", "origin", "transit", "destination")


class FlowRow(Strict):
    """A way: codes of countries, "" where not said. `amount`: by the question's measure; `share` of all."""

    origin: str
    transit: str
    destination: str
    seizures: int
    lines: int
    amount: float
    share: float


class ArcRow(Strict):
    """A leg between two countries of the ways."""

    source: str
    target: str
    seizures: int
    amount: float


class ShareRow(Strict):
    """A country's part on one side of the ways; `rank` 1 is the largest, equal amounts share a rank."""

    side: str
    rank: int
    country: str
    seizures: int
    amount: float
    share: float


class RoleRow(Strict):
    """What a country is to the ways (match.trends.flows.Roles): `begins`, `passes`, `ends` by the measure;
    `role`: source, transit, hub, sink, "" where too little is known."""

    country: str
    role: str
    begins: float
    passes: float
    ends: float
    balance: float
    hub: float
    betweenness: float
    pagerank: float


class Flows(Strict):
    """`further`: rows that were not told; an export has them all."""

    about: About
    flows: list[FlowRow]
    arcs: list[ArcRow]
    shares: list[ShareRow]
    roles: list[RoleRow]
    further: int


def flows(desk: Desk, question: Question, most: int = MOST_ROWS) -> Flows:
    """The ways of the question's seizures, the heaviest first."""
    frame = framed(desk, question, ROUTE)
    desk.note("trend", what="flows", **noted(question))
    return flows_of(frame, most)


def noted(question: Question) -> dict[str, str]:
    """What the journal says of a question."""
    narrowed = {"goods": question.goods, "countries": " ".join(question.country), "measure": question.measure}
    return {name: said for name, said in narrowed.items() if said}


def flows_of(frame: Frame, most: int = MOST_ROWS) -> Flows:
    """The same of a frame."""
    about, measure = frame.about(), frame.question.measure
    frame, each = frame.by_seizure()
    found = of_frame(frame, origin_of(frame), frame["transit1"], frame["destination"])
    amount = found.measured(measure)
    whole = float(amount.sum())
    lines = np.bincount(found.row, each, len(amount))
    order = _heaviest(amount, found.keys)
    rows = [
        FlowRow(
            origin=columns.country_of(int(found.keys[g, 0])),
            transit=columns.country_of(int(found.keys[g, 1])),
            destination=columns.country_of(int(found.keys[g, 2])),
            seizures=int(found.seizures[g]),
            lines=int(lines[g]),
            amount=_figure(amount[g]),
            share=share(amount[g], whole),
        )
        for g in order[:most]
    ]
    return Flows(
        about=about,
        flows=rows,
        arcs=arcs_of(frame)[:most],
        shares=[row for side in SIDES for row in shares_of(frame, side)][:most],
        roles=roles_of(frame)[:most],
        further=max(len(order) - most, 0),
    )


def _heaviest(amount: NDArray[np.float64], keys: NDArray[np.int64]) -> list[int]:
    """Places from the heaviest down, equal ones in the order of their keys."""
    order = np.lexsort((*(keys[:, at] for at in reversed(range(keys.shape[1]))), -amount))
    return [int(g) for g in order]


def share(part: float, whole: float) -> float:
    """A part of one, to six digits; 0 of nothing."""
    return round(float(part) / whole, 6) if whole else 0.0


def _figure(value: float) -> float:
    return round(float(value), 6)


def shares_of(frame: Frame, side: str) -> list[ShareRow]:
    """Parts of countries on one side, the largest first. A way's first transit stands for its transits."""
    column = {"place": frame["country"], "transit": frame["transit1"], "origin": origin_of(frame)}.get(
        side, frame["destination"]
    )
    found = of_frame(frame, column)
    amount = found.measured(frame.question.measure)
    whole = float(amount.sum())
    rows, rank, last = [], 0, None
    for place, g in enumerate(_heaviest(amount, found.keys), 1):
        if amount[g] != last:
            rank, last = place, amount[g]
        rows.append(
            ShareRow(
                side=side,
                rank=rank,
                country=columns.country_of(int(found.keys[g, 0])),
                seizures=int(found.seizures[g]),
                amount=_figure(amount[g]),
                share=share(amount[g], whole),
            )
        )
    return rows


def stations(frame: Frame) -> list[Array]:
    """The ways as columns of countries in their order, 0 where nothing is said: origin, departure, transits,
    the place of the seizure where it is none of the others, destination."""
    route = [frame[name] for name in ROUTE]
    place = frame["country"]
    elsewhere = np.ones(len(frame), np.bool_)
    for column in route:
        elsewhere &= column != place
    return [*route[:-1], np.where(elsewhere, place, 0), route[-1]]


def arcs_of(frame: Frame) -> list[ArcRow]:
    """Legs between countries that follow each other on a way, the heaviest first. A way that comes back to a
    country has both legs; one within a country has none."""
    first, *between, last = stations(frame)
    rows, source, target = ways.legs(first, between, last)
    order = np.argsort(rows, kind="stable")
    rows, source, target = rows[order], source[order], target[order]
    found: Groups = grouped((source, target), frame["n"][rows], frame.weight[rows])
    amount = found.measured(frame.question.measure)
    return [
        ArcRow(
            source=columns.country_of(int(found.keys[g, 0])),
            target=columns.country_of(int(found.keys[g, 1])),
            seizures=int(found.seizures[g]),
            amount=_figure(amount[g]),
        )
        for g in _heaviest(amount, found.keys)
    ]


def roles_of(frame: Frame) -> list[RoleRow]:
    """Source, transit, sink and hub of each country, by the question's measure; the most passed first."""
    first, *between, last = stations(frame)
    told = ways.roles(first, between, last, frame.weight)
    return [
        RoleRow(
            country=columns.country_of(int(told.country[at])),
            role=told.role[at],
            begins=_figure(told.begins[at]),
            passes=_figure(told.passes[at]),
            ends=_figure(told.ends[at]),
            balance=_figure(told.balance[at]),
            hub=_figure(told.hub[at]),
            betweenness=_figure(told.betweenness[at]),
            pagerank=_figure(told.pagerank[at]),
        )
        for at in range(len(told.country))
    ]
