"""The exact twin of the store: dictionaries, no cleverness. It is the definition the tests compare with."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from entente.core.access import Handling, View
from entente.core.problems import OutOfDate, Unavailable
from entente.core.things import Thing
from entente.engines.seams import Change, Checkpoint, Entry, Job, Reference, Transaction
from entente.engines.store.classes import EPOCH_NOTE
from entente.engines.store.entries import columns_of
from entente.engines.store.jobs import payload_text
from entente.engines.store.memory_ties import MemoryTies
from entente.engines.store.parts import Parts
from entente.engines.store.remembered import EARLY, Kept, Part, State, Waiting
from entente.engines.store.rows import marks_of, micros, plain, row_of
from entente.engines.store.turnstile import Turnstile


class MemoryNotes(Part):
    def read(self, name: str) -> str | None:
        plain(name)
        return self._state.notes.get(name)

    def write(self, name: str, value: str) -> None:
        self._must_write()
        plain(name, value)
        self._state.notes[name] = value


class MemoryClasses(Part):
    def table(self) -> Mapping[int, Handling]:
        return dict(self._state.classes)

    def intern(self, handling: Handling) -> int:
        for class_id, known in self._state.classes.items():
            if known == handling:
                return class_id
        self._must_write()
        plain(*handling.need)
        self._state.classes[len(self._state.classes)] = handling
        self.bump()
        return len(self._state.classes) - 1

    def epoch(self) -> int:
        return int(self._state.notes.get(EPOCH_NOTE, 0))

    def bump(self) -> int:
        self._must_write()
        self._state.notes[EPOCH_NOTE] = str(self.epoch() + 1)
        return self.epoch()


class MemoryThings(Part):
    def put(self, thing: Thing, keys: Sequence[str] = (), references: Sequence[Reference] = ()) -> Thing:
        self._must_write()
        row_of(thing, marks_of(keys, references))
        now = self._state.things.get(thing.id)
        stored = now.version if now else 0
        if thing.version not in (0, stored + 1):
            raise OutOfDate(f"version {thing.version} cannot follow version {stored}")
        self._state.newest += 1
        if now and now.thing:
            self._state.before[thing.id] = (now.thing, *self._state.before.get(thing.id, ()))
            thing = replace(thing, created=now.thing.created)
        n = now.n if now else len(self._state.things) + 1
        class_id = MemoryClasses(self._state, True).intern(thing.handling)
        body = {name: tuple(values) for name, values in thing.body.items()}
        thing = replace(
            thing, n=n, class_id=class_id, version=stored + 1, body=body, place=self._state.newest
        )
        marks = marks_of(keys, references)
        self._state.things[thing.id] = Kept(n, stored + 1, self._state.newest, thing, marks)
        return thing

    def put_many(self, rows: Sequence[tuple[Thing, Sequence[str], Sequence[Reference]]]) -> int:
        if len({thing.id for thing, _, _ in rows}) < len(rows):
            raise ValueError("an id stands twice among the rows")
        changed = [row for row in rows if not self._stands(*row)]
        for thing, keys, references in changed:
            self.put(replace(thing, version=0), keys, references)
        return len(changed)

    def _stands(self, thing: Thing, keys: Sequence[str], references: Sequence[Reference]) -> bool:
        now = self._state.things.get(thing.id)
        if now is None or now.thing is None or now.marks != marks_of(keys, references):
            return False
        names = ("kind", "handling", "body", "expires", "grade", "ref")
        return all(getattr(now.thing, name) == getattr(thing, name) for name in names)

    def get(self, ids: Sequence[str], view: View) -> list[Thing]:
        asked = [self._state.things[id] for id in ids if id in self._state.things]
        found = {thing.id: thing for _, thing in self._seen(view, asked)}
        return [found[id] for id in ids if id in found]

    def rows(self, ns: Sequence[int], view: View) -> list[Thing]:
        return [thing for kept, thing in self._seen(view) if kept.n in ns]

    def find(self, keys: Sequence[str], view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        plain(*keys)
        found = [
            (key, thing)
            for kept, thing in self._seen(view, self._marked(keys))
            for key in set(keys).intersection(kept.marks[0])
        ]
        return sorted(found, key=lambda one: (one[0], one[1].id))[:limit]

    def listing(
        self,
        view: View,
        kinds: Sequence[str],
        key: str = "",
        after: int = 0,
        limit: int = 50,
        expires: date | None = None,
    ) -> list[tuple[int, Thing]]:
        plain(key, *kinds)
        listed = [
            (kept.place, thing)
            for kept, thing in self._seen(view, self._marked([key]) if key else None)
            if (not kinds or thing.kind in kinds)
            and (not after or kept.place < after)
            and (not expires or thing.expires == expires)
        ]
        return sorted(listed, key=lambda one: -one[0])[:limit]


class MemoryAgenda(Part):
    def between(self, start: str, end: str, view: View, limit: int) -> list[tuple[str, Thing]]:
        plain(start, end)
        found = [
            (key, thing) for kept, thing in self._seen(view) for key in kept.marks[0] if start <= key < end
        ]
        return sorted(found, key=lambda one: (one[0], one[1].id))[:limit]


class MemoryUpkeep(Part):
    def changes(self, after: int, limit: int, kinds: Sequence[str] = ()) -> list[Change]:
        plain(*kinds)
        told = [
            Change(kept.place, kept.n, id, kept.thing)
            for id, kept in self._state.things.items()
            if kept.place > after and (kept.thing is None or not kinds or kept.thing.kind in kinds)
        ]
        return sorted(told, key=lambda change: change.place)[:limit]

    def newest(self) -> int:
        return self._state.newest

    def expiring(self, until: date, limit: int, kinds: Sequence[str] = ()) -> list[Thing]:
        plain(*kinds)
        living = [kept.thing for kept in self._state.things.values() if kept.thing]
        due = [t for t in living if t.expires <= until and (not kinds or t.kind in kinds)]
        return sorted(due, key=lambda thing: (thing.expires, thing.n))[:limit]

    def ending(self, after: date, until: date, kinds: Sequence[str] = ()) -> list[tuple[int, date, int]]:
        plain(*kinds)
        living = [kept.thing for kept in self._state.things.values() if kept.thing]
        due = [t for t in living if after < t.expires <= until and (not kinds or t.kind in kinds)]
        many = Counter((t.expires, t.class_id) for t in due)
        return [(class_id, expires, many[expires, class_id]) for expires, class_id in sorted(many)]

    def erase(self, ids: Sequence[str], at: datetime) -> None:
        self._must_write()
        micros(at)
        for id in ids:
            now = self._state.things.get(id)
            if now and now.thing:
                self._state.newest += 1
                self._state.things[id] = Kept(now.n, now.version, self._state.newest, None, erased=at)
                self._state.before.pop(id, None)

    def erased(self, after: datetime) -> list[tuple[str, datetime]]:
        gone = [(id, kept.erased) for id, kept in self._state.things.items() if kept.thing is None]
        return sorted((one for one in gone if one[1] > after), key=lambda one: (one[1], one[0]))


class MemoryEntries(Part):
    def append(self, entries: Sequence[Entry]) -> None:
        self._must_write()
        for entry in entries:
            columns_of(entry)
            self._state.entries.append(replace(entry, place=len(self._state.entries) + 1))

    def read(
        self,
        after: int,
        limit: int,
        act: str = "",
        bureau: int | None = None,
        object: str = "",
        backwards: bool = False,
    ) -> list[Entry]:
        plain(act, object)
        return [
            e
            for e in (reversed(self._state.entries) if backwards else self._state.entries)
            if (not after or e.place < after if backwards else e.place > after)
            and (not act or e.act == act)
            and (bureau is None or e.bureau == bureau)
            and (not object or e.object == object)
        ][:limit]

    def get(self, id: str) -> Entry | None:
        plain(id)
        return next((e for e in self._state.entries if e.id == id), None)

    def forget(self, before: datetime, act: str) -> int:
        self._must_write()
        plain(act)
        old = [e for e in self._state.entries if e.act == act and e.at < before and e.private]
        for e in old:
            self._state.entries[e.place - 1] = replace(e, private="")
        return len(old)

    def checkpoint(self, made: Checkpoint) -> None:
        self._must_write()
        self._state.checkpoints[made.size] = made

    def checkpoints(self, after_size: int = -1, limit: int = 1000, newest: bool = False) -> list[Checkpoint]:
        made = sorted(
            (c for c in self._state.checkpoints.values() if c.size > after_size), key=lambda c: c.size
        )
        return made[-1:] if newest else made[:limit]


class MemoryJobs(Part):
    def add(
        self, name: str, payload: Mapping[str, Any], not_before: datetime | None = None, once: str = ""
    ) -> None:
        plain(name, once)
        self._must_write()
        if once and any(w.once == once and w.state == "waiting" for w in self._state.jobs.values()):
            return
        self._state.last_job += 1
        job = Job(self._state.last_job, name, orjson.loads(payload_text(payload)))
        self._state.jobs[job.id] = Waiting(job, once, "waiting", not_before or EARLY)

    def take(self, now: datetime, lease_s: int = 60, names: Sequence[str] = (), but: str = "") -> Job | None:
        plain(*names)
        self._must_write()
        due = [
            w
            for w in self._state.jobs.values()
            if w.state != "aside"
            and w.due <= now
            and (not names or w.job.name in names)
            and w.job.name != but
        ]
        if not due:
            return None
        first = min(due, key=lambda w: (w.due, w.job.id))
        job = replace(first.job, tries=first.job.tries + 1)
        lease = now + timedelta(seconds=lease_s)
        self._state.jobs[job.id] = replace(first, job=job, state="taken", due=lease)
        return job

    def done(self, id: int) -> None:
        self._must_write()
        self._state.jobs.pop(id, None)

    def fail(self, id: int, why: str, retry_at: datetime | None) -> None:
        plain(why)
        self._must_write()
        if id in self._state.jobs:
            state = "aside" if retry_at is None else "waiting"
            self._state.jobs[id] = replace(self._state.jobs[id], state=state, due=retry_at or EARLY, why=why)

    def failed(self, limit: int = 100) -> list[tuple[Job, str]]:
        aside = [w for w in self._state.jobs.values() if w.state == "aside"]
        return [(w.job, w.why) for w in sorted(aside, key=lambda w: w.job.id)][:limit]


def parts_of(state: State, writer: bool) -> Parts:
    return Parts(
        MemoryThings(state, writer),
        MemoryAgenda(state, writer),
        MemoryTies(state, writer),
        MemoryUpkeep(state, writer),
        MemoryClasses(state, writer),
        MemoryEntries(state, writer),
        MemoryJobs(state, writer),
        MemoryNotes(state, writer),
    )


class MemoryStore:
    """A `Store` that is gone with its process."""

    def __init__(self) -> None:
        self._state = State()
        self._turn = Turnstile()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        yield parts_of(self._state, writer=False)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._turn:
            state = self._state.copy()
            yield parts_of(state, writer=True)
            self._state = state

    def append(self, entry: Entry) -> None:
        with self.writing() as transaction:
            transaction.entries.append([entry])

    def backup(self, to: Path) -> None:
        raise Unavailable(f"a store in memory has no backup: nothing was written to {to.name}")

    def close(self) -> None:
        self._state = State()
