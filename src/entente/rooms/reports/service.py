"""What the parts of the reports room share of case studies: opened, listed, judged, marked."""

from entente.desk import Desk
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.cases.case import KIND, Case
from entente.rooms.reports.cases.protecting import for_the_checker
from entente.rooms.reports.cases.proving import Judged

__all__ = ["KIND", "Case", "Judged", "admitted", "every", "for_the_checker", "judge", "look", "mark"]

look, every, judge = keeping.look, keeping.every, keeping.judge


def admitted(desk: Desk) -> list[tuple[Case, Judged]]:
    """The cases that the asker may see and that are admitted today, by chapter and title."""
    judged = [(case, keeping.judge(desk, case)) for case in keeping.every(desk)]
    found = [(case, one) for case, one in judged if one.admission.admitted]
    return sorted(found, key=lambda pair: (pair[0].form.chapter, pair[0].form.title, pair[0].id))


def mark(desk: Desk, case: Case, published: bool) -> Case:
    """Note that a case stands in a published casebook, or not any more; for a service that decided it."""
    did = "published" if published else "unpublished"
    if (case.state == "published") is published:
        return case
    return keeping.keep(desk, case, case, keeping.event_of(desk, did))
