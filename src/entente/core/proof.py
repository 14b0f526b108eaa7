"""The offline verifier: an export of the journal either holds together or names the first place that fails.

Standard library only, no store, no network: checking a signature is handed in. The format is JSON
lines, each in canonical form and ended by a newline (docs/journal.md):

    {"format":"entente journal 1","key":…,"origin":…,"size":…,"type":"header","whole":true}
    {"leaf":…,"place":1,"private":…,"type":"entry"}
    {"at":…,"root":…,"signature":…,"size":…,"type":"checkpoint"}

A whole export has every entry, and each checkpoint right after the entry at its size; the tree is
built again. An extract has its one checkpoint first, perhaps a consistency proof from a checkpoint
the reader already holds, then chosen entries, each with its path to that checkpoint.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from entente.core.journal import (
    Tampered,
    canonical,
    checkpoint_bytes,
    instant,
    parse,
    unseal,
)
from entente.core.merkle import EMPTY, Frontier, leaf_hash, verify_consistency, verify_inclusion

FORMAT = "entente journal 1"

CheckSignature = Callable[[bytes, bytes, bytes], bool]
"""`check(public key, message, signature)`; desk.sequencer.verify_signature is one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader already trusts: the house's public key, and a checkpoint he kept or a witness gave."""

    key: bytes = b""
    size: int = 0
    root: bytes = EMPTY


@dataclass(frozen=True, slots=True)
class Report:
    """What an export proves. `fault` is empty when all of it holds; `place` is the first journal place
    that fails, and `line` the line of the export (0: none). `at` is when the last checkpoint was signed."""

    origin: str = ""
    key: bytes = b""
    whole: bool = False
    size: int = 0
    root: bytes = EMPTY
    at: str = ""
    entries: int = 0
    checkpoints: int = 0
    opened: int = 0
    forgotten: int = 0
    fault: str = ""
    place: int = 0
    line: int = 0

    @property
    def sound(self) -> bool:
        return not self.fault


def header_line(origin: str, key: bytes, size: int, whole: bool) -> bytes:
    return _line("header", format=FORMAT, origin=origin, key=_text(key), size=size, whole=whole)


def entry_line(place: int, leaf: bytes, private: str, path: Sequence[bytes] | None = None) -> bytes:
    """`path` in an extract only. `private` may be left empty: the reader need not see what is sealed."""
    proof = {} if path is None else {"path": [_text(p) for p in path]}
    return _line("entry", place=place, leaf=_text(leaf), private=private, **proof)


def checkpoint_line(size: int, root: bytes, at: datetime, signature: bytes) -> bytes:
    return _line("checkpoint", size=size, root=_text(root), at=instant(at), signature=_text(signature))


def consistency_line(size: int, root: bytes, path: Sequence[bytes]) -> bytes:
    """That the extract's checkpoint continues the tree that had this root at this size."""
    return _line("consistency", size=size, root=_text(root), path=[_text(p) for p in path])


def verify_export(
    lines: Iterable[bytes], check_signature: CheckSignature, known: Known | None = None
) -> Report:
    """Check all of an export; never raises for what is in the lines.

    Without `known` the export is only shown to agree with itself: whoever holds the signing key
    could have written another. With a known key and checkpoint, a cut, rewritten or forked log fails.
    Two things can be left out unseen, for they change no log: a checkpoint before the last one (the
    report counts them), and entries of an extract (it never says which it has).
    """
    reader = _Reader(check_signature, known or Known())
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007
            reader.take(line)
        number = 0
        reader.end()
    except Tampered as found:
        return reader.report(found.what, found.place or reader.place, number)
    return reader.report()


