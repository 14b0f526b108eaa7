"""A picture is read for faces: found, told apart, judged, or refused with advice."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from entente.match import faces
from entente.match.faces import networks, points, reading, running, synthetic
from entente.match.faces.finding import Box, apart, resized

pytestmark = pytest.mark.skipif(bool(faces.missing()), reason="entente[faces] is not installed")
ORL = Path(__file__).parents[4] / "shared/data/faces/orl"
SAID = json.loads((Path(__file__).parent / "dlib_says.json").read_text())
"""What dlib 20.0.1 says of `picture` and of a face of noise (`default_rng(5)`)."""


@pytest.fixture(scope="module")
def picture():
    return synthetic.portrait(synthetic.person(6), 1, 360)


@pytest.fixture(scope="module")
def read_once(picture):
    return faces.read(picture)


def test_the_encoder_gives_the_numbers_that_dlib_gives():
    noise = np.random.default_rng(5).integers(0, 256, (1, 150, 150, 3)).astype(np.uint8)
    told = faces.default_encoder().network(networks.prepared(noise))[0]
    assert np.abs(told - SAID["vector"]).max() < 1e-5


def test_the_five_points_are_where_dlib_finds_them(picture):
    at = points.points(picture, Box(*SAID["box"], 1.0), reading.default_reader().cascade)
    assert np.abs(at - SAID["points"]).max() <= 0.75  # dlib tells whole pixels


def test_the_box_covers_what_dlibs_covers(read_once):
    box, (left, top, right, bottom) = read_once.faces[0].box, SAID["box"]
    across = min(box.right, right) - max(box.left, left)
    down = min(box.bottom, bottom) - max(box.top, top)
    both = across * down
    assert both / (box.width * box.height + (right - left) * (bottom - top) - both) > 0.75
    assert abs(box.sure - SAID["sure"]) < 0.1


def test_a_vector_is_of_length_one_and_the_same_each_time(read_once, picture):
    vector = read_once.faces[0].vector
    assert vector.shape == (128,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-6)
    assert (faces.read(picture).faces[0].vector == vector).all()
    assert read_once.space == "dlib-128@1"


def test_drawn_persons_are_nearer_to_themselves_than_to_any_other():
    drawn = [synthetic.portrait(synthetic.person(seed), shot, 240) for seed in range(8) for shot in (0, 1)]
    vectors = np.stack([faces.read(one).faces[0].vector for one in drawn])
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    assert (alike.argmax(1) == np.arange(16) ^ 1).all()


def test_a_drawn_person_is_the_same_each_time():
    one, again = (synthetic.portrait(synthetic.person(3), 2, 120) for _ in range(2))
    assert (one == again).all()
    assert (one != synthetic.portrait(synthetic.person(3), 3, 120)).any()


def test_a_larger_or_smaller_picture_of_a_face_gives_much_the_same_vector(read_once, picture):
    for height in (240, 700):
        other = np.asarray(cv2.resize(picture, (height * 5 // 6, height)), np.uint8)
        assert faces.compare(faces.read(other).faces[0].vector, read_once.faces[0].vector) > 0.97


def test_a_huge_picture_is_searched_small_and_its_face_told_in_its_own_pixels(picture, read_once):
    huge = cv2.resize(picture, (1500, 1800), interpolation=cv2.INTER_LINEAR)
    box = faces.read(np.asarray(huge, np.uint8)).faces[0].box
    assert abs(box.left / 5 - read_once.faces[0].box.left) < 25
    assert abs(box.width / 5 - read_once.faces[0].box.width) < 40


def test_a_crowd_is_read_the_largest_first_and_told_to_be_one():
    many = synthetic.crowd(range(20), 5, 200)
    told = faces.read(many)
    assert len(told.faces) == 20
    sizes = [face.box.width * face.box.height for face in told.faces]
    assert sizes == sorted(sizes, reverse=True)
    assert [(reason.code, reason.forbids) for reason in told.reasons] == [("crowd", True)]
    assert all("several" in [r.code for r in face.quality.reasons] for face in told.faces)


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (np.zeros((1, 1, 3), np.uint8), "118"),
        (np.zeros((30, 500, 3), np.uint8), "118"),
        (np.zeros((40, 9000, 3), np.uint8), "118"),
        (np.full((200, 200, 3), 90, np.uint8), "empty"),
        (np.random.default_rng(1).integers(0, 256, (200, 200, 3)).astype(np.uint8), "no_face"),
        (np.tile(np.uint8([0, 255]), (120, 60)), "no_face"),
    ],
)
def test_a_picture_without_a_face_is_refused_with_advice(refused, code):
    with pytest.raises(faces.Unreadable) as told:
        faces.read(refused)
    assert told.value.code == code
    assert told.value.what and told.value.do


@pytest.mark.parametrize("bad", [np.zeros((90, 90, 4), np.uint8), np.zeros((90, 90, 3), np.float32)])
def test_an_array_that_is_no_picture_is_an_error_of_the_caller(bad):
    with pytest.raises(ValueError, match="RGB is due"):
        faces.read(bad)


def outcome_of(picture):
    told = faces.read(np.asarray(picture, np.uint8)).faces[0].quality
    return told.outcome, {reason.code for reason in told.reasons}, told


def test_a_good_portrait_is_searchable_without_a_word(picture):
    outcome, codes, told = outcome_of(picture)
    assert (outcome, codes) == (faces.Outcome.SEARCHABLE, set())
    assert told.score > 80
    assert abs(told.yaw) < 25 and abs(told.roll) < 10


def test_a_blurred_small_or_faint_face_is_told_to_be_so(picture):
    assert "blurred" in outcome_of(cv2.GaussianBlur(picture, (0, 0), 7))[1]
    small = np.full((300, 300, 3), 150, np.uint8)
    small[50:200, 60:185] = cv2.resize(picture, (125, 150), interpolation=cv2.INTER_AREA)
    assert "small" in outcome_of(small)[1]
    assert "faint" in outcome_of(120 + (picture.astype(float) - 120) * 0.2)[1]


def test_a_turned_picture_tells_how_far_it_is_turned(picture):
    upright = outcome_of(picture)[2].roll
    turn = cv2.getRotationMatrix2D((150, 180), -14, 1.0)
    turned = cv2.warpAffine(picture, turn, (300, 360), borderMode=cv2.BORDER_REPLICATE)
    assert outcome_of(turned)[2].roll - upright == pytest.approx(14, abs=4)


def test_a_drawing_of_few_tones_is_searched_with_a_warning(picture):
    outcome, codes, _ = outcome_of(cv2.medianBlur(picture, 9) // 32 * 32)
    assert "drawn" in codes
    assert outcome is faces.Outcome.WARNING


def test_of_overlapping_boxes_the_surest_is_kept():
    places = np.array([(0, 0, 99, 99, 0.5), (10, 5, 109, 104, 0.9), (300, 0, 399, 99, 0.1)], float)
    assert [(b.left, b.sure) for b in apart(places, 0.338, 1.0)] == [(10, 0.9), (300, 0.1)]


def test_a_picture_made_smaller_keeps_its_corners():
    ramp = np.repeat(np.arange(200, dtype=np.uint8)[None, :, None], 3, 2).repeat(100, 0)
    small = resized(ramp, 84, 167)
    assert small.shape == (84, 167, 3)
    assert (small[0, 0, 0], small[-1, -1, 0]) == (0, 199)


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(running, "find_spec", lambda name: None)
    with pytest.raises(faces.Missing, match=r"onnx, onnxruntime.*install entente\[faces\]\.$"):
        running.needed()
    with pytest.raises(faces.Missing):
        running.Network(b"")


@pytest.mark.skipif(not ORL.exists(), reason="the ORL faces are not at ../shared/data")
def test_persons_of_orl_are_found_and_told_apart():
    """Eight persons, three pictures each; `benchmarks.faces` has them all."""
    files = [ORL / f"s{person}" / f"{shot}.pgm" for person in range(5, 13) for shot in (1, 4, 7)]
    seen = [cv2.resize(cv2.imread(str(file), 0), None, fx=3, fy=3, interpolation=3) for file in files]
    vectors = np.stack([faces.read(np.asarray(one, np.uint8)).faces[0].vector for one in seen])
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    assert (alike.argmax(1) // 3 == np.arange(24) // 3).mean() > 0.95
