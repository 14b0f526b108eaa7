"""How a network is built: its groups, who stands between them, and whose removal takes it apart."""

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.graph import brokerage, communities, keyplayers, leads, removal
from entente.match.graph.measures import MEASURES, betweenness, ranks
from entente.match.graph.windows import windows as sliced
from entente.rooms.analysis import showing
from entente.rooms.analysis.network import model, words
from entente.rooms.analysis.network.measuring import DIGITS, bounded, known
from entente.rooms.analysis.network.scope import Whole, whole
from entente.web.language import _

MOST_SLOW = 2_000
"""Things of a network of which sets or pairs are tried."""
MOST_CHANGES = 50
TURNS = 6
"""How often a link is counted, about, in windows of time: one without an end is in many."""


def groups(desk: Desk, file: Thing, asked: model.Communities) -> model.Grouped:
    """Groups of a network: communities, parts that hang together, or shells from the core out."""
    seen = bounded(whole(desk, file, asked))
    network, modularity = seen.network, None
    if asked.how == "communities":
        found = communities.communities(network)
        modularity = round(communities.modularity(network, found), DIGITS)
    elif asked.how == "components":
        found = tuple(tuple(network.nodes[p] for p in part) for part in network.components)
    else:
        found = communities.shells(network)
    _note(desk, seen, "groups")
    return model.Grouped(
        stamp=seen.stamp,
        groups=[model.Group(number=n, ids=list(part)) for n, part in enumerate(found, 1)],
        modularity=modularity,
    )


def brokers(desk: Desk, file: Thing, asked: model.Brokers) -> model.Brokered:
    """Who stands between countries, owners' bureaus or communities, most often first."""
    seen = bounded(whole(desk, file, asked))
    parts = _parts(desk, seen, asked.by)
    found = brokerage.brokers(seen.network, parts)
    rows = [
        model.Broker(
            id=id,
            caption=showing.caption(desk, seen.things[id]),
            part=parts.get(id, ""),
            roles=dict(one.roles),
            total=sum(one.roles.values()),
            bridges=[[a, b] for a, b, _many in one.pairs],
        )
        for id, one in found.items()
    ]
    rows = sorted((r for r in rows if r.total), key=lambda r: (-r.total, r.caption, r.id))
    _note(desk, seen, "brokers")
    return model.Brokered(stamp=seen.stamp, rows=rows, explain=words.explain(list(words.ROLES), words.ROLES))


def _parts(desk: Desk, seen: Whole, by: str) -> dict[str, str]:
    """To which part each thing belongs; one whose part is not known belongs to none."""
    if by == "community":
        found = communities.communities(seen.network)
        return {id: str(n) for n, part in enumerate(found, 1) for id in part}
    ids = [id for id in seen.network.nodes if id in seen.things]
    if by == "owner":
        codes = showing.codes_of(desk, seen.things.values())
        return {id: codes[seen.things[id].handling.owner] for id in ids}
    return {n.id: n.countries[0] for n in showing.nodes(desk, ids, seen.file) if n.countries}


def key_players(desk: Desk, file: Thing, asked: model.KeyPlayers) -> model.KeySet:
    """The set that takes a network apart, or reaches most of it, beside the highest ranked."""
    seen = bounded(whole(desk, file, asked), MOST_SLOW)
    network = seen.network
    standing = ranks(betweenness(network))
    first = sorted(network.nodes, key=lambda n: (standing[n], n))[: asked.size]
    if asked.how == "fragmentation":
        found = keyplayers.key_players(network, asked.size)
        before, beside = keyplayers.fragmentation(network), keyplayers.fragmentation(network, first)
    else:
        found = keyplayers.key_reachers(network, asked.size, asked.steps)
        before, beside = 0.0, keyplayers.reach(network, first, asked.steps)
    _note(desk, seen, "key players")
    return model.KeySet(
        stamp=seen.stamp,
        ids=list(found.ids),
        score=round(found.score, DIGITS),
        before=round(before, DIGITS),
        exact=found.exact,
        top=first,
        top_score=round(beside, DIGITS),
    )


def removals(desk: Desk, file: Thing, asked: model.Removal) -> model.Removed:
    """What is left when some are taken out, one by one or together. Raises Absent for one not there."""
    seen = bounded(whole(desk, file, asked), MOST_SLOW, asked.steps)
    gone = [seen.merged.get(id, id) for id in asked.ids]
    if any(id not in seen.network.place for id in gone):
        raise Absent()
    found = removal.sequence(seen.network, by=asked.by, ids=gone, block=asked.block, steps=asked.steps)
    _note(desk, seen, "removal")
    return model.Removed(
        stamp=seen.stamp,
        steps=[
            model.Step(
                removed=list(step.removed),
                largest=round(step.largest, DIGITS),
                efficiency=round(step.efficiency, DIGITS),
                next=list(step.next),
            )
            for step in found
        ],
        text=_(words.COMES_BACK),
    )


def hidden(desk: Desk, file: Thing, asked: model.Leads) -> model.Led:
    """Pairs that may be linked, and how well the same guess found links hidden on purpose in this network."""
    seen = bounded(whole(desk, file, asked), MOST_SLOW)
    auc = leads.auc(seen.network, asked.by)
    _note(desk, seen, "leads")
    return model.Led(
        stamp=seen.stamp,
        leads=[
            model.Lead(a=a, b=b, score=round(score, DIGITS))
            for a, b, score in leads.leads(seen.network, asked.by, asked.most)
        ],
        auc=None if auc is None else round(auc, 3),
        text=_(words.WEAK),
    )


def windows(desk: Desk, file: Thing, asked: model.Windows) -> model.Windowed:
    """A measure over windows of time: how central the network was, who rose and who fell."""
    known([asked.measure])
    seen = bounded(whole(desk, file, asked), MOST_SLOW, TURNS)
    found = sliced(seen.network, asked.months, MEASURES[asked.measure])
    moved = {id: [round(w.values.get(id, 0.0), DIGITS) for w in found] for id in seen.network.nodes if found}
    most = sorted(moved, key=lambda id: (min(moved[id]) - max(moved[id]), id))[:MOST_CHANGES]
    _note(desk, seen, "windows")
    return model.Windowed(
        stamp=seen.stamp,
        windows=[
            model.Window(
                start=w.start.isoformat(),
                end=w.end.isoformat(),
                things=w.things,
                links=w.links,
                centralization=round(w.centralization, DIGITS),
                top=sorted(w.values, key=lambda id: (-w.values[id], id))[:5],
            )
            for w in found
        ],
        changes=[
            model.Change(id=id, caption=showing.caption(desk, seen.things[id]), values=moved[id])
            for id in most
        ],
    )


def _note(desk: Desk, seen: Whole, what: str) -> None:
    desk.note("see", object=seen.file.id, what=what, stamp=seen.stamp.fingerprint)
