"""The journal: what was done, by whom and why, sealed so that it can be proven and partly forgotten.

An `Event` is sealed into a *leaf*, which is hashed into the tree (core.merkle) and never changes,
and a *private* text. The leaf holds what must stay for ever; what may have to be erased (the
justification and all details, such as the question and the ids shown) stands in the leaf only as
a salted commitment. Erase the private text and nobody can tell what was committed to, while every
proof still verifies (shared specification "sharing", section 5; Directive 2016/680, article 25).
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

MEANINGS: Mapping[str, str] = {
    "sign-in": "an officer or a key was admitted",
    "sign-out": "a session was ended, by the officer or by the house",
    "refuse": "an act was asked for and refused",
    "search": "a question was put to the records",
    "see": "a thing was opened and read",
    "watch": "searches were held against what owners watch, or files against each other; owners told",
    "ask": "owners were asked whether to keep what soon expires",
    "verdict": "an officer judged a candidate: same, not same, cannot tell",
    "confirm": "an owner answered a hit",
    "contribute": "a thing was added",
    "correct": "a thing was replaced by a newer version",
    "withdraw": "an owner took a thing back",
    "keep": "an owner keeps a thing until a later date",
    "handle": "an owner changed who may see a thing, or released it for a report",
    "message": "a message, request, reply or receipt was sent",
    "remind": "clocks of requests ran: a reminder, an escalation, no response",
    "convene": "a working group was made, or its members changed",
    "analyse": "an analysis file, its members, subjects, charts or reports were changed",
    "gather": "a bureau contributed to an analysis file",
    "stand": "a standing query was made, changed or ended",
    "examine": "a document was checked: read, compared, answered, judged, passed on",
    "intercept": "a request to stop a payment moved along, from its draft to its end",
    "trace": "money was followed through transfers of accounts",
    "trend": "figures were made of seizures, or a finding in them was judged",
    "target": "an operation or a list of targets was changed",
    "refer": "a company reported, or the desk of referrals worked on a match of reports",
    "case": "a case study, its claims, evidence, proceedings or review were changed",
    "assess": "a threat assessment was changed: its indicators, scores, review",
    "screen": "a list was screened: sent, asked, stopped, looked at again, ended",
    "ring": "records were held against standing queries, and bureaus told",
    "deconflict": "inquiries into the same subject were brought together",
    "publish": "a notice or a report was published, suspended, resumed, taken back or has expired",
    "notify": "a bureau's own system was told that something waits",
    "review": "a neutral reviewer judged a notice or read under oversight",
    "approve": "a second person approved an act that needs two",
    "load": "many things were loaded at once",
    "export": "things or the journal left the house as a file",
    "administer": "a bureau, an officer, a role, a key or a setting was changed",
    "expire": "a thing reached its date and left every view",
    "erase": "a thing was deleted for good",
    "forget": "private parts of old journal entries were erased",
    "backup": "a copy of the store was made",
    "restore": "the store was put back from a copy and the deletions applied again",
    "start": "the house began to serve",
    "stop": "the house ceased to serve",
}
ACTS = tuple(MEANINGS)
"""The closed list of acts. Each is explained in docs/journal.md."""

VERSION = 1
SALT = 16
"""Bytes of a salt: nobody finds a committed value by trying values."""

_HEX = re.compile(r"[0-9a-f]{32}")
_CLEAR = ("act", "at", "bureau", "id", "object", "officer", "outcome", "purpose", "role", "sealed", "v")
_JUSTIFICATION = "justification"


class Tampered(Exception):
    """What is kept is not what was sealed or signed. `place`: the first journal place that fails, or 0."""

    def __init__(self, what: str, place: int = 0) -> None:
        super().__init__(f"place {place}: {what}" if place else what)
        self.what = what
        self.place = place


@dataclass(frozen=True, slots=True)
class Event:
    """One act. `id`: 32 hex digits. `at`: with a time zone. `purpose`: its slug.
    `object`: the id of the thing acted on.

    `outcome` is a short word or counts ("full 3, contact 1"), never content. `details` maps names to
    JSON values and is sealed, as is `justification`; all else stays readable in the leaf for ever.
    """

    id: str
    at: datetime
    act: str
    officer: str
    bureau: int
    role: str = ""
    purpose: str = ""
    justification: str = ""
    object: str = ""
    outcome: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def canonical(value: Any) -> bytes:
    """JSON in one form only: keys sorted by code point, no spaces, UTF-8, no NaN.

    Raises ValueError for what has no such form (NaN, half a surrogate pair).
    """
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def instant(at: datetime) -> str:
    """A moment in one form only: UTC to the microsecond. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def commitment(salt: bytes, name: str, value: Any) -> str:
    """SHA-256 over salt and canonical [name, value]: the array keeps name and value apart. In hex."""
    return sha256(salt + canonical([name, value])).hexdigest()


