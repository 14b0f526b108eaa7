"""Writing and publishing an edition: its author writes, a supervisor approves exactly what he has seen.

A casebook is its bureau's own paper until it is published. Everybody reads it as far as he sees its cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from entente.core.access import Level, Purpose, may
from entente.core.journal import canonical
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import (
    PRIVATE,
    About,
    alert,
    asker_now,
    by_code,
    directory,
    in_person,
    is_among,
    own,
    settle,
)
from entente.rooms.publications import Content, freezing, letterheads, release, states
from entente.rooms.publications import model as p
from entente.rooms.publications import service as published
from entente.rooms.reports.casebook import checks, content
from entente.rooms.reports.casebook import model as m
from entente.rooms.reports.casebook.book import KIND, Book, book_of, keys, of_bureau, printed_lines
from entente.rooms.reports.casebook.content import Made
from entente.rooms.reports.casebook.imprint import IMPRINT, mark_published, unmark
from entente.rooms.reports.casebook.telling import Chosen
from entente.web.language import N_, _, speaking

AUTHORS = N_("Only its author writes a casebook.")
SECOND = N_("Whoever wrote a casebook does not approve it: the supervisor who was asked does.")
CHOOSE = N_("Choose another officer.")
A_COMPANY = N_("A company writes no casebook.")
BY_A_KEY = N_("A key does not do this: an officer does, in person.")
KEPT = ("title", "level", "template", "distribution", "changes", "supersedes", "form")


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Book:
    """A casebook of one's own bureau. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return _for_asker(desk, book_of(thing))


def every(desk: Desk) -> list[Book]:
    """The casebooks of one's own bureau, the newest first."""
    found = [t for _key, t in desk.find([of_bureau(desk.asker.bureau)], limit=m.MOST_EDITIONS)]
    found.sort(key=lambda t: (t.first("title").casefold(), -int(t.first("edition")), t.id))
    return [_for_asker(desk, book_of(t)) for t in found]


def _for_asker(desk: Desk, book: Book) -> Book:
    """The print, with its numbers and errata, is for its author and its approver, who see all of it.

    Others of the bureau read the book as far as they see its cases: numbers are those of what they see.
    """
    if has_hand(desk, book) or (not book.printed and not book.errata):
        return book
    seen = {one.case.reference: n for n, one in enumerate(content.chosen(desk, book), 1)}
    mine = [one for one in book.errata if one.reference in seen]
    errata = tuple(replace(one, n=n, case=seen[one.reference]) for n, one in enumerate(mine, 1))
    return replace(book, printed={}, errata=errata)


def has_hand(desk: Desk, book: Book) -> bool:
    """Whether the asker wrote the book or was asked to approve it."""
    return desk.asker.officer in _hands(book)


def _hands(book: Book) -> tuple[str, str]:
    return book.thing.first("author"), book.thing.first("approver")


def lang_of(desk: Desk, book: Book) -> str:
    """The language it is printed in: its template's."""
    try:
        return letterheads.letterhead(desk, book.thing.handling.owner, book.thing.first("template")).lang
    except Absent:
        return "en"


def seen_as(desk: Desk, book: Book) -> tuple[list[Chosen], Made]:
    """The cases of the book, and the whole of those admitted, as whoever sits here sees them."""
    cases = content.chosen(desk, book)
    return cases, content.made(book, cases, book.errata, lang_of(desk, book))


def digest(desk: Desk, book: Book, made: Made) -> str:
    """SHA-256 over what is said and how it is drawn: an approval is bound to it, and `seen`."""
    said: dict[str, Any] = {name: book.thing.first(name) for name in KEPT}
    seen = desk.look_all([one.case for one in book.form.cases])
    chosen = [one for one in book.form.cases if one.case in seen]
    said["form"] = book.form.model_copy(update={"cases": chosen}).model_dump_json()
    said["letterhead"] = _letterhead(desk, book)
    said["parts"] = [[part.id, part.data] for part in made.content.parts]
    said["notes"] = list(made.content.notes)
    return sha256(canonical(said)).hexdigest()


