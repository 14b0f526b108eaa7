"""Files that are whole or not there: written, flushed to the disk, then named."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import DTypeLike, NDArray

from entente.engines.segments.errors import Corrupt


def new_array(path: Path, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """An array in a new file, to be filled and then kept with `keep`."""
    if 0 in shape:  # nothing can be mapped
        np.save(path, np.zeros(shape, dtype))
        return np.zeros(shape, dtype)
    return open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def old_array(path: Path, shape: tuple[int, ...], writing: bool = False) -> NDArray[Any]:
    """An array as it lies on the disk. Raises FileNotFoundError, and Corrupt for one of another shape."""
    try:
        array: NDArray[Any] = np.load(path, mmap_mode=("r+" if writing else "r") if 0 not in shape else None)
    except (ValueError, EOFError) as why:
        raise Corrupt(f"{path.name} of the index is broken: {why}") from why
    if array.shape != shape:
        raise Corrupt(f"{path.name} of the index has another shape than was noted")
    return array if writing else np.asarray(array)  # without the overhead of a memmap at each question


def keep(array: NDArray[Any], path: Path) -> None:
    """Flush what was written into a mapped file to the disk."""
    if isinstance(array, np.memmap):
        array.flush()
    flush(path)


def flush(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def replace(path: Path, data: bytes) -> None:
    """Replace a file by another at one moment; a crash leaves the one or the other, whole."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    flush(path.parent)
