"""Badges: what a room says of records that a room below it shows ("a red notice is about it").

Neither knows the other: app.py hands the rooms' words to the web, and a page asks for those of what it
shows, in the sitting that shows it, so that nobody is told more than his own view holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from entente.desk import Desk


@dataclass(frozen=True, slots=True)
class Badge:
    """`said`: in the reader's language. `tone`: a class of the style sheet. `url`: where more is."""

    said: str
    tone: str
    url: str


Says = Callable[[Desk, Sequence[str]], Mapping[str, Sequence[Badge]]]
"""(sitting, ids of records) -> badges by id; a record about which nothing is said is left out."""


def badges(request: Request, desk: Desk, records: Sequence[str]) -> Mapping[str, Sequence[Badge]]:
    """What all rooms say of these records."""
    said: dict[str, list[Badge]] = {}
    for room in getattr(request.app.state, "badges", ()):
        for id, found in room(desk, records).items():
            said.setdefault(id, []).extend(found)
    return said
