"""Plans made by hand for the room of biometrics: sets of whom U asks and has, of every handling."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any

from entente.core.access import EVERYONE, Handling, Purpose, Status
from rooms.biometric_scene import read
from worlds.others_biometrics import left, taken, values
from worlds.plans import MANY, NUMBER, Act, Plan, Rec, Values
from worlds.stand_ins import face_of

OTHERS = (
    Act("hide_sets", "XB office", to=0),
    Act("hide_sets", "XC office", to=1),
    Act("hide_faces", "XC office", to=1),
    Act("judge_sets", "XC office", to=0),
    Act("ask_sets", "XD office"),
    Act("hide_sets", "XD office", to=4),
    Act("withdraw_sets", "XB office"),
    Act("judge_sets", "XB office", to=1),
)
"""What may differ in the room of biometrics, in the order that fits three pauses."""
FLOOD = Act("flood_sets", "XD office")
AT_PAUSES = (
    (Act("sets_to_us", "XB office"),),
    (Act("sets_later", "XB office", to=0),),
    (Act("sets_for_us", "", to=0),),
    (Act("sets_later", "XB office", to=1),),
    (Act("sets_for_us", "", to=1),),
    (),
)


def in_biometrics(plan: Plan, records: Sequence[Rec], others: Sequence[Act] = OTHERS) -> Plan:
    """A plan whose others work in the room of biometrics alone; some sets stand from the first."""
    shared = tuple(chain.from_iterable(zip_longest(*AT_PAUSES, fillvalue=Act("rest", ""))))
    records = (*records[:4], *sets())
    return replace(plan, records=records, pool=(), crowd=0, shared=shared, first=tuple(others), second=())


def sets() -> tuple[Rec, ...]:
    """Sets of whom U asks and has, and marks, of every handling."""
    asked, ours = (values([read(one) for one in taken(name, 0)], title=name) for name in ("asked", "ours"))
    found = values([read(left("ours", 0), "latent")], "mark", "left")
    face = values([face_of(b"asked")], title="a face")
    us = 1 << NUMBER["XA"]
    every: tuple[tuple[str, Values, dict[str, Any]], ...] = (
        ("XC", asked, {"see": EVERYONE & ~us, "hint": us, "watch": True}),
        ("XD", asked, {"see": 0, "hint": us}),
        ("XB", ours, {"see": 0, "watch": True}),
        ("XB", asked, {"need": frozenset({"XB/file"})}),
        ("XC", asked, {"status": Status.DELETED}),
        ("XD", ours, {"status": Status.DRAFT}),
        ("XB", found, {"see": EVERYONE & ~us}),
        ("XC", found, {"purposes": Purpose.BORDER}),
        ("XD", asked, {"status": Status.SUSPENDED}),
        ("XD", face, {"see": 0}),
    )
    gone = Rec("set gone", "XD", "BiometricSet", asked, Handling(NUMBER["XD"]), 0)
    kept = [
        Rec(f"set {n}", owner, "BiometricSet", said, Handling(NUMBER[owner], **how), MANY)
        for n, (owner, said, how) in enumerate(every)
    ]
    return (*kept, gone)
