"""What differs between the databases, and nothing else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

READERS = 64
"""Connections at most: a thread pool of 40 with room for work that reads while it writes."""


class Server(Protocol):
    """One kind of database."""

    engine: Engine
    begin_reading: Sequence[str]
    begin_writing: Sequence[str]

    def must_be_durable(self) -> None:
        """Raise Unavailable when a commit could be lost with the power."""
        ...

    def backup(self, to: Path) -> None:
        """Write a consistent copy; a file under this name is always a whole one."""
        ...
