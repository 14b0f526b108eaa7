"""Pages of figures: ways on a map, series, rises, hot spots, risk, trade; and the seizures behind them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams, UploadFile

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.trends.figures import (
    combos,
    dimensions,
    findings_pages,
    flows,
    hot,
    over_time,
    records,
    risk_profile,
    trade,
)
from entente.rooms.trends.figures import figures_words as said
from entente.rooms.trends.figures.api import ExportWords, RiskWords, SeriesWords, SurgeWords, exported
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.pictures import charts, maps
from entente.web import formats
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
router.include_router(findings_pages.router)
ROWS = 100
"""Rows of a table on a page; an export has them all."""
SPLIT = {"country"}
SEVERAL = {"event", "contributor"}
TABS: Sequence[tuple[str, str]] = (
    ("flows", N_("Ways")),
    ("series", N_("Over time")),
    ("surges", N_("Rises and new ways")),
    ("hotspots", N_("Hot spots")),
    ("risk", N_("Risk profile")),
    ("trade", N_("Beside trade")),
)


def _asked(schema: type[Any], query: QueryParams) -> Any:
    """The question of an address; fields that a form left empty are not said. Raises Faulty."""
    values: dict[str, Any] = {}
    for name in query:
        if name in SPLIT:
            values[name] = query[name].replace(",", " ").split()
        elif name in SEVERAL:
            values[name] = [one for one in query.getlist(name) if one]
        elif query[name]:
            values[name] = query[name]
    return validated(schema, **values)


def _page(
    request: Request,
    caller: Caller,
    tab: str,
    schema: type[Any],
    make: Callable[[Desk, Any], Any],
) -> Response:
    """A tab: the form, and what it answers; a faulty question is shown with its faults."""
    faults: tuple[Fault, ...] = ()
    told, asked = None, schema()
    with caller.at_desk("trend") as desk:
        try:
            asked = _asked(schema, request.query_params)
            told = make(desk, asked)
        except Faulty as problem:
            faults = problem.faults
            desk.note("trend", what=tab, outcome="faulty")
    return _rendered(request, caller, tab, asked, told, faults)


def _rendered(
    request: Request,
    caller: Caller,
    tab: str,
    asked: Any,
    told: Any,
    faults: Sequence[Fault],
    what: str = "propensities",
) -> Response:
    query = _query(request.query_params)
    context: dict[str, Any] = {
        "told": told,
        "asked": asked,
        "given": {**asked.model_dump(), **dict(request.query_params)},
        "what": what,
        "events": request.query_params.getlist("event"),
        "contributors": request.query_params.getlist("contributor"),
        "faults": faults,
        "places": {name: (f"f-{name}", _(label)) for name, label in said.FIELDS.items()},
        "tab": tab,
        "tabs": [(f"/trends/figures/{name}{_carried(asked)}", _(label), name == tab) for name, label in TABS],
        "query": query,
        "goods": _goods(),
        "units": [(code, dimensions.unit(code)) for code in _standard_units()],
        "said": said,
        "dim": dimensions,
        "country": _country,
        "may_export": bool(caller.officer.roles & ROLES_FOR["export"]),
        "codes": codes,
        "rows": ROWS,
        "pictures": {},
    }
    if told is not None and (draw := PICTURES.get(tab)):
        context["pictures"] = {name: Markup(svg) for name, svg in draw(told).items()}  # noqa: S704 - drawn here
    status = 422 if faults else 200
    return render(request, f"trends/{said.TEMPLATES[tab]}", status_code=status, **context)


def _query(params: QueryParams) -> str:
    return urlencode([(name, value) for name, value in params.multi_items() if value and name != "after"])


def _carried(asked: Any) -> str:
    """The question as query words for another tab."""
    fields = asked.model_dump(include=set(Question.model_fields), exclude_defaults=True)
    if "country" in fields:
        fields["country"] = " ".join(fields["country"])
    return f"?{urlencode(fields, doseq=True)}" if fields else ""


def _goods() -> list[tuple[str, str]]:
    """The tree of goods for a list: each level a little further in."""
    return [(node.code, "\u2003" * node.depth + _(node.label)) for node in TAXONOMY if not node.gone]


def _standard_units() -> list[str]:
    used = {node.unit for node in TAXONOMY}
    return [code for code in codes.UNITS if code in used]


def _country(code: str) -> str:
    return formats.country(code) if code else _("Not said")


# --- tabs ----------------------------------------------------------------------------------------


@router.get("/trends/figures")
@router.get("/trends/figures/flows")
def flow_page(request: Request, caller: AtPage) -> Response:
    """Ways on a map and in tables."""
    return _page(request, caller, "flows", Question, flows.flows)


@router.get("/trends/figures/series")
def series_page(request: Request, caller: AtPage) -> Response:
    """Series, where they break, and seasons."""
    return _page(
        request, caller, "series", SeriesWords, lambda d, w: over_time.series(d, _only(w), w.by, w.length)
    )


@router.get("/trends/figures/surges")
def surge_page(request: Request, caller: AtPage) -> Response:
    """Combinations that rose, and new ones."""
    return _page(
        request, caller, "surges", SurgeWords, lambda d, w: combos.surges(d, _only(w), w.length, w.period)
    )


@router.get("/trends/figures/hotspots")
def spot_page(request: Request, caller: AtPage) -> Response:
    """Hot and cold places."""
    return _page(request, caller, "hotspots", Question, hot.hotspots)


@router.get("/trends/figures/risk")
def risk_page(request: Request, caller: AtPage) -> Response:
    """What hits have in common."""
    return _page(request, caller, "risk", RiskWords, lambda d, w: risk_profile.profile(d, _only(w), w.seed))


@router.get("/trends/figures/trade")
def trade_page(request: Request, caller: AtPage) -> Response:
    """The form that takes a table of trade."""
    return _page(request, caller, "trade", Question, lambda d, _w: d.note("trend", what="a form") and None)


@router.post("/trends/figures/trade")
async def compared(request: Request, caller: AtPage) -> Response:
    """Seizures beside a table of trade, which is not kept."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=20) as form:
        chosen = form.get("file")
        data = await chosen.read(trade.MOST_CHARACTERS + 1) if isinstance(chosen, UploadFile) else b""
        what = "gaps" if form.get("what") == "gaps" else "propensities"
    return await run_in_threadpool(_compared, request, caller, what, data)


