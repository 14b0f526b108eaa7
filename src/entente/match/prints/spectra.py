"""How far apart the ridges are, and how much of the picture is ridges, by windowed spectra."""

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np

from entente.match.prints.sensing import Field

WINDOW, STEP = 32, 8
"""Pixels: a window holds three ridges; one every eight pixels."""
HALF = 2
"""Spectra are taken at half resolution: the finest ridges (5.8 pixels) still have three samples there."""
DIRECTIONS = 32
PERIODS = np.exp(np.linspace(np.log(5.8), np.log(13), 9))
"""Pixels from ridge to ridge at 500 dpi: a child's to a large man's."""


class Tables(NamedTuple):
    hann: Field
    directed: Field
    tuned: Field


class Spectra(NamedTuple):
    """By windows, one every `STEP` pixels.

    `period`: index into `PERIODS`, of a fraction. `share`: of the energy that runs with the ridges, 0 to 1.
    `profile`: energy by period before it is smoothed, summing to 1 a window.
    """

    period: Field
    share: Field
    profile: Field


@cache
def _tables() -> Tables:
    n = WINDOW // HALF
    fy, fx = np.meshgrid(np.fft.fftfreq(n), np.fft.rfftfreq(n), indexing="ij")
    radius, angle = np.hypot(fx, fy) / HALF, np.arctan2(-fy, fx)
    across = np.arange(DIRECTIONS)[:, None, None] * np.pi / DIRECTIONS + np.pi / 2
    off = (angle - across + np.pi / 2) % np.pi - np.pi / 2
    directed = np.exp(-0.5 * (off / 0.3) ** 2).reshape(DIRECTIONS, -1)
    distance = np.log(np.maximum(radius, 1e-6)) + np.log(PERIODS)[:, None, None]
    tuned = np.exp(-0.5 * (distance / 0.22) ** 2).reshape(len(PERIODS), -1)
    tuned /= tuned.sum(1, keepdims=True)
    # Spectra of pictures fall with the square of the frequency; unless that is undone, periods come out a
    # third too long. The columns that stand for two are not doubled: what is compared shares them all.
    white = (radius**2).reshape(-1)
    hann = np.hanning(n + 1)[:n]
    return Tables(*(np.asarray(z, np.float32) for z in (np.outer(hann, hann), directed * white, tuned)))


def spectra(field: Field, direction: Field) -> Spectra:
    """Of a normalised image (sides multiples of 16) whose ridges run in `direction` (steps of `DIRECTIONS`).

    After Chikkerur, Cartwright & Govindaraju (2007), the direction taken from the structure tensor."""
    high, wide = field.shape
    n, step = WINDOW // HALF, STEP // HALF
    small = cv2.resize(field, (wide // HALF, high // HALF), interpolation=cv2.INTER_AREA)
    padded = cv2.copyMakeBorder(small, n // 2, n // 2, n // 2, n // 2, cv2.BORDER_CONSTANT, value=0)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (n, n))[::step, ::step]
    rows, columns = windows.shape[:2]
    tables = _tables()
    waves = np.fft.rfft2(windows * tables.hann)
    energy = (waves.real**2 + waves.imag**2).reshape(rows * columns, -1)
    steps = np.rint(_at(direction, rows, columns)).astype(np.int64).reshape(-1) % DIRECTIONS
    along = energy * tables.directed[steps]
    profile = along @ tables.tuned.T
    profile /= profile.sum(1, keepdims=True) + 1e-6
    white = energy @ _whitened()
    share = (along.sum(1) / (white + 1e-6)).reshape(rows, columns)
    grid = profile.reshape(rows, columns, -1).astype(np.float32)
    even = cv2.GaussianBlur(grid, (0, 0), 2.0)
    return Spectra(even.argmax(2).astype(np.float32), share.astype(np.float32), grid)


@cache
def _whitened() -> Field:
    n = WINDOW // HALF
    fy, fx = np.meshgrid(np.fft.fftfreq(n), np.fft.rfftfreq(n), indexing="ij")
    return np.asarray((np.hypot(fx, fy) / HALF) ** 2, np.float32).reshape(-1)


def _at(field: Field, rows: int, columns: int) -> Field:
    """Values at the centres of the windows, the last ones at the border."""
    y = np.minimum(np.arange(rows) * STEP, field.shape[0] - 1)
    x = np.minimum(np.arange(columns) * STEP, field.shape[1] - 1)
    return field[np.ix_(y, x)]


def upsampled(windows: Field, shape: tuple[int, ...], cell: int = 1) -> Field:
    """A value of each window for each cell of `cell` pixels of an image; `shape` in cells."""
    scale = STEP / cell
    # A window's centre is the pixel `STEP * i`; the centre of a cell is half a cell in.
    x = ((np.arange(shape[1], dtype=np.float32) + (0.5 if cell > 1 else 0)) / scale)[None, :]
    y = ((np.arange(shape[0], dtype=np.float32) + (0.5 if cell > 1 else 0)) / scale)[:, None]
    maps = np.broadcast_to(x, shape).astype(np.float32), np.broadcast_to(y, shape).astype(np.float32)
    return np.asarray(
        cv2.remap(windows, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
