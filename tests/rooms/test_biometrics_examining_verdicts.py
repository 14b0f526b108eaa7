"""Two examiners judge a candidate of a search; what both call a hit goes to its owner, once and only then."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from entente.rooms.biometrics import enrolling
from entente.rooms.biometrics import model as m
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import (
    EVERYONE,
    NOBODY,
    again,
    alerts,
    comparisons,
    finger,
    judged,
    laid,
    searched,
    seated,
    seconded,
    set_of,
)
from rooms.scene import IVO, Scene, places
from worlds.stage import Crew, Person

INDEX, THUMB = finger(1), finger(2, position=1)
PROBE = again(INDEX, 1)
FIRST, SECOND = "XA officer", "XA analyst"
SetOf = Callable[..., str]


@pytest.fixture
def kept(house: House, crew: Crew) -> SetOf:
    """A set of XB's that everybody may see, unless it is said otherwise; its id."""

    def keep(
        *prints: Any, who: str = "XB office", handling: HandlingForm = EVERYONE, person: str = ""
    ) -> str:
        return set_of(house, crew[who], prints or (INDEX,), handling, "Record 7", person).id

    return keep


def waiting(scene: Scene, set: str, verdict: str = "hit") -> tuple[str, str]:
    """A candidate that the first examiner has judged: the search, the comparison."""
    search = searched(scene, FIRST, PROBE)["search"]
    answer = judged(scene, FIRST, search, set, verdict, marked=3, text="Scar at the core")
    assert (answer.status, answer.json["state"]) == (201, "waiting")
    return search, answer.json["id"]


def decided(scene: Scene, comparison: str, verdict: str = "hit") -> dict[str, Any]:
    """The second examiner gives the picture and his verdict."""
    given = laid(scene, SECOND, comparison, PROBE)
    assert given.status == 200, given.text
    answer = seconded(scene, SECOND, comparison, verdict, given.json["token"])
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def inbox(scene: Scene, who: str, sent: bool = False) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene(who, "GET", "/hits?sent=true" if sent else "/hits").json["hits"]
    return found


def test_a_hit_reaches_the_owner_once_and_only_when_two_examiners_say_so(scene: Scene, kept: SetOf) -> None:
    set = kept()
    search, comparison = waiting(scene, set)
    assert inbox(scene, "XB officer") == []
    told = decided(scene, comparison)
    (hit,) = inbox(scene, "XB officer")
    assert (told["state"], told["hit"]) == ("hit", hit["id"])
    assert (hit["record"], hit["state"], hit["asked"], hit["match"]) == (set, "open", "(fingers)", "direct")
    assert (hit["asker"], hit["purpose"], hit["justification"]) == ("XA", "identify", "case 1")
    assert hit["text"] == ""
    again_told = seconded(scene, "XA supervisor", comparison, "hit", "0" * 32)
    assert (again_told.status, places(again_told)) == (422, ["verdict"])
    assert len(inbox(scene, "XB officer")) == 1
    confirmed = scene("XB officer", "POST", f"/hits/{hit['id']}/confirmation", json={"answer": "confirmed"})
    assert confirmed.status == 200
    assert alerts(scene, FIRST) == ["hit-answered"]
    assert [one["state"] for one in scene(FIRST, "GET", f"/biometrics/searches/{search}/verdicts").json] == [
        "hit"
    ]


def test_the_owner_opens_from_the_hit_what_it_is_about(scene: Scene, page: Any, kept: SetOf) -> None:
    set = kept()
    hit = decided(scene, waiting(scene, set)[1])["hit"]
    shown = page("XB officer", "GET", f"/hits/{hit}").text
    assert f'href="/biometrics/sets/{set}"' in shown
    assert "Two examiners say that it is the same person" in shown and ">Fingerprints<" in shown
    assert ">Fingerprints<" in page("XA officer", "GET", "/inbox?sent=yes").text


def test_both_verdicts_are_named_once_it_is_decided(scene: Scene, kept: SetOf) -> None:
    comparison = waiting(scene, kept())[1]
    decided(scene, comparison)
    told = scene("XA supervisor", "GET", f"/biometrics/comparisons/{comparison}").json
    assert [(v["verdict"], v["officer"], v["text"]) for v in told["verdicts"]] == [
        ("hit", "Officer of XA", "Scar at the core"),
        ("hit", "Analyst of XA", ""),
    ]
    assert told["score"] > 1 and told["parts"]
    assert [one["id"] for one in comparisons(scene, SECOND, "mine")] == [comparison]
    assert comparisons(scene, "XA supervisor", "mine") == []


