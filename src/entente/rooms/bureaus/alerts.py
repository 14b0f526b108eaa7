"""Alerts: what the house tells a bureau, where its officers find it, and how they take note.

An alert names things by their ids; whoever opens it is shown of them what he may see then. It is the
bureau's own thing, for those of its officers who are cleared for what it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from entente.core.access import POLICE_PURPOSES, Handling, Level, Purpose
from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import webhooks

KEPT = timedelta(days=90)
MOST_LISTED = 200
WHAT: Mapping[str, str] = {
    "reminder": "half of the time to answer a request has gone",
    "escalation": "the time to answer a request has gone",
    "no-response": "a request was not answered in twice its time",
    "centre": "an urgent request between two bureaus was not answered in time",
    "standing": "a record met a standing query of the bureau",
    "standing-contact": "an owner has something that met a standing query of the bureau",
    "screened": "a list that an officer has watched met a record that is new or changed",
    "deconfliction": "another bureau is working on the same subject",
    "deconfliction-blind": "somebody is working on the same subject; the secretariat knows whom",
    "notice": "a notice was published that the bureau subscribes to",
    "notice-changed": "a notice the bureau reads or owns was judged, suspended, resumed, or has ended",
    "notice-waits": "a notice waits for the bureau's second officer or for the neutral review",
    "screening": "a record of the bureau met a notice that was published",
    "screening-owner": "a record met a notice of the bureau when it was published",
    "key-changed": "a bureau changed its key",
    "key-waits": "an officer waits for the bureau's key",
    "key-rotate": "somebody who held the bureau's key has left: change it",
    "expert-ends": "an entry in the directory of experts ends soon unless it is confirmed",
    "report": "an analytical report was sent to the bureau",
    "report-waits": "an analytical report waits for an officer of the bureau to approve it",
    "report-suspended": "an analytical report that the bureau has or wrote is suspended: its source changed",
    "report-erratum": "a publication that the bureau has or wrote was printed anew with an erratum",
    "report-withdrawn": "an analytical report that the bureau has was withdrawn or replaced by a new edition",
    "report-feedback": "a reader said what became of an analytical report of the bureau",
    "paper-alert": "an alert of a false document that the bureau subscribes to was published",
    "paper-waits": "a document of the library or an alert waits for the bureau's second officer",
    "paper-check": "a check of a document waits for the second or third line",
    "hit-answered": "an owner confirmed or denied a hit",
    "hit-late": "a hit was not answered in time",
    "biometric": "a set or a mark that was enrolled may be of the same person as another one",
    "biometric-second": "a comparison of fingers or faces waits for the bureau's second examiner",
    "biometric-disputed": "two examiners of the bureau disagree on a comparison of fingers or faces",
    "connection": "something in an analysis file meets another bureau's analysis file",
    "file-review": "the review of an analysis file is overdue",
    "series": "another bureau has, or asks for, images that the bureau has or asks for",
    "series-late": "a meeting over images was not taken note of in time",
    "series-answer": "the lead of an image series said whether it takes in one of the bureau's",
    "series-merge": "a bureau asks that its image series be merged into one of the bureau's",
    "series-waits": "an image series waits for the bureau's second person",
    "payment": "another bureau asks that a fraud victim's payment be stopped",
    "payment-late": "nobody has acknowledged a request to stop a payment",
    "payment-waits": "a request to stop a payment waits for the bureau's second officer",
    "payment-repeat": "an account or person of an earlier request came again in another bureau's",
    "hold-ends": "a hold on a victim's money ends soon",
    "hold-expired": "a hold on a victim's money has ended, and nobody has said what became of it",
    "trend": "a surge, a break or a first sight was found in the seizures that the bureau sees",
    "seizure-same": "a seizure of the bureau may be the same as one that another bureau told of",
    "target-waits": "a list of targets waits for the bureau's second officer",
    "referral-waits": "companies of two industries share an identifier: the secretariat reviews it",
    "referral": "another sector is affected by what the company reported",
    "case-review": "a case study waits for the bureau's review",
    "case-changed": "the proof of a case study that the bureau wrote or reviewed has changed",
    "score-waits": "a threat assessment waits for a score of an officer of the bureau",
}
"""The closed list of what alerts are about; docs/rooms/bureaus.md repeats it."""
QUIET = frozenset(
    {"connection", "file-review", "series", "series-late", "series-answer", "series-merge", "series-waits"}
)
"""Told to officers alone, never to a bureau's systems: those would learn what is in a compartment."""


@dataclass(frozen=True, slots=True)
class About:
    """What an alert is about. `object`, `second`: ids of things; `other`: a bureau's number.

    `search`: the journal's id of the search it comes from; `pair`: the alert of another bureau that is
    told of it when this one is taken note of.
    """

    what: str
    object: str = ""
    second: str = ""
    search: str = ""
    pair: str = ""
    other: int = 0
    token: str = ""
    text: str = ""


