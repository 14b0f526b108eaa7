"""The reference library: versions of genuine documents written, given new editions, browsed and opened."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from entente.core.access import meet
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents import patterns
from entente.match.documents.codes import code
from entente.rooms.papers import model as m
from entente.rooms.papers import moving, states
from entente.rooms.papers.vocabulary import terms
from entente.web.language import N_

KIND = states.VERSION
A_PAGE = 200
MOST_LOOKED_AT = 4_000
NEAR_MM = 2.0
"""A size asked for by hand may be so much off."""


# --- writing -------------------------------------------------------------------------------------


def draft(desk: Desk, form: m.VersionForm) -> Thing:
    """Begin a version. Raises Faulty with every fault; its identifier must be new to the bureau."""
    faults = _faults(form, frozenset())
    if _standing(desk, form.code):
        what = N_("Your bureau has a version of this identifier")
        faults.append(Fault("code", what, N_("Make a new edition of it.")))
    body = _body(desk, form, faults) | {"edition": ("1",)}
    return _begin(desk, body)


def revise(desk: Desk, id: str) -> Thing:
    """Begin the next edition of a version of one's bureau: a draft with all that the one before says."""
    before = moving.mine(desk, KIND, id)
    states.moved(before, "revise")
    others = [t for t in _standing(desk, before.first("code")) if t.first("state") in states.OPEN]
    if others:
        what = N_("A new edition is being written already")
        raise Faulty(faults=(Fault("state", what, N_("Edit that one.")),))
    editions = [int(t.first("edition")) for t in _standing(desk, before.first("code"))]
    gone = ("approver", "approved", "published", "step")
    body = {name: values for name, values in before.body.items() if name not in gone}
    return _begin(desk, body | {"edition": (str(max(editions) + 1),), "supersedes": (id,)})


def edit(desk: Desk, id: str, form: m.VersionEdit) -> Thing:
    """The whole version anew; a draft again. Raises Faulty, NotYours, OutOfDate, Absent."""
    version = moving.mine(desk, KIND, id, form.seen)
    to = states.moved(version, "edit")
    faults = _faults(form, frozenset(version.body.get("blobs", ())))
    if form.code != version.first("code"):
        faults.append(Fault("code", N_("An identifier is not changed"), N_("Begin another version.")))
    said = _body(desk, form, faults)
    cleared: dict[str, tuple[str, ...]] = {name: () for name in _SAID if name not in said}
    authors = tuple(dict.fromkeys([*version.body.get("authors", ()), desk.asker.officer]))
    changes = {**cleared, **said, "state": (to,), "authors": authors}
    kept = moving.keep(desk, version, "edited", "", changes)
    desk.note("correct", object=id, what=KIND)
    return kept


def decide(desk: Desk, id: str, given: m.Decide) -> Thing:
    """Approve and publish, or send back; a published edition takes the place of the one before.

    Those before stay readable as they were, and by nobody who may not read the newest.
    """
    kept = moving.decide(desk, KIND, id, given)
    if kept.first("state") == "published":
        for other in _standing(desk, kept.first("code")):
            narrower = meet(other.handling, kept.handling) != other.handling
            if other.id != id and other.first("state") == "published":
                to = states.moved(other, "replace")
                moving.keep(desk, other, "replaced", "", {"state": (to,)}, kept.handling)
            elif other.id != id and other.first("state") == "replaced" and narrower:
                moving.keep(desk, other, "narrowed", "", within=kept.handling)
    return kept


def withdraw(desk: Desk, id: str, why: str) -> Thing:
    """Withdraw an edition and all that it replaced. Raises Absent, NotYours, Faulty."""
    kept = moving.withdraw(desk, KIND, id, why)
    edition = int(kept.first("edition"))
    for other in _standing(desk, kept.first("code")):
        if other.first("state") == "replaced" and int(other.first("edition")) < edition:
            moving.withdraw(desk, KIND, other.id, why)
    return kept