@dataclass(slots=True)
class _Reader:
    """Reads one export from front to back."""

    check: CheckSignature
    known: Known
    origin: str = ""
    key: bytes = b""
    whole: bool = False
    size: int = -1  # what the header promises; -1 before it is read
    frontier: Frontier = field(default_factory=Frontier)
    pending: list[bytes] = field(default_factory=list)  # leaf hashes not yet in the frontier
    met: bool = False  # whether the known checkpoint was met on the way
    linked: bool = False  # whether a consistency proof was read
    place: int = 0  # the newest entry read
    signed: int = 0
    root: bytes = EMPTY
    at: str = ""
    entries: int = 0
    checkpoints: int = 0
    opened: int = 0
    forgotten: int = 0

    def take(self, line: bytes) -> None:
        kind, row = _read(line)
        if (kind == "header") != (self.size < 0):
            raise Tampered("an export has one header, and it stands first")
        getattr(self, f"_{kind}")(**row)

    def end(self) -> None:
        if self.size < 0:
            raise Tampered("the export is empty")
        if self.signed != self.size:
            raise Tampered(
                f"the export ends at a checkpoint of size {self.signed}, the header says {self.size}"
            )
        if self.whole and self.place != self.size:
            raise Tampered("entries stand after the last checkpoint")
        if self.known.size and not self.met:
            raise Tampered(f"the export does not reach the known checkpoint of size {self.known.size}")

    def report(self, fault: str = "", place: int = 0, line: int = 0) -> Report:
        return Report(
            self.origin, self.key, self.whole, self.signed, self.root, self.at, self.entries,
            self.checkpoints, self.opened, self.forgotten, fault, place, line,
        )  # fmt: skip

    def _header(self, format: str, origin: str, key: str, size: int, whole: bool) -> None:
        if format != FORMAT or size < 0:
            raise Tampered(f"the export is not in the format {FORMAT!r}")
        self.origin, self.key, self.size, self.whole = origin, _bytes(key), size, whole
        if self.known.key and self.key != self.known.key:
            raise Tampered("the export is signed by another key than the known one")

    def _entry(self, place: int, leaf: str, private: str, path: list[str] | None = None) -> None:
        follows = place == self.place + 1 if self.whole else place > self.place
        if not follows:
            raise Tampered("the entry stands out of order, or one before it is missing", self.place + 1)
        if (path is None) != self.whole:
            raise Tampered("an extract's entries have paths, a whole export's have none", place)
        self.place = place
        data = _bytes(leaf)
        if path is None:
            self._grow(leaf_hash(data))
        elif not verify_inclusion(
            leaf_hash(data), place - 1, self.signed, [_bytes(p) for p in path], self.root
        ):
            raise Tampered("the entry is not in the signed tree", place)
        gone = bool(unseal(data, private)[1])
        self.entries, self.opened, self.forgotten = (
            self.entries + 1,
            self.opened + (not gone),
            self.forgotten + gone,
        )

    def _grow(self, hashed: bytes) -> None:
        self.pending.append(hashed)
        if self.place == self.known.size:
            if self._tree().root() != self.known.root:
                raise Tampered("the tree is not the known one at its size: the log was rewritten")
            self.met = True
        elif len(self.pending) >= 4096:
            self._tree()

    def _tree(self) -> Frontier:
        self.frontier = self.frontier.extend(self.pending)
        self.pending.clear()
        return self.frontier

    def _checkpoint(self, size: int, root: str, at: str, signature: str) -> None:
        if size <= self.signed or size > self.size or (not self.whole and self.checkpoints):
            raise Tampered(f"a checkpoint of size {size} cannot stand here")
        try:
            moment = datetime.fromisoformat(at)
            message = checkpoint_bytes(self.origin, size, _bytes(root), moment)
            late = bool(self.at) and moment < datetime.fromisoformat(self.at)
        except ValueError as why:
            raise Tampered("the checkpoint has no moment or no root") from why
        if late or instant(moment) != at:
            raise Tampered("the checkpoint's moment is before the one of the checkpoint before it")
        if not self.check(self.key, message, _bytes(signature)):
            raise Tampered(f"the signature of the checkpoint of size {size} is not by the key")
        if self.whole and (size != self.place or self._tree().root() != _bytes(root)):
            raise Tampered(f"the entries from here to {size} do not make the signed tree", self.signed + 1)
        self.signed, self.root, self.at, self.checkpoints = size, _bytes(root), at, self.checkpoints + 1
        if not self.whole and size == self.known.size:
            self.met = self.root == self.known.root
            if not self.met:
                raise Tampered("the checkpoint is not the known one of its size: the log was forked")

    def _consistency(self, size: int, root: str, path: list[str]) -> None:
        if self.whole or not self.checkpoints or self.entries or self.linked:
            raise Tampered("one consistency proof may stand after the checkpoint of an extract, no other")
        self.linked = True
        if not verify_consistency(size, self.signed, _bytes(root), self.root, [_bytes(p) for p in path]):
            raise Tampered(f"the checkpoint does not continue the tree of size {size}")
        if size == self.known.size:
            self.met = _bytes(root) == self.known.root
            if not self.met:
                raise Tampered("the extract continues another tree than the known one: the log was forked")


_FIELDS: dict[str, dict[str, type]] = {
    "header": {"format": str, "origin": str, "key": str, "size": int, "whole": bool},
    "entry": {"place": int, "leaf": str, "private": str, "path": list},
    "checkpoint": {"size": int, "root": str, "at": str, "signature": str},
    "consistency": {"size": int, "root": str, "path": list},
}


def _line(kind: str, **row: Any) -> bytes:
    return canonical({"type": kind, **row}) + b"\n"


def _read(line: bytes) -> tuple[str, dict[str, Any]]:
    """A line's type and fields: exactly those of its type, so that no byte of an export goes unread."""
    if not line.endswith(b"\n"):
        raise Tampered("the line is cut")
    row = parse(line[:-1], "the line")
    kind = row.pop("type", None)
    fields = _FIELDS.get(kind, {}) if isinstance(kind, str) else {}
    if not isinstance(kind, str) or not fields or set(fields) - set(row) - {"path"} or set(row) - set(fields):
        raise Tampered("the line does not have the fields of its type")
    if kind == "consistency" and "path" not in row:
        raise Tampered("the line does not have the fields of its type")
    for name, value in row.items():
        if type(value) is not fields[name]:
            raise Tampered(f"{name} is not of its type")
    if any(type(p) is not str for p in row.get("path", ())):
        raise Tampered("path is not of its type")
    return kind, row


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError as why:
        raise Tampered("a field is not base64") from why
    if _text(data) != text:  # spare bits in the last letter would be a second spelling
        raise Tampered("a field is not base64 in its one form")
    return data
