"""Silent hits: after the answer has left, owners are told of matches on what they watch or hint at.

Nothing here can be observed by who asked (specs/sharing.md, L16): it runs from the committed journal
on a fixed tick, whatever the answer was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
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
from entente.core.things import Thing
from entente.desk.finding import CONTACT_FROM, within
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.retention import about
from entente.desk.sitting import Desk, sit
from entente.engines.seams import Entry
from entente.match.question import Question

BATCH = 200


def step(house: House) -> int:
    """Look at the next searches in the journal; returns how many were looked at."""
    with house.store.reading() as tx:
        after = int(tx.notes.read("watched") or 0)
        entries = tx.entries.read(after, BATCH, act="search")
        anybody = any(h.watch or h.hint for h in house.classes(tx).values())
    if not entries:
        return 0
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        told = sum(_tell(desk, entry) for entry in entries) if anybody else 0
        desk.tx.notes.write("watched", str(entries[-1].place))
        desk.note("watch", outcome="done", searches=len(entries), told=told)
    return len(entries)


def _tell(desk: Desk, entry: Entry) -> int:
    """Tell the owners of what this search touched; the same inquiry tells an owner once a day per record."""
    event = open_private(entry.leaf, entry.private)
    if "question" not in event.details:
        return 0  # forgotten before it was looked at
    asker = asker_of(event.details.get("asker", {}), event.officer, event.bureau, event.justification)
    question = question_of(event.details["question"])
    classes = desk.house.classes(desk.tx, settled=False)
    chosen = {c: h for c, h in classes.items() if notifies(asker, h) or decide(asker, h) is Decision.CONTACT}
    if not chosen:
        return 0
    view = View(
        bytes(int(c in chosen) for c in range(max(classes) + 1)),
        tuple(sorted(f"c{c}" for c in chosen)),
        desk.today,
    )
    found, _ = within(desk, question, view)
    near = [f.thing for f in found if f.score.value >= CONTACT_FROM]
    for thing in near:
        _notice(desk, thing, event.id, asker, question.text)
    return len(near)


def _notice(desk: Desk, thing: Thing, search: str, asker: Asker, asked: str) -> None:
    """The owner's notice: a hit nobody has judged yet, in his inbox alone."""
    owner = thing.handling.owner
    id = desk.house.ids.of("silent", thing.id, asker.bureau, asker.justification, desk.today.isoformat())
    handling = replace(
        thing.handling,
        see=1 << owner | 1 << HOUSE,
        hint=0,
        watch=False,
        purposes=POLICE_PURPOSES | Purpose.DESK,
    )
    if desk.tx.things.get([id], _only(desk, handling)):
        return
    body = {
        "record": thing.id,
        "search": search,
        "state": "silent" if thing.handling.watch else "contact",
        "asker": str(asker.bureau),
        "owner": str(owner),
        "asked": asked[:500] or "(a document, photo or number)",
        "purpose": (asker.purpose.name or "").lower(),
        "justification": asker.justification,
        "token": contact_token(desk.house, search, owner),
        "at": desk.now.isoformat(timespec="seconds"),
    }
    desk.keep(
        "Hit",
        body,
        handling,
        id=id,
        version=0,
        expires=desk.today + timedelta(days=365),
        keys=(*about(thing.id), f"inbox:{owner}", f"token:{body['token']}"),
    )


def _only(desk: Desk, handling: Handling) -> View:
    class_id = desk.tx.classes.intern(handling)
    return View(bytes(class_id) + b"\1", (f"c{class_id}",), desk.today)


def contact_token(house: House, search: str, owner: int) -> str:
    """What an asker quotes to the owner he was told to contact; it says nothing by itself."""
    return house.ids.of("contact", search, owner)[:12]


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
