"""The Merkle tree of RFC 9162, section 2.1: append, roots, proofs, verifiers.

A log of twenty million leaves is never held in memory. What grows is a `Frontier` (one hash for
each bit of the size); what proofs need comes from *tiles*, rows of 256 hashes at heights 0, 8, 16
and so on, which the caller keeps or recomputes. A proof reads at most two tiles a height.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

TILE = 8
"""Heights between two rows of tiles; a full tile holds 2 ** TILE hashes."""

EMPTY = sha256(b"").digest()
"""Root of the tree without leaves."""

Tiles = Callable[[int, int], Sequence[bytes]]
"""`tiles(height, index)`: roots of the perfect subtrees of a height (a multiple of TILE), from number
`index * 256` on, at most 256 of them; those not yet complete are left out."""

Keep = Callable[[int, int, bytes], None]
"""`keep(height, number, hash)`: told of each perfect subtree of a tile's height once it is complete."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to append: the roots of the perfect subtrees, largest first.

    Raises ValueError when the number of peaks does not fit the size.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or any(len(p) != 32 for p in self.peaks):
            raise ValueError("a frontier has one hash of 32 bytes for each bit set in its size")

    def extend(self, leaves: Iterable[bytes], keep: Keep | None = None) -> "Frontier":
        """The frontier after these leaf hashes; O(1) hashes a leaf on average, O(log n) at worst."""
        size, peaks = self.size, list(self.peaks)
        for hashed in leaves:
            number, height = size, 0
            while number & 1:  # a peak of this height waits for its right neighbour
                hashed = sha256(b"\x01" + peaks.pop() + hashed).digest()  # noqa: PLW2901
                number >>= 1
                height += 1
                if keep is not None and height % TILE == 0:
                    keep(height, number, hashed)
            peaks.append(hashed)
            size += 1
        return Frontier(size, tuple(peaks))

    def root(self) -> bytes:
        if not self.peaks:
            return EMPTY
        *others, root = self.peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root

    def to_text(self) -> str:
        return json.dumps({"size": self.size, "peaks": [p.hex() for p in self.peaks]})

    @classmethod
    def from_text(cls, text: str) -> "Frontier":
        """Raises ValueError, KeyError or TypeError when the text is not a frontier."""
        kept = json.loads(text)
        return cls(kept["size"], tuple(bytes.fromhex(p) for p in kept["peaks"]))


def root(tiles: Tiles, size: int) -> bytes:
    """The root the tree had at a size."""
    return _range(_once(tiles), 0, size) if size else EMPTY


def inclusion(tiles: Tiles, leaf: int, size: int) -> tuple[bytes, ...]:
    """The path from leaf number `leaf` (from 0) to the root at `size`, lowest first (RFC 9162, 2.1.3.1).

    Raises ValueError when the leaf is not in the tree of that size.
    """
    if not 0 <= leaf < size:
        raise ValueError("the leaf is not in the tree")
    tiles, start, end, path = _once(tiles), 0, size, list[bytes]()
    while end - start > 1:
        middle = start + _split(end - start)
        if leaf < middle:
            path.append(_range(tiles, middle, end))
            end = middle
        else:
            path.append(_range(tiles, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency(tiles: Tiles, old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the tree of size `new` continues that of size `old` (RFC 9162, 2.1.4.1).

    Empty when `old` is 0 or `new`: there is nothing to prove, or the roots must be equal.
    """
    if not 0 <= old <= new:
        raise ValueError("the old size is not within the new one")
    if old in (0, new):
        return ()
    tiles, start, end, path = _once(tiles), 0, new, list[bytes]()
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range(tiles, middle, end))
            end = middle
        else:
            path.append(_range(tiles, start, middle))
            start = middle
    if start:  # else the old tree is this subtree, and the verifier knows its root
        path.append(_range(tiles, start, end))
    return tuple(reversed(path))


def verify_inclusion(hashed: bytes, leaf: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf with this hash stands at number `leaf` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= leaf < size:
        return False
    fn, sn, r = leaf, size - 1, hashed
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree under `new_root` continues the one under `old_root` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not path and old_root == EMPTY and (new > 0 or new_root == EMPTY)
    if old == new:
        return not path and old_root == new_root
    if not path:
        return False
    first, *others = path if old & (old - 1) else (old_root, *path)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = first
    for c in others:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def _range(tiles: Tiles, start: int, end: int) -> bytes:
    """The hash of the subtree over leaves start to end, as RFC 9162 divides it."""
    width = end - start
    if width & (width - 1) or start % width:
        middle = start + _split(width)
        return node_hash(_range(tiles, start, middle), _range(tiles, middle, end))
    height = width.bit_length() - 1
    rise = height % TILE
    row = height - rise
    first = start >> row
    tile = tiles(row, first >> TILE)
    place = first & ((1 << TILE) - 1)
    hashes = tile[place : place + (1 << rise)]
    if len(hashes) != 1 << rise:
        raise ValueError(f"the tile {first >> TILE} at height {row} lacks hashes")
    while len(hashes) > 1:
        hashes = [node_hash(a, b) for a, b in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def _once(tiles: Tiles) -> Tiles:
    """The same tiles, each asked for once: neighbours on a path share theirs."""
    seen: dict[tuple[int, int], Sequence[bytes]] = {}

    def read(height: int, index: int) -> Sequence[bytes]:
        if (height, index) not in seen:
            seen[height, index] = tiles(height, index)
        return seen[height, index]

    return read
