"""What an officer does with messages: send, answer, cancel. Reading is in reading.py."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from entente.core.kinds import TYPES as TEXT_TYPES
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import Keyring, Unopened, by_code, group_of, news
from entente.rooms.messages import attachments, copies, drafts, model
from entente.rooms.messages.copies import Copy
from entente.rooms.messages.delivering import ANOTHER, deliver, fact_text, receipt, route, sent_before
from entente.rooms.messages.envelope import Content, Envelope, Header, header_of, opened, raw64, sealed
from entente.rooms.messages.progress import Given, Receipt
from entente.web.faults import saying


def send(desk: Desk, keyring: Keyring, draft: model.MessageForm, officer: str = "") -> model.Sent:
    """Seal and send a message. Sent again under the same `ref`, it is the same message.

    Raises Faulty with every fault, Absent for a thread, group or draft that is not one's own.
    """
    faults = _text_faults(draft.model_dump())
    if draft.kind == "request" and not draft.questions:
        faults.append(Fault("questions", "A request asks something", "Write at least one question."))
    if draft.kind == "information" and draft.questions:
        faults.append(Fault("questions", "An information asks nothing", "Send a request instead."))
    if not draft.subject.strip():
        faults.append(Fault("subject", "There is no subject", "Say in a line what it is about."))
    content = Content(
        subject=draft.subject,
        text=draft.text,
        case=draft.case,
        their_case=draft.their_case,
        template=draft.template,
        officer=officer,
        questions=tuple(draft.questions),
    )
    header = Header(
        ref=draft.ref or desk.house.ids.fresh(),
        sender=_code(desk),
        to=tuple(draft.to) or _members(desk, draft.group),
        type=draft.kind,
        urgency=draft.urgency,
        language=draft.language,
        level=draft.level,
        at=_now(desk),
        group=draft.group,
        parent=draft.reply_to,
        questions=len(draft.questions),
    )
    shared = drafts.attachments_of(desk, keyring, draft.draft) if draft.draft else ()
    sent = _seal_and_deliver(desk, keyring, header, content, draft.attachments, faults, shared)
    if draft.draft:
        drafts.done_with(desk, draft.draft)
    return sent


def answer(
    desk: Desk, keyring: Keyring, request: str, given: model.AnswerForm, officer: str = ""
) -> model.Sent:
    """Answer questions of a request, each on its own: content, refusal with a reason, or a time.

    Raises Faulty for a closed request or question, Absent for a request that is not here.
    """
    asked = copies.own_copy(desk, request)
    if not asked.inward or asked.header.type != "request":
        raise Faulty(faults=(Fault("parent", "Only a request that was sent to you is answered", ""),))
    faults = _text_faults(given.model_dump())
    for i, one in enumerate(given.answers):
        if one.how != "time" and not one.text.strip():
            what = "A refusal needs its reason" if one.how == "refusal" else "There is no content"
            faults.append(Fault(f"answers/{i}/text", what, "Write it."))
    header = Header(
        ref=given.ref or desk.house.ids.fresh(),
        sender=_code(desk),
        to=(asked.header.sender,),
        type="answer",
        urgency=asked.header.urgency,
        language=given.language,
        level=asked.header.level,
        at=_now(desk),
        group=asked.header.group,
        parent=asked.message,
        answers=tuple(
            Given(a.question, a.how, _moment(a.until) if a.how == "time" else "") for a in given.answers
        ),
    )
    content = Content(
        subject="",
        text=given.text,
        case=given.case,
        officer=officer,
        answers=tuple(a.text for a in given.answers),
    )
    return _seal_and_deliver(desk, keyring, header, content, given.attachments, faults)


def cancel(desk: Desk, keyring: Keyring, request: str, reason: str, officer: str = "") -> model.Sent:
    """Tell every recipient that no answer is needed any more; the clocks stop."""
    asked = copies.own_copy(desk, request)
    before = asked.header
    faults = _text_faults({"reason": reason})
    if not any(p.clocks() for p in asked.parties.values()):
        faults.append(Fault("request", "Nothing of it is open", "There is nothing to cancel."))
    header = replace(
        before,
        ref=f"cancel {asked.message}",
        type="cancellation",
        at=_now(desk),
        content="",
        parent=asked.message,
        questions=0,
        attachments=(),
    )
    content = Content(subject="", text=reason, officer=officer)
    return _seal_and_deliver(desk, keyring, header, content, [], faults)


def send_sealed(desk: Desk, given: model.SealedIn) -> model.Sent:
    """Deliver an envelope that the bureau's own software sealed and signed. Raises Faulty, Absent."""
    try:
        header = header_of(given.header.encode())
        envelope = Envelope(
            header=given.header.encode(),
            content=raw64(given.content),
            wraps={print_: raw64(wrap) for print_, wrap in given.wraps.items()},
            signer=given.signer,
            signature=raw64(given.signature),
        )
    except ValidationError as wrong:
        places = ("/".join(["header", *(str(p) for p in e["loc"])]) for e in wrong.errors())
        faults = [Fault(at, *saying(e)) for at, e in zip(places, wrong.errors(), strict=True)]
        raise Faulty(faults=tuple(faults)) from wrong
    except ValueError as wrong:
        what = "Content, wraps and signature are base64"
        raise Faulty(faults=(Fault("content", what, "See docs/message-export.md."),)) from wrong
    standing = sent_before(desk, header.ref)
    if standing:
        if standing.thing.first("header").encode() != envelope.header:
            raise Faulty(faults=(ANOTHER,))
        return _again(desk, standing)
    way, faults = route(desk, header)
    sent = deliver(desk, header, envelope, way, faults)
    _follow(desk, None, header, sent.id)
    return sent


