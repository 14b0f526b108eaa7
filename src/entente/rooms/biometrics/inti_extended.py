"""Minutiae of the extended feature set (9.300 to 9.372), which latent print examiners' workstations send.

Coordinates are hundredths of a millimetre from the upper left of the region of interest, directions degrees
up the ridge that ends or down the valley of a fork (ANSI/NIST-ITL 1-2011, 8.9.7.24 and figures 38 and 39), as
ANSI INCITS 378 has them. They are read into its block; of the other features none is read.
"""

from dataclasses import dataclass

from entente.rooms.biometrics.inti_model import _parts, _text
from entente.rooms.biometrics.inti_records import Minutia, Minutiae

_EFS = "biom:ExtendedFeatureSetMinutiae"
_REGION = f"{_EFS}/biom:FrictionRidgeImageRegionOfInterest"
_DPI, _HUNDREDTHS, _MARGIN = 500, 2540, 10
_KINDS = {"E": "1", "B": "2"}


@dataclass(frozen=True, slots=True)
class Point:
    """One minutia (9.331). `kind`: E ending, B fork, X not known."""

    x: str = _text("biom:ImageLocationHorizontalCoordinateMeasure", "number")
    y: str = _text("biom:ImageLocationVerticalCoordinateMeasure", "number")
    angle: str = _text("biom:ImageLocationThetaAngleMeasure", "number")
    kind: str = _text("biom:EFSMinutiaCategoryCode")


@dataclass(frozen=True, slots=True)
class Extended:
    """What is read of the set: region of interest (9.300), position (9.302), minutiae (9.331)."""

    impression: str = _text("biom:MinutiaeImpressionCaptureCategoryCode", "number")
    width: str = _text(f"{_REGION}/biom:ImageSegmentWidthMeasure", "number")
    height: str = _text(f"{_REGION}/biom:ImageSegmentHeightMeasure", "number")
    left: str = _text(f"{_REGION}/biom:ImageSegmentHorizontalOffsetMeasure", "number")
    top: str = _text(f"{_REGION}/biom:ImageSegmentVerticalOffsetMeasure", "number")
    position: str = _text(f"{_EFS}/biom:MinutiaeFingerLocation/biom:FingerPositionCode", "number")
    points: tuple[Point, ...] = _parts(f"{_EFS}/biom:EFSMinutia", Point)


def minutiae_of_extended(told: Extended, idc: int) -> Minutiae:
    """The record in pixels of 500 dpi from the upper left of the picture; its numbers must be numbers.

    An angle beyond a full turn stays one that is refused as such, with the record's other faults.
    """
    left, top = int(told.left or 0), int(told.top or 0)
    places = [(_pixels(left + int(p.x or 0)), _pixels(top + int(p.y or 0))) for p in told.points]
    width = max([_pixels(left + int(told.width or 0)), *(x for x, _y in places)]) + _MARGIN
    height = max([_pixels(top + int(told.height or 0)), *(y for _x, y in places)]) + _MARGIN
    return Minutiae(
        impression=told.impression or "4",
        position=told.position or "0",
        width=str(width),
        height=str(height),
        count=str(len(places)),
        minutiae=tuple(
            Minutia(str(n), str(x), str(y), _halved(point.angle), _KINDS.get(point.kind, "0"), "0")
            for n, ((x, y), point) in enumerate(zip(places, told.points, strict=True), start=1)
        ),
        idc=idc,
    )


def _pixels(hundredths: int) -> int:
    return round(hundredths * _DPI / _HUNDREDTHS)


def _halved(angle: str) -> str:
    degrees = int(angle or 0)
    return str(degrees // 2 if degrees >= 360 else round(degrees / 2) % 180)
