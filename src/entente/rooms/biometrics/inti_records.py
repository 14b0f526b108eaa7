"""Records of a transaction that hold pictures and minutiae, as INT-I and ANSI/NIST-ITL say them.

Both encodings are read into these; where a field stands in the XML, it says as in inti_model.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from entente.rooms.biometrics.inti_model import Descriptive, Header, _parts, _text

_CAPTURE = "biom:ImageCaptureDetail"
FINGERS, PLAIN_THUMBS = range(11), {11: 1, 12: 6}
SLAPS = range(13, 16)
"""Positions of ANSI/NIST-ITL 1-2011, table 8: a plain right or left thumb; four fingers or two thumbs."""


@dataclass(frozen=True, slots=True)
class Image:
    """One picture: Type-4 and 14 a print, 10 a face, 13 a latent print. `data`: as coded by `algorithm`
    (NONE, WSQ20, JPEGB, JPEGL, JP2, JP2L, PNG). `units` of the density: 0 none, 1 an inch, 2 a centimetre.
    """

    data: bytes = field(default=b"", repr=False, metadata={"at": "nc:BinaryBase64Object"})
    bits: str = _text("biom:ImageBitsPerPixelQuantity", "number")
    taken: str = _text(f"{_CAPTURE}/biom:CaptureDate/nc:Date", "date")
    device_dpi: str = _text(f"{_CAPTURE}/biom:CaptureHorizontalPixelDensityValue", "number")
    taken_by_code: str = _text(
        f"{_CAPTURE}/biom:CaptureOrganization/nc:OrganizationIdentification/nc:IdentificationID"
    )
    taken_by: str = _text(f"{_CAPTURE}/biom:CaptureOrganization/nc:OrganizationName")
    device_dpi_down: str = _text(f"{_CAPTURE}/biom:CaptureVerticalPixelDensityValue", "number")
    monitoring: str = _text(f"{_CAPTURE}/biom:CaptureDeviceMonitoringModeCode")
    colours: str = _text("biom:ImageColorSpaceCode")
    comment: str = _text("biom:ImageCommentText")
    algorithm: str = _text("biom:ImageCompressionAlgorithmText")
    width: str = _text("biom:ImageHorizontalLineLengthPixelQuantity", "number")
    density: str = _text("biom:ImageHorizontalPixelDensityValue", "number")
    units: str = _text("biom:ImageScaleUnitsCode", "number")
    category: str = _text("biom:ImageCategoryCode")
    height: str = _text("biom:ImageVerticalLineLengthPixelQuantity", "number")
    density_down: str = _text("biom:ImageVerticalPixelDensityValue", "number")
    impression: str = _text("biom:FingerprintImageImpressionCaptureCategoryCode", "number")
    technology: str = _text("biom:FrictionRidgeCaptureTechnology")
    position: str = _text("biom:FingerPositionCode", "number")
    profile: str = _text("biom:FingerprintImageAcquisitionProfileCode", "number")
    face_profile: str = _text("biom:FaceImageAcquisitionProfileCode", "number")
    pose: str = _text("biom:FaceImageSubjectPoseCode")
    record: int = 14
    idc: int = 0
    quality: int | None = None
    """The sender's own, 0 to 100 (14.024, 13.024); only from the traditional encoding."""

    @property
    def dpi(self) -> float | None:
        """Pixels an inch, where the record says."""
        if not self.density or self.units not in ("1", "2"):
            return None
        return round(int(self.density) * (2.54 if self.units == "2" else 1.0), 1) or None


@dataclass(frozen=True, slots=True)
class Minutia:
    """`angle`: in two degrees, counter-clockwise. `kind`: 0 other, 1 ending, 2 fork. `quality`: 0 to 100."""

    index: str = _text("biom:MinutiaIdentification/nc:IdentificationID", "number")
    x: str = _text("biom:INCITSMinutiaLocation/biom:PositionHorizontalCoordinateValue", "number")
    y: str = _text("biom:INCITSMinutiaLocation/biom:PositionVerticalCoordinateValue", "number")
    angle: str = _text("biom:INCITSMinutiaLocation/biom:ImageLocationThetaAngleMeasure", "number")
    kind: str = _text("biom:INCITSMinutiaCategoryCode", "number")
    quality: str = _text("biom:MinutiaQualityValue", "number")


