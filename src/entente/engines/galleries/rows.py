"""Templates of one space as columns; their items stay where they lie until they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entente.engines.galleries.seam import Items, Template
from entente.engines.segments.errors import Corrupt

Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Where the items of some rows lie: `items[begin:begin + count]` of each."""

    items: Items
    begin: Column
    count: Column

    def __len__(self) -> int:
        return len(self.begin)


@dataclass(frozen=True, slots=True)
class Rows:
    """`n`, `class_id`, `day`, `position`: (rows,), int64. `parts`: of the first rows, of the next ones, …"""

    n: Column
    class_id: Column
    day: Column
    position: Column
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return len(self.n)

    @property
    def count(self) -> Column:
        """(rows,): items of each."""
        return np.concatenate([part.count for part in self.parts])

    @property
    def width(self) -> int:
        return int(self.parts[0].items.shape[1])


def joined(parts: Sequence[Rows]) -> Rows:
    """Some rows after others. Raises Corrupt where they are not of one width: a matcher that packs otherwise
    has another version, so that these were never one space."""
    if len({rows.width for rows in parts}) > 1:
        raise Corrupt("templates of one space have more than one width")
    return Rows(
        np.concatenate([p.n for p in parts]),
        np.concatenate([p.class_id for p in parts]),
        np.concatenate([p.day for p in parts]),
        np.concatenate([p.position for p in parts]),
        tuple(part for p in parts for part in p.parts),
    )


def by_space(templates: Iterable[Template]) -> dict[str, Rows]:
    """Raises ValueError where templates of one space have more than one width."""
    spaces: dict[str, list[Template]] = {}
    for one in templates:
        spaces.setdefault(one.space, []).append(one)
    for space, rows in spaces.items():
        if len({r.items.shape[1] for r in rows}) > 1:
            raise ValueError(f"templates of {space} have more than one width")
    return {space: _columns(rows) for space, rows in spaces.items()}


def _columns(rows: Sequence[Template]) -> Rows:
    count = np.array([len(r.items) for r in rows], np.int64)
    part = Part(np.concatenate([r.items for r in rows]), np.cumsum(count) - count, count)
    return Rows(
        np.array([r.n for r in rows], np.int64),
        np.array([r.class_id for r in rows], np.int64),
        np.array([r.day for r in rows], np.int64),
        np.array([r.position for r in rows], np.int64),
        (part,),
    )


def spread(begin: Column, count: Column) -> Column:
    """begin, begin + 1, … of each row, `count` of them, one row after another."""
    ends = np.cumsum(count)
    return np.repeat(begin - (ends - count), count) + np.arange(ends[-1] if len(ends) else 0)
