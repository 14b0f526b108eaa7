"""Templates in a folder: see `engines.segments` for how they are written and read."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from entente.core.access import View
from entente.engines.galleries import segment
from entente.engines.galleries.asking import Scanner, propose
from entente.engines.galleries.forms import Forms, form_of, named
from entente.engines.galleries.rows import Column, Rows, by_space, joined
from entente.engines.galleries.seam import Asked, Proposed, Template
from entente.engines.galleries.segment import Segment
from entente.engines.galleries.turns import Turns
from entente.engines.segments.manifest import Entry
from entente.engines.segments.reader import Snapshot
from entente.engines.segments.writer import SegmentFolder

SMALL = 2_000
"""A segment of at most so many templates (some megabytes of prints) is made again at once rather than
blanked."""
UNTIDY = 8
"""A larger one is made again when more than one of so many templates is blanked."""
MOST_ROWS = 1 << 19


class _Templates:
    """How templates lie in a segment. The shape: items, their width, things, labels."""

    most_rows = MOST_ROWS
    called = "templates"

    def joined(self, parts: Sequence[Rows]) -> Rows:
        return joined(parts)

    def write(self, folder: Path, rows: Rows) -> tuple[int, ...]:
        return segment.write(folder, rows)

    def read(self, folder: Path, entry: Entry) -> Segment:
        return segment.read(folder, entry.rows, entry.shape)

    def left(self, segment: Segment, out: Column) -> Rows:
        return segment.rows(out)

    def blank(self, folder: Path, entry: Entry, ns: Column) -> None:
        segment.blank(folder, entry.rows, entry.shape, ns)

    def is_untidy(self, entry: Entry) -> bool:
        return entry.blank * UNTIDY > entry.rows


class FolderGalleries(SegmentFolder[Rows, Segment]):
    """The `Galleries` seam over a folder. One question at a time is scanned, in the order they came."""

    def __init__(self, folder: Path, forms: Forms = form_of, small: int = SMALL) -> None:
        super().__init__(folder, _Templates(), small)
        self._forms = forms
        self._turns = Turns()
        self._scanner = Scanner()

    def apply(self, rows: Iterable[Template], gone: Sequence[int], watermark: int) -> None:
        """As `take`, of single templates."""
        self.take(by_space(rows), gone, watermark)

    def propose(self, space: str, asked: Sequence[Asked], most: int, view: View) -> list[Proposed]:
        scan = self._forms(named(space)).scan
        if most <= 0:
            return []

        def question(snapshot: Snapshot[Segment]) -> list[Proposed]:
            return propose(snapshot, space, asked, most, view, scan, self._scanner)

        with self._turns.turn():
            return self._reader.ask(question)

    def spaces(self) -> frozenset[str]:
        return frozenset(entry.space for entry in self._reader.manifest().entries if entry.live)

    def close(self) -> None:
        super().close()
        with self._turns.turn():
            self._scanner.close()
