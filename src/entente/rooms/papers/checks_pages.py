"""Pages of the guided check: begun with a photograph, led to a verdict on one page that a phone holds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Absent, Fault, Faulty, NoPurpose
from entente.rooms.bureaus import directory
from entente.rooms.papers import labels
from entente.rooms.papers import model as papers
from entente.rooms.papers import service as library
from entente.rooms.papers import shown as library_shown
from entente.rooms.papers.checks import finding, knowing, report, service, shown, wording
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.drawing import Mark, ranked
from entente.rooms.papers.lost import vocabulary
from entente.rooms.papers.showing import may
from entente.rooms.papers.vocabulary import terms
from entente.rooms.search import card, judged
from entente.web import words
from entente.web.address import secure
from entente.web.badges import badges
from entente.web.callers import AtPage, Caller, Inquiry, at_page, keep_inquiry
from entente.web.forms import validated
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter(prefix="/papers/checks")
A_PAGE = 30
MOST_LINES = 4


@router.get("")
def new(request: Request, caller: AtPage, state: str = "", after: str = "") -> Response:
    """Photograph a document; and the checks of my bureau."""
    return _new(request, caller, {}, state=state, after=after)


def _new(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    status: int = 200,
    state: str = "",
    after: str = "",
) -> Response:
    state = state if state in wording.STATES else ""
    with caller.at_own_desk("examine") as desk:
        rows = [shown.row(desk, c) for c in service.listed(desk, state, after[:64], A_PAGE)]
    return render(
        request,
        "papers/checks.html",
        status_code=status,
        rows=rows,
        given=given,
        faults=faults,
        state=state,
        wording=wording,
        settled=False,
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
        first=f"/papers/checks?state={state}" if after else "",
        older=f"/papers/checks?state={state}&after={rows[-1].id}" if len(rows) == A_PAGE else "",
    )


@router.post("")
async def begin(request: Request) -> Response:
    """Read the picture or the lines, then check in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    form = await request.form()
    sent = form.get("picture")
    picture = await sent.read() if isinstance(sent, UploadFile) and sent.size else b""
    return await run_in_threadpool(_begin, request, caller, form, picture)


def _begin(request: Request, caller: Caller, form: FormData, picture: bytes) -> Response:
    given = {name: str(form.get(name, "")) for name in ("lines", "purpose", "justification")}
    purpose, why = given["purpose"], given["justification"].strip()[:500]
    if purpose and why:
        caller.inquiry = request.state.inquiry = Inquiry(purpose, why)
    try:
        lines = _lines(given["lines"])
        if lines:
            validated(m.Begin, lines=lines)
        id = service.begin(caller, service.Given(picture, tuple(lines)))
    except NoPurpose:
        if purpose:
            raise
        return _new(request, caller, given, status=NoPurpose.status)
    except Faulty as problem:
        return _new(request, caller, given, problem.faults, problem.status)
    page = RedirectResponse(f"/papers/checks/{id}", status_code=303)
    if purpose and caller.inquiry:
        keep_inquiry(page, caller.inquiry, secure(request))
    return page


def _lines(said: str) -> list[str]:
    """Typed lines of a zone: blanks are none of its characters."""
    return ["".join(line.split()).upper() for line in said.splitlines() if line.strip()][: MOST_LINES + 1]


