"""Lines of one space; their columns stay where they lie until they are written, one at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.engines.columns.layouts import Layout, Layouts
from entente.engines.columns.seam import Record
from entente.engines.segments.errors import Corrupt

Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines: `columns[name][places]` of each column."""

    columns: Mapping[str, NDArray[Any]]
    places: Column

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Rows:
    """`n`, `class_id`, `day`: (lines,), int64. `parts`: of the first lines, of the next ones, …"""

    n: Column
    class_id: Column
    day: Column
    layout: Layout
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return len(self.n)

    def column(self, name: str) -> NDArray[Any]:
        """(lines,): one column of all parts."""
        return np.concatenate([part.columns[name][part.places] for part in self.parts])


def joined(parts: Sequence[Rows]) -> Rows:
    """Some lines after others. Raises Corrupt where they are not of one layout: another layout has another
    version, so that these were never one space."""
    if any(rows.layout != parts[0].layout for rows in parts):
        raise Corrupt("lines of one space have more than one layout")
    return Rows(
        np.concatenate([p.n for p in parts]),
        np.concatenate([p.class_id for p in parts]),
        np.concatenate([p.day for p in parts]),
        parts[0].layout,
        tuple(part for p in parts for part in p.parts),
    )


def by_space(records: Iterable[Record], layouts: Layouts) -> dict[str, Rows]:
    """Raises ValueError for lines of another layout than their space's."""
    spaces: dict[str, list[Record]] = {}
    for one in records:
        spaces.setdefault(one.space, []).append(one)
    return {space: _of(space, rows, layouts(space)) for space, rows in spaces.items()}


def _of(space: str, records: Sequence[Record], layout: Layout) -> Rows:
    if any(one.lines.dtype != layout for one in records):
        raise ValueError(f"lines of {space} have another layout")
    lines = np.concatenate([one.lines for one in records])
    many = np.array([len(one.lines) for one in records])
    part = Part({name: lines[name] for name in layout.names or ()}, np.arange(len(lines)))
    return Rows(
        np.repeat(np.array([one.n for one in records], np.int64), many),
        np.repeat(np.array([one.class_id for one in records], np.int64), many),
        np.repeat(np.array([one.day for one in records], np.int64), many),
        layout,
        (part,),
    )
