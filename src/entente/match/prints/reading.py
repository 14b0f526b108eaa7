"""A picture of a finger to its minutiae."""

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints import finding
from entente.match.prints.framing import PAD, Framed, framed
from entente.match.prints.looking import Look, is_inverted, look, no_print, refusal
from entente.match.prints.minutiae import CELL, DPI, Flow, Print
from entente.match.prints.orientation import Ridges, ridges, steps
from entente.match.prints.quality import INVERTED, Reason, Seen, judged
from entente.match.prints.ridges import enhanced
from entente.match.prints.sensing import COARSE, Field, Grey, blurred, coarse, fine
from entente.match.prints.skeleton import thinned, unspurred
from entente.match.prints.spectra import DIRECTIONS, upsampled

Scalar = TypeVar("Scalar", bound=np.generic)

MOST = 100
"""Minutiae kept of a print, the best."""
MARGIN = 15
"""Pixels across of the disc by which minutiae keep away from the border of the print, where every ridge ends.
"""
LEAST = 4
"""Minutiae without which nothing can be compared."""
DUE = "a print is read from a (height, width) array of uint8 grey values"
DECODE = "decode the file first, e.g. with cv2.imread(path, 0), which gives None where there is no such file"


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


def read(image: NDArray[np.uint8], dpi: int = DPI) -> Reading:
    """Minutiae, quality and flow of one finger's impression; dark ridges, or white ones on a dark ground.

    `image`: (height, width) uint8 grey values. A mirrored print is read as it stands: nothing in one picture
    tells it from another finger. After Hong, Wan & Jain (1998), with windowed spectra (Chikkerur et al.
    2007). Raises Unreadable with an INT-I code for what is no print: too small, too large, a resolution that
    ridges cannot have, blank, or a picture of something else; TypeError for what is no array (a path, a
    file's bytes), ValueError for an array of another shape or type.
    """
    if not isinstance(image, np.ndarray):
        raise TypeError(f"{DUE}, not from {type(image).__name__}: {DECODE}")
    if image.ndim != 2 or image.dtype != np.uint8:
        raise ValueError(f"{DUE}, not of shape {image.shape} and {image.dtype}: {DECODE}")
    frame = framed(image, dpi)
    seen = look(frame.image)
    if not seen.is_print:
        raise refusal(frame.image[PAD : PAD + frame.down, PAD : PAD + frame.across], seen, dpi)
    inverted = is_inverted(frame.image, seen)
    if inverted:
        seen = look(255 - frame.image)
    return _read(frame, seen, inverted)


def _read(frame: Framed, seen: Look, inverted: bool) -> Reading:
    shape = frame.image.shape
    mask = (fine(seen.area.mask.astype(np.float32), shape) > 0.5).astype(np.uint8)
    period = upsampled(seen.spectrum.period, shape)
    once = enhanced(seen.field, seen.direction, period, mask)
    once /= fine(np.sqrt(blurred(coarse(once * once), 12 / COARSE)), shape) + 0.02
    flow = ridges(once, 0.8, 6)
    twice = enhanced(np.clip(once, -2, 2), steps(flow, shape, DIRECTIONS), period, mask)
    ink = ((twice < 0) & (mask > 0)).astype(np.uint8)
    ink[:3] = ink[-3:] = ink[:, :3] = ink[:, -3:] = 0
    skeleton = unspurred(thinned(ink))
    clear = fine(seen.area.clear, shape)
    inside = np.s_[PAD : PAD + frame.down, PAD : PAD + frame.across]
    minutiae = _minutiae(skeleton, mask, clear, inside)
    if len(minutiae) < LEAST:
        raise no_print()
    told = Seen(
        mask[inside],
        clear[inside],
        float((seen.field[mask > 0] < 0).mean()),
        float(np.median(seen.spread[seen.area.mask > 0])),
        minutiae,
    )
    quality, faults = judged(told)
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
