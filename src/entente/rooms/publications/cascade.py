"""The cascade: what becomes of a publication when one of its sources changes (LED 7(3), RPD 51).

A source that is corrected, suspended, deleted or out of date makes it wrong for all: it is suspended, with
every copy, unless its room prints it anew with an erratum. One that is only handled otherwise is judged for
each recipient anew: his copy is handled as the source now is, or suspended where he may not read it any more.
Readers are told within seconds.
"""

from collections.abc import Iterable, Mapping

from entente.core.access import Handling, Level, Status, meet
from entente.core.problems import Faulty
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import Duty
from entente.rooms.bureaus import About, alert
from entente.rooms.publications import copies as held
from entente.rooms.publications import freezing, release, service, states
from entente.rooms.publications import model as m

BATCH = 500
FAR = 10_000
"""Changes of no interest after which the place is noted all the same."""


class Cascade:
    """Follows the change feed, and holds what changed against what published copies are made of."""

    def __init__(self, house: House, imprints: m.Imprints) -> None:
        self._house, self._imprints, self._walked = house, imprints, 0

    def step(self) -> bool:
        """Look at the next changes; True while there may be more."""
        house = self._house
        with house.store.reading() as tx:
            said = tx.notes.read(service.WALKED)
            if not said:
                return False  # nothing was ever published
            noted, newest = int(said), tx.upkeep.newest()
            after = min(max(noted, self._walked), newest)
            changes = tx.upkeep.changes(after, BATCH)
            reached = changes[-1].place if len(changes) == BATCH else newest
            desk = Desk(house, HOUSE_ASKER, tx, writing=False)
            found = bool(changes) and bool(_reports_of(desk, [c.id for c in changes]))
        if found:
            with sit(house, HOUSE_ASKER, writing=True) as desk:
                for report in sorted(_reports_of(desk, [c.id for c in changes])):
                    judge(desk, self._imprints, report)
                desk.note("publish", outcome="looked at reports")
                desk.remember(service.WALKED, str(reached))
        elif len(changes) == BATCH or not 0 <= reached - noted < FAR:
            with house.bookkeeping() as tx:
                tx.notes.write(service.WALKED, str(reached))
        self._walked = reached
        return len(changes) == BATCH


def _reports_of(desk: Desk, changed: Iterable[str]) -> set[str]:
    """Reports of which a published copy is made of one of these."""
    found = desk.inspect_all([states.made_of(id) for id in changed])
    return {t.first("report") for _key, t in found if t.first("state") == "published"}


def judge(desk: Desk, imprints: m.Imprints, id: str) -> None:
    """Hold a publication's copies against their sources as these are now: relabel, reprint, suspend."""
    copies = [c for c in held.copies_of(desk, id) if c.first("state") == "published"]
    if not copies:
        return
    made = held.manifest(desk, copies[0])
    sources = {source: desk.inspect(source) for source in made["sources"]}
    standing = {
        source: thing
        for source, thing in sources.items()
        if thing and thing.handling.status is Status.LIVE and thing.expires > desk.today
    }
    changed = frozenset(
        source
        for source, digest in made["sources"].items()
        if source not in standing or freezing.digest_of(standing[source]) != digest
    )
    publication = desk.inspect(id)
    if changed and publication is not None:
        imprint = imprints[publication.kind]
        change = m.Change(changed, frozenset(sources) - frozenset(standing))
        if _is_answered(desk, imprint, publication, change, [sources[id] for id in changed]):
            return
    releases = release.releases_of(desk, id)
    taken = [copy for copy in copies if changed or not _stands(desk, copy, standing, releases)]
    for copy in taken:
        held.take_from_readers(desk, copy, "suspended")
    if any(thing is None or thing.handling.status is Status.DELETED for thing in sources.values()):
        held.forget(desk, id)
    if taken and publication is not None:
        why = "changed" if changed else "restricted"
        _tell_author(desk, imprints[publication.kind], publication, why, len(taken) == len(copies))


def _is_answered(
    desk: Desk, imprint: m.Imprint, publication: Thing, change: m.Change, changed: Iterable[Thing | None]
) -> bool:
    """Do what its room says: print it anew and tell all, or leave it as it is. False: suspend it.

    Of an erratum hears, in the author's bureau, who is cleared for what was wrong.
    """
    if publication.first("state") != "published":
        return False
    anew = imprint.anew(desk, publication, change)
    if anew is None:
        return False
    if isinstance(anew, m.Same):
        service.restate(desk, publication, anew.sources)
        return True
    try:
        kept = service.reprint(desk, imprint, publication, anew, "changed")
    except (Faulty, ValueError):  # what cannot be printed soundly is suspended
        return False
    like = meet(kept.handling, *[thing.handling for thing in changed if thing])
    _alert(desk, imprint, kept, "report-erratum", like)
    return True


def _stands(desk: Desk, copy: Thing, sources: Mapping[str, Thing], releases: release.Releases) -> bool:
    """Whether its reader may still read all of it; it is then handled as its sources are now.

    A release holds for the version that was released; one of an earlier version, whose content is the same,
    holds no more: its owner has changed the handling since.
    """
    number, level = int(copy.first("bureau")), max((t.handling.level for t in sources.values()), default=0)
    level = Level(max(level, copy.handling.level))
    reader = release.reading(desk, number, copy.first("officer"), level)
    if any(release.blocks_why(source, reader, releases) for source in sources.values()):
        return False
    handling = release.handling_of_copy(reader, level, sources.values(), releases)
    if handling != copy.handling:
        held.change_copy(desk, copy, handling=handling)
    return True


def _tell_author(desk: Desk, imprint: m.Imprint, publication: Thing, why: str, whole: bool) -> None:
    if publication.first("state") != "published":
        return
    did = "suspended" if whole else "copies-suspended"
    kept = service.keep(
        desk, imprint, publication, did, why, {"state": ("suspended",)} if whole else states.NOTHING
    )
    _alert(desk, imprint, kept, "report-suspended")


def _alert(desk: Desk, imprint: m.Imprint, kept: Thing, what: str, like: Handling | None = None) -> None:
    second = kept.first(imprint.within) if imprint.within else ""
    about = About(what, kept.id, second=second, other=kept.handling.owner)
    alert(desk, kept.handling.owner, about, like=like or kept.handling, once=f"{kept.id} {kept.version}")


def duties(house: House, imprints: m.Imprints) -> list[Duty]:
    """Publications whose sources have changed. `imprints`: of every kind that is published."""
    return [Duty("reports", Cascade(house, imprints).step, 5.0, "changed")]
