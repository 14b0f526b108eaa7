"""Whether a case stands in the casebook: the Palermo checklist, review abroad, objections, contradictions."""

from dataclasses import replace
from typing import Any

import pytest
from tests.match.proofs import TODAY, above, claim, convicted, final, outcome, paper

from entente.match.proof import (
    ITEMS,
    SENTENCES,
    Admission,
    Case,
    Check,
    Objection,
    Palermo,
    Proceeding,
    Review,
    admission,
    checklist,
)
from entente.match.proof.palermo import GROUP

THREE = tuple([outcome(defendant=f"D{n}") for n in (1, 2, 3)])


def ticked(*items: str, **more: Any) -> tuple[Check, ...]:
    return tuple(
        [Check(item, **({"state": "met", "evidence": ("E1",), "who": "an officer"} | more)) for item in items]
    )


def checked(*checks: Check, told: Proceeding | None = None) -> Palermo:
    return checklist(checks, [paper()], [told or final(outcomes=THREE)], TODAY)


def state(palermo: Palermo, item: str) -> str:
    return next(i.state for i in palermo.items if i.item == item)


def test_seven_items_in_a_final_judgment_prove_the_group_and_any_of_8_that_it_is_transnational() -> None:
    found = checked(*ticked(*GROUP, "8c"))
    assert found.ocg_proven and found.transnational and found.lacking == ()
    assert not checked(*ticked(*GROUP)).transnational
    assert not checked(*ticked("8a")).ocg_proven


@pytest.mark.parametrize("item", GROUP)
def test_an_item_that_nobody_ticked_is_unknown_and_unknown_is_not_met(item: str) -> None:
    found = checked(*ticked(*[i for i in GROUP if i != item]))
    assert state(found, item) == "unknown"
    assert not found.ocg_proven and found.lacking == (item,)


@pytest.mark.parametrize(
    "change",
    [{"evidence": ()}, {"evidence": ("E9",)}, {"who": " "}, {"state": "yes"}],
    ids=["no-evidence", "not-there", "nobody", "no-state"],
)
def test_a_tick_without_evidence_or_a_person_is_unknown(change: dict[str, Any]) -> None:
    assert state(checked(*ticked("3", **change)), "3") == "unknown"


def test_a_met_item_proves_nothing_before_the_judgment_is_final() -> None:
    found = checked(*ticked(*GROUP), told=convicted(outcomes=THREE))
    assert state(found, "2") == "met"
    assert not found.ocg_proven and found.lacking == GROUP


def test_two_convicted_persons_are_no_group_unless_the_judgment_finds_more_members() -> None:
    two = final(outcomes=THREE[:2])
    assert state(checked(*ticked("1"), told=two), "1") == "not_met"
    assert state(checked(*ticked("1", persons=2), told=two), "1") == "not_met"
    assert state(checked(*ticked("1", persons=5), told=two), "1") == "met"
    twice = final(outcomes=(*THREE[:2], outcome(defendant=" d1", charge="laundering")))
    assert state(checked(*ticked("1"), told=twice), "1") == "not_met"


@pytest.mark.parametrize("persons", [None, 4])
def test_who_is_acquitted_above_is_no_member_any_more(persons: int | None) -> None:
    """Two of three are cleared: one conviction is left, and the judgment found one more at most."""
    verdicts = ("guilty", "acquitted", "acquitted")
    heard = tuple([outcome(verdict, f"D{n}") for n, verdict in enumerate(verdicts, 1)])
    told = [final(outcomes=THREE), final(2, 2024, stage="appeal", follows=1, outcomes=heard)]
    found = checklist(ticked(*GROUP, "8c"), [paper()], told, TODAY)
    assert found.ocg_proven is False and found.lacking == ("1",) and state(found, "1") == "not_met"
    with_more = checklist(ticked(*GROUP, persons=persons), [paper()], told, TODAY)
    assert not with_more.ocg_proven
    with_five = checklist(ticked(*GROUP, persons=5), [paper()], told, TODAY)
    assert with_five.ocg_proven


def test_a_charge_that_fell_above_makes_no_crime_serious() -> None:
    both = tuple([outcome(defendant=f"D{n}", charge="fraud", months=36) for n in (1, 2, 3)])
    grave = outcome(charge="laundering", months=120)
    told = [
        final(outcomes=(*both, grave)),
        final(2, 2024, stage="appeal", follows=1, outcomes=(outcome("acquitted", charge="laundering"),)),
    ]
    cited = paper(charge="fraud")
    assert state(checklist(ticked("6"), [cited], told[:1], TODAY), "6") == "met"
    assert state(checklist(ticked("6"), [cited], told, TODAY), "6") == "not_met"


def test_convictions_that_are_not_final_prove_no_group_beside_one_that_is() -> None:
    told = [
        final(outcomes=THREE[:1]),
        convicted(2, outcomes=THREE, country="xc"),
    ]
    checks = ticked(*GROUP, evidence=("E1", "E2"))
    found = checklist(checks, [paper(), paper("E2", 2)], told, TODAY)
    assert state(found, "1") == "met" and found.lacking == ("1",)


