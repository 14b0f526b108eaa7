"""Case studies over HTTP: written, proven, reviewed. A level of proof is in answers alone."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from entente.rooms.records import Strict
from entente.rooms.reports.cases import across, files, keeping, protecting, shown, steps, writing
from entente.rooms.reports.cases import across_model as a
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases import shown_model as out
from entente.rooms.reports.cases.case import Case
from entente.rooms.reports.model import Chapter, State
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
Id = Annotated[str, Path(max_length=64)]
N = Annotated[int, Path(ge=1, le=100_000)]


class Asked(Strict):
    which: Literal["all", "mine", "review", "admitted"] = "all"
    chapter: Chapter | Literal[""] = ""
    state: State | Literal[""] = ""
    after: Annotated[int, Field(ge=0, le=10_000)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Which(Strict):
    """Which claims are counted: those of a chapter, those that are proven alone."""

    chapter: Chapter | Literal[""] = ""
    proven: bool = False
    unit: Literal["case", "claim"] = "case"


@router.get("")
def listed(caller: AtDoor, asked: Annotated[Asked, Query()]) -> out.Board:
    """Case studies that you may see, newest change first, and how many are admitted."""
    with caller.at_cases("see") as desk:
        return shown.board(desk, asked.which, asked.chapter, asked.state, asked.after, asked.limit)


@router.post("", status_code=201)
def propose(caller: AtDoor, form: m.CaseForm) -> out.CaseOut:
    """Propose a case study."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.draft(desk, form))


@router.get("/matrix")
def matrix(caller: AtDoor, asked: Annotated[Which, Query()]) -> a.Matrix:
    """Goods against crimes over the cases that you may see: counts, lift, Fisher's exact test."""
    with caller.at_cases("see") as desk:
        return across.matrix(desk, asked.chapter, asked.proven, asked.unit)


@router.get("/across")
def crossing(caller: AtDoor, asked: Annotated[Which, Query()]) -> a.Across:
    """Across cases: links by pair of countries, roles, what several cases share, months, detections."""
    with caller.at_cases("see") as desk:
        return across.across(desk, asked.chapter, asked.proven)


@router.get("/{id}")
def opened(caller: AtDoor, id: Id) -> out.CaseOut:
    """One case study, with what follows from it."""
    with caller.at_cases("see") as desk:
        case = keeping.look(desk, id)
        desk.note("see", object=id)
        return shown.whole(desk, case)


@router.put("/{id}")
def edit(caller: AtDoor, id: Id, given: m.CaseEdit) -> out.CaseOut:
    """The file of your case anew."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.edit(desk, id, given))


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, id: Id, asked: Annotated[m.Versioned, Query()]) -> Response:
    """Throw away a case that nobody was asked to review."""
    with caller.at_cases("case", writing=True) as desk:
        writing.discard(desk, id, asked.version)
    return Response(status_code=204)


@router.post("/{id}/steps")
def step(caller: AtDoor, id: Id, given: m.StepForm) -> out.CaseOut:
    """Take up, complete, send to review, recall, clear, back, withdraw, reopen."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, steps.step(desk, id, given))


@router.post("/{id}/review")
def review(caller: AtDoor, id: Id, given: m.ReviewForm) -> out.CaseOut:
    """Review a case of another country's bureau, claim by claim, in person."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, steps.review(desk, id, given))


@router.post("/{id}/objections", status_code=201)
def objects(caller: AtDoor, id: Id, given: m.ObjectionForm) -> out.CaseOut:
    """Object, in person, to a case that your bureau reviewed or is asked to review."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, steps.objects(desk, id, given))


@router.post("/{id}/objections/{number}/answer")
def answer(caller: AtDoor, id: Id, number: N, given: m.AnswerForm) -> out.CaseOut:
    """Answer, in person, an objection to your case; it stays open: see the room's page."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, steps.answer(desk, id, number, given))


@router.post("/{id}/objections/{number}/withdraw")
def take_back(caller: AtDoor, id: Id, number: N, given: m.WithdrawalForm) -> out.CaseOut:
    """Withdraw, in person, the objection that your bureau made."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, steps.take_back(desk, id, number, given))


# --- the parts -------------------------------------------------------------------------------------------


@router.post("/{id}/parties", status_code=201)
def add_party(caller: AtDoor, id: Id, given: m.PartyEdit) -> out.Added:
    """Add a person, group, company, facility or route."""
    with caller.at_cases("case", writing=True) as desk:
        case, number = writing.add_party(desk, id, given)
        return out.Added(number=number, case=shown.whole(desk, case))


