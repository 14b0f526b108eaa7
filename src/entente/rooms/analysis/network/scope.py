"""Which network is weighed: what of a file, or of a chart in it, its asker may see; and the stamp.

The stamp is a digest of the things and versions that went in. The house's own epoch is not told:
it moves with what the asker may not see.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from entente.core.access import Level
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.graph import Link, Network
from entente.match.graph.grades import reliability_of
from entente.match.graph.projection import projected
from entente.rooms.analysis import charts, contributions, subjects
from entente.rooms.analysis.joints import MOST, Joint, among
from entente.rooms.analysis.network import model
from entente.rooms.analysis.showing import codes_of
from entente.web.language import _


@dataclass(frozen=True, slots=True)
class Whole:
    """A network as one asker may see it. `merged`: a thing to the one that stands for it."""

    file: Thing
    network: Network
    things: Mapping[str, Thing]
    joints: Sequence[Joint]
    merged: Mapping[str, str]
    categories: Mapping[str, str]
    stamp: model.Stamp


def whole(desk: Desk, file: Thing, scope: model.Scope) -> Whole:
    """The network of a file, or of the things on one of its charts. Raises Absent, Faulty for too much."""
    merged: dict[str, str] = {}
    if scope.chart:
        ids, together = charts.placed(desk, file, scope.chart)
        for several in together:
            merged |= {id: min(several) for id in several}
    else:
        ids = contributions.records_of(desk, file)
    seen = desk.look_all(ids)
    things = {id: t for id, t in seen.items() if _stands(desk, t)}
    found = among(desk, list(things), scope.since, scope.until)
    if len(found) >= MOST:
        what = f"The network has {MOST:,} links or more"
        raise Faulty(faults=(Fault("chart", what, "Weigh a chart with fewer, or a shorter time."),))
    links = weighed(found, merged)
    network = Network.of([merged.get(id, id) for id in things], links)
    if scope.projection:
        events = [id for id, t in things.items() if t.kind == scope.projection]
        network = projected(network, events)
    stamp = stamped(desk, list(things.values()), found)
    return Whole(file, network, things, found, merged, subjects.categories_of(desk, file), stamp)


def weighed(found: Iterable[Joint], merged: Mapping[str, str] | None = None) -> list[Link]:
    """Links as match.graph weighs them; things that an analyst merged are one."""
    one = merged or {}
    return [
        Link(
            a=one.get(j.a, j.a),
            b=one.get(j.b, j.b),
            kind=j.said.kind,
            directed=j.directed,
            since=j.since,
            until=j.until,
            reliability=reliability_of(j.said.grade, j.said.first("certainty")),
            id=j.id,
        )
        for j in found
    ]


def _stands(desk: Desk, thing: Thing) -> bool:
    """Whether a thing is a node: relations are links, and the house's papers are neither."""
    kind = desk.house.model[thing.kind]
    return kind.edge is None and not kind.house


def stamped(desk: Desk, things: Sequence[Thing], found: Sequence[Joint]) -> model.Stamp:
    """What a result was computed over."""
    every = {t.id: t for t in (*things, *(j.said for j in found))}
    digest = hashlib.sha256("\n".join(f"{id} {every[id].version}" for id in sorted(every)).encode())
    bureaus = sorted(codes_of(desk, every.values()).values())
    level = max((t.handling.level for t in every.values()), default=Level.OFFICIAL)
    return model.Stamp(
        fingerprint=digest.hexdigest(),
        at=desk.now.isoformat(timespec="seconds"),
        things=len(things),
        links=len(found),
        bureaus=bureaus,
        level=level.name.lower(),
        text=_(
            "Computed over %(things)s things and %(links)s links of %(bureaus)s that you may see.",
            things=len(things),
            links=len(found),
            bureaus=", ".join(bureaus) or "–",
        ),
    )
