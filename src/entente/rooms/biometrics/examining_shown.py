"""Comparisons as their bureau's officers get them: while one waits, nothing of the first verdict is told."""

import json
from collections.abc import Iterable, Sequence

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import examining
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.bureaus import directory
from entente.rooms.search import contact


def one(desk: Desk, comparison: Thing) -> e.Opened:
    """One comparison with the sides of it that are kept. Raises Absent where one may not be seen any more and
    nothing is decided."""
    sets = c.sets_of(desk, [comparison])
    if comparison.first("state") not in c.FINAL and not c.named(comparison) <= sets.keys():
        raise Absent()
    (told,) = _told(desk, [comparison], sets)
    desk.note("see", object=comparison.id, what="biometrics")
    return e.Opened(**told.model_dump(), laid=examining.opened(desk, comparison, sets))


def many(desk: Desk, found: Sequence[Thing]) -> list[e.Comparison]:
    """Comparisons in a list."""
    desk.note("see", what="biometrics", comparisons=len(found))
    return _told(desk, found, c.sets_of(desk, found))


def _told(desk: Desk, found: Sequence[Thing], sets: dict[str, Thing]) -> list[e.Comparison]:
    """The score is told after one's own verdict: whoever saw it before could not be the blind second."""
    bureaus = directory(desk)
    names = _names(desk, [id for t in found if t.first("state") in c.FINAL for id in _examiners(t)])
    persons: dict[str, Thing] = {}
    for t in found:
        theirs = sets.get(t.first("theirs"))
        if theirs and theirs.first("person"):
            persons |= c.reading(desk, t).look_all([theirs.first("person")])
    told = []
    for t in found:
        theirs, mine = sets.get(t.first("theirs")), sets.get(t.first("mine"))
        person = persons.get(theirs.first("person")) if theirs else None
        state, is_contact = t.first("state"), t.first("how") == c.CONTACT
        final = state in c.FINAL
        open_ = c.named(t) <= sets.keys() and (final or examining.has_judged(desk, t))
        owner = bureaus.get(int(t.first("bureau")))
        told.append(
            e.Comparison.model_validate(
                {
                    "id": t.id,
                    "sort": t.first("sort"),
                    "how": t.first("how"),
                    "state": state,
                    "at": t.first("at"),
                    "search": t.first("search"),
                    "mine": t.first("mine"),
                    "mine_title": _title(mine),
                    "theirs": theirs.id if theirs else "",
                    "theirs_title": _title(theirs),
                    "theirs_sort": theirs.first("sort") if theirs else "",
                    "person": person.id if person else "",
                    "caption": desk.house.model.caption(person.kind, person.body) if person else "",
                    "owner": owner.code if owner else "",
                    "contact": contact(owner, t.first("token")) if owner and is_contact else None,
                    "purpose": t.first("purpose"),
                    "justification": t.first("justification"),
                    "yours": examining.may_judge(desk, t),
                    "noted": is_contact and bool(t.first("firstAt")),
                    "score": float(t.first("score")) if open_ and t.first("score") else None,
                    "parts": c.parts_of(t) if open_ else [],
                    "verdicts": _verdicts(t, names) if final else [],
                    "hit": t.first("hit"),
                }
            )
        )
    return told


def _title(set: Thing | None) -> str:
    return (set.first("title") or set.first("reference")) if set else ""


def _verdicts(comparison: Thing, names: dict[str, str]) -> list[e.Verdict]:
    notes = json.loads(comparison.first("text") or "{}")
    return [
        e.Verdict.model_validate(
            {
                "verdict": comparison.first(which),
                "officer": names.get(comparison.first(f"{which}By"), ""),
                "at": comparison.first(f"{which}At"),
                "text": notes.get(which, ""),
            }
        )
        for which in ("first", "second")
        if comparison.first(which)
    ]


def _examiners(comparison: Thing) -> list[str]:
    return [id for which in ("firstBy", "secondBy") if (id := comparison.first(which))]


def _names(desk: Desk, officers: Iterable[str]) -> dict[str, str]:
    known = desk.as_house().look_all(list(officers))
    return {id: officer.first("name") for id, officer in known.items()}


def judged(desk: Desk, search: str) -> list[e.Judged]:
    """What is said of the candidates of a search of one's bureau, by state alone."""
    return [
        e.Judged(comparison=t.id, set=t.first("theirs"), state=_state(t)) for t in c.of_search(desk, search)
    ]


def _state(comparison: Thing) -> m.State:
    return e.Judged.model_validate({"comparison": "", "set": "", "state": comparison.first("state")}).state


def same_persons(desk: Desk, set: str) -> list[e.Same]:
    """Other sets that two examiners of one's bureau say are of the same person: nothing is merged."""
    decided = [t for t in c.of_set(desk, set) if t.first("state") == c.HIT and t.first("mine")]
    sets = c.sets_of(desk, decided)
    names = _names(desk, [id for t in decided for id in _examiners(t)])
    return [
        e.Same(
            set=other,
            title=_title(sets[other]),
            comparison=t.id,
            at=t.first("secondAt"),
            by=[names.get(id, "") for id in _examiners(t)],
        )
        for t in decided
        for other in sorted(c.named(t) - {set})
        if other in sets
    ]
