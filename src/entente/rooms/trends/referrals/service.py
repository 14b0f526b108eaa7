"""What a company does with its reports: kept, corrected, withdrawn, opened and listed. Whether one of them
met another's shows in nothing of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.core.kinds.dates import parse
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import PRIVATE, directory, own
from entente.rooms.trends.referrals import identifiers, personal
from entente.rooms.trends.referrals import model as m
from entente.rooms.trends.referrals.identifiers import Identifier
from entente.rooms.trends.referrals.labels import SECTORS, SORTS

KIND = "CompanyReport"
MOST = 200
COMPANIES = "Companies report here. Other bureaus contribute seizures."
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """A form as it would be kept, and its tokens."""

    raw: Raw
    tokens: tuple[str, ...]


def must_be_company(desk: Desk) -> None:
    """Raise NotAllowed for whoever is of no company."""
    if directory(desk)[desk.asker.bureau].sort != PRIVATE:
        raise NotAllowed(COMPANIES)


def contribute(desk: Desk, form: m.Contribution) -> Thing:
    """Keep a report. Raises Faulty with every fault, NotAllowed."""
    must_be_company(desk)
    checked, faults = read(desk, form)
    faults += _of_reference(desk, form.ref)
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = _keep(desk, checked, form.ref)
    desk.note("refer", object=kept.id, what="report")
    return kept


def contribute_all(desk: Desk, forms: Sequence[tuple[int, m.Contribution]]) -> int:
    """Keep reports of a table, all or none; returns how many. `forms`: with their rows. Raises Faulty with
    every fault of every row, NotAllowed."""
    must_be_company(desk)
    faults: list[Fault] = []
    every: list[tuple[Checked, str]] = []
    taken: set[str] = set()
    for row, form in forms:
        checked, wrong = read(desk, form)
        wrong += _of_reference(desk, form.ref, taken)
        faults += [Fault(f"rows/{row}/{fault.where}", fault.what, fault.do) for fault in wrong]
        every.append((checked, form.ref))
    if faults:
        raise Faulty(faults=tuple(faults))
    for checked, ref in every:
        _keep(desk, checked, ref)
    desk.note("refer", what="reports", kept=len(every))
    return len(every)


def correct(desk: Desk, id: str, form: m.Correction) -> Thing:
    """The whole report anew, as its next version. Raises Absent, OutOfDate, Faulty."""
    thing = mine(desk, id, form.version)
    checked, faults = read(desk, form)
    if faults:
        raise Faulty(faults=tuple(faults))
    body = desk.clean(desk.house.model[KIND], checked.raw, desk.asker.bureau)
    kept = desk.change(thing, body=body, keys=_keys(checked))
    desk.note("refer", object=id, what="report corrected", version=kept.version)
    return kept


def withdraw(desk: Desk, id: str, version: int) -> None:
    """Take a report back: it is compared with nothing any more. Raises Absent, OutOfDate."""
    desk.withdraw(mine(desk, id, version))
    desk.note("refer", object=id, what="report withdrawn")


def mine(desk: Desk, id: str, version: int | None = None) -> Thing:
    """A report of one's own company. Raises Absent, OutOfDate."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    if version is not None and version != thing.version:
        raise OutOfDate(f"It is at version {thing.version}.")
    return thing


def opened(desk: Desk, id: str) -> Thing:
    """Open a report of one's own company. Raises Absent."""
    thing = mine(desk, id)
    desk.note("see", object=id, what="report")
    return thing


def listed(desk: Desk, after: str = "", limit: int = 50) -> tuple[list[Thing], str]:
    """(one's own company's reports, newest change first; where the list goes on or ""). Raises Absent for an
    `after` that is not one of them: a place in the store would count what others do."""
    desk.note("see", what="reports")
    place = mine(desk, after).place if after else 0
    rows: list[Thing] = []
    while len(rows) <= limit:
        batch = desk.table([KIND], after=place, limit=MOST)
        rows += [t for _place, t in batch if t.handling.owner == desk.asker.bureau]
        if len(batch) < MOST:
            break
        place = batch[-1][0]
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else ""


# --- reading a form ------------------------------------------------------------------------------


def read(desk: Desk, form: m.ReportForm) -> tuple[Checked, list[Fault]]:
    """A form as it would be kept, with every fault. No fault repeats what was written."""
    faults: list[Fault] = []
    if form.sector not in SECTORS:
        faults.append(Fault("sector", "This is no industry of the list", f"Choose: {', '.join(SECTORS)}."))
    faults += _of_date(desk, form.date)
    goods, wrong = _goods(form.goods)
    faults += wrong
    if not form.what:
        faults.append(Fault("what", "This is missing", "Say what happened, without persons."))
    faults += personal.told("what", form.what)
    faults += _of_identifiers(form.identifiers)
    if faults:
        return Checked({}, ()), faults
    told = [Identifier(one.sort, one.value) for one in form.identifiers]
    raw: dict[str, Any] = {
        "sector": form.sector,
        "date": form.date,
        "goods": goods,
        "what": form.what,
        "identifier": list(identifiers.spelled(told)),
        "officer": desk.asker.officer,
    }
    return Checked({k: v for k, v in raw.items() if v}, tuple(identifiers.tokens(desk, told))), []


def _of_date(desk: Desk, text: str) -> Iterable[Fault]:
    try:
        first = parse(text).first if text else None
    except ValueError:
        first = None
    if first is None:
        yield Fault("date", "This is no date", "Write year-month-day, as exact as it is known.")
    elif first > desk.today:
        yield Fault("date", "This day has not come yet", "Write when it happened.")


def _goods(text: str) -> tuple[str, list[Fault]]:
    """The code of goods that a text names, in full; empty for none."""
    if not text:
        return "", []
    found = TAXONOMY.find(text)
    if len(found) == 1:
        return found[0].code, []
    if found:
        codes = ", ".join(node.code for node in found)
        return "", [Fault("goods", "These may be several goods", f"Choose one of: {codes}.")]
    offered = ", ".join(node.code for node in TAXONOMY.suggest(text))
    do = f"Choose one of: {offered}." if offered else "Write a code of the list, or leave it empty."
    return "", [Fault("goods", "These are no goods of the list", do)]


def _of_identifiers(given: Sequence[m.IdentifierForm]) -> Iterable[Fault]:
    for n, one in enumerate(given):
        try:
            identifiers.normal(one.sort, one.value)
        except ValueError as why:
            where = f"identifiers/{n}/{'value' if one.sort in SORTS else 'sort'}"
            yield Fault(where, f"What is written {why}", "Correct it, or leave it out.")


def _of_reference(desk: Desk, ref: str, taken: set[str] | None = None) -> list[Fault]:
    faults = list(personal.told("ref", ref))
    if not ref:
        return faults
    if desk.look_all([desk.ref_id(desk.asker.bureau, ref)]) or ref in (taken or ()):
        do = "Correct that one, or choose another."
        faults.append(Fault("ref", "Your company has a report with this reference", do))
    if taken is not None:
        taken.add(ref)
    return faults


def _keep(desk: Desk, checked: Checked, ref: str) -> Thing:
    return desk.keep(KIND, checked.raw, own(desk.asker.bureau), ref=ref, keys=_keys(checked))


def _keys(checked: Checked) -> tuple[str, ...]:
    return tuple(map(identifiers.key, checked.tokens))
