"""What is known of one picture or film, and what ties it to another."""

from dataclasses import dataclass
from enum import StrEnum

SAME = 31
"""Bits of 256 up to which two hashes are of one picture (the reference's own threshold)."""
PROBABLE = 48
"""Bits up to which an examiner has to look; unrelated pictures are 78 and more apart (specs A2.3)."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of one file. What is unknown is empty and ties nothing; hex texts are lower case.

    `pdq` are the 18 views of a kept picture, the whole first; of an asked one the whole and the one without
    border. `turns` are what else it is asked with. `frames` are the seconds and hashes of a film's key
    frames, which alone are compared of a film, in the order of their seconds.
    """

    sha256: str = ""
    sha1: str = ""
    md5: str = ""
    photodna: str = ""
    pdq: tuple[bytes, ...] = ()
    turns: tuple[bytes, ...] = ()
    dhash: bytes = b""
    quality: int = 100
    frames: tuple[tuple[float, bytes], ...] = ()
    device: str = ""
    lens: str = ""
    image_id: str = ""
    tables: str = ""


class Line(StrEnum):
    """How two files hang together, strongest first."""

    IDENTICAL = "identical"
    SAME = "same"
    PROBABLE = "probable"
    VIDEO = "video"
    SCENE = "scene"
    IMAGE_ID = "image_id"
    DEVICE = "device"
    LENS = "lens"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Tie:
    """One line between two files, and on what it rests, in the order in which it is told."""

    line: Line
    evidence: tuple[tuple[str, str], ...]
