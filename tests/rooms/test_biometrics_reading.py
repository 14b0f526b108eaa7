"""From files to samples: what is read, what is refused and why; and read again when a reader changes."""

import base64
from dataclasses import replace
from functools import cache
from unittest.mock import patch

import cv2
import numpy as np
import pytest

from entente.core.problems import Faulty
from entente.desk import House
from entente.match import faces, prints
from entente.match.faces import synthetic as drawn
from entente.match.prints import synthetic
from entente.rooms.biometrics import decoding, reading, rereading
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import asked, held, shown_asked, told
from rooms import biometric_scene as scene
from worlds.stage import Crew

needs_faces = pytest.mark.skipif(bool(faces.missing()), reason="entente[faces] is not installed")


@cache
def impression(seed: int, again: int = 1) -> np.ndarray:
    return synthetic.impression(synthetic.finger(seed), again)


def png(pixels: np.ndarray) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def file(data: bytes, **said: object) -> m.File:
    return m.File(data=base64.b64encode(data).decode(), **said)


def refused(*files: m.File) -> list[str]:
    with pytest.raises(Faulty) as problem:
        reading.read(files)
    assert all(fault.do for fault in problem.value.faults)
    return [f"{fault.where}: {fault.what}" for fault in problem.value.faults]


def test_a_picture_of_a_finger_becomes_minutiae_and_a_picture_made_anew() -> None:
    sent = png(impression(1))
    (one,) = reading.read([file(sent, position=2, impression="rolled")])
    assert (one.what, one.position, one.impression) == ("finger", 2, "rolled")
    assert one.print is not None
    assert len(one.print) > 20
    assert one.quality > 50
    assert np.array_equal(cv2.imdecode(np.frombuffer(one.picture, np.uint8), 0), impression(1))


@needs_faces
def test_a_colour_picture_is_read_as_a_face_unless_it_is_said_to_be_a_finger() -> None:
    portrait = drawn.portrait(drawn.person(3))[:, :, ::-1]
    (one,) = reading.read([file(png(portrait))])
    assert one.what == "face"
    assert one.face.startswith("dlib-128@1:")
    coloured = np.repeat(impression(1)[:, :, None], 3, 2).copy()
    coloured[0, 0] = (255, 0, 0)
    (finger,) = reading.read([file(png(coloured), position=1)])
    assert finger.what == "finger"


@needs_faces
def test_a_face_that_cannot_be_searched_is_refused_with_a_code_and_advice() -> None:
    portrait = drawn.portrait(drawn.person(3))[:, :, ::-1]
    tiny = np.full((300, 300, 3), 150, np.uint8)
    tiny[100:150, 100:150] = cv2.resize(portrait, (50, 50), interpolation=cv2.INTER_AREA)
    told = {
        "502": np.full((200, 200, 3), 90, np.uint8),
        "118": np.zeros((30, 90, 3), np.uint8),
        "501": np.ascontiguousarray(drawn.crowd(range(20), 5, 200)[:, :, ::-1]),
    }
    faults = refused(*(file(png(picture), what="face") for picture in told.values()))
    assert [fault[-4:-1] for fault in faults] == list(told)
    assert "a crowd" in faults[-1]
    assert [fault[-4:-1] for fault in refused(file(png(tiny), what="face"))] in (["118"], ["502"])


def test_a_slap_is_cut_by_hand_into_fingers() -> None:
    both = np.concatenate([impression(1), impression(2)], axis=1)
    high, wide = impression(1).shape
    cuts = [m.Cut(position=n, x=x, y=0, width=wide, height=high) for n, x in ((2, 0), (3, wide))]
    read = reading.read([file(png(both), cuts=cuts)])
    assert [one.position for one in read] == [2, 3]
    assert all(one.print is not None and len(one.print) > 15 for one in read)


