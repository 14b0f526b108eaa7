"""What is answered to a transaction of INT-I: a result (SRE) or an error (ERR)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from entente.core.problems import Fault
from entente.rooms.biometrics.codes import CODES, code_of
from entente.rooms.biometrics.inti_model import Descriptive, Error, Header, Party, Respondent
from entente.rooms.biometrics.inti_records import Transaction

MOST_ERRORS = 20
_NOT_IN_SCHEMA = {"118": "117"}
"""Codes that stand in INT-I's tables and not in its schema, and what is told for them."""


def header(asked: Header, us: Party, tcn: str, now: datetime, tot: str) -> Header:
    """The header of an answer: from us to who asked, with his control number as its reference."""
    return Header(
        date=now.date().isoformat(),
        to=asked.origin,
        origin=us,
        utc=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        tcn=tcn,
        tcr=asked.tcn,
        priority=asked.priority,
        tot=tot,
    )


def result(
    asked: Transaction, us: Party, tcn: str, now: datetime, found: Sequence[Descriptive], verified: bool
) -> list[Transaction]:
    """The results of a search, one transaction for each candidate, best first; one with N for none.

    `now` in UTC. `found`: what may be told of each candidate's record. `verified`: an examiner compared the
    prints. `tcn` belongs to the first; the caller numbers the others (`inti_checks.tcn`).
    """
    head = header(asked.header, us, tcn, now, "SRE")
    category, flag = asked.header.tot, "true" if verified else "false"
    if not found:
        none = Respondent(rank="1", verified=flag, total="0", category=category, result="N")
        return [Transaction(head, Descriptive(respondent=none))]
    total = str(len(found))
    return [
        Transaction(
            head,
            replace(one, respondent=Respondent(str(rank), flag, total, category, "I")),
        )
        for rank, one in enumerate(found, start=1)
    ]


def error(asked: Header, us: Party, tcn: str, now: datetime, faults: Sequence[Fault]) -> Transaction:
    """An ERR transaction that tells these faults by their codes, in the standard's own words. `now` in UTC.

    The field's mnemonic is the last part of where a fault is, as far as that is one.
    """
    errors = []
    for one in faults[:MOST_ERRORS]:
        code = code_of(one)
        told = _NOT_IN_SCHEMA.get(code, code)
        last = one.where.rpartition("/")[2]
        errors.append(Error(told, last if last.isupper() else "", CODES[told].title))
    return Transaction(header(asked, us, tcn, now, "ERR"), Descriptive(errors=tuple(errors)))
