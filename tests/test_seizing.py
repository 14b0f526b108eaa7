"""`entente trends`: figures of published tables of seizures on a machine without a house."""

import csv
import gzip
import json
import lzma
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from entente import cli
from test_cli import Run

SHARED = Path(__file__).parents[2] / "shared" / "data" / "goods"
UNODC = SHARED / "unodc_annual_drug_seizures_1970_2020.csv.xz"
TABLE = "Year,Country,Goods,Quantity,Unit,From,To\n" + "".join(
    f"{year},{country},Cocaine,{amount},kg,Brazil,{country}\n"
    for year in range(2008, 2024)
    for country, amount in (("Kenya", 10 if year < 2016 else 100), ("France", 50), ("World", 999))
)


@pytest.fixture
def trends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """trends(file, …) in a folder of its own, where there is no house."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "none"))
    for console in (cli.out, cli.err):
        monkeypatch.setattr(console, "_width", 400)

    def trends(*words: object, status: int = 0) -> Result:
        result = CliRunner().invoke(cli.app, ["trends", *map(str, words)])
        assert result.exit_code == status, (result.output, result.exception)
        assert not (tmp_path / "none").exists(), "a house was made"
        return result

    return trends


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def told(text: str, title: str) -> list[list[str]]:
    """The rows of a figure by its title, without headings."""
    lines = text.splitlines()
    start = lines.index(f"{title}:") + 2
    found = []
    for line in lines[start:]:
        if "\t" not in line:
            break
        found.append(line.split("\t"))
    return found


def test_shares_series_changes_and_ways_are_told(trends: Run, table: Path) -> None:
    text = trends(table, "--when", 2020).output
    assert told(text, "Shares in 2020") == [
        ["Kenya", "1", "100", "66.67"],
        ["France", "1", "50", "33.33"],
        ["all", "2", "150", "100"],
    ]
    assert told(text, "By year")[:2] == [["2008", "60", "2"], ["2009", "60", "2"]]
    assert ["Kenya", "2016", "10", "100"] in [
        [row[0], row[1], row[3], row[4]] for row in told(text, "Lasting changes of level")
    ]
    assert told(text, "Ways") == [
        ["Brazil", "not said", "France", "1", "50"],
        ["Brazil", "not said", "Kenya", "1", "100"],
    ]
    assert "16 rows sum others up and are left out" in text


def test_how_the_table_was_read_is_told_and_can_be_said_otherwise(trends: Run, table: Path) -> None:
    text = trends(table).output
    assert "Year = year; Country = country; Goods = what; Quantity = quantity; Unit = unit" in text
    assert "Read as totals of years" in text
    text = trends(table, "--column", "=Country", "--of", "goods", "--measure", "count").output
    assert told(text, "Shares")[0] == ["Cocaine", "48", "48", "100"]


def test_what_is_not_read_is_told_and_strict_ends_with_one(trends: Run, table: Path) -> None:
    with table.open("a") as file:
        file.write("2020,Atlantis,Cocaine,5,kg,,\n2020,Kenya,Cocaine,two,kg,,\n2020,Kenya,Dust,1,kg,,\n")
    text = trends(table).output
    assert "50\tCountry\tAtlantis\tis no country that we know\t1\tleft out" in text
    assert "51\tQuantity\ttwo\tis no quantity: it has no figure\t1\tleft out" in text
    assert "52\tGoods\tDust\tis not among the names of our goods\t1\tkept" in text
    trends(table, "--strict", status=1)


def test_a_last_year_of_few_reports_is_left_out_of_changes(trends: Run, tmp_path: Path) -> None:
    rows = [
        f"{year},{c},Cocaine,100,kg\n" for year in range(2008, 2024) for c in ("Kenya", "France", "Spain")
    ]
    (tmp_path / "late.csv").write_text("Year,Country,Goods,Quantity,Unit\n" + "".join(rows[:-2]))
    text = trends("late.csv").output
    assert "In 2023 less than half as many report as before" in text
    assert "Lasting changes" not in text


@pytest.mark.parametrize("kind", ["csv", "xz", "gz", "json", "jsonl", "parquet", "utf-16", "semicolons"])
def test_the_same_table_in_any_format_gives_the_same_shares(
    trends: Run, table: Path, tmp_path: Path, kind: str
) -> None:
    rows = list(csv.DictReader(TABLE.splitlines()))
    path = tmp_path / f"other.{kind if kind not in ('utf-16', 'semicolons') else 'csv'}"
    if kind == "xz":
        path.write_bytes(lzma.compress(TABLE.encode()))
    elif kind == "gz":
        path.write_bytes(gzip.compress(TABLE.encode()))
    elif kind == "json":
        path.write_text(json.dumps({"data": rows}, indent=1))
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif kind == "parquet":
        pl.DataFrame(rows).with_columns(pl.col("Year").cast(pl.Int64)).write_parquet(path)
    elif kind == "utf-16":
        path.write_text(TABLE, "utf-16")
    else:
        path.write_text(
            "Seizures, by country, 2008\n\n" + TABLE.replace(",", ";") if kind == "semicolons" else TABLE
        )
    assert told(trends(path).output, "Shares") == told(trends(table).output, "Shares")


def test_a_table_with_a_column_for_each_year_and_goods_said_once(trends: Run, tmp_path: Path) -> None:
    (tmp_path / "years.csv").write_text("Country;2018;2019\nKenya;1.200;3,5\nFrance;2;\n")
    text = trends("years.csv", "--constant", "goods=cocaine", "--constant", "unit=kg").output
    assert told(text, "By year") == [["2018", "1,202", "2"], ["2019", "3.5", "1"]]
    wrong = trends(
        "years.csv", "--constant", "goods=cocaine", "--constant", "origin=Atlantis", status=1
    ).output
    assert "is given origin=Atlantis, which is no country that we know" in wrong


def test_several_files_of_one_header_are_one_table_and_another_header_is_refused(
    trends: Run, table: Path, tmp_path: Path
) -> None:
    (tmp_path / "more.csv").write_text(TABLE.splitlines()[0] + "\n2020,Spain,Cocaine,7,kg,,\n")
    assert ["Spain", "1", "7"] in [row[:3] for row in told(trends(table, "more.csv").output, "Shares")]
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    assert "has another header than table.csv" in trends(table, "other.csv", status=1).output


def test_outputs_are_written_once_and_say_what_they_are_made_of(
    trends: Run, table: Path, tmp_path: Path
) -> None:
    trends(table, "--goods", "drugs", "--to", "out")
    said = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert said["rows counted"] == 32
    assert said["asked"]["goods"] == ["drugs"]
    assert len(said["files"][0]["sha256"]) == 64
    frame = pl.read_parquet(tmp_path / "out" / "rows.parquet")
    assert frame["quantity"].sum() == pytest.approx(8 * 10 + 8 * 100 + 16 * 50)
    assert pl.read_csv(tmp_path / "out" / "shares.csv")["country"].to_list() == ["Kenya", "France", "all"]
    assert "is there already" in trends(table, "--to", "out", status=2).output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--goods", "unobtainium"], "names no one sort of our goods"),
        (["--goods", "pure cocaine"], "drugs.cocaine"),
        (["--of", "moon"], "--of is one of"),
        (["--when", "someday"], "--when someday: it is no date"),
        (["--column", "date=Nowhere"], "is no column of the table"),
        (["--constant", "moon=full"], "is none of"),
        (["--constant", "goods=moon dust"], "--constant goods=moon dust names no one sort of our goods"),
        (["--decimal", ";"], "--decimal is"),
        (["--dates", "year first"], "--dates is one of"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(
    trends: Run, table: Path, words: list[str], why: str
) -> None:
    assert why in " ".join(trends(table, *words, status=2).output.replace("│", " ").split())


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.csv", b"", "has no header"),
        ("zeros.csv", b"a\0b,c\n", "is no text"),
        ("bad.csv.xz", b"not packed", "cannot be unpacked"),
        ("bad.json", b"[1, 2", "is no JSON"),
        ("list.json", b"[1, 2]", "holds something that is no object"),
        ("bad.parquet", b"PAR1", "is no Parquet"),
        ("quote.csv", b'Year,Goods\n"2020,d\n', "is no CSV"),
        ("when.csv", b"Goods,Quantity\nCocaine,5\n", "has no column that says when"),
    ],
)
def test_a_file_that_is_no_table_of_seizures_is_refused(
    trends: Run, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert why in trends(name, status=1).output


# --- published tables, where they are at hand ------------------------------------------------------------


@pytest.fixture(scope="module")
def unodc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public table of annual seizures, unpacked once."""
    if not UNODC.exists():
        pytest.skip("shared/data/goods is not here")
    path = tmp_path_factory.mktemp("unodc") / "unodc.csv"
    path.write_bytes(lzma.decompress(UNODC.read_bytes()))
    return path


