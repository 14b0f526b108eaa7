"""What an index consists of at one moment: a file that is replaced as a whole."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from weakref import finalize

from entente.engines.segments import files
from entente.engines.segments.errors import Corrupt

NAME = "manifest.json"
FORM = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment. `shape`: what must be known to open its files, as the index that wrote them says it.

    `blank`: rows that were blanked. `dead`: numbers of the things whose rows are not to be told and are
    being blanked.
    """

    name: str
    space: str
    rows: int
    shape: tuple[int, ...]
    blank: int = 0
    dead: tuple[int, ...] = ()

    @property
    def live(self) -> int:
        return self.rows - self.blank

    def lacking(self, dead: tuple[int, ...], rows: int) -> "Entry":
        """The same after so many more rows, of these things, went."""
        return replace(self, blank=self.blank + rows, dead=dead)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made`: segments ever made, for the name of the next. `blanked`: another word each time that rows of
    a standing segment are blanked: while it stays, whatever was opened before reads as it did."""

    watermark: int = 0
    made: int = 0
    entries: tuple[Entry, ...] = ()
    blanked: str = ""


def write(folder: Path, manifest: Manifest) -> None:
    files.replace(folder / NAME, json.dumps({"form": FORM, **asdict(manifest)}).encode())


class Opened:
    """A manifest as it was read. Its file stays open, so that no other file can be taken for it."""

    def __init__(self, folder: Path) -> None:
        """Raises Corrupt for one that cannot be read; where there is none, the manifest is empty."""
        self._path = folder / NAME
        self.manifest = Manifest()
        self._file: int | None = None
        try:
            self._file = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return
        finalize(self, os.close, self._file)
        try:
            with open(self._file, "rb", closefd=False) as file:
                self.manifest = _understood(file.read())
        except (ValueError, KeyError, TypeError, AttributeError) as why:
            raise Corrupt("the list of segments of the index is broken") from why

    def is_newest(self) -> bool:
        try:
            newest = self._path.stat()
        except FileNotFoundError:
            return self._file is None
        return self._file is not None and os.path.samestat(newest, os.fstat(self._file))


def _understood(data: bytes) -> Manifest:
    said = json.loads(data)
    if said.pop("form") != FORM:
        raise ValueError("another form")
    entries = tuple(
        Entry(**{**e, "shape": tuple(e["shape"]), "dead": tuple(e["dead"])}) for e in said.pop("entries")
    )
    return Manifest(entries=entries, **said)
