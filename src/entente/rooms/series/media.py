"""One file in its three forms: told (`Media`), kept (a body), compared (`Signals`)."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.things import Body, Thing
from entente.match.images import LEAST_QUALITY, Signals, distance
from entente.rooms.series.formats import scheme_and_edition
from entente.rooms.series.media_model import KEPT, Frame, Media

IMAGE, QUESTION, ORIGIN = "SeriesImage", "ImageQuestion", "ImageOrigin"
FLAGS: Mapping[str, str] = {
    "victim_identified": "victimIdentified",
    "offender_identified": "offenderIdentified",
    "distributed": "distributed",
    "suspected": "suspected",
    "self_generated": "selfGenerated",
    "baseline": "baseline",
}
NUMBERS: Mapping[str, str] = {"size": "size", "width": "width", "height": "height", "seconds": "seconds"}
TEXTS: Mapping[str, str] = {
    "media": "media",
    "mime": "mime",
    "taken": "taken",
    "device": "device",
    "lens": "lens",
    "tables": "tables",
    "image_id": "imageId",
}
DIGESTS = ("sha256", "sha1", "md5")
MOST_FRAME_ROWS = 64
"""Frames of a film that are searched for; all are kept and compared."""
FRAME_APART = 31
"""Bits by which a frame must differ from the last one that is searched for."""


def photodna(text: str) -> str:
    """A PhotoDNA value in one form: 144 bytes in base64."""
    return b64encode(bytes.fromhex(text)).decode() if len(text) == 288 else text


def _shared(media: Media) -> dict[str, Any]:
    """What a kept image and a question have in common, as raw properties."""
    fine = media.quality >= LEAST_QUALITY and bool(media.pdq)
    raw: dict[str, Any] = {name: getattr(media, name) for name in DIGESTS}
    raw |= {
        "photodna": photodna(media.photodna),
        "quality": str(media.quality) if media.pdq else "",
        "turns": " ".join(media.turns).lower(),
        "dhash": media.dhash if fine else "",
        "frames": spelled(media.frames),
        "device": media.device,
        "lens": media.lens,
        "tables": media.tables,
        "imageId": media.image_id,
    }
    return raw


def image_raw(media: Media) -> dict[str, Any]:
    """A kept image's raw properties. What has too little quality to be compared is kept aside."""
    fine = media.quality >= LEAST_QUALITY
    raw = _shared(media)
    raw |= {prop: getattr(media, name) for name, prop in TEXTS.items()}
    raw |= {prop: f"{getattr(media, name):g}" for name, prop in NUMBERS.items() if getattr(media, name)}
    raw |= {
        prop: "" if getattr(media, name) is None else str(getattr(media, name)).lower()
        for name, prop in FLAGS.items()
    }
    raw["size"] = str(media.size) if media.size else ""
    raw["pdq"] = [*(media.pdq if fine else ()), *sampled(media.frames)]
    raw["views"] = " ".join(media.pdq).lower()
    if media.category:
        raw |= {
            "scheme": f"{media.category.scheme} {media.category.edition}".strip(),
            "category": media.category.code,
        }
    return raw


def question_raw(media: Media) -> dict[str, Any]:
    """A question's raw properties: it is found by its plain and its trimmed picture alone."""
    raw = _shared(media)
    plain = asked_plain(media) if media.quality >= LEAST_QUALITY else []
    raw["pdq"] = [*plain, *sampled(media.frames)]
    raw["views"] = " ".join(plain).lower()
    raw["label"] = media.label
    return raw


def asked_plain(media: Media) -> list[str]:
    """The whole picture and the one without its border (the first of the second eight turns)."""
    return [*media.pdq[:1], *media.turns[7:8]]


