"""Likenesses in a folder: see `engines.segments` for how they are written and read."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.segments.manifest import Entry
from entente.engines.segments.reader import Snapshot
from entente.engines.segments.writer import SegmentFolder
from entente.engines.vectors import segment
from entente.engines.vectors.asking import near
from entente.engines.vectors.layout import MOST_ROWS, widths_of
from entente.engines.vectors.rows import Rows, by_space, joined, words
from entente.engines.vectors.seam import Likeness, Near
from entente.engines.vectors.segment import Segment

SMALL = 100_000
"""A segment of at most so many rows is made again at once rather than blanked."""


class _Likenesses:
    """How hashes lie in a segment. The shape: how many labels, then the widths of the bands in bits."""

    most_rows = MOST_ROWS
    called = "likenesses"

    def joined(self, parts: Sequence[Rows]) -> Rows:
        return joined(parts)

    def write(self, folder: Path, rows: Rows) -> tuple[int, ...]:
        widths = widths_of(len(rows))
        return (segment.write(folder, rows, widths), *widths)

    def read(self, folder: Path, entry: Entry) -> Segment:
        labels, *widths = entry.shape
        return segment.read(folder, entry.rows, labels, tuple(widths))

    def left(self, segment: Segment, out: NDArray[np.int64]) -> Rows:
        return segment.rows(out)

    def blank(self, folder: Path, entry: Entry, ns: NDArray[np.int64]) -> None:
        segment.blank(folder, entry.rows, ns)

    def is_untidy(self, entry: Entry) -> bool:
        return entry.blank > 0  # the lists of bands still tell a part of what is blanked


class FolderVectors(SegmentFolder[Rows, Segment]):
    """The `Vectors` seam over a folder."""

    def __init__(self, folder: Path, small: int = SMALL) -> None:
        super().__init__(folder, _Likenesses(), small)

    def apply(self, rows: Iterable[Likeness], gone: Sequence[int], watermark: int) -> None:
        """As `take`, of single hashes."""
        self.take(by_space(rows), gone, watermark)

    def near(
        self,
        space: str,
        asked: Sequence[bytes],
        radius: int,
        view: View,
        most: int | None = None,
        owners: Sequence[int] = (),
    ) -> list[Near]:
        hashes = words(asked)
        if not len(hashes) or radius < 0:
            return []

        def question(snapshot: Snapshot[Segment]) -> list[Near]:
            return near(snapshot, space, hashes, radius, view, most, owners)

        return self._reader.ask(question)
