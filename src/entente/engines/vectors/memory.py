"""The exact twin: brute force, and so the definition of the vectors seam."""

from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock

from entente.core.access import View
from entente.engines.vectors.seam import Likeness, Near

_EPOCH = date(1970, 1, 1)


class MemoryVectors:
    """Keeps hashes in a dictionary and compares the question with every one of them."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Likeness, ...]] = {}
        self._watermark = 0
        self._lock = Lock()

    def apply(self, rows: Iterable[Likeness], gone: Sequence[int], watermark: int) -> None:
        fresh: dict[int, tuple[Likeness, ...]] = {}
        for row in rows:
            fresh[row.n] = (*fresh.get(row.n, ()), row)
        with self._lock:
            for n in gone:
                self._rows.pop(n, None)
            self._rows |= fresh
            self._watermark = watermark

    def near(self, space: str, asked: Sequence[bytes], radius: int, view: View) -> list[Near]:
        today = (view.today - _EPOCH).days
        with self._lock:
            kept = [row for rows in self._rows.values() for row in rows]
        seen = [r for r in kept if r.space == space and r.day > today and view.holds(r.class_id)]
        least: dict[tuple[int, int], int] = {}
        for at, bits in enumerate(asked):
            for row in seen:
                apart = (int.from_bytes(bits) ^ int.from_bytes(row.bits)).bit_count()
                if apart <= min(radius, least.get((at, row.n), apart)):
                    least[at, row.n] = apart
        return sorted(
            (Near(at, n, apart) for (at, n), apart in least.items()),
            key=lambda found: (found.asked, found.distance, found.n),
        )

    def watermark(self) -> int:
        return self._watermark

    def wipe(self) -> None:
        with self._lock:
            self._rows.clear()
            self._watermark = 0

    def close(self) -> None:
        """Nothing is held."""
