"""Pages of sets: enrolled, listed, one of them with its pictures, said anew who may see it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Absent, Fault, Faulty, NoPurpose, OutOfDate
from entente.desk import Desk
from entente.match.numbers import key_of
from entente.rooms.biometrics import (
    cutting_pages,
    encoding,
    enrolling,
    examining_shown,
    exporting,
    filing,
    labels,
    panes,
    reading,
    shown,
    transactions_api,
)
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.api import pictured
from entente.rooms.biometrics.samples import SET
from entente.rooms.records import HandlingForm, given_handling, handling_fields, handling_places, to_form
from entente.web import words
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
KNOWN = "person title reference taken place capture text expires".split()
CHANGED = "person title reference text version".split()


# --- enrolled ------------------------------------------------------------------------------------


@router.get("/enrol")
def blank(request: Request, caller: AtPage, person: str = "") -> Response:
    """The form of a new set, of a person whose record is named."""
    return _form(request, caller, {"person": person[:300]}, HandlingForm())


@router.post("/enrol")
async def enrol(request: Request) -> Response:
    """Receive the files, then read and keep them in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    form = await filing.form_of(request)
    return await run_in_threadpool(_enrol, request, caller, form, await filing.received(form))


def _enrol(request: Request, caller: Caller, form: FormData, files: filing.Files) -> Response:
    given = {name: str(form.get(name, "")).strip() for name in (*KNOWN, "sort")}
    handling = given_handling(form)
    said: dict[str, Any] = {name: value for name, value in given.items() if value}
    said |= {"person": record_id(given["person"]), "files": files.said(), "handling": handling}
    try:
        with caller.at_own_desk("contribute") as desk:
            desk.note("see", what="biometrics")
        checked = validated(m.Enrolment, **said)
        samples = reading.read(checked.files, mark=checked.sort == "mark")
        id = enrolling.enrol(caller, checked, samples)
    except Faulty as problem:
        kept = HandlingForm.model_construct(**handling)
        return _form(request, caller, given, kept, problem.faults, files.places, files.cuts)
    return RedirectResponse(f"/biometrics/sets/{id}", status_code=303)


@router.post("/cut/enrol")
async def with_cut(request: Request) -> Response:
    """Receive a picture and its boxes; the fingers they cut out go into the form of a new set."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    given = await cutting_pages.sent(await filing.form_of(request))
    return await run_in_threadpool(_with_cut, request, caller, given)


def _with_cut(request: Request, caller: Caller, given: cutting_pages.Sent) -> Response:
    try:
        return _form(request, caller, {}, HandlingForm(), cuts=cutting_pages.fingers(given))
    except Faulty as problem:
        return cutting_pages.page(request, caller, given, problem.faults)


def _form(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    handling: HandlingForm,
    faults: Sequence[Fault] = (),
    places: filing.Places | None = None,
    cuts: Sequence[filing.Cut] = (),
) -> Response:
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="a form")
        fields = handling_fields(desk, handling)
    return render(
        request,
        "biometrics/enrol.html",
        status_code=422 if faults else 200,
        given=given,
        handling=fields,
        faults=faults,
        places={**_places(), **filing.paired(places or {}, faults)},
        cuts=cuts,
        labels=labels,
        encoder=encoding.said(),
    )


def _places() -> dict[str, tuple[str, str]]:
    return {
        **handling_places(),
        "person": ("f-person", _("Record of the person")),
        "title": ("f-title", _("Who or what it is of")),
        "reference": ("f-reference", _("Reference of the bureau")),
        "taken": ("f-taken", _("Taken on")),
        "expires": ("f-expires", _("Kept until")),
    }


def record_id(said: str) -> str:
    """The id of a record, or its address pasted."""
    return said.strip().partition("?")[0].rstrip("/").rpartition("/")[2]


# --- listed --------------------------------------------------------------------------------------


@router.get("/sets")
def sets(request: Request, caller: AtPage, which: str = "mine", sort: str = "", after: str = "") -> Response:
    """Sets: my bureau's, or all that I may see."""
    which, sort = "all" if which == "all" else "mine", sort if sort in labels.SORTS else ""
    rows: list[m.Brief] | None = None
    if which == "mine":
        with caller.at_own_desk("see") as desk:
            rows = _listed(desk, which, sort, after[:64])
    elif caller.inquiry:
        with caller.at_desk("see") as desk:
            rows = _listed(desk, which, sort, after[:64])
    here = f"/biometrics/sets?which={which}{'&sort=' + sort if sort else ''}"
    older = f"{here}&after={rows[-1].id}" if rows and len(rows) == shown.PAGE else ""
    return _list(request, caller, rows, which, sort, here if after else "", older)


def _list(
    request: Request,
    caller: Caller,
    rows: Sequence[m.Brief] | None,
    which: str = "",
    sort: str = "",
    first: str = "",
    older: str = "",
    person: str = "",
) -> Response:
    return render(
        request,
        "biometrics/sets.html",
        rows=rows,
        which=which,
        sort=sort,
        first=first,
        older=older,
        person=person,
        labels=labels,
        may_write=filing.may(caller, "contribute"),
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    )


