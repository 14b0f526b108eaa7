"""The one inbox: what burns first, of messages and of hits; what the house tells the bureau; what is new."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import may
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms import search
from entente.rooms.bureaus import Bureau, Keyring, alerts_here, directory, held, my_invitations, take_note
from entente.rooms.messages import reading, showing, wording
from entente.web import formats, words
from entente.web.callers import AtPage, Caller
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Shown = dict[str, Any]
NEWEST = 15
COMPARISON, SET = "Comparison", "BiometricSet"
"""Kinds of biometrics that are called otherwise here than by a property."""
NEVER = "9"
"""After every moment: what has no clock comes last."""
WHERE: Mapping[str, str] = {
    "reminder": "/messages/{object}",
    "escalation": "/messages/{object}",
    "no-response": "/messages/{object}",
    "centre": "/bureaus/{other}",
    "standing": "/records/{second}?search={search}",
    "standing-contact": "/standing/{object}",
    "screened": "/screenings",
    "deconfliction": "/deconfliction",
    "deconfliction-blind": "/deconfliction",
    "notice": "/notices/{object}",
    "notice-changed": "/notices/{object}",
    "notice-waits": "/notices/{object}",
    "report": "/reports/{object}",
    "report-waits": "/reports/{object}",
    "report-suspended": "/reports/{object}",
    "report-erratum": "/reports/{object}",
    "report-withdrawn": "/reports/{object}",
    "report-feedback": "/reports/{object}",
    "screening": "/notices/{object}",
    "screening-owner": "/notices/{object}",
    "key-changed": "/bureaus/{other}",
    "key-waits": "/officers/{object}",
    "key-rotate": "/bureaus/{own}",
    "expert-ends": "/experts/{object}",
    "paper-alert": "/papers/alerts/{object}",
    "paper-waits": "/papers/to/{object}",
    "paper-check": "/papers/checks/{object}",
    "hit-answered": "/hits/{object}",
    "hit-late": "/hits/{object}",
    "biometric": "/biometrics/comparisons/{object}",
    "biometric-second": "/biometrics/comparisons/{object}",
    "biometric-disputed": "/biometrics/comparisons/{object}",
    "connection": "/files/{second}",
    "file-review": "/files/{object}",
    "series": "/series/meetings",
    "series-late": "/series/meetings",
    "series-answer": "/series/{object}",
    "series-merge": "/series/{object}",
    "series-waits": "/series/{object}",
    "payment": "/payments/requests/{object}",
    "payment-late": "/payments/requests/{object}",
    "payment-waits": "/payments/requests/{object}",
    "payment-repeat": "/payments/requests/{object}",
    "hold-ends": "/payments/requests/{object}",
    "hold-expired": "/payments/requests/{object}",
    "trend": "/trends/findings/{object}",
    "seizure-same": "/trends/seizures/{object}",
    "target-waits": "/trends/targets/{object}",
    "referral-waits": "/trends/referrals/{object}",
    "referral": "/trends/reports/{object}",
    "case-review": "/cases/{object}",
    "case-changed": "/cases/{object}",
    "score-waits": "/assessments/{object}",
}
"""What an alert is about, by its sort."""
LATE = frozenset(
    {"escalation", "no-response", "centre", "hit-late"}
    | {"payment", "payment-late", "hold-ends", "hold-expired"}
)
"""Alerts that are shown as burning."""


@router.get("/inbox")
def inbox(request: Request, caller: AtPage, sent: str = "") -> Response:
    """What waits for one's bureau, or what one's bureau waits for."""
    return render(request, "messages/inbox.html", **_inbox(caller, sent == "yes"))


@router.get("/inbox/part")
def part(request: Request, caller: AtPage, sent: str = "") -> Response:
    """The same without the frame, for a page that stands open."""
    return render(request, "messages/inbox_part.html", **_inbox(caller, sent == "yes"))


@router.post("/alerts/{id}/note")
def note(caller: AtPage, id: str) -> Response:
    """Take note of an alert."""
    with caller.at_own_desk("see", writing=True) as desk:
        take_note(desk, id)
    return RedirectResponse("/inbox", status_code=303)


def _inbox(caller: Caller, sent: bool) -> Shown:
    with caller.at_own_desk("see") as desk:
        reads = may(desk.asker, "message")
        keyring = held(desk, caller) if reads else None
        known = directory(desk)
        labels = {b.code: b.label for b in known.values()}
        codes = {number: b.code for number, b in known.items()}
        found = search.inbox(desk, sent)
        messages = reading.burning_messages(desk, keyring, waits=sent) if reads else []
        newest = _newest(desk, keyring, {m.id for m in messages}) if reads and not sent else []
        hits = [_hit(h, sent, labels) for h in found.hits]
        invited = [] if sent else my_invitations(desk)
        burning = [_message(row) for row in showing.rows(desk, keyring, messages)]
        burning += [h for h in hits if h["state"] in ("open", "overdue")]
        return {
            "sent": sent,
            "headline": _headline(burning, sent),
            "invited": [
                {"name": i.group.name, "by": i.by, "bureau": codes.get(i.bureau, ""), "until": i.until}
                for i in invited
            ],
            "reads": reads,
            "sealed": reads and keyring is None,
            "labels": labels,
            "burning": sorted(burning, key=lambda b: (b["due"].isoformat() if b["due"] else NEVER, b["url"])),
            "alerts": [] if sent else _alerts(desk, known),
            "reviews": [r.model_dump() for r in found.reviews],
            "silent": [h for h in hits if h["state"] in ("silent", "contact")],
            "done": [h for h in hits if h["state"] in ("confirmed", "denied", "withdrawn")],
            "newest": newest,
        }


def _headline(burning: Sequence[Shown], sent: bool) -> str:
    """The page's title; what burns most comes first in it, for a tab that nobody looks at."""
    said = _("Waiting for others") if sent else _("Inbox")
    labels = {row["urgency"]: row["urgency_label"] for row in burning}
    worst = next((labels[u] for u in ("flash", "immediate") if u in labels), "")
    return f"{worst} · {said}" if worst and not sent else said


