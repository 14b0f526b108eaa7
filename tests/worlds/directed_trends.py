"""Plans made by hand for the trends room: what is hidden is U's own box, far more of his goods, or a way that
he has never seen."""

import json
from dataclasses import replace
from itertools import chain, count, zip_longest

from entente.core.access import EVERYONE, Handling, Level, Purpose, Status
from rooms.figured import body, item, way
from rooms.seized import BOX
from worlds.plans import MANY, NUMBER, Act, Plan, Rec, Values

_refs = count()
ALL = EVERYONE | 1 << NUMBER["XK"]
"""Customs sees what names it."""
MONTHS = [f"{2024 + n // 12}-{1 + n % 12:02d}" for n in range(6, 24)]


def _(owner: str, kind: str, values: Values, days: int = MANY, **handling: object) -> Rec:
    made = Handling(NUMBER[owner], **{"see": ALL, **handling})  # type: ignore[arg-type]
    return Rec(f"t{next(_refs)}", owner, kind, values, made, days)


def seized(
    date: str,
    *ways: str,
    goods: str = "agro.pesticide",
    qty: float = 100.0,
    mode: str = "sea",
    held: bool = False,
    country: str = "xb",
    **more: str,
) -> Values:
    line = item(goods, qty, hs="380891", edition="2022", value="100.00", currency="EUR", held=held)
    said = body(date, country, [line], way(*(ways or ("xc", "xb")), mode=mode), **more)
    return {name: tuple(values) for name, values in said.items()}


def _same(one: int, other: int) -> Values:
    at = "2026-01-12T12:00:00+00:00"
    return {"one": (f"@{one}",), "other": (f"@{other}",), "verdict": ("same",), "at": (at,)}


def _named(seizure: int) -> Values:
    lines = ({"line": 1, "role": "arrestee", "name": "Ivo"}, {"line": 2, "role": "consignee", "name": "Ruvo"})
    return {"seizure": (f"@{seizure}",), "party": tuple(map(json.dumps, lines))}


def _checked(many: int) -> Values:
    told = {"authority": "Port", "country": "xb", "date": "2025-10", "checks": str(many)}
    return {name: (value,) for name, value in told.items()}


