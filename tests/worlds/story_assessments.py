"""What U asks of threat assessments: his own, those in which his bureau scores, those of others."""

from typing import Any

from rooms.assessed import form, given, place
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_assessments import MIND, SUMMARY
from worlds.pair import Known
from worlds.story_messages import some

TITLE = "Ours of this year"
INDICATORS = [{"code": "supply", "name": "Supply"}, {"code": "demand", "name": "Demand"}]
SEATS = ("first", "second", "third")


def beginning(asking: Asking) -> Told:
    """Schemes, a draft with faults, one that others score."""
    yield asking.api("GET", "/assessments/schemes")
    made = yield asking.api("POST", "/assessments/schemes", {"name": "Ours", "indicators": INDICATORS})
    scheme = made.json[0]["slug"] if made.status == 201 else ABSENT
    yield asking.api("POST", "/assessments", form(places=[place(first="QQ")], before=ABSENT))
    places = [place(first="XB", second="XC", third="XD", reviewer="XD")]
    made = yield asking.api("POST", "/assessments", form(title=TITLE, places=places))
    id = made.json["id"] if made.status == 201 else ABSENT
    version = made.json["version"] if made.status == 201 else 1
    said = form(title=TITLE, places=places, subject="Of this year.")
    made = yield asking.api("PUT", f"/assessments/{id}", {"version": version, "assessment": said})
    version = made.json["version"] if made.status == 200 else version
    yield asking.api("POST", f"/assessments/{id}/steps", {"version": version, "step": "open"})
    yield asking.page("GET", "/assessments/new")
    yield asking.page("POST", "/assessments/new", ("title", ""), ("places", "xb; North; QQ"))
    fields = (("title", TITLE), ("period", "2025"), ("scheme", scheme), ("level", "official"))
    drafted = yield asking.page("POST", "/assessments/new", *fields)
    path = drafted.header("location") or f"/assessments/{ABSENT}"
    yield asking.page("GET", f"{path}/edit")
    yield asking.page("POST", f"{path}/edit", *fields, ("version", "1"))
    yield asking.page("POST", f"{path}/steps", ("step", "discard"), ("version", "2"))
    yield asking.api("DELETE", f"/assessments/schemes/{scheme}")
    yield asking.api("DELETE", f"/assessments/schemes/{ABSENT}")


def browsing(asking: Asking, known: Known, wholly: bool) -> Told:
    """Those that he reads, a step further; and others."""
    yield asking.page("GET", "/assessments")
    listed = yield asking.api("GET", "/assessments")
    for row in (listed.json if listed.status == 200 else [])[:5]:
        yield from one(asking, known, row["id"], wholly)
    yield from others(asking, known, wholly)


def one(asking: Asking, known: Known, id: str, wholly: bool) -> Told:
    path = f"/assessments/{id}"
    answer = yield asking.api("GET", path)
    yield asking.page("GET", path)
    yield asking.page("GET", f"{path}/edit")
    if answer.status != 200:
        return
    told = answer.json
    for there in told["places"]:
        yield asking.page("GET", f"{path}/places/{there['code']}")
        for seat in SEATS:
            yield asking.api("GET", f"{path}/places/{there['code']}/scores?seat={seat}")
    for waits in told["waits"]:
        yield from waiting(asking, known, path, waits)
    now = yield asking.api("GET", path)
    if now.status == 200 and "lock" in now.json["steps"]:
        yield asking.api("POST", f"{path}/steps", {"version": now.json["version"], "step": "lock"})
    yield from publishing(asking, known, path)


def waiting(asking: Asking, known: Known, path: str, waits: dict[str, Any]) -> Told:
    """What waits for his bureau: a seat, or a review."""
    where, sort = f"{path}/places/{waits['place']}", waits["sort"]
    now = yield asking.api("GET", path)
    version = now.json["version"] if now.status == 200 else 1
    if sort == "review":
        said = {"summary": SUMMARY, "mind": MIND, "version": version}
        yield asking.api("POST", f"{where}/review", said)
    elif sort in SEATS:
        yield asking.api("POST", f"{where}/seats", {"seat": sort})
        yield asking.page("GET", f"{where}/scores?seat={sort}")
        cases = yield asking.api("GET", "/cases?limit=200")
        seen = {row["id"] for row in cases.json["cases"]} if cases.status == 200 else set()
        hidden = [id for id in known.of_kind("CaseStudy") if id not in seen]  # of a seen one he is told
        for id in (*known.ids[:4], *some(hidden, 2), ABSENT):  # which reader may not see it
            scores = given(supply=5)
            scores[0]["evidence"] = [id]
            yield asking.api("PUT", f"{where}/scores", {"seat": sort, "scores": scores, "version": 0})
        sheet = yield asking.api("GET", f"{where}/scores?seat={sort}")
        if sheet.status == 200:
            said = {"seat": sort, "version": sheet.json["version"], "done": True}
            yield asking.api("PUT", f"{where}/scores", {**said, "scores": given(supply=6, demand=6)})
    else:
        yield asking.api("PUT", f"{where}/third", {"third": "XD", "version": version})


