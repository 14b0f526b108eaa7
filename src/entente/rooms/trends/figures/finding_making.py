"""Breaks, rises and new ways are looked for once a day in what each bureau sees, or when somebody asks.

The machine looks with the reach of the bureau's own system (official, no compartment) for analysis, so that
every officer of the bureau may see what it found. It tells; a person judges.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

from entente.core.access import NOBODY, Handling, Purpose, View
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import Duty, told
from entente.match.goods import columns
from entente.match.trends import artefacts
from entente.match.trends import breaks as scans
from entente.match.trends import series as times
from entente.rooms.bureaus import About, alert, directory, machine_of
from entente.rooms.trends.figures import combos, sources
from entente.rooms.trends.figures.common_mode import DEEP, MOST_GOODS
from entente.rooms.trends.figures.dimensions import below
from entente.rooms.trends.figures.finding import KIND, keys, series_key
from entente.rooms.trends.figures.frame import framed
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.figures.sums import first_of

log = structlog.get_logger()
RECENT = 6
"""Complete months in which a break is news."""
MOST_NEW = 20
"""Findings of one sort in one run, the least likely to be chance first."""
SAME = 2
"""Months by which a break may be placed elsewhere and still be the same."""
MOST_SOURCES = 20_000
"""Seizures that a finding keeps the numbers of: the last ones."""
RUN = "findings/run:"
"""Note: the day on which a bureau's findings were last made."""
WHY = "seizures were counted anew"


@dataclass(frozen=True, slots=True)
class Found:
    """What is new: `series` names it, `figures` say how much, `records` are ids of seizures,
    `source` the numbers of all that were counted (sources.packed)."""

    sort: str
    series: Mapping[str, Any]
    period: int
    figures: Mapping[str, Any]
    reporting: bool = False
    records: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


def duties(house: House) -> list[Duty]:
    """What figures do by the clock."""
    return [Duty("findings", lambda: daily(house), 60.0)]


def daily(house: House) -> int:
    """Make the findings of the next bureau that has none of today; returns 1 when there was one.

    Nothing, and no journal entry, where the house keeps no seizure at all.
    """
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        every = View(bytes([1]) * (max(house.classes(tx), default=-1) + 1), (), desk.today)
        if not tx.things.listing(every, [columns.KIND], limit=1):
            return 0
        today = desk.today.isoformat()
        due = [
            b.number
            for b in directory(desk).values()
            if b.active and desk.recall(f"{RUN}{b.number}") != today
        ]
    if not due:
        return 0
    try:
        with sit(house, HOUSE_ASKER) as desk:
            found = looked(desk, due[0])
            desk.note("trend", what="findings", seen=len(found))
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            keep(desk, due[0], found)
    except Exception as error:
        log.error("findings of a bureau failed", bureau=due[0], **told(error))
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            desk.remember(f"{RUN}{due[0]}", today)
            desk.note("trend", what="findings", outcome="failed")
    return 1


def looked(desk: Desk, bureau: int) -> list[Found]:
    """What is new in what a bureau's own system sees, in a sitting that only reads (it takes a while)."""
    through = desk.as_house()
    machine = replace(machine_of(through, bureau, WHY), purpose=Purpose.ANALYSIS)
    seat = through.seated_as(machine)
    return [*_breaks(seat), *_combos(seat)]


def keep(desk: Desk, bureau: int, found: list[Found]) -> int:
    """Keep what the bureau does not have yet; returns how many that is. One alert tells of them all."""
    through = desk.as_house()
    ids = [_keep(through, bureau, one) for one in found if not _known(through, bureau, one)]
    through.remember(f"{RUN}{bureau}", desk.today.isoformat())
    if ids:
        alert(
            through, bureau, About("trend", object=ids[0], text=str(len(ids))), once=f"{desk.today} {ids[0]}"
        )
    desk.note("trend", what="findings", found=len(ids))
    return len(ids)


