"""What U asks of analysis files: his own, from opening to closing, one of another bureau that he joins, and
those of which he knows nothing, by every address. See story_charts.py and story_reports.py."""

from typing import Any

from worlds import story_charts, story_reports
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_files import FORM, OURS, WHY, close, person
from worlds.pair import PAUSE, Known, Story
from worlds.plans import Plan
from worlds.story_messages import some

INVITED = tuple({"address": f"{name}@xb.example", "bureau": "XB"} for name in ("officer", "nobody", "new1"))


def charts(plan: Plan, known: Known) -> Story:
    """Files alone, in few questions: what most of their mutants need."""
    asking = Asking(plan)
    yield PAUSE
    yield from joining(asking, known)
    yield PAUSE
    yield from looking(asking, known)
    yield PAUSE
    yield from working(asking, known)


def opening(asking: Asking, known: Known) -> Told:
    """Ask for files, connected and not; one with faults; by API and page."""
    form = {**FORM, "title": "Kestrel"}
    yield asking.api("POST", "/files", {**form, "connect": True})
    yield asking.api("POST", "/files", {**form, "area": "gardening", "retention": 1826})
    yield asking.page("GET", "/files/new")
    yield asking.page("POST", "/files", *((name, str(value)) for name, value in form.items()))
    yield asking.page("GET", "/files")
    answer = yield asking.api("GET", "/files/waiting")
    for row in answer.json if answer.status == 200 else []:
        shown = yield asking.api("GET", f"/files/{row['id']}")
        given = {"version": shown.json.get("version", 1), "approve": True}
        yield asking.page("GET", f"/files/{row['id']}")
        yield asking.api("POST", f"/files/{row['id']}/approve", given)


def joining(asking: Asking, known: Known) -> Told:
    """Accept what he is invited to; those that are for others."""
    answer = yield asking.api("GET", "/files/invitations")
    asked = [i["id"] for i in answer.json] if answer.status == 200 else []
    yield asking.page("GET", "/files")
    for id in [*[i for i in some(known.of_kind("FileInvitation"), 4) if i not in asked], ABSENT]:
        for word in ("accept", "decline"):
            yield asking.api("POST", f"/files/invitations/{id}/{word}")
            yield asking.page("POST", f"/files/invitations/{id}/{word}")
    for id in asked:
        yield asking.api("POST", f"/files/invitations/{id}/accept")


def mine(asking: Asking) -> Told:
    """His files: that of another bureau's first."""
    answer = yield asking.api("GET", "/files")
    found = answer.json if answer.status == 200 else []
    return [f["id"] for f in sorted(found, key=lambda f: f["title"] != OURS)]


def working(asking: Asking, known: Known) -> Told:
    """What is in the file that he shares with others; then all that an analyst does with it."""
    his = yield from mine(asking)
    for id in his[:1]:
        people, ties = yield from inside(asking, id)
        unseen = yield from hidden(asking, known)
        yield from story_charts.charts(asking, known, id, people, unseen)
        yield from story_charts.network(asking, id, people, unseen)
        yield from bringing(asking, known, id)
        yield from naming(asking, known, id, [*people[5:6], *ties[:1], *unseen[:1]])
        yield from story_reports.writing(asking, known, id, people, unseen)


def looking(asking: Asking, known: Known) -> Told:
    """The same later, in few questions: what others did meanwhile, as far as he sees it."""
    his = yield from mine(asking)
    for id in his[:1]:
        people, _ties = yield from inside(asking, id)
        yield from story_charts.looking(asking, known, id, people)
        yield from story_reports.looking(asking, id)


def inside(asking: Asking, id: str) -> Told:
    """What the file says of itself; returns ids of its things, the first contributed first, and of ties."""
    for path in ("", "/contributions?limit=1", "/subjects", "/subjects?which=removed", "/reports"):
        yield asking.api("GET", f"/files/{id}{path}")
    for path in ("", "/subjects"):
        yield asking.page("GET", f"/files/{id}{path}")
    answer = yield asking.api("GET", f"/files/{id}/contributions")
    found = [t for c in answer.json[::-1] for t in c["things"]] if answer.status == 200 else []
    ties = [t["id"] for t in found if t["kind"] == "Associate"]
    for tie in ties[:6]:
        yield asking.api("GET", f"/records/{tie}")
    for record in [t["id"] for t in found if t["kind"] == "Person"][:6]:
        yield asking.api("GET", f"/records/{record}/links")
    return [t["id"] for t in found if t["kind"] == "Person"], ties


def hidden(asking: Asking, known: Known) -> Told:
    """Ids of what he does not see, there in one world or in both; and of nothing. Not of what he sees: a
    release check tells him whom of his readers its owner leaves out, as it must."""
    found: list[str] = []
    for record in some(known.of_kind("Person"), 6):
        shown = yield asking.api("GET", f"/records/{record}")
        found += [record] if shown.status != 200 else []
    return [*found[:3], ABSENT]


