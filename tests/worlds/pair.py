"""Two worlds side by side: built from a plan, played with the same requests, compared byte for byte.

Chance is a function of whose request it is and of its number, so that U draws the same ids in both
worlds whatever others drew before him; time goes on with U's requests alone. What the house does of
itself draws ids by what it says: an alert to U has the same id in both worlds, however many it made for
others before. What is sealed is sealed by a stand-in (stand_ins.py).
"""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from uuid import UUID

import anyio.to_thread
from fastapi import FastAPI

from entente.app import make_app
from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, indexer, sit
from entente.desk.bell import Bell, Listener, News
from entente.rooms.bureaus import Courier, Door, door
from entente.rooms.bureaus.couriers import Parcel
from entente.rooms.messages.stream import BOXES
from entente.rooms.records.exporting import export
from entente.rooms.trends.seizures import same_labels
from entente.rooms.trends.seizures.service import keys_of
from entente.settings import Settings
from entente.web import callers, problems
from entente.web.pages import templates
from worlds.others import Others
from worlds.partners import with_partners
from worlds.plans import NUMBER, Plan, Rec, Values, ids_wanted, second_records
from worlds.stage import Answer, Ask, Caller, Clock, Crew, Dice, Person, memory_house, work
from worlds.stand_ins import stand_ins

PAUSE = Ask("PAUSE", "")
"""Others act and the house works; no answer."""
TOMORROW = Ask("TOMORROW", "")
"""A day goes by."""
EXPORT = Ask("EXPORT", "")
"""`entente export` by U: the file is the answer."""
LISTEN = Ask("LISTEN", "")
"""What U's open page was told since he last asked; the first time, the page is opened."""
POSTED = Ask("POSTED", "")
"""What webhooks of U's bureau were told since the last time."""
HOOKS = "https://hooks.example"
"""Where webhooks may be sent; nobody sends."""
Story = Generator[Ask, Answer, None]
Opener = Callable[[str, Clock, Dice], tuple[House, Crew]]
Asked = Callable[[Person | None, Ask], Answer]


def in_memory(_name: str, clock: Clock, dice: Dice) -> tuple[House, Crew]:
    return memory_house(clock, dice)


@lru_cache
def application() -> tuple[FastAPI, Caller]:
    """One application for all worlds: its house and its door are changed before each request."""
    settings = Settings(data=Path("never made"), answer_grid_ms=0, idle_minutes=10**6, webhooks=HOOKS)
    house, _ = memory_house()
    app = make_app(settings, house, work=False)
    return app, Caller(app)


@dataclass(slots=True)
class Still:
    """A stand-in for the module `time`: it goes on with U's requests."""

    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, _seconds: float) -> None:
        """Nobody waits."""


class Quiet(Bell):
    """A bell that looks when it is told to."""

    def _run(self) -> None:
        """No thread of its own."""