def test_shares_of_cocaine_in_2018_are_those_of_the_world_drug_report(trends: Run, unodc: Path) -> None:
    """World Drug Report 2020: United States 19 %, Panama 4 %, Costa Rica 2 %."""
    text = trends(unodc, "--goods", "drugs.cocaine", "--when", 2018).output
    share = {row[0]: row[3] for row in told(text, "Shares in 2018")}
    assert (share["United States"], share["Panama"], share["Costa Rica"]) == ("19.41", "4.4", "2.11")
    assert "5,995 keys (all columns but figures) stand in more than one row" in text


@pytest.mark.parametrize(
    ("goods", "year", "tonnes"),
    [
        ("drugs.opioids.heroin", "2016", 90.9),
        ("drugs.cocaine", "2018", 1310.0),
        ("drugs.cocaine", "2019", 1435.6),
        ("drugs.ats.methamphetamine", "2019", 325.1),
        ("drugs.opioids.heroin", "2019", 95.8),
        ("drugs.opioids.opium", "2016", 662.0),
    ],
)
def test_totals_of_the_years_are_the_published_ones(
    trends: Run, unodc: Path, goods: str, year: str, tonnes: float
) -> None:
    series = {
        row[0]: float(row[1].replace(",", ""))
        for row in told(trends(unodc, "--goods", goods).output, "By year")
    }
    assert round(series[year] / 1000, 1) == tonnes


