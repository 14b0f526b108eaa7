"""Local features find what no hash finds, and nothing where there is nothing."""

import cv2
import numpy as np
import pytest
from drawn_pictures import KODAK, drawn, grey, needs_shared

from entente.match.images.features import (
    CELLS,
    PER_CELL,
    SCENE_FROM,
    Corners,
    agreeing,
    corners,
    plausible,
    read,
    same_scene,
)


def collage(pictures):
    tiles = [cv2.resize(p, (400, 300), interpolation=cv2.INTER_AREA) for p in pictures]
    return np.vstack([np.hstack(tiles[:2]), np.hstack(tiles[2:])])


def from_the_side(picture):
    h, w = picture.shape
    there = np.float32([[30, 50], [w - 60, 20], [w - 20, h - 40], [60, h - 20]])
    matrix = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), there)
    return cv2.warpPerspective(picture, matrix, (w, h))


@needs_shared
@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("half of it", lambda p: p[p.shape[0] // 4 : -p.shape[0] // 8, p.shape[1] // 8 : -p.shape[1] // 4]),
        ("mirrored", lambda p: np.ascontiguousarray(p[:, ::-1])),
        ("on its head", lambda p: np.ascontiguousarray(p[::-1, ::-1])),
        ("small", lambda p: cv2.resize(p, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)),
        ("from the side", from_the_side),
    ],
)
def test_a_copy_however_cut_or_laid_is_the_same_scene(name, edit):
    for path in KODAK[4:12:4]:
        picture = grey(path)
        one, other = read(edit(picture)), read(picture)
        assert same_scene(one, other) >= SCENE_FROM, (name, path.name)
        assert same_scene(other, one) >= SCENE_FROM


@needs_shared
def test_each_picture_of_a_collage_is_found():
    pictures = [grey(path) for path in KODAK[4:8]]
    together = read(collage(pictures))
    assert all(same_scene(together, read(p)) >= SCENE_FROM for p in pictures)


@needs_shared
def test_different_photographs_are_not_one_scene():
    several = [read(grey(path)) for path in KODAK[:4]]
    assert all(same_scene(a, b) < SCENE_FROM for i, a in enumerate(several) for b in several[:i])


def test_every_cell_has_its_share_and_no_more():
    found = corners(drawn(1, 384, 512))
    cells = [(int(x * CELLS / 512), int(y * CELLS / 384)) for x, y in found.places]
    assert max(cells.count(cell) for cell in set(cells)) <= PER_CELL
    assert len(found.places) == len(found.descriptors) > 100


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (90, 70)])
def test_an_empty_picture_has_no_features_and_no_scene(shape):
    empty = read(np.full(shape, 77, np.uint8))
    assert len(empty.whole.places) == 0
    assert same_scene(empty, empty) == same_scene(empty, read(drawn(2))) == 0


def test_corners_that_all_look_alike_agree_on_nothing():
    places = np.random.default_rng(1).uniform(0, 512, (200, 2)).astype(np.float32)
    alike = Corners(places, np.zeros((200, 32), np.uint8))
    assert agreeing(alike, alike) == 0


@pytest.mark.parametrize(
    ("matrix", "fair"),
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], True),
        ([[0, -1, 512], [1, 0, 0], [0, 0, 1]], True),
        ([[2, 0.1, 9], [-0.1, 2, 3], [1e-4, 0, 1]], True),
        ([[-1, 0, 512], [0, 1, 0], [0, 0, 1]], False),
        ([[0.05, 0, 0], [0, 0.05, 0], [0, 0, 1]], False),
        ([[20, 0, 0], [0, 20, 0], [0, 0, 1]], False),
        ([[1, 0, 0], [0, 1, 0], [-0.004, 0, 1]], False),
        ([[1, 0, 0], [0, 0, 0], [0, 0, 1]], False),
    ],
)
def test_only_what_a_camera_or_an_editor_makes_is_plausible(matrix, fair):
    places = np.float32([[0, 0], [512, 0], [512, 400], [0, 400], [100, 100]])
    assert plausible(np.array(matrix, float), places) is fair
