"""What the pages show of messages: rows of lists, a message with its thread, in the reader's words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from entente.core.access import may
from entente.desk import Desk
from entente.rooms.bureaus import Bureau, Keyring, by_code, groups, next_opening, open_at, roster_of
from entente.rooms.messages import copies, model, reading, standard, wording
from entente.rooms.messages.copies import Copy
from entente.rooms.messages.envelope import Content
from entente.rooms.messages.progress import FACTS
from entente.web import words
from entente.web.language import LANGUAGES, direction, speaking

Shown = dict[str, Any]
MOST_INLINE = 40
"""Messages of a thread whose text a page carries; the others are links."""
FINGERPRINT_SHOWN = 16


def grouped(fingerprint: str, length: int = 0) -> str:
    """A fingerprint as it is read aloud, by four digits; the beginning of it where a length is given."""
    cut = fingerprint[:length] if length else fingerprint
    said = " ".join(cut[i : i + 4] for i in range(0, len(cut), 4))
    return f"{said} …" if len(cut) < len(fingerprint) else said


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def rows(desk: Desk, keyring: Keyring | None, listed: Sequence[model.Row]) -> list[Shown]:
    """Messages in a list. What has no subject of its own, such as an answer, is told by its thread's."""
    mine = desk.asker.bureau
    first = {m.thread: copies.copy_id(desk, mine, m.thread) for m in listed if m.readable and not m.subject}
    found = desk.look_all(list(first.values()))
    begun = {thread: Copy(found[id]) for thread, id in first.items() if id in found}
    said = {thread: reading.content_of(copy, keyring) for thread, copy in begun.items()}
    about = {thread: content.subject for thread, content in said.items() if content}
    return [row(desk, m) | {"about": about.get(m.thread, "")} for m in listed]


def row(desk: Desk, shown: model.Row) -> Shown:
    """A message in a list."""
    due = moment(shown.due)
    return {
        **shown.model_dump(),
        "url": f"/messages/{shown.id}",
        "about": "",
        "others": [shown.sender] if shown.box == "in" else shown.to,
        "at": moment(shown.at),
        "due": due,
        "is_late": shown.state in ("late", "no-response") or (due is not None and due < desk.now),
        "type_label": words.label(wording.TYPES, shown.type),
        "urgency_label": words.label(wording.URGENCIES, shown.urgency),
        "state_label": words.label(wording.STATES, shown.state),
        "tone": wording.TONES.get(shown.state, ""),
        "text_dir": direction(shown.language),
    }


def state_of(message: model.Message) -> str:
    """What tells two states of a message and its thread apart, whatever this session can open of them."""
    come = [
        (p.bureau, [r.fact for r in p.receipts], [(q.state, q.until, q.answer) for q in p.questions])
        for p in message.parties
    ]
    return sha256(repr((come, message.thread_ids)).encode()).hexdigest()[:FINGERPRINT_SHOWN]


def opened(desk: Desk, keyring: Keyring | None, id: str) -> Shown:
    """A message as far as this session can open it, with what its reader may do. Raises Absent."""
    message = reading.one(desk, keyring, id)
    copy = copies.own_copy(desk, id)
    content = reading.content_of(copy, keyring)
    known = by_code(desk)
    mine = next(code for code, b in known.items() if b.number == desk.asker.bureau)
    inward = message.box == "in"
    parties = [_party(desk, p, known.get(p.bureau)) for p in message.parties]
    own = next((p for p in parties if p["bureau"] == mine), None)
    still = [q for q in own["questions"] if q["state"] in ("open", "time")] if own and inward else []
    runs = any(p.due for p in message.parties)
    translated = _translated(message)
    thread = _thread(desk, keyring, message)
    return {
        **row(desk, message),
        "message": message,
        "mine": mine,
        "labels": {code: b.label for code, b in known.items()},
        "group_name": next((g.name for g in groups(desk) if g.id == message.group), ""),
        "written_in": words.label(wording.WRITTEN_IN, message.language),
        "fingerprint": grouped(message.signer),
        "standard": standard.one(message.template),
        "questions": [
            {"number": i, "text": text, "translated": translated.get(text, "")}
            for i, text in enumerate(message.questions, 1)
        ],
        "parties": parties,
        "delivered": [p.bureau for p in message.parties if any(r.fact == "delivered" for r in p.receipts)],
        "given": _given(copy, content),
        "closed_until": moment(own["closed_until"]) if own and own["due"] else None,
        "open_questions": still if message.readable and message.type == "request" else [],
        "unopened": _unopened(message, thread),
        "may_cancel": not inward and message.type == "request" and runs,
        "may_export": may(desk.asker, "export") and message.readable,
        **thread,
    }


