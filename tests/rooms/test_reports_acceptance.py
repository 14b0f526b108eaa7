"""What keeps an acceptance, what undoes the clearance alone, and what a person must say of finality."""

from typing import Any

import pytest

from rooms.cased import (
    AUTHOR,
    BEFORE,
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
from rooms.scene import Scene, places

NAMES = ("Ivo Marenko", "Sela Dorn", "Tam Orrel")


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def appeal(**said: Any) -> dict[str, Any]:
    return proceeding(
        court="Court of Appeal", stage="appeal", date="2025-09-01", appeal_deadline="2025-10-01", **said
    )


def cleared(cases: Desk, **said: Any) -> dict[str, Any]:
    return cases.step(SECOND, cases.accepted(**said), "clear")


# --- a hash that was typed -----------------------------------------------------------------------------


def test_a_hash_without_its_file_proves_nothing_and_says_to_attach_it(cases: Desk) -> None:
    case = cases.drafted()
    assert level(case) == "P3" and case["group_proven"]
    case = cases.done(AUTHOR, "DELETE", case, "/evidence/1/file")
    assert case["evidence"][0]["evidence"]["sha256"] == DIGEST, "what was cited stays"
    assert level(case) == "P2" and not case["group_proven"]
    (why,) = [one for one in case["claims"][0]["proof"]["why"] if one["code"] == "hash-alone"]
    assert "attach the file" in why["text"]
    assert level(cases.attached(AUTHOR, case)) == "P3"


# --- who was never tried -------------------------------------------------------------------------------


def test_a_person_of_whom_no_court_spoke_is_charged_at_most_whoever_else_was_convicted(cases: Desk) -> None:
    case = cases.drafted()
    for number, name in ((2, "Nils Untried"), (3, "Ivo Marenko")):
        case = cases.add(AUTHOR, case, "parties", {"name": name, "sort": "person", "roles": ["organiser"]})
        case = cases.add(AUTHOR, case, "claims", claim(subject_party=number, text=f"{name} did it."))
    assert [level(case, n) for n in (1, 2, 3)] == ["P3", "P1", "P3"]
    assert case["claims"][1]["proof"]["flags"] == ["never-tried"]


def test_two_of_three_acquitted_above_leave_no_group(cases: Desk) -> None:
    case = cases.accepted()
    assert case["group_proven"] and case["admitted"]
    cleared = [outcome(name, verdict="acquitted") for name in NAMES[1:]]
    case = cases.add(AUTHOR, case, "proceedings", appeal(follows=1, outcomes=[outcome(NAMES[0]), *cleared]))
    case = cases.finally_(AUTHOR, case, 2, "2025-10-02")
    assert level(case) == "P3" and not case["group_proven"]
    (item,) = [one for one in case["checklist"] if one["item"] == "1"]
    assert item["state"] == "not_met" and {one["code"] for one in item["why"]} >= {"few-persons"}


# --- a rise behind the reviewer ------------------------------------------------------------------------


def pending(cases: Desk) -> dict[str, Any]:
    """Accepted while an appeal against its judgment is open, with a decision of customs beside."""
    case = cases.drafted(final=False)
    filed = proceeding(appeal_filed="2025-03-20")
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=filed)
    fine = {"court": "Customs", "country": "xc", "stage": "administrative", "date": "2025-01-01"}
    case = cases.add(AUTHOR, case, "proceedings", {**fine, "outcomes": [outcome("X", verdict="liable")]})
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    case = cases.opened(AUTHOR, case)
    assert (case["state"], level(case), case["admitted"]) == ("accepted", "P2", False)
    return case


def test_nothing_is_proven_behind_the_reviewer(cases: Desk) -> None:
    """An appeal that overturns something else and convicts again raises nothing; that it is final does."""
    guilty = [outcome(name) for name in NAMES]
    case = cases.add(AUTHOR, pending(cases), "proceedings", appeal(overturns=2, follows=1, outcomes=guilty))
    assert case["state"] == "accepted" and level(case) == "P2"
    case = cases.finally_(AUTHOR, case, 3, "2025-10-02")
    assert level(case) == "P3" and case["state"] == "drafting"
    assert not case["admitted"] and reasons(case) == {"no-review"}


