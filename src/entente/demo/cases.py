"""The demo's case studies: written, sent abroad, reviewed, and 25 of 27 of them printed in one casebook.

Two are refused by what is written in them: one convicts of plain counterfeiting and finds no group, the
judgment of the other is under appeal. Everything goes the way of the pages, officer by officer.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from entente.demo.cases_content import BUREAUS, Content, book, contents
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_for, by_code
from entente.rooms.bureaus.alerts import alerts_here, take_note
from entente.rooms.publications.model import Recipient
from entente.rooms.reports import service as reports
from entente.rooms.reports.casebook import model as b
from entente.rooms.reports.casebook import service as casebooks
from entente.rooms.reports.cases import files, protecting, steps, writing
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case

AUTHOR, APPROVER = "analyst@xa.example", "second@xa.example"
"""Who writes the casebook, and who approves it."""


def load(house: House) -> None:
    """Play the officers of four bureaus."""
    kept = [written(house, one) for one in contents(house.clock().date())]
    _printed(house, kept)


def written(house: House, one: Content) -> str:
    """A case all the way; returns its id."""
    code = one.owner.lower()
    with at(house, f"officer@{code}.example", "case") as desk:
        id = _drafted(desk, one).id
    with at(house, f"officer@{one.reviewer.lower()}.example", "case") as desk:
        case = _looked(desk, id)
        said = [m.Decision(claim=n, decision="accept") for n in case.stated()]
        text = "Read beside the judgment: each paragraph says what the claim says."
        steps.review(desk, id, m.ReviewForm(version=case.thing.version, decisions=said, text=text))
    with at(house, f"second@{code}.example", "case") as desk:
        if one.final and not one.plain:  # what is no case of the casebook needs no clearance for it
            steps.step(desk, id, m.StepForm(step="clear", version=_looked(desk, id).thing.version))
        for alert in alerts_here(desk):
            if alert.first("object") == id:
                take_note(desk, alert.id)
        desk.note("see", object=id)
    return id


def _drafted(desk: Desk, one: Content) -> Case:
    """The author's part, up to the bureau that is asked to review."""
    case = writing.draft(desk, one.form)
    id = case.id

    def version() -> int:
        return _looked(desk, id).thing.version

    steps.step(desk, id, m.StepForm(step="take_up", version=version()))
    for party in _parties(desk, one):
        writing.add_party(desk, id, m.PartyEdit(version=version(), party=party))
    for form in one.proceedings():
        writing.add_proceeding(desk, id, m.ProceedingEdit(version=version(), proceeding=form))
    for cited in one.evidence():
        _, n = writing.add_evidence(desk, id, m.EvidenceEdit(version=version(), evidence=cited))
        files.attach(lambda _writing: _same(desk), id, n, version(), one.file(cited))
    for claim in one.claims():
        writing.add_claim(desk, id, m.ClaimEdit(version=version(), claim=claim))
    group = len(one.proven) + 1  # the evidence that speaks of the group
    for item in one.checks:
        persons = len(one.tried) + 4 if item == "1" else None
        check = m.CheckForm(answer="met", evidence=[group], persons=persons)
        writing.tick(desk, id, item, m.CheckEdit(version=version(), check=check))
    if one.final:
        number, day = one.final
        writing.confirm_final(desk, id, number, m.FinalForm(version=version(), final_on=day))
    names = [m.ProtectedName(name=name, sort=sort) for name, sort in one.said.get("protected", ())]
    if names:
        protecting.protect(desk, id, names)
    steps.step(desk, id, m.StepForm(step="complete", version=version()))
    return steps.step(desk, id, m.StepForm(step="send", version=version(), reviewer=one.reviewer))


def _parties(desk: Desk, one: Content) -> Iterator[m.PartyForm]:
    """Who took part; a company of the story is linked with its record where that is loaded."""
    for said in one.said["parties"]:
        link = ""
        if "record" in said:
            code, ref = said["record"].split()
            link = desk.ref_id(by_code(desk)[code].number, ref)
            link = link if desk.look_all([link]) else ""
        sort = said.get("sort", "person")
        yield m.PartyForm(name=said["name"], sort=sort, roles=said["roles"], link=link)


def _printed(house: House, cases: list[str]) -> None:
    """The casebook of those that are admitted: written, approved by a second officer, sent to all."""
    said = book()
    with at(house, AUTHOR, "case") as desk:
        form = b.CasebookForm(
            title=said["title"],
            foreword=said["foreword"],
            overviews=said["overviews"],
            cases=[b.Choice(case=id) for id in _admitted(desk, cases)],
            distribution=[Recipient(bureau=code) for code in BUREAUS if code != "XA"],
        )
        kept = casebooks.write(desk, form)
        seen = casebooks.digest(desk, kept, casebooks.seen_as(desk, kept)[1])
        approver = asker_for(desk, APPROVER, "desk", "own desk").officer
        casebooks.submit(desk, kept.thing.id, b.Submit(seen=seen, approver=approver))
    id = kept.thing.id
    with at(house, APPROVER, "approve") as desk:
        waiting = casebooks.look(desk, id)
        seen = casebooks.digest(desk, waiting, casebooks.seen_as(desk, waiting)[1])
        casebooks.decide(desk, id, b.Decide(seen=seen, approve=True))
    with at(house, APPROVER, "publish") as desk:
        casebooks.publish(desk, id)


def _admitted(desk: Desk, cases: list[str]) -> list[str]:
    found = {case.id for case, _ in reports.admitted(desk)}
    return [id for id in cases if id in found]


def _looked(desk: Desk, id: str) -> Case:
    return reports.look(desk, id)


def _same(desk: Desk) -> AbstractContextManager[Desk]:
    """The sitting that is open already, for a service that would open its own."""
    return nullcontext(desk)


@contextmanager
def at(house: House, who: str, act: str, writing: bool = True) -> Iterator[Desk]:
    """A sitting of one of the story's officers over cases."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, "analysis", "case studies")
        desk.note("see", what="directory")
    with sit(house, asker, act, writing=writing) as desk:
        yield desk
