"""Reading an index folder: the newest commit, the best records of it, ties broken by the record alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from tantivy import DocAddress, Index, Order, Query, Searcher

from entente.engines.text.errors import Corrupt
from entente.engines.text.points import Ranked
from entente.engines.text.question import SCHEMA, between, has, narrowed

WATERMARK = "watermark"
"""Key of the one document that is no record: in no view, its `tie` is the watermark of the commit."""
_END = 2**64
_Hit = tuple[float, DocAddress]


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Whatever tantivy says of a broken folder, panics included, becomes `Corrupt`."""
    try:
        yield
    except (ValueError, OSError) as e:
        raise Corrupt(f"the name index in {folder} cannot be read: {e}") from e
    except BaseException as e:
        # A panic in Rust arrives as a class that cannot be imported and is no Exception.
        if type(e).__name__ != "PanicException":
            raise
        raise Corrupt(f"the name index in {folder} cannot be read: {e}") from None


class Reader:
    """Searches a folder that this or another process writes; none of it is cached across a commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._index: Index | None = None
        self._seen: tuple[int, int] | None = None
        self._searcher: Searcher | None = None

    def newest(self) -> Searcher | None:
        """The newest commit; None where nothing was ever committed. Raises Corrupt.

        A commit renames a new meta.json into place, so that one `stat` (2 µs) tells of it.
        """
        seen = self._stamp()
        if seen is None:
            return None
        with self._lock:
            if seen != self._seen:
                with readable(self._folder):
                    if self._index is None:
                        self._index = Index(SCHEMA, str(self._folder))
                        self._index.config_reader("manual")
                    self._index.reload()
                    self._searcher = self._index.searcher()
                self._seen = seen
            return self._searcher

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / "meta.json").stat()
        except FileNotFoundError:
            self.forget()
            return None
        return found.st_mtime_ns, found.st_ino

    def forget(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._index = self._searcher = self._seen = None

    def watermark(self) -> int:
        """As of the newest commit; 0 where there is none."""
        searcher = self.newest()
        if searcher is None:
            return 0
        with readable(self._folder):
            hits = searcher.search(has("key", WATERMARK), 1, count=False).hits
            return _column(searcher, "tie", [at for _, at in hits])[0] if hits else 0

    def highest(self) -> int:
        """The greatest number of a record in the index; -1 where it is empty."""
        searcher = self.newest()
        if searcher is None:
            return -1
        with readable(self._folder):
            hits = searcher.search(Query.all_query(), 1, False, order_by_field="n", order=Order.Desc).hits
            return int(hits[0][0]) if hits else -1

    def best(self, query: Query, limit: int, most: int) -> tuple[list[Ranked], bool]:
        """At least the best `limit` records, in no order, and whether more than `most` are as good.

        tantivy breaks equal scores by place in the index, which hidden records shift. So whoever ties
        with the last place is fetched too, or, in a crowd, those of lowest (tie, n) in it.
        """
        searcher = self.newest()
        if searcher is None:
            return [], False
        with readable(self._folder):
            wanted = limit + 1
            while True:
                hits = searcher.search(query, wanted, count=False).hits
                if len(hits) < wanted or hits[-1][0] < hits[limit - 1][0]:
                    return _ranked(searcher, hits), False
                if wanted > most:
                    break
                wanted = min(4 * wanted, most + 1)
            crowd = hits[-1][0]
            better = [hit for hit in hits if hit[0] > crowd]
            lowest = _Crowd(searcher, query, crowd, most).lowest(limit - len(better))
            return _ranked(searcher, better) + lowest, True


def _column(searcher: Searcher, field: str, places: list[DocAddress]) -> list[int]:
    return [int(value or 0) for value in searcher.fast_field_values(field, places)]


def _ranked(searcher: Searcher, hits: list[_Hit]) -> list[Ranked]:
    places = [at for _, at in hits]
    ties, ns = _column(searcher, "tie", places), _column(searcher, "n", places)
    return [(-points, tie, n) for (points, _), tie, n in zip(hits, ties, ns, strict=True)]


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Records with exactly these points, among those that fit: more than can be fetched."""

    searcher: Searcher
    query: Query
    points: float
    most: int

    def lowest(self, need: int, field: str = "tie") -> list[Ranked]:
        """At least the `need` lowest by (tie, n).

        Looks for a bound on `tie` below which there are enough of them and few enough to fetch. The
        first guess is the `most` lowest of the whole match set. Where one tie holds a crowd, its
        numbers decide.
        """
        first = self.searcher.search(self.query, self.most, False, order_by_field=field, order=Order.Asc)
        few, crowded, bound = -1, _END, int(first.hits[-1][0])
        below: list[Ranked] = []
        while crowded - few > 1:
            within = narrowed(self.query, between(field, 0, bound))
            hits = self.searcher.search(within, self.most + 1, False).hits
            if len(hits) > self.most and hits[-1][0] >= self.points:
                crowded = bound
            else:
                few = bound
                below = _ranked(self.searcher, [hit for hit in hits if hit[0] == self.points])
                if len(below) >= need:
                    return below
            bound = min(4 * bound + 4, crowded - 1) if crowded == _END else (few + crowded) // 2
        same = narrowed(self.query, between(field, crowded, crowded))
        return below + replace(self, query=same).lowest(need - len(below), "n")
