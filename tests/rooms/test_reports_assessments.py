"""Threat assessments over the API: two blind scorers, a third where they differ, review, lock, figures."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from rooms.assessed import (
    FIRST,
    LEAD,
    REVIEWS,
    SECOND,
    THIRD,
    WHY,
    Assessing,
    form,
    given,
    indicator,
    place,
)
from rooms.scene import Scene, only, places
from worlds.stage import Answer, Crew


@pytest.fixture
def them(scene: Scene) -> Assessing:
    return Assessing(scene)


def cell(place: dict[str, Any], code: str = "supply") -> dict[str, Any]:
    return next(one for one in place["cells"] if one["indicator"] == code)


@pytest.fixture
def twice(house: House, crew: Crew) -> Callable[[str, str], None]:
    """Makes two accounts of one person: they have one address."""

    def same(one: str, other: str) -> None:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            known = desk.inspect(crew[one].id)
            account = desk.inspect(crew[other].id)
            assert known and account
            desk.change(account, body={**account.body, "email": known.body["email"]})
            desk.note("administer", object=account.id)

    return same


# --- drafts --------------------------------------------------------------------------------------------


def test_a_draft_is_read_by_its_bureau_alone_and_an_open_assessment_by_those_who_sit_in_it(
    them: Assessing, scene: Scene
) -> None:
    them.begun(see=["XD"])
    for who in (FIRST, THIRD, REVIEWS):
        assert scene(who, "GET", f"/assessments/{them.id}").status == 404
        assert scene(who, "GET", "/assessments").json == []
    them.stepped("open")
    for who in (FIRST, SECOND, THIRD, REVIEWS):
        assert them.seen(who)["state"] == "scoring"


def test_every_fault_of_a_draft_is_told_at_once(scene: Scene) -> None:
    wrong = form(
        title="a\u202eb",
        formula="index",
        indicators=[indicator("a", "market"), indicator("a", "harm")],
        places=[place("zz9"), place("xb", first="QQ"), place("xb")],
        see=["QQ"],
        before="ab" * 16,
    )
    answer = scene(LEAD, "POST", "/assessments", json=wrong)
    assert answer.status == 422
    assert set(places(answer)) == {
        "title", "indicators/0/code", "indicators/1/code", "indicators/1/group", "indicators",
        "places/0/code", "places/1/code", "places/1/first", "places/2/code", "see/0", "before",
    }  # fmt: skip


def test_a_draft_without_places_is_not_opened(them: Assessing) -> None:
    them.begun(places=[], indicators=[])
    answer = them.step(LEAD, "open")
    assert answer.status == 422 and set(places(answer)) == {"places", "indicators"}


def test_an_officer_of_the_desk_does_not_assess(scene: Scene) -> None:
    assert scene("XA officer", "POST", "/assessments", json=form()).status == 403


def test_the_schemes_of_the_index_and_of_threat_are_built_in(scene: Scene) -> None:
    found = {one["slug"]: one for one in scene(LEAD, "GET", "/assessments/schemes").json}
    groups = [one["group"] for one in found["ocindex-2023"]["indicators"]]
    assert (groups.count("market"), groups.count("actor"), groups.count("resilience")) == (15, 5, 12)
    groups = [one["group"] for one in found["ocindex-2021"]["indicators"]]
    assert (groups.count("market"), groups.count("actor"), groups.count("resilience")) == (10, 4, 12)
    assert found["threat"]["formula"] == "threat"
    anchored = [one["anchors"] for one in found["ocindex-2023"]["indicators"]]
    assert all(one["one"] and one["four"] and one["seven"] and one["ten"] for one in anchored)


def test_an_assessment_takes_a_copy_of_its_scheme(them: Assessing, scene: Scene) -> None:
    kept = scene(
        LEAD, "POST", "/assessments/schemes", json={"name": "Ours", "indicators": [indicator("supply")]}
    )
    assert kept.status == 201, kept.text
    slug = kept.json[0]["slug"]
    them.begun(scheme=slug, indicators=[])
    assert scene(FIRST, "POST", "/assessments", json=form(scheme=slug, indicators=[])).status == 422
    assert scene(FIRST, "DELETE", f"/assessments/schemes/{slug}").status == 422
    assert scene(LEAD, "DELETE", f"/assessments/schemes/{slug}").status == 204
    assert [one["code"] for one in them.seen()["indicators"]] == ["supply"]


# --- two blind scorers ---------------------------------------------------------------------------------


def test_nobody_reads_a_score_before_both_scorers_are_done(them: Assessing, scene: Scene) -> None:
    them.opened()
    them.handed_in(FIRST, "first", supply=9, demand=9)
    for who in (LEAD, FIRST, SECOND, REVIEWS):
        one = them.place(who=who)
        assert one["total"] is None and one["state"] == "blind"
        assert all(not c["scores"] and c["value"] is None for c in one["cells"])
    assert them.take(SECOND, "second").status == 200
    path = f"/assessments/{them.id}/places/xb/scores?seat="
    assert scene(SECOND, "GET", f"{path}first").status == 403
    assert scene(SECOND, "GET", f"{path}second").json["scores"] == []
    mine = scene(FIRST, "GET", f"{path}first").json["scores"]
    assert [(s["value"], s["on"]) for s in mine] == [(9, "2026-01-15"), (9, "2026-01-15")]


def test_what_nobody_may_read_yet_changes_nothing_that_the_other_sees(them: Assessing, scene: Scene) -> None:
    """Two assessments that differ in the first scorer's values alone are alike to the second and the lead."""
    seen = []
    for value in (1, 10):
        them.opened()
        them.handed_in(FIRST, "first", supply=value, demand=value)
        for who in (LEAD, SECOND):
            one = them.seen(who)
            seen.append({n: v for n, v in one.items() if n not in ("id", "events")})
    assert seen[:2] == seen[2:]