def own(
    bureau: int, level: Level = Level.OFFICIAL, need: frozenset[str] = frozenset(), see: int = 0
) -> Handling:
    """How a bureau's own papers are handled: its officers, and nobody else unless `see` says so."""
    return Handling(owner=bureau, see=see, need=need, level=level, purposes=POLICE_PURPOSES | Purpose.DESK)


def alert(desk: Desk, bureau: int, about: About, like: Handling | None = None, once: str = "") -> Thing:
    """Tell a bureau something. `like`: the level and compartments of what it is about.

    With `once`, the same alert is given once, however often it is asked for.
    """
    if about.what not in WHAT:
        raise ValueError(f"{about.what} is no alert")
    through = desk.as_house()
    id = alert_id(desk, bureau, about.what, once) if once else ""
    standing = through.inspect(id) if id else None
    if standing:
        return standing
    body = {
        "what": about.what,
        "object": about.object,
        "second": about.second,
        "search": about.search,
        "pair": about.pair,
        "other": str(about.other or ""),
        "token": about.token,
        "text": about.text,
        "at": desk.now.isoformat(timespec="seconds"),
        "state": "new",
    }
    handling = own(bureau, like.level, like.need) if like else own(bureau)
    kept = through.keep(
        "Alert",
        {name: value for name, value in body.items() if value},
        handling,
        id=id,
        version=0,
        expires=desk.today + KEPT,
        keys=_keys(bureau, "new", about.what, about.object, about.second),
    )
    if about.what in QUIET:
        desk.tell(f"bureau {bureau}")
    else:
        news(desk, bureau, about.what, kept.id)
    return kept


def _seen(desk: Desk, alert: Thing, event: str) -> None:
    """Its list has moved; a bureau's systems hear of what they may be told alone."""
    bureau = alert.handling.owner
    if alert.first("what") in QUIET:
        desk.tell(f"bureau {bureau}")
    else:
        news(desk, bureau, event, alert.id)


def alert_id(desk: Desk, bureau: int, what: str, once: str) -> str:
    """The id of an alert that is given once."""
    return desk.house.ids.of("alert", bureau, what, once)


def news(desk: Desk, bureau: int, event: str, object: str) -> None:
    """Something waits for a bureau: wake its open pages and its own systems. No content goes with it."""
    desk.tell(f"bureau {bureau}")
    webhooks.queue(desk, bureau, event, object)


def alerts_here(desk: Desk, seen: bool = False) -> list[Thing]:
    """One's bureau's alerts, newest first."""
    key = f"alerts-{'seen' if seen else 'new'}:{desk.asker.bureau}"
    return [t for _, t in desk.table(["Alert"], key=key, limit=MOST_LISTED)]


def take_note(desk: Desk, id: str) -> Thing:
    """An officer takes note of an alert: it leaves the list of what is new. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != "Alert" or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    if thing.first("state") == "seen":
        desk.note("see", object=id, what="alert")
        return thing
    body = {
        **thing.body,
        "state": ("seen",),
        "seen": (desk.now.isoformat(timespec="seconds"),),
        "officer": (desk.asker.officer,),
    }
    keys = _keys(desk.asker.bureau, "seen", *_names(thing))
    kept = desk.change(thing, body=body, keys=keys)
    desk.note("see", object=id, what="alert")
    _seen(desk, kept, "seen")
    if thing.first("pair"):
        _tell_pair(desk.as_house(), thing.first("pair"))
    return kept


def settle(desk: Desk, what: str, object: str) -> None:
    """What waited is done: the alerts of that sort about it leave each bureau's list of what is new.

    For a service that has decided that the caller does it; no officer took note.
    """
    through = desk.as_house()
    for _, alert in through.inspect_all([f"about:{object}"]):
        bureau = alert.handling.owner
        if alert.kind != "Alert" or alert.first("what") != what or alert.first("state") != "new":
            continue
        body = {**alert.body, "state": ("seen",), "seen": (desk.now.isoformat(timespec="seconds"),)}
        through.change(alert, body=body, keys=_keys(bureau, "seen", *_names(alert)))
        _seen(desk, alert, "seen")


def _tell_pair(desk: Desk, id: str) -> None:
    """The alert that goes with this one says from now on that the other side took note."""
    other = desk.inspect(id)
    if other:
        bureau = other.handling.owner
        body = {**other.body, "acknowledged": (desk.now.isoformat(timespec="seconds"),)}
        keys = _keys(bureau, other.first("state"), *_names(other))
        desk.change(other, body=body, keys=keys)
        _seen(desk, other, "acknowledged")


def _names(alert: Thing) -> tuple[str, str, str]:
    return alert.first("what"), alert.first("object"), alert.first("second")


def _keys(bureau: int, state: str, what: str, *about: str) -> tuple[str, ...]:
    return (f"alerts-{state}:{bureau}", f"alerts:{what}:{bureau}", *(f"about:{id}" for id in about if id))
