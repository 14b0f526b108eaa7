"""The release check: may each recipient read each thing that a publication is made of; and owners' releases.

Nothing is left out silently: what blocks is named, and the author removes the block, writes a sentence of his
own instead, or asks the owner. A release is the owner's own act: it lets bureaus read one version of a source
in one publication, whatever the source's handling says, and ends when the source changes.
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
    meet,
)
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import asker_now, by_code, directory
from entente.rooms.publications import model as m
from entente.rooms.records import code_of
from entente.web.language import N_, _

KIND = "ReportRelease"
WHY = "release of an analytical report"
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


def releases_of(desk: Desk, publication: str) -> Releases:
    """The releases given for a publication, by source: the house's to look up, whoever asks what is in it."""
    found = desk.as_house().inspect_all([_key_of(publication)])
    return {t.first("source"): t for _key, t in found if t.handling.status is Status.LIVE}


def is_released(source: Thing, number: int, releases: Releases) -> bool:
    """Whether its owner lets this bureau read this version of it in the publication, and it still stands."""
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
    publication: Thing,
    parts: Sequence[m.Part],
    recipients: Sequence[m.Recipient],
    releases: Releases | None = None,
) -> m.Checked:
    """What blocks which recipient, part by part, as far as the asker sees the publication."""
    given = releases_of(desk, publication.id) if releases is None else releases
    level = Level[publication.first("level").upper()]
    known, sources = by_code(desk), m.sources_of(parts)
    blocked: list[m.Blocked] = []
    for recipient in recipients:
        bureau = known.get(recipient.bureau)
        to = reading(desk, bureau.number if bureau else -1, recipient.officer, level)
        if not to.asker.active or to.asker.clearance < level or to.asker.bureau != to.number:
            what = "level" if to.asker.active and to.asker.clearance < level else "recipient"
            blocked.append(_blocked(desk, "", 0, recipient, what, None))
            continue
        for n, part in enumerate(parts):
            for source in part.sources.values():
                if why := blocks_why(source, to, given):
                    blocked.append(_blocked(desk, part.id, n, recipient, why, source))
    return m.Checked(
        recipients=len(recipients),
        sources=len(sources),
        blocked=blocked,
        options=list(_options(publication, parts, blocked)),
        released=[_released(desk, t, sources) for s, t in sorted(given.items()) if s in sources],
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
    desk: Desk, part: str, number: int, to: m.Recipient, what: str, source: Thing | None
) -> m.Blocked:
    return m.Blocked(
        block=part,
        number=number,
        bureau=to.bureau,
        officer=to.officer,
        what=what,
        source=source.id if source else "",
        caption=desk.house.model.caption(source.kind, source.body) if source else "",
        owner=code_of(desk, source.handling.owner) if source else "",
    )


def _options(publication: Thing, parts: Sequence[m.Part], blocked: Sequence[m.Blocked]) -> Iterator[m.Option]:
    for part in parts:
        id = part.id
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
                title=publication.first("title"),
                sources="; ".join(asked.values()),
            )
            yield m.Option(block=id, do="ask", bureau=owner, sources=list(asked), text=text)


# --- releasing -----------------------------------------------------------------------------------


def give(
    desk: Desk,
    imprint: m.Imprint,
    publication: Thing,
    sources: Mapping[str, Thing],
    form: m.ReleaseForm,
) -> list[m.Released]:
    """Let bureaus read sources of one's own bureau in this publication. Raises Faulty.

    `sources`: what it is made of, as the asker sees it. The room has asked before whether he may release. A
    release is handled as the publication is, and is his bureau's.
    """
    mine = {id: t for id, t in sources.items() if t.handling.owner == desk.asker.bureau}
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
    kept, label = [], publication.handling
    for id in form.sources or sorted(mine):
        body = {
            "report": publication.id,
            "source": id,
            "version": str(mine[id].version),
            "bureaus": [str(known[code].number) for code in form.bureaus],
            "officer": desk.asker.officer,
            "at": desk.now.isoformat(timespec="seconds"),
        }
        thing = desk.keep(
            KIND,
            body,
            replace(label, owner=desk.asker.bureau, see=label.see | 1 << label.owner),
            id=desk.house.ids.of("report release", publication.id, id),
            version=0,
            keys=(_key_of(publication.id), *imprint.belonging(publication)),
        )
        desk.note("handle", object=id, outcome="released", report=publication.id)
        kept.append(_released(desk, thing, sources))
    return kept


def given(desk: Desk, publication: Thing, id: str) -> Thing:
    """A release of one's own bureau for this publication. Raises Absent."""
    thing = desk.look(id)
    theirs = thing.first("report") != publication.id or thing.handling.owner != desk.asker.bureau
    if thing.kind != KIND or theirs:
        raise Absent()
    return thing


def take_back(desk: Desk, publication: Thing, id: str) -> None:
    """End a release of one's own bureau; copies that rest on it are suspended. Raises Absent."""
    thing = given(desk, publication, id)
    desk.erase(id)
    desk.note("handle", object=thing.first("source"), outcome="release-ended", report=publication.id)


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


def _key_of(publication: str) -> str:
    return f"releases:{publication}"
