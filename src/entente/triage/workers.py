"""Workers: processes that read files. One that dies or falls silent costs a file, never the run."""

import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from entente.triage.confining import bare
from entente.triage.worker import LENGTH

SILENCE_S = 90.0
"""A worker that says nothing for so long hangs."""
_WAITING = 64


class Outcome(NamedTuple):
    """What is known of a file: `media` is image, video, archive, other, or "" where it could not be read."""

    path: bytes
    fields: dict[str, Any]
    why: str


class Died(Exception):
    """The worker ended or was ended; the text says how, `known` is what it had told before."""

    def __init__(self, how: str, known: dict[str, Any]) -> None:
        super().__init__(how)
        self.known = known


class Worker:
    """One process. `ask` raises Died, after which the worker is gone."""

    def __init__(self, silence: float = SILENCE_S) -> None:
        self._silence = silence
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "entente.triage.worker",
            ],  # -P: no module of the folder it is called in
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare(os.environ),
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the one who counts; it ends them
        )
        self._rest = b""

    def ask(self, path: bytes) -> tuple[dict[str, Any], str]:
        """The fields of a file and a remark, "" when all is well."""
        known: dict[str, Any] = {}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(LENGTH.pack(len(path)) + path)
            while True:
                said = json.loads(self._line())
                if "read" in said:
                    known = said["read"]
                if "end" in said:
                    return {**known, **said["end"]["fields"]}, str(said["end"]["why"])
        except Died as died:
            self.end()
            raise Died(str(died), known) from None
        except (OSError, ValueError):
            self.end()
            raise Died("worker ended", known) from None

    def _line(self) -> bytes:
        out = self._process.stdout
        assert out is not None
        parts = [self._rest]
        until = time.monotonic() + self._silence
        while b"\n" not in parts[-1]:
            left = until - time.monotonic()
            if left <= 0 or not select.select([out], [], [], left)[0]:
                raise Died(f"hung: nothing for {self._silence:.0f} s", {})
            block = os.read(out.fileno(), 1 << 16)
            if not block:
                raise Died(self._ended(), {})
            parts.append(block)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _ended(self) -> str:
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "worker ended"
        if code == -signal.SIGXCPU:
            return "took more computing time than is allowed"
        with suppress(ValueError):
            return f"decoder broke its worker ({signal.Signals(-code).name})"
        return f"decoder broke its worker ({code})"

    def end(self) -> None:
        """At once; a worker that waits for a broken disk may stay for as long as the disk makes it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


def work(folder: bytes, paths: Iterable[bytes], jobs: int, silence: float = SILENCE_S) -> Iterator[Outcome]:
    """Read files (paths relative to the folder) in `jobs` processes; outcomes as they come."""
    asked: queue.Queue[bytes | None] = queue.Queue(_WAITING)
    told: queue.Queue[Outcome | BaseException | None] = queue.Queue(_WAITING * 4)
    stop = threading.Event()
    current: dict[int, Worker] = {}

    def serve(number: int) -> None:
        try:
            while not stop.is_set() and (path := asked.get()) is not None:
                told.put(_one(folder, path, current, number, silence, stop))
        except BaseException as wrong:
            told.put(wrong)
        finally:
            if number in current:
                current.pop(number).end()
            told.put(None)

    def feed() -> None:
        for path in paths:
            while not stop.is_set():
                with suppress(queue.Full):
                    asked.put(path, timeout=0.2)
                    break
            if stop.is_set():
                return
        for _ in range(jobs):
            asked.put(None)

    threads = [threading.Thread(target=serve, args=(n,), daemon=True) for n in range(jobs)]
    threads.append(threading.Thread(target=feed, daemon=True))
    for thread in threads:
        thread.start()
    left = jobs
    try:
        while left:
            outcome = told.get()
            if outcome is None:
                left -= 1
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                yield outcome
    finally:
        stop.set()
        for worker in list(current.values()):
            worker.end()


def _one(
    folder: bytes,
    path: bytes,
    current: dict[int, Worker],
    number: int,
    silence: float,
    stop: threading.Event,
) -> Outcome:
    """Once, and where the worker died, once more in a new one that has read nothing else."""
    whole = os.path.join(folder, path)
    for last in (False, True):
        if number not in current:
            current[number] = Worker(silence)
        try:
            fields, why = current[number].ask(whole)
        except Died as died:
            del current[number]
            if last or stop.is_set():
                return Outcome(path, died.known, str(died))
        else:
            return Outcome(path, fields, why)
    raise AssertionError("one of the two tries returns")
