"""What was done to a case study, event by event, and where that leaves it. Pure.

The state is folded from the events whenever it is asked for. Edits of one officer that follow each other are
one event, so that a long evening of typing does not fill the file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from entente.core.journal import canonical

AFTER: Mapping[str, str] = {
    "proposed": "proposed",
    "taken-up": "drafting",
    "completed": "evidence_complete",
    "back": "drafting",
    "sent": "in_review",
    "recalled": "evidence_complete",
    "accepted": "accepted",
    "sent-back": "changes",
    "cleared": "legal_clearance",
    "published": "published",
    "unpublished": "legal_clearance",
    "withdrawn": "withdrawn",
    "reopened": "drafting",
}
"""Event to the state it leads to; others leave the state as it is."""
UNDONE_BY_EDITS = frozenset({"evidence_complete", "in_review", "accepted", "legal_clearance", "published"})
"""States that an edit of what was checked takes back to drafting."""
ACCEPTED = frozenset({"accepted", "legal_clearance", "published"})
REVIEWED = frozenset({"accepted", "sent-back"})
EDITED = frozenset({"edited", "proposed"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `at`: moment (ISO 8601, UTC); `officer`: for his own bureau alone.

    `facts` of an edit: `parts` (what was written) and `keeps` ("yes" where no acceptance falls by it); of a
    review: its decisions.
    """

    at: str
    did: str
    bureau: int
    officer: str = ""
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0

    def line(self) -> str:
        """As it is kept: one line of canonical JSON."""
        return canonical({name: getattr(self, name) for name in Event.__slots__}).decode()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands. `review`: the one that holds (nothing was edited since), or None."""

    state: str = "proposed"
    review: Event | None = None
    authors: frozenset[str] = frozenset()
    edited: int = 0
    """Number of the last event that wrote content."""


def read(lines: Sequence[str]) -> tuple[Event, ...]:
    """Events as they were kept, oldest first."""
    return tuple(Event(**json.loads(line)) for line in lines)


def fold(events: Sequence[Event]) -> Standing:
    """Where the events leave a case."""
    standing = Standing()
    for event in events:
        state = AFTER.get(event.did, standing.state)
        review, edited = standing.review, standing.edited
        if event.did in EDITED and event.facts.get("keeps") != "yes":
            edited = event.number
            review = None
            if state in UNDONE_BY_EDITS:
                state = "drafting"
        if event.did in REVIEWED:
            review = event
        if event.did in ("back", "reopened", "recalled"):
            review = None
        authors = standing.authors
        if event.did in EDITED and event.officer:
            authors |= {event.officer}
        standing = Standing(state, review, authors, edited)
    return standing


def joined(events: Sequence[Event], new: Event) -> tuple[Event, ...]:
    """The events with one more; an edit goes into the one before it, where that is of the same officer.

    Only while no acceptance hangs on which came first: after an event that is no edit a new one begins.
    """
    last = events[-1] if events else None
    same = (
        last is not None
        and last.did == new.did == "edited"
        and last.officer == new.officer
        and last.facts.get("keeps") == new.facts.get("keeps")
    )
    if last is not None and same:
        parts = sorted({*last.facts.get("parts", []), *new.facts.get("parts", [])})
        return (*events[:-1], replace(last, at=new.at, facts={**new.facts, "parts": parts}))
    number = (last.number if last else 0) + 1
    return (*events, replace(new, number=number))
