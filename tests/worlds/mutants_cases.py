"""Mutants of the reports room: case studies, casebooks, copies, threat assessments. See mutants.py."""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from entente.core.access import EVERYONE, Handling
from entente.core.problems import Absent, NotAllowed
from entente.desk.sitting import Desk
from entente.rooms.publications import reading, release
from entente.rooms.reports.assessments import sheets
from entente.rooms.reports.assessments import shown as assessed
from entente.rooms.reports.assessments.assessment import KIND as ASSESSMENT
from entente.rooms.reports.assessments.assessment import assessment_of
from entente.rooms.reports.casebook import service as book_service
from entente.rooms.reports.casebook import shown as books
from entente.rooms.reports.cases import across, keeping, protecting, shown
from entente.rooms.reports.cases.case import KIND, Case, case_of
from worlds.mutants import mutant
from worlds.mutants_channels import every


def casing(name: str, plan: str = "cases alone") -> Any:
    """One of those that `make test` looks for."""
    return mutant(name, plan, "casing")


def cased(name: str, plan: str = "cases alone") -> Any:
    return mutant(name, plan, "cased")


def booking(name: str, plan: str = "officer, by books") -> Any:
    return mutant(name, plan, "booking")


def assessing(name: str, plan: str = "assessments alone") -> Any:
    return mutant(name, plan, "assessing")


def _all(desk: Desk) -> list[Case]:
    return [case_of(thing) for thing in every(desk, KIND)]


def _board(change: Any) -> Any:
    """The list of cases says something else: `change(desk, which, board)`."""
    real = shown.board

    def board(desk: Desk, which: str, *rest: Any) -> Any:
        answer = real(desk, which, *rest)
        return answer.model_copy(update=change(desk, which, answer))

    return patch.object(shown, "board", board)


# --- cases -------------------------------------------------------------------------------------------


@casing("L1 the counter of admitted cases counts those of others")
def _() -> Iterator[Any]:
    def change(desk: Desk, _which: str, _answer: Any) -> dict[str, int]:
        return {"admitted": sum(keeping.judge(desk, case).admission.admitted for case in _all(desk))}

    yield _board(change)


@casing("L2 the matrix of goods and crimes counts claims of hidden cases")
def _() -> Iterator[Any]:
    known = SimpleNamespace(things=lambda desk: every(desk, KIND), every=keeping.every, judge=keeping.judge)
    yield patch.object(across, "keeping", known)


@cased("L2 groups in several cases are sought among hidden ones")
def _() -> Iterator[Any]:
    real = across._shared
    yield patch.object(across, "_shared", lambda desk, _cases: real(desk, _all(desk)))


@cased("L1 the review queue counts what waits for other bureaus")
def _() -> Iterator[Any]:
    def change(desk: Desk, which: str, answer: Any) -> dict[str, int]:
        waits = sum(case.state == "in_review" for case in _all(desk))
        return {"total": waits if which == "review" else answer.total}

    yield _board(change)


@casing("L12 a level follows from proceedings of cases that one may not see")
def _() -> Iterator[Any]:
    real = keeping.judge

    def judge(desk: Desk, case: Case) -> Any:
        tried = {one.form.reference for one in case.proceedings.values() if one.form.reference}
        also = [p for other in _all(desk) if other.id != case.id for p in _overturning(other, tried)]
        more = {900 + n: one for n, one in enumerate(also[:5])}
        if not more:
            return real(desk, case)
        case = replace(case, proceedings={**case.proceedings, **more})
        return keeping.judged(case, desk.today, keeping.bureaus(desk))

    yield patch.object(keeping, "judge", judge)


def _overturning(case: Case, tried: set[str]) -> list[Any]:
    """What overturns, elsewhere, a judgment that was tried here."""
    same = any(one.form.reference in tried for one in case.proceedings.values())
    return [one for one in case.proceedings.values() if same and one.form.overturns]


@cased("L3 ids of hidden things that evidence and parties rest on")
def _() -> Iterator[Any]:
    yield patch.object(shown, "_unlinked", lambda form, _seen: form)


@cased("L7 who else reads a case")
def _() -> Iterator[Any]:
    real = shown.whole

    def whole(desk: Desk, case: Case) -> Any:
        return real(desk, case).model_copy(update={"case": case.form})

    yield patch.object(shown, "whole", whole)


@cased("L7 protected names are told to readers")
def _() -> Iterator[Any]:
    def protected(desk: Desk, id: str) -> Any:
        keeping.look(desk, id)
        desk.note("see", object=id, what="protected names")
        return protecting.for_the_checker(desk, id)

    yield patch.object(protecting, "protected", protected)


@cased("L4 a case that is not for the asker is refused, not absent")
def _() -> Iterator[Any]:
    real = keeping.look

    def look(desk: Desk, id: str) -> Case:
        try:
            return real(desk, id)
        except Absent:
            if any(thing.id == id for thing in every(desk, KIND)):
                raise NotAllowed("Not for you.") from None
            raise

    yield patch.object(keeping, "look", look)


# --- casebooks ---------------------------------------------------------------------------------------


@booking("L2 errata tell of cases that one may not see")
def _() -> Iterator[Any]:
    yield patch.object(book_service, "_for_asker", lambda _desk, book: book)


@booking("L3 the digest of a print tells that another case stands in it")
def _() -> Iterator[Any]:
    yield patch.object(book_service, "has_hand", lambda _desk, _book: True)


@booking("L7 the release check names a hidden source")
def _() -> Iterator[Any]:
    real = books.checked

    def checked(desk: Desk, book: Any) -> Any:
        return real(book_service._as_author(desk, book)[0], book) if book.form.cases else real(desk, book)

    yield patch.object(books, "checked", checked)


@booking("L7 a copy is opened by whoever knows its id")
def _() -> Iterator[Any]:
    def handling(to: Any, level: Any, _sources: Any, _releases: Any) -> Handling:
        return Handling(owner=0, see=EVERYONE, level=level)

    yield patch.object(release, "handling_of_copy", handling)
    yield patch.object(reading, "_is_for", lambda _desk, _copy: True)


# --- assessments -------------------------------------------------------------------------------------


@assessing("L12 scores are read before both have handed in")
def _() -> Iterator[Any]:
    def opened(desk: Desk, it: Any) -> Any:
        found = [sheets._sheet(thing) for thing in every(desk, "IndicatorScore")]
        return {(one.place, one.seat): one for one in found if one.place in it.places}

    yield patch.object(sheets, "opened", opened)


@assessing("L1 how many scores are written so far")
def _() -> Iterator[Any]:
    real = assessed._place

    def place(desk: Desk, one: Any, *rest: Any) -> Any:
        written = sum(len(t.body.get("line", ())) for t in every(desk, "IndicatorScore"))
        return real(desk, one, *rest).model_copy(update={"scores": written})

    yield patch.object(assessed, "_place", place)


@assessing("L2 scores that rest on hidden records count in totals")
def _() -> Iterator[Any]:
    yield patch.object(assessed, "seen_sheets", sheets.opened)


@assessing("L2 editions before that are others' are compared")
def _() -> Iterator[Any]:
    def before(desk: Desk, it: Any) -> Any:
        found = [t for t in every(desk, ASSESSMENT) if t.id == it.form.before]
        return [(one, assessed.reckoned(desk, one, draws=1)) for one in map(assessment_of, found)]

    yield patch.object(assessed, "editions_before", before)