def sampled(frames: Sequence[Frame]) -> list[str]:
    """Frames by which a film is found: each differs from the one before, at most MOST_FRAME_ROWS."""
    kept: list[str] = []
    for frame in frames:
        if not kept or distance(bytes.fromhex(kept[-1]), bytes.fromhex(frame.pdq)) > FRAME_APART:
            kept.append(frame.pdq.lower())
    step = -(-len(kept) // MOST_FRAME_ROWS)
    return list(dict.fromkeys(kept[:: step or 1]))


def spelled(frames: Sequence[Frame]) -> str:
    return " ".join(f"{f.at:g}:{f.pdq.lower()}" for f in frames)


def frames_of(body: Body) -> tuple[tuple[float, str], ...]:
    """Seconds and hex PDQ of the key frames kept."""
    text = body.get("frames", ("",))[0]
    return tuple((float(at), bits) for at, _, bits in (one.partition(":") for one in text.split()))


# --- compared ------------------------------------------------------------------------------------


def signals_asked(media: Media) -> Signals:
    """A file as it asks: the whole picture, without border, turned and mirrored."""
    fine = media.quality >= LEAST_QUALITY
    return Signals(
        **{name: getattr(media, name).lower() for name in DIGESTS},
        photodna=photodna(media.photodna),
        pdq=_bits(media.pdq) if fine else (),
        turns=_bits(media.turns) if fine else (),
        dhash=bytes.fromhex(media.dhash) if fine and media.dhash else b"",
        quality=media.quality,
        frames=tuple((f.at, bytes.fromhex(f.pdq)) for f in media.frames),
        device=media.device.casefold(),
        lens=media.lens.casefold(),
        image_id=media.image_id.casefold(),
        tables=media.tables,
    )


def signals_of(thing: Thing) -> Signals:
    """A kept image or question."""
    body = thing.body
    quality = int(thing.first("quality") or 100)
    fine = quality >= LEAST_QUALITY
    return Signals(
        **{name: thing.first(name) for name in DIGESTS},
        photodna=thing.first("photodna"),
        pdq=_bits(thing.first("views").split()) if fine else (),
        turns=_bits(thing.first("turns").split()) if fine else (),
        dhash=bytes.fromhex(thing.first("dhash")),
        quality=quality,
        frames=tuple((at, bytes.fromhex(bits)) for at, bits in frames_of(body)),
        device=thing.first("device").casefold(),
        lens=thing.first("lens").casefold(),
        image_id=thing.first("imageId").casefold(),
        tables=thing.first("tables"),
    )


def _bits(hexes: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(one) for one in hexes)


# --- told ----------------------------------------------------------------------------------------


def media_of(thing: Thing, origin: Thing | None = None) -> Media:
    """A kept image as it is told; `origin`, its owner's alone, adds where it comes from."""
    body = thing.body
    said: dict[str, Any] = {name: thing.first(name) for name in (*DIGESTS, "photodna", "dhash")}
    said |= {name: thing.first(prop) for name, prop in TEXTS.items()}
    said["media"] = said["media"] or ("video" if frames_of(body) else "image")  # a question does not say
    said |= {name: float(thing.first(prop)) for name, prop in NUMBERS.items() if thing.first(prop)}
    said |= {name: thing.first(prop) == "true" for name, prop in FLAGS.items() if thing.first(prop)}
    if scheme := thing.first("scheme"):
        name, edition = scheme_and_edition(scheme)
        said["category"] = {"scheme": name, "edition": edition, "code": thing.first("category")}
    if origin is not None:
        said |= json.loads(origin.first("content") or "{}")
        said |= {
            "series_name": origin.first("seriesName"),
            "case": origin.first("case"),
            "media_id": origin.first("mediaId"),
            "tags": origin.first("tags"),
            "comments": origin.first("comments"),
        }
    said |= {
        "pdq": thing.first("views").split(),
        "turns": thing.first("turns").split(),
        "quality": int(thing.first("quality") or 100),
        "frames": [Frame(at=at, pdq=bits) for at, bits in frames_of(body)],
    }
    return Media.model_validate(said, context=KEPT)


def origin_raw(media: Media, image: str) -> dict[str, Any]:
    """What the owner alone keeps beside it; empty where nothing was said."""
    said = {
        "seriesName": media.series_name,
        "case": media.case,
        "mediaId": media.media_id,
        "tags": media.tags,
        "comments": media.comments,
    }
    more = {"extra": media.extra} if media.extra else {}
    more |= {"label": media.label} if media.label else {}  # type: ignore[dict-item]
    if more:
        said["content"] = json.dumps(more, ensure_ascii=False)
    raw = {name: value for name, value in said.items() if value}
    return {"image": image, **raw} if raw else {}
