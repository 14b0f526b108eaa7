"""Messages between banks, and from authorities to banks: ISO 20022 and SWIFT FIN, read and written. Pure.

`read` takes whatever came, as bytes. A message is taken whole or not at all, and every fault is told at once.
Each message that is written has a module of its own. Works alone:

    from datetime import UTC, date, datetime

    now = datetime(2026, 11, 29, 9, tzinfo=UTC)
    data = camt056.write(
        Recall(
            "REQ-1", "REQ-1", Agent("XABKXA2L"), Agent("XBBKXB2L"), now, "FRAD",
            Original("M1", "pacs.008.001.08", "I1"),
            amount=41_250_00, currency="EUR", settled=date(2026, 11, 28),
        )
    )
    kind_of(data)
    (recall,) = read(data, now)
    try:
        read(b":20:REF1 :23B:CRED")
    except Unfit as unfit:
        [(fault.where, fault.what, fault.do) for fault in unfit.faults]

`write` stands in `auth` (an authority's inquiry), `camt056` (recall), `camt029` (answer) and `pacs004`
(return); `pacs002.ask` asks how a payment stands; `mt_reading.write_mt192` and `write_mt199` write FIN.
"""

from entente.match.banking import auth, camt029, camt056, codes, mt_reading, pacs002, pacs004
from entente.match.banking.auth import Inquiry, Response
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.grammar import Unfit
from entente.match.banking.pacs002 import Standing
from entente.match.banking.pacs004 import Returned
from entente.match.banking.payments import Agent, End, Original, Payment
from entente.match.banking.reading import KINDS, Said, kind_of, looks_like, read

__all__ = [
    "KINDS",
    "Agent",
    "Answer",
    "End",
    "Inquiry",
    "Original",
    "Payment",
    "Recall",
    "Response",
    "Returned",
    "Said",
    "Standing",
    "Unfit",
    "auth",
    "camt029",
    "camt056",
    "codes",
    "kind_of",
    "looks_like",
    "mt_reading",
    "pacs002",
    "pacs004",
    "read",
]
