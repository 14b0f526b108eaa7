"""How good a portrait is for a search: numbers of the face and its picture, and what they mean.

Source of what is measured: ISO/IEC 19794-5 and 29794-5 (eye distance, pose, sharpness, exposure, ground).
The limits are the house's: an eye distance of 90 pixels is what a passport's portrait has; below 24 the
encoder sees fewer pixels than half of those it was trained with.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.faces.finding import Box
from entente.match.faces.points import Points, laid, upright

GOOD_EYES, FEW_EYES, LEAST_EYES = 90, 60, 24
"""Pixels between the eyes: a passport's portrait; what is warned of; what is not searched."""


class Outcome(StrEnum):
    """What may be done with a face."""

    SEARCHABLE = "searchable"
    WARNING = "searchable with a warning"
    NOT = "not searchable"


class Reason(NamedTuple):
    """Why a face is less good than it could be: a code for programs, what was seen and what to do."""

    code: str
    text: str
    do: str
    forbids: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """Numbers of one face.

    `eyes`: pixels between the middles of the eyes. `yaw`, `roll`: degrees, from five points, an estimate
    within some ten degrees; yaw is positive where the face looks to the picture's right, roll where it is
    turned clockwise. `sharpness`: spread of the Laplacian over spread of the grey values of the face at 100
    pixels. `light`: mean grey value of the face, 0 to 1; `clipped`: share of it that is black or white;
    `range`: between its 2nd and 98th percentile, 0 to 1. `even`: 1 where the ground beside the head is of one
    tone, 0 where its tones spread by a quarter of the scale. `share`: of the picture that the face's box
    takes. `flat`: share of neighbouring pixels of the face that are of the very same value, as in drawings.
    `sure`: the detector's score. `faces`: in the picture. `score`: 0 to 100, all of it in one number.
    """

    eyes: float
    yaw: float
    roll: float
    sharpness: float
    light: float
    clipped: float
    range: float
    even: float
    share: float
    flat: float
    sure: float
    faces: int

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is wrong with it, the worst first; empty where nothing is."""
        return tuple(sorted(_reasons(self), key=lambda reason: not reason.forbids))

    @property
    def outcome(self) -> Outcome:
        told = self.reasons
        if any(reason.forbids for reason in told):
            return Outcome.NOT
        return Outcome.WARNING if told else Outcome.SEARCHABLE

    @property
    def score(self) -> int:
        parts = (
            min(1.0, self.eyes / GOOD_EYES) ** 0.5,
            max(0.0, math.cos(math.radians(min(90.0, 1.2 * abs(self.yaw))))),
            max(0.0, math.cos(math.radians(min(90.0, abs(self.roll))))) ** 0.5,
            min(1.0, self.sharpness / SHARP) ** 0.5,
            min(1.0, self.range / 0.4) ** 0.5,
            1 - min(1.0, self.clipped),
            min(1.0, max(0.0, 0.5 + self.sure / 2)),
        )
        return round(100 * math.prod(parts))


SHARP, BLURRED, SMEARED = 0.32, 0.18, 0.08
"""Sharpness of a sharp face; what is warned of; what is not searched."""


def _reasons(q: Quality) -> list[Reason]:
    told: list[Reason] = []

    def tell(code: str, text: str, do: str, forbids: bool = False) -> None:
        told.append(Reason(code, text, do, forbids))

    if q.eyes < FEW_EYES:
        told.append(_small(q.eyes))
    if q.sharpness < BLURRED:
        do = "Use a sharp picture, not one enlarged or taken of a screen."
        tell("blurred", "The face is blurred.", do, q.sharpness < SMEARED)
    if q.range < 0.2:
        do = "Use an original with better light; do not stretch its contrast by hand."
        tell("faint", "The face has hardly any contrast.", do, q.range < 0.06)
    if q.clipped > 0.25:
        tell(
            "clipped",
            "Much of the face is pure black or white.",
            "Use a picture with even light.",
            q.clipped > 0.7,
        )
    elif not 0.15 <= q.light <= 0.88:
        tell("exposure", "The face is far too dark or too bright.", "Use a picture with even light.")
    if abs(q.yaw) > 30:
        tell("turned", "The head is turned to the side.", "Use a picture from the front where there is one.")
    if abs(q.roll) > 25:
        tell("tilted", "The head is tilted.", "Nothing: the picture is turned before it is compared.")
    if q.flat > 0.5:
        do = "Search photographs of persons; a drawing finds who looks like the drawing."
        tell("drawn", "This seems to be a drawing or a rendering, not a photograph.", do)
    if q.even < 0.3 and q.share > 0.1:
        tell("background", "The ground behind the head is busy.", "Prefer a portrait before a plain ground.")
    if q.faces > 1:
        tell("several", f"There are {q.faces} faces.", "Make sure that this is the person who is meant.")
    if q.sure < 0.2:
        tell("unsure", "This may not be a face at all.", "Look whether the frame encloses a face.")
    return told


def _small(eyes: float) -> Reason:
    text = f"The eyes are {eyes:.0f} pixels apart; {FEW_EYES} are due, {GOOD_EYES} are good."
    do = "Use a larger original of the picture; enlarging this one adds nothing."
    return Reason("small", text, do, eyes < LEAST_EYES)


def quality(picture: NDArray[np.uint8], box: Box, at: Points, faces: int) -> Quality:
    """Of the face in `box` with the five points `at`, in a picture (h, w, 3) RGB of so many faces."""
    right, left = at[:2].mean(0), at[2:4].mean(0)
    across = right - left
    eyes = float(np.hypot(*across))
    roll = math.degrees(math.atan2(across[1], across[0]))
    along = float((at[4] - (left + right) / 2) @ across) / max(eyes, 1e-9) ** 2
    grey = _grey(upright(picture, at, laid(100), 100))
    face = grey[18:88, 18:82].astype(np.float32)
    spread = float(face.std())
    laplacian = cv2.Laplacian(face, cv2.CV_32F)
    low, high = np.percentile(face, (2, 98))
    return Quality(
        eyes=eyes,
        yaw=math.degrees(math.atan(along / _NOSE)),
        roll=roll,
        sharpness=float(laplacian.std()) / max(spread, 1.0) if eyes else 0.0,
        light=float(face.mean()) / 255,
        clipped=float(((face <= 4) | (face >= 251)).mean()),
        range=float(high - low) / 255,
        even=_even(picture, box),
        share=_share(picture, box),
        flat=_flat(picture, box),
        sure=box.sure,
        faces=faces,
    )


_NOSE = 0.35
"""How far the nose's base stands before the eyes, in eye distances of a usual head."""


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


