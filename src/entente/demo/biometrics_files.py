"""Files to try the room of biometrics with, beside the demo's house: prints of Anton Velkov and of a stranger
in every form that is read, a portrait of each, and what must be refused.

Ridges are grown and faces drawn: nobody has them.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.demo import biometrics as demo
from entente.demo import series_scenes as scenes
from entente.demo.specimen_camera import jpeg
from entente.match import prints
from entente.match.faces.synthetic import crowd
from entente.match.prints import iso19794
from entente.match.prints import synthetic as growing
from entente.match.prints.sensing import Grey
from entente.rooms.biometrics import inti, inti_checks, nist_writing
from entente.rooms.biometrics.inti_minutiae import minutiae_of
from entente.rooms.biometrics.inti_model import Header, Party
from entente.rooms.biometrics.inti_records import Image, Transaction

try:
    import wsq
except ImportError:  # the extra `bio` is not installed
    wsq = None

FOUND, AGAIN, SHOT = 11, 12, 3
"""Seeds of how a finger left a mark or was set down, and of a portrait: others than those enrolled."""
A_STRANGER = 4242
BENCH_FINGERS, BENCH_IMPRESSIONS = range(5001, 5007), range(1, 5)
"""Seeds of fingers to measure a matcher with: 36 pairs of one finger, 240 of two."""
BITRATE = 0.75
"""Bits a pixel of WSQ, which makes a print about 15 times smaller (IAFIS-IC-0110, the WSQ specification)."""
AT = "2026-02-03"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A transaction to write: its type, and which record its picture is."""

    tot: str
    record: int
    picture: Grey
    position: int
    impression: int


def files() -> dict[str, bytes]:
    """What there is to try, by path with slashes."""
    return {**_prints(), **_bench(), **_portraits(), **_refused()}


def _prints() -> dict[str, bytes]:
    index, middle = (demo.impression(finger, AGAIN) for finger in (demo.INDEX, demo.MIDDLE))
    left = demo.mark(demo.INDEX, FOUND)
    stranger = growing.impression(demo.master(A_STRANGER), AGAIN, noise=0.8)
    read = prints.read(index, demo.DPI).print.at(demo.INDEX)
    searched = Wanted("CPS", 14, index, demo.INDEX, 0)
    marked = Wanted("MPS", 13, left, 0, 4)
    told = {
        "mark.png": png(left),
        "right index.png": png(index),
        "right middle.png": png(middle),
        "stranger.png": png(stranger),
        "right index.fmr": iso19794.encode([read]),
        "search.xml": inti.written(_transaction(searched)),
        "search of a mark.xml": inti.written(_transaction(marked)),
    }
    if wsq is not None:
        told["right index.wsq"] = _wsq(index)
        told["search.nist"] = nist_writing.written(_transaction(searched))
    return {f"prints/{name}": content for name, content in told.items()}


def _bench() -> dict[str, bytes]:
    """For `entente bench bio`, named as it wants them: finger_impression."""
    grown = {finger: growing.finger(finger) for finger in BENCH_FINGERS}
    return {
        f"prints/bench/{finger}_{which}.png": png(growing.impression(grown[finger], which))
        for finger in BENCH_FINGERS
        for which in BENCH_IMPRESSIONS
    }


def _portraits() -> dict[str, bytes]:
    told = {
        name: demo.portrait(seed, SHOT)
        for name, seed in (("velkov", demo.VELKOV), ("stranger", demo.STRANGER))
    }
    return {f"portraits/{name}.jpg": jpeg(picture) for name, picture in told.items()}


def _refused() -> Mapping[str, bytes]:
    index = demo.impression(demo.INDEX, AGAIN)
    ground = np.random.default_rng(1).normal(231, 1.2, index.shape).clip(0, 255).astype(np.uint8)
    small = cv2.resize(index, None, fx=72 / demo.DPI, fy=72 / demo.DPI, interpolation=cv2.INTER_AREA)
    record = iso19794.encode([prints.read(index, demo.DPI).print])
    boat = scenes.jpeg(scenes.boat(1))
    return {
        "prints/refused/photograph.jpg": boat,
        "prints/refused/empty sensor.png": png(ground),
        "prints/refused/72 dpi.png": png(np.asarray(small, np.uint8), 72),
        "prints/refused/one pixel.png": png(np.full((1, 1), 128, np.uint8)),
        "prints/refused/cut short.fmr": record[: len(record) // 2],
        "portraits/refused/no face.jpg": boat,
        "portraits/crowd.jpg": jpeg(crowd(range(1, 21))),
    }


def png(picture: NDArray[np.uint8], dpi: int = demo.DPI) -> bytes:
    """A grey picture as PNG that says its resolution (chunk pHYs, pixels a metre)."""
    done, coded = cv2.imencode(".png", picture)
    assert done
    data = coded.tobytes()
    size = struct.pack(">LLB", *2 * (round(dpi / 0.0254),), 1)
    chunk = struct.pack(">L", len(size)) + b"pHYs" + size + struct.pack(">L", zlib.crc32(b"pHYs" + size))
    return data[:33] + chunk + data[33:]  # right after the header, which has 33 bytes with the signature


def _wsq(picture: Grey) -> bytes:
    made: bytes = wsq.WsqImagePlugin._wsq.compress(picture.tobytes(), *picture.shape, BITRATE)
    return made


def _transaction(wanted: Wanted) -> Transaction:
    """From the bureau XA to the house, with minutiae and picture of one print."""
    high, wide = wanted.picture.shape
    read = prints.read(wanted.picture, demo.DPI).print.at(wanted.position, wanted.impression)
    header = Header(
        date=AT,
        to=Party("ENTENTE", "Entente", "ZZZ"),
        origin=Party("XA-1", "Bureau of Arvenia", "ZZZ"),
        utc=f"{AT}T09:30:00Z",
        tcn=inti_checks.tcn(wanted.record),
        tot=wanted.tot,
    )
    image = Image(
        data=png(wanted.picture),
        algorithm="PNG",
        width=str(wide),
        height=str(high),
        bits="8",
        units="1",
        density=str(demo.DPI),
        density_down=str(demo.DPI),
        impression=str(wanted.impression),
        position=str(wanted.position),
        taken=AT,
        record=wanted.record,
        idc=1,
    )
    return Transaction(header, images=(image,), minutiae=(minutiae_of(read, 1),))