def test_every_bad_file_is_named_with_a_code_and_advice() -> None:
    ground = np.full((400, 300), 250, np.uint8)
    dice = np.random.default_rng(4)
    scene_of_a_street = cv2.GaussianBlur(dice.integers(0, 255, (400, 400), np.uint8), (0, 0), 24)
    low = cv2.resize(impression(1), None, fx=72 / 500, fy=72 / 500, interpolation=cv2.INTER_AREA)
    bad = {
        "empty sensor": file(png(ground)),
        "photograph": file(png(scene_of_a_street)),
        "72 dpi": file(png(low), dpi=72),
        "one pixel": file(png(np.zeros((1, 1), np.uint8))),
        "cut short": file(png(impression(1))[:2000]),
        "no picture": file(b"MZ\x90\0 this is a program"),
        "not base64": m.File(data="????"),
    }
    faults = refused(*bad.values())
    assert [fault.partition(":")[0] for fault in faults] == [f"files/{n}" for n in range(len(bad))]
    codes = [fault[-5:] for fault in faults[:-1]]
    assert all(code[0] == "(" and code[-1] == ")" and code[1:4].isdigit() for code in codes), faults


def test_the_same_finger_in_two_places_and_two_fingers_in_one_are_told() -> None:
    one, again, other = (png(impression(*which)) for which in ((1, 1), (1, 2), (2, 1)))
    faults = refused(file(one, position=2), file(again, position=3))
    assert "stands in two places (503)" in faults[0]
    faults = refused(file(one, position=2), file(other, position=2))
    assert "are said to be one (503)" in faults[0]
    reading.read([file(one, position=2), file(again, position=2), file(other, position=3)])


def test_more_samples_than_a_person_has_are_refused_at_once() -> None:
    with patch.object(m, "MOST_SAMPLES", 1):
        one = scene.record_of(scene.finger(1))
        faults = refused(m.File(data=one, position=1), m.File(data=one, position=2))
    assert any("104" in fault for fault in faults)


def test_what_is_too_much_is_refused_before_any_of_it_is_read() -> None:
    cut = {"position": 2, "x": 0, "y": 0, "width": 300, "height": 300}
    many = [{"data": "", "cuts": [cut] * 10}] * 3
    assert len(m.SearchForm.model_validate({"files": many}).files) == 3
    for schema in (m.SearchForm, m.Enrolment, e.Pictures):
        with pytest.raises(ValueError, match="too many samples"):
            schema.model_validate({"files": [*many, {"data": ""}]})
    record = base64.b64encode(prints.iso19794.encode([scene.finger(1).at(n) for n in (1, 2, 3)])).decode()
    with patch.object(m, "MOST_SAMPLES", 5), patch.object(reading, "_record", wraps=reading._record) as reads:
        assert "(104)" in refused(m.File(data=record), m.File(data=record), m.File(data=record))[-1]
    assert reads.call_count == 3


def test_what_no_reader_foresaw_is_a_fault_of_its_file_and_no_word_about_base64() -> None:
    sent = file(b"any")
    with patch.object(reading, "decoded", side_effect=ValueError("of this file's pixels")):
        assert refused(sent) == ["files/0: The record cannot be read (117)"]
    for data in ("????", "é"):
        assert refused(m.File(data=data)) == ["files/0: It is not base64"]


def test_nothing_of_a_sample_is_told_by_how_python_writes_it() -> None:
    one = scene.read(scene.finger(1), picture=b"PICTURE")
    face = replace(one, what="face", print=None, face="dlib-128@1:VECTOR")
    picture = decoding.Picture(impression(1), 500, "PNG", marked=scene.finger(1))
    told = decoding.Decoded("template", (picture,), (scene.finger(1),))
    said = f"{[one, face]} {asked([one, face])} {told} {shown_asked([one])} {m.File(data='QUJD')}"
    assert not any(word in said for word in ("array", "PICTURE", "VECTOR", "QUJD", "[["))


def test_a_picture_that_is_larger_than_any_finger_is_refused_before_it_is_worked_on() -> None:
    sent = file(png(np.zeros((64, reading.LONGEST_FINGER + 1, 3), np.uint8)), what="finger")
    with patch.object(prints, "read") as read:
        assert refused(sent) == ["files/0: The picture is too small or too large (118)"]
    assert not read.called


