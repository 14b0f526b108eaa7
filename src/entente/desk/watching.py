"""Silent hits: after the answer has left, owners are told of matches on what they watch or hint at.

Nothing here can be observed by who asked (specs/sharing.md, L16): it runs from the committed journal
on a fixed tick, whatever the answer was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from entente.core.access import (
    HOUSE,
    POLICE_PURPOSES,
    Asker,
    Decision,
    Handling,
    Level,
    Purpose,
    Role,
    View,
    decide,
    notifies,
)
from entente.core.journal import open_private
from entente.desk.finding import CONTACT_FROM, owner_by_owner
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.opening import sit
from entente.desk.retention import about
from entente.desk.sitting import Desk
from entente.engines.seams import Entry
from entente.match.question import Question

BATCH = 200


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that a search came near to, whose owner is to be told."""

    thing: str
    search: str
    day: date
    asker: Asker
    asked: str


def catch_up(house: House) -> int:
    """Look at every search that stands in the journal now; returns at how many."""
    looked = newly = step(house)
    while newly == BATCH:
        looked += (newly := step(house))
    return looked


def step(house: House) -> int:
    """Look at the next searches in the journal; returns at how many.

    The looking is done beside the writer; its turn is taken only to write the notices.
    """
    with house.store.reading() as tx:
        after = int(tx.notes.read("watched") or 0)
        entries = tx.entries.read(after, BATCH, act="search")
        concerned = {c: h for c, h in house.classes(tx).items() if h.watch or h.hint}
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        touched = [t for e in entries for t in _touched(desk, e, concerned)] if concerned else []
    if not entries:
        return 0
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for one in touched:
            notice(desk, one)
        desk.tx.notes.write("watched", str(entries[-1].place))
        desk.note("watch", outcome="done", searches=len(entries), told=len(touched))
    return len(entries)


def _touched(desk: Desk, entry: Entry, concerned: Mapping[int, Handling]) -> list[Touched]:
    """What this search came near to, of things whose owners watch or are to be contacted."""
    event = open_private(entry.leaf, entry.private)
    if "question" not in event.details or "standing" in event.details:
        return []  # forgotten before it was looked at; or its owners were told when the standing query rang
    asker = asker_of(event.details.get("asker", {}), event.officer, event.bureau, event.justification)
    chosen = [c for c, h in concerned.items() if notifies(asker, h) or decide(asker, h) is Decision.CONTACT]
    if not chosen:
        return []
    spelled = bytearray(max(chosen) + 1)
    for c in chosen:
        spelled[c] = 1
    question = question_of(event.details["question"])
    view = View(bytes(spelled), tuple(sorted(f"c{c}" for c in chosen)), desk.today)
    found = owner_by_owner(desk, question, view)
    near = [f.thing.id for f in found if f.score.value >= CONTACT_FROM]
    return [Touched(id, event.id, event.at.date(), asker, question.text) for id in near]


def notice(desk: Desk, touched: Touched) -> None:
    """The owner's notice: a hit nobody has judged yet, in his inbox alone. The house's to give.

    The same inquiry tells an owner once a day per record.
    """
    thing, asker = desk.inspect(touched.thing), touched.asker
    id = desk.house.ids.of("silent", touched.thing, contact_token(desk, asker, asker.bureau, touched.day))
    if thing is None or desk.inspect(id):
        return
    owner = thing.handling.owner
    handling = replace(
        thing.handling,
        see=1 << owner | 1 << HOUSE,
        hint=0,
        watch=False,
        purposes=POLICE_PURPOSES | Purpose.DESK,
    )
    body = {
        "record": thing.id,
        "search": touched.search,
        "state": "silent" if thing.handling.watch else "contact",
        "asker": str(asker.bureau),
        "owner": str(owner),
        "asked": touched.asked[:500] or "(a document, photo or number)",
        "purpose": (asker.purpose.name or "").lower(),
        "justification": asker.justification,
        "token": contact_token(desk, asker, owner, touched.day),
        "at": desk.now.isoformat(timespec="seconds"),
    }
    desk.keep(
        "Hit",
        body,
        handling,
        id=id,
        version=0,
        expires=desk.today + timedelta(days=365),
        keys=(*about(thing.id), f"inbox:{owner}"),
    )


def contact_token(desk: Desk, asker: Asker, owner: int, day: date) -> str:
    """What an asker quotes to the owner he was told to contact; it says nothing by itself.

    One for an inquiry and a day, so that the owner's notice shows what the asker quotes, whichever of
    his searches found it.
    """
    inquiry = (asker.bureau, asker.justification, day.isoformat())
    return desk.house.ids.of("contact", owner, *inquiry)[:12]


def question_of(written: Mapping[str, Any]) -> Question:
    """The question as the journal keeps it (dataclasses.asdict, through JSON)."""
    values: dict[str, Any] = {
        name: tuple(tuple(v) if isinstance(v, list) else v for v in value)
        if isinstance(value, list)
        else value
        for name, value in written.items()
    }
    return Question(**values)


def asker_details(asker: Asker) -> dict[str, object]:
    """What the journal keeps of an asker, so that the watch pass can judge as of the search."""
    return {
        "purpose": int(asker.purpose),
        "clearance": int(asker.clearance),
        "held": sorted(asker.held),
        "roles": sorted(asker.roles),
        "discreet": asker.discreet,
        "reviewer": asker.reviewer,
    }


def asker_of(details: dict[str, object], officer: str, bureau: int, justification: str) -> Asker:
    return Asker(
        officer=officer,
        bureau=bureau,
        purpose=Purpose(int(str(details.get("purpose", 0)))),
        justification=justification,
        roles=frozenset(Role(r) for r in _texts(details.get("roles"))),
        clearance=Level(int(str(details.get("clearance", 0)))),
        held=frozenset(_texts(details.get("held"))),
        discreet=details.get("discreet") is True,
        reviewer=details.get("reviewer") is True,
    )


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
