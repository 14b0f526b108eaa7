"""Networks and trees out of Davis King's published files (CC0), without dlib.

Three of the files of the package `face_recognition_models` are read: the residual network that turns a face
into 128 numbers, the detector (max-margin object detection, King 2015) and the regression trees that find
five points (Kazemi & Sullivan 2014). A fourth, of 68 points, was trained on faces whose licence forbids
commercial use: nothing here opens it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entente.match.faces.packed import Floats, Misread, Packed, numbers

ENCODER_FILE = "dlib_face_recognition_resnet_model_v1.dat"
DETECTOR_FILE = "mmod_human_face_detector.dat"
POINTS_FILE = "shape_predictor_5_face_landmarks.dat"


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """`weights` (out, in, height, width) and `bias` (out,), batch normalisation already folded in."""

    weights: Floats
    bias: Floats
    stride: int
    pad: int


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """The 29 convolutions of the encoder in the order of its input, and the (256, 128) matrix at its end."""

    convolutions: tuple[Convolution, ...]
    last: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Detector:
    """Seven convolutions, and what the detector's loss was told.

    `mean`: of red, green and blue, taken off before division by 256. `window`: (width, height) of a face in
    pixels. `most_overlap`, `most_covered`: shares (intersection over union, and over the smaller of the
    two) above which the weaker of two boxes is dropped.
    """

    convolutions: tuple[Convolution, ...]
    mean: tuple[float, float, float]
    window: tuple[int, int]
    most_overlap: float
    most_covered: float


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of the cascade: `anchor` (pixels,) point and `delta` (pixels, 2) from it of each pixel looked
    at; `first`, `second` (trees, splits) pixels compared and `limit` of their difference; `leaf` (trees,
    leaves, 5, 2) what is added to the shape."""

    anchor: NDArray[np.int64]
    delta: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    limit: Floats
    leaf: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """`mean` (5, 2): the shape it starts from, in shares of the face's box."""

    mean: Floats
    stages: tuple[Stage, ...]


def residual(data: bytes) -> Residual:
    """The encoder out of its file; raises `Misread` where the file is another."""
    file = Packed(data)
    convolutions: list[Convolution] = []
    channels = 3
    while len(convolutions) < 29:
        plain = _convolution(file, channels)
        _past(file, "affine_")
        _, params = file.tensor()
        convolutions.append(_folded(plain, *np.split(params, 2)))
        channels = len(plain.bias)
    _past(file, "fc_2")
    outputs, inputs = file.whole(), file.whole()
    _, last = file.tensor()
    return Residual(tuple(convolutions), last.reshape(inputs, outputs))


def detector(data: bytes) -> Detector:
    """The face detector out of its file; raises `Misread` where the file is another."""
    file = Packed(data)
    _past(file, "loss_mmod_")
    version = file.whole()
    if version != 1:
        raise Misread(f"options of version {version}, not 1")
    window = (file.whole(), file.whole())
    _per_false, _per_missed, _truth = file.real(), file.real(), file.real()
    most_overlap, most_covered = file.real(), file.real()
    _past(file, "input_rgb_image_pyramid")
    mean = (file.real(), file.real(), file.real())
    convolutions: list[Convolution] = []
    channels = 3
    while len(convolutions) < 6:
        plain = _convolution(file, channels)
        convolutions.append(_folded(plain, *_normalised(file)))
        channels = len(plain.bias)
    convolutions.append(_convolution(file, channels))
    return Detector(tuple(convolutions), mean, window, most_overlap, most_covered)


def cascade(data: bytes) -> Cascade:
    """The regression trees out of their file; raises `Misread` where the file is another.

    Splits and leaves of all trees are alike in count, so that a stage is five arrays.
    """
    taken = _Numbers(numbers(data))
    if taken.one() != 1:
        raise Misread("trees of another version than 1")
    shape = taken.matrix()
    if len(shape) != 10:
        raise Misread(f"a shape of {len(shape)} numbers, where five points have 10")
    stages = [_trees(taken) for _ in range(taken.one())]
    anchors = [taken.list() for _ in range(taken.one())]
    deltas = [taken.pairs() for _ in range(taken.one())]
    if not len(stages) == len(anchors) == len(deltas):
        raise Misread("stages, anchors and deltas are not as many")
    built = tuple(Stage(a, d, *trees) for trees, a, d in zip(stages, anchors, deltas, strict=True))
    return Cascade(shape.reshape(5, 2), built)


