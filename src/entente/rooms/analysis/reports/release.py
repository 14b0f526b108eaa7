"""The release check: may each recipient read each thing that a report is made of; and owners' releases.

Nothing is left out silently: what blocks is named, and the author removes the block, writes a sentence of his
own instead, or asks the owner. A release is the owner's own act: it lets bureaus read one version of a source
in one report, whatever the source's handling says, and ends when the source changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from entente.core.access import (
    HOUSE,
    POLICE_PURPOSES,
    Asker,
    Decision,
    Handling,
    Level,
    Purpose,
    Role,
    Status,
    decide,
    may,
    meet,
)
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.model import in_file, inside, level_of
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports.content import Part, Whole
from entente.rooms.bureaus import asker_now, by_code, directory, in_person
from entente.rooms.records import code_of
from entente.web.language import N_, _

KIND = "ReportRelease"
WHY = "release of an analytical report"
NOT_YOURS = N_("A source is released by its owner's contributors, analysts or supervisors in the file.")
Releases = Mapping[str, Thing]
"""By the id of the source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A recipient as the rule judges him. `number`: his bureau's; `officer`: one officer, or empty."""

    number: int
    officer: str
    asker: Asker


def reading(desk: Desk, number: int, officer: str, level: Level) -> Reading:
    """A recipient as he stands now: an officer, or anybody of a bureau who is cleared for the level."""
    if officer:
        return Reading(number, officer, asker_now(desk, officer, Purpose.ANALYSIS, WHY))
    known = directory(desk).get(number)
    asker = Asker(
        officer="anybody",
        bureau=number,
        purpose=Purpose.ANALYSIS,
        justification=WHY,
        roles=frozenset({Role.OFFICER}),
        active=known is not None and known.active,
        clearance=level,
    )
    return Reading(number, "", asker)


def releases_of(desk: Desk, report: str) -> Releases:
    """The releases given for a report, by source: the house's to look up, whoever asks what is in it."""
    found = desk.as_house().inspect_all([_key_of(report)])
    return {t.first("source"): t for _key, t in found if t.handling.status is Status.LIVE}


def is_released(source: Thing, number: int, releases: Releases) -> bool:
    """Whether its owner lets this bureau read this version of it in the report, and it still stands."""
    given = releases.get(source.id)
    return (
        given is not None
        and given.handling.owner == source.handling.owner
        and source.handling.status is Status.LIVE
        and given.first("version") == str(source.version)
        and str(number) in given.body.get("bureaus", ())
    )


def blocks_why(source: Thing, to: Reading, releases: Releases) -> str:
    """Why this recipient may not read this source: "level", "source"; empty where he may."""
    if not to.asker.active:
        return "source"
    if source.handling.level > to.asker.clearance:
        return "level"
    if is_released(source, to.number, releases):
        return ""
    sees = decide(to.asker, source.handling) is Decision.FULL and source.handling.status is Status.LIVE
    return "" if sees else "source"


def handling_of_copy(to: Reading, level: Level, sources: Iterable[Thing], releases: Releases) -> Handling:
    """How a copy is handled: the meet of its sources' handlings as they hold for this recipient.

    The house owns it, as it does what two bureaus share; a released source counts as its release says.
    """
    ground = Handling(owner=HOUSE, see=1 << to.number, level=level)
    labels = [_as_it_holds(source, to, releases) for source in sources]
    return replace(meet(ground, *labels), watch=False)


def _as_it_holds(source: Thing, to: Reading, releases: Releases) -> Handling:
    label = source.handling
    if is_released(source, to.number, releases):
        see = sum(1 << int(n) for n in releases[source.id].body["bureaus"])
        return replace(label, see=see, need=frozenset(), purposes=POLICE_PURPOSES)
    if label.owner == to.number:  # its owner reads it whatever `see` and `purposes` say
        return replace(label, see=1 << to.number, purposes=POLICE_PURPOSES)
    return label


# --- the check -----------------------------------------------------------------------------------


def check(
    desk: Desk,
    report: Thing,
    whole: Whole,
    recipients: Sequence[m.Recipient],
    releases: Releases | None = None,
) -> m.Checked:
    """What blocks which recipient, block by block, as far as the asker sees the report."""
    given = releases_of(desk, report.id) if releases is None else releases
    level = Level[report.first("level").upper()]
    known = by_code(desk)
    blocked: list[m.Blocked] = []
    for recipient in recipients:
        bureau = known.get(recipient.bureau)
        to = reading(desk, bureau.number if bureau else -1, recipient.officer, level)
        if not to.asker.active or to.asker.clearance < level or to.asker.bureau != to.number:
            what = "level" if to.asker.active and to.asker.clearance < level else "recipient"
            blocked.append(_blocked(desk, None, 0, recipient, what, None))
            continue
        for n, part in enumerate(whole.parts):
            for source in part.drawn.sources.values():
                if why := blocks_why(source, to, given):
                    blocked.append(_blocked(desk, part, n, recipient, why, source))
    return m.Checked(
        recipients=len(recipients),
        sources=len(whole.sources),
        blocked=blocked,
        options=list(_options(report, whole.parts, blocked)),
        released=[_released(desk, t, whole.sources) for s, t in sorted(given.items()) if s in whole.sources],
    )


