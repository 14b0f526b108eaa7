"""From where, through where, to where: tables of routes, and the part each country plays in them.

A country is a whole number, 0 where it is not said. A route is its origin, its transits in order, its
destination; what is not said is skipped, so that a route is drawn between the places that are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
DAMPING = 0.85
SERIAL = 1 << 40
"""Above any number of nodes: sums in threads hang on their order in the last digits."""
MOSTLY = 0.6
"""Share of what passes a country that makes it a source, a sink or a transit place."""
LEAST = 5.0
"""Routes (or their weight) under which no role is said."""
ROLES = ("", "source", "transit", "hub", "sink")


@dataclass(frozen=True, slots=True)
class Table:
    """K combinations, most rows first. `keys` (K, d); `count`; `quantity`, `value`: sums of what is known,
    with how many rows said none (`no_quantity`, `no_value`); all (K,)."""

    keys: Whole
    count: Whole
    quantity: Floats
    value: Floats
    no_quantity: Whole
    no_value: Whole


@dataclass(frozen=True, slots=True)
class Roles:
    """K countries, the most passed first; columns (K,).

    `begins`, `passes`, `ends`: weight of the routes of which it is the first, a middle, the last place that
    is known. `out`, `into`: weight of the legs that leave and reach it. `balance`: (out - into) / (out +
    into), 1 a source, -1 a sink. `hub`: how balanced it is (1 - |balance|) times its share of all legs.
    `betweenness` (share of the shortest ways between two others through it), `pagerank` (sum 1, weighted):
    on the network of these legs. `role`: source, sink, transit, hub, or nothing under 5 routes.
    """

    country: Whole
    begins: Floats
    passes: Floats
    ends: Floats
    out: Floats
    into: Floats
    balance: Floats
    hub: Floats
    betweenness: Floats
    pagerank: Floats
    role: tuple[str, ...]


def table(
    columns: Sequence[ArrayLike],
    quantity: ArrayLike | None = None,
    value: ArrayLike | None = None,
    weight: ArrayLike | None = None,
) -> Table:
    """Rows grouped by d columns of whole numbers, in the order of their counts, then of their keys.

    `quantity`, `value`: (N,), NaN where none is said. `weight`: (N,) whole numbers, how many a row counts
    (0 or 1 where rows are lines of a seizure and seizures are counted). Raises ValueError without a column.
    """
    if not columns:
        raise ValueError("has no columns to group by")
    given = [np.asarray(column, np.int64) for column in columns]
    row, first = _grouped(given)
    size = len(first)
    keys = np.stack([column[first] for column in given], axis=1)
    if weight is None:
        count = np.bincount(row, minlength=size)
    else:
        count = np.bincount(row, np.asarray(weight, np.float64), minlength=size).astype(np.int64)
    much, no_quantity = _summed(row, quantity, size)
    worth, no_value = _summed(row, value, size)
    order = np.lexsort((*keys.T[::-1], -count))
    return Table(
        keys[order],
        count.astype(np.int64)[order],
        much[order],
        worth[order],
        no_quantity[order],
        no_value[order],
    )


def legs(
    origin: ArrayLike, transits: Sequence[ArrayLike], destination: ArrayLike
) -> tuple[Whole, Whole, Whole]:
    """(L,) row, from, to: the steps of each route between the places it says, staying in one left out."""
    rows, source, target = [], [], []
    last = np.asarray(origin, np.int64)
    for stop in (*transits, destination):
        here = np.asarray(stop, np.int64)
        moved = np.flatnonzero((here != 0) & (last != 0) & (here != last))
        rows.append(moved)
        source.append(last[moved])
        target.append(here[moved])
        last = np.where(here != 0, here, last)
    return np.concatenate(rows), np.concatenate(source), np.concatenate(target)


def roles(
    origin: ArrayLike,
    transits: Sequence[ArrayLike],
    destination: ArrayLike,
    weight: ArrayLike | None = None,
) -> Roles:
    """The part of each country in the routes shown; `weight` (N,), else each route counts once; NaN is 0."""
    stops = [np.asarray(column, np.int64) for column in (origin, *transits, destination)]
    each, at = _grouped(stops)  # the same route many times is one route that weighs more
    ones = np.ones(len(stops[0])) if weight is None else np.nan_to_num(np.asarray(weight, np.float64))
    much = _total(each, ones, len(at))
    stops = [column[at] for column in stops]
    row, source, target = legs(stops[0], stops[1:-1], stops[-1])
    known = _distinct(np.concatenate([source, target]))
    size = len(known)
    a, b = np.searchsorted(known, source), np.searchsorted(known, target)
    out, into = _total(a, much[row], size), _total(b, much[row], size)
    moved = np.zeros(len(at), np.bool_)
    moved[row] = True
    begins = _total(np.searchsorted(known, _said(stops)[moved]), much[moved], size)
    ends = _total(np.searchsorted(known, _said(stops[::-1])[moved]), much[moved], size)
    # Each route counts once at a place that it reaches, however often; and its end is no place between.
    reached = _distinct(row * max(size, 1) + b)
    visited = _total(reached % max(size, 1), much[reached // max(size, 1)], size)
    passes = np.maximum(visited - ends, 0.0)
    around = out + into
    balance = np.divide(out - into, around, out=np.zeros(size), where=around > 0)
    hub = (1 - np.abs(balance)) * around / (around.sum() or 1.0)
    betweenness, pagerank = _network(a, b, much[row], size)
    order = np.lexsort((known, -around))
    said = [
        _role(*place)
        for place in zip(*(c[order].tolist() for c in (begins, passes, ends, balance)), strict=True)
    ]
    return Roles(
        known[order],
        begins[order],
        passes[order],
        ends[order],
        out[order],
        into[order],
        balance[order],
        hub[order],
        betweenness[order],
        pagerank[order],
        tuple(said),
    )


def _role(begins: float, passes: float, ends: float, balance: float) -> str:
    every = begins + passes + ends
    if every < LEAST:
        return ""
    if begins >= MOSTLY * every:
        return "source"
    if ends >= MOSTLY * every:
        return "sink"
    return "transit" if passes >= MOSTLY * every and abs(balance) < 1 - MOSTLY else "hub"


def _said(stops: Sequence[Whole]) -> Whole:
    """The first place that is said of each route."""
    found = stops[0]
    for stop in stops[1:]:
        found = np.where(found != 0, found, stop)
    return found


def _network(a: Whole, b: Whole, weight: Floats, size: int) -> tuple[Floats, Floats]:
    if not size:
        return np.zeros(0), np.zeros(0)
    pairs, at = np.unique(a * size + b, return_inverse=True)
    heavy = np.bincount(at, weight)
    graph: rx.PyDiGraph[int, float] = rx.PyDiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(
        [(int(p // size), int(p % size), float(w)) for p, w in zip(pairs, heavy, strict=True) if w > 0]
    )
    middle = rx.digraph_betweenness_centrality(graph, parallel_threshold=SERIAL)
    rank = rx.pagerank(graph, alpha=DAMPING, weight_fn=float, tol=1e-12, max_iter=10_000)
    order = range(size)
    return np.array([middle[i] for i in order]), np.array([rank[i] for i in order])


def _total(at: Whole, weight: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(at, weight, size), np.float64)


def _summed(row: Whole, what: ArrayLike | None, size: int) -> tuple[Floats, Whole]:
    if what is None:
        return np.zeros(size), np.zeros(size, np.int64)
    much = np.asarray(what, np.float64)
    silent = np.isnan(much)
    total = _total(row, np.where(silent, 0.0, much), size)
    return total, np.bincount(row, silent, size).astype(np.int64)


def _grouped(columns: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Each row's group, and a row of each group: columns packed into one number, made dense where small."""
    code = np.zeros(len(columns[0]), np.int64)
    span = 1
    for column in columns:
        low, high = (int(column.min()), int(column.max())) if len(column) else (0, 0)
        wide = high - low + 1
        if span * wide > 1 << 62:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
            span = int(code.max()) + 1
        code = code * wide + (column - low)
        span *= wide
    if span <= 8 * len(code) + 65_536:
        last = np.full(span, -1, np.int64)
        last[code[::-1]] = np.arange(len(code))[::-1]
        there = last >= 0
        return (np.cumsum(there) - 1)[code], last[there]
    _, first, row = np.unique(code, return_index=True, return_inverse=True)
    return row.astype(np.int64), first.astype(np.int64)


def _distinct(values: Whole) -> Whole:
    """The different values in order, by sorting: for millions several times as fast as hashing them."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]
