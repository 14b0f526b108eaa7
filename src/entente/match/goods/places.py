"""Places of seizures: codes of UN/LOCODE and coordinates, with what is doubtful told and nothing moved."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LOCODE = re.compile(r"([A-Z]{2})[ -]?([A-Z2-9]{3})")
_DEGREES = re.compile(
    r"(?P<sign>[+-])?(?P<d>\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['′]\s*)?"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|'')\s*)?(?P<side>[NSEWO])?",
    re.IGNORECASE,
)
Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees; west is more than east across the 180th meridian."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east; `within`: metres of the last decimal that was written; `doubts` in words that
    read after the coordinates."""

    latitude: float
    longitude: float
    within: float
    doubts: tuple[str, ...] = ()


def read_locode(text: str, country: str = "") -> str:
    """Five signs of UN/LOCODE ("XC MBA" is XCMBA). Raises ValueError where it has not the form, or is in
    another country than said; whether there is such a place is not known here."""
    found = _LOCODE.fullmatch(text.strip().upper())
    if not found:
        raise ValueError("is no UN/LOCODE: two letters of the country, three of the place (no 0 or 1)")
    if country and country.upper() != found[1]:
        raise ValueError(f"is in {found[1]}, and the country is {country.upper()}")
    return found[1] + found[2]


def read_point(latitude: str, longitude: str, boxes: Sequence[Box] = ()) -> Point | None:
    """A point in decimal degrees, or in degrees, minutes and seconds; None where nothing was written.

    `boxes`: where the country that is named lies, if the caller knows: a point outside of them is doubted,
    and told when it would lie inside the other way round. The name of a place wins over its point. Raises
    ValueError for what is no point, or only one of two.
    """
    if not latitude.strip() and not longitude.strip():
        return None
    if not latitude.strip() or not longitude.strip():
        raise ValueError("is half a point: give latitude and longitude, or neither")
    (north, digits), (east, more) = _degrees(latitude, "NS"), _degrees(longitude, "EWO")
    within = 111_320.0 / 10 ** min(digits, more)
    if abs(north) > 90:
        if abs(east) <= 90 and abs(north) <= 180:
            raise ValueError("has a latitude beyond 90 degrees: the two were swapped")
        raise ValueError("has a latitude beyond 90 degrees")
    if abs(east) > 180:
        raise ValueError("has a longitude beyond 180 degrees")
    return Point(north, east, within, tuple(_doubts(north, east, digits, more, boxes)))


def _degrees(text: str, sides: str) -> tuple[float, int]:
    """(degrees, decimals written); of minutes and seconds as many decimals as they are worth."""
    found = _DEGREES.fullmatch(text.strip().replace("−", "-").replace("’", "'").replace("”", '"'))
    if not found:
        raise ValueError("is no coordinate: write degrees with decimals, such as -4.0435")
    side = (found["side"] or "").upper()
    if side and side not in sides:
        raise ValueError(f"has {side} where {' or '.join(sides[:2])} stands")
    parts = [float((found[name] or "0").replace(",", ".")) for name in ("d", "m", "s")]
    if parts[1] >= 60 or parts[2] >= 60:
        raise ValueError("has 60 minutes or seconds or more")
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    digits = len(found["d"].replace(",", ".").partition(".")[2]) + 2 * bool(found["m"]) + 2 * bool(found["s"])
    minus = (found["sign"] == "-") != (side in ("S", "W", "O") and side != "")
    return (-value if minus else value), digits


def _doubts(north: float, east: float, digits: int, more: int, boxes: Sequence[Box]) -> list[str]:
    doubts = []
    if north == 0 and east == 0:
        doubts.append("are 0, 0: a point in the sea that stands for none")
    elif not digits and not more:
        doubts.append("are whole degrees: a place within some 100 km")
    if boxes and not _inside(north, east, boxes):
        swapped = _inside(east, north, boxes) if abs(east) <= 90 else False
        doubts.append(
            "lie outside the country that is named; the other way round they lie inside"
            if swapped
            else "lie outside the country that is named"
        )
    return doubts


def _inside(north: float, east: float, boxes: Sequence[Box]) -> bool:
    return any(
        south <= north <= top and (west <= east <= right if west <= right else east >= west or east <= right)
        for south, west, top, right in boxes
    )
