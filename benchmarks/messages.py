"""Messages: how soon they arrive, how many a second are durable, how the inbox reads when it is full.

    python -m benchmarks.messages [inbox=10000] [seconds=20] [workers=1]

A server process on a house of its own, made anew. 200 open streams (40 keys of eight bureaus, five each)
listen all the while. Arrival counts from the first byte of the send to the moment the receiving desk, woken
by its stream, sees the message in `GET /api/v1/messages`. The peer is SQLite alone with the same pragmas:
two rows of a message's size and one journal row a transaction.
"""

import asyncio
import base64
import http.client
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.driving import request_bytes, serving, until_answered

from entente.app import open_house
from entente.core.access import Role, View
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.engines.store import open_store
from entente.rooms.bureaus import enrol, machine_of, make_link, register
from entente.rooms.bureaus.key_changes import found
from entente.rooms.bureaus.keyring import opened_with_key, unlock_with_key
from entente.rooms.bureaus.service import issue_key
from entente.rooms.bureaus.signing_in import spend_link
from entente.rooms.messages import send
from entente.rooms.messages.model import draft_of
from entente.settings import Settings

BUREAUS = ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH")
STREAMS, EACH = 200, 5
STEADY = 20
SENDERS = (1, 8, 32)
ROLES = (Role.OFFICER, Role.SUPERVISOR)
TEXT = "The van was seen at the invented border post and returned the next day. " * 20
"""About 1,400 characters."""


@dataclass(slots=True)
class Made:
    """The house: keys by bureau (the first sends and reads), and a session that reads XB's inbox."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    session: str = ""


def message(to: str, ref: str = "", urgency: str = "routine") -> dict[str, object]:
    return {
        "to": [to],
        "kind": "request",
        "subject": "Owner of a van",
        "text": TEXT,
        "urgency": urgency,
        "questions": ["Who owns XD 417 KLM?", "Was it stopped since May?"],
        "case": "XA-2026-17",
        "ref": ref,
    }


def make(home: Path, inbox: int) -> Made:
    made = Made()
    with closing(open_house(Settings(data=home))) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            for code in BUREAUS:
                bureau = register(desk, code, f"Bureau {code}", desk="Duty desk", phone="+999 1")
                first, _ = issue_key(desk, bureau, "first", ROLES)
                found(desk, opened_with_key(desk, first))
                ring = unlock_with_key(desk, first)
                more = STREAMS // EACH // len(BUREAUS) - 1
                keys = [issue_key(desk, bureau, f"desk {i}", ROLES, ring=ring)[0] for i in range(more)]
                made.keys[code] = [first, *keys]
                if code == "XB":
                    officer = enrol(desk, bureau, "Officer of XB", "officer@xb.example", ROLES)
                    session = spend_link(desk, make_link(desk, officer.id, ring), 100)
                    assert session
                    made.session = session.token
        fill(house, made, inbox)
    return made


def fill(house: House, made: Made, inbox: int) -> None:
    """XB's inbox: sent by the others, through the service that the API calls, 200 in a sitting."""
    others = [code for code in BUREAUS if code != "XB"]
    urgency = ("routine",) * 7 + ("priority",) * 2 + ("urgent",)
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        askers = {code: machine_of(desk, BUREAUS.index(code) + 1, "benchmark") for code in others}
        rings = {code: unlock_with_key(desk, made.keys[code][0]) for code in others}
    for start in range(0, inbox, 200):
        code = others[start // 200 % len(others)]
        with sit(house, askers[code], "message", writing=True) as desk:
            for i in range(start, min(start + 200, inbox)):
                send(desk, rings[code], draft_of(**message("XB", f"fill-{i}", urgency[i % 10])))


# --- talking to the server -----------------------------------------------------------------------


class Talk:
    """One kept-alive connection."""

    def __init__(self, port: int, key: str) -> None:
        self._port, self._key = port, key
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, said: object = None) -> tuple[int, bytes]:
        request = request_bytes(method, path, self._key, b"" if said is None else json.dumps(said).encode())
        try:
            return await self._ask(request)
        except (ConnectionError, asyncio.IncompleteReadError):  # the server ends what was idle
            self._line = None
            return await self._ask(request)

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._line
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        return int(head[9:12]), await reader.readexactly(size)

    async def send(self, said: object) -> str:
        status, body = await self.ask("POST", "/api/v1/messages", said)
        if status != 201:
            raise RuntimeError(f"{status} {body[:500]!r}")
        id: str = json.loads(body)["id"]
        return id

    def close(self) -> None:
        if self._line:
            self._line[1].close()