def _unopened(message: model.Message, thread: Shown) -> list[str]:
    """What this page opens for the first time: the message, and answers whose text it carries."""
    if not message.readable:
        return []
    carried = {q.answer for p in message.parties for q in p.questions if q.answer_text}
    others = (*thread["before"], *thread["after"])
    answers = [one["id"] for one in others if one["id"] in carried and not one["opened"]]
    return answers if message.opened else [message.id, *answers]


def _party(desk: Desk, party: model.PartyOut, bureau: Bureau | None) -> Shown:
    given = {r.fact: r for r in party.receipts}
    roster = roster_of(bureau) if bureau else None
    closed = roster is not None and bool(party.due) and not open_at(roster, desk.now)
    return {
        **party.model_dump(),
        "due": moment(party.due),
        "state_label": words.label(wording.STATES, party.state),
        "tone": wording.TONES.get(party.state, ""),
        "opens": next_opening(roster, desk.now) if roster and closed else None,
        "receipts": [
            {
                "fact": words.label(wording.RECEIPTS, fact),
                "at": moment(given[fact].at) if fact in given else None,
                "house": fact in given and given[fact].by == "house",
                "by": given[fact].by if fact in given else "",
                "short": grouped(given[fact].by, FINGERPRINT_SHOWN) if fact in given else "",
            }
            for fact in FACTS
            if fact != "answered" or fact in given or party.state not in ("information", "cancelled")
        ],
        "questions": [
            {
                **q.model_dump(),
                "until": moment(q.until),
                "label": words.label(wording.QUESTIONS, q.state),
                "tone": wording.QUESTION_TONES.get(q.state, ""),
            }
            for q in party.questions
        ],
    }


def _translated(message: model.Message) -> Mapping[str, str]:
    """The reader's words for each question that stands in a standard request as its sender reads it."""
    here = standard.one(message.template)
    if here is None:
        return {}
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        with speaking(lang):
            there = standard.one(message.template)
        assert there is not None
        pairs = zip(there.questions, here.questions, strict=True)
        found |= {theirs: ours for theirs, ours in pairs if theirs != ours}
    return found


def _given(copy: Copy, content: Content | None) -> list[Shown]:
    """What an answer says to each question it answers."""
    if content is None:
        return []
    return [
        {
            "number": given.question,
            "how": given.how,
            "label": words.label(wording.QUESTIONS, given.how),
            "tone": wording.QUESTION_TONES.get(given.how, ""),
            "until": moment(given.until),
            "text": text,
        }
        for given, text in zip(copy.header.answers, content.answers, strict=False)
    ]


def _thread(desk: Desk, keyring: Keyring | None, message: model.Message) -> Shown:
    """The other messages of the thread, before and after. What was not opened yet is a link: to read it is
    to open it, and its sender is told."""
    at = message.thread_ids.index(message.id)
    near = set(message.thread_ids[max(0, at - MOST_INLINE // 2) : at + MOST_INLINE // 2])
    found = desk.look_all([copies.copy_id(desk, desk.asker.bureau, id) for id in message.thread_ids])
    others: list[Shown] = []
    for id in message.thread_ids:
        thing = found.get(copies.copy_id(desk, desk.asker.bureau, id))
        if thing is None or id == message.id:
            continue
        copy = Copy(thing)
        content = reading.content_of(copy, keyring)
        shown = row(desk, reading.row(copy, keyring, content))
        inline = content is not None and shown["opened"] and id in near
        if inline:
            desk.note("see", object=id)
        shown |= {
            "inline": inline,
            "text": content.text if content and inline else "",
            "asked": list(content.questions) if content and inline else [],
            "given": _given(copy, content) if inline else [],
            "earlier": message.thread_ids.index(id) < at,
        }
        others.append(shown)
    return {
        "before": [one for one in others if one["earlier"]],
        "after": [one for one in others if not one["earlier"]],
    }


def recipients(desk: Desk, able: Sequence[str]) -> list[Shown]:
    """Every other bureau, as a form offers it; `able`: codes of those that have a key to seal to."""
    offered = []
    for code, bureau in sorted(by_code(desk).items()):
        if bureau.number == desk.asker.bureau:
            continue
        roster = roster_of(bureau)
        here = open_at(roster, desk.now)
        offered.append(
            {
                "code": code,
                "label": bureau.label,
                "suspended": not bureau.active,
                "keyless": code not in able,
                "opens": None if here else next_opening(roster, desk.now),
            }
        )
    return offered
