"""Readers of other people's files: each yields rows as they come and says of every bad line why.

Nothing here trusts a file: lines are limited, nothing is followed, opened or fetched that a file names.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from entente.core.problems import Unreadable
from entente.rooms.records.formats.csv_mapping import CsvMapping, mapping_of, read_csv
from entente.rooms.records.formats.ftm import read_ftm, write_ftm
from entente.rooms.records.formats.ofac import read_ofac
from entente.rooms.records.formats.rows import Bad, Row
from entente.rooms.records.formats.un import read_un

__all__ = [
    "Bad",
    "CsvMapping",
    "Row",
    "mapping_of",
    "read",
    "read_csv",
    "read_ftm",
    "read_ofac",
    "read_un",
    "write_ftm",
]

Mapped = CsvMapping | Mapping[str, Any] | Path | None


def read(path: Path, mapping: Mapped = None) -> Iterator[Row | Bad]:
    """The rows of a file, or of a folder of OFAC's files, read by what is in it.

    `mapping` is needed for CSV: a CsvMapping, its TOML file, or the same as a dictionary. Raises Unreadable
    at once when the file is of no known form, and for a faulty mapping.
    """
    if path.is_dir():
        return read_ofac(path)
    if mapping is not None:
        try:
            return read_csv(path, mapping if isinstance(mapping, CsvMapping) else mapping_of(mapping))
        except ValueError as wrong:
            raise Unreadable(str(wrong)) from wrong
    with path.open("rb") as file:
        start = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")) or path.suffix in (".jsonl", ".ijson"):
        return read_ftm(path)
    if start.startswith(b"<"):
        return read_un(path)
    raise Unreadable(f"{path.name} is neither FollowTheMoney lines nor a UN list; a CSV file needs a mapping")
