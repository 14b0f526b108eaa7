"""A segment: templates of one space in files of a folder, never changed but to blank what is gone.

items.npy     (items, width) uint64: of one template after another
start.npy     (rows + 1,) int64: where the items of each template begin, and an end
position.npy  (rows,) uint8, ascending: a finger's templates lie together
thing.npy     (rows,) uint32: places in n.npy
label.npy     (rows,) places in labels.npy; 0 for a blanked template
labels.npy    (labels, 2) int64: class and day; the first is of nothing
n.npy         (things,) int64: the things' numbers, ascending; 0 for one that was blanked
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.engines.galleries.rows import Column, Part, Rows, spread
from entente.engines.galleries.seam import Items
from entente.engines.segments.errors import Corrupt
from entente.engines.segments.files import flush, keep, new_array, old_array
from entente.engines.segments.labels import labelled
from entente.engines.segments.numbers import distinct, listed

BLOCK = 1 << 12
"""Templates whose items are copied together: some ten megabytes of prints."""
Shape = tuple[int, ...]
"""Items, their width, things, labels."""


@dataclass(frozen=True, slots=True)
class Segment:
    """An open segment."""

    items: Items
    start: Column
    position: NDArray[np.uint8]
    thing: NDArray[np.uint32]
    label: NDArray[np.integer]
    labels: NDArray[np.int64]
    n: Column

    def __len__(self) -> int:
        return len(self.label)

    def touched(self, ns: Column) -> int:
        """How many templates are of these things (sorted)."""
        return int(listed(self.n, ns)[self.thing].sum())

    def rows(self, out: Column) -> Rows:
        """All that is not blanked and not of the things `out` (sorted)."""
        places = np.flatnonzero((self.label != 0) & ~listed(self.n, out)[self.thing])
        told = self.labels[self.label[places]]
        begin = self.start[places]
        part = Part(self.items, begin, self.start[places + 1] - begin)
        position = self.position[places].astype(np.int64)
        return Rows(self.n[self.thing[places]], told[:, 0], told[:, 1], position, (part,))


def write(folder: Path, rows: Rows) -> Shape:
    """Write a segment into a new folder and flush it to the disk. `rows` come in any order.

    Items are copied a block at a time, so that a segment larger than the memory can be made again.
    """
    folder.mkdir(mode=0o700)
    order = np.lexsort((rows.n, rows.position))
    count = rows.count
    start = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(count[order], out=start[1:])
    labels, label = labelled(rows.class_id, rows.day)
    n = distinct(rows.n)
    columns: dict[str, NDArray[Any]] = {
        "start": start,
        "position": rows.position[order].astype(np.uint8),
        "thing": np.searchsorted(n, rows.n)[order].astype(np.uint32),
        "label": label[order],
        "labels": labels,
        "n": n,
    }
    for name, column in columns.items():
        made = new_array(folder / f"{name}.npy", column.shape, column.dtype)
        made[:] = column
        keep(made, folder / f"{name}.npy")
    items = new_array(folder / "items.npy", (int(start[-1]), rows.width), np.uint64)
    _copy(rows, order, start, items)
    keep(items, folder / "items.npy")
    flush(folder)
    flush(folder.parent)
    return int(start[-1]), rows.width, len(n), len(labels)


def _copy(rows: Rows, order: Column, start: Column, items: Items) -> None:
    ends = np.cumsum([len(part) for part in rows.parts])
    for low in range(0, len(order), BLOCK):
        block = order[low : low + BLOCK]
        of = np.searchsorted(ends, block, "right")
        for number, part in enumerate(rows.parts):
            mine = np.flatnonzero(of == number)
            if len(mine):
                there = block[mine] - (ends[number] - len(part))
                count = part.count[there]
                items[spread(start[low + mine], count)] = part.items[spread(part.begin[there], count)]


def read(folder: Path, many: int, shape: Shape) -> Segment:
    """Open a segment. Raises FileNotFoundError where files are missing, Corrupt where they are not whole:
    a compiled scan looks at no place twice, so that all places are looked at here."""
    count, width, things, labels = shape
    opened = Segment(
        items=old_array(folder / "items.npy", (count, width)),
        start=old_array(folder / "start.npy", (many + 1,)),
        position=old_array(folder / "position.npy", (many,)),
        thing=old_array(folder / "thing.npy", (many,)),
        label=old_array(folder / "label.npy", (many,)),
        labels=old_array(folder / "labels.npy", (labels, 2)),
        n=old_array(folder / "n.npy", (things,)),
    )
    start = opened.start
    if start[0] != 0 or start[-1] != count or (start[1:] < start[:-1]).any():
        raise Corrupt("start.npy of the index is broken")
    if (opened.thing >= things).any() or (opened.label >= labels).any():
        raise Corrupt("thing.npy or label.npy of the index is broken")
    if (opened.position[1:] < opened.position[:-1]).any():
        raise Corrupt("position.npy of the index is broken")
    return opened


def blank(folder: Path, many: int, shape: Shape, ns: Column) -> None:
    """Overwrite the templates of some things (sorted) with noughts, on the disk when this returns."""
    count, width, things, _ = shape
    n = old_array(folder / "n.npy", (things,), writing=True)
    gone = listed(n, ns)
    rows = np.flatnonzero(gone[old_array(folder / "thing.npy", (many,))])
    start = old_array(folder / "start.npy", (many + 1,))
    label = old_array(folder / "label.npy", (many,), writing=True)
    items = old_array(folder / "items.npy", (count, width), writing=True)
    label[rows] = 0
    for row in rows.tolist():
        items[start[row] : start[row + 1]] = 0
    keep(label, folder / "label.npy")
    keep(items, folder / "items.npy")
    n[gone] = 0  # last: until then a writer that was killed finds again what it had to blank
    keep(n, folder / "n.npy")
