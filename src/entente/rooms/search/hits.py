"""Verdicts and hits: an officer judges, the owner is told, and confirms or denies within a clock.

NCIC hit confirmation: urgent 10 minutes, routine 1 hour. RPD articles 104-106.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from entente.core.access import HOUSE, POLICE_PURPOSES, Handling, Level, Purpose
from entente.core.journal import open_private
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk, is_id
from entente.desk.retention import about
from entente.desk.watching import question_of
from entente.match.numbers import keys_of
from entente.match.question import Question
from entente.rooms.bureaus import About, Bureau, alert, directory, news
from entente.rooms.search import model
from entente.rooms.search.standing import for_inquiry

URGENT = timedelta(minutes=10)
ROUTINE = timedelta(hours=1)
TICKS = "ticks:hit:"
"""Key: with the moment at which an open hit is due, until it was found late."""
KEPT = timedelta(days=365)
MOST_COUNTED = 200
MOST_LISTED = 500


def judge(desk: Desk, search: str, verdict: model.Verdict) -> model.VerdictKept:
    """Keep an officer's verdict on a candidate of his own search; "same" makes a hit with its owner.

    Raises Absent when the search is not his, the candidate was not shown to him, or he may no longer see it.
    """
    question, shown = _search_of(desk, search)
    if verdict.record not in shown:
        raise Absent()
    record = desk.look(verdict.record)
    own = Handling(
        owner=desk.asker.bureau,
        see=0,
        need=record.handling.need,
        level=record.handling.level,
        purposes=POLICE_PURPOSES | Purpose.DESK,
    )
    id = desk.house.ids.of("verdict", search, record.id)
    body = {"record": record.id, "search": search, "verdict": verdict.verdict, "officer": desk.asker.officer}
    if verdict.text:
        body["text"] = verdict.text
    kept = desk.keep("Verdict", body, own, id=id, version=0, expires=desk.today + KEPT, keys=about(record.id))
    desk.note("verdict", object=record.id, search=search, verdict=verdict.verdict)
    hit = None
    if verdict.verdict == "same" and record.handling.owner != desk.asker.bureau:
        hit = _hit(desk, record, search, question, verdict)
    return model.VerdictKept(verdict=kept.id, hit=hit.id if hit else None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict that was given on a candidate, and the hit that it made: its id and state, or neither."""

    verdict: str
    hit: str = ""
    state: str = ""


def judged(desk: Desk, search: str, records: Iterable[str]) -> dict[str, Judged]:
    """By record: what was said of candidates of a search, as far as this officer may see it."""
    ids = {r: [desk.house.ids.of(what, search, r) for what in ("verdict", "hit")] for r in records}
    found = desk.look_all([id for pair in ids.values() for id in pair])
    return {
        record: Judged(
            found[verdict].first("verdict"),
            *((hit, found[hit].first("state")) if hit in found else ("", "")),
        )
        for record, (verdict, hit) in ids.items()
        if verdict in found
    }


def _search_of(desk: Desk, search: str) -> tuple[Question, list[str]]:
    """The question and the ids shown, of this officer's own search."""
    entry = desk.entry(search) if is_id(search) else None
    if entry is None or entry.act != "search" or entry.officer != desk.asker.officer or not entry.private:
        raise Absent()
    details = open_private(entry.leaf, entry.private).details
    return question_of(details["question"]), list(details["shown"])


