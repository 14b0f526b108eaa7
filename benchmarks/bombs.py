"""What it costs the house to refuse what was made to break it: seconds and memory of each bomb.

    python -m benchmarks.bombs [words of a bomb's name or door]

A house with its bureaus is made in a folder for temporary files and served by `entente serve` in a process of
its own, with the settings as they come. Each bomb is sent by an officer on a connection of its own, one after
the other, and once more at the end eight at a time. Memory: how far the peak of the server's resident memory
(VmHWM) rose above what it had before, and beside it the peak of the processes that it started for this bomb
(looked at every 10 ms). Targets of issue 11: refused in 2 s and 256 MiB, never an error of the house (5xx).
The last line is `key=value`.
"""

import http.client
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from benchmarks import bombs_doors, bombs_spoken
from benchmarks.bombs_doors import COMPANY, Door
from benchmarks.bombs_made import BOMBS, Bomb
from benchmarks.driving import serving
from tests.worlds.stage import Person, found, partner

from entente.app import open_house
from entente.settings import Settings

assert bombs_spoken
MOST_S, MOST_MIB = 2.0, 256
AT_ONCE = 8
EVERY_S = 0.01


@dataclass(frozen=True, slots=True)
class Cost:
    bomb: Bomb
    sent: int
    status: int
    seconds: float
    server_mib: float
    children_mib: float


def asked(port: int, who: Person, method: str, path: str, body: bytes, media: str, purpose: str) -> Any:
    """(status, body) of one request of an officer, on a connection of its own."""
    said = f"inquiry_purpose={purpose}; inquiry_justification=benchmark"
    headers = {
        "Content-Type": media,
        "Sec-Fetch-Site": "same-origin",
        "Cookie": f"entente={who.session}; {said}",
        "Entente-Purpose": purpose,
        "Entente-Justification": quote("benchmark"),
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was all sent
            line.request(method, path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.read()


# --- memory --------------------------------------------------------------------------------------


def resident(pid: int, what: str = "VmRSS") -> int:
    """KiB of a process; 0 when it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(what + ":")), 0)


def children(pid: int) -> list[int]:
    """All processes below one."""
    below: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            below += [int(p) for p in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return below
    return below + [q for p in below for q in children(p)]


def called(pid: int) -> bytes:
    """Its command line. One that is about to become another program still has its parent's, and memory."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


class Watch:
    """The memory of a server and of what it starts, from here to its end."""

    def __init__(self, pid: int) -> None:
        self.pid, self.before, self.peak = pid, set(children(pid)), 0
        self._done, self.called = threading.Event(), called(pid)
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew
        self.start = resident(pid)
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._done.wait(EVERY_S):
            new = [p for p in children(self.pid) if p not in self.before and called(p) != self.called]
            self.peak = max(self.peak, sum(map(resident, new)))

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def mib(self) -> tuple[float, float]:
        return (resident(self.pid, "VmHWM") - self.start) / 1024, self.peak / 1024


# --- the run -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """The served house, its doors, and who sends."""

    port: int
    pid: int
    crew: Mapping[str, Person]
    doors: Mapping[str, Door]

    def send(self, bomb: Bomb, body: bytes) -> int:
        door = self.doors[bomb.door]
        who = self.crew["XP office" if door.who == COMPANY else "XA office"]
        path = door.path + (("&" if "?" in door.path else "?") + bomb.query if bomb.query else "")
        media = bomb.media or door.media
        status, _ = asked(self.port, who, door.method, path, body, media, door.purpose)
        return int(status)

    def cost(self, bomb: Bomb) -> Cost:
        body = bomb.make()
        with Watch(self.pid) as watch:
            start = time.perf_counter()
            status = self.send(bomb, body)
            seconds = time.perf_counter() - start
        return Cost(bomb, len(body), status, seconds, *watch.mib)


def made(data: Path) -> dict[str, Person]:
    with closing(open_house(Settings(data=data))) as house:
        return found(house) | partner(house, "XP", "private")


def opened(port: int, crew: Mapping[str, Person]) -> dict[str, Door]:
    def ask(who: str, method: str, path: str, json: Any) -> Any:
        purpose = "analysis" if "/files" in path else "wanted"
        body = orjson.dumps(json) if json is not None else b""
        person = crew[f"XA {who}"]
        status, told = asked(port, person, method, f"/api/v1{path}", body, "application/json", purpose)
        assert status < 300, told
        return orjson.loads(told) if told else None

    return bombs_doors.opened(ask)


def until_answered(port: int) -> None:
    for _try in range(600):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/sign-in")
                line.getresponse().read()
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def fits(cost: Cost) -> bool:
    told = 400 <= cost.status < 500 or (cost.bomb.answer != "refused" and cost.status < 300)
    return told and cost.seconds <= MOST_S and cost.server_mib + cost.children_mib <= MOST_MIB


def main(words: list[str]) -> None:
    chosen = [b for b in BOMBS if all(w in f"{b.door} {b.name}" for w in words)]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        crew = made(data)
        with serving(data, officer_rate="1000000") as (port, process):
            until_answered(port)
            field = Field(port, process.pid, crew, opened(port, crew))
            field.send(BOMBS[0], BOMBS[0].make())
            costs = []
            for bomb in chosen:
                costs.append(cost := field.cost(bomb))
                where = f"{cost.bomb.door}: {cost.bomb.name}"[:74]
                print(
                    f"{' ' if fits(cost) else '!'} {where:<74} {cost.sent / 1024:9.0f} KiB {cost.status} "
                    f"{cost.seconds:6.2f} s {cost.server_mib:6.0f} + {cost.children_mib:4.0f} MiB",
                    flush=True,
                )
            bodies = [(bomb, bomb.make()) for bomb in chosen[:: max(1, len(chosen) // 24)]]
            with Watch(process.pid) as watch, ThreadPoolExecutor(AT_ONCE) as several:
                start = time.perf_counter()
                statuses = list(several.map(lambda one: field.send(*one), bodies))
                together = time.perf_counter() - start
            all_mib = watch.mib
            alive = process.poll() is None
    for (bomb, _body), status in zip(bodies, statuses, strict=True):
        if status >= 500:  # 503 tells that too much is read at once, and when to come again
            print(f"! {bomb.door}: {bomb.name}: {status} when eight are sent at once")
    print(
        f"\n{len(bodies)} of them, {AT_ONCE} at once: {together:.1f} s, "
        f"{all_mib[0]:.0f} + {all_mib[1]:.0f} MiB"
    )
    worst = max(costs, key=lambda c: c.seconds)
    fat = max(costs, key=lambda c: c.server_mib + c.children_mib)
    errors = sum(c.status >= 500 for c in costs) + sum(s >= 500 for s in statuses)
    print(
        f"bombs={len(costs)} within={sum(map(fits, costs))} errors={errors} alive={int(alive)} "
        f"worst_s={worst.seconds:.2f} worst_mib={fat.server_mib + fat.children_mib:.0f} "
        f"server_mib={max(c.server_mib for c in costs):.0f} "
        f"children_mib={max(c.children_mib for c in costs):.0f} together_s={together:.1f} "
        f"together_mib={sum(all_mib):.0f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
