"""tantivy in a folder: one process writes, all read."""

import fcntl
import re
from collections.abc import Iterable, Sequence
from io import BufferedWriter
from pathlib import Path
from threading import RLock

from tantivy import Document, Index, IndexWriter

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Proposal
from entente.engines.text.errors import Busy
from entente.engines.text.points import MOST, answerable, proposal, union
from entente.engines.text.question import SCHEMA, question
from entente.engines.text.reader import WATERMARK, Reader, readable
from entente.engines.text.terms import joined
from entente.engines.text.ties import best

_HEAP = 256_000_000
NOBODY = "nobody"
"""Key of no document."""
_OURS = re.compile(r"[0-9a-f]{32}\..+|\.managed\.json|\.tantivy-.+\.lock|\.tmp.+")


class FolderText:
    """The `Text` seam over an index folder; `<folder>.lock` beside it is held while this one writes."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most
        self._reader = Reader(folder)
        self._lock = RLock()
        self._held: BufferedWriter | None = None
        self._writer: IndexWriter | None = None
        self._highest = -1

    def apply(self, docs: Iterable[Doc], gone: Sequence[int], watermark: int) -> None:
        """Records, deletions and watermark in one commit: a crash leaves the one before it, whole.

        Raises Busy when another process writes here, Corrupt when the folder is broken.
        """
        with self._lock:
            writer = self._writing()
            try:
                for doc in docs:
                    self._put(writer, doc)
                for n in gone:
                    writer.delete_documents_by_term("key", str(n))
                writer.delete_documents_by_term("key", WATERMARK)
                writer.add_document(_mark(watermark))
                writer.commit()
            except BaseException:
                self._undo(writer)
                raise

    def _undo(self, writer: IndexWriter) -> None:
        try:
            writer.rollback()
        except Exception:
            self._writer = None  # It cannot go on; the next apply opens another.

    def _put(self, writer: IndexWriter, doc: Doc) -> None:
        # A number beyond all in the index cannot stand there, so a first load deletes nothing.
        if doc.n <= self._highest:
            writer.delete_documents_by_term("key", str(doc.n))
        else:
            self._highest = doc.n
        writer.add_document(_document(doc))

    def propose(self, query: NameQuery, view: View, limit: int) -> Proposal:
        if not answerable(query, view, limit):
            return Proposal(())
        searcher = self._reader.newest()
        if searcher is None:
            return Proposal(())
        with readable(self._folder):
            ranked, narrow = best(searcher, question(query, view), limit, max(self._most, limit))
        return proposal(ranked, limit, narrow)

    def watermark(self) -> int:
        return self._reader.watermark()

    def wipe(self) -> None:
        """Throw everything away, a broken folder too."""
        with self._lock:
            self._hold()
            self._stop()
            self._reader.forget()
            self._clear()

    def close(self) -> None:
        """Finish what is being merged and give the writer's place back."""
        with self._lock:
            self._stop()
            self._reader.forget()
            if self._held:
                self._held.close()
                self._held = None

    def _writing(self) -> IndexWriter:
        self._hold()
        if self._writer is None:
            self._highest = self._reader.highest()
            if self._highest < 0:
                self._clear()
            self._folder.mkdir(parents=True, exist_ok=True)
            with readable(self._folder):
                self._writer = _opened(self._folder)
        return self._writer

    def _clear(self) -> None:
        """Remove the index's own files, and nothing else that a wrong setting may point at."""
        # First what makes it an index, so that a crash in between leaves an empty one.
        (self._folder / "meta.json").unlink(missing_ok=True)
        for path in self._folder.glob("*"):
            if _OURS.fullmatch(path.name):
                path.unlink()

    def _hold(self) -> None:
        if self._held:
            return
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        held = self._folder.with_name(f"{self._folder.name}.lock").open("ab")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            raise Busy(f"another process writes the name index in {self._folder}") from None
        self._held = held

    def _stop(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            with readable(self._folder):
                writer.wait_merging_threads()


def _opened(folder: Path) -> IndexWriter:
    """A writer that goes on where a killed one may have stopped (docs/benchmarks.md, "Torture").

    Seen with tantivy-py 0.27 after kill -9: a commit fails because a file of deletions that was never
    committed has its name, and a deletion is lost, so that a record stands twice. Removing leftovers ends
    the first. Spending the writer's first operation on nothing ends the second; we suppose, but have not
    traced it, that this operation bears the number of the last commit and a merge takes it for done.
    """
    writer = Index(SCHEMA, str(folder)).writer(_HEAP, 1)
    writer.garbage_collect_files()
    writer.delete_documents_by_term("key", NOBODY)
    return writer


def _document(doc: Doc) -> Document:
    keys = union(doc.tokens)
    made = Document()
    made.add_text("key", str(doc.n))
    made.add_text("exact", joined(keys.exact))
    made.add_text("deletes", joined(keys.deletes))
    made.add_text("sounds", joined(keys.sounds))
    made.add_text("facts", joined(doc.facts))
    made.add_text("access", joined(doc.access))
    made.add_integer("day", doc.day)
    made.add_unsigned("tie", doc.tie)
    made.add_unsigned("n", doc.n)
    return made


def _mark(watermark: int) -> Document:
    made = Document()
    made.add_text("key", WATERMARK)
    made.add_integer("day", 0)
    made.add_unsigned("tie", watermark)
    made.add_unsigned("n", 0)
    return made
