"""What an assessment comes to: totals, third scorers, review, lock, editions compared, who is waited for."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.assessed import FIRST, LEAD, LOCKS, REVIEWS, SECOND, THIRD, Assessing, form, given, place
from rooms.scene import Scene, places


@pytest.fixture
def them(scene: Scene) -> Assessing:
    return Assessing(scene)


@pytest.fixture
def alerts(scene: Scene) -> Callable[[str], list[str]]:
    """What is new in the list of alerts of an officer's bureau."""

    def told(who: str) -> list[str]:
        return [one["what"] for one in scene(who, "GET", "/alerts").json if one["what"] == "score-waits"]

    return told


def cell(place: dict[str, Any], code: str = "supply") -> dict[str, Any]:
    return next(one for one in place["cells"] if one["indicator"] == code)


# --- figures -------------------------------------------------------------------------------------------


def test_a_place_is_the_weighted_mean_of_its_scorers_means(them: Assessing) -> None:
    them.opened()
    them.handed_in(FIRST, "first", supply=4, demand=6)
    them.handed_in(SECOND, "second", supply=5, demand=8)
    one = them.place()
    assert [c["value"] for c in one["cells"]] == [4.5, 7.0]
    assert one["total"] == pytest.approx((4.5 + 3 * 7) / 4)
    assert one["low"] <= one["total"] <= one["high"]
    assert (one["rank"], one["scores"], one["state"]) == (1, 4, "scored")
    whole = them.seen()
    assert whole["agreement"]["pairs"] == 2 and whole["agreement"]["equal"] == 0
    assert (whole["whole"]["scored"], whole["whole"]["places"], whole["empty"]) == (1, 2, 2)


def test_the_index_is_markets_and_actors_halved_and_resilience_apart(them: Assessing) -> None:
    them.opened(scheme="ocindex-2023", indicators=[], places=[place("xb")])
    groups = {one["code"]: one["group"] for one in them.seen()["indicators"]}
    values = {"market": 8, "actor": 4, "resilience": 3.5}
    scores = {code: values[group] for code, group in groups.items()}
    them.handed_in(FIRST, "first", **scores)
    them.handed_in(SECOND, "second", **scores)
    one = them.place()
    assert (one["total"], one["resilience"]) == (pytest.approx(6.0), pytest.approx(3.5))
    assert them.seen()["agreement"]["kappa"] == 1


def test_threat_is_likelihood_times_harm(them: Assessing) -> None:
    them.opened(scheme="threat", indicators=[], places=[place("xb")])
    groups = {one["code"]: one["group"] for one in them.seen()["indicators"]}
    scores = {code: 8 if group == "likelihood" else 5 for code, group in groups.items()}
    them.handed_in(FIRST, "first", **scores)
    them.handed_in(SECOND, "second", **scores)
    assert them.place()["total"] == pytest.approx(40)
    assert them.seen()["most"] == 100


def test_more_than_two_apart_goes_to_a_third_and_the_median_counts(them: Assessing, scene: Scene) -> None:
    them.opened()
    them.handed_in(FIRST, "first", supply=2, demand=4)
    them.handed_in(SECOND, "second", supply=4.5, demand=6)
    one = them.place()
    assert one["state"] == "third" and [c["third"] for c in one["cells"]] == [True, False]
    assert [c["value"] for c in one["cells"]] == [None, 5.0]
    assert one["total"] is None and one["rank"] is None
    assert them.review().status == 422
    assert them.take(THIRD, "third").status == 200
    asked = scene(THIRD, "GET", f"/assessments/{them.id}/places/xb/scores?seat=third").json["asked"]
    assert asked == ["supply"]
    assert places(them.write(THIRD, "third", given(supply=4, demand=4), done=True)) == ["scores/1/indicator"]
    assert them.write(THIRD, "third", given(supply=4), done=True).status == 200
    assert cell(them.place())["value"] == 4
    assert them.place()["state"] == "scored"


