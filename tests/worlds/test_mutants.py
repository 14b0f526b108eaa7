"""Every classical leak, switched on, is found: the two-world test is worth what it kills."""

import pytest

from worlds import (
    mutants_biometrics,
    mutants_cases,
    mutants_channels,
    mutants_files,
    mutants_papers,
    mutants_payments,
    mutants_rooms,
    mutants_rule,
    mutants_series,
    mutants_trends,
    story,
)
from worlds.directed import PLANS, SMALL
from worlds.mutants import MUTANTS
from worlds.pair import Leak, compare

assert mutants_channels and mutants_files and mutants_papers and mutants_rooms and mutants_rule
assert mutants_biometrics and mutants_payments and mutants_series
assert mutants_cases and mutants_trends


SOON = ("records", "files", "papers", "prints", "ringing", "casing", "counting")
"""Stories whose leaks are looked for in `make test`; those of the others in `make worlds`."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if how[2] in SOON else pytest.mark.wide) for name, how in MUTANTS.items()],
)
def test_the_leak_is_found(name: str) -> None:
    switched_on, plan, told = MUTANTS[name]
    with switched_on(), pytest.raises(Leak):
        compare((PLANS | SMALL)[plan], getattr(story, told))


@pytest.mark.wide
@pytest.mark.parametrize(("plan", "told"), sorted({how[1:] for how in MUTANTS.values() if how[1] in SMALL}))
def test_without_a_leak_nothing_is_found(plan: str, told: str) -> None:
    least = 10 if told == "counting" else 100  # which asks at one address alone
    assert compare(SMALL[plan], getattr(story, told)) > least


def test_there_are_mutants_of_all_sorts() -> None:
    assert len(MUTANTS) >= 100
