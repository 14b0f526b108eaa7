"""Claims: a level follows from evidence and proceedings, whatever is typed; no body has a field for it."""

import os
import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from fastapi import FastAPI

from entente.match import proof
from entente.rooms.reports import model as words
from entente.rooms.reports.cases import model as m
from rooms.cased import AUTHOR, BEFORE, DIGEST, REVIEWER, Desk, claim, evidence, level, outcome, proceeding
from rooms.scene import Scene, places

CALLS = 10_000 if os.environ.get("ENTENTE_PROOF") else 150
FORBIDDEN = ("proof", "proof_level", "proven", "admitted", "group_proven", "ocg_proven", "final_confirmed_by")


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


@pytest.fixture
def judged(cases: Desk) -> dict[str, Any]:
    """A case with a judgment that is not final yet, and one claim."""
    return cases.drafted(final=False)


def test_our_words_are_those_that_the_rules_know() -> None:
    assert set(m.EVIDENCE_KINDS) == set(proof.KINDS)
    assert set(m.STAGES) == set(proof.STAGES)
    assert set(m.VERDICTS) == set(proof.VERDICTS)
    assert set(m.STANDARDS) == set(proof.STANDARDS)
    assert set(m.SCHEMES) == set(proof.SCHEMES)
    assert set(words.LINK_TYPES) == set(proof.LINK_TYPES)
    assert list(m.ITEMS) == list(proof.ITEMS)
    assert set(get_args(m.ClaimForm.model_fields["polarity"].annotation)) == set(proof.POLARITIES)


def test_a_claim_climbs_with_its_proceeding(cases: Desk) -> None:
    case = cases.proposed()
    case = cases.add(AUTHOR, case, "parties", {"name": "A group", "sort": "group"})
    case = cases.add(AUTHOR, case, "claims", claim(evidence=[]))
    assert case["claims"][0]["draft"] and level(case) == "P0"
    case = cases.add(AUTHOR, case, "evidence", evidence(kind="press", proceeding=None))
    case = cases.done(AUTHOR, "PUT", case, "/claims/1", claim=claim())
    assert not case["claims"][0]["draft"] and level(case) == "P0"
    charge = proceeding(stage="charge", outcomes=[outcome("Ivo Marenko", verdict="")], appeal_deadline="")
    case = cases.add(AUTHOR, case, "proceedings", charge)
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(kind="indictment"))
    assert level(case) == "P1"
    case = cases.add(AUTHOR, case, "proceedings", proceeding(appeal_deadline="2026-02-01"))
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(proceeding=2))
    case = cases.attached(AUTHOR, case)
    assert level(case) == "P2"
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/2", proceeding=proceeding())
    assert level(case) == "P2"  # the time has passed, and nobody has confirmed it
    assert level(cases.finally_(AUTHOR, case, 2)) == "P3"


@pytest.mark.parametrize(
    ("wrong", "reached"),
    [
        ({"pinpoint": ""}, "P2"),
        ({"kind": "press"}, "P0"),
        ({"grade": "B5", "scheme": "5x5x5"}, "P0"),
        ({"proceeding": None}, "P0"),
    ],
    ids=["no pinpoint", "press", "suspected false", "no proceeding"],
)
def test_what_evidence_lacks_keeps_a_final_judgment_from_lifting_a_claim(
    cases: Desk, wrong: dict[str, Any], reached: str
) -> None:
    case = cases.drafted()
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(**wrong))
    assert level(case) == reached


def test_agreed_facts_and_administrative_findings_have_levels_of_their_own(cases: Desk) -> None:
    case = cases.drafted()
    pleas = [outcome(name, verdict="plea") for name in ("Ivo Marenko", "Sela Dorn", "Tam Orrel")]
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=proceeding(outcomes=pleas))
    assert level(cases.finally_(AUTHOR, case)) == "PR"
    liable = proceeding(stage="administrative", outcomes=[outcome("A company", verdict="liable")])
    case = cases.add(AUTHOR, cases.opened(AUTHOR, case), "proceedings", liable)
    case = cases.done(AUTHOR, "PUT", case, "/evidence/1", evidence=evidence(kind="decision", proceeding=2))
    assert level(case) == "PA"