@router.get("/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One check."""
    return _page(request, caller, id)


def _page(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    status: int = 200,
    typed: FormData | None = None,
) -> Response:
    with caller.at_own_desk("examine") as desk:
        check = service.opened(desk, id)
        told = shown.whole(desk, check)
        version = service.version_of(desk, told.content)
        content = knowing.content_of(version) if version else None
        specimen = knowing.specimen_of(version) if version else None
        head = library_shown.row(desk, version) if version else None
        captions = {b.code: b.label for b in directory(desk).values()}
        noted = badges(request, desk, [c.id for named in told.names for c in named.candidates])
        cards = [
            (named, [card(desk.house.model, c, named.search, captions) for c in named.candidates])
            for named in told.names
        ]
        said = {one.search: judged(desk, one.search, [x.record for x in one.matches]) for one in told.lost}
        for one in (one for _, drawn in cards for one in drawn):
            one["badges"] = noted.get(one["id"], ())
    features = content.features if content else []
    return render(
        request,
        "papers/check.html",
        status_code=status,
        check=told,
        faults=faults,
        inquiry_of={"purpose": check.first("purpose"), "justification": check.first("justification")},
        mine=check.first("officer") == caller.officer.id,
        version=head,
        said=said,
        marks=_numbered(features),
        answers={a.feature: a for a in told.content.answers}
        | {int(a["feature"]): a for a in _given(typed or FormData()) if str(a["feature"]).isdecimal()},
        why=str((typed or FormData()).get("why", "")) or told.content.note,
        specimen=specimen[1].blob if specimen else "",
        cards=cards,
        fields=m.PRINTED,
        wording=wording,
        labels=labels,
        terms=terms(),
        vocabulary=vocabulary,
        open=told.state != "closed",
        onward=[line for line in wording.LINES if int(line) > told.level],
        may_draft=may(caller, "contribute"),
    )


def _numbered(features: Sequence[papers.FeatureForm]) -> list[tuple[int, Mark]]:
    """Marks best first, each with its place in the version's list: two may say the same."""
    places = {id(feature): n for n, feature in enumerate(features)}
    return [(places[id(mark.feature)], mark) for mark in ranked(features)]


@router.get("/{id}/report.pdf")
def pdf(caller: AtPage, id: str) -> Response:
    """The check as a report."""
    return Response(report.pdf(caller, id), media_type="application/pdf")


@router.post("/{id}/{move}")
async def move(request: Request, id: str, move: str) -> Response:
    """Read the form, then take the step in a thread."""
    return await run_in_threadpool(_move, request, await at_page(request), id, move, await request.form())


Step = Callable[[Caller, str, Mapping[str, Any], FormData], str]


def _move(request: Request, caller: Caller, id: str, move: str, form: FormData) -> Response:
    if move not in STEPS:
        raise Absent()
    said = {name: str(form.get(name, "")) for name in ("seen", "why")}
    try:
        to = STEPS[move](caller, id, {"seen": said["seen"] or "0"}, form)
    except Faulty as problem:
        return _page(request, caller, id, problem.faults, problem.status, form)
    return RedirectResponse(to or f"/papers/checks/{id}", status_code=303)


def _reading(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    which, _, place = str(form.get("which", "")).partition("-")
    step = validated(
        m.Reread, **seen, which=which, zone=place or "0", lines=_lines(str(form.get("lines", "")))
    )
    with caller.at_own_desk("examine") as desk:
        check = service.opened(desk, id)
        desk.note("see", object=id)
    caller.inquiry = Inquiry(check.first("purpose"), check.first("justification"))
    service.reread(caller, id, step)
    return ""


def _choose(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    code = str(form.get("code", "")).strip().upper()
    version = str(form.get("version", ""))
    if code:
        with caller.at_own_desk("see") as desk:
            asked = validated(papers.Which, country=code[:3], limit=200)
            found = [v for v in library.browse(desk, asked) if v.first("code") == code]
        if not found:
            raise Faulty(faults=(Fault("code", N_("No such version here"), N_("Look in the library.")),))
        version = found[0].id
    service.choose(caller, id, validated(m.Choose, **seen, version=version))
    return ""


def _on_page(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    printed = {name: str(form.get(name, "")) for name in m.PRINTED}
    with caller.at_own_desk("examine", writing=True) as desk:
        service.on_page(desk, id, validated(m.OnPage, **seen, printed=printed))
    return ""


def _given(form: FormData) -> list[dict[str, Any]]:
    """What was ticked and noted of the marks."""
    return [
        {"feature": name[2:], "said": value, "note": str(form.get(f"n-{name[2:]}", ""))}
        for name, value in form.items()
        if name.startswith("f-") and value
    ]


def _answers(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    with caller.at_own_desk("examine", writing=True) as desk:
        step = validated(m.Answers, **seen, answers=_given(form))
        service.answer(desk, id, step, str(form.get("why", ""))[:2_000])
    return ""


def _decide(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    """The verdict, with what was ticked on the same page."""
    said = {"verdict": form.get("verdict", ""), "why": str(form.get("why", ""))}
    with caller.at_own_desk("examine", writing=True) as desk:
        step = validated(m.Decide, **seen, **said)
        if given := _given(form):
            service.answer(desk, id, validated(m.Answers, **seen, answers=given))
            step = step.model_copy(update={"seen": service.opened(desk, id).version})
        service.decide(desk, id, step)
    return ""


def _escalate(caller: Caller, id: str, seen: Mapping[str, Any], form: FormData) -> str:
    step = validated(
        m.Escalate, **seen, level=int(form.get("level") == "3") + 2, why=str(form.get("why", ""))
    )
    with caller.at_own_desk("examine", writing=True) as desk:
        service.escalate(desk, id, step)
    return ""


def _alert(caller: Caller, id: str, _seen: Mapping[str, Any], _form: FormData) -> str:
    with caller.at_own_desk("contribute", writing=True) as desk:
        return f"/papers/alerts/{finding.draft_alert(desk, id).id}"


def _discard(caller: Caller, id: str, _seen: Mapping[str, Any], _form: FormData) -> str:
    with caller.at_own_desk("examine", writing=True) as desk:
        service.discard(desk, id)
    return "/papers/checks"


STEPS: Mapping[str, Step] = {
    "reading": _reading,
    "version": _choose,
    "page": _on_page,
    "answers": _answers,
    "verdict": _decide,
    "escalate": _escalate,
    "alert": _alert,
    "discard": _discard,
}
