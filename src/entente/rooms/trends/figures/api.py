"""Figures over HTTP. A figure looks into what many bureaus keep: it needs a purpose, as a search does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from entente.desk import Desk
from entente.rooms.records import Strict
from entente.rooms.trends.figures import (
    combos,
    exports,
    flows,
    hot,
    over_time,
    records,
    risk_profile,
    small_numbers,
    trade,
)
from entente.rooms.trends.figures.model import By, Length, Question
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/trends/figures", tags=["trends"])
EVERY = 1_000_000


class SeriesWords(Question):
    by: By = "all"
    length: Length = "month"


class SurgeWords(Question):
    length: Length = "month"
    period: Annotated[str, Field(max_length=7)] = ""


class RiskWords(Question):
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0


class ExportWords(SeriesWords):
    """`shared`: for whoever may not open the records: counts of 1 to 4 are hidden, and what tells them."""

    format: Literal["csv", "parquet"] = "csv"
    shared: bool = False


def _question(words: Question) -> Question:
    return Question.model_validate(words.model_dump(include=set(Question.model_fields)))


@router.get("/flows")
def flow_table(caller: AtDoor, words: Annotated[Question, Query()]) -> flows.Flows:
    """Ways from origin through transit to destination, legs, shares of countries with ranks, roles."""
    with caller.at_desk("trend") as desk:
        return flows.flows(desk, words)


@router.get("/series")
def series_table(caller: AtDoor, words: Annotated[SeriesWords, Query()]) -> over_time.Series:
    """How many or how much in each month, quarter or year, by a dimension; where series break; seasons."""
    with caller.at_desk("trend") as desk:
        return over_time.series(desk, _question(words), words.by, words.length)


@router.get("/surges")
def surge_table(caller: AtDoor, words: Annotated[SurgeWords, Query()]) -> combos.Surges:
    """Combinations that rose above their own past in a period, and those that were never seen before."""
    with caller.at_desk("trend") as desk:
        return combos.surges(desk, _question(words), words.length, words.period)


@router.get("/hotspots")
def spot_table(caller: AtDoor, words: Annotated[Question, Query()]) -> hot.Hotspots:
    """Places where much was seized beside much."""
    with caller.at_desk("trend") as desk:
        return hot.hotspots(desk, words)


@router.get("/risk")
def risk_table(caller: AtDoor, words: Annotated[RiskWords, Query()]) -> risk_profile.Profile:
    """What hits have in common as points with reasons, tried on later checks beside a sample by chance."""
    with caller.at_desk("trend") as desk:
        return risk_profile.profile(desk, _question(words), words.seed)


@router.post("/risk/score")
def risk_score(
    caller: AtDoor, consignment: risk_profile.Consignment, words: Annotated[Question, Query()]
) -> risk_profile.Scored:
    """The points of one consignment and why. A person decides whether it is checked."""
    with caller.at_desk("trend") as desk:
        return risk_profile.score(desk, words, consignment)


@router.post("/propensities")
def propensity_table(
    caller: AtDoor, table: trade.Table, words: Annotated[Question, Query()]
) -> trade.Propensities:
    """Products and economies by how prone they are to counterfeiting beside their trade (GTRIC). The table of
    imports comes with the question and is not kept."""
    with caller.at_desk("trend") as desk:
        return trade.propensities(desk, words, table)


@router.post("/gaps")
def gap_table(caller: AtDoor, table: trade.Table, words: Annotated[Question, Query()]) -> trade.Gaps:
    """Corridors whose importers and exporters report differently, with the seizures on each."""
    with caller.at_desk("trend") as desk:
        return trade.gaps(desk, words, table)


@router.get("/records")
def record_list(caller: AtDoor, words: Annotated[records.Cell, Query()]) -> records.Records:
    """The seizures behind a figure or one cell of it."""
    with caller.at_desk("trend") as desk:
        return records.records(desk, words)


Table = Literal["flows", "legs", "shares", "roles", "series", "breaks", "hotspots"]
FILES: Mapping[str, Callable[[Desk, ExportWords], Sequence[Strict]]] = {
    "flows": lambda desk, words: flows.flows(desk, _question(words), EVERY).flows,
    "legs": lambda desk, words: flows.flows(desk, _question(words), EVERY).arcs,
    "shares": lambda desk, words: flows.flows(desk, _question(words), EVERY).shares,
    "roles": lambda desk, words: flows.flows(desk, _question(words), EVERY).roles,
    "series": lambda desk, words: over_time.long(
        over_time.series(desk, _question(words), words.by, words.length, EVERY)
    ),
    "breaks": lambda desk, words: (
        over_time.series(desk, _question(words), words.by, words.length, EVERY).breaks
    ),
    "hotspots": lambda desk, words: hot.hotspots(desk, _question(words), EVERY).places,
}
"""What can be exported, whole."""
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
KINDS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": _FILE, "application/vnd.apache.parquet": _FILE}}
}


@router.get("/export/{table}", response_class=Response, responses=KINDS)
def export(caller: AtDoor, table: Table, words: Annotated[ExportWords, Query()]) -> Response:
    """One table whole, as CSV (with a byte order mark) or Parquet."""
    return exported(caller, table, words)


def exported(caller: Caller, table: str, words: ExportWords) -> Response:
    """The file. With `shared`, tables that have no counts to hide behind are refused."""
    with caller.at_desk("export") as desk:
        rows = FILES[table](desk, words)
        if words.shared:
            rows = small_numbers.hidden(table, rows)
        desk.note("export", what=table, format=words.format, rows=len(rows), shared=words.shared)
    header, cells = exports.flat(rows)
    if words.format == "csv":
        made, kind = exports.as_csv(header, cells), exports.CSV
    else:
        made, kind = exports.as_parquet(header, cells), exports.PARQUET
    headers = {"Content-Disposition": f'attachment; filename="{table}.{words.format}"'}
    return Response(made, media_type=kind, headers=headers)
