"""The messages room's pages that read: lists, a message with its thread, drafts, attachments.

The inbox is in inbox.py; what writes, in writing.py and answering.py.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from entente.rooms.bureaus import by_code, held, unlock
from entente.rooms.messages import answering, api, drafts, inbox, reading, showing, wording, writing
from entente.rooms.messages.clock import WITHIN
from entente.web import words
from entente.web.callers import AtPage
from entente.web.pages import render

router = APIRouter()
router.include_router(inbox.router)
router.include_router(writing.router)
A_PAGE = 50


@router.get("/messages")
def listed(
    request: Request,
    caller: AtPage,
    box: str = "in",
    sought: Annotated[str, Query(alias="words", max_length=200)] = "",
    bureau: str = "",
    urgency: str = "",
    state: str = "",
    after: str = "",
) -> Response:
    """Messages received or sent, newest first; narrowed by what is asked for."""
    box = box if box in reading.BOXES else "in"
    narrow = reading.Filter(
        box,
        sought,
        bureau,
        urgency if urgency in WITHIN else "",
        state if state in wording.STATES else "",
    )
    with caller.at_own_desk("message") as desk:
        keyring = held(desk, caller)
        page = reading.listed(desk, keyring, narrow, after, A_PAGE)
        known = by_code(desk)
        rows = showing.rows(desk, keyring, page.messages)
        others = [(c, f"{c} {b.label}") for c, b in known.items() if b.number != desk.asker.bureau]
    given = {
        "box": box,
        "words": sought,
        "bureau": bureau,
        "urgency": narrow.urgency,
        "state": narrow.state,
    }
    asked = {name: value for name, value in given.items() if value}
    return render(
        request,
        "messages/list.html",
        box=box,
        rows=rows,
        given=given,
        narrowed=len(asked) > 1,
        sealed=keyring is None,
        labels={code: b.label for code, b in known.items()},
        bureaus=sorted(others),
        urgencies=words.choices(wording.URGENCIES),
        states=words.choices(wording.STATES),
        first=f"/messages?{urlencode(asked)}" if after else "",
        older=f"/messages?{urlencode(asked | {'after': page.after})}" if page.further else "",
    )


@router.get("/messages/drafts")
def kept(request: Request, caller: AtPage) -> Response:
    """One's bureau's drafts."""
    with caller.at_own_desk("message") as desk:
        found = drafts.kept(desk, unlock(desk, caller))
    shown = [{"id": d.id, "changed": showing.moment(d.changed), "draft": d.draft} for d in found]
    return render(request, "messages/drafts.html", drafts=shown)


@router.post("/messages/drafts/{id}/discard")
def discard(caller: AtPage, id: str) -> Response:
    """Discard a draft."""
    with caller.at_own_desk("message", writing=True) as desk:
        drafts.discard(desk, id)
    return RedirectResponse("/messages/drafts", status_code=303)


@router.get("/messages/{id}")
def opened(request: Request, caller: AtPage, id: str, sent: str = "") -> Response:
    """A message, opened; the first time, the bureau signs that it was. `sent`: one comes from its form."""
    return answering.page(request, caller, id, sent=sent == "yes")


@router.get("/messages/{id}/news")
def news(request: Request, caller: AtPage, id: str, seen: str = "", typing: str = "") -> Response:
    """What an open page says when something came since `seen`, a state of its thread; nothing otherwise."""
    with caller.at_own_desk("message") as desk:
        fresh = showing.state_of(reading.one(desk, None, id)) != seen
    return render(request, "messages/news.html", id=id, fresh=fresh, typing=typing == "yes")


@router.get("/messages/{id}/attachments/{number}")
def attachment(caller: AtPage, id: str, number: Annotated[int, Path(ge=1, le=100)]) -> Response:
    """An attachment, as a download; it opens the message."""
    api.opened(caller, id)
    with caller.at_own_desk("message") as desk:
        return api.download(desk, caller, id, number)


router.include_router(answering.router)
