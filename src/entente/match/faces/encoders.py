"""What turns a face into numbers: the network that comes with the house, and those that an operator brings.

Vectors of different encoders, or versions of one, say nothing about each other: whatever keeps a vector keeps
its encoder's `space` beside it, and compares within one space alone.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.faces import networks, weights
from entente.match.faces.packed import Floats
from entente.match.faces.points import Points, laid, upright
from entente.match.faces.running import Network, weights_folder

SMOOTHED = 0.8
"""Pixels: what a face is smoothed by before the network sees it; noise and the edges of enlarged pixels
otherwise cost more than the blur (`benchmarks.faces`)."""
BATCH = 32
"""Faces a network is given at once: more gain nothing and need memory."""


class Encoder(Protocol):
    """Makes vectors of faces. `licence` and `bias` are shown where faces are searched."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def dimension(self) -> int: ...
    @property
    def licence(self) -> str: ...
    @property
    def bias(self) -> str: ...
    def cut(self, picture: NDArray[np.uint8], at: Points) -> NDArray[np.uint8]:
        """(side, side, 3) RGB: the face of a picture laid as this encoder takes it."""
        ...

    def encode(self, chips: NDArray[np.uint8]) -> Floats:
        """(n, side, side, 3) → (n, dimension), each of length one."""
        ...


def space(encoder: Encoder) -> str:
    """`name@version`: within which vectors may be compared."""
    return f"{encoder.name}@{encoder.version}"


@dataclass(frozen=True, slots=True)
class Residual128:
    """Davis King's residual network of 2017: 128 numbers, public domain (CC0)."""

    network: Network = field(repr=False)
    name: str = "dlib-128"
    version: int = 1
    dimension: int = 128
    mirrored: bool = False
    licence: str = "CC0 1.0 (public domain), Davis King, dlib_face_recognition_resnet_model_v1"
    bias: str = (
        "Its author says that it was trained mostly on pictures of well-known adults, many of them Americans "
        "of European descent, and is less accurate for everyone else and in galleries of more than some "
        "hundred persons. Expect more wrong candidates for children, for women and for people of African, "
        "Asian and Indigenous descent."
    )

    def cut(self, picture: NDArray[np.uint8], at: Points) -> NDArray[np.uint8]:
        chip = upright(picture, at, laid(networks.SIDE), networks.SIDE)
        return np.asarray(cv2.GaussianBlur(chip, (0, 0), SMOOTHED), np.uint8)

    def encode(self, chips: NDArray[np.uint8]) -> Floats:
        return encoded(
            chips, lambda some: self.network(networks.prepared(some)), self.dimension, self.mirrored
        )


def residual128(data: bytes, threads: int = 1) -> Residual128:
    """The encoder out of the bytes of its file; raises `Misread` or `Missing`."""
    return Residual128(Network(networks.encoder(weights.residual(data)), threads))


@cache
def default_encoder() -> Residual128:
    """The encoder that comes with `entente[faces]`, read once a process. Raises `Missing`."""
    return residual128((weights_folder() / weights.ENCODER_FILE).read_bytes())


class Run(Protocol):
    def __call__(self, some: NDArray[np.uint8], /) -> Floats: ...


def encoded(chips: NDArray[np.uint8], run: Run, dimension: int, mirrored: bool) -> Floats:
    """(n, dimension) of length one; `mirrored`: of each face and its mirror image, in twice the time."""
    told = np.empty((len(chips), dimension), np.float32)
    for start in range(0, len(chips), BATCH):
        some = chips[start : start + BATCH]
        vectors = of_length_one(run(some))
        if mirrored:
            vectors = of_length_one(vectors + of_length_one(run(np.ascontiguousarray(some[:, :, ::-1]))))
        told[start : start + BATCH] = vectors
    return told


def of_length_one(vectors: Floats) -> Floats:
    """Each vector (…, d) divided by its length; one of noughts stays so."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
