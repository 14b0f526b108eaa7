"""What is left of a network when some are taken out: one after the other, or several in a raid.

As Cavallaro and others, PLOS ONE 15(8) e0236476, 2020: shares are of the largest part before, and a raid
takes the highest of what is left, ranked anew after each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entente.match.graph.measures import betweenness, degree, efficiency, ranks
from entente.match.graph.network import Network

BY = {"betweenness": betweenness, "degree": degree}
NEXT = 3


@dataclass(frozen=True, slots=True)
class Removed:
    """A step. `largest`, `efficiency`: shares of what they were at first; `next`: now most central."""

    removed: tuple[str, ...]
    largest: float
    efficiency: float
    next: tuple[str, ...]


def sequence(
    network: Network, by: str = "betweenness", ids: Sequence[str] = (), block: int = 1, steps: int = 10
) -> list[Removed]:
    """The network before, then after each step: the named in their order, else the highest by a measure.

    `block` things leave in a step. It ends when nothing is left, or after `steps`.
    """
    before = len(network.components[0]) if network.nodes else 0
    whole = efficiency(network)
    named = list(ids)
    left, order = network, _highest(network, by)
    told = [_step(left, (), before, whole, len(network.nodes), order)]
    for _ in range(steps):
        if ids:
            gone, named = named[:block], named[block:]
        else:
            gone = order[:block]
        if not gone or not left.nodes:
            break
        left = left.without(gone)
        order = _highest(left, by)
        told.append(_step(left, tuple(gone), before, whole, len(network.nodes), order))
    return told


def _step(
    left: Network, gone: tuple[str, ...], before: int, whole: float, of: int, order: Sequence[str]
) -> Removed:
    largest = len(left.components[0]) if left.nodes else 0
    return Removed(
        gone,
        largest / before if before else 0.0,
        efficiency(left, of) / whole if whole else 0.0,
        tuple(order[:NEXT]),
    )


def _highest(network: Network, by: str) -> list[str]:
    """The things that stand out most; of equal ones those with more links, then by name."""
    values, links = BY[by](network), degree(network)
    rank = ranks(values)
    return sorted(network.nodes, key=lambda n: (rank[n], -links[n], n))
