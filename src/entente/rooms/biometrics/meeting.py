"""What an enrolment meets: a mark and a person's set, or two sets of a person, are a task for an examiner.

A duty walks the change feed of sets as far as the engine of galleries knows it. Each bureau's side is found
in its own view and kept as its own comparison, whichever set came later: what a bureau may not see has no
part in what it is told, neither by being there nor by crowding others out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from entente.core.access import Asker, Decision, Handling, Level, Purpose, decide
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.desk.following import Changes
from entente.desk.galleries import hinting_proposed, proposed
from entente.desk.retention import about
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import gallery
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.gallery import Engine, Found
from entente.rooms.biometrics.samples import SET, held
from entente.rooms.biometrics.scoring import SHIPPED, Scored, scored
from entente.rooms.bureaus import About, Bureau, alert, directory

TASK = "biometric"
"""The alert."""
DUPLICATE_FROM, ONE_FROM, MARK_FROM = 8.0, 5.0, 4.0
"""Scores: one in 100 million strangers for two sets, one in 100,000 where a single sample is compared (one
finger reaches 5.7: the shipped table tells nothing rarer), one in 10,000 for a mark, a part of a finger."""
CONTACT_FROM = 5.0
"""Score from which an owner is named who only lets it be known whom to ask: a mark is one finger."""
MOST = 20
"""Comparisons of a set that a bureau is told of, of each sort: the nearest."""
MOST_OF_ONE = 3
"""Comparisons of a set with those of one other owner that wait at once, of each sort: copies of one set, or
sets that an owner makes to fill another's list, are no more work than that."""
BATCH = 50
"""Changes of any kind that are walked at once; of sets among them each is looked for in the galleries."""
WHY = "what an enrolment met"
"""The justification of the comparisons: nobody asked, the house looked."""


Near = tuple[str, Thing, float]


@dataclass(frozen=True, slots=True)
class Side:
    """What one bureau is told: its own set, and another that it may see or whose owner it may contact."""

    bureau: int
    how: str
    sort: str
    mine: Thing
    theirs: Thing
    near: Scored | None = None

    def compared(self) -> "Side":
        """With how near they are: its own set's samples are those asked, whoever asked. Of an owner to
        contact that is not told."""
        if self.how == c.CONTACT:
            return self
        return replace(self, near=scored(held(self.mine), held(self.theirs), SHIPPED))

    def id(self, desk: Desk) -> str:
        """One of two sets, whichever came later; of an owner to contact one a set, which tells no number."""
        return self.contact_id(desk, self.level) if self.how == c.CONTACT else self.pair_id(desk)

    @property
    def level(self) -> Level:
        """For those who may know of both: an owner may hint at what not everybody is cleared for."""
        return max(self.mine.handling.level, self.theirs.handling.level)

    def pair_id(self, desk: Desk) -> str:
        return c.id_of(desk, self.bureau, self.mine.id, self.theirs.id)

    def contact_id(self, desk: Desk, level: Level) -> str:
        name = f"contact {self.theirs.handling.owner}"
        return c.id_of(desk, self.bureau, self.mine.id, f"{name} {level.name}" if level else name)


@dataclass(slots=True)
class Met:
    """The sides of one batch, by the id of their comparison."""

    sides: dict[str, Side] = field(default_factory=dict)


class Meetings:
    """The duty: one for a house and process."""

    def __init__(self, house: House) -> None:
        self._changes = Changes(house, "biometrics/met", (SET,), house.galleries.watermark, BATCH)

    def step(self) -> int:
        """Bring the next sets together with what is there; returns how many there were."""
        met = Met()
        return self._changes.step(partial(_look, met), partial(_tell, met))


# --- who met -------------------------------------------------------------------------------------


def _look(met: Met, desk: Desk, sets: Sequence[Thing]) -> bool:
    for one in sets:
        for side in sides_of(desk, one):
            if _is_new(desk, side) and (id := side.id(desk)) not in met.sides:
                met.sides[id] = side.compared()  # here, and not in the writer's turn
    return bool(met.sides)


