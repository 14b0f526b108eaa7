"""What a picture of a finger is read as, and which pictures are refused."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from entente.match.prints import CELL, Print, Unreadable, read
from entente.match.prints.synthetic import finger, impression, latent

DATA = Path(__file__).parents[4] / "shared/data"
Grey = NDArray[np.uint8]


@pytest.fixture(scope="module")
def picture() -> Grey:
    return impression(finger(3), 1)


def resized(image: Grey, factor: float) -> Grey:
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def alike(a: Print, b: Print, shift: tuple[float, float] = (0, 0), tolerance: float = 4) -> float:
    """The share of a's minutiae that b has too, at that shift."""
    off = np.linalg.norm(a.minutiae[:, None, :2] + shift - b.minutiae[None, :, :2], axis=2)
    turned = np.abs((a.minutiae[:, None, 2] - b.minutiae[None, :, 2] + 180) % 360 - 180)
    return float(((off < tolerance) & (turned < 25)).any(1).mean())


def refusal(image: Grey, dpi: int = 500) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(image, dpi)
    assert refused.value.what in str(refused.value)
    assert refused.value.do in str(refused.value)
    return refused.value


def test_a_print_is_read_with_its_minutiae_flow_and_maps(picture: Grey) -> None:
    reading = read(picture)
    kept = reading.print
    assert (kept.height, kept.width) == picture.shape
    assert 20 <= len(kept) <= 70
    assert kept.quality > 80
    assert reading.faults == ()
    x, y, direction, quality, kind = kept.minutiae.T
    assert (x >= 0).all() and (x < kept.width).all() and (y >= 0).all() and (y < kept.height).all()
    assert (direction >= 0).all() and (direction < 360).all()
    assert set(kind) == {1, 2}
    assert (np.diff(quality) <= 0).all(), "best first"
    assert reading.mask.shape == reading.skeleton.shape == reading.quality_map.shape == picture.shape
    assert kept.flow is not None
    assert kept.flow.angle.shape == (-(-kept.height // CELL), -(-kept.width // CELL))


def test_the_flow_runs_along_the_ridges() -> None:
    y, x = np.mgrid[0:320, 0:320]
    for degrees in (0, 30, 75, 120):
        along = np.radians(degrees)
        wave = np.sin((x * np.sin(along) + y * np.cos(along)) * 2 * np.pi / 9)
        wave *= np.where((x - 160) ** 2 + (y - 160) ** 2 < 130**2, 1, 0)
        wave[150:170, 140:180] *= -1  # a fault in the ridges, so that there are minutiae
        wave[100:112, 200:230] *= -1
        flow = read((128 + 100 * wave).astype(np.uint8)).print.flow
        assert flow is not None
        told = float(flow.angle[6, 6]) * 180 / 256
        assert abs((told - degrees + 90) % 180 - 90) < 6, degrees


def test_the_same_picture_is_always_read_the_same(picture: Grey) -> None:
    assert np.array_equal(read(picture).print.minutiae, read(picture.copy()).print.minutiae)


@pytest.mark.parametrize("dpi", [400, 1000])
def test_another_resolution_is_brought_to_500(picture: Grey, dpi: int) -> None:
    other = read(resized(picture, dpi / 500), dpi).print
    assert alike(read(picture).print, other) > 0.7
    assert abs(other.width - picture.shape[1]) <= 1


def test_a_finger_on_a_large_card_is_found_where_it_lies(picture: Grey) -> None:
    card = np.full((2200, 2600), 245, np.uint8)
    card[1000:1388, 1300:1674] = picture
    reading = read(card)
    assert (reading.print.height, reading.print.width) == reading.mask.shape == card.shape
    assert alike(read(picture).print, reading.print, (1300, 1000)) > 0.8
    flow = reading.print.flow
    assert flow is not None
    assert flow.certain[: 900 // CELL].max() == 0


def test_white_ridges_on_a_dark_ground_are_read_as_their_negative(picture: Grey) -> None:
    reading = read(255 - picture)
    assert [reason.code for reason in reading.faults] == ["inverted"]
    assert alike(read(picture).print, reading.print) > 0.9


def test_a_latent_is_read_with_fewer_minutiae() -> None:
    kept = read(latent(finger(5), 2)).print
    assert 8 <= len(kept) <= 50


def test_why_a_print_is_poor_is_told(picture: Grey) -> None:
    corner = np.full(picture.shape, 245, np.uint8)
    corner[150:260, 140:250] = picture[150:260, 140:250]
    small = read(corner)
    assert "small" in {reason.code for reason in small.faults}
    faint = read((200 + picture * 0.13).astype(np.uint8))
    assert "faint" in {reason.code for reason in faint.faults}
    assert max(small.print.quality, faint.print.quality) < read(picture).print.quality


def test_an_empty_sensor_is_a_missing_finger() -> None:
    rng = np.random.default_rng(0)
    assert refusal(np.full((300, 300), 255, np.uint8)).code == "502"
    assert refusal(rng.normal(200, 2, (400, 400)).astype(np.uint8)).code == "502"


@pytest.mark.parametrize("shape", [(1, 1), (0, 5), (63, 400), (6001, 64)])
def test_a_size_that_no_print_has_is_refused(shape: tuple[int, int]) -> None:
    assert refusal(np.zeros(shape, np.uint8)).code == "118"


def test_a_picture_full_of_prints_is_more_than_one_finger(picture: Grey) -> None:
    told = refusal(np.tile(picture, (5, 5)))
    assert told.code == "118"
    assert "more than one finger" in told.what


def test_72_dpi_is_refused_by_name(picture: Grey) -> None:
    told = refusal(picture, 72)
    assert (told.code, "72 dpi" in told.what) == ("118", True)


@pytest.mark.parametrize(("factor", "right"), [(0.5, 250), (2, 1000)])
def test_a_wrong_resolution_is_told_with_the_right_one(picture: Grey, factor: float, right: int) -> None:
    told = refusal(resized(picture, factor), 500)
    assert told.code == "501"
    assert f"{right} dpi" in told.do


def test_what_is_no_finger_is_refused() -> None:
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:320, 0:320]
    lettering = np.full((320, 320), 255, np.uint8)
    for line in range(12):
        cv2.putText(lettering, "The quick brown fox", (5, 24 + line * 25), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0)
    cloud = resized(rng.normal(128, 60, (32, 32)).clip(0, 255).astype(np.uint8), 10)
    pictures = {
        "noise": rng.integers(0, 256, (320, 320)).astype(np.uint8),
        "cloud": cloud,
        "stripes": (128 + 100 * np.sin(x / 1.4)).astype(np.uint8),
        "fabric": (128 + 60 * np.sin(x / 1.4) + 60 * np.sin(y / 1.4)).astype(np.uint8),
        "lettering": lettering,
    }
    assert {name: refusal(image).code for name, image in pictures.items()} == dict.fromkeys(pictures, "501")


def test_an_array_of_another_kind_is_a_mistake_of_the_caller() -> None:
    for wrong in (np.zeros((300, 300, 3), np.uint8), np.zeros((300, 300), np.float32)):
        with pytest.raises(ValueError, match="uint8 grey"):
            read(wrong)  # type: ignore[arg-type]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 200), st.sampled_from([250, 500, 2000]))
def test_any_picture_is_read_or_refused(seed: int, high: int, wide: int, dpi: int) -> None:
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (max(1, high // 4), max(1, wide // 4))).astype(np.uint8)
    image = np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC), np.uint8)
    try:
        kept = read(image, dpi).print
    except Unreadable as refused:
        assert refused.code in {"118", "501", "502"}
    else:
        assert len(kept) >= 4


@pytest.mark.skipif(not (DATA / "prints").exists(), reason="needs the shared data")
def test_real_prints_are_read_and_told_apart_from_photographs() -> None:
    sets = ("fvc2002_db1_b", "fvc2002_db3_b", "fvc2002_db4_b", "fvc2004_db2_b")
    for name in sets:
        for file in sorted((DATA / "prints" / name).glob("*_[15].png"))[::4]:
            reading = read(np.asarray(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), np.uint8))
            assert len(reading.print) >= 8, file
            assert "inverted" not in {reason.code for reason in reading.faults}
    for file in sorted((DATA / "faces/orl").rglob("*.p*"))[:2]:
        face = np.asarray(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), np.uint8)
        assert refusal(resized(face, 3)).code in {"501", "118"}
