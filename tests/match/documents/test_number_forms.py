"""One number in its forms: national, and as a zone has it with fillers and a check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.documents.number_forms import FIELD, forms
from entente.match.mrz import check_digit

NUMBERS = st.text("0123456789ABCXYZ", min_size=4, max_size=20)


def found(text: str) -> dict[str, str]:
    return {form.number: form.how for form in forms(text)}


@pytest.mark.parametrize(
    ("written", "number", "how"),
    [
        ("L898902C3", "L898902C3", "written"),
        ("L 898 902-C3", "L898902C3", "written"),
        ("L898902C36", "L898902C3", "without-check-digit"),
        ("L898902C<3", "L898902C", "without-check-digit"),
        ("l898902c<3", "L898902C", "without-check-digit"),
        ("L898902C<4", "L898902C", "wrong-check-digit"),
        ("D23145890<XYZ5<<<<<", "D23145890XYZ", "without-check-digit"),
        ("L898902C3", "L898902C36", "with-check-digit"),
    ],
)
def test_a_number_is_read_in_the_form_of_a_zone_too(written: str, number: str, how: str) -> None:
    assert found(written)[number] == how


@given(NUMBERS)
def test_the_number_as_written_is_the_first_form(number: str) -> None:
    assert (forms(number)[0].number, forms(number)[0].how) == (number, "written")


@given(NUMBERS.filter(lambda n: len(n) <= FIELD))
def test_a_copied_field_gives_the_number_without_its_filler_and_check_digit(number: str) -> None:
    field = number.ljust(FIELD, "<")
    assert found(field + check_digit(field))[number] in ("written", "without-check-digit")


@given(NUMBERS.filter(lambda n: len(n) <= FIELD))
def test_a_number_kept_with_its_check_digit_is_asked_for_too(number: str) -> None:
    assert number + check_digit(number.ljust(FIELD, "<")) in found(number)


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert len(forms(text)) <= 3
    assert len(found(text)) == len(forms(text))


@pytest.mark.parametrize("text", ["", "A1", "<<<<", "9" * 41])
def test_what_names_nothing_has_no_form(text: str) -> None:
    assert forms(text) == ()