def seal(event: Event, salt_source: Callable[[int], bytes]) -> tuple[bytes, str]:
    """(leaf, private) of an event; `salt_source(n)` gives n bytes nobody can guess (secrets.token_bytes).

    Raises ValueError for an act that is not in ACTS, an id that is not 32 hex digits, a moment
    without a time zone, or a detail that is not JSON or is called "justification".
    """
    if event.act not in MEANINGS:
        raise ValueError(f"there is no act {event.act!r}")
    if not _HEX.fullmatch(event.id):
        raise ValueError("an event's id has 32 hex digits")
    if _JUSTIFICATION in event.details:
        raise ValueError("a detail cannot be called justification")
    sealed, private = {}, {}
    for name, value in {_JUSTIFICATION: event.justification, **event.details}.items():
        salt = salt_source(SALT)
        sealed[name] = commitment(salt, name, value)
        private[name] = [salt.hex(), value]
    leaf = canonical(
        {
            "act": event.act,
            "at": instant(event.at),
            "bureau": event.bureau,
            "id": event.id,
            "object": event.object,
            "officer": event.officer,
            "outcome": event.outcome,
            "purpose": event.purpose,
            "role": event.role,
            "sealed": sealed,
            "v": VERSION,
        }
    )
    return leaf, canonical(private).decode()


def open_private(leaf: bytes, private: str = "") -> Event:
    """The event of a leaf, with whatever its private text still opens; an empty one opens nothing.

    Raises Tampered when the leaf has another form than `seal` gives it, or when a value does not
    fit its commitment.
    """
    return unseal(leaf, private)[0]


def unseal(leaf: bytes, private: str = "") -> tuple[Event, frozenset[str]]:
    """The same, and the names of what the leaf commits to but can no longer be opened: the forgotten."""
    clear = parse(leaf, "the leaf")
    sealed = clear.get("sealed")
    if clear.get("v") != VERSION or tuple(sorted(clear)) != _CLEAR or not isinstance(sealed, dict):
        raise Tampered("the leaf does not have the fields of an event")
    opened: dict[str, Any] = {}
    pairs = parse(private.encode(errors="surrogatepass"), "the private text") if private else {}
    for name, pair in pairs.items():
        if not (isinstance(pair, list) and len(pair) == 2 and _HEX.fullmatch(str(pair[0]))):
            raise Tampered(f"the private text of {name!r} is not a salt of {SALT} bytes and a value")
        if commitment(bytes.fromhex(pair[0]), name, pair[1]) != sealed.get(name):
            raise Tampered(f"the value of {name!r} is not what was committed to")
        opened[name] = pair[1]
    forgotten = frozenset(sealed.keys() - opened.keys())
    try:
        event = Event(
            id=clear["id"],
            at=datetime.fromisoformat(clear["at"]),
            act=clear["act"],
            officer=clear["officer"],
            bureau=clear["bureau"],
            role=clear["role"],
            purpose=clear["purpose"],
            justification=opened.pop(_JUSTIFICATION, ""),
            object=clear["object"],
            outcome=clear["outcome"],
            details=opened,
        )
    except (TypeError, ValueError) as why:
        raise Tampered("the leaf does not have the values of an event") from why
    return event, forgotten


def checkpoint_bytes(origin: str, size: int, root: bytes, at: datetime) -> bytes:
    """What is signed at a size: five lines of text, after the checkpoints of C2SP tlog-checkpoint.

    `origin` names the house for ever (one line); `root` is 32 bytes.
    """
    if not origin or not origin.isprintable() or len(root) != 32 or size < 0:
        raise ValueError("a checkpoint needs an origin on one line, a size and a root of 32 bytes")
    return f"entente journal\n{origin}\n{size}\n{b64encode(root).decode()}\n{instant(at)}\n".encode()


def parse(text: bytes, what: str) -> dict[str, Any]:
    """The object a canonical JSON text spells. Raises Tampered, naming `what`, for any other spelling."""
    try:
        value = json.loads(text)
        same = canonical(value) == text
    except (ValueError, RecursionError) as why:
        raise Tampered(f"{what} is not JSON") from why
    if not same or not isinstance(value, dict):
        raise Tampered(f"{what} is not in canonical form")
    return value
