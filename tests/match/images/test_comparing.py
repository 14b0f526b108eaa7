"""Every line between two files, with what it rests on."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_pictures import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import LEAST_QUALITY, Line, Signals, compare, dhash, pdq, turns, views
from entente.match.images.nearest import nearest

few = settings(max_examples=30)


def off(bits, count, start=0):
    """The same hash but for so many bits, from a place on."""
    number = int.from_bytes(bits)
    for at in range(start, start + count):
        number ^= 1 << (at * 7 % 256)
    return number.to_bytes(32)


def random_hash(seed):
    return np.random.default_rng(seed).bytes(32)


def kept(luma, **more):
    return Signals(pdq=views(luma), turns=turns(luma), dhash=dhash(luma), quality=pdq(luma)[1], **more)


def asked(luma, **more):
    made = turns(luma)
    return Signals(pdq=(pdq(luma)[0], made[7]), turns=made, dhash=dhash(luma), quality=pdq(luma)[1], **more)


def lines(one, other):
    return [tie.line for tie in compare(one, other)]


hashes = st.sampled_from([off(random_hash(1), n) for n in (0, 20, 31, 32, 48, 49)] + [random_hash(2)])
files = st.builds(
    Signals,
    sha256=st.sampled_from(["", "a" * 64, "b" * 64]),
    sha1=st.sampled_from(["", "c" * 40]),
    md5=st.sampled_from(["", "d" * 32, "e" * 32]),
    photodna=st.sampled_from(["", "photo", "other"]),
    pdq=st.lists(hashes, max_size=18).map(tuple),
    turns=st.lists(hashes, max_size=15).map(tuple),
    dhash=st.one_of(st.just(b""), hashes),
    quality=st.sampled_from([LEAST_QUALITY - 1, LEAST_QUALITY, 100]),
    frames=st.lists(st.tuples(st.integers(0, 50).map(float), hashes), max_size=6).map(tuple),
    device=st.sampled_from(["", "maker|model|7", "maker|model|"]),
    lens=st.sampled_from(["", "9"]),
    image_id=st.sampled_from(["", "x"]),
    tables=st.sampled_from(["", "t"]),
)


@given(files, files)
def test_which_lines_there_are_does_not_depend_on_who_asks(one, other):
    assert lines(one, other) == lines(other, one)


@given(files, files)
def test_ties_come_strongest_first_and_of_copies_only_the_strongest(one, other):
    order = [list(Line).index(line) for line in lines(one, other)]
    assert order == sorted(set(order))
    assert len({Line.IDENTICAL, Line.SAME, Line.PROBABLE} & set(lines(one, other))) <= 1


@given(files)
def test_what_is_unknown_ties_nothing(one):
    assert compare(one, Signals()) == compare(Signals(), one) == ()


@pytest.mark.parametrize("name", ["sha256", "sha1", "md5"])
def test_one_equal_checksum_is_the_identical_file(name):
    one = Signals(**{name: "ab"})
    (tie,) = compare(one, one)
    assert (tie.line, tie.evidence) == (Line.IDENTICAL, (("hash", name),))


def test_a_checksum_that_another_contradicts_is_no_identity_and_somebody_must_look():
    one, other = Signals(md5="ab", sha256="01"), Signals(md5="ab", sha256="02")
    (tie,) = compare(one, other)
    assert tie.line is Line.PROBABLE
    assert tie.evidence == (("agrees", "md5"), ("contradicted", "sha256"))
    same = Signals(md5="ab", sha256="01", photodna="p"), Signals(md5="ab", sha256="02", photodna="p")
    (tie,) = compare(*same)
    assert tie.line is Line.SAME
    assert tie.evidence == (("hash", "photodna"), ("agrees", "md5"), ("contradicted", "sha256"))


@pytest.mark.parametrize(
    ("bits", "expected"),
    [(0, [Line.SAME]), (31, [Line.SAME]), (32, [Line.PROBABLE]), (48, [Line.PROBABLE]), (49, [])],
)
def test_pdq_is_the_same_up_to_31_bits_and_probable_up_to_48(bits, expected):
    mine = random_hash(3)
    assert lines(Signals(pdq=(mine,)), Signals(pdq=(off(mine, bits),))) == expected


@pytest.mark.parametrize(("bits", "expected"), [(31, [Line.PROBABLE]), (32, [])])
def test_dhash_alone_is_probable_at_most(bits, expected):
    mine = random_hash(4)
    assert lines(Signals(dhash=mine), Signals(dhash=off(mine, bits))) == expected


@given(files, files)
def test_a_picture_of_low_quality_is_never_compared_by_what_it_looks_like(one, other):
    flat = replace(one, quality=LEAST_QUALITY - 1, frames=(), sha256="", sha1="", md5="", photodna="")
    assert not {Line.SAME, Line.PROBABLE} & set(lines(flat, other))


@few
@given(st.integers(0, 9999))
def test_evidence_names_the_view_and_the_turn(seed):
    luma = drawn(seed)
    mirrored = np.ascontiguousarray(luma[:, ::-1])
    told = dict(compare(asked(mirrored), replace(kept(luma), turns=()))[0].evidence)
    assert told["hash"] == "pdq"
    assert (told["view"], told["turn"]) == ("whole", "mirrored")
    assert int(told["distance"]) <= 2


def test_a_cut_copy_is_met_in_the_view_that_was_foretold():
    luma = drawn(7, 600, 800)
    cut = luma[: round(600 * 0.95), : round(800 * 0.95)]
    (tie,) = compare(asked(cut), replace(kept(luma), turns=()))
    assert tie.line is Line.SAME
    assert dict(tie.evidence)["view"] == "corner 0.95 top left"
    # A record keeps equal values once, and without a border the second view is the first.
    once = replace(kept(luma), turns=(), pdq=tuple(dict.fromkeys(views(luma))))
    assert len(once.pdq) == 17
    assert compare(asked(cut), once) == (tie,)


def test_what_was_asked_before_is_met_by_what_comes_later():
    luma = drawn(7, 600, 800)
    cut = luma[: round(600 * 0.95), : round(800 * 0.95)]
    (tie,) = compare(kept(luma), asked(cut))
    assert tie.line is Line.SAME
    assert dict(tie.evidence)["asked_view"] == "corner 0.95 top left"


def test_a_framed_copy_is_met_without_its_border():
    luma = drawn(9)
    framed = cv2.copyMakeBorder(luma, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255)
    told = dict(compare(asked(framed), replace(kept(luma), turns=()))[0].evidence)
    assert (told["view"], told["turn"]) == ("whole", "as it is, without border")


def test_a_picture_that_is_a_frame_of_a_film_is_the_same_at_that_second():
    luma = drawn(10)
    film = Signals(frames=((0.0, random_hash(5)), (12.5, pdq(luma)[0])))
    (tie,) = compare(asked(luma), film)
    assert tie.line is Line.SAME
    assert ("second", "12.5") in tie.evidence
    assert lines(film, asked(luma)) == [Line.SAME]


def test_one_camera_needs_a_serial_number():
    assert lines(Signals(device="m|x|1"), Signals(device="m|x|1")) == [Line.DEVICE]
    assert lines(Signals(device="m|x|"), Signals(device="m|x|")) == []
    one = Signals(device="m|x|1", lens="2", image_id="3", tables="4")
    assert lines(one, one) == [Line.IMAGE_ID, Line.DEVICE, Line.LENS, Line.TABLES]


@given(st.lists(hashes, max_size=5), st.lists(hashes, max_size=5))
def test_nearest_is_the_least_of_all_pairs(one, other):
    pairs = [
        (sum(f"{a ^ b:b}".count("1") for a, b in zip(x, y, strict=True)), i, j)
        for i, x in enumerate(one)
        for j, y in enumerate(other)
    ]
    assert nearest(one, other) == min(pairs, default=None)
