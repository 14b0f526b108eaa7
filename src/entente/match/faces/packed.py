"""Bytes as dlib's `serialize` writes them: packed integers, floats as mantissa and power of two, tensors.

Source: the published format of dlib's `serialize.h` and `dnn/tensor_tools`: an integer is a byte with the
sign in its highest bit and the count of bytes in its lowest four, then these, the least first.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Misread(ValueError):
    """Bytes that are not what a file of this kind holds; the message says where."""


@dataclass(slots=True)
class Packed:
    """A file of dlib's, read from `at` on. Every method raises `Misread` at the file's end."""

    data: bytes
    at: int = 0

    def whole(self) -> int:
        control = self._taken(1)[0]
        size = control & 15
        if not 1 <= size <= 8:
            raise Misread(f"no packed number at byte {self.at - 1}")
        value = int.from_bytes(self._taken(size), "little")
        return -value if control & 128 else value

    def real(self) -> float:
        mantissa = self.whole()
        return math.ldexp(mantissa, self.whole())

    def tensor(self) -> tuple[tuple[int, int, int, int], Floats]:
        """Four sizes and as many raw little-endian floats."""
        version = self.whole()
        if version != 2:
            raise Misread(f"a tensor of version {version} at byte {self.at}, not 2")
        sizes = (self.whole(), self.whole(), self.whole(), self.whole())
        count = math.prod(sizes)
        return sizes, np.frombuffer(self._taken(4 * count), "<f4").astype(np.float32, copy=False)

    def past(self, name: str) -> bool:
        """Go behind the next layer of this name, whatever stands before it; False where there is none."""
        mark = bytes([1, len(name)]) + name.encode()
        found = self.data.find(mark, self.at)
        if found >= 0:
            self.at = found + len(mark)
        return found >= 0

    def _taken(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise Misread(f"the file ends at byte {len(self.data)}, where {size} more are due at {self.at}")
        self.at += size
        return self.data[self.at - size : self.at]


_STEP = bytes(1 + (value & 15) for value in range(256))


def numbers(data: bytes, at: int = 0) -> NDArray[np.int64]:
    """(n,) every packed number from `at` to the end, at once: a file of trees has three million.

    Raises `Misread` where the last one is cut off or one is longer than seven bytes, which no file has.
    """
    steps, size, starts = data.translate(_STEP), len(data), list[int]()
    keep = starts.append
    while at < size:  # where a number starts is known only from the one before it
        keep(at)
        at += steps[at]
    if at != size:
        raise Misread(f"the file ends in the middle of a number, at byte {size}")
    windows = np.lib.stride_tricks.sliding_window_view(np.frombuffer(data + bytes(8), np.uint8), 8)
    words = windows[np.asarray(starts, np.int64)].view("<u8")[:, 0]
    lengths = words & np.uint64(15)
    if lengths.size and (lengths.max() > 7 or lengths.min() < 1):
        raise Misread("a number is longer than seven bytes, or has none")
    kept = (np.uint64(1) << (lengths * np.uint64(8))) - np.uint64(1)
    values = ((words >> np.uint64(8)) & kept).astype(np.int64)
    np.negative(values, out=values, where=(words & np.uint64(128)) != 0)
    return values
