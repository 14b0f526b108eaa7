"""Victims' money followed through accounts that hold other money too, by the rules that courts and the field
use.

Pure: payments come in as columns, findings go out as rows and whole numbers of minor units; nothing here
opens a file. Works alone:

    transfers = make([Payment("victim", "mule", 0, 10_000), Payment("mule", "shop", 60, 4_000)])
    trace = follow(transfers, [Seed(0, "victim")], "fifo")
    trace.held, trace.flow_row, trace.flow_amount, trace.balances()

FIFO, LIFO, haircut and lowest intermediate balance lose and make no unit: `Balance.missing` is 0. Poison
marks.
"""

from entente.match.taint.following import Seed, follow
from entente.match.taint.order import TIES
from entente.match.taint.rules import RULES
from entente.match.taint.trace import SEVERAL, Balance, Trace
from entente.match.taint.transfers import Payment, Transfers, columns, make

__all__ = [
    "RULES",
    "SEVERAL",
    "TIES",
    "Balance",
    "Payment",
    "Seed",
    "Trace",
    "Transfers",
    "columns",
    "follow",
    "make",
]
