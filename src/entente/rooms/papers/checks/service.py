"""A guided check begun and led to its verdict: each step is an officer's of the bureau, journaled.

A picture is remade, read and compared beside the desk; only then is anything kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from entente.core.access import POLICE_PURPOSES, Role
from entente.core.problems import Absent, Fault, Faulty, NoPurpose, NotAllowed, OutOfDate
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.match.documents import zone
from entente.match.documents.zone import Told
from entente.rooms.bureaus import About, alert, own, settle
from entente.rooms.papers import pictures, service, states
from entente.rooms.papers.checks import asking, knowing, sight
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.moving import must_say_why
from entente.rooms.papers.steps import officers, with_step
from entente.web import pictures as outside
from entente.web.callers import Caller
from entente.web.language import N_

KIND = states.CHECK
LONGEST = 2_400
"""px of the longest side of what is kept and read: 19 px a mm of a passport's page."""
QUALITY = 92
WAITS = "paper-check"
"""Alert: a check waits for the second or third line."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a check begins with: a picture (JPEG, PNG), or lines that were typed."""

    picture: bytes = b""
    lines: tuple[str, ...] = ()
    printed: m.PrintedForm = field(default_factory=m.PrintedForm)


def begin(caller: Caller, given: Given) -> str:
    """Read, look up, compare, and keep what came of it; returns the check's id.

    Raises Faulty (neither picture nor lines, a picture that cannot be read), TooLarge, NoPurpose, NotAllowed,
    Unavailable (too many pictures at once).
    """
    with caller.on_grid():
        return _begun(caller, given)


def _begun(caller: Caller, given: Given) -> str:
    with caller.at_desk("examine") as desk:
        if not desk.asker.purpose & POLICE_PURPOSES:
            raise NoPurpose("A check of a document needs a police purpose.")
        desk.note("examine", outcome="begun")
    content, made = _read(given)
    with caller.at_desk("search") as desk:
        told = told_of(content, desk.today)
        content.searches = asking.asked(desk, content, told, given.printed)
        versions = knowing.likely_versions(desk, told)
        content.candidates = [v.id for v in versions]
        content.version = versions[0].id if versions else ""
        held = _held_against(desk, versions[0]) if versions and made else None
    if held:
        content.comparison = held(made["picture"], made)
    if made:
        pictures.announced(caller, "examine", made.values())
    with caller.at_desk("examine", writing=True) as desk:
        _blobs(desk, content, made)
        body = {
            "officer": desk.asker.officer,
            "purpose": (desk.asker.purpose.name or "").lower(),
            "justification": desk.asker.justification,
            "state": "open",
            "level": "1",
        }
        kept = _keep(desk, None, {n: (v,) for n, v in body.items()}, content, "begun")
        desk.note("examine", object=kept.id, outcome="made")
    return kept.id


def _read(given: Given) -> tuple[m.Content, dict[str, bytes]]:
    """What stands in the picture, or in the lines typed. Takes about a second; nobody sits meanwhile."""
    content, made = m.Content(printed=given.printed), dict[str, bytes]()
    if given.picture:
        picture = outside.remade(given.picture, "picture", pictures.MOST_BYTES, LONGEST, QUALITY)
        content.zones, content.why = sight.read(picture)
        made["picture"] = picture
    elif not given.lines:
        what = N_("There is neither a picture nor a line")
        raise Faulty(faults=(Fault("picture", what, N_("Photograph the page, or type the zone.")),))
    if given.lines:
        content.typed, content.which = list(given.lines), "typed"
    return content, made


def _held_against(desk: Desk, version: Thing) -> Callable[..., m.Comparison] | None:
    """How to hold a picture against a version's specimen, beside the desk; None where there is none."""
    found = knowing.specimen_of(version)
    if found is None:
        return None
    page, picture = found
    specimen = pictures.picture(desk, version.id, picture.blob)
    said = knowing.content_of(version)

    def held(shown: bytes, made: dict[str, bytes]) -> m.Comparison:
        told, drawn = sight.compare(shown, specimen, version.id, page, picture.px_per_mm, said)
        made.update(drawn)
        return told

    return held


def _blobs(desk: Desk, content: m.Content, made: Mapping[str, bytes]) -> None:
    """Keep the pictures that were announced; each is dropped once nothing names it."""
    for name, picture in made.items():
        digest = desk.house.blobs.put(picture)
        if name == "picture":
            content.picture = digest
        elif content.comparison:
            setattr(content.comparison, name, digest)


