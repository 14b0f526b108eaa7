"""What is wrong with what somebody writes into a case: every fault at once, each at its field."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from entente.core.access import Level
from entente.core.kinds import TYPES
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match import proof
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import PRIVATE, by_code
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case, Evidence, Proceeding
from entente.rooms.reports.cases.proving import proceeding_of
from entente.web.language import N_

SEVERAL_LINES = frozenset(
    "summary modus discovered worked lessons quote text resolution why note personal_data_why answer".split()
)
NO_RECORD = N_("There is no such record for you")
GIVE_ONE = N_("Give the id of a record that you see.")
NOT_OF_THE_CASE = N_("The case has no such number")
ADD_IT = N_("Add it first, or leave the number out.")
NO_GOODS = N_("This is no code of our goods")
PICK = N_("Choose one of the list.")
NO_DAY = N_("This is no date")
WRITE_DAY = N_("Write year-month-day, such as 2030-12-31.")
AHEAD = N_("This lies in the future")
AGAIN = N_("Look at the date again.")


def refuse(faults: Iterable[Fault]) -> None:
    """Raise Faulty where there is any fault."""
    if found := tuple(faults):
        raise Faulty(faults=found)


def unreadable(said: object, where: str = "") -> Iterator[Fault]:
    """Texts that nobody could read as they are written: control characters, marks that reorder."""
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from unreadable(value, f"{where}/{name}" if where else str(name))
    elif isinstance(said, list):
        for n, value in enumerate(said):
            yield from unreadable(value, f"{where}/{n}")
    elif isinstance(said, str):
        several = where.rpartition("/")[2] in SEVERAL_LINES
        try:
            TYPES["text" if several else "string"].clean(said)
        except ValueError as wrong:
            yield Fault(where, f"The text {wrong}", "Use plain letters and digits.")


def days(form: object, names: Iterable[str], today: date, where: str = "") -> Iterator[Fault]:
    """Days that are none, or that have not come yet."""
    for name in names:
        written = getattr(form, name)
        if not written:
            continue
        try:
            read = date.fromisoformat(written)
        except ValueError:
            yield Fault(f"{where}{name}", NO_DAY, WRITE_DAY)
            continue
        if read > today and name != "appeal_deadline":
            yield Fault(f"{where}{name}", AHEAD, AGAIN)


def period(form: m.CaseForm | m.ClaimForm) -> Iterator[Fault]:
    if form.period_from and form.period_to and form.period_to < form.period_from:
        yield Fault("period_to", N_("The period ends before it begins"), N_("Look at both dates again."))


def grade(form: m.ClaimForm | m.EvidenceForm) -> Iterator[Fault]:
    """A grade is kept as it came, in its scheme."""
    if form.grade and not form.scheme:
        yield Fault("scheme", N_("The grade names no scheme"), N_("Say in which scheme it came."))
    elif form.grade:
        try:
            proof.read_grade(form.scheme, form.grade)
        except ValueError as wrong:
            yield Fault("grade", f"“{form.grade}” {wrong}", N_("Write it as it came."))


# --- the parts -----------------------------------------------------------------------------------------


def of_case(desk: Desk, form: m.CaseForm, reviewers: Collection[int] = ()) -> list[Fault]:
    """Faults of the file itself. `reviewers`: bureaus that were asked already, which stay readers anyway."""
    faults = [*unreadable(form.model_dump())]
    faults += days(form, ("period_from", "period_to", "first_seizure"), desk.today)
    faults += period(form)
    words = len(form.summary.split())
    if words > m.MOST_SUMMARY_WORDS:
        what = f"It has {words} words, and a summary has at most {m.MOST_SUMMARY_WORDS}"
        faults.append(Fault("summary", what, N_("Shorten it.")))
    if form.personal_data == "none" and not form.personal_data_why.strip():
        what = N_("That nobody is named needs its reason")
        faults.append(Fault("personal_data_why", what, N_("Write why.")))
    if Level[form.level.upper()] > desk.asker.clearance:
        what = N_("This level is above your clearance")
        faults.append(Fault("level", what, N_("Choose a lower one.")))
    faults += [
        Fault(f"goods/{n}", NO_GOODS, PICK) for n, code in enumerate(form.goods) if code not in TAXONOMY
    ]
    known = by_code(desk)
    for n, code in enumerate(form.see):
        if code not in known or (known[code].sort == PRIVATE and known[code].number not in reviewers):
            what = f"No bureau {code} takes part that could read a case"
            faults.append(Fault(f"see/{n}", what, N_("Use a code from the directory.")))
    for name in ("countries", "goods", "crimes", "languages", "see"):
        said = getattr(form, name)
        if len(set(said)) != len(said):
            faults.append(Fault(name, N_("The same is given twice"), N_("Give each once.")))
    return faults


def of_party(desk: Desk, form: m.PartyForm) -> list[Fault]:
    return [*unreadable(form.model_dump()), *linked(desk, form.link)]


def of_claim(desk: Desk, case: Case, form: m.ClaimForm) -> list[Fault]:
    faults = [*unreadable(form.model_dump()), *days(form, ("period_from", "period_to"), desk.today)]
    faults += [*period(form), *grade(form)]
    subjects = [form.subject_party, form.subject_goods, form.subject_event.strip()]
    if sum(bool(one) for one in subjects) != 1:
        what = N_("A claim has one subject: a party, goods, or an event")
        faults.append(Fault("subject_party", what, N_("Give exactly one of the three.")))
    objects = [form.object_crime, form.object_party, form.object_goods]
    if sum(bool(one) for one in objects) != 1:
        what = N_("A claim has one object: a crime, a party or goods")
        faults.append(Fault("object_crime", what, N_("Give exactly one of the three.")))
    for name in ("subject_goods", "object_goods"):
        if getattr(form, name) and getattr(form, name) not in TAXONOMY:
            faults.append(Fault(name, NO_GOODS, PICK))
    for name in ("subject_party", "object_party"):
        number = getattr(form, name)
        if number is not None and number not in case.parties:
            faults.append(Fault(name, NOT_OF_THE_CASE, ADD_IT))
    if form.subject_party and form.subject_party == form.object_party:
        what = N_("Subject and object are the same party")
        faults.append(Fault("object_party", what, N_("Name another one.")))
    return faults + among(form.evidence, case.evidence, "evidence")


def of_evidence(desk: Desk, case: Case, form: m.EvidenceForm, kept: Evidence | None = None) -> list[Fault]:
    """Faults of a piece of evidence; `kept`: as it stands, with its file."""
    faults = [*unreadable(form.model_dump()), *days(form, ("date",), desk.today), *grade(form)]
    faults += linked(desk, form.link)
    if form.proceeding is not None and form.proceeding not in case.proceedings:
        faults.append(Fault("proceeding", NOT_OF_THE_CASE, ADD_IT))
    file = kept.file if kept else None
    if file and form.sha256 and form.sha256 != file.digest:
        what = N_("The file that is kept has another SHA-256")
        faults.append(Fault("sha256", what, N_("Take the file out first, or leave the hash as it is.")))
    pages = file.pages if file and file.pages else form.pages
    judged = proof.Evidence("1", form.kind, pinpoint=form.pinpoint, quote=form.quote, pages=pages)
    for fault in proof.evidence_faults(judged):
        faults.append(Fault(fault.where.strip("/"), f"It {fault.what}", fault.do))
    return faults


def of_proceeding(desk: Desk, case: Case, form: m.ProceedingForm, number: int) -> list[Fault]:
    """Faults of a proceeding, alone and against the others of its case."""
    faults = [*unreadable(form.model_dump())]
    faults += days(form, ("date", "appeal_deadline", "appeal_filed"), desk.today)
    if faults:
        return faults
    others = {**case.proceedings, number: Proceeding(form)}
    order = sorted(others)
    mine = f"/proceedings/{order.index(number)}/"
    for fault in proof.faults_of([proceeding_of(n, others[n]) for n in order], desk.today):
        if fault.where.startswith(mine):
            faults.append(Fault(fault.where.removeprefix(mine), f"It {fault.what}", fault.do))
    return faults


def of_check(case: Case, form: m.CheckForm) -> list[Fault]:
    faults = [*unreadable(form.model_dump()), *among(form.evidence, case.evidence, "evidence")]
    if form.answer == "met" and not form.evidence:
        what = N_("An item is met by evidence, and none is named")
        faults.append(Fault("evidence", what, N_("Name it, or leave the item unknown.")))
    return faults


def linked(desk: Desk, id: str) -> Iterator[Fault]:
    """A thing that becomes a source must be seen by who names it; not there and not his are the same."""
    if id and id not in desk.look_all([id]):
        yield Fault("link", NO_RECORD, GIVE_ONE)


def among(numbers: Iterable[int], known: Collection[int], where: str) -> list[Fault]:
    """Numbers that the case does not have, and those given twice."""
    listed = list(numbers)
    faults = [
        Fault(f"{where}/{n}", NOT_OF_THE_CASE, ADD_IT) for n, one in enumerate(listed) if one not in known
    ]
    if len(set(listed)) != len(listed):
        faults.append(Fault(where, N_("The same is given twice"), N_("Give each once.")))
    return faults
