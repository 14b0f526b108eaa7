"""What U asks of analytical reports: those of a file of his, copies that he got, and those of others."""

from typing import Any

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import Known
from worlds.story_messages import some

STEPS = ("submit", "approve", "return", "publish", "withdraw", "revise", "discard")
WHY = "It was a mistake."


def listed(asking: Asking, file: str) -> Told:
    answer = yield asking.api("GET", f"/files/{file}/reports")
    return [r["id"] for r in answer.json] if answer.status == 200 else []


def form(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "blocks": list(blocks), "distribution": [{"bureau": "XB"}, {"bureau": "XD"}]}


def writing(asking: Asking, known: Known, file: str, people: list[str], hidden: list[str]) -> Told:
    """A report of his own: of what he sees, of what he does not; changed, checked, submitted."""
    here = f"/files/{file}/reports"
    charts = known.of_kind("Chart")
    blocks: list[dict[str, Any]] = [
        {"sort": "text", "text": f"He and [[{people[1]}]] met."},
        {"sort": "profile", "record": people[0]},
        {"sort": "records", "ids": people[:3]},
        {"sort": "metrics", "which": ["degree", "betweenness"]},
    ]
    made = yield asking.api("POST", here, form("Mine", *blocks))
    for id in hidden:
        for wrong in ({"sort": "profile", "record": id}, {"sort": "text", "text": f"So says [[{id}]]."}):
            yield asking.api("POST", here, form("Wrong", wrong))
    for chart in some(charts, 3):
        yield asking.api("POST", here, form("Drawn", {"sort": "figure", "chart": chart}))
    if made.status == 201:
        id, seen = made.json["id"], made.json["seen"]
        more = {**form("Mine", *blocks, {"sort": "citations", "contributions": True}), "seen": seen}
        stands = yield asking.api("PUT", f"{here}/{id}", more)
        seen = stands.json.get("seen", seen)
        yield asking.api("GET", f"{here}/{id}/check")
        yield asking.api("POST", f"{here}/{id}/releases", {"bureaus": ["XD"]})
        yield asking.api("POST", f"{here}/{id}/submit", {"seen": seen, "approver": ABSENT})
        yield asking.api("POST", f"{here}/{id}/publish")
    yield asking.page("POST", here, ("title", "By page"))


def looking(asking: Asking, file: str) -> Told:
    """The reports of a file, and copies, in few questions."""
    yield asking.page("GET", f"/files/{file}/reports")
    found = yield from listed(asking, file)
    for id in [*found[:2], *found[2:][-3:]]:
        for path in ("", "/check", "/copies"):
            yield asking.api("GET", f"/files/{file}/reports/{id}{path}")
        yield asking.page("GET", f"/files/{file}/reports/{id}")
    for path in ("/reports", "/reports/templates"):
        yield asking.api("GET", path)
        yield asking.page("GET", path)


def every(asking: Asking, known: Known, file: str) -> Told:
    """Reports of either world by every address."""
    mine = yield from listed(asking, file)
    ids = known.of_kind("AnalysisReport")
    for id in [*mine[:1], *mine[1:][-1:], *some([i for i in ids if i not in mine], 2), ABSENT]:
        here = f"/files/{file}/reports/{id}"
        told = yield asking.api("GET", here)
        for path in ("/check", "/copies", "/feedback"):
            yield asking.api("GET", f"{here}{path}")
        for path in ("", "/edit", "/check", "/feedback"):
            yield asking.page("GET", f"{here}{path}")
        seen = told.json.get("seen", "") if told.status == 200 else ""
        yield asking.api("PUT", here, {**form("Other"), "seen": seen})
        yield asking.page("POST", f"{here}/edit", ("title", "Other"), ("seen", seen), ("do", "save"))
        yield asking.api("POST", f"{here}/submit", {"seen": seen, "approver": ABSENT})
        yield asking.api("POST", f"{here}/decide", {"seen": seen, "approve": True})
        yield asking.api("POST", f"{here}/releases", {"bureaus": ["XB"]})
        yield asking.page("POST", f"{here}/releases", ("bureaus", "XB"))
        for release in (*some(known.of_kind("ReportRelease"), 1), ABSENT):
            yield asking.api("DELETE", f"{here}/releases/{release}")
            yield asking.page("POST", f"{here}/releases/{release}/end")
        yield asking.api("POST", f"{here}/publish")
        yield asking.api("POST", f"{here}/withdraw", {"why": WHY})
        yield asking.api("POST", f"{here}/revise")
        for step in STEPS:
            yield asking.page("POST", f"{here}/do", ("do", step), ("seen", seen), ("why", WHY))
        yield asking.api("DELETE", here)
        yield asking.page("GET", f"/reports/{id}")
    yield asking.api("POST", f"/files/{file}/reports", form("Late"))


def copies(asking: Asking, known: Known) -> Told:
    """Copies for his bureau, and for others, in every form; what he says of them; his bureau's templates."""
    answer = yield asking.api("GET", "/reports")
    mine = [c["id"] for c in answer.json] if answer.status == 200 else []
    others = some([i for i in known.of_kind("ReportCopy") if i not in mine], 3)
    for id in [*mine[:2], *others, ABSENT, MALFORMED]:
        for path in ("", "/pdf", "/html", "/docx"):
            yield asking.api("GET", f"/reports/{id}{path}")
            yield asking.page("GET", f"/reports/{id}{path}")
        yield asking.api("POST", f"/reports/{id}/feedback", {"verdict": "used", "text": "Arrested"})
        yield asking.page("POST", f"/reports/{id}/feedback", ("verdict", "useful"))
    for id in (*some(known.of_kind("ReportFeedback"), 2), *some(known.of_kind("ReportRelease"), 2)):
        yield asking.api("GET", f"/records/{id}")
    yield asking.api("PUT", "/reports/templates/plain", {"name": "Plain", "caveat": "Handle with care"})
    yield asking.page("POST", "/reports/templates", ("code", "blue"), ("name", "Blue"))
    yield asking.page("GET", "/reports/templates")
    yield asking.page("GET", "/reports")
    yield asking.api("DELETE", "/reports/templates/plain")
