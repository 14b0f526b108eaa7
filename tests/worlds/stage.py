"""The stage that tests play on: a house with four bureaus and a secretariat, a clock that stands still,
randomness that repeats, and a caller that speaks ASGI to the whole application, byte for byte."""

import asyncio
import hashlib
import json as jsonlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI

from entente.app import work_of
from entente.core.access import Level, Role
from entente.core.kinds import model
from entente.desk import HOUSE_ASKER, Desk, House, indexer, likening, sit, templating
from entente.desk.sequencer import Sequencer, public_key, signer
from entente.desk.work import do_all
from entente.engines.blobs import open_blobs
from entente.engines.seams import Store, Text
from entente.engines.store import open_store
from entente.engines.text import open_text
from entente.rooms.bureaus import (
    enrol,
    found_key,
    make_link,
    opened_with_key,
    register,
    service,
    signing_in,
    unlock_with_key,
)

BUREAUS = ("XZ", "XA", "XB", "XC", "XD")
"""XZ is the secretariat. Numbers are 1 to 5 in this order."""
MIXES: Mapping[str, tuple[Role, ...]] = {
    **{role.value: (role,) for role in Role},
    "office": (Role.OFFICER, Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR),
    "chief": tuple(Role),
}
"""Every role alone, all but administrator, all. "office" and "chief" are cleared for everything below."""
FILE = "joint/file"
SERIES = "series"
"""A compartment held by every "office" and "chief"; `<code>/file` is their own bureau's."""
NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


class Clock:
    """Stands still until told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Dice:
    """Randomness that is a function of its seed: `seed` again before an act that must repeat."""

    def __init__(self, seed: str = "stage") -> None:
        self.seed(seed)

    def seed(self, seed: str) -> None:
        self._seed, self._thrown = seed, 0

    def __call__(self, size: int) -> bytes:
        self._thrown += 1
        return hashlib.shake_256(f"{self._seed} {self._thrown}".encode()).digest(size)


class AtOnce:
    """Signals that index whatever changed before the next request, in this thread."""

    house: House

    def tell(self, topic: str, text: str = "") -> None:
        if topic == "changed":
            indexer.catch_up(self.house)
            likening.catch_up(self.house)
            templating.catch_up(self.house)

    def hear(self, topic: str, timeout_s: float) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Person:
    """An officer (or a machine, whose `session` is empty) and what he proves it with."""

    id: str
    bureau: str
    mix: str
    session: str = ""
    key: str = ""


Crew = Mapping[str, Person]
"""By "XA officer", "XA analyst" … "XA chief", and "XA machine" for a key with the roles of "office"."""


def _held(code: str, trusted: bool) -> tuple[str, ...]:
    """The secretariat's officers are all specialists of image series; elsewhere the trusted are."""
    return (FILE, SERIES, f"{code}/file") if trusted else (SERIES,) if code == "XZ" else ()


def found(house: House) -> dict[str, Person]:
    """Let the bureaus join, each with an officer of every mix and a machine's key.

    The machine founds the bureau's key, and everybody's session holds it.
    """
    crew: dict[str, Person] = {}
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        for code in BUREAUS:
            crew |= _joined(desk, code)
    return crew


def partner(house: House, code: str, sort: str) -> dict[str, Person]:
    """Let a partner join, such as ("XK", "customs"), ("XP", "private"); its officers, as `found` has them."""
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        return _joined(desk, code, sort)


def _joined(desk: Desk, code: str, sort: str = "police") -> dict[str, Person]:
    crew: dict[str, Person] = {}
    bureau = register(
        desk,
        code,
        f"Bureau {code}",
        desk=f"Desk {code}",
        phone="+999 1",
        secretariat="yes" if code == "XZ" else "",
        sort="" if sort == "police" else sort,
    )
    key, kept = service.issue_key(desk, bureau, f"machine of {code}", MIXES["office"])
    crew[f"{code} machine"] = Person(kept.id, code, "machine", key=key)
    found_key(desk, opened_with_key(desk, key))
    ring = unlock_with_key(desk, key)
    for mix, roles in MIXES.items():
        trusted = mix in ("office", "chief")
        officer = enrol(
            desk,
            bureau,
            f"{mix.title()} of {code}",
            f"{mix}@{code.lower()}.example",
            roles,
            Level.CONFIDENTIAL if trusted else Level.OFFICIAL,
            _held(code, trusted),
            reviewer=code == "XZ" and mix == "chief",
        )
        session = signing_in.spend_link(desk, make_link(desk, officer.id, ring), 10_000)
        assert session
        crew[f"{code} {mix}"] = Person(officer.id, code, mix, session=session.token)
    return crew


@lru_cache
def _founded() -> tuple[Any, dict[str, Person]]:
    store: Any = open_store("memory:")
    house = open_stage(store, open_text("memory:"), dice=Dice("founding"))
    crew = found(house)
    return store._state, crew


