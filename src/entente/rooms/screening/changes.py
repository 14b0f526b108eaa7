"""What changed since a list was asked: records new or changed, held in memory, and its rows led past them.

Millions of rows against a few thousand records take minutes, because no index is asked. What a row finds
anew is a search in the journal like any other; owners who watch or hint are told in the same sitting.

How long it takes is seen by whoever waits for it. So he waits for the records that he may see alone; hints
and
what is watched unseen are looked at when the screening is done already, in a pass that no page shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from entente.core.access import Asker, Decision, decide, notifies
from entente.core.scoring import Score
from entente.core.things import Body, Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House, sit
from entente.desk.finding import CONTACT_FROM, SHOWN_FROM, still_hinting
from entente.desk.following import changed_since
from entente.desk.watching import Touched, asker_details, notice
from entente.match.changed import Changed
from entente.match.question import Question
from entente.rooms.bureaus import About, alert
from entente.rooms.screening import parts, sheets
from entente.rooms.screening.answering import failed, read, searcher
from entente.rooms.screening.parts import Entry, match_of
from entente.rooms.screening.service import changed, is_watched, places_of
from entente.rooms.search import spelled

SHOWN = frozenset({Decision.FULL})
UNSHOWN = frozenset(Decision) - SHOWN
RECORDS = 5_000
"""Changed records held at a time: about 50 MB of names laid out."""


@dataclass(slots=True)
class Pass:
    """A list being led past what changed. `reached`: the place up to which it was led wholly.

    `of`: the decisions that are its own: what is shown, what is not, or all.
    """

    which: str
    since: int
    reached: int
    until: int
    of: frozenset[Decision]
    next: int = 0
    sheet: int = 0
    records: dict[str, Thing] = field(default_factory=dict)
    laid: Changed | None = None

    @property
    def over(self) -> bool:
        return self.laid is None and self.reached >= self.until


@dataclass(frozen=True, slots=True)
class Met:
    """A row that means records which changed, or did. `scores`: of those that it means now."""

    row: sheets.Row
    question: Question
    scores: Mapping[str, Score]


def begun(desk: Desk, screening: Thing, looked: int) -> Pass:
    """The pass that comes next. `looked`: the place up to which a watched list was led, noted or not."""
    since = max(int(screening.first("since")), looked)
    if screening.first("state") == "going":
        return Pass(screening.first("list"), since, since, desk.newest(), SHOWN)
    if silent := screening.first("silent"):
        return Pass(screening.first("list"), int(silent), int(silent), int(screening.first("since")), UNSHOWN)
    return Pass(screening.first("list"), since, since, desk.newest(), SHOWN | UNSHOWN)


def is_waited_for(screening: Thing) -> bool:
    """Whether there is something to do now: rows to ask, or records that are not shown to look at."""
    state = screening.first("state")
    return state == "going" or (state == "done" and bool(screening.first("silent")))


def is_for(walk: Pass, screening: Thing) -> bool:
    """Whether a pass begun earlier is what the screening is at now."""
    shown_first = screening.first("state") == "going"
    return walk.which == screening.first("list") and shown_first == (walk.of == SHOWN)


def look(desk: Desk, screening: Thing, asker: Asker, walk: Pass) -> list[Met]:
    """Lead the next sheet past the next records; what it met. On a reading desk of the house."""
    if walk.laid is None:
        walk.records, walk.next = {}, walk.reached
        while walk.next < walk.until and len(walk.records) < RECORDS:
            found, walk.next = changed_since(desk, walk.next, RECORDS)
            walk.records |= {t.id: t for t in found if _concerns(asker, t, walk.of)}
        walk.laid = Changed({t.id: (t.kind, t.body) for t in walk.records.values()})
        walk.sheet = 0
    met: list[Met] = []
    if walk.records:
        columns = places_of(screening)
        hinted = _hinted(desk, screening, walk)
        for row in sheets.sheet(desk.house, screening, walk.sheet):
            question, _ = read(columns, row)
            scores = _near(walk.laid, question) if question else {}
            if question and (scores or row.place in hinted):
                met.append(Met(row, question, scores))
    return met


def _hinted(desk: Desk, screening: Thing, walk: Pass) -> set[int]:
    """Places of the sheet's rows that keep a hint at one of these records: it may reach no more."""
    first = walk.sheet * sheets.SHEET
    last = min(first + sheets.SHEET, int(screening.first("rows")))
    entries = parts.entries_between(desk, screening, first, last)
    return {entry.place for entry in entries if entry.hints.keys() & walk.records.keys()}


def _near(laid: Changed, question: Question) -> Mapping[str, Score]:
    try:
        return laid.answering(question, SHOWN_FROM)
    except Exception as error:  # one row must not keep the others from being led past
        failed(error)
        return {}


def went_on(screening: Thing, walk: Pass) -> None:
    """The sheet is done with: the next one, or the next records from the first sheet on."""
    walk.sheet += 1
    if not walk.records or walk.sheet >= len(screening.body["blobs"]):
        walk.laid, walk.records, walk.reached = None, {}, walk.next


