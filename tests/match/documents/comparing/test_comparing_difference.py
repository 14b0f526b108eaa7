"""What was changed on a page stands out of the map; what light, lens and holder change does not."""

import cv2
import numpy as np
import pytest
from drawn_pages import (
    EMBLEM,
    FIELDS,
    LABELS,
    OTHER,
    PORTRAIT,
    VALUES,
    Page,
    draw,
    label_box,
    photographed,
    value_box,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entente.match.documents.comparing import Anchor, Box, Reference, compare
from entente.match.documents.comparing.difference import regions, unlike
from entente.match.documents.comparing.page import glare
from entente.match.documents.comparing.sharpness import blurred, softness

PAGE = draw()
REFERENCE = Reference.of(PAGE, 10)
ANCHORS = [Anchor(label_box(name), name=name) for name in LABELS]
EMBLEM_ANCHOR = Anchor(EMBLEM, "emblem", 0.3, "Emblem")
TAMPERED = {
    "portrait": (Page(portrait=7), PORTRAIT),
    "digit": (Page(values=VALUES | {"Date of birth": "12 AUG 1979"}), value_box("Date of birth")),
    "name": (Page(values=VALUES | {"Given names": "ANNE MARLA"}), value_box("Given names")),
    "emblem": (Page(emblem=False), EMBLEM),
}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 1.1), st.floats(0, 4))
def test_a_genuine_page_photographed_again_shows_no_difference(seed: int, soft: float, noise: float) -> None:
    found = compare(photographed(PAGE, seed, soft, noise)[0], REFERENCE)
    assert found.difference is not None and found.clear and not found.background_copied
    assert found.difference.regions == () and found.glare == ()


@pytest.mark.parametrize("what", TAMPERED)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_what_was_tampered_with_is_located_and_nothing_else(what: str, seed: int | None) -> None:
    page, box = TAMPERED[what]
    picture = draw(page) if seed is None else photographed(draw(page), seed)[0]
    found = compare(picture, REFERENCE).difference
    assert found is not None and found.regions
    assert all(region.box.overlaps(box.grown(1.5)) for region in found.regions)
    assert list(found.regions) == sorted(found.regions, key=lambda r: -r.score)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_holders_genuine_page_shows_no_difference_outside_the_fields(seed: int) -> None:
    picture = photographed(draw(Page(values=OTHER, portrait=5)), seed)[0]
    found = compare(picture, REFERENCE, [*ANCHORS, EMBLEM_ANCHOR], FIELDS)
    assert found.difference is not None and found.difference.regions == ()
    assert {r.state for r in found.readings} == {"in place"}
    assert found.difference.compared < compare(picture, REFERENCE).difference.compared  # type: ignore[union-attr]


@settings(max_examples=10, deadline=None)
@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(0, 1000))
def test_a_label_that_was_moved_is_read_to_a_fifteenth_of_a_mm(dx: int, dy: int, seed: int) -> None:
    page = draw(Page(values=OTHER, portrait=5, moved={"Number": (dx, dy)}))
    found = compare(photographed(page, seed)[0], REFERENCE, ANCHORS, FIELDS)
    assume(found.alignment.aligned)  # one in some hundred of such small pages is refused, and says so
    by_name = {r.anchor.name: r for r in found.readings}
    shift = by_name["Number"].shift_mm
    # mostly less than a twentieth; 0.0509 was seen once in some thousand drawn photographs
    assert shift is not None and np.hypot(shift[0] - dx / 10, shift[1] - dy / 10) < 1 / 15
    if abs(np.hypot(dx, dy) - 1.5) > 0.5:
        assert by_name["Number"].state == ("shifted" if np.hypot(dx, dy) > 1.5 else "in place")
    assert {r.state for name, r in by_name.items() if name != "Number"} == {"in place"}


def test_an_emblem_that_was_left_out_is_missing_and_located() -> None:
    picture = photographed(draw(Page(values=OTHER, portrait=5, emblem=False)), 1)[0]
    found = compare(picture, REFERENCE, [*ANCHORS, EMBLEM_ANCHOR], FIELDS)
    assert [r.state for r in found.readings] == ["in place"] * len(ANCHORS) + ["missing"]
    assert found.difference is not None and all(r.box.overlaps(EMBLEM) for r in found.difference.regions)


def test_a_label_that_was_erased_is_missing() -> None:
    page = PAGE.copy()
    rows, columns = label_box("Number").slices(page.shape)
    page[rows, columns] = 225
    (reading,) = compare(page, REFERENCE, [Anchor(label_box("Number"))]).readings
    assert reading.state == "missing" and reading.shift_mm is None