_M1 = "biom:INCITSMinutiae"
_IMAGE = f"{_M1}/biom:FingerImpressionImage"
_QUALITY = f"{_M1}/biom:MinutiaeQuality"


@dataclass(frozen=True, slots=True)
class Minutiae:
    """Type-9 with the block of ANSI INCITS 378 (9.126 to 9.150): minutiae of one print, in pixels from the
    top left. Ridge counts, cores and deltas are not read. Older fields and the extended feature set, if they
    come alone, are made into it (nist_legacy.py, inti_extended.py)."""

    impression: str = _text("biom:MinutiaeImpressionCaptureCategoryCode", "number")
    standard: str = _text("biom:MinutiaeFormatNISTStandardIndicator", "flag", "false")
    owner: str = _text(f"{_M1}/biom:CBEFFFormatOwnerIdentification/nc:IdentificationID", default="27")
    format: str = _text(f"{_M1}/biom:CBEFFFormatCategoryIdentification/nc:IdentificationID", default="513")
    product: str = _text(f"{_M1}/biom:CBEFFProductIdentification/nc:IdentificationID", default="0")
    device: str = _text(f"{_M1}/{_CAPTURE}/biom:CaptureDeviceIdentification/nc:IdentificationID", default="0")
    certified: str = _text(f"{_M1}/{_CAPTURE}/biom:CaptureDeviceCertificationCode", default="NONE")
    width: str = _text(f"{_IMAGE}/biom:ImageHorizontalLineLengthPixelQuantity", "number")
    density: str = _text(f"{_IMAGE}/biom:ImageHorizontalPixelDensityValue", "number", "500")
    units: str = _text(f"{_IMAGE}/biom:ImageScaleUnitsCode", "number", "1")
    height: str = _text(f"{_IMAGE}/biom:ImageVerticalLineLengthPixelQuantity", "number")
    density_down: str = _text(f"{_IMAGE}/biom:ImageVerticalPixelDensityValue", "number", "500")
    position: str = _text(f"{_IMAGE}/biom:FingerPositionCode", "number")
    view: str = _text(f"{_M1}/biom:FingerViewNumeric", "number", "0")
    quality_product: str = _text(
        f"{_QUALITY}/biom:QualityAlgorithmProductIdentification/nc:IdentificationID", default="0"
    )
    quality: str = _text(f"{_QUALITY}/biom:QualityValue", "number", "254")
    quality_vendor: str = _text(
        f"{_QUALITY}/biom:QualityAlgorithmVendorIdentification/nc:IdentificationID", default="0"
    )
    count: str = _text(f"{_M1}/biom:MinutiaeQuantity", "number")
    minutiae: tuple[Minutia, ...] = _parts(f"{_M1}/biom:INCITSMinutia", Minutia)
    idc: int = 0


@dataclass(frozen=True, slots=True)
class Transaction:
    """A whole transaction. `texts`: fields of Type-2 in the traditional encoding, by number, each a list of
    subfields of items. `left`: records in it that are not read (of palms, irises, …), type and IDC."""

    header: Header = field(default_factory=Header)
    descriptive: Descriptive = field(default_factory=Descriptive)
    images: tuple[Image, ...] = ()
    minutiae: tuple[Minutiae, ...] = ()
    texts: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    left: tuple[tuple[int, int], ...] = ()


def area_of(image: Image | Minutiae) -> tuple[int, int]:
    """Finger (1 to 10; 0 none or not known) and the standard's own position code."""
    code = int(image.position or 0)
    return (code if code in FINGERS else PLAIN_THUMBS.get(code, 0)), code


def records_of(told: Transaction) -> list[Any]:
    """Pictures and minutiae in the order of their record types, as both encodings list them."""
    both: list[Any] = [*told.images, *told.minutiae]
    return sorted(both, key=lambda one: one.record if isinstance(one, Image) else 9)
