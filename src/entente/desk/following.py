"""Following what was done: the change feed and the journal, walked once from a noted place.

For what rooms do by the clock. The looking is done beside the writer; its turn is taken only where
there is something to tell, and the place is noted in that same sitting.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from entente.core.access import Status
from entente.core.journal import Event, open_private
from entente.core.things import Thing
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.opening import sit
from entente.desk.sitting import Desk

T = TypeVar("T")
Look = Callable[[Desk, Sequence[T]], bool]
"""Looks at what was done, on a reading desk of the house; says whether there is something to tell."""
Tell = Callable[[Desk], None]
"""Tells it, on a writing desk of the house, and notes what it did."""
BATCH = 1000
FAR = 10_000
"""Changes of no interest after which the place is noted all the same."""


class Changes:
    """The change feed of searchable records, or of some kinds, from the place in the note `name` on.

    `until`: the place up to which it may be walked now (an index that is asked must know them).
    """

    def __init__(
        self,
        house: House,
        name: str,
        kinds: Sequence[str] = (),
        until: Callable[[], int] | None = None,
        batch: int = BATCH,
    ) -> None:
        self._house, self._name, self._walked = house, name, 0
        self._kinds = kinds or house.model.searchable
        self._until, self._batch = until, batch

    def step(self, look: Look[Thing], tell: Tell) -> int:
        """Look at the next records that are new or changed and live; returns how many changes there were."""
        house = self._house
        with house.store.reading() as tx:
            noted, newest = int(tx.notes.read(self._name) or 0), tx.upkeep.newest()
            after = min(max(noted, self._walked), newest)  # the store may be put back from an older copy
            if self._until:
                newest = min(newest, self._until())
                if newest < after:  # an index made again does not yet know what was walked: nothing twice
                    return 0
            changes = [c for c in tx.upkeep.changes(after, self._batch, self._kinds) if c.place <= newest]
            reached = changes[-1].place if len(changes) == self._batch else newest
            today = house.clock().date()
            things = [c.thing for c in changes if c.thing and c.thing.expires > today]
            living = [t for t in things if t.handling.status is Status.LIVE]
            found = bool(living) and look(Desk(house, HOUSE_ASKER, tx, writing=False), living)
        if found:
            with sit(house, HOUSE_ASKER, writing=True) as desk:
                tell(desk)
                desk.remember(self._name, str(reached))
        elif len(changes) == self._batch or not 0 <= reached - noted < FAR:
            with house.bookkeeping() as tx:
                tx.notes.write(self._name, str(reached))
        self._walked = reached
        return len(changes)


def acts(house: House, name: str, act: str, look: Look[Event], tell: Tell) -> int:
    """Look at the journal's next entries of an act, from the place in the note `name` on; returns how many.

    Entries whose private text is forgotten are passed over.
    """
    with house.store.reading() as tx:
        entries = tx.entries.read(int(tx.notes.read(name) or 0), BATCH, act=act)
        events = [open_private(e.leaf, e.private) for e in entries if e.private]
        found = bool(events) and look(Desk(house, HOUSE_ASKER, tx, writing=False), events)
    if not entries:
        return 0
    reached = str(entries[-1].place)
    if found:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            tell(desk)
            desk.remember(name, reached)
    else:
        with house.bookkeeping() as tx:
            tx.notes.write(name, reached)
    return len(entries)


def newest_act(desk: Desk) -> int:
    """The place of the journal's newest entry, to follow from."""
    return next((e.place for e in desk.tx.entries.read(0, 1, backwards=True)), 0)


def changed_since(desk: Desk, place: int, limit: int) -> tuple[list[Thing], int]:
    """The next searchable records that are new or changed since a place and live, and the place reached.

    The house's to ask: it looks at what nobody may see.
    """
    newest = desk.newest()
    changes = desk.tx.upkeep.changes(place, limit, desk.house.model.searchable)
    things = [c.thing for c in changes if c.thing and c.thing.expires > desk.today]
    living = [t for t in things if t.handling.status is Status.LIVE]
    return living, changes[-1].place if len(changes) == limit else newest
