"""Pages of charts: all of a file, and one of them: the workspace, or else a drawing and a table."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import chart_words, labels
from entente.rooms.analysis import service as files
from entente.rooms.analysis import shown as files_shown
from entente.rooms.analysis.charts import comparing, service, shown
from entente.rooms.analysis.charts import model as m
from entente.rooms.analysis.charts.drawing import drawn
from entente.rooms.analysis.showing import Link, Node
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Tied:
    """A link as the table tells it from one of its ends."""

    label: str
    caption: str
    dates: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table twin."""

    node: Node
    links: Sequence[Tied]


@router.get("/files/{file}/charts")
def listed(request: Request, caller: AtPage, file: str) -> Response:
    """The charts of a file."""
    return _listed(request, caller, file)


@router.post("/files/{file}/charts")
def make(
    request: Request, caller: AtPage, file: str, title: Field = "", of: Field = "", private: Field = ""
) -> Response:
    """Make a chart, empty or as a copy."""
    try:
        form = validated(m.ChartForm, title=title, of=of, private=private == "yes")
        with caller.at_file(file, "analyse", writing=True) as desk:
            made = service.make(desk, files.file_of(desk, file), form)
    except Faulty as problem:
        return _listed(request, caller, file, problem.faults)
    return RedirectResponse(f"/files/{file}/charts/{made.id}", status_code=303)


@router.get("/files/{file}/charts/{id}")
def one(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """One chart."""
    return _one(request, caller, file, id)


@router.post("/files/{file}/charts/{id}/snapshots")
def snapshot(request: Request, caller: AtPage, file: str, id: str, title: Field = "") -> Response:
    """Keep it as it is now."""

    def do(desk: Desk, kept: Thing) -> str:
        return service.snapshot(desk, kept, id, validated(m.Titled, title=title).title).id

    return _done(request, caller, file, id, do)


@router.post("/files/{file}/charts/{id}/rename")
def rename(request: Request, caller: AtPage, file: str, id: str, title: Field = "") -> Response:
    """Give it another title."""

    def do(desk: Desk, kept: Thing) -> str:
        return service.rename(desk, kept, id, validated(m.Titled, title=title).title).id

    return _done(request, caller, file, id, do)


@router.post("/files/{file}/charts/{id}/merge")
def merge(request: Request, caller: AtPage, file: str, id: str, chart: Field = "") -> Response:
    """Bring another chart onto it."""

    def do(desk: Desk, kept: Thing) -> str:
        service.merge(desk, kept, id, chart)
        return id

    return _done(request, caller, file, id, do)


@router.get("/files/{file}/charts/{id}/compare")
def compare(
    request: Request, caller: AtPage, file: str, id: str, asked: Annotated[m.Against, Query()]
) -> Response:
    """What is other on the newer of two charts, whichever of their pages one comes from."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        older, newer = comparing.in_order(*(service.chart_of(desk, kept, one) for one in (id, asked.other)))
        found = comparing.compare(desk, kept, older.id, newer.id)
        told = files_shown.row(desk, kept)
    return render(
        request,
        "analysis/compare.html",
        file=told,
        older=_named(older),
        newer=_named(newer),
        parts=differences(found),
    )


def _named(chart: Thing) -> dict[str, Any]:
    """A chart in a comparison; `at`: when a snapshot was taken."""
    at = datetime.fromisoformat(chart.first("at")) if service.is_snapshot(chart) else None
    return {"id": chart.id, "title": chart.first("title"), "at": at}


def differences(found: m.Compared) -> list[tuple[str, list[str]]]:
    """What came, went and moved, by caption."""
    captions = {n.id: n.caption for n in found.nodes}
    links = {e.id: f"{captions.get(e.start, '')} – {e.label} – {captions.get(e.to, '')}" for e in found.edges}

    def named(ids: Sequence[str], by: Mapping[str, str]) -> list[str]:
        return sorted(by[id] for id in ids if id in by)

    return [
        (_("Items that came"), named(found.items.added, captions)),
        (_("Items that went"), named(found.items.removed, captions)),
        (_("Links that came"), named(found.links.added, links)),
        (_("Links that went"), named(found.links.removed, links)),
        (_("Items that moved"), named(found.moved, captions)),
    ]


@router.post("/files/{file}/charts/{id}/delete")
def delete(request: Request, caller: AtPage, file: str, id: str) -> Response:
    """Delete it."""

    def do(desk: Desk, kept: Thing) -> str:
        service.delete(desk, kept, id)
        return ""

    return _done(request, caller, file, id, do)


def _done(request: Request, caller: Caller, file: str, id: str, do: Callable[[Desk, Thing], str]) -> Response:
    """Do one thing; then show the chart that `do` names, or all of them."""
    try:
        with caller.at_file(file, "analyse", writing=True) as desk:
            then = do(desk, files.file_of(desk, file))
    except Faulty as problem:
        return _one(request, caller, file, id, problem.faults)
    return RedirectResponse(f"/files/{file}/charts/{then}".rstrip("/"), status_code=303)


def _listed(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_file(id, "see") as desk:
        file = files.file_of(desk, id)
        desk.note("see", object=id, what="charts")
        found = shown.rows(desk, service.charts(desk, file))
        writes = service.may_work(desk, file)
        told = files_shown.row(desk, file)
    return render(
        request,
        "analysis/charts.html",
        status_code=422 if faults else 200,
        file=told,
        charts=found,
        copies=[(c.id, c.title) for c in found],
        writes=writes,
        faults=faults,
        places=_places(),
    )


def _one(request: Request, caller: Caller, id: str, chart: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_file(id, "see") as desk:
        file = files.file_of(desk, id)
        opened = service.opened(desk, service.chart_of(desk, file, chart))
        desk.note("see", object=chart, what="chart")
        told = files_shown.row(desk, file)
        whole = shown.whole(desk, file, opened)
        others = [(c.id, c.title) for c in shown.rows(desk, service.charts(desk, file)) if c.id != chart]
    return render(
        request,
        "analysis/chart.html",
        status_code=422 if faults else 200,
        file=told,
        chart=whole,
        svg=Markup(drawn(whole.title, whole.cells, whole.nodes, whole.links)),  # noqa: S704
        rows=rows(whole.nodes, whole.links, whole.cells),
        labels=labels,
        said=json.dumps(chart_words.words(), ensure_ascii=False),
        formats=m.FORMATS,
        others=others,
        faults=faults,
        places=_places(),
    )


def rows(nodes: Sequence[Node], links: Sequence[Link], cells: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """The table twin: what is not hidden on the chart, by caption, each with its links."""
    on = {n.id: n for n in nodes if not cells.get(f"item/{n.id}", {}).get("hidden")}
    tied: dict[str, list[Tied]] = {id: [] for id in on}
    for link in links:
        if link.start in on and link.to in on:
            dates = " – ".join(d for d in (link.since, link.until) if d)
            tied[link.start].append(Tied(link.label, on[link.to].caption, dates))
            back = f"← {link.label}" if link.directed else link.label
            tied[link.to].append(Tied(back, on[link.start].caption, dates))
    by_caption = sorted(on.values(), key=lambda n: (n.caption.casefold(), n.id))
    return [Row(n, sorted(tied[n.id], key=lambda t: (t.label, t.caption, t.dates))) for n in by_caption]


def _places() -> dict[str, tuple[str, str]]:
    return {"title": ("f-title", _("Title")), "of": ("f-of", _("Begin with"))}
