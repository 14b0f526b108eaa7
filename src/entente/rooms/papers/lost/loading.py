"""Millions of lost documents of one bureau from a CSV file: a batch a transaction, faulty rows told.

A row is kept whole or not at all. A load that was cut goes on where it stopped: how far it came is kept in
the transaction of its records. A row's reference (or its number, where it has none) names the record, so that
the next file of the same owner changes what moved, and a row whose status is "deleted" takes it back.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from entente.core.access import Asker, Handling
from entente.core.things import Thing
from entente.desk import Desk, House, sit
from entente.desk.bulk import in_bulk
from entente.rooms.papers.lost.issuers import own_country
from entente.rooms.papers.lost.table import Row, Table
from entente.rooms.papers.lost.vocabulary import KINDS
from entente.rooms.records import Bad, Repeats

BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """How far a load is: rows read, records new or changed, records taken back, faults of this batch."""

    read: int
    kept: int
    gone: int
    faults: tuple[Bad, ...]


def table_of(house: House, asker: Asker, path: Path) -> Table:
    """The file, opened for the asker's bureau. Raises Faulty (it issues no documents), Unreadable."""
    with sit(house, asker, "contribute") as desk:
        country = own_country(desk)
        desk.note("see", what="directory")
    return Table(path, country)


def check(house: House, asker: Asker, table: Table) -> Iterator[Step]:
    """Read the whole file and keep nothing: its faults before anything is written."""
    for batch in _batches(house, asker.bureau, table):
        faults = tuple(item for _, item in batch if isinstance(item, Bad))
        yield Step(len(batch), len(batch) - len(faults), 0, faults)


def load(house: House, asker: Asker, path: Path, table: Table, handling: Handling) -> Iterator[Step]:
    """Load the file; yields how far it is after each batch."""
    mark = f"lost-load:{_fingerprint(path, handling)}"
    with sit(house, asker, "contribute") as desk:
        start = int(desk.recall(mark) or 0)
        desk.note("load", outcome="begun", file=path.name)
    done = 0
    for batch in _batches(house, asker.bureau, table):
        done += len(batch)
        if done > start:
            yield _keep(house, asker, handling, batch, mark, done)
    with sit(house, asker, "contribute", writing=True) as desk:
        desk.remember(mark, "0")
        desk.note("load", outcome="ended", file=path.name)


Named = tuple[str, Row | Bad]
"""A row with the id of its record, which its reference makes; a fault has none."""


def _batches(house: House, owner: int, table: Table) -> Iterator[list[Named]]:
    """The rows, a batch at a time. One that names again what an earlier row named is a fault: neither may
    silently replace the other."""
    repeats, rows, of = Repeats(), table.rows(), house.ids.of
    while True:
        with in_bulk():
            batch: list[Named] = []
            for item in islice(rows, BATCH):
                if isinstance(item, Bad):
                    batch.append(("", item))
                    continue
                id = of("ref", owner, item.ref)
                first = repeats.first(id, item.number)
                told = Bad(item.number, f"has the reference or number of row {first}") if first else item
                batch.append((id, told))
        if not batch:
            return
        yield batch


def _keep(
    house: House, asker: Asker, handling: Handling, batch: Sequence[Named], mark: str, done: int
) -> Step:
    rows = [(id, item) for id, item in batch if isinstance(item, Row)]
    with in_bulk(), sit(house, asker, "contribute", writing=True) as desk:
        standing = desk.as_house().inspect_many([id for id, _ in rows])
        others = {id for id, thing in standing.items() if thing.kind not in KINDS}
        faults = (
            *(item for _, item in batch if isinstance(item, Bad)),
            *(
                Bad(row.number, "has the reference of a record of another sort")
                for id, row in rows
                if id in others
            ),
        )
        rows = [(id, row) for id, row in rows if id not in others]
        now, until = desk.now, {kind: desk.expiry(desk.house.model[kind], None) for kind in KINDS}
        things = [
            Thing(
                id=id,
                kind=row.kind,
                handling=handling,
                body=row.body,
                expires=until[row.kind],
                ref=row.ref,
                version=0,
                created=now,
                changed=now,
            )
            for id, row in rows
            if row.body
        ]
        kept = desk.keep_many(things)
        gone = _take_back(desk, [id for id, row in rows if not row.body])
        desk.remember(mark, str(done))
        desk.note("load", records=kept, gone=gone, faults=len(faults), upto=done)
    return Step(len(batch), kept, gone, faults)


def _take_back(desk: Desk, ids: Sequence[str]) -> int:
    """Withdraw one's own records of these ids; returns how many there were."""
    standing = desk.look_all(ids) if ids else {}
    mine = [thing for thing in standing.values() if thing.handling.owner == desk.asker.bureau]
    for thing in mine:
        desk.withdraw(thing)
    return len(mine)


def _fingerprint(path: Path, handling: Handling) -> str:
    """Names one load: this file as it stands, under this handling."""
    stat = path.stat()
    told = (str(path.resolve()), stat.st_size, stat.st_mtime_ns, handling)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
