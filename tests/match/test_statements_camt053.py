"""Statements of accounts in ISO 20022."""

from datetime import UTC, datetime

import pytest

from entente.match.statements.camt053 import doubled, read_statements
from entente.match.statements.dialect import TooMany
from entente.match.taint.transfers import Payment, make

OWN, OTHER = "DE89370400440532013000", "GB33BUKB20201555555555"
DAY = int(datetime(2026, 1, 15, tzinfo=UTC).timestamp())


def entry(
    amount: str = "10.00",
    sign: str = "DBIT",
    details: str = "",
    day: str = "<Dt>2026-01-15</Dt>",
    status: str = "<Sts>BOOK</Sts>",
    currency: str = "EUR",
) -> str:
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}'
        f"<BookgDt>{day}</BookgDt><AcctSvcrRef>bank ref</AcctSvcrRef>{details}</Ntry>"
    )


def tx(role: str = "Cdtr", account: str = OTHER, amount: str = "", ref: str = "e2e") -> str:
    said = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{ref}</EndToEndId></Refs>{said}"
        f"<RltdPties><{role}Acct><Id><IBAN>{account}</IBAN></Id></{role}Acct></RltdPties></TxDtls>"
    )


def details(*txs: str) -> str:
    return f"<NtryDtls>{''.join(txs)}</NtryDtls>"


def statement(*entries: str, version: str = "02", own: str = f"<IBAN>{OWN}</IBAN>") -> bytes:
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>\n'
        f"<Stmt><Id>1</Id><Acct><Id>{own}</Id></Acct>\n"
        + "\n".join(entries)
        + "\n</Stmt></BkToCstmrStmt></Document>"
    ).encode()


@pytest.mark.parametrize("version", ["02", "08", "13"])
def test_debits_go_out_and_credits_come_in(version):
    told = read_statements(
        statement(entry(details=details(tx())), entry("5.50", "CRDT", details(tx("Dbtr"))), version=version)
    )
    assert told.faults == ()
    assert told.payments == (
        Payment(OWN, OTHER, DAY, 1000, "EUR", "e2e", 3),
        Payment(OTHER, OWN, DAY, 550, "EUR", "e2e", 4),
    )
    make(told.payments)


def test_a_status_as_a_code_is_read_as_well_and_what_is_not_booked_moves_nothing():
    told = read_statements(
        statement(
            entry(status="<Sts><Cd>BOOK</Cd></Sts>"),
            entry(status="<Sts><Cd>PDNG</Cd></Sts>"),
            entry(status="<Sts>PDNG</Sts>"),
            version="08",
        )
    )
    assert len(told.payments) == 1 and told.faults == ()


def test_an_entry_of_several_transactions_is_as_many_payments():
    told = read_statements(
        statement(
            entry("10.00", details=details(tx(amount="4.00"), tx(account=OWN[:0] + OTHER, amount="6.00")))
        )
    )
    assert [p.amount for p in told.payments] == [400, 600]


def test_transactions_that_sum_to_another_amount_are_a_fault():
    told = read_statements(statement(entry("10.00", details=details(tx(amount="4.00"), tx(amount="5.99")))))
    assert told.payments == () and "sum" in told.faults[0].what


def test_an_entry_whose_parts_are_not_told_is_nobody_s_in_particular():
    (payment,) = read_statements(statement(entry("10.00", details=details(tx(), tx())))).payments
    assert (payment.target, payment.amount, payment.ref) == ("unnamed, line 3", 1000, "bank ref")


@pytest.mark.parametrize("name", ["<Cdtr><Nm>Bo  Ek</Nm></Cdtr>", "<Cdtr><Pty><Nm>Bo Ek</Nm></Pty></Cdtr>"])
def test_a_side_without_an_account_is_known_by_its_name(name):
    inside = f"<NtryDtls><TxDtls><RltdPties>{name}</RltdPties></TxDtls></NtryDtls>"
    assert read_statements(statement(entry(details=inside))).payments[0].target == "Bo Ek"


def test_an_account_of_another_scheme_and_a_time_with_a_zone_are_read():
    told = read_statements(
        statement(entry(day="<DtTm>2026-01-15T02:00:00+02:00</DtTm>"), own="<Othr><Id>12 345</Id></Othr>")
    )
    assert (told.payments[0].source, told.payments[0].at) == ("12345", DAY)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (entry("1.123"), "3 decimals"),
        (entry("0.00"), "nought"),
        (entry("4.12E+21"), "scientific"),
        (entry(currency="ZZZ"), "no currency"),
        (entry(sign="X"), "CRDT"),
        (entry(day=""), "no booking date"),
        (entry(day="<Dt>2026-02-30</Dt>"), "does not exist"),
        (entry(details=details(tx(account="DE88370400440532013000"))), "check digits"),
        ("<Ntry/>", "no amount"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line_and_the_others_are_read(wrong, what):
    told = read_statements(statement(entry(), wrong, entry()))
    assert len(told.payments) == 2
    assert [f.where for f in told.faults] == ["line 4"] and what in told.faults[0].what


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "XML"),
        (b"<a/>", "not a statement"),
        (statement(entry(), version="14"), "camt.053.001.14"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        (b"<a>" * 100 + b"</a>" * 100, "nested"),
        (statement(entry(), own=""), "whose it is"),
        (statement(entry(), own="<IBAN>DE88370400440532013000</IBAN>"), "check digits"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_reason(data, what):
    told = read_statements(data)
    assert told.payments == () and what in told.faults[0].what


def test_more_payments_than_are_taken_are_refused():
    two = statement(entry(details=details(tx("Cdtr"))), entry())
    assert len(read_statements(two, 2).payments) == 2
    with pytest.raises(TooMany, match="more than 1 payments"):
        read_statements(two, 1)
    both = two.replace(
        b"</BkToCstmrStmt>", two[two.index(b"<Stmt>") : two.index(b"</BkToCstmrStmt>")] + b"</BkToCstmrStmt>"
    )
    with pytest.raises(TooMany, match="more than 3 payments"):
        read_statements(both, 3)


def of_both(*others: str) -> tuple[tuple[int, int], ...]:
    """The payments that a statement with two alike and the other bank's statement tell twice."""
    debit = entry(details=details(tx("Cdtr")))
    mine = statement(debit, debit)
    other = statement(*others, own=f"<IBAN>{OTHER}</IBAN>")
    stmt = other[other.index(b"<Stmt>") : other.index(b"</BkToCstmrStmt>")]
    return tuple(
        doubled(read_statements(mine.replace(b"</BkToCstmrStmt>", stmt + b"</BkToCstmrStmt>")).statements)
    )


def test_payments_that_two_statements_tell_alike_are_named_and_none_is_dropped():
    credit = entry(sign="CRDT", details=details(tx("Dbtr", OWN)))
    assert of_both(credit) == ((3, 6),) and of_both(credit, credit) == ((3, 6), (4, 7))
    assert of_both(credit, credit, credit) == ((3, 6), (4, 7))


def test_payments_that_differ_in_anything_are_not_the_same():
    assert of_both() == ()
    for other in (
        entry(sign="CRDT", details=details(tx("Dbtr", OWN, ref="x"))),
        entry(sign="CRDT", details=details(tx("Dbtr"))),
        entry(sign="CRDT", amount="10.01", details=details(tx("Dbtr", OWN))),
        entry(sign="CRDT", currency="USD", details=details(tx("Dbtr", OWN))),
        entry(sign="CRDT", day="<Dt>2026-01-16</Dt>", details=details(tx("Dbtr", OWN))),
        entry(details=details(tx("Cdtr", OWN))),
    ):
        assert of_both(other) == ()