class World:
    """One world. `ask` is any caller's request; chance follows `seed`."""

    def __init__(
        self, name: str, plan: Plan, records: list[Rec], opener: Opener, caller: Asked | None
    ) -> None:
        self.name, self.plan = name, plan
        self.clock, self.dice, self.still = Clock(), Dice(f"{name} founding"), Still()
        self.house, self.crew = opener(name, self.clock, self.dice)
        self.app, inside = application()
        self.caller = caller or inside
        self.door = Door(self.house, 20.0, 500.0, 10**6)
        self.bell, self._listens = Quiet(self.house, BOXES), False
        self._told: list[News | None] = []
        self._courier = Courier(self.house, {HOOKS}, self._posted)
        self._parcels: list[Parcel] = []
        self._drawn: Counter[str] = Counter()
        self._load(records)
        self.others, self._works = Others(self), 0

    def ask(self, who: Person | None, ask: Ask, seed: str) -> Answer:
        self.dice.seed(seed)
        self.app.state.house, self.app.state.door = self.house, self.door
        chance = patch.object(secrets, "token_urlsafe", lambda size=32: self.dice(size).hex())
        now = patch.dict(templates().globals, now=self.clock)
        reference = patch.object(problems, "uuid4", lambda: UUID(bytes=self.dice(16)))
        cookies = patch("http.cookies._getdate", lambda _future=0: "long ago")
        with chance, now, reference, cookies, self._still():
            if ask.method in SPECIAL:
                return SPECIAL[ask.method](self, who)
            return self.caller(who, ask)

    def work(self) -> None:
        self._works += 1
        self.dice.seed(f"{self.name} work {self._works}")
        with self._still(), self._ids_by_content():
            work(self.house)
            while self._courier.step():
                pass

    def id_of(self, owner: str, ref: str) -> str:
        return self.house.ids.of("ref", NUMBER[owner], ref)

    def close(self) -> None:
        self.house.close()

    @contextmanager
    def _still(self) -> Iterator[None]:
        with ExitStack() as stack:
            for module in (door, callers):
                stack.enter_context(patch.object(module, "time", self.still))
            yield

    @contextmanager
    def _ids_by_content(self) -> Iterator[None]:
        keep, note = Desk.keep, Desk.note

        def kept(desk: Desk, kind: str, raw: Any, handling: Handling, **how: Any) -> Thing:
            self._draw(kind, handling.owner, _told_of(kind, raw))
            return keep(desk, kind, raw, handling, **how)

        def noted(desk: Desk, act: str, object: str = "", outcome: str = "done", **details: Any) -> str:
            asked = [details.get(name) for name in ("question", "standing")]  # and not what was found
            self._draw(act, desk.noter.officer, object, outcome, asked)
            return note(desk, act, object, outcome, **details)

        with patch.object(Desk, "keep", kept), patch.object(Desk, "note", noted):
            yield

    def _draw(self, *said: Any) -> None:
        text = json.dumps(said, default=str, sort_keys=True)
        self._drawn[text] += 1
        self.dice.seed(f"{text} {self._drawn[text]}")

    def listen(self, who: Person | None) -> Answer:
        """What an open page of U was told since the last time; opened the first time."""
        assert who is not None
        if not self._listens:
            self._listens = True
            caller = callers.Caller(self.house, self.door, who.session, who.key, None, SimpleNamespace())
            with self.house.store.reading() as tx:
                since = tx.upkeep.newest()
            self.bell.listen(
                Listener("U", caller.still_there, self._told.append, caller.still_there(), since)
            )
        self.bell.look()
        told, self._told[:] = [one for one in self._told if one != ()], []
        return Answer(200, (), json.dumps(told).encode())

    def _posted(self, parcels: Sequence[Parcel]) -> list[str]:
        self._parcels += parcels
        return ["" if "fine" in parcel.address else "no answer" for parcel in parcels]

    def posted(self, _who: Person | None) -> Answer:
        """What the systems of U's bureau were told since the last time."""
        mine = [p for p in self._parcels if f"/{self.plan.bureau}/" in p.address]
        self._parcels.clear()
        told = [[p.address, dict(p.headers), p.body.decode()] for p in mine]
        return Answer(200, (), json.dumps(sorted(told)).encode())

    def export(self, who: Person | None) -> Answer:
        """`entente export` by U."""
        assert who is not None
        roles = (
            frozenset(Role(r) for r in ("analyst",))
            if who.mix in ("analyst", "office", "chief")
            else frozenset()
        )
        asker = Asker(who.id, NUMBER[who.bureau], Purpose.DESK, "export", roles | {Role.OFFICER})
        file = BytesIO()
        try:
            with sit(self.house, asker, "export") as desk:
                export(desk, file)
        except Problem as problem:
            return Answer(problem.status, (), problem.detail.encode())
        return Answer(200, (), file.getvalue())

    def _load(self, records: list[Rec]) -> None:
        """Older versions first, then every record as it stands; the order is the plan's."""
        self.dice.seed(f"{self.name} load")
        older = [
            replace(r, values=r.before[0], handling=replace(r.before[1], owner=NUMBER[r.owner]))
            for r in records
            if r.before
        ]
        for batch in (older, records):
            with self.house.store.writing() as tx:
                desk = Desk(self.house, HOUSE_ASKER, tx, writing=True)
                desk.keep_many([self._thing(r) for r in batch], found_by)
        indexer.catch_up(self.house)

    def _thing(self, record: Rec) -> Thing:
        at = datetime(2026, 1, 10, tzinfo=UTC)
        return Thing(
            id=self.id_of(record.owner, record.ref),
            kind=record.kind,
            handling=record.handling,
            body=self.house.model.clean(record.kind, self._named(record.values)),
            expires=self.clock().date() + timedelta(days=record.days),
            grade=record.grade,
            ref=record.told or record.ref,
            version=0,
            created=at,
            changed=at,
        )

    def _named(self, values: Values) -> dict[str, list[str]]:
        """With "@3" turned into the id of the plan's fourth record."""
        records = self.plan.records
        return {
            name: [
                self.id_of(r.owner, r.ref) if v[0] == "@" and (r := records[int(v[1:])]) else v
                for v in several
            ]
            for name, several in values.items()
        }


SPECIAL: Mapping[str, Callable[[World, Person | None], Answer]] = {
    EXPORT.method: World.export,
    LISTEN.method: World.listen,
    POSTED.method: World.posted,
}


def _told_of(kind: str, raw: Any) -> Any:
    """What a thing says, without the numbers that the store gave to what a finding rests on."""
    return {k: v for k, v in raw.items() if k != "source"} if kind == "TrendFinding" else raw


