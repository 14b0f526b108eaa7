"""Names that are never published (victims, minors, protected witnesses): kept apart, for the checker alone.

They are a paper of the case's own bureau: no reviewer sees them, nor that there are any.
"""

import json
from collections.abc import Sequence

from entente.core.access import Level
from entente.core.journal import canonical
from entente.core.problems import Fault, Faulty, NotYours
from entente.desk import Desk
from entente.rooms.bureaus import own
from entente.rooms.reports.cases import checks, keeping
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import PROTECTED, Case
from entente.web.language import N_


def protected(desk: Desk, id: str) -> list[m.ProtectedName]:
    """The protected names of a case of one's own bureau. Raises Absent, NotYours."""
    case = keeping.look(desk, id)
    if case.owner != desk.asker.bureau:
        raise NotYours("Only the bureau whose case it is sees them.")
    desk.note("see", object=id, what="protected names")
    return for_the_checker(desk, id)


def protect(desk: Desk, id: str, names: Sequence[m.ProtectedName]) -> list[m.ProtectedName]:
    """Write them anew. Raises Faulty, Absent, NotYours."""
    case = keeping.mine(desk, id)
    faults = [*checks.unreadable({"names": [one.model_dump() for one in names]})]
    if len({one.name.casefold() for one in names}) != len(names):
        faults.append(Fault("names", N_("The same is given twice"), N_("Give each once.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    raw = {"case": id, "name": [canonical(one.model_dump()).decode() for one in names]}
    label = own(case.owner, Level[case.form.level.upper()])
    apart = desk.house.ids.of(PROTECTED, id)
    desk.keep(PROTECTED, raw, label, id=apart, version=0)
    desk.note("case", object=id, outcome="protected names", many=len(names))
    return list(names)


def relabel(desk: Desk, case: Case) -> None:
    """Its level has changed: theirs follows."""
    apart = desk.as_house().inspect(desk.house.ids.of(PROTECTED, case.id))
    if apart:
        label = own(case.owner, Level[case.form.level.upper()])
        desk.change(apart, handling=label)


def for_the_checker(desk: Desk, id: str) -> list[m.ProtectedName]:
    """The protected names of a case, whoever's it is: for what is published, and told to nobody."""
    kept = desk.as_house().inspect(desk.house.ids.of(PROTECTED, id))
    lines = kept.body.get("name", ()) if kept else ()
    return [m.ProtectedName.model_validate(json.loads(line)) for line in lines]
