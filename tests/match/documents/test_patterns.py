"""Patterns of document numbers: a small form that says what a regular expression would, and ends."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from entente.match import mrz
from entente.match.documents import patterns
from entente.match.documents.patterns import (
    CHECKS,
    Pattern,
    ShapeFault,
    fits,
    other_readings,
)

DUTCH = Pattern(
    "[NIDSARB]X{7}9", note="first letter: national, card, diplomatic, service, alien, refugee, business"
)


@pytest.mark.parametrize(
    ("shape", "number", "fit"),
    [
        ("A{2}9{7}", "AB1234567", True),
        ("A{2}9{7}", "ab 123-4567", True),
        ("A{2}9{7}", "AB123456", False),
        ("A{2}9{7}", "AB12345678", False),
        ("A{2}9{7}", "A01234567", False),
        ('"NL"9{3}', "NL123", True),
        ('"NL"9{3}', "NK123", False),
        ("[BCF-H0-3]9", "G1", True),
        ("[BCF-H0-3]9", "41", False),
        ("A{1,3}9{2,5}", "ABC12", True),
        ("A{1,3}9{2,5}", "ABCD12", False),
        ("X{1,3}9", "123", True),
        ("A 99-99", "A1234", True),
        ("9{0,2}A", "A", True),
        ("[NIDSARB]X{7}9", "SPECI2014", True),
        ("[NIDSARB]X{7}9", "XPECI2014", False),
    ],
)
def test_a_number_fits_what_its_shape_says(shape, number, fit):
    assert fits(Pattern(shape), number).whole is fit


@pytest.mark.parametrize(
    "shape",
    ["", "  ", "a", "(A|9)", "A*", "A+", ".", "A{3,1}", "A{99}", '"AB"{2}', '"', "[", "[]", "[Z-A]", "[A-9]",
     "9{25}", "A{20}9{20}", "<", " <", "A{,3}", "É", "٩", "A" * 10**6, '"nl"'],
)  # fmt: skip
def test_what_is_no_shape_is_refused_with_its_place(shape):
    with pytest.raises(ShapeFault) as fault:
        Pattern(shape)
    assert 0 <= fault.value.at <= 200
    assert fault.value.why


def test_a_check_rule_has_a_known_name():
    with pytest.raises(ValueError, match="no check rule"):
        Pattern("9", check="sha256")


ELEMENTS = st.tuples(
    st.sampled_from(["A", "9", "X", '"O"', '"0"', "[A-C1]"]), st.integers(0, 2), st.integers(1, 2)
)
AS_REGEX = {"A": "[A-Z]", "9": "[0-9]", "X": "[A-Z0-9]", '"O"': "O", '"0"': "0", "[A-C1]": "[A-C1]"}


@given(st.lists(ELEMENTS, min_size=1, max_size=4), st.text(alphabet="AO01IZ", max_size=7))
def test_it_says_what_a_regular_expression_says(row, number):
    shape = "".join(f"{kind}{{{least},{least + more}}}" for kind, least, more in row)
    regex = "".join(f"{AS_REGEX[kind]}{{{least},{least + more}}}" for kind, least, more in row)
    assert patterns.shaped(shape, number) == bool(re.fullmatch(regex, number))


def test_a_shape_that_would_ruin_a_regular_expression_answers():
    assert not patterns.shaped("X{0,2}" * 12, "0" * 24 + "-")
    assert not fits(Pattern("X{0,2}" * 12), "0" * 10**7).whole


# --- check rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("7-3-1", "L898902C36"),
        ("7-3-1", "5207273"),
        ("luhn", "79927398713"),
        ("luhn", "AB79927398713"),
        ("mod11", "0306406152"),
        ("mod11", "080442957X"),
        ("mod11-2", "07940"),
        ("mod11-10", "07945"),
        ("mod37-2", "G123489654321Y"),
        ("mod37-36", "A12425GABC1234002M"),
        ("mod97-10", "9999123456789012141490"),
        ("none", "ABC"),
    ],
)
def test_a_check_rule_holds_for_its_worked_example_and_sees_one_digit_changed(rule, number):
    assert CHECKS[rule](number)
    if rule != "none":
        at = next(i for i in range(len(number) // 2, len(number)) if number[i].isdigit())
        others = [number[:at] + d + number[at + 1 :] for d in "0123456789" if d != number[at]]
        assert not any(CHECKS[rule](other) for other in others)


@given(st.sampled_from(sorted(CHECKS)), st.text(alphabet="AZ019X", max_size=24))
def test_no_plain_number_makes_a_rule_fail(rule, number):
    assert CHECKS[rule](number) in (True, False)


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_luhn_and_7_3_1_hold_for_what_their_makers_make(number):
    assert CHECKS["luhn"](number + luhn.calc_check_digit(number))
    assert CHECKS["7-3-1"](number + mrz.check_digit(number))


# --- days of issue, other readings, browsing -------------------------------------------------------


def test_a_pattern_holds_for_days_of_issue():
    new = Pattern("9{9}", issued_from=date(2015, 1, 1), issued_until=date(2020, 12, 31))
    assert fits(new, "123456789", date(2015, 1, 1)).whole
    assert fits(new, "123456789", date(2020, 12, 31)).whole
    assert not fits(new, "123456789", date(2014, 12, 31)).whole
    assert fits(new, "123456789").time is None
    assert fits(new, "123456789").whole
    assert fits(Pattern("9"), "1").time is True


def test_letters_read_for_digits_are_told_apart_from_the_number_itself():
    pattern = Pattern("A{2}9{7}")
    assert not fits(pattern, "AB12O4S67").whole
    assert other_readings(pattern, "AB12O45I7") == ("AB1204517",)
    assert other_readings(pattern, "0B1234567") == ("OB1234567",)
    assert other_readings(Pattern("9{9}"), "AB1234567") == ()


@given(
    st.text(alphabet="O0I1A5", min_size=1, max_size=6), st.sampled_from(["A{2}9{1,4}", "X{1,6}", '"O"X{1,5}'])
)
def test_other_readings_are_all_that_trying_each_pair_finds(number, shape):
    ways = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
    every = {"".join(way) for way in product(*(ways.get(c, c) for c in number))} - {number}
    assert set(other_readings(Pattern(shape), number, 100)) == {r for r in every if patterns.shaped(shape, r)}


@given(st.text(max_size=60), st.text(alphabet='A9X"[]{},-0123', max_size=20))
def test_nothing_typed_makes_it_fail_otherwise(number, shape):
    try:
        pattern = Pattern(shape)
    except ShapeFault:
        return
    fits(pattern, number)
    other_readings(pattern, number)


@pytest.mark.parametrize("number", ["<" * 10**7, "O" * 24, "O0I1" * 6, "\x00", "\u202e" * 10**6, ""])
def test_hostile_numbers_are_bounded(number):
    pattern = Pattern("X{1,24}", check="mod97-10")
    fits(pattern, number)
    assert len(other_readings(pattern, number)) <= 8
