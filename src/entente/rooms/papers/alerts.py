"""Alerts of false documents: written, reviewed by a second person, published, and told to subscribers."""

import json
from collections.abc import Iterator
from typing import Any

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents.codes import code
from entente.rooms.papers import alerts_model as m
from entente.rooms.papers import moving, states, subscriptions
from entente.rooms.papers.model import Decide
from entente.rooms.papers.steps import history
from entente.rooms.records import HandlingForm, code_of
from entente.web.language import N_

KIND = states.ALERT
A_PAGE = 200
MOST_LOOKED_AT = 4_000
SORTS = {
    "counterfeit": N_("Counterfeit"),
    "forged-photo": N_("Forged photo"),
    "forged-data": N_("Forged data"),
    "page-substitution": N_("Page substituted"),
    "stolen-blank": N_("Stolen blank, personalised"),
    "fantasy": N_("Fantasy document"),
    "camouflage": N_("Camouflage document"),
    "impostor": N_("Impostor"),
    "fraudulently-obtained": N_("Fraudulently obtained"),
}


def draft(desk: Desk, form: m.AlertForm, blobs: tuple[str, ...] = (), others: tuple[str, ...] = ()) -> Thing:
    """Begin an alert. `blobs`: pictures of the bureau that it takes over; `others`: officers whose words it
    takes over, who do not review it either. Raises Faulty with every fault."""
    authors = tuple(dict.fromkeys((desk.asker.officer, *others)))
    body = _body(desk, form, frozenset(blobs)) | {"state": ("draft",), "authors": authors}
    body |= {"blobs": blobs} if blobs else {}
    keys = states.alert_keys(desk.asker.bureau, body)
    kept = desk.keep(KIND, body, moving.handling(desk, body), keys=keys)
    kept = moving.keep(desk, kept, "begun")
    desk.note("contribute", object=kept.id, what=KIND)
    return kept


def edit(desk: Desk, id: str, form: m.AlertEdit) -> Thing:
    """The whole alert anew; a draft again. Raises Faulty, NotYours, OutOfDate, Absent."""
    alert = moving.mine(desk, KIND, id, form.seen)
    to = states.moved(alert, "edit")
    said = _body(desk, form, frozenset(alert.body.get("blobs", ())))
    cleared: dict[str, tuple[str, ...]] = {name: () for name in _SAID if name not in said}
    authors = tuple(dict.fromkeys([*alert.body.get("authors", ()), desk.asker.officer]))
    changes = {**cleared, **said, "state": (to,), "authors": authors}
    kept = moving.keep(desk, alert, "edited", "", changes)
    desk.note("correct", object=id, what=KIND)
    return kept


def decide(desk: Desk, id: str, given: Decide) -> Thing:
    """Approve, publish and tell subscribers; or send back."""
    kept = moving.decide(desk, KIND, id, given)
    if kept.first("state") == "published":
        subscriptions.tell(desk, kept)
    return kept


def missing(alert: Thing) -> Iterator[Fault]:
    """What it lacks to be reviewed."""
    content = content_of(alert)
    if not content.regions and not content.about:
        yield Fault("content", N_("It does not say how one knows it"), N_("Describe it, or mark a region."))


_SAID = "title sort code category type route firstSeen serials".split()


def _body(desk: Desk, form: m.AlertForm, held: frozenset[str]) -> dict[str, tuple[str, ...]]:
    faults: list[Fault] = []
    try:
        moving.wanted(desk, form.handling)
    except Faulty as problem:
        faults += problem.faults
    # The state of a fantasy document is in no list: that is what gives it away.
    if form.sort not in ("fantasy", "camouflage") and code(form.country).sort == "unknown":
        faults.append(Fault("country", N_("No state has this code"), N_("Use the code of ICAO Doc 9303.")))
    if form.code and form.code[:3] != form.country:
        what = N_("The genuine document is of another state")
        faults.append(Fault("country", what, N_("Write the state of the identifier.")))
    if form.handling.status != "live":
        what = N_("Its state says when others see it")
        faults.append(Fault("handling/status", what, N_("Leave it out.")))
    content = form.content.model_dump(mode="json")
    if moving.digests(content) - held:
        what = N_("A picture is named that was not sent for this alert")
        faults.append(Fault("content", what, N_("Send the picture first.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {
        "title": form.title,
        "sort": form.sort,
        "code": form.code,
        "country": form.country,
        "category": form.category or form.code[4:5],
        "type": form.type or form.code[5:6],
        "route": form.route,
        "firstSeen": form.first_seen.isoformat() if form.first_seen else "",
        "content": json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "handling": form.handling.model_dump_json(),
    }
    kept = {name: (value,) for name, value in body.items() if value}
    serials = tuple(dict.fromkeys(s for s in form.content.serials if s))
    return kept | ({"serials": serials} if serials else {})


# --- reading -------------------------------------------------------------------------------------


def browse(desk: Desk, asked: m.WhichAlerts) -> list[Thing]:
    """Alerts in the asker's view, newest change first."""
    desk.note("see", what="document alerts")
    owner = desk.asker.bureau
    key = f"paper-alerts-live:{asked.country}" if asked.country else "paper-alerts-live"
    if asked.which == "mine":
        key = f"paper-alerts:{owner}"
    elif asked.which == "review":
        key = f"paper-alerts:{owner}:review"
    elif asked.code:
        key = f"paper-alerts-of:{asked.code}"
    place = moving.open_paper(desk, KIND, asked.after).place if asked.after else 0
    found: list[Thing] = []
    for _ in range(MOST_LOOKED_AT // A_PAGE):
        page = desk.table([KIND], key=key, after=place, limit=A_PAGE)
        found += [t for _, t in page if _matches(t, asked)]
        if len(found) >= asked.limit or len(page) < A_PAGE:
            break
        place = page[-1][0]
    return found[: asked.limit]


def _matches(alert: Thing, asked: m.WhichAlerts) -> bool:
    given = {"country": asked.country, "sort": asked.sort, "code": asked.code}
    return all(not value or alert.first(name) == value for name, value in given.items())


def open_alert(desk: Desk, id: str) -> Thing:
    """Open an alert. Raises Absent."""
    alert = moving.open_paper(desk, KIND, id)
    desk.note("see", object=id, what=KIND)
    return alert


def head(alert: Thing) -> dict[str, Any]:
    """What it says beside its content, as kept."""
    names = "title sort code country category type route".split()
    return {
        **{name: alert.first(name) for name in names},
        "first_seen": alert.first("firstSeen") or None,
    }


def content_of(alert: Thing) -> m.AlertContent:
    """What gives it away, as kept."""
    return m.AlertContent.model_validate_json(alert.first("content"))


def row(desk: Desk, alert: Thing) -> m.AlertRow:
    """An alert in a list."""
    return m.AlertRow.model_validate(
        {
            **head(alert),
            "id": alert.id,
            "state": alert.first("state"),
            "owner": code_of(desk, alert.handling.owner),
            "changed": alert.changed.isoformat(timespec="seconds"),
        }
    )


def whole(desk: Desk, alert: Thing) -> m.Alert:
    """An alert that was opened, as this reader gets it."""
    inside = alert.handling.owner == desk.asker.bureau
    of = alert.first("code")
    found = [t for _, t in desk.find([f"paper-code:{of}"])] if of else []
    return m.Alert(
        **row(desk, alert).model_dump(),
        seen=moving.digest(alert),
        versions=[t.id for t in found if t.first("state") == "published"],
        content=content_of(alert),
        handling=HandlingForm.model_validate_json(alert.first("handling")) if inside else None,
        history=history(desk, alert),
    )
