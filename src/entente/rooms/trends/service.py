"""What the parts of the trends room share: who contributes as what, and what a company may not."""

from collections.abc import Mapping

from entente.core.problems import NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, directory

SORTS: Mapping[str, str] = {"police": "police", "customs": "customs", "private": "private"}
"""What a bureau of a sort contributes as; another partner is a regulator."""


def contributor_of(desk: Desk) -> str:
    """What one's own bureau contributes as, unless a form says otherwise."""
    return SORTS.get(directory(desk)[desk.asker.bureau].sort, "regulator")


def is_company(desk: Desk) -> bool:
    """Whether one's own bureau is a company."""
    return directory(desk)[desk.asker.bureau].sort == PRIVATE


def may_see(desk: Desk, thing: Thing) -> bool:
    """A company sees nobody's data, whatever an old handling may say."""
    return thing.handling.owner == desk.asker.bureau or not is_company(desk)


def must_be_allowed(desk: Desk) -> None:
    """Raise NotAllowed for a bureau whose contributions have a form of their own."""
    if is_company(desk):
        raise NotAllowed("Companies report on their own form: see /trends/referrals.")
