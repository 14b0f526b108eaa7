"""The notices room over HTTP."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from entente.desk.work import settle
from entente.rooms.notices import exporting, extracts, photo, printing, reviewing, service, shown, telling
from entente.rooms.notices.model import (
    Check,
    ColourName,
    ColourOut,
    Extract,
    ExtractForm,
    Notice,
    NoticeEdit,
    NoticeForm,
    NoticeRow,
    Reason,
    Renewal,
    ReviewForm,
    Seen,
    StateName,
    Subscription,
)
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/notices", tags=["notices"])
Id = Annotated[str, Path(max_length=64)]
PICTURE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class Which(Strict):
    """Which notices: those published to your bureau, your bureau's, or what waits for somebody."""

    which: Literal["published", "mine", "check", "review", "suspended"] = "published"
    colour: ColourName | Literal[""] = ""
    state: StateName | Literal[""] = ""
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("")
def listed(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[NoticeRow]:
    """List notices, newest change first."""
    with caller.at_own_desk("see") as desk:
        found = service.listed(desk, asked.which, asked.colour, asked.state, asked.after, asked.limit)
        return shown.rows(desk, found)


@router.post("", status_code=201)
def draft(caller: AtDoor, form: NoticeForm) -> Notice:
    """Draft a notice or a diffusion."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, service.draft(desk, form))


@router.get("/colours")
def colours(caller: AtDoor) -> list[ColourOut]:
    """The colours, what each is for, and what it needs."""
    caller.must_be_known()
    return shown.colours()


@router.get("/subscriptions")
def subscription(caller: AtDoor) -> Subscription:
    """Which notices your bureau is told of."""
    with caller.at_own_desk("see") as desk:
        return telling.subscription(desk)


@router.put("/subscriptions")
def subscribe(caller: AtDoor, form: Subscription) -> Subscription:
    """Choose which notices your bureau is told of."""
    with caller.at_own_desk("stand", writing=True) as desk:
        return telling.subscribe(desk, form)


class At(Strict):
    """The version of the notice you saw."""

    version: int | None = Field(default=None, ge=1)


@router.put(
    "/photos/{id}",
    openapi_extra={"requestBody": {"content": {"image/png": PICTURE, "image/jpeg": PICTURE}}},
)
async def attach(caller: AtDoor, id: Id, at: Annotated[At, Query()], request: Request) -> Notice:
    """Give your notice a photo (the body: PNG or JPEG, at most 5 MiB); it is a draft again."""
    data = await request.body()
    return await run_in_threadpool(_attached, caller, id, at.version, data)


def _attached(caller: Caller, id: str, version: int | None, data: bytes) -> Notice:
    photo.attached(caller, id, version, data)
    with caller.at_own_desk("see") as desk:
        return shown.whole(desk, service.open_notice(desk, id))


@router.delete("/photos/{id}")
def detach(caller: AtDoor, id: Id, at: Annotated[At, Query()]) -> Notice:
    """Take the photo from your notice; it is a draft again."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, photo.detach(desk, id, at.version))


@router.get("/{id}")
def open_notice(caller: AtDoor, id: Id) -> Notice:
    """Open a notice; another bureau's asks for a purpose, as its record does."""
    with caller.at_desk("see") as desk:
        return shown.whole(desk, service.open_notice(desk, id))


@router.put("/{id}")
def edit(caller: AtDoor, id: Id, form: NoticeEdit) -> Notice:
    """New content for your notice; it is a draft again."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        answer = shown.whole(desk, service.edit(desk, id, form))
    settle(caller.house)
    return answer


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, id: Id, at: Annotated[Seen, Query()]) -> Response:
    """Throw away a notice of yours that is not out."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        service.discard(desk, id, at.version)
    return Response(status_code=204)


@router.post("/{id}/submit")
def submit(caller: AtDoor, id: Id, seen: Seen) -> Notice:
    """Ask a second officer to check it; everything that its colour needs must be there."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, reviewing.submit(desk, id, seen.version))


@router.post("/{id}/check")
def check(caller: AtDoor, id: Id, given: Check) -> Notice:
    """A second officer approves exactly what he saw, or sends it back."""
    with caller.at_own_desk("approve", writing=True) as desk:
        return shown.whole(desk, reviewing.check(desk, id, given))


@router.post("/{id}/send")
def send(caller: AtDoor, id: Id, seen: Seen) -> Notice:
    """Send what was checked to the neutral review, within a day of the check."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.whole(desk, reviewing.send(desk, id, seen.version))


@router.post("/{id}/review")
def review(caller: AtDoor, id: Id, given: ReviewForm) -> Notice:
    """The neutral review: publish, return or refuse."""
    with caller.at_own_desk("review", writing=True) as desk:
        answer = shown.whole(desk, reviewing.review(desk, id, given))
    settle(caller.house)
    return answer


@router.post("/{id}/suspend")
def suspend(caller: AtDoor, id: Id, given: Reason) -> Notice:
    """Take it from its readers at once: the owner, or a reviewer."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return shown.whole(desk, reviewing.suspend(desk, id, given))


@router.post("/{id}/resume")
def resume(caller: AtDoor, id: Id, given: Reason) -> Notice:
    """The neutral review lets a suspended notice out again."""
    with caller.at_own_desk("review", writing=True) as desk:
        answer = shown.whole(desk, reviewing.resume(desk, id, given))
    settle(caller.house)
    return answer


@router.post("/{id}/cancel")
def cancel(caller: AtDoor, id: Id, given: Reason) -> Notice:
    """End your notice for good."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return shown.whole(desk, reviewing.cancel(desk, id, given))


@router.post("/{id}/renew")
def renew(caller: AtDoor, id: Id, given: Renewal) -> Notice:
    """Ask to keep your notice longer: it is checked and reviewed anew."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return shown.whole(desk, reviewing.renew(desk, id, given))


@router.get("/{id}/photo", response_class=Response, responses={200: {"content": {"image/jpeg": PICTURE}}})
def picture(caller: AtDoor, id: Id) -> Response:
    """Its photo, for who may open the notice."""
    with caller.at_desk("see") as desk:
        return Response(photo.photo_of(desk, id), media_type=photo.MEDIA_TYPE)


@router.get("/{id}/export")
def export(caller: AtDoor, id: Id) -> exporting.Exported:
    """The notice as JSON for another system (docs/notice-export.md)."""
    with caller.at_desk("export") as desk:
        return exporting.exported(desk, id)


@router.get("/{id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": PICTURE}}})
def pdf(caller: AtDoor, id: Id) -> Response:
    """The notice as PDF, in the language of the request."""
    with caller.at_desk("see") as desk:
        made = printing.document(desk, id, caller.officer.name, caller.officer.code)
    return Response(printing.pdf(made), media_type="application/pdf")


# --- the public extract --------------------------------------------------------------------------


@router.post("/{id}/extract", status_code=201)
def ask_extract(caller: AtDoor, id: Id, form: ExtractForm) -> Extract:
    """Ask that the public may read these words of your published notice."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return extracts.shown(desk, extracts.ask(desk, id, form))


@router.post("/{id}/extract/consent")
def consent(caller: AtDoor, id: Id) -> Extract:
    """The neutral review consents."""
    with caller.at_own_desk("review", writing=True) as desk:
        return extracts.shown(desk, extracts.consent(desk, id))


@router.delete("/{id}/extract", status_code=204)
def end_extract(caller: AtDoor, id: Id) -> Response:
    """End the public extract: its owner, or a reviewer."""
    with caller.at_own_desk("publish", writing=True) as desk:
        extracts.end(desk, id)
    return Response(status_code=204)
