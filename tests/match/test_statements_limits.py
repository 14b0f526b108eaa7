"""Tables that hold too much are refused before much is done: rows, empty lines, long cells."""

from datetime import UTC, datetime

import pytest

from entente.match.statements import columns, dialect, figures, moments, tables
from entente.match.statements.columns import role_of
from entente.match.statements.tables import read_table

PLAIN = "from,to,date,amount,currency,reference\nA,B,2026-01-15,1123.00,EUR,r1\nB,C,2026-01-16,20.50,EUR,r2\n"


def read(text: str, **told):
    return read_table(text.encode(), **told)


def test_a_table_of_more_rows_than_are_taken_is_refused_before_its_rows_are_read(monkeypatch):
    assert len(read(PLAIN, most=2).payments) == 2
    monkeypatch.setattr(tables, "_read", None)
    for text in (PLAIN, "Bank of Ada\n" * 3 + PLAIN, PLAIN + "A,B,2026-01-15,1.00,EUR,r\n" * 500):
        with pytest.raises(dialect.TooMany, match="more than 1 rows"):
            read(text, most=1)


def test_empty_lines_are_counted_too(monkeypatch):
    monkeypatch.setattr(dialect, "MOST_ROWS", 5)
    assert len(read(PLAIN + "\n" * 5).payments) == 2
    assert "more than 5 empty lines" in read(PLAIN + "\n" * 7).faults[0].what


class Recorded:
    """A pattern that notes how long the texts are on which it is tried."""

    def __init__(self, pattern) -> None:
        self.pattern, self.longest = pattern, 0

    def __getattr__(self, name: str):
        def tried(*given):
            self.longest = max(self.longest, len(given[-1]))
            return getattr(self.pattern, name)(*given)

        return tried


@pytest.mark.parametrize(
    "cell",
    ["1" + " " * 3_900 + "1", "1" * 3_900 + "e", "9" * 3_900, "1 " * 1_900, "(" * 3_900, "EUR" * 1_300],
)
def test_patterns_are_tried_on_short_texts_alone_whatever_a_cell_holds(cell, monkeypatch):
    tried = []
    for module, name in (
        (figures, "_AROUND"), (figures, "_EXPONENT"), (moments, "_TIME"), (columns, "_BRACKETS"),
    ):  # fmt: skip
        tried.append(Recorded(getattr(module, name)))
        monkeypatch.setattr(module, name, tried[-1])
    role_of(f"Amount {cell}")
    row = f"A,B,2026-01-15 10:00{cell},{cell},EUR,r\n"
    table = read(PLAIN + row, decimal=".")
    assert len(table.payments) == 2 and table.faults
    assert 0 < max(one.longest for one in tried) <= columns.MOST_SIGNS


def test_a_longer_text_than_an_amount_or_a_date_is_neither():
    with pytest.raises(ValueError, match="more than 64"):
        figures.read_signed("0" * 64 + "1", ".", "EUR")
    assert figures.read_signed("0" * 63 + "1", ".", "EUR") == 100
    assert figures.read_signed("EUR" + " " * 500 + "1 000.00", ".", "EUR") == 100_000
    with pytest.raises(ValueError, match="no date"):
        moments.read_moment("2026-01-15" + "," * 60, "iso")
    spaced = moments.read_moment("2026-01-15" + " " * 500 + "10:00" + " " * 500 + "PM", "iso")
    assert spaced == datetime(2026, 1, 15, 22, tzinfo=UTC).timestamp()
    assert role_of("Amount" + " " * 100 + "( EUR )") == ("amount", "EUR") and role_of("(" * 999) == ("", "")
