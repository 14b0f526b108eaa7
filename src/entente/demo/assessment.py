"""The demo's threat assessments in the manner of the Organized Crime Index: last year's, locked and sent to
its readers, and this year's, in which one place waits for a third scorer.

Two officers of two bureaus score each place without seeing each other's scores. All values are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from entente.demo.cases import at
from entente.desk import Desk, House
from entente.rooms.publications.model import Recipient
from entente.rooms.reports import service as reports
from entente.rooms.reports.assessments import keeping, publishing, scoring, steps
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments import publishing_model as p
from entente.rooms.reports.assessments.assessment import Assessment
from entente.rooms.reports.model import Code

LEAD, LOCKS, REVIEWS = "analyst@xa.example", "second@xa.example", "desk@xz.example"
SCORERS = {"XA": LEAD, "XB": "officer@xb.example", "XC": "officer@xc.example", "XD": "officer@xd.example"}
SCHEME = "ocindex-2023"
APART = ("xc", "counterfeit")
"""Place and indicator on which this year's two scorers are three points apart."""
READERS = ("XB", "XC", "XD", "XZ")
WHY = {
    "market": "Seizures and judgments of the year, and what bureaus of the region say of this market.",
    "actor": "Judgments of the last three years name groups of this sort, and say how strong they are.",
    "resilience": "Laws and how they were used in the year; the directory of experts, and open sources.",
}
SHIFTS = ((0.0, 0.5, 0.0, -0.5, 0.0, 0.0), (0.5, 0.0, -0.5, 0.0, 1.0, 0.0, -1.0))
"""By how much the first and the second scorer leave the profile of a place, indicator after indicator."""
SINCE = (0.5, 0.0, 0.0, -0.5, 0.0, 1.0, 0.0, 0.0, 0.5, 0.0, -0.5)
"""By how much values have risen since last year."""
CASES_OF = {"counterfeit": "mass-production", "excisable": "tobacco", "financial": "fraud-laundering"}
"""Indicator to the chapter whose cases its scores rest on."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A place that is scored: who sits where, about which values the two scorers give, what its review says.

    `values`: markets, actors, resilience, in the order of the scheme.
    """

    name: str
    region: str
    seats: tuple[Code, Code, Code]
    values: str
    summary: str
    mind: str
    likelihood: m.Likelihood
    trend: m.Trend


PLACES = {
    "xa": Profile(
        "Arvenia",
        "North",
        ("XB", "XC", "XD"),
        "4 4 3 3 6.5 5 2 4 2 3 4 4 3.5 5 6 3 5 3.5 4 5 6.5 6 7 7 6.5 6.5 6 5.5 6 6 5.5 6",
        "Arvenia is where goods are sold: counterfeit pesticide and medicines by post, paid for online.",
        "A season in which growers report no false goods although the cooperative asks each of them.",
        "likely",
        "rising",
    ),
    "xb": Profile(
        "Belmark",
        "North",
        ("XC", "XD", "XA"),
        "3.5 3 3 3 5 4.5 2 3 3.5 3 5 4 4 5.5 7 3.5 5.5 4 4.5 6 7 6.5 7 7 7 7 6 4.5 5.5 6.5 6 7",
        "Belmark is where the money goes: firms without goods, hired accounts, gold that comes back.",
        "Two years in which banks' reports lead to no new chain of firms.",
        "realistic",
        "stable",
    ),
    "xc": Profile(
        "Cordava",
        "South",
        ("XA", "XB", "XD"),
        "5.5 6 4 4.5 7 6 5 4.5 4 4 3.5 5 5 4 5.5 4 6 5 5.5 4.5 5 4.5 5.5 5 4.5 5 4 4 4.5 5 4.5 5.5",
        "Cordava is where goods are made and filled; the free zone's Warehouse 7 stands in three judgments.",
        "A year in which checks of the free zone are drawn by lot and find nothing.",
        "likely",
        "rising",
    ),
    "xd": Profile(
        "Drummen",
        "South",
        ("XA", "XB", "XC"),
        "4 4.5 2.5 5.5 5.5 6.5 2 3.5 2 3 4.5 4.5 5 5 5 3 5 4 4.5 4 6 6.5 6.5 6 6 6 5 5.5 5 6 5.5 6",
        "Drummen lies on the road: cigarettes are made below ground, and weapons converted at weekends.",
        "Checks on the northern road that find no goods of Cordava for two quarters.",
        "realistic",
        "falling",
    ),
}


