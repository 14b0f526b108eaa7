"""Which set should be taken together: Borgatti, Identifying sets of key players, CMOT 12, 2006.

KPP-NEG: the set whose removal leaves most pairs apart. KPP-POS: the set that reaches most within some steps.
A set of the highest ranked is seldom the best set, because they often do each other's work.

What every thing would add to a set is counted at once: for removal in one walk through what is left, for
reach on bit maps. So all sets of a size are tried as sets of one less.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from entente.match.graph.network import Network
from entente.match.graph.parting import together

MOST_WORK = 5_000_000
"""Things and links looked at while all sets are tried, about two seconds of a core; beyond, a set is grown
greedily and bettered by swaps."""
MOST_TURNS = 20
Adding = Callable[[Collection[int]], Sequence[int]]
"""Of a set, what it is worth with each thing of the network added, by place; more is better."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """The best set, in order of names, and its score. `exact`: no set of the size is better."""

    ids: tuple[str, ...]
    score: float
    exact: bool


def fragmentation(network: Network, removed: Collection[str] = ()) -> float:
    """The share of pairs of what is left that cannot reach each other, between 0 and 1."""
    gone = frozenset(network.place[id] for id in removed)
    left = len(network.nodes) - len(gone)
    return 1 - together(network, gone)[1] / (left * (left - 1)) if left > 1 else 1.0


def reach(network: Network, ids: Collection[str], steps: int) -> float:
    """The share of all things that the set reaches in so many steps, itself included."""
    seen = {network.place[id] for id in ids}
    edge = seen
    for _ in range(steps):
        edge = {near for here in edge for near in network.neighbours[here]} - seen
        seen = seen | edge
    return len(seen) / len(network.nodes) if network.nodes else 0.0


def key_players(network: Network, size: int) -> KeySet:
    """The set of a size whose removal leaves the network most fragmented."""

    def adding(gone: Collection[int]) -> list[int]:
        return together(network, frozenset(gone))[0]

    work = len(network.nodes) + 2 * len(network.pairs)
    ids, exact = _best(network, size, adding, work)
    return KeySet(ids, fragmentation(network, ids), exact)


def key_reachers(network: Network, size: int, steps: int) -> KeySet:
    """The set of a size that reaches most within some steps."""
    near = [1 << p for p in range(len(network.nodes))]
    for _ in range(steps):
        wider = []
        for place, reached in enumerate(near):
            for other in network.neighbours[place]:
                reached |= near[other]  # noqa: PLW2901
            wider.append(reached)
        near = wider

    def adding(chosen: Collection[int]) -> list[int]:
        reached = 0
        for place in chosen:
            reached |= near[place]
        return [(reached | own).bit_count() for own in near]

    ids, exact = _best(network, size, adding, len(network.nodes))
    return KeySet(ids, reach(network, ids, steps), exact)


def _best(network: Network, size: int, adding: Adding, work: int) -> tuple[tuple[str, ...], bool]:
    """The best set of a size, of equal ones the first by place, and whether all were tried."""
    n = len(network.nodes)
    if size >= n or size < 1:
        return network.nodes[: max(size, 0)], True
    exact = comb(n, size - 1) * work <= MOST_WORK
    chosen = _tried(n, size, adding) if exact else _searched(n, size, adding)
    return tuple(network.nodes[p] for p in sorted(chosen)), exact


def _tried(n: int, size: int, adding: Adding) -> Collection[int]:
    best: tuple[int, ...] = ()
    most: int | None = None
    for first in combinations(range(n - 1), size - 1):
        start = first[-1] + 1 if first else 0
        worth = adding(first)[start:]
        highest = max(worth)
        if most is None or highest > most:
            most, best = highest, (*first, start + worth.index(highest))
    return best


def _searched(n: int, size: int, adding: Adding) -> Collection[int]:
    """Grown by the best next one, then bettered by the best swap as long as one helps."""

    def grown(chosen: frozenset[int]) -> tuple[int, frozenset[int]]:
        worth = adding(chosen)
        added = max((p for p in range(n) if p not in chosen), key=lambda p: (worth[p], -p))
        return worth[added], chosen | {added}

    most, chosen = 0, frozenset[int]()
    for _ in range(size):
        most, chosen = grown(chosen)
    for _ in range(MOST_TURNS):
        swaps = [grown(chosen - {out}) for out in sorted(chosen)]
        best, swapped = max(swaps, key=lambda swap: swap[0])
        if best <= most:
            break
        most, chosen = best, swapped
    return chosen