def faults_of(checked: m.Checked) -> tuple[Fault, ...]:
    """What blocks, as faults: every block and recipient is named."""
    return tuple(
        Fault(
            f"blocks/{b.number}" if b.block else "distribution",
            f"{b.bureau} may not read {b.caption or 'this report'} ({b.owner or b.what})",
            N_("Remove the block, write a sentence without the source, or ask its owner to release it."),
        )
        for b in checked.blocked
    )


def _blocked(
    desk: Desk, part: Part | None, number: int, to: m.Recipient, what: str, source: Thing | None
) -> m.Blocked:
    return m.Blocked(
        block=part.block.id if part else "",
        number=number,
        bureau=to.bureau,
        officer=to.officer,
        what=what,
        source=source.id if source else "",
        caption=desk.house.model.caption(source.kind, source.body) if source else "",
        owner=code_of(desk, source.handling.owner) if source else "",
    )


def _options(report: Thing, parts: Sequence[Part], blocked: Sequence[m.Blocked]) -> Iterator[m.Option]:
    for part in parts:
        id = part.block.id
        mine = [b for b in blocked if b.block == id]
        if not mine:
            continue
        yield m.Option(block=id, do="remove", bureau="", sources=[], text="")
        yield m.Option(block=id, do="replace", bureau="", sources=[], text="")
        for owner in sorted({b.owner for b in mine}):
            asked = {b.source: b.caption for b in mine if b.owner == owner}
            text = _(
                "Please let %(readers)s read these sources of yours in the report “%(title)s”: %(sources)s.",
                readers=", ".join(sorted({b.bureau for b in mine if b.owner == owner})),
                title=report.first("title"),
                sources="; ".join(asked.values()),
            )
            yield m.Option(block=id, do="ask", bureau=owner, sources=list(asked), text=text)


# --- releasing -----------------------------------------------------------------------------------


def give(desk: Desk, file: Thing, report: Thing, whole: Whole, form: m.ReleaseForm) -> list[m.Released]:
    """Let bureaus read sources of one's own bureau in this report. Raises Faulty, NotAllowed."""
    files.must_work(desk, file, "reader")
    _must_release(desk, file)
    mine = {id: t for id, t in whole.sources.items() if t.handling.owner == desk.asker.bureau}
    known = by_code(desk)
    faults = [
        Fault(
            f"sources/{n}", N_("There is no such record"), N_("Name sources of your bureau in this report.")
        )
        for n, id in enumerate(form.sources)
        if id not in mine
    ]
    faults += [
        Fault(f"bureaus/{n}", f"No bureau {code} takes part", N_("Use a code from the directory."))
        for n, code in enumerate(form.bureaus)
        if code not in known
    ]
    if not mine:
        faults.append(Fault("sources", N_("None of its sources is your bureau's"), N_("Nothing to release.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = []
    for id in form.sources or sorted(mine):
        body = {
            "report": report.id,
            "source": id,
            "version": str(mine[id].version),
            "bureaus": [str(known[code].number) for code in form.bureaus],
            "officer": desk.asker.officer,
            "at": desk.now.isoformat(timespec="seconds"),
        }
        thing = desk.keep(
            KIND,
            body,
            inside(file.id, desk.asker.bureau, level_of(file)),
            id=desk.house.ids.of("report release", report.id, id),
            version=0,
            keys=(_key_of(report.id), in_file(file.id)),
        )
        desk.note("handle", object=id, outcome="released", report=report.id)
        kept.append(_released(desk, thing, whole.sources))
    return kept


def take_back(desk: Desk, file: Thing, report: Thing, id: str) -> None:
    """End a release of one's own bureau; copies that rest on it are suspended. Raises Absent, NotAllowed."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.first("report") != report.id or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    _must_release(desk, file)
    desk.erase(id)
    desk.note("handle", object=thing.first("source"), outcome="release-ended", report=report.id)


def _must_release(desk: Desk, file: Thing) -> None:
    role = files.role_of(file, desk.asker.officer)
    if not in_person(desk) or not (may(desk.asker, "publish") or role in ("lead", "analyst", "contributor")):
        raise NotAllowed(NOT_YOURS)


def _released(desk: Desk, given: Thing, sources: Mapping[str, Thing]) -> m.Released:
    known = directory(desk)
    source = sources.get(given.first("source"))
    return m.Released(
        id=given.id,
        source=given.first("source"),
        caption=desk.house.model.caption(source.kind, source.body) if source else "",
        owner=code_of(desk, given.handling.owner),
        bureaus=[known[int(n)].code for n in given.body["bureaus"] if int(n) in known],
        holds=source is not None and given.first("version") == str(source.version),
    )


def _key_of(report: str) -> str:
    return f"releases:{report}"
