"""Retention: what expires is out of sight at once, asked about before, and erased by a job after.

RPD articles 49-53: at most five years, the owner is asked to justify keeping; no answer is deletion.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from entente.core.access import POLICE_PURPOSES, Handling, Purpose
from entente.core.things import Thing
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.sitting import Desk, sit

BATCH = 500
ASKED_BEFORE = timedelta(days=30)


def daily(house: House) -> bool:
    """Erase what has expired and ask owners about what soon will; True when something was done."""
    return erase_expired(house) or ask_owners(house) or forget_questions(house)


def erase_expired(house: House) -> bool:
    today = house.clock().date()
    with house.store.reading() as tx:
        due = tx.upkeep.expiring(today, BATCH)
    if due:
        _erase(house, due, "expire")
    return bool(due)


def ask_owners(house: House) -> bool:
    """Ask each owner once about each record that expires soon: a review in his inbox."""
    soon = house.clock().date() + ASKED_BEFORE
    with house.store.reading() as tx:
        asked_to = tx.notes.read("asked until") or ""
        due = (
            []
            if asked_to >= soon.isoformat()
            else tx.upkeep.expiring(soon, 10 * BATCH, house.model.searchable)
        )
    if not due and asked_to >= soon.isoformat():
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for thing in due:
            _ask(desk, thing)
        if len(due) < 10 * BATCH:
            desk.tx.notes.write("asked until", soon.isoformat())
        desk.note("ask", records=len(due))
    return bool(due)


def _ask(desk: Desk, thing: Thing) -> None:
    owner = thing.handling.owner
    desk.keep(
        "Review",
        {"record": thing.id, "until": thing.expires.isoformat()},
        Handling(
            owner=owner,
            see=0,
            need=thing.handling.need,
            level=thing.handling.level,
            purposes=POLICE_PURPOSES | Purpose.DESK,
        ),
        id=desk.house.ids.of("review", thing.id, thing.expires.isoformat()),
        version=0,
        expires=thing.expires,
        keys=(f"inbox:{owner}",),
    )


def forget_questions(house: House) -> bool:
    """Erase the readable text of old questions; their proofs stay."""
    with house.store.reading() as tx:
        days = int(tx.notes.read("question days") or 365)
        done = tx.notes.read("questions forgotten") or ""
    today = house.clock().date().isoformat()
    if done == today:
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        forgotten = desk.tx.entries.forget(desk.now - timedelta(days=days), "search")
        desk.tx.notes.write("questions forgotten", today)
        desk.note("forget", entries=forgotten)
    return False


def erase_job(house: House, payload: Mapping[str, Any]) -> None:
    """Erase withdrawn things by id."""
    with house.store.writing() as tx:
        tx.upkeep.erase(list(payload["ids"]), house.clock())
    house.signals.tell("changed")
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for id in payload["ids"]:
            desk.note("erase", object=id)


def rebuild_job(house: House, _payload: Mapping[str, Any]) -> None:
    """Throw the index away (a bureau joined): the index duty makes it again from the store."""
    house.text.wipe()
    house.signals.tell("changed")


def _erase(house: House, things: list[Thing], act: str) -> None:
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for thing in things:
            desk.erase(thing)
            desk.note(act, object=thing.id)


JOBS: Mapping[str, Callable[[House, Mapping[str, Any]], None]] = {
    "erase": erase_job,
    "rebuild": rebuild_job,
}
