"""One door for whatever a bank sends: which message it is, and what it says."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from entente.core.problems import Fault
from entente.match.banking import auth, camt029, camt056, mt, mt_reading, pacs002, pacs004, pacs008
from entente.match.banking.auth import Change, Inquiry, Response
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.documents import SPACE, message, parse
from entente.match.banking.grammar import MEND, Unfit
from entente.match.banking.pacs002 import Standing
from entente.match.banking.pacs004 import Returned
from entente.match.banking.payments import Payment

Said = Recall | Answer | Returned | Standing | Payment | Inquiry | Response | Change | mt.Message
"""What a message says of one payment or inquiry; a free text (MT199) stays as it is."""

_READERS: Mapping[str, Callable[[bytes, datetime | None], Any]] = {
    **dict.fromkeys(camt056.VERSIONS, camt056.read),
    **dict.fromkeys(camt029.VERSIONS, camt029.read),
    **dict.fromkeys(pacs004.VERSIONS, pacs004.read),
    **dict.fromkeys(pacs002.VERSIONS, pacs002.read),
    **dict.fromkeys(pacs008.VERSIONS, pacs008.read),
    **dict.fromkeys(auth.VERSIONS, auth.read),
}
_ISO = re.compile(SPACE.encode() + rb"([a-z]{4}\.\d{3}\.\d{3}\.\d{2})\b")
_FIN = re.compile(rb"(?:\{1:[^}]*\}(?:\{2:[IO](\d{3}))?|:20:)")
KINDS = (*_READERS, *[f"MT{kind}" for kind in mt.MUST])
"""Messages that are read."""


def kind_of(data: bytes) -> str:
    """Name of a message ("camt.056.001.08", "MT196"); empty where it is none, or none that is known by name.

    Raises Unfit where it is XML or FIN and broken, TypeError for what is not bytes.
    """
    _bytes(data)
    if _is_xml(data):
        return message(parse(data))[0]
    text = _text(data)
    if text.lstrip().startswith(("{", ":")):
        return f"MT{mt.read(text).kind}"
    return ""


def looks_like(head: bytes) -> str:
    """Name of a bank message by its first few thousand bytes, sound or not: "pacs.008.001.08", "MT940".

    "MT" alone where FIN's fields stand without their blocks; empty where it looks like none. For those who
    read other files and must say what came in their place.
    """
    if _is_xml(head):
        named = _ISO.search(head)
        return named[1].decode() if named else ""
    numbered = _FIN.match(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    return f"MT{(numbered[1] or b'').decode()}" if numbered else ""


def read(data: bytes, now: datetime | None = None) -> Sequence[Said]:
    """What a message says, in order: all of it, or Unfit with every fault, each with its line and field.

    With `now` (which must have a zone) dates that have not come are faults; FIN messages, which carry no
    time of their own, are dated by it and cannot be read without. TypeError for what is not bytes.
    """
    _bytes(data)
    if _is_xml(data):
        name = message(parse(data))[0]
        if name not in _READERS:
            what = f"is “{name or 'no message of ISO 20022'}”, not one of {', '.join(KINDS)}"
            raise Unfit([Fault("line 1: xmlns", what, MEND)])
        said = _READERS[name](data, now)
        return said if isinstance(said, list) else [said]
    text = _text(data)
    if not text.lstrip().startswith(("{", ":")):
        raise Unfit([Fault("line 1: the file", "the file is neither XML nor a FIN message", MEND)])
    found = mt.read(text)
    if found.kind in ("103", "202"):
        return [mt_reading.payment(found)]
    if found.kind == "199":
        return [found]
    if now is None:
        what = f"the MT{found.kind} carries no time of its own"
        raise Unfit([Fault("line 1: block 4", what, "Say when it came: `now`.")])
    return [mt_reading.recall(found, now) if found.kind == "192" else mt_reading.answer(found, now)]


def _bytes(data: object) -> None:
    """A text has lost its encoding, and with it what a hostile file did with it."""
    if not isinstance(data, bytes | bytearray):
        what = f"a message is read from bytes as they came, not from {type(data).__name__}"
        raise TypeError(f"{what}: open the file in mode 'rb', or encode the text as UTF-8")


def _is_xml(data: bytes) -> bool:
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe", b"\xfe\xff"))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data[: broken.start].count(b"\n") + 1
        raise Unfit([Fault(f"line {line}: the file", "the file is not UTF-8", MEND)]) from None
