"""Borders are found whatever their colour, and photographs are not eaten."""

import cv2
import numpy as np
from drawn_pictures import KODAK, drawn, grey, jpeg, needs_shared
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import distance, pdq
from entente.match.images.borders import content
from entente.match.images.views import trimmed

widths = st.integers(0, 60)


def bordered(picture, sides, colour):
    top, bottom, left, right = sides
    return cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_CONSTANT, value=colour)


@settings(max_examples=20)
@given(st.integers(0, 9999), st.tuples(widths, widths, widths, widths), st.integers(0, 255))
def test_a_border_of_any_colour_on_any_side_is_found_to_the_line(seed, sides, colour):
    # Chequered, so that its own lines are never of one colour, whatever the border's.
    picture = (
        np.kron(np.random.default_rng(seed).integers(0, 2, (30, 40)), np.ones((8, 8))).astype(np.uint8) * 255
    )
    picture[::2, ::2] = 128
    if any(
        len(set(line[::4].tolist())) < 2 for line in (picture[0], picture[-1], picture[:, 0], picture[:, -1])
    ):
        return
    top, _, left, _ = sides
    found = content(bordered(picture, sides, colour))
    for have, want in zip(found, (top, top + 240, left, left + 320), strict=True):
        assert abs(have - want) <= 8
    if content(picture) == (0, 240, 0, 320):
        assert found == (top, top + 240, left, left + 320)


def test_a_border_within_a_border_goes_too():
    picture = drawn(4)
    twice = bordered(bordered(picture, (20, 20, 20, 20), 255), (30, 30, 50, 50), 0)
    assert content(twice) == (50, 350, 70, 470)


@needs_shared
def test_borders_that_were_compressed_leave_the_same_picture():
    for path in KODAK[:8]:
        picture = grey(path)
        for colour, quality in ((0, 30), (255, 30), (200, 20)):
            copy = jpeg(bordered(picture, (40, 40, 50, 50), colour), quality)
            inside = trimmed(copy)
            assert inside is not None
            mine = [pdq(picture)[0], *([] if (own := trimmed(picture)) is None else [pdq(own)[0]])]
            assert min(distance(pdq(inside)[0], bits) for bits in mine) <= 31, (path.name, colour, quality)


@settings(max_examples=20)
@given(st.integers(0, 255), st.integers(1, 50), st.integers(1, 50))
def test_a_picture_of_one_colour_has_no_border(colour, height, width):
    assert content(np.full((height, width), colour, np.uint8)) == (0, height, 0, width)


def test_a_night_sky_with_a_lamp_is_no_border():
    night = np.full((400, 600), 6, np.uint8)
    night[200:240, 300:330] = 250
    assert content(night) == (0, 400, 0, 600)
    assert trimmed(night) is None


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_noise_in_the_border_is_border(seed):
    picture = bordered(drawn(seed), (30, 30, 40, 40), 90).astype(np.float64)
    noisy = np.clip(picture + np.random.default_rng(seed).normal(0, 3, picture.shape), 0, 255).astype(
        np.uint8
    )
    assert all(abs(a - b) <= 12 for a, b in zip(content(noisy), (30, 330, 40, 440), strict=True))


def test_a_border_that_was_compressed_hard_ends_where_it_ended():
    for seed in range(12):
        copy = jpeg(bordered(drawn(seed), (33, 33, 45, 45), 200), 20)
        assert all(abs(a - b) <= 1 for a, b in zip(content(copy), (33, 333, 45, 445), strict=True)), seed


def test_a_quiet_first_line_is_no_border_whose_end_was_smeared():
    picture = drawn(3)
    picture[0] = np.where(np.arange(400) % 2, 107, 93)
    picture[1:4] = np.where(np.arange(400) % 2, 250, 10)
    assert content(picture)[0] == 0


def test_an_even_sky_below_a_border_stays():
    picture = drawn(6)
    picture[:60] = np.clip(np.random.default_rng(6).normal(190, 6, (60, 400)), 0, 255)
    assert content(bordered(picture, (30, 30, 30, 30), 0)) == (30, 330, 30, 430)


def test_a_band_of_little_height_or_width_is_not_all_there_is():
    for shape in (np.s_[190:230, :], np.s_[:, 280:320]):
        picture = np.full((400, 600), 30, np.uint8)
        picture[shape] = drawn(1, 400, 600)[shape]
        assert content(picture) == (0, 400, 0, 600)
