"""One entry of VICS, in and out: what `Media` itself says is spelled anew, all else is kept as it came.

`Media.extra["vics"]` holds `said` (the keys whose value `spell` would not write in the very same way), `keys`
(their order, where it is not ours) and `of` (the document's model, where its category number has no scheme).
So an entry that nobody changed is written as it came, and one that was changed says what is true now.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from entente.rooms.series.formats.bounded_json import Tell
from entente.rooms.series.formats.vics_fields import code_of, fields_of
from entente.rooms.series.hidden_pictures import why_too_large
from entente.rooms.series.media_model import Media

ORDER = (
    "MediaID Category MD5 SHA1 PhotoDNA MediaSize DateUpdated IsPrecategorized VictimIdentified "
    "OffenderIdentified IsDistributed IsSuspected SelfGenerated Series Tags Comments RelativeFilePath "
    "MimeType MediaFiles Exifs AlternativeHashes MediaMetadata"
).split()
NAME = "vics"
_PLACES = {key: place for place, key in enumerate(ORDER)}
_FLAGS = {
    "VictimIdentified": "victim_identified",
    "OffenderIdentified": "offender_identified",
    "IsDistributed": "distributed",
    "IsSuspected": "suspected",
    "SelfGenerated": "self_generated",
}
_TEXTS = {"Series": "series_name", "Tags": "tags", "Comments": "comments"}
_PLAIN = {
    "MD5": "md5",
    "SHA1": "sha1",
    "PhotoDNA": "photodna",
    "MediaSize": "size",
}
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "MediaID": ("media_id",),
    **{key: (field,) for key, field in (_FLAGS | _TEXTS | _PLAIN).items()},
    "SHA256": ("sha256",),
    "MimeType": ("mime", "media"),
    "Category": ("category",),
    "RelativeFilePath": ("label",),
    "MediaFiles": ("label",),
    "Exifs": ("device", "lens", "image_id", "taken"),
    "AlternativeHashes": ("md5", "sha1", "sha256", "pdq", "dhash", "turns", "frames"),
    "MediaMetadata": ("quality", "width", "height", "seconds", "tables", "baseline", "category"),
}
"""Which fields of Media a key speaks of."""
_FIELDS = tuple(sorted({field for fields in _SOURCES.values() for field in fields} - {"category"}))
_LISTS = frozenset({"Exifs", "AlternativeHashes", "MediaMetadata"})
_HASHES = frozenset({"md5", "sha1", "sha256", "dhash", "pdq", "turns"})
_DEFAULTS = {field: Media.model_fields[field].default for field in _FIELDS}


def media_of(entry: dict[str, Any], scheme: str, edition: str, of: str, case: str, tell: Tell) -> Media:
    """An entry as `Media`; what it says beyond that is in `extra`. Every fault is told."""
    found = fields_of(entry, scheme, edition, tell)
    if case:
        found["case"] = case
    media = _valid(found, tell)
    written = spell(media, scheme)
    said = {
        key: value for key, value in entry.items() if key not in written or not _same(written[key], value)
    }
    kept: dict[str, Any] = {"said": said} if said else {}
    if entry.keys() != written.keys() | said.keys() or list(entry) != _ordered(written, said):
        kept["keys"] = list(entry)
    if not scheme and entry.get("Category") is not None:
        kept["of"] = of
    if why := why_too_large(kept):
        tell(f"left out: all that is not read, {why}")
        kept = {}
    return media.model_copy(update={"extra": {NAME: kept}}) if kept else media


def _valid(found: dict[str, Any], tell: Tell) -> Media:
    """`Media` of the fields that may be so; the others are told."""
    try:
        return Media(**found)
    except ValidationError as wrong:
        for fault in wrong.errors(include_url=False, include_input=False, include_context=False):
            if found.pop(str(fault["loc"][0]), None) is not None:
                tell(f"{fault['loc'][0]}: {fault['msg']}")
        return Media(**found)


def entry_of(media: Media, scheme: str, of: str) -> dict[str, Any]:
    """An entry of a document of model `of`, whose category numbers are of `scheme`.

    A category of another scheme is never written as a number of this one: it goes into MediaMetadata by name.
    """
    written = spell(media, scheme)
    kept = media.extra.get(NAME)
    if type(kept) is not dict:
        return written
    said = kept["said"] if type(kept.get("said")) is dict else {}
    keys = kept["keys"] if type(kept.get("keys")) is list else _ordered(written, said)
    entry = {key: said.get(key, written.get(key)) for key in keys if key in said or key in written}
    if len(entry) < len(written.keys() | said.keys()) or not said.keys().isdisjoint(_SOURCES):
        for key in _changed(entry, media, scheme, kept.get("of") == of):
            if key in written or key in said:
                entry[key] = (
                    [*written.get(key, ()), *_of_others(key, said)] if key in _LISTS else written.get(key)
                )
                if (entry[key] is None and key != "Category") or entry[key] == []:
                    del entry[key]
    return entry


def _of_others(key: str, said: Mapping[str, Any]) -> list[Any]:
    """What a list says beyond what is read of it: a change in the house is no reason to lose it."""
    ones = said.get(key)
    nothing = fields_of({}, "", "", lambda _: None)
    return (
        [one for one in ones if fields_of({key: [one]}, "", "", lambda _: None) == nothing]
        if type(ones) is list
        else []
    )


def _changed(entry: Mapping[str, Any], media: Media, scheme: str, same_model: bool) -> list[str]:
    """The keys that speak of something of which the entry no longer says what `media` says."""
    again = fields_of(entry, scheme, "", lambda _: None)
    fields = {
        field
        for field in _FIELDS
        if _plain(field, again.get(field, _DEFAULTS[field])) != _plain(field, getattr(media, field))
    }
    code = code_of(entry.get("Category"), lambda _: None)
    if media.category is None:
        if code and not same_model:
            fields.add("category")
    elif (media.category.scheme, media.category.code) != (scheme, code):
        fields.add("category")
    return [key for key, sources in _SOURCES.items() if not fields.isdisjoint(sources)] if fields else []


def _plain(field: str, value: Any) -> Any:
    """Hashes without their case, frames as pairs: two forms of one value are equal."""
    if field == "frames":
        pairs = [(one["at"], one["pdq"]) if type(one) is dict else (one.at, one.pdq) for one in value]
        return [(at, hash.lower()) for at, hash in pairs]
    if field in _HASHES:
        return value.lower() if type(value) is str else [one.lower() for one in value]
    return value


def _ordered(written: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """Our order of keys: the known ones first, then the others as they came."""
    known = sorted((key for key in written.keys() | said.keys() if key in _PLACES), key=_PLACES.__getitem__)
    return known + [key for key in said if key not in _PLACES]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: 1, 1.0 and true are equal in Python and not in JSON."""
    if type(one) is not type(other):
        return False
    return one == other if type(one) is not list else orjson.dumps(one) == orjson.dumps(other)


