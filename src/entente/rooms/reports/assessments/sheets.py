"""The sheet of one scorer: his scores of one place. The house's own, so that nobody reads it before its time.

Whatever is shown of a sheet passes here: `mine` to who wrote it, `opened` once both blind scorers are done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.core.access import HOUSE, HOUSE_ONLY, Handling
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.assessment import SHEET, Assessment, Place

SEALED = Handling(owner=HOUSE, see=0, need=frozenset({HOUSE_ONLY}))
Scores = Mapping[str, m.Score]
"""By the indicator's code."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one scorer wrote; `version` 0 where there is nothing yet."""

    place: str
    seat: str
    officer: str
    bureau: int
    scores: Scores
    version: int = 0


def id_of(desk: Desk, it: Assessment, place: str, seat: str) -> str:
    return desk.house.ids.of(SHEET, it.id, place, seat)


def read(desk: Desk, it: Assessment, place: Place, seat: str) -> Sheet:
    """The sheet of a seat, for a service that has decided that its caller may read it."""
    thing = desk.as_house().inspect(id_of(desk, it, place.code, seat))
    holder = place.seats[seat]
    return _sheet(thing) if thing else Sheet(place.code, seat, holder.officer, holder.bureau, {})


def opened(desk: Desk, it: Assessment) -> dict[tuple[str, str], Sheet]:
    """Every sheet that may be read: of places where both blind scorers are done, and handed in itself."""
    found = desk.as_house().inspect_all([f"scores:{it.id}"])
    sheets = [_sheet(thing) for _, thing in found]
    return {
        (one.place, one.seat): one
        for one in sheets
        if one.place in it.places and it.places[one.place].opened and it.places[one.place].handed_in(one.seat)
    }


def write(desk: Desk, it: Assessment, place: Place, seat: str, scores: Sequence[m.Score]) -> Thing:
    """Keep a sheet anew, of whoever sits here."""
    through, id = desk.as_house(), id_of(desk, it, place.code, seat)
    raw = {
        "assessment": it.id,
        "place": place.code,
        "seat": seat,
        "officer": desk.asker.officer,
        "bureau": str(desk.asker.bureau),
        "line": tuple([one.model_dump_json() for one in scores]),
    }
    return through.keep(SHEET, raw, SEALED, id=id, version=0, keys=(f"scores:{it.id}",))


def _sheet(thing: Thing) -> Sheet:
    lines = [m.Score.model_validate_json(line) for line in thing.body.get("line", ())]
    return Sheet(
        place=thing.first("place"),
        seat=thing.first("seat"),
        officer=thing.first("officer"),
        bureau=int(thing.first("bureau")),
        scores={one.indicator: one for one in lines},
        version=thing.version,
    )


def evidence_of(sheets: Sequence[Sheet]) -> list[str]:
    """Ids of all that the scores of these sheets rest on."""
    return list(dict.fromkeys([id for s in sheets for score in s.scores.values() for id in score.evidence]))
