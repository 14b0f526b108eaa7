"""Attachments: examined, encrypted with a key of their own, kept as blobs; their keys travel in the message.

What a file says it is and what it is must agree; the list of what may be sent is short on purpose.
"""

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from struct import unpack
from urllib.parse import quote

from entente.core.problems import Absent, Fault, Faulty, TooLarge
from entente.desk import Desk
from entente.rooms.bureaus import Keyring, encrypt_once, own, seal, unseal, with_key
from entente.rooms.messages import model
from entente.rooms.messages.copies import Copy
from entente.rooms.messages.envelope import Attached, Content, raw64, text64

LARGEST = 10 * 1024 * 1024
MOST_WAITING, MOST_BYTES_WAITING = 2_000, 2**31
"""Uploads of a bureau in a week: how many, how many bytes."""
MOST_IN_ZIP, LARGEST_DIRECTORY = 5_000, 2**20
_END_AT_MOST = 66_000
LIMITS: Mapping[str, int] = {"/messages": 26 << 20, "/api/v1/messages/attachments": 11 << 20}
"""Largest bodies by the beginning of an address: a page's form may carry several files."""
_BOUND = b"attachment"


def _zip_with(name: str) -> Callable[[bytes], bool]:
    def holds(data: bytes) -> bool:
        if not _few_entries(data):
            return False
        try:
            with zipfile.ZipFile(BytesIO(data)) as zipped:
                names = zipped.namelist()
        except (zipfile.BadZipFile, ValueError, RuntimeError, OSError):
            return False
        macros = any("vbaproject" in n.lower() or n.lower().endswith(".bin") for n in names)
        return len(names) <= MOST_IN_ZIP and name in names and not macros

    return holds


def _few_entries(data: bytes) -> bool:
    """Whether a zip's end record says that its directory is small: told before anything is made of it."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END_AT_MOST))
    if at < 0 or len(data) < at + 20:
        return False
    entries, size = unpack("<HI", data[at + 10 : at + 16])
    return bool(entries <= MOST_IN_ZIP and size <= LARGEST_DIRECTORY)


def _text(data: bytes) -> bool:
    try:
        written = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\0" not in written and not written.lstrip("\ufeff \r\n\t").lower().startswith(
        ("<!doctype", "<html", "<svg", "<?xml")
    )


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magic)


SORTS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "txt": ("text/plain", _text),
    "csv": ("text/csv", _text),
    "json": ("application/json", _text),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _zip_with("word/document.xml"),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _zip_with("xl/workbook.xml"),
    ),
}
"""What may be sent: the ending of its name -> its type, and whether bytes are that."""


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file: as the header names it, and as the content does (name, type, size, digest, key)."""

    attached: Attached
    named: dict[str, str | int]


def examined(name: str, data: bytes) -> tuple[str, str]:
    """(the name without folders, the type). Raises Faulty for what may not be sent or is disguised."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip()[:200]
    ending = plain.rpartition(".")[2].lower() if "." in plain else ""
    if len(data) > LARGEST:
        raise TooLarge(f"An attachment has at most {LARGEST // 2**20} MiB.")
    if ending not in SORTS:
        allowed = ", ".join(sorted(SORTS))
        raise Faulty(
            faults=(Fault("attachment", f"“{plain}” is not of a sort that may be sent", f"Send {allowed}."),)
        )
    type, fits = SORTS[ending]
    if not data or not fits(data):
        what = f"“{plain}” says it is {ending}, and is not"
        raise Faulty(faults=(Fault("attachment", what, "Send it under its true ending, without macros."),))
    return plain, type


def upload(desk: Desk, keyring: Keyring, name: str, data: bytes) -> model.Uploaded:
    """Keep a file, encrypted, until a message carries it; a week at most."""
    plain, type = examined(name, data)
    _must_have_room(desk, len(data))
    key, hidden = encrypt_once(data, _BOUND, desk.house.randomness)
    digest = desk.house.blobs.put(hidden)
    said = {"name": plain, "type": type, "size": len(data), "digest": digest, "key": key.hex()}
    closed = seal(json.dumps(said).encode(), [keyring.current.public], digest.encode(), desk.house.randomness)
    kept = desk.keep(
        "Attachment",
        {
            "sealed": text64(closed.content),
            "wrap": text64(closed.wraps[keyring.fingerprint]),
            "reader": keyring.fingerprint,
            "size": str(len(hidden)),
            "blobs": digest,
            "officer": desk.asker.officer,
        },
        own(desk.asker.bureau),
        keys=(f"blob:{digest}", f"uploads:{desk.asker.bureau}"),
    )
    desk.note("message", object=kept.id, outcome="upload", size=len(data))
    return model.Uploaded(id=kept.id, name=plain, type=type, size=len(data))


def _must_have_room(desk: Desk, size: int) -> None:
    """What a bureau has uploaded in a week is bounded. Raises Faulty."""
    waiting = [
        t for _, t in desk.table(["Attachment"], key=f"uploads:{desk.asker.bureau}", limit=MOST_WAITING)
    ]
    if len(waiting) == MOST_WAITING or sum(int(t.first("size")) for t in waiting) + size > MOST_BYTES_WAITING:
        what = "Your bureau has uploaded as much as it may in a week"
        raise Faulty(faults=(Fault("attachment", what, "Wait until older uploads are gone."),))


def taken(
    desk: Desk, keyring: Keyring, uploads: Sequence[str], shared: Sequence[str] = ()
) -> tuple[list[File], list[Fault]]:
    """The files of these uploads, and what is wrong with the ids.

    An upload is its officer's, for he alone knows for whom it is meant; `shared`: those of a draft that this
    officer may open.
    """
    files, faults = [], []
    found = {
        id: thing
        for id, thing in desk.look_all(uploads).items()
        if thing.first("officer") == desk.asker.officer or id in shared
    }
    for i, id in enumerate(uploads):
        thing = found.get(id)
        keys = keyring.all.get(thing.first("reader")) if thing and thing.kind == "Attachment" else None
        if thing is None or keys is None or thing.handling.owner != desk.asker.bureau:
            what = "This attachment was not uploaded, or a week has gone since"
            faults.append(Fault(f"attachments/{i}", what, "Upload it again."))
            continue
        digest = thing.first("blobs")
        said = json.loads(
            unseal(raw64(thing.first("sealed")), raw64(thing.first("wrap")), keys, digest.encode())
        )
        files.append(File(Attached(digest, int(thing.first("size"))), said))
    return files, faults


def fetch(desk: Desk, copy: Copy, content: Content, number: int) -> tuple[str, str, bytes]:
    """(name, type, bytes) of an opened message's attachment, counted from 1. Raises Absent."""
    if not 1 <= number <= len(content.attachments):
        raise Absent()
    said = content.attachments[number - 1]
    if str(said["digest"]) not in copy.thing.body.get("blobs", ()):
        raise Absent()
    try:
        hidden = desk.house.blobs.open(str(said["digest"]))
    except KeyError:
        raise Absent() from None
    data = with_key(bytes.fromhex(str(said["key"])), hidden, _BOUND)
    name, type = examined(str(said["name"]), data)  # a sender's own software may have sealed anything
    desk.note("see", object=copy.message, what="attachment", number=number)
    return name, type, data


def disposition(name: str) -> str:
    """The Content-Disposition of a download (RFC 6266): any name, and no sign that could end the header."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