def _breaks(seat: Desk) -> list[Found]:
    """Breaks of the last months of goods by country of the seizure."""
    frame = framed(seat, Question())
    goods, names = below(frame["goods"], "", DEEP)
    code = frame["country"].astype(np.int64) * MOST_GOODS + goods
    at = np.flatnonzero((goods > 0) & (frame["country"] > 0))
    once = at[first_of(code[at], frame["n"][at])]
    when = times.periods(frame["date"], "month", frame["precision"])
    until = seat.today.toordinal() - times.EPOCH - 1
    table = times.counts(code[once], when[once], by="month", until=until)
    if not len(table.groups):
        return []
    broken = scans.several(table.whole())
    shared = artefacts.common(broken, table.groups % MOST_GOODS, table.groups // MOST_GOODS)
    recent = np.flatnonzero(broken.place >= table.whole().shape[1] - RECENT)
    found = []
    for b in recent[np.lexsort((recent, broken.p[recent]))][:MOST_NEW].tolist():
        group = int(table.groups[broken.series[b]])
        ratio = float(broken.ratio()[b])
        figures = {
            "before": round(float(broken.before[b]), 3),
            "after": round(float(broken.after[b]), 3),
            "ratio": round(ratio, 3) if np.isfinite(ratio) else None,
            "p": float(f"{broken.p[b]:.3g}"),
            "sharing": int(shared.sharing[b]),
            "of": int(shared.of[b]),
        }
        series = {"goods": names[group % MOST_GOODS], "place": columns.country_of(group // MOST_GOODS)}
        period = table.first + int(broken.place[b])
        behind = _source(frame["n"][once[code[once] == group]])
        found.append(Found("break", series, period, figures, bool(shared.flagged[b]), source=behind))
    return found


def _combos(seat: Desk) -> list[Found]:
    """Combinations that rose in the last month that is over, or came for the first time."""
    at = combos.last_over(seat, "month")
    frame = framed(seat, Question(), combos.NEEDS)
    made, behind_risen, behind_fresh = combos.rested(seat, frame, at, "month")
    risen = [
        Found(
            "surge",
            row.combination.model_dump(),
            at,
            {"seen": row.seen, "expected": row.expected, "p": row.p, "q": row.q},
            records=tuple(record.id for record in row.records),
            source=_source(numbers),
        )
        for row, numbers in zip(made.surges[:MOST_NEW], behind_risen, strict=False)
    ]
    fresh = [
        Found(
            "first-seen",
            row.combination.model_dump(),
            at,
            {"seen": row.seen, "usual": made.usual},
            records=tuple(record.id for record in row.records),
            source=_source(numbers),
        )
        for row, numbers in zip(made.first_seen[:MOST_NEW], behind_fresh, strict=False)
    ]
    return [*risen, *fresh]


def _source(numbers: NDArray[Any]) -> tuple[str, ...]:
    """All of them, the last kept ones where they are more than a paper holds."""
    return tuple(sources.packed(np.unique(numbers)[-MOST_SOURCES:]))


def _known(through: Desk, bureau: int, found: Found) -> bool:
    """Whether the bureau has it already: a break may have moved a little since. One that rests on what the
    bureau no longer sees is found anew from what it does see."""
    name = f"finding-of:{bureau}:{found.sort} {series_key(found.series)}"
    reach = SAME if found.sort == "break" else 0
    near = [
        thing
        for _, thing in through.inspect_all([name])
        if abs(_number(thing.first("period")) - found.period) <= reach
    ]
    return len(near) > len(sources.shaken(through, near, bureau))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _keep(through: Desk, bureau: int, found: Found) -> str:
    body = {
        "sort": found.sort,
        "state": "new",
        "series": json.dumps(found.series, ensure_ascii=False),
        "period": times.name(found.period, "month"),
        "length": "month",
        "figures": json.dumps(found.figures),
        "reporting": "yes" if found.reporting else "",
        "records": list(found.records),
        sources.SOURCE: list(found.source),
        "at": through.now.isoformat(timespec="seconds"),
    }
    kept = through.keep(
        KIND,
        {name: said for name, said in body.items() if said},
        Handling(bureau, see=NOBODY),
        keys=keys(bureau, "new", f"{found.sort} {series_key(found.series)}"),
    )
    return kept.id
