"""Property types: each cleans a written value and compares two clean ones.

`clean` returns the stored form or raises ValueError with a reason that reads after the value
("1980-02-31 is no date: ..."). An empty result means that nothing was written. Check digits are not
judged here: police keep what they saw, and `match.numbers` says whether it can be right.
"""

import ipaddress
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from types import MappingProxyType

from entente.core.kinds import dates
from entente.core.kinds.countries import codes

# Never in a value: control characters, lone surrogates, characters that reorder the text a reader sees.
_NEVER = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff"
_NEVER_IN_LINES = re.compile(f"[{_NEVER}]")
_NEVER_IN_ONE_LINE = re.compile(f"[{_NEVER}\t\n\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Type:
    """A property type. `most`: characters a value may have. `do`: what to write instead of a fault."""

    name: str
    label: str
    most: int
    clean: Callable[[str], str]
    compare: Callable[[str, str], float]
    do: str = ""


def line(text: str) -> str:
    """One line of text in Unicode's composed form (NFC), trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _composed(text, _NEVER_IN_ONE_LINE)


def lines(text: str) -> str:
    """The same of several lines."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _composed(text.replace("\r\n", "\n"), _NEVER_IN_LINES)


def _composed(text: str, never: re.Pattern[str]) -> str:
    if bad := never.search(text):
        raise ValueError(f"holds {_called(bad[0])} at place {bad.start() + 1}")
    return unicodedata.normalize("NFC", text).strip()


def _called(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return f"half a character (lone surrogate U+{code:04X})"
    plain = {0: "NUL", 9: "TAB", 10: "LINE FEED", 13: "CARRIAGE RETURN", 27: "ESCAPE", 127: "DELETE"}
    return f"U+{code:04X} {unicodedata.name(character, plain.get(code, 'control character'))}"


def _name(text: str) -> str:
    return " ".join(line(text).split())


def _country(text: str) -> str:
    code = line(text).lower()
    if code and code not in codes():
        raise ValueError("is no country code")
    return code


_NUMBER = re.compile(r"[^\d\s+-]{0,8}\s*[+-]?\s?\d[\d.,'’\s]*(?:[eE][+-]?\d{1,3})?\s*[^\d]{0,32}")
_PHONE = re.compile(r"\d")
_EMAIL = re.compile(r"[^\s@,;<>()]{1,64}@[^\s@,;<>()]+\.[^\s@,;<>().]+")
_URL = re.compile(r"(?:https?|ftps?)://[^\s/?#]+\S*", re.IGNORECASE)
_TOPIC = re.compile(r"[a-z0-9_]+(?:[.-][a-z0-9_]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_ENTITY = re.compile(r"\S+")
_CHECKSUM = re.compile(r"[0-9a-f]{32,128}")
_LIKENESS = re.compile(r"[0-9a-f]{64}")
_FACE = re.compile(r"[a-z0-9-]{1,60}@[a-z0-9.-]{1,20}:([A-Za-z0-9+/=]+)")
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*(?:\s?;.*)?")


def _shaped(shape: re.Pattern[str], reason: str, lower: bool = False) -> Callable[[str], str]:
    def clean(text: str) -> str:
        value = line(text)
        if lower:
            value = value.lower()
        if value and not shape.fullmatch(value):
            raise ValueError(reason)
        return value

    return clean


def _phone(text: str) -> str:
    value = line(text)
    if value and not _PHONE.search(value):
        raise ValueError("has no digit")
    return value


def _email(text: str) -> str:
    value = line(text)
    if value and not _EMAIL.fullmatch(value):
        raise ValueError("is no e-mail address")
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}" if value else ""


def _ip(text: str) -> str:
    value = line(text)
    try:
        return str(ipaddress.ip_address(value)) if value else ""
    except ValueError:
        raise ValueError("is no IP address") from None


_GENDERS = {"m": "male", "f": "female", "x": "other", "male": "male", "female": "female", "other": "other"}
_CERTAINTIES = {word: word for word in ("confirmed", "unconfirmed", "tentative")}
_FLAGS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


def _among(words: Mapping[str, str], reason: str) -> Callable[[str], str]:
    def clean(text: str) -> str:
        value = line(text).lower()
        if value and value not in words:
            raise ValueError(reason)
        return words.get(value, "")

    return clean


def _minutiae(text: str) -> str:
    """The base64 of a record that begins as ISO/IEC 19794-2:2005 says (8.3) and is as long as it says."""
    value = line(text)
    record = _bytes_of(value)
    if value and (record[:8] != b"FMR\0 20\0" or int.from_bytes(record[8:12]) != len(record)):
        raise ValueError("is no record of minutiae (ISO/IEC 19794-2:2005) in base64")
    return value


def _face(text: str) -> str:
    value = line(text)
    if value and not ((shaped := _FACE.fullmatch(value)) and _bytes_of(shaped[1])):
        raise ValueError("is no vector of a face")
    return value


def _bytes_of(base64: str) -> bytes:
    """What is written so; nothing where it is not written as an encoder writes it, to the last sign."""
    try:
        data = b64decode(base64, validate=True)
    except ValueError:  # signs of no alphabet, or other text than ASCII
        return b""
    return data if b64encode(data).decode() == base64 else b""


def _date(text: str) -> str:
    return dates.clean(line(text)) if text and not text.isspace() else ""


# --- compare: exact definitions, from 0 (nothing in common) to 1 (the same) ---------------------------


def equal(a: str, b: str) -> float:
    """1 when they are the same but for the case of letters, else 0."""
    return float(a == b or a.casefold() == b.casefold())


def same_signs(a: str, b: str) -> float:
    """1 when they have the same letters and digits, whatever stands between them, else 0."""
    return float(_signs(a) == _signs(b) != "")


def shared_words(a: str, b: str) -> float:
    """Words in both, by words in either (Jaccard), case folded."""
    one, other = frozenset(a.casefold().split()), frozenset(b.casefold().split())
    return len(one & other) / len(one | other) if one | other else 1.0


def compatible_days(a: str, b: str) -> float:
    """Days in both, by the days of the shorter span; an approximate date is a year wider on either side."""
    one, other = (
        span.widened(365) if span.approximate else span for span in (dates.parse(a), dates.parse(b))
    )
    both = (min(one.last, other.last) - max(one.first, other.first)).days + 1
    return max(both, 0) / min(one.days, other.days)


def near_numbers(a: str, b: str) -> float:
    """1 less their difference by the greater of the two; of values that are no plain numbers, `equal`."""
    try:
        one, other = float(a), float(b)
    except ValueError:
        return equal(a, b)
    greater = max(abs(one), abs(other))
    if not isfinite(greater):
        return equal(a, b)
    return max(1 - abs(one - other) / greater, 0.0) if greater else 1.0


def shared_bits(a: str, b: str) -> float:
    """The part of their 256 bits that is the same: 1 less a 256th of their Hamming distance."""
    return 1 - (int(a, 16) ^ int(b, 16)).bit_count() / 256


@lru_cache(maxsize=65_536)
def _signs(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _same(a: str, b: str) -> float:
    return float(a == b)


_CODE = "Write the two-letter code (ISO 3166) in lower case, such as fr."
_WHEN = "Write 1971, 1971-03 or 1971-03-05; ~1971 for about 1971; 1970/1975 for between the two."
_ID = "Write the id of the other thing, or the owner's reference for it, without spaces."
_url = _shaped(_URL, "is no web address")
_topic = _shaped(_TOPIC, "is no topic", lower=True)
_language = _shaped(_LANGUAGE, "is no language code", lower=True)
_checksum = _shaped(_CHECKSUM, "is no checksum", lower=True)
_likeness = _shaped(_LIKENESS, "is no hash of 256 bits", lower=True)
_mimetype = _shaped(_MIME, "is no file type", lower=True)
_gender = _among(_GENDERS, "is none of the three")
_certainty = _among(_CERTAINTIES, "is none of the three")

_ALL = (
    Type("name", "Name", 512, _name, shared_words),
    Type("string", "Short text", 1_024, line, equal),
    # FollowTheMoney's own limit, so that its longest texts load without loss
    Type("text", "Text", 65_000, lines, shared_words),
    Type("address", "Address", 1_024, lines, shared_words),
    Type("identifier", "Number or code", 128, line, same_signs),
    Type("country", "Country", 16, _country, equal, _CODE),
    Type("date", "Date", 64, _date, compatible_days, _WHEN),
    Type("number", "Number", 250, _shaped(_NUMBER, "is no number"), near_numbers, "Write digits."),
    Type("phone", "Telephone number", 128, _phone, same_signs, "Write it as +33 1 23 45 67 89."),
    Type("email", "E-mail address", 254, _email, equal, "Write it as name@example.org."),
    Type("url", "Web address", 4_096, _url, equal, "Begin with https://."),
    Type("gender", "Gender", 16, _gender, equal, "Write male, female or other."),
    Type("certainty", "How sure", 16, _certainty, equal, "Write confirmed, unconfirmed or tentative."),
    Type("topic", "Topic", 64, _topic, equal, "Write it as crime.fraud."),
    Type("language", "Language", 16, _language, equal, "Write fra or fr."),
    Type("entity", "Another thing", 200, _shaped(_ENTITY, "is no id"), _same, _ID),
    Type("ip", "Internet address", 64, _ip, equal, "Write it as 192.0.2.1 or 2001:db8::1."),
    Type("checksum", "Checksum", 128, _checksum, equal, "Write 32 to 128 hex digits."),
    Type("likeness", "Hash of a likeness", 64, _likeness, shared_bits),
    Type("minutiae", "Minutiae of a print", 20_000, _minutiae, _same),
    Type("face", "Face as a vector", 4_000, _face, _same),
    Type("mimetype", "File type", 250, _mimetype, equal, "Write it as image/png."),
    Type("flag", "Yes or no", 8, _among(_FLAGS, "is neither yes nor no"), equal, "Write true or false."),
)
TYPES: Mapping[str, Type] = MappingProxyType({one.name: one for one in _ALL})
"""Every property type, by name."""
