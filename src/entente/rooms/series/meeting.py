"""Deconfliction of images: two bureaus that have, or ask for, the same are both told, whichever came later.

A duty walks the change feed of images and questions as far as the engine of likenesses knows it, holds each
against what was there before it, and tells each side what *it* may learn: the image and its series, only whom
to ask, or that somebody asks. Each side's meeting is its own thing, so that neither shows the other's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial

from entente.core.access import Asker, Decision, Handling, decide, notifies
from entente.core.journal import canonical
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, is_due, sit
from entente.desk.alike import inspect_alike
from entente.desk.clocks import come
from entente.desk.finding import inspect_keys
from entente.desk.following import Changes
from entente.desk.watching import contact_token
from entente.match.images import Line, Signals, Tie, compare
from entente.rooms.bureaus import About, alert, asker_now, own
from entente.rooms.series import judging
from entente.rooms.series.asking import STRONG, TELLING, keys_asked, order, proposed_by_likeness
from entente.rooms.series.clearing import COMPARTMENT, specialist
from entente.rooms.series.media import IMAGE, QUESTION, signals_of
from entente.web.callers import purpose_of

MEETING = "ImageMeeting"
TOLD, LATE = "series", "series-late"
"""Alerts: a meeting, and one that was not taken note of in time."""
DUE_IN = timedelta(hours=24)
TICKS = "series-due:"
KEPT = timedelta(days=365)
MOST_MINE = 50
BATCH = 100
Ignored = Callable[[int], judging.Ignores]
"""A bureau's negative list, read once a batch."""
LINES = TELLING | {Line.IMAGE_ID, Line.DEVICE, Line.LENS}


@dataclass(frozen=True, slots=True)
class Side:
    """What one bureau learns of another. `subject`: what makes it the same meeting the next time; `mutual`:
    the other may learn of what this one has."""

    bureau: int
    other: int
    how: str
    mine: Thing
    theirs: Thing
    tie: Tie
    later: bool
    subject: tuple[str, ...]
    mutual: bool
    justification: str = ""

    @property
    def label(self) -> Handling:
        """For those of the bureau's officers who may know of both: its level and its compartments."""
        one, other = self.mine.handling, self.theirs.handling
        need = one.need | other.need | {COMPARTMENT}
        return own(self.bureau, max(one.level, other.level), frozenset(need))

    def id(self, desk: Desk) -> str:
        """One meeting a subject, label and strength, and another where the other bureau may learn of it too:
        that there was one of which it must not learn changes nothing in what it learns now. That the very
        picture turns up is told although the same camera was told before; of a blind image no strength is."""
        label = self.label
        strength = "strong" if self.tie.line in STRONG and self.how != "contact" else ""
        spelled = (label.level.name, *sorted(label.need), "mutual" if self.mutual else "", strength)
        what = (self.how, *spelled, *self.subject)
        return desk.house.ids.of("image meeting", self.bureau, self.other, *what)


@dataclass(slots=True)
class Met:
    """Pairs of sides of one batch; either may be missing."""

    pairs: list[tuple[Side | None, Side | None]] = field(default_factory=list)


class Meetings:
    """The duty: one for a house and process."""

    def __init__(self, house: House) -> None:
        self._changes = Changes(house, "series/met", (IMAGE, QUESTION), house.vectors.watermark, BATCH)

    def step(self) -> int:
        """Bring the next images and questions together; returns how many there were."""
        met = Met()
        return self._changes.step(partial(_look, met), partial(_tell, met))


# --- who met -------------------------------------------------------------------------------------


def _look(met: Met, desk: Desk, things: Sequence[Thing]) -> bool:
    ignored: Ignored = cache(partial(judging.ignores_of, desk))
    signals = [signals_of(later) for later in things]
    near: list[dict[str, Thing]] = [{} for _ in things]
    for n, thing in proposed_by_likeness(desk, signals, inspect_alike):
        near[n][thing.id] = thing
    for later, known, alike in zip(things, signals, near, strict=True):
        for earlier, tie in _before(desk, later, known, alike):
            pair = (
                _side(desk, ignored, later, earlier, tie, True),
                _side(desk, ignored, earlier, later, tie, False),
            )
            if any(pair):
                met.pairs.append(pair)
    return bool(met.pairs)


