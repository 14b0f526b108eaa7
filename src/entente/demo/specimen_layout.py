"""Where everything stands on the data page of Utopia's passport, and who holds one. Lengths in mm."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from entente.demo import specimen_parts as parts
from entente.demo.specimen_faces import Face
from entente.demo.specimen_parts import Colour
from entente.match.documents import mrz_writing
from entente.match.documents.comparing import Anchor, Box

WIDTH, HEIGHT = 125.0, 88.0
"""mm, of size TD3."""
PX_PER_MM = 10
LABEL: Colour = (76, 92, 112)
BLUE: Colour = (24, 62, 104)
RED: Colour = (150, 26, 38)
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@dataclass(frozen=True, slots=True)
class Plates:
    """What the printer printed a version with."""

    palette: parts.Palette
    seed: int


NEW, OLD = Plates(parts.SEA, 1516), Plates(parts.SAND, 1478)


@dataclass(frozen=True, slots=True)
class Holder:
    """What is personal on a page; dates ISO."""

    surname: str
    given: str
    number: str
    birth: str
    sex: str
    place: str
    issued: str
    expires: str
    face: Face
    personal: str = ""

    def zone(self) -> tuple[str, ...]:
        """The machine readable zone, its check digits right."""
        return mrz_writing.write(
            "TD3",
            mrz_writing.Entries(
                document="P",
                issuer="UTO",
                surname=self.surname,
                given=self.given,
                number=self.number,
                nationality="UTO",
                birth=self.birth,
                sex=self.sex,
                expiry=self.expires,
                personal=self.personal,
            ),
        )


ANNA = Holder(
    surname="ERIKSSON",
    given="ANNA MARIA",
    number="L898902C3",
    birth="1974-08-12",
    sex="F",
    place="ZENITH",
    issued="2022-04-16",
    expires="2032-04-15",
    face=Face(hair="bob", hair_tone=0.42, wide=0.98),
    personal="ZE184226B",
)
"""Whose passport was stolen (lost.py)."""
MARIA = Holder(
    surname="SPECIMEN",
    given="MARIA",
    number="C01X00T47",
    birth="1985-01-30",
    sex="F",
    place="AMAUROT",
    issued="2021-05-03",
    expires="2031-05-02",
    face=Face(hair="long", hair_tone=0.24, wide=1.0),
)
"""Of the specimen that the library shows."""
OLD_MARIA = replace(MARIA, number="B41K20R63", issued="2012-06-11", expires="2022-06-10")
CARD_MARIA = replace(MARIA, number="IC0047120", issued="2023-02-01", expires="2033-01-31")
ANOTHER = Face(hair="long", hair_tone=0.62, skin=0.9, wide=1.05, jaw=1.03, brow=1.2, coat=0.62)
"""Whose portrait the forger put in."""

FALSE_BIRTH = "1984-08-12"

PORTRAIT = Box(5, 17, 31, 41)
GHOST = Box(100.5, 31, 16, 21.1)
KINEGRAM = Box(29.5, 43.5, 16.5, 16.5)
ARMS = Box(5, 2.6, 12, 12)
_COLUMN = 49.0
LABELS: Mapping[str, tuple[float, float, str]] = {
    "type": (_COLUMN, 15.6, "Type"),
    "code": (61, 15.6, "Code"),
    "number": (90, 15.6, "Passport No. / Numerus"),
    "surname": (_COLUMN, 22.8, "1. Surname / Cognomen"),
    "given": (_COLUMN, 30, "2. Given names / Praenomina"),
    "nationality": (_COLUMN, 37.2, "3. Nationality / Natio"),
    "birth": (_COLUMN, 44.4, "4. Date of birth / Natus"),
    "sex": (82.5, 44.4, "5. Sex / Sexus"),
    "issued": (_COLUMN, 51.6, "7. Date of issue / Datum"),
    "place": (82.5, 37.2, "6. Place of birth / Locus"),
    "authority": (82.5, 51.6, "8. Authority / Auctor"),
    "expires": (_COLUMN, 58.8, "9. Date of expiry / Valet ad"),
    "signature": (82.5, 58.8, "10. Signature / Signum"),
}
"""Where each label stands: left end and baseline, mm."""
SIZE, VALUE = 1.75, 3.0
ZONE = Box(0, 67, WIDTH, 19)


def _below(name: str, width: float) -> Box:
    x, y, _ = LABELS[name]
    return Box(x - 0.4, y + 0.7, width, 3.5)


FIELDS: Mapping[str, Box] = {
    "portrait": PORTRAIT,
    "ghost": GHOST,
    "number": Box(89.6, 16.4, 28, 4.2),
    "surname": _below("surname", 46),
    "given": _below("given", 46),
    "birth": _below("birth", 22),
    "sex": _below("sex", 5),
    "place": _below("place", 16),
    "issued": _below("issued", 22),
    "expires": _below("expires", 22),
    "signature": Box(82, 59.4, 38, 6),
    "zone": ZONE,
}
"""What is another for each holder, mm."""


def _label_box(name: str) -> Box:
    x, y, said = LABELS[name]
    return Box(x - 0.3, y - SIZE + 0.1, parts.long(said, SIZE) + 0.6, SIZE + 0.5)


ANCHORS: tuple[Anchor, ...] = (
    *(Anchor(_label_box(name), "label", 0.2, name) for name in LABELS),
    Anchor(Box(46, 4.4, 36, 6.6), "label", 0.2, "state"),
    Anchor(Box(89.6, 4.6, 31, 5.6), "label", 0.2, "title"),
    Anchor(ARMS, "emblem", 0.3, "arms"),
    Anchor(KINEGRAM, "emblem", 0.3, "kinegram"),
)
"""What stands at the same place on every genuine page."""


def day(iso: str) -> str:
    """As the page prints it: 12 AUG 1974."""
    year, month, day = iso.split("-")
    return f"{day} {_MONTHS[int(month) - 1]} {year}"
