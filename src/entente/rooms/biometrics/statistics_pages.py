"""The room's statistics as a page."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.core.problems import Fault, Faulty
from entente.rooms.biometrics import labels
from entente.rooms.biometrics.curves import line
from entente.rooms.biometrics.statistics import Day, Statistics, statistics
from entente.web.callers import AtPage
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter(prefix="/biometrics")
OUTCOMES: Mapping[str, str] = {
    **labels.STATES,
    **labels.VERDICTS,
    "contact": N_("An owner to contact"),
    "unjudged": N_("No candidate judged"),
}
WAITING: Mapping[str, str] = {
    "new": labels.STATES["new"],
    "second": labels.STATES["waiting"],
    "contact": OUTCOMES["contact"],
}
WIDE = 720
"""Units across the picture of the days."""


@router.get("/statistics")
def count(request: Request, caller: AtPage, since: str = "", until: str = "") -> Response:
    """What the bureau searched, enrolled and examined in a period."""
    faults: Sequence[Fault] = ()
    with caller.at_own_desk("see") as desk:
        try:
            found = statistics(desk, _day("since", since), _day("until", until))
        except Faulty as problem:
            faults, found = problem.faults, statistics(desk)
    return render(
        request,
        "biometrics/statistics.html",
        status_code=422 if faults else 200,
        found=found.model_dump(),
        bars=bars(found),
        curves=[(one.model_dump(), line(one.points)) for one in found.errors],
        since=since if faults else found.since,
        until=until if faults else found.until,
        outcomes=OUTCOMES,
        waiting=WAITING,
        sorts=labels.SORTS,
        faults=faults,
    )


def bars(found: Statistics) -> list[dict[str, float]]:
    """Bars of each day that had transactions, in a picture of 720 by 100: its left edge, width and heights of
    searches, enrolments and comparisons, one upon the other."""
    first = date.fromisoformat(found.since)
    days = (date.fromisoformat(found.until) - first).days + 1
    most = max((_sum(day) for day in found.days), default=1)
    wide = WIDE / days
    return [
        {
            "x": round((date.fromisoformat(day.day) - first) / timedelta(days=1) * wide, 2),
            "wide": round(wide * 0.8, 2),
            "searches": round(day.searches / most * 100, 2),
            "enrolments": round(day.enrolments / most * 100, 2),
            "comparisons": round(day.comparisons / most * 100, 2),
        }
        for day in found.days
    ]


def _sum(day: Day) -> int:
    return day.searches + day.enrolments + day.comparisons


def _day(where: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Faulty(faults=(Fault(where, N_("This is no date"), N_("Choose a date.")),)) from None