def test_a_line_counts_as_in_place_where_it_looks_the_same_all_along() -> None:
    page = PAGE.copy()
    page[300:303, 200:620] = 40
    moved = PAGE.copy()
    moved[304:307, 200:620] = 40
    anchor = Anchor(Box(30, 29, 20, 2.4), "line")
    (there,) = compare(photographed(page, 1)[0], Reference.of(page, 10), [anchor]).readings
    (elsewhere,) = compare(photographed(moved, 1)[0], Reference.of(page, 10), [anchor]).readings
    assert there.state == "in place" and elsewhere.state == "shifted"
    assert elsewhere.shift_mm is not None and abs(elsewhere.shift_mm[1] - 0.4) < 0.05


def test_what_is_not_in_the_picture_is_unseen_and_not_different() -> None:
    cut = np.ascontiguousarray(PAGE[:, :430])
    found = compare(cut, REFERENCE, ANCHORS)
    assert {r.anchor.name: r.state for r in found.readings}["Number"] == "unseen"
    assert found.difference is not None and found.difference.regions == ()
    assert found.difference.compared < 0.75


def test_a_spot_of_glare_is_told_and_not_compared() -> None:
    page = PAGE.copy()
    cv2.circle(page, (530, 250), 40, 255, -1)
    found = compare(page, REFERENCE, [EMBLEM_ANCHOR])
    assert len(found.glare) == 1 and found.glare[0].overlaps(EMBLEM)
    assert found.readings[0].state == "unseen"
    white = np.full_like(PAGE, 255)
    assert not glare(white, white).any(), "paper that is white by itself is no glare"


def test_a_background_softer_than_its_ink_looks_copied_and_a_soft_photograph_does_not() -> None:
    ink = cv2.dilate((cv2.GaussianBlur(PAGE, (0, 0), 1.5) < 120).astype(np.uint8), np.ones((5, 5))) > 0
    y, x = PORTRAIT.slices(PAGE.shape)
    ink[y, x] = True
    copied = np.where(ink, PAGE, cv2.GaussianBlur(PAGE, (0, 0), 1.3)).astype(np.uint8)
    assert compare(copied, REFERENCE).background_copied
    assert not compare(cv2.GaussianBlur(PAGE, (0, 0), 1.3), REFERENCE).background_copied


def test_a_picture_too_soft_for_a_digit_to_show_says_so() -> None:
    found = compare(photographed(PAGE, 1, soft=2.6)[0], REFERENCE)
    assert found.alignment.aligned and not found.clear
    assert found.difference is not None and found.difference.regions == ()


def test_another_page_has_no_difference_map_at_all() -> None:
    found = compare(np.random.default_rng(2).integers(0, 256, (440, 640), np.uint8), REFERENCE, ANCHORS)
    assert not found.alignment.aligned and found.difference is None
    assert found.readings == () and not found.clear and not found.background_copied


@settings(max_examples=10, deadline=None)
@given(st.floats(0.5, 3.0))
def test_softness_is_measured_to_a_fifth_of_a_px_either_way(width: float) -> None:
    page = PAGE.astype(np.float32)
    assert abs(softness(page, blurred(page, width)).whole - width) < 0.2
    assert softness(blurred(page, width), page).whole < 0
    assert softness(page, page).whole == 0


@given(st.integers(0, 2**32 - 1))
def test_regions_hold_each_cell_above_the_threshold_that_is_not_alone(seed: int) -> None:
    found = np.random.default_rng(seed).random((9, 11)).astype(np.float32)
    found[0] = np.nan
    told = regions(found, 0.8)
    for row, column in np.argwhere(np.nan_to_num(found) >= 0.8):
        around = np.nan_to_num(found)[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        cell = Box(column * 0.4 + 0.1, row * 0.4 + 0.1, 0.1, 0.1)
        assert any(r.box.overlaps(cell) for r in told) or (around >= 0.8).sum() == 1
    assert all(r.score >= 0.8 for r in told)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 1000))
def test_what_stands_in_cells_that_do_not_count_changes_nothing(seed: int) -> None:
    chance = np.random.default_rng(seed)
    first = chance.uniform(0, 220, (80, 80)).astype(np.float32)
    second = first + chance.normal(0, 9, first.shape).astype(np.float32)
    counted = np.ones((20, 20), bool)
    counted[5:12, 8:15] = False
    other = second.copy()
    other[22:46, 34:58] = 0
    np.testing.assert_array_equal(unlike(first, second, counted), unlike(first, other, counted))


@pytest.mark.parametrize(
    "box", [(0, 0, 0, 1), (0, 0, -1, 1), (float("nan"), 0, 1, 1), (0, 0, float("inf"), 1)]
)
def test_a_box_without_area_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no box"):
        Box(*box)


@pytest.mark.parametrize("tolerance", [-0.1, 1.5, float("nan")])
def test_a_tolerance_that_cannot_be_measured_is_refused(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        Anchor(Box(1, 1, 2, 2), tolerance_mm=tolerance)
