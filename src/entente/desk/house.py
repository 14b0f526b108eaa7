"""The house: engines, rules and secrets wired together, one object a process."""

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from entente.core.access import (
    EVERY_ROLE,
    HOUSE,
    HOUSE_ONLY,
    POLICE_PURPOSES,
    Asker,
    Decision,
    Handling,
    Level,
    Purpose,
    View,
    view_of,
)
from entente.core.kinds import Model
from entente.desk.chance import Clock, Ids, Randomness, system_clock
from entente.engines.columns import open_columns
from entente.engines.galleries import open_galleries
from entente.engines.seams import Blobs, Columns, Galleries, Signals, Store, Text, Transaction, Vectors
from entente.engines.vectors import open_vectors

T = TypeVar("T")
HOUSE_ASKER = Asker(
    officer="house",
    bureau=HOUSE,
    purpose=Purpose.DESK,
    justification="the house's own work",
    roles=EVERY_ROLE,
    clearance=Level.CONFIDENTIAL,
    held=frozenset({HOUSE_ONLY}),
)
HOUSE_HANDLING = Handling(owner=HOUSE, see=0, need=frozenset({HOUSE_ONLY}))
"""For what only the house may read: credentials, sessions."""
REMADE = "index/remade until"
"""Note: the change up to which the index must be made again before a search by name is answered."""
_MOST_VIEWS = 4096
Sign = Callable[[bytes], bytes]
"""Signs as the house (Ed25519, with the key that signs the journal): what it states of messages."""


def _nothing_to_sign_with(_text: bytes) -> bytes:
    raise RuntimeError("this house was opened without its key")


@dataclass(slots=True)
class _Views:
    """Views by asker, for one epoch and day; forgotten when either moves on."""

    epoch: int = -1
    today: date = date.min
    classes: Mapping[int, Handling] = field(default_factory=dict)
    remade_until: int = 0
    known: dict[tuple[object, ...], View] = field(default_factory=dict)


class House:
    """What every sitting shares. `desk.sit` is the only way from here to what is kept."""

    def __init__(
        self,
        store: Store,
        text: Text,
        blobs: Blobs,
        signals: Signals,
        model: Model,
        clock: Clock = system_clock,
        randomness: Randomness = secrets.token_bytes,
        sign: Sign = _nothing_to_sign_with,
        public_key: bytes = b"",
        vectors: Vectors | None = None,
        galleries: Galleries | None = None,
        columns: Columns | None = None,
    ) -> None:
        self.vectors = vectors or open_vectors("memory:")
        self.galleries = galleries or open_galleries("memory:")
        self.columns = columns or open_columns("memory:")
        self.store, self.text, self.blobs, self.signals = store, text, blobs, signals
        self.model, self.clock, self.randomness = model, clock, randomness
        self.sign, self.public_key = sign, public_key
        self.ids = Ids(self._secret(), randomness)
        self._views = _Views()
        self._made: dict[str, tuple[int, object]] = {}
        self._lock = threading.Lock()

    def _secret(self) -> bytes:
        with self.store.reading() as tx:
            known = tx.notes.read("secret")
        if known is None:
            with self.store.writing() as tx:
                known = tx.notes.read("secret")
                if known is None:
                    known = self.randomness(32).hex()
                    tx.notes.write("secret", known)
        return bytes.fromhex(known)

    @property
    def secret(self) -> bytes:
        return self.ids.secret

    def view(
        self, tx: Transaction, asker: Asker, want: Decision = Decision.FULL, settled: bool = True
    ) -> View:
        """The asker's view, as of this transaction. Cached by epoch, day and what `decide` looks at.

        `settled` is false in a writing transaction: what it sees may yet be undone, so that nothing
        computed from an epoch that is not committed is remembered.
        """
        with self._lock:
            views = self._current(tx, settled)
            who = (
                asker.bureau,
                asker.purpose,
                asker.active,
                asker.clearance,
                asker.held,
                asker.discreet,
                asker.reviewer,
                want,
            )
            view = views.known.get(who)
            if view is None:
                if len(views.known) >= _MOST_VIEWS:
                    views.known.clear()
                view = views.known[who] = view_of(asker, views.classes, views.today, want)
            return view

    def classes(self, tx: Transaction, settled: bool = True) -> Mapping[int, Handling]:
        with self._lock:
            return self._current(tx, settled).classes

    def index_is_remade(self, tx: Transaction, settled: bool = True) -> bool:
        """Whether the index was thrown away and does not yet hold again what it held."""
        with self._lock:
            until = self._current(tx, settled).remade_until
        return until > 0 and self.text.watermark() < until

    def once_an_epoch(self, tx: Transaction, name: str, make: Callable[[], T], settled: bool = True) -> T:
        """What is the same for every asker until the next epoch (the directory of bureaus), made once.

        It is remembered of a reading transaction only, as views are.
        """
        epoch = tx.classes.epoch()
        known = self._made.get(name)
        if known is None or known[0] != epoch:
            known = (epoch, make())
            if settled:
                self._made[name] = known
        return cast(T, known[1])

    def _current(self, tx: Transaction, settled: bool) -> _Views:
        epoch, today = tx.classes.epoch(), self.clock().date()
        if (epoch, today) == (self._views.epoch, self._views.today):
            return self._views
        views = _Views(epoch, today, dict(tx.classes.table()), int(tx.notes.read(REMADE) or 0))
        if settled:
            self._views = views
        return views

    @contextmanager
    def bookkeeping(self) -> Iterator[Transaction]:
        """A writing transaction for the house's own jobs (index, journal, retention); no person behind it."""
        with self.store.writing() as tx:
            yield tx

    def close(self) -> None:
        self.text.close()
        self.vectors.close()
        self.galleries.close()
        self.columns.close()
        self.store.close()


__all__ = ["HOUSE_ASKER", "HOUSE_HANDLING", "POLICE_PURPOSES", "House"]
