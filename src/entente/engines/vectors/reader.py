"""Reads an index of likenesses that another process may be writing: always a whole one, the newest."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.vectors import segment
from entente.engines.vectors.errors import Corrupt
from entente.engines.vectors.manifest import Entry, Manifest, Opened
from entente.engines.vectors.rows import Words, listed, words
from entente.engines.vectors.seam import Near
from entente.engines.vectors.segment import Segment

_EPOCH = np.datetime64("1970-01-01")
TRIES = 20
"""A question is asked again when the index changed under it. So many changes in a row are a writer that
never rests; what the last answer may then lack is one thing written while it was asked."""


class Snapshot:
    """The index at one moment: a manifest and its segments, open."""

    def __init__(self, opened: Opened, segments: dict[str, Segment]) -> None:
        self.opened, self.segments = opened, segments
        self.manifest = opened.manifest
        self._dead = {e.name: np.array(sorted(e.dead), np.int64) for e in self.manifest.entries if e.dead}

    def near(self, space: str, asked: Words, radius: int, view: View) -> list[Near]:
        found = [
            self._near(entry, asked, radius, view) for entry in self.manifest.entries if entry.space == space
        ]
        if not found:
            return []
        at, n, apart = (np.concatenate([f[part] for f in found]) for part in range(3))
        order = np.lexsort((apart, n, at))
        at, n, apart = at[order], n[order], apart[order]
        least = np.ones(len(at), np.bool_)
        least[1:] = (at[1:] != at[:-1]) | (n[1:] != n[:-1])
        at, n, apart = at[least], n[least], apart[least]
        order = np.lexsort((n, apart, at))
        found_each = zip(at[order].tolist(), n[order].tolist(), apart[order].tolist(), strict=True)
        return [Near(*one) for one in found_each]

    def _near(
        self, entry: Entry, asked: Words, radius: int, view: View
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """(asked, n, distance) inside the view; a thing may stand several times."""
        kept = self.segments[entry.name]
        at, rows, apart = kept.near(asked, radius)
        seen = allowed(kept.labels, view)[kept.label[rows]]
        at, rows, apart = at[seen], rows[seen], apart[seen]
        n = kept.n[rows].astype(np.int64)
        if entry.name in self._dead:
            left = ~listed(n, self._dead[entry.name])
            at, n, apart = at[left], n[left], apart[left]
        return at, n, apart


def allowed(labels: NDArray[np.int64], view: View) -> NDArray[np.bool_]:
    """Which labels, (class, day) each, are in the view."""
    today = int((np.datetime64(view.today) - _EPOCH).astype(int))
    spelled = np.frombuffer(view.classes, np.uint8)
    known = (labels[:, 0] >= 0) & (labels[:, 0] < len(spelled)) & (labels[:, 1] > today)
    known[known] = spelled[labels[known, 0]] == 1
    return known


class Reader:
    """Answers from the newest manifest; looks whether it is the newest before and after each question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def near(self, space: str, asked: Sequence[bytes], radius: int, view: View) -> list[Near]:
        hashes = words(asked)
        if not len(hashes) or radius < 0:
            return []
        for _ in range(TRIES):
            snapshot = self.newest()
            try:
                found = snapshot.near(space, hashes, radius, view)
            except IndexError as why:
                raise Corrupt("the bands of the likenesses are broken") from why
            if snapshot.opened.is_newest():  # else rows may have been blanked that stand anew in a later one
                break
        return found

    def manifest(self) -> Manifest:
        return self.newest().manifest

    def newest(self) -> Snapshot:
        """Raises Corrupt when the folder is broken."""
        with self._lock:
            if self._snapshot is None or not self._snapshot.opened.is_newest():
                self._snapshot = self._read(self._snapshot)
            return self._snapshot

    def forget(self) -> None:
        with self._lock:
            self._snapshot = None

    def _read(self, before: Snapshot | None) -> Snapshot:
        known = before.segments if before else {}
        while True:
            opened = Opened(self._folder)
            try:
                return Snapshot(opened, {e.name: self._segment(e, known) for e in opened.manifest.entries})
            except FileNotFoundError as why:  # removed by a writer that has replaced it, or by somebody else
                if opened.is_newest():
                    raise Corrupt("a segment of the likenesses is missing") from why

    def _segment(self, entry: Entry, known: dict[str, Segment]) -> Segment:
        if entry.name in known:
            return known[entry.name]
        return segment.read(self._folder / entry.name, entry.rows, entry.labels, entry.widths)
