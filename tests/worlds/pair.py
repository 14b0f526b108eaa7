"""Two worlds side by side: built from a plan, played with the same requests, compared byte for byte.

Chance is a function of whose request it is and of its number, so that U draws the same ids in both
worlds whatever others drew before him; time goes on with U's requests alone.
"""

import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import anyio.to_thread
from argon2 import PasswordHasher
from fastapi import FastAPI

from entente.app import make_app
from entente.core.access import Asker, Purpose, Role
from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, indexer, sit
from entente.rooms.bureaus import Door, door, signing_in
from entente.rooms.records.exporting import export
from entente.rooms.search import api as search_api
from entente.rooms.search import pages as search_pages
from entente.settings import Settings
from entente.web import problems
from entente.web.pages import templates
from worlds.others import Others
from worlds.plans import NUMBER, Plan, Rec, Values, ids_wanted, second_records
from worlds.stage import Answer, Ask, Caller, Clock, Crew, Dice, Person, memory_house, work

PAUSE = Ask("PAUSE", "")
"""Others act and the house works; no answer."""
TOMORROW = Ask("TOMORROW", "")
"""A day goes by."""
EXPORT = Ask("EXPORT", "")
"""`entente export` by U: the file is the answer."""
Story = Generator[Ask, Answer, None]
Opener = Callable[[str, Clock, Dice], tuple[House, Crew]]
Asked = Callable[[Person | None, Ask], Answer]


def in_memory(_name: str, clock: Clock, dice: Dice) -> tuple[House, Crew]:
    return memory_house(clock, dice)


@lru_cache
def application() -> tuple[FastAPI, Caller]:
    """One application for all worlds: its house and its door are changed before each request."""
    settings = Settings(data=Path("never made"), answer_grid_ms=0, idle_minutes=10**6)
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
            if ask is EXPORT:
                return self._export(who)
            return self.caller(who, ask)

    def work(self) -> None:
        self._works += 1
        self.dice.seed(f"{self.name} work {self._works}")
        with self._still():
            work(self.house)

    def id_of(self, owner: str, ref: str) -> str:
        return self.house.ids.of("ref", NUMBER[owner], ref)

    def close(self) -> None:
        self.house.close()

    @contextmanager
    def _still(self) -> Iterator[None]:
        with ExitStack() as stack:
            for module in (door, search_api, search_pages):
                if hasattr(module, "time"):
                    stack.enter_context(patch.object(module, "time", self.still))
            yield

    def _export(self, who: Person | None) -> Answer:
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
                desk.keep_many([self._thing(r) for r in batch])
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
    with _cheap_passwords(), nullcontext() if caller else _without_threads():
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
    U's does not: a bureau may tell its people that a reference is taken), every id there is in either."""

    ids: tuple[str, ...]
    refs: tuple[str, ...]
    every: Callable[[], list[str]]


def _play(plan: Plan, story: Callable[[Plan, Known], Story], one: World, two: World) -> int:
    def every() -> list[str]:
        found: set[str] = set()
        for world in (one, two):
            with world.house.store.reading() as tx:
                found |= {c.id for c in tx.upkeep.changes(0, 10_000)}
        return sorted(found)

    wanted = ids_wanted(plan)
    own = {ref for owner, ref in wanted if owner == plan.bureau}
    refs = tuple(dict.fromkeys(ref for _, ref in wanted if ref not in own))
    told = story(plan, Known(tuple(one.id_of(*w) for w in wanted), refs, every))
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


def _told(ask: Ask, one: Answer, two: Answer) -> str:
    lines = [f"{ask.method} {ask.path} {ask.json or ask.form or ''} ({ask.purpose})"]
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
def _cheap_passwords() -> Iterator[None]:
    """Passwords hashed in microseconds: what is compared is the answer."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(signing_in, "_hasher", cheap), patch.object(signing_in, "_DUMMY", cheap.hash("nobody")):
        yield


@contextmanager
def _without_threads() -> Iterator[None]:
    """Handlers run where they are called: twice as fast, and in one order."""

    async def at_once(function: Callable[..., Any], *args: Any, **_how: Any) -> Any:
        return function(*args)

    with patch.object(anyio.to_thread, "run_sync", at_once):
        yield
