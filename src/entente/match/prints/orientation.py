"""Which way the ridges run."""

from typing import NamedTuple

import cv2
import numpy as np

from entente.match.prints.sensing import COARSE, Field, blurred, coarse, fine


class Ridges(NamedTuple):
    """Direction of the ridges by cells of `COARSE` pixels.

    `cos`, `sin`: of the doubled angle, counter-clockwise from the x axis; their length is how much the
    neighbourhood agrees. `coherence`: 0 (no direction) to 1, before the neighbourhood was asked.
    """

    cos: Field
    sin: Field
    coherence: Field


def ridges(field: Field, gradient: float = 1.2, spread: float = 7) -> Ridges:
    """Ridge flow by the structure tensor, averaged over `spread` pixels twice (Kass & Witkin 1987, Bazen &
    Gerez 2002): once as energies, once as directions weighted by their coherence, which keeps one scratch
    from turning its whole surroundings.
    """
    smooth = blurred(field, gradient)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3)
    xx, yy = gx * gx, gy * gy
    sigma = spread / COARSE
    a, b, energy = (blurred(coarse(z), sigma) for z in (xx - yy, 2 * gx * gy, xx + yy))
    size = np.sqrt(a * a + b * b)
    coherence = size / (energy + 1e-6)
    weight = coherence / (size + 1e-6)
    # The gradient runs across the ridge, and the y axis of an image points down: both turn into signs.
    return Ridges(-blurred(a * weight, sigma), blurred(b * weight, sigma), coherence)


def steps(flow: Ridges, shape: tuple[int, ...], count: int) -> Field:
    """Direction of every pixel of an image of that shape, in [0, count): `count` steps make a half turn."""
    cos, sin = fine(flow.cos, shape), fine(flow.sin, shape)
    return np.asarray(cv2.phase(cos, sin) * (count / (2 * np.pi)), np.float32)
