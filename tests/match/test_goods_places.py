"""Places: codes and coordinates, with what is doubtful told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.places import read_locode, read_point

BOXES = [(-5.0, 33.0, 5.0, 42.0)]


@pytest.mark.parametrize("text", ["XCMBA", "xc mba", " XC-MBA "])
def test_a_code_of_a_place_is_read_in_any_writing(text: str) -> None:
    assert read_locode(text, "xc") == "XCMBA"


@pytest.mark.parametrize(
    ("text", "why"),
    [("XC0AB", "is no UN/LOCODE"), ("XCMB", "is no"), ("XBMBA", "is in XB, and the country is XC")],
)
def test_a_code_without_its_form_or_of_another_country_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_locode(text, "xc")


def test_a_place_without_a_point_is_fine() -> None:
    assert read_point("", " ") is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "north", "east"),
    [
        ("-4.0435", "39.6682", -4.0435, 39.6682),
        ("12,5", "13,25", 12.5, 13.25),
        ("12°30'N", "45°30'W", 12.5, -45.5),
        ("12°30'36\"S", "45°30'0\"E", -12.51, 45.5),
        ("4.5 S", "39.5 O", -4.5, -39.5),
    ],
)
def test_degrees_are_read_in_their_writings(latitude: str, longitude: str, north: float, east: float) -> None:
    point = read_point(latitude, longitude)
    assert point and (point.latitude, point.longitude) == (pytest.approx(north), pytest.approx(east))
    assert point.doubts == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "why"),
    [
        ("95", "3", "beyond 90 degrees: the two were swapped"),
        ("200", "1", "latitude beyond 90"),
        ("1.5", "181", "longitude beyond 180"),
        ("1.5", "", "is half a point"),
        ("here", "there", "is no coordinate"),
        ("12°70'N", "1", "60 minutes"),
        ("12 E", "1.5", "has E where N or S stands"),
    ],
)
def test_what_is_no_point_is_refused(latitude: str, longitude: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_point(latitude, longitude)


def test_nought_nought_and_whole_degrees_are_doubted() -> None:
    zero = read_point("0", "0")
    assert zero and "stands for none" in zero.doubts[0]
    whole = read_point("4", "39")
    assert whole and "whole degrees" in whole.doubts[0]


def test_a_swapped_point_is_told_where_the_country_is_known_and_is_not_moved() -> None:
    point = read_point("39.6682", "-4.0435", BOXES)
    assert point and point.latitude == 39.6682
    assert "the other way round they lie inside" in point.doubts[0]
    outside = read_point("50.25", "8.5", BOXES)
    assert outside and outside.doubts == ("lie outside the country that is named",)


def test_a_country_across_the_180th_meridian_has_an_inside() -> None:
    across = [(-20.0, 177.0, -12.0, -178.0)]
    for longitude in ("178.5", "-179.5"):
        point = read_point("-17.5", longitude, across)
        assert point and point.doubts == ()
    point = read_point("-17.5", "10.5", across)
    assert point and point.doubts


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_comes_back_as_it_was_written(north: float, east: float) -> None:
    point = read_point(f"{north:.6f}", f"{east:.6f}")
    assert point
    assert (point.latitude, point.longitude) == (round(north, 6), round(east, 6))
    assert point.within < 1


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_texts_are_a_point_none_or_a_reason(latitude: str, longitude: str) -> None:
    try:
        point = read_point(latitude, longitude)
    except ValueError as why:
        assert str(why)
    else:
        assert point is None or (abs(point.latitude) <= 90 and abs(point.longitude) <= 180)
