"""`entente trace`: money followed through files on a machine without a house."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from entente import cli, tracing
from entente.match.statements import blocks
from entente.match.statements.tables import read_table
from entente.match.taint import RULES
from test_cli import Run, _flat

SAMPLE = Path(__file__).parents[2] / "shared" / "data" / "payments" / "amlsim" / "20K_cycle200.tgz"
HEADS = "from,to,date,amount,currency,reference\n"
STATEMENT = HEADS + (
    "Employer,Mule,2026-01-14,500.00,EUR,salary\n"  # line 2
    "Ann,Mule,2026-01-15,1000.00,EUR,stolen\n"
    "Bo,Mule,2026-01-15,300.00,EUR,stolen too\n"
    "Mule,Exchange,2026-01-16,1200.00,EUR,\n"
    "Exchange,Elsewhere,2026-01-17,900.00,EUR,=1+1\n"
)


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """trace(file, …) in a folder of its own, where there is no house."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "none"))
    for console in (cli.out, cli.err):
        monkeypatch.setattr(console, "_width", 400)

    def trace(*words: object, status: int = 0) -> Result:
        result = CliRunner().invoke(cli.app, ["trace", *map(str, words)])
        assert result.exit_code == status, (result.output, result.exception)
        assert not (tmp_path / "none").exists(), "a house was made"
        return result

    return trace


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "mule.csv"
    path.write_text(STATEMENT)
    return path


def rows(text: str, *, heads: str) -> list[list[str]]:
    """The rows of a told table under these headings."""
    lines = [line.split("\t") for line in text.splitlines()]
    start = lines.index(heads.split())
    found = []
    for line in lines[start + 1 :]:
        if len(line) != len(lines[start]):
            break
        found.append(line)
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


SUMS = "rule victim asset stolen lies stopped expired pruned exchanged missing"
LYING = "victim account amount asset"


# --- following -----------------------------------------------------------------------------------


