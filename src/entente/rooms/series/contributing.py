"""Contributing images as hashes, moving them between series, taking them back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from entente.core.access import Decision, Handling, Status, decide
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.series import schemes, states
from entente.rooms.series.clearing import handling_of, must_be_cleared, own, shared
from entente.rooms.series.media import IMAGE, ORIGIN, image_raw, origin_raw
from entente.rooms.series.media_model import Media
from entente.rooms.series.model import Contribution, Moved, Sharing

KEPT = timedelta(days=1826)
"""RPD, article 49: five years, then the owner says again why he keeps it."""
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
    if faults:
        raise Faulty(faults=tuple(faults))
    return keep(desk, form.media, handling, [series] * len(form.media))


def told(media: Media) -> bool:
    """Whether anything names the file."""
    return any((media.md5, media.sha1, media.sha256, media.photodna, media.pdq, media.frames))


def keep(
    desk: Desk, media: Sequence[Media], handling: Handling, series: Sequence[str], moving: bool = True
) -> tuple[list[str], int]:
    """The same of many with a series each; a file that stands in the batch twice is kept once.

    What stands keeps its handling and, unless `moving`, the series that somebody put it into.
    """
    ids, seen = _places(desk, media, handling)
    bodies: dict[str, Body] = {}
    origins: dict[str, Thing] = {}
    kind = desk.house.model[IMAGE]
    own_schemes = schemes.own(desk)
    told_before = desk.look_all([origin_id(desk, id) for id in seen])
    for id, one, into in zip(ids, media, series, strict=True):
        placed = not moving and id in seen and seen[id].first("series")
        raw = image_raw(one) | ({"series": into} if into and not placed else {})
        raw["common"] = schemes.common(one.category, own_schemes) if one.category else ""
        clean = desk.clean(kind, {k: v for k, v in raw.items() if v}, desk.asker.bureau)
        before = bodies.get(id) or (seen[id].body if id in seen else {})
        bodies[id] = {**before, **clean}
        if origin := _origin(desk, id, one):
            standing = origins.get(origin.id) or told_before.get(origin.id)
            origins[origin.id] = _added(origin, standing) if standing else origin
    images = [
        _thing(desk, IMAGE, id, seen[id].handling if id in seen else handling, body)
        for id, body in bodies.items()
    ]
    kept = desk.keep_many(images)
    if origins:
        desk.keep_many(list(origins.values()))
    desk.note("contribute", what="images", images=len(images), changed=kept)
    return ids, kept


def _places(desk: Desk, media: Sequence[Media], handling: Handling) -> tuple[list[str], Mapping[str, Thing]]:
    """The id of each file's image, and those that stand and that the asker sees; they keep their handling.

    Where his bureau has the file under a handling that he is not cleared for, he makes an image beside it, as
    if there were none: nothing of that one is read, added to, or shown.
    """
    ids = [image_id(desk, one) for one in media]
    standing = desk.as_house().inspect_many(list(dict.fromkeys(ids)))
    hidden = {
        id
        for id, thing in standing.items()
        if thing.handling.status is not Status.DELETED
        and decide(desk.asker, thing.handling) is not Decision.FULL
    }
    beside = (*sorted(handling.need), handling.level.name)
    ids = [desk.house.ids.of("series image beside", id, *beside) if id in hidden else id for id in ids]
    return ids, desk.look_all(ids)


def _added(new: Thing, standing: Thing) -> Thing:
    """An origin with what was said before: the newest word of each first, nothing lost."""
    body = {
        name: tuple(dict.fromkeys((*new.body.get(name, ()), *standing.body.get(name, ()))))
        for name in (*new.body, *standing.body)
    }
    said = [json.loads(one.first("content") or "{}") for one in (standing, new)]
    more = {**said[0], **said[1]}
    return replace(new, body=body | ({"content": (json.dumps(more, ensure_ascii=False),)} if more else {}))


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
