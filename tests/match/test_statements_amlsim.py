"""AMLSim's tables as payments."""

import io
import tarfile
from pathlib import Path

import pytest

from entente.match.statements import amlsim
from entente.match.statements.amlsim import Node, read_archive, read_sample
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
        (b"1,2,x,1", "no number"), (b"1,2,1.234,1", "whole minor units"), (b"1,2,1e3,1", "whole minor units"),
        (b"1,2,0,1", "above nought"), (b"1,2,nan,1", "whole minor units"), (b",2,1,1", "no account"),
        (b"1,2,1,-1", "no step"), (b"1,2", "too few cells"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_the_others_are_read(row, what):
    sample = read_sample(TRANSACTIONS + row + b"\n")
    assert len(sample.payments) == 2
    assert [f.where for f in sample.faults] == ["line 4"] and what in sample.faults[0].what


@pytest.mark.parametrize(
    "data", [b"", b"no archive", packed(nodes=NODES), packed(transactions=TRANSACTIONS)[:60]]
)
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(ValueError, match="no archive"):
        read_archive(data)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(amlsim, "MOST_UNPACKED", 100)
    with pytest.raises(ValueError, match="unpacks"):
        read_archive(packed(transactions=TRANSACTIONS + b"x" * 200))


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
