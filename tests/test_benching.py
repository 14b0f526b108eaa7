"""`entente bench bio`: rates where there are enough pairs, a clear sentence where not, curves as files."""

import csv
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from entente import cli, measuring
from entente.rooms.biometrics.curves import picture, thinned
from rooms.biometric_scene import again, finger
from test_cli import Run

SCORES = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Run:
    """bench(folder, …): `entente bench bio`, which needs no house for a folder."""
    monkeypatch.setattr(cli.out, "_width", 400)

    def bench(*words: object, status: int = 0) -> Result:
        result = CliRunner().invoke(cli.app, ["bench", "bio", *map(str, words)])
        assert result.exit_code == status, (result.output, result.exception)
        return result

    return bench


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


def test_a_folder_is_measured_and_too_few_pairs_are_told(bench: Run, folder: Path) -> None:
    said = bench(folder).stdout
    assert "10 of 10 pictures read" in said
    assert "prints\t5\t40\t–\t–" in said
    assert "too few pairs" in said


def test_rates_are_told_and_the_curve_is_written_where_there_are_enough(
    bench: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "FEW_GENUINE", 5)
    monkeypatch.setattr(measuring, "FEW_STRANGERS", 40)
    said = bench(folder, "--to", tmp_path / "curve").stdout
    assert "prints\t5\t40\t0.00\t0.00" in said
    rows = list(csv.DictReader((tmp_path / "curve.csv").read_text().splitlines()))
    assert float(rows[0]["fmr"]) == 1 and float(rows[-1]["fmr"]) == 0 < float(rows[-1]["fnmr"])
    assert ElementTree.parse(tmp_path / "curve.svg").getroot().tag.endswith("svg")


def test_an_empty_folder_says_how_pictures_are_named(bench: Run, tmp_path: Path) -> None:
    assert "<finger>_<impression>.png" in bench(tmp_path, status=1).stdout


def test_a_house_without_sets_says_so(bench: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "var"))
    assert "enrol sets of persons first" in bench(status=1).stdout


def test_a_house_whose_sets_make_no_pair_says_that_it_has_sets(
    bench: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "of_house", lambda most: [measuring.Scores("fingers, XB")])
    said = bench(status=1).stdout
    assert "no two persons have the same finger" in said and "prints/bench" in said
    assert "enrol sets" not in said


def test_what_is_no_picture_is_told_and_passed_over(bench: Run, folder: Path) -> None:
    (folder / "f0_9.png").write_bytes(b"no picture")
    said = bench(folder)
    assert "10 of 11 pictures read" in said.stdout
    assert "f0_9.png: This is no picture" in said.output


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
