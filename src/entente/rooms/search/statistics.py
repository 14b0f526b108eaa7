"""What became of a bureau's hits over a period: counted from its own hits, and as far as the reader sees."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from statistics import median_low

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.search import model

DAYS = 90
A_PAGE = 500
JUDGED = ("open", "confirmed", "denied", "withdrawn")


def statistics(desk: Desk, since: date | None = None, until: date | None = None) -> model.Statistics:
    """Hits opened from one day to another, both in; the last 90 days where none is named. Raises Faulty."""
    last = until or desk.today
    first = since or last - timedelta(days=DAYS)
    if first > last:
        raise Faulty(faults=(Fault("since", f"{first} is after {last}", "Choose an earlier day."),))
    sent, received = (
        [t for key in keys for t in _hits(desk, key, first) if first <= _moment(t, "at").date() <= last]
        for keys in (("outbox",), ("open", "inbox"))
    )
    desk.note("see", what="hit statistics")
    codes = {str(n): b.code for n, b in directory(desk).items()}
    others = sorted({t.first("owner") for t in sent} | {t.first("asker") for t in received}, key=int)
    return model.Statistics(
        since=first.isoformat(),
        until=last.isoformat(),
        sent=_tally(desk, sent),
        received=_tally(desk, received),
        bureaus=[
            model.WithBureau(
                bureau=codes.get(other, ""),
                sent=_tally(desk, [t for t in sent if t.first("owner") == other]),
                received=_tally(desk, [t for t in received if t.first("asker") == other]),
            )
            for other in others
        ],
    )


def _hits(desk: Desk, box: str, first: date) -> Iterable[Thing]:
    """The judged hits in a box of one's bureau that changed on a day or later.

    They come newest change first, and none changes before it is opened: past that day there are none.
    """
    after = 0
    while page := desk.table(["Hit"], key=f"{box}:{desk.asker.bureau}", after=after, limit=A_PAGE):
        late_enough = [t for _, t in page if t.changed.date() >= first]
        yield from (t for t in late_enough if t.first("state") in JUDGED)
        if len(late_enough) < len(page):
            return
        after = page[-1][0]


def _tally(desk: Desk, hits: Iterable[Thing]) -> model.Tally:
    found = list(hits)
    states = [t.first("state") for t in found]
    answered = [t for t in found if t.first("state") in ("confirmed", "denied")]
    took = [int((_moment(t, "answered") - _moment(t, "at")).total_seconds()) for t in answered]
    return model.Tally(
        hits=len(found),
        open=states.count("open"),
        confirmed=states.count("confirmed"),
        denied=states.count("denied"),
        withdrawn=states.count("withdrawn"),
        late=sum(_late(desk, t) for t in found),
        direct=sum(t.first("match") == "direct" for t in found),
        median_answer_s=median_low(took) if took else None,
    )


def _late(desk: Desk, hit: Thing) -> bool:
    ended = _moment(hit, "answered") if hit.first("answered") else desk.now
    return bool(hit.first("late")) or ended > _moment(hit, "due")


def _moment(hit: Thing, name: str) -> datetime:
    return datetime.fromisoformat(hit.first(name))
