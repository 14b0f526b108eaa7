"""The envelope: a message as it travels. A signed header that the house reads, a content that it cannot.

The header says who, to whom, how urgent, how many questions, which attachments (digests), and the digest
of the content; the sender's bureau signs its exact bytes. The content is sealed to every recipient's
bureau and to the sender's own. An envelope made elsewhere, by a bureau's own software, is as good as one
made here: `check` looks at nothing else. Its form is in docs/message-export.md.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import orjson

from entente.core.problems import Fault
from entente.rooms.bureaus import Keyring, PublicKeys, Unopened, seal, unseal
from entente.rooms.messages.progress import Given

TYPES = ("request", "information", "answer", "cancellation")
SIGNED_AS = "message"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as the header names it: digest and size of what lies in the blobs, encrypted."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody who carries the message may read. `ref`: the sender's own, makes it send once.

    `sender`, `to`: codes. `parent`: id of the message it answers or follows. `group`: id of the working
    group it is for. `content`: SHA-256 of the sealed content, hex.
    """

    ref: str
    sender: str
    to: tuple[str, ...]
    type: str
    urgency: str
    language: str
    level: str
    at: str
    content: str = ""
    group: str = ""
    parent: str = ""
    questions: int = 0
    answers: tuple[Given, ...] = ()
    attachments: tuple[Attached, ...] = ()
    v: int = VERSION

    def spelled(self) -> bytes:
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)

    @property
    def bound(self) -> bytes:
        """What the content is bound to, so that it opens under this header's sender and reference only."""
        return f"{self.sender}\n{self.ref}".encode()


@dataclass(frozen=True, slots=True)
class Content:
    """What only the bureaus that write to each other read."""

    subject: str
    text: str
    case: str = ""
    their_case: str = ""
    template: str = ""
    officer: str = ""
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    made_of: str = ""

    def spelled(self) -> bytes:
        return orjson.dumps(self)


@dataclass(frozen=True, slots=True)
class Envelope:
    """`header`: its exact bytes. `wraps`: fingerprint of a bureau's key -> the content's key for it."""

    header: bytes
    content: bytes
    wraps: Mapping[str, bytes]
    signer: str
    signature: bytes


def sealed(
    header: Header,
    content: Content,
    keyring: Keyring,
    readers: Sequence[PublicKeys],
    randomness: Callable[[int], bytes],
) -> Envelope:
    """Seal a content to its readers and sign the header, with the sender's keys."""
    closed = seal(content.spelled(), readers, header.bound, randomness)
    spelled = with_digest(header, closed.content).spelled()
    signature = keyring.current.sign(SIGNED_AS, spelled)
    return Envelope(spelled, closed.content, closed.wraps, keyring.fingerprint, signature)


def with_digest(header: Header, content: bytes) -> Header:
    return replace(header, content=sha256(content).hexdigest())


def opened(header: Header, content: bytes, reader: str, wrap: bytes, keyring: Keyring) -> Content:
    """The content, by the key it was sealed to. Raises Unopened, also for a generation not held."""
    keys = keyring.all.get(reader)
    if keys is None:
        raise Unopened("it was sealed to a key that this session does not hold")
    said: dict[str, Any] = orjson.loads(unseal(content, wrap, keys, header.bound))
    parts: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
    return Content(**parts)


def header_of(said: Mapping[str, Any]) -> Header:
    """A header from JSON. Raises TypeError and ValueError for another form."""
    made = dict(said)
    made["to"] = tuple(str(code) for code in made["to"])
    made["answers"] = tuple(Given(**one) for one in made.get("answers", ()))
    made["attachments"] = tuple(Attached(**one) for one in made.get("attachments", ()))
    return Header(**made)


def check(header: Header, envelope: Envelope, signer: PublicKeys | None) -> list[Fault]:
    """What is wrong with an envelope's seals; that its bureaus and keys are known is the service's to see."""
    faults = []
    if sha256(envelope.content).hexdigest() != header.content:
        faults.append(Fault("content", "The content is not the one that was signed", "Send it again."))
    if signer is None or not signer.verifies(SIGNED_AS, envelope.header, envelope.signature):
        what = "The signature is not that of the sender's present key"
        faults.append(Fault("signature", what, "Sign the header's exact bytes with it."))
    return faults


def text64(raw: bytes) -> str:
    return b64encode(raw).decode()


def raw64(text: str) -> bytes:
    """Raises ValueError."""
    return b64decode(text, validate=True)
