"""A picture of several fingers is shown with boxes to draw; what they show goes into a search or a set.

The picture comes in with each step and stands in that one answer: nothing of it is kept here.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Fault, Faulty, TooLarge
from entente.match import prints
from entente.match.prints.framing import LEAST_DPI, MOST_DPI
from entente.rooms.biometrics import cutting, filing, labels
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.cutting import HANDS, Box
from entente.rooms.biometrics.decoding import Picture, decoded
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter(prefix="/cut")
SIDES = ("x", "y", "width", "height")
LONGEST_SHOWN = 2_000
"""Pixels of the longest side of the picture to draw on; what is cut is the picture itself."""
_CHOOSE = N_("Choose a picture of fingers.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a step brings: the file, and what was said of it. `boxes`: fields as typed, by number."""

    data: bytes
    name: str
    hand: str
    dpi: int
    number: int
    boxes: dict[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a file. `pictures`: what each of the file's shows, where there are several."""

    picture: Picture
    dpi: float
    hand: str
    number: int
    pictures: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(n), f"{n + 1}. {said}") for n, said in enumerate(self.pictures)]


@router.get("")
def blank(request: Request, caller: AtPage) -> Response:
    """The form that takes a picture."""
    return page(request, caller, Sent(b"", "", "right", 0, -1, {}))


@router.post("")
async def show(request: Request) -> Response:
    """Receive a picture, then show it with its boxes in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    form = await filing.form_of(request)
    return await run_in_threadpool(page, request, caller, await sent(form))


async def sent(form: FormData) -> Sent:
    """What a step's form brings."""
    new = form.get("picture")
    if isinstance(new, UploadFile) and new.size:
        data, name, boxes = await new.read(), new.filename or "", {}
    else:
        data, name = _plain(str(form.get("original", ""))), str(form.get("name", ""))[:300]
        boxes = _boxes(form) if form.get("do") != "anew" else {}
    hand = str(form.get("hand", ""))
    dpi, number = str(form.get("dpi", "")), str(form.get("number", ""))
    return Sent(
        data,
        name,
        hand if hand in HANDS else "none",
        int(dpi) if dpi.isascii() and dpi.isdecimal() and len(dpi) < 6 else 0,
        int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else -1,
        boxes,
    )


def _plain(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError):
        return b""


def _boxes(form: FormData) -> dict[int, dict[str, str]]:
    return {
        n: {name: str(form.get(f"{name}-{n}", "")).strip()[:20] for name in (*SIDES, "position")}
        for n in range(cutting.MOST)
        if f"x-{n}" in form
    }


def fingers(given: Sent) -> list[filing.Cut]:
    """The fingers that the boxes cut out. Raises Faulty naming every fault."""
    shown = _opened(given)
    boxes: dict[int, Box] = {}
    faults: list[Fault] = []
    for n, said in given.boxes.items():
        if not any(said[side] for side in SIDES):
            continue
        try:
            boxes[n] = validated(Box, **said)
        except Faulty as problem:
            faults += [replace(one, where=f"cuts/{n}/{one.where}") for one in problem.faults]
    faults += cutting.checked(shown.picture.pixels.shape, shown.dpi, boxes)
    if not given.boxes or (not boxes and not faults):
        faults.append(Fault("cuts", N_("No finger is cut out"), N_("Draw a box around one, or type it.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    grey = shown.picture.grey
    return [filing.Cut(box.position, cutting.cut(grey, shown.dpi, box)) for box in boxes.values()]


def _opened(given: Sent) -> Shown:
    """Raises Faulty at `picture` or `dpi`, TooLarge, Unavailable, NotSupported."""
    if not given.data:
        raise Faulty(faults=(Fault("picture", N_("There is no picture"), _CHOOSE),))
    if len(given.data) > m.MOST_FILE:
        raise TooLarge(f"A file has at most {m.MOST_FILE >> 20} MiB.")
    pictures = [one for one in decoded(given.data, "picture").pictures if one.record != 10]
    if not pictures:
        raise Faulty(faults=(Fault("picture", N_("There is no picture of fingers in it"), _CHOOSE),))
    number = given.number
    if not 0 <= number < len(pictures):
        number = next((n for n, one in enumerate(pictures) if one.slap), 0)
    one = pictures[number]
    dpi = one.dpi or given.dpi or prints.DPI
    if not LEAST_DPI <= dpi <= MOST_DPI:
        do = N_("250 to 4,000 pixels an inch are read: scan it anew.")
        raise Faulty(faults=(Fault("dpi", N_("At this resolution no ridges can be told apart"), do),))
    hand = cutting.AREAS.get(one.area, given.hand)
    told = tuple(_named(each) for each in pictures) if len(pictures) > 1 else ()
    return Shown(one, dpi, hand, number, told)


def _named(one: Picture) -> str:
    hand = cutting.AREAS.get(one.area)
    return _(labels.HANDS[hand]) if hand else labels.sample("finger", one.position)


def page(request: Request, caller: Caller, given: Sent, faults: Sequence[Fault] = ()) -> Response:
    """The picture with its boxes, or the form that takes one."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="biometrics")
    shown: Shown | None = None
    if given.data or request.method == "POST":
        try:
            shown = _opened(given)
        except Faulty as problem:
            faults = problem.faults
    boxes = _to_draw(given, shown) if shown else {}
    return render(
        request,
        "biometrics/cut.html",
        status_code=422 if faults else 200,
        given=given,
        shown=shown,
        address=_address(shown.picture) if shown else "",
        original=b64encode(given.data).decode() if shown else "",
        boxes=boxes,
        faults=faults,
        places=_places(boxes),
        labels=labels,
        may_search=filing.may(caller, "search"),
        may_write=filing.may(caller, "contribute"),
    )


def _to_draw(given: Sent, shown: Shown) -> dict[int, dict[str, str]]:
    """The boxes as they were typed, or else as they are proposed, with empty ones for what was not found."""
    if given.boxes:
        return given.boxes
    fingers = HANDS[shown.hand]
    found = cutting.proposed(shown.picture.grey, shown.dpi, shown.hand)
    many = min(max(len(found), len(fingers), 2), cutting.MOST)
    boxes: dict[int, dict[str, str]] = {}
    for n in range(many):
        boxes[n] = {side: str(getattr(found[n], side)) if n < len(found) else "" for side in SIDES}
        position = found[n].position if len(found) == len(fingers) else fingers[n] if n < len(fingers) else 0
        boxes[n]["position"] = str(position)
    return boxes


def _address(picture: Picture) -> str:
    grey = picture.grey
    scale = LONGEST_SHOWN / max(grey.shape)
    if scale < 1:
        size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    done, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return f"data:image/jpeg;base64,{b64encode(data.tobytes()).decode()}" if done else ""


def _places(boxes: dict[int, dict[str, str]]) -> dict[str, tuple[str, str]]:
    places = {
        "picture": ("f-picture", _("Picture of several fingers")),
        "dpi": ("f-dpi", _("Pixels an inch, where the file does not say")),
        "cuts": ("f-x-0", _("Fingers")),
    }
    for n in boxes:
        for name in (*SIDES, "position"):
            places[f"cuts/{n}/{name}"] = (f"f-{name}-{n}", _("Finger %(n)s") % {"n": n + 1})
    return places
