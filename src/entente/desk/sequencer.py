"""The sequencer: folds new journal entries into the tree and signs what stands.

One runs for a house, about once a second; a second one does no harm. It keeps the tree's frontier
and its tiles as notes, and checkpoints as the store's own rows, all written in one transaction.
Twenty million entries have 5 MB of tiles; the lowest row of tiles is the entries themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from entente.core import merkle, proof
from entente.core.journal import Tampered, checkpoint_bytes, open_private
from entente.core.merkle import Frontier, leaf_hash
from entente.engines.seams import Checkpoint, Entry, Store, Transaction

FRONTIER = "journal/frontier"
"""Note with the frontier after the newest checkpoint."""
TILE = "journal/tile/{}/{}"
"""Notes with tiles: height, index -> up to 256 hashes, in hex, on end."""

_WIDTH = 1 << merkle.TILE
_PAGE = 4096


def new_key() -> bytes:
    """A new Ed25519 private key, 32 bytes; kept outside the store, so that a stolen copy cannot sign."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def signer(private: bytes) -> Callable[[bytes], bytes]:
    """A function that signs with this key. Raises ValueError when it is not 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign


def verify_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in the journal: its path to the newest checkpoint, for merkle.verify_inclusion."""

    entry: Entry
    checkpoint: Checkpoint
    path: tuple[bytes, ...]


