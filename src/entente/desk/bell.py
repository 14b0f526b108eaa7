"""The bell: tells who keeps a page open that one of his lists holds something new, within a moment.

What rings is decided in the listener's own view: the newest thing of a list that he may see, and nothing
else. It looks at fixed moments, five times a second, whatever happens in the house: another process'
commits are found like those of this one, and what a listener may not see neither causes, hastens nor
suppresses his news. One thread a process, while anybody listens.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain

import structlog

from entente.core.access import Asker, Decision, Handling, decide
from entente.core.problems import Problem, TooMany
from entente.desk.house import House
from entente.desk.sitting import Desk
from entente.engines.seams import Transaction

TICK_S = 0.2
PAUSE_S = 1.0
"""How long the bell leaves a store alone that does not answer."""
BEAT_S = 15.0
"""How often a listener is admitted anew, and a silent line is shown to be alive."""
LASTS_S = 600.0
"""After this a listener is sent away, to come again: what a process holds of him is never old."""
MOST_AT_ONCE = 5
"""Listeners of one credential in a process."""
MOST_LOOKS = 5
"""In one tick, when somebody's rights move between the look and the news of it."""
_PAGE = 500

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Box:
    """A list that a bureau works in: things of these kinds that carry `<key>:<bureau>`."""

    name: str
    kinds: tuple[str, ...]
    keys: tuple[str, ...]


News = tuple[str, ...]
"""The names of the boxes in which something is new; none of them: the line is alive."""


@dataclass(eq=False, slots=True)
class Listener:
    """An open page. `who` admits anew (raises a Problem to send him away); `tell(None)` is the end.

    Both are called in the bell's thread and must not wait. `since`: the place up to which he knows all.
    """

    credential: str
    who: Callable[[], Asker]
    tell: Callable[[News | None], None]
    asker: Asker
    since: int
    came: float = field(default_factory=time.monotonic)
    beaten: float = field(default_factory=time.monotonic)


class Bell:
    """Made once a process; `boxes` are the lists that ring."""

    def __init__(self, house: House, boxes: Sequence[Box]) -> None:
        self._house, self._boxes = house, boxes
        self._kinds = sorted({kind for box in boxes for kind in box.kinds})
        self._listeners: dict[Listener, None] = {}
        self._lock = threading.Lock()
        self._over = False
        self._thread: threading.Thread | None = None
        self._epoch = -1

    def listen(self, listener: Listener) -> None:
        """Let somebody hear the bell until `leave`. Raises TooMany."""
        with self._lock:
            if sum(other.credential == listener.credential for other in self._listeners) >= MOST_AT_ONCE:
                raise TooMany(f"At most {MOST_AT_ONCE} pages of one session are told of news at once.")
            self._listeners[listener] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.pop(listener, None)

    def end(self) -> None:
        """Send everybody away within a tick, for the server stops. Takes no lock: a signal may call it."""
        self._over = True

    def stop(self) -> None:
        """End, and wait for the bell's thread."""
        self.end()
        if (thread := self._thread) is not None:
            thread.join()

    def _run(self) -> None:
        while not self._over and self._heard():
            try:
                self.look()
            except Exception as error:  # the store does not answer: look again, and tell no more than that
                log.error("the bell could not look", kind=type(error).__name__)
                time.sleep(PAUSE_S)
            time.sleep(TICK_S)
        for listener in self._present():
            self._send_away(listener)

    def _heard(self) -> bool:
        """Whether anybody listens; the thread ends where nobody does, and the next to come starts another."""
        with self._lock:
            if not self._listeners:
                self._thread = None
            return bool(self._listeners)

    def look(self) -> None:
        """One tick: what is new for whom, who may not listen any more, whose line was silent for long."""
        for _ in range(MOST_LOOKS):
            if self._told_all():
                break
        now = time.monotonic()
        for one in self._present():
            if now - one.came >= LASTS_S:
                self._send_away(one)
            elif now - one.beaten >= BEAT_S and self._admit(one):
                one.beaten = now
                one.tell(())

    def _told_all(self) -> bool:
        """Tell whom something is new for. False when somebody's rights moved meanwhile: nothing was told."""
        with self._house.store.reading() as tx:
            epoch = tx.classes.epoch()
        if epoch != self._epoch:
            for one in self._present():
                self._admit(one)
            self._epoch = epoch
        listeners = self._present()
        with self._house.store.reading() as tx:
            if tx.classes.epoch() != epoch:
                return False
            newest = tx.upkeep.newest()
            news = self._news(tx, listeners, newest)
        before = {one: one.asker for one in news}
        rung = [one for one in news if self._admit(one)]
        if any(one.asker != before[one] for one in rung):
            return False
        for one in listeners:
            one.since = newest
        for one in rung:
            one.tell(news[one])
        return True

    def _news(self, tx: Transaction, listeners: Sequence[Listener], newest: int) -> dict[Listener, News]:
        """The boxes of each listener that hold something newer than what he knows of."""
        since = min((one.since for one in listeners), default=newest)
        changed = self._changed(tx, since) if newest > since else set()
        tops: dict[Asker, dict[str, int]] = {}
        news = {}
        for one in listeners if changed else ():
            sight = _sight(one.asker)
            if sight not in tops:
                tops[sight] = self._tops(tx, sight, changed)
            if new := tuple(name for name, place in tops[sight].items() if place > one.since):
                news[one] = new
        return news

    def _changed(self, tx: Transaction, since: int) -> set[tuple[str, Handling]]:
        """Of which kinds and handlings something was kept: what spares most listeners a look."""
        changed: set[tuple[str, Handling]] = set()
        while page := tx.upkeep.changes(since, _PAGE, self._kinds):
            changed |= {(c.thing.kind, c.thing.handling) for c in page if c.thing}
            since = page[-1].place
        return changed

    def _tops(self, tx: Transaction, asker: Asker, changed: Iterable[tuple[str, Handling]]) -> dict[str, int]:
        """The place of the newest thing of each box that may hold something new for this asker."""
        kinds = {kind for kind, handling in changed if decide(asker, handling) is Decision.FULL}
        desk = Desk(self._house, asker, tx, writing=False)
        tops = {}
        for box in (b for b in self._boxes if kinds.intersection(b.kinds)):
            listed = (desk.table(box.kinds, key=f"{key}:{asker.bureau}", limit=1) for key in box.keys)
            tops[box.name] = max((place for place, _ in chain.from_iterable(listed)), default=0)
        return tops

    def _admit(self, listener: Listener) -> bool:
        """Whether he may still listen; who may not is sent away at once."""
        try:
            listener.asker = listener.who()
            return True
        except Problem:
            pass
        except Exception as error:  # one who cannot be read must not keep the others from hearing
            log.error("a listener could not be admitted", kind=type(error).__name__)
        self._send_away(listener)
        return False

    def _send_away(self, listener: Listener) -> None:
        self.leave(listener)
        with suppress(RuntimeError):  # his event loop is gone, and he with it
            listener.tell(None)

    def _present(self) -> list[Listener]:
        with self._lock:
            return list(self._listeners)


def _sight(asker: Asker) -> Asker:
    """All who see the same share one look: nothing that the rule does not read is left in."""
    return replace(asker, officer="", justification="", roles=frozenset())