def test_every_row_of_the_public_table_is_read(trends: Run, unodc: Path) -> None:
    text = trends(unodc, "--strict").output
    assert "51,201 rows, 51,201 figures of them." in text


@pytest.mark.parametrize(
    ("name", "words", "title", "first"),
    [
        ("colombia_drug_seizures_events_2018.json", ["--constant", "country=co"], "Shares", "ANTIOQUIA"),
        ("india_ncb_seizures_by_state.csv", ["--goods", "heroin"], "Shares", "Punjab"),
        (
            "owid_rhino_poaching.csv",
            ["--column", "quantity:fauna.mammals.rhino:KGM=Weight of seized rhino horns (AfRSG, 2019)"],
            "Shares",
            "South Africa",
        ),
    ],
)
def test_other_published_tables_are_read(
    trends: Run, name: str, words: list[str], title: str, first: str
) -> None:
    if not (SHARED / name).exists():
        pytest.skip("shared/data/goods is not here")
    assert told(trends(SHARED / name, *words).output, title)[0][0] == first


BORDER = "FY,Month (abbv),Component,Drug Type,Count of Event,Sum Qty (lbs)\n" + "".join(
    f"{year},{month},{part},{drug},{events},{pounds}\n"
    for year in (2020, 2021)
    for month in ("OCT", "SEP")
    for part, drug, events, pounds in (
        ("Field", "Cocaine", 4, 10),
        ("Patrol", "Cocaine", 1, 20),
        ("Field", "Other drugs**", 7, 5),
        ("Patrol", "Heroin*", 2, 1),
    )
)