class Sequencer:
    """Folds, proves and exports the journal of one house.

    `origin` names the house in every checkpoint and may not change. `sign` is `signer(private key)`.
    Methods raise Tampered when the store no longer holds what was sealed and signed.
    """

    def __init__(
        self,
        store: Store,
        sign: Callable[[bytes], bytes],
        clock: Callable[[], datetime],
        origin: str = "entente",
    ) -> None:
        self._store = store
        self._sign = sign
        self._clock = clock
        self._origin = origin

    def fold(self, limit: int = 65536) -> Checkpoint | None:
        """Fold entries not yet folded, at most `limit`, and sign once; None when nothing is new.

        Entries are read and hashed beside the writer; it is held only to write the few notes.
        """
        with self._store.reading() as at:
            before = at.notes.read(FRONTIER)
            newest = _newest(at)
            frontier = _resume(before, newest)
            kept: dict[tuple[int, int], list[bytes]] = defaultdict(list)

            def keep(height: int, number: int, hashed: bytes) -> None:
                kept[height, number // _WIDTH].append(hashed)

            start = frontier.size
            frontier = frontier.extend(_new_leaves(at, start, limit), keep)
        if frontier.size == start:
            return None
        now = max(self._clock(), newest.at) if newest else self._clock()
        root = frontier.root()
        made = Checkpoint(
            frontier.size, root, now, self._sign(checkpoint_bytes(self._origin, frontier.size, root, now))
        )
        with self._store.writing() as at:
            if at.notes.read(FRONTIER) != before:
                return None  # another sequencer was faster; the next call goes on from its checkpoint
            for (height, index), hashes in kept.items():
                name = TILE.format(height, index)
                at.notes.write(name, (at.notes.read(name) or "") + b"".join(hashes).hex())
            at.notes.write(FRONTIER, frontier.to_text())
            at.entries.checkpoint(made)
        return made

    def prove(self, id: str) -> Proof | None:
        """The proof of an entry under the newest checkpoint; None when there is no such entry or it is
        not folded yet (a second at most)."""
        with self._store.reading() as at:
            entry, newest = at.entries.get(id), _newest(at)
            if entry is None or newest is None or entry.place > newest.size:
                return None
            return _proof(at, entry, newest)

    def consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """That the tree of the new size continues the old one (core.merkle.verify_consistency).

        Raises ValueError unless 0 <= old_size <= new_size <= size of the newest checkpoint.
        """
        with self._store.reading() as at:
            newest = _newest(at)
            if new_size > (newest.size if newest else 0):
                raise ValueError("the new size is not signed yet")
            return merkle.consistency(_tiles(at), old_size, new_size)

    def export(self, key: bytes, private: bool = True) -> Iterator[bytes]:
        """The whole journal up to the newest checkpoint, line by line, for core.proof.verify_export.

        `key` is the public key; without `private`, what is sealed stays shut.
        """
        with self._store.reading() as at:
            newest = _newest(at)
            size = newest.size if newest else 0
            yield proof.header_line(self._origin, key, size, whole=True)
            place = 0
            while place < size:
                made = at.entries.checkpoints(after_size=place, limit=1)[0]
                while place < made.size:
                    page = at.entries.read(place, min(_PAGE, made.size - place))
                    if not page:
                        raise Tampered("a signed entry is missing", place + 1)
                    for entry in page:
                        yield proof.entry_line(entry.place, entry.leaf, entry.private if private else "")
                    place = page[-1].place
                yield proof.checkpoint_line(made.size, made.root, made.at, made.signature)

    def extract(
        self, key: bytes, ids: Iterable[str], known: int = 0, private: bool = True
    ) -> Iterator[bytes]:
        """Chosen entries with their proofs: what a bureau gets of its own acts and acts on its records.

        `known` is the size of a checkpoint the reader holds: the extract proves that it goes on from it.
        Entries not folded yet are left out. Raises ValueError when `known` is not signed.
        """
        with self._store.reading() as at:
            newest = _newest(at)
            yield proof.header_line(self._origin, key, newest.size if newest else 0, whole=False)
            if newest is None:
                return
            yield proof.checkpoint_line(newest.size, newest.root, newest.at, newest.signature)
            if known:
                tiles = _tiles(at)
                path = merkle.consistency(tiles, known, newest.size)
                yield proof.consistency_line(known, merkle.root(tiles, known), path)
            found = (at.entries.get(id) for id in dict.fromkeys(ids))
            chosen = [entry for entry in found if entry is not None and entry.place <= newest.size]
            for entry in sorted(chosen, key=lambda e: e.place):
                path = _proof(at, entry, newest).path
                yield proof.entry_line(entry.place, entry.leaf, entry.private if private else "", path)


def _proof(at: Transaction, entry: Entry, newest: Checkpoint) -> Proof:
    event = open_private(entry.leaf, entry.private)
    row = (entry.id, entry.at, entry.act, entry.bureau, entry.officer, entry.object)
    if row != (event.id, event.at, event.act, event.bureau, event.officer, event.object):
        raise Tampered("the entry's row says something else than its leaf", entry.place)
    try:
        path = merkle.inclusion(_tiles(at), entry.place - 1, newest.size)
    except ValueError as why:
        raise Tampered("the tree's tiles have holes", entry.place) from why
    if not merkle.verify_inclusion(leaf_hash(entry.leaf), entry.place - 1, newest.size, path, newest.root):
        raise Tampered("the entry is not the one that was signed", entry.place)
    return Proof(entry, newest, path)


def _tiles(at: Transaction) -> merkle.Tiles:
    """Nothing is cached: a proof takes two milliseconds, and what is read is what stands."""

    def read(height: int, index: int) -> Sequence[bytes]:
        if height == 0:
            return [leaf_hash(e.leaf) for e in at.entries.read(index * _WIDTH, _WIDTH)]
        text = bytes.fromhex(at.notes.read(TILE.format(height, index)) or "")
        return [text[i : i + 32] for i in range(0, len(text), 32)]

    return read


def _resume(note: str | None, newest: Checkpoint | None) -> Frontier:
    """The frontier to go on from: only ever one whose root was signed."""
    try:
        frontier = Frontier.from_text(note) if note else Frontier()
    except (ValueError, KeyError, TypeError) as why:
        raise Tampered("the note of the frontier cannot be read") from why
    if (frontier.size, frontier.root()) != ((newest.size, newest.root) if newest else (0, merkle.EMPTY)):
        raise Tampered("the frontier is not the one that was signed", frontier.size)
    return frontier


def _newest(at: Transaction) -> Checkpoint | None:
    return next(iter(at.entries.checkpoints(newest=True)), None)


def _new_leaves(at: Transaction, after: int, limit: int) -> Iterator[bytes]:
    """Leaf hashes of the entries after a place, up to the first gap: its entry may still be on its way."""
    last = after + limit
    while after < last and (page := at.entries.read(after, min(_PAGE, last - after))):
        for entry in page:
            if entry.place != after + 1:
                return
            yield leaf_hash(entry.leaf)
            after = entry.place
