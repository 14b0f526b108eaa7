"""A network: things and the links between them, as its asker sees them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import rustworkx as rx


@dataclass(frozen=True, slots=True)
class Link:
    """A link from `a` to `b`. `weight` > 0 counts more; `reliability` in (0, 1]; days where they are known.

    `id`: of the links it stands for, the first.
    """

    a: str
    b: str
    kind: str = ""
    weight: float = 1.0
    directed: bool = False
    since: date | None = None
    until: date | None = None
    reliability: float = 1.0
    id: str = ""


@dataclass(frozen=True)
class Network:
    """Things in order of their names, each once, and links between them as they were given."""

    nodes: tuple[str, ...]
    links: tuple[Link, ...] = field(default=())

    @classmethod
    def of(cls, nodes: Iterable[str], links: Iterable[Link] = ()) -> "Network":
        """A network of these; the ends of links are things of it too."""
        kept = tuple(links)
        named = {*nodes, *(link.a for link in kept), *(link.b for link in kept)}
        return cls(tuple(sorted(named)), kept)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """A thing to its place among the nodes."""
        return {node: at for at, node in enumerate(self.nodes)}

    @cached_property
    def pairs(self) -> Mapping[tuple[int, int], float]:
        """(smaller place, larger place) to the summed weight of all links between; loops are left out."""
        found: dict[tuple[int, int], float] = {}
        for link in self.links:
            a, b = self.place[link.a], self.place[link.b]
            if a != b:
                pair = (a, b) if a < b else (b, a)
                found[pair] = found.get(pair, 0.0) + link.weight
        return dict(sorted(found.items()))

    @cached_property
    def arcs(self) -> Mapping[tuple[int, int], float]:
        """(place from, place to) to summed weight; a link without direction counts both ways, a loop not."""
        found: dict[tuple[int, int], float] = {}
        for link in self.links:
            a, b = self.place[link.a], self.place[link.b]
            for arc in ((a, b),) if link.directed else ((a, b), (b, a)):
                if a != b:
                    found[arc] = found.get(arc, 0.0) + link.weight
        return dict(sorted(found.items()))

    @property
    def loops(self) -> int:
        """Links of a thing with itself: no measure counts them."""
        return sum(link.a == link.b for link in self.links)

    @cached_property
    def neighbours(self) -> tuple[frozenset[int], ...]:
        """Of each node, the places of those it is linked with, whatever the direction."""
        near: list[set[int]] = [set() for _ in self.nodes]
        for a, b in self.pairs:
            near[a].add(b)
            near[b].add(a)
        return tuple(map(frozenset, near))

    @cached_property
    def graph(self) -> "rx.PyGraph[None, float]":
        """Without direction, parallel links summed; node numbers are places."""
        graph: rx.PyGraph[None, float] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self.nodes))
        graph.add_edges_from([(a, b, weight) for (a, b), weight in self.pairs.items()])
        return graph

    @cached_property
    def digraph(self) -> "rx.PyDiGraph[None, float]":
        """With direction, parallel links summed; a link without direction goes both ways."""
        graph: rx.PyDiGraph[None, float] = rx.PyDiGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self.nodes))
        graph.add_edges_from([(a, b, weight) for (a, b), weight in self.arcs.items()])
        return graph

    @cached_property
    def components(self) -> tuple[tuple[int, ...], ...]:
        """Parts that hang together, the largest first; of equal ones that with the first place."""
        found = [tuple(sorted(part)) for part in rx.connected_components(self.graph)]
        return tuple(sorted(found, key=lambda part: (-len(part), part)))

    @property
    def density(self) -> float:
        """Linked pairs among all pairs; 0 for fewer than two things."""
        n = len(self.nodes)
        return 2 * len(self.pairs) / (n * (n - 1)) if n > 1 else 0.0

    def named(self, values: Iterable[float]) -> dict[str, float]:
        """Values in order of places, by node."""
        return dict(zip(self.nodes, values, strict=True))

    def within(self, places: Iterable[int]) -> "Network":
        """The network of some of the nodes and the links among them."""
        kept = {self.nodes[p] for p in places}
        return Network(
            tuple(n for n in self.nodes if n in kept),
            tuple(link for link in self.links if link.a in kept and link.b in kept),
        )

    def without(self, gone: Iterable[str]) -> "Network":
        """The network when some are taken out."""
        out = set(gone)
        return self.within(p for p, node in enumerate(self.nodes) if node not in out)

    def lacking(self, pairs: Collection[tuple[int, int]]) -> "Network":
        """The network as if nobody knew of the links between some pairs of places, (smaller, larger)."""
        place = self.place
        ends = ((link, place[link.a], place[link.b]) for link in self.links)
        kept = tuple(link for link, a, b in ends if ((a, b) if a < b else (b, a)) not in pairs)
        return replace(self, links=kept)

    def during(self, since: date, until: date) -> "Network":
        """All things, and the links that held on a day from `since` to `until`; one without a day did not."""
        kept = tuple(link for link in self.links if _overlaps(link, since, until))
        return replace(self, links=kept)


def _overlaps(link: Link, since: date, until: date) -> bool:
    if link.since is None and link.until is None:
        return False
    return (link.since or date.min) <= until and (link.until or date.max) >= since
