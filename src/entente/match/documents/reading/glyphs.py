"""The glyph net: which character of OCR-B stands at each place of a line that has been made straight.

A line comes as a strip: `PITCH` px from character to character, letters `PITCH` px high, in the middle of
`ROWS` rows. A window as wide as a character and a quarter is looked at everywhere along it by a net of two
hidden layers (data/glyphs.npz, trained by benchmarks/train_reader.py), which knows the 37 characters of a
zone and "none": the gap between two characters, paper, another script, a character upside down.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import numpy.typing as npt

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
NONE = len(CHARACTERS)
"""The class of what is no character."""
PITCH = 16
"""Px from character to character in a strip."""
ROWS = 40
"""Rows of a strip: room to look a little higher and lower, and paper to measure."""
TALL = 24
"""Rows of a window."""
TOP = (ROWS - TALL) // 2
"""The row of a strip at which windows begin."""
WIDE = 20
"""Columns of a window."""
_DOUBT = 0.004
"""Share of every answer that is spread over all classes: the net has not seen all that printers do."""

Floats = npt.NDArray[np.float32]
Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Net:
    """Weights of the layers: (inputs, outputs) and (outputs,) each."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    def logits(self, inputs: Floats) -> Floats:
        """(n, inputs) to (n, classes)."""
        last = len(self.weights) - 1
        for n, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            inputs = inputs @ weight + bias
            if n < last:
                np.maximum(inputs, 0, out=inputs)
        return inputs


@cache
def net() -> Net:
    """The net that is shipped, loaded once in a process."""
    with (files(__package__) / "data" / "glyphs.npz").open("rb") as file, np.load(file) as kept:
        layers = len(kept.files) // 2
        return Net(
            tuple([kept[f"w{n}"].astype(np.float32) for n in range(layers)]),
            tuple([kept[f"b{n}"].astype(np.float32) for n in range(layers)]),
        )


def flat(strip: npt.NDArray[np.generic]) -> Floats:
    """A grey strip as ink: 0 paper, about 1 ink, whatever the light, from its own paper and ink.

    The paper is what is left where strokes are closed over; ink is measured over the whole strip and, half
    and half, near each place, because light falls off along a line.
    """
    grey = strip.astype(np.float32)
    paper = cv2.GaussianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, _disc(11)), (0, 0), 5)
    ink = np.maximum(paper - cv2.GaussianBlur(grey, (0, 0), 0.5), 0)
    near = cv2.GaussianBlur(cv2.dilate(ink, _disc(9)), (0, 0), 12)
    scale = 0.5 * near + 0.5 * float(np.percentile(near, 75))
    return np.asarray(ink / np.maximum(scale, 6.0), np.float32)


@cache
def _disc(size: int) -> Grey:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def windows(ink: Floats) -> Floats:
    """(TALL, columns) to (columns - WIDE + 1, TALL * WIDE): every window, its mean and spread taken out."""
    seen = np.lib.stride_tricks.sliding_window_view(ink, WIDE, axis=1)  # TALL, n, WIDE
    flattened = np.ascontiguousarray(seen.transpose(1, 0, 2)).reshape(seen.shape[1], TALL * WIDE)
    return normal(flattened)


def normal(flattened: Floats) -> Floats:
    """Windows without their mean, and of one spread; a window of paper stays faint."""
    centred = flattened - flattened.mean(axis=1, keepdims=True)
    spread = np.maximum(centred.std(axis=1, keepdims=True), 0.12)
    return np.asarray(centred / spread, np.float32)


def log_probabilities(ink: Floats, of: Net | None = None) -> Floats:
    """(TALL, columns) to (columns, 38): natural logarithms, for a character in the middle of each column.

    Half a window at either end cannot be looked at and counts as paper.
    """
    half = WIDE // 2
    padded = np.pad(ink, ((0, 0), (half, half)))[:, : ink.shape[1] + WIDE - 1]
    return softened((of or net()).logits(windows(padded)))


def softened(logits: Floats) -> Floats:
    """Log-probabilities of which none is below that of doubt."""
    logits = logits - logits.max(axis=1, keepdims=True)
    shares = np.exp(logits)
    shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(np.log(shares * (1 - _DOUBT) + _DOUBT / shares.shape[1]), np.float32)
