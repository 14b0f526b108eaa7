"""Mutants of the room of biometrics: searches, sets and their files, comparisons, statistics. See mutants.py.

The first verdict that a second examiner must not know is no matter of two worlds: tests/rooms has it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import Decision
from entente.core.problems import Absent, NotAllowed
from entente.core.things import Thing
from entente.desk import galleries
from entente.desk.sitting import Desk
from entente.match.rates import Calibration
from entente.rooms.biometrics import (
    api,
    comparisons,
    enrolling,
    examining_shown,
    exporting,
    gallery,
    meeting,
    service,
    shown,
    statistics,
    transactions,
)
from entente.rooms.biometrics.samples import SET
from worlds.mutants import everything, mutant
from worlds.mutants_channels import every
from worlds.mutants_series import _as_the_house, _reaching, _standing


def biometrics(name: str, plan: str = "biometrics", story: str = "biometrics") -> Any:
    return mutant(name, plan, story)


def _all(desk: Desk, space: str, asked: Any, most: int) -> Any:
    return galleries._proposed(desk, space, asked, most, everything(desk))


def _seen(desk: Desk, found: Any) -> Any:
    there = desk.look_all([one.id for one, _ in found])
    return [(one, score) for one, score in found if one.id in there]


def _asked_of(engine: Any) -> Any:
    """Searches by another engine; what enrolments meet stays as it is."""
    real = gallery.near

    def near(desk: Desk, asked: Any, against: Any, tables: Any, instead: Any = engine) -> Any:
        return real(desk, asked, against, tables, instead)

    return patch.object(gallery, "near", near)


# --- searched -----------------------------------------------------------------------------------------


@biometrics("L1 galleries are asked of all there is, and not decided again", story="prints")
def _() -> Iterator[Any]:
    yield _asked_of(_all)
    yield patch.object(service, "again", lambda desk, looked: looked)


@biometrics("L8 candidates are limited before they are filtered", "biometrics, flooded")
def _() -> Iterator[Any]:
    yield _asked_of(lambda desk, space, asked, most: _seen(desk, _all(desk, space, asked, most)))


@biometrics("L9 a score knows how many sets are hidden")
def _() -> Iterator[Any]:
    real = service.tables.of

    def of(desk: Desk) -> Any:
        used = real(desk)
        many = 1 + len(every(desk, SET))
        prints = used.prints.to_dict()
        prints["scores"] = [one * (1 + 1e-3 * many) for one in prints["scores"]]
        return replace(used, prints=Calibration.from_dict(prints))

    yield patch.object(service.tables, "of", of)


@biometrics("L9 ties are broken by what stands in the house")
def _() -> Iterator[Any]:
    real = gallery.near

    def near(*args: Any, **how: Any) -> Any:
        return sorted(real(*args, **how), key=lambda f: (-round(f.scored.score, 0), -f.thing.n % 7))

    yield patch.object(gallery, "near", near)


@biometrics("L15 one contact for each set that hints", story="prints")
def _() -> Iterator[Any]:
    def owners(self: Any) -> tuple[int, ...]:
        return tuple(sorted(f.thing.handling.owner for f in self.hinting))

    yield patch.object(service.Looked, "owners", property(owners))


@biometrics("L15 sets that only name their owner are candidates")
def _() -> Iterator[Any]:
    def both(desk: Desk, space: str, asked: Any, most: int) -> Any:
        found = galleries.proposed(desk, space, asked, most)
        return found + galleries.hinting_proposed(desk, space, asked, most)

    yield _asked_of(both)
    yield patch.object(service, "again", lambda desk, looked: looked)


@biometrics("L27 the record of a candidate is named, seen or not", story="prints")
def _() -> Iterator[Any]:
    yield _reaching(service, "answer", "look_all")


@biometrics("L27 the record of a set is named, seen or not")
def _() -> Iterator[Any]:
    yield _reaching(shown, "briefs", "look_all")


@biometrics("L15 a result names the owners of hidden candidates")
def _() -> Iterator[Any]:
    real = transactions._done

    def done(caller: Any, asked: Any, data: Any, said: Any, search: Any, enrol: Any) -> Any:
        answered = real(caller, asked, data, said, search, enrol)
        with caller.at_own_desk("see") as desk:
            desk.note("see", what="owners")
            owners = sorted({t.handling.owner for t in every(desk, SET) if not t.handling.see})
        return replace(answered, parts=(*answered.parts, str(owners * len(every(desk, SET))).encode()))

    yield patch.object(transactions, "_done", done)


# --- sets ---------------------------------------------------------------------------------------------


@biometrics("L1 sets are listed without a view")
def _() -> Iterator[Any]:
    yield _reaching(shown, "listed", "table")


@biometrics("L13 lists of sets go on after a place")
def _() -> Iterator[Any]:
    real = api.shown.whole

    def whole(desk: Desk, thing: Thing) -> Any:
        return real(desk, thing).model_copy(update={"reference": str(thing.place)})

    yield patch.object(api.shown, "whole", whole)


@biometrics("L4 a set of others is refused, not absent")
def _() -> Iterator[Any]:
    real = enrolling.look

    def look(desk: Desk, id: str) -> Thing:
        try:
            return real(desk, id)
        except Absent:
            if any(t.kind == SET for t in _standing(desk, [id]).values()):
                raise NotAllowed("Not for you.") from None
            raise

    yield patch.object(enrolling, "look", look)


def _any_set(desk: Desk, id: str) -> Thing:
    if (thing := _standing(desk, [id]).get(id)) and thing.kind == SET:
        return thing
    raise Absent()


@biometrics("L21 hidden sets leave as files")
def _() -> Iterator[Any]:
    def iso(desk: Desk, id: str) -> bytes:
        with patch.object(enrolling, "look", _any_set):
            return ISO(desk, id)

    yield patch.object(exporting, "iso", iso)


ISO = exporting.iso


@biometrics("L20 a picture is opened by whoever names its set")
def _() -> Iterator[Any]:
    real = enrolling.picture

    def picture(desk: Desk, id: str, number: int) -> bytes:
        with patch.object(enrolling, "look", _any_set):
            return real(desk, id, number)

    yield patch.object(enrolling, "picture", picture)


@biometrics("L27 a set may name whatever stands in the house")
def _() -> Iterator[Any]:
    real = enrolling._not_own

    def not_own(desk: Desk, id: str) -> Any:
        return [] if _standing(desk, [id]) else real(desk, id)

    yield patch.object(enrolling, "_not_own", not_own)


# --- comparisons --------------------------------------------------------------------------------------


@biometrics("L23 what an enrolment met is told although the rule says no", story="prints")
def _() -> Iterator[Any]:
    yield patch.object(meeting, "proposed", _all)
    yield patch.object(meeting, "decide", lambda asker, handling: Decision.FULL)


@biometrics("L15 each set that hints is a task of its own")
def _() -> Iterator[Any]:
    def id(self: Any, desk: Desk) -> str:
        return comparisons.id_of(desk, self.bureau, self.mine.id, self.theirs.id)

    yield patch.object(meeting.Side, "id", id)


@biometrics("L29 comparisons of every bureau are listed")
def _() -> Iterator[Any]:
    def listed(desk: Desk, which: str) -> list[Thing]:
        return [t for t in every(desk, comparisons.COMPARISON) if which in ("all", t.first("state"))]

    yield patch.object(comparisons, "listed", listed)


@biometrics("L4 comparisons of every bureau are opened")
def _() -> Iterator[Any]:
    def look(desk: Desk, id: str) -> Thing:
        if (thing := _standing(desk, [id]).get(id)) and thing.kind == comparisons.COMPARISON:
            return thing
        raise Absent()

    yield patch.object(comparisons, "look", look)


@biometrics("L29 what is said of a search is told to every bureau")
def _() -> Iterator[Any]:
    real = examining_shown.judged

    def judged(desk: Desk, search: str) -> Any:
        with _as_the_house("find"):
            return real(desk, search)

    yield patch.object(examining_shown, "judged", judged)


@biometrics("L27 a comparison shows a set that may be seen no longer")
def _() -> Iterator[Any]:
    yield _reaching(comparisons, "sets_of", "look_all")


# --- statistics ---------------------------------------------------------------------------------------


@biometrics("L29 statistics count every bureau's searches and sets")
def _() -> Iterator[Any]:
    def _all_of(desk: Desk, kind: str, key: str, since: Any = None) -> Iterator[Thing]:
        yield from every(desk, kind)

    yield patch.object(statistics, "_all", _all_of)


@biometrics("L23 a search came to what hidden candidates were judged", "officer, by biometrics")
def _() -> Iterator[Any]:
    real = statistics._row

    def row(one: Thing) -> Any:
        told = real(one)
        outcome = one.first("outcome") or "open"
        return replace(told, sort=outcome) if one.kind == service.SEARCH else told

    yield patch.object(statistics, "_row", row)
    yield patch.object(statistics, "_judged", lambda searches, compared: searches)
