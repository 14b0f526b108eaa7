"""`entente check`: a list screened on the machine itself."""

import csv
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
    id = told.partition("--resume ")[2].split()[0]
    run("check", "--resume", id, *OFFICER, "--to", tmp_path / "out.csv")
    assert "Ivo" in (tmp_path / "out.csv").read_text("utf-8-sig")
    run("check", "--again", id, *OFFICER, "--to", tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text() == (tmp_path / "out.csv").read_text()


def test_nothing_is_overwritten_and_a_wrong_column_is_told(
    run: Run, passengers: Path, tmp_path: Path
) -> None:
    kept = passengers.with_suffix(".results.csv")
    kept.write_text("mine")
    assert "is there already" in _flat(run("check", passengers, *OFFICER, *ASKED, fails=True).output)
    kept.unlink()
    wrong = run("check", passengers, *OFFICER, *ASKED, "--column", "name=Nom", fails=True)
    assert isinstance(wrong.exception, Faulty) and not kept.exists()
    assert "Name a list" in _flat(run("check", fails=True).output)
