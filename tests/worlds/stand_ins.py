"""Stand-ins for what draws on the operating system's randomness or takes long, equal for equal input.

HPKE encapsulates with randomness that nobody can hand in, so that two sealed envelopes never are the same
bytes. Here wrapping is a keyed function of the reader, the use and what is wrapped, of the same size; what
was wrapped before (the founding) opens as it did. Everything else of sealing is as in the house.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from unittest.mock import patch

import numpy as np
from argon2 import PasswordHasher

from entente.match import faces
from entente.rooms.biometrics import decoding, reading
from entente.rooms.biometrics.samples import Read
from entente.rooms.bureaus import signing_in
from entente.rooms.bureaus.sealing import PrivateKeys, PublicKeys
from entente.rooms.notices import printing
from entente.rooms.papers import cards_printing, packs_writing
from entente.rooms.papers.checks import model, report, sight
from entente.web import pictures

GROWS_BY = 1_136
"""Bytes that the suite adds: encapsulation and tag."""
_UNWRAP = PrivateKeys.unwrap
_REMADE = pictures.remade
_DECODED = decoding.decoded
PORTRAIT = b"\x89PNG\r\n\x1a\n a portrait of "
"""What is read as a face, whose vector hangs on the name that follows."""


@contextmanager
def stand_ins() -> Iterator[None]:
    """Wrapping that repeats, passwords hashed in microseconds, a PDF that is its own
    source, a face by its name."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with ExitStack() as stack:
        for what, name, instead in (
            (signing_in, "_hasher", cheap),
            (signing_in, "_DUMMY", cheap.hash("nobody")),
            (PublicKeys, "wrap", _wrap),
            (PrivateKeys, "unwrap", _unwrap),
            (pictures, "remade", _remade),
            (printing, "pdf", _printed),
            (cards_printing, "pdf", _printed),
            (report, "printed", _printed),
            (cards_printing, "smaller", _smaller),
            (packs_writing, "smaller", _smaller),
            (sight, "read", _read),
            (sight, "compare", _compared),
            (reading, "decoded", _decoded),
            (reading, "_face", _portrait),
        ):
            stack.enter_context(patch.object(what, name, instead))
        yield


def _remade(data: bytes, where: str, *how: int) -> bytes:
    """A picture without the process that makes it; what is none is told so by the house."""
    is_one = data.startswith(b"\x89PNG")
    return b"\xff\xd8\xff" + hashlib.sha256(data).digest() if is_one else _REMADE(data, where, *how)


def _printed(made: object) -> bytes:
    return b"%PDF- " + repr(made).encode()


def _smaller(kept: bytes, longest: int, _quality: int = 78) -> bytes:
    return b"\xff\xd8\xff" + hashlib.sha256(kept + bytes([longest % 251])).digest()


def _read(_picture: bytes) -> tuple[list[model.Zone], str]:
    """Every picture shows the zone of story_checks.py."""
    lines = ["P<UTOMARENKO<<IVO<<<<<<<<<<<<<<<<<<<<<<<<<<<", "U12345678<UTO7103055M3204153<<<<<<<<<<<<<<<0"]
    said = {"lines": lines, "likely": lines, "cost": 0, "worth": -0.1, "form": "TD3", "turned": 0}
    return [model.Zone.model_validate(said | {"box": [0, 0.8, 1, 1]})], ""


def _compared(picture: bytes, specimen: bytes, version: str, page: int, *_: object) -> object:
    """Compared with a specimen: a picture of both."""
    drawn = hashlib.sha256(picture + specimen).digest()
    return model.Comparison(version=version, page=page, aligned=True), {"drawn": b"\xff\xd8\xff" + drawn}


def _decoded(data: bytes, where: str) -> decoding.Decoded:
    """A portrait without the process that decodes it: its pixels are its name."""
    if not data.startswith(PORTRAIT):
        return _DECODED(data, where)
    pixels = np.frombuffer(data[len(PORTRAIT) :], np.uint8).repeat(3).reshape(1, -1, 3)
    return decoding.Decoded("picture", pictures=(decoding.Picture(pixels, None, "PNG"),))


def _portrait(picture: decoding.Picture, _where: str) -> Read:
    return face_of(picture.pixels[0, :, 0].tobytes())


def face_of(name: bytes, apart: int = 0) -> Read:
    """A portrait as it stands once it was read; another time, some of its numbers are others."""
    drawn = hashlib.shake_256(name).digest(128)
    vector = np.frombuffer(drawn[: 128 - apart] + bytes(apart), np.int8)
    shown = b"\xff\xd8\xff" + hashlib.sha256(name).digest()
    face = faces.text("dlib-128@1", vector)
    return Read("face", 0, "", 90, (), 200, 200, face=face, picture=shown, seal=name)


def _wrap(self: PublicKeys, content: bytes, info: bytes) -> bytes:
    return _sealed(self.raw, content, info)


def _unwrap(self: PrivateKeys, wrapped: bytes, info: bytes) -> bytes:
    public = _public(self.raw)
    content = _turned(public, info, wrapped[GROWS_BY:])
    return content if _sealed(public, content, info) == wrapped else _UNWRAP(self, wrapped, info)


def _sealed(public: bytes, content: bytes, info: bytes) -> bytes:
    tag = hashlib.shake_256(b"tag" + public + info + content).digest(GROWS_BY)
    return tag + _turned(public, info, content)


def _turned(public: bytes, info: bytes, content: bytes) -> bytes:
    stream = hashlib.shake_256(b"stream" + public + info).digest(len(content))
    return bytes(a ^ b for a, b in zip(content, stream, strict=True))


@lru_cache(maxsize=1000)
def _public(private: bytes) -> bytes:
    return PrivateKeys(private).public.raw
