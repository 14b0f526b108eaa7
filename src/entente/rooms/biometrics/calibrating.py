"""Tables of false matches, made on a bureau's own gallery: how often its own different persons reach a score.

What is compared is open to every officer of the bureau (official, in no compartment), so that a table tells
nobody of what he may not see. Comparing is done beside the writer, and only the table is kept.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations
from random import Random

from entente.core.access import Asker, Level, Purpose
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match import faces, prints
from entente.match.prints import Print
from entente.match.rates import Calibration
from entente.rooms.biometrics import tables
from entente.rooms.biometrics.curves import thinned
from entente.rooms.biometrics.samples import FACE, SET, Held, held, told
from entente.rooms.biometrics.scoring import SHIPPED
from entente.rooms.bureaus import directory, own

LEAST, MOST = 1_000, 2_000
"""Pairs of different persons without which a bureau has no table of its own, and that are compared."""
FEW_GENUINE = 20
"""Pairs of one person without which no curve of errors is drawn."""
MOST_SETS = 600
"""Of a bureau, the newest: pairs of so many are far more than are compared."""
TWICE = 4.5
"""By the house's table: from here on two samples are rather of one person enrolled twice than of strangers.
Of 2,000 pairs of strangers, one in sixteen galleries holds one that reaches it."""
_NOTE = "biometrics/table of"
_PAGE = 100
_FEW = 50_000
"""Pairs up to which all are listed before some are drawn."""


@dataclass(frozen=True, slots=True)
class Owned:
    """A sample, and whose it is: the person's record, else the set."""

    who: str
    held: Held
    quality: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """What may be compared with each other: fingers by position, faces by encoder."""

    prints: Mapping[str, Sequence[Owned]] = field(default_factory=dict)
    faces: Mapping[str, Sequence[Owned]] = field(default_factory=dict)


Pair = tuple[Owned, Owned]
Score = Callable[[Owned, Owned], float]


def any_examiner(bureau: int) -> Asker:
    """Whoever of a bureau holds no compartment and is cleared for nothing: what he sees, all of them see."""
    why = "the bureau's table of false matches"
    return Asker("examiner", bureau, Purpose.FORENSIC, why, active=True, clearance=Level.OFFICIAL)


def gallery_of(desk: Desk) -> Gallery:
    """What the asker's bureau has of persons, of its newest sets. Fingers of no position are left out."""
    fingers: dict[str, list[Owned]] = defaultdict(list)
    portraits: dict[str, list[Owned]] = defaultdict(list)
    after = count = 0
    while count < MOST_SETS:
        page = desk.table([SET], key=f"biometrics:{desk.asker.bureau}", after=after, limit=_PAGE)
        for _, thing in page:
            for one in _owned(thing):
                if one.held.what == FACE:
                    portraits[one.held.face.partition(":")[0]].append(one)
                elif one.held.position:
                    fingers[str(one.held.position)].append(one)
        count += len(page)
        if len(page) < _PAGE:
            break
        after = page[-1][0]
    return Gallery(dict(fingers), dict(portraits))


def _owned(thing: Thing) -> list[Owned]:
    if thing.first("sort") == "mark":
        return []
    who = thing.first("person") or thing.id
    said = zip(held(thing), told(thing), strict=True)
    return [Owned(who, one, int(more["quality"])) for one, more in said]


