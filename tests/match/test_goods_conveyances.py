"""What carried goods, with check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso6346

from entente.match.goods.conveyances import KINDS, container_digit, parcel_digit, read_number

letters = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
digits = st.text(alphabet="0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("container", "CSQU 305438-3", "CSQU3054383"),  # the standard's own example
        ("vessel", "IMO 9074729", "9074729"),  # the IMO's own example
        ("parcel", "RR 473 124 829 GB", "RR473124829GB"),  # the UPU's own example
        ("vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042788"),
        ("mmsi", "366 123 456", "366123456"),
        ("plate", "ab-123-cd", "AB123CD"),
        ("aircraft", "N-123AB", "N123AB"),
        ("seal", "ml/0012345", "ML0012345"),
    ],
)
def test_a_number_is_kept_as_it_is_looked_up_and_is_not_doubted(kind: str, text: str, number: str) -> None:
    read = read_number(kind, text)
    assert (read.number, read.doubt) == (number, "")


@pytest.mark.parametrize(
    ("kind", "text", "doubt"),
    [
        ("container", "CSQU3054384", "has the check digit 4, and would have 3"),
        ("container", "CSQU305438", "lacks its check digit, which would be 3"),
        ("vessel", "9074728", "9 would"),
        ("parcel", "RR473124820GB", "would have 9"),
        ("parcel", "1Z999AA10123456784", "a courier's"),
        ("vin", "1M8GDM9A1KP042788", "does not fit"),
        ("vin", "WVWZZZ1JZ3W38675I", "has not the form"),
        ("mmsi", "123456789", "not that of a ship"),
    ],
)
def test_a_number_that_does_not_check_is_kept_with_its_doubt(kind: str, text: str, doubt: str) -> None:
    assert doubt in read_number(kind, text).doubt


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("container", "XYZ"),
        ("container", "CSQA3054383"),
        ("vessel", "12345"),
        ("mmsi", "12"),
        ("vin", "1M8"),
        ("plate", "--"),
        ("ship", "1"),
    ],
)
def test_what_cannot_be_such_a_number_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"^(is |has )"):
        read_number(kind, text)


@given(letters, digits)
def test_the_containers_check_digit_is_that_of_another_implementation(owner: str, serial: str) -> None:
    number = f"{owner}U{serial}"
    digit = container_digit(number)
    assert iso6346.calc_check_digit(number) == str(digit)
    assert read_number("container", f"{number}{digit}").doubt == ""
    assert read_number("container", f"{number}{(digit + 1) % 10}").doubt != ""


@given(st.text(alphabet="0123456789", min_size=8, max_size=8))
def test_a_parcels_check_digit_finds_every_single_wrong_digit_but_those_it_cannot(eight: str) -> None:
    total = sum(int(d) * w for d, w in zip(eight, (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    assert parcel_digit(eight) == {0: 5, 1: 0}.get(total % 11, 11 - total % 11)


@given(st.sampled_from(KINDS), st.text(max_size=45))
def test_any_text_is_a_number_or_a_reason(kind: str, text: str) -> None:
    try:
        assert read_number(kind, text).number
    except ValueError as why:
        assert str(why)