def around(desk: Desk, book: Book) -> dict[str, str]:
    """What stands beside the parts, by its place: for the checker."""
    said = {name: book.thing.first(name) for name in ("title", "changes")}
    return said | {f"template/{name}": text for name, text in _letterhead(desk, book).items()}


def _letterhead(desk: Desk, book: Book) -> dict[str, str]:
    try:
        head = letterheads.letterhead(desk, book.thing.handling.owner, book.thing.first("template"))
    except Absent:
        return {}
    return asdict(head)


# --- writing -------------------------------------------------------------------------------------


def write(desk: Desk, form: m.CasebookForm) -> Book:
    """Begin a casebook. Raises Faulty with every fault, NotAllowed."""
    _must_write(desk)
    if directory(desk)[desk.asker.bureau].sort == PRIVATE:
        raise NotAllowed(A_COMPANY)
    if len(every(desk)) >= m.MOST_EDITIONS:
        what = f"Your bureau has {m.MOST_EDITIONS} casebooks"
        raise Faulty(faults=(Fault("title", what, N_("Throw one away.")),))
    return _begin(desk, {"edition": "1", "state": "draft", "author": desk.asker.officer}, form)


def edit(desk: Desk, id: str, form: m.CasebookEdit) -> Book:
    """The whole anew; a draft again. Raises Faulty, NotAllowed, OutOfDate, Absent."""
    book = _mine(desk, id, form.seen)
    to = states.moved(book.thing, "edit")
    said = _said(desk, form, bool(book.thing.first("supersedes")))
    _no_more_waiting(desk, book.thing)
    gone: dict[str, tuple[str, ...]] = {"approver": (), "approved": (), "approvedAt": ()}
    changes = {name: (value,) if value else () for name, value in said.items()}
    label = own(book.thing.handling.owner, Level[form.level.upper()])
    thing = _kept(desk, book.thing, "edited", changes={**changes, **gone, "state": (to,)}, handling=label)
    desk.note("case", object=id, what="casebook")
    return book_of(thing)


def submit(desk: Desk, id: str, given: m.Submit) -> Book:
    """Ask a supervisor of one's bureau to approve it. Raises Faulty with all that stands in the way."""
    book = _mine(desk, id, given.seen)
    to = states.moved(book.thing, "submit")
    cases, made = seen_as(desk, book)
    faults = [*_approver_faults(desk, given.approver, cases), *wrong(desk, book, cases, made)]
    if not freezing.recipients_of(book.thing):
        faults.append(Fault("distribution", N_("It goes to nobody"), N_("Name a recipient.")))
    checks.refuse(faults)
    changes = {"state": (to,), "approver": (given.approver,)}
    thing = _kept(desk, book.thing, "submitted", changes=changes)
    about = About("report-waits", id, other=thing.handling.owner)
    alert(desk, thing.handling.owner, about, like=thing.handling, once=f"{id} {thing.version}")
    desk.note("case", object=id, what="casebook", outcome="submitted")
    return book_of(thing)


def decide(desk: Desk, id: str, given: m.Decide) -> Book:
    """The supervisor who was asked approves exactly what he saw, or sends it back with a reason."""
    book = look(desk, id)
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)
    if desk.asker.officer != book.thing.first("approver") or is_among(desk, [book.thing.first("author")]):
        raise NotAllowed(SECOND)
    _cases, made = seen_as(desk, book)
    if digest(desk, book, made) != given.seen:
        raise OutOfDate()
    to = states.moved(book.thing, "approve" if given.approve else "return")
    why = given.why.strip()
    if not given.approve and len(why) < 10:
        raise Faulty(faults=(Fault("why", N_("Say why"), N_("A sentence is good.")),))
    if given.approve and given.seen != _as_author(desk, book)[2]:
        raise OutOfDate()  # the author sees something else by now
    _no_more_waiting(desk, book.thing)
    at = desk.now.isoformat(timespec="seconds")
    approved: dict[str, tuple[str, ...]] = {"approved": (given.seen,), "approvedAt": (at,)}
    changes = {"state": (to,), **(approved if given.approve else {"approved": ()})}
    thing = _kept(desk, book.thing, "approved" if given.approve else "returned", why, changes)
    desk.note("approve", object=id, what="casebook", outcome="" if given.approve else "returned")
    return book_of(thing)


