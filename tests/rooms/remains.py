"""Whether anything is left of what was searched: in files, in what the house keeps, in what was logged.

A probe is known again by pieces of it in every form that it takes on its way through the house: the file,
the decoded picture, the picture made anew, the minutiae record, the rows that galleries are asked with, the
face's vector; each as it is, as base64 at any offset, as hexadecimal, as Python writes bytes and as numbers.
"""

import json
import stat
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from entente.desk import House
from entente.match import prints
from entente.match.faces import of_text
from entente.rooms.biometrics.samples import Read, points, print_of, record_of

PIECE, PIECES = 96, 4
"""Bytes of a piece, and how many are looked for of each form: what is kept is kept in long runs."""
VARIED = 10
"""Different bytes that a piece has at least: an even ground is in every picture."""
BATCH = 1_000
Places = Iterable[tuple[str, bytes]]
"""What is looked through, each with a name."""


def forms_of(file: bytes, samples: Sequence[Read]) -> Mapping[str, bytes]:
    """Everything that a probe is on its way, by name."""
    told = {"file": file}
    pixels = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is not None:
        told["pixels"] = np.ascontiguousarray(pixels[..., ::-1] if pixels.ndim == 3 else pixels).tobytes()
    for n, one in enumerate(samples):
        told[f"{n} digest of its pixels"] = one.seal
        told[f"{n} picture made anew"] = one.picture
        if one.picture:
            pixels = np.asarray(cv2.imdecode(np.frombuffer(one.picture, np.uint8), cv2.IMREAD_UNCHANGED))
            told[f"{n} pixels made anew"] = pixels.tobytes()
        if one.print is not None:
            record = record_of(one.print)
            rows, of_record = prints.pack(one.print), prints.pack(print_of(record))
            told[f"{n} record of minutiae"] = b64decode(record)
            told[f"{n} minutiae"] = one.print.minutiae.tobytes()
            told[f"{n} minutiae in JSON"] = json.dumps(points(one.print)).encode()
            told[f"{n} minutiae in short JSON"] = json.dumps(
                points(one.print), separators=(",", ":")
            ).encode()
            told[f"{n} rows"] = rows.tobytes()
            told[f"{n} rows of the record"] = of_record.tobytes()
            told[f"{n} columns"] = np.ascontiguousarray(rows.T).tobytes()
        if one.face:
            told[f"{n} vector"] = b64decode(one.face.partition(":")[2])
            told[f"{n} vector in numbers"] = np.asarray(of_text(one.face)[1]).tobytes()
    return {name: data for name, data in told.items() if data}


