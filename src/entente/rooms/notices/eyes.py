"""Distinct human beings: nobody drafts, checks and reviews the same notice in two parts.

ASVS V2.3.5 (multi-user approval); RPD, articles 86 and 99. Machines' keys draft, and do nothing else.
Whoever has changed the record since the notice was begun has a hand in it as its authors do, whether by
way of the notice or of the record: a renewal is of the same record, so that it holds there too.
"""

from collections.abc import Iterator

from entente.core.problems import NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory, is_among
from entente.web.language import N_

NOT_A_MACHINE = N_("A key neither approves nor reviews: a person does, in person.")
SECOND = N_("Whoever wrote or last changed a notice does not check it: a second officer of the bureau does.")
THIRD = N_("Whoever wrote or checked a notice does not review it: another person does.")
NEUTRAL = N_("Neutral review is for reviewers of the secretariat.")
OWNERS = N_("Only the bureau that drafted a notice does this.")

WRITING = frozenset({"contribute", "correct", "handle"})
"""Acts on a record after which somebody has had a hand in it."""
A_PAGE = 1_000


def must_be_second(desk: Desk, notice: Thing) -> None:
    """Raise NotAllowed unless a person of the bureau sits here who had no hand in the notice."""
    _must_be_a_person(desk)
    if notice.handling.owner != desk.asker.bureau:
        raise NotAllowed(OWNERS)
    if is_among(desk, _hands(desk, notice, "authors", "renewer")):
        raise NotAllowed(SECOND)


def must_be_neutral(desk: Desk, notice: Thing) -> None:
    """Raise NotAllowed unless a reviewer of the secretariat sits here who had no hand in the notice."""
    _must_be_a_person(desk)
    if not is_reviewer(desk):
        raise NotAllowed(NEUTRAL)
    if is_among(desk, _hands(desk, notice, "authors", "renewer", "checker")):
        raise NotAllowed(THIRD)


def must_be_another(desk: Desk, officer: str) -> None:
    """Raise NotAllowed where who sits here is this officer, in whichever bureau he is enrolled."""
    if is_among(desk, (officer,)):
        raise NotAllowed(THIRD)


def is_reviewer(desk: Desk) -> bool:
    """Whether the asker may review at all: named a reviewer, and of the secretariat."""
    bureau = directory(desk).get(desk.asker.bureau)
    return desk.asker.reviewer and bureau is not None and bureau.secretariat


def _hands(desk: Desk, notice: Thing, *parts: str) -> list[str]:
    named = [officer for part in parts for officer in notice.body.get(part, ())]
    return list(dict.fromkeys([*named, *_wrote_the_record(desk, notice)]))


def _wrote_the_record(desk: Desk, notice: Thing) -> Iterator[str]:
    """Who changed the record or its handling since the notice was begun, by the journal."""
    record, place = notice.first("subject"), 0
    while record and (page := desk.entries(place, A_PAGE, object=record)):
        since = [entry for entry in page if entry.at >= notice.created]
        yield from (entry.officer for entry in since if entry.act in WRITING)
        if not since:
            return
        place = page[-1].place


def _must_be_a_person(desk: Desk) -> None:
    who = desk.as_house().inspect(desk.asker.officer)
    if who is None or who.kind != "Officer":
        raise NotAllowed(NOT_A_MACHINE)
