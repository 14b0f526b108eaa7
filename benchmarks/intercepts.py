"""Intercepts: how soon one is before the other desk, how a full board reads, a hundred copies at once.

    python -m benchmarks.intercepts [board=10000] [seconds=30] [workers=1]

A server process on a house of its own, made anew: eight bureaus, 200 open streams, XB's board full. Arrival
counts from the first byte of the step "send" to the moment the receiving desk, woken by its stream, has the
intercept with its next deadline: on its board, or, where the board is full, in its list of the newest. A key
sends; a second officer has approved beforehand, in process, for a key may not. `arrival_cpu_ms` is the
server's processor time for one, all readings and news included, what idle streams cost taken off.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.driving import ask, request_bytes, serving, until_answered
from benchmarks.messages import BUREAUS, ROLES, Made, Streams, Talk, at, make

from entente.app import open_house
from entente.core.access import Asker
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import asker_for, by_code, enrol
from entente.rooms.payments import model as m
from entente.rooms.payments import model_steps as s
from entente.rooms.payments import service, stepping
from entente.settings import Settings

STEADY = 10
"""Sends a second while arrival is measured."""
COPIES = 100
ALONE = 50
"""Drafted and sent one after the other, nobody else asking."""
READS = 40
FULL = "XB"
"""The bureau whose board is full."""
AT_ONCE = 100
"""In one sitting, while the house is filled."""
PATH = "/api/v1/payments/requests"
LAW = "Act on financial intelligence, section 24"
MULES = 400
"""Accounts that are paid more than once; half of all payments go to one of them."""

Ids = list[str]
Sends = list[tuple[str, str, str]]
"""Sender, receiver, id of what is approved."""


def iban(country: str, number: int) -> str:
    """An account of a user-assigned country whose check digits fit (ISO 7064, modulo 97)."""
    rest = f"ENTX{number:012d}"
    spelled = int("".join(str(int(c, 36)) for c in f"{rest}{country}00"))
    return f"{country}{98 - spelled % 97:02d}{rest}"


def form(sender: str, to: str, number: int, hours: float = 3.0) -> dict[str, object]:
    """A whole request, its payment like no other of the same number."""
    executed = datetime.now(UTC) - timedelta(hours=hours)
    payee = number % MULES if number % 2 else MULES + number
    return {
        "scam": "business-email",
        "rail": "swift-mx",
        "executed_at": executed.isoformat(timespec="minutes"),
        "reported_at": (executed + timedelta(minutes=40)).isoformat(timespec="minutes"),
        "amount": f"{10_000 + number}.{number % 100:02d}",
        "currency": "EUR",
        "uetr": str(uuid.UUID(int=number, version=4)),
        "end_to_end_id": f"INV-{number}",
        "debtor": {
            "name": f"Victim {number}",
            "account": iban(sender, number),
            "bic": f"ENT{sender[1]}{sender}AA",
        },
        "creditor": {"name": f"Trader {payee}", "account": iban(to, payee), "bic": f"ENT{to[1]}{to}BB"},
        "recall": {
            "sent_at": executed.isoformat(timespec="minutes"),
            "ref": f"RCL-{number}",
            "type": "camt.056",
        },
        "legal_basis": f"Code of Criminal Procedure of {sender}, section 111",
        "offence": "Fraud",
        "measure": "freeze",
        "victim_consents": True,
        "police_report": f"{sender}-2026-{number}",
        "emails": [f"billing-{payee}@trader.example"],
        "grade": "B2",
        "summary": "An invoice was changed on its way: another account under the same letterhead. " * 4,
    }


# --- the house, before it serves -----------------------------------------------------------------


class Offices:
    """Two officers of each bureau, who act through the services that pages and API call."""

    def __init__(self, house: House) -> None:
        self.house, self.made = house, 0
        self.askers: dict[tuple[str, int], Asker] = {}

    @classmethod
    def opened(cls, house: House) -> "Offices":
        offices = cls(house)
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            for code, bureau in by_code(desk).items():
                for n in (1, 2):
                    enrol(desk, bureau, f"Officer {n} of {code}", f"{code.lower()}{n}@pay.example", ROLES)
        with sit(house, HOUSE_ASKER) as desk:
            for code in BUREAUS:
                for n in (1, 2):
                    address = f"{code.lower()}{n}@pay.example"
                    offices.askers[code, n] = asker_for(desk, address, "desk", "benchmark")
            desk.note("see", what="directory")
        return offices

    def approved(self, sender: str, receivers: Sequence[str], hours: float = 3.0) -> Ids:
        """As many requests as receivers are named, drafted by one officer and approved by the other."""
        ids = []
        for some in batched(list(receivers), AT_ONCE):
            with sit(self.house, self.askers[sender, 1], "intercept", writing=True) as desk:
                for to in some:
                    self.made += 1
                    given = m.InterceptForm.model_validate(form(sender, to, self.made, hours))
                    ids.append(service.draft(desk, given)[0].id)
            self.all(sender, 2, ids[-len(some) :], s.Plain(step="approve", version=1))
        return ids

    def all(self, code: str, officer: int, ids: Sequence[str], do: s.Step) -> None:
        """The same step of each."""
        for some in batched(ids, AT_ONCE):
            with sit(self.house, self.askers[code, officer], "intercept", writing=True) as desk:
                for id in some:
                    stepping.step(desk, id, s.StepForm(do=do))

    def fill(self, board: int) -> None:
        """The full board: of ten four wait to be acknowledged, two are acknowledged, two with the bank, two
        held in part."""
        others = [code for code in BUREAUS if code != FULL]
        for n, size in enumerate(sizes(board, AT_ONCE)):
            sender = others[n % len(others)]
            ids = self.approved(sender, [FULL] * size, hours=1 + n % 90)
            self.all(sender, 1, ids, s.Plain(step="send", version=2))
            self.all(FULL, 1, ids[size * 4 // 10 :], s.Plain(step="acknowledge"))
            passed = ids[size * 6 // 10 :]
            self.all(FULL, 1, passed, s.Pass(step="pass", to="institution", name="Bank of Belmark"))
            ends = (datetime.now(UTC) + timedelta(days=2 + n % 9)).isoformat(timespec="minutes")
            stop = s.Stop(step="hold", amount="5000.00", kind="fiu-suspension", legal=LAW, ends=ends)
            self.all(FULL, 1, ids[size * 8 // 10 :], stop)


def batched(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (values[n : n + size] for n in range(0, len(values), size))


def sizes(whole: int, each: int) -> Iterator[int]:
    return (min(each, whole - n) for n in range(0, whole, each))


# --- what is measured ----------------------------------------------------------------------------


async def arrivals(port: int, made: Made, streams: Streams, sends: Sends) -> tuple[list[float], list[float]]:
    """Milliseconds from the start of each send to sight of it: at ordinary desks, and at the full one."""
    seen: dict[str, float] = {}
    begun: dict[str, float] = {}

    async def desk(code: str) -> None:
        talk, news = Talk(port, made.keys[code][0]), streams.desks[code]
        asked = f"{PATH}?which=all&limit=50" if code == FULL else f"{PATH}?which=act&limit=200"
        while True:
            await news.wait()
            news.clear()
            _, body = await talk.ask("GET", asked)
            for one in json.loads(body)["intercepts"]:
                if one["next_at"] and one["receiver"] == code and one["state"] == "delivered":
                    seen.setdefault(one["id"], time.perf_counter())

    idle = {code: [Talk(port, keys[0])] for code, keys in made.keys.items()}

    async def one(sender: str, id: str) -> None:
        talk = idle[sender].pop() if idle[sender] else Talk(port, made.keys[sender][0])
        begun[id] = time.perf_counter()
        await done(talk, "POST", f"{PATH}/{id}/steps", {"do": {"step": "send", "version": 2}})
        idle[sender].append(talk)

    desks = [asyncio.create_task(desk(code)) for code in made.keys]
    chance = random.Random(5)
    tasks = []
    due = time.perf_counter()
    for sender, _, id in sends:
        due += chance.expovariate(STEADY)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(sender, id)))
    await asyncio.gather(*tasks)
    by = time.perf_counter() + 10
    while not begun.keys() <= seen.keys() and time.perf_counter() < by:
        await asyncio.sleep(0.05)
    for task in desks:
        task.cancel()
    if missing := sum(id not in seen for id in begun):
        print(f"{missing} intercepts were not seen within 10 s", flush=True)
    took = [(to, (seen.get(id, float("inf")) - begun[id]) * 1e3) for _, to, id in sends]
    return [ms for to, ms in took if to != FULL], [ms for to, ms in took if to == FULL]


async def done(talk: Talk, method: str, path: str, said: object = None) -> tuple[int, dict[str, object]]:
    status, body = await talk.ask(method, path, said)
    if status not in (200, 201):
        raise RuntimeError(f"{method} {path}: {status} {body[:500]!r}")
    found: dict[str, object] = json.loads(body)
    return status, found


async def reads(talk: Talk, path: str, times: int = READS) -> list[float]:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        await done(talk, "GET", path)
        took.append((time.perf_counter() - start) * 1e3)
    return took


async def copies(port: int, made: Made, number: int) -> tuple[int, int]:
    """(intercepts, merges recorded) of so many copies of one report, all at once."""
    report = form("XA", "XC", number)
    talks = [Talk(port, made.keys["XA"][0]) for _ in range(COPIES)]
    answers = await asyncio.gather(*(done(talk, "POST", PATH, report) for talk in talks))
    ids = {str(found["id"]) for _, found in answers}
    opened = [await done(talks[0], "GET", f"{PATH}/{id}") for id in ids]
    return len(ids), sum(int(str(found["merged"])) for _, found in opened)


async def drafted(port: int, made: Made, first: int) -> list[float]:
    talk, took = Talk(port, made.keys["XD"][0]), []
    for n in range(ALONE):
        start = time.perf_counter()
        await done(talk, "POST", PATH, form("XD", FULL, first + n))
        took.append((time.perf_counter() - start) * 1e3)
    return took


async def sent(port: int, made: Made, sender: str, ids: Ids) -> list[float]:
    talk, took = Talk(port, made.keys[sender][0]), []
    for id in ids:
        start = time.perf_counter()
        await done(talk, "POST", f"{PATH}/{id}/steps", {"do": {"step": "send", "version": 2}})
        took.append((time.perf_counter() - start) * 1e3)
    return took


def page(port: int, session: str, path: str) -> list[float]:
    """Milliseconds of a page that an officer of the full desk reads; none where there is no such page."""
    request = (f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: entente={session}\r\n\r\n").encode()
    if ask(port, request)[0] != 200:
        return []
    took = []
    for _ in range(READS):
        start = time.perf_counter()
        ask(port, request)
        took.append((time.perf_counter() - start) * 1e3)
    return took


def body_bytes(home: Path) -> float:
    """Bytes of the body of an intercept as it stands."""
    with closing(sqlite3.connect(home / "entente.db")) as line:
        return float(
            line.execute("select avg(length(body)) from thing where kind = 'Intercept'").fetchone()[0]
        )


def store_bytes(home: Path) -> int:
    """Bytes of the store's files, its log folded in."""
    with closing(sqlite3.connect(home / "entente.db")) as line:
        line.execute("pragma wal_checkpoint(truncate)")
        pages, size = (int(line.execute(f"pragma {of}").fetchone()[0]) for of in ("page_count", "page_size"))
        return pages * size


