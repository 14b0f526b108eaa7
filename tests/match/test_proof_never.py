"""What no input can do: prove a claim without a final judgment, lift it by press, keep it when overturned."""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.proofs import DIGEST, TODAY, above, claim, final, outcome, paper

from entente.match.proof import (
    KINDS,
    STAGES,
    STANDARDS,
    VERDICTS,
    Claim,
    Evidence,
    Outcome,
    Proceeding,
    faults_of,
    level_of,
    suspected_false,
)
from entente.match.proof.proceedings import CONVICTING, JUDGING

MANY = settings(max_examples=3000 if os.environ.get("ENTENTE_PROOF") else 300, deadline=None)

days = st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1))
numbers = st.none() | st.integers(1, 4)
outcomes = st.builds(
    Outcome,
    st.sampled_from(["D1", "D2", "", "the group"]),
    st.sampled_from(["", "counterfeiting", "laundering"]),
    verdict=st.sampled_from(["", "overturned", *VERDICTS]),
    max_penalty_months=st.none() | st.integers(-5, 300),
)
proceedings = st.lists(
    st.builds(
        Proceeding,
        st.integers(1, 4),
        country=st.sampled_from(["xa", "XA", "xb", ""]),
        stage=st.sampled_from(["", "first_instance", "first_instance", "appeal", *STAGES]),
        date=days,
        outcomes=st.lists(outcomes, max_size=3).map(tuple),
        standard=st.sampled_from(["", "P3", "beyond_reasonable_doubt", *STANDARDS]),
        appeal_deadline=days,
        appeal_filed=st.none() | days,
        final_on=days,
        final_confirmed_by=st.sampled_from(["", " ", "an officer"]),
        final_why=st.sampled_from(["", " ", "no appeal lies"]),
        overturns=st.none() | numbers,
        reinstates=st.none() | numbers,
        follows=numbers,
        military=st.booleans(),
    ),
    max_size=4,
)
pieces = st.lists(
    st.builds(
        Evidence,
        st.sampled_from(["E1", "E2", "E3"]),
        st.sampled_from(["P3", "judgment", "judgment", *KINDS]),
        numbers,
        st.sampled_from(["", " ", "para 3", "p. 9"]),
        st.sampled_from(["", "P3", DIGEST, DIGEST.upper()]),
        grade=st.sampled_from(["", "1A", "1E", "A5", "B2", "?"]),
        scheme=st.sampled_from(["", "3x5x2", "5x5x5", "4x4", "6x6"]),
        pages=st.sampled_from([0, 5, 20]),
        charge=st.sampled_from(["", "", "counterfeiting"]),
    ),
    max_size=3,
)
claims = st.builds(
    Claim,
    st.sampled_from(["D1", "D2", "the group", ""]),
    st.sampled_from(["finances", "P3"]),
    st.sampled_from(["pesticide", "D2"]),
    evidence=st.lists(st.sampled_from(["E1", "E2", "E3"]), max_size=3).map(tuple),
    grade=st.sampled_from(["", "", "1E", "B2"]),
    scheme=st.sampled_from(["", "3x5x2"]),
    persons=st.sampled_from([(), (), ("D1",), ("D1", "D2")]),
)


@MANY
@given(claims, pieces, proceedings)
def test_nothing_is_proven_without_a_final_conviction_with_a_place_in_a_stored_file(
    asserted: Claim, evidence: list[Evidence], told: list[Proceeding]
) -> None:
    level = level_of(asserted, evidence, told, TODAY)
    if not level.proven:
        return
    carrying = [
        e
        for e in evidence
        if e.id in asserted.evidence
        and e.kind in ("judgment", "intercept_in_judgment")
        and e.pinpoint.strip()
        and e.hash == DIGEST
        and not suspected_false(e.scheme, e.grade)
        and not (e.pinpoint == "p. 9" and e.pages == 5)
    ]
    convicting = [
        p
        for p in told
        if p.number in {e.proceeding for e in carrying}
        and p.stage in JUDGING
        and p.date is not None
        and p.date <= TODAY
        and {o.verdict for o in p.outcomes} & CONVICTING
    ]
    assert convicting
    tried = {o.defendant for p in told for o in p.outcomes}
    assert set(asserted.persons) <= tried
    last = [
        p
        for p in told
        if p.number in level.proceedings
        and p.final_on is not None
        and p.final_on <= TODAY
        and p.final_confirmed_by.strip()
        and p.appeal_filed is None
        and (p.appeal_deadline is None or p.appeal_deadline < min(TODAY, p.final_on))
        and (p.appeal_deadline is not None or p.final_why.strip())
    ]
    assert last


