"""Who stands between others that are not linked, and between which parts of a network.

Roles of Gould and Fernandez, Structures of mediation, Sociological Methodology 19, 1989, by arcs. A link
without direction is an arc both ways, so that a pair is counted from either end.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from entente.match.graph.network import Network

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How often in which role, and the pairs of parts a thing stands between, most often first."""

    roles: Mapping[str, int]
    pairs: tuple[tuple[str, str, int], ...]


def brokers(network: Network, parts: Mapping[str, str]) -> dict[str, Brokerage]:
    """Of every thing whose part is known: each way a → it → c with no arc a → c, by the parts of the three.

    Things without a part count nowhere.
    """
    part = [parts.get(node, "") for node in network.nodes]
    into: list[list[int]] = [[] for _ in network.nodes]
    from_: list[list[int]] = [[] for _ in network.nodes]
    for a, c in network.arcs:
        into[c].append(a)
        from_[a].append(c)
    found = {}
    for b, node in enumerate(network.nodes):
        if not part[b]:
            continue
        roles = Counter(dict.fromkeys(ROLES, 0))
        between: Counter[tuple[str, str]] = Counter()
        for a in into[b]:
            for c in from_[b]:
                if a != c and part[a] and part[c] and (a, c) not in network.arcs:
                    roles[_role(part[a], part[b], part[c])] += 1
                    if part[a] != part[c]:
                        between[min(part[a], part[c]), max(part[a], part[c])] += 1
        pairs = sorted(((x, y, many) for (x, y), many in between.items()), key=lambda p: (-p[2], p))
        found[node] = Brokerage(dict(roles), tuple(pairs))
    return found


def _role(a: str, b: str, c: str) -> str:
    if a == b == c:
        return "coordinator"
    if a == c:
        return "consultant"
    if b == c:
        return "gatekeeper"
    return "representative" if a == b else "liaison"