def test_the_same_person_does_not_sit_twice_whatever_the_seat(them: Assessing) -> None:
    them.opened(places=[place(second="XB", third="XB", reviewer="XB")])
    them.handed_in("XB supervisor", "first", supply=1, demand=5)
    assert them.take("XB supervisor", "second").status == 403
    them.handed_in("XB office", "second", supply=9, demand=5)
    assert them.take("XB supervisor", "third").status == 403
    assert them.review("XB supervisor").status == 403


def test_a_person_with_two_accounts_is_one_person(
    them: Assessing, scene: Scene, twice: Callable[[str, str], None]
) -> None:
    them.opened(places=[place(second="XC")])
    twice(FIRST, SECOND)
    assert them.take(FIRST, "first").status == 200
    answer = them.take(SECOND, "second")
    assert answer.status == 403 and "One person" in answer.text


def test_a_seat_is_its_bureaus_and_taken_once(them: Assessing) -> None:
    them.opened()
    assert them.take(SECOND, "first").status == 403
    assert them.take(FIRST, "first").status == 200
    assert them.take(FIRST, "first").status == 200
    assert them.take("XB supervisor", "first").status == 422
    assert them.take(FIRST, "third").status == 403
    assert them.take(THIRD, "third").status == 422
    assert them.write("XB supervisor", "first", given(supply=5)).status == 403


def test_a_sheet_is_written_until_it_is_handed_in(them: Assessing) -> None:
    them.opened()
    them.take(FIRST, "first")
    first = them.write(FIRST, "first", given(supply=5))
    assert first.status == 200 and first.json["version"] == 1
    assert them.write(FIRST, "first", given(supply=6)).status == 409
    early = them.write(FIRST, "first", given(supply=6), version=1, done=True)
    assert early.status == 422 and places(early) == ["scores"]
    done = them.write(FIRST, "first", given(supply=6, demand=2), version=1, done=True)
    assert done.status == 200 and done.json["done"]
    again = them.write(FIRST, "first", given(supply=7, demand=2), version=2, done=True)
    assert again.status == 422 and places(again) == ["done"]


