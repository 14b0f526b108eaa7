"""The exact twin: brute force with the slow scan, and so the definition of the galleries seam."""

from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock

import numpy as np

from entente.core.access import View
from entente.engines.galleries.forms import Forms, Scan, form_of, named
from entente.engines.galleries.seam import Asked, Items, Proposed, Template

_EPOCH = date(1970, 1, 1)
_ROW = np.zeros(1, np.int64)


class MemoryGalleries:
    """Keeps templates in a dictionary and compares the asked with every one of them, one by one."""

    def __init__(self, forms: Forms = form_of) -> None:
        self._forms = forms
        self._rows: dict[int, tuple[Template, ...]] = {}
        self._watermark = 0
        self._lock = Lock()

    def apply(self, rows: Iterable[Template], gone: Sequence[int], watermark: int) -> None:
        fresh: dict[int, tuple[Template, ...]] = {}
        widths: dict[str, int] = {}
        for row in rows:
            if widths.setdefault(row.space, row.items.shape[1]) != row.items.shape[1]:
                raise ValueError(f"templates of {row.space} have more than one width")
            fresh[row.n] = (*fresh.get(row.n, ()), row)
        with self._lock:
            for n in gone:
                self._rows.pop(n, None)
            self._rows |= fresh
            self._watermark = watermark

    def propose(self, space: str, asked: Sequence[Asked], most: int, view: View) -> list[Proposed]:
        scan = self._forms(named(space)).slow
        today = (view.today - _EPOCH).days
        with self._lock:
            kept = sorted(self._rows.items())
        found: list[tuple[float, int]] = []
        for n, rows in kept:
            own = [r for r in rows if r.space == space and r.day > today and view.holds(r.class_id)]
            best = [_best(scan, one, own) for one in asked if len(one.items)]
            if told := [score for score in best if score is not None]:
                found.append((-sum(told), n))
        return [Proposed(n, -score) for score, n in sorted(found)[: max(most, 0)]]

    def spaces(self) -> frozenset[str]:
        with self._lock:
            return frozenset(row.space for rows in self._rows.values() for row in rows)

    def watermark(self) -> int:
        return self._watermark

    def wipe(self) -> None:
        with self._lock:
            self._rows.clear()
            self._watermark = 0

    def close(self) -> None:
        """Nothing is held."""


def _best(scan: Scan, asked: Asked, rows: Sequence[Template]) -> float | None:
    """The best score of the templates at the asked position; None where there is none."""
    compared = [r.items for r in rows if 0 in (asked.position, r.position) or asked.position == r.position]
    return max((_score(scan, asked.items, items) for items in compared), default=None)


def _score(scan: Scan, asked: Items, items: Items) -> float:
    if asked.shape[1] != items.shape[1]:
        raise ValueError(f"items of width {asked.shape[1]} are not compared with {items.shape[1]}")
    return float(scan(asked, items, np.array([0, len(items)], np.int64), _ROW)[0])
