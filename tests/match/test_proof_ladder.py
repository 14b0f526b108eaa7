"""How far a claim is proven: each step of the ladder, and what keeps a claim from the next."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.match.proofs import DIGEST, TODAY, claim, convicted, final, outcome, paper

from entente.match.proof import KINDS, Evidence, Level, Proceeding, level_of


def level(*proceedings: Proceeding, evidence: Evidence | None = None, **more: Any) -> Level:
    return level_of(claim(**more), [evidence or paper()], proceedings, TODAY)


def codes(level: Level) -> set[str]:
    return {because.code for because in level.why}


def test_a_final_conviction_with_a_pinpoint_in_a_stored_file_is_p3_and_says_who_confirmed_it() -> None:
    found = level(final())
    assert found.code == "P3"
    assert found.proven and found.criminal
    assert found.rests_on == ("E1",) and found.proceedings == (1,)
    assert "Proceeding 1 is final since 2023-05-01; an officer confirmed it." in [b.text for b in found.why]


def test_a_claim_without_evidence_is_alleged_by_nobody() -> None:
    found = level_of(claim(), [], [final()], TODAY)
    assert (found.code, found.supported) == ("P0", False)


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("judgment", "intercept_in_judgment")])
def test_nothing_but_a_judgment_lifts_a_claim_beyond_charged(kind: str) -> None:
    found = level(final(), evidence=paper(kind=kind))
    assert found.code == ("P1" if kind == "indictment" else "P0")
    assert found.supported


def test_a_judgment_without_its_proceeding_proves_nothing() -> None:
    assert level(final(2), evidence=paper(proceeding=1)).code == "P0"
    assert level(final(), evidence=paper(proceeding=None)).code == "P0"


@pytest.mark.parametrize(
    ("stage", "code"), [("investigation", "P0"), ("charge", "P1"), ("trial", "P1"), ("unheard", "P1")]
)
def test_before_a_judgment_a_claim_is_charged_at_most(stage: str, code: str) -> None:
    assert level(final(stage=stage)).code == code


@pytest.mark.parametrize(
    ("change", "because"),
    [
        pytest.param({"final_confirmed_by": " "}, "no-finality", id="nobody"),
        pytest.param({"final_on": None}, "no-finality", id="no-day"),
        pytest.param({"final_on": TODAY + timedelta(1)}, "finality-ahead", id="to-come"),
        pytest.param({"final_on": date(2023, 2, 28)}, "finality-before", id="before-the-judgment"),
        pytest.param({"appeal_filed": date(2023, 3, 9)}, "appeal-open", id="appeal-filed"),
        pytest.param({"appeal_deadline": TODAY}, "time-runs", id="last-day"),
        pytest.param({"appeal_deadline": date(2023, 5, 1)}, "finality-early", id="within-the-time"),
        pytest.param({"final_why": " "}, "finality-unexplained", id="no-time-and-no-reason"),
        pytest.param({"outcomes": (outcome("in_absentia"),)}, "in-absentia", id="in-absentia"),
    ],
)
def test_a_conviction_stays_p2_until_it_is_final(change: dict[str, Any], because: str) -> None:
    found = level(final(**change))
    assert found.code == "P2"
    assert because in codes(found)


def test_a_deadline_that_passes_makes_nothing_final_until_a_person_confirms() -> None:
    open_ = convicted(appeal_deadline=date(2023, 4, 1))
    assert level(open_).code == "P2"
    assert "not-confirmed" in codes(level(open_))
    assert level(final(appeal_deadline=date(2023, 4, 1))).code == "P3"


@pytest.mark.parametrize(
    ("change", "because"),
    [
        pytest.param({"pinpoint": " "}, "no-pinpoint", id="no-pinpoint"),
        pytest.param({"pinpoint": "p. 13", "pages": 12}, "outside-the-document", id="outside"),
        pytest.param({"pinpoint": "pages 3-13", "pages": 12}, "outside-the-document", id="ends-outside"),
        pytest.param({"hash": ""}, "no-file", id="no-file"),
        pytest.param({"hash": DIGEST[:-1]}, "no-file", id="short-digest"),
        pytest.param({"hash": "", "cited": DIGEST}, "hash-alone", id="digest-that-was-typed"),
    ],
)
def test_a_final_judgment_is_not_proof_without_a_place_in_a_stored_file(
    change: dict[str, Any], because: str
) -> None:
    found = level(final(), evidence=paper(**change))
    assert found.code == "P2"
    assert because in codes(found)


def test_a_scan_without_text_is_flagged_and_a_military_court_too() -> None:
    found = level(final(military=True), evidence=paper(has_text=False))
    assert found.code == "P3"
    assert set(found.flags) == {"no-text", "military"}


def test_an_acquittal_and_a_dismissed_charge_are_px() -> None:
    for verdict in ("acquitted", "dismissed"):
        assert level(final(outcomes=(outcome(verdict),))).code == "PX"


def test_findings_and_settlements_are_pa_whatever_their_paper() -> None:
    finding = final(stage="administrative", outcomes=(outcome("liable"),))
    assert level(finding).code == "PA"
    assert level(finding, evidence=paper(kind="decision")).code == "PA"
    assert level(final(outcomes=(outcome("settled"),))).code == "PA"
    assert level(final(stage="civil", outcomes=())).code == "P0"


def test_a_conviction_to_a_lower_standard_is_a_finding() -> None:
    found = level(final(standard="balance_of_probabilities"))
    assert (found.code, found.criminal) == ("PA", False)
    assert level(final(standard="intimate_conviction")).criminal
    unsaid = level(final(standard=""))
    assert (unsaid.code, unsaid.criminal) == ("P3", False)


def test_a_final_plea_is_agreed_facts_and_an_open_one_is_not() -> None:
    assert level(final(outcomes=(outcome("plea"),))).code == "PR"
    assert level(convicted(outcomes=(outcome("plea"),))).code == "P2"


def test_a_person_who_was_tried_is_judged_by_his_own_outcome() -> None:
    judgment = final(outcomes=(outcome("guilty", "D1"), outcome("acquitted", "D2")))
    assert level(judgment, subject="d1 ").code == "P3"
    assert level(judgment, subject="D2").code == "PX"
    assert level(judgment, subject="the group").code == "P3"


def test_where_one_charge_convicts_and_another_clears_the_evidence_must_say_which() -> None:
    judgment = final(outcomes=(outcome("guilty"), outcome("acquitted", charge="forced labour")))
    found = level(judgment)
    assert (found.code, found.flags) == ("P1", ("mixed",))
    assert level(judgment, evidence=paper(charge="Counterfeiting")).code == "P3"
    assert level(judgment, evidence=paper(charge="forced labour")).code == "PX"
    assert level(judgment, evidence=paper(charge="theft")).code == "P1"


def test_an_acquittal_elsewhere_that_is_cited_too_is_flagged_beside_the_proof() -> None:
    cleared = final(2, country="xc", outcomes=(outcome("acquitted"),), follows=None)
    found = level_of(claim("E1", "E2"), [paper(), paper("E2", 2)], [final(), cleared], TODAY)
    assert (found.code, found.flags) == ("P3", ("cleared-elsewhere",))


@pytest.mark.parametrize(("scheme", "grade"), [("3x5x2", "1E"), ("5x5x5", "A5"), ("6x6", "A5"), ("", "A5")])
def test_what_is_suspected_false_supports_nothing(scheme: str, grade: str) -> None:
    found = level(final(), evidence=paper(scheme=scheme, grade=grade))
    assert (found.code, found.supported) == ("P0", False)
    assert level(final(), scheme=scheme, grade=grade).code == "P0"


def test_a_judgment_of_tomorrow_proves_nothing_today() -> None:
    assert level(final(date=TODAY + timedelta(1))).code == "P0"
    assert level(final(date=None)).code == "P0"


def test_a_person_without_an_outcome_of_his_own_is_charged_at_most() -> None:
    others = final(outcomes=(outcome(defendant="D2"), outcome(defendant="D3")))
    assert level(others, subject="D1").code == "P3", "a group rests on what its members did"
    found = level(others, subject="D1", persons=("D1",))
    assert found.code == "P1" and "never-tried" in codes(found) and found.flags == ("never-tried",)
    misspelt = final(outcomes=(outcome("acquitted", "Ivo Marenko", "laundering"), outcome(defendant="D2")))
    assert level(misspelt, subject="Ivo Marenco", persons=("Ivo Marenco",)).code == "P1"
    assert level(misspelt, subject="Ivo Marenko", persons=("Ivo Marenko",)).code == "PX"
    named = level(others, subject="D1", persons=("D1",), evidence=paper(defendant="D2"))
    assert named.code == "P1", "that the evidence names another one makes no outcome of his own"


def test_whom_a_person_is_linked_with_may_have_been_tried_apart_but_not_never() -> None:
    apart = final(2, outcomes=(outcome(defendant="D2"),), country="xc")
    said = {"subject": "D1", "object": "D2", "persons": ("D1", "D2")}
    assert level(final(), apart, **said).code == "P3"
    assert level(final(), **said).code == "P1"


def test_the_conviction_of_whom_he_is_linked_with_proves_nothing_of_one_who_was_acquitted() -> None:
    told = final(outcomes=(outcome("acquitted", "D1"), outcome(defendant="D2")))
    assert level(told, subject="D1", object="D2").code == "PX"
    assert level(told, subject="D2", object="D1").code == "P3"
