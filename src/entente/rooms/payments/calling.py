"""A request by the number that people see and write, "XA-2026-0123456789", or by its id."""

from entente.core.problems import Fault
from entente.desk import Desk, is_id
from entente.rooms.payments.bank import references
from entente.rooms.payments.intercept import KIND
from entente.web.language import N_

UNKNOWN = (N_("There is no such request for you"), N_("Give the number of a request that you see."))


def called(desk: Desk, said: str) -> str:
    """The id of a request in the asker's view, by its number; what is no such number is as it was said, so
    that it is not there wherever it is looked for."""
    said = said.strip()
    if not said or is_id(said):
        return said
    found = [t.id for _, t in desk.find([f"case:{references.long(said)}"]) if t.kind == KIND]
    return found[0] if len(found) == 1 else said


def unknown(where: str) -> Fault:
    """A request that is not there for the asker, told at its field."""
    return Fault(where, *UNKNOWN)
