"""Invented contexts of the inbox and of the pages of messages."""

from types import SimpleNamespace as Made
from typing import Any

from samples import AT, HIT, SOON

from entente.core.problems import Fault
from entente.rooms.messages import wording
from entente.rooms.messages.model import MessageForm
from entente.web import words

LABELS = {"XA": "Arland", "XB": "Belmora", "XC": "Costa Verde"}


def row(id: str, urgency: str, due: Any, **more: Any) -> dict[str, Any]:
    """A message in a list, as showing.row makes it."""
    usual = {
        "id": id,
        "url": f"/messages/{id}",
        "box": "in",
        "type": "request",
        "type_label": "Request",
        "sender": "XB",
        "others": ["XB"],
        "group": "",
        "urgency": urgency,
        "urgency_label": words.label(wording.URGENCIES, urgency),
        "state": "late" if due and due < SOON else "open",
        "state_label": "Late" if due and due < SOON else "Open",
        "tone": "bad" if due and due < SOON else "info",
        "at": AT,
        "due": due,
        "is_late": bool(due and due < SOON),
        "opened": False,
        "readable": True,
        "subject": "هوية شخص",
        "about": "",
        "case": "XB-7",
        "language": "ar",
        "text_dir": "rtl",
    }
    return usual | more


LATE, OPEN = row("m1", "flash", AT), row("m2", "immediate", SOON, group="g1", opened=True)
SEALED = row("m3", "routine", None, readable=False, subject="", case="", type="answer", type_label="Answer")
MANY = row("m4", "urgent", SOON, others=["XA", "XB", "XC", "XD", "XE", "XF", "XG"], box="out")


def burning(row: dict[str, Any]) -> dict[str, Any]:
    others = row["others"]
    one = others[0] if len(others) == 1 else ""
    why = {"caption": row["subject"], "why": row["case"], "purpose": "", "many": len(others), "with": one}
    return row | {"sort": row["type_label"], "sort_slug": "message"} | why


def hit(state: str, **more: Any) -> dict[str, Any]:
    usual = {
        "url": "/hits/h1",
        "sort": "Hit",
        "sort_slug": "hit",
        "with": "XB",
        "caption": HIT.caption,
        "readable": True,
        "text_dir": "auto",
        "language": "",
        "why": HIT.justification,
        "purpose": HIT.purpose,
        "urgency": "immediate",
        "urgency_label": "Urgent hit",
        "urgent": True,
        "state": state,
        "is_late": False,
        "at": AT,
        "due": SOON,
    }
    return usual | more


def alert(id: str, **more: Any) -> dict[str, Any]:
    usual = {
        "id": id,
        "url": "",
        "label": "A bureau changed its key",
        "other": "",
        "other_label": "",
        "token": "",
    }
    return usual | {"said": "", "is_late": False, "at": AT} | more


INBOX: dict[str, Any] = {
    "sent": False,
    "headline": "FLASH · Inbox",
    "invited": [{"name": "Harbour", "by": "Analyst of XB", "bureau": "XB", "until": AT.date()}],
    "reads": True,
    "sealed": False,
    "labels": LABELS,
    "burning": [burning(LATE), burning(OPEN), burning(SEALED), burning(MANY), hit("open"), hit("overdue")],
    "alerts": [
        alert("a1", url="/messages/m1", other="XB", other_label="Belmora", said="FLASH", is_late=True),
        alert("a2", token="T-1"),
    ],
    "reviews": [Made(id="r1", until="2026-04-01", records=200, more=True)],
    "silent": [hit("silent", due=None), hit("contact", urgent=False, urgency="")],
    "done": [hit("confirmed"), hit("denied"), hit("withdrawn")],
    "newest": [LATE, OPEN, SEALED],
}
NOTHING: dict[str, Any] = {key: [] for key in ("burning", "alerts", "reviews", "silent", "done", "newest")}
LIST: dict[str, Any] = {
    "box": "in",
    "rows": [LATE, OPEN, SEALED, MANY],
    "given": {"box": "in", "words": "van", "bureau": "XB", "urgency": "flash", "state": "open"},
    "narrowed": True,
    "sealed": True,
    "labels": LABELS,
    "bureaus": [("XB", "XB Belmora")],
    "urgencies": words.choices(wording.URGENCIES),
    "states": words.choices(wording.STATES),
    "first": "/messages",
    "older": "/messages?after=m4",
}
DRAFT = MessageForm(to=["XB", "XC"], subject="", text="…")
NEW: dict[str, Any] = {
    "given": DRAFT.model_dump() | {"draft": "d1", "ref": "r1", "group": "g1"},
    "questions": ["Whose is it?", ""],
    "faults": [
        Fault("to/0", "XB is suspended (RPD 131)", "Leave it out."),
        Fault("questions/0", "String should have at least 1 character", ""),
        Fault("attachment", "“van.pdf” says it is pdf, and is not", ""),
        Fault("subject", "There is no subject", "Say in a line what it is about."),
    ],
    "places": {"to/0": ("f-to", "Recipients"), "questions/0": ("q-1", "Question 1")},
    "bureaus": [
        {"code": "XB", "label": "Belmora", "suspended": True, "keyless": False, "opens": None},
        {"code": "XC", "label": "Costa Verde", "suspended": False, "keyless": True, "opens": None},
        {"code": "XD", "label": "Dunmark", "suspended": False, "keyless": False, "opens": SOON},
    ],
    "groups": [("g1", "Vans")],
    "files": [{"id": "u1", "name": "van.pdf", "size": 2_000_000}],
    "urgencies": [(slug, said, "1 hour", "Why") for slug, said in words.choices(wording.URGENCIES)],
    "standards": [("vehicle-owner", "Owner of a vehicle")],
    "levels": words.choices(words.LEVELS),
    "tongues": [("en", "English")],
}


