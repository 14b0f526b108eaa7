"""Faces by an encoder that nobody has measured: ordered by likeness, and nothing more is said of them."""

import json
from collections.abc import Sequence

import numpy as np

from entente.core.access import Purpose
from entente.desk import HOUSE_ASKER, House, sit, templating
from entente.match import faces
from entente.match.faces.encoders import of_length_one
from entente.match.rates import Calibration
from entente.rooms.biometrics import calibrating, service, tables
from entente.rooms.biometrics.meeting import Meetings
from entente.rooms.biometrics.samples import Held, Read
from entente.rooms.biometrics.scoring import SHIPPED, scored
from entente.rooms.bureaus import own
from rooms.biometric_scene import EVERYONE, finger, hinting, read, seated, set_of_read
from worlds.stage import Crew, work

OTHER = "brought-512@1"


def face(person: int, shot: int, space: str = OTHER) -> Read:
    """A portrait of somebody, as some encoder tells it."""
    vector = np.random.default_rng(person).normal(size=512)
    seen = vector + 0.2 * np.random.default_rng(1_000 + shot).normal(size=512)
    told = faces.text(space, of_length_one(seen.astype(np.float32)))
    return Read("face", 0, "", 80, (), 300, 400, face=told, seal=told.encode())


def samples(*read: Read) -> list[Held]:
    return [Held(n, one.what, one.position, one.print, one.face) for n, one in enumerate(read)]


def looked(house: House, crew: Crew, *asked: Read) -> service.Looked:
    with seated(house, crew["XA officer"], purpose=Purpose.IDENTIFY) as desk:
        return service.look(desk, asked, "persons")


def test_a_face_without_a_table_adds_nothing_to_a_score_and_is_a_part_of_it() -> None:
    print = read(finger(1))
    fingers = scored(samples(print), samples(print), SHIPPED)
    both = scored(samples(print, face(1, 1)), samples(print, face(1, 2)), SHIPPED)
    assert both.score == fingers.score
    assert [part.what for part in both.parts] == ["finger", "face"]
    assert both.parts[1].score == 0
    assert both.cosine > 0.8
    known = scored(samples(face(1, 1, faces.SPACE)), samples(face(1, 2, faces.SPACE)), SHIPPED)
    assert known.score > 0 == known.cosine


def test_faces_of_an_encoder_without_a_table_are_ordered_by_likeness_and_that_is_said(
    house: House, crew: Crew
) -> None:
    ids = [
        set_of_read(house, crew["XB office"], [face(1, 9 - n), *others], EVERYONE, f"{n}").id
        for n, others in enumerate(([], [face(2, 1)]))
    ]
    stranger = set_of_read(house, crew["XB office"], [face(7, 1)], EVERYONE, "a stranger").id
    set_of_read(house, crew["XC office"], [face(1, 5)], hinting("XA"), "who hints")
    work(house)
    found = looked(house, crew, face(1, 1))
    assert found.calibrated == "none"
    assert {f.thing.id for f in found.found[:2]} == set(ids)
    cosines = [f.scored.cosine for f in found.found]
    assert cosines == sorted(cosines, reverse=True)
    assert all(f.scored.score == 0 for f in found.found)
    assert stranger not in {f.thing.id for f in found.found[:2]}
    assert not found.owners and not found.watched


def test_of_faces_without_a_table_no_task_is_made(house: House, crew: Crew) -> None:
    for who in ("XA office", "XB office"):
        set_of_read(house, crew[who], [face(1, len(who))], EVERYONE, who)
    templating.catch_up(house)
    duty = Meetings(house)
    while duty.step():
        pass
    with sit(house, HOUSE_ASKER) as desk:
        assert not desk.table(["Comparison"], limit=9)
        desk.note("see", what="the test")


def test_a_bureaus_own_table_is_of_the_encoder_that_its_faces_are_of(house: House, crew: Crew) -> None:
    gallery = calibrating.Gallery({}, {OTHER: _owned(range(60))})
    (_, sort) = calibrating.sorts()
    measured = sort.measured(gallery)
    assert measured.matcher == f"{faces.MATCHER}:{OTHER}"
    with seated(house, crew["XA officer"]) as desk:
        bureau = desk.asker.bureau
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        id = tables.id_of(desk.seated_as(calibrating.any_examiner(bureau)), "faces")
        table = json.dumps(Calibration.of(measured.strangers).to_dict())
        body = {"sort": "faces", "matcher": measured.matcher, "table": table}
        desk.keep(tables.TABLE, body, own(bureau), id=id, version=0)
        desk.note("see", what="the test")
    with seated(house, crew["XA officer"]) as desk:
        used = tables.of(desk)
    assert used.own
    assert used.faces.keys() == {OTHER, faces.SPACE}
    assert used.faces[faces.SPACE] == SHIPPED.faces[faces.SPACE]
    assert looked(house, crew, face(1, 1)).calibrated == "own"


def _owned(persons: Sequence[int]) -> list[calibrating.Owned]:
    return [calibrating.Owned(f"{n:03}", *samples(face(n, 1)), 80) for n in persons]
