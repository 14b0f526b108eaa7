"""Account statements in ISO 20022 (camt.053, versions 001.02 to 001.13): entries as payments.

An entry's own side is the statement's account, by credit or debit; the other side stands in the details of
its transactions. Only entries that are booked move money; reversed ones (RvslInd) come already with the
credit or debit that they have now.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from lxml import etree

from entente.core.problems import Fault
from entente.match.banking.documents import message, parse
from entente.match.banking.grammar import Unfit
from entente.match.money.accounts import Wrong, check_account, fold_account
from entente.match.money.amounts import read_amount
from entente.match.statements.dialect import TooMany
from entente.match.statements.moments import read_moment
from entente.match.taint.transfers import Payment

FIRST, LAST = 2, 13
"""Versions of camt.053.001 that are read: the fields used here stand in all of them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`account`: whose it is. Payments in the order of the entries; `line`: that of the entry in the file."""

    account: str
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """Of one message, which may hold several; entries that could not be read are faults with their line."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def payments(self) -> tuple[Payment, ...]:
        return tuple(payment for one in self.statements for payment in one.payments)


def read_statements(data: bytes, most: int = 1_000_000) -> Statements:
    """Statements of one message. What is no camt.053, or no safe XML, is a fault and nothing is read.

    Raises TooMany for more than `most` payments.
    """
    try:
        root = parse(data)
    except Unfit as wrong:
        return Statements((), tuple(wrong.faults))
    name, document = message(root)
    parts = name.split(".")
    if parts[:3] != ["camt", "053", "001"] or not FIRST <= int(parts[3]) <= LAST:
        what = f"is {name or 'no message of ISO 20022'}, not a statement of an account (camt.053)"
        return Statements((), (Fault("file", f"The file {what}", "Export it as camt.053."),))
    at = _Reader(etree.QName(document).namespace or "")
    found: list[Statement] = []
    faults: list[Fault] = []
    many = 0
    for one in at.all(document, "BkToCstmrStmt/Stmt"):
        try:
            own = at.account(one, "Acct/Id")
        except ValueError as wrong:
            faults.append(Fault(f"line {one.sourceline}", f"The account of the statement {wrong}"))
            continue
        if not own:
            faults.append(Fault(f"line {one.sourceline}", "The statement does not say whose it is"))
            continue
        payments: list[Payment] = []
        for entry in at.all(one, "Ntry"):
            try:
                payments += list(at.entry(entry, own))
            except ValueError as wrong:
                faults.append(Fault(f"line {entry.sourceline}", f"The entry {wrong}"))
            if many + len(payments) > most:
                raise TooMany(most, "payments")
        many += len(payments)
        found.append(Statement(own, tuple(payments)))
    return Statements(tuple(found), tuple(faults))


