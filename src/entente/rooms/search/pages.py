"""The search room's pages: the one box (the home page), the inbox, a hit."""

import time
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import NoPurpose, NotSignedIn
from entente.rooms.search import hits, model
from entente.rooms.search.api import answer as ask
from entente.web import words
from entente.web.callers import (
    JUSTIFICATION_COOKIE,
    PURPOSE_COOKIE,
    AtPage,
    Caller,
    Inquiry,
    purpose_of,
)
from entente.web.language import _
from entente.web.pages import render
from entente.web.preferences import here

router = APIRouter()
Field = Annotated[str, Form()]


@router.get("/")
def home(request: Request, caller: AtPage) -> Response:
    """The one box."""
    try:
        caller.officer  # noqa: B018
    except NotSignedIn:
        return RedirectResponse("/sign-in", status_code=303)
    return _box(request, caller, model.Search.model_construct(text=""), None)


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
    if purpose and justification.strip():
        caller.inquiry = request.state.inquiry = Inquiry(purpose, justification.strip())
    start = time.monotonic()
    asked = model.Search.model_construct(
        text=q[:20_000],
        kind=kind[:64],
        born=born[:40],
        nationality=nationality[:40].lower(),
        sex=sex[:8],
        limit=20,
    )
    answer = shown(caller, ask(caller, asked, caller.grid_ms), start) if q.strip() else None
    if request.headers.get("hx-request") == "true":
        page: Response = render(request, "search/answer.html", answer=answer or _nothing())
    else:
        page = _box(request, caller, asked, answer)
    if caller.inquiry and purpose:
        keep_inquiry(page, caller.inquiry, request.url.scheme == "https")
    return page


@router.post("/inquiry")
def open_inquiry(
    request: Request, caller: AtPage, purpose: Field = "", justification: Field = "", back: Field = "/"
) -> Response:
    """Say why once; it goes with everything until it is changed."""
    caller.officer  # noqa: B018
    purpose_of(purpose)
    if not justification.strip():
        raise NoPurpose()
    page = RedirectResponse(here(back), status_code=303)
    keep_inquiry(page, Inquiry(purpose, justification.strip()[:500]), request.url.scheme == "https")
    return page


def keep_inquiry(page: Response, inquiry: Inquiry, secure: bool) -> None:
    """Remember purpose and justification for the browser's session."""
    for name, value in (
        (PURPOSE_COOKIE, inquiry.purpose),
        (JUSTIFICATION_COOKIE, quote(inquiry.justification)),
    ):
        page.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")


@router.post("/search/{search}/verdicts")
def judge(
    request: Request, caller: AtPage, search: str, record: Field = "", verdict: Field = "", urgent: Field = ""
) -> Response:
    """A verdict on a candidate; "same" shows the hit that it made."""
    if verdict not in words.VERDICTS:
        verdict = "cannot-tell"
    given = model.Verdict.model_construct(record=record, verdict=verdict, urgent=urgent == "yes", text="")
    with caller.at_desk("verdict", writing=True) as desk:
        kept = hits.judge(desk, search, given)
    if request.headers.get("hx-request") == "true":
        return render(request, "search/judged.html", verdict=verdict, hit=kept.hit)
    return RedirectResponse(f"/hits/{kept.hit}" if kept.hit else "/", status_code=303)


@router.get("/inbox")
def inbox(request: Request, caller: AtPage, sent: str = "") -> Response:
    """What waits for one's bureau."""
    with caller.at_own_desk("see") as desk:
        found = hits.inbox(desk, sent == "yes")
    return render(
        request,
        "search/inbox.html",
        sent=sent == "yes",
        hits=[_hit(h, sent == "yes") for h in found.hits],
        reviews=[r.model_dump() for r in found.reviews],
    )


@router.get("/hits/{id}")
def open_hit(request: Request, caller: AtPage, id: str) -> Response:
    """One hit."""
    with caller.at_own_desk("see") as desk:
        hit = hits.open_hit(desk, id)
    mine = hit.owner == caller.officer.code
    may = mine and hit.state == "open"
    return render(request, "search/hit.html", hit=_hit(hit, not mine), may_answer=may)


@router.post("/hits/{id}/answer")
def answer_hit(caller: AtPage, id: str, outcome: Field = "", note: Field = "") -> Response:
    """Confirm or deny."""
    given = model.Confirmation.model_validate({"answer": outcome, "text": note[:2000]})
    with caller.at_own_desk("confirm", writing=True) as desk:
        hits.confirm(desk, id, given)
    return RedirectResponse(f"/hits/{id}", status_code=303)


def _hit(hit: model.Hit, sent: bool) -> dict[str, Any]:
    moments = {f: datetime.fromisoformat(v) if (v := getattr(hit, f)) else None for f in ("at", "due")}
    state = "overdue" if hit.overdue else hit.state
    return {**hit.model_dump(), **moments, "state": state, "with": hit.owner if sent else hit.asker}


def shown(caller: Caller, answer: model.Answer, start: float) -> dict[str, Any]:
    """An answer as the pages draw it."""
    kinds = caller.house.model
    return {
        "understood": [
            (_(words.SAID.get(s.what, s.what)), s.value) for s in answer.understood if s.what not in _REMARKS
        ],
        "remarks": [
            words.REMARKS[s.what] % {"value": s.value} for s in answer.understood if s.what in _REMARKS
        ],
        "candidates": [
            {
                "id": c.id,
                "kind_label": kinds[c.kind].label,
                "caption": c.caption,
                "owner": c.owner,
                "owner_label": "",
                "featured": [
                    (kinds[c.kind].properties[p].label, ", ".join(v)) for p, v in c.featured.items()
                ],
                "grade": c.grade,
                "expires": c.expires,
                "score": c.score,
                "reasons": [{**r.model_dump(), "label": words.RULES.get(r.rule, r.rule)} for r in c.reasons],
                "url": f"/records/{c.id}",
            }
            for c in answer.candidates
        ],
        "contacts": [c.model_dump() for c in answer.contacts],
        "narrow": answer.narrow,
        "took_ms": (time.monotonic() - start) * 1000,
        "search_id": answer.search,
        "empty": not answer.candidates and not answer.contacts,
    }


_REMARKS = ("check-digit-wrong", "not-understood")


def _nothing() -> dict[str, Any]:
    return {
        "understood": [],
        "remarks": [],
        "candidates": [],
        "contacts": [],
        "narrow": False,
        "took_ms": 0,
        "search_id": "",
        "empty": False,
    }


def _box(request: Request, caller: Caller, asked: model.Search, answer: dict[str, Any] | None) -> Response:
    kinds = caller.house.model
    return render(
        request,
        "search/box.html",
        q=asked.text if answer else "",
        answer=answer,
        kinds=[(k, kinds[k].label) for k in kinds.searchable],
        filters={f: getattr(asked, f, "") for f in ("kind", "born", "nationality", "sex")},
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    )
