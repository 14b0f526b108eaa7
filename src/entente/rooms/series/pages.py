"""Pages of image series: asked for, listed, met; one series is in series_pages.py."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Fault, Faulty, NoPurpose, Unreadable
from entente.rooms.search import Contact
from entente.rooms.series import exchanging, labels, listing, own_api, own_pages, series_pages, service, shown
from entente.rooms.series import model as m
from entente.rooms.series.api import checked
from entente.rooms.series.clearing import COMPARTMENT
from entente.rooms.series.media_model import MOST_AT_ONCE
from entente.rooms.series.series_pages import may
from entente.web import words
from entente.web.address import secure
from entente.web.callers import AtPage, Caller, Inquiry, at_page, keep_inquiry
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter(prefix="/series")
A_PAGE = 50
MOST_SHOWN = 100
"""Files of a group."""


@router.get("")
def front(request: Request, caller: AtPage, which: str = "all", after: str = "") -> Response:
    """Ask for files, what waits, and the series I may see."""
    return _front(request, caller, {}, which=which, after=after)


def _front(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    status: int = 200,
    which: str = "all",
    after: str = "",
) -> Response:
    which = which if which in service.LISTS else "all"
    if COMPARTMENT not in caller.officer.held:
        return render(request, "series/closed.html", status_code=403)
    rows: list[m.Brief] | None = None
    if caller.inquiry:
        with caller.at_desk("see") as desk:
            rows = [shown.brief(desk, s) for s in service.listed(desk, which, after[:64], A_PAGE)]
    with own_api.sat(caller) as desk:
        waiting = shown.meetings(desk, listing.meetings(desk, "new"))
    return render(
        request,
        "series/front.html",
        status_code=status,
        rows=rows,
        waiting=waiting,
        which=which,
        given=given,
        faults=faults,
        labels=labels,
        settled=False,
        may_write=may(caller, "contribute"),
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
        first=f"/series?which={which}" if after else "",
        older=f"/series?which={which}&after={rows[-1].id}" if rows and len(rows) == A_PAGE else "",
    )


@router.post("/check")
async def check(request: Request) -> Response:
    """Read the file or the digests, then ask in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    if COMPARTMENT not in caller.officer.held:
        return render(request, "series/closed.html", status_code=403)
    form = await request.form()
    sent = form.get("file")
    file = sent if isinstance(sent, UploadFile) and sent.size else None
    return await run_in_threadpool(_check, request, caller, form, file)


def _check(request: Request, caller: Caller, form: FormData, file: UploadFile | None) -> Response:
    given = {name: str(form.get(name, "")) for name in ("digests", "purpose", "justification")}
    purpose, why = given["purpose"], given["justification"].strip()[:500]
    if purpose and why:
        caller.inquiry = request.state.inquiry = Inquiry(purpose, why)
    try:
        media = exchanging.asked(file.file if file else None, given["digests"])
        answers: list[m.Answered] = []
        for start in range(0, len(media), MOST_AT_ONCE):
            some = media[start : start + MOST_AT_ONCE]
            answers += checked(
                caller, validated(m.Check, media=[one.model_dump(exclude={"extra"}) for one in some])
            ).answers
    except NoPurpose:
        if purpose:
            raise
        return _front(request, caller, given, status=NoPurpose.status)
    except (Faulty, Unreadable) as problem:
        return _front(request, caller, given, exchanging.faults_of(problem), problem.status)
    page: Response
    if form.get("save"):
        told = json.dumps({"answers": [a.model_dump() for a in answers]}, ensure_ascii=False)
        headers = {"Content-Disposition": 'attachment; filename="answer.json"'}
        page = Response(told, media_type="application/json", headers=headers)
    else:
        page = _answers(request, answers)
    if purpose and caller.inquiry:
        keep_inquiry(page, caller.inquiry, secure(request))
    return page


@dataclass(frozen=True, slots=True)
class Group:
    """Files of which the same is known: `head`, the strongest tie of the first, says whom to ask."""

    says: str
    head: m.Match | None
    contacts: Sequence[Contact]
    files: list[m.Answered]


def _grouped(answers: Sequence[m.Answered]) -> list[Group]:
    """By what is known and of which series (or image in none), what is most urgent first."""
    order = {says: n for n, says in enumerate(labels.SAYS)}
    groups: dict[tuple[str, ...], Group] = {}
    for one in sorted(answers, key=lambda a: order[a.says]):
        head = one.ties[0] if one.ties else None
        what = (head.series.id if head.series else head.image) if head else ""
        key = (one.says, what, *(c.bureau for c in one.contacts))
        groups.setdefault(key, Group(one.says, head, one.contacts, [])).files.append(one)
    return list(groups.values())


def _answers(request: Request, answers: Sequence[m.Answered]) -> Response:
    tally = Counter(str(a.says) for a in answers)
    return render(
        request,
        "series/answers.html",
        groups=_grouped(answers),
        most=MOST_SHOWN,
        total=len(answers),
        tally=[(says, tally[says]) for says in labels.SAYS if tally[says]],
        labels=labels,
    )


@router.get("/meetings")
def meetings(request: Request, caller: AtPage, which: str = "new") -> Response:
    """Other bureaus that have, or ask for, what mine has or asks for."""
    which = which if which in ("new", "all") else "new"
    with own_api.sat(caller) as desk:
        rows = shown.meetings(desk, listing.meetings(desk, which))
    return render(request, "series/meetings.html", rows=rows, which=which, labels=labels)


@router.post("/meetings/{id}/note")
def take_note(caller: AtPage, id: str) -> Response:
    """Take note of a meeting."""
    with own_api.sat(caller, writing=True) as desk:
        listing.take_note(desk, id)
    return RedirectResponse("/series/meetings", status_code=303)


router.include_router(own_pages.router)
router.include_router(series_pages.router)