def missing(version: Thing) -> Iterator[Fault]:
    """What it lacks to be reviewed."""
    content = m.Content.model_validate_json(version.first("content"))
    if not content.pages:
        yield Fault("content/pages", N_("It has no page"), N_("Describe the data page at least."))
    if not content.features:
        yield Fault("content/features", N_("It has no security feature"), N_("Describe one at least."))
    if not version.first("width") or not version.first("height"):
        yield Fault("width", N_("Its size is not said"), N_("Write width and height in mm."))


def _begin(desk: Desk, body: dict[str, tuple[str, ...]]) -> Thing:
    body |= {"state": ("draft",), "authors": (desk.asker.officer,)}
    keys = states.keys(desk.asker.bureau, body)
    kept = desk.keep(KIND, body, moving.handling(desk, body), keys=keys)
    kept = moving.keep(desk, kept, "begun")
    desk.note("contribute", object=kept.id, what=KIND)
    return kept


def _standing(desk: Desk, code: str) -> list[Thing]:
    """One's own bureau's editions of an identifier, the newest first."""
    found = [t for _, t in desk.find([f"paper-code:{code}"], 1_000) if t.kind == KIND]
    own = [t for t in found if t.handling.owner == desk.asker.bureau]
    return sorted(own, key=lambda t: -int(t.first("edition")))


def _faults(form: m.VersionForm, held: frozenset[str]) -> list[Fault]:
    """What a form says that cannot be. `held`: pictures that were sent for this version."""
    content, faults = form.content, []
    if code(form.code[:3]).sort == "unknown":
        faults.append(Fault("code", N_("No state has this code"), N_("Use the code of ICAO Doc 9303.")))
    if form.first_issued and form.last_issued and form.last_issued < form.first_issued:
        faults.append(Fault("last_issued", N_("It ends before it begins"), N_("Change one of the days.")))
    paged = [(f"features/{n}", f.page) for n, f in enumerate(content.features)]
    paged += [(f"anchors/{n}", a.page) for n, a in enumerate(content.anchors)]
    paged += [(f"fields/{n}", f.page) for n, f in enumerate(content.fields)]
    for where, page in paged:
        if page >= len(content.pages):
            what = N_("There is no such page")
            faults.append(Fault(f"content/{where}/page", what, N_("Count pages from 0.")))
    boxed = [
        (f"{name}/{n}", one.box, one.page)
        for name in ("features", "anchors", "fields")
        for n, one in enumerate(getattr(content, name))
        if one.box and one.page < len(content.pages)
    ]
    for where, box, page in boxed:
        if _beyond(box, content.pages[page], form):
            what = N_("This place is not on the page")
            faults.append(Fault(f"content/{where}/box", what, N_("Mend it, or the size of the page.")))
    for n, feature in enumerate(content.features):
        if feature.term not in terms():
            what = N_("This is no term of the vocabulary")
            faults.append(Fault(f"content/features/{n}/term", what, N_("Choose one of the list.")))
    for n, pattern in enumerate(content.patterns):
        try:
            patterns.Pattern(pattern.pattern, pattern.check)
        except ValueError as wrong:
            do = N_("Write it as described on the room's page.")
            faults.append(Fault(f"content/patterns/{n}", f"The pattern cannot be read: {wrong}", do))
    if moving.digests(content.model_dump()) - held:
        what = N_("A picture is named that was not sent for this version")
        faults.append(Fault("content", what, N_("Send the picture first.")))
    return faults


def _beyond(box: m.Box, page: m.PageForm, head: m.Head) -> bool:
    """Whether a box reaches beyond its page, as far as its size is known."""
    wide, high = page.width or head.width, page.height or head.height
    return bool((wide and box.x + box.width > wide + 1) or (high and box.y + box.height > high + 1))


_SAID = "title firstIssued lastIssued legalStatus construction width height pages colours mrz".split()