def _before(
    desk: Desk, later: Thing, signals: Signals, alike: Mapping[str, Thing]
) -> list[tuple[Thing, Tie]]:
    """Other bureaus' images and questions that were there before and hang together with it.

    `alike`: what the engine of likenesses proposes.
    """
    found = {t.id: t for _, t in inspect_keys(desk, keys_asked(signals))} | dict(alike)
    before = []
    for thing in found.values():
        if (
            thing.kind in (IMAGE, QUESTION)
            and thing.place < later.place
            and thing.handling.owner != later.handling.owner
            and not thing.kind == later.kind == QUESTION
        ):
            ties = [tie for tie in compare(signals, signals_of(thing)) if tie.line in LINES]
            before += [(thing, ties[0])] if ties else []
    return sorted(before, key=lambda pair: (order(pair[1]), pair[0].id))


def _side(desk: Desk, ignored: Ignored, mine: Thing, theirs: Thing, tie: Tie, later: bool) -> Side | None:
    """What the owner of `mine` may learn of `theirs`; None where he may or wants to learn nothing."""
    bureau, other = mine.handling.owner, theirs.handling.owner
    if judging.says_apart(desk, bureau, judging.file_of(mine), judging.file_of(theirs)):
        return None
    if ignored(bureau).holds(signals_of(mine)):
        return None
    if theirs.kind == QUESTION:
        return _asked(desk, mine, theirs, tie, later)
    decision = decide(_reader(desk, mine), theirs.handling)
    if decision is Decision.FULL:
        how, subject = "shown", (_series_told(desk, mine, theirs) or theirs.id,)
    elif decision is Decision.CONTACT and tie.line in TELLING:
        how, subject = "contact", (mine.first("justification") or mine.first("series") or mine.id,)
    else:
        return None
    return Side(
        bureau,
        other,
        how,
        mine,
        theirs,
        tie,
        later,
        subject,
        _mutual(desk, mine, theirs),
    )


def _mutual(desk: Desk, mine: Thing, theirs: Thing) -> bool:
    """Whether the other bureau may learn of this side's; what it says of likenesses has no part in it."""
    if mine.kind == QUESTION:
        return mine.first("discreet") != "true"
    return decide(_reader(desk, theirs), mine.handling) is not Decision.NONE


def _series_told(desk: Desk, mine: Thing, theirs: Thing) -> str:
    """The series of an image, where whoever is told of the image may see that too."""
    series = desk.inspect(theirs.first("series"))
    if series is None or series.handling.level > theirs.handling.level:
        return ""
    return series.id if decide(_reader(desk, mine), series.handling) is Decision.FULL else ""


def _asked(desk: Desk, mine: Thing, question: Thing, tie: Tie, later: bool) -> Side | None:
    """The owner of an image learns that somebody asks for it: where that one was told of the image or of
    whom to ask, or where the owner watches it. A discreet question is told to nobody."""
    asker = _reader(desk, question)
    decision = decide(asker, mine.handling)
    told = decision is not Decision.NONE or notifies(asker, mine.handling)
    if not told or asker.discreet or tie.line not in TELLING:
        return None
    why = question.first("justification")
    # who is shown the image sees when this meeting is noted: a series that he does not see must not join two
    series = _series_told(desk, question, mine) if decision is Decision.FULL else mine.first("series")
    subject = (why, series or mine.id)
    bureau, other = mine.handling.owner, question.handling.owner
    mutual = decision is not Decision.NONE
    return Side(bureau, other, "asked", mine, question, tie, later, subject, mutual, why)


def _reader(desk: Desk, thing: Thing) -> Asker:
    """For whom it is decided: the officer who asked, as he stands now; of an image, any cleared specialist of
    its bureau."""
    if thing.kind == QUESTION:
        purpose = purpose_of(thing.first("purpose"))
        asker = asker_now(desk, thing.first("by"), purpose, thing.first("justification"))
        discreet = thing.first("discreet") == "true"
        return Asker(**{n: getattr(asker, n) for n in Asker.__slots__ if n != "discreet"}, discreet=discreet)
    return specialist(desk, thing.handling.owner)


# --- and are told --------------------------------------------------------------------------------


def _tell(met: Met, desk: Desk) -> None:
    """In an order that what may not be seen has no part in; of one meeting the strongest tie comes first."""
    sides: list[tuple[str, Side, str]] = []
    for one, other in met.pairs:
        mine, theirs = (side.id(desk) if side else "" for side in (one, other))
        sides += [(id, s, pair) for id, s, pair in ((mine, one, theirs), (theirs, other, mine)) if s]
    told = sum(_keep(desk, id, side, pair) for id, side, pair in sorted(sides, key=lambda side: side[0]))
    desk.note("deconflict", what="images", told=told)


