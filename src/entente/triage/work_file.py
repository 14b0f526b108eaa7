"""The work file: a row for each file of the disk, so that a run that was killed goes on where it was.

SQLite beside the outputs. It holds names and hashes, never a picture; whoever may read it reads the case.
"""

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from entente.triage.walking import Found, Passed
from entente.triage.workers import Outcome

FORM = 1
"""Of the tables; a work file of another form is refused."""
_TABLES = """
create table if not exists about (name text primary key, value text not null) without rowid;
create table if not exists files (
    path blob primary key, size integer not null, mtime_ns integer not null, seen integer not null,
    media text, fields text, why text not null default ''
) without rowid;
create table if not exists passed (path blob primary key, why text not null) without rowid;
create table if not exists labels (label integer primary key, sha256 text unique not null);
create table if not exists answers (label integer primary key, answer text not null);
create table if not exists looks (day text not null, sha256 text not null, primary key (day, sha256))
    without rowid;
create table if not exists decisions (sha256 text primary key, category text not null) without rowid;
"""
_BATCH = 500
_WRITE_EVERY_S = 0.5


class NoWorkFile(Exception):
    """There is none, or it is of something else; the text says what to do."""


class File(NamedTuple):
    """A file that was read. `media` is image, video, archive, other, empty, or "": could not be read."""

    path: bytes
    size: int
    media: str
    fields: dict[str, Any]
    why: str


class Came(NamedTuple):
    """Of answers that came: how many were taken, and how many were refused, being of another run's files."""

    taken: int
    refused: int