def test_two_victims_money_is_told_apart_to_the_cent(trace: Run, statement: Path) -> None:
    told = trace(statement, "--seed", "3=Ann", "--seed", "4=Bo").stdout
    assert "5 payments between 6 accounts." in told
    assert rows(told, heads="rule accounts payments") == [["fifo", "3", "4"]]
    assert rows(told, heads=SUMS) == [
        ["fifo", "Ann", "EUR", "1000.00", "1000.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
        ["fifo", "Bo", "EUR", "300.00", "300.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
    ]
    assert rows(told, heads=LYING) == [
        ["Ann", "Elsewhere", "400.00", "EUR"],
        ["Ann", "Mule", "300.00", "EUR"],
        ["Ann", "Exchange", "300.00", "EUR"],
        ["Bo", "Mule", "300.00", "EUR"],
    ]


def test_all_rules_stand_side_by_side_and_poison_owns_nothing(trace: Run, statement: Path) -> None:
    told = trace(statement, "--seed", "3", "--rule", "all").stdout
    assert [row[0] for row in rows(told, heads="rule accounts payments")] == list(RULES)
    assert tracing.EVERY_RULE == RULES
    assert [row[0] for row in rows(told, heads=SUMS)] == [rule for rule in RULES if rule != "poison"]
    assert {row[1] for row in rows(told, heads=SUMS)} == {"Ann"}, "the payer, where no victim is named"
    why = "Poison marks what the money touched and keeps no sums: by it nothing lies anywhere."
    assert why in told
    assert why not in trace(statement, "--seed", "3", "--rule", "fifo").stdout


def test_a_folder_holds_what_a_freeze_relies_on(trace: Run, statement: Path, tmp_path: Path) -> None:
    trace(statement, "--seed", "3=Ann:1000.00", "--to", "out", "--dwell", "30d")
    folder = tmp_path / "out"
    assert {path.name for path in folder.iterdir()} == {
        "payments-fifo.csv",
        "accounts-fifo.csv",
        "flow-fifo.svg",
        "summary.json",
    }
    last = table(folder / "payments-fifo.csv")[-1]
    assert last == {
        "file": "mule.csv",
        "line": "6",
        "at": "2026-01-17T00:00:00Z",
        "from": "Exchange",
        "to": "Elsewhere",
        "amount": "900.00",
        "asset": "EUR",
        "victim": "Ann",
        "of it": "400.00",
        "arrived": "400.00",
        "arrived as": "EUR",
        "reference": "'=1+1",
    }, "what a spreadsheet would reckon is guarded"
    lies = {row["account"]: (row["hop"], row["lies"]) for row in table(folder / "accounts-fifo.csv")}
    assert lies == {
        "Ann": ("0", "0.00"),
        "Mule": ("1", "300.00"),
        "Exchange": ("2", "300.00"),
        "Elsewhere": ("3", "400.00"),
    }
    assert (folder / "flow-fifo.svg").read_text().startswith("<svg")
    told = json.loads((folder / "summary.json").read_text())
    assert (told["seeds"], told["rules"], told["ties"], told["dwell"]) == (
        ["3=Ann:1000.00"],
        ["fifo"],
        "sequence",
        30 * 86_400,
    )
    assert told["answers"][0]["missing"] == 0
    assert folder.stat().st_mode & 0o77 == 0


def test_nothing_is_followed_out_of_an_account_that_is_asked(trace: Run, statement: Path) -> None:
    told = trace(statement, "--seed", "3=Ann", "--stop", " exchange ").stdout
    sums = dict(zip(SUMS.split(), rows(told, heads=SUMS)[0], strict=True))
    assert (sums["lies"], sums["stopped"], sums["missing"]) == ("300.00", "700.00", "0.00")
    refused = _flat(trace(statement, "--seed", "3=Ann", "--stop", "Nobody", status=2).output)
    assert "--stop Nobody: there is no such account" in refused


def test_money_that_rests_too_long_is_followed_no_more(trace: Run, statement: Path) -> None:
    told = trace(statement, "--seed", "3=Ann", "--dwell", "12h").stdout
    sums = dict(zip(SUMS.split(), rows(told, heads=SUMS)[0], strict=True))
    assert (sums["lies"], sums["expired"], sums["missing"]) == ("300.00", "700.00", "0.00")


def test_what_comes_in_at_a_time_may_be_taken_to_be_there_first(trace: Run, tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_text(HEADS + "M,N,2026-01-15,10.00,EUR,\nAnn,M,2026-01-15,10.00,EUR,\n")
    as_written = trace(path, "--seed", "3=Ann").stdout
    in_first = trace(path, "--seed", "3=Ann", "--ties", "in-first").stdout
    assert rows(as_written, heads=LYING) == [["Ann", "M", "10.00", "EUR"]]
    assert rows(in_first, heads=LYING) == [["Ann", "N", "10.00", "EUR"]]


def test_wei_beyond_64_bits_keep_every_digit(trace: Run, tmp_path: Path) -> None:
    path = tmp_path / "chain.json"
    victim, mule, shop = (f"0x{n:040x}" for n in (1, 2, 3))
    paid = [(victim, mule, "9300000000000000000001"), (mule, shop, "1")]
    rows_of = [
        {"hash": f"0x{n:064x}", "time": 1_767_225_600 + n, "from": a, "to": b, "value": value}
        for n, (a, b, value) in enumerate(paid)
    ]
    path.write_text(json.dumps(rows_of))
    told = trace(path, "--seed", "1=Ann", "--chain", "ethereum").stdout
    sums = dict(zip(SUMS.split(), rows(told, heads=SUMS)[0], strict=True))
    assert sums["lies"] == sums["stolen"] == "9300.000000000000000001 ETH"


def test_the_simulations_sample_is_read_from_its_archive(trace: Run) -> None:
    if not SAMPLE.exists():
        pytest.skip("shared/data/payments/amlsim is not here")
    told = trace(SAMPLE, "--seed", "2=Ann", "--rule", "lifo")
    assert "20K_cycle200.tgz: amlsim (times: steps of the simulation" in told.stderr
    assert rows(told.stdout, heads=SUMS)[0][-1] == "0.00"


# --- files that are wrong, and seeds that cannot be ---------------------------------------------------


def test_wrong_rows_are_named_and_left_out_only_by_word(trace: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(STATEMENT + "Mule,X,2026-01-17,4.12E+21,EUR,\nMule,X,2026-02-30,1.00,EUR,\n")
    refused = trace(path, "--seed", "3", status=1).stderr
    assert "line 7, column “amount”" in refused
    assert "line 8, column “date”" in refused
    assert "--keep-good" in refused
    assert (
        "5 payments between 6 accounts; 2 rows left out." in trace(path, "--seed", "3", "--keep-good").stdout
    )


def test_what_a_file_leaves_open_is_asked(trace: Run, tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text(HEADS + "A,B,03/04/2026,10.00,EUR,\n")
    asked = trace(path, "--seed", "2", status=1).stderr
    assert "the day may stand first or the month" in asked
    assert "There is no payment in it" not in asked, "a question is not answered with a fault"
    trace(path, "--seed", "2", "--to", "out", "--dates", "month first")
    assert table(tmp_path / "out" / "payments-fifo.csv")[0]["at"] == "2026-03-04T00:00:00Z"


def test_columns_are_named_where_their_headings_say_nothing(trace: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("alpha;beta;gamma;delta\nA;B;2026-01-01;1,50\n")
    named = [f"--column={role}={heading}" for role, heading in
             (("source", "alpha"), ("target", "beta"), ("date", "gamma"), ("amount", "#4"))]  # fmt: skip
    told = trace(path, "--seed", "2=Ann", *named, "--currency", "eur").stdout
    assert rows(told, heads=LYING) == [["Ann", "B", "1.50", "EUR"]]


def test_every_seed_that_cannot_be_is_told_at_once(trace: Run, statement: Path) -> None:
    wrong = ("--seed", "99=X", "--seed", "3=Y:1.234", "--seed", "4=Z:300.01", "--seed", "other.csv:3")
    refused = _flat(trace(statement, *wrong, status=2).output)
    for said in (
        "--seed 99=X: it names a line that is no payment",
        "--seed 3=Y:1.234: it ",
        "--seed 4=Z:300.01: it takes more than was paid",
        "--seed other.csv:3: it names no file of these: mule.csv",
    ):
        assert said in refused
    for words in (
        ("--seed", "three"),
        (),
        ("--seed", "3", "--rule", "best"),
        ("--seed", "3", "--dwell", "soon"),
    ):
        trace(statement, *words, status=2)


def test_without_a_seed_the_payments_are_listed_with_their_lines(trace: Run, statement: Path) -> None:
    told = trace(statement, status=2)
    assert rows(told.stdout, heads="line time from to amount asset reference")[:2] == [
        ["2", "2026-01-14T00:00:00Z", "Employer", "Mule", "500.00", "EUR", "salary"],
        ["3", "2026-01-15T00:00:00Z", "Ann", "Mule", "1000.00", "EUR", "stolen"],
    ]
    assert "--seed 2=VICTIM" in told.stderr
    assert "it lies at" not in told.stdout


def test_twenty_payments_are_listed_and_every_line_that_is_listed_can_be_a_seed(
    trace: Run, statement: Path, tmp_path: Path
) -> None:
    (tmp_path / "next.csv").write_text(
        HEADS + "".join(f"A{n},B,2026-01-{30 - n:02},{n + 1}.00,EUR,r{n}\n" for n in range(25))
    )
    files = (statement, "next.csv")
    listed = rows(trace(*files, status=2).stdout, heads="line time from to amount asset reference")
    assert len(listed) == 20
    assert [row[1] for row in listed] == sorted(row[1] for row in listed)
    for place, _at, payer, *_rest in listed[::4]:
        told = trace(*files, "--seed", place).stdout
        assert {row[1] for row in rows(told, heads=SUMS)} == {payer}


def test_a_payment_is_found_by_its_number_in_the_order_of_time(
    trace: Run, statement: Path, tmp_path: Path
) -> None:
    lines = STATEMENT.splitlines()
    statement.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    told = trace(statement, "--seed", "#1=Boss").stdout
    assert ["Boss", "Mule", "500.00", "EUR"] not in rows(told, heads=LYING), "it went on to the exchange"
    assert rows(told, heads=SUMS)[0][1:4] == ["Boss", "EUR", "500.00"]
    assert "#6: it is more than the 5 payments" in _flat(trace(statement, "--seed", "#6", status=2).output)
    (tmp_path / "next.csv").write_text(HEADS + "Elsewhere,Far,2026-01-18,600.00,EUR,\n")
    both = _flat(trace(statement, "next.csv", "--seed", "#1", status=2).output)
    assert "#1: it counts the payments of one file, and there are several" in both


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "{1:F01XBBKXB2LAXXX0000000000}{2:O1030900261128XABKXA2LAXXX00000000002611280900N}{4:\n:20:R",
            "MT103",
        ),
        ("{1:F01XBBKXB2LAXXX0000000000}{2:I940XABKXA2LXXXXN}{4:\n:20:R", "MT940"),
        (":20:REF1\n:23B:CRED\n", "MT"),
        ('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>', "pacs.008.001.08"),
    ],
)
def test_a_message_between_banks_is_told_to_be_one(trace: Run, tmp_path: Path, text: str, name: str) -> None:
    (tmp_path / "sent.txt").write_text(text)
    refused = trace("sent.txt", "--seed", "1", status=1).stderr
    assert f"file: The file is a message between banks ({name}), and none that can be followed." in refused
    assert "There is no payment in it" not in refused


def test_times_without_a_zone_are_told_to_be_utc_unless_one_was_said(trace: Run, statement: Path) -> None:
    told = "Times without a zone were taken as UTC"
    assert told in trace(statement, "--seed", "3").stdout
    assert told not in trace(statement, "--seed", "3", "--zone", "+01:00").stdout


def test_seeds_may_stand_in_a_file(trace: Run, statement: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds.txt").write_text("# of the case\n3=Ann: the aunt:10.00\n\n4=Bo\n")
    told = trace(statement, "--seeds", "seeds.txt").stdout
    assert [row[1:4] for row in rows(told, heads=SUMS)] == [
        ["Ann: the aunt", "EUR", "10.00"],
        ["Bo", "EUR", "300.00"],
    ]


def test_money_goes_from_one_banks_file_into_anothers(trace: Run, statement: Path, tmp_path: Path) -> None:
    (tmp_path / "next.csv").write_text(HEADS + "Elsewhere,Far,2026-01-18,600.00,EUR,\n")
    both = (statement, "next.csv")
    assert "does not say in which file" in _flat(trace(*both, "--seed", "3", status=2).output)
    told = trace(*both, "--seed", "mule.csv:3=Ann", "--to", "out").stdout
    assert ["Ann", "Far", "100.00", "EUR"] in rows(told, heads=LYING)
    last = table(tmp_path / "out" / "payments-fifo.csv")[-1]
    assert (last["file"], last["line"]) == ("next.csv", "2")


def test_nothing_is_overwritten(trace: Run, statement: Path, tmp_path: Path) -> None:
    trace(statement, "--seed", "3=Ann", "--to", "out")
    before = (tmp_path / "out" / "payments-fifo.csv").read_bytes()
    assert "is there already" in _flat(trace(statement, "--seed", "4", "--to", "out", status=2).output)
    assert (tmp_path / "out" / "payments-fifo.csv").read_bytes() == before


# --- tables block by block -------------------------------------------------------------------------

AMOUNTS = st.integers(1, 99_999_99).map(lambda n: f"{n // 100}.{n % 100:02d}")
CELLS = st.tuples(
    st.sampled_from(["A", "B 2", 'C "x"', "D\n3"]),
    st.sampled_from(["E", "F;1", "bad,", ""]),
    st.sampled_from(["2026-01-05", "31/12/2025", "2026-02-30"]),
    AMOUNTS | st.sampled_from(["1e5", "0"]),
)


@given(drawn=st.lists(CELLS, min_size=1, max_size=30), each=st.integers(1, 7), top=st.integers(0, 2))
def test_a_table_in_blocks_is_the_table_as_a_whole(drawn: list[tuple[str, ...]], each: int, top: int) -> None:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([["Bank of Belmark", "January"]] * top)
    writer.writerow(["from", "to", "date", "amount"])
    writer.writerows([("A", "B", "31/12/2025", "1.00"), *drawn])
    whole = read_table(text.getvalue().encode(), currency="EUR")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "ROWS", each)
        parts = list(blocks.read_blocks(StringIO(text.getvalue(), newline=""), currency="EUR"))
    assert [p for part in parts for p in part.payments] == list(whole.payments)
    assert [f for part in parts for f in part.faults] == list(whole.faults)


def test_what_a_later_block_tells_holds_from_the_first_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "ROWS", 2)
    lines = "from,to,date,amount\nA,B,03/04/2026,1.00\nA,B,04/05/2026,2.00\nA,B,25/04/2026,3.00\n"
    found = [p for part in blocks.read_blocks(StringIO(lines), currency="EUR") for p in part.payments]
    assert [p.line for p in found] == [2, 3, 4]
    assert found[0].at < found[2].at < found[1].at, "3 April, 25 April, 4 May"


def test_a_row_that_fits_not_the_dialect_of_the_file_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "ROWS", 2)
    lines = "from;to;date;amount\nA;B;25/04/2026;1,50\nA;B;04/25/2026;2.50\nA;B;26/04/2026;3,50\n"
    parts = list(blocks.read_blocks(StringIO(lines), currency="EUR"))
    assert [p.amount for part in parts for p in part.payments] == [150, 350]
    assert {f.where.partition(",")[0] for part in parts for f in part.faults} == {"line 3"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_an_encoding_is_told_by_the_whole_file(encoding: str) -> None:
    data = ("a,b\n" * 5_000 + "Müller,x\n").encode(encoding)
    told = blocks.encoding_of(data[n : n + 1_001] for n in range(0, len(data), 1_001))
    assert data.decode(told).endswith("Müller,x\n")
