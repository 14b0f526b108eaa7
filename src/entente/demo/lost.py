"""What Belmark's bureau says of its documents: one passport stolen, and blanks taken from a van.

The passport has the number of the specimen that ICAO Doc 9303 prints: whoever looks up the forged Utopia
passport of the story finds it.
"""

from entente.core.access import Asker, Purpose, Role
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import by_code
from entente.rooms.papers.lost import blanks, model, reporting

STOLEN = (
    model.Report(
        number="L898902C3",
        status="stolen",
        date="2025-11-02",
        place="Zenith, night train",
        circumstances="Taken from a sleeping traveller; reported the next morning.",
        case="BM 1104/25",
        surname="Eriksson",
        given="Anna Maria",
        birth="1974-08-12",
    ),
    model.Report(number="B70441920", status="lost", date="2025-06", place="Belmar"),
    model.Report(number="IB5501234", type="identity-card", status="revoked", case="BM 77/25"),
)
BLANKS = model.RangeForm(
    first="XB0012000",
    last="XB0012999",
    date="2025-09-14",
    place="Ring road of Belmar",
    circumstances="A thousand blanks taken from the printer's van.",
    case="BM 902/25",
)


def load(house: House) -> None:
    """Keep them as a contributor of the bureau XB."""
    with sit(house, _asker(house), "contribute", writing=True) as desk:
        for form in STOLEN:
            reporting.report(desk, form)
        blanks.report(desk, BLANKS)


def _asker(house: House) -> Asker:
    with sit(house, HOUSE_ASKER) as desk:
        owner = by_code(desk)["XB"].number
        desk.note("see", what="directory")
    return Asker("operator", owner, Purpose.DESK, "the demo story", frozenset({Role.CONTRIBUTOR}))
