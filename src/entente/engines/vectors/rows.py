"""Rows of one space as arrays, and the distance between hashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entente.engines.vectors.seam import Likeness

Words = NDArray[np.uint64]
"""Hashes, (rows, 4), little end first."""


@dataclass(frozen=True, slots=True)
class Rows:
    """`n`, `class_id`, `day`: (rows,), int64; `bits`: (rows, 4)."""

    n: NDArray[np.int64]
    class_id: NDArray[np.int64]
    day: NDArray[np.int64]
    bits: Words

    def __len__(self) -> int:
        return len(self.n)

    def without(self, out: NDArray[np.bool_]) -> "Rows":
        keep = ~out
        return Rows(self.n[keep], self.class_id[keep], self.day[keep], self.bits[keep])


def joined(parts: Sequence[Rows]) -> Rows:
    """Some rows after others."""
    return Rows(
        np.concatenate([p.n for p in parts]),
        np.concatenate([p.class_id for p in parts]),
        np.concatenate([p.day for p in parts]),
        np.concatenate([p.bits for p in parts]),
    )


def by_space(likenesses: Iterable[Likeness]) -> dict[str, Rows]:
    spaces: dict[str, list[Likeness]] = {}
    for one in likenesses:
        spaces.setdefault(one.space, []).append(one)
    return {
        space: Rows(
            np.array([r.n for r in rows], np.int64),
            np.array([r.class_id for r in rows], np.int64),
            np.array([r.day for r in rows], np.int64),
            words([r.bits for r in rows]),
        )
        for space, rows in spaces.items()
    }


def words(hashes: Sequence[bytes]) -> Words:
    """Hashes of 32 bytes each. Raises ValueError for others."""
    if any(len(h) != 32 for h in hashes):
        raise ValueError("a hash has 32 bytes")
    return np.frombuffer(b"".join(hashes), "<u8").reshape(-1, 4).astype(np.uint64, copy=False)


def distances(one: Words, other: Words) -> NDArray[np.uint32]:
    """Hamming distances of rows, pair by pair; both (rows, 4)."""
    counts = np.bitwise_count(one ^ other).view(np.uint32).ravel()  # four counts of a byte each, at most 64
    pairs = (counts & np.uint32(0x00FF00FF)) + (counts >> np.uint32(8) & np.uint32(0x00FF00FF))
    whole: NDArray[np.uint32] = (pairs + (pairs >> np.uint32(16))) & np.uint32(0xFFFF)
    return whole
