"""What a bureau's biometrics came to, counted from what is kept: by day, and how long verdicts took."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from entente.core.problems import Faulty
from entente.core.things import Thing
from entente.desk import House
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import tables
from entente.rooms.biometrics.service import SEARCH
from entente.rooms.biometrics.statistics import Statistics, statistics
from entente.rooms.biometrics.statistics_pages import bars
from entente.rooms.bureaus import own
from rooms.biometric_scene import finger, mark_of, seated, set_of
from rooms.scene import Scene
from worlds.stage import NOON, Answer, Crew

Kept = Callable[..., Thing]


def moment(minutes: float = 0, days: int = 0) -> str:
    return (NOON + timedelta(days=days, minutes=minutes)).isoformat(timespec="seconds")


@pytest.fixture
def counted(house: House, crew: Crew) -> Callable[..., Statistics]:
    def count(who: str = "XA office", *period: date) -> Statistics:
        with seated(house, crew[who], "see") as desk:
            return statistics(desk, *period)

    return count


@pytest.fixture
def searched(house: House, crew: Crew) -> Kept:
    """A search of XA as it is kept."""

    def keep(outcome: str = "", **said: str) -> Thing:
        body = {
            "officer": crew["XA office"].id,
            "purpose": "identify",
            "justification": "case 1",
            "state": "closed" if outcome else "open",
            "asked": "{}",
            "outcome": outcome,
            "at": moment(),
            **said,
        }
        with seated(house, crew["XA office"], writing=True) as desk:
            bureau = desk.asker.bureau
            clean = {name: value for name, value in body.items() if value}
            return desk.keep(SEARCH, clean, own(bureau), keys=(f"biometric-searches:{bureau}",))

    return keep


@pytest.fixture
def compared(house: House, crew: Crew) -> Kept:
    """A comparison of XA as it is kept."""

    def keep(state: str = c.NEW, **said: Any) -> Thing:
        body = {"sort": c.SEARCH, "state": state, "how": c.SHOWN, "at": moment(), **said}
        with seated(house, crew["XA office"], writing=True) as desk:
            id = house.ids.fresh()
            return c.kept(desk.as_house(), id, body, own(desk.asker.bureau), (date(2030, 1, 1),))

    return keep


def test_transactions_are_counted_by_day_and_outcome(
    house: House, crew: Crew, counted: Callable[..., Statistics], searched: Kept, compared: Kept
) -> None:
    searched("no-hit")
    searched("hit")
    searched()
    searched("no-hit", at=moment(days=-2))
    set_of(house, crew["XA office"], [finger(1)])
    mark_of(house, crew["XA office"], finger(2))
    compared()
    found = counted()
    assert [(day.day, day.searches, day.enrolments, day.comparisons) for day in found.days] == [
        ("2026-01-13", 1, 0, 0),
        ("2026-01-15", 3, 2, 1),
    ]
    assert found.searches == {"unjudged": 4}
    assert found.enrolled == {"mark": 1, "person": 1}
    assert found.comparisons == {"new": 1}


def test_a_search_came_to_what_its_reader_sees_said_of_its_candidates(
    counted: Callable[..., Statistics], searched: Kept, compared: Kept
) -> None:
    for states in ((c.HIT, c.WAITING), (c.NO_HIT,), (c.NO_HIT, c.DISPUTED), (c.NO_HIT, c.WAITING), ()):
        search = searched().id
        for state in states:
            compared(state, search=search)
    assert counted().searches == {"hit": 1, "inconclusive": 1, "no-hit": 1, "open": 1, "unjudged": 1}


def test_times_are_from_the_search_to_the_first_verdict_and_to_the_one_that_decided(
    counted: Callable[..., Statistics], compared: Kept
) -> None:
    for minutes in range(1, 11):
        compared(c.NO_HIT, firstAt=moment(minutes))
    compared(c.HIT, firstAt=moment(30), secondAt=moment(90))
    compared(c.WAITING, firstAt=moment(40))
    found = counted()
    assert (found.first.many, found.first.median_s, found.first.p90_s) == (12, 6 * 60, 30 * 60)
    assert (found.final.many, found.final.median_s, found.final.p90_s) == (11, 6 * 60, 10 * 60)


def test_what_waits_is_counted_whenever_it_was_proposed(
    counted: Callable[..., Statistics], compared: Kept
) -> None:
    compared(at=moment(days=-60))
    compared(c.WAITING, at=moment(days=-60), firstAt=moment(days=-59))
    compared(how=c.CONTACT)
    compared(how=c.CONTACT, firstAt=moment())
    found = counted()
    assert found.waiting == {"new": 1, "second": 1, "contact": 1}
    assert found.comparisons == {"contact": 2}
    assert (found.first.many, found.first.median_s) == (0, None)


def test_a_bureau_counts_its_own_and_nothing_else(
    house: House, crew: Crew, counted: Callable[..., Statistics], searched: Kept, compared: Kept
) -> None:
    before = counted("XB office")
    searched("hit")
    compared()
    set_of(house, crew["XA office"], [finger(1)])
    assert counted("XB office") == before


def test_a_period_is_two_days_and_all_between(counted: Callable[..., Statistics], searched: Kept) -> None:
    for days in (-3, -2, -1, 0):
        searched("hit", at=moment(days=days))
    found = counted("XA office", date(2026, 1, 13), date(2026, 1, 14))
    assert found.searches == {"unjudged": 2}
    with pytest.raises(Faulty):
        counted("XA office", date(2026, 1, 14), date(2026, 1, 13))
    with pytest.raises(Faulty):
        counted("XA office", date(2020, 1, 14), date(2026, 1, 13))


def test_bars_stand_in_their_day_and_the_fullest_day_is_the_highest(
    counted: Callable[..., Statistics], searched: Kept, compared: Kept
) -> None:
    compared(at=moment(days=-1))
    for _ in range(4):
        searched("hit")
    found = replace_period(counted(), "2026-01-14", "2026-01-15")
    first, second = bars(found)
    assert (first["x"], second["x"]) == (0, 360)
    assert (first["comparisons"], second["searches"]) == (25, 100)


def replace_period(found: Statistics, since: str, until: str) -> Statistics:
    return found.model_copy(update={"since": since, "until": until})


def test_the_page_and_the_api_tell_the_same(
    scene: Scene, page: Callable[..., Answer], searched: Kept, compared: Kept
) -> None:
    compared(c.HIT, firstAt=moment(30), secondAt=moment(90), search=searched("hit").id)
    told = scene("XA officer", "GET", "/biometrics/statistics").json
    assert (told["searches"], told["final"]["median_s"]) == ({"hit": 1}, 90 * 60)
    shown = page("XA officer", "GET", "/biometrics/statistics")
    assert shown.status == 200
    assert "90 min" in shown.text and "<rect" in shown.text
    wrong = page("XA officer", "GET", "/biometrics/statistics?since=2026-02-01&until=2026-01-01")
    assert wrong.status == 422


def test_errors_on_the_own_gallery_are_drawn_where_it_was_measured(
    house: House, crew: Crew, page: Callable[..., Answer]
) -> None:
    with seated(house, crew["XA office"], writing=True) as desk:
        told = {"det": [[1.0, 0.0], [0.01, 0.02]], "genuine": 30}
        body = {"sort": "prints", "matcher": "m@1", "table": json.dumps(told), "compared": "1200"}
        id = tables.id_of(desk, "prints")
        desk.keep(tables.TABLE, {**body, "at": moment()}, own(desk.asker.bureau), id=id)
    shown = page("XA officer", "GET", "/biometrics/statistics").text
    assert 'points="400.0,400 200.0,169.9"' in shown
    assert "1,200" in shown
    assert "polyline" not in page("XB officer", "GET", "/biometrics/statistics").text
