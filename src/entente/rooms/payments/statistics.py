"""What was intercepted: by delay, corridor and bank, counted from the events of one's own intercepts.

The rate is the one of the FBI's Recovery Asset Team: frozen by asked, in money, of what was sent. Frozen is
all that was ever held, or came back without a hold; nothing of it is kept, so that it cannot go stale.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments import assets, drafts
from entente.rooms.payments.history import postings
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.records import Strict

DELAYS: tuple[tuple[int, str], ...] = (
    (2, "0-2"),
    (6, "2-6"),
    (24, "6-24"),
    (48, "24-48"),
    (72, "48-72"),
    (10**9, "72-"),
)
"""Hours from execution to sending: below the first number, the name."""
A_PAGE = 200
MOST = 20_000


class Figure(Strict):
    """Of one group's intercepts in one asset: how many, asked, frozen, returned, the rate (0 to 1)."""

    group: str
    asset: str
    requests: int
    asked: str
    frozen: str
    returned: str
    rate: float


class Statistics(Strict):
    """`further`: there are more intercepts than were counted."""

    whole: list[Figure]
    by_delay: list[Figure]
    by_corridor: list[Figure]
    by_bank: list[Figure]
    counted: int
    further: bool


@dataclass
class _Sum:
    requests: int = 0
    asked: int = 0
    frozen: int = 0
    returned: int = 0


@dataclass
class _Table:
    sums: dict[tuple[str, str], _Sum] = field(default_factory=dict)

    def add(self, group: str, found: Intercept, frozen: int) -> None:
        one = self.sums.setdefault((group, found.asset), _Sum())
        one.requests += 1
        one.asked += found.standing.ledger.requested
        one.frozen += frozen
        one.returned += found.standing.ledger.returned

    def figures(self, order: Iterable[str] = ()) -> list[Figure]:
        places = {name: n for n, name in enumerate(order)}
        rows = sorted(self.sums.items(), key=lambda row: (places.get(row[0][0], 0), row[0]))
        return [
            Figure(
                group=group,
                asset=asset,
                requests=one.requests,
                asked=assets.write(one.asked, asset),
                frozen=assets.write(one.frozen, asset),
                returned=assets.write(one.returned, asset),
                rate=rate(one.frozen, one.asked),
            )
            for (group, asset), one in rows
        ]


def rate(frozen: int, asked: int) -> float:
    """Frozen by asked, to four digits: 328 of 443 is 0.7404 (RAT, 2021: 74 %)."""
    return round(frozen / asked, 4) if asked else 0.0


def frozen_of(found: Intercept) -> int:
    """What was ever stopped of it: the most that was held or had come back at any one time."""
    held = returned = most = 0
    for event in found.events:
        for posting in postings(event) if event.did in _MONEY else ():
            held += posting.amount * ((posting.target == "held") - (posting.source == "held"))
            returned += posting.amount * ((posting.target == "returned") - (posting.source == "returned"))
            most = max(most, held + returned)
    return most


_MONEY = frozenset({"held", "returned", "released", "expired", "corrected", "moved"})


def counted(desk: Desk) -> Statistics:
    """Of all intercepts that one's own bureau sent or was asked, those drafted alone left out."""
    tables = [_Table() for _ in range(4)]
    named, many = directory(desk), 0
    for found in _sent(desk):
        many += 1
        frozen = frozen_of(found)
        there = named[found.receiver].code if found.receiver in named else ""
        corridor = f"{named[found.requester].code} → {there}"
        bank = found.form.creditor.bic[:8] or found.form.creditor.bank or "?"
        for table, group in zip(tables, ("", delay(found), corridor, bank), strict=True):
            table.add(group, found, frozen)
    desk.note("see", what="statistics of intercepts")
    whole, by_delay, by_corridor, by_bank = tables
    return Statistics(
        whole=whole.figures(),
        by_delay=by_delay.figures(name for _, name in DELAYS),
        by_corridor=by_corridor.figures(),
        by_bank=by_bank.figures(),
        counted=many,
        further=many >= MOST,
    )


def delay(found: Intercept) -> str:
    """How long after execution it was sent: a name of DELAYS, or "?"."""
    executed, sent = drafts.moment(found.form.executed_at), drafts.moment(found.standing.delivered)
    if executed is None or sent is None:
        return "?"
    hours = (sent - executed).total_seconds() / 3600
    return next(name for below, name in DELAYS if hours < below)


def _sent(desk: Desk) -> Iterator[Intercept]:
    place, seen = 0, 0
    key = f"intercepts:{desk.asker.bureau}"
    while seen < MOST and (page := desk.table([KIND], key=key, after=place, limit=A_PAGE)):
        for _, thing in page:
            found = intercept_of(thing)
            if found.standing.delivered:
                yield found
        seen, place = seen + len(page), page[-1][0]