def tell(house: House, screening: Thing, asker: Asker, walk: Pass, met: Sequence[Met]) -> bool:
    """Keep what is new of it, with its searches, in one sitting. False where something moved."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        now = desk.inspect(screening.id)
        if now is None or now.version != screening.version or searcher(desk, now) != asker:
            desk.note("screen", object=screening.id, outcome="moved")
            return False
        by_part: dict[int, list[Met]] = {}
        for one in met:
            by_part.setdefault(one.row.place // int(screening.first("batch")), []).append(one)
        new = sum(
            _tell_part(desk, screening, asker, walk, number, of_part) for number, of_part in by_part.items()
        )
        if new and is_watched(screening, desk.today) and not asker.discreet:
            # The whole bureau reads its alerts: this one does not say which list, nor whose.
            like = replace(HOUSE_HANDLING, level=asker.clearance, need=asker.held)
            alert(desk, asker.bureau, About("screened"), like=like)
        desk.note("screen", object=screening.id, outcome="looked", new=new)
    return True


def finish(house: House, screening: Thing, walk: Pass) -> None:
    """Note up to where records were looked at; whoever waits for it is done."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        now = desk.inspect(screening.id)
        if now is not None and now.version == screening.version:
            changed(desk, now, _noted(now, walk))
        desk.note("screen", object=screening.id, outcome="done")


def _noted(now: Thing, walk: Pass) -> Body:
    if walk.of == UNSHOWN:
        return {"silent": ()}
    since = str(max(walk.reached, int(now.first("since"))))
    behind = (now.first("silent") or str(walk.since),) if walk.of == SHOWN else ()
    return {"since": (since,), "silent": behind, "state": ("done",), "before": ()}


def _concerns(asker: Asker, thing: Thing, of: frozenset[Decision]) -> bool:
    decision = decide(asker, thing.handling)
    return decision in of and (decision is not Decision.NONE or notifies(asker, thing.handling))


def _tell_part(
    desk: Desk, screening: Thing, asker: Asker, walk: Pass, number: int, met: Sequence[Met]
) -> int:
    """Returns how many rows of the part have something new for the officer."""
    part = desk.inspect(parts.part_id(desk, screening.id, int(screening.first("list")), number))
    if part is None:
        return 0  # not asked yet: it will be asked of the records as they are then
    entries, new = parts.entries_of(part), 0
    for one in met:
        before = entries.get(one.row.place, Entry(one.row.place))
        entries[one.row.place], is_new = _with(desk, screening, asker, walk, one, before)
        new += is_new
    parts.keep(desk, screening, number, int(part.first("last")), [entries[p] for p in sorted(entries)])
    return new


def _with(
    desk: Desk, screening: Thing, asker: Asker, walk: Pass, met: Met, before: Entry
) -> tuple[Entry, bool]:
    """The row's entry with what the changed records add to it, and whether he is told of something new."""
    mine, known = desk.seated_as(asker), {m.record: m for m in before.matches}
    days = _days(mine, before)
    shown, hints = [], []
    for id, score in met.scores.items():
        thing, now = walk.records[id], desk.inspect(id)
        if now is None or now.version != thing.version:
            continue  # changed again, or gone: the newer version is next in the feed
        decision, day = decide(asker, thing.handling), desk.today
        if decision is Decision.FULL:
            shown.append((thing, score))
        elif decision is Decision.CONTACT and score.value >= CONTACT_FROM:
            hints.append(thing)
            day = days.get(thing.handling.owner, day)
        hinted = decision is Decision.CONTACT or notifies(asker, thing.handling)
        if hinted and score.value >= CONTACT_FROM:
            notice(desk, Touched(id, screening.id, day, asker, met.question.text))
    fresh = [(t, s) for t, s in shown if t.id not in known]
    owners = sorted({t.handling.owner for t in hints} - days.keys())
    search = ""
    if fresh or owners:
        search = mine.note(
            "search",
            question=spelled(met.question),
            asker=asker_details(asker),
            shown=[t.id for t, _ in fresh],
            owners=owners,
            screening=screening.id,
            row=met.row.number,
            standing=screening.id,
        )
    for thing, score in shown:
        match = match_of(thing, score, known[thing.id].search if thing.id in known else search)
        known[thing.id] = match
    best = sorted(known.values(), key=lambda m: (-m.value, m.record))
    kept = {id: day for id, day in before.hints.items() if id not in walk.records}
    again = {t.id: days.get(t.handling.owner, desk.today).isoformat() for t in hints}
    return replace(before, matches=tuple(best), hints={**again, **kept}), bool(search)


def _days(mine: Desk, entry: Entry) -> dict[int, date]:
    """The day of the token of each owner whom the row says to contact.

    It stays the same, so that it says nothing of how many of his records hint.
    """
    days: dict[int, date] = {}
    for id, owner in still_hinting(mine, list(entry.hints)).items():
        day = date.fromisoformat(entry.hints[id])
        days[owner] = min(day, days.get(owner, day))
    return days