def test_a_conviction_in_absentia_or_by_a_military_court_is_flagged(cases: Desk) -> None:
    case = cases.drafted()
    absent = proceeding(outcomes=[outcome("Ivo Marenko", verdict="in_absentia")], military=True)
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=absent)
    case = cases.finally_(AUTHOR, case)
    assert level(case) == "P2"
    assert {"in-absentia", "military"} <= set(case["claims"][0]["proof"]["flags"])


def test_a_change_of_a_proceeding_takes_its_finality_back(cases: Desk) -> None:
    case = cases.drafted()
    assert case["proceedings"][0]["confirmed_by"] == "Officer of XA"
    case = cases.done(AUTHOR, "PUT", case, "/proceedings/1", proceeding=proceeding(court="Another court"))
    assert case["proceedings"][0]["final_on"] == "" and level(case) == "P2"


def test_claims_that_contradict_each_other_are_kept_shown_and_block_the_acceptance(cases: Desk) -> None:
    case = cases.drafted()
    denied = claim(polarity="contradicts", text="The group laundered nothing.")
    case = cases.add(AUTHOR, case, "claims", denied)
    assert [one["against"] for one in case["claims"]] == [[2], [1]]
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    refused = cases.decided(REVIEWER, case)
    assert refused.status == 422 and set(places(refused)) == {"decisions"}
    asked = cases.decided(REVIEWER, case, "accept_with_change", "Say which of the two holds.")
    assert asked.json["state"] == "changes"
    resolved = claim(resolution="The appeal court found that money was laundered (para 45).")
    case = cases.done(AUTHOR, "PUT", cases.opened(AUTHOR, case), "/claims/1", claim=resolved)
    assert all(one["against"] == [] for one in case["claims"]) and len(case["claims"]) == 2
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).json["state"] == "accepted"


def test_numbers_of_lines_are_not_given_twice(cases: Desk) -> None:
    case = cases.add(AUTHOR, cases.drafted(), "parties", {"name": "Another"})
    case = cases.done(AUTHOR, "DELETE", case, "/parties/2")
    case = cases.add(AUTHOR, case, "parties", {"name": "A third"})
    assert [one["number"] for one in case["parties"]] == [1, 3]


# --- nobody types a level --------------------------------------------------------------------------------


