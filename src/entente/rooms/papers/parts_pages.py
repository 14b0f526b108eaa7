"""Pages on which the lists of a version or an alert are edited, an entry at a time, over its picture."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from PIL import Image
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Absent, Fault, Faulty, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import alerts, labels, moving, parts, service, shown, states
from entente.rooms.papers import alerts_model as am
from entente.rooms.papers import model as m
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter(prefix="/papers/parts")


@router.get("/{id}/{name}/{place}")
def part(request: Request, caller: AtPage, id: str, name: str, place: str) -> Response:
    """The form of one entry; `place`: from 0, or "new"."""
    return _page(request, caller, id, name, place)


@router.post("/{id}/{name}/{place}")
async def change(request: Request, id: str, name: str, place: str) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(
        _change, request, await at_page(request), id, name, place, await request.form()
    )


def _change(request: Request, caller: Caller, id: str, name: str, place: str, form: FormData) -> Response:
    given: dict[str, Any] = {}
    begins = f"content/{name}/"
    try:
        with caller.at_own_desk("contribute", writing=True) as desk:
            paper = _draft(desk, id)
            part, content = _part(paper, name), _content(paper)
            n = _place(content[name], place)
            begins += f"{n}/"
            if form.get("do") == "remove" and n < len(content[name]):
                content = parts.removed(content, name, n)
            else:
                given = parts.entry(part, form)
                _measure(desk, paper, given)
                said = validated(part.model, **given).model_dump(mode="json")
                content[name] = [*content[name][:n], said, *content[name][n + 1 :]]
            _keep(desk, paper, content, str(form.get("as-of", "")))
    except OutOfDate as problem:  # what was typed stands, over what stands now
        again = (Fault("", problem.title, N_("Look at the document, then keep yours again.")),)
        return _page(request, caller, id, name, place, given, again, problem.status)
    except Faulty as problem:
        faults = [Fault(f.where.removeprefix(begins), f.what, f.do) for f in problem.faults]
        return _page(request, caller, id, name, place, given, faults)
    return RedirectResponse(f"/papers/to/{id}", status_code=303)


def _page(
    request: Request,
    caller: Caller,
    id: str,
    name: str,
    place: str,
    given: Mapping[str, Any] | None = None,
    faults: Sequence[Fault] = (),
    status: int = 422,
) -> Response:
    with caller.at_own_desk("contribute") as desk:
        paper = _draft(desk, id)
        part, content = _part(paper, name), _content(paper)
        n = _place(content[name], place)
        desk.note("see", object=id)
        seen = moving.digest(paper)
    entries = content[name]
    return render(
        request,
        "papers/part.html",
        status_code=status if faults else 200,
        id=id,
        place=place,
        part=part,
        given=given or (entries[n] if n < len(entries) else {}),
        standing=n < len(entries),
        seen=seen,
        held=paper.body.get("blobs", ()),
        pages=content.get("pages", []),
        sheets=_sheets(paper, content) if any(f.sort == "box" for f in part.fields) else [],
        lights=parts.MOST_LIGHTS,
        labels=labels,
        faults=faults,
    )


def _draft(desk: Desk, id: str) -> Thing:
    """A version or an alert of one's own bureau that may still be edited. Raises Absent, NotYours, Faulty."""
    paper = desk.look(id)
    if paper.kind not in parts.PARTS:
        raise Absent()
    moving.mine(desk, paper.kind, id)
    states.moved(paper, "edit")
    return paper


def _part(paper: Thing, name: str) -> parts.Part:
    try:
        return parts.PARTS[paper.kind][name]
    except KeyError:
        raise Absent() from None


def _content(paper: Thing) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(paper.first("content"))
    return content


def _place(entries: Sequence[Any], place: str) -> int:
    if place == "new":
        return len(entries)
    if not (place.isascii() and place.isdecimal() and int(place[:6]) < len(entries)):
        raise Absent()
    return int(place[:6])


def _keep(desk: Desk, paper: Thing, content: dict[str, Any], seen: str) -> None:
    said = {"content": content, "seen": seen, "handling": json.loads(paper.first("handling"))}
    if paper.kind == states.VERSION:
        service.edit(desk, paper.id, validated(m.VersionEdit, **shown.head(paper), **said))
    else:
        alerts.edit(desk, paper.id, validated(am.AlertEdit, **alerts.head(paper), **said))


def _measure(desk: Desk, paper: Thing, given: dict[str, Any]) -> None:
    """The pixels a millimetre of a page's pictures where they are not said: their width over the page's."""
    wide = given.get("width") or paper.first("width")
    for picture in given.get("pictures", ()):
        if not picture["px_per_mm"] and picture["blob"] in paper.body.get("blobs", ()):
            try:
                pixels = Image.open(BytesIO(desk.house.blobs.open(picture["blob"]))).width  # remade by us
                picture["px_per_mm"] = str(round(pixels / float(wide), 2))
            except (KeyError, ValueError, ZeroDivisionError):
                what = N_("The size of the page is not said")
                do = N_("Say how wide it is, or the pixels a millimetre.")
                raise Faulty(faults=(Fault("pictures", what, do),)) from None


def _sheets(paper: Thing, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Pictures on which a place may be drawn: page, digest, width and height in mm."""
    if paper.kind == states.ALERT:
        drawn = [(content["page"], content["blob"], content["width"], content["height"])]
    else:
        size = float(paper.first("width", "125")), float(paper.first("height", "88"))
        drawn = [
            (n, picture["blob"], page["width"] or size[0], page["height"] or size[1])
            for n, page in enumerate(content["pages"])
            for picture in page["pictures"]
        ]
    return [
        {"page": page, "blob": blob, "width": width, "height": height}
        for page, blob, width, height in drawn
        if blob and width and height
    ]
