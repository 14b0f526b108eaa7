"""What U asks of standing queries, deconfliction, hits' clocks and notices. See story.py."""

from typing import Any

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.drawing import NAMES, OWN_NAMES, PASSPORTS
from worlds.others_notices import BLUE, FIELDS
from worlds.pair import Known
from worlds.story_messages import some

PICTURE = b"\x89PNG\r\n\x1a\n a face"
MOVES = ("submit", "check", "send", "review", "suspend", "resume", "cancel", "renew")
SAID = {
    "check": {"approve": True},
    "review": {"decision": "publish"},
    "suspend": {"why": "In doubt"},
    "resume": {"why": "No doubt"},
    "cancel": {"why": "He was found"},
    "renew": {"until": "2030-01-01", "why": "Not found yet"},
}


def standing(asking: Asking, known: Known) -> Told:
    """Keep searches; those of others."""
    for text in (NAMES[0], OWN_NAMES[1], PASSPORTS[0], "Ivo", "?!", "Marenko"):
        yield asking.api("POST", "/standing", {"text": text})
    yield asking.api("POST", "/standing", {"text": NAMES[0], "until": "2020-01-01", "born": "x"})
    yield asking.page("POST", "/standing", ("text", NAMES[2]), ("until", "2026-03-01"))
    yield asking.page("GET", "/standing/new")
    yield from mode(asking)


def mode(asking: Asking) -> Told:
    """Take part in deconfliction, or say that one does not."""
    yield asking.api("GET", "/deconfliction")
    yield asking.page("GET", "/deconfliction")
    yield asking.api("PUT", "/deconfliction", {"mode": "blind" if asking.meets else "off"})
    yield asking.page("POST", "/deconfliction", ("mode", "open" if asking.meets else "off"))
    yield asking.api("PUT", "/deconfliction", {"mode": "wide"})


