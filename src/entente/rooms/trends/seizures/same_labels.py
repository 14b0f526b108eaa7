"""Who sees a verdict on two seizures: whoever sees both, now; it follows when one of them is handled anew."""

from dataclasses import replace

from entente.core.access import Handling, meet
from entente.core.things import Thing
from entente.desk import Desk

KIND = "SeizureSame"


def key(seizure: str) -> str:
    """By which verdicts on a seizure are found."""
    return f"seizure-same:{seizure}"


def label(by: int, one: Handling, other: Handling) -> Handling:
    """The handling of a verdict by a bureau: the meet of both seizures, each of whose owners sees his own."""
    both = meet(_with_owner(one), _with_owner(other))
    return replace(both, owner=by, watch=False)


def _with_owner(handling: Handling) -> Handling:
    return replace(handling, see=handling.see | 1 << handling.owner)


def follow(desk: Desk, seizure: Thing) -> None:
    """Label every verdict on a seizure anew; the house's to do, as the verdicts are several bureaus'."""
    through = desk.as_house()
    for _key, verdict in through.inspect_all([key(seizure.id)]):
        if verdict.kind != KIND:
            continue
        ids = (verdict.first("one"), verdict.first("other"))
        there = through.inspect_many(ids)
        if len(there) < 2:
            continue
        handlings = [seizure.handling if id == seizure.id else there[id].handling for id in ids]
        anew = label(verdict.handling.owner, *handlings)
        if anew != verdict.handling:
            through.change(verdict, handling=anew, keys=tuple(key(id) for id in ids))
