"""The page that brings a network into a file: looked at first, then kept."""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Fault, Faulty
from entente.desk.work import settle
from entente.rooms.analysis import grading, labels
from entente.rooms.analysis import service as files
from entente.rooms.analysis import shown as files_shown
from entente.rooms.analysis.charts import importing, service
from entente.rooms.analysis.charts.importing.model import Asked, Preview
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
SAID = ("format", "unknown", "match", "kind", "chart", "source", "scheme", "grade", "handlingCode")
BLANK: Mapping[str, str] = {**dict.fromkeys(SAID, ""), "unknown": "create", "match": "name", "kind": "Person"}
MOST_CARRIED = 2 * 1024 * 1024
"""Bytes of a file that its preview carries to the next page; a larger one is chosen again."""
COLUMNS: Mapping[str, str] = {
    "from": N_("From"),
    "to": N_("To"),
    "type": N_("Type"),
    "since": N_("Start date"),
    "until": N_("End date"),
    "weight": N_("Weight"),
    "grade": N_("Grade"),
    "certainty": N_("How sure"),
}
FORMATS: Mapping[str, str] = {
    "": N_("As its name says"),
    "csv": N_("List of links (CSV)"),
    "graphml": N_("GraphML"),
    "ftm": N_("FollowTheMoney lines"),
    "anx": N_("i2 ANX"),
}


@router.get("/files/imports/{file}")
def blank(request: Request, caller: AtPage, file: str) -> Response:
    """The form of an import."""
    return _form(request, caller, file, BLANK)


@router.post("/files/imports/{file}")
async def bring(request: Request, caller: AtPage, file: str) -> Response:
    """Look at an import, or keep it."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=40, max_part_size=2 * MOST_CARRIED) as form:
        data, name = await _sent(form)
        said = {k: v for k, v in form.items() if isinstance(v, str)}
    return await run_in_threadpool(_brought, request, caller, file, data, name, said)


async def _sent(form: FormData) -> tuple[bytes, str]:
    """The file that was chosen, or that the page carries from its preview; empty where there is none."""
    chosen = form.get("network")
    if isinstance(chosen, UploadFile) and chosen.filename:
        return await chosen.read(), chosen.filename[:200]
    carried, name = form.get("kept"), form.get("name")
    try:
        data = b64decode(carried, validate=True) if isinstance(carried, str) else b""
    except (Error, ValueError):
        data = b""
    return data, name[:200] if isinstance(name, str) else ""


def _brought(
    request: Request, caller: Caller, file: str, data: bytes, name: str, said: Mapping[str, str]
) -> Response:
    given = {k: said.get(k, BLANK[k]) for k in SAID}
    mapping = {p: said[f"column-{p}"] for p in COLUMNS if said.get(f"column-{p}")}
    try:
        if not data:
            raise Faulty(faults=(Fault("network", _("No file was sent"), _("Choose a file.")),))
        asked = validated(Asked, **given, name=name, mapping=json.dumps(mapping))
        if said.get("do") == "keep":
            with caller.at_file(file, "gather", writing=True) as desk:
                made = importing.bring(desk, files.file_of(desk, file), data, asked)
            settle(caller.house)
            then = f"charts/{asked.chart}" if asked.chart else f"contributions/{made.contribution.id}"
            return RedirectResponse(f"/files/{file}/{then}", status_code=303)
        with caller.at_file(file, "gather") as desk:
            told = importing.preview(desk, files.file_of(desk, file), data, asked)
    except Faulty as problem:
        return _form(request, caller, file, given, problem.faults)
    faults = [Fault(f.where, f.what, f.do) for f in told.faults]
    return _form(request, caller, file, given, faults, told, data, name)


def _form(
    request: Request,
    caller: Caller,
    id: str,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    preview: Preview | None = None,
    data: bytes = b"",
    name: str = "",
) -> Response:
    with caller.at_file(id, "gather") as desk:
        file = files.file_of(desk, id)
        desk.note("see", object=id, what="a form")
        told = files_shown.row(desk, file)
        known = desk.house.model
        charts = [(t.id, t.first("title")) for t in service.charts(desk, file) if not service.is_snapshot(t)]
        charts = charts if service.may_work(desk, file) else []
    kinds = sorted((_(k.label), n) for n in known.contributable if not (k := known[n]).edge)
    return render(
        request,
        "analysis/import.html",
        status_code=422 if faults and not preview else 200,
        file=told,
        given=given,
        mapping=preview.mapping if preview else {},
        heads=[(h, h) for h in dict.fromkeys(preview.header) if h] if preview else [],
        columns=words.choices(COLUMNS),
        kinds=[(n, label) for label, n in kinds],
        charts=charts,
        formats=words.choices(FORMATS),
        schemes=words.choices(labels.SCHEMES),
        codes=[(code, code) for code in grading.HANDLING_CODES],
        preview=preview,
        kept=b64encode(data).decode() if len(data) <= MOST_CARRIED else "",
        name=name,
        faults=faults,
        places={"network": ("f-network", _("File"))},
    )