@pytest.mark.parametrize("value", [0.5, 10.5, 5.25, "high", None])
def test_a_score_is_one_to_ten_in_halves(them: Assessing, value: object) -> None:
    them.opened()
    them.take(FIRST, "first")
    answer = them.write(FIRST, "first", [{**given(supply=5)[0], "value": value}])
    assert answer.status == 422 and places(answer) == ["/scores/0/value"]


def test_a_score_without_a_reason_or_with_one_of_tomorrow_is_refused(them: Assessing) -> None:
    them.opened()
    them.take(FIRST, "first")
    short = them.write(FIRST, "first", [{**given(supply=5)[0], "why": "because"}])
    assert places(short) == ["/scores/0/why"]
    wrong = [
        {**given(supply=5)[0], "on": "2026-01-16"},
        {**given(demand=5)[0], "on": "2026-02-30"},
        *given(other=5),
        *given(demand=4),
    ]
    assert places(them.write(FIRST, "first", wrong)) == [
        "scores/0/on",
        "scores/1/indicator",
        "scores/1/on",
        "scores/2/indicator",
        "scores/3/indicator",
    ]


# --- evidence ------------------------------------------------------------------------------------------


def test_evidence_is_counted_by_score_and_must_be_seen_by_every_reader(them: Assessing, scene: Scene) -> None:
    record = scene.contribute(handling={"mode": "everyone"})["id"]
    some = scene.contribute(handling=only("XB", "XC"), who="XB office")["id"]
    them.opened()
    them.take(FIRST, "first")
    scores = given(supply=5, demand=5)
    hidden = scene.contribute(handling=only(), who="XA office")["id"]
    wrong = them.write(FIRST, "first", [{**scores[0], "evidence": [hidden, some, "ab" * 16]}])
    assert places(wrong) == ["scores/0/evidence/0", "scores/0/evidence/1", "scores/0/evidence/2"]
    assert "XA, XD, XZ may not see it" in wrong.text
    told = [f["what"] for f in wrong.json["faults"]]
    assert told[0] == told[2]
    good = [{**scores[0], "evidence": [record]}, scores[1]]
    assert them.write(FIRST, "first", good, done=True).status == 200
    them.handed_in(SECOND, "second", supply=5, demand=5)
    one = them.place()
    assert (cell(one)["evidence"], cell(one, "demand")["evidence"], one["evidence"]) == (1, 0, 1)


def test_a_score_whose_record_is_hidden_afterwards_counts_for_nobody_who_may_not_see_it(
    them: Assessing, scene: Scene
) -> None:
    record = scene.contribute(who="XB office")
    them.opened()
    them.take(FIRST, "first")
    scores = given(supply=10, demand=5)
    cited = [{**scores[0], "evidence": [record["id"]]}, scores[1]]
    assert them.write(FIRST, "first", cited, done=True).status == 200
    them.handed_in(SECOND, "second", supply=9, demand=5)
    assert cell(them.place())["value"] == 9.5
    said = {"handling": only("XC"), "version": record["version"]}
    answer = scene("XB office", "PUT", f"/records/{record['id']}/handling", json=said)
    assert answer.status == 200, answer.text
    gone, kept = them.place(), them.place(who=SECOND)
    assert cell(gone)["value"] is None and [s["seat"] for s in cell(gone)["scores"]] == ["second"]
    assert gone["total"] == 5.0
    assert cell(kept)["value"] == 9.5


def answer_of(answer: Answer) -> str:
    return f"{answer.status} {WHY if WHY in answer.text else ''}"


def test_the_reason_of_a_score_is_read_when_it_may_be(them: Assessing, scene: Scene) -> None:
    them.opened()
    them.handed_in(FIRST, "first", supply=5, demand=5)
    assert answer_of(scene(SECOND, "GET", f"/assessments/{them.id}")) == "200 "
    them.handed_in(SECOND, "second", supply=5, demand=5)
    assert answer_of(scene(SECOND, "GET", f"/assessments/{them.id}")) == f"200 {WHY}"
