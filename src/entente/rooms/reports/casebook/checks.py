"""What is wrong with a casebook: its form, its cases, its class. Every fault at once, each at its place."""

from collections.abc import Iterator, Sequence

from entente.core.access import Level
from entente.core.problems import Fault
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, by_code
from entente.rooms.publications import freezing, letterheads
from entente.rooms.reports.casebook import tables
from entente.rooms.reports.casebook.book import Book
from entente.rooms.reports.casebook.footnotes import WIDTH
from entente.rooms.reports.casebook.model import CasebookForm
from entente.rooms.reports.casebook.telling import Chosen
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.cases.case import KIND
from entente.rooms.reports.cases.checks import refuse, unreadable
from entente.rooms.reports.model import LEAST, MOST
from entente.web.language import N_

__all__ = ["of_cases", "of_class", "of_form", "refuse"]
UNCLEARED = N_("It is admitted, but its bureau has not cleared it for publication")
CLEAR = N_("A supervisor of its bureau clears it on the case's page; or take it out.")
TWICE = N_("The same is given twice")
ONCE = N_("Give each once.")


def of_form(desk: Desk, form: CasebookForm) -> list[Fault]:
    """Faults of what somebody writes: cases that are not there for him are not there."""
    texts = {"title": form.title, "count_why": form.count_why}
    long = {"foreword": form.foreword, "changes": form.changes}
    long |= {f"overviews/{chapter}": said for chapter, said in form.overviews.items()}
    faults = [*unreadable(texts)]
    faults += [Fault(where, f.what, f.do) for where, said in long.items() for f in unreadable({"text": said})]
    if Level[form.level.upper()] > desk.asker.clearance:
        faults.append(Fault("level", N_("This level is above your clearance"), N_("Choose a lower one.")))
    if form.template and not letterheads.is_there(desk, desk.asker.bureau, form.template):
        faults.append(Fault("template", N_("There is no such template"), N_("Choose one of your bureau's.")))
    seen = desk.look_all([one.case for one in form.cases])
    given: set[str] = set()
    for n, one in enumerate(form.cases):
        thing = seen.get(one.case)
        if thing is None or thing.kind != KIND:
            what = N_("There is no such case for you")
            faults.append(Fault(f"cases/{n}/case", what, N_("Choose one that you see.")))
            continue
        if one.case in given:
            faults.append(Fault(f"cases/{n}/case", TWICE, ONCE))
        given.add(one.case)
        known = keeping.look(desk, one.case).claims
        faults += [
            Fault(f"cases/{n}/leave_out/{k}", N_("The case has no such claim"), N_("Leave the number out."))
            for k, number in enumerate(one.leave_out)
            if number not in known
        ]
    return faults + _recipients(desk, form)


def _recipients(desk: Desk, form: CasebookForm) -> list[Fault]:
    known, faults = by_code(desk), []
    told: set[tuple[str, str]] = set()
    for n, one in enumerate(form.distribution):
        if one.bureau not in known:
            what = f"No bureau {one.bureau} takes part"
            faults.append(Fault(f"distribution/{n}/bureau", what, N_("Use a code from the directory.")))
        if one.officer:
            what = N_("A casebook goes to a bureau, not to an officer")
            faults.append(Fault(f"distribution/{n}/officer", what, N_("Leave the officer out.")))
        if (one.bureau, one.unit) in told:
            faults.append(Fault(f"distribution/{n}", N_("This is said twice"), N_("Leave it out.")))
        told.add((one.bureau, one.unit))
    return faults


def of_cases(book: Book, cases: Sequence[Chosen]) -> Iterator[Fault]:
    """Chosen cases not admitted, or not cleared by their own bureau; a number that is not explained."""
    for one in cases:
        if one.admitted and not one.told:
            yield Fault(f"cases/{one.case.reference}", UNCLEARED, CLEAR)
        elif not one.admitted:
            why = " ".join(
                tables.reason(r.because.code, r.because.facts) for r in one.judged.admission.reasons
            )
            do = N_("Take it out, or let its bureau mend it.")
            yield Fault(f"cases/{one.case.reference}", f"It is not admitted: {why}", do)
    admitted = sum(one.told for one in cases)
    if not any(one.admitted for one in cases):
        yield Fault("cases", N_("No case of it is admitted"), N_("Choose cases that are admitted."))
    elif admitted and not LEAST <= admitted <= MOST and not book.form.count_why.strip():
        what = f"It has {admitted} cases to tell; an edition has {LEAST} to {MOST}"
        yield Fault("count_why", what, N_("Say why this one has not."))


def of_class(desk: Desk, book: Book, cases: Sequence[Chosen]) -> Iterator[Fault]:
    """What does not fit the class of publication: cases, level, recipients."""
    access = book.form.access
    for one in cases:
        if WIDTH[one.case.form.access] < WIDTH[access]:
            what = N_("The case is for fewer readers than the book")
            do = N_("Take it out, let its bureau widen its class, or narrow the book's.")
            yield Fault(f"cases/{one.case.reference}", what, do)
    if access == "public" and book.thing.first("level") != "official":
        what = N_("What is public has no level above official use")
        yield Fault("level", what, N_("Choose a lower one."))
    known, mine = by_code(desk), book.thing.handling.owner
    for n, to in enumerate(freezing.recipients_of(book.thing)):
        bureau = known.get(to.bureau)
        if bureau is None:
            continue
        where = f"distribution/{n}/bureau"
        if access == "internal" and bureau.number != mine:
            yield Fault(where, N_("An internal book stays in its bureau"), N_("Widen its class."))
        elif access == "law_enforcement" and bureau.sort == PRIVATE:
            what = N_("This book is for law enforcement, and a company is none")
            yield Fault(where, what, N_("Leave it out, or widen the book's class."))
