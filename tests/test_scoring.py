"""`entente scores`: totals of a published table of scores, made again on a machine without a house."""

import csv
import random
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from entente import cli
from entente.match import threat
from entente.rooms.reports.assessments.schemes import built_in
from test_cli import Run

SCHEMES = built_in()


@pytest.fixture
def scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """scores(file, …) in a folder of its own, where there is no house."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "none"))
    for console in (cli.out, cli.err):
        monkeypatch.setattr(console, "_width", 400)

    def scores(*words: object, status: int = 0) -> Result:
        result = CliRunner().invoke(cli.app, ["scores", *map(str, words)])
        assert result.exit_code == status, (result.output, result.exception)
        return result

    return scores


def published(path: Path, slug: str = "ocindex-2023", seed: int = 1, wrong: float = 0.0) -> Path:
    """An invented table in the manner of the published ones: means of two decimals beside the scores."""
    dice, parts = random.Random(seed), {"market": [], "actor": [], "resilience": []}  # type: ignore[var-annotated]
    for one in SCHEMES[slug].indicators:
        parts[one.group].append(one.name.replace(" and ", " & ").title())
    header = ["Region", "Country", "I.  Criminality avg,", "I.  Criminal markets avg,", *parts["market"]]
    header += ["Criminal actors avg,", *parts["actor"], "Resilience avg,", *parts["resilience"]]
    with path.open("w", newline="") as file:
        to = csv.writer(file)
        to.writerow(header)
        for n in range(40):
            drawn = {group: [dice.randrange(2, 21) / 2 for _ in names] for group, names in parts.items()}
            mean = {group: sum(values) / len(values) for group, values in drawn.items()}
            total = threat.criminality(drawn["market"], drawn["actor"]) + (wrong if n == 3 else 0)
            to.writerow(
                [
                    *(("North", "South")[n % 2], f"Land {n}", f"{total:.2f}", f"{mean['market']:.2f}"),
                    *drawn["market"],
                    *(f"{mean['actor']:.2f}", *drawn["actor"]),
                    *(f"{mean['resilience']:.2f}", *drawn["resilience"]),
                ]
            )
    return path


@pytest.mark.parametrize("slug", ["ocindex-2023", "ocindex-2021"])
def test_every_total_of_a_table_is_made_again(scores: Run, tmp_path: Path, slug: str) -> None:
    text = scores(published(tmp_path / "t.csv", slug), "--strict").output
    assert SCHEMES[slug].name in text
    assert "Totals that the table says: 160; 0 differ" in text


def test_a_total_that_differs_is_told_with_its_place(scores: Run, tmp_path: Path) -> None:
    path = published(tmp_path / "t.csv", wrong=0.02)
    text = scores(path, "--strict", status=1).output
    assert "1 differ" in text and "Land 3\tcriminality" in text


def test_places_are_ranked_and_regions_have_their_means(scores: Run, tmp_path: Path) -> None:
    text = scores(published(tmp_path / "t.csv"), "--to", tmp_path / "out").output
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["rank"]) for row in rows] == sorted(int(row["rank"]) for row in rows)
    values = [float(row["criminality"]) for row in rows]
    assert values == sorted(values, reverse=True) and len(rows) == 40
    with (tmp_path / "out" / "means.csv").open(encoding="utf-8-sig") as file:
        means = {row["region"]: row for row in csv.DictReader(file)}
    assert (means["North"]["places"], means["all"]["places"]) == ("20", "40")
    assert float(means["all"]["criminality"]) == pytest.approx(sum(values) / 40, abs=1e-3)
    assert "Written to" in text


def test_only_changes_that_are_more_than_a_scorers_step_are_told(scores: Run, tmp_path: Path) -> None:
    new, old = published(tmp_path / "n.csv", seed=1), published(tmp_path / "o.csv", seed=2)
    text = scores(new, "--before", old, "--to", tmp_path / "out").output
    with (tmp_path / "out" / "changes.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(abs(float(r["now"]) - float(r["before"])) >= 0.5 for r in rows)
    assert "Changes:" in text
    assert len(scores(new, "--before", new).output.split("Changes:")[1].splitlines()) == 2


def test_cells_that_are_no_scores_are_told_and_never_counted(scores: Run, tmp_path: Path) -> None:
    path = published(tmp_path / "t.csv")
    lines = path.read_text().splitlines()
    cells = lines[1].split(",")
    cells[-1], cells[-2] = "eleven", "10.5"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]))
    text = scores(path).output
    assert "is no number" in text and "is no score of 1 to 10" in text
    scores(path, "--strict", status=1)


@pytest.mark.parametrize(
    ("change", "words", "why"),
    [
        (("Country", "Nation"), [], "has no column of places"),
        (("Arms Trafficking", "Weapons"), [], "lacks columns of indicators: Arms trafficking"),
        (("Country", "Country"), ["--scheme", "none"], "there is none of that name"),
        (("Country", "Country"), ["--column", "arms=Nothing"], "has no one column for --column"),
        (("Land 4,", "Land 5,"), [], "several rows of Land 5"),
        (("Country", "Country"), ["--year", "1999"], "has no row with a place"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_reason(
    scores: Run, tmp_path: Path, change: tuple[str, str], words: list[str], why: str
) -> None:
    path = published(tmp_path / "t.csv")
    header, *rest = path.read_text().replace(*change).split("\n")
    path.write_text("\n".join([header, *rest]))
    assert why in scores(path, *words, status=1).output.replace("\n", " ")


def test_columns_may_be_named(scores: Run, tmp_path: Path) -> None:
    path = published(tmp_path / "t.csv")
    path.write_text(path.read_text().replace("Arms Trafficking", "Weapons").replace("Country", "Nation"))
    text = scores(path, "--column", "arms=Weapons", "--column", "place=Nation", "--strict").output
    assert "0 differ" in text
