"""A picture read for faces: where they are, how good, and as what numbers they are compared."""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from entente.match.faces import weights
from entente.match.faces.encoders import Encoder, default_encoder, space
from entente.match.faces.finding import LONGEST, Box, Finder
from entente.match.faces.packed import Floats
from entente.match.faces.points import Points, points_again
from entente.match.faces.quality import Quality, Reason, quality
from entente.match.faces.running import weights_folder
from entente.match.faces.weights import Cascade

LEAST_SIDE, MOST_PIXELS = 40, 50_000_000
"""Pixels: no face fits into less; more is not looked at at all."""
CROWD = 20
"""Faces from which on a picture is of a crowd, and of nobody who could be meant."""


class Unreadable(ValueError):
    """No face was read: `code` for programs (118 is INT-I's for a size), `what` was seen (without a stop, for
    the code that follows it), what to `do`."""

    def __init__(self, code: str, what: str, do: str) -> None:
        super().__init__(f"{what}. {do}")
        self.code, self.what, self.do = code, what, do


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face: its `box` and five `points` (5, 2) in pixels of the picture, its `vector` (d,) of length one,
    and its `quality`."""

    box: Box
    points: Points
    vector: Floats = field(repr=False)
    quality: Quality

    @property
    def confidence(self) -> float:
        """The detector's score: above 0 a face, near 1 a sure one."""
        return self.box.sure


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """`faces`: the largest first, at least one. `space`: `encoder@version` of their vectors. `reasons`: what
    is to be said of the picture as a whole."""

    faces: tuple[Face, ...]
    space: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """The detector and the trees of the five points, ready to read."""

    finder: Finder
    cascade: Cascade

    def read(self, picture: NDArray[np.uint8], encoder: Encoder | None = None) -> Reading:
        """Faces of a picture (h, w, 3) uint8 RGB, or (h, w) grey.

        Raises `Unreadable` for a picture too small or too large, or without a face, and `ValueError` for an
        array of another shape.
        """
        seen = _coloured(picture)
        by = encoder or default_encoder()
        boxes = sorted(self.finder(seen), key=lambda box: (-box.width * box.height, -box.sure))
        if not boxes:
            raise _no_face(seen)
        where = [points_again(seen, box, self.cascade) for box in boxes]
        vectors = by.encode(np.stack([by.cut(seen, at) for at in where]))
        told = [quality(seen, box, at, len(boxes)) for box, at in zip(boxes, where, strict=True)]
        faces = tuple(map(Face, boxes, where, vectors, told))
        return Reading(faces, space(by), _of_the_picture(len(faces)))


def reader(detector: bytes, points: bytes, threads: int = 1) -> Reader:
    """A reader out of the bytes of the two published files; raises `Misread` or `Missing`."""
    return Reader(Finder(weights.detector(detector), threads), weights.cascade(points))


@cache
def default_reader() -> Reader:
    """The reader that comes with `entente[faces]`, made once a process. Raises `Missing`."""
    folder = weights_folder()
    return reader((folder / weights.DETECTOR_FILE).read_bytes(), (folder / weights.POINTS_FILE).read_bytes())


def read(picture: NDArray[np.uint8], encoder: Encoder | None = None) -> Reading:
    """Faces of a picture (h, w, 3) uint8 RGB, the largest first; `encoder`: None for the house's own.

    Faces from 80 pixels on are found, in pictures longer than 1024 pixels from 1/13 of the longer side on; in
    pictures under 512 pixels where none is so large, from 40 on. Raises `Unreadable`, and `Missing` without
    `entente[faces]`; TypeError for what is no array, ValueError for one of another shape or type.
    """
    if not isinstance(picture, np.ndarray):
        raise TypeError(
            f"faces are read from a (height, width, 3) array of uint8 RGB values, not from "
            f"{type(picture).__name__}: decode the file first, e.g. with "
            'numpy.asarray(PIL.Image.open(path).convert("RGB"))'
        )
    return default_reader().read(picture, encoder)


def _coloured(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if (
        picture.dtype != np.uint8
        or picture.ndim not in (2, 3)
        or (picture.ndim == 3 and picture.shape[2] != 3)
    ):
        raise ValueError(
            f"a picture of shape {picture.shape} and {picture.dtype}: (h, w, 3) uint8 RGB is due"
        )
    height, width = picture.shape[:2]
    if min(height, width) < LEAST_SIDE:
        what = f"A picture of {width} by {height} pixels is too small for a face"
        raise Unreadable("118", what, "Send the whole portrait, at least 300 pixels wide.")
    if height * width > MOST_PIXELS or max(height, width) > 40 * min(height, width):
        what = f"A picture of {width} by {height} pixels is not a portrait"
        raise Unreadable("118", what, "Cut out the person, or scale the picture down.")
    return np.repeat(picture[:, :, None], 3, 2) if picture.ndim == 2 else picture


def _no_face(picture: NDArray[np.uint8]) -> Unreadable:
    if int(picture.max()) - int(picture.min()) < 8:
        what = "The picture is of one tone: nothing is on it"
        return Unreadable("empty", what, "Look whether the file was saved or sent whole.")
    larger = max(picture.shape[:2]) > LONGEST
    what = "No face was found"
    do = "Send a picture in which a face is seen from the front, upright, with both eyes"
    return Unreadable("no_face", what, f"{do}; cut out the person first." if larger else f"{do}.")


def _of_the_picture(faces: int) -> tuple[Reason, ...]:
    if faces >= CROWD:
        do = "Cut out the person who is meant and send that alone."
        return (Reason("crowd", "This is a picture of a crowd, not of one person.", do, forbids=True),)
    if faces > 1:
        return (Reason("several", f"There are {faces} faces.", "Choose the one who is meant."),)
    return ()
