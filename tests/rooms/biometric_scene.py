"""Prints without people for the biometrics room's tests: minutiae strewn by a seed, the same finger again,
sets and marks kept at the desk as if their files had been read. No picture is drawn: that costs nothing."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from entente.core.access import Purpose
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import enrolling, searching
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read
from entente.rooms.bureaus import asker_now
from entente.rooms.records import HandlingForm
from worlds.stage import Person

WIDTH, HEIGHT = 320, 400
EVERYONE = HandlingForm(mode="everyone")
NOBODY = HandlingForm(mode="named")
WHY = "case 1"


def hinting(*codes: str) -> HandlingForm:
    """These bureaus learn only whom to ask."""
    return HandlingForm(mode="named", hint=list(codes))


def finger(seed: int, position: int = 2, minutiae: int = 42) -> Print:
    """Somebody's finger: minutiae at least 14 pixels apart, directions that turn slowly over the place."""
    dice = np.random.default_rng(seed)
    rows: list[list[float]] = []
    turns = dice.uniform(-math.pi, math.pi, 4)
    while len(rows) < minutiae:
        x, y = float(dice.uniform(20, WIDTH - 20)), float(dice.uniform(20, HEIGHT - 20))
        if any(math.hypot(x - r[0], y - r[1]) < 14 for r in rows):
            continue
        flow = 90 * (math.sin(x / 70 + turns[0]) + math.cos(y / 80 + turns[1])) + math.degrees(turns[2])
        kind = 1.0 if dice.random() < 0.6 else 2.0
        rows.append([x, y, (flow + 180 * (dice.random() < 0.5)) % 360, float(dice.integers(60, 95)), kind])
    return Print(np.array(rows, np.float32), WIDTH, HEIGHT, 80, position)


def again(one: Print, seed: int, lost: float = 0.12, partial: bool = False) -> Print:
    """The same finger another time: turned, moved, some minutiae lost and some new. `partial`: its upper two
    thirds alone."""
    dice = np.random.default_rng(10_000 + seed)
    kept = one.minutiae[dice.random(len(one)) >= lost].astype(np.float64)
    if partial:
        kept = kept[kept[:, 1] < one.height * 2 / 3]
    turn = math.radians(float(dice.uniform(-8, 8)))
    x, y = kept[:, 0] - WIDTH / 2, kept[:, 1] - HEIGHT / 2
    moved = kept.copy()
    moved[:, 0] = x * math.cos(turn) - y * math.sin(turn) + WIDTH / 2 + dice.normal(0, 1.2, len(kept)) + 5
    moved[:, 1] = x * math.sin(turn) + y * math.cos(turn) + HEIGHT / 2 + dice.normal(0, 1.2, len(kept)) - 4
    moved[:, 2] = (kept[:, 2] - math.degrees(turn) + dice.normal(0, 4, len(kept))) % 360  # y points down
    strange = finger(20_000 + seed, minutiae=3).minutiae.astype(np.float64)
    rows = np.concatenate([moved, strange])
    rows[:, 0] = rows[:, 0].clip(0, WIDTH - 1)
    rows[:, 1] = rows[:, 1].clip(0, HEIGHT - 1)
    return Print(rows.astype(np.float32), WIDTH, HEIGHT, 70, one.position)


def mark(one: Print, seed: int) -> Print:
    """A mark that a finger left: part of it, nobody knows of which finger."""
    return again(one, seed, lost=0.05, partial=True).at(0, 4)


def read(one: Print, impression: str = "plain", picture: bytes = b"") -> Read:
    """A print as it stands once its file was read; its seal is made of its minutiae."""
    seal = one.minutiae.tobytes()
    said = ("finger", one.position, impression, one.quality, (), one.width, one.height)
    return Read(*said, print=one, picture=picture, seal=seal)


@contextmanager
def seated(
    house: House, who: Person, act: str = "", writing: bool = False, purpose: Purpose = Purpose.DESK
) -> Iterator[Desk]:
    """Sit as an officer, for his own desk or for a case; a sitting that only looks notes that it did."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_now(desk, who.id, purpose, WHY)
        desk.note("see", what="the scene")
    with sit(house, asker, act, writing) as desk:
        yield desk
        desk.note("see", what="the scene")


def set_of(
    house: House,
    who: Person,
    prints: Sequence[Print],
    handling: HandlingForm = EVERYONE,
    title: str = "",
    person: str = "",
    sort: m.Sort = "person",
) -> Thing:
    """A set that an officer enrols for his bureau; the work that comes of it is the test's to start."""
    impression = "latent" if sort == "mark" else "plain"
    form = m.Enrolment.model_construct(
        sort=sort,
        files=[],
        person=person,
        title=title,
        reference="",
        taken=None,
        place="",
        capture="",
        text="",
        handling=handling,
        expires=None,
    )
    with seated(house, who, "contribute", writing=True) as desk:
        return enrolling.kept(desk, form, [read(one, impression) for one in prints])


def mark_of(
    house: House, who: Person, one: Print, handling: HandlingForm = EVERYONE, title: str = ""
) -> Thing:
    """An unsolved mark that an officer enrols for his bureau."""
    return set_of(house, who, [one], handling, title, sort="mark")


def search_by(house: House, who: Person, prints: Sequence[Print], against: m.Against = "persons") -> m.Answer:
    """An officer searches by prints, as the room's door does it."""
    samples = [read(one) for one in prints]
    form = m.SearchForm.model_construct(files=[], against=against, reference="")
    with seated(house, who, "search", purpose=Purpose.IDENTIFY) as desk:
        looked = searching.look(desk, samples, against)
    with seated(house, who, "search", writing=True, purpose=Purpose.IDENTIFY) as desk:
        looked = searching.again(desk, looked)
        return searching.answer(desk, searching.kept(desk, samples, form, looked), samples, looked)


def moved(one: Print, position: int) -> Print:
    """The same minutiae said to be of another finger."""
    return replace(one, position=position)
