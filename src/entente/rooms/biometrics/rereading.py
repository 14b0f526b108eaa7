"""Templates that an older extractor or another encoder read are read again from the pictures that are kept.

A search never mixes versions: until a set is read again it is not found by what is new. Minutiae that came
without a picture, or that an examiner marked in one, stay as they were sent.
"""

from typing import Any

import cv2
import numpy as np
import structlog

from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match import faces, prints
from entente.rooms.biometrics.encoding import encoder
from entente.rooms.biometrics.enrolling import changed
from entente.rooms.biometrics.samples import FINGER, SET, Held, held, record_of, told

log = structlog.get_logger()
READ = "biometrics/read by"
"""Note: what has read every set that has pictures."""
PLACE = "biometrics/reading again from"
BATCH = 20
PRINTS = ("prints", "marks", "solved")


def step(house: House) -> int:
    """Read the next few sets again; returns how many were looked at (0: all are of today's readers)."""
    by = readers()
    with house.store.reading() as tx:
        if tx.notes.read(READ) == by:
            return 0
        place = int(tx.notes.read(PLACE) or 0)
        changes = tx.upkeep.changes(place, BATCH, (SET,))
    fresh = {c.thing.id: read_again(house, c.thing) for c in changes if c.thing and _old(c.thing)}
    if any(fresh.values()):
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            kept = sum(_keep(desk, id, body) for id, body in fresh.items() if body)
            desk.note("correct", what="biometrics", sets=kept)
    with house.bookkeeping() as tx:
        tx.notes.write(PLACE, str(changes[-1].place) if len(changes) == BATCH else "0")
        if len(changes) < BATCH:
            tx.notes.write(READ, by)
    return len(changes)


def readers() -> str:
    """What reads prints and faces here, with versions."""
    return f"{prints.EXTRACTOR} {_space()}"


def _space() -> str:
    return "" if faces.missing() else faces.space(encoder())


def _old(thing: Thing) -> bool:
    extractor, space = thing.first("extractor"), _space()
    others = {face.partition(":")[0] for face in thing.body.get("faces", ())} - {space}
    return bool(extractor and extractor != prints.EXTRACTOR) or bool(space and others)


def read_again(house: House, thing: Thing) -> dict[str, Any]:
    """What of a set's body is new, read from its pictures; nothing where one of them cannot be read."""
    values: dict[str, dict[int, str]] = {"faces": {}, "prints": {}}
    try:
        for one, said in zip(held(thing), told(thing), strict=True):
            name = "prints" if one.what == FINGER else "faces"
            values[name][said["value"]] = _again(house, one, said)
    except (KeyError, ValueError, cv2.error, Problem) as why:
        log.warning("a set could not be read again", set=thing.id, why=str(why))
        return {}
    body: dict[str, Any] = {}
    if values["faces"]:
        body["faces"] = _in_order(values["faces"])
    if values["prints"]:
        body[next(name for name in PRINTS if name in thing.body)] = _in_order(values["prints"])
    if values["prints"] and thing.first("extractor"):
        body["extractor"] = (prints.EXTRACTOR,)
    return body


def _in_order(values: dict[int, str]) -> tuple[str, ...]:
    return tuple(values[n] for n in sorted(values))


def _again(house: House, one: Held, said: dict[str, Any]) -> str:
    """The template of one sample. Raises KeyError for a picture that is gone, ValueError for none."""
    if not said["blob"] or said.get("marked"):
        return record_of(one.print) if one.print else one.face
    data = np.frombuffer(house.blobs.open(said["blob"]), np.uint8)
    if one.print is None:
        colours = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)
        read = faces.read(colours, encoder())
        return faces.text(read.space, read.faces[0].vector)
    grey = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return record_of(prints.read(grey, said["dpi"]).print.at(one.position, one.print.impression))


def _keep(desk: Desk, id: str, body: dict[str, Any]) -> bool:
    """In the writer's turn: a set that changed meanwhile is left for the next time."""
    standing = desk.inspect(id)
    if standing is None or not _old(standing):
        return False
    changed(desk, standing, {**standing.body, **body})
    return True
