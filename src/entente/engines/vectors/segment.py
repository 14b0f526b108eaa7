"""A segment: rows of one space in files of a folder, never changed but to blank a row that is gone.

bits.npy     (rows, 4) uint64: the hashes, in the order of their first band's values
n.npy        (rows,) the things' numbers; 0 for a blanked row
label.npy    (rows,) places in labels.npy; 0 for a blanked row
labels.npy   (labels, 2) int64: class and day; the first is of nothing
ids.npy      (bands - 1, rows) uint32: for each band but the first, the rows in the order of its values
offsets.npy  for each band, where the rows of each value begin, and an end
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entente.engines.segments.files import flush, keep, new_array, old_array
from entente.engines.segments.labels import labelled
from entente.engines.segments.numbers import listed
from entente.engines.vectors.layout import Widths, band, masks, thresholds
from entente.engines.vectors.rows import Rows, Words, distances

CANDIDATES_AT_ONCE = 1 << 20
BLOCK = 1 << 14
"""Rows compared together: their columns stay in the processor's cache."""
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment. `offsets`: of each band; `ids`: (bands - 1, rows)."""

    n: NDArray[np.integer]
    label: NDArray[np.integer]
    labels: NDArray[np.int64]
    bits: Words
    widths: Widths
    ids: NDArray[np.uint32]
    offsets: tuple[NDArray[np.uint32], ...]

    def __len__(self) -> int:
        return len(self.n)

    def near(self, asked: Words, radius: int) -> Iterator[tuple[Places, Places, Places]]:
        """(place in `asked`, row, distance) of every pair at most `radius` apart, piece by piece; a pair may
        stand twice."""
        tried = thresholds(self.widths, len(self), radius)
        return self._looked_up(asked, radius, tried) if tried else self._compared(asked, radius)

    def _looked_up(
        self, asked: Words, radius: int, tried: tuple[int, ...]
    ) -> Iterator[tuple[Places, Places, Places]]:
        for number, bits in enumerate(tried):
            for at, rows in self._candidates(asked, number, bits) if bits >= 0 else ():
                apart = distances(self.bits.take(rows, 0), asked.take(at, 0))
                kept = np.flatnonzero(apart <= radius)
                if len(kept):
                    yield at[kept], rows[kept].astype(np.int64), apart[kept].astype(np.int64)

    def _candidates(self, asked: Words, number: int, bits: int) -> Iterator[tuple[Places, Places]]:
        """(place in `asked`, row) of the rows whose value in a band is at most `bits` bits from the asked."""
        around = masks(self.widths[number], bits)
        values = (band(asked, self.widths, number)[:, None] ^ around).ravel()
        begins = self.offsets[number].take(values)
        counts = self.offsets[number].take(values + np.uint32(1)) - begins
        hit = np.flatnonzero(counts)
        begins, counts = begins[hit].astype(np.int64), counts[hit].astype(np.int64)
        ends = counts.cumsum()
        total = int(ends[-1]) if len(ends) else 0
        cuts = np.searchsorted(ends, np.arange(0, total, CANDIDATES_AT_ONCE), "right")
        cuts = np.unique(np.append(cuts, len(ends)))
        for low, high in pairwise(cuts.tolist()):
            many = counts[low:high]
            before = ends[low:high] - many
            places = np.repeat(begins[low:high] - before, many)
            places += np.arange(before[0], ends[high - 1])
            rows = self.ids[number - 1].take(places) if number else places
            yield np.repeat(hit[low:high] // len(around), many), rows

    def _compared(self, asked: Words, radius: int) -> Iterator[tuple[Places, Places, Places]]:
        """Every row, by half of its bits first: the other half is looked at only where that may be near."""
        for start in range(0, len(self), BLOCK):
            block = self.bits[start : start + BLOCK]
            first, second = block[:, 0].copy(), block[:, 1].copy()
            for at, hash in enumerate(asked):
                half = np.bitwise_count(first ^ hash[0]) + np.bitwise_count(second ^ hash[1])
                rows = np.flatnonzero(half <= radius)
                if len(rows):
                    apart = distances(block.take(rows, 0), hash[None, :])
                    kept = np.flatnonzero(apart <= radius)
                    if len(kept):
                        yield np.full(len(kept), at), rows[kept] + start, apart[kept].astype(np.int64)

    def touched(self, ns: Places) -> int:
        """How many rows are of these things (sorted)."""
        return int(listed(self.n, ns).sum())

    def rows(self, out: Places) -> Rows:
        """All that is not blanked and not of the things `out` (sorted)."""
        labels = self.labels[self.label]
        every = Rows(self.n.astype(np.int64), labels[:, 0], labels[:, 1], np.array(self.bits))
        return every.without((self.label == 0) | listed(self.n, out))


def write(folder: Path, rows: Rows, widths: Widths) -> int:
    """Write a segment into a new folder and flush it; returns how many labels it has. `rows` come in any
    order."""
    folder.mkdir(mode=0o700)
    many = len(rows)
    values = [band(rows.bits, widths, 0)] if widths else []
    order = _sorted(values[0]) if widths else np.arange(many, dtype=np.uint32)
    bits = new_array(folder / "bits.npy", (many, 4), np.uint64)
    np.take(rows.bits, order, 0, out=bits)
    told, label = labelled(rows.class_id, rows.day)
    labels = new_array(folder / "labels.npy", told.shape, np.int64)
    labels[:] = told
    label_of = new_array(folder / "label.npy", (many,), label.dtype)
    label_of[:] = label[order]
    numbers = np.uint32 if many and int(rows.n.max()) < 1 << 32 else np.int64
    n = new_array(folder / "n.npy", (many,), numbers)
    n[:] = rows.n[order]
    ids = new_array(folder / "ids.npy", (max(len(widths) - 1, 0), many), np.uint32)
    offsets = new_array(folder / "offsets.npy", (sum((1 << w) + 1 for w in widths),), np.uint32)
    place = 0
    for number, width in enumerate(widths):
        value = band(bits, widths, number)
        np.cumsum(np.bincount(value, minlength=1 << width), out=offsets[place + 1 : place + (1 << width) + 1])
        place += (1 << width) + 1
        if number:
            ids[number - 1] = _sorted(value)
    written = {"bits": bits, "labels": labels, "label": label_of, "n": n, "ids": ids, "offsets": offsets}
    for name, array in written.items():
        keep(array, folder / f"{name}.npy")
    flush(folder)
    flush(folder.parent)
    return len(told)


def read(folder: Path, many: int, labels: int, widths: Widths) -> Segment:
    """Open a segment. Raises FileNotFoundError where files are missing, Corrupt where they are not whole."""
    sizes = [(1 << w) + 1 for w in widths]
    offsets = old_array(folder / "offsets.npy", (sum(sizes),))
    starts = np.cumsum([0, *sizes])
    return Segment(
        n=old_array(folder / "n.npy", (many,)),
        label=old_array(folder / "label.npy", (many,)),
        labels=old_array(folder / "labels.npy", (labels, 2)),
        bits=old_array(folder / "bits.npy", (many, 4)),
        widths=widths,
        ids=old_array(folder / "ids.npy", (max(len(widths) - 1, 0), many)),
        offsets=tuple(offsets[a:b] for a, b in pairwise(starts.tolist())),
    )


def blank(folder: Path, many: int, ns: NDArray[np.int64]) -> None:
    """Overwrite the rows of some things (sorted) with noughts, on the disk when this returns."""
    n = old_array(folder / "n.npy", (many,), writing=True)
    rows = np.flatnonzero(listed(n, ns))
    label = old_array(folder / "label.npy", (many,), writing=True)
    bits = old_array(folder / "bits.npy", (many, 4), writing=True)
    label[rows] = 0
    bits[rows] = 0
    n[rows] = 0
    for name, array in (("label", label), ("bits", bits), ("n", n)):
        keep(array, folder / f"{name}.npy")


def _sorted(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Row numbers in the order of their values. Sorted as one number: far faster than argsort."""
    both = values.astype(np.uint64) << np.uint64(32)
    both |= np.arange(len(values), dtype=np.uint64)
    both.sort()
    return both.astype(np.uint32)
