"""Seizures over HTTP: checked, contributed, corrected, shared, judged the same, withdrawn; and what goes with
them: persons and companies, conversions, effort. Files come by import_api.py."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from entente.desk import Desk
from entente.rooms.trends.model import Versioned
from entente.rooms.trends.seizures import (
    checking,
    conversions,
    efforts,
    listing,
    parties,
    same,
    service,
    shown,
)
from entente.rooms.trends.seizures import model as m
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/trends/seizures")
more = APIRouter(prefix="/api/v1/trends")
Id = Annotated[str, Path(max_length=64)]


@router.post("/check")
def check(caller: AtDoor, form: m.SeizureForm) -> m.Checked:
    """Every fault and doubt of a seizure, its quantities in standard units, and seizures that may be the same
    one, before anything is kept. With a purpose, other bureaus' seizures are compared too."""
    with caller.at_desk("contribute") if caller.inquiry else caller.at_own_desk("contribute") as desk:
        return checking.checked(desk, form)


@router.post("", status_code=201)
def contribute(caller: AtDoor, form: m.Contribution) -> m.Seizure:
    """Contribute a seizure; your bureau's alone until you share it."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        kept, doubts = service.contribute(desk, form)
        return shown.whole(desk, kept).model_copy(update={"doubts": checking.said(doubts)})


@router.get("")
def listed(caller: AtDoor, asked: Annotated[listing.Asked, Query()]) -> m.Listing:
    """Seizures that you see, the newest change first. Without a purpose, your bureau's alone."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        return listing.listed(desk, asked)


@router.get("/{id}")
def opened(caller: AtDoor, id: Id) -> m.Seizure:
    """A seizure."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        return shown.whole(desk, service.open_seizure(desk, id))


@router.put("/{id}")
def correct(caller: AtDoor, id: Id, change: m.Correction) -> m.Seizure:
    """The whole seizure anew, as its next version."""
    with caller.at_own_desk("correct", writing=True) as desk:
        kept, doubts = service.correct(desk, id, change)
        return shown.whole(desk, kept).model_copy(update={"doubts": checking.said(doubts)})


@router.delete("/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id, asked: Annotated[Versioned, Query()]) -> Response:
    """Withdraw a seizure with its persons and companies: out of sight at once."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        service.withdraw(desk, id, asked.version)
    return Response(status_code=204)


@router.put("/{id}/handling")
def handle(caller: AtDoor, id: Id, change: m.HandlingChange) -> m.Seizure:
    """Share a seizure, or take it back; it holds for the very next question."""
    with caller.at_own_desk("correct", writing=True) as desk:
        return shown.whole(desk, service.handle(desk, id, change))


@router.post("/{id}/confirmation")
def confirm(caller: AtDoor, id: Id, version: Versioned) -> m.Seizure:
    """Confirm quantities that are far from all others: from now on they are added up."""
    with caller.at_own_desk("correct", writing=True) as desk:
        return shown.whole(desk, service.confirm(desk, id, version.version))


@router.get("/{id}/parties")
def who(caller: AtDoor, id: Id) -> m.Parties:
    """The persons and companies of a seizure: your bureau's paper, or one that was shared with you."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        return parties.opened(desk, id)


@router.put("/{id}/parties")
def name(caller: AtDoor, id: Id, form: m.PartiesForm) -> m.Parties:
    """Name the persons and companies of your bureau's seizure, the whole list anew."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        kept = parties.put(desk, service.seen(desk, id), form)
        return parties.shown(desk, kept)


@router.put("/{id}/parties/handling")
def share_parties(caller: AtDoor, id: Id, change: m.HandlingChange) -> m.Parties:
    """Share that paper by hand; sharing the seizure never does."""
    with caller.at_own_desk("correct", writing=True) as desk:
        return parties.shown(desk, parties.handle(desk, id, change))


@router.get("/{id}/same")
def alike(caller: AtDoor, id: Id) -> list[m.Alike]:
    """Seizures that you see and that may be the same one, with reasons and verdicts."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        return near(desk, id)


def near(desk: Desk, id: str) -> list[m.Alike]:
    """The same for a page."""
    thing = service.open_seizure(desk, id)
    return same.shown(desk, [(pair.other, pair.score) for pair in same.of(desk, thing)], id)


@router.post("/{id}/same")
def judge(caller: AtDoor, id: Id, form: m.VerdictForm) -> list[m.Alike]:
    """Judge whether two seizures are one. Nothing is merged; figures leave out the later one."""
    with caller.at_desk("verdict", writing=True) as desk:
        same.judge(desk, id, form)
        return near(desk, id)


# --- what goes with seizures --------------------------------------------------------------------


@more.get("/conversions")
def converting(caller: AtDoor) -> list[m.Conversion]:
    """Your bureau's own conversions of goods."""
    with caller.at_own_desk("see") as desk:
        return list(conversions.listed(desk))


@more.post("/conversions", status_code=201)
def convert(caller: AtDoor, form: m.ConversionForm) -> m.Conversion:
    """Keep a conversion; seizures contributed from now on are standardised by it."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return conversions.shown(conversions.keep(desk, form))


@more.delete("/conversions/{id}", status_code=204)
def convert_no_more(caller: AtDoor, id: Id) -> Response:
    """Take a conversion back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        conversions.withdraw(desk, id)
    return Response(status_code=204)


@more.get("/efforts")
def efforts_seen(caller: AtDoor) -> list[m.Effort]:
    """How much authorities looked, as far as you see it."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        return efforts.listed(desk)


@more.post("/efforts", status_code=201)
def effort(caller: AtDoor, form: m.EffortForm) -> m.Effort:
    """Keep how much an authority looked in a period."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return efforts.shown(desk, efforts.keep(desk, form))


@more.delete("/efforts/{id}", status_code=204)
def effort_no_more(caller: AtDoor, id: Id) -> Response:
    """Take an effort back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        efforts.withdraw(desk, id)
    return Response(status_code=204)
