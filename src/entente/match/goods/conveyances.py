"""What carried goods: numbers of containers, ships, vehicles, aircraft, parcels, seals; check digits.

A number whose check digit does not fit is kept with a doubt: the thing is gone, and nobody can look again.
"""

import re
from dataclasses import dataclass

from stdnum import imo

from entente.match.numbers import VIN, code, vin_checks, vin_must_check, vin_shaped

KINDS = ("container", "vessel", "mmsi", "plate", "vin", "aircraft", "parcel", "seal")
"""Sorts of numbers: of a vessel its IMO number, of a vehicle its plate or VIN, of an aircraft what it is
registered as."""
_CONTAINER = re.compile(r"([A-Z]{3}[UJZ])(\d{6})(\d)?")
_PARCEL = re.compile(r"([A-Z]{2})(\d{8})(\d)([A-Z]{2})")
_AIRCRAFT = re.compile(r"[A-Z0-9]{1,3}-?[A-Z0-9]{2,5}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [n for n in range(10, 39) if n % 11], strict=True))
"""What a letter counts: 10 and up, without multiples of 11 (ISO 6346)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is kept and looked up, and what is doubtful of it, in words that read after it."""

    number: str
    doubt: str = ""


def read_number(kind: str, text: str) -> Number:
    """A number of one of KINDS. Raises ValueError for what cannot be one."""
    if kind not in KINDS:
        raise ValueError(f"is none of: {', '.join(KINDS)}")
    number = code(text)
    if not number:
        raise ValueError("is empty")
    if len(number) > 40:
        raise ValueError("has more signs than any such number")
    return _READ[kind](number)


def container_digit(number: str) -> int:
    """The check digit of a container's ten first signs (ISO 6346, annex A)."""
    values = (_LETTERS.get(sign, int(sign) if sign.isdigit() else 0) for sign in number)
    return sum(value << place for place, value in enumerate(values)) % 11 % 10


def parcel_digit(eight: str) -> int:
    """The check digit of a postal item's eight digits (UPU S10)."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(eight, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(left, left)


def _container(number: str) -> Number:
    found = _CONTAINER.fullmatch(number)
    if not found:
        raise ValueError("is no container: four letters, the last U, J or Z, and seven digits (ISO 6346)")
    right = container_digit(number[:10])
    if found[3] is None:
        return Number(number, f"lacks its check digit, which would be {right}")
    fits = int(found[3]) == right
    return Number(number, "" if fits else f"has the check digit {found[3]}, and would have {right}")


def _vessel(number: str) -> Number:
    digits = number.removeprefix("IMO")
    if not re.fullmatch(r"\d{7}", digits):
        raise ValueError("is no IMO number: it has seven digits")
    fits = imo.is_valid(digits)
    return Number(
        digits,
        "" if fits else f"has a last digit that does not fit; {imo.calc_check_digit(digits[:6])} would",
    )


def _mmsi(number: str) -> Number:
    if not re.fullmatch(r"\d{9}", number):
        raise ValueError("is no MMSI: it has nine digits")
    return Number(number, "" if "2" <= number[0] <= "7" else "is not that of a ship")


def _vin(number: str) -> Number:
    if len(number) != VIN:
        raise ValueError(f"is no VIN: it has {VIN} signs (ISO 3779)")
    if not vin_shaped(number):
        return Number(number, "has not the form of a VIN: no I, O or Q, and four digits at the end")
    misfit = vin_must_check(number) and not vin_checks(number)
    return Number(number, "has a check digit that does not fit" if misfit else "")


def _parcel(number: str) -> Number:
    found = _PARCEL.fullmatch(number)
    if not found:
        return Number(number, "is none of the post's (UPU S10): a courier's, or misread")
    right = parcel_digit(found[2])
    return Number(
        number, "" if int(found[3]) == right else f"has the check digit {found[3]}, and would have {right}"
    )


def _aircraft(number: str) -> Number:
    if not _AIRCRAFT.fullmatch(number):
        raise ValueError("is no registration of an aircraft")
    return Number(number)


_READ = {
    "container": _container,
    "vessel": _vessel,
    "mmsi": _mmsi,
    "plate": Number,
    "vin": _vin,
    "aircraft": _aircraft,
    "parcel": _parcel,
    "seal": Number,
}