def rung(asking: Asking, known: Known, wholly: bool) -> Told:
    """What rang, whom one met, how hits went; queries and hits of others."""
    answer = yield asking.api("GET", "/standing")
    yield asking.page("GET", "/standing")
    mine = [q["id"] for q in answer.json] if answer.status == 200 else []
    for id in [*mine[:4], *some(known.of_kind("StandingQuery"), 4), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/standing/{id}/alerts")
    yield asking.api("GET", "/deconfliction/meetings")
    yield asking.api("GET", "/hits/statistics")
    if not wholly:
        return
    for id in [*mine[:3], *some(known.of_kind("StandingQuery"), 4), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/standing/{id}")
        yield asking.page("GET", f"/standing/{id}")
    for id in [*mine[2:3], *[i for i in some(known.of_kind("StandingQuery"), 4) if i not in mine], ABSENT]:
        yield asking.api("PATCH", f"/standing/{id}", {"until": "2026-05-01"})
        yield asking.page("POST", f"/standing/{id}/renewal", ("until", "2026-04-01"))
        yield asking.api("DELETE", f"/standing/{id}")
        yield asking.page("POST", f"/standing/{id}/end")
    yield asking.page("GET", "/deconfliction")
    for query in ("?since=2026-01-01", "?until=2026-01-15", "?since=2027-01-01&until=2026-01-01"):
        yield asking.api("GET", f"/hits/statistics{query}")
        yield asking.page("GET", f"/hits/statistics{query}")
    for id in [*some(known.of_kind("Hit"), 4), ABSENT, MALFORMED]:
        yield asking.api("POST", f"/hits/{id}/reminder")
        yield asking.page("POST", f"/hits/{id}/reminder")
    for id in [*some(known.of_kind("Hit"), 2), ABSENT]:
        yield asking.api("POST", f"/hits/{id}/withdrawal", {"text": "mistaken"})
        yield asking.page("POST", f"/hits/{id}/withdrawal")


# --- notices -------------------------------------------------------------------------------------


def form(colour: str, name: str, **said: Any) -> dict[str, Any]:
    values = {"name": [name], "birthDate": ["1971-03-05"], "nationality": ["xa"], "gender": ["male"]}
    values |= {"appearance": ["A scar over the left eye"]}
    whole = {
        "colour": colour,
        "reach": "all",
        "fields": FIELDS if colour == "red" else BLUE,
        "attest": ["neutral", "ordinary", "extradition"] if colour == "red" else ["neutral"],
        "subject": {"kind": "Person", "properties": values},
    }
    return {**whole, **said}


def drafting(asking: Asking, known: Known) -> Told:
    """Draft notices about whom others know too, and about others' records; submit them."""
    yield asking.api("PUT", "/notices/subscriptions", {"colours": ["red", "blue"]})
    yield asking.page("POST", "/notices/subscriptions", ("colours", "red"), ("colours", "blue"))
    if not asking.roles & {"contributor", "supervisor"}:
        yield asking.api("POST", "/notices", form("red", NAMES[0]))
        yield asking.page("GET", "/notices/new")
        return
    made: list[dict[str, Any]] = []
    for said in (
        form("red", NAMES[0]),
        form("blue", OWN_NAMES[1], reach="named", bureaus=["XB" if asking.bureau != "XB" else "XC", "QQ"]),
        form("blue", OWN_NAMES[1], reach="named", bureaus=["XD"]),
        {"colour": "red", "reach": "all"},
        *(form("blue", "", subject={"record": id}) for id in (*some(known.ids, 3), ABSENT)),
    ):
        answer = yield asking.api("POST", "/notices", said)
        made += [answer.json] if answer.status == 201 else []
    for notice in made[:3]:
        path = f"/notices/{notice['id']}"
        if notice is made[0]:
            yield asking.raw("PUT", f"/notices/photos/{notice['id']}", PICTURE)
        stands = yield asking.api("GET", path)
        yield asking.api("POST", f"{path}/submit", {"version": stands.json["version"]})
    for path in ("/notices/new", "/notices/new?colour=red", "/notices/new?colour=blue"):
        yield asking.page("GET", path)
    page = (("colour", "blue"), ("reach", "named"), ("bureaus", "XB"), ("kind", "Person"))
    yield asking.page("POST", "/notices/new", *page, ("p-name", OWN_NAMES[0]), ("attest", "neutral"))


def moving(asking: Asking, known: Known, wholly: bool) -> Told:
    """Move on whatever one's bureau has, and what it has not."""
    rows: list[dict[str, Any]] = []
    for which in ("mine", "published", "check", "review", "suspended"):
        for query in ("", "&limit=1", *(("&colour=blue", "&state=published") if wholly else ())):
            answer = yield asking.api("GET", f"/notices?which={which}{query}")
            rows += answer.json if answer.status == 200 and not query else []
        if wholly:
            yield asking.page("GET", f"/notices?which={which}")
    for id in some(known.of_kind("Notice"), 4):
        yield asking.api("GET", f"/notices/{id}")
    mine = {row["id"]: row for row in rows if row["owner"] == asking.bureau}
    for id in list(mine)[:4]:
        stands = yield asking.api("GET", f"/notices/{id}")
        for move in MOVES[:3]:
            version = stands.json.get("version", 1) if stands.status == 200 else 1
            said = {"version": version, **SAID.get(move, {})}
            answer = yield asking.api("POST", f"/notices/{id}/{move}", said)
            stands = answer if answer.status == 200 else stands
    if not wholly:
        return
    yield asking.api("GET", "/notices/colours")
    yield asking.api("GET", "/notices/subscriptions")
    yield asking.page("GET", "/notices/subscriptions")
    for id in [row["id"] for row in rows[:2]]:
        for path in ("", "/print", "/pdf", "/export", "/photo"):
            yield asking.page("GET", f"/notices/{id}{path}")


def others_notices(asking: Asking, known: Known) -> Told:
    """Every notice there is in either world, by each address that takes an id."""
    ids = known.of_kind("Notice")
    for id in [*some(ids, 12), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/notices/{id}")
    for id in [*some(ids, 4), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/notices?after={id}")
    for id in [*some(ids, 4), ABSENT]:
        for path in ("/photo", "/export", "/pdf"):
            yield asking.api("GET", f"/notices/{id}{path}")
            yield asking.page("GET", f"/notices/{id}{path}")
        for path in ("", "/print", "/edit"):
            yield asking.page("GET", f"/notices/{id}{path}")
        for move in MOVES:
            yield asking.api("POST", f"/notices/{id}/{move}", {"version": 90, **SAID.get(move, {})})
        for move in ("submit", "check", "send", "review", "suspend"):
            yield asking.page("POST", f"/notices/{id}/{move}", ("version", "90"), ("why", "In doubt"))
        yield asking.api("PUT", f"/notices/{id}", {"version": 90, **form("blue", OWN_NAMES[0])})
        yield asking.page("POST", f"/notices/{id}/edit", ("version", "90"), ("colour", "blue"))
        yield asking.raw("PUT", f"/notices/photos/{id}?version=90", PICTURE)
        yield asking.page("POST", f"/notices/photos/{id}", ("version", "90"))
        yield asking.api("DELETE", f"/notices/photos/{id}?version=90")
        yield asking.api("POST", f"/notices/{id}/extract", {"name": "A man"})
        yield asking.page("POST", f"/notices/{id}/extract", ("name", "A man"))
        yield asking.api("POST", f"/notices/{id}/extract/consent")
        yield asking.api("DELETE", f"/notices/{id}/extract")
        yield asking.api("DELETE", f"/notices/{id}?version=90")
        yield asking.page("GET", f"/public/notices/{id}")
    for id in [*some(known.of_kind("NoticeExtract"), 2), ABSENT]:
        yield asking.page("GET", f"/public/notices/{id}")
    yield asking.page("GET", "/public/notices")
