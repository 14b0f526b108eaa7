"""What a picture shows before its ridges are followed: a print at all, at which resolution, dark or white."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints.framing import PAD, Unreadable
from entente.match.prints.minutiae import CELL
from entente.match.prints.orientation import Ridges, ridges, steps
from entente.match.prints.quality import MM, Area, area
from entente.match.prints.sensing import COARSE, Field, Grey, fine, live, normalised
from entente.match.prints.spectra import DIRECTIONS, PERIODS, Spectra, directions, spectra, upsampled, waves

LEAST_AREA = 30.0
"""Square millimetres of ridges without which there is no print."""
WIDEST_SPREAD = 2.5
"""Steps of `PERIODS` by which the period of the ridges may vary over a print (standard deviation).

In one finger ridges lie evenly: of 320 prints of four sensors, 2.1 was the most; in photographs, the half
have more than 2.7, and nearly all the others are at one end of the periods that a finger may have.
"""
FINEST, COARSEST = 0.25, len(PERIODS) - 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """`field`: the image with its lighting taken out. `spread`: its contrast in grey values, by `COARSE`.
    `direction`: of the ridges at every pixel, in steps of `DIRECTIONS`. `period`: of the ridges in the print,
    an index of `PERIODS`, by `COARSE`.
    """

    field: Field
    spread: Field
    flow: Ridges
    direction: Field
    spectrum: Spectra
    area: Area
    period: Field

    @property
    def square(self) -> float:
        """Square millimetres of print."""
        return float(self.area.mask.sum()) * (COARSE / MM) ** 2

    @property
    def is_print(self) -> bool:
        """Are there ridges, as far apart as a finger's, and evenly so?"""
        if self.square < LEAST_AREA:
            return False
        inside = self.period[self.area.mask > 0]
        return bool(FINEST < np.median(inside) < COARSEST and inside.std() < WIDEST_SPREAD)


def look(image: Grey) -> Look:
    """At an image at 500 dpi whose sides are multiples of `CELL`."""
    field, spread = normalised(image, live(image))
    energy = waves(field)
    coherence = ridges(field).coherence
    flow = Ridges(*directions(energy, spread.shape, COARSE), coherence)
    direction = steps(flow, image.shape, DIRECTIONS)
    spectrum = spectra(energy, direction)
    share = upsampled(spectrum.share, spread.shape, COARSE)
    found = area(spread, share * (coherence > 0.15))
    return Look(
        field, spread, flow, direction, spectrum, found, upsampled(spectrum.period, spread.shape, COARSE)
    )


def is_inverted(image: Grey, seen: Look) -> bool:
    """Is the ground around the print darker than the print? Where there is no ground, nothing is known."""
    inside = fine(seen.area.mask.astype(np.float32), image.shape) > 0.5
    # Two millimetres around the print, half a millimetre off: the corners of many sensors are dark anyway.
    near, far = (cv2.dilate(inside.astype(np.uint8), np.ones((n, n), np.uint8)) for n in (21, 81))
    ground = image[(near == 0) & (far > 0)]
    if len(ground) < 0.02 * image.size:
        return False
    return bool(np.median(ground) < np.percentile(image[inside], 25))


def refusal(part: NDArray[np.uint8], seen: Look, dpi: int) -> Unreadable:
    """Why there is no print: perhaps it is there at another resolution than was said."""
    for factor, way in ((0.5, cv2.INTER_AREA), (2.0, cv2.INTER_CUBIC)):
        cut = part[: 750 if factor > 1 else None, : 750 if factor > 1 else None]
        other = cv2.resize(cut, None, fx=factor, fy=factor, interpolation=way)
        edge = (PAD, PAD + -other.shape[0] % CELL, PAD, PAD + -other.shape[1] % CELL)
        again = look(np.asarray(cv2.copyMakeBorder(other, *edge, cv2.BORDER_REPLICATE), np.uint8))
        times = "twice" if factor < 1 else "half"
        if again.is_print and again.square > 0.5 * seen.square * factor**2:
            return Unreadable(
                "501",
                f"What looks like ridges lies {times} as far apart as a finger's at {dpi} dpi",
                f"Say the right resolution: perhaps {round(dpi / factor)} dpi.",
            )
    return no_print()


def no_print() -> Unreadable:
    return Unreadable(
        "501",
        "There are no ridges of a finger in the picture, or hardly any",
        "Send the impression of one finger, dark on a light ground; take it again if it is smudged.",
    )