def _keep(desk: Desk, before: Thing | None, said: Body, content: m.Content, did: str, why: str = "") -> Thing:
    """Keep a check with one more step; what it is found by follows from what it says."""
    told = told_of(content, desk.today)
    compared = content.comparison
    blobs = (content.picture, *((compared.drawn, compared.map) if compared else ()))
    body = {
        **said,
        "number": (told.number[:40],),
        "issuer": (told.text("issuer")[:3],),
        "title": (" ".join(filter(None, (told.given, told.surname)))[:200],),
        "content": (content.model_dump_json(),),
        "blobs": tuple(dict.fromkeys(filter(None, blobs))),
    }
    raw = {name: tuple(v for v in values if v) for name, values in with_step(desk, body, did, why).items()}
    owner = desk.asker.bureau
    clean = desk.clean(
        desk.house.model[KIND], {name: values for name, values in raw.items() if values}, owner
    )
    keys = [f"paper-checks:{owner}", f"paper-checks:{owner}:{clean['state'][0]}"]
    keys += [f"blob:{digest}" for digest in clean.get("blobs", ())]
    if before is None:
        return desk.keep(KIND, clean, own(owner), keys=keys)
    return desk.change(before, body=clean, keys=keys)


# --- read again ----------------------------------------------------------------------------------


def content_of(check: Thing) -> m.Content:
    return m.Content.model_validate_json(check.first("content"))


def lines_of(content: m.Content) -> list[str]:
    """The reading that is judged: what was read as it was read, unless the officer chose otherwise."""
    if content.which == "typed":
        return content.typed
    if not content.zones:
        return []
    read = content.zones[min(content.zone, len(content.zones) - 1)]
    return read.likely if content.which == "likely" else read.lines


def told_of(content: m.Content, today: date) -> Told:
    """The zone field by field; its `form` is empty where none was read."""
    return zone.fields(lines_of(content), today)


def opened(desk: Desk, id: str) -> Thing:
    """A check of one's own bureau. Raises Absent."""
    check = desk.look(id)
    if check.kind != KIND or check.handling.owner != desk.asker.bureau:
        raise Absent()
    return check


def listed(desk: Desk, state: str = "", after: str = "", limit: int = 50) -> list[Thing]:
    """The bureau's checks, newest change first. Raises Absent for a place that is none of them."""
    desk.note("see", what="checks of documents")
    key = f"paper-checks:{desk.asker.bureau}" + (f":{state}" if state else "")
    place = opened(desk, after).place if after else 0
    return [t for _, t in desk.table([KIND], key=key, after=place, limit=limit)]


# --- steps ---------------------------------------------------------------------------------------


def _at(desk: Desk, id: str, seen: int, *states: str) -> tuple[Thing, m.Content]:
    """A check as it was seen, in one of these states. Raises Absent, OutOfDate, Faulty."""
    check = opened(desk, id)
    if check.version != seen:
        raise OutOfDate()
    if check.first("state") not in (states or ("open", "waiting")):
        what = N_("This check is closed")
        raise Faulty(faults=(Fault("state", what, N_("Begin another one.")),))
    return check, content_of(check)


def reread(caller: Caller, id: str, step: m.Reread) -> None:
    """Say which reading the paper has, or type it; it is looked up anew. Raises Absent, OutOfDate, Faulty."""
    with caller.on_grid():
        _reread(caller, id, step)


def _reread(caller: Caller, id: str, step: m.Reread) -> None:
    with caller.at_desk("search") as desk:
        check, content = _at(desk, id, step.seen)
        if step.which == "typed" and not any(step.lines):
            what = N_("There is no line")
            raise Faulty(faults=(Fault("lines", what, N_("Type the lines of the zone.")),))
        if step.which != "typed" and step.zone >= len(content.zones):
            what = N_("No such zone was read")
            raise Faulty(faults=(Fault("zone", what, N_("Type the lines of the zone.")),))
        content.zone, content.which = step.zone, step.which
        if step.which == "typed":
            content.typed = [line for line in step.lines if line]
        told = told_of(content, desk.today)
        content.searches = asking.asked(desk, content, told, content.printed)
        content.candidates = [v.id for v in knowing.likely_versions(desk, told)]
    with caller.at_desk("examine", writing=True) as desk:
        check, _ = _at(desk, id, step.seen)
        _keep(desk, check, check.body, content, "read anew")
        desk.note("examine", object=id, outcome="read anew")


