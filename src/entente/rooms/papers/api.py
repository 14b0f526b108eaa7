"""The papers room over HTTP: the reference library of genuine documents."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from entente.rooms.papers import (
    alerts_api,
    cards_pages,
    checks_api,
    lost_api,
    moving,
    packs_pages,
    pictures,
    service,
    shown,
)
from entente.rooms.papers import model as m
from entente.rooms.papers.packs import PackForm
from entente.rooms.papers.vocabulary import terms
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/papers", tags=["papers"])
router.include_router(alerts_api.router)
router.include_router(lost_api.router)
router.include_router(checks_api.router)
Id = Annotated[str, Path(max_length=64)]
PICTURE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get("/versions")
def versions(caller: AtDoor, asked: Annotated[m.Which, Query()]) -> list[m.VersionRow]:
    """Browse the library by what is held in the hand, newest change first."""
    with caller.at_own_desk("see") as desk:
        return shown.rows(desk, service.browse(desk, asked))


@router.post("/versions", status_code=201)
def draft(caller: AtDoor, form: m.VersionForm) -> m.Version:
    """Begin a version: a draft, your bureau's alone."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, service.draft(desk, form))


@router.get("/vocabulary")
def vocabulary(caller: AtDoor) -> dict[str, str]:
    """The terms for security features: slug to label."""
    caller.must_be_known()
    return dict(terms())


@router.get("/versions/{id}")
def open_version(caller: AtDoor, id: Id) -> m.Version:
    """One version: pages, features, patterns, editions."""
    with caller.at_own_desk("see") as desk:
        return shown.whole(desk, service.open_version(desk, id))


@router.put("/versions/{id}")
def edit(caller: AtDoor, id: Id, form: m.VersionEdit) -> m.Version:
    """The whole version anew; a draft again."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, service.edit(desk, id, form))


@router.delete("/versions/{id}", status_code=204)
def discard(caller: AtDoor, id: Id) -> Response:
    """Throw away a draft."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        moving.discard(desk, service.KIND, id)
    return Response(status_code=204)


@router.post("/versions/{id}/submit")
def submit(caller: AtDoor, id: Id, given: m.Seen) -> m.Version:
    """Send it to review by a second person of your bureau."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, moving.submit(desk, service.KIND, id, given.seen, service.missing))


@router.post("/versions/{id}/review")
def review(caller: AtDoor, id: Id, given: m.Decide) -> m.Version:
    """Approve and publish exactly what you saw, or send it back."""
    with caller.at_own_desk("approve", writing=True) as desk:
        return shown.whole(desk, service.decide(desk, id, given))


@router.post("/versions/{id}/revise", status_code=201)
def revise(caller: AtDoor, id: Id) -> m.Version:
    """Begin the next edition: a draft that says what this one says."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, service.revise(desk, id))


@router.post("/versions/{id}/withdraw")
def withdraw(caller: AtDoor, id: Id, given: m.Reason) -> m.Version:
    """Take it out of every other bureau's sight."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return shown.whole(desk, service.withdraw(desk, id, given.why))


@router.get(
    "/versions/{id}/card.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": PICTURE}}},
)
def card(caller: AtDoor, id: Id) -> Response:
    """The quick check card of a version on one page of A4, in the language of the request."""
    return cards_pages.printed(caller, id)


@router.post("/pack", response_class=Response, responses={200: {"content": {"application/zip": PICTURE}}})
def pack(caller: AtDoor, form: PackForm) -> Response:
    """An offline pack of quick check cards: a signed ZIP file that expires."""
    return packs_pages.sent(caller, form)


@router.put(
    "/pictures/{id}",
    openapi_extra={"requestBody": {"content": {"image/png": PICTURE, "image/jpeg": PICTURE}}},
)
async def attach(caller: AtDoor, id: Id, request: Request) -> m.Kept:
    """Send a picture for your draft of a version or alert (the body: PNG or JPEG, at most 12 MiB)."""
    data = await request.body()
    return m.Kept(blob=await run_in_threadpool(pictures.attached, caller, id, data))


@router.get(
    "/pictures/{id}/{digest}",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": PICTURE}}},
)
def picture(caller: AtDoor, id: Id, digest: Annotated[str, Path(max_length=64)]) -> Response:
    """A picture of a version or alert that you may see."""
    with caller.at_own_desk("see") as desk:
        return Response(pictures.picture(desk, id, digest), media_type="image/jpeg")