def _is_new(desk: Desk, side: Side) -> bool:
    """A pair is told once, and a verdict on it holds, whatever is said of the sets' handling later. Of an
    owner nobody is told anew who was told at a lower level."""
    ids = [side.pair_id(desk)]
    if side.how == c.CONTACT:
        ids += [side.contact_id(desk, level) for level in Level if level <= side.level]
    return not any(desk.inspect(id) for id in ids)


def sides_of(desk: Desk, one: Thing) -> Iterator[Side]:
    """Every bureau's sides of what a set meets. The house's to ask."""
    bureaus = directory(desk)
    owner = bureaus.get(one.handling.owner)
    if owner:
        asker = _examiner(owner, one)
        for sort, theirs, _ in _nearest(_near(desk.seated_as(asker), one, proposed)):
            yield _ordered(Side(owner.number, c.SHOWN, sort, one, theirs))
        hinting = [
            theirs
            for _, theirs, score in _near(desk.seated_as(asker), one, hinting_proposed)
            if score >= CONTACT_FROM
        ]
        told: set[int] = set()
        for theirs in sorted(hinting, key=lambda theirs: theirs.handling.level):
            if theirs.handling.owner not in told:
                told.add(theirs.handling.owner)
                yield _contact(owner.number, one, theirs)
    for bureau in bureaus.values():
        yield from _across(desk, bureau, one)


def _across(desk: Desk, bureau: Bureau, one: Thing) -> Iterator[Side]:
    """What a bureau is told of a set, because of what it has itself: its own sets alone are looked at."""
    needs = [h.need for h in desk.classes() if h.owner == bureau.number]
    held_by_some = frozenset[str]().union(*needs)
    any_of_them = c.examiner(bureau.number, bureau.active, held_by_some, WHY)
    if decide(any_of_them, one.handling) is Decision.NONE:
        return
    # at its own desk nothing foreign is open, so that what others have crowds out nothing of its own
    own_desk = Asker(
        any_of_them.officer,
        bureau.number,
        Purpose.DESK,
        WHY,
        active=bureau.active,
        clearance=Level.CONFIDENTIAL,
        held=held_by_some,
    )
    for sort, mine, score in _nearest(_near(desk.seated_as(own_desk), one, proposed)):
        decision = decide(_examiner(bureau, mine), one.handling)
        if decision is Decision.FULL:
            yield _ordered(Side(bureau.number, c.SHOWN, sort, mine, one))
        elif decision is Decision.CONTACT and score >= CONTACT_FROM:
            yield _contact(bureau.number, mine, one)


def _examiner(bureau: Bureau, mine: Thing) -> Asker:
    """Of those who may know of a set of theirs; the comparison's label keeps it to their level."""
    return c.examiner(bureau.number, bureau.active, mine.handling.need, WHY)


def _nearest(found: Iterable[Near]) -> Iterator[Near]:
    """The nearest of each sort, among those that every reader of a set may see as well: what some of a
    bureau's officers are not cleared for crowds out nothing that they are told of."""
    kept: list[Near] = []
    for one in found:
        sort, label = one[0], one[1].handling
        nearer = (n.handling for s, n, _ in kept if s == sort)
        if sum(n.level <= label.level and n.need <= label.need for n in nearer) < MOST:
            yield one
        kept.append(one)


def _near(desk: Desk, one: Thing, engine: Engine) -> Iterator[Near]:
    """What is near a set in this view, nearest of each sort first: sort, set, score.

    Two sets that name the same record of a person are known to be of one: no task.
    """
    ways: list[tuple[str, m.Against]] = []
    if one.first("sort") != "mark":
        ways = [(c.DUPLICATE, "persons"), (c.MARK, "marks")]
    elif "marks" in one.body:
        ways = [(c.MARK, "persons")]
    for sort, against in ways:
        found = gallery.near(desk, held(one), against, SHIPPED, engine)
        others = [f for f in found if _is_enough(sort, f) and not _is_known(f.thing, one)]
        for f in others:
            yield sort, f.thing, f.scored.score


def _is_enough(sort: str, found: Found) -> bool:
    if sort == c.MARK:
        return found.scored.score >= MARK_FROM
    return found.scored.score >= (DUPLICATE_FROM if len(found.scored.parts) > 1 else ONE_FROM)


def _is_known(one: Thing, other: Thing) -> bool:
    person = one.first("person")
    return one.id == other.id or (bool(person) and person == other.first("person"))


