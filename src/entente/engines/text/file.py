"""SQLite FTS5 in a file of its own: the oracle and the fallback, with the standard library alone.

The full-text table proposes by keys; access and expiry are columns beside it, judged before any limit.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Proposal
from entente.engines.text.errors import Busy, Corrupt
from entente.engines.text.points import MOST, Ranked, answerable, proposal, union
from entente.engines.text.statement import cells, statement

_PATIENCE_S = 30
_TABLES = """
create table if not exists audience (id integer primary key, terms text not null unique);
create table if not exists doc (
  n integer primary key, tie integer not null, day integer not null,
  audience integer not null references audience (id), facts text not null);
create table if not exists mark (one integer primary key check (one = 1), watermark integer not null);
create virtual table if not exists found using fts5 (
  cells, tokenize = 'ascii', detail = none, columnsize = 0);
"""
"""`found` keeps its own text: SQLite before 3.43 cannot delete from a contentless table without it."""


class FileText:
    """The `Text` seam over one SQLite file. Every process may read; SQLite lets one write at a time."""

    def __init__(self, file: Path, most: int = MOST) -> None:
        self._file = file
        self._most = most
        self._lock = RLock()
        self._link: sqlite3.Connection | None = None

    def apply(self, docs: Iterable[Doc], gone: Sequence[int], watermark: int) -> None:
        with self._linked() as link, link:
            link.execute("begin immediate")
            known = dict(link.execute("select terms, id from audience"))
            (highest,) = link.execute("select coalesce(max(n), -1) from doc").fetchone()
            for doc in docs:
                if doc.n <= highest:
                    _drop(link, doc.n)
                highest = max(highest, doc.n)
                terms = json.dumps(sorted(doc.access))
                if terms not in known:
                    known[terms] = link.execute("insert into audience (terms) values (?)", (terms,)).lastrowid
                facts = cells("f", doc.facts)
                link.execute(
                    "insert into doc values (?, ?, ?, ?, ?)",
                    (doc.n, doc.tie, doc.day, known[terms], f" {facts} "),
                )
                link.execute("insert into found (rowid, cells) values (?, ?)", (doc.n, _text(doc, facts)))
            for n in gone:
                _drop(link, n)
            link.execute("insert or replace into mark values (1, ?)", (watermark,))

    def propose(self, query: NameQuery, view: View, limit: int) -> Proposal:
        if not answerable(query, view, limit):
            return Proposal(())
        most = max(self._most, limit)
        with self._linked() as link:
            # A few thousand audiences at most (they are interned classes), so the view is spelled by them.
            inside = set(view.terms)
            audiences = [
                id
                for id, terms in link.execute("select id, terms from audience")
                if not inside.isdisjoint(json.loads(terms))
            ]
            sql, given = statement(query, view, audiences, most + 1)
            ranked: list[Ranked] = link.execute(sql, given).fetchall()
        narrow = len(ranked) > most and ranked[most][0] == ranked[limit - 1][0]
        return proposal(ranked, limit, narrow)

    def watermark(self) -> int:
        with self._linked() as link:
            row = link.execute("select watermark from mark").fetchone()
            return int(row[0]) if row else 0

    def wipe(self) -> None:
        """Throw everything away, a broken file too."""
        with self._lock:
            try:
                with self._linked() as link, link:
                    link.execute("begin immediate")
                    for table in ("found", "doc", "audience", "mark"):
                        link.execute(f"delete from {table}")  # noqa: S608
            except Corrupt:
                self.close()
                for suffix in ("", "-wal", "-shm"):
                    self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        with self._lock:
            if self._link:
                self._link.close()
                self._link = None

    @contextmanager
    def _linked(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._link is None:
                    self._link = _open(self._file)
                yield self._link
            except sqlite3.OperationalError as e:
                if e.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise Busy(f"another process writes the name index in {self._file}") from e
            except sqlite3.DatabaseError as e:
                self.close()
                raise Corrupt(f"the name index in {self._file} cannot be read: {e}") from e


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    link = sqlite3.connect(file, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        link.execute("pragma journal_mode = wal")
        link.execute("pragma synchronous = normal")
        link.execute("pragma cache_size = -65536")
        link.executescript(_TABLES)
    except BaseException:
        link.close()
        raise
    return link


def _drop(link: sqlite3.Connection, n: int) -> None:
    link.execute("delete from doc where n = ?", (n,))
    link.execute("delete from found where rowid = ?", (n,))


def _text(doc: Doc, facts: str) -> str:
    keys = union(doc.tokens)
    return f"{cells('e', keys.exact)} {cells('d', keys.deletes)} {cells('s', keys.sounds)} {facts}"
