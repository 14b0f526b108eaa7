"""The ledger of one intercept: where its money is, to the smallest unit. Pure.

Double entry: the whole sum starts in `unknown`, and every posting takes from one place what it puts into
another, so that requested = held + moved on + returned + released + unknown whatever was posted. A posting
of more than lies in a place is refused: nothing is invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

PLACES = ("unknown", "held", "moved", "released", "returned")
"""Where money can be. `unknown`: nobody has said; `moved`: known to have gone on; `released`: was held and
is not any more; `returned`: is back with the victim."""


class Overdrawn(ValueError):
    """More was posted than lies there. `place`, `there`: where, and how much is."""

    def __init__(self, place: str, there: int, asked: int) -> None:
        super().__init__(f"only {there} of {asked} is {place}")
        self.place, self.there, self.asked = place, there, asked


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount (whole minor units, above nought) that goes from one place to another."""

    source: str
    target: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Whole minor units in each place. `requested` never changes: it is the victim's loss."""

    requested: int
    unknown: int
    held: int = 0
    moved: int = 0
    released: int = 0
    returned: int = 0

    def post(self, posting: Posting) -> "Ledger":
        """The ledger after a posting. Raises Overdrawn, and ValueError for an amount of nought or less."""
        if posting.amount <= 0:
            raise ValueError("a posting is above nought")
        there = getattr(self, posting.source)
        if there < posting.amount:
            raise Overdrawn(posting.source, there, posting.amount)
        taken = replace(self, **{posting.source: there - posting.amount})
        return replace(taken, **{posting.target: getattr(taken, posting.target) + posting.amount})

    @property
    def balanced(self) -> bool:
        """Whether the places add up to what was requested. Always true; shown, and tested."""
        lies = self.unknown + self.held + self.moved + self.released + self.returned
        return lies == self.requested


def opened(requested: int) -> Ledger:
    """The ledger of a loss of which nobody has said anything yet."""
    return Ledger(requested, requested)


def posted(requested: int, postings: Iterable[Posting]) -> Ledger:
    """The ledger after all postings, in order. Raises as `Ledger.post` does."""
    ledger = opened(requested)
    for posting in postings:
        ledger = ledger.post(posting)
    return ledger
