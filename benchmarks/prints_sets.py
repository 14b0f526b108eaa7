"""Real prints of research sets beside the project, and pairs of them as the specification counts."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints import Print, Unreadable, iso19794, read

FOLDER = Path(__file__).resolve().parents[2] / "shared/data/prints"
SETS = ("fvc2002_db1_b", "fvc2002_db3_b", "fvc2002_db4_b", "fvc2004_db2_b")
NAMES = [f"{finger}_{impression}" for finger in range(101, 111) for impression in range(1, 9)]
PAIRS = np.array([(a, b) for a in range(80) for b in range(a + 1, 80)])
SAME = PAIRS[:, 0] // 8 == PAIRS[:, 1] // 8
"""280 pairs are of one finger, 2,880 of two."""
TUNED = (PAIRS // 8 < 5).all(axis=1)
SHOWN = (PAIRS // 8 >= 5).all(axis=1)
"""Fingers 101 to 105, on which weights and thresholds were chosen, and 106 to 110, which nothing was chosen
on."""
NOTHING = Print(np.zeros((0, 5), np.float32), 1, 1)


def present() -> list[str]:
    return [name for name in SETS if (FOLDER / name).is_dir()]


def dpi(name: str) -> int:
    return 512 if name == "fvc2004_db2_b" else 500


def pictures(name: str, *, mirrored: bool = False) -> list[NDArray[np.uint8]]:
    found = [cv2.imread(str(FOLDER / name / f"{at}.png"), cv2.IMREAD_GRAYSCALE) for at in NAMES]
    return [np.ascontiguousarray(image[:, ::-1] if mirrored else image, np.uint8) for image in found]


def ours(name: str, *, mirrored: bool = False) -> tuple[list[Print], float]:
    """The prints of a set, and images a second; what cannot be read is a print without minutiae."""
    images = pictures(name, mirrored=mirrored)
    _read(images[0], dpi(name))
    begun = time.process_time()
    found = [_read(image, dpi(name)) for image in images]
    return found, len(found) / (time.process_time() - begun)


def _read(image: NDArray[np.uint8], resolution: int) -> Print:
    try:
        return read(image, resolution).print
    except Unreadable:
        return NOTHING


def others(name: str) -> list[Print]:
    """Templates of the same images by another extractor (no flow)."""
    return [iso19794.decode((FOLDER / "iso19794" / name / f"{at}.iso").read_bytes())[0] for at in NAMES]


def speed(work: Callable[[], Any], count: int) -> float:
    """How many a second of this process' CPU, once compiled."""
    work()
    begun = time.process_time()
    work()
    return count / (time.process_time() - begun)


def larger(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """(pairs,) the larger of both directions."""
    return np.maximum(matrix, matrix.T)[PAIRS[:, 0], PAIRS[:, 1]]


def packed(prints: Sequence[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    return np.concatenate(prints), np.cumsum([0, *map(len, prints)]).astype(np.int64)
