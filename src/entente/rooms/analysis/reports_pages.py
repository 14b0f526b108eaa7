"""Pages of reports in their file: listed, written without a script, checked, approved, published."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import reports_naming as naming
from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import blocks, figures, publishing, releasing, service, shown
from entente.rooms.analysis.reports import form_of_blocks as form
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports_labels import BLOCKS, DID, WHAT
from entente.rooms.bureaus import by_code
from entente.rooms.publications import letterheads, named, picture, reading, states
from entente.rooms.publications import model as p
from entente.rooms.records import code_of
from entente.web import words
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
WORDS: dict[str, Any] = {
    "states": states.STATES,
    "tones": states.TONES,
    "sorts": BLOCKS,
    "did": DID,
    "what": WHAT,
    "verdicts": reading.VERDICTS,
    "picture": picture,
}
ACTS: Mapping[str, str] = {
    **dict.fromkeys(("submit", "revise", "discard"), "analyse"),
    **dict.fromkeys(("approve", "return"), "approve"),
}
"""What an officer must be allowed for a step; any other: to publish."""
DRAFT_LABELS: Mapping[str, str] = {"judgement": N_("Key judgement"), "owner": N_("Owner")}


@router.get("/files/{file}/reports")
def listed(request: Request, caller: AtPage, file: str) -> Response:
    """The reports of a file, and the form to begin one."""
    return _list(request, caller, file)


@router.post("/files/{file}/reports")
def write(
    request: Request,
    caller: AtPage,
    file: str,
    title: Field = "",
    level: Field = "official",
    template: Field = "",
) -> Response:
    """Begin a report."""
    try:
        said = validated(m.ReportForm, title=title, level=level, template=template)
        with caller.at_file(file, "analyse", writing=True) as desk:
            made = service.write(desk, files.file_of(desk, file), said)
    except Faulty as problem:
        return _list(request, caller, file, problem.faults)
    return _to(file, made.id, "/edit")


@router.get("/files/{file}/reports/{id}")
def one(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """A report as I may see it, and what I may do with it."""
    return _one(request, caller, file, id)


@router.get("/files/{file}/reports/{id}/edit")
def editing(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """The form of my report."""
    with caller.at_file(file, "analyse") as desk:
        kept = files.file_of(desk, file)
        told = shown.whole(desk, kept, service.report_of(desk, kept, id))
        known = naming.known(desk, kept)
        desk.note("see", object=id, what="report")
    given = {"title": told.title, "level": told.level, "template": told.template, "changes": told.changes}
    said = [s.block.model_dump(mode="json") for s in told.blocks if s.block.id != "c" * 32]
    to = [r.model_dump() for r in told.distribution]
    return _form(request, caller, told, {**given, "seen": told.seen}, said, to, known)


@router.post("/files/{file}/reports/{id}/edit")
async def edit(request: Request, file: str, id: str) -> Response:
    """Save it; or add, move or leave out a block."""
    typed: dict[str, str] = {}
    for name, value in (await request.form()).multi_items():  # one record a field: lines of one text
        typed[name] = f"{typed[name]}\n{value}" if name in typed else str(value)
    caller = await at_page(request)
    return await run_in_threadpool(_edited, request, caller, file, id, typed)


def _edited(request: Request, caller: Caller, file: str, id: str, typed: dict[str, str]) -> Response:
    do = typed.get("do", "save")
    with caller.at_file(file, "analyse") as desk:
        desk.note("see", object=id, what="a form")
        known = naming.known(desk, files.file_of(desk, file))
    said = form.done(naming.meant(form.to_blocks(typed), known), do)
    to = naming.addressed(form.to_distribution(typed), known)
    given = {name: typed.get(name, "") for name in ("title", "level", "template", "changes", "seen")}
    if do == "save":
        try:
            whole = validated(m.ReportEdit, **given, blocks=said, distribution=to)
            with caller.at_file(file, "analyse", writing=True) as desk:
                service.edit(desk, files.file_of(desk, file), id, whole)
        except Faulty as problem:
            faults = naming.at_fields(problem.faults, said)
            return _form(request, caller, _told(caller, file, id), given, said, to, known, faults)
        return _to(file, id)
    return _form(request, caller, _told(caller, file, id), given, said, to, known, unsaved=True)


@router.post("/files/{file}/reports/{id}/do")
def step(
    request: Request,
    caller: AtPage,
    file: str,
    id: str,
    do: Field = "",
    seen: Field = "",
    approver: Field = "",
    why: Field = "",
) -> Response:
    """One step on its way: submit, approve, return, publish, withdraw, revise, discard."""
    try:
        with caller.at_file(file, ACTS.get(do, "publish"), writing=True) as desk:
            kept = files.file_of(desk, file)
            if do == "submit":
                service.submit(desk, kept, id, validated(m.Submit, seen=seen, approver=approver))
            elif do in ("approve", "return"):
                said = validated(m.Decide, seen=seen, approve=do == "approve", why=why)
                service.decide(desk, kept, id, said)
            elif do == "withdraw":
                publishing.withdraw(desk, kept, id, validated(p.Why, why=why).why)
            elif do == "revise":
                return _to(file, publishing.revise(desk, kept, id).id, "/edit")
            elif do == "discard":
                service.discard(desk, kept, id)
                return RedirectResponse(f"/files/{file}/reports", status_code=303)
            else:
                publishing.publish(desk, kept, id)
    except Faulty as problem:
        return _one(request, caller, file, id, problem.faults)
    return _to(file, id)


@router.get("/files/{file}/reports/{id}/check")
def check(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """The release check."""
    return _check(request, caller, file, id)


@router.post("/files/{file}/reports/{id}/releases")
def give(
    request: Request, caller: AtPage, file: str, id: str, bureaus: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Release my bureau's sources in this report to the bureaus chosen."""
    try:
        said = validated(p.ReleaseForm, bureaus=bureaus or [])
        with caller.at_file(file, "see", writing=True) as desk:
            kept = files.file_of(desk, file)
            report = service.report_of(desk, kept, id)
            releasing.give(desk, kept, report, service.whole_of(desk, kept, report), said)
    except Faulty as problem:
        return _check(request, caller, file, id, problem.faults)
    return _to(file, id, "/check")


