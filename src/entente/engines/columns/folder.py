"""Columns in a folder: see `engines.segments` for how they are written and read."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.columns import segment
from entente.engines.columns.asking import read
from entente.engines.columns.layouts import Layouts, layout_of, types_of
from entente.engines.columns.rows import Column, Rows, by_space, joined
from entente.engines.columns.seam import Record
from entente.engines.columns.segment import Segment
from entente.engines.segments.manifest import Entry
from entente.engines.segments.reader import Snapshot
from entente.engines.segments.writer import SegmentFolder

SMALL = 20_000
"""A segment of at most so many lines (two megabytes of seizures) is made again at once rather than
blanked."""
UNTIDY = 8
"""A larger one is made again when more than one of so many lines is blanked."""
MOST_ROWS = 1 << 21


class _Lines:
    """How lines lie in a segment. The shape: how many labels."""

    most_rows = MOST_ROWS
    called = "figures"

    def joined(self, parts: Sequence[Rows]) -> Rows:
        return joined(parts)

    def write(self, folder: Path, rows: Rows) -> tuple[int, ...]:
        return (segment.write(folder, rows),)

    def read(self, folder: Path, entry: Entry) -> Segment:
        return segment.read(folder, entry.rows, *entry.shape)

    def left(self, segment: Segment, out: Column) -> Rows:
        return segment.rows(out)

    def blank(self, folder: Path, entry: Entry, ns: Column) -> None:
        segment.blank(folder, entry.rows, ns)

    def is_untidy(self, entry: Entry) -> bool:
        return entry.blank * UNTIDY > entry.rows


class FolderColumns(SegmentFolder[Rows, Segment]):
    """The `Columns` seam over a folder."""

    def __init__(self, folder: Path, layouts: Layouts = layout_of, small: int = SMALL) -> None:
        super().__init__(folder, _Lines(), small)
        self._layouts = layouts

    def apply(self, rows: Iterable[Record], gone: Sequence[int], watermark: int) -> None:
        """As `take`, of single things."""
        self.take(by_space(rows, self._layouts), gone, watermark)

    def read(self, space: str, names: Sequence[str], view: View) -> Mapping[str, NDArray[Any]]:
        layout = self._layouts(space)
        types = types_of(layout, names)

        def question(snapshot: Snapshot[Segment]) -> dict[str, NDArray[Any]]:
            return read(snapshot, space, layout, types, view)

        return self._reader.ask(question)
