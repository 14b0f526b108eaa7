"""Which table makes scores comparable: the bureau's own, made on its own gallery, or the house's."""

import json

from entente.desk import Desk
from entente.match import faces, prints
from entente.match.rates import Calibration
from entente.rooms.biometrics.scoring import SHIPPED, Tables

TABLE = "BiometricTable"


def of(desk: Desk) -> Tables:
    """The tables of the asker's bureau; the shipped ones where it has none of today's matchers."""
    own = {
        sort: Calibration.from_dict(json.loads(thing.first("table")))
        for sort, matcher in (("prints", prints.MATCHER), ("faces", faces.MATCHER))
        if (thing := desk.look_all([id_of(desk, sort)]).get(id_of(desk, sort)))
        and thing.first("matcher") == matcher
    }
    if not own:
        return SHIPPED
    return Tables(own.get("prints", SHIPPED.prints), own.get("faces", SHIPPED.faces), own=True)


def id_of(desk: Desk, sort: str) -> str:
    """A bureau has one table of a sort."""
    return desk.house.ids.of("biometric table", desk.asker.bureau, sort)
