"""What U asks of figures over seizures, of findings, operations and lists of targets. See story_trends.py."""

from typing import Any

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.pair import Known
from worlds.story_messages import some

FIGURES = (
    "flows?measure=value",
    "series?by=origin&length=year&measure=quantity",
    "surges?period=2025-12",
    "series?since=2025-09",
    "hotspots?side=place&country=xb",
    "records?origin=xd&limit=5",
    "flows",
    "flows?goods=agro.pesticide&country=xb&side=destination&measure=quantity",
    "flows?form=total",
    "series?by=goods&since=2025-01",
    "series?by=contributor&contributor=customs",
    "series?event=inspection_nil",
    "surges?length=year",
    "hotspots",
    "records?place=xb&period=2025-12",
    "risk?seed=7",
)
PAGES = ("figures", *(f"figures/{what}" for what in (*FIGURES[:6], "risk", "trade")))
FILES = ("flows", "legs", "shares", "roles", "series", "breaks", "hotspots")
IMPORTS = {"csv": "reporter,product,partner,value\nxb,3808,xc,900\nxb,2402,xd,100\nxc,3808,xd,50\n"}
MIRROR = {"csv": "exporter,importer,imported,exported\nxc,xb,100,50\nxd,xb,10,90\n"}
STEP = {"why": "Two more came in"}


def figures(asking: Asking, wholly: bool) -> Told:
    """Every table; wholly: every word, page and file."""
    for what in FIGURES if wholly else FIGURES[:6]:
        yield asking.api("GET", f"/trends/figures/{what}")
    for what, table in (("propensities", IMPORTS), ("gaps", MIRROR)):
        yield asking.api("POST", f"/trends/figures/{what}", table)
    yield asking.api("POST", "/trends/figures/risk/score", {"origin": "xd", "mode": "air"})
    for n, name in enumerate(FILES if wholly else FILES[::3]):
        more = ("format=csv", "format=parquet", "format=csv&shared=true&by=goods")[n % 3]
        yield asking.api("GET", f"/trends/figures/export/{name}?{more}")
    for page in PAGES if wholly else PAGES[:2]:
        yield asking.page("GET", f"/trends/{page}")
    if wholly:
        yield asking.page("POST", "/trends/figures/trade", ("csv", IMPORTS["csv"]), ("what", "propensities"))
        yield asking.page("GET", "/trends/figures/export/flows?format=csv")
        yield asking.api("GET", "/trends/figures/flows?nonsense=1")


def operations_and_findings(asking: Asking, known: Known, wholly: bool) -> Told:
    yield asking.api("POST", "/trends/findings")
    found = yield asking.api("GET", "/trends/findings?state=")
    rows = found.json["findings"] if found.status == 200 else []
    for n, row in enumerate(rows[:3]):
        path = f"/trends/findings/{row['id']}"
        yield asking.api("GET", path)
        if row["next"]:
            step = {"version": row["version"], "to": row["next"][n % len(row["next"])], **STEP}
            yield asking.api("POST", f"{path}/steps", step)
    if wholly:
        yield asking.page("GET", "/trends/findings")
        yield asking.page("POST", "/trends/findings")
        yield asking.api("GET", "/trends/findings?state=new&limit=1")
    ids = some(known.of_kind("TrendFinding"), 3)
    for id in [*[row["id"] for row in rows[:1]], *ids, ABSENT, MALFORMED] if wholly else (ABSENT,):
        yield asking.api("GET", f"/trends/findings/{id}")
        yield asking.page("GET", f"/trends/findings/{id}")
        yield asking.api("POST", f"/trends/findings/{id}/steps", {"version": 99, "to": "confirmed", **STEP})
        yield asking.page("POST", f"/trends/findings/{id}", ("version", "99"), ("to", "confirmed"))
        yield asking.api("GET", f"/trends/findings?after={id}")
    yield from operations(asking, known, wholly)


