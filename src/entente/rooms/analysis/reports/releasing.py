"""Who releases a source for a report of a file: its owner's, in person. See publications.release."""

from entente.core.access import may
from entente.core.problems import NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports.content import Whole
from entente.rooms.analysis.reports.states import IMPRINT
from entente.rooms.bureaus import in_person
from entente.rooms.publications import model as p
from entente.rooms.publications import release
from entente.web.language import N_

NOT_YOURS = N_("A source is released by its owner's contributors, analysts or supervisors in the file.")


def give(desk: Desk, file: Thing, report: Thing, whole: Whole, form: p.ReleaseForm) -> list[p.Released]:
    """Let bureaus read sources of one's own bureau in this report. Raises Faulty, NotAllowed."""
    files.must_work(desk, file, "reader")
    _must_release(desk, file)
    return release.give(desk, IMPRINT, report, whole.sources, form)


def take_back(desk: Desk, file: Thing, report: Thing, id: str) -> None:
    """End a release of one's own bureau; copies that rest on it are suspended. Raises Absent, NotAllowed."""
    release.given(desk, report, id)
    _must_release(desk, file)
    release.take_back(desk, report, id)


def _must_release(desk: Desk, file: Thing) -> None:
    role = files.role_of(file, desk.asker.officer)
    if not in_person(desk) or not (may(desk.asker, "publish") or role in ("lead", "analyst", "contributor")):
        raise NotAllowed(NOT_YOURS)