def _hit(desk: Desk, record: Thing, search: str, question: Question, verdict: model.Verdict) -> Thing:
    match = "direct" if _direct(question, record) else "potential"
    asked = question.text[:500] or "(no text)"
    return make_hit(desk, record, Finding(search, asked, match, verdict.text, verdict.urgent))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a hit says of the question: its id, what was asked, how it agrees, a note to the owner.

    `level`, `need`: of what was found, where that is not the record itself. `officer`: who judged, where that
    is not the officer at the desk. `set`, `agreed`: the set of fingers and faces that it was found by, and
    which of them agreed (web.words.sample).
    """

    search: str
    asked: str
    match: str
    text: str = ""
    urgent: bool = False
    level: Level = Level.OFFICIAL
    need: frozenset[str] = frozenset()
    officer: str = ""
    set: str = ""
    agreed: tuple[str, ...] = ()


def make_hit(desk: Desk, record: Thing, found: Finding) -> Thing:
    """The hit of a record that a person judged the same as what was asked, for the inquiry of this sitting;
    its owner, another bureau, is told once. `record`: the owner opens it from the hit."""
    owner = record.handling.owner
    handling = replace(
        record.handling,
        see=1 << desk.asker.bureau | 1 << HOUSE,
        hint=0,
        watch=False,
        purposes=POLICE_PURPOSES | Purpose.DESK,
        level=max(record.handling.level, found.level),
        need=record.handling.need | found.need,
    )
    body: dict[str, Any] = {
        "record": record.id,
        "search": found.search,
        "state": "open",
        "asker": str(desk.asker.bureau),
        "owner": str(owner),
        "officer": found.officer or desk.asker.officer,
        "asked": found.asked,
        "match": found.match,
        "purpose": (desk.asker.purpose.name or "").lower(),
        "justification": desk.asker.justification,
        "urgent": "yes" if found.urgent else "no",
        "at": desk.now.isoformat(timespec="seconds"),
        "due": due_from(desk.now, found.urgent),
        "story": step(desk, "opened", desk.asker.bureau),
    }
    if found.text:
        body["text"] = found.text
    if found.set:
        body |= {"set": found.set, "agreed": list(found.agreed)}
    id = desk.house.ids.of("hit", found.search, record.id)
    through = desk.as_house()
    standing = through.inspect(id)
    if standing:
        return standing
    expires = min(desk.today + KEPT, record.expires)
    due = str(body["due"])
    keys = (*about(record.id), f"open:{owner}", f"outbox:{desk.asker.bureau}", f"{TICKS}{due}")
    kept = through.keep("Hit", body, handling, id=id, version=0, expires=expires, keys=keys)
    news(desk, owner, "hit", kept.id)
    return kept


def _direct(question: Question, record: Thing) -> bool:
    """Whether an exact number agrees; names alone, or a number's last digits, need a closer look (R14)."""
    theirs = keys_of(record.kind, record.body)
    return any(key in theirs for _, key, _ in question.numbers if ":~" not in key)


def due_from(now: datetime, urgent: bool) -> str:
    """By when a hit is to be answered that is asked for now."""
    return (now + (URGENT if urgent else ROUTINE)).isoformat(timespec="seconds")


def step(desk: Desk, what: str, bureau: int) -> str:
    """One step of a hit's story, as it is kept: what, when, whose act (0: the clock's)."""
    return f"{what} {desk.now.isoformat(timespec='seconds')} {bureau}"


def keys_while(hit: Body, ticks: str = "") -> tuple[str, ...]:
    """The keys of a hit by its state; `ticks`: when the clock looks at it next."""
    record, owner, asker = (hit[name][0] for name in ("record", "owner", "asker"))
    box = "open" if hit["state"] == ("open",) else "inbox"
    clock = (f"{TICKS}{ticks}",) if ticks else ()
    return (*about(record), f"{box}:{owner}", f"outbox:{asker}", *clock)


def confirm(desk: Desk, id: str, answer: model.Confirmation) -> Thing:
    """The owner confirms or denies a hit, once."""
    hit = hit_thing(desk, id)
    if hit.first("owner") != str(desk.asker.bureau):
        raise NotYours("The owner of the record confirms or denies.")
    if hit.first("state") != "open":
        raise Faulty(faults=(Fault("answer", f"This hit is {hit.first('state')}", "It is answered once."),))
    body = {
        **hit.body,
        "state": (answer.answer,),
        "answered": (desk.now.isoformat(timespec="seconds"),),
        "story": (*hit.body.get("story", ()), step(desk, answer.answer, desk.asker.bureau)),
        **({"answer": (answer.text,)} if answer.text else {}),
    }
    clean = desk.house.model.clean("Hit", body)
    kept = desk.change(hit, body=clean, keys=keys_while(clean))
    said = About("hit-answered", object=id, second=hit.first("record"), other=desk.asker.bureau)
    alert(desk, int(hit.first("asker")), said, like=hit.handling, once=id)
    desk.note("confirm", object=id, answer=answer.answer)
    return kept


