"""Delivering: an envelope is checked, and every bureau concerned gets its copy, in one transaction.

It does not matter who sealed it: the server for an officer, or a bureau's own software. Whatever is
wrong is named at once; what was sent before (the same reference) is the same message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from entente.core.access import Level
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import (
    Bureau,
    PublicKeys,
    by_code,
    current_key,
    group_of,
    news,
    statement,
)
from entente.rooms.messages import copies, model
from entente.rooms.messages.clock import WITHIN, clock_for
from entente.rooms.messages.copies import Copy
from entente.rooms.messages.envelope import TYPES, Envelope, Header, check
from entente.rooms.messages.model import MOST_ATTACHMENTS, MOST_QUESTIONS, MOST_RECIPIENTS
from entente.rooms.messages.progress import Progress, Question, Receipt

FRESH = timedelta(minutes=10)
"""How far an envelope's time may be from the house's: an old one that turns up is a replay."""
LARGEST_CONTENT = 150_000
ANOTHER = Fault("ref", "You sent another message with this reference", "Choose a new reference.")


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message goes: recipients by code, the group's compartment, the thread."""

    sender: Bureau
    to: Mapping[str, Bureau]
    need: frozenset[str]
    parent: Copy | None
    readers: Mapping[str, PublicKeys]


def message_id(desk: Desk, sender: int, ref: str) -> str:
    """A sender's reference makes the id, so that sending twice is sending once; other senders' never meet."""
    return desk.house.ids.of("message", sender, ref)


def route(desk: Desk, header: Header) -> tuple[Route, list[Fault]]:
    """Who sends, who gets it, with which keys, and what is wrong with that. Raises Absent for a foreign
    group or parent."""
    known = by_code(desk)
    mine = next(b for b in known.values() if b.number == desk.asker.bureau)
    faults = [] if header.sender == mine.code else [Fault("sender", "You send for your own bureau", "")]
    need: frozenset[str] = frozenset()
    allowed = None
    if header.group:
        group = group_of(desk, header.group)
        need, allowed = frozenset({group.compartment}), group.bureaus
        if group.ended:
            faults.append(Fault("group", "This working group has ended", "Its convenor may renew it."))
    to: dict[str, Bureau] = {}
    readers: dict[str, PublicKeys] = {}
    if not 1 <= len(header.to) <= MOST_RECIPIENTS or len(set(header.to)) < len(header.to):
        faults.append(Fault("to", f"Name 1 to {MOST_RECIPIENTS} bureaus, each once", ""))
    for i, code in enumerate(header.to[:MOST_RECIPIENTS]):
        bureau = known.get(code)
        if bureau is None or (allowed is not None and bureau.number not in allowed):
            where = "of this group" if allowed is not None and bureau else "here"
            faults.append(Fault(f"to/{i}", f"No bureau {code} takes part {where}", "See the directory."))
        elif bureau.number == mine.number:
            faults.append(Fault(f"to/{i}", "This is your own bureau", "Name another."))
        elif not bureau.active:
            faults.append(Fault(f"to/{i}", f"{code} is suspended (RPD 131)", "Leave it out."))
        else:
            to[code] = bureau
    for bureau in (*to.values(), mine):
        key = current_key(desk, bureau.number)
        if key is None:
            what = f"{bureau.code} has no key yet: nothing can be sealed to it"
            faults.append(Fault("to", what, "Its first officer makes it by signing in."))
        else:
            readers[bureau.code] = key
    parent = copies.own_copy(desk, header.parent) if header.parent else None
    return Route(mine, to, need, parent, readers), faults


def sent_before(desk: Desk, ref: str) -> Copy | None:
    """What one's bureau sent under a reference. Raises Faulty where it is not for this officer."""
    id = message_id(desk, desk.asker.bureau, ref)
    standing = copies.copy_of(desk, desk.asker.bureau, id)
    if standing and standing.thing.id not in desk.look_all([standing.thing.id]):
        raise Faulty(faults=(ANOTHER,))
    return standing


def deliver(desk: Desk, header: Header, envelope: Envelope, way: Route, faults: list[Fault]) -> model.Sent:
    """Check everything, and give every bureau its copy. Nothing was sent under its reference before.

    Raises Faulty.
    """
    id = message_id(desk, desk.asker.bureau, header.ref)
    faults = [*faults, *_header_faults(desk, header), *_seal_faults(header, envelope, way)]
    faults += _attachment_faults(desk, header)
    faults += _follow_faults(desk, header, way)
    if faults:
        raise Faulty(faults=tuple(faults))
    thread = way.parent.thing.first("thread") if way.parent else id
    parties = {code: _begun(desk, header, id, bureau) for code, bureau in way.to.items()}
    for code, bureau in way.to.items():
        kept = copies.keep(
            desk,
            bureau.number,
            id,
            envelope,
            header,
            {code: parties[code]},
            inward=True,
            reader=way.readers[code].fingerprint,
            thread=thread,
            need=way.need,
        )
        news(desk, bureau.number, "message" if header.type != "answer" else "reply", kept.id)
    copies.keep(
        desk,
        way.sender.number,
        id,
        envelope,
        header,
        parties,
        inward=False,
        reader=way.readers[way.sender.code].fingerprint,
        thread=thread,
        need=way.need,
    )
    desk.note(
        "message",
        object=id,
        outcome=header.type,
        to=list(header.to),
        urgency=header.urgency,
        group=header.group,
        parent=header.parent,
    )
    return model.Sent(id=id, thread=thread)


