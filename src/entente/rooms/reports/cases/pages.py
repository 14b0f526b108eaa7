"""Pages of case studies: the list with its counter, one case as a file, the questions across cases."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.core.access import may
from entente.core.problems import Fault
from entente.desk import Desk
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import PRIVATE, by_code, directory
from entente.rooms.reports import labels
from entente.rooms.reports.cases import across, keeping, shown, steps
from entente.rooms.reports.cases import shown_model as out
from entente.rooms.reports.cases.files import MOST_BYTES
from entente.rooms.reports.cases.shown import SENTENCES
from entente.rooms.reports.model import CHAPTERS, STATES
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.language import _
from entente.web.pages import render

router = APIRouter(prefix="/cases")
A_PAGE = 50
COUNTED = ("P0", "P1", "P2", "P3", "PR", "PA", "PX")


@router.get("")
def listed(
    request: Request,
    caller: AtPage,
    which: str = "all",
    chapter: str = "",
    state: str = "",
    after: int = 0,
) -> Response:
    """Case studies, and how many are admitted of 25 to 30."""
    which = which if which in labels.WHICH else "all"
    chapter = chapter if chapter in CHAPTERS else ""
    state = state if state in STATES else ""
    with caller.at_cases("see") as desk:
        board = shown.board(desk, which, chapter, state, max(0, min(after, 10_000)), A_PAGE)
        writes = may(desk.asker, "case")
    query = f"/cases?which={which}&chapter={chapter}&state={state}"
    return render(
        request,
        "reports/cases.html",
        board=board,
        which=which,
        chapter=chapter,
        state=state,
        may_write=writes,
        first=query if after else "",
        older=f"{query}&after={board.after}" if board.after else "",
        sentences=SENTENCES,
        labels=labels,
    )


@router.get("/matrix")
def matrix(
    request: Request, caller: AtPage, chapter: str = "", proven: str = "", unit: str = "case"
) -> Response:
    """Goods against crimes, and what several cases have in common."""
    chapter = chapter if chapter in CHAPTERS else ""
    unit = unit if unit in ("case", "claim") else "case"
    with caller.at_cases("see") as desk:
        found = across.matrix(desk, chapter, proven == "yes", unit)
        common = across.across(desk, chapter, proven == "yes")
        named = {case.id: case.form.title for case in keeping.every(desk)}
    cells = {(cell.goods, cell.crime): cell for cell in found.cells}
    return render(
        request,
        "reports/matrix.html",
        found=found,
        cells=cells,
        deepest=max((cell.n for cell in found.cells), default=1),
        common=common,
        named=named,
        goods={code: TAXONOMY.node(code).label for code in found.goods},
        chapter=chapter,
        labels=labels,
    )


@router.get("/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """One case."""
    return case_page(request, caller, id)


def case_page(
    request: Request,
    caller: Caller,
    id: str,
    tried: str = "",
    faults: tuple[Fault, ...] = (),
    refused: str = "",
    status: int = 200,
) -> Response:
    """The page of a case, with a step that was refused and why. Raises Absent."""
    with caller.at_cases("see") as desk:
        case = keeping.look(desk, id)
        desk.note("see", object=id)
        context = _context(desk, shown.whole(desk, case))
        context |= {"mine": case.owner == desk.asker.bureau}
    return render(
        request,
        "reports/case.html",
        status_code=status,
        tried=tried,
        faults=faults,
        refused=refused,
        labels=labels,
        **context,
    )


def _context(desk: Desk, it: out.CaseOut) -> dict[str, Any]:
    works = may(desk.asker, "case")
    named = by_code(desk)
    mine = directory(desk)[desk.asker.bureau]
    others = [
        (one.code, f"{one.code} {one.label}")
        for one in named.values()
        if one.sort != PRIVATE and one.code[:2] != mine.code[:2] and one.active
    ]
    goods = [TAXONOMY.node(code) for code in it.case.goods if code in TAXONOMY]
    return {
        "it": it,
        "owner": named.get(it.owner),
        "works": works,
        "edits": works and it.may_edit,
        "plain": [s for s in it.steps if s in labels.PLAIN and (s != "clear" or may(desk.asker, "approve"))],
        "reasoned": [s for s in it.steps if s in steps.REASONED],
        "reviewers": others if "send" in it.steps else [],
        "proceedings": sorted(it.proceedings, key=lambda one: (one.proceeding.date or "9999", one.number)),
        "goods": [(node.code, node.label) for node in goods],
        "counts": [
            (code, sum(1 for one in it.claims if one.proof.level == code and not one.draft))
            for code in COUNTED
        ],
        "discardable": it.state in ("proposed", "drafting") and not it.reviewers,
        "most_mib": MOST_BYTES >> 20,
    }


def choices(desk: Desk, it: out.CaseOut | None) -> dict[str, list[tuple[str, str]]]:
    """What forms choose from: bureaus, levels, and the case's own parties, evidence, proceedings."""
    mine = desk.asker.bureau
    named = [one for n, one in directory(desk).items() if n != mine and one.sort != PRIVATE]
    found = {
        "bureaus": [(one.code, f"{one.code} {one.label}") for one in named],
        "levels": [(slug, _(said)) for slug, said in words.LEVELS.items()],
        "goods": [],
    }
    if it:
        found["parties"] = [(str(one.number), f"{one.number}. {one.party.name}") for one in it.parties]
        found["evidence"] = [
            (str(one.number), f"E{one.number} {one.evidence.title}, {one.evidence.pinpoint}".rstrip(", "))
            for one in it.evidence
        ]
        found["proceedings"] = [
            (
                str(one.number),
                f"{one.number}. {one.proceeding.court}, {_(labels.STAGES[one.proceeding.stage])} "
                f"{one.proceeding.date}".rstrip(),
            )
            for one in it.proceedings
        ]
    return found