def test_where_no_third_was_named_the_lead_names_one(them: Assessing, scene: Scene) -> None:
    them.opened(places=[place("xb", third="")])
    them.handed_in(FIRST, "first", supply=2, demand=4)
    them.handed_in(SECOND, "second", supply=9, demand=6)
    assert [w["sort"] for w in them.seen()["waits"]] == ["name a third"]
    path = f"/assessments/{them.id}/places/xb/third"
    version = them.seen()["version"]
    assert scene(FIRST, "PUT", path, json={"third": "XD", "version": version}).status == 403
    assert scene(LEAD, "PUT", path, json={"third": "QQ", "version": version}).status == 422
    assert scene(LEAD, "PUT", path, json={"third": "XD", "version": version}).status == 200
    assert them.take(THIRD, "third").status == 200


# --- review and lock -----------------------------------------------------------------------------------


def test_the_review_sets_values_with_a_reason_and_says_what_would_change_our_mind(them: Assessing) -> None:
    them.opened()
    assert them.review().status == 422
    them.scored(first=5, second=6)
    final = {"indicator": "supply", "value": 9, "why": "The region's seizures say more."}
    answer = them.review(finals=[final], likelihood="likely", trend="rising")
    assert answer.status == 200, answer.text
    one = them.place()
    assert (cell(one)["value"], cell(one)["set_why"]) == (9, "The region's seizures say more.")
    assert cell(one, "demand")["value"] == 5.5
    assert (one["state"], one["review"]["likelihood"]) == ("reviewed", "likely")
    assert "without seizures" in one["review"]["mind"]
    assert them.review("XB supervisor").status == 403
    assert places(them.review(mind="no")) == ["/mind"]
    assert places(them.review(finals=[final, final, {**final, "indicator": "other"}])) == [
        "finals/0/indicator",
        "finals/1/indicator",
        "finals/2/indicator",
    ]


def test_what_is_locked_changes_no_more(them: Assessing) -> None:
    them.opened(places=[place("xb")])
    them.scored()
    early = them.step(LOCKS, "lock")
    assert early.status == 422 and places(early) == ["places/xb"]
    assert them.review().status == 200
    assert them.step(LEAD, "lock").status == 403
    assert them.stepped("lock", LOCKS)["state"] == "locked"
    assert them.review().status == 422
    assert them.take(FIRST, "first").status == 422
    assert them.step(LEAD, "withdraw").status == 422
    assert them.stepped("withdraw", text="A source was wrong.")["state"] == "withdrawn"


def test_an_edition_is_compared_with_the_one_before_by_the_least_change_that_counts(
    them: Assessing, scene: Scene
) -> None:
    them.opened()
    for code, first in (("xb", 5), ("xc", 5)):
        them.scored(code, first, first)
        assert them.review(place=code).status == 200
    before = them.id
    assert scene(LEAD, "POST", "/assessments", json=form(before=before)).status == 422
    them.stepped("lock", LOCKS)
    them.opened(before=before, period="2026", places=[place("xb"), place("xc"), place("xd")])
    them.scored("xb", 5.5, 5.5)
    them.scored("xc", 5, 5.5)
    found = {p["code"]: (p["before"], p["change"]) for p in them.seen()["places"]}
    assert found == {"xb": (5.0, "up"), "xc": (5.0, "same"), "xd": (None, "unknown")}
    assert cell(them.place())["change"] == "up"
    assert [(e["period"], e["totals"]) for e in them.seen()["editions"]] == [("2025", {"xb": 5, "xc": 5})]


def test_a_bureau_is_told_once_what_waits_for_it_and_no_more_when_it_is_done(
    them: Assessing, alerts: Callable[[str], list[str]]
) -> None:
    assert alerts(FIRST) == []
    them.opened()
    assert alerts(FIRST) == alerts(SECOND) == ["score-waits"]
    assert alerts(THIRD) == alerts(REVIEWS) == []
    them.scored("xb")
    them.scored("xc")
    assert alerts(FIRST) == alerts(SECOND) == []
    assert alerts(REVIEWS) == ["score-waits"]


def test_two_officers_who_change_it_at_once_are_told(them: Assessing, scene: Scene) -> None:
    them.opened()
    them.scored()
    seen = them.seen()["version"]
    assert them.review(version=seen).status == 200
    assert them.review(version=seen).status == 409
