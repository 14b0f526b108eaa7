"""Minutiae of a Type-9 record in the standard's older fields (9.005 to 9.012), made into the newer block.

Coordinates there are hundredths of a millimetre from the lower left, and the size of the picture is not said:
it is taken to end 1 mm beyond the outermost minutia. Directions are the opposite of ANSI INCITS 378's, out of
the ridge that ends: so NIST's own mindtct writes them (to_type9.c).
"""

import re
from collections.abc import Mapping, Sequence

from entente.rooms.biometrics.inti_records import Minutia, Minutiae

_POINT = re.compile(r"(\d{4})(\d{4})(\d{3})", re.ASCII)
_DPI, _HUNDREDTHS, _MARGIN = 500, 2540, 20
_KINDS: Mapping[str, str] = {"A": "1", "B": "2"}
"""Ending and fork; compound (C) and undetermined (D) are others."""


def legacy_minutiae(fields: Mapping[str, Sequence[Sequence[str]]], idc: int) -> Minutiae | None:
    """The record in pixels of 500 dpi from the top left; None where a minutia cannot be read."""
    points = []
    for row in fields.get("12", ()):
        found = _POINT.fullmatch(row[1].strip()) if len(row) > 1 else None
        quality = row[2].strip() if len(row) > 2 else ""
        if found is None or not _digits(quality or "0") or int(found[3]) >= 360:
            return None
        x, y = (round(int(said) * _DPI / _HUNDREDTHS) for said in (found[1], found[2]))
        points.append((x, y, int(found[3]), quality, _KINDS.get(row[3].strip() if len(row) > 3 else "", "0")))
    width = max((x for x, *_ in points), default=0) + _MARGIN
    height = max((y for _, y, *_ in points), default=0) + _MARGIN
    position = next((items[0] for items in fields.get("6", ()) if items and _digits(items[0])), "0")
    impression = next((items[0] for items in fields.get("3", ()) if items and _digits(items[0])), "0")
    return Minutiae(
        impression=impression,
        position=position,
        width=str(width),
        height=str(height),
        count=str(len(points)),
        minutiae=tuple(
            Minutia(str(n), str(x), str(height - y), str((angle + 180) % 360 // 2), kind, _quality(quality))
            for n, (x, y, angle, quality, kind) in enumerate(points, start=1)
        ),
        idc=idc,
    )


def _digits(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 4


def _quality(said: str) -> str:
    """0 to 100 from the older scale: 0 marked by hand, 1 not judged, 2 the best to 63 the poorest."""
    value = min(int(said or 1), 63)
    return "100" if value == 0 else "0" if value == 1 else str(round(100 - (value - 2) * 100 / 61))
