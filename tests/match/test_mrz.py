"""Machine readable zones against the vectors of ICAO Doc 9303."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match import mrz

VECTORS = Path(__file__).parents[3] / "shared/data/documents/mrz_vectors.json"


@pytest.fixture(scope="module")
def vectors():
    if not VECTORS.exists():
        pytest.skip("shared/data/documents/mrz_vectors.json is not here")
    return json.loads(VECTORS.read_text("utf-8"))


def zone(number="AB1234567", birth="710305", sex="M", expiry="300101", name="EXAMPLE<<IVAN") -> list[str]:
    """A TD3 zone with right check digits."""
    c = mrz.check_digit
    start = f"{number}{c(number)}UTO{birth}{c(birth)}{sex}{expiry}{c(expiry)}{'<' * 14}0"
    whole = start[0:10] + start[13:20] + start[21:43]
    return [f"P<UTO{name}".ljust(44, "<"), start + c(whole)]


def test_check_digits_are_those_of_the_standard(vectors):
    for field, digit in vectors["check_digit"]:
        assert mrz.check_digit(field) == digit


def test_every_specimen_is_read_without_a_remark(vectors):
    for form, zones in vectors["zones_ok"].items():
        for lines in zones:
            read = mrz.find("\n".join(lines))
            assert read is not None
            assert (read.form, read.wrong) == (form, ())


def test_a_zone_is_found_on_one_line_and_with_spaces(vectors):
    for zones in vectors["zones_ok"].values():
        for lines in zones:
            assert (
                mrz.find("".join(lines))
                == mrz.find("\n".join(lines))
                == mrz.find("\n".join(" ".join(x) for x in lines))
            )


def test_a_long_document_number_of_a_card_goes_on_in_the_optional_field():
    lines = [
        "I<UTOD23145890<XYZ5<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
        "EXAMPLE<<IVAN<<<<<<<<<<<<<<<<<",
    ]
    read = mrz.find("\n".join(lines))
    assert read is not None
    assert read.number == "D23145890XYZ"
    assert "number" not in read.wrong


def test_the_composite_of_a_long_number_counts_its_rest_in_the_optional_field():
    lines = [
        "I<UTOD23145890<XYZ5<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<0",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]
    read = mrz.find("\n".join(lines))
    assert read is not None
    assert (read.number, read.wrong) == ("D23145890XYZ", ())


@given(st.integers(0, 43), st.sampled_from("0123456789"))
def test_one_changed_digit_of_the_second_line_never_passes_all_checks(place, digit):
    lines = zone()
    second = lines[1]
    if not second[place].isdigit() or (int(second[place]) - int(digit)) % 10 == 0 or 28 <= place <= 41:
        return
    read = mrz.find("\n".join([lines[0], second[:place] + digit + second[place + 1 :]]))
    assert read is None or read.wrong


def test_an_unknown_day_of_birth_leaves_the_year():
    read = mrz.find("\n".join(zone(birth="71<<<<")))
    assert read is not None
    assert read.birth == "1971"


@given(st.text(alphabet="<P0A1\n ", max_size=140))
def test_nothing_pasted_makes_it_fail(text):
    mrz.find(text)