def _ordered(side: Side) -> Side:
    """Of two sets of one bureau, its own is the one enrolled later."""
    one, other = side.mine, side.theirs
    if other.handling.owner != side.bureau or (one.created, one.id) > (other.created, other.id):
        return side
    return replace(side, mine=other, theirs=one)


def _contact(bureau: int, mine: Thing, theirs: Thing) -> Side:
    """Neither what the owner has nor how near it is: the sort says what one's own set is."""
    sort = c.MARK if mine.first("sort") == "mark" else c.DUPLICATE
    return Side(bureau, c.CONTACT, sort, mine, theirs)


# --- and are told --------------------------------------------------------------------------------


def _tell(met: Met, desk: Desk) -> None:
    """In an order that what may not be seen has no part in."""
    told: list[Thing] = []
    for id, side in sorted(met.sides.items()):
        told += _keep(desk, id, side, told)
    desk.note("deconflict", what="biometrics", told=len(told))


def _keep(desk: Desk, id: str, side: Side, told: Sequence[Thing]) -> list[Thing]:
    """Keep a bureau's comparison and tell it, if it may still know. `told`: those of the same turn, which no
    looking up finds yet."""
    now = desk.inspect_many([side.mine.id, side.theirs.id])
    mine, theirs = now.get(side.mine.id), now.get(side.theirs.id)
    bureau = directory(desk).get(side.bureau)
    if mine is None or theirs is None or bureau is None or not _is_new(desk, side):
        return []
    if theirs.handling.owner != side.bureau:
        wanted = Decision.CONTACT if side.how == c.CONTACT else Decision.FULL
        if decide(_examiner(bureau, mine), theirs.handling) is not wanted:
            return []
    contact = side.how == c.CONTACT
    other = theirs.handling.owner
    label = c.label_of(side.bureau, *((mine,) if contact else (mine, theirs)), level=side.level)
    if not contact and other != side.bureau and _waiting(desk, bureau, side, label, told) >= MOST_OF_ONE:
        return []
    same = (mine.version, theirs.version) == (side.mine.version, side.theirs.version)
    near = (side if same else replace(side, mine=mine, theirs=theirs).compared()).near
    body = {
        "sort": side.sort,
        "mine": mine.id,
        "theirs": "" if contact else theirs.id,
        "how": side.how,
        "bureau": str(other),
        "token": _token(desk, side.bureau, other) if contact else "",
        "score": str(near.score) if near else "",
        "content": json.dumps(c.kept_of(near.parts)) if near else "",
        "state": c.NEW,
        "purpose": "forensic",
        "justification": WHY,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    sets = (mine,) if contact else (mine, theirs)
    kept = c.kept(desk, id, body, label, [one.expires for one in sets])
    foreign = other if other != side.bureau else 0
    said = About(TASK, object=kept.id, second=mine.id if contact else theirs.id, other=foreign)
    alert(desk, side.bureau, said, like=label, once=kept.id)
    return [kept]


def _waiting(desk: Desk, bureau: Bureau, side: Side, label: Handling, told: Sequence[Thing]) -> int:
    """How many of the same sort wait of this set with others of that owner, which whoever sees this one sees:
    what he does not see takes no place."""
    before = (one for _, one in desk.inspect_all(about(side.mine.id)) if one.kind == c.COMPARISON)
    waiting = [
        one
        for one in {t.id: t for t in (*before, *told)}.values()
        if one.handling.owner == bureau.number
        and side.mine.id in c.named(one)
        and one.first("state") not in c.FINAL
        and (one.first("how"), one.first("sort")) == (c.SHOWN, side.sort)
        and one.first("bureau") == str(side.theirs.handling.owner)
        and one.handling.level <= label.level
        and one.handling.need <= label.need
    ]
    others = desk.inspect_many([one.first("theirs") for one in waiting])
    asker = _examiner(bureau, side.mine)
    return sum(decide(asker, one.handling) is Decision.FULL for one in others.values())


def _token(desk: Desk, *bureaus: int) -> str:
    """What two bureaus quote to each other of what met today; it says nothing by itself."""
    return desk.house.ids.of("contact", "biometrics", *sorted(bureaus), desk.today.isoformat())[:12]
