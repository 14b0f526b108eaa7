"""Loading files: many records of one bureau under one handling; faulty lines told, the good ones kept.

A load is resumable: how far it came is kept in the same transaction as the records, and a record with
a reference keeps its id, so that loading a line twice changes nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from entente.core.access import Asker, Handling
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk, House, sit
from entente.desk.bulk import in_bulk
from entente.rooms.records.formats import Bad, Row, read
from entente.rooms.records.service import clean_ref

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: lines read, records kept (new or changed), and the faults of this batch."""

    read: int
    kept: int
    faults: tuple[Bad, ...]
    resumed_at: int = 0


def load(
    house: House,
    asker: Asker,
    path: Path,
    handling: Handling,
    mapping: Path | None = None,
    expires: date | None = None,
) -> Iterator[Progress]:
    """Load a file or folder, a batch a transaction. Yields the progress after each."""
    mark = f"load:{_fingerprint(path, mapping, handling)}"
    with sit(house, asker, "contribute") as desk:
        start = int(desk.recall(mark) or 0)
        desk.note("load", outcome="begun", file=path.name)
    batch: list[Row | Bad] = []
    for item in read(path, mapping):
        if item.number <= start:
            continue
        batch.append(item)
        if len(batch) == BATCH:
            yield _keep(house, asker, batch, handling, expires, mark, start)
            batch = []
    if batch:
        yield _keep(house, asker, batch, handling, expires, mark, start)
    with sit(house, asker, "contribute", writing=True) as desk:
        desk.remember(mark, "0")
        desk.note("load", outcome="ended", file=path.name)


def _keep(
    house: House,
    asker: Asker,
    batch: list[Row | Bad],
    handling: Handling,
    expires: date | None,
    mark: str,
    start: int,
) -> Progress:
    faults = [item for item in batch if isinstance(item, Bad)]
    with in_bulk(), sit(house, asker, "contribute", writing=True) as desk:
        things: dict[str, Thing] = {}
        for row in batch:
            if isinstance(row, Row):
                try:
                    thing = _thing(desk, row, handling, expires)
                except Faulty as problem:
                    reasons = "; ".join(f"{f.where}: {f.what}" for f in problem.faults)
                    faults.append(Bad(row.number, reasons))
                    continue
                things[thing.id] = thing
        kept = desk.keep_many(list(things.values()))
        desk.remember(mark, str(batch[-1].number))
        desk.note("load", records=kept, faults=len(faults), upto=batch[-1].number)
    return Progress(len(batch), kept, tuple(sorted(faults, key=lambda f: f.number)), start)


def _thing(desk: Desk, row: Row, handling: Handling, expires: date | None) -> Thing:
    if row.kind not in desk.house.model.contributable:
        raise Faulty(
            faults=(Fault("schema", f"“{row.kind[:64]}” is not a kind of record", "See docs/kinds.md."),)
        )
    kind, ref = desk.house.model[row.kind], clean_ref(row.ref)
    return Thing(
        id=desk.ref_id(handling.owner, ref) if ref else desk.house.ids.fresh(),
        kind=row.kind,
        handling=handling,
        body=desk.clean(kind, row.raw, handling.owner),
        expires=desk.expiry(kind, expires),
        ref=ref,
        version=0,
        created=desk.now,
        changed=desk.now,
    )


def _fingerprint(path: Path, mapping: Path | None, handling: Handling) -> str:
    """Names one load: this file as it stands, this mapping, this handling."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    stats = [
        (str(p.resolve()), p.stat().st_size, p.stat().st_mtime_ns)
        for p in [*files, *([mapping] if mapping else [])]
    ]
    return hashlib.sha256(repr((stats, handling)).encode()).hexdigest()[:32]