def test_the_hit_is_on_the_persons_record_where_both_bureaus_see_it(scene: Scene, kept: SetOf) -> None:
    person = scene.contribute(IVO, who="XB office")["id"]
    decided(scene, waiting(scene, kept(person=person))[1])
    (hit,) = inbox(scene, "XB officer")
    assert (hit["record"], hit["caption"]) == (person, "Ivo Marenko")


def test_the_hit_is_on_the_set_where_the_asker_may_not_see_the_record(scene: Scene, kept: SetOf) -> None:
    person = scene.contribute(IVO, {"mode": "named", "bureaus": []}, who="XB office")["id"]
    set = kept(person=person)
    assert decided(scene, waiting(scene, set)[1])["person"] == ""
    assert inbox(scene, "XB officer")[0]["record"] == set


def test_a_hit_in_ones_own_bureau_is_told_to_no_owner(scene: Scene, kept: SetOf) -> None:
    set = kept(who="XA office")
    told = decided(scene, waiting(scene, set)[1])
    assert (told["state"], told["hit"]) == ("hit", "")
    assert inbox(scene, "XA officer") == inbox(scene, "XA officer", sent=True) == []


@pytest.mark.parametrize(("first", "second"), [("hit", "no-hit"), ("inconclusive", "hit")])
def test_two_verdicts_that_differ_are_a_dispute_which_goes_nowhere(
    scene: Scene, kept: SetOf, first: str, second: str
) -> None:
    comparison = waiting(scene, kept(), first)[1]
    told = decided(scene, comparison, second)
    assert (told["state"], told["hit"]) == ("disputed", "")
    assert [v["verdict"] for v in told["verdicts"]] == [first, second]
    assert alerts(scene, "XA supervisor") == ["biometric-disputed"]
    assert inbox(scene, "XB officer") == []


def test_two_that_cannot_tell_agree_on_that(scene: Scene, kept: SetOf) -> None:
    told = decided(scene, waiting(scene, kept(), "inconclusive")[1], "inconclusive")
    assert told["state"] == "inconclusive"
    assert inbox(scene, "XB officer") == [] and alerts(scene, FIRST) == []


def test_no_hit_is_final_and_needs_no_second(scene: Scene, kept: SetOf) -> None:
    set = kept()
    search = searched(scene, FIRST, PROBE)["search"]
    answer = judged(scene, FIRST, search, set, "no-hit")
    assert answer.json["state"] == "no-hit" and len(answer.json["verdicts"]) == 1
    assert comparisons(scene, SECOND, "waiting") == [] and alerts(scene, SECOND) == []
    assert judged(scene, FIRST, search, set, "hit").status == 422


def test_a_search_is_closed_when_all_of_its_candidates_are_decided(
    scene: Scene, house: House, crew: Crew, kept: SetOf
) -> None:
    one, other = kept(), kept(again(INDEX, 2))
    found = searched(scene, FIRST, PROBE)
    search = found["search"]
    assert {c["set"] for c in found["candidates"]} == {one, other}
    judged(scene, FIRST, search, other, "no-hit")
    assert state_of(house, crew, search) == ("open", "")
    comparison = judged(scene, FIRST, search, one).json["id"]
    assert state_of(house, crew, search) == ("open", "")
    decided(scene, comparison)
    assert state_of(house, crew, search) == ("closed", "hit")


def state_of(house: House, crew: Crew, search: str) -> tuple[str, str]:
    with seated(house, crew[FIRST]) as desk:
        kept = desk.look(search)
        return kept.first("state"), kept.first("outcome")


# --- who judges ----------------------------------------------------------------------------------


def test_the_second_is_another_person_than_the_first(scene: Scene, kept: SetOf) -> None:
    comparison = waiting(scene, kept())[1]
    assert laid(scene, FIRST, comparison, PROBE).status == 422
    refused = seconded(scene, FIRST, comparison, "hit", "0" * 32)
    assert (refused.status, places(refused)) == (422, ["verdict"])
    assert "Another examiner" in refused.text
    (told,) = comparisons(scene, FIRST, "waiting")
    assert told["yours"] == ""


def test_the_second_gives_the_very_picture_that_was_searched(scene: Scene, kept: SetOf) -> None:
    comparison = waiting(scene, kept())[1]
    for other in (INDEX, THUMB, again(INDEX, 5)):
        refused = laid(scene, SECOND, comparison, other)
        assert (refused.status, places(refused)) == (422, ["files"])
        assert "not the picture that was searched" in refused.text
    given = laid(scene, SECOND, comparison, PROBE)
    assert given.status == 200 and given.json["asked"][0]["minutiae"] and given.json["overlays"][0]["pairs"]


