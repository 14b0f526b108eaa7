"""Segments in a folder: one process writes, all read.

A few segments, each a multiple of the next in size: new rows come into a new one, which takes in those
that are not much greater. Rows of large segments are blanked in place when their thing is gone or comes
anew; the manifest leaves them out before that. When there is nothing else to do, a segment that its index
calls untidy is made again without them.
"""

import fcntl
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BufferedWriter
from pathlib import Path
from secrets import token_hex
from threading import RLock
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from entente.engines.segments import manifest as manifests
from entente.engines.segments.errors import Busy
from entente.engines.segments.form import Form, R, S
from entente.engines.segments.manifest import Entry, Manifest
from entente.engines.segments.numbers import distinct
from entente.engines.segments.reader import Reader

RATIO = 4
"""A segment takes in another one that has fewer rows than this many times its own."""
_OURS = re.compile(r"\d{8,}-[0-9a-f]{8}")
_NOBODY = np.zeros(0, np.int64)


class SegmentFolder(Generic[R, S]):
    """An index in a folder; `<folder>.lock` beside it is held while this one writes.

    `small`: a segment of at most so many rows is made again at once rather than blanked.
    """

    def __init__(self, folder: Path, form: Form[R, S], small: int) -> None:
        self._folder, self._form, self._small = folder, form, small
        self._reader = Reader(folder, form)
        self._lock = RLock()
        self._held: BufferedWriter | None = None
        self._owing = True
        """Whether rows may not be blanked that the manifest leaves out, and segments lie about that it does
        not name: so a killed or failed writer leaves it."""

    def take(self, spaces: Mapping[str, R], gone: Sequence[int], watermark: int) -> None:
        """Rows by space, what is gone and the watermark at one moment: a crash leaves the index before it.

        Raises Busy when another process writes here, Corrupt when the folder is broken.
        """
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
            elif untidy := next(filter(self._form.is_untidy, standing.entries), None):
                self._publish(self._merged(standing, [untidy], None, untidy.space))
            self._owing = False

    def _changed(
        self, standing: Manifest, spaces: Mapping[str, R], out: NDArray[np.int64], watermark: int
    ) -> Manifest:
        segments = self._reader.newest().segments
        touched = {e.name: segments[e.name].touched(out) for e in standing.entries}
        kept: list[Entry] = []
        again: list[Entry] = []
        for e in standing.entries:
            if touched[e.name] and e.rows <= self._small:
                again.append(e)
            else:
                dead = tuple(out.tolist()) if touched[e.name] else ()
                kept.append(e.lacking(dead, touched[e.name]))
        blanked = token_hex(8) if any(e.dead for e in kept) else standing.blanked
        made = Manifest(watermark, standing.made, tuple(kept), blanked)
        for space in sorted({*spaces, *(e.space for e in again)}):
            own = [e for e in again if e.space == space]
            made = self._merged(made, own, spaces.get(space), space, out)
        return made

    def _merged(
        self,
        standing: Manifest,
        again: list[Entry],
        fresh: R | None,
        space: str,
        out: NDArray[np.int64] = _NOBODY,
    ) -> Manifest:
        """The manifest with one more segment: of fresh rows, those to be made again, and all that are not
        much greater than these together."""
        taken = list(again)
        rows = (len(fresh) if fresh else 0) + sum(e.live for e in taken)
        for e in sorted(standing.entries, key=lambda e: e.live):
            if e.space != space or e in taken:
                continue
            if e.live >= RATIO * rows or e.live + rows > self._form.most_rows:
                break
            taken.append(e)
            rows += e.live
        segments = self._reader.newest().segments
        parts = [self._form.left(segments[e.name], out) for e in taken] + ([fresh] if fresh else [])
        entries = [e for e in standing.entries if e not in taken]
        every = self._form.joined(parts)
        # Never a name that was in use before all was thrown away: who reads may still have that one open.
        name = f"{standing.made + 1:08}-{token_hex(4)}"
        if len(every):
            shape = self._form.write(self._folder / name, every)
            entries.append(Entry(name, space, len(every), shape))
        return replace(standing, made=standing.made + 1, entries=tuple(entries))

    def _publish(self, fresh: Manifest) -> None:
        manifests.write(self._folder, fresh)
        self._settle(fresh)

    def _settle(self, standing: Manifest) -> None:
        """Blank what the manifest leaves out and remove what it does not name."""
        self._clear({e.name for e in standing.entries})
        for e in standing.entries:
            if e.dead:
                self._form.blank(self._folder / e.name, e, np.array(sorted(e.dead), np.int64))

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
            raise Busy(f"another process writes the index of {self._form.called} in {self._folder}") from None
        self._held = held
