"""An encoder that an operator brings: a folder with a network and a description of how it takes faces.

The folder holds one `.onnx` file and `model.toml`:

    name = "arcface-r50"          # letters a-z, digits, hyphens
    version = 1
    licence = "…"                 # shown wherever faces are searched
    bias = "…"                    # what is known of whom it errs on; shown beside the licence
    size = 112                    # pixels a side of a face
    dimension = 512               # numbers of a vector, a multiple of 8
    mean = 127.5                  # taken off each value 0 to 255, then divided by `scale`; or three, in the
    scale = 127.5                 # order of the network's channels
    channels = "rgb"              # or "bgr"
    template = [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366],
                [41.5493, 92.3655], [70.7299, 92.2041]]
    mirrored = true               # average a face and its mirror image, at twice the time; default false

`template`, in pixels, is where the network was trained to have the left eye, right eye, tip of the nose
and corners of the mouth (as in Deng et al., "ArcFace", 2019). This house finds corners of the eyes and the
base of the nose: the middles of the eyes and a point between tip and mouth stand for them.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.match.faces.encoders import encoded
from entente.match.faces.packed import Floats
from entente.match.faces.points import Points, upright
from entente.match.faces.running import Network

DESCRIPTION = "model.toml"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
_NOSE_BASE = 0.425
"""How far the nose's base lies from its tip on the way to the mouth, on a mean face."""


class BadModel(ValueError):
    """A folder that holds no usable encoder; `faults` names everything that is wrong with it."""

    def __init__(self, folder: Path, faults: list[str]) -> None:
        super().__init__(f"{folder.name}: {'; '.join(faults)}")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, eq=False)
class OperatorsEncoder:
    """An encoder out of a folder. `template` (3, 2): eyes' middles and nose's base, in pixels of `size`."""

    network: Network = field(repr=False)
    name: str
    version: int
    dimension: int
    licence: str
    bias: str
    size: int
    mean: Floats
    scale: Floats
    swapped: bool
    mirrored: bool
    template: Points

    def cut(self, picture: NDArray[np.uint8], at: Points) -> NDArray[np.uint8]:
        seen = np.stack([at[2:4].mean(0), at[:2].mean(0), at[4]])
        return upright(picture, seen, self.template, self.size)

    def encode(self, chips: NDArray[np.uint8]) -> Floats:
        return encoded(chips, self._run, self.dimension, self.mirrored)

    def _run(self, some: NDArray[np.uint8]) -> Floats:
        channels = some[..., ::-1] if self.swapped else some
        values = (channels.astype(np.float32) - self.mean) / self.scale
        return self.network(np.ascontiguousarray(values.transpose(0, 3, 1, 2), np.float32))


def load(folder: Path, threads: int = 1) -> OperatorsEncoder:
    """The encoder of a folder. Raises `BadModel`, which names every fault at once, and `Missing`."""
    faults: list[str] = []
    told = _described(folder, faults)
    networks = sorted(folder.glob("*.onnx")) if folder.is_dir() else []
    if len(networks) != 1:
        faults.append(f"{len(networks)} files end in .onnx, not one")
    network = _opened(networks[0], threads, faults) if len(networks) == 1 else None
    if network is not None and not faults:
        faults += _misfit(network, told)
    if faults or network is None:
        raise BadModel(folder, faults)
    if not faults:
        faults += _tried(network, told)
    if faults:
        raise BadModel(folder, faults)
    return OperatorsEncoder(network, **told)