def open_stage(store: Store, text: Text, clock: Clock | None = None, dice: Dice | None = None) -> House:
    """A house on these engines."""
    signals = AtOnce()
    key = _journal_key()
    blobs = open_blobs("memory:")
    known = (clock or Clock(), dice or Dice(), signer(key), public_key(key))
    house = House(store, text, blobs, signals, model(), *known)
    signals.house = house
    return house


def memory_house(clock: Clock | None = None, dice: Dice | None = None) -> tuple[House, Crew]:
    """A founded house in memory (made once, copied each time), and its crew."""
    state, crew = _founded()
    store: Any = open_store("memory:")
    store._state = state.copy()
    house = open_stage(store, open_text("memory:"), clock, dice)
    indexer.catch_up(house)
    likening.catch_up(house)
    templating.catch_up(house)
    return house, crew


@lru_cache
def _journal_key() -> bytes:
    return bytes(range(32))  # the same in both worlds: what the house signs is compared too


def work(house: House) -> None:
    """All the work behind the answers, now: index, journal, silent hits, jobs, retention."""
    do_all(work_of(house, Sequencer(house.store, house.sign, house.clock, "stage")))


EVENTS = b"text/event-stream; charset=utf-8"


# --- the caller ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, every header in order, the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return jsonlib.loads(self.body)

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k == name), "")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, before it is known who asks."""

    method: str
    path: str
    json: Any = None
    form: Sequence[tuple[str, str]] | None = None
    raw: bytes | None = None
    purpose: str = "wanted"
    why: str = "case 1"
    headers: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, who: Person | None) -> tuple[dict[str, str], bytes]:
        """Headers and body as they travel: keys and purposes in headers for the API, in cookies for pages."""
        said = {"host": "entente.test", "sec-fetch-site": "same-origin"}
        if self.path.startswith("/api/"):
            if self.purpose:
                said |= {"entente-purpose": self.purpose, "entente-justification": quote(self.why)}
        elif self.purpose:
            said["cookie"] = f"inquiry_purpose={self.purpose}; inquiry_justification={quote(self.why)}"
        if who and who.key:
            said["authorization"] = f"Bearer {who.key}"
        elif who and who.session:
            said["cookie"] = "; ".join(filter(None, [f"entente={who.session}", said.get("cookie", "")]))
        body = b""
        if self.json is not None:
            body, said["content-type"] = jsonlib.dumps(self.json).encode(), "application/json"
        elif self.form is not None:
            body, said["content-type"] = urlencode(self.form).encode(), "application/x-www-form-urlencoded"
        elif self.raw is not None:
            body, said["content-type"] = self.raw, "application/octet-stream"
        said |= {"content-length": str(len(body))} if body else {}
        return said | {k.lower(): v for k, v in self.headers.items()}, body


class Caller:
    """Speaks ASGI to an application in this process, through all of its middleware."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()

    def __call__(self, who: Person | None, ask: Ask) -> Answer:
        address = f"10.0.0.{(*BUREAUS, who.bureau).index(who.bureau)}" if who else "10.0.0.9"
        return self._loop.run_until_complete(self._ask(ask, *ask.spelled(who), address))

    def ask(self, who: Person | None, method: str, path: str, **said: Any) -> Answer:
        """`json`, `form` (pairs), `purpose`, `why`, `headers` as in `Ask`."""
        return self(who, Ask(method, path, **said))

    async def _ask(self, ask: Ask, headers: dict[str, str], body: bytes, address: str) -> Answer:
        path, _, query = ask.path.partition("?")
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": ask.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode("latin-1")) for k, v in headers.items()],
            "client": (address, 1),
            "server": ("entente.test", 80),
        }
        parts, told, enough = [body], [], asyncio.Event()

        async def receive() -> dict[str, Any]:
            if parts:
                return {"type": "http.request", "body": parts.pop(), "more_body": False}
            await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            told.append(message)
            if message.get("body") and (b"content-type", EVENTS) in told[0]["headers"]:
                enough.set()  # a stream of events never ends: what it begins with is the answer

        await self.app(scope, receive, send)  # type: ignore[arg-type]
        start = next(m for m in told if m["type"] == "http.response.start")
        said = tuple((bytes(k).decode("latin-1"), bytes(v).decode("latin-1")) for k, v in start["headers"])
        return Answer(start["status"], said, b"".join(m.get("body", b"") for m in told))

    def close(self) -> None:
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


__all__ = [
    "BUREAUS",
    "FILE",
    "MIXES",
    "NOON",
    "Answer",
    "Ask",
    "AtOnce",
    "Caller",
    "Clock",
    "Crew",
    "Dice",
    "Person",
    "found",
    "memory_house",
    "open_stage",
    "work",
]
