"""Copies: each bureau keeps its own of every message it sent or was sent, and sees nobody else's.

An in-copy knows how far its own bureau has come; the sender's out-copy knows it of every recipient.
The keys by which they are listed are made here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import orjson

from entente.core.access import Level
from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import own
from entente.rooms.messages.envelope import Envelope, Header, header_of, raw64, text64
from entente.rooms.messages.progress import Progress, progress_of

KEPT = timedelta(days=730)
"""Messages are not records (RPD article 9): they go after two years, unless a record was made of them."""
KIND = "Envelope"


@dataclass(frozen=True)
class Copy:
    """One bureau's copy, read."""

    thing: Thing

    @property
    def message(self) -> str:
        return self.thing.first("message")

    @property
    def inward(self) -> bool:
        return self.thing.first("box") == "in"

    @cached_property
    def header(self) -> Header:
        return header_of(self.thing.first("header").encode())

    @cached_property
    def parties(self) -> Mapping[str, Progress]:
        """By recipient's code; an in-copy knows its own bureau alone."""
        return {code: progress_of(said) for code, said in orjson.loads(self.thing.first("progress")).items()}

    @property
    def wrap(self) -> bytes:
        return raw64(self.thing.first("wrap"))

    @property
    def content(self) -> bytes:
        return raw64(self.thing.first("content"))


def copy_id(desk: Desk, bureau: int, message: str) -> str:
    return desk.house.ids.of("copy", message, bureau)


def own_copy(desk: Desk, id: str) -> Copy:
    """One's bureau's copy of a message, by the message's id or its own. Raises Absent."""
    mine = copy_id(desk, desk.asker.bureau, id)
    found = desk.look_all([mine, id])
    for thing in (found.get(mine), found.get(id)):
        if thing and thing.kind == KIND and thing.handling.owner == desk.asker.bureau:
            return Copy(thing)
    raise Absent()


def copy_of(desk: Desk, bureau: int, message: str) -> Copy | None:
    """Another bureau's copy, for what the house does in both at once."""
    thing = desk.as_house().inspect(copy_id(desk, bureau, message))
    return Copy(thing) if thing else None


def keep(
    desk: Desk,
    bureau: int,
    message: str,
    envelope: Envelope,
    header: Header,
    parties: Mapping[str, Progress],
    *,
    inward: bool,
    reader: str,
    thread: str,
    need: frozenset[str],
) -> Thing:
    """Keep a bureau's copy, as the house."""
    body: dict[str, Any] = {
        "message": message,
        "thread": thread,
        "parent": header.parent,
        "box": "in" if inward else "out",
        "type": header.type,
        "sender": header.sender,
        "recipients": header.to,
        "group": header.group,
        "urgency": header.urgency,
        "language": header.language,
        "at": header.at,
        "header": envelope.header.decode(),
        "content": text64(envelope.content),
        "wrap": text64(envelope.wraps[reader]),
        "reader": reader,
        "signer": envelope.signer,
        "signature": text64(envelope.signature),
        "blobs": tuple(a.digest for a in header.attachments),
        "progress": _spelled(parties),
    }
    return desk.as_house().keep(
        KIND,
        {name: value for name, value in body.items() if value},
        own(bureau, Level[header.level.upper()], need),
        id=copy_id(desk, bureau, message),
        expires=desk.today + KEPT,
        keys=_keys(bureau, inward, thread, body["blobs"], parties),
    )


def come(desk: Desk, copy: Copy, parties: Mapping[str, Progress]) -> Thing:
    """Keep how far a message has come, as the house."""
    thing = copy.thing
    keys = _keys(
        thing.handling.owner,
        copy.inward,
        thing.first("thread"),
        thing.body.get("blobs", ()),
        parties,
    )
    body = {**thing.body, "progress": (_spelled(parties),)}
    return desk.as_house().change(thing, body=body, keys=keys)


def _keys(
    bureau: int, inward: bool, thread: str, blobs: tuple[str, ...], parties: Mapping[str, Progress]
) -> tuple[str, ...]:
    """`burns` and `waits` list by what is due first; `ticks` is what the clocks' duty reads."""
    keys = [f"{'box' if inward else 'sent'}:{bureau}", f"thread:{bureau}:{thread}"]
    keys += [f"blob:{digest}" for digest in blobs]
    due = min((p.burns for p in parties.values() if p.burns), default="")
    if due:
        keys.append(f"{'burns' if inward else 'waits'}:{bureau}:{due}")
    ticks = min((p.ticks for p in parties.values() if p.ticks), default="")
    if inward and ticks:
        keys.append(f"ticks:{ticks}")
    return tuple(keys)


def _spelled(parties: Mapping[str, Progress]) -> str:
    return orjson.dumps(dict(parties)).decode()
