"""Templates that an older extractor or another encoder read are read again from the pictures that are kept.

A search never mixes versions: until a set is read again it is not found by what is new, and a set that came
without pictures stays as it was sent.
"""

from typing import Any

import cv2
import numpy as np
import structlog

from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match import prints
from entente.rooms.biometrics.enrolling import changed
from entente.rooms.biometrics.samples import FINGER, SET, held, record_of, told

log = structlog.get_logger()
READ = "biometrics/read by"
"""Note: what has read every set that has pictures."""
PLACE = "biometrics/reading again from"
BATCH = 20


def step(house: House) -> int:
    """Read the next few sets again; returns how many there were (0: all are read by today's extractor)."""
    with house.store.reading() as tx:
        if tx.notes.read(READ) == prints.EXTRACTOR:
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
            tx.notes.write(READ, prints.EXTRACTOR)
    return len(changes)


def _old(thing: Thing) -> bool:
    return bool(thing.first("extractor")) and thing.first("extractor") != prints.EXTRACTOR


def read_again(house: House, thing: Thing) -> dict[str, Any]:
    """What of a set's body is new, read from its pictures; nothing where one of them cannot be read."""
    records: dict[int, str] = {}
    for one, said in zip(held(thing), told(thing), strict=True):
        if said["what"] != FINGER or one.print is None:
            continue
        if not said["blob"]:
            records[said["value"]] = record_of(one.print)
            continue
        try:
            data = np.frombuffer(house.blobs.open(said["blob"]), np.uint8)
            pixels = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
            again = prints.read(np.asarray(pixels, np.uint8), said["dpi"]).print
        except (KeyError, ValueError, cv2.error, prints.Unreadable, Problem) as why:
            log.warning("a print could not be read again", set=thing.id, why=str(why))
            return {}
        records[said["value"]] = record_of(again.at(one.position, one.print.impression))
    name = next(name for name in ("prints", "marks", "solved") if name in thing.body)
    return {name: tuple(records[n] for n in sorted(records)), "extractor": (prints.EXTRACTOR,)}


def _keep(desk: Desk, id: str, body: dict[str, Any]) -> bool:
    """In the writer's turn: a set that changed meanwhile is left for the next time."""
    standing = desk.inspect(id)
    if standing is None or not _old(standing):
        return False
    changed(desk, standing, {**standing.body, **body})
    return True