@pytest.fixture
def border(tmp_path: Path) -> Path:
    path = tmp_path / "border.csv"
    path.write_text(BORDER)
    return path


def test_months_of_fiscal_years_wait_until_someone_says_where_they_begin(trends: Run, border: Path) -> None:
    assert "such as fiscal=10" in trends(border, status=1).output.replace("\n", " ")
    text = trends(border, "--constant", "fiscal=10", "--goods", "cocaine").output
    pounds = dict(row[:2] for row in told(text, "By month"))
    assert {month: pounds[month] for month in ("2019-10", "2020-09", "2020-10", "2021-09")} == dict.fromkeys(
        ("2019-10", "2020-09", "2020-10", "2021-09"), "13.61"
    )
    plain = told(trends(border, "--constant", "fiscal=1").output, "By month")
    assert [plain[0][0], plain[-1][0]] == ["2020-09", "2021-10"]
    assert "no month of 1 to 12" in trends(border, "--constant", "fiscal=13", status=1).output


def test_a_column_of_seizures_is_added_up_where_they_are_counted(trends: Run, border: Path) -> None:
    text = trends(border, "--constant", "fiscal=10", "--measure", "count").output
    shares = {row[0]: row[2] for row in told(text, "Shares")}
    assert shares == {"not recognised": "28", "Cocaine": "20", "Heroin": "8", "all": "56"}
    assert told(text, "By month")[0][1] == "14"


def test_only_rows_that_are_wanted_are_read(trends: Run, border: Path) -> None:
    text = trends(border, "--constant", "fiscal=10", "--only", "Component=field").output
    assert "8 rows, 8 figures" in text
    both = ["--only", "Component=Field", "--only", "Component=Patrol", "--only", "FY=2021"]
    assert "8 rows, 8 figures" in trends(border, "--constant", "fiscal=10", *both).output
    assert trends(border, "--only", "Part=Field", status=2)


def test_years_of_two_stand_at_the_first_and_units_may_stand_behind_goods(
    trends: Run, tmp_path: Path
) -> None:
    path = tmp_path / "years.csv"
    path.write_text(
        "Exercice;Pays;Produit;Quantité\n"
        "2018/19;Mali;Cocaïne (kg);1,5\n2019/20;Mali;Cocaïne (kg);2,5\n2019/20;Mali;Ecstasy (g);500\n"
        "2019/21;Mali;Cocaïne (kg);9\n"
    )
    text = trends(path, "--by", "year").output
    assert told(text, "By year") == [["2018", "1.5", "1"], ["2019", "3", "2"]]
    assert "stand at the first" in text and "its two years do not follow each other" in text


def test_quantities_without_a_unit_are_told_and_counted_when_it_is_said(trends: Run, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Country,Product,2019,2020\nKenya,Something new,5,7\nFrance,Something new,1,\n")
    text = trends(path).output
    assert "has no unit: name its column, or say unit=KGM" in text and "by country, count" in text
    text = trends(path, "--constant", "unit=kg").output
    assert [row[2] for row in told(text, "Shares")] == ["12", "1", "13"]


def test_quantities_far_from_all_others_are_counted_and_told_unless_they_are_left_out(
    trends: Run, tmp_path: Path
) -> None:
    path = tmp_path / "far.csv"
    rows = [f"2025-03-{n:02},Kenya,Cocaine,{n},kg" for n in range(10, 25)]
    path.write_text(
        "Date,Country,Goods,Quantity,Unit\n" + "\n".join([*rows, "2025-03-28,Kenya,Cocaine,900000,kg"])
    )
    text = trends(path).output
    assert "1 quantities are far" in text and told(text, "Shares")[-1][2] == "900,255"
    assert told(trends(path, "--near").output, "Shares")[-1][2] == "255"
