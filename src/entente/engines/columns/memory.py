"""The exact twin: things in a dictionary, looked through one by one, and so the definition of the seam."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.columns.layouts import NUMBER, Layouts, layout_of, types_of
from entente.engines.columns.seam import Record

_EPOCH = date(1970, 1, 1)


class MemoryColumns:
    """Keeps what it is given, thing by thing."""

    def __init__(self, layouts: Layouts = layout_of) -> None:
        self._layouts = layouts
        self._rows: dict[int, tuple[Record, ...]] = {}
        self._watermark = 0
        self._lock = Lock()

    def apply(self, rows: Iterable[Record], gone: Sequence[int], watermark: int) -> None:
        fresh: dict[int, tuple[Record, ...]] = {}
        for row in rows:
            if row.lines.dtype != self._layouts(row.space):
                raise ValueError(f"lines of {row.space} have another layout")
            fresh[row.n] = (*fresh.get(row.n, ()), row)
        with self._lock:
            for n in gone:
                self._rows.pop(n, None)
            self._rows |= fresh
            self._watermark = watermark

    def read(self, space: str, names: Sequence[str], view: View) -> Mapping[str, NDArray[Any]]:
        types = types_of(self._layouts(space), names)
        today = (view.today - _EPOCH).days
        with self._lock:
            kept = [row for _, rows in sorted(self._rows.items()) for row in rows]
        told = [r for r in kept if r.space == space and r.day > today and view.holds(r.class_id)]
        found: dict[str, list[Any]] = {name: [] for name in names}
        for row in told:
            for line in row.lines:
                for name in types:
                    found[name].append(row.n if name == NUMBER else line[name])
        return {name: np.array(found[name], type) for name, type in types.items()}

    def watermark(self) -> int:
        return self._watermark

    def wipe(self) -> None:
        with self._lock:
            self._rows.clear()
            self._watermark = 0

    def close(self) -> None:
        """Nothing is held."""
