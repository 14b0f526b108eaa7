"""A page is found wherever it lies in a picture; where it is not, that is said."""

import cv2
import numpy as np
import pytest
from drawn_pages import FIELDS, OTHER, Page, draw, photographed
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.documents.comparing import Box, Reference, align
from entente.match.documents.comparing.view import drawn, possible

PAGE = draw()
REFERENCE = Reference.of(PAGE, 10)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_photographed_page_is_found_to_a_twentieth_of_a_mm_whichever_way_up_it_lies(
    seed: int, turns: int
) -> None:
    picture, corners = photographed(PAGE, seed, turn=30)
    height, width = picture.shape
    for _ in range(turns):
        corners = np.stack([corners[:, 1], width - 1 - corners[:, 0]], axis=1)
        height, width = width, height
    found = align(np.ascontiguousarray(np.rot90(picture, turns)), REFERENCE)
    assert found.aligned and found.corners is not None
    assert np.abs(found.corners - corners).max() < 1.0  # px of the picture; 0.05 mm is about 0.45
    assert np.median(np.abs(found.corners - corners)) < 0.5
    assert found.residual_mm < 0.05 and found.refined_on >= 12


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("emblem", [True, False])
def test_another_holders_page_is_found_by_what_is_printed_on_all(seed: int, emblem: bool) -> None:
    picture, corners = photographed(draw(Page(values=OTHER, portrait=5, emblem=emblem)), seed)
    found = align(picture, REFERENCE, FIELDS)
    assert found.aligned and found.corners is not None and np.abs(found.corners - corners).max() < 1.0


def test_what_is_printed_in_one_part_of_a_page_alone_does_not_align_the_rest() -> None:
    picture, _ = photographed(PAGE, 1)
    most = [Box(0, 0, 64, 33), Box(20, 30, 44, 14)]
    found = align(picture, REFERENCE, most)
    assert not found.aligned and found.why == "imprecise"


def test_a_small_page_in_a_large_picture_is_found() -> None:
    picture, corners = photographed(PAGE, 2)
    whole = np.full((2200, 3000), 90, np.uint8)
    whole[900 : 900 + picture.shape[0], 1500 : 1500 + picture.shape[1]] = picture
    found = align(whole, REFERENCE)
    assert found.aligned and found.corners is not None
    assert np.abs(found.corners - corners - (1500, 900)).max() < 2.0


@pytest.mark.parametrize(
    "picture",
    [
        np.full((500, 700), 255, np.uint8),
        np.random.default_rng(1).integers(0, 256, (500, 700), np.uint8),
        draw(Page(background=99, portrait=9))[:, ::-1].copy(),
        np.zeros((16, 16), np.uint8),
    ],
    ids=["white", "noise", "mirrored", "tiny"],
)
def test_a_picture_without_the_page_is_not_aligned(picture: np.ndarray) -> None:
    found = align(picture, REFERENCE)
    assert not found.aligned and found.why in {"few features", "no agreement", "impossible view", "imprecise"}


def test_a_page_of_which_most_is_cut_off_is_not_aligned() -> None:
    picture, _ = photographed(PAGE, 3)
    assert not align(np.ascontiguousarray(picture[:, :280]), REFERENCE).aligned


def test_what_a_picture_does_not_show_is_told() -> None:
    found = align(np.ascontiguousarray(PAGE[:, :500]), REFERENCE)
    assert found.homography is not None
    page, shown = drawn(np.ascontiguousarray(PAGE[:, :500]), found.homography, REFERENCE)
    assert page.shape == shown.shape == PAGE.shape
    assert shown[:, :495].all() and not shown[:, 506:].any()


def test_a_reference_drawn_at_another_scale_finds_the_same_page() -> None:
    larger = cv2.resize(PAGE, None, fx=2.0, fy=2.0, interpolation=cv2.INTER_CUBIC)
    reference = Reference.of(larger, 20)
    assert reference.page.shape == PAGE.shape and (reference.width_mm, reference.height_mm) == (64, 44)
    picture, corners = photographed(PAGE, 6)
    found = align(picture, reference)
    assert found.corners is not None and np.abs(found.corners - corners).max() < 1.0


def test_a_reference_is_the_same_after_it_was_kept() -> None:
    again = Reference.from_bytes(REFERENCE.to_bytes())
    for name in ("page", "points", "descriptors"):
        kept, read = getattr(REFERENCE, name), getattr(again, name)
        assert kept.dtype == read.dtype and np.array_equal(kept, read)


@given(st.one_of(st.binary(max_size=200), st.integers(0, 2000).map(lambda n: REFERENCE.to_bytes()[:n])))
def test_other_bytes_are_no_reference(kept: bytes) -> None:
    with pytest.raises(ValueError, match="not a kept reference"):
        Reference.from_bytes(kept)


@pytest.mark.parametrize(
    ("image", "scale"),
    [
        (np.zeros((400, 600, 3), np.uint8), 10.0),
        (np.zeros((400, 600), np.float32), 10.0),
        (PAGE, 0.0),
        (PAGE, float("nan")),
        (PAGE, 1.0),
        (PAGE, 100.0),
    ],
)
def test_what_cannot_be_a_page_is_refused_as_reference(image: np.ndarray, scale: float) -> None:
    with pytest.raises(ValueError, match=r"page|scale"):
        Reference.of(image, scale)


@pytest.mark.parametrize("picture", [np.zeros((40, 40, 3), np.uint8), np.zeros((4, 40), np.uint8)])
def test_what_is_no_picture_is_refused(picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="picture"):
        align(picture, REFERENCE)


def test_a_blank_reference_aligns_with_nothing() -> None:
    assert align(PAGE, Reference.of(np.full((440, 640), 255, np.uint8), 10)).why == "few features"


def test_a_view_that_no_camera_has_is_not_possible() -> None:
    square = np.array([[10, 10], [610, 10], [610, 430], [10, 430]], np.float32)
    assert possible(square, REFERENCE, (440, 640))
    assert not possible(square[::-1].copy(), REFERENCE, (440, 640)), "mirrored"
    assert not possible(square[[0, 2, 1, 3]].copy(), REFERENCE, (440, 640)), "crossed"
    assert not possible(square * 0.1, REFERENCE, (440, 640)), "too small for print to show"
    assert not possible(square + 500, REFERENCE, (440, 640)), "out of the picture"
    assert not possible(square * np.nan, REFERENCE, (440, 640))
