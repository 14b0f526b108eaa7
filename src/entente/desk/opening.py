"""A sitting opened and closed: one transaction, its acts durable in the journal before the answer leaves."""

from collections.abc import Iterator
from contextlib import contextmanager

from entente.core.access import Asker
from entente.core.problems import Problem
from entente.desk.house import House
from entente.desk.noting import check_reason, entry_of, refuse
from entente.desk.sitting import Desk


@contextmanager
def sit(house: House, asker: Asker, act: str = "", writing: bool = False) -> Iterator[Desk]:
    """Sit down at the desk: one transaction, its acts durable in the journal before this returns.

    A problem undoes the transaction and is journaled as a refused act. Raises NoPurpose, NotAllowed.
    """
    desk = None
    try:
        check_reason(asker)
        if writing:
            with house.store.writing() as tx:
                desk = Desk(house, asker, tx, writing)
                if act:
                    desk.allow(act)
                yield desk
                desk.must_have_noted()
                tx.entries.append([entry_of(house, e) for e in desk.noted])
        else:
            with house.store.reading() as tx:
                desk = Desk(house, asker, tx, writing)
                if act:
                    desk.allow(act)
                yield desk
            desk.must_have_noted()
            for event in desk.noted:
                house.store.append(entry_of(house, event))
    except Problem as problem:
        refuse(house, asker, act, problem)
        raise
    if writing and desk is not None and desk.touched:
        house.signals.tell("changed")
        for topic in dict.fromkeys(desk.told):
            house.signals.tell(topic)
