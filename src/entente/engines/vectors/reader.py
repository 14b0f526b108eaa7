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
from entente.engines.vectors.nearest import Nearest
from entente.engines.vectors.rows import Words, listed, words
from entente.engines.vectors.seam import Near
from entente.engines.vectors.segment import Segment

_EPOCH = np.datetime64("1970-01-01")
AT_ONCE = 64
"""Asked hashes looked up together."""
TRIES = 20
"""A question is asked again when the index changed under it. So many changes in a row are a writer that
never rests; what the last answer may then lack is one thing written while it was asked."""


class Snapshot:
    """The index at one moment: a manifest and its segments, open."""

    def __init__(self, opened: Opened, segments: dict[str, Segment]) -> None:
        self.opened, self.segments = opened, segments
        self.manifest = opened.manifest
        self._dead = {e.name: np.array(sorted(e.dead), np.int64) for e in self.manifest.entries if e.dead}

    def near(
        self,
        space: str,
        asked: Words,
        radius: int,
        view: View,
        most: int | None,
        owners: Sequence[int],
    ) -> list[Near]:
        owner_of = np.append(np.asarray(owners, np.int64), 0)
        inside = [_Inside(self, e, view, owner_of) for e in self.manifest.entries if e.space == space]
        found: list[Near] = []
        for start in range(0, len(asked), AT_ONCE):
            nearest = Nearest(most)
            for one in inside:
                one.near(asked[start : start + AT_ONCE], radius, nearest)
            found += [Near(at + start, n, apart) for at, n, apart in nearest.told()]
        return found

    def dead(self, entry: Entry) -> NDArray[np.int64] | None:
        return self._dead.get(entry.name)


class _Inside:
    """A segment as far as a view holds it."""

    def __init__(self, snapshot: Snapshot, entry: Entry, view: View, owners: NDArray[np.int64]) -> None:
        self._segment, self._dead = snapshot.segments[entry.name], snapshot.dead(entry)
        self._allowed = allowed(self._segment.labels, view)
        self._owners = owners

    def near(self, asked: Words, radius: int, nearest: Nearest) -> None:
        for at, rows, apart in self._segment.near(asked, radius):
            label, n = self._segment.label[rows], self._segment.n[rows].astype(np.int64)
            kept = self._allowed[label]
            if self._dead is not None:
                kept &= ~listed(n, self._dead)
            classes = self._segment.labels[label[kept], 0]
            owner = self._owners[np.minimum(classes, len(self._owners) - 1)]
            nearest.take(at[kept], owner, n[kept], apart[kept])


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

    def near(
        self,
        space: str,
        asked: Sequence[bytes],
        radius: int,
        view: View,
        most: int | None,
        owners: Sequence[int],
    ) -> list[Near]:
        hashes = words(asked)
        if not len(hashes) or radius < 0:
            return []
        for _ in range(TRIES):
            snapshot = self.newest()
            try:
                found = snapshot.near(space, hashes, radius, view, most, owners)
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
