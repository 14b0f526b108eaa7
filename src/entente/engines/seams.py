"""The seams, each a Protocol of at most six methods; tests/contracts/ holds their contracts.

Nothing outside `engines/` knows which implementation runs. Each has an exact in-memory twin, which
is its definition. A `View` (core.access) is part of every question that can be asked for a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from entente.core.access import Handling, View
from entente.core.scoring import Candidate
from entente.core.things import Thing
from entente.engines.columns.seam import Columns as Columns
from entente.engines.galleries.seam import Galleries as Galleries
from entente.engines.links import Bond as Bond
from entente.engines.links import Reference as Reference
from entente.engines.vectors.seam import Vectors as Vectors
from entente.match.names.keys import TokenKeys as TokenKeys

# --- store ---------------------------------------------------------------------------------------


class Things(Protocol):
    """Things in one transaction. Every read carries a view: class in view and not expired."""

    def put(self, thing: Thing, keys: Sequence[str] = (), references: Sequence[Reference] = ()) -> Thing:
        """Keep a thing as its newest version and return it with `n`, `class_id` and `version` set.

        The version before it (same id) moves to the history; keys and references are replaced.
        `thing.version` must be 1 for a new id or (stored version + 1), else OutOfDate is raised;
        0 means "whatever comes next" (loading). `created` of the first version is kept.
        """
        ...

    def put_many(self, rows: Sequence[tuple[Thing, Sequence[str], Sequence[Reference]]]) -> int:
        """The same for many, fast, with version 0 semantics; rows equal to what stands are left alone.

        Returns how many were new or changed. An id may stand in `rows` once only.
        """
        ...

    def get(self, ids: Sequence[str], view: View) -> list[Thing]:
        """Those of the things that are in the view, in the order asked; the rest is silently absent."""
        ...

    def rows(self, ns: Sequence[int], view: View) -> list[Thing]:
        """The same by the store's row numbers (what the text engine proposes), in any order."""
        ...

    def find(self, keys: Sequence[str], view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        """(key, thing) for each thing in the view that carries one of the keys, ordered by (key, id)."""
        ...

    def listing(
        self,
        view: View,
        kinds: Sequence[str],
        key: str = "",
        after: int = 0,
        limit: int = 50,
        expires: date | None = None,
    ) -> list[tuple[int, Thing]]:
        """(place, thing), newest change first; go on with the last place as `after`.

        `key` narrows to what carries it, `expires` to what expires on that day.
        """
        ...


class Agenda(Protocol):
    """Things in the order of their keys: what burns first, when a key ends in a moment."""

    def between(self, start: str, end: str, view: View, limit: int) -> list[tuple[str, Thing]]:
        """(key, thing) in the view for each key with start <= key < end, by (key, id)."""
        ...


class Ties(Protocol):
    """How things hang together, and how they were."""

    def links(self, id: str, view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        """(property, thing) for each thing in the view that names `id` there, by (property, id)."""
        ...

    def around(
        self,
        ids: Sequence[str],
        view: View,
        kinds: Sequence[str] = (),
        sides: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        each: int = 50,
        most: int = 2000,
    ) -> list[Bond]:
        """Links of the ids whose near end, link and far end are in the view, before any limit.

        At most `each` of an id and `most` in all, in order of (near, kind, side, far), then of their first
        keeping. With a date asked, those with a day in [since, until]. One of a thing with itself is two.
        """
        ...

    def counted(
        self, ids: Sequence[str], view: View, since: date | None = None, until: date | None = None
    ) -> list[tuple[str, str, str, int]]:
        """(near, kind, side, how many) of what `around` gives without limits, in its order."""
        ...

    def history(self, id: str, view: View) -> list[Thing]:
        """All versions of a thing in the view, newest first, each under the handling of the newest one."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the feed for engines. `thing` is None when it is gone (deleted or erased)."""

    place: int
    n: int
    id: str
    thing: Thing | None


class Upkeep(Protocol):
    """What the house does for itself; no view, never offered to a person."""

    def changes(self, after: int, limit: int, kinds: Sequence[str] = ()) -> list[Change]:
        """The newest state of things changed after a place, in order of place; each thing stands once.

        `kinds` narrows to kinds, but a gone thing (its kind no longer known) is always told.
        """
        ...

    def newest(self) -> int:
        """The place of the newest change (0 for an empty store)."""
        ...

    def expiring(self, until: date, limit: int, kinds: Sequence[str] = ()) -> list[Thing]:
        """Things whose `expires` is on or before `until`, soonest first."""
        ...

    def ending(self, after: date, until: date, kinds: Sequence[str] = ()) -> list[tuple[int, date, int]]:
        """(class, day, how many) of the things that expire after a day, up to another, by (day, class)."""
        ...

    def erase(self, ids: Sequence[str], at: datetime) -> None:
        """Delete for good: body, ref, keys, references, history. A row with id and place alone remains
        (so that every engine hears of it and a restored backup can be cleaned); it is in no view."""
        ...

    def erased(self, after: datetime) -> list[tuple[str, datetime]]:
        """The ledger of deletions since a moment: (id, when)."""
        ...


class Classes(Protocol):
    """Interned handlings. `epoch` grows whenever a class, an officer, a bureau or a key changes."""

    def table(self) -> Mapping[int, Handling]: ...

    def intern(self, handling: Handling) -> int: ...

    def epoch(self) -> int: ...

    def bump(self) -> int:
        """Start a new epoch: cached views and askers are void from the commit on."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal entry. `leaf` is what is hashed and never changes; `private` (JSON text with the
    salts that open the leaf's commitments) may be erased later and every proof still verifies.

    `place` is 1 for the first entry of the store and has no gaps (leaf index = place - 1).
    """

    id: str
    at: datetime
    act: str
    bureau: int
    officer: str
    leaf: bytes
    private: str = ""
    object: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement of the log: its size, its root, when."""

    size: int
    root: bytes
    at: datetime
    signature: bytes


class Entries(Protocol):
    """The journal's rows in one transaction. Append-only but for `private`."""

    def append(self, entries: Sequence[Entry]) -> None: ...

    def read(
        self,
        after: int,
        limit: int,
        act: str = "",
        bureau: int | None = None,
        object: str = "",
        backwards: bool = False,
    ) -> list[Entry]:
        """Entries with place > after, in order of place, narrowed; `backwards`: from the newest on, those
        with place < after (0: from the very newest)."""
        ...

    def get(self, id: str) -> Entry | None: ...

    def forget(self, before: datetime, act: str) -> int:
        """Erase `private` of entries of an act older than a moment; returns how many."""
        ...

    def checkpoint(self, made: Checkpoint) -> None: ...

    def checkpoints(self, after_size: int = -1, limit: int = 1000, newest: bool = False) -> list[Checkpoint]:
        """In order of size; `newest` gives the largest one alone."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done after the answer. `payload` is JSON-able."""

    id: int
    name: str
    payload: Mapping[str, Any]
    tries: int = 0


class Jobs(Protocol):
    """The queue, in the transaction of what caused it."""

    def add(
        self, name: str, payload: Mapping[str, Any], not_before: datetime | None = None, once: str = ""
    ) -> None:
        """Queue a job. With `once`, nothing is added while a job of that mark waits."""
        ...

    def take(self, now: datetime, lease_s: int = 60, names: Sequence[str] = (), but: str = "") -> Job | None:
        """The next due job, leased: it comes back if neither done nor failed in time.

        `names` narrows to some, `but` leaves those of a name to who takes them by it.
        """
        ...

    def done(self, id: int) -> None: ...

    def fail(self, id: int, why: str, retry_at: datetime | None) -> None:
        """Put it back for later, or aside for a person to look at when `retry_at` is None."""
        ...

    def failed(self, limit: int = 100) -> list[tuple[Job, str]]: ...


class Notes(Protocol):
    """Small facts the house keeps about itself (secrets, watermarks): name -> text."""

    def read(self, name: str) -> str | None: ...

    def write(self, name: str, value: str) -> None: ...


class Transaction(Protocol):
    """One sitting's hold on the store: a snapshot for reading, or the one writer."""

    things: Things
    agenda: Agenda
    ties: Ties
    upkeep: Upkeep
    classes: Classes
    entries: Entries
    jobs: Jobs
    notes: Notes


class Store(Protocol):
    """The truth."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """A consistent snapshot; many at a time, never blocked by the writer."""
        ...

    def writing(self) -> AbstractContextManager[Transaction]:
        """The one writer. Durable when the block ends without an exception, undone otherwise."""
        ...

    def append(self, entry: Entry) -> None:
        """Append one journal entry durably; concurrent callers share one commit (group commit)."""
        ...

    def backup(self, to: Path) -> None:
        """A consistent copy of the store, made while it is in use."""
        ...

    def close(self) -> None: ...


# --- text ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doc:
    """One record as a text engine keeps it.

    `tokens`: keys of every name token. `facts`: exact terms such as `kind:Person`, `nat:fr`,
    `sex:male`, `born:1971`, `dob:1971-03-05`. `access`: core.access.terms_of. `day`: expiry as
    days since 1970 (in while day > today). `tie`: a number drawn from the id, for equal scores.
    """

    n: int
    id: str
    tokens: tuple[TokenKeys, ...]
    facts: frozenset[str]
    access: frozenset[str]
    day: int
    tie: int


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A question for the text engine.

    All but one of `tokens` must be matched (all when `every`; with one token, that one).
    `where`: each set is a must, any of its facts will do. `favour`: facts that add points.
    """

    tokens: tuple[TokenKeys, ...]
    where: tuple[frozenset[str], ...] = ()
    favour: Mapping[str, float] = field(default_factory=dict)
    every: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """Candidates, best first by (points, tie); `narrow` says that more fit equally than can be ranked."""

    candidates: tuple[Candidate, ...]
    narrow: bool = False


class Text(Protocol):
    """Proposes records by name keys. Points of a record depend on the record and the question alone:

    for each question token the best of exact 3, deletes 2, sounds 1.2, times the token's weight, summed,
    plus the favoured facts it carries. No statistics of the corpus.
    """

    def apply(self, docs: Iterable[Doc], gone: Sequence[int], watermark: int) -> None:
        """Replace or add docs (by n), drop the gone, remember the watermark; visible on return."""
        ...

    def propose(self, query: NameQuery, view: View, limit: int) -> Proposal:
        """At most `limit` records in the view. The filter is inside the search, before the limit, and
        what the view excludes changes neither the candidates nor their order."""
        ...

    def watermark(self) -> int: ...

    def wipe(self) -> None: ...

    def close(self) -> None: ...


# --- blobs and signals ---------------------------------------------------------------------------


class Blobs(Protocol):
    """Bytes by digest (SHA-256, hex). What is in them is guarded by the things that name them."""

    def put(self, data: bytes) -> str: ...

    def open(self, digest: str) -> bytes:
        """Raises KeyError when there is none."""
        ...

    def drop(self, digest: str) -> None: ...


class Signals(Protocol):
    """Wakes listeners; a signal may be lost, so that a listener also looks by itself now and then."""

    def tell(self, topic: str, text: str = "") -> None: ...

    def hear(self, topic: str, timeout_s: float) -> str | None:
        """Wait for the next signal of a topic; None when none came in time."""
        ...
