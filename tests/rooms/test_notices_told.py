"""Who is told when a notice is published: subscriptions, the bureaus a diffusion names, and screening."""

from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import by_code
from entente.rooms.notices import telling
from rooms.noticed import DRAFTER, REVIEWER, SECOND, Office, form
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def subscribe(office: Office, who: str, **said: Any) -> None:
    assert office.scene(who, "PUT", "/notices/subscriptions", json=said).status == 200


def test_who_subscribed_is_told_on_publication_and_not_before(office: Office) -> None:
    subscribe(office, "XB officer", colours=["red"])
    subscribe(office, "XC officer", colours=["blue"])
    sent = office.sent()
    assert office.alerts("XB") == []
    office.let_out(sent)
    assert [what for what, *_ in office.alerts("XB")] == ["notice"]
    assert office.alerts("XC") == office.alerts("XD") == []


def test_a_subscription_may_be_to_countries_and_words_only(office: Office) -> None:
    subscribe(office, "XB officer", colours=["red"], countries=["XA"], words=["FORGERY"])
    subscribe(office, "XC officer", colours=["red"], countries=["fr"])
    subscribe(office, "XD officer", colours=["red"], words=["murder"])
    office.published()
    assert [bool(office.alerts(b)) for b in ("XB", "XC", "XD")] == [True, False, False]


def test_a_diffusion_is_told_to_those_it_names_whatever_they_subscribed_to(office: Office) -> None:
    subscribe(office, "XC officer", colours=["red"])
    office.published(reach="named", bureaus=["XB"])
    assert [what for what, *_ in office.alerts("XB")] == ["notice"]
    assert office.alerts("XC") == []


def test_a_subscription_is_given_up(office: Office) -> None:
    subscribe(office, "XB officer", colours=["red"])
    subscribe(office, "XB officer", colours=[])
    assert office.scene("XB officer", "GET", "/notices/subscriptions").json["colours"] == []
    office.published()
    assert office.alerts("XB") == []


def test_those_for_whom_a_notice_waits_are_told(office: Office) -> None:
    notice = office.done(DRAFTER, office.draft(), "submit")
    assert office.told("XA") == ["notice-waits"]
    checked = office.done(SECOND, notice, "check", approve=True)
    assert office.told("XA") == [], "it waits for the second officer no more"
    sent = office.done(DRAFTER, checked, "send")
    assert office.told("XZ") == ["notice-waits"]
    office.let_out(sent)
    assert "notice-waits" not in office.told("XZ"), "it waits for the review no more"
    assert office.told("XA") == ["notice-changed"], "its owner hears what became of it"
    assert office.told("XB") == []


@pytest.mark.parametrize("decision", ["return", "refuse"])
def test_the_owner_hears_that_the_review_said_no(office: Office, decision: str) -> None:
    office.done(REVIEWER, office.sent(), "review", decision=decision, why="It lacks the facts of the case.")
    assert office.told("XZ") == [] and office.told("XA") == ["notice-changed"]


def test_a_notice_that_is_edited_or_thrown_away_waits_for_nobody(office: Office) -> None:
    for last in ("edit", "discard"):
        notice = office.done(DRAFTER, office.draft(), "submit")
        assert office.told("XA") == ["notice-waits"]
        path, version = f"/notices/{notice['id']}", notice["version"]
        if last == "edit":
            answer = office.scene(DRAFTER, "PUT", path, json={"version": version, **form()})
        else:
            answer = office.scene(SECOND, "DELETE", f"{path}?version={version}")
        assert answer.status < 300, answer.text
        assert office.told("XA") == []


def test_those_who_read_it_hear_that_it_changed(office: Office) -> None:
    notice = office.published()
    office.open("XD officer", notice["id"])
    suspended = office.done(REVIEWER, notice, "suspend", why="A doubt.")
    assert "notice-changed" in office.told("XD") and "notice-changed" in office.told("XA")
    assert office.told("XC") == []
    office.done(REVIEWER, suspended, "resume", why="No doubt any more.")
    assert office.told("XD").count("notice-changed") == 2