def _described(folder: Path, faults: list[str]) -> dict[str, Any]:
    """What the description says, as `OperatorsEncoder` takes it; faults are added to the list."""
    try:
        raw = tomllib.loads((folder / DESCRIPTION).read_text("utf-8"))
    except OSError:
        faults.append(f"there is no {DESCRIPTION}")
        return {}
    except ValueError as error:
        faults.append(f"{DESCRIPTION} is not TOML: {error}")
        return {}

    faults += [f"{word} is not known" for word in sorted(raw.keys() - _DUE.keys())]
    faults += [f"{word} must be {due}" for word, (fits, due) in _DUE.items() if not fits(raw.get(word))]
    size = raw.get("size")
    template = _template(raw.get("template"), size if isinstance(size, int) else 512)
    if template is None:
        faults.append("template must be five pairs of numbers within the size, the eyes apart")
    kept = {word: raw.get(word) for word in ("name", "version", "dimension", "licence", "bias", "size")}
    told = {word: _three(raw.get(word)) for word in ("mean", "scale")}
    how = {"swapped": raw.get("channels") == "bgr", "mirrored": raw.get("mirrored", False)}
    return {**kept, **told, **how, "template": template}


def _whole(least: int, most: int, times: int = 1) -> Callable[[Any], bool]:
    return lambda v: type(v) is int and least <= v <= most and v % times == 0


def _said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _three(value: object) -> Floats | None:
    numbers = value if isinstance(value, list) else [value] * 3
    if len(numbers) != 3 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        return None
    told = np.asarray(numbers, np.float32)
    return told if np.isfinite(told).all() else None


_TEXT = "a text, which is shown where faces are searched"
_DUE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "name": (lambda v: isinstance(v, str) and bool(NAME.fullmatch(v)), "a-z, digits and hyphens, at most 39"),
    "version": (_whole(1, 9999), "a whole number from 1 to 9999"),
    "licence": (_said, _TEXT),
    "bias": (_said, _TEXT),
    "size": (_whole(32, 512), "a whole number from 32 to 512"),
    "dimension": (_whole(8, 2048, 8), "a multiple of 8 from 8 to 2048"),
    "mean": (lambda v: _three(v) is not None, "a number or three"),
    "scale": (
        lambda v: (told := _three(v)) is not None and bool(told.all()),
        "a number or three, none of them 0",
    ),
    "channels": (lambda v: v in ("rgb", "bgr"), '"rgb" or "bgr"'),
    "mirrored": (lambda v: v is None or isinstance(v, bool), "true or false"),
    "template": (lambda _: True, ""),  # looked at with the size, below
}


def _template(value: object, size: int) -> Points | None:
    try:
        points = np.asarray(value, np.float64)
    except (TypeError, ValueError):
        return None
    if points.shape != (5, 2) or not np.isfinite(points).all() or points.min() < 0 or points.max() > size:
        return None
    left, right, tip, *corners = points
    base = tip + _NOSE_BASE * (np.mean(corners, 0) - tip)
    return np.stack([left, right, base]) if np.hypot(*(right - left)) >= size / 16 else None


def _opened(path: Path, threads: int, faults: list[str]) -> Network | None:
    model = path.read_bytes()
    try:
        return Network(model, threads)
    except RuntimeError:
        raise
    except Exception as error:  # the runtime raises classes of its own, of no common ancestor
        faults.append(f"{path.name} is not a network that can be run: {str(error)[:200]}")
        return None


def _misfit(network: Network, told: dict[str, Any]) -> list[str]:
    size, given, due = told["size"], network.input_shape, f"(n, 3, {told['size']}, {told['size']})"
    fits = len(given) == 4 and all(
        a == b or not isinstance(a, int) for a, b in zip(given[1:], (3, size, size), strict=True)
    )
    return [] if fits else [f"the network takes {given}, not {due}"]


def _tried(network: Network, told: dict[str, Any]) -> list[str]:
    """Two faces of noise go through it: what no description can promise is seen then."""
    noise = np.random.default_rng(1).standard_normal((2, 3, told["size"], told["size"])).astype(np.float32)
    try:
        vectors = network(noise)
    except Exception as error:  # as above
        return [f"the network does not run on two faces at once: {str(error)[:200]}"]
    if vectors.shape != (2, told["dimension"]):
        return [f"the network gives {vectors.shape} for two faces, not (2, {told['dimension']})"]
    if not np.isfinite(vectors).all() or not np.abs(vectors).sum(1).all():
        return ["the network gives no vectors of finite length"]
    return []
