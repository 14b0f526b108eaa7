"""The door of the house: turns a session or a key into an officer, at every request anew.

What it learned is remembered for one policy epoch only, so that a revoked session, officer or key
is refused at its very next request.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from entente.core.problems import NotSignedIn, TooMany
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import signing_in
from entente.rooms.bureaus.askers import as_he_stands
from entente.rooms.bureaus.model import Officer

_MOST_KNOWN = 10_000
_LEAST_AT_ONCE = 10.0
"""However slow the rate: a page asks for several things, a person mistypes his password."""
_HELD_LATELY_S = 1.0


@dataclass(slots=True)
class _Known:
    officer: Officer
    epoch: int
    seen: datetime
    told: datetime
    until: datetime
    held_at: float = 0.0
    """When the store last said that it holds, by the monotonic clock."""


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` requests a second on average; three times as many at once, but ten at least."""

    rate: float
    left: float
    at: float

    def take(self, now: float) -> float:
        """Take one; returns 0, or how many seconds to wait for it."""
        self.left = min(most_at_once(self.rate), self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left < 1:
            return (1 - self.left) / self.rate
        self.left -= 1
        return 0.0


def most_at_once(rate: float) -> float:
    return max(rate * 3, _LEAST_AT_ONCE)


class Door:
    """One a process. `officer_rate` and `key_rate`: requests a second. Cost is counted on the request."""

    def __init__(self, house: House, officer_rate: float, key_rate: float, idle_minutes: int) -> None:
        self._house = house
        self._rates = {False: officer_rate, True: key_rate}
        self._idle = timedelta(minutes=idle_minutes)
        self._tell_every = self._idle / 6
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, session: str = "", key: str = "", by_itself: bool = False) -> Officer:
        """The officer behind a session token or a key; one request of his. Raises NotSignedIn, TooMany.

        `by_itself`: a page asks without its officer, which is no sign that he is there.
        """
        known = self._admitted(session, key)
        now = self._house.clock()
        if not by_itself:
            known.seen = now
            if session and now - known.told > self._tell_every:
                known.told = now
                self._tell_seen(session)
        self.limit(known.officer.id, self._rates[known.officer.machine])
        return known.officer

    def check(self, session: str = "", key: str = "") -> Officer:
        """Who would be admitted, without a request of his: nothing is counted. Raises NotSignedIn."""
        return self._admitted(session, key).officer

    def knew(self, session: str = "", key: str = "") -> bool:
        """Whether a credential held within the last second, by memory alone: for who asks before the handler
        does. It lets nobody in: whoever is admitted is looked up."""
        with self._lock:
            known = self._known.get(_named(session, key))
        if known is None or time.monotonic() - known.held_at > _HELD_LATELY_S:
            return False
        now = self._house.clock()
        return now < known.until and not (session and now - known.seen > self._idle)

    def _admitted(self, session: str, key: str) -> _Known:
        credential = _named(session, key)
        if not session and not key:
            raise NotSignedIn()
        with self._house.store.reading() as tx:
            epoch = tx.classes.epoch()
        now = self._house.clock()
        with self._lock:
            known = self._known.get(credential)
        if (
            known is None
            or known.epoch != epoch
            or known.until <= now
            or (session and now - known.seen > self._idle)
        ):
            try:
                known = self._learn(session, key, epoch, known)
            except NotSignedIn:
                self._forget(credential)
                raise
        known.held_at = time.monotonic()
        return known

    def limit(self, who: str, rate: float) -> None:
        """Count one request of somebody. Raises TooMany."""
        now = time.monotonic()
        with self._lock:
            bucket = self._buckets.setdefault(who, Bucket(rate, most_at_once(rate), now))
            self._buckets.move_to_end(who)
            if len(self._buckets) > _MOST_KNOWN:
                self._buckets.popitem(last=False)
            wait_s = bucket.take(now)
        if wait_s:
            problem = TooMany(f"At most {rate:g} a second on average.")
            problem.retry_after = ceil(wait_s)  # type: ignore[attr-defined]  # read by web.problems
            raise problem

    def _learn(self, session: str, key: str, epoch: int, before: _Known | None) -> _Known:
        with self._house.store.reading() as tx:
            desk = Desk(self._house, HOUSE_ASKER, tx, writing=False)
            if session:
                officer, kept = signing_in.by_session(desk, session)
                until = signing_in.moment(kept.first("until"))
                told = signing_in.moment(kept.first("seen"))
                seen = max(told, before.seen) if before else told
                if desk.now - seen > self._idle:
                    raise NotSignedIn("You were away for a while; sign in again.")
            else:
                officer = signing_in.by_key(desk, key)
                until = datetime(desk.today.year, desk.today.month, desk.today.day, tzinfo=UTC) + timedelta(
                    days=1
                )
                seen = told = desk.now
            officer = as_he_stands(desk, officer)
        known = _Known(officer, epoch, seen, told, until)
        with self._lock:
            self._known[_named(session, key)] = known
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return known

    def _forget(self, credential: str) -> None:
        with self._lock:
            self._known.pop(credential, None)

    def _tell_seen(self, session: str) -> None:
        """Keep that the session is in use, so that another process (or a restart) knows too."""
        with sit(self._house, HOUSE_ASKER, writing=True) as desk:
            signing_in.touch(desk, session)


def _named(session: str, key: str) -> str:
    return f"s{session}" if session else f"k{key}"