def load(house: House) -> None:
    """Play the scorers of four bureaus, the secretariat's review, and the lead."""
    year = house.clock().date().year
    before = _scored(house, year - 1, "")
    with at(house, LOCKS, "approve") as desk:
        version = keeping.look(desk, before).thing.version
        steps.step(desk, before, m.StepForm(step="lock", version=version, text="All places are reviewed."))
    _published(house, before)
    _scored(house, year, before)


def _scored(house: House, year: int, before: str) -> str:
    """An assessment of a year, with all that its scorers and reviewers do; returns its id."""
    with at(house, LEAD, "assess") as desk:
        it = keeping.draft(desk, _form(year, before))
        steps.step(desk, it.id, m.StepForm(step="open", version=it.thing.version))
    for code, place in PLACES.items():
        for seat, bureau in zip(("first", "second"), place.seats, strict=False):
            with at(house, SCORERS[bureau], "assess") as desk:
                _handed_in(desk, it.id, code, seat == "second", bool(before))
        with at(house, REVIEWS, "assess") as desk:
            seen = keeping.look(desk, it.id)
            if seen.places[code].state == "scored":
                scoring.review(desk, it.id, code, _review(place, seen.thing.version))
            desk.note("see", object=it.id)
    return it.id


def _form(year: int, before: str) -> m.AssessmentForm:
    return m.AssessmentForm(
        title="Organised crime and its markets",
        period=str(year),
        subject="Markets, groups and what stands against them, in the countries of four bureaus.",
        scheme=SCHEME,
        places=[
            m.Place(
                code=code,
                name=one.name,
                region=one.region,
                first=one.seats[0],
                second=one.seats[1],
                third=one.seats[2],
                reviewer="XZ",
            )
            for code, one in PLACES.items()
        ],
        before=before,
    )


def _handed_in(desk: Desk, id: str, place: str, second: bool, now: bool) -> None:
    """A scorer takes the seat, scores every indicator and hands in. `now`: this year's, not last year's."""
    seat: m.Seat = "second" if second else "first"
    it = scoring.take(desk, id, place, m.SeatForm(seat=seat))
    scores = list(_scores(desk, it, place, second, now))
    scoring.score(desk, id, place, m.ScoresForm(seat=seat, scores=scores, done=True, version=0))


def _scores(desk: Desk, it: Assessment, place: str, second: bool, now: bool) -> Iterator[m.Score]:
    values = [float(word) for word in PLACES[place].values.split()]
    cases = reports.every(desk)
    for n, (indicator, about) in enumerate(zip(it.indicators, values, strict=True)):
        shifts = SHIFTS[second]
        value = about + shifts[n % len(shifts)] - (0.0 if now else SINCE[n % len(SINCE)])
        if now and (place, indicator.code) == APART:
            value = 6.0 if second else 9.0
        chapter = CASES_OF.get(indicator.code)
        found = [one.id for one in cases if one.form.chapter == chapter and place in one.form.countries]
        yield m.Score(
            indicator=indicator.code,
            value=min(10.0, max(1.0, value)),
            confidence="high" if found else "low" if n % 5 == 3 else "moderate",
            why=WHY[indicator.group],
            on=_day(desk.today).isoformat(),
            evidence=sorted(found)[:3],
        )


def _day(today: date) -> date:
    return today.replace(day=1)


def _review(place: Profile, version: int) -> m.ReviewForm:
    return m.ReviewForm(
        version=version,
        summary=place.summary,
        mind=place.mind,
        likelihood=place.likelihood,
        trend=place.trend,
    )


def _published(house: House, id: str) -> None:
    with at(house, LEAD, "assess") as desk:
        form = p.PrepareForm(distribution=[Recipient(bureau=code) for code in READERS])
        prepared = publishing.prepare(desk, id, form).id
    with at(house, LOCKS, "publish") as desk:
        publishing.decide(desk, id, prepared, p.DecideForm(approve=True))
