"""Ridges made clear: every pixel through the one Gabor filter of its own direction and period."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints.compiled import summing, twin
from entente.match.prints.sensing import Field
from entente.match.prints.spectra import DIRECTIONS, PERIODS

REACH = 11
SIDE = 2 * REACH + 1
TALL = SIDE + 1
TAPS = 576
"""Weights of a filter, column by column, filled up with zeros to whole registers of the processor."""
ACROSS, ALONG = 0.4, 0.4
"""Spread of a filter across and along the ridge, in ridge periods: wider ones draw ridges where there are
none.
"""

Which = NDArray[np.int32]


def bank(scale: float = 1.0, across: float = ACROSS, along: float = ALONG) -> Field:
    """(directions * periods, side, side) filters after Hong, Wan & Jain (1998), each of mean 0 and of
    absolute weights that sum to 1. `scale`: pixels at 500 dpi to a pixel of the field they are for.
    """
    y, x = np.mgrid[-REACH : REACH + 1, -REACH : REACH + 1]
    filters = np.zeros((DIRECTIONS, len(PERIODS), SIDE, SIDE))
    for k in range(DIRECTIONS):
        cos, sin = np.cos(k * np.pi / DIRECTIONS), np.sin(k * np.pi / DIRECTIONS)
        u, v = x * cos - y * sin, x * sin + y * cos
        for i, period in enumerate(PERIODS / scale):
            hill = np.exp(-0.5 * ((v / (across * period)) ** 2 + (u / (along * period)) ** 2))
            wave = hill * np.cos(2 * np.pi * v / period)
            wave -= hill * (wave.sum() / hill.sum())
            filters[k, i] = wave / np.abs(wave).sum()
    return np.asarray(filters.reshape(-1, SIDE, SIDE), np.float32)


def columns(filters: Field) -> Field:
    """(filters, `TAPS`) weights as `filtered` takes them."""
    weights = np.zeros((len(filters), TAPS), np.float32)
    tall = np.pad(filters, ((0, 0), (0, 1), (0, 0)))
    weights[:, : TALL * SIDE] = tall.transpose(0, 2, 1).reshape(len(weights), -1)
    return weights


@cache
def _reading() -> Field:
    return columns(bank())


def enhanced(field: Field, direction: Field, period: Field, use: NDArray[np.uint8]) -> Field:
    """The filtered field, 0 where `use` is 0. `direction` in steps of `DIRECTIONS`, `period` an index of
    `PERIODS`.
    """
    steps = np.rint(direction).astype(np.int32) % DIRECTIONS
    which = steps * np.int32(len(PERIODS)) + np.rint(period).astype(np.int32)
    which[use == 0] = -1
    padded = cv2.copyMakeBorder(field, REACH, REACH + 1, REACH, REACH, cv2.BORDER_REFLECT)
    return filtered(np.ascontiguousarray(padded.T), which, _reading())


def filtered_slow(turned: Field, which: Which, weights: Field) -> Field:
    """What `filtered` is held to: all pixels of one filter at once."""
    high, wide = which.shape
    image = turned.T[: high + 2 * REACH]
    patches = np.lib.stride_tricks.sliding_window_view(image, (SIDE, SIDE))
    square = weights[:, : TALL * SIDE].reshape(-1, SIDE, TALL)[:, :, :SIDE].transpose(0, 2, 1)
    out = np.zeros((high, wide), np.float32)
    for filter in np.unique(which[which >= 0]):
        y, x = np.nonzero(which == filter)
        out[y, x] = patches[y, x].reshape(len(y), -1) @ square[filter].reshape(-1)
    return out


@twin(filtered_slow)
@summing
def filtered(turned: Field, which: Which, weights: Field) -> Field:
    """(high, wide) sums of an image, each pixel by the row of `weights` that `which` names; 0 where below 0.

    `turned`: (wide + 2 reach, high + 2 reach + 1), the image with its axes swapped: the columns above and
    below a row then lie one after the other, and the patch around each pixel is one run of memory.
    """
    high, wide = which.shape
    out = np.zeros((high, wide), np.float32)
    strip = np.zeros((wide + 2 * REACH + 1) * TALL, np.float32)
    for y in range(high):
        first, last = wide, -1
        for x in range(wide):
            if which[y, x] >= 0:
                first = min(first, x)
                last = x
        for x in range(first, last + 1 + 2 * REACH if last >= 0 else first):
            for a in range(TALL):
                strip[x * TALL + a] = turned[x, y + a]
        for x in range(first, last + 1):
            if which[y, x] >= 0:
                patch, weight = strip[x * TALL : x * TALL + TAPS], weights[which[y, x]]
                total = np.float32(0)
                for i in range(TAPS):
                    total += patch[i] * weight[i]
                out[y, x] = total
    return out