def _seal_and_deliver(
    desk: Desk,
    keyring: Keyring,
    header: Header,
    content: Content,
    uploads: Sequence[str],
    faults: list[Fault],
    shared: Sequence[str] = (),
) -> model.Sent:
    """All faults of the text, the way and the attachments at once; then the one way every message takes."""
    files, wrong = attachments.taken(desk, keyring, uploads, shared)
    made_of = _digest(header, content, [f.named for f in files])
    standing = sent_before(desk, header.ref)
    if standing:
        if not _is_the_same(standing, keyring, made_of):
            raise Faulty(faults=(ANOTHER,))
        return _again(desk, standing)
    content = replace(content, attachments=tuple(f.named for f in files), made_of=made_of)
    header = replace(header, attachments=tuple(f.attached for f in files))
    way, unroutable = route(desk, header)
    faults = [*faults, *wrong, *unroutable]
    if faults:
        raise Faulty(faults=tuple(faults))
    readers = list(way.readers.values())
    envelope = sealed(header, content, keyring, readers, desk.house.randomness)
    header = header_of(envelope.header)
    sent = deliver(desk, header, envelope, way, [])
    _follow(desk, keyring, header, sent.id)
    return sent


def _follow(desk: Desk, keyring: Keyring | None, header: Header, id: str) -> None:
    """What an answer or a cancellation does to the request it follows, in both bureaus' copies."""
    if header.type not in ("answer", "cancellation"):
        return
    request = copies.own_copy(desk, header.parent)
    if header.type == "cancellation":
        parties = {code: p.cancelled() for code, p in request.parties.items()}
        copies.come(desk, request, parties)
        for code, bureau in by_code(desk).items():
            theirs = copies.copy_of(desk, bureau.number, request.message) if code in parties else None
            if theirs:
                copies.come(desk, theirs, {code: parties[code]})
        return
    mine = header.sender
    progress = request.parties[mine]
    if any(q.answer == id for q in progress.questions):
        return
    progress = progress.answered(header.answers, id, desk.now)
    if progress.state == "answered":
        progress = progress.signed(_fact(desk, keyring, "answered", request.message, mine))
    both(desk, request, mine, lambda _before: progress)


