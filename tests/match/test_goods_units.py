"""Quantities as people write them."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.codes import UNITS
from entente.match.goods.readings import TwoReadings
from entente.match.goods.units import read_quantity, read_unit, units


@pytest.mark.parametrize(
    ("text", "unit", "value", "code"),
    [
        ("1200", "kg", "1200", "KGM"),
        ("1 200", "kg", "1200", "KGM"),
        ("1\u202f200,5 kg", "", "1200.5", "KGM"),
        ("1,200.5 kg", "", "1200.5", "KGM"),
        ("1.200,5 kg", "", "1200.5", "KGM"),
        ("1,234,567", "kg", "1234567", "KGM"),
        ("12,34,567.50", "kg", "1234567.50", "KGM"),
        ("1'435'600", "KGM", "1435600", "KGM"),
        ("0.125", "kg", "0.125", "KGM"),
        ("0,125", "kg", "0.125", "KGM"),
        ("12.5", "", "12.5", ""),
        ("25kg", "", "25", "KGM"),
        ("kg 25", "", "25", "KGM"),
        ("25 kilogramos", "", "25", "KGM"),
        ("25 kilogrammes", "KGM", "25", "KGM"),
        ("٢٥٫٥ كغ", "", "25.5", "KGM"),
        ("3", "حاوية", "3", "CH"),
        ("2 containers", "", "2", "CH"),
        ("40", "GRAMO", "40", "GRM"),
        ("1.2E+05", "tablets", "120000", "U2"),
        ("3 kg 250 g", "", "3.250", "KGM"),
        ("20 x 1,5 kg", "", "30.0", "KGM"),
        ("5 m3", "", "5", "MTQ"),
        ("5", "m²", "5", "MTK"),
        ("10000 USD", "", "10000", "USD"),
        ("141", "KG Equivalent", "141", "KGM"),
        ("7", "Number of specimens", "7", "C62"),
        ("0", "kg", "0", "KGM"),
    ],
)
def test_a_figure_and_its_unit_are_read(text: str, unit: str, value: str, code: str) -> None:
    read = read_quantity(text, unit)
    assert (read.value, read.unit) == (D(value), code)


@pytest.mark.parametrize("text", ["1,200", "1.200", "339.659", "12,345"])
def test_a_sign_that_may_part_thousands_or_decimals_is_asked(text: str) -> None:
    with pytest.raises(TwoReadings) as two:
        read_quantity(text, "kg")
    large, small = two.value.choices
    assert D(large) == D(small) * 1000
    assert large in str(two.value) and small in str(two.value)


def test_where_the_sign_before_decimals_is_known_nothing_is_asked() -> None:
    assert read_quantity("1,200", "kg", decimal=".").value == 1200
    assert read_quantity("1,200", "kg", decimal=",").value == D("1.2")
    assert read_quantity("339.659", "kg", decimal=".").value == D("339.659")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2-3 kg", "2", "3"),
        ("2 – 3 kg", "2", "3"),
        ("between 2 and 3 kg", "2", "3"),
        ("entre 2 et 3 kg", "2", "3"),
        ("2 a 3 kilos", "2", "3"),
        ("more than 5 kg", "5", None),
        ("plus de 5 kg", "5", None),
        ("más de 5 kg", "5", None),
        (">= 5 kg", "5", None),
        ("moins de 5 kg", None, "5"),
        ("menos de 5 kg", None, "5"),
        ("< 5 kg", None, "5"),
    ],
)
def test_a_range_is_kept_and_has_no_figure_to_add(text: str, low: str | None, high: str | None) -> None:
    read = read_quantity(text)
    assert read.value is None and read.unit == "KGM"
    assert (read.low, read.high) == (low and D(low), high and D(high))
    assert any("no sum" in note for note in read.notes)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("-5 kg", "", "is negative"),
        ("−5", "kg", "is negative"),
        ("n/a", "", "has no figure"),
        ("", "kg", "has no figure"),
        ("3-2 kg", "", "is no range"),
        ("5 kg", "g", "has two units, KGM and GRM"),
        ("1,200 tablets (30 kg)", "", "write one in a line"),
        ("3 kg 20 tablets", "", "holds two quantities"),
        ("1 2 3 4 5", "kg", "not parted by threes"),
        ("5..3", "", "not parted by threes"),
        ("1,2,3", "", "not parted by threes"),
        ("9" * 30, "", "digits"),
        ("1e99", "", "digits"),
        ("9" * 101, "", "more than 100 characters"),
        ("5 tons", "", "may be TNE or STN or LTN"),
        ("5", "gallons", "may be GLL or GLI"),
    ],
)
def test_what_is_no_quantity_of_one_meaning_is_refused_with_its_reason(
    text: str, unit: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        read_quantity(text, unit)


def test_a_unit_that_is_missing_or_unknown_is_kept_as_none_and_told() -> None:
    assert read_quantity("5").notes == ("no unit was said",)
    unknown = read_quantity("5 bultos")
    assert unknown.unit == "" and "bultos" in unknown.notes[0]


def test_a_figure_that_is_only_about_right_or_was_shortened_says_so() -> None:
    assert "about right" in read_quantity("about 5 kg").notes[0]
    assert "shortened" in read_quantity("1.2E+05 kg").notes[0]


def test_every_unit_of_the_list_has_a_size_and_reads_as_itself() -> None:
    assert set(units()) == set(UNITS)
    for code in UNITS:
        assert read_unit(code) == code
        assert bool(units()[code].dimension) == (units()[code].size > 0)


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from(["kg", "tablets", ""]))
def test_a_figure_with_two_decimals_comes_back_however_its_thousands_are_parted(value: D, unit: str) -> None:
    for written in (f"{value}", f"{value:,}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", "'")):
        assert read_quantity(written, unit).value == value
    continental = f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_quantity(continental, unit).value == value


@given(st.text(alphabet="0123456789.,' -eExkg²m()٣ab", max_size=30), st.sampled_from(["", "kg", "boxes"]))
def test_any_text_is_a_quantity_or_a_reason(text: str, unit: str) -> None:
    try:
        read = read_quantity(text, unit)
    except ValueError as why:
        assert str(why)
    else:
        assert read.value is None or (read.value.is_finite() and read.value >= 0)
        assert read.value is not None or read.low is not None or read.high is not None
