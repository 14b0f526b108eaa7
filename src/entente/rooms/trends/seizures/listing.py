"""The list of seizures that one sees: the newest change first, or those of goods, a country, a period."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.columns import columns as columns_of
from entente.match.goods import columns
from entente.match.goods.columns import json_lines
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.numbers import number_keys
from entente.rooms.records import Strict
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.seizures import service, shown
from entente.rooms.trends.service import may_see

MOST = 200
_DAY = r"^(\d{4}-\d{2}-\d{2})?$"


class Asked(Strict):
    """Which seizures. `which`: all that one sees, one's own bureau's, or those of these with a quantity that
    waits to be confirmed. `number`: of a container, vessel, vehicle, parcel, seal or batch; `after`: the id
    at which a list goes on."""

    which: Literal["all", "mine", "held"] = "all"
    goods: Annotated[str, Field(max_length=60)] = ""
    country: Annotated[str, Field(max_length=2, pattern=r"^([a-z]{2})?$")] = ""
    since: Annotated[str, Field(max_length=10, pattern=_DAY)] = ""
    until: Annotated[str, Field(max_length=10, pattern=_DAY)] = ""
    number: Annotated[str, Field(max_length=60)] = ""
    after: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50

    @property
    def narrow(self) -> bool:
        """Whether it asks for goods, a country, a period, or what waits."""
        return self.which == "held" or bool(self.goods or self.country or self.since or self.until)


def listed(desk: Desk, asked: Asked) -> m.Listing:
    """The seizures in the view, and where the list goes on. Raises Faulty for goods or a day that are none,
    Absent for an `after` that is not in the view: a place in the store would count what others do."""
    found, after = things(desk, asked)
    return m.Listing(seizures=[shown.row(desk, thing) for thing in found], after=after)


def things(desk: Desk, asked: Asked) -> tuple[list[Thing], str]:
    """The same as things."""
    desk.note("see", what="seizures")
    if asked.number:
        return _of_number(desk, asked), ""
    return _narrowed(desk, asked) if asked.narrow else _newest(desk, asked)


def _of_number(desk: Desk, asked: Asked) -> list[Thing]:
    keys = [key for _label, key in number_keys(asked.number)]
    found = {t.id: t for _key, t in desk.find(keys, limit=1000) if _wanted(desk, t, asked)}
    return sorted(found.values(), key=lambda t: -t.place)[: asked.limit]


def _newest(desk: Desk, asked: Asked) -> tuple[list[Thing], str]:
    place = service.seen(desk, asked.after).place if asked.after else 0
    rows: list[Thing] = []
    while len(rows) <= asked.limit:
        batch = desk.table([columns.KIND], after=place, limit=MOST)
        rows += [t for _place, t in batch if _wanted(desk, t, asked)]
        if len(batch) < MOST:
            break
        place = batch[-1][0]
    return _cut(rows, asked.limit)


def _narrowed(desk: Desk, asked: Asked) -> tuple[list[Thing], str]:
    """By columns, the latest date first; those of no date last."""
    rows = columns_of(desk, columns.SPACE, ("n", "goods", "country", "date", "until", "held"))
    fits = np.ones(len(rows["n"]), bool)
    if asked.goods:
        if asked.goods not in TAXONOMY:
            what = f"“{asked.goods}” is no code of our goods"
            raise Faulty(faults=(Fault("goods", what, "Choose one of the list."),))
        low, high = TAXONOMY.range_of(asked.goods)
        fits &= (rows["goods"] >= low) & (rows["goods"] <= high)
    if asked.country:
        fits &= rows["country"] == columns.country(asked.country)
    if asked.since or asked.until:
        fits &= rows["date"] != columns.NO_DAY
    if asked.since:
        fits &= rows["until"] >= _day("since", asked.since)
    if asked.until:
        fits &= rows["date"] <= _day("until", asked.until)
    if asked.which == "held":
        fits &= rows["held"] > 0
    order = np.lexsort((-rows["n"][fits].astype(np.int64), -rows["date"][fits].astype(np.int64)))
    numbers = list(dict.fromkeys(rows["n"][fits][order].tolist()))
    start = 0
    if asked.after:
        last = service.seen(desk, asked.after).n
        if last not in numbers:
            raise Absent()
        start = numbers.index(last) + 1
    found: list[Thing] = []
    while start < len(numbers) and len(found) <= asked.limit:
        some = numbers[start : start + MOST]
        there = {t.n: t for t in desk.tx.things.rows(some, desk.view)}
        found += [there[n] for n in some if n in there and _wanted(desk, there[n], asked)]
        start += MOST
    return _cut(found, asked.limit)


def _day(field: str, text: str) -> int:
    first, _last, precision = columns.days_of(text)
    if precision != 1:
        raise Faulty(faults=(Fault(field, f"“{text}” is no date", "Write year-month-day."),))
    return first


def _wanted(desk: Desk, thing: Thing, asked: Asked) -> bool:
    mine = thing.handling.owner == desk.asker.bureau
    lines = json_lines(thing.body.get("item", ())) if asked.which == "held" else ()
    if asked.which == "held" and not any(line.get("held") for line in lines):
        return False
    return thing.kind == columns.KIND and (mine or (asked.which == "all" and may_see(desk, thing)))


def _cut(rows: list[Thing], limit: int) -> tuple[list[Thing], str]:
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else ""
