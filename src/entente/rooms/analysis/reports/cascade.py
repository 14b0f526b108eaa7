"""The cascade: what becomes of a published report when one of its sources changes (LED 7(3), RPD 51).

A source that is corrected, suspended, deleted or out of date makes the report wrong for all: it is suspended,
with every copy. One that is only handled otherwise is judged for each recipient anew: his copy is
handled as the source now is, or suspended where he may not read it any more. Readers are told within seconds.
"""

from collections.abc import Iterable, Mapping

from entente.core.access import Level, Status
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.analysis.reports import publishing, release, states
from entente.rooms.bureaus import About, alert

BATCH = 500
FAR = 10_000
"""Changes of no interest after which the place is noted all the same."""


class Cascade:
    """Follows the change feed, and holds what changed against what published copies are made of."""

    def __init__(self, house: House) -> None:
        self._house, self._walked = house, 0

    def step(self) -> bool:
        """Look at the next changes; True while there may be more."""
        house = self._house
        with house.store.reading() as tx:
            said = tx.notes.read(publishing.WALKED)
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
                    judge(desk, report)
                desk.note("publish", outcome="looked at reports")
                desk.remember(publishing.WALKED, str(reached))
        elif len(changes) == BATCH or not 0 <= reached - noted < FAR:
            with house.bookkeeping() as tx:
                tx.notes.write(publishing.WALKED, str(reached))
        self._walked = reached
        return len(changes) == BATCH


def _reports_of(desk: Desk, changed: Iterable[str]) -> set[str]:
    """Reports of which a published copy is made of one of these."""
    found = desk.inspect_all([states.made_of(id) for id in changed])
    return {t.first("report") for _key, t in found if t.first("state") == "published"}


def judge(desk: Desk, report: str) -> None:
    """Hold a report's copies against their sources as these are now: relabel or suspend them."""
    copies = [c for c in publishing.copies_of(desk, report) if c.first("state") == "published"]
    if not copies:
        return
    made = publishing.manifest(desk, copies[0])
    sources = {id: desk.inspect(id) for id in made["sources"]}
    standing = {
        id: thing
        for id, thing in sources.items()
        if thing and thing.handling.status is Status.LIVE and thing.expires > desk.today
    }
    releases = release.releases_of(desk, report)
    changed = [
        id
        for id, digest in made["sources"].items()
        if id not in standing or publishing.digest_of(standing[id]) != digest
    ]
    taken = [copy for copy in copies if changed or not _stands(desk, copy, standing, releases)]
    for copy in taken:
        publishing.take_from_readers(desk, copy, "suspended")
    if any(thing is None or thing.handling.status is Status.DELETED for thing in sources.values()):
        publishing.forget(desk, report)
    if taken:
        _tell_author(desk, report, "changed" if changed else "restricted", whole=len(taken) == len(copies))


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
        publishing.change_copy(desk, copy, handling=handling)
    return True


def _tell_author(desk: Desk, id: str, why: str, whole: bool) -> None:
    report = desk.inspect(id)
    if report is None or report.first("state") != "published":
        return
    did = "suspended" if whole else "copies-suspended"
    kept = states.keep(desk, report, did, why, {"state": ("suspended",)} if whole else {})
    about = About("report-suspended", id, second=report.first("file"), other=report.handling.owner)
    alert(desk, report.handling.owner, about, like=report.handling, once=f"{id} {kept.version}")
