"""Known deviations: a batch is known by its days of issue, its numbers, or both."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.documents.deviations import Deviation, known

MAY = date(2020, 5, 4)
BY_DAYS = Deviation(
    "wrong_check_digit", "number", issued_from=date(2020, 5, 1), issued_until=date(2020, 5, 31)
)
BY_RANGE = Deviation("wrong_check_digit", "number", ranges=(("L0000100", "L0000199"),))
BY_LIST = Deviation("wrong_data", "nationality", "DEU", numbers=frozenset({"X1", "X2"}))


def test_a_batch_by_days_includes_the_first_and_the_last_and_may_be_open():
    assert BY_DAYS.covers("A1", date(2020, 5, 1))
    assert BY_DAYS.covers("A1", date(2020, 5, 31))
    assert BY_DAYS.covers("A1", date(2020, 6, 1)) is False
    assert BY_DAYS.covers("A1", None) is None, "it may be one of them"
    assert Deviation("wrong_data", "sex", issued_from=MAY).covers("A1", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("number", "inside"),
    [
        ("L0000100", True),
        ("L0000150", True),
        ("L0000199", True),
        ("L0000200", False),
        ("L000150", False),
        ("M0000150", False),
        ("L00150", False),
        ("150", False),
        ("", False),
        ("LL", False),
        ("L" + "1" * 10**6, False),
    ],
)
def test_a_range_shares_its_letters_and_its_length(number, inside):
    assert BY_RANGE.covers(number, None) is inside


@pytest.mark.parametrize("ends", [("L2", "L1"), ("L1", "M2"), ("L1", "L10"), ("L", "M"), ("", "")])
def test_what_is_no_range_is_refused(ends):
    with pytest.raises(ValueError, match="no range"):
        Deviation("wrong_data", "sex", ranges=(ends,))


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_a_range_holds_what_counting_through_it_meets(first, last, number):
    low, high = sorted((first, last))
    deviation = Deviation("wrong_data", "sex", ranges=((f"A{low:04}", f"A{high:04}"),))
    assert deviation.covers(f"A{number:04}", None) is (number in range(low, high + 1))


def test_a_deviation_is_of_one_defect_one_field_and_what_stands_there():
    assert known([BY_LIST], "wrong_data", "nationality", "DEU", "X1") is BY_LIST
    assert known([BY_LIST], "wrong_data", "nationality", "132", "X1") is None
    assert known([BY_LIST], "wrong_data", "issuer", "DEU", "X1") is None
    assert known([BY_LIST], "wrong_check_digit", "nationality", "DEU", "X1") is None
    assert known([BY_LIST], "wrong_data", "nationality", "DEU", "X3") is None


def test_one_that_surely_covers_comes_before_one_that_may():
    found = known([BY_DAYS, BY_RANGE], "wrong_check_digit", "number", "5", "L0000150")
    assert found is BY_RANGE
    assert known([BY_DAYS, BY_RANGE], "wrong_check_digit", "number", "5", "L9") is BY_DAYS