def test_of_several_pictures_all_that_found_it_are_given(scene: Scene, kept: SetOf) -> None:
    set = kept(INDEX, THUMB)
    probes = (PROBE, again(THUMB, 3))
    search = searched(scene, FIRST, *probes)["search"]
    comparison = judged(scene, FIRST, search, set).json["id"]
    lacking = laid(scene, SECOND, comparison, PROBE)
    assert lacking.status == 422 and "missing" in lacking.text
    given = laid(scene, SECOND, comparison, *probes[::-1]).json
    assert [(s["number"], s["position"]) for s in given["asked"]] == [(0, 2), (1, 1)]
    assert {(o["asked"], o["position"]) for o in given["overlays"]} == {(0, 2), (1, 1)}


def test_no_verdict_without_the_picture_of_that_officer_on_that_day(
    scene: Scene, doors: Callable[..., Any], house: Any, crew: Crew, kept: SetOf
) -> None:
    scene = Scene(doors(idle_minutes=10**6), crew)
    comparison = waiting(scene, kept())[1]
    token = laid(scene, SECOND, comparison, PROBE).json["token"]
    for who, said in ((SECOND, ""), ("XA supervisor", token)):
        refused = seconded(scene, who, comparison, "hit", said)
        assert (refused.status, places(refused)) == (422, ["token"])
    house.clock.forward(days=1)
    assert seconded(scene, SECOND, comparison, "hit", token).status == 422


@pytest.mark.parametrize(
    ("who", "status"), [("XA machine", 403), ("XA contributor", 403), ("XB office", 404), ("XA analyst", 404)]
)
def test_the_first_verdict_is_the_searchers_in_person(
    scene: Scene, kept: SetOf, who: str, status: int
) -> None:
    set = kept()
    search = searched(scene, FIRST, PROBE)["search"]
    assert judged(scene, who, search, set).status == status


@pytest.mark.parametrize(
    ("who", "status"), [("XA machine", 403), ("XA contributor", 403), ("XB office", 404)]
)
def test_the_second_verdict_is_of_the_same_bureau_in_person(
    scene: Scene, kept: SetOf, who: str, status: int
) -> None:
    comparison = waiting(scene, kept())[1]
    assert laid(scene, who, comparison, PROBE).status == status
    assert seconded(scene, who, comparison, "hit", "0" * 32).status == status
    if status == 404:
        assert scene(who, "GET", f"/biometrics/comparisons/{comparison}").status == 404


def test_what_was_no_candidate_is_not_judged(scene: Scene, kept: SetOf) -> None:
    kept()
    search = searched(scene, FIRST, PROBE)["search"]
    stranger = kept(finger(9))
    assert judged(scene, FIRST, search, stranger).status == 404
    assert judged(scene, FIRST, "0" * 32, stranger).status == 404


# --- and what the owner does meanwhile -----------------------------------------------------------


@pytest.mark.parametrize("act", ["withdraw", "hide"])
def test_what_its_owner_takes_back_meanwhile_is_judged_no_more(
    scene: Scene, house: House, crew: Crew, kept: SetOf, act: str
) -> None:
    set = kept()
    comparison = waiting(scene, set)[1]
    token = laid(scene, SECOND, comparison, PROBE).json["token"]
    taken_back(house, crew["XB office"], set, act)
    assert laid(scene, SECOND, comparison, PROBE).status == 404
    assert seconded(scene, SECOND, comparison, "hit", token).status == 404
    assert comparisons(scene, SECOND, "waiting") == [] and inbox(scene, "XB officer") == []


def taken_back(house: House, owner: Person, set: str, act: str) -> None:
    with seated(house, owner, "withdraw", writing=True) as desk:
        if act == "withdraw":
            enrolling.withdraw(desk, set)
        else:
            form = m.Rehandling(version=desk.look(set).version, handling=NOBODY)
            enrolling.rehandle(desk, set, form)


def test_the_first_cannot_judge_what_he_may_not_see_any_more(
    scene: Scene, house: House, crew: Crew, kept: SetOf
) -> None:
    set = kept()
    search = searched(scene, FIRST, PROBE)["search"]
    taken_back(house, crew["XB office"], set, "hide")
    assert judged(scene, FIRST, search, set).status == 404