def discard(desk: Desk, id: str) -> None:
    """Throw away one that was never published. Raises Absent, NotAllowed, Faulty."""
    book = look(desk, id)
    _must_be_author(desk, book)
    states.moved(book.thing, "discard")
    _no_more_waiting(desk, book.thing)
    desk.erase(id)
    desk.note("case", object=id, what="casebook", outcome="discarded")


# --- publishing ----------------------------------------------------------------------------------


def publish(desk: Desk, id: str) -> Book:
    """Freeze what was approved and give each recipient his copy. Raises Faulty with all that stands in the
    way: cases not admitted, sentences that do not resolve, names, what recipients may not read."""
    book = look(desk, id)
    _must_publish(desk, book)
    states.moved(book.thing, "publish")
    published.letterhead(desk, book.thing)
    view, made, now = _as_author(desk, book)
    if now != book.thing.first("approved"):
        what = N_("What stands there is not what was approved")
        do = N_("A case has changed meanwhile: let it be approved again.")
        raise Faulty(faults=(Fault("approved", what, do),))
    checks.refuse(wrong(desk, book, content.chosen(view, book), made))
    released = release.releases_of(desk, id)  # a release holds for one version: such a case is not written at
    mark_published(desk, [one.case for one in made.printed if one.case not in released])
    made = content.made(book, content.chosen(view, book), (), lang_of(desk, book))
    before = published.edition_before(desk, book.thing)
    found = made.content
    whole = Content(
        found.parts,
        found.notes,
        contents=True,
        compared=_compared(made, before, lang_of(desk, book)),
        more=found.more,
        kept={"printed": printed_lines(made.printed)},
    )
    kept = published.publish(desk, IMPRINT, book.thing, whole)
    if before is not None:
        left = {one.case for one in made.printed}
        unmark(desk, [one for one in book_of(before).printed if one not in left], before.id)
    return book_of(kept)


def withdraw(desk: Desk, id: str, why: str) -> Book:
    """Take a published edition back; all who had it are told why. Raises NotAllowed, Faulty, Absent."""
    book = look(desk, id)
    _must_publish(desk, book)
    kept = published.withdraw(desk, IMPRINT, book.thing, why)
    unmark(desk, list(book.printed), id)
    return book_of(kept)


def revise(desk: Desk, id: str) -> Book:
    """Begin the next edition, from one that was published. Raises Faulty, NotAllowed, Absent."""
    book = look(desk, id)
    _must_write(desk)
    body = published.next_edition(book.thing, [one.thing for one in every(desk)], desk.asker.officer)
    seen = {one.case.id for one in content.chosen(desk, book)}
    form = m.CasebookForm(
        **book.form.model_copy(
            update={"cases": [one for one in book.form.cases if one.case in seen]}
        ).model_dump(),
        title=book.thing.first("title"),
        level=p.LEVEL.validate_python(book.thing.first("level")),
        template=book.thing.first("template"),
        distribution=freezing.recipients_of(book.thing),
    )
    return _begin(desk, body, form)


def wrong(desk: Desk, book: Book, cases: Sequence[Chosen], made: Made) -> list[Fault]:
    """What keeps it from being published: every case, sentence, name and recipient, each with its place."""
    return [
        *checks.of_cases(book, cases),
        *made.lacking,
        *checks.of_class(desk, book, cases),
        *content.names_in(desk, around(desk, book), made),
    ]


def _as_author(desk: Desk, book: Book) -> tuple[Desk, Made, str]:
    view = content.as_author(desk, book.thing)
    made = content.made(book, content.chosen(view, book), (), lang_of(desk, book))
    return view, made, digest(desk, book, made)


