"""Amounts are whole minor units: what a bank writes is read to the cent, and written back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.money.amounts import read_amount, write_amount
from entente.match.money.currencies import CURRENCIES


@given(st.integers(1, 10**18 - 1), st.sampled_from(sorted(CURRENCIES)))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    assert read_amount(write_amount(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1123.00", "EUR", 112300),
        ("1123", "EUR", 112300),
        ("10", "JPY", 10),
        ("1.5", "KWD", 1500),
        (" 0.01 ", "USD", 1),
    ],
)
def test_an_amount_is_read_in_the_decimals_of_its_currency(text: str, currency: str, minor: int) -> None:
    assert read_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("1.123", "EUR", "3 decimals, and EUR has 2"),
        ("10.50", "JPY", "2 decimals, and JPY has 0"),
        ("0", "EUR", "nought"),
        ("0.00", "EUR", "nought"),
        ("-5", "EUR", "negative"),
        ("4.12E+21", "EUR", "scientific"),
        ("1,123.00", "EUR", "no amount"),
        ("١٢", "EUR", "no amount"),
        ("", "EUR", "no amount"),
        ("5", "ZZZ", "no currency"),
        ("1" * 19, "JPY", "18 digits"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, currency: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_amount(text, currency)


def test_a_debt_is_written_with_its_sign() -> None:
    assert write_amount(-5, "EUR") == "-0.05"
    assert write_amount(-5, "JPY") == "-5"
