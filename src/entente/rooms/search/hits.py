"""Verdicts and hits: an officer judges, the owner is told, and confirms or denies within a clock.

NCIC hit confirmation: urgent 10 minutes, routine 1 hour. RPD articles 104-106.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from entente.core.access import HOUSE, POLICE_PURPOSES, Handling, Purpose
from entente.core.journal import open_private
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Thing
from entente.desk import Desk, is_id
from entente.desk.retention import about
from entente.rooms.bureaus import directory
from entente.rooms.search import model

URGENT = timedelta(minutes=10)
ROUTINE = timedelta(hours=1)
KEPT = timedelta(days=365)
MOST_COUNTED = 200
MOST_LISTED = 500


def judge(desk: Desk, search: str, verdict: model.Verdict) -> model.VerdictKept:
    """Keep an officer's verdict on a candidate of his own search; "same" makes a hit with its owner.

    Raises Absent when the search is not his, the candidate was not shown to him, or he may no longer see it.
    """
    asked, shown = _search_of(desk, search)
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
        hit = _hit(desk, record, search, asked, verdict)
    return model.VerdictKept(verdict=kept.id, hit=hit.id if hit else None)


def _search_of(desk: Desk, search: str) -> tuple[str, list[str]]:
    """The text asked and the ids shown, of this officer's own search."""
    entry = desk.entry(search) if is_id(search) else None
    if entry is None or entry.act != "search" or entry.officer != desk.asker.officer or not entry.private:
        raise Absent()
    details = open_private(entry.leaf, entry.private).details
    return str(details["question"]["text"]), list(details["shown"])


def _hit(desk: Desk, record: Thing, search: str, asked: str, verdict: model.Verdict) -> Thing:
    owner = record.handling.owner
    handling = replace(
        record.handling,
        see=1 << desk.asker.bureau | 1 << HOUSE,
        hint=0,
        watch=False,
        purposes=POLICE_PURPOSES | Purpose.DESK,
    )
    body = {
        "record": record.id,
        "search": search,
        "state": "open",
        "asker": str(desk.asker.bureau),
        "owner": str(owner),
        "officer": desk.asker.officer,
        "asked": asked[:500] or "(no text)",
        "purpose": (desk.asker.purpose.name or "").lower(),
        "justification": desk.asker.justification,
        "urgent": "yes" if verdict.urgent else "no",
        "at": desk.now.isoformat(timespec="seconds"),
        "due": (desk.now + (URGENT if verdict.urgent else ROUTINE)).isoformat(timespec="seconds"),
    }
    if verdict.text:
        body["text"] = verdict.text
    id = desk.house.ids.of("hit", search, record.id)
    through = desk.as_house()
    standing = through.inspect(id)
    if standing:
        return standing
    expires = min(desk.today + KEPT, record.expires)
    return through.keep(
        "Hit",
        body,
        handling,
        id=id,
        version=0,
        expires=expires,
        keys=(*about(record.id), f"open:{owner}", f"outbox:{desk.asker.bureau}"),
    )


def confirm(desk: Desk, id: str, answer: model.Confirmation) -> Thing:
    """The owner confirms or denies a hit, once."""
    hit = _hit_thing(desk, id)
    if hit.first("owner") != str(desk.asker.bureau):
        raise NotYours("The owner of the record confirms or denies.")
    if hit.first("state") != "open":
        raise Faulty(faults=(Fault("answer", f"This hit is {hit.first('state')}", "It is answered once."),))
    body = {
        **hit.body,
        "state": (answer.answer,),
        "answered": (desk.now.isoformat(timespec="seconds"),),
        **({"answer": (answer.text,)} if answer.text else {}),
    }
    keys = (*about(hit.first("record")), f"inbox:{hit.first('owner')}", f"outbox:{hit.first('asker')}")
    kept = desk.change(hit, body=body, keys=keys)
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
    hit = _hit_thing(desk, id)
    desk.note("see", object=id)
    return shown(desk, hit, _captions(desk, desk.look_all([hit.first("record")])))


def _hit_thing(desk: Desk, id: str) -> Thing:
    hit = desk.look(id)
    if hit.kind != "Hit":
        raise Absent()
    return hit


def _captions(desk: Desk, records: Mapping[str, Thing]) -> dict[str, str]:
    return {i: desk.house.model.caption(t.kind, t.body) for i, t in records.items()}


def shown(desk: Desk, hit: Thing, captions: dict[str, str]) -> model.Hit:
    bureaus = {str(n): b.code for n, b in directory(desk).items()}
    due = hit.first("due")
    return model.Hit(
        id=hit.id,
        state=hit.first("state"),
        record=hit.first("record"),
        caption=captions.get(hit.first("record"), ""),
        owner=bureaus.get(hit.first("owner"), ""),
        asker=bureaus.get(hit.first("asker"), ""),
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
    )
