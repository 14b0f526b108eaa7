"""What U asks of the library of documents and of alerts of false ones. See story.py."""

from collections.abc import Sequence
from typing import Any

from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.drawing import OWN_PASSPORT, PASSPORTS
from worlds.others_papers import CODE, FALSE, HIDDEN_CODE, PAPER, PICTURE
from worlds.pair import LISTEN, PAUSE, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.story_checks import carrying, checking
from worlds.story_messages import some

FORM = {**PAPER, "code": CODE}
ALERT = FALSE
NUMBERS = (*PASSPORTS, OWN_PASSPORT, "XA0000050", "XB1000001", "XB7654321", "?")
STOLEN = {"number": "XA1234567", "status": "stolen", "place": "A station"}
BLANKS = {"first": "XA0000010", "last": "XA0000090"}
WHY = {"why": "It was wrong from the start."}
MOVES = ("submit", "review", "revise", "withdraw", "discard", "burn")


def papers(plan: Plan, known: Known) -> Story:
    """The papers room alone: what its mutants need."""
    asking = Asking(plan)
    yield LISTEN
    yield from beginning(asking)
    for wholly in (False, False, True):
        yield PAUSE
        yield asking.api("GET", "/alerts")
        yield LISTEN
        yield from browsing(asking, known, wholly)
    yield PAUSE
    yield LISTEN
    yield asking.page("GET", "/inbox")


def beginning(asking: Asking) -> Told:
    """Have oneself told of alerts."""
    yield asking.api("GET", "/papers/subscription")
    yield asking.page("POST", "/papers/subscription", ("countries", "UTO, QQQ"), ("types", "A"))
    yield asking.api("PUT", "/papers/subscription", {"every": True})


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """The library, as it is by now, and what is lost or stolen."""
    yield from looking_up(asking)
    for which in ("published", "mine", "review"):
        yield asking.api("GET", f"/papers/versions?which={which}")
    yield asking.api("GET", "/papers/alerts?which=mine")
    for sort, narrowed in (("versions", "country=UTO&number=U1234567"), ("alerts", f"code={CODE}")):
        answer = yield asking.api("GET", f"/papers/{sort}?{narrowed}&limit=1")
        for row in answer.json if answer.status == 200 else []:
            yield asking.api("GET", f"/papers/{sort}/{row['id']}")
            yield asking.page("GET", f"/papers/{sort}/{row['id']}")
    yield from reviewing(asking)
    if wholly:
        yield from carrying(asking, known)
        yield from checking(asking, known)
        yield from lists(asking, known)
        yield from writing(asking, known)
        yield from warning(asking, known)
        yield from losing(asking, known)


def lists(asking: Asking, known: Known) -> Told:
    """Every list and empty form; from cursors that are others'."""
    versions, alerts = known.of_kind("DocumentVersion"), known.of_kind("DocumentAlert")
    for path in ("", "?country=UTO&number=U1234567&width=125", "?which=mine", "?which=review", "?year=x"):
        yield asking.page("GET", f"/papers{path}")
    for path in ("", "?which=mine", "?which=review", "?country=UTO&sort=fantasy", "/new?code=UTO-AO-01001"):
        yield asking.page("GET", f"/papers/alerts{path}")
    for id in [*some(versions, 2), ABSENT]:
        yield asking.api("GET", f"/papers/versions?after={id}")
        yield asking.page("GET", f"/papers?after={id}")
    for id in [*some(alerts, 2), ABSENT]:
        yield asking.api("GET", f"/papers/alerts?after={id}")
        yield asking.page("GET", f"/papers/alerts?after={id}")
    for path in ("/new", "/subscription"):
        yield asking.page("GET", f"/papers{path}")
    yield asking.api("GET", "/papers/vocabulary")


