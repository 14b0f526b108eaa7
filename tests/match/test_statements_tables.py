"""Bank statements as tables: told as they are, or asked about."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.statements import dialect, figures, moments
from entente.match.statements.columns import role_of
from entente.match.statements.tables import read_table
from entente.match.taint.transfers import Payment, make

PLAIN = "from,to,date,amount,currency,reference\nA,B,2026-01-15,1123.00,EUR,r1\nB,C,2026-01-16,20.50,EUR,r2\n"
OWN = "XA35000000000000001"


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())


def read(text: str, **told):
    return read_table(text.encode(), **told)


def whats(table) -> list[str]:
    return [f"{fault.where}: {fault.what}" for fault in table.faults]


def test_a_plain_table_is_read_with_its_lines():
    table = read(PLAIN)
    assert table.faults == ()
    assert table.payments == (
        Payment("A", "B", at(2026, 1, 15), 112300, "EUR", "r1", 2),
        Payment("B", "C", at(2026, 1, 16), 2050, "EUR", "r2", 3),
    )
    assert len(make(table.payments)) == 2 and table.rows == 2


# --- every dialect tells the same ----------------------------------------------------------------

days = st.dates(datetime(1970, 1, 2).date(), datetime(2037, 1, 1).date())
rows_given = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("VWXYZ"), days, st.integers(1, 10**12)),
    min_size=1,
    max_size=8,
)
HEADINGS = {
    "en": ["From", "To", "Booking date", "Amount", "Currency", "Reference"],
    "fr": ["Débiteur", "Bénéficiaire", "Date d'opération", "Montant", "Devise", "Libellé"],
    "es": ["Ordenante", "Beneficiario", "Fecha operación", "Importe", "Divisa", "Concepto"],
    "de": ["Auftraggeber", "Empfänger", "Buchungstag", "Betrag", "Währung", "Verwendungszweck"],
    "ar": ["من حساب", "إلى حساب", "التاريخ", "المبلغ", "العملة", "المرجع"],
}


def written(cents: int, decimal: str, thousands: str) -> str:
    whole, part = divmod(cents, 100)
    return f"{whole:,}".replace(",", thousands) + f"{decimal}{part:02}"


@given(
    rows_given,
    st.sampled_from(sorted(HEADINGS)),
    st.sampled_from(",;\t|"),
    st.sampled_from([(".", ""), (".", ","), (",", "."), (",", " "), (",", "\u202f"), (".", "'"), (",", "")]),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_statement_reads_the_same_in_every_dialect(rows, language, sign, money, form, encoding, newline):
    def line(cells):
        return sign.join(f'"{cell}"' if sign in cell else cell for cell in cells)

    lines = [line(HEADINGS[language])]
    for source, target, day, cents in rows:
        lines.append(line([source, target, day.strftime(form), written(cents, *money), "EUR", "a b"]))
    # One row more, that settles what the others may leave open.
    lines.append(
        line(["A", "Z", datetime(2026, 12, 31).strftime(form), written(123456789, *money), "EUR", "x"])
    )
    table = read_table((newline.join(lines) + newline).encode(encoding))
    assert whats(table) == []
    expected = [
        (s, t, int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()), c) for s, t, d, c in rows
    ]
    assert [(p.source, p.target, p.at, p.amount) for p in table.payments[:-1]] == expected
    assert table.payments[-1].amount == 123456789


def test_a_western_file_without_unicode_is_read():
    table = read_table("Débiteur;Bénéficiaire;Date;Montant (EUR)\nA;B;31.01.2026;1,50\n".encode("cp1252"))
    assert table.dialect.encoding == "cp1252" and table.payments[0].amount == 150
    assert table.payments[0].asset == "EUR"


def test_what_a_bank_writes_above_the_headings_is_passed_over():
    table = read("My bank\nPeriod;2026\n\nfrom;to;date;amount;currency\nA;B;2026-01-15;1,00;EUR\n")
    assert [p.line for p in table.payments] == [5] and table.dialect.header == 4


def test_a_line_that_names_the_delimiter_is_believed():
    assert (
        len(read("sep=;\nfrom;to;date;amount, net;currency;amount\nA;B;2026-01-15;9,9;EUR;1,00\n").payments)
        == 1
    )


# --- what is open is asked -----------------------------------------------------------------------


def test_dates_that_may_be_of_two_orders_are_asked_about_and_the_answer_is_taken():
    text = "from,to,date,amount,currency\nA,B,03/04/2026,1.00,EUR\n"
    assert whats(read(text)) == ["file: In every date the day may stand first or the month (03/04/2026)"]
    assert read(text).payments == ()
    assert read(text, dates="day first").payments[0].at == at(2026, 4, 3)
    assert read(text, dates="month first").payments[0].at == at(2026, 3, 4)


def test_one_date_settles_the_order_of_the_whole_column():
    text = "from,to,date,amount,currency\nA,B,03/04/2026,1.00,EUR\nA,B,04/13/2026,1.00,EUR\n"
    assert [p.at for p in read(text).payments] == [at(2026, 3, 4), at(2026, 4, 13)]


def test_dates_of_both_orders_in_one_column_are_a_fault():
    text = "from,to,date,amount,currency\nA,B,13/04/2026,1.00,EUR\nA,B,04/13/2026,1.00,EUR\n"
    assert "day first and dates with the month first" in whats(read(text))[0]


def test_an_amount_that_may_be_a_thousand_times_more_is_asked_about():
    text = "from;to;date;amount;currency\nA;B;2026-01-15;1.123;EUR\n"
    assert "thousands or decimals" in whats(read(text))[0] and read(text).payments == ()
    assert read(text, decimal=",").payments[0].amount == 112300
    assert "has 3 decimals, and EUR has 2 (ISO 4217)" in whats(read(text, decimal="."))[0]


def test_points_and_commas_before_the_decimals_in_one_column_are_a_fault():
    assert (
        "decimal comma"
        in whats(read("from;to;date;amount;currency\nA;B;2026-01-15;1.5;EUR\nA;B;2026-01-15;1,5;EUR\n"))[0]
    )


def test_a_table_whose_headings_say_nothing_is_asked_about_and_the_mapping_is_taken():
    text = "p;q;r;s\nA;B;2026-01-15;1,00\n"
    assert whats(read(text)) == ["file: No row of headings tells who paid whom, when and how much"]
    mapping = {"source": "p", "target": "q", "date": "r", "amount": "s"}
    assert read(text, mapping=mapping, currency="EUR").payments == (
        Payment("A", "B", at(2026, 1, 15), 100, "EUR", "", 2),
    )
    numbered = {"source": "#2", "target": "#1", "date": "#3", "amount": "#4"}
    bare = read("A;B;2026-01-15;1,00\nA;B;2026-01-16;1,00\n", mapping=numbered, currency="EUR")
    assert [(p.source, p.line) for p in bare.payments] == [("B", 1), ("B", 2)]


@pytest.mark.parametrize(
    ("mapping", "what"),
    [
        ({"source": "no", "target": "q", "date": "r", "amount": "s"}, "No row holds the headings"),
        ({"moon": "p"}, "No column can be “moon”"),
        ({"source": "#9", "target": "q", "date": "r", "amount": "s"}, "There is no column #9"),
        ({"source": "p"}, "do not tell"),
    ],
)
def test_a_mapping_that_fits_nothing_is_a_fault(mapping, what):
    assert what in " ".join(whats(read("p;q;r;s\nA;B;2026-01-15;1,00\n", mapping=mapping, currency="EUR")))


def test_two_columns_for_one_thing_are_asked_about():
    table = read("from,to,date,amount,amount (USD),currency\nA,B,2026-01-15,1.00,2.00,EUR\n")
    assert whats(table) == ["file: Two columns of line 1 may be the amount"]


# --- every wrong row is named --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        ("4.12E+21,B,2026-01-15,1.00,EUR", "line 3, column “from”", "scientific notation"),
        ("A,B,2026-01-15,4.12E+21,EUR", "line 3, column “amount”", "scientific notation"),
        ("A,B,2026-01-15,1.123,EUR", "line 3, column “amount”", "has 3 decimals, and EUR has 2"),
        ("A,B,2026-01-15,10.50,JPY", "line 3, column “amount”", "has 2 decimals, and JPY has 0"),
        ("A,B,2026-01-15,-1.00,EUR", "line 3, column “amount”", "not above nought"),
        ("A,B,2026-01-15,0.00,EUR", "line 3, column “amount”", "not above nought"),
        ("A,B,2026-01-15,,EUR", "line 3, column “amount”", "missing"),
        ("A,B,2026-01-15,ten,EUR", "line 3, column “amount”", "no amount"),
        ('A,B,2026-01-15,"1,00,0.00",EUR', "line 3, column “amount”", "thousands"),
        ("A,B,2026-01-15,1.00,ZZZ", "line 3, column “currency”", "no currency"),
        ("A,B,2026-01-15,1.00,", "line 3, column “currency”", "No currency"),
        ("A,B,2026-02-30,1.00,EUR", "line 3, column “date”", "does not exist"),
        ("A,B,1969-12-31,1.00,EUR", "line 3, column “date”", "before 1970"),
        ("A,B,2026-01-15 25:00,1.00,EUR", "line 3, column “date”", "clock"),
        ("A,B,46037,1.00,EUR", "line 3, column “date”", "no date"),
        ("A,B,45/13/2026,1.00,EUR", "line 3, column “date”", "does not exist"),
        ("A,,2026-01-15,1.00,EUR", "line 3, column “to”", "missing"),
        ("DE88370400440532013000,B,2026-01-15,1.00,EUR", "line 3, column “from”", "wrong check digits"),
        ("A,B,2026-01-15,1.00,EUR,more", "line 3", "6 cells under 5 headings"),
        ("A,B", "line 3, column “date”", "missing"),
        ("A,B,2026-01-15,99999999999999999999.00,EUR", "line 3, column “amount”", "18 digits"),
    ],
)
def test_a_wrong_row_is_named_and_the_right_ones_are_read(row, where, what):
    head = "from,to,date,amount,currency\nA,B,2026-01-15,1.00,EUR\n"
    table = read(head + row + "\nB,C,2026-01-16,2.50,EUR\n")
    assert [p.line for p in table.payments] == [2, 4]
    assert any(f.where == where and what in f.what for f in table.faults), whats(table)


def test_all_faults_of_a_row_are_named_at_once():
    table = read("from,to,date,amount,currency\n,B,x,y,EUR\nA,B,2026-01-15,1.00,EUR\n")
    assert len(table.faults) == 3


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no table"),
        (b"\0\0a,b\n", "zero bytes"),
        (b"\xff\xfea", "no text"),
        (b"no table at all\n", "no table"),
        (b'a,b\n"never closed,1\n', "cannot be read from line 2"),
        (b"from,to\n" + b"x" * 5000 + b",y\n", "4000 characters in line 2"),
        (b"from,to\n" + b"," * 300 + b"\n", "301 columns in line 2"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data, what):
    table = read_table(data)
    assert table.payments == () and what in whats(table)[0]


def test_too_many_bytes_or_rows_are_refused(monkeypatch):
    monkeypatch.setattr(dialect, "MOST_BYTES", 50)
    assert "at most 50" in whats(read(PLAIN))[0]
    monkeypatch.setattr(dialect, "MOST_BYTES", 5000)
    monkeypatch.setattr(dialect, "MOST_ROWS", 2)
    assert "more than 2 rows" in whats(read(PLAIN))[0]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    table = read_table(data, currency="EUR", account="A")
    assert all(p.amount > 0 for p in table.payments)


@given(st.text("abfromtdeun,;\t|\"'\n0123456789.-/ EUR", max_size=200))
def test_no_text_under_headings_breaks_the_reader(text):
    table = read("from,to,date,amount,currency\n" + text, dates="day first", decimal=".")
    make(table.payments)


# --- one-sided statements ------------------------------------------------------------------------


def test_a_signed_amount_tells_who_paid():
    text = (
        "Date;Counterparty IBAN;Name;Amount;Currency\n15.01.2026;XB1;Bo;-10,00;EUR\n16.01.2026;;Cy;5,50;EUR\n"
    )
    first, second = read(text, account=OWN).payments
    assert (first.source, first.target, first.amount) == (OWN, "XB1", 1000)
    assert (second.source, second.target, second.amount) == ("Cy", OWN, 550)


def test_debit_and_credit_columns_tell_who_paid():
    text = "Date,Counterparty,Debit,Credit\n2026-01-15,X,10.00,\n2026-01-16,Y,,5.50\n2026-01-17,Z,0.00,7.00\n"
    found = [(p.source, p.target, p.amount) for p in read(text, account="me", currency="EUR").payments]
    assert found == [("me", "X", 1000), ("Y", "me", 550), ("Z", "me", 700)]


def test_a_letter_for_debit_or_credit_tells_who_paid():
    rows = ["me;X;15.01.2026;10,00;S", "me;Y;15.01.2026;5,00;H", "me;Y;15.01.2026;5,00;?"]
    table = read("\n".join(["Konto;Gegenkonto;Datum;Betrag EUR;Soll/Haben", *rows]))
    assert [(p.source, p.target) for p in table.payments] == [("me", "X"), ("Y", "me")]
    assert "neither debit nor credit" in whats(table)[0]


def test_strangers_without_a_name_are_not_taken_for_one_another():
    text = "Date,Counterparty,Amount\n2026-01-15,,-1.00\n2026-01-16,,-1.00\n"
    table = read(text, account="me", currency="EUR")
    assert [p.target for p in table.payments] == ["unnamed, line 2", "unnamed, line 3"]


def test_a_statement_that_does_not_say_whose_it_is_is_asked_about():
    assert (
        "whose statement" in whats(read("Date,Counterparty,Amount\n2026-01-15,X,-1.00\n", currency="EUR"))[0]
    )


def test_an_own_account_in_another_spelling_is_the_same_account():
    row = "de89 3704 0044 0532 0130 00,12 345 678,2026-01-15,-1.00,EUR"
    (payment,) = read(f"Account,Counterparty,Date,Amount,Currency\n{row}\n").payments
    assert (payment.source, payment.target) == ("DE89370400440532013000", "12345678")


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "decimal", "cents"),
    [
        ("1,234.56", ".", 123456), ("1.234,56", ",", 123456), ("1 234,56", ",", 123456),
        ("1'234.56", ".", 123456),
        ("12,34,567.89", ".", 123456789), ("−5,00", ",", -500), ("(5.00)", ".", -500), ("5,00-", ",", -500),
        ("+5", ".", 500), ("€ 5.00", ".", 500), ("5.00 EUR", ".", 500), ("EUR5.00", ".", 500),
        (".50", ".", 50),
        ("١٬٢٣٤٫٥٦", ",", 123456), ("0.500", ".", 50),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(cell, decimal, cents):
    assert figures.read_signed(cell, decimal, "EUR") == cents


@pytest.mark.parametrize(
    "cell", ["", "-", "1.2.3", "1,23", "1,2345.00", "--5", "0x10", "1e5", "²", "1.00.", ",5"]
)
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(ValueError):
        figures.read_signed(cell, ".", "EUR")


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("2026-01-15T09:30:05Z", at(2026, 1, 15, 9, 30, 5)),
        ("2026-01-15 09:30", at(2026, 1, 15, 9, 30)),
        ("2026-01-15T09:30:05.123+02:00", at(2026, 1, 15, 7, 30, 5)),
        ("15/01/2026 9:30 pm", at(2026, 1, 15, 21, 30)),
        ("15.01.26", at(2026, 1, 15)),
        ("١٥/٠١/٢٠٢٦", at(2026, 1, 15)),
    ],
)
def test_a_moment_is_read_as_people_write_it(cell, when):
    assert moments.read_moment(cell, "day first") == when


def test_a_time_without_a_zone_is_that_of_the_file():
    zone = timezone(timedelta(hours=3))
    assert moments.read_moment("2026-01-15 09:30", "iso", zone) == at(2026, 1, 15, 6, 30)


def test_a_heading_may_name_the_currency():
    assert role_of("Amount (EUR)") == ("amount", "EUR")
    assert role_of("Betrag EUR") == ("amount", "EUR")
    assert role_of("Nothing (EUR)") == ("", "")
