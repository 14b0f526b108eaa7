"""The search room's page: the one box (the home page); others stand beside it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Fault, Faulty, NoPurpose, NotSignedIn
from entente.rooms.search import deconfliction_pages, hits, hits_pages, model, service, standing_pages
from entente.rooms.search.cards import TYPES, card
from entente.rooms.search.hits_pages import Labels, labels_of
from entente.web import formats, words
from entente.web.address import secure
from entente.web.badges import Badge, badges
from entente.web.callers import AtPage, Caller, Inquiry, keep_inquiry, purpose_of
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render
from entente.web.preferences import here

router = APIRouter()
router.include_router(hits_pages.router)
router.include_router(standing_pages.router)
router.include_router(deconfliction_pages.router)
Field = Annotated[str, Form()]
FILTERS = ("kind", "born", "nationality", "sex")


# --- the one box ---------------------------------------------------------------------------------


@router.get("/")
def home(request: Request, caller: AtPage) -> Response:
    """The one box."""
    try:
        caller.must_be_known()
    except NotSignedIn:
        return RedirectResponse("/sign-in", status_code=303)
    return _box(request, caller, model.Search.model_construct(text=""))


@router.post("/search")
def search(
    request: Request,
    caller: AtPage,
    q: Field = "",
    kind: Field = "",
    born: Field = "",
    nationality: Field = "",
    sex: Field = "",
    purpose: Field = "",
    justification: Field = "",
) -> Response:
    """Answer the one box: a fragment for htmx, the whole page without script."""
    caller.must_be_known()
    before = caller.inquiry
    if purpose and justification.strip():
        caller.inquiry = request.state.inquiry = Inquiry(purpose, justification.strip()[:500])
    answer, faults, status = None, tuple[Fault, ...](), 200
    asked = model.Search.model_construct(text=q, kind=kind, born=born, nationality=nationality, sex=sex)
    fragment = request.headers.get("hx-request") == "true"
    try:
        if q.strip():
            asked = validated(
                model.Search, text=q, kind=kind, born=born, nationality=nationality.strip().lower(), sex=sex
            )
            answer = _answer(request, caller, asked)
    except NoPurpose:
        if fragment or purpose:
            raise
        status = NoPurpose.status
    except Faulty as problem:
        if fragment:
            raise
        faults, status = problem.faults, problem.status
    asked_anew = bool(purpose) and caller.inquiry is not None and caller.inquiry != before
    if fragment:
        page: Response = render(
            request, "search/answer.html", answer=answer, settled=asked_anew, purposes=_purposes()
        )
    else:
        page = _box(request, caller, asked, answer, faults, status)
    if asked_anew and caller.inquiry and answer:
        keep_inquiry(page, caller.inquiry, secure(request))
    return page


@router.post("/inquiry")
def open_inquiry(
    request: Request, caller: AtPage, purpose: Field = "", justification: Field = "", back: Field = "/"
) -> Response:
    """Say why once; it goes with everything until it is changed."""
    caller.must_be_known()
    purpose_of(purpose)
    if not justification.strip():
        raise NoPurpose()
    page = RedirectResponse(here(back), status_code=303)
    keep_inquiry(page, Inquiry(purpose, justification.strip()[:500]), secure(request))
    return page


@router.post("/search/{search}/verdicts")
def judge(
    request: Request,
    caller: AtPage,
    search: str,
    record: Field = "",
    verdict: Field = "",
    urgent: Field = "",
    purpose: Field = "",
    justification: Field = "",
) -> Response:
    """A verdict on a candidate; "same" shows the hit that it made. A page of what was found for another
    inquiry than the open one says which."""
    if purpose and justification.strip():
        caller.inquiry = request.state.inquiry = Inquiry(purpose, justification.strip()[:500])
    given = validated(model.Verdict, record=record, verdict=verdict, urgent=urgent == "yes")
    with caller.at_desk("verdict", writing=True) as desk:
        kept = hits.judge(desk, search, given)
    fragment = request.headers.get("hx-request") == "true"
    if kept.hit and not fragment:
        return RedirectResponse(f"/hits/{kept.hit}", status_code=303)
    name = "search/judged.html" if fragment else "search/verdict.html"
    return render(request, name, verdict=given.verdict, hit=kept.hit or "", urgent=given.urgent)


def _answer(request: Request, caller: Caller, asked: model.Search) -> dict[str, Any]:
    """Search and answer on the API's time grid; the cards also say what each owner is called."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        answer = service.shown(desk, service.search(desk, asked))
        labels = labels_of(desk)
        said = badges(request, desk, [c.id for c in answer.candidates])
    return _shown(caller, answer, labels, said) | {"keep": standing_pages.keeping(caller, asked)}


def _understood(said: model.Said) -> str:
    if said.what == "calendar":
        return words.label(words.CALENDARS, said.value)
    return formats.value(said.value, TYPES.get(said.what, ""))


def _shown(
    caller: Caller, answer: model.Answer, labels: Labels, said_of: Mapping[str, Sequence[Badge]]
) -> dict[str, Any]:
    """An answer as the pages draw it."""
    said = [s for s in answer.understood if s.what not in words.REMARKS]
    remarks = [s for s in answer.understood if s.what in words.REMARKS]
    return {
        "understood": [(words.label(words.SAID, s.what), _understood(s)) for s in said],
        "remarks": [_(words.REMARKS[s.what], value=words.label(words.CHECKED, s.value)) for s in remarks],
        "candidates": [
            card(caller.house.model, c, answer.search, labels) | {"badges": said_of.get(c.id, ())}
            for c in answer.candidates
        ],
        "contacts": [c.model_dump() for c in answer.contacts],
        "narrow": answer.narrow,
        "search_id": answer.search,
    }


def _box(
    request: Request,
    caller: Caller,
    asked: model.Search,
    answer: dict[str, Any] | None = None,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> Response:
    kinds = caller.house.model
    return render(
        request,
        "search/box.html",
        status_code=status,
        q=asked.text,
        answer=answer,
        faults=faults,
        settled=False,
        kinds=sorted(((k, _(kinds[k].label)) for k in kinds.findable), key=lambda choice: choice[1]),
        filters={f: getattr(asked, f, "") for f in FILTERS},
        purposes=_purposes(),
    )


def _purposes() -> list[tuple[str, str]]:
    return words.choices(words.PURPOSES, words.POLICE_PURPOSES)
