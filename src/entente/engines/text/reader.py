"""Reading an index folder: always its newest commit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EDQUOT, EMFILE, ENFILE, ENOMEM, ENOSPC, EPERM
from pathlib import Path
from threading import Lock

from tantivy import Index, Order, Query, Searcher

from entente.engines.text.errors import Corrupt
from entente.engines.text.question import SCHEMA, has
from entente.engines.text.ties import column

WATERMARK = "watermark"
"""Key of the one document that is no record: in no view, its `tie` is the watermark of the commit."""

_NO_DAMAGE = [os.strerror(code) for code in (EACCES, EDQUOT, EMFILE, ENFILE, ENOMEM, ENOSPC, EPERM)]


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Whatever tantivy says of a broken folder, panics included, becomes `Corrupt`.

    A machine short of room or rights is no broken folder: wiping would not help.
    """
    try:
        yield
    except (ValueError, OSError) as e:
        if any(words in str(e) for words in _NO_DAMAGE):
            raise
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
            return column(searcher, "tie", hits)[0] if hits else 0

    def highest(self) -> int:
        """The greatest number of a record in the index; -1 where it is empty."""
        searcher = self.newest()
        if searcher is None:
            return -1
        with readable(self._folder):
            hits = searcher.search(Query.all_query(), 1, False, order_by_field="n", order=Order.Desc).hits
            return int(hits[0][0]) if hits else -1
