"""Which set should be taken together: Borgatti, Identifying sets of key players, CMOT 12, 2006.

KPP-NEG: the set whose removal leaves most pairs apart. KPP-POS: the set that reaches most within some steps.
A set of the highest ranked is seldom the best set, because they often do each other's work.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from entente.match.graph.network import Network

MOST_SETS = 20_000
"""Sets that are all tried; beyond, one is grown greedily and bettered by swaps."""
MOST_TURNS = 20


@dataclass(frozen=True, slots=True)
class KeySet:
    """The best set, in order of names, and its score. `exact`: no set of the size is better."""

    ids: tuple[str, ...]
    score: float
    exact: bool


def fragmentation(network: Network, removed: Collection[str] = ()) -> float:
    """The share of pairs of what is left that cannot reach each other, between 0 and 1."""
    return _apart(network, frozenset(network.place[id] for id in removed))


def reach(network: Network, ids: Collection[str], steps: int) -> float:
    """The share of all things that the set reaches in so many steps, itself included."""
    return _reached(network, frozenset(network.place[id] for id in ids), steps)


def key_players(network: Network, size: int) -> KeySet:
    """The set of a size whose removal leaves the network most fragmented."""
    return _best(network, size, lambda gone: _apart(network, gone))


def key_reachers(network: Network, size: int, steps: int) -> KeySet:
    """The set of a size that reaches most within some steps."""
    return _best(network, size, lambda chosen: _reached(network, chosen, steps))


def _best(network: Network, size: int, score: Callable[[frozenset[int]], float]) -> KeySet:
    n = len(network.nodes)
    size = min(size, n)
    exact = comb(n, size) <= MOST_SETS
    if exact:
        chosen = max(combinations(range(n), size), key=lambda s: (round(score(frozenset(s)), 12), _first(s)))
    else:
        chosen = _searched(n, size, score)
    ids = tuple(network.nodes[p] for p in sorted(chosen))
    return KeySet(ids, score(frozenset(chosen)), exact)


def _first(chosen: Sequence[int]) -> tuple[int, ...]:
    """Of equal sets the first by place is taken."""
    return tuple(-p for p in chosen)


def _searched(n: int, size: int, score: Callable[[frozenset[int]], float]) -> tuple[int, ...]:
    """Grown by the best next one, then bettered by the best swap as long as one helps."""
    chosen: frozenset[int] = frozenset()
    for _ in range(size):
        chosen |= {max((p for p in range(n) if p not in chosen), key=lambda p: (score(chosen | {p}), -p))}
    best = score(chosen)
    for _ in range(MOST_TURNS):
        swaps = ((chosen - {out}) | {p} for out in sorted(chosen) for p in range(n) if p not in chosen)
        better = max(swaps, key=score, default=chosen)
        if score(better) <= best + 1e-12:
            break
        chosen, best = better, score(better)
    return tuple(sorted(chosen))


def _apart(network: Network, gone: frozenset[int]) -> float:
    left = len(network.nodes) - len(gone)
    if left < 2:
        return 1.0
    seen = set(gone)
    together = 0
    for start in range(len(network.nodes)):
        if start in seen:
            continue
        seen.add(start)
        part, size = [start], 0
        while part:
            here = part.pop()
            size += 1
            fresh = network.neighbours[here] - seen
            seen |= fresh
            part += fresh
        together += size * (size - 1)
    return 1 - together / (left * (left - 1))


def _reached(network: Network, chosen: frozenset[int], steps: int) -> float:
    seen, edge = set(chosen), set(chosen)
    for _ in range(steps):
        edge = {near for here in edge for near in network.neighbours[here]} - seen
        seen |= edge
    return len(seen) / len(network.nodes) if network.nodes else 0.0
