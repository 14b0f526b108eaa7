"""The notices room's pages that read: lists, a notice, on paper, the public's.

Pages that write are in writing.py (drafts) and moving.py (steps on its way).
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.rooms.notices import exporting, extracts, eyes, moving, photo, printing, service, shown, writing
from entente.rooms.notices.colours import COLOURS
from entente.rooms.notices.showing import may, notice_page, page, reading
from entente.web import formats
from entente.web.callers import AtPage, Caller
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50
LISTS = ("published", "mine", "check", "review", "suspended")
PUBLIC_A_SECOND = 2.0


@router.get("/notices")
def listed(
    request: Request, caller: AtPage, which: str = "published", colour: str = "", after: str = ""
) -> Response:
    """Notices to my bureau, of my bureau, and what waits for somebody here."""
    which = which if which in LISTS else "published"
    colour = colour if colour in COLOURS else ""
    with caller.at_own_desk("see") as desk:
        found = service.listed(desk, which, colour, "", after, A_PAGE)
        rows = shown.rows(desk, found)
        reviewer = eyes.is_reviewer(desk)
    query = f"/notices?which={which}&colour={colour}"
    return page(
        request,
        "notices/list.html",
        rows=rows,
        which=which,
        colour=colour,
        lists=[name for name in LISTS if reviewer or name not in ("review", "suspended")],
        may_draft=may(caller, "contribute"),
        first=query if after else "",
        older=f"{query}&after={rows[-1].id}" if len(rows) == A_PAGE else "",
    )


router.include_router(writing.router)
router.include_router(moving.router)


@router.get("/notices/{id}")
def open_notice(request: Request, caller: AtPage, id: str) -> Response:
    """One notice, as this officer gets it, and what he may do with it."""
    return notice_page(request, caller, id)


@router.get("/notices/{id}/photo")
def picture(caller: AtPage, id: str) -> Response:
    """Its photo."""
    with reading(caller) as desk:
        return Response(photo.photo_of(desk, id), media_type=photo.MEDIA_TYPE)


@router.get("/notices/{id}/print")
def on_paper(request: Request, caller: AtPage, id: str) -> Response:
    """The notice as a page to print."""
    with reading(caller) as desk:
        made = printing.document(desk, id, caller.officer.name, caller.officer.code)
    return render(request, "notices/print.html", made=made, id=id, photo=bool(made.photo))


@router.get("/notices/{id}/pdf")
def as_pdf(caller: AtPage, id: str) -> Response:
    """The notice as PDF."""
    with reading(caller) as desk:
        made = printing.document(desk, id, caller.officer.name, caller.officer.code)
    headers = {"Content-Disposition": f'inline; filename="notice-{made.colour}.pdf"'}
    return Response(printing.pdf(made), media_type="application/pdf", headers=headers)


@router.get("/notices/{id}/export")
def export(caller: AtPage, id: str) -> Response:
    """The notice as JSON for another system."""
    with reading(caller, "export") as desk:
        told = exporting.exported(desk, id)
    headers = {"Content-Disposition": 'attachment; filename="notice.json"'}
    return Response(told.model_dump_json(indent=1), media_type="application/json", headers=headers)


# --- for everybody, without signing in -----------------------------------------------------------


@router.get("/public/notices")
def public(request: Request, caller: AtPage) -> Response:
    """Every public extract."""
    _slow_down(request, caller)
    found = extracts.public(caller.house)
    return page(request, "notices/public.html", extracts=found)


@router.get("/public/notices/{id}")
def public_one(request: Request, caller: AtPage, id: str) -> Response:
    """One public extract."""
    _slow_down(request, caller)
    found = extracts.public_one(caller.house, id)
    said = [formats.value(c, "country") for c in found.nationality]
    return page(request, "notices/public_one.html", extract=found, nationality=said)


def _slow_down(request: Request, caller: Caller) -> None:
    """At most so many a second from one address: each is an entry in the journal. Raises TooMany."""
    address = request.client.host if request.client else "?"
    caller.door.limit(f"public:{address}", PUBLIC_A_SECOND)
