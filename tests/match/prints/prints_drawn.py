"""Prints drawn by chance, and impressions of them: minutiae alone, so that tests of the matcher cost
nothing."""

import numpy as np

from entente.match.prints import Flow, Print


def drawn(seed: int, count: int = 35, flow: bool = False) -> Print:
    """A finger's minutiae, about 25 px apart, directions following one another as ridges do."""
    dice = np.random.default_rng(seed)
    side = int(25 * np.sqrt(max(count, 1))) + 40
    place = dice.uniform(20, 20 + side, (count, 2))
    wave = dice.normal(0, 0.01, 2)
    direction = np.degrees(place @ wave + dice.uniform(0, 2 * np.pi)) + dice.choice([0, 180], count)
    values = np.column_stack([place, direction % 360, np.full(count, 60), np.full(count, 1)])
    cells = side // 16 + 3
    rows, columns = np.mgrid[0:cells, 0:cells] * 16 + 8
    angle = (np.stack([columns, rows], axis=-1) @ wave * 256 / np.pi) % 256
    seen = Flow(angle.astype(np.uint8), np.full((cells, cells), 200, np.uint8)) if flow else None
    return Print(values.astype(np.float32), side + 60, side + 60, flow=seen)


def moved(print: Print, turn: float, shift: tuple[float, float], seed: int = 0, noise: float = 0.0) -> Print:
    """The same finger, turned by degrees counter-clockwise about the top left corner, then shifted; `noise`
    px of scatter and, where there is any, a fifth of the minutiae lost."""
    dice = np.random.default_rng(seed)
    values = print.minutiae.astype(np.float64)
    if noise:
        values = values[dice.random(len(values)) > 0.2]
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    x, y = values[:, 0], values[:, 1]
    values = np.column_stack(
        [
            cosine * x + sine * y + shift[0],
            cosine * y - sine * x + shift[1],
            values[:, 2] + turn,
            values[:, 3:],
        ]
    )
    values[:, :2] += dice.normal(0, noise, (len(values), 2)) if noise else 0
    values[:, 2] = (values[:, 2] + (dice.normal(0, 4 * noise, len(values)) if noise else 0)) % 360
    return Print(values.astype(np.float32), print.width, print.height)
