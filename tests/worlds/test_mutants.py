"""Every classical leak, switched on, is found: the two-world test is worth what it kills."""

import pytest

from worlds import mutants_rooms, mutants_rule
from worlds.directed import PLANS
from worlds.mutants import MUTANTS
from worlds.pair import Leak, compare
from worlds.story import whole

assert mutants_rooms and mutants_rule


@pytest.mark.parametrize("name", MUTANTS)
def test_the_leak_is_found(name: str) -> None:
    switched_on, plan = MUTANTS[name]
    with switched_on(), pytest.raises(Leak):
        compare(PLANS[plan], whole)


def test_there_are_mutants_of_all_sorts() -> None:
    assert len(MUTANTS) >= 50
