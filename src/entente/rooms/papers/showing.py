"""What is offered to an officer on the page of a version or an alert, and going back to it."""

from collections.abc import Mapping

from entente.core.access import ROLES_FOR
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import states
from entente.web.callers import Caller


def may(caller: Caller, act: str) -> bool:
    """Whether one of the officer's roles allows an act."""
    return bool(caller.officer.roles & ROLES_FOR[act])


def acts(desk: Desk, caller: Caller, paper: Thing) -> frozenset[str]:
    """What is offered: what state, role and his part in it allow. The service decides again."""
    if paper.handling.owner != desk.asker.bureau:
        return frozenset()
    state, author = paper.first("state"), desk.asker.officer in paper.body.get("authors", ())
    needs: Mapping[str, tuple[str, bool]] = {
        "edit": ("contribute", True),
        "submit": ("contribute", True),
        "approve": ("approve", not author),
        "withdraw": ("publish", True),
        "discard": ("withdraw", True),
        "revise": ("contribute", paper.kind == states.VERSION),
    }
    return frozenset(
        move
        for move, (act, ok) in needs.items()
        if ok and may(caller, act) and state in states.MOVES[move][0]
    )
