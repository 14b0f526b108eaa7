"""Likenesses in a folder: one process writes, all read.

A few segments, each a multiple of the next in size: new rows come into a new one, which takes in those
that are not much greater. Rows of large segments are blanked in place when their thing is gone or comes
anew; the manifest leaves them out before that, and the segment is made again when there is nothing else
to do, so that its lists of bands forget them too.
"""

import fcntl
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BufferedWriter
from pathlib import Path
from secrets import token_hex
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.vectors import manifest as manifests
from entente.engines.vectors import segment
from entente.engines.vectors.errors import Busy
from entente.engines.vectors.layout import MOST_ROWS, widths_of
from entente.engines.vectors.manifest import Entry, Manifest
from entente.engines.vectors.reader import Reader
from entente.engines.vectors.rows import Rows, by_space, distinct, joined, listed
from entente.engines.vectors.seam import Likeness, Near

SMALL = 100_000
"""A segment of at most so many rows is made again at once rather than blanked."""
RATIO = 4
"""A segment takes in another one that has fewer rows than this many times its own."""
_OURS = re.compile(r"\d{8,}-[0-9a-f]{8}")


class FolderVectors:
    """The `Vectors` seam over a folder; `<folder>.lock` beside it is held while this one writes."""

    def __init__(self, folder: Path, small: int = SMALL) -> None:
        self._folder, self._small = folder, small
        self._reader = Reader(folder)
        self._lock = RLock()
        self._held: BufferedWriter | None = None
        self._owing = True
        """Whether rows may not be blanked that the manifest leaves out, and segments lie about that it does
        not name: so a killed or failed writer leaves it."""

    def apply(self, rows: Iterable[Likeness], gone: Sequence[int], watermark: int) -> None:
        """Hashes, what is gone and the watermark at one moment: a crash leaves the index before it, whole.

        Raises Busy when another process writes here, Corrupt when the folder is broken.
        """
        self.take(by_space(rows), gone, watermark)

    def take(self, spaces: Mapping[str, Rows], gone: Sequence[int], watermark: int) -> None:
        """`apply` for rows that are arrays already, by space."""
        with self._lock:
            self._hold()
            standing = self._reader.manifest()
            if self._owing:
                self._settle(standing)
            self._owing = True
            out = distinct(np.concatenate([np.array(gone, np.int64), *(r.n for r in spaces.values())]))
            if spaces or len(out):
                self._publish(self._changed(standing, spaces, out, watermark))
            elif watermark != standing.watermark:
                entries = tuple(replace(e, dead=()) for e in standing.entries)
                self._publish(replace(standing, watermark=watermark, entries=entries))
            elif untidy := next((e for e in standing.entries if e.blank), None):
                self._publish(self._merged(standing, [untidy], None, untidy.space))
            self._owing = False

    def _changed(
        self, standing: Manifest, spaces: Mapping[str, Rows], out: NDArray[np.int64], watermark: int
    ) -> Manifest:
        touched = {e.name: int(listed(self._numbers(e), out).sum()) for e in standing.entries}
        kept: list[Entry] = []
        again: list[Entry] = []
        for e in standing.entries:
            if touched[e.name] and e.rows <= self._small:
                again.append(e)
            else:
                dead = tuple(out.tolist()) if touched[e.name] else ()
                kept.append(e.lacking(dead, touched[e.name]))
        made = Manifest(watermark, standing.made, tuple(kept))
        for space in sorted({*spaces, *(e.space for e in again)}):
            own = [e for e in again if e.space == space]
            made = self._merged(made, own, spaces.get(space), space, out)
        return made

    def _numbers(self, entry: Entry) -> NDArray[np.integer]:
        return self._reader.newest().segments[entry.name].n

    def _merged(
        self,
        standing: Manifest,
        again: list[Entry],
        fresh: Rows | None,
        space: str,
        out: NDArray[np.int64] | None = None,
    ) -> Manifest:
        """The manifest with one more segment: of fresh rows, those to be made again, and all that are not
        much greater than these together."""
        taken = list(again)
        rows = (len(fresh) if fresh else 0) + sum(e.live for e in taken)
        for e in sorted(standing.entries, key=lambda e: e.live):
            if e.space != space or e in taken:
                continue
            if e.live >= RATIO * rows or e.live + rows > MOST_ROWS:
                break
            taken.append(e)
            rows += e.live
        parts = [self._left(e, out) for e in taken] + ([fresh] if fresh else [])
        entries = [e for e in standing.entries if e not in taken]
        every = joined(parts)
        # Never a name that was in use before all was thrown away: who reads may still have that one open.
        name = f"{standing.made + 1:08}-{token_hex(4)}"
        if len(every):
            widths = widths_of(len(every))
            labels = segment.write(self._folder / name, every, widths)
            entries.append(Entry(name, space, len(every), labels, widths))
        return Manifest(standing.watermark, standing.made + 1, tuple(entries))

    def _left(self, entry: Entry, out: NDArray[np.int64] | None) -> Rows:
        rows = self._reader.newest().segments[entry.name].rows()
        return rows if out is None else rows.without(listed(rows.n, out))

    def _publish(self, fresh: Manifest) -> None:
        manifests.write(self._folder, fresh)
        self._settle(fresh)

    def _settle(self, standing: Manifest) -> None:
        """Blank what the manifest leaves out and remove what it does not name."""
        self._clear({e.name for e in standing.entries})
        for e in standing.entries:
            if e.dead:
                segment.blank(self._folder / e.name, e.rows, np.array(sorted(e.dead), np.int64))

    def near(
        self,
        space: str,
        asked: Sequence[bytes],
        radius: int,
        view: View,
        most: int | None = None,
        owners: Sequence[int] = (),
    ) -> list[Near]:
        return self._reader.near(space, asked, radius, view, most, owners)

    def watermark(self) -> int:
        return self._reader.manifest().watermark

    def wipe(self) -> None:
        """Throw everything away, a broken folder too."""
        with self._lock:
            self._hold()
            # First what makes it an index, so that a crash in between leaves an empty one.
            (self._folder / manifests.NAME).unlink(missing_ok=True)
            self._clear(set())
            self._reader.forget()

    def close(self) -> None:
        """Give the writer's place back."""
        with self._lock:
            self._reader.forget()
            if self._held:
                self._held.close()
                self._held = None

    def _clear(self, but: set[str]) -> None:
        """Remove segments that no manifest names, and nothing else that a wrong setting may point at."""
        for path in self._folder.glob("*"):
            if path.name not in but and _OURS.fullmatch(path.name):
                shutil.rmtree(path)

    def _hold(self) -> None:
        if self._held:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = self._folder.with_name(f"{self._folder.name}.lock").open("ab")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            raise Busy(f"another process writes the index of likenesses in {self._folder}") from None
        self._held = held
