"""Files of seizures of any size, on the machine itself: CSV, streamed, a batch a transaction.

Good seizures are kept, faulty rows told. A load that was cut goes on where it stopped; loading a file twice
keeps nothing twice.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from entente.core.access import Asker, Handling
from entente.core.problems import Fault, Faulty
from entente.desk import House, sit
from entente.desk.bulk import in_bulk
from entente.match.goods import table
from entente.match.goods.table import Draft
from entente.rooms.records import Bad
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import importing, mappings, sheets
from entente.rooms.trends.seizures.importing import Line, Reader, Told
from entente.web.forms import validated

BATCH = 2000
SAMPLE = 1 << 20
"""Bytes by which the encoding of a file is judged."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A batch as `entente load` tells it."""

    read: int
    kept: int
    faults: tuple[Bad, ...]
    from_line: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: seizures read, kept (new or changed), and the faults of this batch."""

    read: int
    kept: int
    faults: tuple[i.RowSaid, ...]
    fault_count: int


def load(
    house: House,
    asker: Asker,
    path: Path,
    sent: i.Sent,
    handling: Handling,
    expires: date | None = None,
) -> Iterator[Progress]:
    """Load a CSV file into the bureau of `asker`. Yields the progress after each batch.

    Raises Faulty, before anything is kept, where its header or mapping cannot be read; later where a row is
    no CSV (what was kept before stays). Seizures that stand already get this handling.
    """
    mark = f"load-seizures:{_mark(path, sent)}"
    with path.open("r", encoding=_encoding(path), newline="", errors="replace") as text:
        rows = enumerate(_cells(text), 1)
        header, first = _header(rows)
        found = sheets.Table(header, first)
        with sit(house, asker, "contribute", writing=True) as desk:
            one = importing.prepared(desk, found, sent)
            if one.faults:
                raise Faulty(faults=one.faults)
            reader = Reader(desk, one.mapped, f"file-{mark[-16:]}")
            done = int(desk.recall(mark) or 0)
            mappings.remember(desk, header, one.mapped, path.name)
            desk.note("load", what="seizures", outcome="begun", file=path.name)
        drafts = table.drafts(header, chain(first, rows), one.mapped)
        while batch := list(islice(drafts, BATCH)):
            yield _kept(house, asker, batch, reader, handling, mark, done, expires)
    with sit(house, asker, "contribute", writing=True) as desk:
        desk.remember(mark, "0")
        desk.note("load", what="seizures", outcome="ended", file=path.name)


def check(house: House, asker: Asker, path: Path, sent: i.Sent) -> Iterator[Progress]:
    """The same without keeping anything."""
    with path.open("r", encoding=_encoding(path), newline="", errors="replace") as text:
        rows = enumerate(_cells(text), 1)
        header, first = _header(rows)
        with sit(house, asker, "contribute") as desk:
            one = importing.prepared(desk, sheets.Table(header, first), sent)
            if one.faults:
                raise Faulty(faults=one.faults)
            reader = Reader(desk, one.mapped, "check")
            desk.note("see", what="a check of seizures", file=path.name)
        drafts = table.drafts(header, chain(first, rows), one.mapped)
        while batch := list(islice(drafts, BATCH)):
            told = Told()
            good = [line for draft in batch if (line := reader.read(draft, told))]
            yield Progress(len(batch), len(good), tuple(told.faults), told.fault_count)


def _kept(
    house: House,
    asker: Asker,
    batch: Sequence[Draft],
    reader: Reader,
    handling: Handling,
    mark: str,
    done: int,
    expires: date | None,
) -> Progress:
    """Keep a batch; rows up to `done` were kept by a load that was cut, and are read for repeats alone."""
    told = Told()
    lines = [line for draft in batch if (line := reader.read(draft, told))]
    fresh: list[Line] = [line for line in lines if line.draft.line > done]
    last = batch[-1].line
    if last <= done:
        return Progress(len(batch), 0, (), 0)
    with in_bulk(), sit(house, asker, "contribute", writing=True) as desk:
        things = importing.things_of(desk, importing.judged(desk, fresh, told), handling, False, expires)
        kept = desk.keep_many(things, importing.keys_of)
        desk.remember(mark, str(last))
        desk.note("load", what="seizures", records=kept, faults=told.fault_count, upto=last)
    return Progress(len(batch), kept, tuple(told.faults), told.fault_count)


def load_file(
    house: House,
    asker: Asker,
    path: Path,
    handling: Handling,
    mapping: Path | None = None,
    expires: date | None = None,
) -> Iterator[Loaded]:
    """The same for `entente load --seizures`, told as other loads are.

    `mapping`: TOML with tables `columns` (header to field) and `constants`, and `decimal`, `order`, `epoch`.
    Raises Faulty for what is none.
    """
    for step in load(house, asker, path, _said(mapping, path.name), handling, expires):
        faults = tuple(Bad(one.row, f"{one.column}: {one.what}") for one in step.faults)
        yield Loaded(step.read, step.kept, faults)


def _said(mapping: Path | None, name: str) -> i.Sent:
    try:
        said = tomllib.loads(mapping.read_text("utf-8")) if mapping else {}
    except ValueError as wrong:
        raise Faulty(faults=(Fault("mapping", f"The mapping is no TOML: {wrong}", "Mend it."),)) from None
    tables = {"mapping": said.pop("columns", {}), "constants": said.pop("constants", {})}
    spelled = {
        word: json.dumps(table_, ensure_ascii=False) if table_ else "" for word, table_ in tables.items()
    }
    return validated(i.Sent, **{"name": name[:200], **spelled, **said})


Rows = Iterator[tuple[int, Sequence[str]]]


def _header(rows: Rows) -> tuple[tuple[str, ...], tuple[tuple[int, Sequence[str]], ...]]:
    """(the header, the first filled rows). Raises Faulty where there are none."""
    header: tuple[str, ...] = ()
    first: list[tuple[int, Sequence[str]]] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if not header:
            header = tuple(cells)
            continue
        first.append((number, cells))
        if len(first) == 50:
            break
    if not header or not first:
        raise sheets.fault("empty")
    return header, tuple(first)


def _cells(text: Iterator[str]) -> Iterator[Sequence[str]]:
    try:
        yield from table.cells_of(text)
    except ValueError as wrong:
        raise Faulty(faults=(Fault("file", f"The file {wrong}", "Mend it, and load it again."),)) from None


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 with a mark, UTF-8, else Windows-1252, judged by the first megabyte."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        cut = wrong.end == len(sample) and len(sample) == SAMPLE  # the sample ends within a letter
        return "utf-8-sig" if cut else "cp1252"
    return "utf-8-sig"


def _mark(path: Path, sent: i.Sent) -> str:
    """Names one load: this file as it stands, read in this way."""
    stat = path.stat()
    said = repr((str(path.resolve()), stat.st_size, stat.st_mtime_ns, sent))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
