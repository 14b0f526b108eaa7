"""A picture made ready to be read: 500 dpi, one finger in it, or refused with advice."""

from typing import NamedTuple

import cv2
import numpy as np

from entente.match.prints.minutiae import CELL, DPI
from entente.match.prints.sensing import Grey

LEAST, MOST, LARGEST = 64, 1500, 6000
"""Pixels at 500 dpi: less than 3 mm holds no print; what is worked through at most; what is looked at at all.
"""
LEAST_DPI, MOST_DPI = 250, 4000
PAD = CELL
PATCH = 8


class Unreadable(ValueError):
    """No print was read. `code` is INT-I's (118 image size, 501 insufficient quality, 502 missing
    fingerprint); `what` has no stop, for the code that follows it.
    """

    def __init__(self, code: str, what: str, do: str) -> None:
        super().__init__(f"{what}. {do}")
        self.code, self.what, self.do = code, what, do


class Framed(NamedTuple):
    """`image`: the part that is read, padded by `PAD` (and to whole cells). `left`, `top`: where it begins in
    the picture of `wide` by `high` pixels at 500 dpi; multiples of `CELL`. `across`, `down`: its size without
    the pad.
    """

    image: Grey
    left: int
    top: int
    across: int
    down: int
    wide: int
    high: int


def framed(image: Grey, dpi: int) -> Framed:
    """Raises Unreadable for a size or a resolution that no fingerprint has, and for an empty picture."""
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise Unreadable(
            "118",
            f"At {dpi} dpi no ridges can be told apart",
            f"Scan at {DPI} dpi ({LEAST_DPI} to {MOST_DPI} are read), and say the resolution in the file.",
        )
    high, wide = (round(side * DPI / dpi) for side in image.shape)
    if min(high, wide) < LEAST:
        raise Unreadable(
            "118",
            f"A picture of {wide} by {high} pixels at {DPI} dpi is smaller than a fingerprint",
            "Send the whole impression, at the resolution at which it was taken.",
        )
    if max(high, wide) > LARGEST:
        raise Unreadable(
            "118",
            f"A picture of {wide} by {high} pixels at {DPI} dpi is larger than a fingerprint card",
            "Cut out one finger, or say the right resolution.",
        )
    if dpi != DPI:
        way = cv2.INTER_AREA if dpi > DPI else cv2.INTER_CUBIC
        image = np.asarray(cv2.resize(image, (wide, high), interpolation=way), np.uint8)
    left, top, right, bottom = _used(image)
    if max(right - left, bottom - top) > MOST:
        raise Unreadable(
            "118",
            f"The print fills {right - left} by {bottom - top} pixels at {DPI} dpi: more than one finger",
            "Cut out one finger, or say the right resolution.",
        )
    part = image[top:bottom, left:right]
    down, across = part.shape
    edge = (PAD, PAD + -down % CELL, PAD, PAD + -across % CELL)
    padded = np.asarray(cv2.copyMakeBorder(part, *edge, cv2.BORDER_REPLICATE), np.uint8)
    return Framed(padded, left, top, across, down, wide, high)


def _used(image: Grey) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is not blank; all of a picture that is small enough."""
    high, wide = image.shape
    small = cv2.resize(image, (wide // PATCH, high // PATCH), interpolation=cv2.INTER_AREA).astype(np.float32)
    fine = cv2.resize(small, (wide, high), interpolation=cv2.INTER_NEAREST)
    off = cv2.absdiff(image.astype(np.float32), fine)
    rough = cv2.resize(off, small.shape[::-1], interpolation=cv2.INTER_AREA) > 4
    if rough.mean() * high * wide < LEAST * LEAST / 2:
        raise Unreadable(
            "502", "The picture is blank: there is no finger on it", "Take the impression again."
        )
    if max(high, wide) <= MOST:
        return 0, 0, wide, high
    used = cv2.morphologyEx(rough.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    rows, columns = np.flatnonzero(used.any(1)), np.flatnonzero(used.any(0))
    if not len(rows):
        return 0, 0, wide, high
    top, left = (max(0, int(n[0] - 2) * PATCH // CELL * CELL) for n in (rows, columns))
    bottom, right = int(rows[-1] + 3) * PATCH, int(columns[-1] + 3) * PATCH
    return left, top, min(right, wide), min(bottom, high)
