"""A picture of a finger to its minutiae."""

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints import finding
from entente.match.prints.framing import PAD, Framed, Unreadable, framed
from entente.match.prints.minutiae import CELL, DPI, Flow, Print
from entente.match.prints.orientation import Ridges, ridges, steps
from entente.match.prints.quality import INVERTED, MM, Area, Reason, Seen, area, judged
from entente.match.prints.ridges import enhanced
from entente.match.prints.sensing import COARSE, Field, Grey, blurred, coarse, fine, live, normalised
from entente.match.prints.skeleton import thinned, unspurred
from entente.match.prints.spectra import DIRECTIONS, Spectra, spectra, upsampled

Scalar = TypeVar("Scalar", bound=np.generic)

EXTRACTOR = "entente-prints@1"
"""Name and version: prints read by an older one are read again from their pictures."""
MOST = 100
"""Minutiae kept of a print, the best."""
MARGIN = 15
"""Pixels across of the disc by which minutiae keep away from the border of the print, where every ridge ends."""
LEAST_AREA = 30.0
"""Square millimetres of ridges without which there is no print."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A print, and what an examiner is shown of how it was read.

    `mask`, `skeleton`: (height, width) of the picture at 500 dpi, 1 where there is a print, a ridge's middle.
    `quality_map`: same shape, 0 to 1, how clear the ridges are.
    """

    print: Print
    faults: tuple[Reason, ...]
    mask: Grey
    skeleton: Grey
    quality_map: Field


@dataclass(frozen=True, slots=True, eq=False)
class _Sensed:
    """What is known of the padded image before its ridges are followed."""

    field: Field
    spread: Field
    flow: Ridges
    direction: Field
    spectrum: Spectra
    area: Area

    @property
    def square(self) -> float:
        """Square millimetres of print."""
        return float(self.area.mask.sum()) * (COARSE / MM) ** 2


def read(image: NDArray[np.uint8], dpi: int = DPI) -> Reading:
    """Minutiae, quality and flow of one finger's impression; dark ridges, or white ones on a dark ground.

    `image`: (height, width) uint8 grey values. A mirrored print is read as it stands: nothing in one picture
    tells it from another finger. After Hong, Wan & Jain (1998), with windowed spectra (Chikkerur et al. 2007).
    Raises Unreadable with an INT-I code for what is no print: too small, too large, a resolution that ridges
    cannot have, blank, or a picture of something else; ValueError for an array of another shape or type.
    """
    if image.ndim != 2 or image.dtype != np.uint8:
        raise ValueError("a print is read from a (height, width) array of uint8 grey values")
    frame = framed(image, dpi)
    sensed = _sensed(frame.image)
    if sensed.square < LEAST_AREA:
        raise _refused(frame, sensed, dpi)
    inverted = _inverted(frame.image, sensed)
    if inverted:
        sensed = _sensed(255 - frame.image)
    return _read(frame, sensed, inverted)


def _sensed(image: Grey) -> _Sensed:
    field, spread = normalised(image, live(image))
    flow = ridges(field)
    direction = steps(flow, image.shape, DIRECTIONS)
    spectrum = spectra(field, direction)
    share = upsampled(spectrum.share, spread.shape, COARSE)
    return _Sensed(field, spread, flow, direction, spectrum, area(spread, share * (flow.coherence > 0.15)))


