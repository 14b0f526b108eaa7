"""Amounts and times are whole numbers, or the payment is named: 1.5 must not become 1 in silence."""

from decimal import Decimal

import numpy as np
import pytest

from entente.match.taint import Payment, columns, make

GOOD = Payment("a", "b", 0, 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Payment("a", "b", 0, 1.5), "line 2: an amount of 1.5 is no whole number of minor units"),
        (Payment("a", "b", 0, 2.0), "line 2: an amount of 2.0 is no"),
        (Payment("a", "b", 0, True), "line 2: an amount of True is no"),
        (Payment("a", "b", 0, "5"), "line 2: an amount of '5' is no"),
        (Payment("a", "b", 0, Decimal(5)), "line 2: an amount of Decimal"),
        (Payment("a", "b", 0, None), "line 2: an amount of None is no"),
        (Payment("a", "b", 0, 5, received=1.5), "line 2: an amount of 1.5 is no"),
        (Payment("a", "b", "x", 1), "line 2: a time of 'x' is no whole number of seconds since 1970 UTC"),
        (Payment("a", "b", 1.5, 1), "line 2: a time of 1.5 is no"),
        (Payment("a", "b", 1.5, 1, line=77), "line 77: a time of 1.5 is no"),
        (Payment("a", "b", 2**63, 1), "line 2: a time of 9223372036854775808 is beyond 64 bits"),
    ],
)
def test_what_is_no_whole_number_is_named_by_its_line(wrong, told):
    with pytest.raises(ValueError, match=told):
        make([GOOD, wrong])


def test_numbers_of_numpy_are_whole_numbers_and_wei_keep_every_digit():
    made = make([Payment("a", "b", np.int64(3), np.int32(7)), Payment("b", "c", 4, 10**20 + 1)])
    assert (made.at.tolist(), made.amount.tolist()) == ([3, 4], [7, 10**20 + 1])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"amount": [5, 1.5]}, "an amount of 5.0 is no whole number"),
        ({"amount": [True, True]}, "an amount of True is no whole number"),
        ({"amount": np.array([10**20, 1.5], object)}, "payment 2: an amount of 1.5 is no whole number"),
        ({"at": ["x", "y"]}, "a time of x is no whole number"),
        ({"at": [0.5, 1]}, "a time of 0.5 is no whole number"),
    ],
)
def test_columns_of_other_numbers_are_refused(given, told):
    with pytest.raises(ValueError, match=told):
        columns(
            **{"accounts": ("a", "b"), "source": [0, 1], "target": [1, 0], "at": [0, 1], "amount": [1, 2]}
            | given
        )


def test_amounts_just_beyond_64_bits_stay_what_they_are():
    made = columns(accounts=("a", "b"), source=[0], target=[1], at=[0], amount=[2**63 + 5])
    assert made.amount.tolist() == [2**63 + 5]
