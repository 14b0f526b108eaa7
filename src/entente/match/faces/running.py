"""Networks run by ONNX Runtime, which is an extra: what is missing without it is said in one sentence."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS_PACKAGE = "face_recognition_models"
_NEEDED = ("onnx", "onnxruntime", WEIGHTS_PACKAGE)


class Missing(RuntimeError):
    """A package that reading faces needs is not installed; `str` is one sentence for the operator."""


def missing() -> tuple[str, ...]:
    """Names of the packages that are not installed; empty where faces can be read."""
    return tuple(name for name in _NEEDED if find_spec(name) is None)


def needed() -> None:
    """Raises `Missing` unless everything is there."""
    if lacking := missing():
        raise Missing(f"Faces cannot be read: {', '.join(lacking)} not installed; install entente[faces].")


@cache
def weights_folder() -> Path:
    """Where the published weights lie. The package is found, never imported: its own start needs
    `pkg_resources`, which new installations lack. Raises `Missing`."""
    needed()
    spec = find_spec(WEIGHTS_PACKAGE)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise Missing(f"Faces cannot be read: {WEIGHTS_PACKAGE} has no folder; install entente[faces].")
    return Path(next(iter(places))) / "models"


class Network:
    """A network of one input and one output, on so many threads of this machine's processor."""

    def __init__(self, model: bytes, threads: int = 1) -> None:
        if find_spec("onnxruntime") is None:
            raise Missing("Faces cannot be read: onnxruntime not installed; install entente[faces].")
        import onnxruntime  # noqa: PLC0415 - an extra, absent in most houses

        told: Any = onnxruntime.SessionOptions()
        told.intra_op_num_threads = threads
        told.inter_op_num_threads = 1
        told.log_severity_level = 3
        told.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(model, told, providers=["CPUExecutionProvider"])
        self._input = str(self._session.get_inputs()[0].name)
        self.input_shape: tuple[Any, ...] = tuple(self._session.get_inputs()[0].shape)
        self.output_shape: tuple[Any, ...] = tuple(self._session.get_outputs()[0].shape)

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._session.run(None, {self._input: values})[0], np.float32)
