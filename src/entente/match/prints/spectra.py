"""How far apart the ridges are, and how much of the picture is ridges, by windowed spectra."""

from functools import cache
from typing import NamedTuple

import cv2
import numpy as np

from entente.match.prints.sensing import Field, blurred

WINDOW, STEP = 32, 8
"""Pixels: a window holds three ridges; one every eight pixels."""
HALF = 2
"""Spectra are taken at half resolution: the finest ridges (5.8 pixels) still have three samples there."""
DIRECTIONS = 32
PERIODS = np.exp(np.linspace(np.log(5.8), np.log(13), 9))
"""Pixels from ridge to ridge at 500 dpi: a child's to a large man's."""
NARROWEST, WIDEST = 5.0, 14.0
"""Pixels: waves beyond these say nothing of where ridges run."""


class Tables(NamedTuple):
    """`across` (16, 2 * 9) and `down` (2 * 16, 16): the parts of a Fourier transform under a Hann window,
    real ones before imaginary ones. By waves (16 * 9): `directed` (directions, waves), `tuned` (periods,
    waves), `white` all weights; `band` those of a finger's periods, `doubled` (waves, 2) with the ridges'
    direction.
    """

    across: Field
    down: Field
    directed: Field
    tuned: Field
    white: Field
    band: Field
    doubled: Field


class Spectra(NamedTuple):
    """By windows, one every `STEP` pixels.

    `period`: index into `PERIODS`. `share`: of the energy that runs with the ridges, 0 to 1.
    """

    period: Field
    share: Field


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
    turns = np.outer(np.arange(n), np.arange(n)) * (2 * np.pi / n)
    cos, sin = hann * np.cos(turns), hann * np.sin(turns)
    half = n // 2 + 1
    across = np.hstack([cos.T[:, :half], -sin.T[:, :half]])
    band = (white > 1 / WIDEST**2) & (white < 1 / NARROWEST**2)
    ridge = 2 * (angle.reshape(-1) - np.pi / 2)
    doubled = np.stack([np.cos(ridge), np.sin(ridge)], 1) * (band * white)[:, None]
    parts = (across, np.vstack([cos, sin]), directed * white, tuned, white, band * white, doubled)
    return Tables(*(np.ascontiguousarray(z, np.float32) for z in parts))


def waves(field: Field) -> Field:
    """(rows, columns, 16, 9) energy of the waves in windows of a normalised image, one every `STEP` pixels.

    Sides are multiples of `STEP`. Windows overlap: each stretch of a row is transformed once, and not again
    for every window that it is in.
    """
    high, wide = field.shape
    n, step = WINDOW // HALF, STEP // HALF
    small = cv2.resize(field, (wide // HALF, high // HALF), interpolation=cv2.INTER_AREA)
    edge = (n // 2, n // 2, n // 2, n // 2)
    padded = np.asarray(cv2.copyMakeBorder(small, *edge, cv2.BORDER_CONSTANT, value=0), np.float32)
    tables = _tables()
    stretches = np.lib.stride_tricks.sliding_window_view(padded, n, 1)[:, ::step]
    columns, half = stretches.shape[1], n // 2 + 1
    flat = np.ascontiguousarray(stretches).reshape(-1, n)
    parts = []
    for weights in (tables.across[:, :half], tables.across[:, half:]):
        across = (flat @ weights).reshape(len(padded), -1)
        windows = np.lib.stride_tricks.sliding_window_view(across, n, 0)[::step].swapaxes(1, 2)
        parts.append(tables.down @ windows)
    real, imaginary = parts
    even, odd = real[:, :n] + imaginary[:, n:], imaginary[:, :n] - real[:, n:]
    even *= even
    even += odd * odd
    return np.ascontiguousarray(even.reshape(-1, n, columns, half).swapaxes(1, 2))


def directions(energy: Field, shape: tuple[int, ...], cell: int) -> tuple[Field, Field]:
    """Cosine and sine of the doubled direction of the ridges by cells of `cell` pixels, `shape` of them.

    From the energy of `waves` in a finger's band (Chikkerur, Cartwright & Govindaraju 2007). Where a print is
    wet, dry or scratched this goes by all ridges of a window, the structure tensor by the strongest edge.
    """
    tables = _tables()
    rows, columns = energy.shape[:2]
    flat = energy.reshape(rows * columns, -1)
    vectors = (flat @ tables.doubled) / (flat @ tables.band + 1e-6)[:, None]
    even = blurred(vectors.reshape(rows, columns, 2).astype(np.float32), 1.0)
    cos, sin = (upsampled(np.ascontiguousarray(even[..., i]), shape, cell) for i in range(2))
    return cos, sin


def spectra(energy: Field, direction: Field) -> Spectra:
    """From the energy of `waves` in an image whose ridges run in `direction` (by pixels, steps of
    `DIRECTIONS`).
    """
    tables = _tables()
    rows, columns = energy.shape[:2]
    flat = energy.reshape(rows * columns, -1)
    steps = np.rint(_at(direction, rows, columns)).astype(np.int64).reshape(-1) % DIRECTIONS
    along = flat * tables.directed[steps]
    profile = along @ tables.tuned.T
    profile /= profile.sum(1, keepdims=True) + 1e-6
    share = (along.sum(1) / (flat @ tables.white + 1e-6)).reshape(rows, columns)
    even = blurred(profile.reshape(rows, columns, -1).astype(np.float32), 2.0)
    return Spectra(even.argmax(2).astype(np.float32), share.astype(np.float32))


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