def _listed(desk: Desk, which: str, sort: str, after: str) -> list[m.Brief]:
    rows = shown.listed(desk, which, sort, after, shown.PAGE)
    desk.note("see", what="biometrics", sets=[thing.id for thing in rows])
    return shown.briefs(desk, rows)


@router.get("/persons/{id}")
def of_person(request: Request, caller: AtPage, id: str) -> Response:
    """The sets of one person's record, as far as I may see them."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        found = [t for _key, t in desk.find([key_of("biometrics", id[:64])]) if t.kind == SET]
        desk.note("see", object=id[:64], what="biometrics", sets=[t.id for t in found])
        rows = shown.briefs(desk, found)
    return _list(request, caller, rows, person=id)


# --- one set -------------------------------------------------------------------------------------


@router.get("/sets/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One set: its samples, its quality, and who may see it where it is my bureau's."""
    return _page(request, caller, id)


def _page(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    given: Mapping[str, str] | None = None,
    handling: HandlingForm | None = None,
    status: int = 422,
) -> Response:
    with _seated(caller, id) as desk:
        thing = enrolling.look(desk, id)
        desk.note("see", object=id)
        told = shown.whole(desk, thing)
        own = thing.handling.owner == desk.asker.bureau
        may_correct = own and filing.may(caller, "correct")
        said = handling or to_form(desk, thing.handling)
        fields = handling_fields(desk, said) if may_correct else None
        same = examining_shown.same_persons(desk, id)
    return render(
        request,
        "biometrics/set.html",
        status_code=status if faults else 200,
        set=told,
        sheets=list(panes.kept(f"/biometrics/sets/{id}/samples", told.samples).values()),
        same=same,
        own=own,
        may_correct=may_correct,
        may_withdraw=own and filing.may(caller, "withdraw"),
        may_export=filing.may(caller, "export"),
        handling=fields,
        given=given or {name: str(getattr(told, name)) for name in CHANGED},
        faults=faults,
        places=_places(),
        labels=labels,
        encoder=encoding.said(),
    )


def _seated(caller: Caller, id: str, act: str = "see") -> AbstractContextManager[Desk]:
    """A sitting to read a set, or to take it along: for the open inquiry, else at one's own desk.

    Without an inquiry, what is not one's own asks for the purpose, whether it exists or not.
    """
    if caller.inquiry is not None:
        return caller.at_desk(act)
    try:
        with caller.at_own_desk("see") as desk:
            enrolling.look(desk, id)
            desk.note("see", object=id)
    except Absent:
        raise NoPurpose() from None
    return caller.at_own_desk(act)


@router.get("/sets/{id}/nist")
def as_nist(caller: AtPage, id: str) -> Response:
    """One set as an ANSI/NIST-ITL file."""
    with _seated(caller, id, "export") as desk:
        return transactions_api.as_file(exporting.nist(desk, id), "set.nist")


@router.get("/sets/{id}/iso")
def as_iso(caller: AtPage, id: str) -> Response:
    """The fingers of one set as an ISO/IEC 19794-2 record."""
    with _seated(caller, id, "export") as desk:
        return transactions_api.as_file(exporting.iso(desk, id), "set.fmr")


@router.get("/sets/{id}/samples/{number}")
def picture(caller: AtPage, id: str, number: int) -> Response:
    """The picture of one sample."""
    with _seated(caller, id) as desk:
        return pictured(enrolling.picture(desk, id, number))


@router.post("/sets/{id}/handling")
async def rehandle(request: Request, id: str) -> Response:
    """Read the form, then say anew in a thread."""
    return await run_in_threadpool(_rehandle, request, await at_page(request), id, await request.form())


def _rehandle(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given = {name: str(form.get(name, "")).strip() for name in CHANGED}
    handling = given_handling(form)
    said = {**given, "person": record_id(given["person"]), "handling": handling}
    try:
        with caller.at_own_desk("correct", writing=True) as desk:
            enrolling.rehandle(desk, id, validated(m.Rehandling, **said))
    except Faulty as problem:
        kept = HandlingForm.model_construct(**handling)
        return _page(request, caller, id, problem.faults, given, kept)
    except OutOfDate:
        late = Fault("version", _("Somebody changed it meanwhile"), _("Look at it, and say it again."))
        return _page(request, caller, id, [late], status=OutOfDate.status)
    return RedirectResponse(f"/biometrics/sets/{id}", status_code=303)


@router.post("/sets/{id}/solved")
def solve(caller: AtPage, id: str, solved: Annotated[str, Form()] = "yes") -> Response:
    """Take a mark out of the unsolved ones, or put it back."""
    with caller.at_own_desk("correct", writing=True) as desk:
        enrolling.solve(desk, id, solved == "yes")
    return RedirectResponse(f"/biometrics/sets/{id}", status_code=303)


@router.post("/sets/{id}/withdraw")
def withdraw(caller: AtPage, id: str) -> Response:
    """Take a set of my bureau back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        enrolling.withdraw(desk, id)
    return RedirectResponse("/biometrics/sets", status_code=303)