def _compared(made: Made, before: Thing | None, lang: str) -> str:
    if before is None:
        return ""
    old = {one.case: one.digest for one in book_of(before).printed.values()}
    new = {one.case: one.digest for one in made.printed}
    with speaking(lang):
        return _(
            "Cases: %(new)s new, %(changed)s changed, %(gone)s left out.",
            new=len(new.keys() - old.keys()),
            changed=sum(1 for id in new.keys() & old.keys() if new[id] != old[id]),
            gone=len(old.keys() - new.keys()),
        )


# --- who may, and how it is kept -----------------------------------------------------------------


def _begin(desk: Desk, body: Mapping[str, str], form: m.CasebookForm) -> Book:
    said = {**body, "bureau": str(desk.asker.bureau), **_said(desk, form, bool(body.get("supersedes")))}
    clean = {name: value for name, value in said.items() if value}
    label = own(desk.asker.bureau, Level[form.level.upper()])
    keyed = {name: (value,) for name, value in clean.items()}
    thing = _kept(desk, desk.keep(KIND, clean, label, keys=keys(keyed)), "begun")
    desk.note("case", object=thing.id, what="casebook")
    return book_of(thing)


def _said(desk: Desk, form: m.CasebookForm, next_edition: bool) -> dict[str, str]:
    checks.refuse(checks.of_form(desk, form))
    kept = m.Form(**{name: getattr(form, name) for name in m.Form.model_fields})
    return {
        "title": form.title,
        "level": form.level,
        "template": form.template,
        "distribution": canonical([r.model_dump(mode="json") for r in form.distribution]).decode(),
        "changes": form.changes if next_edition else "",
        "form": kept.model_dump_json(),
    }


def _kept(
    desk: Desk,
    thing: Thing,
    did: str,
    why: str = "",
    changes: states.Changes = states.NOTHING,
    **more: Any,
) -> Thing:
    return published.keep(desk, IMPRINT, thing, did, why, changes, **more)


def _mine(desk: Desk, id: str, seen: str) -> Book:
    book = look(desk, id)
    _must_write(desk)
    _must_be_author(desk, book)
    if digest(desk, book, seen_as(desk, book)[1]) != seen:
        raise OutOfDate()
    return book


def _must_write(desk: Desk) -> None:
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)


def _must_be_author(desk: Desk, book: Book) -> None:
    if desk.asker.officer != book.thing.first("author"):
        raise NotAllowed(AUTHORS)


def _must_publish(desk: Desk, book: Book) -> None:
    if not in_person(desk) or not has_hand(desk, book):
        raise NotAllowed(N_("Its author or its approver publishes a casebook, and withdraws it."))


def _no_more_waiting(desk: Desk, thing: Thing) -> None:
    if thing.first("state") == "review":
        settle(desk, "report-waits", thing.id)


def _approver_faults(desk: Desk, officer: str, cases: Sequence[Chosen]) -> list[Fault]:
    now = asker_now(desk, officer, Purpose.ANALYSIS, content.WHY)
    if now.bureau != desk.asker.bureau or not now.active:
        return [Fault("approver", N_("He is no officer of your bureau"), CHOOSE)]
    faults = []
    if not may(now, "approve"):
        faults.append(Fault("approver", N_("Only a supervisor approves a casebook"), CHOOSE))
    if officer == desk.asker.officer or is_among(desk, [officer]):
        faults.append(Fault("approver", SECOND, CHOOSE))
    seen = desk.as_house().seated_as(now).look_all([one.case.id for one in cases])
    faults += [
        Fault(f"cases/{n}", N_("Whom you ask to approve it may not see this case"), CHOOSE)
        for n, one in enumerate(cases)
        if one.case.id not in seen
    ]
    return faults


def bureaus_of(desk: Desk) -> list[tuple[str, str]]:
    """Codes and labels of those to whom a casebook may go."""
    return [(code, f"{code} {one.label}") for code, one in sorted(by_code(desk).items())]
