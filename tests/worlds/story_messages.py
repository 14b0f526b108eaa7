"""What U asks of messages: his own and everybody else's, by every address. See story.py."""

import json
from collections.abc import Sequence
from itertools import islice
from typing import Any

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import LISTEN, Known

FILE = b"The van was seen at the harbour."
UNKNOWN = "QQ"
REQUEST = {
    "subject": "Owner of a van",
    "text": "Seen at the harbour.",
    "case": "XA-1",
    "urgency": "flash",
    "questions": ["Whose is it?", "Since when?"],
}
SEAL = {"content": "AAAA", "wraps": {}, "signer": "0" * 64, "signature": "AAAA"}


def writing(asking: Asking, known: Known) -> Told:
    """Send to one, to several, into groups and threads that are others'; the same references as others."""
    yield LISTEN
    if not asking.roles & {"officer", "analyst", "supervisor"}:
        yield from refused(asking)
        return
    up = yield asking.raw("POST", "/messages/attachments?name=van.txt", FILE)
    yield asking.raw("POST", "/messages/attachments?name=van.pdf", FILE)
    mine = [up.json["id"]] if up.status == 201 else []
    foreign = known.of_kind("Attachment")
    others = [c for c in ("XB", "XC", "XD") if c != asking.bureau]
    for ref, to, files in (
        ("ref-1", others[:1], mine),
        ("ref-2", others[:2], []),
        ("ref-3", others[1:2], foreign[:2]),
        ("ref-5", others[:1], [ABSENT]),
        ("ref-1", others[1:2], []),
        ("", [UNKNOWN, asking.bureau, *others], []),
    ):
        yield asking.api("POST", "/messages", {**REQUEST, "to": to, "ref": ref, "attachments": files})
    yield asking.api("POST", "/messages", {**REQUEST, "to": others[:1], "level": "confidential"})
    for group in [*known.of_kind("WorkingGroup")[:4], ABSENT, MALFORMED]:
        yield asking.api("POST", "/messages", {**REQUEST, "group": group})
        yield asking.page("GET", f"/messages/new?group={group}")
    for parent in [*some(known.of_kind("Envelope"), 3), ABSENT]:
        yield asking.api("POST", "/messages", {**REQUEST, "to": others[:1], "reply_to": parent})
        yield asking.page("GET", f"/messages/new?reply_to={parent}")
        yield asking.page("GET", f"/messages/new?like={parent}")
    yield from sealing(asking, known, others)
    yield from drafting(asking, known, others)
    yield asking.api("GET", "/messages/standard-requests")
    yield LISTEN


def refused(asking: Asking) -> Told:
    """Who has no part in messages: a taste."""
    for path in ("/messages", "/messages/burning", "/messages/drafts", "/messages/standard-requests"):
        yield asking.api("GET", path)
    yield asking.api("POST", "/messages", {**REQUEST, "to": ["XB"]})
    for path in ("/messages", "/messages/new", "/messages/drafts", f"/messages/{ABSENT}"):
        yield asking.page("GET", path)


def sealing(asking: Asking, known: Known, others: Sequence[str]) -> Told:
    """Envelopes made elsewhere: with digests of others' attachments, after others' messages, into groups."""
    header = {
        "ref": "sealed",
        "sender": asking.bureau,
        "to": others[:1],
        "type": "information",
        "urgency": "routine",
        "language": "en",
        "level": "official",
        "at": "2026-01-15T12:00:00+00:00",
    }
    envelopes = known.of_kind("Envelope")
    for said in (
        {},
        {"sender": others[0]},
        *({"attachments": [{"digest": d, "size": 1}]} for d in some(known.values("Attachment", "blobs"), 4)),
        *({"parent": id, "type": "answer"} for id in some(envelopes, 2)),
        *({"group": id} for id in some(known.of_kind("WorkingGroup"), 2)),
        {"ref": "ref-1"},
    ):
        text = json.dumps({**header, **said})
        yield asking.api("POST", "/messages/sealed", {**SEAL, "header": text})


