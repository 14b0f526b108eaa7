"""What was done to a case study, event by event, and where that leaves it. Pure.

The state is folded from the events whenever it is asked for. Edits of one officer that follow each other are
one event, so that a long evening of typing does not fill the file. Where it fills all the same, old edits
give way to one event that says where they left the case (its older versions have them all).
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
CLEARED = frozenset({"legal_clearance", "published"})
"""States in which a case may be printed: a supervisor of its own bureau has said so."""
REVIEWED = frozenset({"accepted", "sent-back"})
EDITED = frozenset({"edited", "proposed"})
EARLIER = "earlier"
"""Stands for older events that were taken out; `facts`: where they left the case, and how many they were."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `at`: moment (ISO 8601, UTC); `officer`: for his own bureau alone.

    `facts` of an edit: `parts` (what was written) and `keeps` ("yes" where no acceptance falls by it,
    "uncleared" where the clearance does and the acceptance does not); of a review: its decisions.
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
    reviewed: frozenset[int] = frozenset()
    """Bureaus that gave a review, whatever it said."""


def read(lines: Sequence[str]) -> tuple[Event, ...]:
    """Events as they were kept, oldest first."""
    return tuple(Event(**json.loads(line)) for line in lines)


def fold(events: Sequence[Event]) -> Standing:
    """Where the events leave a case."""
    standing = Standing()
    reviews: dict[int, Event] = {}
    for event in events:
        if event.did == EARLIER:
            standing = _left(event, reviews)
            continue
        state = AFTER.get(event.did, standing.state)
        review, edited = standing.review, standing.edited
        keeps = event.facts.get("keeps")
        if event.did in EDITED and keeps == "uncleared" and state in CLEARED:
            state = "accepted"
        if event.did in EDITED and keeps not in ("yes", "uncleared"):
            edited = event.number
            review = None
            if state in UNDONE_BY_EDITS:
                state = "drafting"
        reviewed = standing.reviewed
        if event.did in REVIEWED:
            review = reviews[event.number] = event
            reviewed |= {event.bureau}
        if event.did in ("back", "reopened", "recalled"):
            review = None
        authors = standing.authors
        if event.did in EDITED and event.officer:
            authors |= {event.officer}
        standing = Standing(state, review, authors, edited, reviewed)
    return standing


def _left(event: Event, reviews: Mapping[int, Event]) -> Standing:
    """Where the events left the case for which this one stands."""
    said = event.facts
    return Standing(
        said["state"],
        reviews.get(said["review"]),
        frozenset(said["authors"]),
        said["edited"],
        frozenset(said["reviewed"]),
    )


def shortened(events: Sequence[Event], most: int) -> tuple[Event, ...]:
    """At most `most` events (8 or more) that leave the case where these leave it: the older half loses its
    edits, then its oldest steps, and one event says where it left the case. The review that holds stays."""
    if len(events) <= most:
        return tuple(events)
    old, new = events[: -(most // 2)], events[-(most // 2) :]
    standing = fold(old)
    steps = [one for one in old if one.did not in ("edited", EARLIER)]
    kept = [steps[0], *steps[1:][-(most // 4 - 1) :]] if steps else []
    if standing.review and standing.review not in kept:
        kept.insert(1, standing.review)
    out = [one for one in old if one not in kept]
    facts = {
        "state": standing.state,
        "review": standing.review.number if standing.review else 0,
        "authors": sorted(standing.authors),
        "edited": standing.edited,
        "reviewed": sorted(standing.reviewed),
        "many": sum(one.facts["many"] if one.did == EARLIER else 1 for one in out),
    }
    earlier = Event(out[-1].at, EARLIER, out[-1].bureau, facts=facts, number=out[-1].number)
    return (*kept, earlier, *new)


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