def _compared(request: Request, caller: Caller, what: str, data: bytes) -> Response:
    faults: tuple[Fault, ...] = ()
    told: Any = None
    with caller.at_desk("trend") as desk:
        try:
            asked = _asked(Question, request.query_params)
            table = validated(trade.Table, csv=data.decode("utf-8-sig", "replace"))
            told = (trade.gaps if what == "gaps" else trade.propensities)(desk, asked, table)
        except Faulty as problem:
            asked, faults = Question(), problem.faults
            desk.note("trend", what=what, outcome="faulty")
    return _rendered(request, caller, "trade", asked, told, faults, what=what)


def _only(asked: Question) -> Question:
    return Question.model_validate(asked.model_dump(include=set(Question.model_fields)))


@router.get("/trends/figures/records")
def record_page(request: Request, caller: AtPage) -> Response:
    """The seizures behind a figure or a cell."""
    return _page(request, caller, "records", records.Cell, records.records)


@router.get("/trends/figures/export/{table}")
def export_page(request: Request, caller: AtPage, table: str) -> Response:
    """A table as a file."""
    named = validated(said.Exported, table=table).table
    return exported(caller, named, _asked(ExportWords, request.query_params))


# --- pictures ------------------------------------------------------------------------------------


def _flow_pictures(told: flows.Flows) -> dict[str, str]:
    arcs = [
        maps.Arc(leg.source, leg.target, leg.amount, said.amount(leg.amount, told.about)) for leg in told.arcs
    ]
    made = {"map": maps.flows(_("Ways"), arcs, inside=True)} if arcs else {}
    places = [row for row in told.shares if row.side == "place"]
    bars = [charts.Bar(_country(row.country), row.amount, said.share(row.share)) for row in places[:15]]
    if bars:
        made["shares"] = charts.bars(_("Where it was seized"), bars, said.measured(told.about), inside=True)
    return made


def _series_pictures(told: over_time.Series) -> dict[str, str]:
    if not told.periods:
        return {}
    lines = [charts.Line(dimensions.label(told.by, row.key), row.values) for row in told.series]
    drawn = {row.key for row in told.series[: charts.MOST_LINES]}
    at = {name: place for place, name in enumerate(told.periods)}
    marks = [
        charts.Mark(at[b.period], said.broken(b, dimensions.label(told.by, b.key)), b.reporting)
        for b in told.breaks
        if b.key in drawn and not b.per_check
    ]
    unit = said.measured(told.about)
    made = {
        "series": charts.lines(_("Over time"), told.periods, lines, marks, unit, told.complete, inside=True)
    }
    rated = [row for row in told.series if row.rates]
    if rated:
        rates = [charts.Line(dimensions.label(told.by, row.key), row.rates) for row in rated]
        title = _("Seizures by a thousand checks")
        made["rates"] = charts.lines(title, told.periods, rates, (), title, told.complete, inside=True)
    return made


def _spot_pictures(told: hot.Hotspots) -> dict[str, str]:
    tones = {1: "hot", -1: "cold"}
    sums: dict[str, list[float]] = {}
    for row in told.places:
        mine = sums.setdefault(row.country, [0.0, 0])
        mine[0] += row.amount
        mine[1] = row.hot if row.hot and not mine[1] else mine[1]
    spots = [
        maps.Spot(code, weight, said.amount(weight, told.about), tones.get(int(tone), ""))
        for code, (weight, tone) in sorted(sums.items())
    ]
    return {"map": maps.flows(_("Hot spots"), [], spots, inside=True)} if spots else {}


PICTURES: Mapping[str, Callable[[Any], dict[str, str]]] = {
    "flows": _flow_pictures,
    "series": _series_pictures,
    "hotspots": _spot_pictures,
}