def reviewing(asking: Asking) -> Told:
    """What a colleague sent to review: published, and whoever subscribed is told; or sent back."""
    for sort in ("versions", "alerts"):
        waiting = yield asking.api("GET", f"/papers/{sort}?which=review")
        for n, row in enumerate(waiting.json if waiting.status == 200 else []):
            one = yield asking.api("GET", f"/papers/{sort}/{row['id']}")
            seen = one.json.get("seen", "")
            said = {"seen": seen, "approve": True}
            if n % 2:
                form = (("seen", seen), ("approve", "yes"))
                yield asking.page("POST", f"/papers/{sort}/{row['id']}/review", *form)
            else:
                yield asking.api("POST", f"/papers/{sort}/{row['id']}/review", said)


def writing(asking: Asking, known: Known) -> Told:
    """Versions of one's own, one of an identifier that others use, and those of others, by each address."""
    mine: list[dict[str, Any]] = []
    for code in (CODE, HIDDEN_CODE, CODE):
        made = yield asking.api("POST", "/papers/versions", {**FORM, "code": code})
        mine += [made.json] if made.status == 201 else []
    form = [("code", "UTO-AO-04001"), ("title", "By hand"), ("content", "{}"), ("valid", "yes")]
    for code in ("UTO-AO-04001", HIDDEN_CODE):
        yield asking.page("POST", "/papers/new", ("code", code), *form[1:])
    others = _others(known, "DocumentVersion")
    digest = next(iter(known.values("DocumentVersion", "blobs")), "0" * 64)
    for version in [*mine[:1], *others]:
        id, seen = version["id"], version["seen"]
        path = f"/papers/versions/{id}"
        yield asking.api("GET", path)
        yield asking.raw("PUT", f"/papers/pictures/{id}", PICTURE)
        yield asking.api("GET", f"/papers/pictures/{id}/{digest}")
        yield asking.api("PUT", path, {**FORM, "seen": seen})
        yield asking.api("POST", f"{path}/submit", {"seen": seen})
        yield asking.api("POST", f"{path}/review", {"seen": seen, "approve": True})
        yield asking.api("POST", f"{path}/revise")
        yield asking.api("POST", f"{path}/withdraw", WHY)
    for version in [*mine[1:2], *others[::2]]:
        id, seen = version["id"], version["seen"]
        path = f"/papers/versions/{id}"
        for page in (path, f"{path}/edit", f"/papers/to/{id}", f"/papers/pictures/{id}/{digest}"):
            yield asking.page("GET", page)
        yield picture_page(asking, id)
        yield from entries(asking, id, "features", (("as-of", seen), ("page", "0"), ("term", "watermark")))
        yield asking.page("POST", f"{path}/edit", *form, ("seen", seen))
        for move in MOVES:
            yield asking.page("POST", f"{path}/{move}", ("seen", seen), *WHY.items())
        yield asking.api("DELETE", path)


def warning(asking: Asking, known: Known) -> Told:
    """Alerts of one's own, and those of others, by each address."""
    mine: list[dict[str, Any]] = []
    for code in (CODE, HIDDEN_CODE):
        made = yield asking.api("POST", "/papers/alerts", {**ALERT, "code": code})
        mine += [made.json] if made.status == 201 else []
    form = (("title", "By hand"), ("sort", "counterfeit"), ("country", "UTO"), ("code", CODE))
    yield asking.page("POST", "/papers/alerts/new", *form, ("markers", "No thread"))
    yield asking.page("POST", "/papers/alerts/new", ("title", "By hand"))
    others = _others(known, "DocumentAlert")
    for alert in [*mine[:1], *others]:
        path, seen = f"/papers/alerts/{alert['id']}", alert["seen"]
        yield asking.api("GET", path)
        yield asking.api("PUT", path, {**ALERT, "seen": seen})
        yield asking.api("POST", f"{path}/submit", {"seen": seen})
        yield asking.api("POST", f"{path}/review", {"seen": seen, "approve": True})
        yield asking.api("POST", f"{path}/withdraw", WHY)
    for alert in [*mine[1:], *others[::2]]:
        path, seen = f"/papers/alerts/{alert['id']}", alert["seen"]
        yield asking.page("GET", path)
        yield asking.page("GET", f"{path}/edit")
        yield asking.page("POST", f"{path}/edit", *form, ("seen", seen))
        yield from entries(asking, alert["id"], "regions", (("as-of", seen), ("marker", "No thread")))
        yield asking.page("GET", f"/papers/to/{alert['id']}")
        for move in MOVES:
            yield asking.page("POST", f"{path}/{move}", ("seen", seen), *WHY.items())
        yield asking.api("DELETE", path)