@pytest.mark.parametrize(
    ("months", "convention", "state_of_6"),
    [
        (47, False, "not_met"),
        (36, True, "met"),
        (48, False, "met"),
        (None, False, "unknown"),
        (None, True, "met"),
    ],
)
def test_a_maximum_under_four_years_is_no_serious_crime_whatever_is_ticked(
    months: int | None, convention: bool, state_of_6: str
) -> None:
    told = final(outcomes=(outcome(months=months, convention_offence=convention),))
    assert state(checked(*ticked("6"), told=told), "6") == state_of_6


def case(**more: Any) -> Case:
    facts: dict[str, Any] = {
        "bureau": "XB",
        "country": "xb",
        "claims": (claim(),),
        "evidence": (paper(),),
        "proceedings": (final(outcomes=THREE),),
        "checks": ticked(*GROUP),
        "reviews": (Review("XC", "xc", accepted=True),),
    }
    return Case(**(facts | more))


def reasons(found: Admission) -> set[tuple[str, str]]:
    return {(reason.code, reason.where) for reason in found.reasons}


def test_a_case_that_is_proven_reviewed_abroad_and_unopposed_is_admitted() -> None:
    found = admission(case(), TODAY)
    assert found.admitted and found.reasons == () and found.carried_by == ("C1",)


def test_a_deny_beside_an_assertion_blocks_until_a_text_resolves_it() -> None:
    denial = claim(id="C2", polarity="contradicts")
    assert reasons(admission(case(claims=(claim(), denial)), TODAY)) == {("contradiction", "claims/C1")}
    resolved = replace(denial, resolution="The second witness took his word back, para 41.")
    assert admission(case(claims=(claim(), resolved)), TODAY).admitted
    assert reasons(admission(case(claims=(denial,)), TODAY)) == {("no-final-claim", "claims")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"claims": ()}, {("no-claim", "claims")}, id="no-claim"),
        pytest.param(
            {"reviews": (Review("XC", "xc", accepted=True, rejected=("C1",)),)},
            {("rejected-claim", "claims/C1")},
            id="claim-rejected",
        ),
        pytest.param({"reviews": ()}, {("no-review", "reviews")}, id="no-review"),
        pytest.param(
            {"reviews": (Review("XC", "xc"),)},
            {("review-not-accepted", "reviews/XC"), ("no-review", "reviews")},
            id="not-accepted",
        ),
        pytest.param(
            {"reviews": (Review("XB", "xc", accepted=True),)},
            {("review-same-bureau", "reviews/XB"), ("no-review", "reviews")},
            id="same-bureau",
        ),
        pytest.param(
            {"reviews": (Review("XBC", "XB", accepted=True),)},
            {("review-same-country", "reviews/XBC"), ("no-review", "reviews")},
            id="same-country",
        ),
        pytest.param(
            {"reviews": (Review("XCP", "xc", accepted=True, private=True),)},
            {("review-private", "reviews/XCP"), ("no-review", "reviews")},
            id="company",
        ),
        pytest.param(
            {"objections": (Objection("XD", claim="C1"), Objection("XE", open=False))},
            {("objection-open", "claims/C1")},
            id="objection",
        ),
        pytest.param({"checks": ticked(*GROUP[1:])}, {("group-unproven", "palermo/1")}, id="group-unproven"),
    ],
)
def test_each_thing_that_lacks_is_told_with_its_place(
    change: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    found = admission(case(**change), TODAY)
    assert not found.admitted
    assert reasons(found) == expected


def test_a_final_judgment_of_unsaid_standard_is_not_to_the_criminal_one() -> None:
    found = admission(case(proceedings=(final(outcomes=THREE, standard=""),)), TODAY)
    assert reasons(found) == {("not-criminal", "claims/C1")}


def test_evidence_suspected_false_keeps_the_case_out_although_another_piece_proves_it() -> None:
    false = paper("E2", None, kind="statement", scheme="3x5x2", grade="2E")
    found = admission(case(evidence=(paper(), false), claims=(claim("E1", "E2"),)), TODAY)
    assert reasons(found) == {("published-suspected-false", "claims/C1")}


def test_overturning_the_judgment_takes_the_case_out_by_itself() -> None:
    over = (final(outcomes=THREE), above(2, 2025, overturns=1))
    found = admission(case(proceedings=over), TODAY)
    assert not found.admitted
    assert ("no-final-claim", "claims") in reasons(found)
    assert dict(found.levels)["C1"].code == "PX"


def test_every_reason_can_be_read_as_a_sentence() -> None:
    found = admission(
        Case(
            "XB",
            "xb",
            reviews=(Review("XB", "xb"), Review("XD", "")),
        ),
        TODAY,
    )
    assert all(reason.text for reason in found.reasons)
    assert set(ITEMS) > set(GROUP)
    assert all(text.endswith((".", ": unknown.")) for text in SENTENCES.values())