@router.post("/files/{file}/reports/{id}/releases/{given}/end")
def end(caller: AtPage, file: str, id: str, given: str) -> Response:
    """End a release of my bureau."""
    with caller.at_file(file, "see", writing=True) as desk:
        kept = files.file_of(desk, file)
        releasing.take_back(desk, kept, service.report_of(desk, kept, id), given)
    return _to(file, id, "/check")


@router.get("/files/{file}/reports/{id}/feedback")
def feedback(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """Who has which copy, and what readers said."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        desk.note("see", object=id, what="feedback")
        said, copies = reading.feedback_on(desk, report), reading.receipts(desk, report)
    title = report.first("title")
    context = {"file": file, "id": id, "title": title, "said": said, "copies": copies, **WORDS}
    return render(request, "analysis/feedback.html", **context)


# --- what the pages are made of ------------------------------------------------------------------


def _to(file: str, id: str, rest: str = "") -> Response:
    return RedirectResponse(f"/files/{file}/reports/{id}{rest}", status_code=303)


def _list(request: Request, caller: Caller, file: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        rows = shown.rows(desk, kept)
        writes = may(desk.asker, "analyse") and files.role_of(kept, desk.asker.officer) in ("lead", "analyst")
        choices = [(t.code, t.name) for t in letterheads.listed(desk)]
    context: dict[str, Any] = {
        "file": file,
        "title": kept.first("title"),
        "rows": rows,
        "writes": writes,
        "faults": faults,
    }
    context |= {"templates": choices, "level": kept.first("level", "official"), **WORDS}
    return render(request, "analysis/reports.html", status_code=422 if faults else 200, **context)


def _told(caller: Caller, file: str, id: str) -> m.Report:
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        desk.note("see", object=id, what="report")
        return shown.whole(desk, kept, service.report_of(desk, kept, id))


def _one(request: Request, caller: Caller, file: str, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        desk.note("see", object=id, what="report")
        told = shown.whole(desk, kept, report)
        context: dict[str, Any] = {
            "report": told,
            "faults": faults,
            "file_title": kept.first("title"),
            "labels": _labels(),
        }
        context |= {"approvers": _approvers(desk, kept), **WORDS}
    return render(request, "analysis/report.html", status_code=422 if faults else 200, **context)


def _labels() -> dict[str, str]:
    return {name: _(label) for name, label in DRAFT_LABELS.items()}


def _approvers(desk: Desk, file: Thing) -> list[tuple[str, str]]:
    """Members who might be asked; the service says who may."""
    others = [o for o in files.members(file) if o != desk.asker.officer]
    known = desk.as_house().look_all(others)
    supervisors = [o for o in others if o in known and "supervisor" in known[o].body.get("roles", ())]
    return sorted(named(desk, supervisors).items(), key=lambda one: one[1])


def _form(
    request: Request,
    caller: Caller,
    told: m.Report,
    given: dict[str, str],
    said: Sequence[form.Fields],
    to: Sequence[form.Fields],
    known: naming.Known,
    faults: Sequence[Fault] = (),
    unsaved: bool = False,
) -> Response:
    with caller.at_own_desk("see") as desk:
        choices = [(t.code, t.name) for t in letterheads.listed(desk)]
        bureaus = [(code, f"{code} {b.label}") for code, b in sorted(by_code(desk).items())]
    context: dict[str, Any] = {
        "report": told,
        "given": given,
        "faults": faults,
        "templates": choices,
        **WORDS,
    }
    told_blocks = [(one["sort"], naming.worded(form.to_fields(one), known)) for one in said]
    recipients = [{**one, "officer": known.officers.name_of(one["officer"])} for one in to]
    context |= {
        "blocks": told_blocks,
        "recipients": [*recipients, {"bureau": "", "unit": "", "officer": "", "channel": ""}],
        "places": naming.places(told_blocks, len(recipients) + 1),
        "records": known.records,
        "charts": known.charts.choices,
        "officers": known.officers.options(),
        "unsaved": unsaved or bool(faults),
        "bureaus": bureaus,
        "likelihoods": [(slug, _(label)) for slug, label in blocks.LIKELIHOODS.items()],
        "confidences": [(slug, _(label)) for slug, label in blocks.CONFIDENCES.items()],
        "measures": sorted(figures.measures()),
        "levels": words.choices(words.LEVELS),
    }
    return render(request, "analysis/report_edit.html", status_code=422 if faults else 200, **context)


def _check(request: Request, caller: Caller, file: str, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        found = shown.checked(desk, kept, report)
        told = shown.whole(desk, kept, report)
        mine = code_of(desk, desk.asker.bureau)
    context: dict[str, Any] = {"report": told, "found": found, "mine": mine, "faults": faults, **WORDS}
    context["bureaus"] = sorted({r.bureau for r in told.distribution})
    return render(request, "analysis/release.html", status_code=422 if faults else 200, **context)
