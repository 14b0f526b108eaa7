"""How things are joined: searched from both ends over the store's links, as far as their asker may see.

Every thing within reach of both ends is gathered here; the ways through them are found by match.graph.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import prod

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Bond, Desk
from entente.match.graph import Link, Network, paths
from entente.match.graph.grades import reliability_of
from entente.rooms.analysis import contributions, joints, showing
from entente.rooms.analysis.joints import Joint
from entente.rooms.analysis.network import model
from entente.rooms.analysis.network.scope import weighed

MOST_A_STEP, MOST_THINGS = 20_000, 4_000
"""Links followed from all things of one step, and things of one. A network that is wider is cut, and the
answer says so."""
DIGITS = 6
Pair = frozenset[str]


@dataclass(slots=True)
class Gathered:
    """Links found so far. `whole`: none was left out for being too many."""

    bonds: list[Bond] = field(default_factory=list)
    whole: bool = True


def ways(desk: Desk, file: Thing, asked: model.Between) -> model.Ways:
    """Ways between two things. Raises Absent for either that one may not see."""
    _must_see(desk, (asked.start, asked.to))
    inside = _inside(desk, file, asked.scope)
    found = _between(desk, asked.start, asked.to, asked.hops, inside, stop=asked.how == "shortest")
    if asked.how == "strongest":
        network = Network.of((), weighed(joints.joints(desk, found.bonds)))
        several = paths.strongest(network, asked.start, asked.to, asked.most)
    else:
        network = Network.of((), (Link(b.near, b.far) for b in found.bonds))
        several = (
            paths.shortest(network, asked.start, asked.to, asked.most)
            if asked.how == "shortest"
            else paths.every(network, asked.start, asked.to, asked.hops, asked.most)
        )
    lines = [way.things for way in several if len(way.things) - 1 <= asked.hops]
    links = _links(desk, found.bonds, {frozenset(pair) for line in lines for pair in pairwise(line)})
    told = [_way(line, links) for line in lines]
    things = list(dict.fromkeys(id for line in lines for id in line))
    drawn = {id for way in told for id in way.links}
    desk.note("see", object=file.id, what="paths", of=[asked.start, asked.to], found=len(told))
    return model.Ways(
        paths=sorted(told, key=lambda w: (0 if asked.how == "strongest" else len(w.things), -w.strength)),
        nodes=showing.nodes(desk, things, file),
        links=joints.shown(desk, (j for j in links if j.id in drawn)),
        whole=found.whole,
    )


def joined(desk: Desk, file: Thing, asked: model.Join) -> model.Joined:
    """A small network that connects all of the things, as far as they can be. Raises Absent."""
    ids = list(dict.fromkeys(asked.ids))
    _must_see(desk, ids)
    found = _about(desk, ids, (asked.hops + 1) // 2, _inside(desk, file, asked.scope))
    network = Network.of(ids, (Link(b.near, b.far) for b in found.bonds))
    pairs, apart = paths.connecting(network, ids)
    links = _best(_links(desk, found.bonds, {frozenset(pair) for pair in pairs}))
    things = list(dict.fromkeys([*ids, *(id for pair in pairs for id in pair)]))
    desk.note("see", object=file.id, what="connecting", of=ids, found=len(things))
    return model.Joined(
        nodes=showing.nodes(desk, things, file),
        links=joints.shown(desk, links.values()),
        apart=list(apart),
        whole=found.whole,
    )


def _must_see(desk: Desk, ids: Sequence[str]) -> None:
    if len(desk.look_all(ids)) < len(set(ids)):
        raise Absent()


def _inside(desk: Desk, file: Thing, scope: model.Reach) -> Collection[str] | None:
    return set(contributions.records_of(desk, file)) if scope == "file" else None


def _between(
    desk: Desk, start: str, goal: str, hops: int, inside: Collection[str] | None, stop: bool
) -> Gathered:
    """All links on ways of at most `hops` between two things; with `stop`, only those on the shortest."""
    found = Gathered()
    sides = [{start}, {goal}]
    edges = [{start}, {goal}]
    for _ in range(hops):
        if start == goal or (stop and not sides[0].isdisjoint(sides[1])) or not (edges[0] and edges[1]):
            break
        which = 0 if len(edges[0]) <= len(edges[1]) else 1
        edges[which] = _step(desk, found, edges[which], inside) - sides[which]
        sides[which] |= edges[which]
    return found


def _about(desk: Desk, ids: Iterable[str], steps: int, inside: Collection[str] | None) -> Gathered:
    """All links within some steps of the things."""
    found = Gathered()
    seen, edge = set(ids), set(ids)
    for _ in range(steps):
        edge = _step(desk, found, edge, inside) - seen
        seen |= edge
    return found


def _step(desk: Desk, found: Gathered, edge: Collection[str], inside: Collection[str] | None) -> set[str]:
    """Follow the links of things; returns where they lead."""
    bonds = desk.around(sorted(edge)[:MOST_THINGS], each=joints.EACH, most=MOST_A_STEP)
    widest = max(Counter(b.near for b in bonds).values(), default=0)
    found.whole &= len(bonds) < MOST_A_STEP and len(edge) <= MOST_THINGS and widest < joints.EACH
    kept = bonds if inside is None else [b for b in bonds if b.far in inside]
    found.bonds += kept
    return {b.far for b in kept}


def _links(desk: Desk, bonds: Iterable[Bond], pairs: Collection[Pair]) -> list[Joint]:
    """The links between these pairs."""
    return joints.joints(desk, (b for b in bonds if frozenset((b.near, b.far)) in pairs))


def _best(links: Iterable[Joint]) -> dict[Pair, Joint]:
    """Of the links of a pair, the one that is relied on most."""
    best: dict[Pair, Joint] = {}
    for link in sorted(links, key=lambda j: (-_reliability(j), j.id)):
        best.setdefault(frozenset((link.a, link.b)), link)
    return best


def _way(line: Sequence[str], links: Iterable[Joint]) -> model.Way:
    best = _best(links)
    used = [best[frozenset(pair)] for pair in pairwise(line)]
    strength = prod(_reliability(j) for j in used)
    return model.Way(things=list(line), links=[j.id for j in used], strength=round(strength, DIGITS))


def _reliability(link: Joint) -> float:
    return reliability_of(link.said.grade, link.said.first("certainty"))