def inbox(desk: Desk, sent: bool = False) -> model.Inbox:
    """What waits for one's bureau (or what it waits for), most urgent first.

    Open hits and reviews are read apart from notices and what is answered, however many these are.
    """
    keys = ("outbox",) if sent else ("open", "inbox", "reviews")
    listed = [desk.table(["Hit", "Review"], key=f"{k}:{desk.asker.bureau}", limit=MOST_LISTED) for k in keys]
    things = [t for found in listed for _, t in found]
    desk.note("see", what="outbox" if sent else "inbox")
    records = desk.look_all([t.first("record") for t in things])
    captions = _captions(desk, records)
    hits = [shown(desk, t, captions) for t in things if t.kind == "Hit"]
    hits.sort(key=lambda h: (h.state != "open", h.due or "9", h.id))
    reviews = [_review(desk, t) for t in things if t.kind == "Review"]
    asked = sorted((r for r in reviews if r.records), key=lambda r: (r.until, r.id))
    return model.Inbox(hits=hits, reviews=asked)


def _review(desk: Desk, review: Thing) -> model.Review:
    """How many of the bureau's records would be deleted that day, as things stand now."""
    until = date.fromisoformat(review.first("until"))
    ending = desk.table(desk.house.model.contributable, expires=until, limit=MOST_COUNTED)
    return model.Review(
        id=review.id, until=until.isoformat(), records=len(ending), more=len(ending) == MOST_COUNTED
    )


def open_hit(desk: Desk, id: str) -> model.Hit:
    """One hit, for the two bureaus it is between."""
    return opened(desk, id)[0]


def opened(desk: Desk, id: str) -> tuple[model.Hit, Thing | None]:
    """One hit and its record, if the reader sees that now. Raises Absent."""
    hit = hit_thing(desk, id)
    desk.note("see", object=id)
    record = _record_of(desk, hit)
    return shown(desk, hit, _captions(desk, {record.id: record} if record else {})), record


def _record_of(desk: Desk, hit: Thing) -> Thing | None:
    """The record of a hit, as far as the reader sees it now: the owner his own, the asker for the inquiry
    that the hit was made in, and then it is opened in the journal too."""
    id = hit.first("record")
    if hit.first("asker") != str(desk.asker.bureau):
        return desk.look_all([id]).get(id)
    reading = desk.seated_as(for_inquiry(desk.asker, hit))
    record = reading.look_all([id]).get(id)
    if record:
        reading.note("see", object=id)
    return record


def hit_thing(desk: Desk, id: str) -> Thing:
    hit = desk.look(id)
    if hit.kind != "Hit":
        raise Absent()
    return hit


def _captions(desk: Desk, records: Mapping[str, Thing]) -> dict[str, str]:
    return {i: desk.house.model.caption(t.kind, t.body) for i, t in records.items()}


def shown(desk: Desk, hit: Thing, captions: dict[str, str]) -> model.Hit:
    bureaus = {str(n): b for n, b in directory(desk).items()}
    due = hit.first("due")
    return model.Hit(
        id=hit.id,
        state=hit.first("state"),
        match=hit.first("match"),
        history=[_event(told, bureaus) for told in hit.body.get("story", ())],
        record=hit.first("record"),
        caption=captions.get(hit.first("record"), ""),
        owner=_code(bureaus, hit.first("owner")),
        asker=_code(bureaus, hit.first("asker")),
        asked=hit.first("asked"),
        purpose=hit.first("purpose"),
        justification=hit.first("justification"),
        urgent=hit.first("urgent") == "yes",
        at=hit.first("at"),
        due=due,
        overdue=bool(due) and hit.first("state") == "open" and datetime.fromisoformat(due) < desk.now,
        text=hit.first("text"),
        answer=hit.first("answer"),
        token=hit.first("token"),
        set=hit.first("set"),
        agreed=list(hit.body.get("agreed", ())),
    )


def _event(told: str, bureaus: Mapping[str, Bureau]) -> model.Event:
    what, at, number = told.split(" ")
    return model.Event(what=what, at=at, bureau=_code(bureaus, number))


def _code(bureaus: Mapping[str, Bureau], number: str) -> str:
    bureau = bureaus.get(number)
    return bureau.code if bureau else ""
