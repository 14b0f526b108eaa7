"""What invented banks write about the intercepts of tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from entente.match.banking import camt029, camt056, pacs004
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.pacs004 import Returned
from entente.match.banking.payments import Agent, End, Original
from rooms.intercepted import UETR, XA_IBAN, XB_IBAN

PAYER, PAYEE = Agent("ENTAXAAA"), Agent("ENTBXBBB")
WROTE = datetime(2026, 1, 15, 11, tzinfo=UTC)
OTHER_UETR = "eb6305c9-1f7f-49de-aed0-16487c27b42d"
NAMED = Original(uetr=UETR)


def answered(case: str = "", **said: Any) -> bytes:
    """A camt.029 of the payee's bank about one payment."""
    whole: dict[str, Any] = {
        "assignment": "ANS-1",
        "case": case,
        "assigner": PAYEE,
        "assignee": PAYER,
        "created": WROTE,
        "confirmation": "CNCL",
        "original": NAMED,
    }
    return camt029.write(Answer(**{**whole, **said}))


def returned(**said: Any) -> bytes:
    """A pacs.004 of the payee's bank."""
    whole: dict[str, Any] = {
        "message": "RTR-MSG-1",
        "created": WROTE,
        "id": "RTR-1",
        "original": NAMED,
        "amount": (4125000, "EUR"),
        "original_amount": (4125000, "EUR"),
        "reasons": ("FOCR",),
        "sender": PAYEE,
        "receiver": PAYER,
    }
    return pacs004.write(Returned(**{**whole, **said}))


def recalls(number: int = 1, **said: Any) -> bytes:
    """A camt.056 of so many payments, each of its own end-to-end id and amount."""
    one = Recall(
        assignment="RCL-7",
        case="RCL-7",
        assigner=PAYER,
        assignee=PAYEE,
        created=WROTE,
        reason="FRAD",
        original=Original(message="PAY-7", kind="pacs.008.001.08"),
        amount=100000,
        currency="EUR",
        settled=date(2026, 1, 14),
        debtor=End("Norport Shipping Ltd", "XA", XA_IBAN, agent=PAYER),
        creditor=End("Ruvo Trade", "XB", XB_IBAN, agent=PAYEE),
        information=("Invoice changed on its way",),
    )
    several = [
        replace(one, amount=100000 + n, original=replace(one.original, end_to_end=f"E2E-{n}"), **said)
        for n in range(number)
    ]
    return camt056.write(*several)


MT103 = f"""{{1:F01ENTAXAAAAXXX0000000000}}{{2:I103ENTBXBBBXXXXN}}{{3:{{121:{UETR}}}}}{{4:
:20:PAY0113
:23B:CRED
:32A:260115EUR41250,00
:50K:/{XA_IBAN}
Norport Shipping Ltd
:57A:ENTBXBBB
:59:/{XB_IBAN}
Ruvo Trade
:70:/ROC/INV-2026-0113/INVOICE 113
:71A:SHA
-}}
"""


def mt196(related: str, *lines: str) -> bytes:
    """A FIN answer: lines of field 76, such as /CNCL/."""
    told = "\n".join(lines)
    return (
        f"{{1:F01ENTBXBBBAXXX0000000000}}{{2:I196ENTAXAAAXXXXN}}{{4:\n:20:ANS1\n:21:{related}\n:76:{told}\n-}}\n"
    ).encode()
