"""The review of a case: abroad, in person, by other hands, claim by claim; objections keep it out."""

from typing import Any

import pytest

from entente.core.access import Level, Role
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import by_code, enrol, make_link
from entente.rooms.bureaus.signing_in import spend_link
from rooms.cased import AUTHOR, REVIEWER, SECOND, Desk, claim, reasons
from rooms.scene import Scene, places
from worlds.stage import Person, partner


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def joined(house: House, code: str, email: str) -> Person:
    """Another account at a bureau, of whoever has that address."""
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        officer = enrol(desk, by_code(desk)[code], "Somebody", email, (Role.OFFICER,), Level.OFFICIAL)
        session = spend_link(desk, make_link(desk, officer.id), 10_000)
    assert session
    return Person(officer.id, code, "officer", session=session.token)


def test_no_bureau_of_the_same_country_and_no_company_is_asked(
    cases: Desk, scene: Scene, house: House
) -> None:
    partner(house, "XAC", "customs")
    partner(house, "XPCO", "private")
    partner(house, "XBH", "health")
    case = cases.step(AUTHOR, cases.drafted(), "complete")
    for code in ("XA", "XAC", "XPCO", "XX", ""):
        refused = cases.act(AUTHOR, "POST", case, "/steps", step="send", reviewer=code)
        assert refused.status == 422 and places(refused) == ["reviewer"], code
    assert cases.step(AUTHOR, case, "send", reviewer="XBH")["reviewers"] == ["XBH"]


def test_only_the_bureau_that_was_asked_reviews(cases: Desk, scene: Scene) -> None:
    case = cases.sent()
    assert [one["id"] for one in scene(REVIEWER, "GET", "/cases?which=review").json["cases"]] == [case["id"]]
    assert cases.decided("XC officer", case).status == 404
    for who in (AUTHOR, SECOND):
        assert cases.decided(who, case).status == 403
    told = [one["what"] for one in scene(REVIEWER, "GET", "/alerts").json]
    assert told == ["case-review"]
    assert cases.decided(REVIEWER, case).status == 200
    assert scene(REVIEWER, "GET", "/alerts").json == []  # what waited is done


def test_one_human_with_an_account_at_either_bureau_does_not_review_himself(
    cases: Desk, scene: Scene, house: House
) -> None:
    crew = {**scene.crew, "twin": joined(house, "XB", "officer@xa.example")}
    twice = Desk(Scene(scene.ask, crew))
    case = cases.sent()
    assert twice.decided("twin", case).status == 403
    assert cases.decided(REVIEWER, case).status == 200


def test_every_claim_is_decided_once_and_a_refusal_says_why(cases: Desk) -> None:
    case = cases.drafted()
    case = cases.add(AUTHOR, case, "claims", claim(object_crime="fraud", text="The group defrauded farmers."))
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")

    def gave(*decisions: tuple[int, str, str]) -> Any:
        said = [{"claim": n, "decision": word, "text": text} for n, word, text in decisions]
        return cases.act(REVIEWER, "POST", case, "/review", decisions=said)

    assert places(gave((1, "accept", ""))) == ["decisions"]
    assert places(gave((1, "accept", ""), (1, "accept", ""), (2, "accept", ""))) == ["decisions"]
    assert places(gave((1, "accept", ""), (2, "reject", ""), (7, "accept", ""))) == [
        "decisions/1/text",
        "decisions/2/claim",
    ]
    back = gave((1, "accept", ""), (2, "reject", "Paragraph 45 says nothing of farmers.")).json
    assert back["state"] == "changes" and back["claims"][1]["decision"] == "reject"
    assert not cases.opened(AUTHOR, case)["admitted"]


def test_a_case_that_was_changed_under_the_reviewers_hands_is_not_judged(cases: Desk) -> None:
    case = cases.sent()
    cases.done(AUTHOR, "PUT", case, "/claims/1", claim=claim(text="Quite another sentence."))
    late = cases.decided(REVIEWER, case)
    assert late.status == 403  # it went back to drafting: nobody reviews it now


def test_the_author_takes_it_back_and_sends_it_elsewhere(cases: Desk, scene: Scene) -> None:
    case = cases.step(AUTHOR, cases.sent(), "recall", why="Another bureau knows more.")
    assert scene(REVIEWER, "GET", "/alerts").json == []
    case = cases.step(AUTHOR, case, "send", reviewer="XC")
    assert case["reviewers"] == ["XB", "XC"]
    assert cases.decided(REVIEWER, case).status == 403
    assert cases.decided("XC officer", case).json["state"] == "accepted"


def test_an_objection_keeps_a_case_out_until_it_is_answered_and_withdrawn(cases: Desk, scene: Scene) -> None:
    case = cases.accepted()
    said = {"text": "The translation of paragraph 45 is wrong.", "claim": 1}
    objected = cases.act(REVIEWER, "POST", case, "/objections", **said)
    assert objected.status == 201
    case = cases.opened(AUTHOR, case)
    assert not case["admitted"] and reasons(case) == {"objection-open"}
    assert cases.act("XC officer", "POST", case, "/objections", text="no").status == 404
    assert cases.act(AUTHOR, "POST", case, "/objections", text="no").status == 403
    case = cases.done(AUTHOR, "POST", case, "/objections/1/answer", text="A sworn translator looked at it.")
    assert not case["admitted"] and reasons(case) == {"objection-open"}
    cases.done(REVIEWER, "POST", case, "/objections/1/withdraw")
    case = cases.opened(AUTHOR, case)
    assert case["admitted"] and case["state"] == "accepted"
    again = cases.act(AUTHOR, "POST", case, "/objections/1/answer", text="And again.")
    assert again.status == 422


def test_legal_clearance_is_a_second_persons(cases: Desk) -> None:
    case = cases.accepted(who=SECOND)
    assert cases.act(SECOND, "POST", case, "/steps", step="clear").status == 403  # he wrote it
    assert cases.act(AUTHOR, "POST", case, "/steps", step="clear").status == 403  # no supervisor
    assert cases.act("XA machine", "POST", case, "/steps", step="clear").status == 403
    assert cases.step("XA office", case, "clear")["state"] == "legal_clearance"


def test_steps_start_from_where_the_case_stands(cases: Desk) -> None:
    case = cases.proposed()
    for step in ("complete", "send", "recall", "clear", "reopen", "back"):
        refused = cases.act(AUTHOR, "POST", case, "/steps", step=step, why="x", reviewer="XB")
        assert refused.status == 422 and places(refused) == ["step"], step
    lacking = cases.act(AUTHOR, "POST", cases.step(AUTHOR, case, "take_up"), "/steps", step="complete")
    assert places(lacking) == ["claims"]
    bare = cases.step(AUTHOR, cases.proposed(summary="", personal_data="", goods=[]), "take_up")
    missing = cases.act(AUTHOR, "POST", bare, "/steps", step="complete")
    assert places(missing) == ["summary", "goods", "personal_data", "claims"]
    why = cases.act(AUTHOR, "POST", case, "/steps", step="withdraw")
    assert why.status in (409, 422)
