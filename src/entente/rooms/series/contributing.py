"""Contributing images as hashes, moving them between series, taking them back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from entente.core.access import Handling
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.series import schemes, states
from entente.rooms.series.clearing import handling_of, must_be_cleared, own, shared
from entente.rooms.series.formats import why_left_out
from entente.rooms.series.media import IMAGE, ORIGIN, image_raw, origin_raw
from entente.rooms.series.media_model import Media
from entente.rooms.series.model import Contribution, Moved, Sharing

KEPT = timedelta(days=1826)
"""RPD, article 49: five years, then the owner says again why he keeps it."""
WORDS = "label taken device lens tables image_id series_name case media_id tags comments extra".split()
"""What of a file is no hash, so that something else might stand there."""
EMPTY = "There is neither a digest nor a hash of what it shows"


def contribute(desk: Desk, form: Contribution) -> tuple[list[str], int]:
    """Keep images of one's own bureau; (their ids in order, how many were new or changed).

    A file that stands already is kept once: what is new of it is added. Raises Faulty, NotAllowed, Absent.
    """
    must_be_cleared(desk)
    handling = handling_of(desk, form.handling or shared(desk, form.sharing))
    series = states.root(desk, form.series).id if form.series else ""
    faults = [
        Fault(f"media/{n}", EMPTY, "Send at least one.") for n, one in enumerate(form.media) if not told(one)
    ]
    faults += [
        Fault(f"media/{n}/{where}", f"It may hide a picture: {why}", "Send hashes and words alone.")
        for n, one in enumerate(form.media)
        for where, why in hidden(one)
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    return keep(desk, form.media, handling, [series] * len(form.media))


def told(media: Media) -> bool:
    """Whether anything names the file."""
    return any((media.md5, media.sha1, media.sha256, media.photodna, media.pdq, media.frames))


def hidden(media: Media) -> Iterator[tuple[str, str]]:
    """Where a text of a file may hide a picture, and why it is thought so; keys count as texts."""
    for name in WORDS:
        yield from _hidden(name, getattr(media, name))


def _hidden(where: str, said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, str):
        if why := why_left_out(said):
            yield where, why
    elif isinstance(said, dict):
        for key, value in said.items():
            yield from _hidden(where, key)
            yield from _hidden(f"{where}/{key[:40]}", value)
    elif isinstance(said, list):
        for value in said:
            yield from _hidden(where, value)


def keep(
    desk: Desk, media: Sequence[Media], handling: Handling, series: Sequence[str]
) -> tuple[list[str], int]:
    """The same of many with a series each; a file that stands in the batch twice is kept once."""
    ids = [image_id(desk, one) for one in media]
    standing = desk.as_house().inspect_many(list(dict.fromkeys(ids)))
    bodies: dict[str, Body] = {}
    origins: dict[str, Thing] = {}
    kind = desk.house.model[IMAGE]
    own_schemes = schemes.own(desk)
    for id, one, into in zip(ids, media, series, strict=True):
        raw = image_raw(one) | ({"series": into} if into else {})
        raw["common"] = schemes.common(one.category, own_schemes) if one.category else ""
        clean = desk.clean(kind, {k: v for k, v in raw.items() if v}, desk.asker.bureau)
        before = bodies.get(id) or (standing[id].body if id in standing else {})
        bodies[id] = {**before, **clean}
        if origin := _origin(desk, id, one):
            origins[origin.id] = origin
    images = [_thing(desk, IMAGE, id, handling, body) for id, body in bodies.items()]
    kept = desk.keep_many(images)
    if origins:
        desk.keep_many(list(origins.values()))
    desk.note("contribute", what="images", images=len(images), changed=kept)
    return ids, kept


def image_id(desk: Desk, media: Media) -> str:
    """One image a file and bureau: by its first digest, else by what it shows."""
    name = next((getattr(media, d).lower() for d in ("md5", "sha1", "sha256") if getattr(media, d)), "")
    name = name or media.photodna or "".join(media.pdq[:1]) or "".join(f.pdq for f in media.frames[:20])
    return desk.house.ids.of("series image", desk.asker.bureau, name)


def _origin(desk: Desk, image: str, media: Media) -> Thing | None:
    raw = origin_raw(media, image)
    if not raw:
        return None
    body = desk.clean(desk.house.model[ORIGIN], raw, desk.asker.bureau)
    return _thing(desk, ORIGIN, origin_id(desk, image), own(desk.asker.bureau), body)


def origin_id(desk: Desk, image: str) -> str:
    return desk.house.ids.of("image origin", image)


def _thing(desk: Desk, kind: str, id: str, handling: Handling, body: Body) -> Thing:
    return Thing(
        id=id,
        kind=kind,
        handling=handling,
        body=body,
        expires=desk.today + KEPT,
        version=0,
        created=desk.now,
        changed=desk.now,
    )


# --- one's own -----------------------------------------------------------------------------------


def mine(desk: Desk, ids: Sequence[str]) -> list[Thing]:
    """Images of one's own bureau. Raises Absent for what is not there, NotYours for another's."""
    found = desk.look_all(ids)
    if any(id not in found or found[id].kind != IMAGE for id in ids):
        raise Absent()
    if any(found[id].handling.owner != desk.asker.bureau for id in ids):
        raise NotYours("The bureau that contributed an image moves it and takes it back.")
    return [found[id] for id in dict.fromkeys(ids)]


def move(desk: Desk, form: Moved) -> None:
    """Say which series one's own images belong to. Raises Absent, NotYours."""
    must_be_cleared(desk)
    series = states.root(desk, form.series).id if form.series else ""
    put(desk, mine(desk, form.images), series)


def put(desk: Desk, images: Sequence[Thing], series: str) -> None:
    """Put images into a series, or out of any."""
    for image in images:
        body = {name: values for name, values in image.body.items() if name != "series"}
        desk.change(image, body=body | ({"series": (series,)} if series else {}))
    desk.note("correct", object=series, what="images moved", images=[i.id for i in images])


def withdraw(desk: Desk, id: str) -> None:
    """Take an image back: gone for everybody at once, with where it came from. Raises Absent, NotYours."""
    must_be_cleared(desk)
    (image,) = mine(desk, [id])
    if origin := desk.as_house().inspect(origin_id(desk, id)):
        desk.withdraw(origin)
    desk.withdraw(image)
    desk.note("withdraw", object=id)


def handle(desk: Desk, id: str, sharing: Sharing) -> None:
    """Say anew who may see an image. Raises Absent, NotYours, Faulty."""
    must_be_cleared(desk)
    (image,) = mine(desk, [id])
    label = handling_of(desk, shared(desk, sharing))
    desk.change(image, handling=replace(label, status=image.handling.status))
    desk.note("handle", object=id)
