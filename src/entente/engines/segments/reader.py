"""Reads an index that another process may be writing: always a whole one, the newest."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from entente.engines.segments.errors import Corrupt
from entente.engines.segments.form import Form, R, S
from entente.engines.segments.manifest import Entry, Manifest, Opened

T = TypeVar("T")
TRIES = 20
"""A question is asked again when rows were blanked under it. So many times in a row are a writer that never
rests; what the last answer may then lack is one thing written while it was asked."""


class Snapshot(Generic[S]):
    """The index at one moment: a manifest and its segments, open."""

    def __init__(self, opened: Opened, segments: dict[str, S]) -> None:
        self.opened, self.segments = opened, segments
        self.manifest = opened.manifest
        self._dead = {e.name: np.array(sorted(e.dead), np.int64) for e in self.manifest.entries if e.dead}

    def dead(self, entry: Entry) -> NDArray[np.int64] | None:
        return self._dead.get(entry.name)


class Reader(Generic[R, S]):
    """Answers from the newest manifest; looks whether rows were blanked while a question was asked."""

    def __init__(self, folder: Path, form: Form[R, S]) -> None:
        self._folder, self._form = folder, form
        self._lock = Lock()
        self._snapshot: Snapshot[S] | None = None

    def ask(self, question: Callable[[Snapshot[S]], T]) -> T:
        """The question's answer of a snapshot in which nothing was blanked meanwhile.

        Segments that were only added or taken together change nothing: what was opened stays as it was.
        """
        for _ in range(TRIES):
            snapshot = self.newest()
            try:
                answer = question(snapshot)
            except IndexError as why:
                raise Corrupt(f"a segment of the {self._form.called} is broken") from why
            if snapshot.opened.is_newest() or self.manifest().blanked == snapshot.manifest.blanked:
                break
        return answer

    def manifest(self) -> Manifest:
        return self.newest().manifest

    def newest(self) -> Snapshot[S]:
        """Raises Corrupt when the folder is broken."""
        with self._lock:
            if self._snapshot is None or not self._snapshot.opened.is_newest():
                self._snapshot = self._read(self._snapshot)
            return self._snapshot

    def forget(self) -> None:
        with self._lock:
            self._snapshot = None

    def _read(self, before: Snapshot[S] | None) -> Snapshot[S]:
        known = before.segments if before else {}
        while True:
            opened = Opened(self._folder)
            try:
                return Snapshot(opened, {e.name: self._segment(e, known) for e in opened.manifest.entries})
            except FileNotFoundError as why:  # removed by a writer that has replaced it, or by somebody else
                if opened.is_newest():
                    raise Corrupt(f"a segment of the {self._form.called} is missing") from why

    def _segment(self, entry: Entry, known: dict[str, S]) -> S:
        if entry.name in known:
            return known[entry.name]
        return self._form.read(self._folder / entry.name, entry)