def pieces(data: bytes) -> list[bytes]:
    """Pieces of its last three quarters that could be nothing else's: a file's head is in other files too."""
    if len(data) <= PIECE:
        return [data] if len(set(data)) >= VARIED else []
    begin, end = len(data) // 4, len(data) - PIECE
    known = (data[at : at + PIECE] for at in range(min(begin, end), end + 1, max(1, end // 256)))
    varied = [piece for piece in known if len(set(piece)) >= VARIED]
    return [varied[n * (len(varied) - 1) // max(1, PIECES - 1)] for n in range(PIECES)] if varied else []


def written(piece: bytes) -> Iterator[bytes]:
    """A piece as it may stand somewhere."""
    yield piece
    for before in range(3):
        coded = b64encode(bytes(before) + piece)
        begin, end = -(-before * 8 // 6), (before + len(piece)) // 3 * 4
        yield coded[begin:end]
        yield coded[begin:end].replace(b"+", b"-").replace(b"/", b"_")
    yield piece.hex().encode()
    yield repr(piece)[2:-1].encode()
    yield ", ".join(map(str, piece[:32])).encode()
    yield ",".join(map(str, piece[:32])).encode()


def most_varied(needle: bytes) -> int:
    """Where its eight bytes begin that are least like an even ground."""
    return max(range(len(needle) - 7), key=lambda at: len(set(needle[at : at + 8])))


class Looking:
    """Looks for pieces by eight of their bytes at once: a folder is looked through in seconds."""

    def __init__(self, forms: Mapping[str, bytes]) -> None:
        self._known: dict[int, list[tuple[int, bytes, str]]] = defaultdict(list)
        for name, data in forms.items():
            for piece in pieces(data):
                for needle in written(piece):
                    at = most_varied(needle)
                    word = int.from_bytes(needle[at : at + 8], "little")
                    self._known[word].append((at, needle, name))
        self.words = np.array(sorted(self._known), np.uint64)
        self._begins = np.zeros(1 << 16, bool)
        self._begins[(self.words & np.uint64(0xFFFF)).astype(np.int64)] = True
        self.forms = {name for told in self._known.values() for _, _, name in told}

    def found(self, data: bytes) -> Iterator[str]:
        """Names of the forms of which a piece is in the data."""
        for first in range(min(8, max(0, len(data) - 7))):
            words = np.frombuffer(data, "<u8", (len(data) - first) // 8, first)
            near = np.flatnonzero(self._begins[(words & np.uint64(0xFFFF)).astype(np.int64)])
            for place in near[np.isin(words[near], self.words)].tolist():
                for at, needle, name in self._known[int(words[place])]:
                    begin = place * 8 + first - at
                    if begin >= 0 and data.startswith(needle, begin):
                        yield name


def left_of(forms: Mapping[str, bytes], places: Places) -> list[str]:
    """Which forms are found, and where."""
    looking = Looking(forms)
    assert looking.forms == set(forms), "each form can be known again"
    return list(dict.fromkeys(f"{name} in {where}" for where, data in places for name in looking.found(data)))


def nothing_left_of(forms: Mapping[str, bytes], *places: Places) -> None:
    """Fail where a form of the probe is found anywhere."""
    for each in places:
        left = left_of(forms, each)
        assert left == [], left


# --- where it is looked for ----------------------------------------------------------------------


def in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, and its name."""
    for path in sorted(folder.rglob("*")):
        yield f"the name {path.name}", path.name.encode()
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def open_files() -> Iterator[tuple[str, bytes]]:
    """What this process holds open, also when its name is gone."""
    folder = Path("/proc/self/fd")
    for one in list(folder.iterdir()) if folder.is_dir() else ():
        try:
            if stat.S_ISREG(one.stat().st_mode):
                yield f"open file {one.name}", one.read_bytes()
        except OSError:
            continue  # closed meanwhile


def kept_by(house: House) -> Iterator[tuple[str, bytes]]:
    """All that the house keeps and has noted, opened: things with their versions, the journal."""
    with house.store.reading() as tx:
        after = 0
        while changes := tx.upkeep.changes(after, BATCH):
            for one in changes:
                if one.thing:
                    yield f"{one.thing.kind} {one.id}", repr(one.thing.body).encode()
            after = changes[-1].place
        after = 0
        while entries := tx.entries.read(after, BATCH):
            for entry in entries:
                yield f"journal {entry.place}", entry.leaf + b"\n" + (entry.private or "").encode()
            after = entries[-1].place


def geometry_kept_by(house: House) -> list[str]:
    """Where something kept of searches and comparisons says how a sample lies: by name, or lists of numbers.

    Pairs of minutiae and the set that they were paired with make the template of the probe again.
    """
    told = []
    with house.store.reading() as tx:
        after = 0
        while changes := tx.upkeep.changes(after, BATCH):
            for thing in (one.thing for one in changes if one.thing):
                if thing.kind in ("BiometricSearch", "Comparison"):
                    texts = (text for values in thing.body.values() for text in values if text[:1] in "[{")
                    told += [f"{thing.kind} {thing.id}" for text in texts if _is_geometry(json.loads(text))]
            after = changes[-1].place
    return told


def _is_geometry(said: Any) -> bool:
    if isinstance(said, dict):
        return bool({"pairs", "turn"} & said.keys()) or any(map(_is_geometry, said.values()))
    if isinstance(said, list):
        return any(isinstance(one, int | float) for one in said) or any(map(_is_geometry, said))
    return False


def said(*texts: str) -> Iterator[tuple[str, bytes]]:
    """What was logged or printed."""
    for n, text in enumerate(texts):
        yield f"log {n}", text.encode()