def _refused(frame: Framed, sensed: _Sensed, dpi: int) -> Unreadable:
    """Why there are no ridges: perhaps they are there at another resolution than was said."""
    for factor, way in ((0.5, cv2.INTER_AREA), (2.0, cv2.INTER_CUBIC)):
        part = frame.image[PAD : PAD + 750, PAD : PAD + 750]
        other = np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=way), np.uint8)
        cut = other[: other.shape[0] // CELL * CELL, : other.shape[1] // CELL * CELL]
        if min(cut.shape) >= 4 * CELL and _sensed(cut).square > max(LEAST_AREA, 2 * sensed.square):
            return Unreadable(
                "501",
                f"The ridges are {'twice' if factor < 1 else 'half'} as far apart as a finger's at {dpi} dpi.",
                f"Say the right resolution: about {round(dpi / factor)} dpi.",
            )
    return Unreadable(
        "501",
        "There are no ridges in the picture, or hardly any: it does not show a fingerprint.",
        "Send the impression of one finger, dark on a light ground; take it again if it is smudged.",
    )


def _inverted(image: Grey, sensed: _Sensed) -> bool:
    """Is the ground around the print darker than the print? Where there is no ground, nothing is known."""
    inside = fine(sensed.area.mask.astype(np.float32), image.shape) > 0.5
    # Two millimetres around the print, half a millimetre off: the corners of many sensors are dark anyway.
    near, far = (cv2.dilate(inside.astype(np.uint8), np.ones((n, n), np.uint8)) for n in (21, 81))
    ground = image[(near == 0) & (far > 0)]
    if len(ground) < 0.02 * image.size:
        return False
    return bool(np.median(ground) < np.percentile(image[inside], 25))


def _read(frame: Framed, sensed: _Sensed, inverted: bool) -> Reading:
    shape = frame.image.shape
    mask = (fine(sensed.area.mask.astype(np.float32), shape) > 0.5).astype(np.uint8)
    period = upsampled(sensed.spectrum.period, shape)
    once = enhanced(sensed.field, sensed.direction, period, mask)
    once /= fine(np.sqrt(blurred(coarse(once * once), 12 / COARSE)), shape) + 0.02
    flow = ridges(once, 0.8, 6)
    twice = enhanced(np.clip(once, -2, 2), steps(flow, shape, DIRECTIONS), period, mask)
    ink = ((twice < 0) & (mask > 0)).astype(np.uint8)
    ink[:3] = ink[-3:] = ink[:, :3] = ink[:, -3:] = 0
    skeleton = unspurred(thinned(ink))
    clear = fine(sensed.area.clear, shape)
    inside = np.s_[PAD : PAD + frame.down, PAD : PAD + frame.across]
    minutiae = _minutiae(skeleton, mask, clear, inside)
    seen = Seen(
        mask[inside],
        clear[inside],
        float(ink[mask > 0].mean()),
        float(np.median(sensed.spread[sensed.area.mask > 0])),
        minutiae,
    )
    quality, faults = judged(seen)
    minutiae[:, :2] += (frame.left, frame.top)
    kept = Print(minutiae, frame.wide, frame.high, quality, flow=_flow(flow, mask, frame))
    reasons = (INVERTED, *faults) if inverted else faults
    return Reading(
        kept,
        reasons,
        _placed(mask[inside], frame),
        _placed(skeleton[inside], frame),
        _placed(clear[inside], frame),
    )


def _minutiae(skeleton: Grey, mask: Grey, clear: Field, inside: tuple[slice, slice]) -> NDArray[np.float32]:
    """(n, 5) rows as `Print` has them, in the part that was read."""
    within = np.zeros_like(mask)
    within[inside] = mask[inside]
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (MARGIN, MARGIN))
    inner = cv2.erode(within, disc, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    rows = finding.minutiae(skeleton, np.asarray(inner, np.uint8))
    quality = clear[rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)]
    kept = finding.believed(rows, quality)
    y, x, direction, kind = rows[kept].T
    out = np.stack([x - PAD, y - PAD, direction, quality[kept] * 100, kind], 1).astype(np.float32)
    return out[np.argsort(-out[:, 3], kind="stable")][:MOST]


def _flow(flow: Ridges, mask: Grey, frame: Framed) -> Flow:
    inside = coarse(mask.astype(np.float32))
    cells = slice(PAD // COARSE, None)
    per = CELL // COARSE
    rows, columns = -(-frame.down // CELL), -(-frame.across // CELL)
    parts = []
    for field in (flow.cos * inside, flow.sin * inside):
        part = field[cells, cells][: rows * per, : columns * per]
        parts.append(cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA))
    cos, sin = parts
    certain = np.clip(np.rint(np.hypot(cos, sin) * 255), 0, 255).astype(np.uint8)
    angle = np.rint(np.arctan2(sin, cos) / (2 * np.pi) * 256).astype(np.int64) % 256
    whole = (-(-frame.high // CELL), -(-frame.wide // CELL))
    out = Flow(np.zeros(whole, np.uint8), np.zeros(whole, np.uint8))
    box = np.s_[
        frame.top // CELL : frame.top // CELL + rows, frame.left // CELL : frame.left // CELL + columns
    ]
    out.angle[box], out.certain[box] = np.where(certain > 0, angle, 0), certain
    return out


def _placed(part: NDArray[Scalar], frame: Framed) -> NDArray[Scalar]:
    """The part that was read, in the whole picture."""
    if part.shape == (frame.high, frame.wide):
        return np.ascontiguousarray(part)
    whole = np.zeros((frame.high, frame.wide), part.dtype)
    whole[frame.top : frame.top + frame.down, frame.left : frame.left + frame.across] = part
    return whole