@router.put("/{id}/parties/{number}")
def edit_party(caller: AtDoor, id: Id, number: N, given: m.PartyEdit) -> out.CaseOut:
    """A party anew."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.edit_party(desk, id, number, given))


@router.post("/{id}/claims", status_code=201)
def add_claim(caller: AtDoor, id: Id, given: m.ClaimEdit) -> out.Added:
    """Add a claim; without evidence it is kept as a draft."""
    with caller.at_cases("case", writing=True) as desk:
        case, number = writing.add_claim(desk, id, given)
        return out.Added(number=number, case=shown.whole(desk, case))


@router.put("/{id}/claims/{number}")
def edit_claim(caller: AtDoor, id: Id, number: N, given: m.ClaimEdit) -> out.CaseOut:
    """A claim anew."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.edit_claim(desk, id, number, given))


@router.post("/{id}/evidence", status_code=201)
def add_evidence(caller: AtDoor, id: Id, given: m.EvidenceEdit) -> out.Added:
    """Add a piece of evidence."""
    with caller.at_cases("case", writing=True) as desk:
        case, number = writing.add_evidence(desk, id, given)
        return out.Added(number=number, case=shown.whole(desk, case))


@router.put("/{id}/evidence/{number}")
def edit_evidence(caller: AtDoor, id: Id, number: N, given: m.EvidenceEdit) -> out.CaseOut:
    """A piece of evidence anew."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.edit_evidence(desk, id, number, given))


@router.post("/{id}/proceedings", status_code=201)
def add_proceeding(caller: AtDoor, id: Id, given: m.ProceedingEdit) -> out.Added:
    """Add a proceeding; one that overturns another counts at once."""
    with caller.at_cases("case", writing=True) as desk:
        case, number = writing.add_proceeding(desk, id, given)
        return out.Added(number=number, case=shown.whole(desk, case))


@router.put("/{id}/proceedings/{number}")
def edit_proceeding(caller: AtDoor, id: Id, number: N, given: m.ProceedingEdit) -> out.CaseOut:
    """A proceeding anew; that it is final must be confirmed again."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.edit_proceeding(desk, id, number, given))


@router.delete("/{id}/{part}/{number}")
def remove(
    caller: AtDoor,
    id: Id,
    part: Literal["parties", "claims", "evidence", "proceedings"],
    number: N,
    asked: Annotated[m.Versioned, Query()],
) -> out.CaseOut:
    """Take a party, claim, piece of evidence or proceeding out, where nothing names it."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.remove(desk, id, part, number, asked.version))


@router.post("/{id}/proceedings/{number}/final")
def confirm_final(caller: AtDoor, id: Id, number: N, given: m.FinalForm) -> out.CaseOut:
    """Confirm, in person, that no ordinary appeal against it is possible any more."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.confirm_final(desk, id, number, given))


@router.put("/{id}/checklist/{item}")
def tick(caller: AtDoor, id: Id, item: m.Item, given: m.CheckEdit) -> out.CaseOut:
    """Answer an item of the Palermo checklist."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, writing.tick(desk, id, item, given))


@router.get("/{id}/protected")
def protected(caller: AtDoor, id: Id) -> list[m.ProtectedName]:
    """Names of your case that are never published."""
    with caller.at_cases("case") as desk:
        return protecting.protected(desk, id)


@router.put("/{id}/protected")
def protect(caller: AtDoor, id: Id, given: m.ProtectedEdit) -> list[m.ProtectedName]:
    """Write them anew."""
    with caller.at_cases("case", writing=True) as desk:
        return protecting.protect(desk, id, given.names)


# --- files -----------------------------------------------------------------------------------------------


@router.put(
    "/{id}/evidence/{number}/file",
    openapi_extra={
        "requestBody": {
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}} for kind in (files.PDF, files.PLAIN)
            }
        }
    },
)
async def attach(
    caller: AtDoor, id: Id, number: N, asked: Annotated[m.Versioned, Query()], request: Request
) -> out.CaseOut:
    """Keep the file of a piece of evidence (the body: PDF or plain text, at most 25 MiB)."""
    data = await request.body()
    return await run_in_threadpool(_attached, caller, id, number, asked.version, data)


def _attached(caller: Caller, id: str, number: int, version: int, data: bytes) -> out.CaseOut:
    case: Case = files.attach(
        lambda writing: caller.at_cases("case", writing=writing), id, number, version, data
    )
    with caller.at_cases("see") as desk:
        desk.note("see", object=id)
        return shown.whole(desk, keeping.look(desk, case.id))


@router.delete("/{id}/evidence/{number}/file")
def detach(caller: AtDoor, id: Id, number: N, asked: Annotated[m.Versioned, Query()]) -> out.CaseOut:
    """Take the file out; its hash stays."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, files.detach(desk, id, number, asked.version))


@router.get("/{id}/evidence/{number}/file", response_class=Response)
def opened_file(caller: AtDoor, id: Id, number: N) -> Response:
    """The file, as it came."""
    with caller.at_cases("see") as desk:
        file, data = files.opened(desk, id, number)
    ending = "pdf" if file.media == files.PDF else "txt"
    named = f'attachment; filename="evidence-{number}.{ending}"'
    return Response(data, media_type=file.media, headers={"Content-Disposition": named})