def bringing(asking: Asking, known: Known, id: str) -> Told:
    """Contribute: new things, things that others have, and ids of what is hidden."""
    things = [person("Gero Amsel", passportNumber="B70441920"), person("Hanna Ost"), close("#1", "#2")]
    yield asking.api("POST", f"/files/{id}/contributions", {"text": "Seen", "things": things})
    for record in (yield from hidden(asking, known)):
        yield asking.api("POST", f"/files/{id}/contributions", {"text": "x", "records": [record]})
    yield asking.page("POST", f"/files/{id}/contribute", ("text", "On a form"), ("a-name", "Mira Halvorsen"))


def naming(asking: Asking, known: Known, id: str, records: list[str]) -> Told:
    """Name subjects, known and hidden ones."""
    for record in (*records, ABSENT):
        said = {"record": record, "category": "suspect", "rationale": WHY, "reviewDue": "2026-06-01"}
        yield asking.api("POST", f"/files/{id}/subjects", said)
    yield asking.page("POST", f"/files/{id}/subjects", ("record", ABSENT), ("category", "leader"))


def every(asking: Asking, known: Known) -> Told:
    """All files by all addresses, his own and those of which he knows nothing; then what ends them."""
    his = yield from mine(asking)
    others = [i for i in some(known.of_kind("AnalysisFile"), 4) if i not in his]
    for id in [*his[:2], *others[:2], ABSENT, MALFORMED]:
        yield from one(asking, known, id)
    for id in [*his[:1], *others[:1], ABSENT]:
        yield from story_charts.every(asking, known, id)
        yield from story_reports.every(asking, known, id)
    yield from story_reports.copies(asking, known)
    for id in [*his[1:2], *others[:1], *his[:1], ABSENT]:
        yield from ending(asking, id)
    yield from mine(asking)


def one(asking: Asking, known: Known, id: str) -> Told:
    for path in ("", "/contributions", "/subjects", "/charts", "/reports"):
        yield asking.api("GET", f"/files/{id}{path}")
    for path in ("", "/contribute", "/subjects", "/subjects/new", "/charts", "/reports"):
        yield asking.page("GET", f"/files/{id}{path}")
    for said in INVITED:
        yield asking.api("POST", f"/files/{id}/members", said)
    asked = (("address", "x@xb.example"), ("bureau", "XB"), ("role", "reader"))
    yield asking.page("POST", f"/files/{id}/members", *asked)
    yield from bringing(asking, known, id)
    for contribution in [*some(known.of_kind("Contribution"), 4), ABSENT]:
        yield asking.api("GET", f"/files/{id}/contributions/{contribution}")
        yield asking.api("GET", f"/files/{id}/contributions?after={contribution}")
        yield asking.page("GET", f"/files/{id}/contributions/{contribution}")
    yield from naming(asking, known, id, [])
    for subject in [*some(known.of_kind("FileSubject"), 4), ABSENT]:
        given: dict[str, Any] = {"version": 1, "approve": True}
        address = f"/files/{id}/subjects/{subject}"
        yield asking.api("POST", f"{address}/approve", given)
        yield asking.page("POST", f"{address}/approve", ("version", "1"), ("decision", "approve"))
        yield asking.api("POST", f"{address}/remove", {"why": "Another man"})
        yield asking.page("POST", f"{address}/remove", ("why", "Another man"))
    for officer in (*some(known.of_kind("FileInvitation"), 2), ABSENT):
        yield asking.api("PATCH", f"/files/{id}/members/{officer}", {"role": "reader"})
        yield asking.api("DELETE", f"/files/{id}/members/{officer}")
        yield asking.api("DELETE", f"/files/{id}/invitations/{officer}")
        yield asking.page("POST", f"/files/{id}/members/{officer}/role", ("role", "reader"))


def ending(asking: Asking, id: str) -> Told:
    """Extended, closed, left."""
    yield asking.api("POST", f"/files/{id}/extend", {"reviewDue": "2027-01-10", "why": "It goes on"})
    yield asking.page("POST", f"/files/{id}/extend", ("reviewDue", "2027-01-10"), ("why", "It goes on"))
    yield asking.page("POST", f"/files/{id}/approve", ("version", "2"), ("decision", "approve"))
    yield asking.api("POST", f"/files/{id}/approve", {"version": 2, "approve": True})
    yield asking.api("POST", f"/files/{id}/close", {"why": "Done"})
    yield asking.page("POST", f"/files/{id}/close", ("why", "Done"))
    yield asking.api("DELETE", f"/files/{id}")
    yield asking.page("POST", f"/files/{id}/discard")
    yield asking.api("POST", f"/files/{id}/leave")
    yield asking.page("POST", f"/files/{id}/leave")
    yield asking.api("GET", f"/files/{id}")