CARRIED = {"containerNumber": BOX, "place": "Norport"}
SEEN = (
    _("XB", "Seizure", seized("2026-01-10", qty=1200, **CARRIED)),  # 0: U's own box
    _("XA", "Seizure", seized("2026-01-10", qty=1200, **CARRIED)),  # 1
    _("XC", "Seizure", seized("2025-12-20", "xd", "xa", "xb", mode="road", concealment="cover_load")),  # 2
    _("XC", "Seizure", seized("2025-12-20", "xd", "xa", "xb", mode="road")),  # 3
    *(_("XB", "Seizure", seized(f"{month}-10", qty=90 + n)) for n, month in enumerate(MONTHS)),
    *(_("XC", "Seizure", seized(f"2025-12-{n:02d}", qty=80 + n)) for n in range(11, 17)),
    *(_("XA", "Seizure", seized(f"2025-{n:02d}-05", qty=95 + n, locode="XBNOR")) for n in range(3, 11)),
    _("XA", "Seizure", seized("2025-11-30", qty=110), see=0),
    _("XB", "Seizure", seized("2025", goods="tobacco.cigarettes", form="total")),
    *(_("XB", "Seizure", seized("2025-09-09", "xc", "xb", event="inspection_nil")) for _n in range(3)),
    _("XB", "Seizure", seized("2025-06-06", goods="tobacco.cigarettes", qty=5), days=1),  # gone tomorrow
    _("XK", "Seizure", seized("2025-12-01", "xc", "xk", country="xk")),
    _("XB", "SeizureSame", _same(2, 3)),
    _("XB", "Effort", _checked(300)),
)
HINTED = tuple(
    _(owner, "Seizure", seized("2026-01-10", qty=1200, **CARRIED), see=0, hint=EVERYONE)
    for owner in ("XC", "XD", "XC")
)
FAR = {"goods": "agro.pesticide", "qty": 9_000_000.0}
HIDDEN = (
    _("XB", "SeizureSame", _same(0, 1), see=0),  # between two that are seen
    _("XB", "SeizureParties", _named(0), see=0),
    *(_("XB", "Seizure", seized("2025-12-12", "xd", "xk", "xc", mode="air"), see=0) for _n in range(7)),
    *(_("XC", "Seizure", seized("2025-12-02", country="xa", **FAR), see=0) for _n in range(3)),
    _("XD", "Seizure", seized("2026-01-10", qty=1200, **CARRIED), see=0, watch=True),
    _("XB", "Seizure", seized("2026-01-10", qty=1200, **CARRIED), need=frozenset({"XB/file"})),
    _("XC", "Seizure", seized("2026-01-10", qty=1200, **CARRIED), purposes=Purpose.BORDER),
    _("XB", "Seizure", seized("2025-12-24", held=True, **FAR), see=0),
    _("XB", "Seizure", seized("2024", goods="tobacco.raw", form="total"), see=0),
    _("XD", "Seizure", seized("2025-05-05"), status=Status.DRAFT),
    _("XD", "Seizure", seized("2025-05-06"), days=0),
    _("XC", "Seizure", seized("2025-05-07"), status=Status.DELETED),
    *(_("XC", "Seizure", seized("2025-09-09", event="inspection_nil"), see=0) for _n in range(4)),
    *(_("XC", "Seizure", seized("2025-08-08", goods="agro.fertiliser", qty=50), see=0) for _n in range(12)),
    _("XB", "Effort", _checked(70_000), see=0),
)
UNCLEARED = (
    _(
        "XA",
        "Seizure",
        seized("2025-12-13", "xd", "xc", mode="mail", qty=5000),
        see=0,
        level=Level.RESTRICTED,
    ),
    _("XA", "Seizure", seized("2025-12-14", "xd", "xc", mode="mail"), need=frozenset({"XA/file"}), see=0),
    _("XA", "SeizureParties", _named(1), see=0, level=Level.CONFIDENTIAL),
)
POOL = (
    _("XC", "Seizure", seized("2025-12-03", "xa", "xd", mode="pipeline", goods="tobacco.raw"), see=0),
    _("XB", "Seizure", seized("2026-01-09", qty=1201, **CARRIED), see=0),
    _("XD", "Effort", _checked(1), see=0),
)
OTHERS = (
    Act("hide_seizures", "XB office", to=0),
    Act("hide_operation", "XB office", to=0),
    Act("hide_reports", "", to=0),
    Act("hide_seizures", "XC office", to=1),
    Act("hide_effort", "XB office", to=0),
    Act("hide_seizures", "XD office", to=2),
    Act("hide_reports", "", to=1),
    Act("hide_findings", "XB office"),
    Act("hide_seizures", "XB office", to=5),
    Act("hide_effort", "XC office", to=1),
    Act("hide_reports", "", to=2),
    Act("hide_seizures", "XC office", to=3),
    Act("hide_operation", "XC office", to=1),
    Act("hide_seizures", "XB office", to=4),
)
"""What may differ in the trends room, in the order that fits three pauses."""
AT_PAUSES = (
    (Act("seizures_to_us", "XB office", to=0), Act("operation_to_us", "XB office", to=0)),
    (
        Act("effort_to_us", "XB office", to=9),
        Act("judge_for_us", "XB office", to=0),
        Act("trends_for_us", ""),
    ),
    (Act("reports_to_us", ""), Act("seizures_go_on", "XB office"), Act("seizures_to_us", "XC office", to=1)),
    (Act("trends_for_us", "", to=1), Act("desk_goes_on", ""), Act("judge_for_us", "XB office", to=1)),
    (Act("desk_goes_on", ""), Act("operation_to_us", "XC office", to=1)),
    (Act("trends_for_us", "", to=2), Act("desk_goes_on", "")),
)


def in_trends(plan: Plan, *more: Rec) -> Plan:
    """A plan whose others work in the trends room alone, with partners."""
    shared = tuple(chain.from_iterable(zip_longest(*AT_PAUSES, fillvalue=Act("rest", ""))))
    return replace(
        plan,
        purposes=("analysis", *plan.purposes),
        partners=True,
        records=(*SEEN, *HINTED, *HIDDEN, *more),
        pool=POOL,
        crowd=0,
        meets=False,
        shared=shared,
        first=OTHERS,
        second=(),
    )


def small(base: Plan, officer: Plan) -> dict[str, Plan]:
    """Who asks in the trends room; `officer` is not cleared."""
    return {
        "trends": in_trends(base),
        "officer, by trends": in_trends(officer, *UNCLEARED),
        "machine, by trends": in_trends(replace(base, asker="XA machine", fates=(1, 2))),
        "discreetly, by trends": in_trends(replace(base, asker="XA supervisor", discreet=True), *UNCLEARED),
        "secretariat, by trends": in_trends(replace(base, asker="XZ office", fates=(1,))),
        "customs, by trends": in_trends(replace(base, asker="XK office", fates=(2, 0))),
        "company, by trends": in_trends(replace(base, asker="XP office", fates=(1, 0))),
    }
