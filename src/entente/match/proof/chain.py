"""Which proceedings are of one matter, in which order they spoke, and which judgment the last word left
standing."""

from collections.abc import Iterable, Sequence

from entente.match.proof.proceedings import ABOVE, JUDGING, Proceeding, in_order

STANDS, OVERTURNED, REOPENED = "stands", "overturned", "reopened"
BEFORE = frozenset({"investigation", "charge", "trial"})
"""Stages that a judgment goes on from."""


def fold(text: str) -> str:
    """A defendant, a charge or a country as it is compared."""
    return " ".join(text.casefold().split())


def chain_of(first: Proceeding, proceedings: Sequence[Proceeding]) -> list[Proceeding]:
    """Every proceeding of the same matter, in order.

    Those that name each other; and where one names none, by its country: an appeal, a cassation or a retrial
    belongs to every judgment there, a judgment to every charge, for what speaks against one must not be
    forgotten because nobody wrote the number down.
    """
    by_number = {p.number: p for p in proceedings}
    inside, ahead = {first.number}, [first]
    while ahead:
        p = ahead.pop()
        for other in by_number.values():
            if other.number not in inside and (_tied(p, other) or _tied(other, p)):
                inside.add(other.number)
                ahead.append(other)
    return in_order([by_number[n] for n in inside if n in by_number])


def _tied(upper: Proceeding, lower: Proceeding) -> bool:
    said = (upper.overturns, upper.reinstates, upper.follows)
    if lower.number in said:
        return True
    if said != (None, None, None) or fold(upper.country) != fold(lower.country):
        return False
    return (upper.stage in ABOVE and lower.stage in JUDGING) or (
        upper.stage in JUDGING and lower.stage in BEFORE
    )


def unfollowable(chain: Sequence[Proceeding], every: Iterable[Proceeding]) -> bool:
    """Whether a number stands twice, or a proceeding names itself, a later one, or one that is not there."""
    numbers = [p.number for p in every]
    place = {p.number: at for at, p in enumerate(chain)}
    for at, p in enumerate(chain):
        if numbers.count(p.number) > 1:
            return True
        for other in (p.overturns, p.reinstates, p.follows):
            if other is not None and place.get(other, at) >= at:
                return True
    return False


def state_of(number: int, chain: Sequence[Proceeding]) -> tuple[str, Proceeding | None]:
    """How one judgment of a chain stands after the last word in it, and whose word that was.

    What overturned it may be overturned in turn: then it is open again, until somebody reinstates it. What
    reinstated it may be overturned: then it is overturned again. An undated reinstatement gives nothing back.
    """
    state: dict[int, str] = {}
    by: dict[int, Proceeding] = {}
    for p in chain:
        other = p.overturns
        if other is not None and other != p.number:
            for below, teller in list(by.items()):
                if teller.number == other:
                    state[below] = REOPENED if state[below] == OVERTURNED else OVERTURNED
                    by[below] = p
            state[other], by[other] = OVERTURNED, p
        back = p.reinstates
        if back is not None and back != p.number and p.date is not None:
            state[back], by[back] = STANDS, p
    return state.get(number, STANDS), by.get(number)
