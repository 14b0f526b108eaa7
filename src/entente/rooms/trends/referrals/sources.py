"""What is compared: a company's report, or a seizure that its bureau offered, as they stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entente.core.access import Handling, Status
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.columns import KIND as SEIZURE
from entente.rooms.trends.referrals import identifiers, offers, service
from entente.rooms.trends.referrals.identifiers import Identifier
from entente.rooms.trends.referrals.labels import POLICE


@dataclass(frozen=True, slots=True)
class Source:
    """`told`: what was told (the report, or the offered seizure). `tokens`: of its identifiers now."""

    thing: Thing
    told: Thing
    sector: str
    tokens: Mapping[str, Identifier]

    @property
    def bureau(self) -> int:
        return self.thing.handling.owner

    @property
    def label(self) -> Handling:
        return self.told.handling


def sources(desk: Desk, ids: Iterable[str]) -> list[Source]:
    """Those of reports and offers that stand; what was withdrawn or expired is left out. For the house."""
    found = desk.inspect_many(sorted(set(ids)))
    seizures = desk.inspect_many([t.first("seizure") for t in found.values() if t.kind == offers.KIND])
    made = []
    for thing in found.values():
        if not stands(thing):
            continue
        if thing.kind == service.KIND:
            tokens = identifiers.tokens(desk, identifiers.identifiers_of(thing))
            made.append(Source(thing, thing, thing.first("sector"), tokens))
        elif thing.kind == offers.KIND:
            seizure = seizures.get(thing.first("seizure"))
            if seizure and seizure.kind == SEIZURE and _is_offered(thing, seizure):
                tokens = identifiers.tokens(desk, identifiers.of_seizure(seizure))
                made.append(Source(thing, seizure, POLICE, tokens))
    return sorted(made, key=lambda source: source.thing.id)


def _is_offered(offer: Thing, seizure: Thing) -> bool:
    """An offer holds while its bureau's seizure stands, in no compartment and at the level it had."""
    return (
        stands(seizure)
        and seizure.handling.owner == offer.handling.owner
        and not seizure.handling.need
        and seizure.handling.level <= offer.handling.level
    )


def stands(thing: Thing) -> bool:
    """Whether it is in use: what was deleted, suspended or is a draft is compared with nothing."""
    return thing.handling.status is Status.LIVE
