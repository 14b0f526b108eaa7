"""Reading: lists, one message, its thread, words sought in what this session can open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from entente.core.problems import Locked
from entente.desk import Desk
from entente.rooms.bureaus import (
    Bureau,
    Keyring,
    Unopened,
    by_code,
    next_opening,
    open_at,
    public_keys,
    roster_of,
)
from entente.rooms.messages import copies, model
from entente.rooms.messages.copies import KIND, Copy
from entente.rooms.messages.delivering import message_id
from entente.rooms.messages.envelope import SIGNED_AS, Content, opened, raw64
from entente.rooms.messages.progress import Progress
from entente.rooms.messages.service import both, signed_fact

BOXES = {"in": "box", "out": "sent"}
MOST_SOUGHT = 500
"""Copies opened for one search: what is sealed cannot be indexed, so that older ones are a next page."""
LONGEST_THREAD = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed by. `words`: all must be in subject, text, questions or case."""

    box: str = "in"
    words: str = ""
    bureau: str = ""
    urgency: str = ""
    state: str = ""


def burning_messages(
    desk: Desk, keyring: Keyring | None, limit: int = 50, waits: bool = False
) -> list[model.Row]:
    """What waits for an answer of one's bureau, by what is due first; `waits`: what it waits for itself."""
    found = desk.agenda(f"{'waits' if waits else 'burns'}:{desk.asker.bureau}:", limit=limit)
    desk.note("see", what="burning messages")
    return [row(Copy(t), keyring) for _, t in found if t.kind == KIND]


def listed(
    desk: Desk, keyring: Keyring | None, narrow: Filter, after: str = "", limit: int = 50
) -> model.Page:
    """One's bureau's messages, newest first. Raises Absent for a cursor that is not one's own."""
    place = copies.own_copy(desk, after).thing.place if after else 0
    desk.note("see", what="messages")  # never the words sought: they tell what the sealed ones say
    most = MOST_SOUGHT if narrow.words or narrow.bureau or narrow.urgency or narrow.state else limit
    table = desk.table([KIND], key=f"{BOXES[narrow.box]}:{desk.asker.bureau}", after=place, limit=most)
    rows: list[model.Row] = []
    last = ""
    for _, thing in table:
        copy = Copy(thing)
        last = copy.message
        shown = _fits(copy, keyring, narrow)
        if shown:
            rows.append(shown)
        if len(rows) == limit:
            break
    exhausted = len(table) < most and (not table or last == Copy(table[-1][1]).message)
    return model.Page(messages=rows, after="" if exhausted else last, further=not exhausted)


def _fits(copy: Copy, keyring: Keyring | None, narrow: Filter) -> model.Row | None:
    header = copy.header
    if narrow.bureau and narrow.bureau not in (header.sender, *header.to):
        return None
    if narrow.urgency and narrow.urgency != header.urgency:
        return None
    content = content_of(copy, keyring)
    shown = row(copy, keyring, content)
    if narrow.state and narrow.state != shown.state:
        return None
    if narrow.words:
        if content is None:
            return None
        text = "\n".join(
            (
                content.subject,
                content.text,
                content.case,
                content.their_case,
                *content.questions,
                *content.answers,
            )
        ).casefold()
        if not all(word in text for word in narrow.words.casefold().split()):
            return None
    return shown


def content_of(copy: Copy, keyring: Keyring | None) -> Content | None:
    """What this session can open of a copy; None where it cannot."""
    if keyring is None:
        return None
    try:
        return opened(copy.header, copy.content, copy.thing.first("reader"), copy.wrap, keyring)
    except Unopened:
        return None


def row(copy: Copy, keyring: Keyring | None, content: Content | None = None) -> model.Row:
    """A message in a list."""
    content = content or content_of(copy, keyring)
    header, parties = copy.header, copy.parties
    return model.Row(
        id=copy.message,
        thread=copy.thing.first("thread"),
        box="in" if copy.inward else "out",
        type=header.type,
        sender=header.sender,
        to=list(header.to),
        group=header.group,
        urgency=header.urgency,
        level=header.level,
        language=header.language,
        at=header.at,
        due=min((p.burns for p in parties.values() if p.burns), default=""),
        state=_worst(parties),
        opened=not copy.inward or any(p.receipt("opened") for p in parties.values()),
        readable=content is not None,
        subject=content.subject if content else "",
        case=content.case if content else "",
    )


STATES = ("no-response", "late", "open", "committed", "answered", "cancelled", "information")


def _worst(parties: Mapping[str, Progress]) -> str:
    return min((p.state for p in parties.values()), key=STATES.index, default="information")


