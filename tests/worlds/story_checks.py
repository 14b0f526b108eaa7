"""What U asks of the guided check, of quick check cards and of offline packs. See story.py."""

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_papers import CODE, LINES, PICTURE
from worlds.pair import Known
from worlds.story_messages import some

WHY = "The paper feels thin."
MOVES = ("reading", "version", "page", "answers", "escalate", "verdict", "alert", "discard", "burn")


def checking(asking: Asking, known: Known) -> Told:
    """Checks of one's own by every step, and those of others; the versions chosen are others' too."""
    yield asking.page("GET", "/papers/checks")
    yield asking.raw("POST", "/papers/checks/pictures", PICTURE)
    yield asking.page("POST", "/papers/checks", ("lines", "\n".join(LINES)))
    made = yield asking.api("POST", "/papers/checks", {"lines": LINES})
    listed = yield asking.api("GET", "/papers/checks?limit=5")
    mine = [made.json] if made.status == 201 else []
    if listed.status == 200:
        mine += [
            {"id": row["id"], "seen": 1} for row in listed.json if row["id"] not in {c["id"] for c in mine}
        ][:2]
    versions = [*some(known.of_kind("DocumentVersion"), 3), ABSENT]
    others = [{"id": id, "seen": 1} for id in [*some(known.of_kind("DocumentCheck"), 5), ABSENT, MALFORMED]]
    for check in [*mine, *others]:
        yield from _led(asking, check["id"], check["seen"], versions)


def _led(asking: Asking, id: str, seen: int, versions: list[str]) -> Told:
    path = f"/papers/checks/{id}"
    yield asking.page("GET", path)
    steps = [
        ("PUT", "reading", {"which": "typed", "lines": LINES}),
        ("PUT", "page", {"printed": {"given": "Ivo"}}),
    ]
    steps += [("PUT", "version", {"version": version}) for version in versions]
    steps += [
        ("PUT", "answers", {"answers": [{"feature": 0, "said": "wrong"}]}),
        ("POST", "escalate", {"level": 2, "why": WHY}),
        ("POST", "verdict", {"verdict": "false", "why": WHY}),
    ]
    for method, way, said in steps:
        answer = yield asking.api(method, f"{path}/{way}", {"seen": seen, **said})
        seen = answer.json["seen"] if answer.status == 200 else seen
    yield asking.api("GET", path)
    yield asking.api("GET", f"{path}/report.pdf")
    yield asking.page("GET", f"{path}/report.pdf")
    yield asking.api("POST", f"{path}/alert")
    for move in MOVES:
        said = [
            ("seen", str(seen)),
            ("which", "printed-0"),
            ("code", CODE),
            ("verdict", "false"),
            ("why", WHY),
        ]
        yield asking.page("POST", f"{path}/{move}", *said)
    yield asking.api("DELETE", path)


def carrying(asking: Asking, known: Known) -> Told:
    """Cards of versions, and packs of all that may be seen."""
    for id in [*some(known.of_kind("DocumentVersion"), 3), ABSENT, MALFORMED]:
        yield asking.page("GET", f"/papers/versions/{id}/card")
        yield asking.page("GET", f"/papers/versions/{id}/card.pdf")
        yield asking.api("GET", f"/papers/versions/{id}/card.pdf")
    yield asking.page("GET", "/papers/pack")
    yield asking.page("POST", "/papers/pack", ("days", "30"))
    yield asking.page("POST", "/papers/pack", ("countries", "QQQ"), ("days", "x"))
    yield asking.api("POST", "/papers/pack", {"countries": ["UTO"], "days": 7})
