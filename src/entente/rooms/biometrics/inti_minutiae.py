"""Type-9 minutiae and our prints: the block of ANSI INCITS 378-2004 (9.126 to 9.150), which means by x, y,
direction and kind what ISO/IEC 19794-2 means, at a resolution that it says."""

import numpy as np
from numpy.typing import NDArray

from entente.core.problems import Faulty
from entente.match.prints.minutiae import DPI, Print
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.inti_records import Minutia, Minutiae, area_of
from entente.web.language import N_

MOST = 255
LEAST_DPI, MOST_DPI = 90, 4000
NOT_SAID = (254, 255)
"""Qualities: no attempt to assess, failed to assess."""
IMPRESSIONS = {2: 0, 3: 1, 5: 4, 6: 4, 7: 4, 20: 0, 21: 1, 22: 0, 23: 1, 24: 0, 25: 1, 26: 0, 27: 1}
"""Impression codes of ANSI/NIST-ITL 1-2011, table 7, that have one of fewer words."""


def impression_of(code: str) -> int:
    """0 plain, 1 rolled, 4 latent, 8 swiped; plain where it is not known."""
    number = int(code or 0)
    return number if number in (0, 1, 4, 8) else IMPRESSIONS.get(number, 0)


def print_of(told: Minutiae, where: str) -> Print:
    """The print that a Type-9 record tells, at 500 dpi. Raises Faulty at `where`."""
    faults = []
    rows = np.array([_row(one) for one in told.minutiae], np.float32).reshape(-1, 5)
    width, height = int(told.width or 0), int(told.height or 0)
    dpi = int(told.density or 0) * (2.54 if told.units == "2" else 1.0)
    if len(rows) > MOST:
        what = N_("A print has more than 255 minutiae (104)")
        faults.append(fault("104", f"{where}/NOM", what, N_("Send the best 255 of them.")))
    if told.count and int(told.count) != len(rows):
        what = N_("It says another number of minutiae than it holds (105)")
        faults.append(fault("105", f"{where}/NOM", what))
    if not LEAST_DPI <= dpi <= MOST_DPI or told.units == "0":
        faults.append(fault("115", f"{where}/HPS"))
    if min(width, height) < 10 or max(width, height) > 0x3FFF:
        faults.append(fault("118", f"{where}/HLL"))
    elif len(rows) and ((rows[:, :2] < 0) | (rows[:, :2] > (width, height))).any():
        what = N_("A minutia lies outside of the picture (115)")
        faults.append(fault("115", f"{where}/FMD", what))
    if (rows[:, 2] >= 360).any() or (rows[:, 3] > 100).any() or (rows[:, 4] > 2).any():
        faults.append(fault("115", f"{where}/FMD"))
    if faults:
        raise Faulty(faults=tuple(faults))
    size = round(width * DPI / dpi), round(height * DPI / dpi)
    if max(size) > 0x3FFF:
        raise Faulty(faults=(fault("118", f"{where}/HLL"),))
    rows[:, :2] *= DPI / dpi
    rows = rows[np.argsort(-rows[:, 3], kind="stable")]
    quality = int(told.quality or 0)
    finger, _area = area_of(told)
    return Print(
        rows, *size, 0 if quality in NOT_SAID else min(quality, 100), finger, impression_of(told.impression)
    )


def minutiae_of(one: Print, idc: int) -> Minutiae:
    """The Type-9 record of a print, in pixels of 500 dpi; directions are rounded to two degrees."""
    rows: NDArray[np.float32] = one.minutiae[:MOST]
    return Minutiae(
        impression=str(one.impression),
        width=str(max(one.width, 10)),
        height=str(max(one.height, 10)),
        position=str(one.position),
        quality=str(one.quality),
        count=str(len(rows)),
        minutiae=tuple(_minutia(n, row) for n, row in enumerate(rows.tolist(), start=1)),
        idc=idc,
    )


def _row(one: Minutia) -> tuple[float, ...]:
    said = (one.x, one.y, one.angle, one.quality, one.kind)
    x, y, angle, quality, kind = (int(value or 0) for value in said)
    return x, y, 2.0 * angle, 0 if quality in NOT_SAID else quality, kind


def _minutia(index: int, row: list[float]) -> Minutia:
    x, y, angle, quality, kind = row
    turned = round(angle / 2) % 180
    values = (index, round(x), round(y), turned, int(kind), round(quality))
    return Minutia(*(str(value) for value in values))
