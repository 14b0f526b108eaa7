"""A list laid down in sheets of five thousand rows: each a blob, encrypted with a key of its own.

The keys stand in the Screening, so that the folder of blobs alone says nothing, and what is left of a list
once its Screening is erased cannot be read by anybody.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from entente.core.things import Thing
from entente.desk import Desk, House
from entente.rooms.bureaus import encrypt_once, with_key
from entente.rooms.screening.lists import Line

SHEET = 5_000
"""Rows of a sheet."""
_BOUND = b"screening"


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is kept. `place`: from 0; `same`: the place of the same row in the list before, or -1."""

    place: int
    number: int
    cells: tuple[str, ...]
    wrong: str
    same: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A list that lies in blobs: their digests, the key of each, how many rows."""

    blobs: tuple[str, ...]
    seals: tuple[str, ...]
    rows: int


def lay(house: House, lines: Iterable[Line], before: Mapping[bytes, int]) -> Laid:
    """Lay a list down. `before`: digest of a row to its place in the list before.

    Where reading ends with a problem, nothing is left of it.
    """
    blobs: list[str] = []
    seals: list[str] = []
    rows = 0
    source = iter(lines)
    try:
        while sheet := list(islice(source, SHEET)):
            said = [(one.number, one.cells, one.wrong, before.get(digest(one.cells), -1)) for one in sheet]
            key, hidden = encrypt_once(zlib.compress(orjson.dumps(said), 3), _BOUND, house.randomness)
            blobs.append(house.blobs.put(hidden))
            seals.append(key.hex())
            rows += len(sheet)
    except BaseException:
        drop(house, blobs)
        raise
    return Laid(tuple(blobs), tuple(seals), rows)


def drop(house: House, blobs: Iterable[str]) -> None:
    """Drop sheets that no Screening came to name; keys are drawn, so that nobody else's are the same."""
    for blob in blobs:
        house.blobs.drop(blob)


def sheet(house: House, screening: Thing, number: int) -> list[Row]:
    """The rows of a sheet, counted from 0. Raises KeyError where it is gone."""
    hidden = house.blobs.open(screening.body["blobs"][number])
    key = bytes.fromhex(screening.body["seals"][number])
    said: Sequence[Any] = orjson.loads(zlib.decompress(with_key(key, hidden, _BOUND)))
    start = number * SHEET
    return [
        Row(start + i, number, tuple(cells), wrong, same)
        for i, (number, cells, wrong, same) in enumerate(said)
    ]


def every_row(house: House, screening: Thing) -> Iterator[Row]:
    """All rows, a sheet at a time."""
    for number in range(len(screening.body.get("blobs", ()))):
        yield from sheet(house, screening, number)


def places(house: House, screening: Thing) -> dict[bytes, int]:
    """Digest of every row to its place: what a later list is held against. About 120 bytes a row."""
    return {digest(row.cells): row.place for row in every_row(house, screening) if not row.wrong}


def digest(cells: Sequence[str]) -> bytes:
    return hashlib.blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def keys_of(blobs: Sequence[str]) -> tuple[str, ...]:
    """The keys by which it is found that a Screening names these blobs."""
    return tuple(f"blob:{blob}" for blob in blobs)


def forget(desk: Desk, blobs: Sequence[str]) -> None:
    """Sheets of a list that another took the place of: a job drops them."""
    if blobs:
        desk.tx.jobs.add("drop", {"digests": list(blobs)})
