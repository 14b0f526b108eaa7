"""Operations and lists of targets over HTTP."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from entente.rooms.records import Strict
from entente.rooms.trends.figures import exports
from entente.rooms.trends.operations import lists, service, tally
from entente.rooms.trends.operations import model as m
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/trends/operations", tags=["trends"])
targets = APIRouter(prefix="/api/v1/trends/targets", tags=["trends"])
Id = Annotated[str, Path(max_length=64)]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
KINDS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": _FILE, "application/vnd.apache.parquet": _FILE}}
}


class ReportWords(Strict):
    """`rate`: seizures for a hundred checks, where checks are known."""

    measure: Literal["count", "rate"] = "count"


class ExportWords(Strict):
    """`sheet`: for those who check, in an order that tells nothing, without points or reasons."""

    what: Literal["list", "sheet"] = "sheet"
    format: Literal["csv", "parquet"] = "csv"


@router.get("")
def operation_list(caller: AtDoor, asked: Annotated[m.Listing, Query()]) -> m.Operations:
    """Operations of your bureau, and those it takes part in."""
    with caller.at_own_desk("trend") as desk:
        return service.listed(desk, asked)


@router.post("", status_code=201)
def operation_plan(caller: AtDoor, form: m.OperationForm) -> m.Operation:
    """Plan an operation: when, where, what for, with whom."""
    with caller.at_own_desk("target", writing=True) as desk:
        return service.shown(desk, service.plan(desk, form))


@router.get("/{id}")
def operation_one(caller: AtDoor, id: Id) -> m.Operation:
    """One operation."""
    with caller.at_own_desk("trend") as desk:
        return service.opened(desk, id)


@router.put("/{id}")
def operation_change(caller: AtDoor, id: Id, form: m.OperationForm) -> m.Operation:
    """Change it; its owner does, until it has ended."""
    with caller.at_own_desk("target", writing=True) as desk:
        return service.shown(desk, service.change(desk, id, form))


@router.post("/{id}/steps")
def operation_step(caller: AtDoor, id: Id, given: m.Step) -> m.Operation:
    """Begin it, end it, say what came of it, or cancel it. Only persons do."""
    with caller.at_own_desk("target", writing=True) as desk:
        return service.shown(desk, service.step(desk, id, given))


@router.get("/{id}/tally")
def operation_tally(caller: AtDoor, id: Id) -> m.Tally:
    """What was seized in it, of what you may see now; arrests and checks as far as you see their papers."""
    with caller.at_desk("trend") as desk:
        return tally.tally(desk, id)


@router.get("/{id}/report")
def operation_report(caller: AtDoor, id: Id, words: Annotated[ReportWords, Query()]) -> m.AfterAction:
    """Before, during and after it, against matched countries, over what you may see now."""
    with caller.at_desk("trend") as desk:
        return tally.after_action(desk, id, words.measure)


@targets.get("")
def target_lists(caller: AtDoor, asked: Annotated[m.Listing, Query()]) -> m.Lists:
    """Lists of targets of your bureau, and those made for it."""
    with caller.at_own_desk("trend") as desk:
        return lists.listed(desk, asked)


@targets.post("", status_code=201)
def target_propose(caller: AtDoor, form: m.ListForm) -> m.TargetList:
    """Rank ways, places and consignees, draw a sample by chance, lay the list before a second officer."""
    with caller.at_desk("target", writing=True) as desk:
        return lists.shown(desk, lists.propose(desk, form))


@targets.get("/{id}")
def target_list(caller: AtDoor, id: Id) -> m.TargetList:
    """The whole list: points, reasons, what was drawn by chance, results, lift."""
    with caller.at_own_desk("target") as desk:
        return lists.opened(desk, id)


@targets.get("/{id}/sheet")
def target_sheet(caller: AtDoor, id: Id) -> m.Sheet:
    """The list for those who check: they cannot tell what was drawn by chance."""
    with caller.at_own_desk("trend") as desk:
        return lists.sheet(desk, id)


@targets.post("/{id}/steps")
def target_step(caller: AtDoor, id: Id, given: m.ListStep) -> m.TargetList:
    """Approve it (another officer in person), begin checking, feed it back, or withdraw it."""
    with caller.at_own_desk("target", writing=True) as desk:
        return lists.shown(desk, lists.step(desk, id, given))


@targets.post("/{id}/results")
def target_result(caller: AtDoor, id: Id, given: m.ResultForm) -> m.Sheet:
    """Say what a check brought: a hit, nothing, or that it was not checked."""
    with caller.at_own_desk("trend", writing=True) as desk:
        lists.report(desk, id, given)
        return lists.sheet(desk, id)


@targets.get("/{id}/export", response_class=Response, responses=KINDS)
def target_export(caller: AtDoor, id: Id, words: Annotated[ExportWords, Query()]) -> Response:
    """The list or its check sheet as CSV (with a byte order mark) or Parquet."""
    return exported(caller, id, words)


def exported(caller: Caller, id: str, words: ExportWords) -> Response:
    """The file."""
    with caller.at_own_desk("export") as desk:
        if words.what == "list":
            desk.allow("target")
            rows: list[Any] = list(lists.shown(desk, lists.seen(desk, id)).targets)
        else:
            rows = list(lists.sheet(desk, id).checks)
        desk.note("export", object=id, what=f"targets: {words.what}", format=words.format, rows=len(rows))
    header, cells = exports.flat(rows)
    if words.format == "csv":
        made, kind = exports.as_csv(header, cells), exports.CSV
    else:
        made, kind = exports.as_parquet(header, cells), exports.PARQUET
    name = f'attachment; filename="targets-{words.what}.{words.format}"'
    return Response(made, media_type=kind, headers={"Content-Disposition": name})
