"""How inquiries meet: what participating bureaus ask leaves its subjects, and two that share one are told.

Read from the journal after the answer has left. A subject is kept as a keyed digest for as long as inquiries
may meet; a discreet search, oversight, and whoever's bureau does not take part leave nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from entente.core.access import POLICE_PURPOSES, Handling, Level
from entente.core.journal import Event, open_private
from entente.core.problems import Faulty
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House
from entente.desk.following import acts
from entente.desk.opening import sit
from entente.desk.retention import about
from entente.desk.watching import asker_of, question_of
from entente.match.subjects import Subject, subjects_of
from entente.rooms.bureaus import About, alert, alert_id, directory, own
from entente.rooms.search import deconfliction, standing
from entente.rooms.search.service import question_of as understood


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a bureau asked for, and why. `search`: the journal's entry, or the query where it stands."""

    bureau: int
    search: str
    justification: str
    subjects: tuple[Subject, ...]
    until: date
    stands: bool = False
    record: str = ""
    level: Level = Level.OFFICIAL
    need: frozenset[str] = frozenset()


class Meetings:
    """The duty: one for a house and process. Where no bureau takes part, nothing is read."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stood: tuple[str, ...] = ()

    def step(self) -> int:
        with self._house.store.reading() as tx:
            desk = Desk(self._house, HOUSE_ASKER, tx, writing=False)
            if not (modes := desk.recall(deconfliction.MODES)) or not deconfliction.takers(desk):
                return 0
            stands = (modes, desk.recall(standing.QUERIES), desk.today.isoformat())
        done = 0
        for act, name in deconfliction.FOLLOWED.items():
            asked: list[Inquiry] = []
            done += acts(self._house, name, act, partial(_learn, asked), partial(_bring_together, asked))
        if stands != self._stood:
            with self._house.store.reading() as tx:
                asked = _standing(Desk(self._house, HOUSE_ASKER, tx, writing=False))
            if asked:
                with sit(self._house, HOUSE_ASKER, writing=True) as desk:
                    _bring_together(asked, desk)
            self._stood = stands
        return done


# --- what is asked -------------------------------------------------------------------------------


def _learn(asked: list[Inquiry], desk: Desk, events: Sequence[Event]) -> bool:
    """The inquiries of bureaus that took part when they asked."""
    taking = deconfliction.takers(desk)
    for event in events:
        mode = taking.get(event.bureau)
        if mode and event.at >= datetime.fromisoformat(mode.first("since")):
            inquiry = _searched(desk, event) if event.act == "search" else _judged(desk, event)
            if inquiry:
                asked.append(inquiry)
    return bool(asked)


def _searched(desk: Desk, event: Event) -> Inquiry | None:
    details = event.details
    if "question" not in details or "standing" in details or not _counts(event):
        return None
    subjects = subjects_of(question_of(details["question"]))
    until = event.at.date() + timedelta(days=deconfliction.days(desk))
    return Inquiry(event.bureau, event.id, event.justification, subjects, until) if subjects else None


def _judged(desk: Desk, event: Event) -> Inquiry | None:
    """A verdict of "same" makes the record a subject, for those who may see it."""
    entry = desk.entry(str(event.details.get("search", "")))
    record = desk.inspect(event.object)
    if event.details.get("verdict") != "same" or entry is None or not entry.private or record is None:
        return None
    search = open_private(entry.leaf, entry.private)
    if not _counts(search):
        return None
    return Inquiry(
        event.bureau,
        search.id,
        search.justification,
        (frozenset({f"record {record.id}"}),),
        event.at.date() + timedelta(days=deconfliction.days(desk)),
        record=record.id,
        level=record.handling.level,
        need=record.handling.need,
    )


def _counts(search: Event) -> bool:
    """Whether a search takes part: not a discreet one, nor oversight, nor desk work."""
    asker = asker_of(search.details.get("asker", {}), search.officer, search.bureau, search.justification)
    return not asker.discreet and bool(asker.purpose & POLICE_PURPOSES)


def _standing(desk: Desk) -> list[Inquiry]:
    """The standing queries of those who take part: each leaves its subjects as long as it stands."""
    taking = deconfliction.takers(desk)
    found = []
    for query in standing.all_standing(desk):
        bureau = query.handling.owner
        if bureau not in taking or query.first("discreet") == "yes" or not standing.keeper(desk, query):
            continue
        try:
            subjects = subjects_of(understood(desk, standing.asked_in(query)))
        except Faulty:
            continue  # a newer house does not understand it any more
        until = date.fromisoformat(query.first("until")) + timedelta(days=1)
        found.append(Inquiry(bureau, query.id, query.first("justification"), subjects, until, True))
    return found


# --- and who is told -----------------------------------------------------------------------------


def _bring_together(asked: Iterable[Inquiry], desk: Desk) -> None:
    """Leave the subjects of each inquiry, and tell it and those it meets."""
    taking, told = deconfliction.takers(desk), 0
    for inquiry in asked:
        if inquiry.bureau in taking:
            told += _meet(desk, inquiry, taking)
            _leave(desk, inquiry)
    desk.note("deconflict", outcome="done", told=told)


def _leave(desk: Desk, inquiry: Inquiry) -> None:
    """Keep each subject once for a bureau and, apart from it, for each standing query."""
    standing_query = inquiry.search if inquiry.stands else ""
    for spelling in sorted(s for subject in inquiry.subjects for s in subject):
        digest = desk.house.ids.of("subject", spelling)
        id = desk.house.ids.of("subject of", inquiry.bureau, digest, standing_query)
        before = desk.inspect(id)
        same = before and before.first("justification") == inquiry.justification
        if before and same and before.expires >= inquiry.until:
            continue
        body = {
            "bureau": str(inquiry.bureau),
            "search": inquiry.search,
            "record": inquiry.record,
            "justification": inquiry.justification,
            "level": str(int(inquiry.level)),
            "need": sorted(inquiry.need),
            "at": desk.now.isoformat(timespec="seconds"),
        }
        desk.keep(
            "Subject",
            {name: value for name, value in body.items() if value},
            HOUSE_HANDLING,
            id=id,
            version=0,
            expires=inquiry.until,
            keys=(
                f"subject:{digest}",
                f"asked-by:{inquiry.bureau}",
                f"asked-in:{inquiry.search}",
                *(about(inquiry.record) if inquiry.record else ()),
            ),
        )


def _meet(desk: Desk, inquiry: Inquiry, taking: Mapping[int, Thing]) -> int:
    """Tell this bureau and every other that asked for one of the subjects, once a pair; returns how many.

    What was told of one spelling of a subject was told of all of them.
    """
    new: dict[int, Thing] = {}
    for subject in inquiry.subjects:
        shared: dict[int, list[tuple[str, Thing]]] = defaultdict(list)
        for digest in sorted(desk.house.ids.of("subject", spelling) for spelling in subject):
            for _, left in desk.inspect_all([f"subject:{digest}"]):
                other = int(left.first("bureau"))
                if other != inquiry.bureau and other in taking:
                    shared[other].append((digest, left))
        for other, found in shared.items():
            met = [_met_id(desk, inquiry.bureau, other, digest) for digest, _ in found]
            if not any(desk.inspect(id) for id in met):
                new.setdefault(other, found[0][1])
            for id in met:
                _remember(desk, id, inquiry, found[0][1])
    for other in sorted(new):
        _tell(desk, inquiry, new[other], taking)
    return len(new)


def _met_id(desk: Desk, one: int, other: int, digest: str) -> str:
    return desk.house.ids.of("meeting", min(one, other), max(one, other), digest)


def _remember(desk: Desk, id: str, inquiry: Inquiry, left: Thing) -> None:
    if not desk.inspect(id):
        expires = desk.today + timedelta(days=deconfliction.days(desk))
        body = {"bureaus": sorted([str(inquiry.bureau), left.first("bureau")])}
        keys = about(inquiry.record) if inquiry.record else ()
        desk.keep("Meeting", body, HOUSE_HANDLING, id=id, version=0, expires=expires, keys=keys)


def _tell(desk: Desk, inquiry: Inquiry, left: Thing, taking: Mapping[int, Thing]) -> None:
    """An alert to both, who acknowledge to each other; where one is blind, the secretariat knows both."""
    sides = {
        inquiry.bureau: (inquiry.search, inquiry.justification, own(0, inquiry.level, inquiry.need)),
        int(left.first("bureau")): (left.first("search"), left.first("justification"), _like(left)),
    }
    first, second = sorted(sides)
    is_open = all(taking[n].first("mode") == "open" for n in sides)
    what = "deconfliction" if is_open else "deconfliction-blind"
    once = desk.house.ids.of("meeting of", first, second, inquiry.search, left.id, desk.now.isoformat())
    token = once[:12]
    for bureau, other in ((first, second), (second, first)):
        search, why, like = sides[bureau]
        said = About(
            what,
            object=inquiry.record,
            search=search,
            pair=alert_id(desk, other, what, once),
            other=other if is_open else 0,
            token=token,
            text=why,
        )
        alert(desk, bureau, said, like=like, once=once)
    if not is_open:
        known = directory(desk)
        names = " · ".join(known[n].code for n in (first, second))
        for centre in (n for n, b in known.items() if b.secretariat):
            alert(desk, centre, About("deconfliction", token=token, text=names), once=f"{once} centre")


def _like(left: Thing) -> Handling:
    level = Level(int(left.first("level", "0")))
    return own(0, level, frozenset(left.body.get("need", ())))
