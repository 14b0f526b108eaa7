"""Who is already known: the records of the house are held against a notice when it is published.

(a) Each bureau within reach is told of its own records that match. (b) The notice's owner is told of
records that the drafting officer may see in full, found as a search of his own would find them, and
journaled as one. Nothing that (a) finds changes anything that the notice's owner can observe.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from entente.core.access import HOUSE, Handling, Purpose, Status, View, may
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, find, sit
from entente.desk.finding import CONTACT_FROM, owner_by_owner
from entente.desk.watching import asker_details
from entente.match.asking import question_of
from entente.match.question import Question
from entente.rooms.bureaus import About, alert, asker_now
from entente.rooms.notices import states, subject
from entente.rooms.notices.colours import COLOURS

MOST_TOLD = 100
"""Own records one bureau is told of for one notice, best first."""


def screen(house: House, payload: Mapping[str, Any]) -> None:
    """The job after a publication. Nothing is done for a notice that is no longer as it was published."""
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        notice = desk.inspect(payload["notice"])
        record = subject.standing(desk, notice.body) if notice else None
        if notice is None or record is None or notice.first("state") != "published":
            return
        question = question_of(record.kind, record.body)
        theirs = _own_records(desk, notice, record, question)
    mine = _seen_by_owner(house, notice, record, question)
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        once = f"{notice.id} {payload['version']}"
        for found in theirs:
            owner = found.handling.owner
            about = About("screening", object=notice.id, second=found.id)
            alert(desk, owner, about, like=_like(notice, found), once=f"{once} {found.id}")
        for found in mine:
            about = About("screening-owner", object=notice.id, second=found.id)
            alert(desk, notice.handling.owner, about, like=_like(notice, found), once=f"{once} {found.id}")
        desk.note("watch", object="", what="notice screened")


def _own_records(desk: Desk, notice: Thing, record: Thing, question: Question) -> list[Thing]:
    """Live records of bureaus within reach that match, each owner's as if the others had nothing."""
    reached, without = states.reach(notice.body), {notice.handling.owner, HOUSE}
    classes = desk.house.classes(desk.tx)
    chosen = [
        c
        for c, h in classes.items()
        if h.owner not in without and reached >> h.owner & 1 and h.status is Status.LIVE
    ]
    if not chosen or question.empty:
        return []
    spelled = bytearray(max(chosen) + 1)
    for c in chosen:
        spelled[c] = 1
    view = View(bytes(spelled), tuple(sorted(f"c{c}" for c in chosen)), desk.today)
    told: dict[int, list[Thing]] = {}
    for found in owner_by_owner(desk, question, view):
        if found.score.value >= CONTACT_FROM and found.thing.id != record.id:
            told.setdefault(found.thing.handling.owner, []).append(found.thing)
    return [thing for owner in sorted(told) for thing in told[owner][:MOST_TOLD]]


def _seen_by_owner(house: House, notice: Thing, record: Thing, question: Question) -> list[Thing]:
    """What a search by the officer who drafted it finds, as he stands today; nothing where he has left."""
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        purpose = Purpose[COLOURS[notice.first("colour")].asked_for.upper()]
        asker = asker_now(desk, notice.body["authors"][0], purpose, f"notice {notice.id}")
    if not may(asker, "search") or question.empty:
        return []
    with sit(house, asker, "search") as desk:
        findings = find(desk, question)
        desk.note(
            "search",
            question={name: getattr(question, name) for name in Question.__slots__},
            asker=asker_details(asker),
            shown=[f.thing.id for f in findings.found],
            owners=list(findings.owners),
        )
    near = [f.thing for f in findings.found if f.score.value >= CONTACT_FROM]
    return [thing for thing in near if thing.id != record.id]


def _like(notice: Thing, found: Thing) -> Handling:
    """For whoever may see both the notice and the record."""
    return replace(found.handling, level=max(notice.handling.level, found.handling.level))
