"""Victims' money followed through accounts that hold other money too, by the rules that courts and the field
use.

Pure: payments come in as columns, findings go out as rows and whole numbers of minor units; nothing here
opens a file. Works alone:

    transfers = make([Payment("victim", "mule", 0, 10_000), Payment("mule", "shop", 60, 4_000)])
    trace = follow(transfers, [Seed(0, "victim")], "fifo")
    trace.held, trace.flow_row, trace.flow_amount, trace.balances()

`reach` tells who could have been reached in time; `patterns` and `cycles` find the shapes that laundering
takes; `generating` invents payments with stolen money planted in them.

FIFO, LIFO, haircut and lowest intermediate balance lose and make no unit: `Balance.missing` is 0. Poison
marks.
"""

from entente.match.taint.budget import Budget, TooMuch
from entente.match.taint.cycles import cycles
from entente.match.taint.following import Seed, follow
from entente.match.taint.order import TIES
from entente.match.taint.patterns import (
    Finding,
    Sought,
    fan_in,
    fan_out,
    gather_scatter,
    pass_through,
    scatter_gather,
)
from entente.match.taint.reach import Reach, reach
from entente.match.taint.rules import RULES
from entente.match.taint.trace import SEVERAL, Balance, Trace
from entente.match.taint.transfers import Payment, Transfers, columns, make

__all__ = [
    "RULES",
    "SEVERAL",
    "TIES",
    "Balance",
    "Budget",
    "Finding",
    "Payment",
    "Reach",
    "Seed",
    "Sought",
    "TooMuch",
    "Trace",
    "Transfers",
    "columns",
    "cycles",
    "fan_in",
    "fan_out",
    "follow",
    "gather_scatter",
    "make",
    "pass_through",
    "reach",
    "scatter_gather",
]
