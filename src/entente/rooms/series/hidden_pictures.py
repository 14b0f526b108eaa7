"""No picture may come in as text: what a string must not be, and how the bytes of files that are no list
begin.

A string is refused when it is long, when it is dense as only encoded bytes are, or when it begins as a
picture, film, archive or PDF does (in base64, in hex, as text, as a data: URL). A hash is never refused: of
122 million MD5s some begin as a JPEG does, so strings in the exact shape of a hash pass. Bytes can be spelled
in many small words and numbers too: those are counted, and more than a few hundred bytes of them are refused.
What somebody spells in words of a language is not found.
"""

import re
from typing import Any

import orjson

LONGEST = 4000
"""Characters of one string. A thumbnail in base64 is longer."""
DENSE = 300
"""Characters of base64 or hex without a break; the longest hash in use, PhotoDNA in hex, has 288."""
SHORT = 12
"""Characters below which a string holds nothing: eight bytes are no picture."""
HASH_LENGTH = 64
"""Characters of the hashes of which an entry may have many."""
MOST_CODED = 600
"""Characters of a text in words that mix letters and digits as base64 and hex do: 450 bytes. A JPEG has 600
before its first pixel. Hashes are counted by half, digits alone too, and a word once."""
MOST_IN_ENTRY = 1000
"""The same of one entry, over all its texts."""
MOST_NUMBER_BYTES = 800
"""Bytes of all numbers of one entry."""
MOST_EXTRA = 100_000
"""Bytes of what else an entry says, as JSON: 116 paths have some 40,000."""

_HASH = re.compile(r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}"
                   r"|[0-9a-fA-F]{128}|[0-9a-fA-F]{288}|[A-Za-z0-9+/]{192})\Z")  # fmt: skip
_BASE64 = (
    r"/9j/[A-Za-z0-9+/]{6}|iVBORw0KG|R0lGOD|UklGR|AAAA..Z0eX|AAAA..pQICB|JVBERi|UEsDB|H4sI|GkXfo|SUkqA|TU0AKg"
    r"|N3q8ry|UmFyIR|T2dnUw|RkxW|MCay|AAABAA|/woA|AAABs|AAABu|/Zh6WF|QlpoOT|OEJQUw"
)
_HEX = (
    r"(?i:(?:0x)?(?:FFD8FF|89504E47|47494638|52494646|0000....66747970|0000....6A502020|25504446|504B0304|1F8B08"
    r"|1A45DFA3|49492A00|4D4D002A|377ABCAF|52617221|4F676753|464C5601|3026B275|00000100|FF0A|000001B[A3]|FD377A58"
    r"|425A6839|38425053))"
)
_PLAIN = (
    r"\xff\xd8\xff|.PNG\r|GIF8[79]a|RIFF.{4}(?:WEBP|AVI )|.{4}ftyp|%PDF-"
    r"|PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!\x1a|<svg"
)
_SUSPECT = re.compile(
    rf"\s*(?:{_BASE64}|{_HEX}|{_PLAIN}|(?i:data:[\w.+-]*/?[\w.+-]*[;,]))|.{{{DENSE},}}", re.DOTALL
).match
_WORDS = re.compile(r"[A-Za-z0-9+/=_-]{" + str(DENSE) + r",}").search
_RUN = re.compile(r"[A-Za-z0-9+/=]{65,}").search
_WORD = re.compile(r"[A-Za-z0-9]+").findall
_CHANGE = re.compile(r"[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])").findall
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z?")
_BREAKS = re.compile(r"[\s\\]+")

_BEGINNINGS = (
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or film (RIFF)"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"8BPS", "a Photoshop picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
    (b"\x00\x00\x01\xb3", "a film (MPEG)"),
    (b"\x00\x00\x01\xba", "a film (MPEG)"),
    (b"FLV\x01", "a film (FLV)"),
    (b"OggS", "a film (Ogg)"),
    (b"0&\xb2u", "a film (ASF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive: unpack it and send the JSON or CSV file in it"),
    (b"\x1f\x8b", "compressed with gzip: unpack it and send the JSON or CSV file in it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it and send the JSON or CSV file in it"),
    (b"Rar!", "a RAR archive: unpack it and send the JSON or CSV file in it"),
    (b"BZh", "compressed with bzip2: unpack it and send the JSON or CSV file in it"),
    (b"\xfd7zXZ", "compressed with xz: unpack it and send the JSON or CSV file in it"),
    (b"(\xb5/\xfd", "compressed with zstd: unpack it and send the JSON or CSV file in it"),
)


