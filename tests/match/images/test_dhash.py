"""dHash: where a picture brightens, tile by tile."""

from itertools import pairwise

import cv2
import numpy as np
from drawn_pictures import KODAK, drawn, grey, needs_shared
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import dhash, distance, square


def slow(luma):
    """The oracle: means of 16 x 17 tiles, each summed pixel by pixel of a grid that divides evenly."""
    even = np.kron(square(luma).astype(np.float64), np.ones((1, 17)))
    bits = ""
    for row in range(16):
        tiles = [even[row * 32 : row * 32 + 32, at * 512 : at * 512 + 512].mean() for at in range(17)]
        bits += "".join("1" if right > left else "0" for left, right in pairwise(tiles))
    return int(bits, 2).to_bytes(32)


@settings(max_examples=20)
@given(st.integers(0, 999))
def test_each_bit_says_whether_the_next_tile_is_brighter(seed):
    luma = drawn(seed)
    assert distance(dhash(luma), slow(luma)) <= 3


@settings(max_examples=20)
@given(st.integers(0, 255))
def test_one_colour_has_no_bits(colour):
    assert dhash(np.full((90, 70), colour, np.uint8)) == bytes(32)


def test_what_brightens_to_the_right_has_all_bits():
    assert dhash(np.tile(np.arange(256, dtype=np.uint8), (50, 1))) == b"\xff" * 32


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_a_strip_over_the_lowest_rows_changes_those_rows_alone(seed):
    luma = square(drawn(seed))
    covered = luma.copy()
    covered[448:] = 255
    assert dhash(covered)[:28] == dhash(luma)[:28]
    assert distance(dhash(covered), dhash(luma)) <= 32


@needs_shared
def test_a_logo_and_a_caption_leave_it_near():
    for path in KODAK[::4]:
        picture = grey(path)
        h, w = picture.shape
        marked = picture.copy()
        marked[int(h * 0.8) : int(h * 0.95), int(w * 0.75) : int(w * 0.97)] = 60
        captioned = picture.copy()
        captioned[int(h * 0.86) :] = 255
        cv2.putText(captioned, "words below it", (20, h - 20), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2)
        assert max(distance(dhash(picture), dhash(each)) for each in (marked, captioned)) <= 31
