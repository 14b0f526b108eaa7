"""The papers room's pages: the library, browsed by what one holds in the hand."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.rooms.papers import service, shown, states
from entente.web.callers import AtPage
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50


@router.get("/papers")
def browse(request: Request, caller: AtPage, after: str = "") -> Response:
    """The reference library."""
    with caller.at_own_desk("see") as desk:
        rows = shown.rows(desk, service.browse(desk, after, A_PAGE))
    older = f"/papers?after={rows[-1].id}" if len(rows) == A_PAGE else ""
    return render(
        request,
        "papers/list.html",
        rows=rows,
        states=states.STATES,
        first="/papers" if after else "",
        older=older,
    )
