"""Retention: what expires is out of sight at once, asked about before, and erased by a job after.

RPD articles 49-53: at most five years, the owner is asked to justify keeping; no answer is deletion.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from entente.core.access import POLICE_PURPOSES, Handling, Purpose, Status
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.opening import sit
from entente.desk.sitting import Desk

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
    """Ask owners about what expires soon: one review a day and handling, however many records."""
    today = house.clock().date()
    soon = today + ASKED_BEFORE
    with house.store.reading() as tx:
        asked = date.fromisoformat(tx.notes.read("asked until") or today.isoformat())
        if asked >= soon:
            return False
        due = tx.upkeep.ending(asked, soon, house.model.contributable)
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        classes = house.classes(desk.tx, settled=False)
        for class_id, day, _ in due:
            _ask(desk, classes[class_id], day)
        desk.tx.notes.write("asked until", soon.isoformat())
        desk.note("ask", records=sum(many for _, _, many in due))
    return bool(due)


def _ask(desk: Desk, handling: Handling, day: date) -> None:
    """A review for the owner's inbox, for those of his officers who may see the records."""
    owner, told = handling.owner, (sorted(handling.need), int(handling.level))
    if handling.status is Status.DELETED:
        return
    desk.keep(
        "Review",
        {"until": day.isoformat(), "owner": str(owner)},
        Handling(
            owner=owner,
            see=0,
            need=handling.need,
            level=handling.level,
            purposes=POLICE_PURPOSES | Purpose.DESK,
        ),
        id=desk.house.ids.of("review", owner, day.isoformat(), repr(told)),
        version=0,
        expires=day,
        keys=(f"reviews:{owner}",),
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


def erase(desk: Desk, id: str) -> None:
    """Erase a thing and what speaks of it: what two bureaus said of a deleted record is deleted with it."""
    for _, other in desk.inspect_all(about(id)):
        desk.erase(other.id)
    desk.erase(id)


def drop_job(house: House, payload: Mapping[str, Any]) -> None:
    """Drop blobs that no thing names any more (`blobs` of its body, its key `blob:<digest>`)."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for digest in payload["digests"]:
            if not desk.inspect_all([f"blob:{digest}"]):
                house.blobs.drop(digest)
        desk.note("erase", outcome="blobs", blobs=len(payload["digests"]))


def about(record: str) -> tuple[str, ...]:
    """The key of what speaks of a record (verdicts, hits, reviews): it goes when the record goes."""
    return (f"about:{record}",)


JOBS: Mapping[str, Callable[[House, Mapping[str, Any]], None]] = {
    "drop": drop_job,
    "erase": erase_job,
}