def _newest(desk: Desk, keyring: Keyring | None, above: Set[str]) -> list[Shown]:
    """The newest messages received that do not stand above, among what burns."""
    listed = reading.listed(desk, keyring, reading.Filter(), limit=NEWEST + len(above)).messages
    return showing.rows(desk, keyring, [m for m in listed if m.id not in above][:NEWEST])


def _message(row: Shown) -> Shown:
    """A message among what burns."""
    others = row["others"]
    return row | {
        "sort": row["type_label"],
        "sort_slug": "message",
        "with": others[0] if len(others) == 1 else "",
        "many": len(others),
        "caption": row["subject"] or row["about"],
        "why": row["case"],
        "purpose": "",
    }


def _hit(hit: Any, sent: bool, labels: Mapping[str, str]) -> Shown:
    """A hit, among what burns or in a list of its own."""
    other = hit.owner if sent else hit.asker
    state = "overdue" if hit.overdue else hit.state
    return {
        "url": f"/hits/{hit.id}",
        "sort": _("Hit"),
        "sort_slug": "hit",
        "with": other,
        "many": 1,
        "caption": hit.caption or words.asked(hit.asked),
        "readable": True,
        "text_dir": "auto",
        "language": "",
        "why": words.label(words.REASONS_GIVEN, hit.justification),
        "purpose": hit.purpose,
        "urgency": "immediate" if hit.urgent else "",
        "urgency_label": _("Urgent hit"),
        "urgent": hit.urgent,
        "state": state,
        "is_late": hit.overdue,
        "at": datetime.fromisoformat(hit.at) if hit.at else None,
        "due": datetime.fromisoformat(hit.due) if hit.due else None,
        "with_label": labels.get(other, ""),
    }


def _alerts(desk: Desk, known: Mapping[int, Bureau]) -> list[Shown]:
    """What the bureau is told, each with what it names, as far as this desk sees it now."""
    told = alerts_here(desk)
    seen = desk.look_all([a.first(name) for a in told for name in ("object", "second") if a.first(name)])
    closed = {i for i, t in seen.items() if t.kind == "StandingQuery" and not _reads_query(desk, t)}
    seen |= desk.look_all(
        [t.first("mine") for t in seen.values() if t.kind == COMPARISON and t.first("mine")]
    )
    captions = {i: _called(desk, t) for i, t in seen.items() if t.kind != COMPARISON and i not in closed}
    captions |= {
        i: captions.get(t.first("mine"), "") for i, t in seen.items() if t.kind == COMPARISON
    }  # by the bureau's own set; what sort it is, the alert says
    return [_alert(desk, a, known, captions, closed) for a in told]


def _called(desk: Desk, thing: Thing) -> str:
    """What to call a thing in a line; a set of fingers or faces without a name by its date."""
    said = desk.house.model.caption(thing.kind, thing.body)
    label = desk.house.model[thing.kind].label
    return f"{_(label)}, {formats.day(thing.created.date())}" if thing.kind == SET and said == label else said


def _reads_query(desk: Desk, query: Thing) -> bool:
    return may(desk.asker, "stand") and search.reads_query(desk.asker, query)


def _alert(
    desk: Desk, alert: Thing, known: Mapping[int, Bureau], captions: Mapping[str, str], closed: Set[str]
) -> Shown:
    """An alert in words, with the way to what it is about."""
    what = alert.first("what")
    other = known.get(int(alert.first("other", "0")))
    parts = {name: alert.first(name) for name in ("object", "second", "search")}
    parts = {name: "" if id in closed else id for name, id in parts.items()}
    parts |= {"other": other.code if other else "", "own": known[desk.asker.bureau].code}
    shape = WHERE.get(what, "")
    needed = [name for name in parts if "{" + name + "}" in shape]
    said = [
        words.label({**wording.URGENCIES, **words.OUTCOMES}, word) for word in alert.first("text").split()
    ]
    named = [c for name in ("object", "second") if (c := captions.get(alert.first(name), ""))]
    said += dict.fromkeys(named)
    return {
        "id": alert.id,
        "what": what,
        "label": words.label(words.ALERTS, what),
        "url": shape.format(**parts) if all(parts[name] for name in needed) else "",
        "other": other.code if other else "",
        "other_label": other.label if other else "",
        "token": alert.first("token"),
        "said": " · ".join(said),
        "is_late": what in LATE,
        "at": showing.moment(alert.first("at")),
    }