def both(desk: Desk, request: Copy, code: str, change: Any) -> None:
    """Change how far a message has come with one recipient, in his copy and in the sender's."""
    copies.come(desk, request, {code: change(request.parties[code])})
    sender = by_code(desk).get(request.header.sender)
    asked = copies.copy_of(desk, sender.number, request.message) if sender else None
    if sender and asked:
        copies.come(desk, asked, {**asked.parties, code: change(asked.parties[code])})
        news(desk, sender.number, "receipts", asked.thing.id)


def _fact(desk: Desk, keyring: Keyring | None, fact: str, message: str, code: str) -> Receipt:
    """By the bureau's key; by the house where the bureau sealed elsewhere (its signed answer proves it)."""
    return signed_fact(desk, keyring, fact, message, code) if keyring else receipt(desk, fact, message, code)


def signed_fact(desk: Desk, keyring: Keyring, fact: str, message: str, code: str) -> Receipt:
    """A fact that a recipient's bureau states and signs: opened, answered."""
    at = _now(desk)
    signature = keyring.current.sign("receipt", fact_text(fact, message, code, at))
    return Receipt(fact, at, keyring.fingerprint, signature.hex())


def _is_the_same(standing: Copy, keyring: Keyring, made_of: str) -> bool:
    """Whether what was sent before is what is sent now; not so where this session cannot tell."""
    reader = standing.thing.first("reader")
    try:
        read = opened(standing.header, standing.content, reader, standing.wrap, keyring)
    except Unopened:
        return False
    return read.made_of == made_of


def _again(desk: Desk, standing: Copy) -> model.Sent:
    """The same message again is that message."""
    desk.note("message", object=standing.message, outcome="sent before")
    return model.Sent(id=standing.message, thread=standing.thing.first("thread"))


def _digest(header: Header, content: Content, files: Sequence[Mapping[str, Any]]) -> str:
    """What tells two messages apart, whenever and by whose hand they were sent."""
    said = [
        header.to,
        header.type,
        header.urgency,
        header.language,
        header.level,
        header.group,
        header.parent,
        [(a.question, a.how, a.until) for a in header.answers],
        replace(content, officer="", made_of="").spelled().decode(),
        [(f["name"], f["digest"]) for f in files],
    ]
    return sha256(json.dumps(said).encode()).hexdigest()


def _text_faults(said: Mapping[str, Any], where: str = "") -> list[Fault]:
    """Signs that no text of the house may hold (control characters, what turns text around)."""
    faults = []
    for name, value in said.items():
        if isinstance(value, Mapping):
            faults += _text_faults(value, f"{where}{name}/")
        elif isinstance(value, list):
            faults += _text_faults({str(i): v for i, v in enumerate(value)}, f"{where}{name}/")
        elif isinstance(value, str):
            try:
                TEXT_TYPES["text"].clean(value)
            except ValueError as wrong:
                faults.append(Fault(f"{where}{name}", f"The text {wrong}", "Take it out."))
    return faults


def _members(desk: Desk, group: str) -> tuple[str, ...]:
    """Every bureau of a group but one's own."""
    if not group:
        return ()
    bureaus = group_of(desk, group).bureaus - {desk.asker.bureau}
    return tuple(sorted(code for code, b in by_code(desk).items() if b.number in bureaus))


def _code(desk: Desk) -> str:
    return next(code for code, b in by_code(desk).items() if b.number == desk.asker.bureau)


def _moment(text: str) -> str:
    """A moment in UTC as it is kept; what is none stays as it was written, and is a fault later."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return at.astimezone(UTC).isoformat(timespec="seconds") if at.tzinfo else text


def _now(desk: Desk) -> str:
    return desk.now.isoformat(timespec="seconds")
