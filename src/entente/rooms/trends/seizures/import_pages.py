"""The page that brings in a file of seizures: what its columns mean, what is wrong row by row, then kept.

A small file comes back with the page, so that it is chosen once; a larger one is chosen again.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from entente.core.problems import Fault, Faulty, TooLarge
from entente.match.goods import table_fields
from entente.rooms.trends import labels
from entente.rooms.trends.limits import MOST_BYTES
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import importing, sheets, templates
from entente.rooms.trends.service import must_be_allowed
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
HELD = 3 << 20
"""Bytes of a file that comes back with the page."""
SHARED = {"mine": "", "everyone": '{"mode":"everyone"}'}
CONSTANTS = ("country", "authority", "contributor", "event_kind", "edition", "currency", "form")
"""What may be said once for all rows on the page; the API takes any field."""
MOST_SHOWN = 200
EMPTY: Mapping[str, str] = {
    **dict.fromkeys((*CONSTANTS, "decimal", "order", "epoch", "good_rows", "name", "held", "sheet"), ""),
    "share": "mine",
}
Given = Mapping[str, str]


@router.get("/trends/import")
def import_form(request: Request, caller: AtPage) -> Response:
    """The form."""
    with caller.at_own_desk("contribute") as desk:
        must_be_allowed(desk)
        desk.note("see", what="a form")
    return _page(request, {})


@router.get("/trends/template.csv")
def template(caller: AtPage) -> Response:
    """The table to fill in."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="template of seizures")
    return templates.as_file()


@router.post("/trends/import")
async def bring(request: Request, caller: AtPage) -> Response:
    """Check a file, or keep it."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=500, max_part_size=2 * HELD) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
        chosen = form.get("file")
        data = b""
        if isinstance(chosen, UploadFile) and chosen.filename:
            data, given["name"] = await chosen.read(MOST_BYTES + 1), chosen.filename[:200]
    return await run_in_threadpool(_brought, request, caller, data, given)


def _brought(request: Request, caller: Caller, data: bytes, given: dict[str, str]) -> Response:
    fresh = bool(data)
    try:
        data = data or _held(given)
        if len(data) > MOST_BYTES:
            raise TooLarge(f"{MOST_BYTES >> 20} MB are the most; load larger files by command.")
        given["held"] = b64encode(data).decode() if len(data) <= HELD else ""
        return _read(request, caller, data, given, fresh)
    except TooLarge as problem:
        return _page(request, given, (Fault("file", problem.detail, problem.do),), status=problem.status)
    except Faulty as problem:
        return _page(request, given, problem.faults)


def _held(given: Given) -> bytes:
    if not given.get("held"):
        raise Faulty(faults=(Fault("file", N_("No file was sent"), N_("Choose a file.")),))
    try:
        return b64decode(given["held"], validate=True)
    except ValueError:
        raise Faulty(faults=(Fault("file", N_("No file was sent"), N_("Choose a file.")),)) from None


def _read(request: Request, caller: Caller, data: bytes, given: Given, fresh: bool) -> Response:
    """A file that was just chosen is read by its own headers and memory; one that came back as was said."""
    with caller.at_own_desk("contribute") as desk:
        found = sheets.read(data, importing.MOST_ROWS, _sheet(given))
        sent = _sent(given, () if fresh else found.header)
        one = importing.prepared(desk, found, sent)
        desk.note("see", what="a check of seizures", rows=len(found.rows))
        columns = importing.columns_said(one)
        if one.faults:
            return _page(request, given, one.faults, columns, found.sheets, one=one)
        file = importing.rows_of(desk, one, data)
    report = importing.report(file, sent)
    if given.get("do") != "keep" or (report.fault_count and not sent.good_rows):
        return _page(request, given, (), columns, found.sheets, report, one=one)
    with caller.at_own_desk("contribute", writing=True) as desk:
        done = importing.kept(desk, file, sent)
    return _page(request, {}, (), (), (), None, done)


def _sheet(given: Given) -> int:
    text = given.get("sheet", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _sent(given: Given, header: Sequence[str]) -> i.Sent:
    mapping = {}
    for n, name in enumerate(header):
        if f"column/{n}" in given:
            mapping[name] = f"{given[f'column/{n}']} {given.get(f'unit/{n}', '')}".strip()
    constants = {name: given[name].strip() for name in CONSTANTS if given.get(name, "").strip()}
    return validated(
        i.Sent,
        name=given.get("name", ""),
        sheet=_sheet(given),
        mapping=json.dumps(mapping) if mapping else "",
        constants=json.dumps(constants) if constants else "",
        decimal=given.get("decimal", ""),
        order=given.get("order", ""),
        epoch=given.get("epoch", ""),
        good_rows=given.get("good_rows") == "yes",
        handling=SHARED.get(given.get("share", ""), ""),
    )


def _page(
    request: Request,
    given: Given,
    faults: Sequence[Fault] = (),
    columns: Sequence[i.ColumnSaid] = (),
    names: Sequence[str] = (),
    report: i.Report | None = None,
    done: i.Report | None = None,
    status: int = 0,
    one: importing.Prepared | None = None,
) -> Response:
    said: dict[str, Any] = {**EMPTY, **given}
    if one is not None:
        said |= {name: value for name, value in one.mapped.constants.items() if name in CONSTANTS}
        said |= {"decimal": one.mapped.decimal, "order": one.mapped.order, "epoch": one.mapped.epoch}
    return render(
        request,
        "trends/import.html",
        status_code=status or (422 if faults else 200),
        given=said,
        faults=faults,
        columns=columns,
        sheets=[(str(n), name) for n, name in enumerate(names)],
        report=report,
        done=done,
        fields=[(name, _(labels.COLUMNS.get(name) or labels.FIELDS.get(name, name))) for name in offered()],
        most=MOST_SHOWN,
        places={"file": ("f-file", _("File"))} | {f"columns/{c.header}": ("", c.header) for c in columns},
        labels=labels,
    )


def offered() -> list[str]:
    """What a column may mean, in the order of the form."""
    return [name for name in table_fields.FIELDS if name != table_fields.PERSON]
