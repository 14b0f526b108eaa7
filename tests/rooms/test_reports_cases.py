"""Case studies: proven by what is written, admitted, and taken out at once when a proof falls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from entente.desk import House
from rooms.cased import (
    AUTHOR,
    DIGEST,
    REVIEWER,
    SECOND,
    Desk,
    claim,
    evidence,
    level,
    outcome,
    proceeding,
    reasons,
)
from rooms.scene import Scene, only, places
from worlds.stage import Answer, Clock, partner


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def above(stage: str, day: str, **said: int) -> dict[str, Any]:
    """A court above, and what it says of the judgments below."""
    return proceeding(court="A court above", stage=stage, date=day, outcomes=[], appeal_deadline="", **said)


def alerts(scene: Scene, who: str, what: str) -> list[dict[str, object]]:
    return [one for one in scene(who, "GET", "/alerts").json if one["what"] == what]


def test_a_case_is_proposed_proven_reviewed_abroad_and_admitted(cases: Desk) -> None:
    case = cases.drafted()
    assert level(case) == "P3" and case["group_proven"] and case["transnational"]
    assert reasons(case) == {"no-review"}
    case = cases.accepted()
    assert case["state"] == "accepted" and case["admitted"] and case["reasons"] == []
    assert cases.step(SECOND, case, "clear")["state"] == "legal_clearance"


def test_the_list_counts_what_is_admitted_of_25_to_30(cases: Desk, scene: Scene) -> None:
    cases.accepted()
    cases.proposed()
    board = scene(AUTHOR, "GET", "/cases").json
    assert (board["admitted"], board["least"], board["most"], board["total"]) == (1, 25, 30, 2)
    assert board["chapters"] == {"mass-production": 1}
    assert [row["admitted"] for row in scene(AUTHOR, "GET", "/cases?which=admitted").json["cases"]] == [True]
    assert scene("XC officer", "GET", "/cases").json["total"] == 0  # nobody named it


def test_an_appeal_that_overturns_takes_the_case_out_and_tells_both_bureaus(
    cases: Desk, scene: Scene
) -> None:
    case = cases.accepted()
    quashed = above("appeal", "2025-11-01", overturns=1)
    case = cases.add(AUTHOR, case, "proceedings", quashed)
    assert level(case) == "PX" and not case["admitted"]
    assert case["state"] == "accepted"  # the acceptance stands; the proof has fallen
    assert case["events"][-1]["did"] == "fell" and case["events"][-1]["claims"] == [1]
    assert len(alerts(scene, AUTHOR, "case-changed")) == 2  # accepted, then fallen
    assert len(alerts(scene, REVIEWER, "case-changed")) == 1
    assert scene(AUTHOR, "GET", "/cases").json["admitted"] == 0


def test_a_judgment_that_is_given_back_needs_a_new_review(cases: Desk) -> None:
    case = cases.accepted()
    appeal = proceeding(
        court="Appeal", stage="appeal", date="2025-10-01", overturns=1, outcomes=[], appeal_deadline=""
    )
    case = cases.add(AUTHOR, case, "proceedings", appeal)
    cassation = above("cassation", "2025-12-01", overturns=2, reinstates=1)
    case = cases.add(AUTHOR, case, "proceedings", cassation)
    assert case["state"] == "drafting" and not case["admitted"]
    case = cases.finally_(AUTHOR, case, 3, "2025-12-01", why="No appeal lies from the cassation.")
    assert level(case) == "P3" and reasons(case) == {"no-review"}


def test_a_judgment_overturned_twice_stays_overturned(cases: Desk) -> None:
    case = cases.accepted()
    for n, (stage, day) in enumerate((("appeal", "2025-10-01"), ("cassation", "2025-12-01"))):
        again = proceeding(
            court=f"Court {n}", stage=stage, date=day, overturns=1, outcomes=[], appeal_deadline=""
        )
        case = cases.add(AUTHOR, case, "proceedings", again)
    assert level(case) == "PX" and not case["admitted"] and case["state"] == "accepted"


def test_an_appeal_that_is_filed_after_all_lowers_the_claim_at_once(cases: Desk) -> None:
    case = cases.accepted()
    filed = proceeding(appeal_filed="2025-03-20")
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=filed)
    assert level(case) == "P2" and case["state"] == "accepted" and not case["admitted"]


def test_time_that_has_passed_makes_nothing_final_until_a_person_says_so(
    cases: Desk, scene: Scene, clock: Clock, house: House, work: Callable[[House], None]
) -> None:
    case = cases.step(AUTHOR, cases.proposed(), "take_up")
    case = cases.add(AUTHOR, case, "parties", {"name": "A group", "sort": "group"})
    case = cases.add(AUTHOR, case, "proceedings", proceeding(date="2026-01-10", appeal_deadline="2026-01-20"))
    case = cases.add(AUTHOR, case, "evidence", evidence())
    case = cases.add(AUTHOR, case, "claims", claim())
    work(house)
    assert level(case) == "P2" and alerts(scene, AUTHOR, "case-changed") == []
    early = cases.act(AUTHOR, "POST", case, "/proceedings/1/final", final_on="2026-01-15")
    assert early.status == 422 and places(early) == ["final_on"]
    clock.now += timedelta(days=6)
    scene.ask(scene.crew["XA machine"], "GET", "/api/v1/me")
    work(house)
    work(house)
    found = scene("XA machine", "GET", f"/cases/{case['id']}").json
    assert level(found) == "P2" and found["proceedings"][0]["overdue"]
    told = [one for one in scene("XA machine", "GET", "/alerts").json if one["what"] == "case-changed"]
    assert len(told) == 1  # once


def test_a_key_confirms_nothing_and_reviews_nothing(cases: Desk) -> None:
    case = cases.drafted(final=False)
    assert cases.act("XA machine", "POST", case, "/proceedings/1/final", final_on="2025-04-02").status == 403
    sent = cases.sent()
    assert cases.decided("XB machine", sent).status == 403


def test_what_was_reviewed_falls_back_to_drafting_when_it_is_edited(cases: Desk) -> None:
    case = cases.accepted()
    edited = cases.done(AUTHOR, "PUT", case, "/claims/1", claim=claim(text="Another sentence."))
    assert edited["state"] == "drafting" and reasons(edited) == {"no-review"}
    case = cases.accepted()
    edited = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(quote="Words."))
    assert edited["state"] == "drafting" and not edited["admitted"]


def test_who_may_read_it_changes_without_a_new_review(cases: Desk, scene: Scene) -> None:
    case = cases.accepted()
    assert scene("XC officer", "GET", f"/cases/{case['id']}").status == 404
    case = cases.done(AUTHOR, "PUT", case, "", case={**case["case"], "see": ["XC"]})
    assert case["admitted"]
    read = scene("XC officer", "GET", f"/cases/{case['id']}").json
    assert read["case"]["title"] == case["case"]["title"]
    assert read["case"]["see"] == [] and read["steps"] == [] and not read["may_edit"]
    assert [event["officer"] for event in read["events"]] == [""] * len(read["events"])


def test_an_older_version_is_told_and_nothing_is_kept(cases: Desk) -> None:
    case = cases.proposed()
    newer = cases.step(AUTHOR, case, "take_up")
    answer = cases.act(SECOND, "POST", case, "/parties", party={"name": "Nobody"})
    assert answer.status == 409 and cases.opened(AUTHOR, case)["version"] == newer["version"]


def test_a_case_is_another_bureaus_to_read_and_not_to_write(cases: Desk, scene: Scene) -> None:
    case = cases.sent()
    for rest, said in (
        ("/claims", {"claim": claim()}),
        ("/steps", {"step": "withdraw", "why": "no"}),
        ("/objections/1/answer", {"text": "no"}),
    ):
        assert cases.act(REVIEWER, "POST", case, rest, **said).status == 403, rest
    assert scene(REVIEWER, "GET", f"/cases/{case['id']}/protected").status == 403
    for who in ("XC officer", "XD supervisor"):
        assert cases.act(who, "POST", case, "/claims", claim=claim()).status == 404


def test_a_draft_is_thrown_away_and_a_reviewed_case_is_withdrawn(cases: Desk, scene: Scene) -> None:
    draft = cases.proposed()
    assert cases.act(AUTHOR, "DELETE", draft).status in (403, 204)
    case = cases.accepted()
    assert cases.act(SECOND, "DELETE", case).status == 422
    gone = cases.step(AUTHOR, case, "withdraw", why="The file is another's.")
    assert gone["state"] == "withdrawn" and not gone["may_edit"]
    refused = cases.act(AUTHOR, "POST", gone, "/claims", claim=claim())
    assert refused.status == 422 and places(refused) == ["state"]
    assert cases.step(AUTHOR, gone, "reopen")["state"] == "drafting"


def test_a_company_proposes_and_does_nothing_else(cases: Desk, scene: Scene, house: House) -> None:
    crew = {**scene.crew, **partner(house, "XPCO", "private")}
    company = Desk(Scene(scene.ask, crew))
    case = company.proposed("XPCO officer")
    case = company.add(
        "XPCO officer", case, "claims", claim(subject_party=None, subject_event="A fire", evidence=[])
    )
    taken = company.act("XPCO officer", "POST", case, "/steps", step="take_up")
    assert taken.status == 403 and case["steps"] == ["withdraw"]
    asked = cases.step(AUTHOR, cases.drafted(), "complete")
    assert places(cases.act(AUTHOR, "POST", asked, "/steps", step="send", reviewer="XPCO")) == ["reviewer"]
    named = cases.act(AUTHOR, "PUT", asked, "", case={**asked["case"], "see": ["XPCO"]})
    assert places(named) == ["see/0"]


# --- sources -------------------------------------------------------------------------------------------


def test_a_case_is_handled_as_the_meet_of_its_sources_and_follows_them(
    cases: Desk, scene: Scene, house: House, work: Callable[[House], None]
) -> None:
    record = scene.contribute(handling=only("XB"))
    case = cases.drafted()
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(link=record["id"]))
    case = cases.step(AUTHOR, case, "complete")
    refused = cases.act(AUTHOR, "POST", case, "/steps", step="send", reviewer="XC")
    assert refused.status == 422 and places(refused) == ["reviewer"]  # XC may not see the record
    case = cases.step(AUTHOR, case, "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    assert cases.opened(AUTHOR, case)["admitted"]
    answer = scene(
        "XA office",
        "PUT",
        f"/records/{record['id']}/handling",
        json={"version": record["version"], "handling": only()},
    )
    assert answer.status == 200, answer.text
    work(house)
    assert scene(REVIEWER, "GET", f"/cases/{case['id']}").status == 404
    assert cases.opened(AUTHOR, case)["admitted"]  # its own bureau still sees all of it


def test_a_source_that_is_gone_takes_the_case_from_its_readers_and_out_of_the_casebook(
    cases: Desk, scene: Scene, house: House, work: Callable[[House], None]
) -> None:
    record = scene.contribute()
    case = cases.drafted()
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(link=record["id"]))
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    assert scene("XA office", "DELETE", f"/records/{record['id']}").status == 204
    work(house)
    found = cases.opened(AUTHOR, case)
    assert "source-gone" in reasons(found) and not found["admitted"]
    assert scene(REVIEWER, "GET", f"/cases/{case['id']}").status == 404
    assert any(one["object"] == case["id"] for one in alerts(scene, AUTHOR, "case-changed"))
    mended = cases.done(AUTHOR, "PUT", found, "/evidence/1", evidence=evidence())
    assert "source-gone" not in reasons(mended)
    assert scene(REVIEWER, "GET", f"/cases/{case['id']}").status == 200


def test_a_record_that_one_does_not_see_is_no_source(cases: Desk, scene: Scene) -> None:
    hidden = scene.contribute(handling=only(), who="XC office")
    case = cases.drafted()
    for link in (hidden["id"], "0" * 32):
        refused = cases.act(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(link=link))
        assert refused.status == 422 and places(refused) == ["link"]
        party = {"name": "Somebody", "link": link}
        assert places(cases.act(AUTHOR, "POST", case, "/parties", party=party)) == ["link"]


def test_protected_names_are_their_bureaus_alone_and_change_nothing_for_others(
    cases: Desk, scene: Scene
) -> None:
    case = cases.sent()
    before = scene(REVIEWER, "GET", f"/cases/{case['id']}").json
    said = {"names": [{"name": "Mira Dolen", "sort": "minor"}, {"name": "Oto Var", "sort": "witness"}]}
    kept = scene(AUTHOR, "PUT", f"/cases/{case['id']}/protected", json=said)
    assert kept.status == 200 and scene(AUTHOR, "GET", f"/cases/{case['id']}/protected").json == said["names"]
    assert scene(REVIEWER, "GET", f"/cases/{case['id']}").json == before
    assert cases.opened(AUTHOR, case)["version"] == case["version"]


def test_a_finding_of_the_goods_crime_alone_is_not_admitted(cases: Desk) -> None:
    case = cases.drafted()
    case = cases.ticked(AUTHOR, case, "2", answer="unknown", evidence=[])
    assert level(case) == "P3" and not case["group_proven"]
    assert "group-unproven" in reasons(case)
    two = proceeding(outcomes=[outcome("Ivo Marenko"), outcome("Sela Dorn")])
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=two)
    assert next(one for one in case["checklist"] if one["item"] == "1")["state"] == "not_met"
    assert DIGEST in case["evidence"][0]["evidence"]["sha256"]


def test_a_case_speaks_the_language_of_who_reads_it(cases: Desk, scene: Scene) -> None:
    case = cases.drafted()
    answer: Answer = scene(AUTHOR, "GET", f"/cases/{case['id']}", headers={"accept-language": "fr"})
    assert answer.status == 200 and reasons(answer.json) == reasons(case)
