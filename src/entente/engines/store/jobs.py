"""The queue of work to be done after the answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    Delete,
    Insert,
    Select,
    Update,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)

from entente.engines.seams import Job
from entente.engines.store.line import Line, among, batches
from entente.engines.store.rows import micros, plain
from entente.engines.store.tables import ASIDE, TAKEN, WAITING, job


def payload_text(payload: Mapping[str, Any]) -> str:
    """ValueError for what is not JSON-able."""
    try:
        return orjson.dumps(payload).decode()
    except TypeError as wrong:
        raise ValueError(f"a job's payload must be JSON: {wrong}") from wrong


class SqlJobs:
    """`Jobs` in a transaction."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def add(
        self, name: str, payload: Mapping[str, Any], not_before: datetime | None = None, once: str = ""
    ) -> None:
        plain(name, once)
        self._line.must_write()
        if once and self._line.ask(_waits, of=once, waiting=WAITING):
            return
        self._line.tell(
            _insert,
            name=name,
            once=once,
            state=WAITING,
            due=micros(not_before) if not_before else 0,
            tries=0,
            payload=payload_text(payload),
            why="",
        )

    def take(self, now: datetime, lease_s: int = 60, names: Sequence[str] = (), but: str = "") -> Job | None:
        plain(*names)
        self._line.must_write()
        size, named = next(batches(sorted(set(names))), (0, {}))
        # two questions, so that each walks the index on (state, due)
        due = [
            row
            for state in (WAITING, TAKEN)
            for row in self._line.ask(_due, size, **named, in_state=state, now=micros(now), but=but)
        ]
        if not due:
            return None
        _, id, name, payload, tries = min(due)
        self._line.tell(_take, of=id, to=TAKEN, until=micros(now) + lease_s * 1_000_000)
        return Job(id, name, orjson.loads(payload), tries + 1)

    def done(self, id: int) -> None:
        self._line.tell(_done, of=id)

    def fail(self, id: int, why: str, retry_at: datetime | None) -> None:
        plain(why)
        state = ASIDE if retry_at is None else WAITING
        self._line.tell(_fail, of=id, to=state, until=micros(retry_at) if retry_at else 0, said=why)

    def failed(self, limit: int = 100) -> list[tuple[Job, str]]:
        rows = self._line.ask(_failed, aside=ASIDE, most=limit)
        return [(Job(id, name, orjson.loads(p), tries), why) for id, name, p, tries, why in rows]


def _waits() -> Select[Any]:
    # spelling out that `once` is not empty lets the partial index serve
    marked = (job.c.once == bindparam("of")) & (job.c.once != literal_column("''"))
    return select(job.c.id).where(marked, job.c.state == bindparam("waiting")).limit(1)


def _insert() -> Insert:
    columns = ("name", "once", "state", "due", "tries", "payload", "why")
    return insert(job).inline().values({name: bindparam(name) for name in columns})


def _due(names: int) -> Select[Any]:
    due = select(job.c.due, job.c.id, job.c.name, job.c.payload, job.c.tries)
    due = due.where(job.c.state == bindparam("in_state"), job.c.due <= bindparam("now"))
    due = due.where(job.c.name != bindparam("but"))
    if names:
        due = due.where(among(job.c.name, names))
    return due.order_by(job.c.due, job.c.id).limit(1)


def _take() -> Update:
    taken = update(job).where(job.c.id == bindparam("of"))
    return taken.values(
        state=bindparam("to"), due=bindparam("until"), tries=job.c.tries + literal_column("1")
    )


def _done() -> Delete:
    return delete(job).where(job.c.id == bindparam("of"))


def _fail() -> Update:
    failed = update(job).where(job.c.id == bindparam("of"))
    return failed.values(state=bindparam("to"), due=bindparam("until"), why=bindparam("said"))


def _failed() -> Select[Any]:
    columns = (job.c.id, job.c.name, job.c.payload, job.c.tries, job.c.why)
    return (
        select(*columns).where(job.c.state == bindparam("aside")).order_by(job.c.id).limit(bindparam("most"))
    )
