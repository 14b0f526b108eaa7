"""Loading files: many records of one bureau under one handling; faulty lines told, the good ones kept.

A load is resumable: how far it came is kept in the same transaction as the records, and a record with
a reference keeps its id, so that loading a line twice changes nothing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from entente.core.access import Asker, Handling
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk, House, is_id, sit
from entente.desk.bulk import in_bulk
from entente.rooms.records.formats import Bad, Row, read
from entente.rooms.records.formats.repeats import Repeats
from entente.rooms.records.service import clean_ref

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: lines read, records kept (new or changed), and the faults of this batch.

    Of a load that goes on where one stopped: `resumed_at` lines were read then, `from_line` is the first now.
    """

    read: int
    kept: int
    faults: tuple[Bad, ...]
    resumed_at: int = 0
    from_line: int = 0


@dataclass(frozen=True, slots=True)
class _Loading:
    """What holds for a whole load. `mark` names it in the store."""

    house: House
    asker: Asker
    handling: Handling
    expires: date | None
    mark: str
    start: int


def load(
    house: House,
    asker: Asker,
    path: Path,
    handling: Handling,
    mapping: Path | None = None,
    expires: date | None = None,
) -> Iterator[Progress]:
    """Load a file or folder, a batch a transaction. Yields the progress after each.

    A line with the reference of an earlier one is a fault: neither may silently replace the other.
    """
    mark = f"load:{_fingerprint(path, mapping, handling)}"
    with sit(house, asker, "contribute") as desk:
        start = int(desk.recall(mark) or 0)
        desk.note("load", outcome="begun", file=path.name)
    loading = _Loading(house, asker, handling, expires, mark, start)
    repeats, batch, done = Repeats(), list[Row | Bad](), start
    for read_now, item in enumerate(read(path, mapping), 1):
        told = _told(house, handling.owner, item, repeats)
        if read_now > start:
            batch.append(told)
        if len(batch) == BATCH:
            done += BATCH
            yield _keep(loading, batch, done)
            batch = []
    if batch:
        yield _keep(loading, batch, done + len(batch))
    with sit(house, asker, "contribute", writing=True) as desk:
        desk.remember(mark, "0")
        desk.note("load", outcome="ended", file=path.name)


def _told(house: House, owner: int, item: Row | Bad, repeats: Repeats) -> Row | Bad:
    """The item itself, or that its reference has been named before."""
    if isinstance(item, Bad) or not item.ref:
        return item
    try:
        ref = clean_ref(item.ref)
    except Faulty:
        return item  # keeping tells it
    first = repeats.first(house.ids.of("ref", owner, ref), item.number)
    return Bad(item.number, f"has the reference of line {first}", item.file) if first else item


def _keep(loading: _Loading, batch: list[Row | Bad], done: int) -> Progress:
    """Keep a batch; `done` lines of the file are then read."""
    faults = [item for item in batch if isinstance(item, Bad)]
    rows = [item for item in batch if isinstance(item, Row)]
    with in_bulk(), sit(loading.house, loading.asker, "contribute", writing=True) as desk:
        own = _named_by_id(desk, rows)
        things: dict[str, Thing] = {}
        for row in rows:
            try:
                thing = _thing(desk, row, loading.handling, loading.expires, own.get(row.ref))
            except Faulty as problem:
                reasons = "; ".join(f"{f.where}: {f.what}" for f in problem.faults)
                faults.append(Bad(row.number, reasons, row.file))
                continue
            things[thing.id] = thing
        kept = desk.keep_many(list(things.values()))
        desk.remember(loading.mark, str(done))
        desk.note("load", records=kept, faults=len(faults), upto=done)
    return Progress(
        len(batch),
        kept,
        tuple(sorted(faults, key=lambda f: f.number)),
        loading.start,
        batch[0].number if loading.start else 0,
    )


def _named_by_id(desk: Desk, rows: Sequence[Row]) -> dict[str, Thing]:
    """Own records that rows name by the house's id, as an export does where the owner has no reference."""
    found = desk.look_all([row.ref for row in rows if is_id(row.ref)])
    kinds = desk.house.model.contributable
    return {id: t for id, t in found.items() if t.handling.owner == desk.asker.bureau and t.kind in kinds}


def _thing(desk: Desk, row: Row, handling: Handling, expires: date | None, standing: Thing | None) -> Thing:
    if row.kind not in desk.house.model.contributable:
        raise Faulty(
            faults=(Fault("schema", f"“{row.kind[:64]}” is not a kind of record", "See docs/kinds.md."),)
        )
    kind, ref = desk.house.model[row.kind], standing.ref if standing else clean_ref(row.ref)
    id = standing.id if standing else desk.ref_id(handling.owner, ref) if ref else desk.house.ids.fresh()
    return Thing(
        id=id,
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
