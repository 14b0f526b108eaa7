"""What the sensor saw: where it saw anything, and its grey values with the lighting taken out."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]

COARSE = 4
"""Pixels a side of a cell of the fields that vary slowly; they are blurred there, at a sixteenth of the cost.
"""
SPREAD = 12
"""Pixels (one to two ridges) over which the lighting is taken to be even."""


def coarse(field: Field) -> Field:
    """Means over cells of `COARSE` pixels; sides are multiples of it."""
    small = (field.shape[1] // COARSE, field.shape[0] // COARSE)
    return np.asarray(cv2.resize(field, small, interpolation=cv2.INTER_AREA), np.float32)


def fine(field: Field, shape: tuple[int, ...]) -> Field:
    """A field of cells, one value for each pixel again."""
    return np.asarray(cv2.resize(field, shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def blurred(field: Field, sigma: float) -> Field:
    return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma), np.float32)


def live(image: Grey) -> Grey:
    """1 where the sensor saw something, 0 in the flat fill around a corrected or cropped image.

    Flat is what varies by no more than 2 grey values over 9 pixels; only flat patches that touch the border
    count, since a dry or a wet print has flat patches too.
    """
    window = np.ones((9, 9), np.uint8)
    spread = cv2.subtract(cv2.dilate(image, window), cv2.erode(image, window))
    flat = cv2.dilate((spread <= 2).astype(np.uint8), window)
    _, label, stats, _ = cv2.connectedComponentsWithStats(flat)
    high, wide = image.shape
    right, bottom = stats[:, 0] + stats[:, 2], stats[:, 1] + stats[:, 3]
    edge = (stats[:, 0] == 0) | (stats[:, 1] == 0) | (right == wide) | (bottom == high)
    outside = edge & (stats[:, 4] > 400)
    outside[0] = False
    return np.asarray(~outside[label], np.uint8)


def normalised(image: Grey, seen: Grey) -> tuple[Field, Field]:
    """Local mean 0 and spread 1 (Hong, Wan & Jain 1998), and the local spread in grey values, by `COARSE`."""
    field, weight = image.astype(np.float32), seen.astype(np.float32)
    sigma = SPREAD / COARSE
    share = blurred(coarse(weight), sigma) + 1e-3
    mean = fine(blurred(coarse(field * weight), sigma) / share, image.shape)
    off = field - mean
    spread = np.sqrt(np.maximum(blurred(coarse(off * off * weight), sigma) / share, 1))
    if not seen.all():
        weight = np.clip((fine(blurred(coarse(weight), 1), image.shape) - 0.5) * 2.5, 0, 1)
    off /= fine(spread, image.shape) + 6
    return np.clip(off, -2.5, 2.5, out=off) * weight, np.asarray(spread * coarse(weight), np.float32)