class WorkFile:
    """Open it with `with`; every method commits what it wrote."""

    def __init__(self, path: Path, made: bool = True) -> None:
        if not made and not path.exists():
            raise NoWorkFile(f"{path} is not there: run entente triage first.")
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.executescript(_TABLES)
        except sqlite3.DatabaseError:
            self._db.close()
            raise NoWorkFile(f"{path} is no work file of entente triage: move it away.") from None
        path.chmod(0o600)
        if self.about("form") not in ("", str(FORM)):
            self._db.close()
            raise NoWorkFile(f"{path} was made by another edition: use another folder with --to.")
        self.note("form", str(FORM))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def about(self, name: str) -> str:
        """What was noted under a name; "" when nothing was."""
        row = self._db.execute("select value from about where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, name: str, value: str) -> None:
        self._db.execute("insert or replace into about values (?, ?)", (name, value))

    # --- the disk --------------------------------------------------------------------------------

    def walked(self, met: Iterable[Found | Passed]) -> int:
        """Take in what the walk met; returns how many files there are.

        A file whose size or time changed is to be read again; what is gone from the disk is gone from here.
        """
        turn = int(self.about("turn") or 0) + 1
        count = 0
        with self._together():
            self._db.execute("delete from passed")
            for one in met:
                if isinstance(one, Passed):
                    self._db.execute("insert or replace into passed values (?, ?)", one)
                    continue
                count += 1
                self._db.execute(
                    "insert into files (path, size, mtime_ns, seen) values (?1, ?2, ?3, ?4) "
                    "on conflict (path) do update set seen = ?4, "
                    "media = iif(size = ?2 and mtime_ns = ?3, media, null), "
                    "fields = iif(size = ?2 and mtime_ns = ?3, fields, null), "
                    "why = iif(size = ?2 and mtime_ns = ?3, why, ''), size = ?2, mtime_ns = ?3",
                    (*one, turn),
                )
            self._db.execute("delete from files where seen <> ?", (turn,))
            self.note("turn", str(turn))
        return count

    def waiting(self) -> list[bytes]:
        """Files that were not read yet, in the order of their paths."""
        return [
            row[0] for row in self._db.execute("select path from files where media is null order by path")
        ]

    def read(self, outcomes: Iterable[Outcome]) -> Iterator[int]:
        """Write down what workers told, twice a second or so; yields how many each time."""
        batch: list[Outcome] = []
        since = time.monotonic()
        left = 0
        try:
            for outcome in outcomes:
                batch.append(outcome)
                if len(batch) == _BATCH or time.monotonic() - since > _WRITE_EVERY_S:
                    count, since = self._write(batch), time.monotonic()
                    batch.clear()
                    yield count
        finally:  # Ctrl-C, too, loses nothing that was read
            left = self._write(batch) if batch else 0
        if left:
            yield left

    def _write(self, batch: Sequence[Outcome]) -> int:
        rows = []
        for path, told, why in batch:
            fields = dict(told)
            media = str(fields.pop("media", ""))
            if media and not fields.get("size"):
                media = "empty"
            rows.append((media, json.dumps(fields, sort_keys=True, separators=(",", ":")), why, path))
        with self._together():
            self._db.executemany("update files set media = ?, fields = ?, why = ? where path = ?", rows)
        return len(batch)

    def files(self, media: Sequence[str] = ()) -> Iterator[File]:
        """Files that were read, in the order of their paths; of these sorts, or all."""
        where = f" and media in ({','.join('?' * len(media))})" if media else ""
        rows = self._db.execute(
            f"select path, size, media, fields, why from files where media is not null{where} order by path",  # noqa: S608
            tuple(media),
        )
        for path, size, sort, fields, why in rows:
            yield File(path, size, sort, json.loads(fields), why)

    def passed(self) -> list[Passed]:
        return [Passed(*row) for row in self._db.execute("select path, why from passed order by path")]

    # --- what was asked, answered, looked at -----------------------------------------------------

    def labels(self, digests: Iterable[str]) -> dict[str, str]:
        """A label for each SHA-256, by which the house is asked, in the order of the numbers they begin with.

        One that has a label keeps it. Every work file numbers from 1: its end binds a label to the file.
        """
        with self._together():
            self._db.executemany(
                "insert or ignore into labels (sha256) values (?)", ((one,) for one in digests)
            )
        rows = self._db.execute("select label, sha256 from labels order by label")
        return {sha256: _label(number, sha256) for number, sha256 in rows}

    def answer(self, answers: Iterable[tuple[str, Any]]) -> Came:
        """Keep the answers by their labels; one whose label is of no file here is refused."""
        taken = refused = 0
        with self._together():
            for label, said in answers:
                number = self._number(label)
                if number is None:
                    refused += 1
                    continue
                taken += 1
                told = json.dumps(said, sort_keys=True)
                self._db.execute("insert or replace into answers values (?, ?)", (number, told))
        return Came(taken, refused)

    def _number(self, label: str) -> int | None:
        """The number a label begins with, where the label is that of a file here."""
        if not _LABEL.fullmatch(label):
            return None
        number = int(label.partition("-")[0])
        row = self._db.execute("select sha256 from labels where label = ?", (number,)).fetchone()
        return number if row and _label(number, row[0]) == label else None

    def answered(self) -> set[str]:
        """The labels that have an answer."""
        rows = self._db.execute("select label, sha256 from answers join labels using (label)")
        return {_label(number, sha256) for number, sha256 in rows}

    def answers(self) -> dict[str, dict[str, Any]]:
        """What the house said, by SHA-256."""
        rows = self._db.execute("select sha256, answer from answers join labels using (label)")
        return {sha256: json.loads(answer) for sha256, answer in rows}

    def look(self, day: str, sha256: str) -> int:
        """Count a look; returns how many there were on that day."""
        self._db.execute("insert or ignore into looks values (?, ?)", (day, sha256))
        return self.looks(day)

    def looks(self, day: str) -> int:
        return int(self._db.execute("select count(*) from looks where day = ?", (day,)).fetchone()[0])

    def decide(self, sha256: str, category: str) -> None:
        self._db.execute("insert or replace into decisions values (?, ?)", (sha256, category))

    def decisions(self) -> dict[str, str]:
        """Category by SHA-256; "" where it was skipped for good."""
        return dict(self._db.execute("select sha256, category from decisions"))

    def _together(self) -> "_Together":
        return _Together(self._db)


_LABEL = re.compile(r"[0-9]{1,15}-[0-9a-f]{8}")


def _label(number: int, sha256: str) -> str:
    return f"{number}-{sha256[:8]}"


class _Together:
    """One transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("begin immediate")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("commit" if kind is None else "rollback")
