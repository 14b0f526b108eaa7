"""What becomes of a judgment above: overturned, reinstated, tried again; the latest word wins."""

from dataclasses import replace

import pytest
from tests.match.proofs import TODAY, above, claim, convicted, final, outcome, paper

from entente.match.proof import Level, Proceeding, level_of


def level(*proceedings: Proceeding, cited: int = 1, kind: str = "judgment", subject: str = "D1") -> Level:
    return level_of(claim(subject=subject), [paper(proceeding=cited, kind=kind)], proceedings, TODAY)


def codes(level: Level) -> set[str]:
    return {because.code for because in level.why}


def test_an_appeal_that_leaves_it_standing_makes_it_final_when_it_is_final_itself() -> None:
    judgment = convicted()
    assert level(judgment, above(2, 2024, "upheld", follows=1)).code == "P3"
    assert level(judgment, above(2, 2024, "guilty", follows=1)).proceedings == (1, 2)
    assert level(judgment, above(2, 2024, "upheld", follows=1, final_on=None)).code == "P2"


def test_an_appeal_that_was_filed_is_answered_by_the_appeal() -> None:
    filed = convicted(appeal_filed=TODAY.replace(year=2023))
    assert level(filed).code == "P2"
    assert level(filed, above(2, 2024, "upheld", follows=1)).code == "P3"


def test_an_appeal_without_a_word_keeps_everything_open() -> None:
    assert level(final(), above(2, 2024, follows=1)).code == "P2"
    assert "appeal-heard" in codes(level(final(), above(2, 2024)))


def test_overturned_is_px_and_overturned_and_reinstated_is_what_it_was() -> None:
    judgment, appeal = final(), above(2, 2024, overturns=1)
    assert level(judgment, appeal).code == "PX"
    back = above(3, 2025, stage="cassation", reinstates=1)
    assert level(judgment, appeal, back).code == "P3"
    assert level(judgment, appeal, replace(back, final_confirmed_by="")).code == "P2"
    assert level(judgment, appeal, replace(back, date=None)).code == "PX"


def test_a_judgment_overturned_twice_is_px() -> None:
    twice = final(), above(2, 2023, overturns=1), above(3, 2024, reinstates=1), above(4, 2025, overturns=1)
    assert level(*twice).code == "PX"
    again = final(), above(2, 2024, overturns=1), above(3, 2025, "guilty", "retrial", follows=2)
    assert level(*again, above(4, 2026, overturns=3), cited=3).code == "PX"


def test_who_overturns_what_overturned_it_opens_it_again() -> None:
    found = level(final(), above(2, 2024, overturns=1), above(3, 2025, stage="cassation", overturns=2))
    assert found.code == "P2"
    assert "reopened" in codes(found)


def test_an_appeal_that_upheld_and_is_quashed_leaves_it_open() -> None:
    upheld = above(2, 2024, "upheld", follows=1)
    quashed = above(3, 2025, stage="cassation", overturns=2)
    assert level(convicted(), upheld).code == "P3"
    assert level(convicted(), upheld, quashed).code == "P2"
    assert level(convicted(), upheld, quashed, above(4, 2026, "upheld", follows=3)).code == "P3"


def test_a_reinstatement_that_is_overturned_is_none() -> None:
    chain = final(), above(2, 2023, overturns=1), above(3, 2024, reinstates=1), above(4, 2025, overturns=3)
    assert level(*chain).code == "PX"


def test_a_retrial_proves_what_cites_it_and_lifts_no_claim_on_the_old_judgment() -> None:
    chain = final(), above(2, 2024, overturns=1), above(3, 2025, "guilty", "retrial", follows=2)
    assert level(*chain, cited=3).code == "P3"
    old = level(*chain, cited=1)
    assert old.code == "P2"
    assert "convicted-again" in codes(old)
    acquitted = above(3, 2025, "acquitted", "retrial", follows=2)
    assert level(*chain[:2], acquitted, cited=1).code == "PX"
    assert level(*chain[:2], acquitted, cited=3).code == "PX"


