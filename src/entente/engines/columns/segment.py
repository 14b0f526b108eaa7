"""A segment: lines of one space in files of a folder, never changed but to blank what is gone.

columns.npy  (bytes,) uint8: one column after another, each from a multiple of 64 bytes on
layout.npy   (0,) of the space's layout: its head alone says which columns there are
n.npy        (lines,) the things' numbers, ascending; 0 for a blanked line
label.npy    (lines,) places in labels.npy; 0 for a blanked line
labels.npy   (labels, 2) int64: class and day; the first is of nothing

All columns are one file, so that a folder of many segments stays within what a process may hold open; as it
is mapped, only what is asked is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.engines.columns.layouts import Layout
from entente.engines.columns.rows import Column, Part, Rows
from entente.engines.segments.errors import Corrupt
from entente.engines.segments.files import flush, keep, new_array, old_array
from entente.engines.segments.labels import labelled
from entente.engines.segments.numbers import listed

EDGE = 64
"""Each column begins at a multiple of so many bytes: a cache line."""
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment. `columns`: each mapped, (lines,)."""

    layout: Layout
    columns: Mapping[str, NDArray[Any]]
    n: NDArray[np.integer]
    label: NDArray[np.integer]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.n)

    def touched(self, ns: Column) -> int:
        """How many lines are of these things (sorted)."""
        return int(listed(self.n, ns).sum())

    def rows(self, out: Column) -> Rows:
        """All that is not blanked and not of the things `out` (sorted)."""
        places = np.flatnonzero((self.label != 0) & ~listed(self.n, out))
        told = self.labels[self.label[places]]
        part = Part(self.columns, places)
        return Rows(self.n[places].astype(np.int64), told[:, 0], told[:, 1], self.layout, (part,))


def write(folder: Path, rows: Rows) -> int:
    """Write a segment into a new folder and flush it to the disk; returns how many labels it has. `rows` come
    in any order, those of a thing in theirs.

    One column is copied at a time, so that a segment can be made of others without holding all their columns.
    """
    folder.mkdir(mode=0o700)
    order = np.argsort(rows.n, kind="stable")
    labels, label = labelled(rows.class_id, rows.day)
    narrow = np.uint32 if len(rows) and int(rows.n.max()) < 1 << 32 else np.int64
    small: dict[str, NDArray[Any]] = {
        "layout": np.zeros(0, rows.layout),
        "labels": labels,
        "label": label[order],
        "n": rows.n[order].astype(narrow),
    }
    for name, column in small.items():
        made = new_array(folder / f"{name}.npy", column.shape, column.dtype)
        made[:] = column
        keep(made, folder / f"{name}.npy")
    columns = new_array(folder / "columns.npy", (_size(rows.layout, len(rows)),), np.uint8)
    for name, mapped in _columns(columns, rows.layout, len(rows)):
        mapped[:] = rows.column(name)[order]
    keep(columns, folder / "columns.npy")
    flush(folder)
    flush(folder.parent)
    return len(labels)


def read(folder: Path, many: int, labels: int) -> Segment:
    """Open a segment. Raises FileNotFoundError where files are missing, Corrupt where they are not whole."""
    layout = _layout(folder)
    columns = old_array(folder / "columns.npy", (_size(layout, many),))
    return Segment(
        layout=layout,
        columns=dict(_columns(columns, layout, many)),
        n=old_array(folder / "n.npy", (many,)),
        label=old_array(folder / "label.npy", (many,)),
        labels=old_array(folder / "labels.npy", (labels, 2)),
    )


def blank(folder: Path, many: int, ns: Column) -> None:
    """Overwrite the lines of some things (sorted) with noughts, on the disk when this returns."""
    layout = _layout(folder)
    n = old_array(folder / "n.npy", (many,), writing=True)
    gone = np.flatnonzero(listed(n, ns))
    label = old_array(folder / "label.npy", (many,), writing=True)
    columns = old_array(folder / "columns.npy", (_size(layout, many),), writing=True)
    label[gone] = 0
    for _, mapped in _columns(columns, layout, many):
        mapped[gone] = np.zeros((), mapped.dtype)
    keep(label, folder / "label.npy")
    keep(columns, folder / "columns.npy")
    n[gone] = 0  # last: until then a writer that was killed finds again what it had to blank
    keep(n, folder / "n.npy")


def _layout(folder: Path) -> Layout:
    layout = old_array(folder / "layout.npy", (0,)).dtype
    if not layout.names:
        raise Corrupt("layout.npy of the index is broken")
    return layout


def _size(layout: Layout, many: int) -> int:
    return sum(_room(layout[name].itemsize * many) for name in layout.names or ())


def _room(size: int) -> int:
    return -(-size // EDGE) * EDGE


def _columns(columns: Bytes, layout: Layout, many: int) -> Iterator[tuple[str, NDArray[Any]]]:
    """(name, the column where it lies) of a mapped file."""
    begin = 0
    for name in layout.names or ():
        size = layout[name].itemsize * many
        yield name, columns[begin : begin + size].view(layout[name])
        begin += _room(size)
