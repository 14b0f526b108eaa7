"""What U asks of casebooks: his bureau's own, written, approved, published; those of others."""

import re

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_cases import FEW, OUR_BOOK, WHY
from worlds.pair import Known
from worlds.story_messages import some

TITLE = "A book of mine"
OPTION = re.compile(r'<option value="([0-9a-f]{32})"')


def beginning(asking: Asking) -> Told:
    """Begun by API and page, with faults first."""
    yield asking.api("POST", "/casebooks", {"title": "Wrong", "cases": [{"case": ABSENT}]})
    yield asking.page("GET", "/casebooks")
    yield asking.page("POST", "/casebooks", ("title", ""), ("access", "public"))
    answer = yield asking.page(
        "POST", "/casebooks", ("title", TITLE), ("access", "law_enforcement"), ("level", "official")
    )
    path = answer.header("location") or f"/casebooks/{ABSENT}/edit"
    yield asking.page("GET", path)
    said = (("title", TITLE), ("access", "public"), ("level", "official"), ("to", "XB"))
    yield asking.page("POST", path, *said, ("seen", "x"), ("case", ABSENT), (f"leave-{ABSENT}", "C2"))


def browsing(asking: Asking, known: Known, wholly: bool) -> Told:
    yield from writing(asking, known)
    yield from reading(asking, wholly)
    yield from others(asking, known, wholly)


def writing(asking: Asking, known: Known) -> Told:
    """A casebook of all admitted cases that he sees, submitted; of cases of either world."""
    listed = yield asking.api("GET", "/casebooks")
    if listed.status != 200 or any(row["state"] == "review" for row in listed.json):
        return
    for id in some(known.of_kind("CaseStudy"), 4):
        yield asking.api("POST", "/casebooks", {"title": "Of others", "cases": [{"case": id}]})
    admitted = yield asking.api("GET", "/cases?which=admitted&limit=200")
    rows = admitted.json["cases"] if admitted.status == 200 else []
    form = {
        "title": f"{TITLE} {len(listed.json)}",
        "cases": [{"case": row["id"]} for row in rows if row["owner"] == asking.bureau][:1],
        "distribution": [{"bureau": "XB"}, {"bureau": asking.bureau}],
        "count_why": FEW,
    }
    made = yield asking.api("POST", "/casebooks", form)
    if made.status != 201:
        return
    path = f"/casebooks/{made.json['id']}"
    again = yield asking.api("PUT", path, {**form, "foreword": "Of this year.", "seen": made.json["seen"]})
    page = yield asking.page("GET", path)
    approvers = OPTION.findall(page.text) if page.status == 200 else []
    for officer in (ABSENT, *approvers):
        said = {"seen": again.json.get("seen", ""), "approver": officer}
        yield asking.api("POST", f"{path}/submit", said)


def reading(asking: Asking, wholly: bool = False) -> Told:
    """His bureau's, each as far as he sees its cases."""
    yield asking.page("GET", "/casebooks")
    listed = yield asking.api("GET", "/casebooks")
    rows = listed.json if listed.status == 200 else []
    told = [row for row in rows if row["cases" if "cases" in row else "chosen"]]
    for row in told[:4]:
        path = f"/casebooks/{row['id']}"
        answer = yield asking.api("GET", path)
        yield asking.page("GET", path)
        for rest in ("check", "copies", "feedback", "export/json", "export/html"):
            yield asking.api("GET", f"{path}/{rest}")
        if answer.status == 200 and "publish" in answer.json["can"]:
            yield asking.api("POST", f"{path}/publish")
            yield asking.api("GET", path)
            yield asking.api("GET", f"{path}/copies")
        if wholly and row["title"] != OUR_BOOK:
            yield from by_form(asking, path)


def ending(asking: Asking) -> Told:
    """The next edition; what is taken back."""
    listed = yield asking.api("GET", "/casebooks")
    rows = listed.json if listed.status == 200 else []
    for row in [one for one in rows if one["state"] == "published"][:2]:
        path = f"/casebooks/{row['id']}"
        yield asking.api("POST", f"{path}/revise")
        yield asking.page("POST", f"{path}/do", ("do", "revise"))
        yield asking.api("POST", f"{path}/withdraw", {"why": WHY})
        yield asking.api("GET", path)
    for form in ("pdf", "docx"):
        yield asking.api("GET", f"/casebooks/{rows[0]['id'] if rows else ABSENT}/export/{form}")


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Casebooks of either world by every address."""
    ids = known.of_kind("Casebook")
    for id in [*some(ids, 12), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/casebooks/{id}")
    if not wholly:
        return
    listed = yield asking.api("GET", "/casebooks")
    mine = {row["id"] for row in listed.json} if listed.status == 200 else set()
    for id in [*some([id for id in ids if id not in mine], 4), ABSENT]:
        path = f"/casebooks/{id}"
        yield asking.page("GET", path)
        yield asking.api("PUT", path, {"title": "Other", "seen": "x"})
        yield asking.api("POST", f"{path}/submit", {"seen": "x", "approver": ABSENT})
        yield asking.api("POST", f"{path}/decide", {"seen": "x", "approve": True})
        for rest in ("check", "copies", "feedback", "export/json"):
            yield asking.api("GET", f"{path}/{rest}")
        yield asking.api("POST", f"{path}/publish")
        yield asking.api("POST", f"{path}/withdraw", {"why": WHY})
        yield asking.api("POST", f"{path}/revise")
        yield asking.api("POST", f"{path}/releases", {"bureaus": ["XB"]})
        for release in (*some(known.of_kind("ReportRelease"), 1), ABSENT):
            yield asking.api("DELETE", f"{path}/releases/{release}")
        yield from by_form(asking, path)
        yield asking.api("DELETE", path)


def by_form(asking: Asking, path: str) -> Told:
    """Each form of a casebook's page."""
    yield asking.page("GET", f"{path}/edit")
    yield asking.page("POST", f"{path}/edit", ("title", "Other"), ("seen", "x"))
    yield asking.page("GET", f"{path}/export/html")
    for step in ("submit", "approve", "return", "publish"):
        yield asking.page("POST", f"{path}/do", ("do", step), ("seen", "x"), ("why", WHY))
