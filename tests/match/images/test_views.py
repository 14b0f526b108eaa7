"""The views a picture is kept under, and the turns it is asked with."""

import cv2
import numpy as np
from drawn_pictures import KODAK, drawn, grey, needs_shared
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import DIHEDRAL, VIEWS, dhash, distance, likenesses, pdq, square, turns, views
from entente.match.images.pdq import native
from entente.match.images.reduction import area


def nearest(asked, kept):
    return min(distance(q, v) for q in asked for v in kept)


def asked_with(picture):
    return (pdq(picture)[0], *turns(picture))


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_there_are_eighteen_views_and_the_first_is_the_picture(seed):
    luma = drawn(seed)
    kept = views(luma)
    assert len(kept) == len(VIEWS) == len(set(VIEWS)) == 18
    assert kept[0] == pdq(luma)[0]
    assert all(len(bits) == 32 for bits in kept)


@settings(max_examples=20)
@given(st.integers(0, 9999), st.sampled_from(VIEWS[2:]))
def test_each_view_is_the_hash_of_the_crop_that_its_name_tells(seed, name):
    """The slow way: cut out of the square, enlarged to a square by areas, hashed as any picture."""
    whole = square(drawn(seed))
    kind, share, *where = name.split()
    part = float(share) * 512
    first, last, middle = (0, part), (512 - part, 512), ((512 - part) / 2, (512 + part) / 2)
    rows = (
        middle if kind == "centre" else first if "top" in where else last if "bottom" in where else (0, 512)
    )
    columns = (
        middle if kind == "centre" else first if "left" in where else last if "right" in where else (0, 512)
    )
    cut = area(512, *rows) @ whole @ area(512, *columns).T
    assert distance(views(whole)[VIEWS.index(name)], native(np.asarray(cut, np.float32))[0]) <= 2


def test_without_a_border_the_trimmed_view_is_the_whole():
    kept = views(drawn(8))
    assert kept[1] == kept[0]


def test_the_trimmed_view_of_a_bordered_picture_is_the_picture():
    picture = drawn(8)
    framed = cv2.copyMakeBorder(picture, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255)
    assert distance(views(framed)[1], pdq(picture)[0]) <= 6
    assert distance(views(framed)[0], pdq(picture)[0]) > 48


def test_a_view_with_nothing_in_it_is_told_as_the_whole():
    picture = np.full((400, 400), 200, np.uint8)
    noise = np.random.default_rng(2).integers(0, 256, (8, 50)).repeat(8, axis=0).repeat(8, axis=1)
    picture[-40:] = noise[:40]
    kept = views(picture)
    assert kept[VIEWS.index("edge 0.88 top")] == kept[0]
    assert kept[VIEWS.index("edge 0.88 bottom")] != kept[0]


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_fifteen_turns_the_plain_ones_first(seed):
    luma = drawn(seed)
    asked = turns(luma)
    assert len(asked) == 15
    assert asked[:7] == asked[8:]
    assert asked[7] == pdq(luma)[0]
    assert distance(asked[DIHEDRAL.index("mirrored") - 1], pdq(luma[:, ::-1])[0]) <= 2


@needs_shared
def test_copies_that_were_cut_turned_or_framed_are_found_by_their_hashes():
    """The figures of specs A2.3 are of 65 photographs; on Kodak's none of these may miss."""
    edits = {
        "cut all around by 10 % of its area": lambda p: p[13:-13, 20:-20],
        "cut at a corner by 10 %": lambda p: p[: round(p.shape[0] * 0.949), : round(p.shape[1] * 0.949)],
        "mirrored": lambda p: p[:, ::-1],
        "on its head": lambda p: p[::-1, ::-1],
        "turned": np.rot90,
        "framed": lambda p: cv2.copyMakeBorder(p, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=0),
        "framed and mirrored": lambda p: cv2.copyMakeBorder(
            p, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255
        )[:, ::-1],
    }
    for path in KODAK[::4]:
        picture = grey(path)
        kept = views(picture)
        for name, edit in edits.items():
            assert nearest(asked_with(np.ascontiguousarray(edit(picture))), kept) <= 31, (path.name, name)


@needs_shared
def test_different_photographs_are_far_apart():
    pictures = [grey(path) for path in KODAK[::3]]
    kept, asked = [views(p) for p in pictures], [asked_with(p) for p in pictures]
    for i, questions in enumerate(asked):
        assert all(nearest(questions, each) > 60 for j, each in enumerate(kept) if i != j)


def test_nothing_much_inside_a_border_is_asked_for_with_it():
    slope = (np.add.outer(np.arange(300), np.arange(300)) / 3 + 20).astype(np.uint8)
    framed = cv2.copyMakeBorder(slope, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)
    asked = turns(framed)
    assert asked[:7] == asked[8:]


@settings(max_examples=20)
@given(st.integers(0, 9999), st.integers(0, 60))
def test_all_hashes_at_once_are_those_of_each_by_itself(seed, border):
    luma = np.pad(drawn(seed), ((border, border), (0, 0)))
    found = likenesses(luma)
    assert (found.views, found.turns) == (views(luma), turns(luma))
    assert (found.dhash, found.quality) == (dhash(luma), pdq(luma)[1])
