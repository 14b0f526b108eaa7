"""What the API gives of a case study: what is written, and beside it what follows from it."""

from entente.rooms.records import Strict
from entente.rooms.reports.cases import model as m


class Why(Strict):
    """One reason: its code, and the sentence in English. `where`: the place in the case, if any."""

    code: str
    text: str
    where: str = ""


class Proof(Strict):
    """How far a claim is proven, as it follows today from evidence and proceedings.

    `level`: P0 alleged, P1 charged, P2 convicted, P3 final, PX overturned, PA administrative or civil, PR
    agreed facts. `standard`: of the judgment it rests on. `flags`: what must be shown beside it.
    """

    level: str
    proven: bool
    standard: str
    why: list[Why]
    evidence: list[int]
    proceedings: list[int]
    flags: list[str]


class PartyOut(Strict):
    number: int
    party: m.PartyForm


class ClaimOut(Strict):
    """`draft`: it names no evidence. `against`: claims that contradict it, unresolved. `decision`: of the
    review that holds, "" where there is none."""

    number: int
    claim: m.ClaimForm
    subject: str
    object: str
    draft: bool
    proof: Proof
    against: list[int]
    decision: str = ""
    decision_text: str = ""


class FileOut(Strict):
    """`pages`: 0 where they could not be counted. `text`: whether it has words, None: not known."""

    sha256: str
    size: int
    media: str
    pages: int
    text: bool | None


class EvidenceOut(Strict):
    number: int
    evidence: m.EvidenceForm
    file: FileOut | None


class ProceedingOut(Strict):
    """`overdue`: the time to appeal has passed, and nobody has confirmed yet that it is final."""

    number: int
    proceeding: m.ProceedingForm
    final_on: str
    final_why: str
    confirmed_at: str
    confirmed_by: str
    overdue: bool


class ItemOut(Strict):
    """An item of the checklist: the answer given, and how it counts (`state`, `proven`)."""

    item: str
    text: str
    answer: str
    evidence: list[int]
    persons: int | None
    note: str
    by: str
    at: str
    state: str
    proven: bool
    why: list[Why]


class ObjectionOut(Strict):
    """`state`: open, answered (and open still), withdrawn by who objected, accepted (a review took the
    answer)."""

    number: int
    state: str
    bureau: str
    at: str
    claim: int | None
    text: str
    answer: str
    answered_at: str
    closed_at: str
    may_withdraw: bool


class EventOut(Strict):
    """`officer`: for his own bureau alone."""

    number: int
    at: str
    did: str
    bureau: str
    officer: str
    why: str
    parts: list[str]
    claims: list[int]


class CaseOut(Strict):
    """A case study. `steps`: what your bureau may do now; `lacking`: what a review needs still."""

    id: str
    version: int
    reference: str
    owner: str
    state: str
    case: m.CaseForm
    parties: list[PartyOut]
    claims: list[ClaimOut]
    evidence: list[EvidenceOut]
    proceedings: list[ProceedingOut]
    checklist: list[ItemOut]
    group_proven: bool
    transnational: bool
    admitted: bool
    reasons: list[Why]
    reviewers: list[str]
    objections: list[ObjectionOut]
    events: list[EventOut]
    steps: list[str]
    lacking: list[Why]
    may_edit: bool
    may_review: bool
    may_object: bool


class CaseRow(Strict):
    """A case in a list. `levels`: how many claims stand at each level; `reasons`: why it is not admitted."""

    id: str
    version: int
    reference: str
    owner: str
    title: str
    chapter: str
    state: str
    countries: list[str]
    changed: str
    claims: int
    levels: dict[str, int]
    admitted: bool
    reasons: list[str]


class Board(Strict):
    """Cases that you may see, newest change first. `admitted` of 25 to 30 (`least`, `most`); `chapters`:
    admitted cases by chapter. `whole` is False where there are more cases than are read at once."""

    admitted: int
    least: int
    most: int
    chapters: dict[str, int]
    cases: list[CaseRow]
    total: int
    after: int
    whole: bool


class Added(Strict):
    """The case, and the number of what was added to it."""

    number: int
    case: CaseOut
