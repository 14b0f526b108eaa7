"""Invented contexts of the directory's pages: duty desks, working groups, experts, webhooks."""

from datetime import date
from types import SimpleNamespace as Made
from typing import Any

from samples import AT, BUREAUS

AREAS = [("documents", "Identity and travel documents"), ("drugs", "Drugs")]
CODES = [(code, code) for code, _label in BUREAUS]
DESK = Made(
    desk="Duty desk",
    phone="+999 1",
    email="desk@xa.example",
    duty="+999 110",
    zone="Europe/Paris",
    hours="mon-fri 08:00-17:00",
    holidays="2026-12-25 Christmas",
    languages="en fr",
)
INVITATIONS = [
    Made(
        id="i1",
        name="Harbour",
        area="Drugs",
        purpose="Containers from the south",
        by="M. Duval",
        bureau="XB",
        until=date(2026, 4, 1),
    )
]
GROUP = Made(
    id="g1",
    name="Harbour",
    area="Drugs",
    purpose="Containers",
    ends=date(2026, 12, 31),
    ended=True,
    members=3,
)
MEMBERS = [
    Made(id="o1", name="Ines Okafor", bureau="XA", convenor=True, active=True),
    Made(id="o2", name="Marten Vel", bureau="XB", convenor=False, active=False),
]
GROUP_FORM = Made(name="Harbour", area="drugs", purpose="", ends="2026-12-31")
EXPERT_FORM = Made(
    name="Lena Ørsted",
    unit="Laboratory",
    areas=["documents"],
    languages="en fr",
    phone="+999 55",
    email="",
    hours="mornings",
    officer="o1",
    to="group",
    bureaus=["XB"],
    group="g1",
)
KEEPING: dict[str, Any] = {
    "areas": AREAS,
    "bureaus": CODES,
    "groups": [("g1", "Harbour")],
    "officers": [("o1", "Ines Okafor")],
    "form": EXPERT_FORM,
    "faults": [],
}


def fault(where: str) -> Made:
    return Made(where=where, what="It is not right", do="Mend it.")


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "edit bureau": (
        "bureaus/edit_bureau.html",
        {
            "bureau": Made(code="XA", label="Arland"),
            "form": DESK,
            "zones": [("UTC", "UTC"), ("Europe/Paris", "Europe/Paris")],
            "faults": [fault("hours"), fault("holidays/1")],
        },
    ),
    "suspension": (
        "bureaus/suspension.html",
        {
            "bureau": Made(code="XB", label="Belmora", active=False, reason="Doubt"),
            "reason": "",
            "faults": [fault("reason")],
        },
    ),
    "fresh": ("bureaus/fresh.html", {"standing": Made(fresh=False, returns=False)}),
    "invitations": ("bureaus/invitations.html", {"invitations": INVITATIONS}),
    "groups": (
        "bureaus/groups.html",
        {
            "groups": [GROUP],
            "invitations": INVITATIONS,
            "form": GROUP_FORM,
            "areas": AREAS,
            "faults": [fault("ends")],
        },
    ),
    "group": (
        "bureaus/group.html",
        {
            "group": Made(**{**vars(GROUP), "ended": False}),
            "members": MEMBERS,
            "invited": [Made(id="o3", name="Zoë Lind", bureau="XC", until=date(2026, 4, 1))],
            "convenes": True,
            "writes": True,
            "form": GROUP_FORM,
            "areas": AREAS,
            "colleagues": [("o4", "Abel Ro")],
            "experts": [("e1", "XB Lena Ørsted")],
            "faults": [],
        },
    ),
    "expert fields": ("bureaus/expert_fields.html", KEEPING),
    "expert": (
        "bureaus/expert.html",
        {"expert": Made(id="e1", name="Lena Ørsted", verified="2026-01-15"), **KEEPING},
    ),
    "experts": (
        "bureaus/experts.html",
        {
            "experts": [
                Made(
                    id="e1",
                    bureau="XA",
                    name="Lena Ørsted",
                    unit="Laboratory",
                    areas=["Drugs"],
                    languages=["en"],
                    phone="+999 55",
                    email="",
                    hours="",
                    verified="2026-01-15",
                    expires=date(2026, 4, 1),
                    ends=True,
                    own=True,
                )
            ],
            "query": Made(area="drugs", language="", bureau="", words="lena"),
            **KEEPING,
        },
    ),
    "webhooks": (
        "bureaus/webhooks.html",
        {
            "hooks": [
                Made(
                    id="h1",
                    address="https://gateway.xa.example/",
                    events=["message", "hit"],
                    tried=AT,
                    why="it answered 500",
                )
            ],
            "letters": [Made(id="d1", event="hit", object="5f2b", at=AT, tries="31", why="it answered 500")],
            "origins": ["https://gateway.xa.example"],
            "events": [("message", "A message has come"), ("hit", "A hit")],
            "tested": True,
            "secret": "whsec_shown-once",
            "form": Made(address="", events=["hit"]),
            "faults": [],
        },
    ),
}
