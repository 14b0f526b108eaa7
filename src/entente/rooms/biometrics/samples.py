"""Samples as they stand between a file and a set: read, kept as text, shown."""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entente.core.things import Body, Thing
from entente.match.prints import Print, iso19794
from entente.rooms.biometrics import model as m

if TYPE_CHECKING:
    from entente.match.prints import Prepared

SET = "BiometricSet"
FINGER, FACE = "finger", "face"
IMPRESSIONS: Mapping[str, int] = {"plain": 0, "rolled": 1, "latent": 4, "swipe": 8}
"""Codes of ISO/IEC 19794-2:2005, table 2; live and not live are not told apart here."""
_SAID = {0: "plain", 1: "rolled", 2: "plain", 3: "rolled", 4: "latent", 8: "swipe"}


@dataclass(frozen=True, slots=True)
class Read:
    """One sample that was read. `print`: of a finger; `face`: `<encoder>@<version>:<base64>` of a face.

    `picture`: PNG or JPEG made anew, empty where a record came without one. `seal`: SHA-256 of its pixels, or
    of its record as it came, whatever finger it is said to be; what is kept of it is salted. `reasons`: codes
    of why the quality is low (labels.REASONS says them). `dpi`: of the picture, whose minutiae lie at 500.
    `marked`: its minutiae are the sender's, such as an examiner's, not read here from its picture.
    """

    what: str
    position: int
    impression: str
    quality: int
    reasons: tuple[str, ...]
    width: int
    height: int
    print: Print | None = field(default=None, repr=False)
    face: str = field(default="", repr=False)
    picture: bytes = field(default=b"", repr=False)
    seal: bytes = field(default=b"", repr=False)
    dpi: int = 500
    marked: bool = False

    @property
    def extracted(self) -> bool:
        """Whether its minutiae were read here."""
        return self.print is not None and bool(self.picture) and not self.marked


@dataclass(frozen=True, slots=True)
class Held:
    """One sample of a set that is kept, or that was asked: what is compared. `ready`: the print, prepared for
    many comparisons."""

    number: int
    what: str
    position: int
    print: Print | None = field(default=None, repr=False)
    face: str = field(default="", repr=False)
    ready: "Prepared | None" = field(default=None, repr=False, compare=False)


def impression_of(code: int) -> str:
    return _SAID.get(code, "plain")


def asked(samples: Sequence[Read]) -> list[Held]:
    return [Held(n, s.what, s.position, s.print, s.face) for n, s in enumerate(samples)]


def held(thing: Thing, positions: Collection[int] = ()) -> list[Held]:
    """The samples of a set. `positions`: without the fingers at others, where any is named: those need not be
    decoded to be compared with these. 0 is compared with all."""
    only = {0, *positions} if positions and 0 not in positions else frozenset[int]()
    return [
        Held(
            n,
            said["what"],
            said["position"],
            print_of(_value(thing.body, said)) if said["what"] == FINGER else None,
            _value(thing.body, said) if said["what"] == FACE else "",
        )
        for n, said in enumerate(told(thing))
        if not only or said["what"] != FINGER or said["position"] in only
    ]


def told(thing: Thing) -> list[dict[str, Any]]:
    """What is said of each sample of a set, as it is kept."""
    said: list[dict[str, Any]] = json.loads(thing.first("samples"))
    return said


def _value(body: Body, said: Mapping[str, Any]) -> str:
    names = ("faces",) if said["what"] == FACE else ("prints", "marks", "solved")
    values = next((body[name] for name in names if name in body), ())
    return values[int(said["value"])]


@lru_cache(maxsize=4096)
def print_of(record: str) -> Print:
    """The one view of a kept record (base64)."""
    return iso19794.decode(b64decode(record))[0]


def record_of(one: Print) -> str:
    """A print as it is kept: an ISO/IEC 19794-2 record of one view, base64."""
    return b64encode(iso19794.encode([one])).decode()


def body_of(samples: Sequence[Read], mark: bool, digests: Sequence[str]) -> dict[str, Any]:
    """The part of a set's body that its samples make. `digests`: of their pictures, empty for none.

    Equal templates are kept once; what is said of a sample names its template by its place.
    """
    values: dict[str, list[str]] = {FINGER: [], FACE: []}
    said = []
    for sample, digest in zip(samples, digests, strict=True):
        value = record_of(sample.print) if sample.print else sample.face
        own = values[sample.what]
        if value not in own:
            own.append(value)
        said.append(
            {
                "what": sample.what,
                "position": sample.position,
                "impression": sample.impression,
                "quality": sample.quality,
                "reasons": list(sample.reasons),
                "width": sample.width,
                "height": sample.height,
                "dpi": sample.dpi,
                "value": own.index(value),
                "blob": digest,
                **({"marked": True} if sample.marked else {}),
            }
        )
    name = "marks" if mark else "prints"
    body = {"samples": json.dumps(said), name: values[FINGER], "faces": values[FACE]}
    body["blobs"] = [digest for digest in digests if digest]
    return {name: value for name, value in body.items() if value}


def shown(thing: Thing) -> list[m.Sample]:
    """The samples of a set as its reader gets them."""
    return [
        m.Sample(
            number=one.number,
            what=said["what"],
            position=said["position"],
            impression=said["impression"],
            quality=said["quality"],
            reasons=said["reasons"],
            width=said["width"],
            height=said["height"],
            dpi=said["dpi"],
            minutiae=points(one.print),
            picture=bool(said["blob"]),
        )
        for one, said in zip(held(thing), told(thing), strict=True)
    ]


def shown_asked(samples: Sequence[Read]) -> list[m.Sample]:
    """Samples that were asked, as whoever asked gets them back: nobody else ever does."""
    return [
        m.Sample(
            number=n,
            what="finger" if s.what == FINGER else "face",
            position=s.position,
            impression=s.impression,
            quality=s.quality,
            reasons=list(s.reasons),
            width=s.width,
            height=s.height,
            dpi=s.dpi,
            minutiae=points(s.print),
            picture=bool(s.picture),
        )
        for n, s in enumerate(samples)
    ]


def points(one: Print | None) -> list[list[int]]:
    """x, y, direction, quality, kind of each minutia in whole numbers."""
    return [[round(float(v)) for v in row] for row in one.minutiae] if one else []