def publishing(asking: Asking, known: Known, path: str) -> Told:
    """Prepared, checked, decided; those of others."""
    listed = yield asking.api("GET", f"{path}/publications")
    yield asking.page("GET", f"{path}/publications")
    yield asking.api("POST", f"{path}/publications", {"distribution": [{"bureau": "XB"}]})
    rows = [row["id"] for row in listed.json] if listed.status == 200 else []
    for id in [*rows[-1:], *some(known.of_kind("AssessmentReport"), 1), ABSENT]:
        yield asking.api("GET", f"{path}/publications/{id}/check")
        yield asking.api("POST", f"{path}/publications/{id}/decide", {"approve": True})
        yield asking.page("POST", f"{path}/publications/{id}", ("do", "approve"))
    yield asking.api("GET", f"{path}/publications")


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Assessments of either world by every address, and schemes."""
    listed = yield asking.api("GET", "/assessments")
    mine = {row["id"] for row in listed.json} if listed.status == 200 else set()
    ids = [id for id in known.of_kind("Assessment") if id not in mine]
    for id in [*ids, ABSENT, MALFORMED]:
        yield asking.api("GET", f"/assessments/{id}")
    for id in [*some(ids, 3 if wholly else 1), ABSENT]:
        yield from by_every_address(asking, f"/assessments/{id}")
    for scheme in some(known.of_kind("IndicatorScheme"), 2):
        yield asking.api("POST", "/assessments", form(scheme=scheme, indicators=[], places=[]))
        yield asking.api("DELETE", f"/assessments/schemes/{scheme}")
    for id in some(ids, 2):
        yield asking.api("POST", "/assessments", form(before=id, places=[]))


def by_every_address(asking: Asking, path: str) -> Told:
    where = f"{path}/places/xb"
    yield asking.api("PUT", path, {"version": 9, "assessment": form()})
    yield asking.api("POST", f"{path}/steps", {"version": 9, "step": "open"})
    yield asking.api("POST", f"{where}/seats", {"seat": "first"})
    yield asking.api("PUT", f"{where}/third", {"third": "XD", "version": 9})
    yield asking.api("GET", f"{where}/scores?seat=first")
    yield asking.api("PUT", f"{where}/scores", {"seat": "first", "scores": [], "version": 9})
    yield asking.api("POST", f"{where}/review", {"summary": SUMMARY, "mind": MIND, "version": 9})
    yield asking.api("GET", f"{path}/publications")
    yield asking.api("POST", f"{path}/publications", {"distribution": [{"bureau": "XB"}]})
    yield asking.api("GET", f"{path}/publications/{ABSENT}/check")
    yield asking.api("POST", f"{path}/publications/{ABSENT}/decide", {"approve": True})
    yield asking.api("POST", f"{path}/publications/{ABSENT}/withdraw", {"why": "It was a mistake."})
    for rest in ("", "/edit", "/places/xb", "/places/xb/scores?seat=first", "/publications"):
        yield asking.page("GET", f"{path}{rest}")
    for rest, said in (
        ("/edit", ("title", "Other")),
        ("/steps", ("step", "open")),
        ("/places/xb/seats", ("seat", "first")),
        ("/places/xb/third", ("third", "XD")),
        ("/places/xb/scores", ("seat", "first")),
        ("/places/xb/review", ("summary", SUMMARY)),
        ("/publications", ("to", "XB")),
        (f"/publications/{ABSENT}", ("do", "approve")),
    ):
        yield asking.page("POST", f"{path}{rest}", said, ("version", "9"))
    yield asking.api("DELETE", f"{path}?version=9")
