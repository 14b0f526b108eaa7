"""What becomes of cases by themselves: the time to appeal has passed, or a source has changed.

That no appeal was filed is nothing the house knows: a person is asked to confirm that the judgment is final,
and until he does the claim stays where it is. A source that is gone or restricted relabels the case at once.
"""

from collections.abc import Callable, Iterable

import structlog

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, sit
from entente.desk.work import told
from entente.rooms.bureaus import About, alert
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.cases.case import KIND, case_of
from entente.rooms.reports.cases.keeping import DEADLINES, WALKED

log = structlog.get_logger()
BATCH = 100
CHANGES = 500
FAR = 10_000
"""Changes of no interest after which the place is noted all the same."""


def tick(house: House) -> bool:
    """Ask for each judgment whose time to appeal has passed, once; True where there was one."""
    if not is_due(house, DEADLINES):
        return False
    with sit(house, HOUSE_ASKER) as desk:
        due = [thing.id for _, thing in desk.inspect_agenda(DEADLINES, come(desk.now), BATCH)]
        desk.note("remind", what="case studies", due=len(due))
    done = [_each(house, id, _passed) for id in due]  # each of them, whatever became of the one before
    return any(done)


def _each(house: House, id: str, do: Callable[[Desk, Thing], None]) -> bool:
    """In a sitting of its own: one that fails is logged, and keeps no other from its alarm."""
    try:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            thing = desk.inspect(id)
            if thing is not None and thing.kind == KIND:
                do(desk, thing)
            desk.note("remind", object=id, what="case study")
    except Exception as error:
        log.error("a case study's clock failed", case=id, **told(error))
        return False
    return True


def _passed(desk: Desk, thing: Thing) -> None:
    """Ask the case's bureau, once for each judgment, to confirm that it is final."""
    case = case_of(thing)
    today = desk.today.isoformat()
    passed = [(n, deadline) for n, deadline in keeping.waiting(case) if deadline < today]
    if not passed:
        return
    names = [f"{n} {deadline}" for n, deadline in passed]
    said = (*thing.body.get("told", ()), *names)[-keeping.MOST_TOLD :]
    keeping.keep(desk, case, case, told=said)
    for name in names:
        about = About("case-changed", object=case.id, other=case.owner, text=f"appeal {name}")
        alert(desk, case.owner, about, like=thing.handling, once=f"{case.id} appeal {name}")


class Sources:
    """Follows the change feed: what cases rest on, when it is restricted, corrected or gone."""

    def __init__(self, house: House) -> None:
        self._house, self._walked = house, 0

    def step(self) -> bool:
        """Look at the next changes; True while there may be more."""
        house = self._house
        with house.store.reading() as tx:
            walked = tx.notes.read(WALKED)
            if not walked:
                return False  # there never was a case
            noted, newest = int(walked), tx.upkeep.newest()
            after = min(max(noted, self._walked), newest)  # the store may be put back from an older copy
            changes = tx.upkeep.changes(after, CHANGES)
            reached = changes[-1].place if len(changes) == CHANGES else newest
            found = _cases_of(Desk(house, HOUSE_ASKER, tx, writing=False), [c.id for c in changes])
        for id in found:
            _each(house, id, relabel)
        if found or len(changes) == CHANGES or not 0 <= reached - noted < FAR:
            with house.bookkeeping() as tx:
                tx.notes.write(WALKED, str(reached))
        self._walked = reached
        return len(changes) == CHANGES


def _cases_of(desk: Desk, changed: Iterable[str]) -> list[str]:
    """Cases that rest on one of these, and whose label or sources are not what they were."""
    found = desk.inspect_all([f"case-source:{id}" for id in changed])
    cases = {thing.id: thing for _, thing in found if thing.kind == KIND}
    return sorted(id for id, thing in cases.items() if _differs(desk, thing))


def _differs(desk: Desk, thing: Thing) -> bool:
    """Whether it must be labelled anew. One that cannot be read keeps no other from it."""
    case = keeping.readable(thing)
    if case is None:
        return False
    label, gone = keeping.label_of(desk, case)
    return label != thing.handling or gone != thing.body.get("gone", ())


def relabel(desk: Desk, thing: Thing) -> None:
    """The case is handled as its sources now are; that one is gone is told to its bureau and reviewers."""
    if not _differs(desk, thing):
        return
    case = case_of(thing)
    kept = keeping.keep(desk, case, case)
    if set(kept.gone) - set(case.gone):
        for bureau in dict.fromkeys((case.owner, *case.reviewers)):
            about = About("case-changed", object=case.id, other=case.owner, text="source")
            alert(desk, bureau, about, like=thing.handling, once=f"{case.id} {kept.thing.version}")
