"""The papers room's pages that read: the library by what one holds in the hand, a version, its pictures.

Pages that write are in writing.py; those of alerts in alerts_pages.py.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Absent, Fault, Faulty
from entente.rooms.papers import (
    alerts_pages,
    cards_pages,
    checks_pages,
    labels,
    lost_pages,
    packs_pages,
    parts_pages,
    pictures,
    service,
    shown,
    states,
    writing,
)
from entente.rooms.papers import model as m
from entente.rooms.papers.showing import may
from entente.web.callers import AtPage
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50
ASKED = "which country category type year colour width height mrz number text".split()


@router.get("/papers")
def browse(request: Request, caller: AtPage, after: str = "") -> Response:
    """The reference library."""
    given = {name: request.query_params.get(name, "").strip() for name in ASKED}
    faults: Sequence[Fault] = ()
    try:
        said = {name: value for name, value in given.items() if value}
        asked = validated(m.Which, **{**said, "after": after[:64], "limit": A_PAGE})
    except Faulty as problem:
        asked, faults = m.Which(limit=A_PAGE), problem.faults
    with caller.at_own_desk("see") as desk:
        rows = shown.rows(desk, service.browse(desk, asked))
    query = urlencode({name: value for name, value in given.items() if value})
    return render(
        request,
        "papers/list.html",
        status_code=422 if faults else 200,
        rows=rows,
        given=given,
        faults=faults,
        labels=labels,
        may_write=may(caller, "contribute"),
        may_check=may(caller, "examine"),
        may_pack=may(caller, "export"),
        first=f"/papers?{query}" if after else "",
        older=f"/papers?{query}&after={rows[-1].id}" if len(rows) == A_PAGE else "",
    )


router.include_router(writing.router)
router.include_router(parts_pages.router)
router.include_router(cards_pages.router)
router.include_router(packs_pages.router)
router.include_router(alerts_pages.router)
router.include_router(lost_pages.router)
router.include_router(checks_pages.router)


@router.get("/papers/versions/{id}")
def version(request: Request, caller: AtPage, id: str) -> Response:
    """One version: its marks best first, its pages with boxes, patterns, editions, alerts."""
    return writing.version_page(request, caller, id)


@router.get("/papers/to/{id}")
def to(caller: AtPage, id: str) -> Response:
    """To the page of a version or of an alert, whichever it is."""
    with caller.at_own_desk("see") as desk:
        paper = desk.look(id)
        if paper.kind not in pictures.KINDS:
            raise Absent()
        desk.note("see", object=id)
    sort = "versions" if paper.kind == states.VERSION else "alerts"
    return RedirectResponse(f"/papers/{sort}/{id}", status_code=303)


@router.get("/papers/pictures/{id}/{digest}")
def picture(caller: AtPage, id: str, digest: str) -> Response:
    """A picture of a version or of an alert."""
    with caller.at_own_desk("see") as desk:
        return Response(pictures.picture(desk, id, digest), media_type="image/jpeg")