def _past(file: Packed, name: str) -> None:
    if not file.past(name):
        raise Misread(f"no layer {name!r} from byte {file.at} on")


def _convolution(file: Packed, channels: int) -> Convolution:
    _past(file, "con_4")
    _, params = file.tensor()
    filters, height, width, down, across, pad, pad_across = (file.whole() for _ in range(7))
    if down != across or pad != pad_across or params.size != filters * (channels * height * width + 1):
        raise Misread(f"a convolution of another shape before byte {file.at}")
    weights = params[:-filters].reshape(filters, channels, height, width)
    return Convolution(weights, params[-filters:], down, pad)


def _normalised(file: Packed) -> tuple[Floats, Floats]:
    """Factor and summand of a batch normalisation as it stood at the end of training."""
    _past(file, "bn_con2")
    _, params = file.tensor()
    for _ in range(10):  # two views of the parameters: a version and four sizes each
        file.whole()
    for _ in range(2):  # means and deviations of the last batch
        file.tensor()
    _, mean = file.tensor()
    _, variance = file.tensor()
    for _ in range(2):
        file.whole()
    for _ in range(4):
        file.real()
    scale, shift = np.split(params, 2)
    factor = (scale / np.sqrt(variance + file.real())).astype(np.float32)
    return factor, (shift - factor * mean).astype(np.float32)


def _folded(plain: Convolution, factor: Floats, summand: Floats) -> Convolution:
    weights = plain.weights * factor[:, None, None, None]
    return Convolution(weights, plain.bias * factor + summand, plain.stride, plain.pad)


class _Numbers:
    """Numbers of a file of trees, taken one after the other."""

    def __init__(self, values: NDArray[np.int64]) -> None:
        self.values = values
        self.at = 0

    def some(self, count: int) -> NDArray[np.int64]:
        if count < 0 or self.at + count > len(self.values):
            raise Misread("the file ends within its trees")
        self.at += count
        return self.values[self.at - count : self.at]

    def one(self) -> int:
        return int(self.some(1)[0])

    def list(self) -> NDArray[np.int64]:
        return self.some(self.one())

    def matrix(self) -> Floats:
        """A column; its sizes are written below nought, which tells this form from an older one."""
        rows, columns = -self.one(), -self.one()
        return _reals(self.some(2 * rows * columns).reshape(-1, 2))

    def pairs(self) -> Floats:
        """A list of points: (n, 2)."""
        count = self.one()
        return _reals(self.some(4 * count).reshape(count, 2, 2))


def _trees(taken: _Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats]:
    """First and second pixel, limit and leaves of all trees of a stage."""
    trees, start = taken.one(), taken.at
    splits = taken.one()
    leaves = splits + 1
    one = 1 + 4 * splits + 1 + leaves * 22  # a leaf: two sizes and ten reals of two numbers
    taken.at = start
    block = taken.some(trees * one).reshape(trees, one)
    sizes = block[:, 2 + 4 * splits :].reshape(trees, leaves, 22)
    if (block[:, 0] != splits).any() or (block[:, 1 + 4 * splits] != leaves).any():
        raise Misread("trees of one stage differ in size")
    if (sizes[:, :, 0] != -10).any() or (sizes[:, :, 1] != -1).any():
        raise Misread("a leaf is not a shape of five points")
    cut = block[:, 1 : 1 + 4 * splits].reshape(trees, splits, 4)
    leaf = _reals(sizes[:, :, 2:].reshape(trees, leaves, 10, 2)).reshape(trees, leaves, 5, 2)
    return cut[:, :, 0].copy(), cut[:, :, 1].copy(), _reals(cut[:, :, 2:]), leaf


def _reals(pairs: NDArray[np.int64]) -> Floats:
    """(…,) from (…, 2): a whole number and the power of two it is times."""
    return np.asarray(np.ldexp(pairs[..., 0].astype(np.float64), pairs[..., 1]), np.float32)