def strangers(groups: Mapping[str, Sequence[Owned]], most: int = MOST) -> list[Pair]:
    """Pairs of different persons' samples of one position or encoder: the best sample of each person.

    The same for the same gallery. Where there are more, so many are drawn, each pair as likely as another.
    """
    best = [_best(same) for _, same in sorted(groups.items())]
    counts = [len(same) * (len(same) - 1) // 2 for same in best]
    dice = Random(repr(counts))  # noqa: S311  # of no secret: the same gallery gives the same pairs
    if sum(counts) <= _FEW:
        every = [pair for same in best for pair in combinations(same, 2)]
        return every if len(every) <= most else dice.sample(every, most)
    drawn: dict[tuple[int, int, int], Pair] = {}
    while len(drawn) < most:
        (which,) = dice.choices(range(len(best)), counts)
        first, second = sorted(dice.sample(range(len(best[which])), 2))
        drawn[which, first, second] = (best[which][first], best[which][second])
    return list(drawn.values())


def _best(same: Sequence[Owned]) -> list[Owned]:
    """The best sample of each person, in an order of its own."""
    chosen: dict[str, Owned] = {}
    for one in same:
        if one.who not in chosen or one.quality > chosen[one.who].quality:
            chosen[one.who] = one
    return [chosen[who] for who in sorted(chosen)]


def same_person(groups: Mapping[str, Sequence[Owned]], most: int = MOST) -> list[Pair]:
    """Pairs of one person's samples of one position or encoder: the first so many, by person."""
    pairs = []
    for _, same in sorted(groups.items()):
        by: dict[str, list[Owned]] = defaultdict(list)
        for one in same:
            by[one.who].append(one)
        pairs += [pair for _, mine in sorted(by.items()) for pair in combinations(mine, 2)]
    return pairs[:most]


def prints_score(a: Owned, b: Owned) -> float:
    """What `match.prints` says of two fingers; 0 where one has no minutiae."""
    if a.held.print is None or b.held.print is None:
        return 0.0
    return prints.compare(_prepared(a.held.print), _prepared(b.held.print)).score


@lru_cache(maxsize=1024)
def _prepared(one: Print) -> "prints.Prepared":
    return prints.prepare(one)


def faces_score(a: Owned, b: Owned) -> float:
    """What `match.faces` says of two faces of one encoder."""
    return faces.compare(faces.of_text(a.held.face)[1], faces.of_text(b.held.face)[1])


def compared(gallery: Gallery) -> list[tuple[str, Mapping[str, Sequence[Owned]], Score]]:
    """What may be measured in a gallery: its name, samples, how two are scored; faces by their encoder."""
    by_encoder = [(f"faces by {name}", {name: of}, faces_score) for name, of in sorted(gallery.faces.items())]
    return [("fingers", gallery.prints, prints_score), *by_encoder]


# --- the duty ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores of pairs of different persons and of one person. `matcher`: of faces with their encoder."""

    strangers: Sequence[float]
    genuine: Sequence[float]
    matcher: str = ""

    @property
    def enough(self) -> bool:
        return len(self.strangers) >= LEAST


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of table: its matcher, how it scores, and the house's tables, by encoder for faces."""

    name: str
    matcher: str
    score: Score
    shipped: Mapping[str, Calibration]

    def of(self, gallery: Gallery) -> Mapping[str, Sequence[Owned]]:
        """All fingers; of faces those of one encoder, the one that most are of."""
        if self.name == "prints":
            return gallery.prints
        most = sorted(gallery.faces, key=lambda space: (-len(gallery.faces[space]), space))[:1]
        return {space: gallery.faces[space] for space in most}

    def measured(self, gallery: Gallery) -> Measured:
        """Scores of different persons; fewer than LEAST make no table. And of one person, where he is there
        twice: by those the curve of errors is drawn."""
        groups = self.of(gallery)
        space = next(iter(groups), "") if self.name == "faces" else ""
        scores = [self.score(*pair) for pair in strangers(groups)]
        genuine = [self.score(*pair) for pair in same_person(groups)]
        # without a table, who is enrolled twice is not told apart: such a bureau's scores are rather too low
        if shipped := self.shipped.get(space):
            scores = [score for score in scores if shipped.at(score) < TWICE]
        return Measured(scores, genuine, tables.matcher_of(space) if space else self.matcher)


def sorts() -> tuple[_Sort, _Sort]:
    """Both sorts of table, of today's matchers."""
    return (
        _Sort("prints", prints.MATCHER, prints_score, {"": SHIPPED.prints}),
        _Sort("faces", faces.MATCHER, faces_score, SHIPPED.faces),
    )


class Tables:
    """A duty: one bureau's tables a step, of each at most once a day and where its gallery has changed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._looked: dict[int, date] = {}

    def step(self) -> bool:
        """Whether a bureau was due."""
        house, today = self._house, self._house.clock().date()
        with house.store.reading() as tx:
            desk = Desk(house, HOUSE_ASKER, tx, writing=False)
            due = (n for n in directory(desk) if self._looked.get(n) != today)
            bureau = next(due, None)
            if bureau is None:
                return False
            self._looked[bureau] = today
            seat = desk.seated_as(any_examiner(bureau))
            newest, before = _newest(seat), desk.recall(f"{_NOTE} {bureau}")
            # a table expires in a year: the month makes it anew where nothing else does
            noted = f"{newest} {today:%Y-%m} {' '.join(sort.matcher for sort in sorts())}"
            day, _, known = before.partition(" ")
            if day == today.isoformat() or known == noted or not (newest or before):
                return True
            gallery = gallery_of(seat)
            standing = [sort for sort in sorts() if desk.inspect(tables.id_of(seat, sort.name))]
        measured = [(sort, sort.measured(gallery)) for sort in sorts()]
        noted = f"{today.isoformat()} {noted}"
        if not standing and not any(one.enough for _, one in measured):
            with house.bookkeeping() as tx:
                tx.notes.write(f"{_NOTE} {bureau}", noted)
            return True
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            for sort, one in measured:
                _keep(desk, bureau, sort, one)
            desk.remember(f"{_NOTE} {bureau}", noted)
            desk.note(
                "administer", what="biometric tables", pairs=[len(one.strangers) for _, one in measured]
            )
        return True


def _newest(desk: Desk) -> int:
    return next((place for place, _ in desk.table([SET], key=f"biometrics:{desk.asker.bureau}", limit=1)), 0)


def _keep(desk: Desk, bureau: int, sort: _Sort, measured: Measured) -> None:
    """The table of these scores; none where they are too few, so that the house's is used."""
    id = tables.id_of(desk.seated_as(any_examiner(bureau)), sort.name)
    if not measured.enough:
        if desk.inspect(id):
            desk.erase(id)
        return
    table = Calibration.of(measured.strangers).to_dict()
    if len(measured.genuine) >= FEW_GENUINE:
        table["det"] = thinned(measured.genuine, measured.strangers)
        table["genuine"] = len(measured.genuine)
    body = {
        "sort": sort.name,
        "matcher": measured.matcher or sort.matcher,
        "table": json.dumps(table),
        "compared": str(len(measured.strangers)),
        "at": desk.now.isoformat(timespec="seconds"),
    }
    desk.keep(tables.TABLE, body, own(bureau), id=id, version=0)