def choose(caller: Caller, id: str, step: m.Choose) -> None:
    """Say which version the paper seems to be; its picture is held against that one's specimen.

    Raises Absent (also for a version that one may not see), OutOfDate, Faulty.
    """
    made = dict[str, bytes]()
    with caller.at_own_desk("examine") as desk:
        check, content = _at(desk, id, step.seen)
        version = service.open_version(desk, step.version) if step.version else None
        if version and version.first("state") not in ("published", "replaced"):
            raise Absent()
        held = _held_against(desk, version) if version and content.picture else None
        picture = desk.house.blobs.open(content.picture) if held else b""
    compared = held(picture, made) if held else None
    if made:
        pictures.announced(caller, "examine", made.values())
    with caller.at_own_desk("examine", writing=True) as desk:
        check, content = _at(desk, id, step.seen)
        content.comparison = compared
        if content.version != step.version:
            content.version, content.answers = step.version, []
        _blobs(desk, content, made)
        _keep(desk, check, check.body, content, "version")
        desk.note("examine", object=id, outcome="version")


def on_page(desk: Desk, id: str, step: m.OnPage) -> None:
    """What the officer reads on the page itself. Raises Absent, OutOfDate, Faulty."""
    check, content = _at(desk, id, step.seen)
    content.printed = step.printed
    _keep(desk, check, check.body, content, "page")
    desk.note("examine", object=id, outcome="page")


def answer(desk: Desk, id: str, step: m.Answers, note: str = "") -> None:
    """What the officer says of the marks of the version, and the reasons as far as he wrote them. Raises
    Absent, OutOfDate, Faulty."""
    check, content = _at(desk, id, step.seen)
    version = version_of(desk, content)
    most = len(knowing.content_of(version).features) if version else 0
    if any(a.feature >= most for a in step.answers):
        what = N_("The version has no such mark")
        raise Faulty(faults=(Fault("answers", what, N_("Open the check again.")),))
    said = {a.feature: a for a in (*content.answers, *step.answers)}
    content.answers, content.note = [said[n] for n in sorted(said)], note or content.note
    _keep(desk, check, check.body, content, "answers")
    desk.note("examine", object=id, outcome="answers")


def decide(desk: Desk, id: str, step: m.Decide) -> None:
    """The officer's verdict; it closes the check. Raises Absent, OutOfDate, Faulty."""
    check, content = _at(desk, id, step.seen)
    if check.first("state") == "waiting" and officers(check)[-1:] == (desk.asker.officer,):
        what = N_("You passed it on")
        raise Faulty(faults=(Fault("verdict", what, N_("Another officer decides it now.")),))
    if step.verdict != "genuine":
        must_say_why(step.why)
    content.note = step.why
    settle(desk, WAITS, id)
    said = {**check.body, "state": ("closed",), "verdict": (step.verdict,)}
    _keep(desk, check, said, content, step.verdict, step.why)
    desk.note("examine", object=id, outcome=step.verdict)


def escalate(desk: Desk, id: str, step: m.Escalate) -> None:
    """To the second or third line of the bureau, whose inbox tells it. Raises Absent, OutOfDate, Faulty."""
    check, content = _at(desk, id, step.seen)
    must_say_why(step.why)
    if step.level <= int(check.first("level")):
        what = N_("It is there already")
        raise Faulty(faults=(Fault("level", what, N_("Choose a higher line, or give a verdict.")),))
    settle(desk, WAITS, id)
    said = {**check.body, "state": ("waiting",), "level": (str(step.level),)}
    kept = _keep(desk, check, said, content, f"line {step.level}", step.why)
    about = About(WAITS, id, text=str(step.level))
    alert(desk, desk.asker.bureau, about, like=kept.handling, once=f"{id} {kept.version}")
    desk.note("examine", object=id, outcome=f"line {step.level}")


def discard(desk: Desk, id: str) -> None:
    """Delete a check and its pictures before its thirty days are over. What is closed is deleted by whoever
    began it or by a supervisor. Raises Absent, NotAllowed."""
    check = opened(desk, id)
    may = Role.SUPERVISOR in desk.asker.roles or check.first("officer") == desk.asker.officer
    if check.first("state") == "closed" and not may:
        raise NotAllowed("A closed check is deleted by its officer or a supervisor.")
    settle(desk, WAITS, id)
    desk.erase(id)
    desk.note("examine", object=id, outcome="discarded")


def alerted(desk: Desk, check: Thing, alert: str) -> None:
    """Keep which alert was drafted of it: one is enough."""
    content = content_of(check)
    content.alert = alert
    _keep(desk, check, check.body, content, "alert drafted")
    desk.note("examine", object=check.id, outcome="alert drafted")


def version_of(desk: Desk, content: m.Content) -> Thing | None:
    """The version that was chosen, as far as the officer may see it now."""
    found = desk.look_all([content.version]).get(content.version) if content.version else None
    return found if found and found.kind == service.KIND else None
