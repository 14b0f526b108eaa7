"""The quick check card: one screen of a phone, one page of paper."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.rooms.papers import cards, cards_printing, cards_reading, labels
from entente.rooms.papers.vocabulary import terms
from entente.web.callers import AtPage, Caller
from entente.web.pages import render

router = APIRouter()


@router.get("/papers/versions/{id}/card")
def card(request: Request, caller: AtPage, id: str) -> Response:
    """The card of a version."""
    with caller.at_own_desk("see") as desk:
        made = cards_reading.opened(desk, id)
    return render(
        request,
        "papers/card.html",
        card=made,
        address=lambda paper, digest: f"/papers/pictures/{paper}/{digest}",
        terms=terms(),
        labels=labels,
        lines=cards.LINES,
    )


@router.get("/papers/versions/{id}/card.pdf")
def card_pdf(caller: AtPage, id: str) -> Response:
    """The card of a version on one page of A4."""
    return printed(caller, id)


def printed(caller: Caller, id: str) -> Response:
    """The card as PDF; it leaves the house as a file, and the journal says so. Raises Absent."""
    with caller.at_own_desk("see") as desk:
        made = cards_reading.opened(desk, id)
        desk.note("export", object=id, what="quick check card", outcome="printed")
        document = cards_printing.document(desk, made, caller.officer.code)
    headers = {"Content-Disposition": f'inline; filename="{made.version.code}.pdf"'}
    return Response(cards_printing.pdf(document), media_type="application/pdf", headers=headers)
