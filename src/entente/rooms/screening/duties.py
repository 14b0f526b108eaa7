"""The screener: the next part of one list, then of the next, a part at a time, as long as there is any."""

from datetime import datetime, timedelta

from entente.core.access import Asker
from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import Duty
from entente.rooms.screening import changes, model, parts, sheets
from entente.rooms.screening.answering import ask_rows, keep_part, searcher
from entente.rooms.screening.service import DUE, changed, is_watched, shown

LOOKS = timedelta(minutes=15)
"""How long a list that is watched is left alone before what changed is looked at again."""
ERASED_AT_ONCE = 200
FAR = 10_000
"""Changes after which it is noted up to where a watched list was led past them."""


def duties(house: House) -> list[Duty]:
    return [Duty("screening", Screener(house).step, 1.0, "changed")]


def progress(house: House, id: str) -> model.Screening:
    """How far one is, for whoever sits at the machine. Raises Absent."""
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        screening = desk.inspect(id)
        if screening is None:
            raise Absent()
        return shown(desk, screening)


class Screener:
    """The duty: one for a house and process. It keeps in memory nothing that cannot be found again."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._last = ""
        self._sheet: tuple[str, list[sheets.Row]] = ("", [])
        self._walks: dict[str, changes.Pass] = {}
        self._looked: dict[str, tuple[datetime, int]] = {}

    def step(self) -> bool:
        """Do a part of the next screening that has something to do; True where one had."""
        with self._house.store.reading() as tx:
            desk = Desk(self._house, HOUSE_ASKER, tx, writing=False)
            due = sorted(t.id for _, t in desk.inspect_all([DUE]) if self._is_due(desk, t))
        if not due:
            return False
        self._last = next((id for id in due if id > self._last), due[0])
        return self.advance(self._last)

    def advance(self, id: str) -> bool:
        """Do the next part of one; False where there is nothing to do for it."""
        house = self._house
        with house.store.reading() as tx:
            desk = Desk(house, HOUSE_ASKER, tx, writing=False)
            screening = desk.inspect(id)
            if screening is None or not self._is_due(desk, screening):
                return False
            asker = searcher(desk, screening)
            number = parts.done(desk, screening)
            batch = int(screening.first("batch"))
            if asker and number < parts.parts_of(screening):
                rows = self._rows(screening, number * batch, batch)
                answers = ask_rows(desk, screening, asker, rows)
        if asker is None:
            return self._rests(screening)
        if number < parts.parts_of(screening):
            keep_part(house, screening, asker, number, answers)
            return True
        return self._erased_some(screening) or self._looked_on(screening, asker)

    def _is_due(self, desk: Desk, screening: Thing) -> bool:
        if changes.is_waited_for(screening):
            return True
        if not is_watched(screening, desk.today):
            return False
        at, place = self._looked.get(screening.id, (None, -1))
        return at is None or (at + LOOKS <= desk.now and desk.newest() > place)

    def _rows(self, screening: Thing, first: int, many: int) -> list[sheets.Row]:
        number, start = divmod(first, sheets.SHEET)
        blob = screening.body["blobs"][number]
        if self._sheet[0] != blob:
            self._sheet = (blob, sheets.sheet(self._house, screening, number))
        return self._sheet[1][start : start + many]

    def _rests(self, screening: Thing) -> bool:
        """Its officer may not search at present: it stops, and he may go on with it when he may again."""
        with sit(self._house, HOUSE_ASKER, writing=True) as desk:
            now = desk.inspect(screening.id)
            if now is not None and now.version == screening.version:
                changed(desk, now, {"state": ("stopped",), "why": ("not-allowed",)})
            desk.note("screen", object=screening.id, outcome="stopped")
        return True

    def _erased_some(self, screening: Thing) -> bool:
        """Parts of the lists before go, when all that is kept of them has been taken over."""
        with self._house.store.reading() as tx:
            left = parts.of_older(Desk(self._house, HOUSE_ASKER, tx, writing=False), screening)
        if left:
            with sit(self._house, HOUSE_ASKER, writing=True) as desk:
                for id in left[:ERASED_AT_ONCE]:
                    desk.erase(id)
                desk.note("screen", object=screening.id, outcome="tidied")
        return bool(left)

    def _looked_on(self, screening: Thing, asker: Asker) -> bool:
        """Lead the next sheet past what changed; at the end of it the screening is done."""
        house, walk = self._house, self._walks.get(screening.id)
        with house.store.reading() as tx:
            desk = Desk(house, HOUSE_ASKER, tx, writing=False)
            if walk is None or not changes.is_for(walk, screening):
                looked = self._looked.get(screening.id, (None, -1))[1]
                walk = self._walks[screening.id] = changes.begun(desk, screening, looked)
            met = [] if walk.over else changes.look(desk, screening, asker, walk)
        if met and not changes.tell(house, screening, asker, walk, met):
            del self._walks[screening.id]
            return True
        if not walk.over:
            changes.went_on(screening, walk)
            return True
        del self._walks[screening.id]
        if not screening.first("silent"):
            self._looked[screening.id] = (house.clock(), walk.reached)
        if changes.is_waited_for(screening) or walk.reached - int(screening.first("since")) >= FAR:
            changes.finish(house, screening, walk)
        return True