def mark_opened(desk: Desk, keyring: Keyring, id: str) -> bool:
    """The addressed desk opens a message: its bureau signs that it did, once. True when it was the first."""
    copy = copies.own_copy(desk, id)
    code = next((code for code, p in copy.parties.items() if copy.inward and not p.receipt("opened")), "")
    if not code or content_of(copy, keyring) is None:
        return False
    fact = signed_fact(desk, keyring, "opened", copy.message, code)
    both(desk, copy, code, lambda before: before.signed(fact))
    desk.note("message", object=copy.message, outcome="opened")
    return True


def opened_copy(desk: Desk, keyring: Keyring, id: str) -> tuple[Copy, Content]:
    """A copy and its content. Raises Absent, and Locked where this session cannot open it."""
    copy = copies.own_copy(desk, id)
    content = content_of(copy, keyring)
    if content is None:
        raise Locked("It was sealed to a key that your session does not hold.")
    return copy, content


def one(desk: Desk, keyring: Keyring | None, id: str) -> model.Message:
    """A message, opened as far as this session can. Raises Absent."""
    copy = copies.own_copy(desk, id)
    content = content_of(copy, keyring)
    thread = _thread(desk, copy)
    desk.note("see", object=copy.message)
    known = by_code(desk)
    texts = dict(_answer_texts(thread, keyring))
    genuine, state = _signer(desk, copy, known)
    return model.Message(
        **row(copy, keyring, content).model_dump(),
        text=content.text if content else "",
        their_case=content.their_case if content else "",
        officer=content.officer if content else "",
        template=content.template if content else "",
        parent=copy.header.parent,
        signer=copy.thing.first("signer"),
        genuine=genuine,
        signer_state=state,
        questions=list(content.questions) if content else [],
        parties=[
            _party(copy, code, p, known.get(code), content, texts) for code, p in sorted(copy.parties.items())
        ],
        attachments=[
            model.AttachmentOut(number=i, name=str(a["name"]), type=str(a["type"]), size=int(a["size"]))
            for i, a in enumerate(content.attachments if content else (), 1)
        ],
        thread_ids=[c.message for c in thread],
    )


def _thread(desk: Desk, copy: Copy) -> list[Copy]:
    """One's copies of a message's thread, oldest first: the newest of a long one, and always itself."""
    key = f"thread:{desk.asker.bureau}:{copy.thing.first('thread')}"
    found = {t.id: Copy(t) for _, t in desk.table([KIND], key=key, limit=LONGEST_THREAD)}
    several = {copy.thing.id: copy} | found
    return sorted(several.values(), key=lambda c: (c.header.at, c.thing.created, c.message))


def _answer_texts(thread: Sequence[Copy], keyring: Keyring | None) -> Iterator[tuple[tuple[str, int], str]]:
    """(answering message, question) -> what it says."""
    for copy in thread:
        if copy.header.type == "answer" and (content := content_of(copy, keyring)):
            for given, text in zip(copy.header.answers, content.answers, strict=False):
                yield (copy.message, given.question), text


def _party(
    copy: Copy,
    code: str,
    progress: Progress,
    bureau: Bureau | None,
    content: Content | None,
    texts: Mapping[tuple[str, int], str],
) -> model.PartyOut:
    asked = content.questions if content else ("",) * len(progress.questions)
    late = progress.state in ("late", "no-response")
    return model.PartyOut(
        bureau=code,
        label=bureau.label if bureau else "",
        state=progress.state,
        due=progress.burns,
        duty=(bureau.duty or bureau.phone) if bureau and late else "",
        closed_until=_closed(bureau, copy.header.at) if bureau else "",
        receipts=[model.ReceiptOut(**asdict(r)) for r in progress.receipts],
        questions=[
            model.QuestionOut(
                number=i,
                text=text,
                state=q.state,
                until=q.until,
                answer=q.answer,
                answer_text=texts.get((q.answer, i), ""),
            )
            for i, (q, text) in enumerate(zip(progress.questions, asked, strict=False), 1)
        ],
    )


def _closed(bureau: Bureau, delivered: str) -> str:
    """When a desk that was closed on delivery opens again: the clock runs all the same."""
    roster, at = roster_of(bureau), datetime.fromisoformat(delivered)
    return "" if open_at(roster, at) else next_opening(roster, at).isoformat(timespec="seconds")


def _signer(desk: Desk, copy: Copy, known: Mapping[str, Bureau]) -> tuple[bool, str]:
    """Whether the header's signature is that of a key of the sender's, and what became of that key."""
    sender = known.get(copy.header.sender)
    if sender is None or message_id(desk, sender.number, copy.header.ref) != copy.message:
        return False, "unknown"
    if sha256(copy.content).hexdigest() != copy.header.content:
        return False, "unknown"
    for key in public_keys(desk, sender.number):
        if key.fingerprint == copy.thing.first("signer"):
            signature = raw64(copy.thing.first("signature"))
            header = copy.thing.first("header").encode()
            return key.public.verifies(SIGNED_AS, header, signature), key.state
    return False, "unknown"