@dataclass(slots=True)
class Streams:
    """The open lines; those that are a desk wake it. `rung`: how often any of them heard news."""

    port: int
    rung: int = 0
    desks: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    open: int = 0

    async def listen(self, key: str, wakes: asyncio.Event | None) -> None:
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(request_bytes("GET", "/api/v1/stream", key))
            if not (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("a stream was refused")
            self.open += 1
            while line := await reader.readline():
                if line.startswith(b"data:"):
                    self.rung += 1
                    if wakes:
                        wakes.set()
            self.open -= 1

    async def start(self, made: Made) -> None:
        for code, keys in made.keys.items():
            self.desks[code] = asyncio.Event()
            for i, key in enumerate(keys):
                for j in range(EACH):
                    wakes = self.desks[code] if i == j == 0 else None
                    self.tasks.append(asyncio.create_task(self.listen(key, wakes)))
        while self.open < STREAMS:
            for task in self.tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.05)

    def stop(self) -> None:
        for task in self.tasks:
            task.cancel()


# --- what is measured ----------------------------------------------------------------------------


def at(values: list[float], percent: float) -> float:
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * percent / 100))] if values else float("nan")


async def arrivals(port: int, made: Made, streams: Streams, seconds: int) -> list[float]:
    """Milliseconds from the start of each send to the receiving desk's sight of it, at a steady rate."""
    seen: dict[str, float] = {}
    begun: dict[str, float] = {}

    async def desk(code: str) -> None:
        talk, news = Talk(port, made.keys[code][0]), streams.desks[code]
        while True:
            await news.wait()
            news.clear()
            _, body = await talk.ask("GET", "/api/v1/messages?limit=50")
            for one in json.loads(body)["messages"]:
                seen.setdefault(one["id"], time.perf_counter())

    idle = {code: [Talk(port, keys[0])] for code, keys in made.keys.items()}

    async def one(sender: str, to: str) -> None:
        talk = idle[sender].pop() if idle[sender] else Talk(port, made.keys[sender][0])
        start = time.perf_counter()
        begun[await talk.send(message(to))] = start
        idle[sender].append(talk)

    desks = [asyncio.create_task(desk(code)) for code in made.keys]
    chance = random.Random(5)
    sends = []
    due = time.perf_counter()
    for _ in range(STEADY * seconds):
        due += chance.expovariate(STEADY)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sends.append(asyncio.create_task(one(*chance.sample(BUREAUS, 2))))
    await asyncio.gather(*sends)
    by = time.perf_counter() + 10
    while not begun.keys() <= seen.keys() and time.perf_counter() < by:
        await asyncio.sleep(0.05)
    for task in desks:
        task.cancel()
    missing = sum(id not in seen for id in begun)
    if missing:
        print(f"{missing} messages were not seen within 10 s", flush=True)
    return [(seen.get(id, float("inf")) - start) * 1e3 for id, start in begun.items()]


async def accepted(port: int, made: Made, senders: int, seconds: int) -> float:
    """Messages a second that were answered with 201, which says that they are durable."""
    over = time.perf_counter() + seconds
    done = 0

    async def sender(i: int) -> None:
        nonlocal done
        talk = Talk(port, made.keys[BUREAUS[i % 8]][0])
        while time.perf_counter() < over:
            await talk.send(message(BUREAUS[(i + 1 + done % 6) % 8]))
            done += 1
        talk.close()

    start = time.perf_counter()
    await asyncio.gather(*(sender(i) for i in range(senders)))
    return done / (time.perf_counter() - start)


async def duplicates(port: int, made: Made) -> int:
    """How many messages 100 submissions of one make, all at once."""
    talks = [Talk(port, made.keys["XA"][0]) for _ in range(100)]
    ids = await asyncio.gather(*(talk.send(message("XC", "the-same")) for talk in talks))
    return len(set(ids))


async def lists(port: int, made: Made, times: int = 30) -> list[float]:
    talk, took = Talk(port, made.keys["XB"][0]), []
    for _ in range(times):
        start = time.perf_counter()
        status, _ = await talk.ask("GET", "/api/v1/messages?limit=50")
        assert status == 200
        took.append((time.perf_counter() - start) * 1e3)
    return took


