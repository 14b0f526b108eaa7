"""Retention: what expires is out of sight at once, asked about before, and erased by a job after.

RPD articles 49-53: at most five years, the owner is asked to justify keeping; no answer is deletion.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from entente.core.access import POLICE_PURPOSES, Handling, Purpose, Status
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
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            for thing in due:
                erase(desk, thing.id)
                desk.note("expire", object=thing.id)
    return bool(due)


def ask_owners(house: House) -> bool:
    """Ask each owner once about each record that expires soon: a review in his inbox."""
    soon = house.clock().date() + ASKED_BEFORE
    with house.store.reading() as tx:
        asked_to = tx.notes.read("asked until") or ""
    if asked_to >= soon.isoformat():
        return False
    due = [t for t in _expiring(house, soon) if t.expires.isoformat() > asked_to]
    for start in range(0, len(due), BATCH):
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            asked = [_ask(desk, t) for t in due[start : start + BATCH]]
            desk.note("ask", records=len(asked))
    with house.bookkeeping() as tx:
        tx.notes.write("asked until", soon.isoformat())
    return bool(due)


def _expiring(house: House, until: date) -> list[Thing]:
    """Every record that expires until then, but for those withdrawn."""
    limit = 10 * BATCH
    while True:
        with house.store.reading() as tx:
            due = tx.upkeep.expiring(until, limit, house.model.contributable)
        if len(due) < limit:
            return [t for t in due if t.handling.status is not Status.DELETED]
        limit *= 4


def _ask(desk: Desk, thing: Thing) -> Thing:
    owner = thing.handling.owner
    return desk.keep(
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
        keys=(*about(thing.id), f"inbox:{owner}"),
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
    """Erase withdrawn things by id; one that its owner has contributed anew meanwhile stays."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for id in payload["ids"]:
            thing = desk.inspect(id)
            if thing and thing.handling.status is Status.DELETED:
                erase(desk, thing.id)
            desk.note("erase", object=id, outcome="done" if thing else "gone before")


def rebuild_job(house: House, _payload: Mapping[str, Any]) -> None:
    """Throw the index away (a bureau joined): the index duty makes it again from the store."""
    house.text.wipe()
    house.signals.tell("changed")


def erase(desk: Desk, id: str) -> None:
    """Erase a thing and what speaks of it: what two bureaus said of a deleted record is deleted with it."""
    for _, other in desk.inspect_all(about(id)):
        desk.erase(other.id)
    desk.erase(id)


def about(record: str) -> tuple[str, ...]:
    """The key of what speaks of a record (verdicts, hits, reviews): it goes when the record goes."""
    return (f"about:{record}",)


JOBS: Mapping[str, Callable[[House, Mapping[str, Any]], None]] = {
    "erase": erase_job,
    "rebuild": rebuild_job,
}
