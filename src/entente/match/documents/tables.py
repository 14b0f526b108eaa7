"""The packaged tables of this folder: one row a line, columns by tab, `#` starts a comment line."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table in `data`. Raises FileNotFoundError when there is no such table."""
    text = (files(__package__) / "data" / name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and line[0] != "#")
