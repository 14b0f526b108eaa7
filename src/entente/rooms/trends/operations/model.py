"""What the API takes and gives of operations and lists of targets."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from entente.core.kinds.dates import parse
from entente.rooms.records import Strict
from entente.rooms.trends.figures.model import Country, Goods, LeftOut, Question
from entente.web.language import N_

State = Literal["planned", "running", "ended", "evaluated", "cancelled"]
STATES: Mapping[str, str] = {
    "planned": N_("Planned"),
    "running": N_("Running"),
    "ended": N_("Ended"),
    "evaluated": N_("Evaluated"),
    "cancelled": N_("Cancelled"),
}
NEXT: Mapping[str, tuple[str, ...]] = {
    "planned": ("running", "cancelled"),
    "running": ("ended", "cancelled"),
    "ended": ("evaluated",),
    "evaluated": (),
    "cancelled": (),
}
ListState = Literal["proposed", "approved", "on_site", "fed_back", "withdrawn"]
LIST_STATES: Mapping[str, str] = {
    "proposed": N_("Waits for a second officer"),
    "approved": N_("Approved"),
    "on_site": N_("Being checked"),
    "fed_back": N_("Fed back"),
    "withdrawn": N_("Withdrawn"),
}
LIST_NEXT: Mapping[str, tuple[str, ...]] = {
    "proposed": ("approved", "withdrawn"),
    "approved": ("on_site", "withdrawn"),
    "on_site": ("fed_back", "withdrawn"),
    "fed_back": (),
    "withdrawn": (),
}
Sort = Literal["route", "place", "consignee"]
SORTS: Mapping[str, str] = {"route": N_("Way"), "place": N_("Place"), "consignee": N_("Consignee")}
Result = Literal["hit", "nil", "not_checked"]
RESULTS: Mapping[str, str] = {
    "hit": N_("Hit"),
    "nil": N_("Checked, nothing found"),
    "not_checked": N_("Not checked"),
}


def _day(said: str) -> str:
    if len(said) != 10:
        raise ValueError("is no day: write it as 2026-03-01")
    try:
        parse(said)
    except ValueError as problem:
        raise ValueError(f"is no date that can be read: {problem}") from None
    return said


Day = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10), AfterValidator(_day)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=16)]
Id = Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9a-f]*$")]


class OperationForm(Strict):
    """`members`: codes of bureaus that take part; they see the operation, and each counts over what it sees
    itself. `version`: 0 for a new one, else the one that is changed."""

    name: Name
    since: Day
    until: Day
    countries: Annotated[list[Country], Field(min_length=1, max_length=50)]
    goods: Annotated[list[Goods], Field(max_length=50)] = []
    objectives: Text = ""
    members: Annotated[list[Code], Field(max_length=100)] = []
    version: Annotated[int, Field(ge=0)] = 0


class Step(Strict):
    version: Annotated[int, Field(ge=1)]
    to: State
    why: Annotated[str, Field(max_length=2000)] = ""


class Event(Strict):
    to: str
    at: str
    officer: str = ""
    why: str = ""


class Operation(Strict):
    """`mine`: of your bureau. `next`: states that may follow, for its owner."""

    id: str
    version: int
    owner: str
    mine: bool
    name: str
    state: str
    since: str
    until: str
    countries: list[str]
    goods: list[str]
    objectives: str
    members: list[str]
    events: list[Event]
    next: list[str]


class Operations(Strict):
    operations: list[Operation]
    after: str
    further: bool


class Listing(Strict):
    after: Id = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Amount(Strict):
    """A sum in one unit or currency."""

    amount: float
    unit: str


class Counted(Strict):
    """What was seized: `seizures`, `lines` of goods; sums by unit and by currency, which are never added."""

    seizures: int
    lines: int
    quantities: list[Amount]
    values: list[Amount]


class Tally(Strict):
    """An operation's figures over what you may see now. `named`: seizures that name the operation; `within`:
    those in its time, countries and goods. `arrests`: persons arrested in both together, of the papers that
    you see; `checks` carried out and `nothing_found` among single inspections."""

    operation: str
    moment: str
    named: Counted
    within: Counted
    arrests: int
    checks: float
    nothing_found: int
    left_out: list[LeftOut]


PhaseName = Literal["before", "during", "after"]


class Phase(Strict):
    """Seizures a month in the operation's countries and in those it is compared with."""

    phase: PhaseName
    first: str
    last: str
    months: int
    seizures: int
    a_month: float
    compared_a_month: float | None


