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

    def near(
        self,
        space: str,
        asked: Sequence[bytes],
        radius: int,
        view: View,
        most: int | None = None,
        owners: Sequence[int] = (),
    ) -> list[Near]:
        today = (view.today - _EPOCH).days
        with self._lock:
            kept = [row for rows in self._rows.values() for row in rows]
        seen: dict[int, list[Likeness]] = {}
        for row in kept:
            if row.space == space and row.day > today and view.holds(row.class_id):
                owner = owners[row.class_id] if row.class_id < len(owners) else 0
                seen.setdefault(owner, []).append(row)
        found: list[Near] = []
        for at, bits in enumerate(asked):
            told = [pair for own in seen.values() for pair in _nearest(own, bits, radius)[:most]]
            least = {n: apart for apart, n in sorted(told, reverse=True)}
            found += [Near(at, n, apart) for apart, n in sorted((apart, n) for n, apart in least.items())]
        return found

    def watermark(self) -> int:
        return self._watermark

    def wipe(self) -> None:
        with self._lock:
            self._rows.clear()
            self._watermark = 0

    def close(self) -> None:
        """Nothing is held."""


def _nearest(rows: Sequence[Likeness], asked: bytes, radius: int) -> list[tuple[int, int]]:
    """(distance, thing) within the radius, each thing once, nearest first."""
    least: dict[int, int] = {}
    number = int.from_bytes(asked)
    for row in rows:
        apart = (number ^ int.from_bytes(row.bits)).bit_count()
        if apart <= min(radius, least.get(row.n, apart)):
            least[row.n] = apart
    return sorted((apart, n) for n, apart in least.items())
