"""AMLSim's tables as payments."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from entente.match.statements import amlsim
from entente.match.statements.amlsim import Node, read_archive, read_sample
from entente.match.statements.dialect import TooMany
from entente.match.taint.transfers import Payment, make

DATA = Path(__file__).parents[3] / "shared" / "data" / "payments" / "amlsim"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="shared/data/payments/amlsim is not here")

TRANSACTIONS = b"sourceNodeId,targetNodeId,value,time\n1,2,147.8,1\n2,3,104.06,2\n"
NODES = b"nodeid,isFraud,init_balance,fraudStep\n1,0,184.44,-1\n2,1,175.80,25\n"


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"folder/{name}.csv")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def test_an_archive_is_read_whole():
    sample = read_archive(packed(transactions=TRANSACTIONS, nodes=NODES), "EUR")
    assert sample.payments == (
        Payment("1", "2", 1, 14780, "EUR", "", 2),
        Payment("2", "3", 2, 10406, "EUR", "", 3),
    )
    assert sample.accounts == {"1": Node(18444, False), "2": Node(17580, True, 25)}
    assert sample.faults == ()


def test_cash_comes_from_a_branch_and_goes_to_it():
    heads = b"TXN_ID,ACCOUNT_ID,BRANCH_ID,TXN_SOURCE_TYPE_CODE,tx_count,TXN_AMOUNT_ORIG,RUN_DATE,end\n"
    out, into = read_sample(heads + b"1,0,11,CASH-OUT,1,99.87,1,1\n2,0,11,CASH-IN,1,5,1,1\n").payments
    assert (out.source, out.target) == ("0", "branch 11") and (into.source, into.target) == ("branch 11", "0")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (b"1,2,x,1", "no number"), (b"1,2,1.234,1", "3 decimals"), (b"1,2,1e3,1", "no number"),
        (b"1,2,0,1", "above nought"), (b"1,2,nan,1", "no number"), (b",2,1,1", "no account"),
        (b"1,2,1,-1", "no step"), (b"1,2", "too few cells"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_the_others_are_read(row, what):
    sample = read_sample(TRANSACTIONS + row + b"\n")
    assert len(sample.payments) == 2
    assert [f.where for f in sample.faults] == ["line 4"] and what in sample.faults[0].what


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive", packed(nodes=NODES), packed(transactions=TRANSACTIONS)[:60]],
    ids=["empty", "text", "no transactions", "cut short"],
)
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(ValueError, match="no archive"):
        read_archive(data)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(amlsim, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="unpacks"):
        read_archive(packed(transactions=TRANSACTIONS + b"x" * 200))


def test_a_table_in_an_archive_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(amlsim, "MOST_BYTES", 100)
    with pytest.raises(ValueError, match="at most 100"):
        read_archive(packed(transactions=TRANSACTIONS + b"x" * 200))


def headed(kind: bytes, size: int, content: bytes, name: str = "./@LongLink") -> bytes:
    """An archive with a header of some kind before its transactions."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as stream:
        first = tarfile.TarInfo(name)
        first.type, first.size = kind, size
        stream.write(first.tobuf(tarfile.GNU_FORMAT) + content + b"\0" * (-len(content) % 512))
        stream.write(gzip.decompress(packed(transactions=TRANSACTIONS)))
    return out.getvalue()


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.GNUTYPE_SPARSE])
def test_what_tarfile_reads_whole_is_refused_by_its_header_alone(kind, monkeypatch):
    read = []
    monkeypatch.setattr(amlsim._Bounded, "read", counted(amlsim._Bounded.read, read))
    with pytest.raises(ValueError, match="has a file with"):
        read_archive(headed(kind, 50 << 20, b"a" * (1 << 20)))
    assert sum(read) < 100_000


def counted(reading, read: list[int]):
    def wrapped(self, size: int) -> bytes:
        got = reading(self, size)
        read.append(len(got))
        return got

    return wrapped


def test_extended_headers_are_passed_over_unread_and_a_long_name_is_read():
    pax = b"30 GNU.sparse.major=1\n" + b"x" * 200_000
    names = (tarfile.XHDTYPE, "PaxHeader/transactions.csv"), (tarfile.XGLTYPE, "transactions.csv")
    for kind, name in names:
        assert len(read_archive(headed(kind, len(pax), pax, name)).payments) == 2
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.GNU_FORMAT) as archive:
        member = tarfile.TarInfo("folder/" * 40 + "transactions.csv")
        member.size = len(TRANSACTIONS)
        archive.addfile(member, io.BytesIO(TRANSACTIONS))
    assert len(read_archive(out.getvalue()).payments) == 2


def test_headers_that_never_end_are_no_archive():
    endless = tarfile.TarInfo("./@LongLink")
    endless.type, endless.size = tarfile.GNUTYPE_LONGNAME, 1
    with pytest.raises(ValueError, match="no archive"):
        read_archive(gzip.compress((endless.tobuf(tarfile.GNU_FORMAT) + b"a".ljust(512, b"\0")) * 5_000))


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_are_counted_before_any_is_made(end, monkeypatch):
    monkeypatch.setattr(amlsim.io, "StringIO", None)
    with pytest.raises(TooMany, match="more than 3 rows"):
        read_sample(TRANSACTIONS.replace(b"\n", end) + end * 2, most=3)


def test_lines_may_end_in_any_way_and_as_many_as_are_taken_are_read():
    for end in (b"\n", b"\r", b"\r\n"):
        assert (
            read_sample(TRANSACTIONS.replace(b"\n", end), most=2).payments
            == read_sample(TRANSACTIONS).payments
        )


@pytest.mark.parametrize("amount", ["1_0", "١٢", "1,5", "(5)", "5 USD", "9" * 5_000, " "])
def test_only_plain_figures_are_amounts_steps_and_balances(amount):
    row = f'1,2,"{amount}",1\n'.encode()
    assert len(read_sample(TRANSACTIONS + row).faults) == 1
    assert len(read_sample(TRANSACTIONS + f'1,2,5,"{amount}"\n'.encode()).faults) == 1
    nodes = NODES + f'3,1,5.00,"{amount}"\n4,1,"{amount}",1\n'.encode()
    sample = read_sample(TRANSACTIONS, nodes)
    assert len(sample.faults) == 2 and set(sample.accounts) == {"1", "2"}


def test_a_table_with_other_headings_is_refused():
    with pytest.raises(ValueError, match="headings"):
        read_sample(b"a,b\n1,2\n")
    with pytest.raises(ValueError, match="headings"):
        read_sample(TRANSACTIONS, b"a,b\n1,2\n")


@needs_data
@pytest.mark.parametrize(
    ("name", "payments", "fraud"),
    [
        ("20K_cycle200", 117_805, 945),
        ("20K_fanin200", 118_250, 954),
        ("20K_fanin200cycle200", 120_558, 1_804),
    ],
)
def test_the_public_samples_are_read_without_a_fault(name, payments, fraud):
    sample = read_archive((DATA / f"{name}.tgz").read_bytes())
    assert (len(sample.payments), len(sample.accounts), sample.faults) == (payments, 20_000, ())
    assert sum(node.fraud for node in sample.accounts.values()) == fraud
    make(sample.payments)


@needs_data
def test_the_small_public_tables_are_read_without_a_fault():
    accounts = (DATA / "sample_outputs_accounts.csv").read_bytes()
    for name, payments in (("sample_outputs_tx", 45), ("sample_outputs_cash_tx", 88)):
        sample = read_sample((DATA / f"{name}.csv").read_bytes(), accounts)
        assert (len(sample.payments), len(sample.accounts), sample.faults) == (payments, 30, ())
