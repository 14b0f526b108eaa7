"""Two samples side by side: the found one is laid onto the asked one, whatever its turn and resolution."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.biometrics import model as m
from entente.rooms.biometrics import panes

SPOTS = [(40, 60), (250, 90), (120, 300), (210, 210), (60, 380)]


def sample(spots: list[tuple[int, int]], **more: object) -> m.Sample:
    said = {
        "number": 0,
        "what": "finger",
        "position": 2,
        "impression": "plain",
        "quality": 80,
        "reasons": [],
        "width": 320,
        "height": 400,
        "dpi": 500,
        "minutiae": [[x, y, 90, 80, 1] for x, y in spots],
        "picture": False,
    }
    return m.Sample.model_validate(said | more)


def moved(turn: float, x: float, y: float) -> list[tuple[int, int]]:
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return [(round(c * u - s * v + x), round(s * u + c * v + y)) for u, v in SPOTS]


ASKED = panes.sheet(sample(SPOTS))
PAIRS = [[n, n] for n in range(len(SPOTS))]


@given(st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500))
def test_paired_minutiae_lie_on_each_other_however_the_finger_was_put_down(
    turn: float, x: float, y: float
) -> None:
    both = panes.laid(ASKED, panes.sheet(sample(moved(turn, x, y))), PAIRS)
    assert [one.number for one in both.pairs] == [1, 2, 3, 4, 5]
    for one in both.pairs:
        assert math.dist(one.asked, one.found) < 1.5  # minutiae are told in whole pixels


@given(st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500))
def test_both_samples_are_wholly_in_the_panes(turn: float, x: float, y: float) -> None:
    found = panes.sheet(sample(moved(turn, x, y), width=500, height=300))
    both = panes.laid(ASKED, found, PAIRS)
    for u, v in [*ASKED.corners, *(both.motion.moved(p) for p in found.corners)]:
        assert both.x - 0.2 <= u <= both.x + both.width + 0.2
        assert both.y - 0.2 <= v <= both.y + both.height + 0.2


@pytest.mark.parametrize("pairs", [[], [[0, 0]]])
def test_where_no_two_pairs_tell_it_the_matcher_says_the_turn(pairs: list[list[int]]) -> None:
    both = panes.laid(ASKED, panes.sheet(sample(SPOTS)), pairs, turn=30)
    assert both.motion.angle == -30  # counter-clockwise in the standard, clockwise in a drawing


def test_pairs_of_minutiae_that_are_not_there_are_left_out() -> None:
    both = panes.laid(ASKED, ASKED, [[0, 0], [1, 99], [-1, 0], [2, 2]])
    assert len(both.pairs) == 2


def test_a_part_of_a_sample_that_is_no_more_is_left_out() -> None:
    said = {"what": "finger", "position": 2, "score": 5, "pairs": [], "turn": 0}
    parts = [m.Part.model_validate({"asked": a, "found": f, **said}) for a, f in ((0, 0), (0, 7), (7, 0))]
    assert len(panes.side_by_side({0: ASKED}, {0: ASKED}, parts)) == 1


def test_a_picture_of_another_resolution_is_drawn_where_its_minutiae_are() -> None:
    sheet = panes.sheet(sample(SPOTS, width=640, height=800, dpi=1000))
    assert (sheet.width, sheet.height) == (320, 400)


def test_a_face_is_scaled_to_the_height_of_the_other() -> None:
    big = panes.sheet(sample([], what="face", width=600, height=800))
    small = panes.sheet(sample([], what="face", width=150, height=200))
    both = panes.laid(big, small, [])
    assert both.motion.scale == 4
    assert (both.width, both.height) == (600, 800)


def test_a_picture_that_was_given_stands_in_the_page_and_a_kept_one_has_its_address() -> None:
    one, other = sample(SPOTS), sample(SPOTS, number=1, picture=True)
    given = panes.given([one, other], [b"\x89PNG...", b""])
    assert given[0].address == "data:image/png;base64,iVBORy4uLg=="
    assert given[1].address == ""
    assert panes.given([one], [b"\xff\xd8"])[0].address.startswith("data:image/jpeg;base64,")
    kept = panes.kept("/biometrics/sets/5f/samples", [one, other])
    assert [kept[n].address for n in (0, 1)] == ["", "/biometrics/sets/5f/samples/1"]


def test_every_minutia_is_a_ring_with_a_tail_along_its_direction() -> None:
    sheet = panes.sheet(sample([(100, 200)]))
    assert sheet.shape.count("M") == 2
    tail = re.search(r"M([\d.]+) ([\d.]+)l(\S+) (\S+)$", sheet.shape)
    assert tail
    x, y, along, down = (float(n) for n in tail.groups())
    assert (x, along) == (100, 0)  # 90 degrees: straight up
    assert y < 200
    assert down < 0
