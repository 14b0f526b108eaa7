"""Plans made by hand for the payments room: what is hidden is of the very payment and accounts of U's own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from worlds.plans import Act, Plan, Rec

OTHERS = (
    Act("hide_payment", "XC office", to=1),
    Act("hide_payment", "XB office", to=2),
    Act("hide_trace", "XB office", to=0),
    Act("hide_payment", "XB office", to=3),
    Act("hide_payment", "XD office", to=0),
    Act("hide_message", "XB office", to=1),
    Act("hide_payment", "XB office", to=4),
    Act("hide_payment", "XD office", to=11),
    Act("hide_trace", "XC office", to=1),
    Act("ask_payments", "XC office"),
    Act("hide_payment", "XC office", to=22),
    Act("hide_message", "XD office", to=2),
)
"""What may differ in the payments room, in the order that fits three pauses."""
AT_PAUSES = (
    (Act("payment_to_us", "XB office", to=0), Act("payments_for_us", "")),
    (Act("payments_go_on", "XB office"), Act("payment_rings", "XC office", to=1)),
    (Act("payments_for_us", ""), Act("payment_to_us", "XD office", to=2)),
    (Act("payments_go_on", "XB office"), Act("payments_go_on", "XC office")),
    (Act("payments_for_us", ""), Act("payment_rings", "XC office", to=2)),
    (Act("payments_go_on", "XB office"),),
)


def in_payments(plan: Plan, records: Sequence[Rec]) -> Plan:
    """A plan whose others work in the payments room alone."""
    shared = tuple(chain.from_iterable(zip_longest(*AT_PAUSES, fillvalue=Act("rest", ""))))
    return replace(plan, records=tuple(records), pool=(), crowd=0, shared=shared, first=OTHERS, second=())