def fields_of(schema: Any, every: dict[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every field that a body may have, however deep."""
    if isinstance(schema, list):
        for one in schema:
            yield from fields_of(one, every, seen)
    if not isinstance(schema, dict):
        return
    if name := schema.get("$ref", "").rpartition("/")[2]:
        if name not in seen:
            yield from fields_of(every[name], every, seen | {name})
        return
    yield from schema.get("properties", {})
    for key, inner in schema.items():
        if key not in ("examples", "default", "enum"):
            yield from fields_of(inner, every, seen)


def test_no_body_of_any_address_has_a_field_for_a_level(app: FastAPI) -> None:
    spec = app.openapi()
    every = spec["components"]["schemas"]
    looked = 0
    for path, methods in spec["paths"].items():
        for method, said in methods.items():
            for content in said.get("requestBody", {}).get("content", {}).values():
                looked += path.startswith("/api/v1/cases")
                found = set(fields_of(content.get("schema", {}), every))
                assert not found & set(FORBIDDEN), (method, path)
            words_of_query = {one["name"] for one in said.get("parameters", [])}
            if method != "get":
                assert not words_of_query & set(FORBIDDEN), (method, path)
    assert looked > 10


def _final(case: dict[str, Any], one: dict[str, Any]) -> bool:
    """The oracle: a conviction that a person has confirmed as final, cited with a pinpoint and kept."""
    papers = {e["number"]: e["evidence"] for e in case["evidence"]}
    kept = {e["number"] for e in case["evidence"] if e["file"] and e["file"]["sha256"] == DIGEST}
    courts = {p["number"]: p for p in case["proceedings"]}
    for number in one["claim"]["evidence"]:
        paper = papers[number]
        court = courts.get(paper["proceeding"])
        if not court or paper["kind"] not in ("judgment", "intercept_in_judgment"):
            continue
        if not (paper["pinpoint"].strip() and number in kept):
            continue
        verdicts = {o["verdict"] for o in court["proceeding"]["outcomes"]}
        confirmed = any(p["final_on"] and p["confirmed_by"] for p in courts.values())
        if verdicts & {"guilty", "plea"} and confirmed:
            return True
    return False


def test_no_call_sets_a_level_by_hand(cases: Desk, judged: dict[str, Any], scene: Scene) -> None:
    """Bodies with tempting fields, and forms filled at random: a claim at P3 or PR has what it needs."""
    dice = random.Random(10)
    case = judged
    for number in range(CALLS):
        case = _called(cases, case, dice, number)
        for one in case["claims"]:
            if one["proof"]["level"] in ("P3", "PR"):
                assert _final(case, one), (number, case)


def _called(cases: Desk, case: dict[str, Any], dice: random.Random, number: int) -> dict[str, Any]:
    """One call at random; returns the case as it stands after it."""
    part, form = dice.choice(
        [("claims", _claim(dice)), ("evidence", _evidence(dice)), ("proceedings", _proceeding(dice))]
    )
    one = {"claims": "claim", "evidence": "evidence", "proceedings": "proceeding"}[part]
    if dice.random() < 0.4:
        name = dice.choice([*FORBIDDEN, "level", "code", "final_on", "final", "state"])
        form[name] = dice.choice(["P3", "PR", True, "2025-04-02", 3])
        answer = cases.act(AUTHOR, "PUT", case, f"/{part}/1", **{one: form})
        assert answer.status == 422, (name, answer.text)
        return case
    if dice.random() < 0.2:
        on = dice.choice(["2025-04-02", "2024-01-01", "2030-01-01", "2026-01-15"])
        why = dice.choice(["", "Both sides waived their appeal."])
        answer = cases.act(AUTHOR, "POST", case, "/proceedings/1/final", final_on=on, why=why)
    elif dice.random() < 0.2 and len(case[part]) < 6:
        answer = cases.act(AUTHOR, "POST", case, f"/{part}", **{one: form})
    else:
        answer = cases.act(AUTHOR, "PUT", case, f"/{part}/1", **{one: form})
    assert answer.status in (200, 201, 422), (number, answer.text)
    if answer.status == 422:
        return case
    found: dict[str, Any] = answer.json["case"] if "number" in answer.json else answer.json
    return found


def _claim(dice: random.Random) -> dict[str, Any]:
    return claim(
        evidence=dice.choice([[], [1], [1]]),
        grade=dice.choice(["", "B2", "E5"]),
        scheme=dice.choice(["", "5x5x5", "6x6"]),
        polarity=dice.choice(["supports", "contradicts"]),
    )


def _evidence(dice: random.Random) -> dict[str, Any]:
    return evidence(
        kind=dice.choice(m.EVIDENCE_KINDS),
        proceeding=dice.choice([None, 1, 2, 9]),
        pinpoint=dice.choice(["", "p. 12", "p. 99", "para 4"]),
        sha256=dice.choice(["", DIGEST]),
        grade=dice.choice(["", "1A", "3E"]),
        scheme=dice.choice(["", "3x5x2"]),
    )


def _proceeding(dice: random.Random) -> dict[str, Any]:
    return proceeding(
        stage=dice.choice(m.STAGES),
        date=dice.choice(["", "2025-03-01", "2024-01-01", "2027-01-01"]),
        outcomes=[outcome("Ivo Marenko", verdict=dice.choice(["", *m.VERDICTS]))],
        standard=dice.choice(["", BEFORE, "balance_of_probabilities"]),
        appeal_deadline=dice.choice(["", "2025-04-01", "2026-03-01"]),
        appeal_filed=dice.choice(["", "", "2025-03-20"]),
        overturns=dice.choice([None, None, 1, 2]),
        reinstates=dice.choice([None, None, 1]),
    )