def drawn_final() -> st.SearchStrategy[list[Proceeding]]:
    """Chains that often are final, so that what takes finality away is tried on something."""
    first = st.builds(
        final, outcomes=st.sampled_from([(outcome(),), (outcome("plea"),), (outcome(), outcome())])
    )
    upheld = st.just([above(2, 2024, "upheld", follows=1)])
    back = st.just([above(2, 2024, overturns=1), above(3, 2025, stage="cassation", reinstates=1)])
    return st.tuples(first, st.just([]) | upheld | back).map(lambda both: [both[0], *both[1]])


@MANY
@given(drawn_final(), st.integers(0, 300), st.booleans(), days)
def test_overturning_always_takes_the_proof_away(
    chain: list[Proceeding], after: int, dated: bool, finality: date | None
) -> None:
    level = level_of(claim(), [paper()], chain, TODAY)
    assert level.proven
    day = date(2025, 6, 1) + timedelta(after)
    over = Proceeding(9, stage="constitutional", country="xb", date=day if dated else None, final_on=finality)
    for number in level.proceedings:
        assert not level_of(claim(), [paper()], [*chain, replace(over, overturns=number)], TODAY).proven


@MANY
@given(claims, pieces, proceedings, st.sampled_from(["press", "academic", "statement"]), numbers)
def test_press_changes_no_level(
    asserted: Claim, evidence: list[Evidence], told: list[Proceeding], kind: str, number: int | None
) -> None:
    before = level_of(asserted, evidence, told, TODAY)
    press = paper("E9", number, kind=kind)
    after = level_of(replace(asserted, evidence=(*asserted.evidence, "E9")), [*evidence, press], told, TODAY)
    assert after.code == before.code
    assert after.proceedings == before.proceedings or before.code == "P0"


@MANY
@given(claims, pieces, proceedings)
def test_the_order_in_which_it_is_written_down_changes_nothing(
    asserted: Claim, evidence: list[Evidence], told: list[Proceeding]
) -> None:
    told = list({p.number: p for p in told}.values())
    turned = list(reversed(told))
    assert level_of(asserted, evidence, turned, TODAY).code == level_of(asserted, evidence, told, TODAY).code


@pytest.mark.parametrize("days_on", [0, 1, 400])
def test_time_alone_proves_nothing(days_on: int) -> None:
    told = [final(appeal_deadline=TODAY, final_on=None)]
    assert level_of(claim(), [paper()], told, TODAY + timedelta(days_on)).code == "P2"


def test_all_faults_of_proceedings_are_told_at_once() -> None:
    wrong = Proceeding(
        1,
        stage="verdict",
        standard="certainty",
        date=TODAY + timedelta(1),
        outcomes=(Outcome("", verdict="hanged", max_penalty_months=-1),),
        final_on=TODAY,
        follows=1,
        overturns=7,
    )
    assert {fault.where for fault in faults_of([wrong, Proceeding(1)], TODAY)} == {
        "/proceedings/0/number",
        "/proceedings/1/number",
        "/proceedings/0/stage",
        "/proceedings/0/standard",
        "/proceedings/0/date",
        "/proceedings/0/final_on",
        "/proceedings/0/final_confirmed_by",
        "/proceedings/0/final_why",
        "/proceedings/0/overturns",
        "/proceedings/0/follows",
        "/proceedings/0/outcomes/0/defendant",
        "/proceedings/0/outcomes/0/verdict",
        "/proceedings/0/outcomes/0/max_penalty_months",
    }
    assert faults_of([final(), above(2, 2024, "upheld", follows=1)], TODAY) == []
