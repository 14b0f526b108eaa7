"""`entente check`: a list screened on the machine itself."""

import csv
import shlex
from pathlib import Path

import pytest

from entente import checking
from entente.core.problems import Faulty
from test_cli import ASKED, Run, _entries, _flat, ivo, run

__all__ = ["ivo", "run"]  # fixtures
LIST = "Name,Passport,Seat\nIvo Marenko,P4417093,1A\nNobody Known,,2B\n"
OFFICER = ("--officer", "officer@xb.example")


@pytest.fixture
def passengers(tmp_path: Path) -> Path:
    path = tmp_path / "passengers.csv"
    path.write_text(LIST)
    return path


def test_a_list_is_checked_and_its_results_lie_beside_it(
    run: Run, ivo: Path, passengers: Path, tmp_path: Path
) -> None:
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")
    told = run("check", passengers, *OFFICER, *ASKED).output
    assert "passengers.results.csv" in _flat(told)
    assert (
        "Columns: name=Name, first=none, last=none, born=none, nationality=none, sex=none, document=Passport"
        in told
    )
    assert "No column was taken for nationality, born; carried along: Seat." in told
    assert (
        "2 rows: 1 with strong candidates, 0 with possible ones, 0 with owners to contact, 0 faulty." in told
    )
    with (tmp_path / "passengers.results.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    assert [line["Seat"] for line in lines] == ["1A", "2B"]
    assert [line["entente owner"] for line in lines] == ["XA", ""]
    assert {"screen", "search", "export"} <= set(_entries(tmp_path))


def test_whoever_stops_it_loses_nothing_and_goes_on(
    run: Run, ivo: Path, passengers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")

    def stopped(*_said: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(checking, "_done", stopped)
        told = _flat(run("check", passengers, *OFFICER, *ASKED, fails=True).output)
    assert "Go on with: entente check --resume" in told
    words = shlex.split(told.partition("Go on with: entente ")[2])
    run(*words)
    kept = passengers.with_suffix(".results.csv")
    assert "Ivo" in kept.read_text("utf-8-sig")
    id = words[words.index("--resume") + 1]
    assert f"its results go to {id}.results.csv" in run("check", "--again", id, *OFFICER).output
    assert (tmp_path / f"{id}.results.csv").read_text() == kept.read_text()


def test_nothing_is_overwritten_and_a_wrong_column_is_told(
    run: Run, passengers: Path, tmp_path: Path
) -> None:
    kept = passengers.with_suffix(".results.csv")
    kept.write_text("mine")
    there = run("check", passengers, *OFFICER, *ASKED, fails=True)
    assert there.exit_code == 1
    assert there.output == f"{kept} is there already: name a new file with --to.\n"
    kept.unlink()
    wrong = run("check", passengers, *OFFICER, *ASKED, "--column", "name=Nom", fails=True)
    assert isinstance(wrong.exception, Faulty) and not kept.exists()
    assert "Name a list" in _flat(run("check", fails=True).output)
