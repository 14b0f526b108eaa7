"""How standing queries ring: the change feed is held against them, and bureaus and owners are told.

A query rings once for what it finds in a record: for the same reasons and the same decision it does not
ring again, however often the record is changed. What is changed meanwhile is judged in its newest version.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from entente.core.access import Asker, Decision, decide, notifies
from entente.core.problems import Faulty
from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House
from entente.desk.finding import CONTACT_FROM
from entente.desk.following import Changes
from entente.desk.retention import about
from entente.desk.watching import Touched, asker_details, contact_token, notice
from entente.match.question import Question
from entente.match.standing import Waiting
from entente.rooms.bureaus import About, alert, alert_id
from entente.rooms.search import standing
from entente.rooms.search.service import question_of, spelled


@dataclass(frozen=True, slots=True)
class Match:
    """A query and a record in one version that are near enough, and for which reasons."""

    query: str
    record: str
    version: int
    reasons: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """The queries that stand, as of a note and a day."""

    as_of: tuple[str, date]
    since: dict[str, int]
    waiting: Waiting


class Ringing:
    """The duty: one for a house and process."""

    def __init__(self, house: House) -> None:
        self._house, self._changes = house, Changes(house, standing.WALKED)
        self._standing = _Standing(("", date.min), {}, Waiting({}))

    def step(self) -> int:
        """Hold the next changed records against what stands; where nothing does, nothing is walked."""
        with self._house.store.reading() as tx:
            self._learn(Desk(self._house, HOUSE_ASKER, tx, writing=False))
        if not self._standing.since:
            return 0
        matches: list[Match] = []
        return self._changes.step(partial(self._look, matches), partial(_tell, matches))

    def _learn(self, desk: Desk) -> None:
        """Lay the queries out anew when one came, went or changed, or a day began."""
        as_of = (desk.recall(standing.QUERIES), desk.today)
        if as_of == self._standing.as_of:
            return
        found = standing.all_standing(desk) if as_of[0] else []
        asked = {t.id: question for t in found if (question := _question(desk, t))}
        since = {t.id: int(t.first("since")) for t in found}
        self._standing = _Standing(as_of, since, Waiting(asked))

    def _look(self, matches: list[Match], _desk: Desk, things: Sequence[Thing]) -> bool:
        since, waiting = self._standing.since, self._standing.waiting
        for thing in things:
            for query, score in waiting.answered(thing.kind, thing.body, CONTACT_FROM).items():
                if thing.place > since[query]:
                    matches.append(Match(query, thing.id, thing.version, _print(score)))
        return bool(matches)


def _question(desk: Desk, query: Thing) -> Question | None:
    """The question as it is understood now; None where a newer house does not understand it any more."""
    try:
        return question_of(desk, standing.asked_in(query))
    except Faulty:
        return None


def _print(score: Score) -> str:
    """Reasons, in short: two that are alike are the same finding."""
    spelled = repr([(r.rule, r.asked, r.found, round(r.part, 4)) for r in score.reasons])
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()


def _tell(matches: Sequence[Match], desk: Desk) -> None:
    """Decide each anew, for whoever keeps the query as he is now, and tell who is to be told."""
    rang = 0
    for match in matches:
        query, record = desk.inspect(match.query), desk.inspect(match.record)
        if query is None or record is None or record.version != match.version:
            continue  # ended, erased, or changed again: the newer version is next in the feed
        asker = standing.keeper(desk, query)
        if asker and asker.bureau != record.handling.owner and query.first("state") == "stands":
            rang += _ring(desk, query, record, asker, match.reasons)
    desk.note("ring", records=len({m.record for m in matches}), rang=rang)


def _ring(desk: Desk, query: Thing, record: Thing, asker: Asker, reasons: str) -> bool:
    decision = decide(asker, record.handling)
    watched = notifies(asker, record.handling)
    if decision is Decision.NONE and not watched:
        return False
    id = desk.house.ids.of("ringing", query.id, record.id, int(decision), reasons)
    if desk.inspect(id):
        return False
    desk.keep(
        "Ringing",
        {"query": query.id, "record": record.id},
        HOUSE_HANDLING,
        id=id,
        version=0,
        expires=query.expires,
        keys=(*about(record.id), *about(query.id)),
    )
    search = query.id
    if decision is not Decision.NONE:
        search = _tell_bureau(desk, query, record, asker, decision)
    if watched or decision is Decision.CONTACT:
        notice(desk, Touched(record.id, search, desk.today, asker, query.first("text")))
    return decision is not Decision.NONE


def _tell_bureau(desk: Desk, query: Thing, record: Thing, asker: Asker, decision: Decision) -> str:
    """The alert and the search in the journal; returns the search's id.

    An owner to contact is told of once a day and query, for officers who reach as far as the keeper:
    neither how many of his records met nor how they are handled shows.
    """
    owner = record.handling.owner
    if decision is Decision.FULL:
        search = _journal(desk, query, asker, shown=[record.id], owners=[])
        said = About("standing", object=query.id, second=record.id, search=search)
        alert(desk, asker.bureau, said, like=record.handling)
        return search
    once = f"{query.id} {owner} {desk.today.isoformat()}"
    told = desk.inspect(alert_id(desk, asker.bureau, "standing-contact", once))
    if told:
        return told.first("search")
    search = _journal(desk, query, asker, shown=[], owners=[owner])
    token = contact_token(desk, asker, owner, desk.today)
    said = About("standing-contact", object=query.id, search=search, other=owner, token=token)
    reach = replace(HOUSE_HANDLING, level=asker.clearance, need=asker.held)
    alert(desk, asker.bureau, said, like=reach, once=once)
    return search


def _journal(desk: Desk, query: Thing, asker: Asker, shown: list[str], owners: list[int]) -> str:
    """The search that this ringing is, in the name of whoever keeps the query; returns its id."""
    question = spelled(question_of(desk, standing.asked_in(query)))
    who = asker_details(asker)
    mine = desk.seated_as(asker)
    return mine.note("search", question=question, asker=who, shown=shown, owners=owners, standing=query.id)
