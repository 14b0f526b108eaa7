"""Working groups: experts of several bureaus, a compartment of their own."""

from dataclasses import dataclass

from entente.core.problems import Absent
from entente.desk import Desk


@dataclass(frozen=True, slots=True)
class Group:
    """A working group as its members know it. `bureaus`: numbers of those that have members."""

    id: str
    name: str
    compartment: str
    bureaus: frozenset[int]


def group_of(desk: Desk, id: str) -> Group:
    """One of the asker's groups. Raises Absent."""
    raise Absent()


def groups(desk: Desk) -> list[Group]:
    """The asker's groups."""
    return []
