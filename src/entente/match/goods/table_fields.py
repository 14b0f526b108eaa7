"""What a column of a table of seizures may mean, and by which headers it is recognised in four languages.

A header is recognised only where it is one of the words of `table_fields.txt` as a whole; whoever sends the
file says the rest once, and it is remembered by the header.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from entente.match.names.fold import fold

LEAVE_OUT = ""
"""The column is not read."""
PERSON = "person"
"""The column names or describes a person: never read into a seizure."""
Lines = tuple[tuple[str, str, tuple[str, ...]], ...]


def _read() -> Lines:
    """(field, unit or "", headers) of each line of the file."""
    text = (files(__package__) / "table_fields.txt").read_text("utf-8")
    rows = (line.split("|") for line in text.splitlines() if not line.startswith("#"))
    return tuple((head.partition(" ")[0], head.partition(" ")[2], tuple(said)) for head, *said in rows)


_LINES = _read()
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(field for field, _unit, _said in _LINES))
REPEATED = frozenset({"transit", "concealment", "container", "seal", "batch", LEAVE_OUT, PERSON})
"""Fields that several columns may mean."""
LINE = frozenset(
    "goods what hs edition state quantity unit value currency basis brand batch species term appendix source "
    "purpose".split()
)
"""Fields of a line of goods; the others are the seizure's."""


def folded(header: str) -> str:
    """A header as headers are compared: without accents, case, and signs between words."""
    return " ".join(fold(header).replace("_", " ").split())


@cache
def words() -> Mapping[str, tuple[str, str]]:
    """Folded header to (field, unit or currency of all its cells)."""
    return {folded(said): (field, unit) for field, unit, headers in _LINES for said in headers}
