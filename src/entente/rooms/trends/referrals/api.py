"""Companies' reports, offered seizures and the desk of referrals over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.rooms.records import Strict
from entente.rooms.trends.referrals import consent, offers, reviewing, service, shown, tables
from entente.rooms.trends.referrals import model as m
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/trends")
Id = Annotated[str, Path(max_length=64)]


class Paged(Strict):
    after: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=service.MOST)] = 50


class Version(Strict):
    version: Annotated[int, Field(ge=1)]


class Which(Strict):
    which: Literal["waiting", "other"] = "waiting"


@router.post("/reports", status_code=201)
def contribute(caller: AtDoor, form: m.Contribution) -> m.Report:
    """Tell of illicit goods, as a company. Texts that hold data of persons are refused; nothing is kept."""
    with caller.at_own_desk("refer", writing=True) as desk:
        return shown.whole(desk, service.contribute(desk, form))


@router.post("/reports/import", status_code=201)
def load(caller: AtDoor, form: m.Table) -> m.Loaded:
    """Many reports as CSV: all of them, or none and every fault by its row."""
    with caller.at_own_desk("refer", writing=True) as desk:
        service.must_be_company(desk)
        return m.Loaded(kept=service.contribute_all(desk, tables.read(form.table)))


@router.get("/reports")
def listed(caller: AtDoor, asked: Annotated[Paged, Query()]) -> m.Listing:
    """Your company's reports, newest change first."""
    with caller.at_own_desk("see") as desk:
        found, after = service.listed(desk, asked.after, asked.limit)
        return m.Listing(reports=shown.rows(desk, found), after=after)


@router.get("/reports/{id}")
def opened(caller: AtDoor, id: Id) -> m.Report:
    """One of your company's reports, and what the desk released of it."""
    with caller.at_own_desk("see") as desk:
        return shown.whole(desk, service.opened(desk, id))


@router.put("/reports/{id}")
def correct(caller: AtDoor, id: Id, form: m.Correction) -> m.Report:
    """The whole report anew."""
    with caller.at_own_desk("refer", writing=True) as desk:
        return shown.whole(desk, service.correct(desk, id, form))


@router.delete("/reports/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id, asked: Annotated[Version, Query()]) -> Response:
    """Take a report back; it is erased."""
    with caller.at_own_desk("refer", writing=True) as desk:
        service.withdraw(desk, id, asked.version)
    return Response(status_code=204)


@router.post("/reports/{id}/consent")
def answer(caller: AtDoor, id: Id, form: m.Answer) -> list[m.Told]:
    """Say whether your side wants to be introduced; `id` is of your report, or of your offered seizure."""
    with caller.at_own_desk("refer", writing=True) as desk:
        return shown.told(desk, consent.answer(desk, id, form))


# --- seizures that a bureau offers ---------------------------------------------------------------


@router.post("/offers", status_code=201)
def offer(caller: AtDoor, form: m.OfferForm) -> m.Offer:
    """Let a seizure of your bureau be compared with companies' reports, by its container, seals, batches and
    plates. Companies learn of it what the desk releases: that another sector is affected."""
    with caller.at_own_desk("refer", writing=True) as desk:
        return shown.offer(desk, offers.offer(desk, form))


@router.get("/offers")
def offered(caller: AtDoor) -> m.Offers:
    """Your bureau's offers, and what the desk released of them."""
    with caller.at_own_desk("see") as desk:
        return m.Offers(offers=[shown.offer(desk, one) for one in offers.listed(desk)])


@router.delete("/offers/{id}", status_code=204)
def take_back(caller: AtDoor, id: Id) -> Response:
    """Take an offer back: the seizure is compared with nothing any more."""
    with caller.at_own_desk("refer", writing=True) as desk:
        offers.withdraw(desk, id)
    return Response(status_code=204)


# --- the secretariat's desk ----------------------------------------------------------------------


@router.get("/referrals")
def cases(caller: AtDoor, asked: Annotated[Which, Query()]) -> m.Cases:
    """What waits for the secretariat's desk, or what it has dealt with."""
    with caller.at_own_desk("see") as desk:
        found = reviewing.listed(desk, asked.which == "waiting")
        return m.Cases(cases=[shown.case_row(desk, one) for one in found])


@router.get("/referrals/{id}")
def case(caller: AtDoor, id: Id) -> m.Case:
    """One case: what the two sides told, and by which identifiers they met."""
    with caller.at_own_desk("see") as desk:
        return shown.case(desk, reviewing.opened(desk, id))


@router.post("/referrals/{id}/steps")
def step(caller: AtDoor, id: Id, form: m.StepForm) -> m.Case:
    """Take a case, propose to tell both sides, tell them what another officer proposed, ask them to be
    introduced, or close it."""
    with caller.at_own_desk("refer", writing=True) as desk:
        return shown.case(desk, reviewing.step(desk, id, form))
