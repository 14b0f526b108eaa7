"""Links between things as an asker may see them: from the store's rows, with who says so, how sure, when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from entente.core.things import Thing
from entente.desk import Bond, Desk
from entente.rooms.analysis.showing import Link, codes_of
from entente.web.language import _

EACH, MOST = 2_000, 50_000
"""Links of one thing that are looked at, and links in all that a whole network is made of."""
A_TIME = 20


@dataclass(frozen=True, slots=True)
class Joint:
    """A link from `a` to `b`; `said` is the thing that says so: a relation, or one of the two."""

    id: str
    a: str
    b: str
    said: Thing
    label: str
    directed: bool
    since: date | None
    until: date | None


def joints(desk: Desk, bonds: Iterable[Bond]) -> list[Joint]:
    """Each link once, whichever of its ends it was found from, by id."""
    ends: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    of: dict[tuple[str, str], Bond] = {}
    for bond in bonds:
        forward = bond.side in ("source", "names")
        relation = bond.side in ("source", "target")
        key = (bond.link, "" if relation else bond.prop)
        ends[key].add((bond.near, bond.far) if forward else (bond.far, bond.near))
        of.setdefault(key, bond)
    said = desk.look_all([link for link, _prop in ends])
    found = []
    for (link, prop), pairs in ends.items():
        if link not in said:
            continue
        kind = desk.house.model[said[link].kind]
        bond = of[link, prop]
        for a, b in sorted(pairs):
            id = link if len(pairs) == 1 and not prop else f"{link}~{prop or a}~{b}"
            label = kind.properties[prop].label if prop else kind.edge.label if kind.edge else kind.label
            directed = kind.edge.directed if kind.edge and not prop else True
            found.append(Joint(id, a, b, said[link], label, directed, bond.since, bond.until))
    return sorted(found, key=lambda j: j.id)


def shown(desk: Desk, found: Iterable[Joint]) -> list[Link]:
    """Links as the chart draws them."""
    every = list(found)
    codes = codes_of(desk, (j.said for j in every))
    return [
        Link.model_validate(
            {
                "id": j.id,
                "kind": j.said.kind,
                "label": _(j.label),
                "from": j.a,
                "to": j.b,
                "directed": j.directed,
                "since": j.since.isoformat() if j.since else "",
                "until": j.until.isoformat() if j.until else "",
                "grade": j.said.grade,
                "certainty": j.said.first("certainty"),
                "owner": codes[j.said.handling.owner],
                "more": 0,
            }
        )
        for j in every
    ]


def among(
    desk: Desk, ids: Sequence[str], since: date | None = None, until: date | None = None
) -> list[Joint]:
    """The links between these things, MOST at most.

    A link of two things that both have more than EACH may be missed: of any other, one end tells.
    """
    inside, kept = set(ids), list[Bond]()
    near = sorted(inside)
    for first in range(0, len(near), A_TIME):
        bonds = desk.around(
            near[first : first + A_TIME], since=since, until=until, each=EACH, most=EACH * A_TIME
        )
        kept += [b for b in bonds if b.far in inside]
        if len(kept) > 2 * MOST:
            break
    return joints(desk, kept)[:MOST]
