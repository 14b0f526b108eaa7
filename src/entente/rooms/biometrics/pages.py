"""Pages of biometrics: a search and its answer; sets and comparisons are in modules of their own.

What is searched with is in the answer's page alone: no address shows it a second time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty, NoPurpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.biometrics import (
    api,
    comparisons,
    cutting_pages,
    encoding,
    examining_pages,
    filing,
    labels,
    panes,
    sets_pages,
    statistics_pages,
)
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read
from entente.rooms.biometrics.service import SEARCH
from entente.web import words
from entente.web.address import secure
from entente.web.callers import AtPage, Caller, Inquiry, at_page, keep_inquiry
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

here = APIRouter(prefix="/biometrics")
MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A search of mine in a line. `by`: what was searched with, in words; `comparisons`: ids, of its judged
    candidates."""

    at: str
    reference: str
    by: str
    officer: str
    candidates: int
    state: str
    comparisons: Sequence[str] = ()


@here.get("")
def front(request: Request, caller: AtPage) -> Response:
    """Search, what waits, and my recent searches."""
    return _front(request, caller, {})


def _front(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    places: filing.Places | None = None,
    status: int = 200,
    cuts: Sequence[filing.Cut] = (),
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="biometrics")
        found = _own(desk)
        waiting = sum(len(comparisons.listed(desk, which)) for which in ("new", "waiting"))
        searches = _recent(desk, found)
    return render(
        request,
        "biometrics/front.html",
        status_code=status,
        searches=searches,
        waiting=waiting,
        given=given,
        faults=faults,
        places={
            **filing.paired(places or {}, faults),
            "reference": ("f-reference", _("Your transaction number")),
        },
        cuts=cuts,
        labels=labels,
        settled=False,
        encoder=encoding.said(),
        may_search=filing.may(caller, "search"),
        may_write=filing.may(caller, "contribute"),
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    )


def _own(desk: Desk) -> list[Thing]:
    """The officer's own: how many candidates a colleague had may tell of what the officer may not see."""
    key = f"biometric-searches-by:{desk.asker.officer}"
    return [t for _, t in desk.table([SEARCH], key=key, limit=MOST_RECENT)]


def _recent(desk: Desk, found: Sequence[Thing]) -> list[Asked]:
    officers = desk.as_house().look_all(sorted({t.first("officer") for t in found}))
    names = {id: officer.first("name") for id, officer in officers.items()}
    judged = {t.id: comparisons.of_search(desk, t.id) for t in found}
    seen = comparisons.sets_of(desk, [one for of_it in judged.values() for one in of_it])
    return [
        Asked(
            at=t.first("at"),
            reference=t.first("reference"),
            by=labels.by(json.loads(t.first("asked"))["samples"]),
            officer=names.get(t.first("officer"), ""),
            candidates=len(json.loads(t.first("candidates") or "[]")),
            state=t.first("outcome") or t.first("state"),
            comparisons=[one.id for one in judged[t.id] if comparisons.is_open(one, seen)],
        )
        for t in found
    ]


@here.post("/search")
async def search(request: Request) -> Response:
    """Receive the files, then search in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    form = await filing.form_of(request)
    return await run_in_threadpool(_search, request, caller, form, await filing.received(form))


def _search(request: Request, caller: Caller, form: FormData, files: filing.Files) -> Response:
    given = {name: str(form.get(name, "")) for name in ("against", "reference", "purpose", "justification")}
    purpose, why = given["purpose"], given["justification"].strip()[:500]
    if purpose and why:
        caller.inquiry = request.state.inquiry = Inquiry(purpose, why)
    try:
        said = {"against": given["against"] or "persons", "reference": given["reference"]}
        answer, samples = api.searched(caller, validated(m.SearchForm, files=files.said(), **said))
    except NoPurpose:
        if purpose:
            raise
        return _front(request, caller, given, places=files.places, status=NoPurpose.status, cuts=files.cuts)
    except Faulty as problem:
        return _front(request, caller, given, problem.faults, files.places, problem.status, files.cuts)
    page = _answer(request, caller, answer, samples)
    if purpose and caller.inquiry:
        keep_inquiry(page, caller.inquiry, secure(request))
    return page


@here.post("/cut/search")
async def with_cut(request: Request) -> Response:
    """Receive a picture and its boxes; the fingers they cut out go into the form of a search."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    given = await cutting_pages.sent(await filing.form_of(request))
    return await run_in_threadpool(_with_cut, request, caller, given)


def _with_cut(request: Request, caller: Caller, given: cutting_pages.Sent) -> Response:
    try:
        return _front(request, caller, {}, cuts=cutting_pages.fingers(given))
    except Faulty as problem:
        return cutting_pages.page(request, caller, given, problem.faults)


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate as it is examined. `scores`: what each of its samples adds, named."""

    candidate: m.Candidate
    panes: Sequence[panes.Panes]
    scores: Sequence[tuple[str, float]]


def row(asked: Mapping[int, panes.Sheet], candidate: m.Candidate) -> Row:
    found = panes.kept(f"/biometrics/sets/{candidate.set}/samples", candidate.samples)
    return Row(candidate, panes.side_by_side(asked, found, candidate.parts), labels.scores(candidate.parts))


def _answer(request: Request, caller: Caller, answer: m.Answer, samples: Sequence[Read]) -> Response:
    asked = panes.given(answer.asked, [s.picture for s in samples])
    return render(
        request,
        "biometrics/answer.html",
        answer=answer,
        given=list(asked.values()),
        rows=[row(asked, one) for one in answer.candidates],
        labels=labels,
        encoder=encoding.said() if any(s.what == "face" for s in answer.asked) else None,
        back="/biometrics",
        may_judge=filing.may(caller, "verdict"),
    )


here.include_router(cutting_pages.router)
here.include_router(sets_pages.router)
here.include_router(examining_pages.router)
router = APIRouter()
router.include_router(here)
router.include_router(statistics_pages.router)
