"""What came of one's bureau's questions: effort that was not done twice, and how long answers took."""

from collections import Counter
from statistics import median

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.series import meeting
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.media import QUESTION
from entente.rooms.series.model import Statistics

MOST_COUNTED = 20_000
A_PAGE = 1000
AVOIDED = ("identified", "in-progress")
"""Somebody had done the work, or is doing it."""


def statistics(desk: Desk) -> Statistics:
    """Of the questions and meetings that stand; what has expired is not counted."""
    must_be_cleared(desk)
    questions = _all(desk, QUESTION, "")
    met = _all(desk, meeting.MEETING, f"series-meetings:{desk.asker.bureau}")
    says = Counter(t.first("answer") for t in questions)
    later = [
        int(t.first("waited")) for t in met if t.first("later") == "theirs" and t.first("how") != "asked"
    ]
    noted = [after for t in met if (after := meeting.noted_after(t)) is not None]
    desk.note("see", what="statistics")
    return Statistics(
        asked=len(questions),
        more=len(questions) == MOST_COUNTED,
        says=dict(sorted(says.items())),
        avoided=sum(says[one] for one in AVOIDED),
        later=len(later),
        median_wait_s=median(later) if later else None,
        noted=len(noted),
        late=sum(bool(t.first("late")) for t in met),
        median_note_s=median(noted) if noted else None,
    )


def _all(desk: Desk, kind: str, key: str) -> list[Thing]:
    found: list[Thing] = []
    place = 0
    while len(found) < MOST_COUNTED:
        page = desk.table([kind], key=key, after=place, limit=A_PAGE)
        found += [t for _, t in page if t.handling.owner == desk.asker.bureau]
        if len(page) < A_PAGE:
            break
        place = page[-1][0]
    return found[:MOST_COUNTED]