def entries(asking: Asking, id: str, name: str, form: Sequence[tuple[str, str]]) -> Told:
    """A new entry of one of its lists, and its first one, which is then taken away."""
    for place, more in (("new", ()), ("0", (("do", "remove"),))):
        path = f"/papers/parts/{id}/{name}/{place}"
        yield asking.page("GET", path)
        yield asking.page("POST", path, *form, *more)


def _others(known: Known, kind: str) -> Sequence[dict[str, Any]]:
    """Those of all bureaus, and ids of nothing."""
    return [{"id": id, "seen": ""} for id in [*some(known.of_kind(kind), 4), ABSENT, MALFORMED]]


def picture_page(asking: Asking, id: str) -> Ask:
    """A picture sent by the form of a page."""
    part = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n\r\n%b\r\n--x--\r\n'
    purpose = asking.page("GET", "/papers").purpose
    headers = {"content-type": "multipart/form-data; boundary=x"}
    return Ask("POST", f"/papers/pictures/{id}", raw=part % PICTURE, purpose=purpose, headers=headers)


def looking_up(asking: Asking) -> Told:
    """Numbers of documents, one by one and all at once; what is found is judged."""
    for number in NUMBERS:
        answer = yield asking.api("POST", "/papers/lost/check", {"documents": [{"number": number}]})
        for told in answer.json["documents"] if answer.status == 200 else []:
            for match in told["matches"][:1]:
                said = {"record": match["record"], "verdict": "same"}
                yield asking.api("POST", f"/search/{told['search']}/verdicts", said)
    many = [{"number": n, "issuer": "xb", "name": "Ivo Marenko"} for n in NUMBERS[:-1]]
    yield asking.api("POST", "/papers/lost/check", {"documents": many, "alike": True})
    yield asking.raw("POST", "/papers/lost/check/list", "\n".join(("number", *NUMBERS)).encode())
    yield asking.api("GET", "/papers/lost?limit=3")
    yield asking.api("GET", "/papers/lost/ranges?limit=3")


def losing(asking: Asking, known: Known) -> Told:
    """A lost document and a range of one's own, and those of others, by each address."""
    for path, form, kind in (
        ("/papers/lost", STOLEN, "Passport"),
        ("/papers/lost/ranges", BLANKS, "BlankRange"),
    ):
        made = yield asking.api("POST", path, form)
        yield asking.api("POST", path, form)
        mine = [made.json["id"]] if made.status == 201 else []
        for id in [*mine, *some(known.of_kind(kind), 4), ABSENT]:
            yield asking.api("GET", f"{path}/{id}")
            yield asking.page("GET", f"{path}/{id}")
            yield asking.api("PUT", f"{path}/{id}", {"status": "recovered", "version": 1})
            yield asking.page("POST", f"{path}/{id}", ("status", "lost"), ("version", "2"))
            yield asking.page("POST", f"{path}/{id}/withdraw")
            yield asking.api("DELETE", f"{path}/{id}")
    yield asking.api(
        "POST", "/papers/lost", {**STOLEN, "number": PASSPORTS[1], "handling": {"mode": "named"}}
    )
    for id in some(known.of_kind("Identification"), 3):
        yield asking.api("GET", f"/papers/lost/{id}")
    for address in ("", "/mine", "/report", "/ranges"):
        yield asking.page("GET", f"/papers/lost{address}")
    for number in (PASSPORTS[0], "XB1000001", "XB7654321"):
        yield asking.page("POST", "/papers/lost", ("number", number))
    for address in ("/list", "/report", "/ranges"):
        yield asking.page("POST", f"/papers/lost{address}", ("number", PASSPORTS[0]), ("list", PASSPORTS[0]))
