"""The canonical square: averaged areas, whatever the form of the picture."""

from itertools import pairwise

import numpy as np
import pytest
from drawn_pictures import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import CANONICAL, square
from entente.match.images.reduction import area, box, window


@settings(max_examples=20)
@given(st.integers(1, 1500), st.integers(1, 1500), st.integers(0, 255))
def test_every_picture_becomes_a_square_of_its_own_grey(height, width, colour):
    made = square(np.full((height, width), colour, np.uint8))
    assert made.shape == (CANONICAL, CANONICAL)
    assert made.dtype == np.float32
    assert np.allclose(made, colour, atol=1e-2)


def test_what_shrinks_is_averaged_even_where_the_other_side_is_enlarged():
    stripes = np.zeros((40, 4096), np.uint8)
    stripes[:, ::2] = 200
    assert np.allclose(square(stripes), 100, atol=1)


@settings(max_examples=20)
@given(st.integers(0, 9999), st.integers(1, 4), st.integers(1, 4))
def test_a_square_of_a_multiple_is_the_mean_of_its_blocks(seed, down, across):
    picture = np.random.default_rng(seed).integers(0, 256, (CANONICAL * down, CANONICAL * across), np.uint8)
    blocks = picture.reshape(CANONICAL, down, CANONICAL, across).mean(axis=(1, 3))
    assert np.allclose(square(picture), blocks, atol=0.01)


def test_a_square_is_left_alone():
    made = square(drawn(3))
    assert np.array_equal(square(made), made)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (4, 4, 3), (4,)])
def test_what_is_no_grey_picture_is_refused(shape):
    with pytest.raises(ValueError, match="grey picture"):
        square(np.zeros(shape, np.uint8))


@settings(max_examples=20)
@given(st.integers(2, 60), st.floats(0, 0.4), st.floats(0.6, 1), st.integers(1, 90))
def test_areas_are_means_over_equal_stretches(length, first, last, out):
    weights = area(length, first * length, last * length, out)
    assert weights.shape == (out, length)
    assert np.allclose(weights.sum(axis=1), 1)
    line = np.arange(length) + 0.5
    edges = np.linspace(first * length, last * length, out + 1)
    fine = [
        np.mean(np.floor(np.linspace(a, b, 4001)[:-1] + (b - a) / 8000) + 0.5) for a, b in pairwise(edges)
    ]
    assert np.allclose(weights @ line, fine, atol=0.02)


@settings(max_examples=20)
@given(st.integers(1, 700))
def test_a_box_is_a_mean_of_as_many_as_its_window_or_fewer_at_the_ends(length):
    weights = box(length, window(length))
    assert np.allclose(weights.sum(axis=1), 1)
    assert max(np.count_nonzero(weights, axis=1)) <= window(length)
