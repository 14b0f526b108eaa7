"""Bank statements as tables (CSV): every row is a payment or a fault with its line, column and reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timezone

from entente.core.problems import Fault
from entente.match.money.accounts import Wrong, check_account, fold_account, lost_digits
from entente.match.money.currencies import CURRENCIES
from entente.match.statements.columns import ONCE, ROLES, complete, role_of, roles_of
from entente.match.statements.dialect import Dialect, TooMany, decoded, delimiter_of, rows_of
from entente.match.statements.figures import currency_in, decimal_sign, read_signed
from entente.match.statements.moments import Order, order_of, read_moment
from entente.match.taint.transfers import Payment

AMOUNTS = ("amount", "debit", "credit")
HEADINGS_WITHIN = 30
"""Rows in which the headings are sought: banks put an address and a period above them."""
_NUMBERED = re.compile(r"#[1-9][0-9]{0,2}")
_OUT = frozenset("d dr debit db débit soll s - out debe cargo sortie débito مدين".split())
_IN = frozenset("c cr credit crédit haben h + in haber abono entrée crédito دائن".split())
_ASK = "Say which column holds what."


@dataclass(frozen=True, slots=True)
class Table:
    """`payments`: of the rows without fault, in the order of the file; `faults`: every other row, and what
    must be asked first. `columns`: heading by role. `rows`: rows under the headings."""

    payments: tuple[Payment, ...]
    faults: tuple[Fault, ...]
    dialect: Dialect
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    headings: Sequence[str]
    rows: Sequence[tuple[int, list[str]]]
    at: Mapping[str, int]
    dialect: Dialect
    currency: str
    account: str
    zone: timezone


def read_table(
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    *,
    currency: str = "",
    account: str = "",
    decimal: str = "",
    dates: Order | None = None,
    zone: timezone = UTC,
    most: int = 0,
) -> Table:
    """Payments of a table, and every fault.

    `mapping`: role (columns.ROLES) to heading, or to "#3" for the third column; without it headings are known
    by their words. `account`: whose statement it is, where no column says it. `currency`: where neither a
    column nor a heading does. `decimal` and `dates` answer what a file leaves open; `zone` is that of times
    without one.
    What cannot be told is a fault with where "file", and then there are no payments. With `most`, TooMany is
    raised for more rows under the headings, before they are read.
    """
    try:
        text, encoding = decoded(data)
        delimiter = delimiter_of(text)
        rows = rows_of(text, delimiter, most and most + HEADINGS_WITHIN)
    except ValueError as wrong:
        if most and isinstance(wrong, TooMany):
            raise TooMany(most) from wrong
        return Table((), (Fault("file", f"The file {wrong}", "Export it again as CSV."),), Dialect())
    dialect = Dialect(encoding, delimiter)
    at, top, faults = _columns(rows, mapping)
    if faults:
        return Table((), tuple(faults), dialect)
    width = max(len(cells) for _, cells in rows)
    headings = rows[top][1] if top >= 0 else [f"#{n + 1}" for n in range(width)]
    below = rows[top + 1 :]
    if most and len(below) > most:
        raise TooMany(most)
    named = next((role_of(headings[n])[1] for role, n in at.items() if role in AMOUNTS), "")
    sheet = _Sheet(headings, below, at, dialect, currency or named, account, zone)
    dialect, faults = _told(sheet, decimal, dates)
    dialect = replace(dialect, header=rows[top][0] if top >= 0 else 0)
    columns = {role: headings[n] for role, n in at.items()}
    if faults:
        return Table((), tuple(faults), dialect, columns, len(below))
    payments, faults = _read(replace(sheet, dialect=dialect))
    return Table(tuple(payments), tuple(faults), dialect, columns, len(below))


def _columns(
    rows: Sequence[tuple[int, list[str]]], mapping: Mapping[str, str] | None
) -> tuple[dict[str, int], int, list[Fault]]:
    """Column by role, the index of the row of headings (-1 for none), and what must be asked."""
    if mapping:
        return _mapped(rows, mapping)
    for top, (line, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        roles = roles_of(cells)
        if complete(roles):
            twice = [role for role, found in roles.items() if len(found) > 1 and role in ONCE]
            what = "Two columns of line {} may be the {}"
            faults = [Fault("file", what.format(line, role), _ASK) for role in twice]
            return {role: found[0] for role, found in roles.items()}, top, faults
    what = "No row of headings tells who paid whom, when and how much"
    return {}, -1, [Fault("file", what, _ASK)]


def _mapped(
    rows: Sequence[tuple[int, list[str]]], mapping: Mapping[str, str]
) -> tuple[dict[str, int], int, list[Fault]]:
    """The same where an officer says it. A file of which all columns are numbered may have no headings."""
    known = f"A column is one of: {', '.join(ROLES)}."
    faults = [
        Fault("file", f"No column can be “{role[:40]}”", known) for role in mapping if role not in ROLES
    ]
    numbered = {role: int(said[1:]) - 1 for role, said in mapping.items() if _NUMBERED.fullmatch(said)}
    wanted = {role: heading.strip() for role, heading in mapping.items() if role not in numbered}
    top = -1
    for n, (_, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        if (set(wanted.values()) <= set(cells)) if wanted else complete(roles_of(cells)):
            top = n
            break
    width = max((len(cells) for _, cells in rows), default=0)
    at = {role: n for role, n in numbered.items() if 0 <= n < width}
    faults += [Fault("file", f"There is no column {mapping[r]}", _ASK) for r in numbered if r not in at]
    if wanted and top < 0:
        names = ", ".join(f"“{heading[:60]}”" for heading in wanted.values())
        return {}, -1, [*faults, Fault("file", f"No row holds the headings {names}", _ASK)]
    at |= {role: rows[top][1].index(heading) for role, heading in wanted.items()}
    if not faults and not complete(at):
        faults.append(Fault("file", "These columns do not tell who paid whom, when and how much", _ASK))
    return at, top, faults


def _told(sheet: _Sheet, decimal: str, dates: Order | None) -> tuple[Dialect, list[Fault]]:
    """The decimal sign and the order of dates, from the whole columns; what they leave open is asked."""
    faults: list[Fault] = []
    amounts = [
        cells[sheet.at[role]]
        for role in AMOUNTS
        if role in sheet.at
        for _, cells in sheet.rows
        if sheet.at[role] < len(cells)
    ]
    days = [cells[n] for n in (_date_column(sheet.at),) for _, cells in sheet.rows if n < len(cells)]
    try:
        sign = decimal or decimal_sign(amounts)
        if sign is None:
            what = "In every amount the sign may part thousands or decimals (1,234)"
            faults.append(Fault("file", what, "Say which sign stands before the decimals."))
    except ValueError as wrong:
        sign = None
        faults.append(Fault("file", f"The file {wrong}", "Mend it, or say which sign is meant."))
    try:
        order = dates or order_of(days)
        if order is None:
            what = "In every date the day may stand first or the month (03/04/2026)"
            faults.append(Fault("file", what, "Say which stands first."))
    except ValueError as wrong:
        order = None
        faults.append(Fault("file", f"The file {wrong}", "Mend it, or say which stands first."))
    if not ({"source", "target"} <= sheet.at.keys() or "account" in sheet.at or sheet.account):
        faults.append(Fault("file", "No column says whose statement this is", "Give the account."))
    if sheet.currency and sheet.currency not in CURRENCIES:
        faults.append(Fault("file", f"“{sheet.currency[:10]}” is no currency of ISO 4217", "Give its code."))
    return replace(sheet.dialect, decimal=sign or ".", dates=order or "iso"), faults


def _date_column(at: Mapping[str, int]) -> int:
    return at["date"] if "date" in at else at["value date"]


def _read(sheet: _Sheet) -> tuple[list[Payment], list[Fault]]:
    payments: list[Payment] = []
    faults: list[Fault] = []
    seen: dict[str, str | Wrong] = {}
    for line, cells in sheet.rows:
        row = _Row(sheet, line, cells, faults, seen)
        if payment := row.payment():
            payments.append(payment)
    return payments, faults


@dataclass(slots=True)
class _Row:
    """One row being read; what is wrong goes to the faults of the file."""

    sheet: _Sheet
    line: int
    cells: list[str]
    faults: list[Fault]
    seen: dict[str, str | Wrong]
    right: bool = True

    def cell(self, role: str) -> str:
        at = self.sheet.at.get(role, -1)
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def wrong(self, role: str, what: str) -> None:
        at = self.sheet.at.get(role)
        heading = f", column “{self.sheet.headings[at]}”" if at is not None else ""
        self.faults.append(Fault(f"line {self.line}{heading}", what))
        self.right = False

    def payment(self) -> Payment | None:
        if len(self.cells) > len(self.sheet.headings):
            self.wrong("", f"The row has {len(self.cells)} cells under {len(self.sheet.headings)} headings")
            return None
        currency = self.currency()
        signed, role = self.amount(currency)
        at = self.moment()
        if {"source", "target"} <= self.sheet.at.keys():
            source, target = self.account("source"), self.account("target")
            if self.right and signed <= 0:
                self.wrong(role, f"“{self.cell(role)[:60]}” is not above nought")
        else:
            own = (
                self.account("account") if self.cell("account") else self.named(self.sheet.account, "account")
            )
            other = self.other(signed)
            if self.right and not signed:
                self.wrong(role, "The amount is nought")
            source, target = (own, other) if signed < 0 else (other, own)
        if not self.right:
            return None
        return Payment(source, target, at, abs(signed), currency, self.cell("reference"), self.line)

    def currency(self) -> str:
        """Of the row's own column, else of the amount's cell, else of the heading or of the whole file."""
        code = self.cell("currency").upper()
        if not code:
            code = currency_in(self.cell("amount")) or self.sheet.currency
        if not code:
            self.wrong("currency", "No currency is told")
        elif code not in CURRENCIES:
            self.wrong("currency", f"“{code[:10]}” is no currency of ISO 4217")
        return code

    def amount(self, currency: str) -> tuple[int, str]:
        """Minor units, below nought for what went out, and the column they come from."""
        debit, credit = self.cell("debit"), self.cell("credit")
        if "amount" in self.sheet.at and not (debit or credit):
            signed = self.figure("amount", currency)
            return self.directed(signed), "amount"
        role = "debit" if debit else "credit"
        if debit and credit:
            pair = self.figure("debit", currency), self.figure("credit", currency)
            if all(pair):
                self.wrong("debit", "Both a debit and a credit stand in the row")
            role = "debit" if pair[0] else "credit"
        value = self.figure(role, currency)
        return (-abs(value) if role == "debit" else value), role

    def directed(self, signed: int) -> int:
        said = self.cell("direction").casefold()
        if not said:
            return signed
        if said in _OUT or said in _IN:
            return -abs(signed) if said in _OUT else abs(signed)
        self.wrong("direction", f"“{said[:20]}” says neither debit nor credit")
        return signed

    def figure(self, role: str, currency: str) -> int:
        text = self.cell(role)
        if not text:
            self.wrong(role, "The amount is missing")
        elif currency in CURRENCIES:
            try:
                return read_signed(text, self.sheet.dialect.decimal, currency)
            except ValueError as wrong:
                self.wrong(role, f"“{text[:60]}” {wrong}")
        return 0

    def moment(self) -> int:
        role = "date" if self.cell("date") or "value date" not in self.sheet.at else "value date"
        text = self.cell(role)
        try:
            return read_moment(text, self.sheet.dialect.dates, self.sheet.zone)
        except ValueError as wrong:
            self.wrong(role, f"“{text[:60]}” {wrong}" if text else "The date is missing")
            return 0

    def other(self, signed: int) -> str:
        """The other end: its account, else its name; where neither is told, an account of this row alone, so
        that strangers are not taken for one another."""
        outside = "target" if signed < 0 else "source"
        for role in ("counterparty", outside, "source", "target", "name"):
            if self.cell(role):
                return self.account(role)
        return f"unnamed, line {self.line}"

    def account(self, role: str) -> str:
        return self.named(self.cell(role), role)

    def named(self, text: str, role: str) -> str:
        """An account as it is known to the trace: a checked IBAN, or a text with single spaces."""
        known = self.seen.get(text)
        if known is None:
            known = self.seen[text] = _account(text)
        if isinstance(known, Wrong):
            self.wrong(role, f"“{text[:60]}” {known.reason}" if text else "The account is missing")
            return ""
        return known


def _account(text: str) -> str | Wrong:
    number = fold_account(text)
    try:
        if lost_digits(text) or not number:
            check_account(text)
        if _IBAN_LIKE.fullmatch(number):
            return check_account(text).text
    except Wrong as wrong:
        return wrong
    return number if number.isdecimal() else " ".join(text.split())


_IBAN_LIKE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
