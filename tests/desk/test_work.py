"""The work behind the answers: jobs are tried again, one process works, stopping is quick."""

import fcntl
import threading
import time
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from entente.desk import House, indexer, retention
from entente.desk import work as duties
from entente.desk.sequencer import Sequencer, new_key, signer
from entente.desk.work import Workshop, catch_up_unless_served, run_job, settle
from rooms.scene import Scene
from worlds.stage import Clock


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with capture_logs():
        yield


def _sequencer(house: House) -> Sequencer:
    return Sequencer(house.store, signer(new_key()), house.clock, "stage")


def _add(house: House, name: str) -> None:
    with house.bookkeeping() as tx:
        while job := tx.jobs.take(house.clock()):
            tx.jobs.done(job.id)
        tx.jobs.add(name, {"what": 1})


# --- jobs ----------------------------------------------------------------------------------------


def test_a_job_is_done_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Mapping[str, Any]] = []
    monkeypatch.setattr(retention, "JOBS", {"do": lambda _house, payload: done.append(payload)})
    _add(house, "do")
    assert [run_job(house) for _ in range(3)] == [True, False, False]
    assert done == [{"what": 1}]


def test_a_failing_job_comes_back_later_and_later_and_is_put_aside_at_last(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def fail(_house: House, _payload: object) -> None:
        tried.append(clock.now.timestamp())
        raise ZeroDivisionError

    monkeypatch.setattr(retention, "JOBS", {"do": fail})
    _add(house, "do")
    for _ in range(2000):
        run_job(house)
        clock.forward(seconds=1)
    waits = [int(b - a) for a, b in pairwise(tried)]
    assert waits == sorted(waits)
    assert len(tried) in (duties.MOST_TRIES, duties.MOST_TRIES + 1)
    with house.store.reading() as tx:
        ((job, why),) = tx.jobs.failed()
    assert (job.name, why) == ("do", "ZeroDivisionError")


def test_a_job_of_an_unknown_name_is_put_aside_like_any_other(house: House, clock: Clock) -> None:
    _add(house, "nonsense")
    for _ in range(12):
        run_job(house)
        clock.forward(hours=1)
    with house.store.reading() as tx:
        assert [why for _, why in tx.jobs.failed()] == ["KeyError"]


# --- the workshop --------------------------------------------------------------------------------


def _until(done: Any, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(done())


def _all(house: House) -> list[duties.Duty]:
    return [*duties.duties(house, _sequencer(house)), *duties.watch(house)]


def _names() -> list[str]:
    return [
        t.name
        for t in threading.enumerate()
        if t.name in ("index", "likenesses", "journal", "watch", "jobs", "retention")
    ]


def test_one_workshop_works_and_another_takes_over_when_it_stops(house: House, tmp_path: Path) -> None:
    first, second = (Workshop(house, _all(house), tmp_path / "work.lock") for _ in "12")
    first.start()
    assert _until(lambda: len(_names()) == 6)
    second.start()
    time.sleep(0.05)
    assert len(_names()) == 6
    start = time.monotonic()
    first.stop()
    assert time.monotonic() - start < 5
    assert _until(lambda: len(_names()) == 6)
    second.stop()
    assert _until(lambda: not _names())


def test_a_duty_that_fails_is_tried_again(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def step(_house: House) -> int:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("no room")
        return 0

    monkeypatch.setattr(indexer, "step", step)
    workshop = Workshop(house, _all(house), tmp_path / "work.lock")
    workshop.start()
    assert _until(lambda: len(tried) > 1)
    workshop.stop()


def test_a_load_indexes_by_itself_unless_a_server_does(
    house: House, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed: list[str] = []
    monkeypatch.setattr(indexer, "catch_up", lambda _house: indexed.append("here"))
    lock = tmp_path / "work.lock"
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        catch_up_unless_served(house, lock)
    assert indexed == []
    catch_up_unless_served(house, lock)
    assert set(indexed) == {"here"}


def test_settling_waits_for_the_index_and_not_for_ever(house: House, scene: Scene) -> None:
    scene.contribute()
    start = time.monotonic()
    settle(house)
    assert time.monotonic() - start < 0.5
    house.text.wipe()
    start = time.monotonic()
    settle(house, timeout_s=0.05)
    assert 0.05 <= time.monotonic() - start < 1
