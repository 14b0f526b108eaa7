"""A locked assessment published: prepared by an analyst, decided by a supervisor who did not prepare it.

Who may read it, copies, printing and withdrawal are the publications room's. Recipients need not read the
assessment itself; they must be able to read every record that its scores cite. A record that is corrected
later suspends what was published: a new edition is prepared.
"""

from entente.core.access import Level
from entente.core.journal import canonical
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import by_code, in_person, is_among, own
from entente.rooms.publications import (
    Content,
    Imprint,
    freezing,
    letterheads,
    named,
    reading,
    release,
    service,
    states,
)
from entente.rooms.publications import model as p
from entente.rooms.reports.assessments import keeping, printed
from entente.rooms.reports.assessments import publishing_model as out
from entente.rooms.reports.assessments.assessment import Assessment
from entente.rooms.reports.cases.checks import refuse, unreadable
from entente.web.language import N_, speaking

KIND = "AssessmentReport"
MOST = 50
"""Editions of one assessment."""
SECOND = N_("Whoever prepared it does not decide on it: another supervisor does.")
IN_PERSON = N_("A key publishes nothing: an officer does, in person.")


def _keys(body: Body) -> tuple[str, ...]:
    return (f"assessment-reports:{body['assessment'][0]}",)


def _page(publication: Thing) -> str:
    return f"/assessments/{publication.first('assessment')}/publications"


IMPRINT = Imprint(what="threat assessment", keys=_keys, page=_page, within="assessment")
IMPRINTS = {KIND: IMPRINT}
"""What this room publishes of assessments, for publications."""


def every(desk: Desk, it: Assessment) -> list[Thing]:
    """What was prepared or published of an assessment, by edition, to its own bureau."""
    found = [t for _key, t in desk.find([f"assessment-reports:{it.id}"], limit=MOST) if t.kind == KIND]
    return sorted(found, key=lambda t: int(t.first("edition")))


def listed(desk: Desk, id: str) -> list[out.PublicationOut]:
    """The same, told. Raises Absent, NotYours."""
    it = _own(desk, id)
    found = every(desk, it)
    names = named(desk, [one.first("author") for one in found])
    return [_told(desk, one, names) for one in found]


def _told(desk: Desk, one: Thing, names: dict[str, str]) -> out.PublicationOut:
    done = states.steps(one)
    return out.PublicationOut(
        id=one.id,
        edition=int(one.first("edition")),
        title=one.first("title"),
        state=one.first("state"),
        author=names.get(one.first("author"), ""),
        level=p.LEVEL.validate_python(one.first("level")),
        published=one.first("published"),
        sha256=one.first("sha256"),
        distribution=freezing.recipients_of(one),
        why=done[-1]["why"] if done else "",
        receipts=reading.receipts(desk, one),
    )


def prepare(desk: Desk, id: str, form: out.PrepareForm) -> Thing:
    """Prepare an edition, to be decided. Raises Faulty with all that stands in the way, NotYours, Absent."""
    it = _own(desk, id)
    keeping.must_be(it, "locked")
    before = every(desk, it)
    faults = [*unreadable(form.model_dump())]
    known = by_code(desk)
    for n, one in enumerate(form.distribution):
        if one.bureau not in known:
            what = N_("No such bureau takes part")
            faults.append(Fault(f"distribution/{n}/bureau", what, keeping.IN_DIRECTORY))
        if one.officer:
            what = N_("It goes to bureaus, not to officers")
            faults.append(Fault(f"distribution/{n}/officer", what, N_("Leave it out.")))
    if form.template and not letterheads.is_there(desk, desk.asker.bureau, form.template):
        what = N_("There is no such template")
        faults.append(Fault("template", what, N_("Choose one of your bureau's.")))
    if any(one.first("state") == "review" for one in before):
        what = N_("An edition waits for its decision already")
        faults.append(Fault("state", what, N_("Decide on that one first.")))
    if len(before) >= MOST:
        faults.append(Fault("state", N_("There are too many editions"), N_("Begin a new assessment.")))
    refuse(faults)
    last = next((one for one in reversed(before) if one.first("state") in states.OUT), None)
    body = {
        "assessment": it.id,
        "title": f"{it.form.title}, {it.form.period}",
        "edition": str(len(before) + 1),
        "state": "review",
        "author": desk.asker.officer,
        "level": it.form.level,
        "template": form.template,
        "distribution": canonical([one.model_dump(mode="json") for one in form.distribution]).decode(),
        "changes": form.changes if last else "",
        "supersedes": last.id if last else "",
    }
    said = states.with_step(desk, {name: value for name, value in body.items() if value}, "submitted")
    label = own(it.owner, Level[it.form.level.upper()])
    kept = desk.keep(KIND, said, label, keys=(f"assessment-reports:{it.id}",))
    desk.note("assess", object=it.id, outcome="publication prepared")
    return kept


def check(desk: Desk, id: str, publication: str) -> p.Checked:
    """The release check. Raises Absent, NotYours."""
    it, one = _one(desk, id, publication)
    content = _content(desk, it, one)
    return release.check(desk, one, content.parts, freezing.recipients_of(one))


def decide(desk: Desk, id: str, publication: str, given: out.DecideForm) -> Thing:
    """Publish what was prepared, or send it back with a reason: by a supervisor who did not prepare it.

    Raises Faulty naming every part that may not go to somebody, NotAllowed, NotYours, Absent.
    """
    it, one = _one(desk, id, publication)
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)
    if is_among(desk, [one.first("author")]):
        raise NotAllowed(SECOND)
    if not given.approve:
        to = states.moved(one, "return")
        if len(given.why.strip()) < 10:
            raise Faulty(faults=(Fault("why", N_("Say why"), N_("A sentence is good.")),))
        kept = service.keep(desk, IMPRINT, one, "returned", given.why.strip(), {"state": (to,)})
        desk.note("publish", object=one.id, what=IMPRINT.what, outcome="returned")
        return kept
    keeping.must_be(it, "locked")
    to = states.moved(one, "approve")
    approved = {"state": (to,), "approver": (desk.asker.officer,)}
    kept = service.keep(desk, IMPRINT, one, "approved", given.why.strip(), approved)
    return service.publish(desk, IMPRINT, kept, _content(desk, it, one))


def withdraw(desk: Desk, id: str, publication: str, why: str) -> Thing:
    """Take one back; all who had it are told why. Raises NotAllowed, Faulty, NotYours, Absent."""
    _it, one = _one(desk, id, publication)
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)
    return service.withdraw(desk, IMPRINT, one, why)


def withdraw_all(desk: Desk, it: Assessment, why: str) -> None:
    """With the assessment, all that was published of it is taken back."""
    for one in every(desk, it):
        if one.first("state") in states.OUT:
            service.withdraw(desk, IMPRINT, one, why)


def _own(desk: Desk, id: str) -> Assessment:
    it = keeping.look(desk, id)
    if it.owner != desk.asker.bureau:
        raise NotYours("Only the bureau whose assessment it is publishes it.")
    return it


def _one(desk: Desk, id: str, publication: str) -> tuple[Assessment, Thing]:
    it = _own(desk, id)
    one = desk.look(publication)
    if one.kind != KIND or one.first("assessment") != it.id:
        raise Absent()
    return it, one


def _content(desk: Desk, it: Assessment, publication: Thing) -> Content:
    with speaking(service.letterhead(desk, publication).lang):
        return printed.content_of(desk, it)
