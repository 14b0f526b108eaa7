"""Prints without people for the biometrics room's tests: minutiae strewn by a seed, the same finger again,
sets and marks kept at the desk as if their files had been read. No picture is drawn: that costs nothing."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from entente.core.access import Purpose
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import enrolling
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read, record_of
from entente.rooms.bureaus import asker_now
from entente.rooms.records import HandlingForm
from rooms.scene import Scene
from worlds.stage import Answer, Person

WIDTH, HEIGHT = 320, 400
EVERYONE = HandlingForm(mode="everyone")
NOBODY = HandlingForm(mode="named")
WHY = "case 1"


def hinting(*codes: str) -> HandlingForm:
    """These bureaus learn only whom to ask."""
    return HandlingForm(mode="named", hint=list(codes))


def finger(seed: int, position: int = 2, minutiae: int = 30) -> Print:
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
    samples = [read(one, impression) for one in prints]
    return set_of_read(house, who, samples, handling, title, person, sort)


def set_of_read(
    house: House,
    who: Person,
    samples: Sequence[Read],
    handling: HandlingForm = EVERYONE,
    title: str = "",
    person: str = "",
    sort: m.Sort = "person",
) -> Thing:
    """As `set_of`, of samples as they were read."""
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
        return enrolling.kept(desk, form, samples)


def mark_of(
    house: House, who: Person, one: Print, handling: HandlingForm = EVERYONE, title: str = ""
) -> Thing:
    """An unsolved mark that an officer enrols for his bureau."""
    return set_of(house, who, [one], handling, title, sort="mark")


def file_of(one: Print) -> dict[str, Any]:
    """A print as a file to send: an ISO/IEC 19794-2 record, which is read without a picture."""
    return {"data": record_of(one), "position": one.position}


def searched(scene: Scene, who: str, *prints: Print, **more: Any) -> dict[str, Any]:
    """The answer to an officer's search by prints."""
    form = {"files": [file_of(one) for one in prints], **more}
    answer = scene(who, "POST", "/biometrics/search", json=form, purpose="identify")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def judged(scene: Scene, who: str, search: str, set: str, verdict: str = "hit", **more: Any) -> Answer:
    """The first examiner's verdict on a candidate."""
    path = f"/biometrics/searches/{search}/candidates/{set}/verdict"
    return scene(who, "POST", path, json={"verdict": verdict, **more})


def laid(scene: Scene, who: str, comparison: str, *prints: Print) -> Answer:
    """The second examiner gives what was searched."""
    form = {"files": [file_of(one) for one in prints]}
    return scene(who, "POST", f"/biometrics/comparisons/{comparison}/pictures", json=form)


def seconded(scene: Scene, who: str, comparison: str, verdict: str, token: str = "", **more: Any) -> Answer:
    """A verdict on a comparison."""
    said = {"verdict": verdict, "token": token, **more}
    return scene(who, "POST", f"/biometrics/comparisons/{comparison}/verdict", json=said)


def comparisons(scene: Scene, who: str, which: str = "new") -> list[dict[str, Any]]:
    answer = scene(who, "GET", f"/biometrics/comparisons?which={which}")
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = answer.json
    return told


def alerts(scene: Scene, who: str) -> list[str]:
    """What the alerts that are new say."""
    return [one["what"] for one in scene(who, "GET", "/alerts").json]