def why_left_out(text: str) -> str:
    """Why a string must not be kept; empty when it may."""
    if not _SUSPECT(text) or _HASH.match(text):
        return ""
    if len(text) > LONGEST:
        return f"a text of {len(text)} characters; at most {LONGEST} are kept"
    start = _BREAKS.sub("", text[: 2 * LONGEST])
    if _SUSPECT(start[: DENSE - 1]) and not _HASH.match(start):
        return "it begins as a picture, film, archive or PDF does"
    if _WORDS(start) and not _spoken(text):
        return f"{DENSE} and more characters of base64 or hex"
    if len(text) > DENSE and sum(map(_coded, set(_words(text)))) > MOST_CODED:
        return f"more than {MOST_CODED} characters in words such as base64 and hex have"
    return ""


def _words(text: str) -> list[str]:
    return _WORD(_MOMENT.sub("", text))


def _coded(word: str) -> float:
    """How many of a word's characters may spell bytes: all, when at every fourth place or more often a letter
    turns into a digit or a small one into a capital; in base64 and hex it does so at every second.
    """
    if word.isdigit() or _HASH.match(word):
        return len(word) / 2
    return len(word) if 4 * len(_CHANGE(word)) >= len(word) else 0


def is_dense(text: str) -> bool:
    """Whether a text has a run such as encoded bytes have, and is not in the shape of a hash."""
    return _RUN(text) is not None and not _HASH.match(text)


class Carried:
    """What one entry carries in all its texts and numbers."""

    def __init__(self) -> None:
        self._dense = 0
        self._bytes = 0
        self._texts: list[str] = []
        self._length = 0
        self._words: set[str] = set()
        self._coded = 0.0

    def text(self, text: str) -> str:
        """Why one more text must not be kept; empty when it may."""
        if why := why_left_out(text):
            return why
        if len(text) > HASH_LENGTH and is_dense(text):
            self._dense += len(text)
            over = self._dense > MOST_IN_ENTRY
            return f"more than {MOST_IN_ENTRY} characters of base64 or hex in one entry" if over else ""
        return self.short(text)

    def short(self, text: str) -> str:
        """The same of a text that is too short to be anything by itself."""
        if text.isdecimal():
            return self.number(int(text)) if len(text) < SHORT else ""
        if _HASH.match(text):
            return ""
        self._texts.append(text)
        self._length += len(text)
        if self._length > MOST_IN_ENTRY // 3:  # nobody pays for entries that are short
            fresh = {word for text in self._texts for word in _words(text)} - self._words
            self._coded += sum(_coded(word) for word in fresh if not (word.isdigit() or _HASH.match(word)))
            self._words |= fresh
            self._texts.clear()
            self._length = 0
        over = self._coded > MOST_IN_ENTRY
        return (
            f"more than {MOST_IN_ENTRY} characters in words such as base64 has in one entry" if over else ""
        )

    def number(self, number: float) -> str:
        """Why one more number must not be kept; empty when it may."""
        self._bytes += 8 if type(number) is float else (abs(int(number)).bit_length() + 7) // 8 or 1
        return f"more than {MOST_NUMBER_BYTES} bytes in numbers" if self._bytes > MOST_NUMBER_BYTES else ""


def why_too_large(extra: Any) -> str:
    """Why what else an entry says is more than is kept; empty when it is not."""
    try:
        return f"more than {MOST_EXTRA} bytes" if len(orjson.dumps(extra)) > MOST_EXTRA else ""
    except TypeError:
        return "no JSON, or a number too large to be held"


def why_extra_left_out(extra: Any) -> str:
    """Why what else an entry says must not be kept; empty when it may. Keys are texts too."""
    if why := why_too_large(extra):
        return why
    carried, left = Carried(), [extra]
    while left:
        said = left.pop()
        why = ""
        if isinstance(said, str):
            why = carried.text(said)
        elif isinstance(said, dict):
            left += [*said.values(), *said]
        elif isinstance(said, list):
            left += said
        elif isinstance(said, int | float) and not isinstance(said, bool):
            why = carried.number(said)
        if why:
            return why
    return ""


def _spoken(text: str) -> bool:
    """Whether blanks stand where they do in sentences and paths, and not every 64 or 76 characters.

    Encoded bytes are wrapped in lines at least this wide; words of any language are shorter.
    """
    words = re.split(r"[\s\\/.,;:_-]+", text)
    return max((len(word) for word in words if not _HASH.match(word)), default=0) < 48


def begins_as(start: bytes) -> str:
    """What a file is by its first bytes, if that is a picture, film, archive or PDF; empty otherwise."""
    if start[4:8] == b"ftyp" or start[4:8] == b"jP  ":
        return "a picture or film (ISO media)"
    for magic, what in _BEGINNINGS:
        if start.startswith(magic):
            return what
    return ""
