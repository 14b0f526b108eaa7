"""From a thing to what it is linked with: counted before it runs, capped, and only what its asker may see."""

from collections.abc import Collection, Sequence

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Bond, Desk
from entente.rooms.analysis import contributions, joints, showing
from entente.rooms.analysis.network import model
from entente.rooms.search import Search, search
from entente.rooms.search import shown as answer_of

SIDES = {"out": ("source", "names"), "in": ("target", "named"), "both": ()}
MOST, MOST_LOOKED_AT = 2_000, 100_000
"""Links of one expansion, and links that are looked at for those that stay in a file."""


def counts(desk: Desk, file: Thing, asked: model.Around) -> model.Counts:
    """How many links of each kind the things have, before any of them is drawn."""
    seen = desk.look_all(asked.ids)
    kinds = desk.house.model
    many: dict[tuple[str, str, model.Direction], int] = {}
    for near, kind, side, count in desk.counted(list(seen)):
        edge = kinds[kind].edge
        undirected = edge is not None and not edge.directed and side in ("source", "target")
        direction: model.Direction = "both" if undirected else "out" if side in SIDES["out"] else "in"
        many[near, kind, direction] = many.get((near, kind, direction), 0) + count
    desk.note("see", object=file.id, what="counts", things=len(seen))
    return model.Counts(
        counts=[
            model.Count(id=id, kind=kind, label=showing.kind_label(desk, kind), direction=direction, many=n)
            for (id, kind, direction), n in sorted(many.items())
        ]
    )


def expand(desk: Desk, file: Thing, asked: model.Expand) -> model.Expanded:
    """The links of things and what they lead to, one or two links far. Raises Absent for what is hidden.

    What is shown never depends on what is not: the limit counts only links whose two ends are visible.
    """
    seen = desk.look_all(asked.ids)
    if len(seen) < len(set(asked.ids)):
        raise Absent()
    inside = set(contributions.records_of(desk, file)) if asked.scope == "file" else None
    first, many = _around(desk, asked.ids, asked, inside)
    if inside is None:
        many = _counted(desk, asked)
    found = first
    if asked.hops == 2:
        beyond = list(dict.fromkeys(b.far for b in first if b.far not in seen))
        found = [*first, *_around(desk, beyond, asked, inside)[0]][:MOST]
    links = joints.joints(desk, found)
    nodes = showing.nodes(
        desk, list(dict.fromkeys([*asked.ids, *(e for j in links for e in (j.a, j.b))])), file
    )
    desk.note("see", object=file.id, what="expansion", of=asked.ids, shown=len(nodes))
    return model.Expanded(nodes=nodes, links=joints.shown(desk, links), shown=len(first), many=many)


def _around(
    desk: Desk, ids: Sequence[str], asked: model.Expand, inside: Collection[str] | None
) -> tuple[list[Bond], int]:
    """The links of things within what was asked for; and of a file's own things, how many there are."""
    each, most = (asked.limit, MOST) if inside is None else (MOST_LOOKED_AT, MOST_LOOKED_AT)
    found = desk.around(
        ids,
        kinds=asked.kinds,
        sides=SIDES[asked.direction],
        since=asked.since,
        until=asked.until,
        each=each,
        most=most,
    )
    if inside is None:
        return found, len(found)
    room = dict.fromkeys(ids, asked.limit)
    kept, many = [], 0
    for bond in found:
        if bond.far in inside:
            many += 1
            room[bond.near] -= 1
            if room[bond.near] >= 0:
                kept.append(bond)
    return kept[:MOST], many


def _counted(desk: Desk, asked: model.Expand) -> int:
    """How many links of what was asked for there are, however few are shown."""
    counted = desk.counted(asked.ids, asked.since, asked.until)
    sides = SIDES[asked.direction]
    return sum(n for _id, kind, side, n in counted if _within(kind, asked.kinds) and _within(side, sides))


def _within(value: str, named: Collection[str]) -> bool:
    return not named or value in named


def look(desk: Desk, file: Thing, asked: model.Look) -> model.Looked:
    """Search from a chart: a search like any other, in the journal. Raises Faulty."""
    answered = search(desk, Search(text=asked.text, limit=asked.limit))
    answer = answer_of(desk, answered)
    inside = set(contributions.records_of(desk, file))
    nodes = showing.nodes(desk, [c.id for c in answer.candidates], file)
    return model.Looked(
        search=answered.id,
        on=[n for n in nodes if n.id in inside],
        elsewhere=[n for n in nodes if n.id not in inside],
        contacts=answer.contacts,
    )