def _keep(desk: Desk, id: str, side: Side, pair: str) -> bool:
    """Keep a side's meeting, or add to the one that stands; True when it is new."""
    standing = desk.inspect(id)
    label = side.label
    if standing:
        mine = tuple(dict.fromkeys((*standing.body.get("mine", ()), side.mine.id)))[:MOST_MINE]
        pairs = tuple(dict.fromkeys((*standing.body.get("pair", ()), *([pair] if pair else []))))
        more = {"mine": mine} | ({"pair": pairs} if pairs else {})
        if side.how != "contact" and _stronger(side.tie.line, standing.first("line")):
            more |= {
                "line": (side.tie.line.value,),
                "evidence": (canonical(dict(side.tie.evidence)).decode(),),
            }
        if any(standing.body.get(name, ()) != value for name, value in more.items()):
            _change(desk, standing, more)
        return False
    earlier = side.theirs if side.later else side.mine
    shown, contact = side.how == "shown", side.how == "contact"
    waited = max(0, round((desk.now - earlier.created).total_seconds()))
    body = {
        "mine": [side.mine.id],
        "theirs": side.theirs.id if shown else "",
        "series": side.theirs.first("series") if shown else "",
        "line": "" if contact else side.tie.line,
        "how": side.how,
        "evidence": "" if contact else canonical(dict(side.tie.evidence)).decode(),
        "bureau": str(side.other),
        "justification": side.justification,
        "token": contact_token(desk, _inquirer(desk, side), *_quoted(side), desk.today),
        "pair": pair,
        "at": desk.now.isoformat(timespec="seconds"),
        "waited": "" if contact and side.later else str(waited),
        "later": "mine" if side.later else "theirs",
        "due": (desk.now + DUE_IN).isoformat(timespec="seconds"),
    }
    kept = desk.keep(
        MEETING,
        {name: value for name, value in body.items() if value},
        label,
        id=id,
        version=0,
        expires=desk.today + KEPT,
        keys=_keys(side.bureau, str(body["due"])),
    )
    said = About(TOLD, object=kept.id, other=side.other)
    alert(desk, side.bureau, said, like=label, once=kept.id)
    return True


def _stronger(line: str, than: str) -> bool:
    order = [one.value for one in Line]
    return than in order and order.index(line) < order.index(than)


def _inquirer(desk: Desk, side: Side) -> Asker:
    """Whoever asked, of the two: his inquiry makes the token that both quote."""
    return _reader(desk, side.theirs if side.theirs.kind == QUESTION else side.mine)


def _quoted(side: Side) -> tuple[int]:
    """The bureau to which the token is quoted: the owner of the image."""
    return (side.bureau if side.theirs.kind == QUESTION else side.other,)


def _keys(bureau: int, due: str = "") -> tuple[str, ...]:
    state = "new" if due else "noted"
    return (
        f"series-meetings:{bureau}",
        f"series-meetings:{bureau}:{state}",
        *([f"{TICKS}{due}"] if due else []),
    )


def _change(desk: Desk, meeting: Thing, more: dict[str, tuple[str, ...]]) -> Thing:
    body = {**meeting.body, **more}
    waits = not body.get("noted")
    due = body["due"][0] if waits and not body.get("late") else ""
    keys = [*_keys(meeting.handling.owner, due)]
    if waits and not due:
        keys[1] = f"series-meetings:{meeting.handling.owner}:new"
    return desk.change(meeting, body=body, keys=keys)


def find_late(house: House) -> bool:
    """Tell a bureau once that it has not taken note of a meeting in time; True when there was one."""
    if not is_due(house, TICKS):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, meeting in desk.inspect_agenda(TICKS, come(desk.now)):
            _change(desk, meeting, {"late": (desk.now.isoformat(timespec="seconds"),)})
            said = About(LATE, object=meeting.id, other=int(meeting.first("bureau")))
            alert(desk, meeting.handling.owner, said, like=meeting.handling, once=meeting.id)
            desk.note("remind", object=meeting.id, what="images")
    return True


def take_note(desk: Desk, meeting: Thing) -> Thing:
    """This side took note; the other side, where it was told too, sees when."""
    if meeting.first("noted"):
        return meeting
    at = (desk.now.isoformat(timespec="seconds"),)
    kept = _change(desk, meeting, {"noted": at, "officer": (desk.asker.officer,)})
    through = desk.as_house()
    for across in through.inspect_many(meeting.body.get("pair", ())).values():
        if not across.first("acknowledged"):
            _change(through, across, {"acknowledged": at})
    return kept


def noted_after(meeting: Thing) -> float | None:
    """Seconds from a meeting to its being taken note of; None while it waits."""
    if not meeting.first("noted"):
        return None
    return (
        datetime.fromisoformat(meeting.first("noted")) - datetime.fromisoformat(meeting.first("at"))
    ).total_seconds()