def test_pictures_that_are_too_much_together_are_refused_before_the_last_is_searched_for_ridges(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = file(png(impression(1)))
    monkeypatch.setattr(reading, "MOST_PIXELS", impression(1).size)
    with patch.object(reading, "of", return_value=[]) as searched:
        assert refused(one, one) == ["files: The pictures are too large to be read at once (118)"]
    assert searched.call_count == 1


def test_what_a_sample_is_known_again_by_is_a_digest_and_the_same_wherever_it_is_said_to_be() -> None:
    sent = png(impression(1))
    (one,), (other,) = (reading.read([file(sent, position=n)]) for n in (0, 2))
    assert len(one.seal) == 32
    assert one.seal == other.seal
    record = scene.record_of(scene.finger(1).at(0))
    (one,), (other,) = (reading.read([m.File(data=record, position=n)]) for n in (0, 2))
    assert len(one.seal) == 32
    assert one.seal == other.seal


@pytest.fixture
def enrolled(house: House, crew: Crew) -> str:
    """A set of one finger with its picture, as an older extractor read it."""
    (read,) = reading.read([file(png(impression(1)), position=2)])
    older = replace(read, print=scene.finger(9).at(2))
    with patch.object(prints, "EXTRACTOR", "entente-prints@0"):
        return scene.set_of_read(house, crew["XA supervisor"], [older]).id


def test_a_set_of_an_older_extractor_is_read_again_from_its_picture(
    house: House, crew: Crew, enrolled: str
) -> None:
    while rereading.step(house):
        pass
    with scene.seated(house, crew["XA supervisor"]) as desk:
        thing = desk.look(enrolled)
    (one,) = held(thing)
    assert thing.first("extractor") == prints.EXTRACTOR
    assert one.print is not None
    fresh = prints.read(impression(1)).print
    assert len(one.print) == len(fresh)
    assert (one.position, told(thing)[0]["position"]) == (2, 2)
    assert rereading.step(house) == 0


def test_minutiae_that_an_examiner_marked_stay_as_he_marked_them(house: House, crew: Crew) -> None:
    """Both kinds of them: in a picture that another extractor would read otherwise, and without any."""
    with_picture = decoding.Picture(impression(1), 500, "PNG", record=13, idc=1, marked=scene.finger(9))
    told = decoding.Decoded("nist", (with_picture,), (scene.finger(8, position=3),))
    samples = reading.of(told, "files/0")
    with patch.object(prints, "EXTRACTOR", "entente-prints@0"):
        thing = scene.set_of_read(house, crew["XA supervisor"], samples)
    assert not thing.first("extractor")
    kept = [one.print for one in held(thing)]
    (fresh,) = reading.read([file(png(impression(2)), position=4)])
    older = replace(fresh, print=scene.finger(7, position=4))
    with patch.object(prints, "EXTRACTOR", "entente-prints@0"):
        thing = scene.set_of_read(house, crew["XA supervisor"], [*samples, older])
    while rereading.step(house):
        pass
    with scene.seated(house, crew["XA supervisor"]) as desk:
        again = desk.look(thing.id)
    assert again.first("extractor") == prints.EXTRACTOR
    for one, before in zip(held(again), kept, strict=False):
        assert one.print is not None and before is not None
        assert np.array_equal(one.print.minutiae, before.minutiae)
    assert fresh.print is not None
    assert len(held(again)[2].print or ()) == len(fresh.print)


def test_a_set_whose_picture_is_gone_stays_as_it_was(house: House, crew: Crew, enrolled: str) -> None:
    with scene.seated(house, crew["XA supervisor"]) as desk:
        before = desk.look(enrolled)
    house.blobs.drop(told(before)[0]["blob"])
    rereading.step(house)
    with scene.seated(house, crew["XA supervisor"]) as desk:
        assert desk.look(enrolled).body == before.body


def test_a_cut_outside_of_the_picture_is_a_fault_like_any_other() -> None:
    outside = m.Cut(position=2, x=9000, y=9000, width=300, height=300)
    (fault,) = refused(file(png(impression(1)), cuts=[outside]))
    assert fault.startswith("files/0/cuts/0")
