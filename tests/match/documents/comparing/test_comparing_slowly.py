"""The fast computations of comparing against the same written as plain loops."""

import numpy as np
import slowly
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.documents.comparing.alignment import RATIO, paired
from entente.match.documents.comparing.difference import unlike
from entente.match.documents.comparing.patches import resemblance

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_the_map_is_the_one_of_its_definition(seed: int) -> None:
    chance = np.random.default_rng(seed)
    first = chance.uniform(0, 220, (24, 32)).astype(np.float32)
    second = (np.roll(first, chance.integers(-2, 3), 1) + chance.normal(0, 20, first.shape)).astype(
        np.float32
    )
    counted = chance.random((6, 8)) < 0.8
    np.testing.assert_allclose(
        unlike(first, second, counted), slowly.unlike(first, second, counted), atol=2e-3
    )


@settings(max_examples=15, deadline=None)
@given(seeds, st.booleans())
def test_a_patch_resembles_each_place_as_much_as_its_definition_says(seed: int, plain: bool) -> None:
    chance = np.random.default_rng(seed)
    around = chance.uniform(0, 255, (14, 17)).astype(np.float32)
    if plain:
        around[:, 4:13] = 200.0
    patch = chance.uniform(0, 255, (chance.integers(2, 7), chance.integers(2, 7))).astype(np.float32)
    np.testing.assert_allclose(resemblance(patch, around), slowly.resemblance(patch, around), atol=2e-3)


def test_bytes_and_floats_resemble_alike() -> None:
    around = np.random.default_rng(3).integers(0, 256, (20, 20), np.uint8)
    patch = around[5:12, 6:15]
    found = resemblance(patch, around)
    assert np.unravel_index(found.argmax(), found.shape) == (5, 6) and found.max() > 0.999
    np.testing.assert_allclose(
        found, resemblance(patch.astype(np.float32), around.astype(np.float32)), atol=1e-4
    )


def test_what_has_no_contrast_resembles_nothing() -> None:
    print_ = np.random.default_rng(1).integers(0, 256, (5, 5), np.uint8)
    paper = np.full((9, 9), 200, np.uint8)
    assert not resemblance(print_, paper).any() and not resemblance(paper[:5, :5], paper).any()


@given(seeds, st.integers(2, 40), st.integers(2, 40))
def test_features_are_paired_as_the_ratio_of_their_distances_says(seed: int, ours: int, theirs: int) -> None:
    chance = np.random.default_rng(seed)
    kept = chance.integers(0, 256, (theirs, 128), np.uint8)
    here = chance.integers(0, 256, (ours, 128), np.uint8)
    here[: ours // 2] = kept[chance.integers(0, theirs, ours // 2)] ^ chance.integers(
        0, 8, (ours // 2, 128), np.uint8
    )
    told = []
    for index, one in enumerate(here.astype(np.int64)):
        away = [int(((one - other) ** 2).sum()) for other in kept.astype(np.int64)]
        nearest = int(np.argmin(away))
        second = min(d for i, d in enumerate(away) if i != nearest)
        if away[nearest] < RATIO**2 * second:
            told.append([index, nearest])
    assert paired(here, kept).tolist() == told
