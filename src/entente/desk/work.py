"""The work behind the answers: index, journal, silent hits, jobs. One process of the house does it."""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from traceback import format_tb
from typing import Any

import structlog

from entente.desk import columning, indexer, likening, retention, templating, watching
from entente.desk.house import House
from entente.desk.sequencer import Sequencer
from entente.engines import segments, text

log = structlog.get_logger()
MOST_TRIES = 8
TOLD_OUTSIDE = "webhook"
"""Jobs that wait for systems outside: a duty of their own takes them, so that none of these holds up ours."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A step to repeat: until it says there is nothing to do, then again after `pause_s` (or a signal)."""

    name: str
    step: Callable[[], object]
    pause_s: float
    signal: str = ""


Jobs = Mapping[str, Callable[[House, Mapping[str, Any]], None]]
"""What each job does, by its name; rooms bring their own (app.py puts them together)."""


def duties(house: House, sequencer: Sequencer, jobs: Jobs | None = None) -> list[Duty]:
    return [
        Duty("index", lambda: indexer.step(house), 0.25, "changed"),
        Duty("likenesses", lambda: likening.step(house), 0.25, "changed"),
        Duty("templates", lambda: templating.step(house), 0.25, "changed"),
        Duty("figures", lambda: columning.step(house), 0.25, "changed"),
        Duty("journal", sequencer.fold, 1.0),
        Duty("jobs", lambda: run_job(house, jobs), 1.0, "changed"),
        Duty("retention", lambda: retention.daily(house), 60.0),
    ]


def watch(house: House) -> list[Duty]:
    """The silent pass: it asks every question a second time, so that a process of its own does it."""
    return [Duty("watch", lambda: watching.catch_up(house), 5.0)]


def run_job(house: House, jobs: Jobs | None = None) -> bool:
    """Do the next due job; a failing one comes back later, and after many tries is put aside."""
    with house.bookkeeping() as tx:
        job = tx.jobs.take(house.clock(), but=TOLD_OUTSIDE)
    if job is None:
        return False
    try:
        (jobs or retention.JOBS)[job.name](house, job.payload)
    except Exception as error:
        log.error("job failed", job=job.name, tries=job.tries, **told(error))
        again = house.clock() + timedelta(seconds=2**job.tries) if job.tries < MOST_TRIES else None
        with house.bookkeeping() as tx:
            tx.jobs.fail(job.id, type(error).__name__, again)
        return True
    with house.bookkeeping() as tx:
        tx.jobs.done(job.id)
    return True


def told(error: Exception) -> dict[str, str]:
    """What a log may say of an exception: its type and where, never its text or a variable (a record's)."""
    return {"error": type(error).__name__, "trace": "".join(format_tb(error.__traceback__))}


def do_all(duties: Sequence[Duty]) -> None:
    """Everything there is to do, now, in this thread (tests, the command line, a drill)."""
    busy = True
    while busy:
        busy = sum(bool(d.step()) for d in duties) > 0


class Workshop:
    """Threads that do duties while this process holds their lock; when it ends, another takes over.

    `patience_s`: how long to leave the lock to a process that is meant to have it.
    """

    def __init__(self, house: House, duties: Sequence[Duty], lock: Path, patience_s: float = 0.0) -> None:
        self._house, self._lock_path = house, lock
        self._duties, self._patience_s = duties, patience_s
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._wait_for_turn, name="work", daemon=True)]

    def start(self) -> None:
        self._threads[0].start()

    def stop(self) -> None:
        self._stop.set()
        for duty in self._duties:
            if duty.signal:
                self._house.signals.tell(duty.signal)
        for thread in self._threads:
            thread.join(timeout=10)

    def _wait_for_turn(self) -> None:
        self._lock_path.parent.mkdir(parents=True, exist_ok=True)
        self._stop.wait(self._patience_s)
        with self._lock_path.open("a") as held:
            while not self._stop.is_set():
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    self._stop.wait(1.0)
            workers = [
                threading.Thread(target=self._repeat, args=(d,), name=d.name, daemon=True)
                for d in self._duties
            ]
            for w in workers:
                w.start()
            for w in workers:
                w.join()

    def _repeat(self, duty: Duty) -> None:
        while not self._stop.is_set():
            try:
                busy = duty.step()
            except Exception as error:
                log.error("duty failed", duty=duty.name, **told(error))
                self._stop.wait(1.0)
                continue
            if busy and duty.name != "watch":
                continue
            if duty.signal:
                self._house.signals.hear(duty.signal, duty.pause_s)
            else:
                self._stop.wait(duty.pause_s)


def settle(house: House, timeout_s: float = 2.0) -> None:
    """Wait until the indexes show what was committed before, so that the very next question finds it.

    Columns are not waited for: what the engine lacks, they have from the store.
    """
    with house.store.reading() as tx:
        newest = tx.upkeep.newest()
    until = time.monotonic() + timeout_s
    while not _shows(house, newest) and time.monotonic() < until:
        time.sleep(0.01)


def _shows(house: House, place: int) -> bool:
    try:
        return all(engine.watermark() >= place for engine in (house.text, house.vectors, house.galleries))
    except (text.Corrupt, segments.Corrupt):  # the duties make it again; what was committed stands
        return False


@contextmanager
def held(lock: Path) -> Iterator[bool]:
    """Hold the lock of the house's work, if no other process does; tells whether it is held."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def catch_up_unless_served(house: House, lock: Path, jobs: Jobs | None = None) -> None:
    """Bring the indexes up to date in this process, unless another one holds the lock and does it."""
    with held(lock) as alone:
        while alone and run_job(house, jobs):
            pass
        if alone:
            indexer.catch_up(house)
            likening.catch_up(house)
            templating.catch_up(house)
            columning.catch_up(house)
