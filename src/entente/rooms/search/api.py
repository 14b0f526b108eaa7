"""The search room over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from entente.rooms.records import Strict
from entente.rooms.search import (
    deconfliction,
    hit_clock,
    hits,
    model,
    reconcile_api,
    service,
    standing,
    statistics,
)
from entente.rooms.search.model import (
    Answer,
    Confirmation,
    Hit,
    Inbox,
    Search,
    Verdict,
    VerdictKept,
    Withdrawal,
)
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1", tags=["search"])
router.include_router(reconcile_api.router)
Id = Annotated[str, Path(max_length=64)]


@router.post("/search", response_model=Answer)
def search(caller: AtDoor, asked: Search) -> Response:
    """Search every bureau's records, as far as you may see them."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        found = service.shown(desk, service.search(desk, asked))
    # Written here, because FastAPI would validate our own answer once more.
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/search/{search}/verdicts", status_code=201)
def judge(caller: AtDoor, search: Id, verdict: Verdict) -> VerdictKept:
    """Say of a candidate of your own search: same, not the same, cannot tell. "Same" makes a hit."""
    with caller.at_desk("verdict", writing=True) as desk:
        return hits.judge(desk, search, verdict)


# --- hits ----------------------------------------------------------------------------------------


class Side(Strict):
    """`sent`: the hits your bureau waits for, instead of those it must answer."""

    sent: bool = False


class Period(Strict):
    """The last 90 days where no day is named; both days are in."""

    since: date | None = None
    until: date | None = None


@router.get("/hits")
def inbox(caller: AtDoor, side: Annotated[Side, Query()]) -> Inbox:
    """What waits for your bureau, most urgent first."""
    with caller.at_own_desk("see") as desk:
        return hits.inbox(desk, side.sent)


@router.get("/hits/statistics")
def count_hits(caller: AtDoor, period: Annotated[Period, Query()]) -> model.Statistics:
    """What became of your bureau's hits in a period."""
    with caller.at_own_desk("see") as desk:
        return statistics.statistics(desk, period.since, period.until)


@router.get("/hits/{id}")
def open_hit(caller: AtDoor, id: Id) -> Hit:
    """One hit, for the two bureaus it is between."""
    with caller.at_own_desk("see") as desk:
        return hits.open_hit(desk, id)


@router.post("/hits/{id}/confirmation")
def confirm(caller: AtDoor, id: Id, given: Confirmation) -> Hit:
    """Confirm or deny a hit on your bureau's record."""
    with caller.at_own_desk("confirm", writing=True) as desk:
        hits.confirm(desk, id, given)
        return hits.open_hit(desk, id)


@router.post("/hits/{id}/reminder")
def remind(caller: AtDoor, id: Id) -> Hit:
    """Ask again for what was not answered in time; its clock starts anew. Once an hour."""
    with caller.at_own_desk("verdict", writing=True) as desk:
        hit_clock.remind(desk, id)
        return hits.open_hit(desk, id)


@router.post("/hits/{id}/withdrawal")
def withdraw(caller: AtDoor, id: Id, given: Withdrawal) -> Hit:
    """Take back a hit of your bureau that is not answered yet."""
    with caller.at_own_desk("verdict", writing=True) as desk:
        hit_clock.withdraw(desk, id, given)
        return hits.open_hit(desk, id)


# --- standing queries ----------------------------------------------------------------------------


@router.get("/standing")
def queries(caller: AtDoor) -> list[model.Standing]:
    """Your bureau's standing queries."""
    with caller.at_own_desk("stand") as desk:
        return standing.queries(desk)


@router.post("/standing", status_code=201)
def keep(caller: AtDoor, asked: model.Keep) -> model.Standing:
    """Keep a search: what is new or changed and meets it is told to your bureau."""
    with caller.at_desk("stand", writing=True) as desk:
        return standing.keep(desk, asked)


@router.get("/standing/{id}")
def open_query(caller: AtDoor, id: Id) -> model.Standing:
    """One standing query of your bureau."""
    with caller.at_own_desk("stand") as desk:
        return standing.one(desk, id)


@router.patch("/standing/{id}")
def renew(caller: AtDoor, id: Id, renewal: model.StandingRenewal) -> model.Standing:
    """Let a standing query go on, or stand again, until another day."""
    with caller.at_own_desk("stand", writing=True) as desk:
        return standing.renew(desk, id, renewal.until)


@router.delete("/standing/{id}", status_code=204)
def end(caller: AtDoor, id: Id) -> None:
    """End a standing query; it stays listed for 90 days."""
    with caller.at_own_desk("stand", writing=True) as desk:
        standing.end(desk, id)


@router.get("/standing/{id}/alerts")
def rung(caller: AtDoor, id: Id) -> list[model.Rung]:
    """What a standing query rang for, as far as you may see it now."""
    with caller.at_own_desk("search") as desk:
        return standing.rung(desk, id)


# --- deconfliction -------------------------------------------------------------------------------


@router.get("/deconfliction")
def mode(caller: AtDoor) -> model.Deconfliction:
    """Whether your bureau hears of others who ask about the same subject."""
    with caller.at_own_desk("see") as desk:
        return deconfliction.mode(desk)


@router.put("/deconfliction")
def set_mode(caller: AtDoor, form: model.ModeForm) -> model.Deconfliction:
    """Set it: off, blind (the secretariat alone learns who), open."""
    with caller.at_own_desk("deconflict", writing=True) as desk:
        return deconfliction.set_mode(desk, form)


@router.get("/deconfliction/meetings")
def meetings(caller: AtDoor) -> list[model.Meeting]:
    """What your bureau was told of others who work on the same subject."""
    with caller.at_own_desk("see") as desk:
        return deconfliction.meetings(desk)
