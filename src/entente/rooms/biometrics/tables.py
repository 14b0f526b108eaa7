"""Which table makes scores comparable: the bureau's own, made on its own gallery, or the house's."""

import json

from entente.desk import Desk
from entente.match import faces, prints
from entente.match.rates import Calibration
from entente.rooms.biometrics.scoring import SHIPPED, Tables

TABLE = "BiometricTable"


def of(desk: Desk) -> Tables:
    """The tables of the asker's bureau; the shipped ones where it has none of today's matchers."""
    ids = {sort: id_of(desk, sort) for sort in ("prints", "faces")}
    things = desk.look_all(list(ids.values()))
    own = {
        thing.first("matcher"): Calibration.from_dict(json.loads(thing.first("table")))
        for id in ids.values()
        if (thing := things.get(id))
    }
    of_prints = own.get(prints.MATCHER)
    begin = matcher_of("")
    of_faces = {name.removeprefix(begin): one for name, one in own.items() if name.startswith(begin)}
    if not of_prints and not of_faces:
        return SHIPPED
    return Tables(of_prints or SHIPPED.prints, {**SHIPPED.faces, **of_faces}, own=True)


def matcher_of(space: str) -> str:
    """What a table of faces is of: how they are compared, and the encoder."""
    return f"{faces.MATCHER}:{space}"


def id_of(desk: Desk, sort: str) -> str:
    """A bureau has one table of a sort."""
    return desk.house.ids.of("biometric table", desk.asker.bureau, sort)
