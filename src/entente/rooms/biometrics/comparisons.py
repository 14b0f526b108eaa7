"""Comparisons as they are kept and found: one candidate under two examiners' eyes, its bureau's own paper."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from entente.core.access import Asker, Handling, Level, Purpose
from entente.core.problems import Absent
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.desk.retention import about
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.examining_model import Which
from entente.rooms.bureaus import own
from entente.rooms.search import for_inquiry

COMPARISON = "Comparison"
SEARCH, MARK, DUPLICATE = "search", "mark", "duplicate"
NEW, WAITING, HIT, NO_HIT, INCONCLUSIVE, DISPUTED = (
    "new",
    "waiting",
    "hit",
    "no-hit",
    "inconclusive",
    "disputed",
)
FINAL = frozenset({HIT, NO_HIT, INCONCLUSIVE, DISPUTED})
CONTACT, SHOWN = "contact", "shown"
ALERTS = ("biometric", "biometric-second", "biometric-disputed")
"""What bureaus are told of comparisons."""
KEPT = timedelta(days=365)
MOST_LISTED = 200


def label_of(bureau: int, *sets: Thing, level: Level = Level.OFFICIAL) -> Handling:
    """For those of the bureau's officers who may know of all of these, and are cleared for `level`."""
    need = frozenset[str]().union(*(one.handling.need for one in sets))
    return own(bureau, max((level, *(one.handling.level for one in sets))), need)


def id_of(desk: Desk, bureau: int, *names: str) -> str:
    """The id of the one comparison of a bureau of these, whichever came first."""
    return desk.house.ids.of("biometric comparison", bureau, *sorted(names))


def kept(desk: Desk, id: str, body: Mapping[str, Any], label: Handling, until: Sequence[date]) -> Thing:
    """Keep a new comparison, for no longer than what it is of; it goes when one of its sets goes.

    The house's to do, for whoever decided that it may be.
    """
    clean = {name: value for name, value in body.items() if value not in ("", [], None)}
    return desk.keep(
        COMPARISON,
        clean,
        label,
        id=id,
        version=0,
        expires=min(desk.today + KEPT, *until),
        keys=_keys(label.owner, desk.house.model.clean(COMPARISON, clean)),
    )


def changed(desk: Desk, comparison: Thing, more: Mapping[str, str]) -> Thing:
    """Keep a comparison with more said of it, under the keys of its state."""
    body = {**comparison.body, **{name: (value,) for name, value in more.items() if value}}
    clean = desk.house.model.clean(COMPARISON, body)
    return desk.change(comparison, body=clean, keys=_keys(comparison.handling.owner, clean))


def _keys(bureau: int, body: Body) -> tuple[str, ...]:
    state = body["state"][0]
    at_rest = state in FINAL or (state == NEW and "firstAt" in body)  # an owner to contact, taken note of
    examiners = {*body.get("firstBy", ()), *body.get("secondBy", ())}
    named = (name for prop in ("mine", "theirs") for id in body.get(prop, ()) for name in about(id))
    return (
        f"comparisons:{bureau}",
        *(() if at_rest else (f"comparisons:{bureau}:{state}",)),
        *(f"comparisons-by:{one}" for one in sorted(examiners)),
        *(f"comparisons-of:{search}" for search in body.get("search", ())),
        *dict.fromkeys(named),
    )


def look(desk: Desk, id: str) -> Thing:
    """A comparison of one's own bureau. Raises Absent."""
    found = desk.look(id)
    if found.kind != COMPARISON or found.handling.owner != desk.asker.bureau:
        raise Absent()
    return found


def of_search(desk: Desk, search: str) -> list[Thing]:
    """What was said of the candidates of a search, as far as the asker may see it."""
    return [t for _, t in desk.find([f"comparisons-of:{search}"]) if t.kind == COMPARISON]


def of_set(desk: Desk, id: str) -> list[Thing]:
    """One's own bureau's comparisons that a set is in."""
    mine = desk.asker.bureau
    return [t for _, t in desk.find(about(id)) if t.kind == COMPARISON and t.handling.owner == mine]


def listed(desk: Desk, which: Which) -> list[Thing]:
    """One's bureau's comparisons, newest first.

    `new`, `waiting`: while their sets may be seen; `mine`: those that one has judged.
    """
    key = f"comparisons:{desk.asker.bureau}"
    if which == "mine":
        key = f"comparisons-by:{desk.asker.officer}"
    elif which != "all":
        key = f"{key}:{which}"
    found: list[Thing] = []
    after = 0
    while len(found) < MOST_LISTED:  # what is not told takes no place
        page = desk.table([COMPARISON], key=key, after=after, limit=MOST_LISTED)
        seen = sets_of(desk, [t for _, t in page])
        found += [t for _, t in page if t.first("state") in FINAL or named(t) <= seen.keys()]
        if len(page) < MOST_LISTED:
            break
        after = page[-1][0]
    return found[:MOST_LISTED]


def named(comparison: Thing) -> set[str]:
    """The sets that a comparison is of."""
    return {id for prop in ("mine", "theirs") for id in comparison.body.get(prop, ())}


def is_open(comparison: Thing, seen: Mapping[str, Thing]) -> bool:
    """Whether it may still be opened: it is decided, or its sets are all seen."""
    return comparison.first("state") in FINAL or named(comparison) <= seen.keys()


def sets_of(desk: Desk, found: Iterable[Thing]) -> dict[str, Thing]:
    """The sets of comparisons as the asker may see them now, each for the inquiry it was found in."""
    wanted: dict[tuple[str, str], list[Thing]] = {}
    for one in found:
        wanted.setdefault((one.first("purpose"), one.first("justification")), []).append(one)
    seen: dict[str, Thing] = {}
    for same in wanted.values():
        ids = sorted({id for one in same for id in named(one)})
        seen |= reading(desk, same[0]).look_all(ids)
    return seen


def reading(desk: Desk, kept: Thing) -> Desk:
    """The same sitting for the inquiry that a search or a comparison was made in."""
    return desk.seated_as(for_inquiry(desk.asker, kept))


def examiner(bureau: int, active: bool, need: frozenset[str], why: str) -> Asker:
    """Any examiner of a bureau who holds these compartments, of any level: it is told what he may see."""
    return Asker(
        "examiner", bureau, Purpose.FORENSIC, why, active=active, clearance=Level.CONFIDENTIAL, held=need
    )


def kept_of(parts: Iterable[m.Part]) -> list[dict[str, Any]]:
    """What is kept of a score's parts: no pairs, for those tell where the minutiae of what was asked lie."""
    return [part.model_dump(include=set(m.Share.model_fields)) for part in parts]


def parts_of(comparison: Thing) -> list[m.Share]:
    """The parts of the score as they were found."""
    content = comparison.first("content")
    return [m.Share.model_validate(part) for part in json.loads(content)] if content else []
