"""`entente bench bio`: rates where there are enough pairs, a clear sentence where not, curves as files."""

import csv
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente import measuring
from entente.rooms.biometrics.curves import picture, thinned
from rooms.biometric_scene import again, finger
from test_cli import Run, run

__all__ = ["run"]  # a fixture
SCORES = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five fingers twice: each picture has a number for its grey, by which the stand-in reader knows it."""
    place = tmp_path / "prints"
    place.mkdir()
    for n in range(10):
        cv2.imwrite(str(place / f"f{n // 2}_{n % 2}.png"), np.full((32, 32), n, np.uint8))
    (place / "notes.txt").write_text("no picture")

    def read(grey: np.ndarray, dpi: int) -> object:
        n = int(grey[0, 0])
        one = finger(n // 2)
        return type("Reading", (), {"print": again(one, n) if n % 2 else one})

    monkeypatch.setattr(measuring.prints, "read", read)
    return place


def test_a_folder_is_measured_and_too_few_pairs_are_told(run: Run, folder: Path) -> None:
    said = run("bench", "bio", folder).stdout
    assert "10 of 10 pictures read" in said
    assert "prints\t5\t40\t–\t–" in said
    assert "too few pairs" in said


def test_rates_are_told_and_the_curve_is_written_where_there_are_enough(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "FEW_GENUINE", 5)
    monkeypatch.setattr(measuring, "FEW_STRANGERS", 40)
    said = run("bench", "bio", folder, "--to", tmp_path / "curve").stdout
    assert "prints\t5\t40\t0.00\t0.00" in said
    rows = list(csv.DictReader((tmp_path / "curve.csv").read_text().splitlines()))
    assert float(rows[0]["fmr"]) == 1 and float(rows[-1]["fmr"]) == 0 < float(rows[-1]["fnmr"])
    assert ElementTree.parse(tmp_path / "curve.svg").getroot().tag.endswith("svg")


def test_an_empty_folder_says_how_pictures_are_named(run: Run, tmp_path: Path) -> None:
    assert "<finger>_<impression>.png" in run("bench", "bio", tmp_path, fails=True).stdout


def test_a_house_without_sets_says_so(run: Run) -> None:
    assert "enrol sets of persons first" in run("bench", "bio", fails=True).stdout


@given(SCORES, SCORES)
def test_a_thinned_curve_is_of_the_whole_ones_points_and_falls(
    genuine: list[float], strangers: list[float]
) -> None:
    points = thinned(genuine, strangers)
    assert 1 <= len(points) <= 41
    assert all(b[0] < a[0] and b[1] >= a[1] for a, b in pairwise(points))
    assert all(0 <= rate <= 1 for point in points for rate in point)


def test_a_name_cannot_break_the_picture() -> None:
    made = picture("<a>&", thinned([1.0], [0.0]))
    assert ElementTree.fromstring(made).tag.endswith("svg")