def receipt(desk: Desk, fact: str, message: str, bureau: str) -> Receipt:
    """A fact that the house states and signs."""
    at = _stamp(desk.now)
    return Receipt(
        fact, at, "house", _hex(desk.house.sign(statement("receipt", fact_text(fact, message, bureau, at))))
    )


def fact_text(fact: str, message: str, bureau: str, at: str) -> bytes:
    """What a receipt's signature is over (with its type before it, bureaus.sealing.statement)."""
    return "\n".join((fact, message, bureau, at)).encode()


def _begun(desk: Desk, header: Header, id: str, bureau: Bureau) -> Progress:
    facts = tuple(receipt(desk, fact, id, bureau.code) for fact in ("stored", "delivered"))
    if header.type != "request":
        return Progress(receipts=facts)
    clock = clock_for(header.urgency, desk.now)
    questions = tuple(Question() for _ in range(header.questions))
    return Progress(_stamp(clock.start), _stamp(clock.due), questions, facts)


def _header_faults(desk: Desk, header: Header) -> list[Fault]:
    faults = []
    if header.type not in TYPES:
        faults.append(Fault("type", f"“{header.type[:20]}” is no type", f"One of {', '.join(TYPES)}."))
    if header.urgency not in WITHIN:
        faults.append(
            Fault("urgency", f"“{header.urgency[:20]}” is no urgency", f"One of {', '.join(WITHIN)}.")
        )
    if not header.ref or len(header.ref) > 100 or not header.ref.isprintable():
        faults.append(Fault("ref", "A reference of 1 to 100 signs is needed", ""))
    try:
        far = abs(datetime.fromisoformat(header.at) - desk.now)
    except (ValueError, TypeError):
        far = timedelta.max
    if far > FRESH:
        faults.append(Fault("at", f"“{header.at[:40]}” is not now", "Seal it anew."))
    try:
        level = Level[header.level.upper()]
    except KeyError:
        faults.append(Fault("level", f"“{header.level[:20]}” is no level", ""))
    else:
        if level > desk.asker.clearance:
            faults.append(Fault("level", "It is above your own clearance", "Choose a lower one."))
    most = MOST_QUESTIONS if header.type == "request" else 0
    if not (1 if most else 0) <= header.questions <= most:
        what = f"A request has 1 to {most} questions" if most else "Only a request has questions"
        faults.append(Fault("questions", what, "Write each question on its own."))
    return faults


def _seal_faults(header: Header, envelope: Envelope, way: Route) -> list[Fault]:
    faults = []
    mine = way.readers.get(way.sender.code)
    if mine is None or envelope.signer != mine.fingerprint:
        what = "It is not signed by the sender's present key"
        faults.append(Fault("signer", what, "The key was changed or revoked: take the present one."))
    for code, key in way.readers.items():
        if key.fingerprint not in envelope.wraps:
            what = f"It is not sealed to the present key of {code}"
            faults.append(Fault("wraps", what, "Keys change: take it from the directory and seal anew."))
    if set(envelope.wraps) - {k.fingerprint for k in way.readers.values()}:
        faults.append(Fault("wraps", "It is sealed to keys of nobody who gets it", "Leave them out."))
    if len(envelope.content) > LARGEST_CONTENT:
        faults.append(
            Fault("content", f"It is larger than {LARGEST_CONTENT:,} bytes", "Attach what is long.")
        )
    return faults + check(header, envelope, mine)


def _attachment_faults(desk: Desk, header: Header) -> list[Fault]:
    """Attachments are this bureau's own uploads, or lie in a message it has."""
    faults = []
    if len(header.attachments) > MOST_ATTACHMENTS:
        faults.append(Fault("attachments", f"At most {MOST_ATTACHMENTS}", "Send a second message."))
    digests = [a.digest for a in header.attachments]
    held = {
        key
        for key, thing in desk.find([f"blob:{d}" for d in digests], limit=1000)
        if thing.handling.owner == desk.asker.bureau
    }
    for i, digest in enumerate(digests):
        if f"blob:{digest}" not in held:
            what = "This attachment was not uploaded, or a week has gone since"
            faults.append(Fault(f"attachments/{i}", what, "Upload it again."))
    return faults


def _follow_faults(desk: Desk, header: Header, way: Route) -> list[Fault]:
    """What an answer or a cancellation follows; a message for a group stays in it."""
    parent = way.parent
    faults = []
    if parent and parent.thing.handling.need != way.need:
        what = "The thread is for a working group, or this is, and not the other"
        faults.append(Fault("group", what, "Stay in the group, or begin a new thread."))
    if header.type == "answer":
        asked = parent and parent.inward and parent.header.type == "request"
        if not parent or not asked:
            return [*faults, Fault("parent", "An answer answers a request that was sent to you", "")]
        if tuple(header.to) != (parent.header.sender,):
            faults.append(Fault("to", "An answer goes to the bureau that asked", ""))
        own = parent.parties[way.sender.code]
        if own.state in ("answered", "cancelled"):
            what = f"This request is closed ({own.state})"
            faults.append(Fault("parent", what, "Send a new message in the thread."))
        elif not header.answers:
            faults.append(Fault("answers", "Nothing is answered", "Answer at least one question."))
        else:
            faults += own.faults(header.answers, desk.now)
    elif header.answers:
        faults.append(Fault("answers", "Only an answer has answers", ""))
    if header.type == "cancellation" and (
        not parent
        or parent.inward
        or parent.header.type != "request"
        or set(parent.header.to) != set(header.to)
    ):
        faults.append(Fault("parent", "Only a request of one's own is cancelled, to all who have it", ""))
    return faults


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _hex(raw: bytes) -> str:
    return raw.hex()
