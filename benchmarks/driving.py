"""Drives a house over HTTP from outside: a server process, and an open-loop load on raw sockets.

Open loop: requests fall due at moments drawn beforehand, whatever the server does, and a latency counts
from the moment a request was due. A server that stalls is charged for everybody who would have come.
"""

import asyncio
import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PURPOSES = ("identify", "wanted", "locate", "border")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def search_bytes(key: str, text: str, purpose: str = "identify", limit: int = 20) -> bytes:
    """A whole search as it goes over the line."""
    body = json.dumps({"text": text, "limit": limit}).encode()
    return request_bytes("POST", "/api/v1/search", key, body, purpose)


def request_bytes(
    method: str,
    path: str,
    key: str,
    body: bytes = b"",
    purpose: str = "identify",
    media: str = "application/json",
) -> bytes:
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
        f"Entente-Purpose: {purpose}\r\nEntente-Justification: benchmark\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def serving(data: Path, workers: int = 1, **settings: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """A server process on a free port; (port, process). It may not answer yet: see `until_answered`."""
    port = free_port()
    env = {
        **os.environ,
        "ENTENTE_DATA": str(data),
        **{f"ENTENTE_{k.upper()}": v for k, v in settings.items()},
    }
    command = [sys.executable, "-m", "entente.cli", "serve", "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(command, env=env)
    try:
        yield port, process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(port: int, request: bytes, timeout_s: float = 30.0) -> tuple[int, bytes]:
    """One request on a connection of its own: (status, body)."""
    with socket.create_connection(("127.0.0.1", port), timeout_s) as line:
        line.sendall(request)
        data = b""
        while not (whole := _answer(data)):
            more = line.recv(1 << 16)
            if not more:
                raise ConnectionError("the server hung up")
            data += more
        return whole[0], data[whole[1] : whole[2]]


def until_answered(port: int, request: bytes, timeout_s: float = 60.0) -> float:
    """Seconds until the request is answered with 200. Raises TimeoutError."""
    start = time.perf_counter()
    while time.perf_counter() - start < timeout_s:
        try:
            if ask(port, request)[0] == 200:
                return time.perf_counter() - start
        except (ConnectionError, TimeoutError):
            pass
        time.sleep(0.01)
    raise TimeoutError("the server does not answer")


def _answer(data: bytes) -> tuple[int, int, int] | None:
    """(status, where the body starts, where it ends) once an answer is whole."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    at = head.find(b"content-length:")
    size = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    whole = end + 4 + size
    return (int(data[9:12]), end + 4, whole) if len(data) >= whole else None


@dataclass(slots=True)
class Measured:
    """Latencies in milliseconds, in the order in which requests fell due; answers that were not 200."""

    latencies: list[float] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def of(self, tag: int | None = None) -> list[float]:
        return sorted(v for v, t in zip(self.latencies, self.tags, strict=True) if tag is None or t == tag)

    def at(self, percent: float, tag: int | None = None) -> float:
        values = self.of(tag)
        return values[min(len(values) - 1, int(len(values) * percent / 100))] if values else float("nan")

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class _Line(asyncio.Protocol):
    """One kept-alive connection, one request at a time; opened again when the server ends it."""

    def __init__(self, load: "_Load") -> None:
        self.load, self.data = load, b""
        self.asked: tuple[float, bytes, int] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.load.ready(self)

    def send(self, due: float, request: bytes, tag: int) -> None:
        assert self.transport is not None
        self.asked, self.data = (due, request, tag), b""
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.data += data
        if whole := _answer(self.data):
            self.load.done(self, whole[0])

    def connection_lost(self, _exc: Exception | None) -> None:
        self.load.lost(self)


class _Load:
    def __init__(self, port: int, count: int) -> None:
        self.port = port
        self.opening: list[asyncio.Future[None]] = []
        self.idle: deque[_Line] = deque()
        self.waiting: deque[tuple[float, bytes, int]] = deque()
        self.measured = Measured()
        self.left = count
        self.finished = asyncio.Event()

    def due(self, moment: float, request: bytes, tag: int) -> None:
        if self.idle:
            self.idle.pop().send(moment, request, tag)
        else:
            self.waiting.append((moment, request, tag))

    def ready(self, line: _Line) -> None:
        if self.waiting:
            line.send(*self.waiting.popleft())
        else:
            self.idle.append(line)

    def done(self, line: _Line, status: int) -> None:
        assert line.asked is not None
        due, _, tag = line.asked
        line.asked = None
        self.measured.latencies.append((time.perf_counter() - due) * 1e3)
        self.measured.tags.append(tag)
        self.measured.failed += status != 200
        self.left -= 1
        if not self.left:
            self.finished.set()
        self.ready(line)

    def lost(self, line: _Line) -> None:
        """The server ends what is idle for five seconds; what was on its way then is asked once more."""
        if self.finished.is_set():
            return
        if line.asked:
            self.waiting.appendleft(line.asked)
        else:
            self.idle.remove(line)
        self.opening.append(asyncio.ensure_future(self.open()))

    async def open(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: _Line(self), "127.0.0.1", self.port)


async def _drive(port: int, requests: Sequence[tuple[bytes, int]], rate: float, lines: int) -> Measured:
    load = _Load(port, len(requests))
    for _ in range(lines):
        await load.open()
    chance = random.Random(11)
    start = moment = time.perf_counter() + 0.05
    for request, tag in requests:
        moment += chance.expovariate(rate)
        while (early := moment - time.perf_counter()) > 0.0005:
            await asyncio.sleep(early)
        load.due(moment, request, tag)
        if load.waiting:
            await asyncio.sleep(0)
    await asyncio.wait_for(load.finished.wait(), 60)
    load.measured.seconds = time.perf_counter() - start
    for line in load.idle:
        assert line.transport is not None
        line.transport.close()
    return load.measured


def drive(port: int, requests: Sequence[tuple[bytes, int]], rate: float, lines: int = 64) -> Measured:
    """Send (request, tag) at this rate a second on average, in Poisson intervals, over so many lines."""
    gc.collect()
    gc.disable()
    try:
        return asyncio.run(_drive(port, requests, rate, lines))
    finally:
        gc.enable()


def table(rows: Sequence[tuple[str, Measured, int | None]]) -> None:
    heads = " ".join(f"{head:>8}" for head in ("rate/s", "p50 ms", "p95 ms", "p99 ms", "max ms"))
    print(f"{'':34} {'n':>7} {heads} {'failed':>6}")
    for name, m, tag in rows:
        values = m.of(tag)
        at = " ".join(f"{m.at(p, tag):8.1f}" for p in (50, 95, 99, 100))
        print(f"{name:34} {len(values):7} {len(values) / m.seconds:8.1f} {at} {m.failed:6}")