def _body(desk: Desk, form: m.VersionForm, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    """The body that a form makes. Raises Faulty with every fault of form and handling."""
    try:
        moving.wanted(desk, form.handling)
    except Faulty as problem:
        faults = [*faults, *problem.faults]
    if form.handling.status != "live":
        what = N_("Its state says when others see it")
        faults = [*faults, Fault("handling/status", what, N_("Leave it out."))]
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {
        "code": form.code,
        "country": form.code[:3],
        "category": form.code[4],
        "type": form.code[5],
        "number": form.code[7:],
        "title": form.title,
        "firstIssued": _day(form.first_issued),
        "lastIssued": _day(form.last_issued),
        "valid": "yes" if form.valid else "no",
        "legalStatus": form.legal_status,
        "construction": form.construction,
        "width": _length(form.width),
        "height": _length(form.height),
        "pages": str(form.page_count or ""),
        "mrz": form.mrz,
        "content": _json(form.content.model_dump(mode="json")),
        "handling": _json(form.handling.model_dump(mode="json")),
    }
    kept = {name: (value,) for name, value in body.items() if value}
    return kept | ({"colours": tuple(sorted(set(form.colours)))} if form.colours else {})


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _length(mm: float) -> str:
    return f"{mm:g}" if mm else ""


# --- reading -------------------------------------------------------------------------------------


def open_version(desk: Desk, id: str) -> Thing:
    """Open a version. Raises Absent, the same for what is not there."""
    version = moving.open_paper(desk, KIND, id)
    desk.note("see", object=id, what=KIND)
    return version


def editions(desk: Desk, version: Thing) -> list[Thing]:
    """Every edition of it in the asker's view, the newest first."""
    found = [t for _, t in desk.find([f"paper-code:{version.first('code')}"], 1_000)]
    same = [t for t in found if t.kind == KIND and t.handling.owner == version.handling.owner]
    return sorted(same, key=lambda t: -int(t.first("edition")))


def browse(desk: Desk, asked: m.Which) -> list[Thing]:
    """Versions in the asker's view, newest change first: published ones, one's own, or what waits here."""
    desk.note("see", what="documents")
    owner = desk.asker.bureau
    key = f"papers-live:{asked.country}" if asked.country else "papers-live"
    if asked.which == "mine":
        key = f"papers:{owner}"
    elif asked.which == "review":
        key = f"papers:{owner}:review"
    place = moving.open_paper(desk, KIND, asked.after).place if asked.after else 0
    found: list[Thing] = []
    for _ in range(MOST_LOOKED_AT // A_PAGE):
        page = desk.table([KIND], key=key, after=place, limit=A_PAGE)
        found += [t for _, t in page if _matches(t, asked)]
        if len(found) >= asked.limit or len(page) < A_PAGE:
            break
        place = page[-1][0]
    return found[: asked.limit]


def _matches(version: Thing, asked: m.Which) -> bool:
    """Whether a version is what is held in the hand."""
    first = version.first
    since, until = first("firstIssued")[:4], first("lastIssued")[:4]
    return (
        (not asked.country or first("country") == asked.country)
        and (not asked.category or first("category") == asked.category)
        and (not asked.type or first("type") == asked.type)
        and (not asked.mrz or first("mrz") == asked.mrz)
        and (not asked.colour or asked.colour in version.body.get("colours", ()))
        and (not asked.year or ((since or "0000") <= f"{asked.year:04}" <= (until or "9999")))
        and _near(asked.width, first("width"))
        and _near(asked.height, first("height"))
        and (not asked.text or asked.text.casefold() in first("title").casefold())
        and (not asked.number or _numbered(version, asked.number))
    )


def _near(asked: float, kept: str) -> bool:
    return not asked or (bool(kept) and abs(float(kept) - asked) <= NEAR_MM)


def _numbered(version: Thing, number: str) -> bool:
    """Whether a number has the form of one of its patterns; look-alikes are no match here."""
    said = json.loads(version.first("content"))["patterns"]
    return any(patterns.fits(patterns.Pattern(p["pattern"], p["check"]), number).whole for p in said)
