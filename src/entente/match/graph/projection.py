"""Two modes to one: things that share an event are linked, the more so the fewer others were there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import combinations

from entente.match.graph.network import Link, Network

MOST_AT_ONE = 200
"""Things at an event beyond which it links nobody: who was in one stadium has nothing in common."""


def projected(network: Network, events: Collection[str]) -> Network:
    """The network without the events; of k things at one, each pair is linked with the weight 1/(k-1).

    (Newman 2001.) Every event keeps a link of its own: its id, the days of the two links to it that overlap,
    the product of their reliabilities. Links between other things stay as they are.
    """
    out = set(events)
    there: dict[str, dict[str, Link]] = defaultdict(dict)
    made = []
    for link in sorted(network.links, key=lambda one: (-one.reliability, one.id)):
        if (link.a in out) != (link.b in out):
            event, guest = (link.a, link.b) if link.a in out else (link.b, link.a)
            there[event].setdefault(guest, link)
        elif link.a not in out:
            made.append(link)
    for event in sorted(there):
        guests = sorted(there[event])
        if 1 < len(guests) <= MOST_AT_ONE:
            made += [
                _shared(event, a, b, there[event], 1 / (len(guests) - 1)) for a, b in combinations(guests, 2)
            ]
    return Network.of((n for n in network.nodes if n not in out), made)


def _shared(event: str, a: str, b: str, there: Mapping[str, Link], weight: float) -> Link:
    one, other = there[a], there[b]
    since = max((d for d in (one.since, other.since) if d), default=None)
    until = min((d for d in (one.until, other.until) if d), default=None)
    if since and until and since > until:
        since = until = None  # they were not there at one time, or the days are wrong: none is told
    trust = one.reliability * other.reliability
    return Link(a, b, "shared", weight, since=since, until=until, reliability=trust, id=event)