def found_by(thing: Thing) -> tuple[str, ...]:
    """Keys by which rooms find what a plan has as records, beside those of their values."""
    if thing.kind == "Seizure":
        return keys_of({name: list(values) for name, values in thing.body.items()})
    if thing.kind == "SeizureSame":
        return tuple(same_labels.key(thing.first(name)) for name in ("one", "other"))
    return ()


class Leak(AssertionError):
    """The worlds answered differently: what was asked, and both answers."""


def compare(
    plan: Plan,
    story: Callable[[Plan, "Known"], Story],
    opener: Opener = in_memory,
    caller: Asked | None = None,
) -> int:
    """Play the story in both worlds of a plan. Raises Leak; returns how many answers were equal.

    `opener` makes a world's house; `caller` asks otherwise than in this process.
    """
    if plan.partners and opener is in_memory:
        opener = with_partners
    with stand_ins(), nullcontext() if caller else _without_threads():
        one = World("first", plan, list(plan.records), opener, caller)
        two = World("second", plan, second_records(plan), opener, caller)
        try:
            return _play(plan, story, one, two)
        finally:
            one.close()
            two.close()


@dataclass(frozen=True, slots=True)
class Known:
    """What the story may name: ids of every record of either world, references that other bureaus use (and
    U's does not: a bureau may tell its people that a reference is taken), every id there is in either, and
    by kind of thing (an envelope's is its message's), and what a property says of things of a kind."""

    ids: tuple[str, ...]
    refs: tuple[str, ...]
    every: Callable[[], list[str]]
    of_kind: Callable[[str], list[str]]
    values: Callable[[str, str], list[str]]


def _play(plan: Plan, story: Callable[[Plan, Known], Story], one: World, two: World) -> int:
    def every() -> list[str]:
        return sorted({id for id, _ in _things(one, two)})

    def of_kind(kind: str) -> list[str]:
        return sorted({t.first("message") or id for id, t in _things(one, two, kind) if t})

    def values(kind: str, property: str) -> list[str]:
        return sorted({v for _, t in _things(one, two, kind) if t for v in t.body.get(property, ())})

    wanted = ids_wanted(plan)
    own = {ref for owner, ref in wanted if owner == plan.bureau}
    refs = tuple(dict.fromkeys(ref for _, ref in wanted if ref not in own))
    told = story(plan, Known(tuple(one.id_of(*w) for w in wanted), refs, every, of_kind, values))
    number = pauses = 0
    answer: Answer | None = None
    while True:
        try:
            ask = told.send(answer) if answer else next(told)  # type: ignore[arg-type]
        except StopIteration:
            return number
        number += 1
        answer = Answer(0, (), b"")
        for world in (one, two):
            world.clock.forward(seconds=1)
            world.still.seconds += 0.6 * (number % 10 == 0)
        if ask is TOMORROW:
            for world in (one, two):
                world.clock.forward(days=1)
        elif ask is PAUSE:
            one.others.act(pauses, plan.first)
            two.others.act(pauses, plan.second)
            pauses += 1
        else:
            answer, other = (w.ask(w.crew[plan.asker], ask, f"U {number}") for w in (one, two))
            if answer != other:
                raise Leak(_told(ask, answer, other))
            if answer.status >= 500:
                raise AssertionError(f"{ask.method} {ask.path} {ask.json}: {answer.text}")


def _things(one: World, two: World, *kinds: str) -> list[tuple[str, Thing | None]]:
    """Everything that stands in either world, as (id, thing)."""
    found: list[tuple[str, Thing | None]] = []
    for world in (one, two):
        with world.house.store.reading() as tx:
            found += [(c.id, c.thing) for c in tx.upkeep.changes(0, 20_000, kinds)]
    return found


def _told(ask: Ask, one: Answer, two: Answer) -> str:
    lines = [f"{ask.method} {ask.path} {str(ask.json or ask.form or '')[:500]} ({ask.purpose})"]
    if one.status != two.status:
        lines.append(f"status {one.status} or {two.status}")
    lines += [f"header {h}" for h in set(one.headers) ^ set(two.headers)]
    if one.body != two.body:
        at = next(
            (i for i, (a, b) in enumerate(zip(one.body, two.body, strict=False)) if a != b),
            min(len(one.body), len(two.body)),
        )
        lines += [f"…{w.body[max(0, at - 120) : at + 200].decode(errors='replace')}…" for w in (one, two)]
    return "\n".join(lines)


@contextmanager
def _without_threads() -> Iterator[None]:
    """Handlers run where they are called: twice as fast, and in one order."""

    async def at_once(function: Callable[..., Any], *args: Any, **_how: Any) -> Any:
        return function(*args)

    with patch.object(anyio.to_thread, "run_sync", at_once):
        yield
