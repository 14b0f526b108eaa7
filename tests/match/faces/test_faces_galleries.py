"""Faces are compared by their cosine, one with one and one with many, and the fast way is the slow way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match import faces
from entente.match.faces import comparing

drawn = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def gallery(dice: np.random.Generator, rows: int, words: int, most: int = 3):
    counts = dice.integers(0, most + 1, rows)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    items = dice.integers(-127, 128, (int(start[-1]), words * 8)).astype(np.int8)
    return items.view(np.uint64).reshape(-1, words), start


@settings(max_examples=40)
@given(drawn, st.integers(0, 40), st.sampled_from([1, 16, 64]), st.integers(1, 3))
def test_a_scan_gives_what_its_slow_twin_gives_and_what_one_by_one_gives(dice, rows, words, questions):
    items, start = gallery(dice, rows, words)
    asked = dice.integers(-127, 128, (questions, words * 8)).astype(np.int8).view(np.uint64)
    named = dice.permutation(rows)[: dice.integers(0, rows + 1)].astype(np.int64)
    fast = faces.scan(asked, items, start, named)
    assert fast.dtype == np.float32
    assert (fast == faces.scan_slow(asked, items, start, named)).all()
    assert (fast == faces.scan(asked, items, start, named, threads=2)).all()
    own, kept = asked.view(np.int8).astype(int), items.view(np.int8).astype(int)
    for row, score in zip(named, fast, strict=True):
        sums = (kept[start[row] : start[row + 1]] @ own.T).max(initial=0)
        assert score == np.float32(sums) * np.float32(1 / comparing.grain(words * 8) ** 2)


def test_a_gallery_may_be_a_read_only_memory_map(tmp_path):
    dice = np.random.default_rng(1)
    items, start = gallery(dice, 50, 16)
    np.save(tmp_path / "items.npy", items)
    mapped = np.load(tmp_path / "items.npy", mmap_mode="r")
    asked, rows = items[:1], np.arange(50)
    assert (faces.scan(asked, mapped, start, rows) == faces.scan(asked, items, start, rows)).all()


def of_length_one(dice: np.random.Generator, dimension: int):
    vector = dice.standard_normal(dimension).astype(np.float32)
    return vector / np.linalg.norm(vector)


@given(drawn, st.sampled_from([128, 512]))
def test_a_vector_kept_in_bytes_has_nearly_the_cosines_it_had(dice, dimension):
    a, b = of_length_one(dice, dimension), of_length_one(dice, dimension)
    near = a + 0.3 * b
    near /= np.linalg.norm(near)
    rows = faces.pack(near.astype(np.float32))
    one, start = faces.pack(a), np.array([0, 1])
    exact = faces.compare(a, near)
    assert float(faces.scan(one, rows, start, np.array([0]))[0]) == pytest.approx(exact, abs=0.02)
    kept = faces.of_text(faces.text("x@1", a))[1], faces.of_text(faces.text("x@1", near))[1]
    assert faces.compare(*kept) == pytest.approx(exact, abs=0.01)


@given(drawn)
def test_a_face_survives_being_written_into_a_record(dice):
    vector = of_length_one(dice, 128)
    space, kept = faces.of_text(faces.text("dlib-128@1", vector))
    assert space == "dlib-128@1"
    assert (faces.pack(kept) == faces.pack(vector)).all()
    assert faces.pack(kept).shape == (1, 16)


@given(drawn)
def test_comparing_is_symmetric_and_a_vector_is_most_like_itself(dice):
    a, b = of_length_one(dice, 128), of_length_one(dice, 128)
    assert faces.compare(a, b) == faces.compare(b, a) >= 0
    assert faces.compare(a, a) == pytest.approx(1)
    assert faces.compare(a, -a) == 0
    assert faces.compare(a, np.zeros(128, np.float32)) == 0


def test_vectors_of_two_encoders_are_not_compared():
    with pytest.raises(ValueError, match="not of one encoder"):
        faces.compare(np.ones(128, np.float32), np.ones(512, np.float32))


@pytest.mark.parametrize("kept", ["", "x@1", "x@1:", ":AAAA", "x@1:AAAA", "x@1:not base64"])
def test_a_text_that_keeps_no_face_is_refused(kept):
    with pytest.raises(ValueError, match=r"not (a face|base64)"):
        faces.of_text(kept)


@pytest.mark.parametrize("shape", [(0,), (7,), (2, 8)])
def test_a_vector_of_a_wrong_length_is_not_packed(shape):
    with pytest.raises(ValueError, match="multiple of 8"):
        faces.pack(np.zeros(shape, np.float32))


def test_a_cosine_is_told_as_how_often_strangers_reach_it():
    """Counted on 20 persons: it may order what is beyond them, and not claim it."""
    told = [faces.CALIBRATION.at(cosine) for cosine in np.linspace(0.6, 1, 41)]
    assert told == sorted(told)
    assert told[0] == 0
    assert faces.CALIBRATION.at(0.9091) == pytest.approx(1.6)
    assert 4 < told[-1] < 5.3
