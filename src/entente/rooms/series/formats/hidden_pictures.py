"""No picture may come in as text: what a string must not be, and how the bytes of files that are no list
begin.

A string is refused when it is long, when it is dense as only encoded bytes are, or when it begins as a
picture, film, archive or PDF does (in base64, in hex, as text, as a data: URL). A hash is never refused: of
122 million MD5s some begin as a JPEG does, so strings in the exact shape of a hash pass.
"""

import re

LONGEST = 4000
"""Characters of one string. A thumbnail in base64 is longer."""
DENSE = 300
"""Characters of base64 or hex without a break; the longest hash in use, PhotoDNA in hex, has 288."""
SHORT = 12
"""Characters below which a string holds nothing: eight bytes are no picture."""
HASH_LENGTH = 64
"""Characters of the hashes of which an entry may have many."""

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
    return ""


def is_dense(text: str) -> bool:
    """Whether a text has a run such as encoded bytes have, and is not in the shape of a hash."""
    return _RUN(text) is not None and not _HASH.match(text)


def _spoken(text: str) -> bool:
    """Whether blanks stand where they do in sentences and paths, and not every 64 or 76 characters.

    Encoded bytes are wrapped in lines at least this wide; words of any language are shorter.
    """
    return max(map(len, re.split(r"[\s\\/.,;:_-]+", text))) < 48


def begins_as(start: bytes) -> str:
    """What a file is by its first bytes, if that is a picture, film, archive or PDF; empty otherwise."""
    if start[4:8] == b"ftyp" or start[4:8] == b"jP  ":
        return "a picture or film (ISO media)"
    for magic, what in _BEGINNINGS:
        if start.startswith(magic):
            return what
    return ""