def question(number: int, state: str, **more: Any) -> dict[str, Any]:
    usual = {
        "number": number,
        "text": "Whose?",
        "state": state,
        "until": None,
        "answer": "",
        "answer_text": "",
    }
    return usual | {"label": state, "tone": ""} | more


def party(bureau: str, **more: Any) -> dict[str, Any]:
    by = "00ff" * 16
    receipts = [
        {"fact": "Stored", "at": AT, "house": True, "by": "house", "short": "house"},
        {"fact": "Opened", "at": AT, "house": False, "by": by, "short": "00ff 00ff …"},
        {"fact": "Answered", "at": None, "house": False, "by": "", "short": ""},
    ]
    usual = {"bureau": bureau, "label": LABELS[bureau], "state": "late", "state_label": "Late", "tone": "bad"}
    return usual | {"due": AT, "duty": "+999 1", "opens": SOON, "receipts": receipts, "questions": []} | more


OTHER = row("m5", "urgent", None) | {
    "inline": True,
    "text": "نص",
    "asked": ["سؤال"],
    "given": [],
    "earlier": True,
}
GIVEN = {"number": 1, "how": "time", "label": "Time committed", "tone": "warn", "until": SOON, "text": ""}
MESSAGE: dict[str, Any] = {
    **LATE,
    "message": Made(
        **{
            name: LATE[name]
            for name in ("id", "subject", "readable", "sender", "type", "language", "case", "group")
        },
        level="restricted",
        to=["XA"],
        officer="I. Okafor",
        their_case="XA-3",
        text="<b>Bold</b>",
        parent="",
        genuine=True,
        signer_state="revoked",
        attachments=[Made(number=1, name="van.pdf", size=900)],
    ),
    "mine": "XA",
    "labels": LABELS,
    "group_name": "",
    "written_in": "Written in Arabic",
    "fingerprint": "00ff 00ff",
    "standard": Made(name="Owner of a vehicle"),
    "questions": [
        {"number": 1, "text": "لمن؟", "translated": "Whose?"},
        {"number": 2, "text": "متى؟", "translated": ""},
    ],
    "parties": [
        party(
            "XA",
            questions=[question(1, "open"), question(2, "content", answer="m6", answer_text="Nobody's")],
        )
    ],
    "given": [],
    "closed_until": AT,
    "seen": "0" * 16,
    "unsent": None,
    "sent": False,
    "delivered": ["XB"],
    "open_questions": [question(1, "open")],
    "unopened": [],
    "may_cancel": False,
    "may_export": True,
    "before": [OTHER],
    "after": [OTHER | {"id": "m6", "inline": False}],
    "given_answer": {
        "text": "",
        "case": "",
        "reason": "",
        "language": "en",
        "ref": "r1",
        "by_question": {1: {"how": "refusal", "text": "", "until": ""}},
    },
    "files": [{"id": "u1", "name": "van.pdf", "size": 900}],
    "tongues": [("en", "English")],
    "faults": [Fault("answers/1/text", "A refusal needs its reason", "Write it.")],
    "places": {"answers/1": ("a-1", "Question 1")},
}
OWN: dict[str, Any] = MESSAGE | {
    "box": "out",
    "message": Made(**(vars(MESSAGE["message"]) | {"genuine": False, "group": "g1"})),
    "group_name": "Vans",
    "parties": [party("XB", questions=[question(1, "time", until=SOON)]), party("XC", duty="", opens=None)],
    "open_questions": [],
    "may_cancel": True,
}
ANSWER = MESSAGE | {"questions": [], "open_questions": [], "parties": [], "given": [GIVEN], "faults": []}
UNREAD = ANSWER | {"message": Made(**(vars(MESSAGE["message"]) | {"readable": False, "attachments": []}))}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "thread-news": ("messages/news.html", {"id": "m1", "fresh": True, "typing": True}),
    "inbox": ("messages/inbox.html", INBOX),
    "inbox-part": ("messages/inbox_part.html", INBOX),
    "inbox-sealed": ("messages/inbox.html", INBOX | {"sealed": True, "sent": True}),
    "inbox-empty": ("messages/inbox.html", INBOX | {"reads": False, **NOTHING}),
    "messages": ("messages/list.html", LIST),
    "messages-none": (
        "messages/list.html",
        LIST | {"rows": [], "narrowed": False, "box": "out", "sealed": False},
    ),
    "drafts": ("messages/drafts.html", {"drafts": [{"id": "d1", "changed": AT, "draft": DRAFT}]}),
    "drafts-none": ("messages/drafts.html", {"drafts": []}),
    "new": ("messages/new.html", NEW),
    "message": ("messages/message.html", MESSAGE),
    "message-own": ("messages/message.html", OWN),
    "message-answer": ("messages/message.html", ANSWER),
    "message-sealed": ("messages/message.html", UNREAD),
}
