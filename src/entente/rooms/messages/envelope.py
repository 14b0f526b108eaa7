"""The envelope: a message as it travels. A signed header that the house reads, a content that it cannot.

The header says who, to whom, how urgent, how many questions, which attachments (digests), and the digest
of the content; the sender's bureau signs its exact bytes. The content is sealed to every recipient's
bureau and to the sender's own. An envelope made elsewhere, by a bureau's own software, is as good as one
made here: `check` looks at nothing else. Its form is in docs/message-export.md.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated, Literal

import orjson
from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from entente.core.problems import Fault
from entente.rooms.bureaus import Keyring, PublicKeys, Unopened, seal, unseal
from entente.rooms.messages import model
from entente.rooms.messages.progress import Given

TYPES = ("request", "information", "answer", "cancellation")
SIGNED_AS = "message"
_STRICT = ConfigDict(strict=True, extra="forbid")
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, StringConstraints(max_length=1_000)]
Text = Annotated[str, StringConstraints(max_length=40_000)]
Many = Annotated[tuple[Text, ...], Field(max_length=model.MOST_QUESTIONS)]


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as the header names it: digest and size of what lies in the blobs, encrypted."""

    __pydantic_config__ = _STRICT
    digest: Hex
    size: Annotated[int, Field(ge=0, le=2**30)]


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody who carries the message may read. `ref`: the sender's own, makes it send once.

    `sender`, `to`: codes. `parent`: id of the message it answers or follows. `group`: id of the working
    group it is for. `content`: SHA-256 of the sealed content, hex. Types are held to when it is read.
    """

    __pydantic_config__ = _STRICT
    ref: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,100}$")]
    sender: model.Code
    to: Annotated[tuple[model.Code, ...], Field(max_length=model.MOST_RECIPIENTS)]
    type: Literal["request", "information", "answer", "cancellation"]
    urgency: model.Urgency
    language: model.Language
    level: model.Level
    at: Annotated[str, StringConstraints(max_length=40)]
    content: Hex = ""
    group: model.Id = ""
    parent: model.Id = ""
    questions: Annotated[int, Field(ge=0, le=model.MOST_QUESTIONS)] = 0
    answers: Annotated[tuple[Given, ...], Field(max_length=model.MOST_QUESTIONS)] = ()
    attachments: Annotated[tuple[Attached, ...], Field(max_length=model.MOST_ATTACHMENTS)] = ()
    v: Literal[1] = 1

    def spelled(self) -> bytes:
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)

    @property
    def bound(self) -> bytes:
        """What the content is bound to, so that it opens under this header's sender and reference only."""
        return f"{self.sender}\n{self.ref}".encode()


@dataclass(frozen=True, slots=True)
class Content:
    """What only the bureaus that write to each other read. Whoever sealed it may have sealed anything, so
    that it too is held to its types when it is opened."""

    __pydantic_config__ = _STRICT
    subject: Line
    text: Text
    case: Line = ""
    their_case: Line = ""
    template: Line = ""
    officer: Line = ""
    questions: Many = ()
    answers: Many = ()
    attachments: Annotated[tuple[dict[str, str | int], ...], Field(max_length=model.MOST_ATTACHMENTS)] = ()
    made_of: Line = ""

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
    """The content that the header was signed for, by the key it was sealed to.

    Raises Unopened: for a generation not held, for another content, for one of no form or that does not
    fit its header.
    """
    keys = keyring.all.get(reader)
    if keys is None:
        raise Unopened("it was sealed to a key that this session does not hold")
    if sha256(content).hexdigest() != header.content:
        raise Unopened("the content is not the one that was signed")
    try:
        read = _CONTENT.validate_json(unseal(content, wrap, keys, header.bound))
    except ValidationError as wrong:
        raise Unopened("the content is of no form") from wrong
    digests = [a.digest for a in header.attachments]
    fits = len(read.questions) == header.questions and len(read.answers) == len(header.answers)
    if not fits or not all(_is_file(a) for a in read.attachments):
        raise Unopened("the content does not fit its header")
    if [a["digest"] for a in read.attachments] != digests:
        raise Unopened("the attachments are not those of the header")
    return read


def _is_file(said: Mapping[str, str | int]) -> bool:
    """Whether an attachment is named as it must be: name, type, size, digest, key."""
    texts = all(isinstance(said.get(name), str) for name in ("name", "type", "digest", "key"))
    return texts and isinstance(said.get("size"), int) and _KEY.fullmatch(str(said["key"])) is not None


def header_of(written: bytes) -> Header:
    """A header from its bytes. Raises pydantic.ValidationError naming every fault of its form."""
    return _HEADER.validate_json(written)


_HEADER, _CONTENT = TypeAdapter(Header), TypeAdapter(Content)
_KEY = re.compile(r"[0-9a-f]{64}")


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