def operations(asking: Asking, known: Known, wholly: bool) -> Told:
    answer = yield asking.api("GET", "/trends/operations")
    rows = answer.json["operations"] if answer.status == 200 else []
    for row in rows[:4]:
        path = f"/trends/operations/{row['id']}"
        for more in ("", "/tally", "/report", "/report?measure=rate")[: 4 if wholly else 2]:
            yield asking.api("GET", f"{path}{more}")
    if wholly:
        yield asking.page("GET", "/trends/operations")
    ids = [*[row["id"] for row in rows[:2]], *some(known.of_kind("Operation"), 3)]
    for id in [*ids, ABSENT, MALFORMED] if wholly else (ABSENT,):
        yield from an_operation(asking, id)
    said = (("name", "By page"), ("since", "2026-01-01"), ("until", "2026-02-01"), ("countries", "xb"))
    if wholly:
        yield asking.page("POST", "/trends/operations", *said)


def an_operation(asking: Asking, id: str) -> Told:
    path = f"/trends/operations/{id}"
    form = {"name": "x", "since": "2025-01-01", "until": "2025-02-01", "countries": ["xb"], "version": 99}
    for more in ("", "/tally", "/report"):
        yield asking.api("GET", f"{path}{more}")
    yield asking.api("PUT", path, form)
    yield asking.api("POST", f"{path}/steps", {"version": 99, "to": "ended"})
    yield asking.page("GET", path)
    yield asking.page("POST", path, ("name", "x"), ("version", "99"))
    yield asking.page("POST", f"{path}/steps", ("version", "99"), ("to", "ended"))
    yield asking.api("POST", "/trends/targets", {"name": "Of theirs", "operation": id})
    yield asking.api("GET", f"/trends/operations?after={id}")
    yield asking.api("GET", f"/trends/seizures?number={id}")


def targets(asking: Asking, known: Known, wholly: bool) -> Told:
    answer = yield asking.api("GET", "/trends/targets")
    rows = answer.json["lists"] if answer.status == 200 else []
    for row in rows[:4]:
        yield from a_list(asking, row)
    if wholly:
        yield asking.page("GET", "/trends/targets")
        yield asking.page(
            "POST", "/trends/targets", ("name", "By page"), ("sorts", "route"), ("targets", "3")
        )
    papers = some(known.of_kind("TargetResults"), 1)
    ids = [*[row["id"] for row in rows[:1]], *some(known.of_kind("TargetList"), 3), *papers]
    for id in [*ids, ABSENT, MALFORMED] if wholly else (ABSENT,):
        yield from any_list(asking, id)


def a_list(asking: Asking, row: dict[str, Any]) -> Told:
    """A list that U sees: checked further."""
    path = f"/trends/targets/{row['id']}"
    seen = yield asking.api("GET", path)
    yield asking.api("GET", f"{path}/sheet")
    if row["state"] == "on_site":
        for n, result in enumerate(("nil", "hit"), 1):
            found = {"target": n, "result": result, "seizure": ABSENT if n > 1 else "", "note": "Seen"}
            yield asking.api("POST", f"{path}/results", found)
    elif seen.status == 200 and "approved" in seen.json["next"]:
        yield asking.api("POST", f"{path}/steps", {"version": seen.json["version"], "to": "approved"})


def any_list(asking: Asking, id: str) -> Told:
    path = f"/trends/targets/{id}"
    yield asking.api("GET", path)
    for page in ("", "/sheet", "/export?what=list"):
        yield asking.page("GET", f"{path}{page}")
    for words in ("", "?what=list", "?what=list&format=parquet"):
        yield asking.api("GET", f"{path}/export{words}")
    yield asking.api("GET", f"{path}/sheet")
    yield asking.api("POST", f"{path}/steps", {"version": 99, "to": "approved"})
    yield asking.page("POST", f"{path}/steps", ("version", "99"), ("to", "approved"))
    yield asking.api("POST", f"{path}/results", {"target": 400, "result": "hit"})
    yield asking.page("POST", f"{path}/results", ("target", "400"), ("result", "hit"))
    yield asking.api("GET", f"/trends/targets?after={id}")
