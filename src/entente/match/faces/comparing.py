"""How alike two faces are: the cosine of their vectors, and many at once in whole numbers of eight bits.

A vector of length one is kept in bytes: each component times a fixed number for its dimension, so that four
times the usual size of a component fills a byte. Sums of products of such bytes are whole numbers far below
2**24, which every way of adding them up, by any processor, gives alike.
"""

import base64
import binascii
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import cast

import numpy as np
from numpy.typing import NDArray

from entente.match.faces.packed import Floats

Bytes = NDArray[np.int8]
Items = NDArray[np.uint64]
_CHUNK = 1 << 14


def grain(dimension: int) -> float:
    """What a component of a vector of length one is multiplied by before it is rounded to a byte."""
    return 127 * math.sqrt(dimension) / 4


def in_bytes(vector: Floats) -> Bytes:
    """(d,) int8 of a vector of length one; d is a multiple of 8, else `ValueError`."""
    if vector.ndim != 1 or not vector.size or vector.size % 8:
        raise ValueError(f"a vector of shape {vector.shape}: its length must be a multiple of 8")
    return np.asarray(np.clip(np.rint(vector * grain(vector.size)), -127, 127), np.int8)


def pack(vector: Floats | Bytes) -> Items:
    """(1, d / 8) uint64: a face as one row of a gallery, from its vector or from the bytes kept of it."""
    kept = vector if vector.dtype == np.int8 else in_bytes(np.asarray(vector, np.float32))
    return np.ascontiguousarray(kept, np.int8).view(np.uint64)[None]


def text(space: str, vector: Floats | Bytes) -> str:
    """`space:base64` of the bytes: how a record keeps a face."""
    return f"{space}:{base64.b64encode(pack(vector).tobytes()).decode()}"


def of_text(kept: str) -> tuple[str, Bytes]:
    """Space and bytes (d,) of what `text` wrote; `ValueError` for anything else."""
    space, colon, told = kept.partition(":")
    try:
        raw = base64.b64decode(told, validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from None
    if not (colon and space and raw) or len(raw) % 8:
        raise ValueError("not a face: name@version, a colon and a multiple of 8 bytes in base64 are due")
    return space, np.frombuffer(raw, np.int8)


def compare(a: Floats | Bytes, b: Floats | Bytes) -> float:
    """Cosine of two vectors of one space, 0 where it would be below: 1 is the same picture.

    `ValueError` where they are not of one dimension.
    """
    if a.shape != b.shape:
        raise ValueError(f"vectors of {a.shape} and {b.shape} are not of one encoder")
    one, other = a.astype(np.float64), b.astype(np.float64)
    size = math.sqrt(float(one @ one) * float(other @ other))
    return max(0.0, float(one @ other) / size) if size else 0.0


def scan(
    asked: Items, items: Items, start: NDArray[np.int64], rows: NDArray[np.int64], threads: int = 1
) -> Floats:
    """(rows,) float32: for each named row the cosine of the best of its items with the best of `asked`.

    `asked` (m, words), `items` (N, words), of which row r has `start[r]` to `start[r + 1]`; 0 where the row
    has none or none is above 0. Exact for the bytes kept; compiled where numba is installed, else by numpy,
    with the same numbers. With more threads the named rows are shared out among them.
    """
    work = _fastest()
    if threads < 2 or len(rows) < 2:
        return _scaled(work(_signed(asked), _signed(items), start, rows), asked)
    parts = np.array_split(rows, threads)
    with ThreadPoolExecutor(threads) as pool:
        found = pool.map(lambda part: work(_signed(asked), _signed(items), start, part), parts)
        return _scaled(np.concatenate(list(found)), asked)


def scan_slow(asked: Items, items: Items, start: NDArray[np.int64], rows: NDArray[np.int64]) -> Floats:
    """What `scan` gives, by numpy alone."""
    return _scaled(_chunked(_signed(asked), _signed(items), start, rows), asked)


def _signed(items: Items) -> Bytes:
    return np.asarray(items, np.uint64).view(np.int8)


def _scaled(best: NDArray[np.int32], asked: Items) -> Floats:
    """Sums of products as cosines. Floats hold the sums exactly, so that order and ties stay as they are."""
    return best.astype(np.float32) * np.float32(1 / grain(8 * asked.shape[1]) ** 2)


def _chunked(
    asked: Bytes, items: Bytes, start: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Best sum of products of each row, by matrices of some thousand items. Floats hold the sums exactly."""
    best = np.zeros(len(rows), np.int32)
    counts = start[rows + 1] - start[rows]
    due = np.flatnonzero(counts > 0)
    questions = asked.astype(np.float32).T
    for begin in range(0, len(due), _CHUNK):
        some = due[begin : begin + _CHUNK]
        many = counts[some]
        ends = np.cumsum(many)
        at = np.arange(ends[-1]) + np.repeat(start[rows[some]] - (ends - many), many)
        sums = (items[at].astype(np.float32) @ questions).max(1, initial=0)
        best[some] = np.maximum.reduceat(sums, ends - many).astype(np.int32)
    return best


Work = Callable[[Bytes, Bytes, NDArray[np.int64], NDArray[np.int64]], NDArray[np.int32]]


@cache
def _fastest() -> Work:
    """The compiled scan, or its twin where numba is missing."""
    if find_spec("numba") is None:
        return _chunked
    from entente.match.faces import compiled  # noqa: PLC0415 - numba is an extra, and slow to load

    return cast(Work, compiled.best_of_rows)
