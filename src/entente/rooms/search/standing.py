"""Standing queries: a search that an officer keeps for a while; what is new or changed and meets it rings.

Here they are kept, renewed and ended; how they ring stands in ringing.py. A query is the bureau's: whoever
may keep one reads it (a discreet one: supervisors alone), what it finds is decided for the officer who keeps
it, at every ringing anew.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from entente.core.access import MOST_BUREAUS, POLICE_PURPOSES, Asker, Purpose, Role, may
from entente.core.problems import Absent, Fault, Faulty, NoPurpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.records import queries_of
from entente.rooms.bureaus import asker_now, directory, own
from entente.rooms.search import model
from entente.rooms.search.service import contact, question_of

DAYS, MOST_DAYS = 90, 365
MOST, MOST_DISCREET = 500, 100
"""Queries that stand for one bureau. Discreet ones count apart: only supervisors know how many there are."""
ALL_BUREAUS = MOST_BUREAUS * (MOST + MOST_DISCREET)
COUNTED = 5000
"""Alerts, the newest, among which a list counts how often each query rang."""
KEPT = timedelta(days=90)
"""How long an ended query is still listed: as long as the alerts that it rang."""
QUERIES = "standing/queries"
"""Note: changes whenever a query is made, renewed or ended."""
WALKED = "standing/walked"
"""Note: the place up to which the change feed was held against standing queries."""
STANDS = "stands:"
"""Key: with the last day, on every query that was not ended."""
FILTERS = ("kind", "born", "nationality", "sex")


def keep(desk: Desk, asked: model.Keep) -> model.Standing:
    """Keep a search, for the officer and the inquiry of this sitting. Raises Faulty with every fault."""
    if not desk.asker.purpose & POLICE_PURPOSES:
        raise NoPurpose("A standing query needs a police purpose.")
    faults: list[Fault] = []
    try:
        question = question_of(desk, asked)
        if not (question.numbers or queries_of(question)):
            faults.append(Fault("text", "It names nobody and nothing", "Ask for a name or a number."))
    except Faulty as problem:
        faults += problem.faults
    until = asked.until or desk.today + timedelta(days=DAYS)
    faults += _ending(desk, until)
    faults += _room_for(desk, desk.asker.discreet)
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {
        "text": asked.text,
        **{name: value for name in FILTERS if (value := getattr(asked, name).strip())},
        "purpose": (desk.asker.purpose.name or "").lower(),
        "justification": desk.asker.justification,
        "officer": desk.asker.officer,
        "discreet": "yes" if desk.asker.discreet else "no",
        "at": desk.now.isoformat(timespec="seconds"),
        "since": str(_from_here(desk)),
        "until": until.isoformat(),
        "state": "stands",
    }
    handling = own(desk.asker.bureau)
    keys = _keys(desk, until, desk.asker.discreet)
    kept = desk.keep("StandingQuery", body, handling, expires=until + KEPT, keys=keys)
    desk.remember(QUERIES, str(desk.newest()))
    desk.note("stand", object=kept.id, what="standing query made")
    return shown(desk, kept)


def renew(desk: Desk, id: str, until: date) -> model.Standing:
    """Let a query go on, or stand again, until another day. Raises Absent, Faulty."""
    query = _query(desk, id)
    faults = [*_ending(desk, until)]
    if not _stands(desk, query):
        faults += _room_for(desk, is_discreet(query))
    if faults:
        raise Faulty(faults=tuple(faults))
    # One that had ended starts anew: what came while it did not stand is not told.
    since = {} if _stands(desk, query) else {"since": (str(_from_here(desk)),)}
    body = {**query.body, "until": (until.isoformat(),), "state": ("stands",), **since}
    keys = _keys(desk, until, is_discreet(query))
    kept = desk.change(query, body=body, expires=until + KEPT, keys=keys)
    desk.remember(QUERIES, str(desk.newest()))
    desk.note("stand", object=id, what="standing query renewed")
    return shown(desk, kept)


def end(desk: Desk, id: str) -> None:
    """End a query now; it stays listed as long as what it rang. Raises Absent."""
    query = _query(desk, id)
    if query.first("state") != "ended":
        body = {**query.body, "state": ("ended",)}
        keys = (_box(desk, is_discreet(query)),)
        desk.change(query, body=body, expires=desk.today + KEPT, keys=keys)
        through = desk.as_house()
        for _, subject in through.inspect_all([f"asked-in:{id}"]):
            through.erase(subject.id)
        desk.remember(QUERIES, str(desk.newest()))
    desk.note("stand", object=id, what="standing query ended")


def queries(desk: Desk) -> list[model.Standing]:
    """Those of one's bureau that one reads: those that stand by their last day, then the ended."""
    desk.note("see", what="standing queries")
    of_bureau = _of_bureau(desk)
    rang = _counted(desk) if of_bureau else Counter[str]()
    found = [_shown(desk, t, rang[t.id]) for t in of_bureau]
    return sorted(found, key=lambda q: (q.state == "ended", q.until, q.id))


def one(desk: Desk, id: str) -> model.Standing:
    """A query of one's bureau. Raises Absent."""
    query = _query(desk, id)
    desk.note("see", object=id)
    return shown(desk, query)


