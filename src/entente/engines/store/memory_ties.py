"""The twin's ties: every link looked at, one after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from entente.core.access import View
from entente.core.things import Thing
from entente.engines.links import NAMES, Bond
from entente.engines.store.remembered import Part
from entente.engines.store.rows import on, plain


class MemoryTies(Part):
    def links(self, id: str, view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        found = {
            (prop, t.id): t
            for kept, t in self._seen(view)
            for to, prop, side, *_ in kept.marks[1]
            if to == id and side != NAMES
        }
        return [(prop, found[prop, one]) for prop, one in sorted(found)][:limit]

    def around(
        self,
        ids: Sequence[str],
        view: View,
        kinds: Sequence[str] = (),
        sides: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        each: int = 50,
        most: int = 2000,
    ) -> list[Bond]:
        plain(*kinds, *sides)
        told: list[Bond] = []
        many: Counter[str] = Counter()
        for bond in self._bonds(ids, view, since, until):
            if (not kinds or bond.kind in kinds) and (not sides or bond.side in sides):
                many[bond.near] += 1
                if many[bond.near] <= each and len(told) < most:
                    told.append(bond)
        return told

    def counted(
        self, ids: Sequence[str], view: View, since: date | None = None, until: date | None = None
    ) -> list[tuple[str, str, str, int]]:
        bonds = self._bonds(ids, view, since, until)
        many = Counter((bond.near, bond.kind, bond.side) for bond in bonds)
        return [(*of, many[of]) for of in sorted(many)]

    def _bonds(
        self, ids: Sequence[str], view: View, since: date | None, until: date | None
    ) -> Iterator[Bond]:
        seen = self._seen(view)
        known = {thing.id for _, thing in seen}
        near = known.intersection(ids)
        rows = [
            (kept.n, link, mark)
            for kept, link in seen
            for mark in kept.marks[1]
            if mark[0] in near and mark[3] in known
        ]
        rows.sort(key=lambda row: (row[2][0], row[1].kind, row[2][2], row[2][3], row[0], row[2][1]))
        for _n, link, (to, prop, side, far, first, last) in rows:
            days = (None if first is None else on(first), None if last is None else on(last))
            if _within(*days, since, until):
                yield Bond(to, far, prop, side, link.id, link.kind, *days)

    def history(self, id: str, view: View) -> list[Thing]:
        for _, newest in self._seen(view):
            if newest.id == id:
                return [newest, *(_under(newest, old) for old in self._state.before.get(id, ()))]
        return []


def _under(newest: Thing, old: Thing) -> Thing:
    """An old version, guarded as the newest is."""
    return replace(old, handling=newest.handling, class_id=newest.class_id, place=newest.place)


def _within(first: date | None, last: date | None, since: date | None, until: date | None) -> bool:
    """Whether a link of these days has one in the window; without a date it has none."""
    if not (since or until):
        return True
    if not (first or last):
        return False
    return (first or date.min) <= (until or date.max) and (last or date.max) >= (since or date.min)
