"""Invented contexts, one for each page, as its template's top comment states them."""

from datetime import date
from types import SimpleNamespace as Made
from typing import Any

import sample_analysis
import sample_biometrics
import sample_directory
import sample_messages
import sample_papers
import sample_papers_checks
import sample_search
import sample_series
from samples import (
    ANSWER,
    AT,
    BUREAUS,
    FAULTS,
    FIELDS,
    FILTERS,
    HANDLING,
    KINDS,
    LINKS,
    NO_FILTERS,
    NOTHING,
    OFFICER,
    RECORD,
    ROWS,
)

from entente.core.problems import Absent, Fault, Faulty, NoPurpose, NotSignedIn
from entente.rooms.bureaus.model import SORTS
from entente.web import words
from entente.web.badges import Badge

BADGES = [Badge("Red notice", "tone-red", "/notices/n1")]
BOX: dict[str, Any] = {
    "kinds": KINDS,
    "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    "settled": False,
}


def _problem(problem: Any) -> dict[str, Any]:
    return {"problem": problem, "slug": problem.slug(), "purposes": BOX["purposes"]}


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    **sample_analysis.PAGES,
    **sample_biometrics.PAGES,
    **sample_directory.PAGES,
    **sample_messages.PAGES,
    **sample_papers.PAGES,
    **sample_papers_checks.PAGES,
    **sample_search.PAGES,
    **sample_series.PAGES,
    "box": ("search/box.html", BOX | {"q": "", "answer": None, "filters": NO_FILTERS, "faults": []}),
    "found": (
        "search/box.html",
        BOX | {"q": "yousef alkarimi 1971", "answer": ANSWER, "filters": FILTERS, "faults": []},
    ),
    "unfound": (
        "search/box.html",
        BOX | {"q": "y", "answer": None, "filters": FILTERS, "faults": [Fault("born", "“x” is no date")]},
    ),
    "answer": ("search/answer.html", BOX | {"answer": ANSWER}),
    "nothing": ("search/answer.html", BOX | {"answer": NOTHING}),
    "judged": ("search/judged.html", {"verdict": "same", "hit": "h1", "urgent": True}),
    "verdict": ("search/verdict.html", {"verdict": "not-same", "hit": "", "urgent": False}),
    "why": ("search/inquiry.html", BOX | {"settled": True}),
    "record": (
        "records/record.html",
        {
            "record": RECORD,
            "links": LINKS,
            "may": {"correct", "withdraw", "review"},
            "search": "",
            "badges": BADGES,
        },
    ),
    "record-theirs": (
        "records/record.html",
        {
            "record": Made(
                **(
                    vars(RECORD)
                    | {
                        "mine": False,
                        "owner": "XB",
                        "owner_label": "Belmora",
                        "owner_phone": "+999 2",
                        "ref": "",
                    }
                )
            ),
            "links": [],
            "badges": [],
            "may": set(),
            "search": "0" * 32,
        },
    ),
    "versions": (
        "records/versions.html",
        {
            "record": RECORD,
            "versions": [
                Made(
                    version=2,
                    changed=AT,
                    status="live",
                    first=False,
                    changes=[("Born", ["1971"], ["1971-03-05"])],
                    handling=("Every bureau", "Your bureau alone"),
                ),
                Made(version=1, changed=AT, status="", first=True, changes=[], handling=None),
            ],
        },
    ),
    "form": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": FAULTS,
            "otherwise": None,
            "places": {"properties/birthDate": ("p-birthDate", "Date of birth")},
            "handling": HANDLING,
            "expires": "2029-06-30",
            "grade": "B2",
            "ref": "",
            "version": "0",
            "action": "/contribute/Person",
        },
    ),
    "correct": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": [],
            "otherwise": [("Date of birth", ["1971"], ["1971-03-05"]), ("Grade", ["B2"], [])],
            "places": {},
            "handling": None,
            "expires": "",
            "grade": "",
            "ref": "",
            "version": "3",
            "action": "/records/5f/correct",
        },
    ),
    "handling": (
        "records/handling.html",
        {
            "record": RECORD,
            "handling": HANDLING,
            "faults": [Fault("handling/level", "This level is above your clearance", "Choose a lower one.")],
            "places": {"handling/level": ("f-level", "Level")},
            "stands": "Every bureau · Restricted",
        },
    ),
    "mine": (
        "records/mine.html",
        {
            "records": ROWS,
            "kinds": KINDS,
            "kind": "",
            "expires": "",
            "first": "/records",
            "older": "/records?after=2",
        },
    ),
    "ending": (
        "records/mine.html",
        {"records": ROWS, "kinds": KINDS, "kind": "", "expires": date(2026, 4, 1), "first": "", "older": ""},
    ),
    "kinds": (
        "records/kinds.html",
        {"everyday": KINDS[:2], "others": KINDS[2:]},
    ),
    "sign-in": (
        "bureaus/sign_in.html",
        {
            "failed": "This link was used already, or is too old.",
            "bureau": "",
            "name": "",
            "next": "/",
        },
    ),
    "link": ("bureaus/link.html", {"action": "/sign-in/link/9s8d7f"}),
    "me": (
        "bureaus/me.html",
        {
            "officer": OFFICER,
            "passkeys": [
                Made(id="p1", made=AT, used=None, opens=True),
                Made(id="p2", made=AT, used=AT, opens=False),
            ],
            "opens": False,
            "lasting": False,
            "standing": Made(fresh=True, returns=False),
            "sessions": [
                Made(id="s1", since=AT, seen=AT, how="passkey", here=True),
                Made(id="s2", since=AT, seen=AT, how="link", here=False),
            ],
            "invitations": sample_directory.INVITATIONS,
            "faults": [Fault("password", "It must have 12 to 1,000 characters", "A sentence is good.")],
            "said": "Your password was set.",
        },
    ),
    "officers": (
        "bureaus/officers.html",
        {
            "officers": [OFFICER],
            "form": Made(name="", email="", roles=["officer"], clearance="official"),
            "faults": [],
            "bureaus": BUREAUS,
            "bureau": "XA",
        },
    ),
    "officer": (
        "bureaus/officer.html",
        {
            "officer": OFFICER,
            "held": "XA/file-12",
            "prefix": "XA/",
            "link": "https://entente.example/sign-in/once/9s8d7f",
            "faults": [],
            "waits": [Made(how="link", since=AT)],
            "gives": True,
            "standing": Made(fresh=False, returns=False),
        },
    ),
    "bureaus": (
        "bureaus/bureaus.html",
        {
            "bureaus": [
                Made(
                    code=c,
                    label=label,
                    desk="National desk",
                    phone="",
                    email=f"desk@{c.lower()}.example",
                    duty="+999 110",
                    hours="mon-fri 08:00-17:00",
                    zone="Europe/Paris",
                    languages=["en", "fr"],
                    active=c != "XB",
                    sort="customs" if c == "XB" else "police",
                    secretariat=c == "XA",
                    open=c == "XA",
                    opens=AT,
                )
                for c, label in BUREAUS
            ],
            "mine": "XA",
            "suspends": True,
            "sorts": SORTS,
            "form": Made(code="", label="", desk="", phone="", email="", sort="police"),
            "faults": [],
        },
    ),
    "bureau": (
        "bureaus/bureau.html",
        {
            "bureau": Made(
                code="XA",
                label=BUREAUS[0][1],
                desk="National desk",
                phone="+999 1",
                email="",
                duty="+999 9",
                hours="mon-fri 08:00-17:00",
                zone="Europe/Paris",
                languages=("en", "fr"),
            ),
            "keys": [
                Made(
                    fingerprint=f"{n}" * 64,
                    groups=[f"{n}" * 4] * 16,
                    state=state,
                    since=AT,
                    founded=founded,
                    signed=signed,
                )
                for n, state, founded, signed in (
                    (4, "current", "rotated", True),
                    (3, "revoked", "rotated", False),
                    (2, "retired", "anew", False),
                    (1, "retired", "first", False),
                )
            ],
            "own": True,
            "opens": True,
            "standing": Made(fresh=False, returns=True),
        },
    ),
    "keys": (
        "bureaus/keys.html",
        {
            "keys": [
                Made(
                    id="k1",
                    name="Border gate",
                    roles=["officer"],
                    created=AT,
                    expires=date(2027, 1, 1),
                    waits=True,
                )
            ],
            "secret": "",
            "standing": Made(fresh=True, returns=True),
            "form": Made(name="", roles=[], expires="2027-03-14", held=""),
            "roles": [("officer", "Officer")],
            "faults": [],
        },
    ),
    "journal": (
        "bureaus/journal.html",
        {
            "entries": [
                Made(
                    at=AT,
                    act="search",
                    bureau="XA",
                    officer="I. Okafor",
                    object="0" * 32,
                    caption="",
                    what=["yousef", "Border check"],
                ),
                Made(
                    at=AT, act="see", bureau="XA", officer="", object="5f2b", caption="Yusuf", what=["border"]
                ),
            ],
            "first": "/journal",
            "older": "/journal?after=1",
            "object": "",
        },
    ),
    "absent": ("problem.html", _problem(Absent())),
    "faulty": ("problem.html", _problem(Faulty(faults=tuple(FAULTS)))),
    "no-purpose": ("problem.html", _problem(NoPurpose())),
    "problems": ("problems.html", {"problems": [("absent", 404, Absent.title, Absent.do)]}),
    "not-signed-in": ("problem_part.html", _problem(NotSignedIn())),
}