def test_a_proceeding_that_raises_a_level_at_once_takes_the_acceptance_back(cases: Desk) -> None:
    """What overturns an acquittal lowers nothing."""
    case = cases.drafted()
    cleared = [outcome(name, verdict="acquitted") for name in NAMES]
    case = cases.add(AUTHOR, case, "proceedings", appeal(follows=1, outcomes=cleared))
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    case = cases.opened(AUTHOR, case)
    assert (case["state"], level(case)) == ("accepted", "PX")
    top = proceeding(court="Cassation", stage="cassation", date="2025-12-01", overturns=2, outcomes=[])
    case = cases.add(AUTHOR, case, "proceedings", {**top, "appeal_deadline": ""})
    assert level(case) != "PX" and case["state"] == "drafting"


def test_that_a_judgment_is_final_may_be_confirmed_while_its_reviewer_reads(cases: Desk) -> None:
    case = cases.step(AUTHOR, cases.drafted(final=False), "complete")
    seen = cases.step(AUTHOR, case, "send", reviewer="XB")
    case = cases.finally_(AUTHOR, seen)
    assert case["state"] == "in_review" and level(case) == "P3"
    assert cases.decided(REVIEWER, seen).status == 409, "he decides on what he saw"
    assert cases.decided(REVIEWER, case).json["admitted"]


# --- what a clearance decides --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"personal_data": "named"},
        {"personal_data": "none", "personal_data_why": "The court forbids it."},
        {"access": "internal"},
        {"access": "public"},
        {"access": "public", "see": ["XB"]},
    ],
    ids=["named", "nobody named", "narrower", "wider", "wider and readers"],
)
def test_how_persons_are_called_and_for_whom_it_is_printed_is_cleared_again(
    cases: Desk, said: dict[str, Any]
) -> None:
    case = cleared(cases)
    case = cases.done(AUTHOR, "PUT", case, case={**case["case"], **said})
    assert case["state"] == "accepted" and case["admitted"], "the review holds, the clearance does not"
    assert "clear" in case["steps"]
    assert cases.step(SECOND, case, "clear")["state"] == "legal_clearance"


def test_who_reads_a_case_needs_no_new_clearance(cases: Desk) -> None:
    case = cleared(cases)
    case = cases.done(AUTHOR, "PUT", case, case={**case["case"], "see": ["XB", "XC"]})
    assert case["state"] == "legal_clearance" and case["admitted"]


@pytest.mark.parametrize("said", [{"personal_data": ""}, {"access": "public", "title": "Another"}])
def test_that_nothing_is_decided_or_the_text_is_another_takes_the_acceptance_back(
    cases: Desk, said: dict[str, Any]
) -> None:
    case = cleared(cases)
    case = cases.done(AUTHOR, "PUT", case, case={**case["case"], **said})
    assert case["state"] == "drafting" and not case["admitted"]


# --- since when a judgment is final --------------------------------------------------------------------


@pytest.mark.parametrize("on", ["2025-03-01", "2025-03-31", "2025-04-01"])
def test_a_judgment_is_not_final_while_one_could_still_appeal(cases: Desk, on: str) -> None:
    case = cases.drafted(final=False)
    refused = cases.act(AUTHOR, "POST", case, "/proceedings/1/final", final_on=on, why="It is clear.")
    assert refused.status == 422 and places(refused) == ["final_on"]
    assert level(cases.finally_(AUTHOR, case, on="2025-04-02")) == "P3"


def test_where_no_time_to_appeal_is_known_its_reason_is_given_kept_and_shown(cases: Desk) -> None:
    case = cases.drafted(final=False)
    bare = proceeding(appeal_deadline="", standard=BEFORE)
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=bare)
    for why in ("", "  "):
        refused = cases.act(AUTHOR, "POST", case, "/proceedings/1/final", final_on="2025-03-02", why=why)
        assert refused.status == 422 and places(refused) == ["why"]
    case = cases.finally_(AUTHOR, case, on="2025-03-02", why="Both sides waived their appeal.")
    assert level(case) == "P3"
    assert case["proceedings"][0]["final_why"] == "Both sides waived their appeal."


def test_evidence_that_cites_a_hash_still_checks_the_file_that_comes(cases: Desk) -> None:
    case = cases.add(AUTHOR, cases.drafted(), "evidence", evidence(sha256="b" * 64))
    path = f"/cases/{case['id']}/evidence/2/file?version={case['version']}"
    refused = cases.scene(AUTHOR, "PUT", path, raw=b"another text")
    assert refused.status == 422 and places(refused) == ["file"]
