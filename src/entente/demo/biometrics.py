"""The demo's fingerprints and faces: Belmark has enrolled Anton Velkov, Cordava lets only be known that it
may be asked of him, and Arvenia has a mark that he left.

The ridges are grown and the faces are drawn (`match.prints.synthetic`, `match.faces.synthetic`): nobody has
them. Everything is read as if its files had been sent.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache

from entente.demo.specimen_parts import Rgb
from entente.desk import HOUSE_ASKER, Desk, House, sit, templating
from entente.match import faces, prints
from entente.match.faces import synthetic as drawing
from entente.match.prints import synthetic as growing
from entente.match.prints.sensing import Field, Grey
from entente.rooms.biometrics import comparisons, enrolling, examining, meeting, reading
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.decoding import Decoded, Picture
from entente.rooms.biometrics.samples import Read
from entente.rooms.bureaus import asker_for, by_code
from entente.rooms.records import HandlingForm

THUMB, INDEX, MIDDLE = 1, 2, 3
FINGERS = {THUMB: 7101, INDEX: 7102, MIDDLE: 7103}
"""Positions of Velkov's right hand that Belmark has, and the seeds that his ridges grow from."""
VELKOV, STRANGER = 54, 11
"""Seeds of faces."""
ENROLLED, ELSEWHERE, LEFT = 1, 2, 3
"""Seeds of how a finger was set down: at Belmark's desk, at Cordava's, on a pane."""
DPI = 500
FROM = {"XA": "analyst@xa.example", "XB": "officer@xb.example", "XC": "officer@xc.example"}


def load(house: House) -> None:
    """Enrol the three bureaus' sets, and have Arvenia's first examiner look at what its mark met.

    Early, while little is kept: what met is found by walking all changes. Nothing is loaded where prints
    would be read by the slow definitions (without `entente[bio]`), which take longer than the whole story;
    no portrait where faces cannot be read (without `entente[faces]`).
    """
    if prints.slow():
        return
    _enrol(house, "XA", _mark(), "Pane of the back door", sort="mark")
    two = [_finger(position, ELSEWHERE) for position in (THUMB, INDEX)]
    hint = _police(house, "XC")
    _enrol(house, "XC", two + _portrait(1), "Border post 4", see="named", hint=hint)
    three = [_finger(position, ENROLLED) for position in FINGERS]
    _enrol(house, "XB", three + _portrait(0), "Velkov, taken into custody", person=_kingpin(house))
    templating.catch_up(house)
    meetings = meeting.Meetings(house)
    while meetings.step():
        pass
    _looked_at(house)


@cache
def master(seed: int) -> Field:
    """The ridges of one finger; grown once in a process."""
    return growing.finger(seed)


def impression(position: int, seed: int) -> Grey:
    """(388, 374) uint8: one of Velkov's fingers set down once, at 500 dpi."""
    return growing.impression(master(FINGERS[position]), seed, noise=0.8)


def mark(position: int, seed: int) -> Grey:
    """(420, 420) uint8: part of one of his fingers on a surface with a grain."""
    return growing.latent(master(FINGERS[position]), seed)


def portrait(seed: int, shot: int) -> Rgb:
    """(480, 400, 3) uint8: a face that nobody has, before another ground and in another light each time."""
    return drawing.portrait(drawing.person(seed), shot)


# --- what is enrolled ----------------------------------------------------------------------------


def _finger(position: int, seed: int) -> Read:
    said = m.File(data="", position=position, impression="plain", what="finger")
    return _read(Picture(impression(position, seed), DPI, "PNG"), said)[0]


def _mark() -> list[Read]:
    return _read(Picture(mark(MIDDLE, LEFT), DPI, "PNG"), m.File(data="", what="finger"), mark=True)


def _portrait(shot: int) -> list[Read]:
    """None where faces cannot be read."""
    if faces.missing():
        return []
    return _read(Picture(portrait(VELKOV, shot), None, "JPEG"), m.File(data="", what="face"))


def _read(picture: Picture, said: m.File, mark: bool = False) -> list[Read]:
    return reading.of(Decoded("picture", (picture,)), "files/0", said, mark)


def _kingpin(house: House) -> str:
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="a record of the story")
        id = desk.ref_id(by_code(desk)["XB"].number, "kingpin")
        return id if desk.inspect(id) else ""


def _police(house: House, but: str) -> list[str]:
    """Every bureau but one and the partners, to whom no hint of it goes."""
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="bureaus")
        return [code for code, b in by_code(desk).items() if b.sort == "police" and code != but]


def _enrol(
    house: House,
    code: str,
    samples: Sequence[Read],
    title: str,
    sort: m.Sort = "person",
    person: str = "",
    see: str = "everyone",
    hint: Sequence[str] = (),
) -> None:
    form = m.Enrolment.model_construct(
        sort=sort,
        files=[],
        person=person,
        title=title,
        reference="",
        taken=date(2026, 1, 14),
        place="",
        capture="Drawn by the demo",
        text="",
        handling=HandlingForm.model_validate({"mode": see, "hint": list(hint)}),
        expires=None,
    )
    with _as(house, FROM[code], "contribute") as desk:
        enrolling.kept(desk, form, samples)


def _looked_at(house: House) -> None:
    """Arvenia's analyst says that the mark is of the finger it met; the second examiner has not looked."""
    with _as(house, FROM["XA"], "verdict") as desk:
        for one in comparisons.listed(desk, "new"):
            if one.first("how") == comparisons.SHOWN and one.first("sort") == comparisons.MARK:
                examining.verdict(desk, one.id, e.SecondJudgement(verdict="hit", marked=11))


@contextmanager
def _as(house: House, email: str, act: str) -> Iterator[Desk]:
    """A sitting of one of the story's officers."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, email, "identify", "the demo story")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing=True) as desk:
        yield desk
        desk.note("see", what="biometrics")
