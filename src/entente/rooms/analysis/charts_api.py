"""Charts of analysis files over HTTP: the workspace's own API, open to any other client."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from entente.desk.work import settle
from entente.rooms.analysis import service as files
from entente.rooms.analysis.charts import comparing, importing, service, shown
from entente.rooms.analysis.charts import model as m
from entente.rooms.analysis.charts.exporting import MEDIA, exported
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "description": "A CSV edge list, GraphML, FollowTheMoney lines or i2 ANX; at most 16 MiB.",
        "content": {"application/octet-stream": FILE},
    }
}
AS_FILES = dict.fromkeys(sorted({*MEDIA.values()}), FILE)
AS_FILES |= {MEDIA["json"]: {"schema": {"type": "object"}}}
FILES: dict[int | str, dict[str, Any]] = {200: {"content": AS_FILES}}


@router.get("/{file}/charts")
def listed(caller: AtDoor, file: Id) -> list[m.ChartRow]:
    """The charts of a file, snapshots among them."""
    with caller.at_file(file, "see") as desk:
        found = service.charts(desk, files.file_of(desk, file))
        desk.note("see", object=file, what="charts")
        return shown.rows(desk, found)


@router.post("/{file}/charts", status_code=201)
def make(caller: AtDoor, file: Id, form: m.ChartForm) -> m.ChartOut:
    """Make a chart, empty or of what you see of another (analyst of the file, in person)."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.opened(desk, service.make(desk, kept, form)))


@router.get("/{file}/charts/{id}")
def one(caller: AtDoor, file: Id, id: Id) -> m.ChartOut:
    """A chart as you may see it now: its cells, the things on it, and the links between them."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        chart = service.chart_of(desk, kept, id)
        desk.note("see", object=id, what="chart")
        return shown.whole(desk, kept, service.opened(desk, chart))


@router.patch("/{file}/charts/{id}")
def rename(caller: AtDoor, file: Id, id: Id, form: m.Titled) -> m.ChartOut:
    """Give a chart another title."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.opened(desk, service.rename(desk, kept, id, form.title)))


@router.delete("/{file}/charts/{id}", status_code=204)
def delete(caller: AtDoor, file: Id, id: Id) -> Response:
    """Delete a chart of yours; a lead of the file deletes any."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        service.delete(desk, files.file_of(desk, file), id)
    return Response(status_code=204)


@router.post("/{file}/charts/{id}/steps")
def work(caller: AtDoor, file: Id, id: Id, form: m.StepsForm) -> m.Stepped:
    """Do commands on a chart, and hear what others did since. Without commands: only hear."""
    if not form.commands:
        with caller.at_file(file, "see") as desk:
            kept = files.file_of(desk, file)
            return shown.stepped(desk, kept, service.heard(desk, kept, id, form.after))
    with caller.at_file(file, "analyse", writing=True) as desk:
        worked = service.work(desk, files.file_of(desk, file), id, form.after, form.commands)
    with caller.at_file(file, "see") as desk:  # what is on it is read when the one writer is free again
        desk.note("see", object=id, what="chart")
        return shown.stepped(desk, files.file_of(desk, file), worked)


@router.post("/{file}/charts/{id}/snapshots", status_code=201)
def snapshot(caller: AtDoor, file: Id, id: Id, form: m.Titled) -> m.ChartOut:
    """Keep a chart as you see it now; nothing on the copy changes any more."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        made = service.snapshot(desk, kept, id, form.title)
        return shown.whole(desk, kept, service.opened(desk, made))


@router.get("/{file}/charts/{id}/compare")
def compare(caller: AtDoor, file: Id, id: Id, asked: Annotated[m.Against, Query()]) -> m.Compared:
    """What is other on another chart of the file: a snapshot of an earlier day, or any other."""
    with caller.at_file(file, "see") as desk:
        return comparing.compare(desk, files.file_of(desk, file), id, asked.other)


@router.post("/{file}/charts/{id}/merge")
def merge(caller: AtDoor, file: Id, id: Id, form: m.With) -> m.Stepped:
    """Bring what you see of another chart onto this one, beside what is there."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.stepped(desk, kept, service.merge(desk, kept, id, form.chart))


@router.get("/{file}/charts/{id}/export", response_class=Response, responses=FILES)
def export(caller: AtDoor, file: Id, id: Id, asked: Annotated[m.As, Query()]) -> Response:
    """A chart as a file, with what you may see of it (analyst, supervisor). `csv` is a zip of two tables."""
    return sent(caller, file, id, asked.format)


def sent(caller: Caller, file: str, id: str, format: m.Format) -> Response:
    """The export as an answer."""
    with caller.at_file(file, "export") as desk:
        made = exported(desk, files.file_of(desk, file), id, format)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.name}"',
        "Content-Security-Policy": "sandbox",
    }
    return Response(made.data, media_type=made.media, headers=headers)


@router.post("/imports/{file}", openapi_extra=BODY)
async def bring(
    caller: AtDoor, file: Id, asked: Annotated[importing.model.Asked, Query()], request: Request
) -> importing.model.Imported:
    """Bring a network into a file: first what would be kept, then, with `keep`, one contribution."""
    await run_in_threadpool(caller.must_be_known)
    data = b"".join([piece async for piece in request.stream()])
    return await run_in_threadpool(brought, caller, file, data, asked)


def brought(caller: Caller, file: str, data: bytes, asked: importing.model.Asked) -> importing.model.Imported:
    """Preview an import, or keep it."""
    with caller.at_file(file, "gather", writing=asked.keep) as desk:
        kept = files.file_of(desk, file)
        if not asked.keep:
            told = importing.preview(desk, kept, data, asked)
            return importing.model.Imported(preview=told, contribution="", last="")
        made = importing.bring(desk, kept, data, asked)
    settle(caller.house)
    return importing.model.Imported(preview=made.preview, contribution=made.contribution.id, last=made.last)
