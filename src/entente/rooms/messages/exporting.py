"""A message as a file: what was signed and sealed, byte for byte, and what one's bureau reads in it.

The schema, and how its names map to UMF and NIEM, is in docs/message-export.md.
"""

from dataclasses import asdict
from typing import Any, Literal

from entente.desk import Desk
from entente.rooms.bureaus import Keyring
from entente.rooms.messages import model, reading
from entente.rooms.records import Strict

SCHEMA: Literal["entente-message-1"] = "entente-message-1"


class Exported(Strict):
    """`envelope`: header (the exact text that was signed), content, wrap, reader, signer, signature."""

    format: Literal["entente-message-1"]
    id: str
    thread: str
    envelope: dict[str, str]
    content: dict[str, Any]
    parties: list[model.PartyOut]


def export(desk: Desk, keyring: Keyring, id: str) -> Exported:
    """Raises Absent, and Locked for what this session cannot open."""
    copy, content = reading.opened_copy(desk, keyring, id)
    message = reading.one(desk, keyring, id)
    desk.note("export", object=copy.message, what="message")
    thing = copy.thing
    said = asdict(content)
    said["attachments"] = [{k: v for k, v in a.items() if k != "key"} for a in content.attachments]
    names = ("header", "content", "wrap", "reader", "signer", "signature")
    return Exported(
        format=SCHEMA,
        id=copy.message,
        thread=thing.first("thread"),
        envelope={name: thing.first(name) for name in names},
        content={k: v for k, v in said.items() if k != "made_of"},
        parties=message.parties,
    )
