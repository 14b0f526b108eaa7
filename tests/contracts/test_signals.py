"""What every signal engine must do."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from entente.engines.seams import Signals
from entente.engines.signals import open_signals


@pytest.fixture(params=["inprocess:"])
def signals(request: pytest.FixtureRequest) -> Signals:
    return open_signals(request.param)


def tell_until_heard(signals: Signals, topic: str, text: str, heard: list[Future[str | None]]) -> None:
    end = time.monotonic() + 5
    while not all(h.done() for h in heard) and time.monotonic() < end:
        signals.tell(topic, text)
        time.sleep(0.002)


def test_a_signal_wakes_every_listener_of_its_topic(signals: Signals) -> None:
    with ThreadPoolExecutor(3) as pool:
        heard = [pool.submit(signals.hear, "inbox", 5.0) for _ in range(3)]
        tell_until_heard(signals, "inbox", "7", heard)
        assert [h.result() for h in heard] == ["7", "7", "7"]


def test_another_topic_wakes_nobody(signals: Signals) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(signals.hear, "inbox", 0.1)
        tell_until_heard(signals, "outbox", "7", [heard])
        assert heard.result() is None


def test_a_signal_told_before_listening_is_not_heard(signals: Signals) -> None:
    signals.tell("inbox", "old")
    assert signals.hear("inbox", 0.01) is None


def test_waiting_ends_in_time(signals: Signals) -> None:
    start = time.monotonic()
    assert signals.hear("inbox", 0.05) is None
    assert 0.04 < time.monotonic() - start < 2


def test_a_signal_without_text_is_heard_as_empty_text(signals: Signals) -> None:
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(signals.hear, "inbox", 5.0)
        tell_until_heard(signals, "inbox", "", [heard])
        assert heard.result() == ""


def test_an_unknown_url_is_refused() -> None:
    with pytest.raises(ValueError, match="inprocess:"):
        open_signals("carrier-pigeon:")