def drafting(asking: Asking, known: Known, others: Sequence[str]) -> Told:
    """Drafts: one's bureau's, and those of others and of groups one is not in."""
    said = {"to": others[:1], "subject": "To be written", "ref": "later"}
    kept = yield asking.api("POST", "/messages/drafts", said)
    mine = [kept.json["id"]] if kept.status == 201 else []
    for group in [*some(known.of_kind("WorkingGroup"), 2), ABSENT]:
        yield asking.api("POST", "/messages/drafts", {**said, "group": group})
    yield asking.api("POST", "/messages/drafts", {**said, "level": "confidential"})
    for id in [*mine, *some(known.of_kind("MessageDraft"), 3), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/messages/drafts/{id}")
        yield asking.api("PUT", f"/messages/drafts/{id}", {**said, "text": "More."})
        yield asking.page("GET", f"/messages/new?draft={id}")
        sent = {**REQUEST, "to": others[:1], "draft": id, "ref": f"d-{id[:4]}"}
        yield asking.api("POST", "/messages", sent)
    yield asking.api("GET", "/messages/drafts")
    yield asking.page("GET", "/messages/drafts")
    form = (("to", others[0]), ("subject", "By hand"), ("kind", "information"), ("urgency", "routine"))
    more = (("level", "official"), ("language", "en"), ("text", "Seen."))
    for ref, do in (("page-1", "draft"), ("page-2", "send"), ("ref-1", "send"), ("page-3", "more")):
        yield asking.page("POST", "/messages/new", *form, *more, ("ref", ref), ("do", do))
    for id in [*some(known.of_kind("MessageDraft"), 3), ABSENT]:
        yield asking.api("DELETE", f"/messages/drafts/{id}")
        yield asking.page("POST", f"/messages/drafts/{id}/discard")


def lists(asking: Asking, known: Known, wholly: bool) -> Told:
    """The lists, page by page and narrowed, from cursors that are not one's own; returns one's rows."""
    yield LISTEN
    rows: list[dict[str, Any]] = []
    for box in ("in", "out"):
        after = ""
        for _page in range(6):
            answer = yield asking.api("GET", f"/messages?box={box}&limit=5&after={after}")
            if answer.status != 200:
                break
            rows += answer.json["messages"]
            after = answer.json["after"]
            if not after:
                break
    if answer.status != 200:
        return rows
    yield asking.api("GET", "/messages/burning")
    yield asking.api("GET", "/alerts")
    yield asking.page("GET", "/inbox/part")
    yield LISTEN
    if not wholly:
        return rows
    narrowed = ("words=van", "words=harbour&limit=1", "bureau=XC", "urgency=flash", "state=late")
    for query in narrowed:
        yield asking.api("GET", f"/messages?{query}")
        yield asking.page("GET", f"/messages?box=in&{query}")
    for id in [*some(known.of_kind("Envelope"), 3), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/messages?after={id}")
        yield asking.page("GET", f"/messages?after={id}")
    for path in ("/messages", "/messages?box=out", "/messages/new", "/inbox/part?sent=yes"):
        yield asking.page("GET", path)
    return rows


def opening(asking: Asking, known: Known, rows: Sequence[dict[str, Any]]) -> Told:
    """Open, answer, cancel, take attachments, export: of one's own messages and of all others."""
    for row in islice((r for r in rows if r["box"] == "in" and r["type"] == "request"), 4):
        path = f"/messages/{row['id']}"
        yield asking.api("GET", path)
        given = {"question": 1, "how": "content", "text": "Of nobody."}
        later = {"question": 2, "how": "time", "until": "2026-01-18T12:00:00+00:00"}
        yield asking.api("POST", f"{path}/answers", {"answers": [given, later], "ref": f"a-{row['id'][:6]}"})
        yield asking.page("POST", f"{path}/answers", ("how-2", "refusal"), ("text-2", "By law."))
        yield asking.page("GET", path)
    for row in islice((r for r in rows if r["box"] == "out" and r["state"] == "open"), 2):
        yield asking.page("GET", f"/messages/{row['id']}")
        yield asking.api("POST", f"/messages/{row['id']}/cancellation", {"reason": "Found."})
    for row in rows[:5]:
        for path in ("", "/export", "/attachments/1"):
            yield asking.api("GET", f"/messages/{row['id']}{path}")


def others_messages(asking: Asking, known: Known) -> Told:
    """Every message and copy there is in either world, by each address that takes an id."""
    ids = known.of_kind("Envelope")
    for id in [*some(ids, 20), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/messages/{id}")
    for id in [*some(ids, 3), ABSENT]:
        yield asking.page("GET", f"/messages/{id}")
        yield asking.page("GET", f"/messages/{id}/news?seen=x")
        yield asking.api("POST", f"/messages/{id}/answers", {"answers": [{"question": 1, "how": "content"}]})
        yield asking.api("POST", f"/messages/{id}/cancellation", {})
        yield asking.api("GET", f"/messages/{id}/attachments/1")
        yield asking.api("GET", f"/messages/{id}/export")
        yield asking.page("GET", f"/messages/{id}/attachments/1")
        yield asking.page("POST", f"/messages/{id}/answers", ("how-1", "content"))
        yield asking.page("POST", f"/messages/{id}/cancel", ("reason", "x"))
    for id in [*some(known.of_kind("MessageDraft"), 4), ABSENT]:
        yield asking.api("GET", f"/messages/drafts/{id}")
    other = "XB" if asking.bureau != "XB" else "XC"
    for ref in ("ref-7", "ref-3", "ref-1"):
        yield asking.api("POST", "/messages", {**REQUEST, "to": [other], "ref": ref})
    for id in [*some(known.of_kind("Alert"), 6), ABSENT, MALFORMED]:
        yield asking.api("POST", f"/alerts/{id}/note")
        yield asking.page("POST", f"/alerts/{id}/note")
    yield asking.api("GET", "/alerts?seen=true")
    yield asking.page("GET", "/inbox")
    yield LISTEN


def some(ids: Sequence[str], many: int) -> Sequence[str]:
    """So many of them, from all over."""
    return ids[:: max(1, len(ids) // many)][:many]