@pytest.mark.parametrize("follows", [1, None], ids=["named", "not-named"])
def test_an_acquittal_above_counts_although_nobody_wrote_that_it_overturns(follows: int | None) -> None:
    found = level(final(), above(2, 2024, "acquitted", follows=follows))
    assert found.code == "PX"
    assert "cleared-later" in codes(found)


def test_an_acquittal_in_another_country_is_another_matter() -> None:
    assert level(final(), above(2, 2024, "acquitted", country="xc")).code == "P3"


def test_an_appeal_of_one_defendant_says_nothing_of_another() -> None:
    judgment = final(outcomes=(outcome(defendant="D1"), outcome(defendant="D2")))
    appeal = above(2, 2024, follows=1, outcomes=(outcome("acquitted", "D2"),))
    assert level(judgment, appeal).code == "P3"
    assert level(judgment, appeal, subject="D2").code == "PX"
    assert level(judgment, appeal, subject="the group").code == "P3"


def test_a_group_is_cleared_when_everybody_is() -> None:
    judgment = final(outcomes=(outcome(defendant="D1"), outcome(defendant="D2")))
    both = (outcome("acquitted", "D1"), outcome("acquitted", "D2"))
    assert level(judgment, above(2, 2024, follows=1, outcomes=both), subject="the group").code == "PX"


def test_an_acquittal_above_of_a_charge_nobody_knows_leaves_it_open() -> None:
    appeal = above(2, 2024, follows=1, outcomes=(outcome("acquitted", charge="count 4"),))
    found = level(final(), appeal)
    assert found.code == "P2"
    other = final(outcomes=(outcome(), outcome(charge="count 4")))
    evidence = paper(charge="counterfeiting")
    assert level_of(claim(), [evidence], [other, appeal], TODAY).code == "P3"


@pytest.mark.parametrize(
    "change",
    [{"overturns": 9}, {"follows": 9}, {"reinstates": 1}, {"follows": 2}, {"follows": 3}],
    ids=["not-there", "follows-none", "itself", "later", "later-too"],
)
def test_a_chain_that_cannot_be_followed_is_never_final(change: dict[str, int]) -> None:
    first = replace(final(), **change)  # type: ignore[arg-type]
    found = level(first, above(2, 2024, "upheld", follows=1), above(3, 2025, "upheld", follows=1))
    assert found.code == "P2"
    assert "broken-chain" in codes(found)


def test_two_proceedings_of_one_number_are_never_final() -> None:
    assert level(final(), final(1, 2024)).code == "P2"


def test_a_charge_is_judged_by_what_became_of_it() -> None:
    charge = final(stage="charge", outcomes=())
    assert level(charge, kind="indictment").code == "P1"
    found = level(charge, above(2, 2024, "guilty", "first_instance", follows=1), kind="indictment")
    assert found.code == "P1"
    assert "judged-since" in codes(found)
    cleared = above(2, 2024, "acquitted", "first_instance")
    assert level(charge, cleared, kind="indictment").code == "PX"


def test_a_later_conviction_in_person_heals_one_in_absentia() -> None:
    absent = final(outcomes=(outcome("in_absentia"),))
    assert level(absent).code == "P2"
    assert level(absent, above(2, 2024, "guilty", follows=1)).code == "P3"


def test_an_acquittal_above_is_undone_by_who_reinstates_the_judgment() -> None:
    appeal = above(2, 2024, "acquitted", follows=1)
    assert level(final(), appeal).code == "PX"
    assert level(final(), appeal, above(3, 2025, stage="cassation", reinstates=1)).code == "P3"


def test_another_trial_that_goes_on_from_the_same_charge_keeps_nothing_open() -> None:
    charge = final(3, 2022, stage="charge", outcomes=())
    other = convicted(2, 2024, outcomes=())
    assert level(final(), charge, other).code == "P3"