def doubled(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """Payments that two statements tell alike, by the lines of their entries, the later ones' second.

    Where a file holds the statements of both banks, each payment between their accounts stands in it twice:
    with the same ends, amount, day and reference. They may be two payments all the same.
    """
    seen: dict[tuple[str, str, int, str, int, str], deque[tuple[int, int]]] = {}
    pairs = []
    for number, statement in enumerate(statements):
        for one in statement.payments:
            key = (one.source, one.target, one.amount, one.asset, one.at // 86_400, one.ref)
            before = seen.setdefault(key, deque())
            if before and before[0][0] != number:
                pairs.append((before.popleft()[1], one.line))
            else:
                before.append((number, one.line))
    return pairs


class _Reader:
    """Reads places of one version's name space."""

    def __init__(self, space: str) -> None:
        self.names: Mapping[str, str] = {"c": space}

    def all(self, node: etree._Element, path: str) -> list[etree._Element]:
        spelled = "/".join(f"c:{step}" for step in path.split("/"))
        return list(node.iterfind(spelled, self.names))

    def text(self, node: etree._Element, *paths: str) -> str:
        """Of the first of these places that has one."""
        for path in paths:
            for found in self.all(node, path):
                if said := (found.text or "").strip():
                    return said
        return ""

    def account(self, node: etree._Element, path: str) -> str:
        """An account: a checked IBAN, or another number as it stands. Raises ValueError."""
        if iban := self.text(node, f"{path}/IBAN"):
            try:
                return check_account(iban).text
            except Wrong as wrong:
                raise ValueError(f"has the IBAN “{iban[:40]}”, which {wrong.reason}") from wrong
        return fold_account(self.text(node, f"{path}/Othr/Id"))

    def entry(self, entry: etree._Element, own: str) -> Iterator[Payment]:
        """Payments of an entry: one, or one of each transaction in it."""
        status = self.text(entry, "Sts/Cd", "Sts")
        if status and status != "BOOK":
            return
        total, currency = self.amount(entry)
        at = self.moment(entry)
        details = self.all(entry, "NtryDtls/TxDtls")
        parts = [self.part(one, currency) for one in details]
        if len(details) > 1 and all(part is not None for part in parts):
            if sum(part or 0 for part in parts) != total:
                raise ValueError("has transactions that sum to another amount")
            rows = [(one, part or 0) for one, part in zip(details, parts, strict=True)]
        else:
            rows = [(details[0] if len(details) == 1 else None, total)]
        for one, minor in rows:
            out = self.direction(entry if one is None else one, entry)
            other = "" if one is None else self.other(one, out)
            other = other or f"unnamed, line {entry.sourceline}"
            ref = (
                ""
                if one is None
                else self.text(one, "Refs/EndToEndId", "Refs/UETR", "Refs/TxId", "Refs/AcctSvcrRef")
            )
            ref = ref if ref and ref != "NOTPROVIDED" else self.text(entry, "AcctSvcrRef", "NtryRef")
            source, target = (own, other) if out else (other, own)
            yield Payment(source, target, at, minor, currency, ref, entry.sourceline or 0)

    def amount(self, entry: etree._Element) -> tuple[int, str]:
        places = self.all(entry, "Amt")
        if len(places) != 1:
            raise ValueError("has no amount")
        currency = places[0].get("Ccy", "")
        text = (places[0].text or "").strip()
        try:
            return read_amount(text, currency), currency
        except ValueError as wrong:
            raise ValueError(f"has the amount “{text[:40]}”, which {wrong}") from wrong

    def part(self, one: etree._Element, currency: str) -> int | None:
        """The amount of a transaction in the account's currency, in minor units; None where untold."""
        for path in ("Amt", "AmtDtls/TxAmt/Amt"):
            for place in self.all(one, path):
                if place.get("Ccy") == currency:
                    return read_amount(place.text or "", currency)
        return None

    def direction(self, one: etree._Element, entry: etree._Element) -> bool:
        """Whether money went out."""
        said = self.text(one, "CdtDbtInd") or self.text(entry, "CdtDbtInd")
        if said not in ("CRDT", "DBIT"):
            raise ValueError("says neither CRDT nor DBIT")
        return said == "DBIT"

    def moment(self, entry: etree._Element) -> int:
        """Seconds since 1970: booking, else value date. Dates without a time are midnight UTC."""
        text = self.text(entry, "BookgDt/DtTm", "BookgDt/Dt", "ValDt/DtTm", "ValDt/Dt")
        if not text:
            raise ValueError("has no booking date and no value date")
        try:
            return read_moment(text, "iso", UTC)
        except ValueError as wrong:
            raise ValueError(f"has the date “{text[:40]}”, which {wrong}") from wrong

    def other(self, one: etree._Element, out: bool) -> str:
        """The other side: its account, else its name (which since version 8 stands in Pty)."""
        role = "Cdtr" if out else "Dbtr"
        found = self.account(one, f"RltdPties/{role}Acct/Id")
        return found or " ".join(self.text(one, f"RltdPties/{role}/Nm", f"RltdPties/{role}/Pty/Nm").split())