def cpu_ms(process: int) -> float:
    """Processor time of a process and those it started, in milliseconds; nan where the system tells none."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return float("nan")
    own = (int(told[11]) + int(told[12])) * 1e3 / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_ms(int(one)) for one in started)


# --- the run -------------------------------------------------------------------------------------


async def run(port: int, process: int, made: Made, sends: Sends, alone: Ids, number: int) -> dict[str, float]:
    figures: dict[str, float] = {}

    def told(name: str, took: list[float], *percents: int) -> None:
        figures.update({f"{name}_p{p}_ms": at(took, p) for p in percents})

    desk = Talk(port, made.keys[FULL][0])
    told("board", await reads(desk, f"{PATH}?which=act&limit=50"), 50, 95)
    told("board_state", await reads(desk, f"{PATH}?state=held-part&limit=50"), 50, 95)
    told("board_200", await reads(desk, f"{PATH}?which=act&limit=200"), 50, 95)
    counted = await reads(desk, "/api/v1/payments/statistics", 5)
    told("statistics", counted, 50)
    told("draft", await drafted(port, made, number + 10), 50, 95)
    told("send", await sent(port, made, "XD", alone), 50, 95)
    streams = Streams(port)
    await streams.start(made)
    idle, start = cpu_ms(process), time.perf_counter()
    await asyncio.sleep(3)
    idle, before = (cpu_ms(process) - idle) / (time.perf_counter() - start), cpu_ms(process)
    start = time.perf_counter()
    ordinary, full = await arrivals(port, made, streams, sends)
    spent = cpu_ms(process) - before - idle * (time.perf_counter() - start)
    figures |= {"streams_cpu_percent": idle / 10, "arrival_cpu_ms": spent / len(sends)}
    told("arrival", ordinary, 50, 95, 99)
    told("arrival_full", full, 50, 95, 99)
    figures |= {"sends": len(sends), "streams": streams.open, "rung": streams.rung}
    figures["copies_intercepts"], figures["copies_merges"] = await copies(port, made, number)
    streams.stop()
    return figures


def main() -> None:
    board, seconds, workers = ([int(a) for a in sys.argv[1:]] + [10_000, 30, 1][len(sys.argv) - 1 :])[:3]
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="entente-bench-intercepts-") as folder:
        home = Path(folder)
        made = make(home, 0)
        with closing(open_house(Settings(data=home))) as house:
            offices = Offices.opened(house)
            before, start = store_bytes(home), time.perf_counter()
            offices.fill(board)
            took, grown = time.perf_counter() - start, store_bytes(home) - before
            print(f"{board:,} intercepts on {FULL}'s board in {took:.0f} s", flush=True)
            pairs = [tuple(chance.sample(BUREAUS, 2)) for _ in range(STEADY * seconds)]
            sends: Sends = []
            for code in BUREAUS:
                to = [receiver for sender, receiver in pairs if sender == code]
                ids = offices.approved(code, to)
                sends += [(code, receiver, id) for receiver, id in zip(to, ids, strict=True)]
            chance.shuffle(sends)
            alone = offices.approved("XD", [FULL] * ALONE)
            number = offices.made + 1
        figures: dict[str, float] = {"board": board, "workers": workers}
        with serving(home, workers, key_rate="100000", officer_rate="100000") as (port, process):
            until_answered(port, request_bytes("GET", "/api/v1/me", made.keys["XA"][0]), 300)
            if read := page(port, made.session, "/payments"):
                figures |= {"page_p50_ms": at(read, 50), "page_p95_ms": at(read, 95)}
            figures |= asyncio.run(run(port, process.pid, made, sends, alone, number))
        figures |= {"body_bytes": body_bytes(home), "store_bytes_each": grown / board}
        figures["fill_ms_each"] = took / board * 1e3
    for name, value in figures.items():
        print(f"{name:28} {value:12,.2f}")
    print(*(f"{name}={value:.6g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
