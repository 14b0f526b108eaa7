"""What came of one's bureau's questions: effort that was not done twice, and how long answers took."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from statistics import median

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.series import meeting
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.media import QUESTION
from entente.rooms.series.model import Statistics

MOST_COUNTED = 20_000
A_PAGE = 200
AVOIDED = ("identified", "in-progress")
"""Somebody had done the work, or is doing it."""


def statistics(desk: Desk) -> Statistics:
    """Of the questions and meetings that stand; what has expired is not counted."""
    must_be_cleared(desk)
    says = Counter(t.first("answer") for t in _all(desk, QUESTION, ""))
    later: list[int] = []
    noted: list[float] = []
    late = 0
    for met in _all(desk, meeting.MEETING, f"series-meetings:{desk.asker.bureau}"):
        if met.first("later") == "theirs" and met.first("how") != "asked":
            later.append(int(met.first("waited")))
        if (after := meeting.noted_after(met)) is not None:
            noted.append(after)
        late += bool(met.first("late"))
    desk.note("see", what="statistics")
    return Statistics(
        asked=says.total(),
        more=says.total() == MOST_COUNTED,
        says=dict(sorted(says.items())),
        avoided=sum(says[one] for one in AVOIDED),
        later=len(later),
        median_wait_s=median(later) if later else None,
        noted=len(noted),
        late=late,
        median_note_s=median(noted) if noted else None,
    )


def _all(desk: Desk, kind: str, key: str) -> Iterator[Thing]:
    """The newest of the asker's bureau, a page in memory at once."""
    return islice(_paged(desk, kind, key), MOST_COUNTED)


def _paged(desk: Desk, kind: str, key: str) -> Iterator[Thing]:
    place = 0
    while page := desk.table([kind], key=key, after=place, limit=A_PAGE):
        yield from (t for _, t in page if t.handling.owner == desk.asker.bureau)
        if len(page) < A_PAGE:
            return
        place = page[-1][0]