def test_whoever_read_it_hears_of_it_however_often_others_did(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "A_PAGE", 3)
    notice = office.published()
    for who in ("XD officer", *["XC officer"] * 7):
        office.open(who, notice["id"])
    office.done(REVIEWER, notice, "suspend", why="A doubt.")
    assert "notice-changed" in office.told("XD")


# --- who is already known ------------------------------------------------------------------------


def test_a_bureau_is_told_of_its_own_record_that_matches(
    office: Office, scene: Scene, house: House, work
) -> None:
    theirs = scene.contribute(who="XB office", handling=NOBODY)["id"]
    other = scene.contribute({**IVO, "name": ["Zora Pelin"], "passportNumber": ["Q999"]}, NOBODY, "XC office")
    notice = office.published()
    assert office.alerts("XB") == []
    work(house)
    assert office.alerts("XB") == [("screening", notice["id"], theirs)]
    assert office.alerts("XC") == [], other
    work(house)
    assert len(office.alerts("XB")) == 1


def test_a_bureau_that_is_not_reached_is_told_nothing(
    office: Office, scene: Scene, house: House, work
) -> None:
    scene.contribute(who="XB office", handling=EVERYONE)
    scene.contribute(who="XC office", handling=NOBODY)
    office.published(reach="named", bureaus=["XC"])
    work(house)
    assert office.alerts("XB") == []
    assert [what for what, *_ in office.alerts("XC")] == ["notice", "screening"]


def test_a_draft_or_suspended_record_is_not_held_against_it(
    office: Office, scene: Scene, house: House, work
) -> None:
    scene.contribute(who="XB office", handling={**NOBODY, "status": "draft"})
    scene.contribute(who="XC office", handling={**EVERYONE, "status": "suspended"})
    office.published()
    work(house)
    assert office.alerts("XB") == office.alerts("XC") == []


def test_who_is_not_cleared_for_the_record_is_not_told(
    office: Office, scene: Scene, house: House, work
) -> None:
    scene.contribute(who="XB office", handling={**NOBODY, "level": "confidential"})
    office.published()
    work(house)
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="alerts")
        number = by_code(desk)["XB"].number
        found = [t for _, t in desk.inspect_all([f"alerts-new:{number}"]) if t.first("what") == "screening"]
    assert [t.handling.level.name for t in found] == ["CONFIDENTIAL"]


def test_the_owner_is_told_of_what_the_drafter_may_see_in_full(
    office: Office, scene: Scene, house: House, work
) -> None:
    seen = scene.contribute(who="XB office", handling=only("XA"))["id"]
    scene.contribute(who="XC office", handling=NOBODY)
    scene.contribute(who="XD office", handling={**NOBODY, "hint": ["XA"]})
    notice = office.published()
    work(house)
    assert [a for a in office.alerts("XA") if a[0] == "screening-owner"] == [
        ("screening-owner", notice["id"], seen)
    ]


def test_the_owners_screening_is_journaled_as_a_search_of_the_drafter(
    office: Office, scene: Scene, house: House, work
) -> None:
    office.published()
    work(house)
    acts = scene("XA supervisor", "GET", "/journal?limit=100").json
    searches = [a for a in acts if a["act"] == "search"]
    assert [a["officer"] for a in searches] == [scene.crew[DRAFTER].id]
    assert searches[0]["justification"].startswith("notice ")


def test_nothing_is_screened_for_a_notice_that_was_suspended_meanwhile(
    office: Office, scene: Scene, house: House, work
) -> None:
    scene.contribute(who="XB office", handling=NOBODY)
    notice = office.published()
    office.done(REVIEWER, notice, "suspend", why="A doubt.")
    work(house)
    assert "screening" not in office.told("XB")