def spell(media: Media, scheme: str) -> dict[str, Any]:
    """What `Media` itself says, in the keys and forms of VICS: hashes upper case, flags as text, `\\` in
    paths.
    """
    md5 = str(media.md5).upper()
    entry: dict[str, Any] = {}
    other = media.category is not None and media.category.scheme != scheme
    if media.media_id:
        entry["MediaID"] = _number(media.media_id)
    entry["Category"] = _number(media.category.code) if media.category and not other else None
    plain = {"MD5": md5, "SHA1": str(media.sha1).upper(), "PhotoDNA": media.photodna, "MediaSize": media.size}
    entry |= {key: value for key, value in plain.items() if value}
    for key, field in _FLAGS.items():
        if (value := getattr(media, field)) is not None:
            entry[key] = "true" if value else "false"
    for key, field in _TEXTS.items():
        if value := getattr(media, field):
            entry[key] = value
    if media.label:
        entry["RelativeFilePath"] = media.label.replace("/", "\\")
    if mime := media.mime or ("video" if media.media == "video" else ""):
        entry["MimeType"] = mime
    told = (("Exifs", _exifs(media), "Property"), ("AlternativeHashes", _hashes(media), "Hash"))
    for key, pairs, sort in (*told, ("MediaMetadata", _metadata(media, other), "Property")):
        if pairs:
            own = {"MD5": md5} if md5 else {}
            entry[key] = [{**own, f"{sort}Name": name, f"{sort}Value": value} for name, value in pairs]
    return entry


def _number(text: str) -> int | str:
    """A number as a number when that says the same."""
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 16 and str(int(text)) == text else text
    )


def files_of(media: Media) -> list[dict[str, str]]:
    """A file as MediaFiles names it, where MD5, name and path must stand; empty when one of them is not
    known.
    """
    path = media.label.replace("/", "\\")
    if not (path and media.md5):
        return []
    return [{"MD5": str(media.md5).upper(), "FileName": path.rpartition("\\")[2], "FilePath": path}]


def _exifs(media: Media) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    parts = media.device.split("|")
    if len(parts) == 3:
        pairs += [pair for pair in zip(("Make", "Model", "BodySerialNumber"), parts, strict=True) if pair[1]]
    named = (
        ("LensSerialNumber", media.lens),
        ("ImageUniqueID", media.image_id),
        ("DateTimeOriginal", media.taken),
    )
    return pairs + [(name, value) for name, value in named if value]


def _hashes(media: Media) -> list[tuple[str, str]]:
    """Tools that do not know a name pass over it."""
    pairs = [("SHA256", str(media.sha256).upper())] if media.sha256 else []
    pairs += [(f"PDQVIEW{place:02}" if place else "PDQ", view) for place, view in enumerate(media.pdq)]
    if media.dhash:
        pairs.append(("DHASH256", media.dhash))
    pairs += [(f"PDQTURN{place:02}", turn) for place, turn in enumerate(media.turns, 1)]
    return pairs + [(f"PDQFRAME@{frame.at:.3f}", frame.pdq) for frame in media.frames]


def _metadata(media: Media, other: bool) -> list[tuple[str, str]]:
    pairs = [("PDQQuality", str(media.quality))] if media.pdq else []
    pairs += [
        (name, str(value)) for name, value in (("Width", media.width), ("Height", media.height)) if value
    ]
    if media.seconds:
        pairs.append(("Duration", f"{media.seconds:.3f}"))
    if media.tables:
        pairs.append(("QuantisationTables", media.tables))
    if media.baseline is not None:
        pairs.append(("Baseline", "true" if media.baseline else "false"))
    if other and media.category:
        pairs.append(
            (f"Category {media.category.scheme} {media.category.edition}".strip(), media.category.code)
        )
    return pairs
