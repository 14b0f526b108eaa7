"""Signals inside one process."""

from threading import Condition, Lock

from entente.engines.seams import Signals


class _Topic:
    def __init__(self, lock: Lock) -> None:
        self.told = Condition(lock)
        self.count = 0
        self.text = ""
        self.listeners = 0


class InProcessSignals:
    """A condition for each topic that somebody listens to; topics without listeners cost nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._topics: dict[str, _Topic] = {}

    def tell(self, topic: str, text: str = "") -> None:
        """Wake all who listen now; whoever comes later has missed it."""
        with self._lock:
            if (heard := self._topics.get(topic)) is not None:
                heard.count += 1
                heard.text = text
                heard.told.notify_all()

    def hear(self, topic: str, timeout_s: float) -> str | None:
        """The text of the newest signal told since the call began."""
        with self._lock:
            heard = self._topics.setdefault(topic, _Topic(self._lock))
            before = heard.count
            heard.listeners += 1
            try:
                told = heard.told.wait_for(lambda: heard.count != before, timeout_s)
                return heard.text if told else None
            finally:
                heard.listeners -= 1
                if not heard.listeners:
                    del self._topics[topic]


def open_signals(url: str) -> Signals:
    """`inprocess:`. Raises ValueError for another form."""
    if url == "inprocess:":
        return InProcessSignals()
    raise ValueError(f"no signals at {url!r}: use inprocess:")
