"""What a sitting writes into the journal, and the reason without which nobody sits down."""

from entente.core.access import Asker, Purpose
from entente.core.journal import Event, seal
from entente.core.kinds import TYPES
from entente.core.problems import NoPurpose, Problem
from entente.desk.house import House
from entente.engines.seams import Entry

LONGEST_JUSTIFICATION = 500


def purpose_slug(purpose: Purpose) -> str:
    return (purpose.name or "").lower()


def entry_of(house: House, event: Event) -> Entry:
    leaf, private = seal(event, house.randomness)
    return Entry(
        id=event.id,
        at=event.at,
        act=event.act,
        bureau=event.bureau,
        officer=event.officer,
        leaf=leaf,
        private=private,
        object=event.object,
    )


def check_reason(asker: Asker) -> None:
    """Raise NoPurpose unless there is a purpose, and a justification that a reader sees as it is written."""
    if not asker.purpose or not asker.justification.strip():
        raise NoPurpose()
    if len(asker.justification) > LONGEST_JUSTIFICATION:
        raise NoPurpose(f"The justification is longer than {LONGEST_JUSTIFICATION} characters.")
    try:
        TYPES["string"].clean(asker.justification)
    except ValueError as wrong:
        raise NoPurpose(f"The justification {wrong}.") from None


def refuse(house: House, asker: Asker, act: str, problem: Problem) -> None:
    """Note in the journal that an act was asked for and refused."""
    event = Event(
        id=house.ids.fresh(),
        at=house.clock(),
        act="refuse",
        officer=asker.officer,
        bureau=asker.bureau,
        purpose=purpose_slug(asker.purpose),
        justification=asker.justification[:LONGEST_JUSTIFICATION],
        object="",
        outcome=problem.slug(),
        details={"act": act},
    )
    house.store.append(entry_of(house, event))
