"""The fields of a VICS entry, each read into the form of `Media`. What cannot be read is told and left as it
came.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from entente.match.images.camera import device_of
from entente.rooms.series.formats.bounded_json import Tell
from entente.rooms.series.formats.timestamps import when
from entente.rooms.series.media_model import FRAMES, TURNS, VIEWS

MOST_LINE = 200
MOST_TEXT = 4000
_FILMS = (
    ".mp4",
    ".mov",
    ".avi",
    ".mkv",
    ".wmv",
    ".webm",
    ".flv",
    ".3gp",
    ".mpg",
    ".mpeg",
    ".m4v",
    ".ts",
    ".vob",
    ".asf",
)
_HEX = re.compile(r"[0-9a-f]*\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{192}\Z")
_MIME = re.compile(r"[a-z0-9.+-]{1,60}(?:/[a-z0-9.+-]{1,60})?\Z")
_SIGNS = re.compile(r"[^a-z0-9]")
_FRAME = re.compile(r"pdqframe@(\d{1,7}(?:\.\d{1,6})?)\Z", re.IGNORECASE)
_FLAGS = {
    "true": True,
    "1": True,
    "yes": True,
    "y": True,
    "false": False,
    "0": False,
    "no": False,
    "n": False,
}

Found = dict[str, Any]
Read = Callable[[str, Any, Found, Tell], None]


def digest(text: Any, digits: int) -> str:
    """A hash in lower-case hex; empty when it is none of that length."""
    if type(text) is not str:
        return ""
    found = text.strip().lower()
    return found if len(found) == digits and _HEX.match(found) else ""


def photodna(text: str) -> str:
    """A PhotoDNA value, 144 bytes in base64 or hex, as base64; empty when it is none."""
    text = text.strip()
    if _BASE64.match(text):
        return text
    return b64encode(bytes.fromhex(text)).decode() if digest(text, 288) else ""


def yes_or_no(value: Any) -> bool | None:
    """A yes or no in any of the forms tools write. ValueError when it is none; None when nothing is said."""
    if value is None or value is True or value is False:
        return value
    text = str(value).strip().lower()
    if not text or text == "null":
        return None
    if text not in _FLAGS:
        raise ValueError(text)
    return _FLAGS[text]


def _digest(field: str, digits: int) -> Read:
    def read(name: str, value: Any, found: Found, tell: Tell) -> None:
        if hash := digest(value, digits):
            found[field] = hash
        elif value != "":
            tell(f"{name} is no hash of {digits} hex digits")

    return read


def _photodna(name: str, value: Any, found: Found, tell: Tell) -> None:
    if told := photodna(value) if type(value) is str else "":
        found["photodna"] = told
    elif value != "":
        tell(f"{name} is no value of 144 bytes in base64 or hex")


def text(field: str, most: int = MOST_LINE) -> Read:
    """A reader of a short text into a field."""

    def read(name: str, value: Any, found: Found, tell: Tell) -> None:
        if type(value) is list and all(type(one) is str for one in value):
            value = ", ".join(value)
        if type(value) is not str and (type(value) is bool or type(value) not in (int, float)):
            tell(f"{name} is no text")
        elif len(told := str(value).strip()) <= most:
            if told:
                found[field] = told
        else:
            tell(f"{name} has {len(told)} characters; at most {most} are read")

    return read


def flag(field: str) -> Read:
    """A reader of a yes or no into a field."""

    def read(name: str, value: Any, found: Found, tell: Tell) -> None:
        try:
            told = yes_or_no(value)
        except ValueError:
            tell(f"{name} is neither true nor false")
        else:
            if told is not None:
                found[field] = told

    return read


def _number(field: str, most: int, whole: bool = True) -> Read:
    def read(name: str, value: Any, found: Found, tell: Tell) -> None:
        if value == "":
            return
        try:
            number = float(value) if type(value) in (int, float, str) else -1.0
        except ValueError:
            number = -1.0
        if not 0 <= number <= most or (whole and number != int(number)):
            tell(f"{name} is no number from 0 to {most}")
        elif number:
            found[field] = int(value if type(value) is int else number) if whole else number

    return read


def _mime(name: str, value: Any, found: Found, tell: Tell) -> None:
    told = value.split(";")[0].strip().lower() if type(value) is str else ""
    if told and _MIME.match(told):
        found["mime"] = told
    elif value != "":
        tell(f"{name} is no file type")


def _path(_name: str, value: Any, found: Found, _tell: Tell) -> None:
    if type(value) is str and value.strip():
        found["label"] = label_of(value)


def label_of(path: str) -> str:
    """A path with forward strokes; of a long one its end, which tells most."""
    label = path.replace("\\", "/").strip()
    return label if len(label) <= MOST_LINE else "…" + label[1 - MOST_LINE :].lstrip()


def _media_files(_name: str, value: Any, found: Found, _tell: Tell) -> None:
    """A file is often named by many entries and an entry names many files: the first is what it is called."""
    for one in value if type(value) is list else ():
        if type(one) is dict and "label" not in found:
            for key in ("FilePath", "FileName"):
                if type(path := one.get(key)) is str and path.strip():
                    found["label"] = label_of(path)
                    return


def _pairs(value: Any, name: str, said: str) -> list[tuple[str, Any]]:
    if type(value) is not list:
        return []
    return [(one[name], one.get(said)) for one in value if type(one) is dict and type(one.get(name)) is str]


def _exifs(_name: str, value: Any, found: Found, tell: Tell) -> None:
    told: dict[str, str] = {}
    for name, said in _pairs(value, "PropertyName", "PropertyValue"):
        if type(said) in (str, int, float):
            told.setdefault(_SIGNS.sub("", name.lower()).removeprefix("exif").removeprefix("ifd0"), str(said))
    serial = told.get("bodyserialnumber") or told.get("serialnumber") or told.get("cameraserialnumber")
    lines = {
        "device": device_of(told.get("make"), told.get("model"), serial),
        "lens": told.get("lensserialnumber", ""),
        "image_id": told.get("imageuniqueid", ""),
        "taken": when(told.get("datetimeoriginal", "")),
    }
    for field, line in lines.items():
        if line := line.strip():
            if len(line) <= MOST_LINE:
                found[field] = line
            else:
                tell(f"Exifs: {field} has {len(line)} characters; at most {MOST_LINE} are read")


_DIGESTS = {"sha256": 64, "sha1": 40, "md5": 32}
_MOST = {"pdq": VIEWS, "turns": TURNS, "frames": FRAMES}


def _alternative_hashes(_name: str, value: Any, found: Found, tell: Tell) -> None:
    """The hashes that have no key of their own, by names whose case and signs nobody agrees on."""
    many: dict[str, list[Any]] = {"pdq": [], "turns": [], "frames": []}
    whole = False
    for name, said in _pairs(value, "HashName", "HashValue"):
        plain = _SIGNS.sub("", name.lower())
        frame = _FRAME.match(name.strip())
        if not (plain in _DIGESTS or frame or plain.startswith("pdq") or plain in ("dhash256", "dhash")):
            continue
        if not (hash := digest(said, _DIGESTS.get(plain, 64))):
            tell(f"AlternativeHashes: {name[:40]} is no such hash")
        elif frame:
            many["frames"].append({"at": float(frame[1]), "pdq": hash})
        elif plain.startswith("pdq"):
            sort = "turns" if plain.startswith("pdqturn") else "pdq"
            first = plain == "pdq" and not whole
            whole = whole or first
            many[sort].insert(0 if first else len(many[sort]), hash)
        else:
            found.setdefault(plain if plain in _DIGESTS else "dhash", hash)
    for field, told in many.items():
        if told:
            found[field] = told[: _MOST[field]]
            if len(told) > _MOST[field]:
                tell(f"AlternativeHashes: {len(told)} of one sort; the first {_MOST[field]} are read")


_METADATA: Mapping[str, Read] = {
    "pdqquality": _number("quality", 100),
    "width": _number("width", 1_000_000),
    "height": _number("height", 1_000_000),
    "duration": _number("seconds", 10_000_000, whole=False),
    "quantisationtables": text("tables"),
    "baseline": flag("baseline"),
}


def _media_metadata(_name: str, value: Any, found: Found, tell: Tell) -> None:
    for name, said in _pairs(value, "PropertyName", "PropertyValue"):
        if (read := _METADATA.get(_SIGNS.sub("", name.lower()))) and said is not None:
            read(f"MediaMetadata: {name[:40]}", said, found, tell)
            if read is _METADATA["pdqquality"] and flag_of_nothing(said):
                found["quality"] = 0


def flag_of_nothing(value: Any) -> bool:
    """Whether a number is nought, which `_number` takes for unsaid: a quality of 0 is the least, not the
    best.
    """
    try:
        return float(value) == 0
    except (TypeError, ValueError):
        return False


READERS: Mapping[str, Read] = {
    "MediaID": text("media_id"),
    "MD5": _digest("md5", 32),
    "SHA1": _digest("sha1", 40),
    "SHA256": _digest("sha256", 64),
    "PhotoDNA": _photodna,
    "MediaSize": _number("size", 1 << 50),
    "MimeType": _mime,
    "VictimIdentified": flag("victim_identified"),
    "OffenderIdentified": flag("offender_identified"),
    "IsDistributed": flag("distributed"),
    "IsSuspected": flag("suspected"),
    "SelfGenerated": flag("self_generated"),
    "Series": text("series_name"),
    "Tags": text("tags", MOST_TEXT),
    "Comments": text("comments", MOST_TEXT),
    "RelativeFilePath": _path,
    "MediaFiles": _media_files,
    "Exifs": _exifs,
    "AlternativeHashes": _alternative_hashes,
    "MediaMetadata": _media_metadata,
}
"""IsPrecategorized is read nowhere: one real export had it true on 19,209 entries without a category."""


def fields_of(entry: Mapping[str, Any], scheme: str, edition: str, tell: Tell) -> Found:
    """What an entry says, as the fields of `Media`. Without a scheme its category number means nothing."""
    found: Found = {}
    for name, value in entry.items():
        if value is not None and (read := READERS.get(name)):
            read(name, value, found, tell)
    code = code_of(entry.get("Category"), tell)
    if code and scheme:
        found["category"] = {"scheme": scheme, "edition": edition, "code": code}
    film = found.get("mime", "").startswith("video")
    if not film and "/" not in found.get("mime", "") and found.get("mime") != "image":
        film = found.get("label", "").lower().endswith(_FILMS)
    found["media"] = "video" if film else "image"
    return found


def code_of(category: Any, tell: Tell) -> str:
    """A category's code: 1, "1", 1.0 and "CAM" are told as text; nothing said is empty."""
    if type(category) is float and category == int(category):
        category = int(category)
    if category is None or type(category) in (int, str):
        code = "" if category is None else str(category).strip()
        if len(code) <= MOST_LINE:
            return code
    tell("Category is neither a number nor a short text")
    return ""
