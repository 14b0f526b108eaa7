"""Two modes to one: things that share an event are linked, the more so the fewer others were there."""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations

from entente.match.graph.network import Link, Network

MOST_AT_ONE = 200
"""Things at an event beyond which it links nobody: who was in one stadium has nothing in common."""


def projected(network: Network, events: Collection[str]) -> Network:
    """The network without the events; of k things at one, each pair is linked with the weight 1/(k-1).

    (Newman 2001.) Weights of several events add up; a link's id is that of the first of them, by id. Links
    between other things stay as they are.
    """
    out = set(events)
    there: dict[str, set[str]] = defaultdict(set)
    stay = []
    for link in network.links:
        if link.a in out and link.b not in out:
            there[link.a].add(link.b)
        elif link.b in out and link.a not in out:
            there[link.b].add(link.a)
        elif link.a not in out:
            stay.append(link)
    shared: dict[tuple[str, str], Link] = {}
    for event in sorted(there):
        guests = sorted(there[event])
        if not 1 < len(guests) <= MOST_AT_ONE:
            continue
        for a, b in combinations(guests, 2):
            before = shared.get((a, b))
            weight = (before.weight if before else 0.0) + 1 / (len(guests) - 1)
            shared[a, b] = Link(a, b, "shared", weight, id=before.id if before else event)
    return Network.of((n for n in network.nodes if n not in out), [*stay, *shared.values()])
