"""Ways from one thing to another; the direction of links is ignored, as whoever is linked is within reach.

Of parallel links the most reliable is taken. The reliability of a way is the product of its links'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice, pairwise

import rustworkx as rx

from entente.match.graph.network import Link, Network

MOST_LOOKED_AT = 20_000
"""Partial ways that a search for all of them may hold."""


@dataclass(frozen=True, slots=True)
class Way:
    """Things in order, the ids of the links between them, and the product of the links' reliabilities."""

    things: tuple[str, ...]
    links: tuple[str, ...]
    strength: float


def shortest(network: Network, a: str, b: str, most: int = 10) -> list[Way]:
    """The ways with the fewest links, at most `most`: the strongest first, then by name."""
    if a not in network.place or b not in network.place or a == b:
        return []
    far = _distances(network, b)
    start = network.place[a]
    if start not in far:
        return []
    found: list[list[int]] = [[start]]
    for left in range(far[start] - 1, -1, -1):
        found = [
            [*line, near]
            for line in found
            for near in sorted(network.neighbours[line[-1]])
            if far.get(near) == left
        ][:MOST_LOOKED_AT]
    return _told(network, found)[:most]


def every(network: Network, a: str, b: str, hops: int, most: int = 10) -> list[Way]:
    """Ways of at most `hops` links that pass nothing twice: the shortest first, then the strongest."""
    if a not in network.place or b not in network.place or a == b:
        return []
    lines = list(islice(_winding(network, network.place[a], network.place[b], hops), MOST_LOOKED_AT))
    return sorted(_told(network, lines), key=lambda w: (len(w.things), -w.strength, w.things))[:most]


def strongest(network: Network, a: str, b: str, most: int = 10) -> list[Way]:
    """The ways whose product of reliabilities is highest, by Yen's method (1971)."""
    if a not in network.place or b not in network.place or a == b:
        return []
    best = _best(network)
    start, goal = network.place[a], network.place[b]
    first = _dijkstra(network, best, start, goal, frozenset(), frozenset())
    if first is None:
        return []
    chosen: list[tuple[int, ...]] = [first]
    waiting: list[tuple[float, int, tuple[int, ...]]] = []
    known = {first}
    while len(chosen) < most:
        last = chosen[-1]
        for at in range(len(last) - 1):
            root = last[: at + 1]
            barred = frozenset(_pair(*line[at : at + 2]) for line in chosen if line[: at + 1] == root)
            rest = _dijkstra(network, best, root[-1], goal, frozenset(root[:-1]), barred)
            line = (*root[:-1], *rest) if rest else ()
            if line and line not in known:
                known.add(line)
                heappush(waiting, (-_strength(best, line), len(line), line))
        if not waiting:
            break
        chosen.append(heappop(waiting)[2])
    return _told(network, chosen)


def connecting(network: Network, ids: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs whose links join the things, few of them, and the things that cannot be joined to the first.

    Each thing is led to what is joined already by a shortest way (Takahashi and Matsuyama 1980), which takes
    at most twice as many links as are needed.
    """
    wanted = [id for id in dict.fromkeys(ids) if id in network.place]
    apart = [id for id in dict.fromkeys(ids) if id not in network.place]
    if not wanted:
        return [], apart
    joined = {network.place[wanted[0]]}
    pairs: set[tuple[int, int]] = set()
    left = {network.place[id] for id in wanted[1:]} - joined
    while left:
        line = _nearest(network, joined, left)
        if line is None:
            break
        pairs |= {_pair(p, q) for p, q in pairwise(line)}
        joined |= set(line)
        left -= joined
    apart += sorted(network.nodes[p] for p in left)
    return sorted((network.nodes[p], network.nodes[q]) for p, q in pairs), apart


def _distances(network: Network, goal: str) -> dict[int, int]:
    start = network.place[goal]
    found = rx.graph_dijkstra_shortest_path_lengths(network.graph, start, lambda _weight: 1.0)
    return {start: 0, **{node: int(length) for node, length in found.items()}}


def _winding(network: Network, start: int, goal: int, hops: int) -> Iterator[tuple[int, ...]]:
    """Lines from start to goal in order of length; only those that can still arrive are followed."""
    far = _distances(network, network.nodes[goal])
    lines: list[tuple[int, ...]] = [(start,)]
    for step in range(1, hops + 1):
        longer = []
        for line in lines:
            for near in sorted(network.neighbours[line[-1]]):
                if near == goal:
                    yield (*line, near)
                elif near not in line and far.get(near, hops) <= hops - step:
                    longer.append((*line, near))
        lines = longer[:MOST_LOOKED_AT]


def _best(network: Network) -> dict[tuple[int, int], Link]:
    """Of each pair the link that is relied on most; of equal ones that with the first id."""
    best: dict[tuple[int, int], Link] = {}
    for link in sorted(network.links, key=lambda one: (-one.reliability, one.id)):
        if link.a != link.b:
            best.setdefault(_pair(network.place[link.a], network.place[link.b]), link)
    return best


def _dijkstra(
    network: Network,
    best: dict[tuple[int, int], Link],
    start: int,
    goal: int,
    out: frozenset[int],
    barred: frozenset[tuple[int, int]],
) -> tuple[int, ...] | None:
    """The line of the highest product; of equal ones the shorter, then the first by place."""
    heap: list[tuple[float, int, tuple[int, ...]]] = [(-1.0, 1, (start,))]
    done = set(out)
    while heap:
        strength, _length, line = heappop(heap)
        here = line[-1]
        if here == goal:
            return line
        if here in done:
            continue
        done.add(here)
        for near in network.neighbours[here]:
            pair = _pair(here, near)
            if near not in done and pair not in barred:
                heappush(heap, (strength * best[pair].reliability, len(line) + 1, (*line, near)))
    return None


def _nearest(network: Network, joined: set[int], left: set[int]) -> tuple[int, ...] | None:
    """A shortest line from what is joined to the nearest of the rest."""
    lines: list[tuple[int, ...]] = [(place,) for place in sorted(joined)]
    seen = set(joined)
    while lines:
        longer: list[tuple[int, ...]] = []
        for line in lines:
            for near in sorted(network.neighbours[line[-1]]):
                if near in left:
                    return (*line, near)
                if near not in seen:
                    seen.add(near)
                    longer.append((*line, near))
        lines = longer
    return None


def _told(network: Network, lines: Sequence[Sequence[int]]) -> list[Way]:
    best = _best(network)
    ways = [
        Way(
            tuple(network.nodes[p] for p in line),
            tuple(best[_pair(p, q)].id for p, q in pairwise(line)),
            _strength(best, line),
        )
        for line in lines
    ]
    return sorted(ways, key=lambda w: (-w.strength, len(w.things), w.things))


def _strength(best: dict[tuple[int, int], Link], line: Sequence[int]) -> float:
    product = 1.0
    for p, q in pairwise(line):
        product *= best[_pair(p, q)].reliability
    return product


def _pair(p: int, q: int) -> tuple[int, int]:
    return (p, q) if p < q else (q, p)