def _within(
    picture: NDArray[np.uint8], left: float, top: float, right: float, bottom: float
) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    x, y = max(0, int(left)), max(0, int(top))
    return picture[y : max(y, min(height, int(bottom))), x : max(x, min(width, int(right)))]


def _share(picture: NDArray[np.uint8], box: Box) -> float:
    seen = _within(picture, box.left, box.top, box.right + 1, box.bottom + 1)
    return float(seen.shape[0] * seen.shape[1] / max(1, picture.shape[0] * picture.shape[1]))


def _even(picture: NDArray[np.uint8], box: Box) -> float:
    """Of two strips beside the head, above the shoulders; 1 where the picture ends there."""
    spread = 0.0
    for inner in (box.left - 0.55 * box.width, box.right + 0.25 * box.width):
        strip = _within(picture, inner, box.top - 0.3 * box.height, inner + 0.3 * box.width, box.bottom)
        if min(strip.shape[:2]) >= 4:
            spread = max(spread, float(_grey(strip).std()))
    return max(0.0, 1 - spread / 64)


def _flat(picture: NDArray[np.uint8], box: Box) -> float:
    seen = _within(picture, box.left, box.top, box.right + 1, box.bottom + 1)
    if min(seen.shape[:2]) < 2:
        return 1.0
    differs = np.any(seen[:, 1:] != seen[:, :-1], axis=2)
    return float(1 - np.count_nonzero(differs) / differs.size)