def inbox_page(port: int, session: str, times: int = 30) -> list[float]:
    """Milliseconds of the page an officer reads."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    took = []
    for _ in range(times):
        start = time.perf_counter()
        line.request("GET", "/inbox", headers={"Cookie": f"entente={session}"})
        answer = line.getresponse()
        answer.read()
        took.append((time.perf_counter() - start) * 1e3)
        assert answer.status == 200, answer.status
    return took


def kept_in(home: Path, code: str) -> int:
    """Messages in a bureau's box, by the store itself."""
    with closing(open_store(f"sqlite:///{home / 'entente.db'}")) as store, store.reading() as tx:
        every = View(bytes([1]) * (max(tx.classes.table()) + 1), (), date.today())
        key = f"box:{BUREAUS.index(code) + 1}"
        return len(tx.things.listing(every, ["Envelope"], key, limit=1_000_000))


def size_of(home: Path) -> int:
    """Bytes of the body of a message's copy."""
    with closing(sqlite3.connect(home / "entente.db")) as line:
        asked = "select avg(length(body)) from thing where kind = 'Envelope'"
        return int(line.execute(asked).fetchone()[0])


def peer(home: Path, size: int, seconds: float = 3.0) -> float:
    """Durable transactions a second of SQLite alone: two copies of this size and a journal entry."""
    copy, entry = base64.b64encode(os.urandom(size))[:size].decode(), os.urandom(500)
    with closing(sqlite3.connect(home / "peer.db", isolation_level=None)) as line:
        line.execute("pragma journal_mode=wal")
        line.execute("pragma synchronous=full")
        line.execute("create table thing (n integer primary key, body text)")
        line.execute("create table entry (n integer primary key, leaf blob)")
        done, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            line.execute("begin immediate")
            line.execute("insert into thing (body) values (?)", (copy,))
            line.execute("insert into thing (body) values (?)", (copy,))
            line.execute("insert into entry (leaf) values (?)", (entry,))
            line.execute("commit")
            done += 1
        return done / (time.perf_counter() - start)


# --- the run -------------------------------------------------------------------------------------


async def run(port: int, made: Made, home: Path, seconds: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    page, listed = inbox_page(port, made.session), await lists(port, made)
    figures |= {"inbox_page_p50_ms": at(page, 50), "inbox_page_p95_ms": at(page, 95)}
    figures |= {"list_p50_ms": at(listed, 50), "list_p95_ms": at(listed, 95)}
    streams = Streams(port)
    await streams.start(made)
    took = await arrivals(port, made, streams, seconds)
    figures |= {f"arrival_p{p}_ms": at(took, p) for p in (50, 95, 99)}
    figures |= {"streams": streams.open, "rung": streams.rung}
    for senders in SENDERS:
        figures[f"accepted_{senders}_per_s"] = await accepted(port, made, senders, max(3, seconds // 4))
    before = kept_in(home, "XC")
    figures["duplicates_ids"] = await duplicates(port, made)
    figures["duplicates_kept"] = kept_in(home, "XC") - before
    streams.stop()
    return figures


def main() -> None:
    inbox, seconds, workers = ([int(a) for a in sys.argv[1:]] + [10_000, 20, 1][len(sys.argv) - 1 :])[:3]
    with tempfile.TemporaryDirectory(prefix="entente-bench-messages-") as folder:
        home = Path(folder)
        start = time.perf_counter()
        made = make(home, inbox)
        print(f"{inbox:,} messages kept in {time.perf_counter() - start:.0f} s", flush=True)
        figures: dict[str, float] = {}
        with serving(home, workers, key_rate="100000", officer_rate="100000") as (port, _):
            until_answered(port, request_bytes("GET", "/api/v1/me", made.keys["XA"][0]))
            figures |= asyncio.run(run(port, made, home, seconds))
        size = size_of(home)
        figures["peer_per_s"] = peer(home, size)
        figures["part_of_peer"] = max(figures[f"accepted_{n}_per_s"] for n in SENDERS) / figures["peer_per_s"]
        figures |= {"inbox": inbox, "copy_bytes": size, "workers": workers}
    for name, value in figures.items():
        print(f"{name:28} {value:12,.2f}")
    print(*(f"{name}={value:.6g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