def rung(desk: Desk, id: str) -> list[model.Rung]:
    """What a query rang for, newest first: of each record what the reader may see now.

    It is a search like any other, for the query's own reason. Raises Absent, NotAllowed.
    """
    query = _query(desk, id)
    told = _alerts(desk, id)
    reading = desk.seated_as(for_inquiry(desk.asker, query))
    reading.allow("search")
    records = reading.look_all([t.first("second") for t in told])
    reading.note("see", object=id, what="standing query", shown=sorted(records))
    bureaus = directory(desk)
    found = []
    for alert in told:
        record = records.get(alert.first("second"))
        owner = bureaus.get(int(alert.first("other", "0")))
        found.append(
            model.Rung(
                alert=alert.id,
                at=alert.first("at"),
                search=alert.first("search"),
                record=record.id if record else "",
                caption=desk.house.model.caption(record.kind, record.body) if record else "",
                kind=record.kind if record else "",
                contact=contact(owner, alert.first("token")) if owner else None,
            )
        )
    return found


def for_inquiry(asker: Asker, kept: Thing) -> Asker:
    """An officer for the inquiry that a standing query or a hit was made in."""
    purpose = Purpose[kept.first("purpose").upper()]
    return replace(asker, purpose=purpose, justification=kept.first("justification"))


def keeper(desk: Desk, query: Thing) -> Asker | None:
    """Who keeps a query, as he is now; None where he may not keep or search any more, and the query rests.

    The house's to ask, or one's own bureau's of its officers.
    """
    now = asker_now(
        desk,
        query.first("officer"),
        Purpose[query.first("purpose").upper()],
        query.first("justification"),
    )
    discreet = is_discreet(query)
    allowed = may(now, "search") and may(now, "stand") and now.bureau == query.handling.owner
    if not allowed or (discreet and Role.SUPERVISOR not in now.roles):
        return None
    return replace(now, discreet=discreet)


def all_standing(desk: Desk) -> list[Thing]:
    """Every query that stands today, of every bureau. The house's to ask."""
    found = [t for _, t in desk.inspect_agenda(STANDS, "\x7f", limit=ALL_BUREAUS)]
    return [t for t in found if _stands(desk, t)]


def is_discreet(query: Thing) -> bool:
    """Whether a query was kept as one that tells no owner."""
    return query.first("discreet") == "yes"


def reads(asker: Asker, query: Thing) -> bool:
    """Whether an officer may know of a query of his bureau: of a discreet one supervisors alone."""
    return Role.SUPERVISOR in asker.roles or not is_discreet(query)


def asked_in(query: Thing) -> model.Asked:
    """The question as it was put."""
    return model.Asked.model_validate({name: query.first(name) for name in ("text", *FILTERS)})


def shown(desk: Desk, query: Thing) -> model.Standing:
    return _shown(desk, query, len(_alerts(desk, query.id)))


def _shown(desk: Desk, query: Thing, rang: int) -> model.Standing:
    officer = desk.as_house().inspect(query.first("officer"))
    state = "ended" if not _stands(desk, query) else "stands" if keeper(desk, query) else "rests"
    return model.Standing(
        id=query.id,
        state=state,  # type: ignore[arg-type]
        text=query.first("text"),
        **{name: query.first(name) for name in FILTERS},
        purpose=query.first("purpose"),
        justification=query.first("justification"),
        officer=officer.first("name") if officer else "",
        discreet=is_discreet(query),
        at=query.first("at"),
        until=query.first("until"),
        rang=rang,
    )


def _query(desk: Desk, id: str) -> Thing:
    query = desk.look(id)
    if query.kind != "StandingQuery" or not reads(desk.asker, query):
        raise Absent()
    return query


def _stands(desk: Desk, query: Thing) -> bool:
    return query.first("state") == "stands" and date.fromisoformat(query.first("until")) >= desk.today


def _of_bureau(desk: Desk) -> list[Thing]:
    boxes = {_box(desk, discreet) for discreet in (False, True)}
    found = [t for box in sorted(boxes) for _, t in desk.table(["StandingQuery"], key=box, limit=4 * MOST)]
    return [t for t in found if reads(desk.asker, t)]


def _room_for(desk: Desk, discreet: bool) -> list[Fault]:
    """The fault where as many of a bureau's queries stand as may, of open or of discreet ones."""
    most = MOST_DISCREET if discreet else MOST
    every = all_standing(desk.as_house())
    alike = [t for t in every if t.handling.owner == desk.asker.bureau and is_discreet(t) == discreet]
    if len(alike) < most:
        return []
    sort = "discreet standing queries" if discreet else "standing queries"
    return [Fault("", f"{most} {sort} stand for your bureau", "End one first.")]


def _alerts(desk: Desk, query: str) -> list[Thing]:
    about = [t for _, t in desk.table(["Alert"], key=f"about:{query}", limit=1000)]
    return [t for t in about if t.first("object") == query]


def _counted(desk: Desk) -> Counter[str]:
    """How often each query of one's bureau rang, of the newest alerts."""
    sorts = ("standing", "standing-contact")
    boxes = [f"alerts:{sort}:{desk.asker.bureau}" for sort in sorts]
    return Counter(t.first("object") for b in boxes for _, t in desk.table(["Alert"], key=b, limit=COUNTED))


def _ending(desk: Desk, until: date) -> Iterable[Fault]:
    latest = desk.today + timedelta(days=MOST_DAYS)
    if desk.today <= until <= latest:
        return ()
    return (Fault("until", f"{until} is not between today and {latest}", "Choose a date between."),)


def _from_here(desk: Desk) -> int:
    """The place from which on a query rings. Where none stood, nothing before is walked for it either."""
    here = desk.newest()
    if not all_standing(desk.as_house()):
        desk.remember(WALKED, str(here))
    return here


def _box(desk: Desk, discreet: bool) -> str:
    """The key of a list: discreet queries have one of their own, so that they move no place in the other."""
    return f"standing{'-discreet' if discreet else ''}:{desk.asker.bureau}"


def _keys(desk: Desk, until: date, discreet: bool) -> tuple[str, ...]:
    return (_box(desk, discreet), f"{STANDS}{until.isoformat()}")