class EffectRow(Strict):
    """Difference in differences (match.trends.effects.Effect), in seizures a month and country. `placebo`:
    how often other countries, called treated, show as much; with `few` treated ones only it can be relied
    on. `why_not`: why nothing can be said."""

    phase: Literal["during", "after"]
    why_not: str
    effect: float | None
    low: float | None
    high: float | None
    p: float | None
    placebo: float | None
    before: float | None
    n: int
    few: bool


class AfterAction(Strict):
    """What an operation changed, over what you may see now. `compared`: countries it is compared with, the
    nearest by what they had before. `goods`: what is counted. `left_out`: why lines are not counted."""

    operation: str
    moment: str
    measure: Literal["count", "rate"]
    countries: list[str]
    compared: list[str]
    goods: list[str]
    phases: list[Phase]
    effects: list[EffectRow]
    left_out: list[LeftOut]


# --- lists of targets ------------------------------------------------------------------------------


class ListForm(Strict):
    """`question`: the seizures and checks it rests on; an operation narrows it to its countries and to its
    goods, where the question names none. `targets` ranked ones of all `sorts` together, and
    `control` more drawn by chance. `shared`: for the operation's members; it then rests only on seizures of
    your own bureau that every member may see, and names no consignee."""

    name: Name
    operation: Id = ""
    question: Question = Question()
    sorts: Annotated[list[Sort], Field(min_length=1, max_length=3)] = ["route", "place", "consignee"]
    targets: Annotated[int, Field(ge=1, le=100)] = 20
    control: Annotated[int, Field(ge=1, le=50)] = 5
    shared: bool = False


class ListStep(Strict):
    version: Annotated[int, Field(ge=1)]
    to: ListState
    why: Annotated[str, Field(max_length=2000)] = ""


class ResultForm(Strict):
    """What a check of a target brought. `seizure`: the id of what was kept of a hit."""

    target: Annotated[int, Field(ge=1, le=500)]
    result: Result
    seizure: Id = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Reason(Strict):
    """Why a target has points: `what` (often, surge, first-seen, break, or a feature of the risk profile),
    its `value`, and `n` of what it rests on, `hits` among them where they were checks."""

    what: str
    value: str
    points: int
    n: int
    hits: int


class Target(Strict):
    """`n` is dealt by chance: its order tells nothing. `what`: what the target is, by name (origin,
    destination, mode, goods; country, locode, place_kind; name). `control`: drawn by chance."""

    n: int
    sort: str
    what: dict[str, str]
    points: int
    reasons: list[Reason]
    control: bool
    seizures: int
    result: str
    note: str


class Check(Strict):
    """A target as those who check see it: without points, reasons or whether it was drawn by chance."""

    n: int
    sort: str
    what: dict[str, str]
    result: str
    note: str


class Score(Strict):
    """What the list was worth: hits among checked ones, of ranked targets and of those drawn by chance;
    `lift` is the first rate over the second, with 95 % limits. None where one has no check."""

    checked: int
    hits: int
    control_checked: int
    control_hits: int
    lift: float | None
    low: float | None
    high: float | None


class TargetList(Strict):
    """`shaken`: a seizure that a shared list rests on was withdrawn or is shown to fewer; it is then shown
    without its targets."""

    id: str
    version: int
    owner: str
    mine: bool
    name: str
    state: str
    operation: str
    shared: bool
    members: list[str]
    at: str
    question: dict[str, Any]
    seizures: int
    left_out: list[LeftOut]
    learnt: str
    seed: str
    shaken: bool
    targets: list[Target]
    score: Score
    events: list[Event]
    next: list[str]


class Sheet(Strict):
    """The list for those who check; `shaken` as the list is."""

    id: str
    name: str
    owner: str
    state: str
    shaken: bool
    checks: list[Check]


class Entry(Strict):
    """A list among others."""

    id: str
    owner: str
    mine: bool
    name: str
    state: str
    operation: str
    at: str
    targets: int


class Lists(Strict):
    lists: list[Entry]
    after: str
    further: bool
