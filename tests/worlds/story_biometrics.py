"""What U asks of biometrics: searches, sets, comparisons, transactions, files; every list and page. See
story.py."""

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from entente.match.prints import Print
from entente.rooms.biometrics import inti
from entente.rooms.biometrics.inti_minutiae import minutiae_of
from entente.rooms.biometrics.inti_model import Descriptive, Name, Person
from entente.rooms.biometrics.inti_records import Transaction
from entente.rooms.biometrics.samples import record_of
from rooms.biometric_files import header
from rooms.biometric_scene import again
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_biometrics import SEEN, files, hand, left, taken
from worlds.pair import LISTEN, PAUSE, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.stand_ins import PORTRAIT
from worlds.story_messages import some

ROOM = "/biometrics"
BOUNDARY = "-- a boundary"
Part = tuple[str, str, bytes]


def biometrics(plan: Plan, known: Known) -> Story:
    """The room alone: what its mutants need."""
    asking = Asking(plan)
    yield LISTEN
    yield PAUSE
    yield from beginning(asking)
    for wholly in (False, False, True):
        yield PAUSE
        yield LISTEN
        yield from browsing(asking, known, wholly)
    yield TOMORROW
    yield PAUSE
    yield LISTEN
    yield from browsing(asking, known)
    yield asking.page("GET", "/inbox")
    yield asking.api("GET", "/journal")
    yield asking.api("GET", "/hits")


def prints(plan: Plan, known: Known) -> Story:
    """What is searched and enrolled, and what comes of it, in few questions."""
    asking = Asking(plan)
    yield PAUSE
    yield from beginning(asking)
    yield PAUSE
    yield from browsing(asking, known)


def portrait(name: str) -> dict[str, str]:
    return {"data": base64.b64encode(PORTRAIT + name.encode()).decode(), "what": "face"}


def searches() -> list[dict[str, Any]]:
    """By two fingers, by one, by a mark, among marks, by a portrait, by both; and of nobody."""
    return [
        {"files": files(*taken("asked", 0)), "reference": "C-1"},
        {"files": files(*taken("shy", 0))},
        {"files": files(left("asked", 4))},
        {"files": files(left("asked", 0)), "against": "marks"},
        {"files": files(*taken("ours", 0)), "against": "marks"},
        {"files": [portrait("asked")]},
        {"files": [*files(*taken("loose", 0)), portrait("asked")]},
    ]


def searching(asking: Asking) -> Told:
    """(search, candidates) of each search that had any."""
    found: list[tuple[str, list[str]]] = []
    for form in searches():
        answer = yield asking.api("POST", f"{ROOM}/search", form)
        if answer.status == 200:
            found.append((answer.json["search"], [one["set"] for one in answer.json["candidates"]]))
    return found


def beginning(asking: Asking) -> Told:
    """Questions, and what U's bureau has: open, named, hinting; a mark; what nobody can read."""
    yield from searching(asking)
    shared = {"handling": {"mode": "everyone"}}
    hinting = {"handling": {"mode": "named", "hint": ["XB"], "watch": True}}
    for form in (
        {"files": [*files(*taken("ours", 1)), portrait("ours")], "title": "Ours", **shared},
        {"files": files(left("ours", 5)), "sort": "mark", "title": "Our mark", **hinting},
        {"files": files(*taken("ours too", 1)), "title": "Ours too", "reference": "B-1"},
        {"files": files(*taken("ours too", 2)), "title": "Ours again", **hinting},
    ):
        yield asking.api("POST", f"{ROOM}/sets", form)
    for wrong in ({"files": []}, {"files": [{"data": "bm8gcGljdHVyZQ=="}]}, {"files": files(), "against": 1}):
        yield asking.api("POST", f"{ROOM}/search", wrong)
    yield Ask("POST", f"/api/v1{ROOM}/search", json=searches()[0], purpose="")


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """What there is by now; `wholly`: by every list, page and step."""
    found = yield from searching(asking)
    yield asking.api("GET", "/alerts")
    listed = yield asking.api("GET", f"{ROOM}/sets?limit=30")
    yield asking.api("GET", f"{ROOM}/sets?which=mine")
    yield asking.api("GET", f"{ROOM}/statistics")
    rows = listed.json if listed.status == 200 else []
    seen = [row["id"] for row in rows][:12]
    ids = [*seen, *some(known.of_kind("BiometricSet"), 24 if wholly else 6), ABSENT]
    yield from judging(asking, found)
    yield from comparing(asking, known, wholly)
    for id in dict.fromkeys(ids):
        yield from opening(asking, id, wholly)
    yield from transacting(asking)
    if wholly:
        yield from paging(asking, known)
        yield from searches_of_others(asking, known, found)
        yield from handling(asking, known, ids)
        yield from pages(asking, known, ids)


def judging(asking: Asking, found: Sequence[tuple[str, list[str]]]) -> Told:
    """A first verdict on some candidates, of all sorts."""
    for n, (search, sets) in enumerate(found):
        for i, set in enumerate(sets[:2]):
            path = f"{ROOM}/searches/{search}/candidates/{set}/verdict"
            verdict = ("hit", "no-hit", "inconclusive")[(n + i) % 3]
            yield asking.api("POST", path, {"verdict": verdict, "marked": 3, "text": "Nine points"})
        yield asking.api("GET", f"{ROOM}/searches/{search}/verdicts")


def comparing(asking: Asking, known: Known, wholly: bool) -> Told:
    """What waits and what enrolments met: opened, judged, the picture given again, taken note of."""
    ids: list[str] = []
    for which in ("new", "waiting", "mine", "all"):
        rows = yield asking.api("GET", f"{ROOM}/comparisons?which={which}")
        ids += [row["id"] for row in rows.json][:6] if rows.status == 200 else []
    for n, id in enumerate([*dict.fromkeys(ids), *some(known.of_kind("Comparison"), 8), ABSENT]):
        told = yield asking.api("GET", f"{ROOM}/comparisons/{id}")
        yours = told.json["yours"] if told.status == 200 else ""
        token = told.json["laid"]["token"] if told.status == 200 else ""
        if (yours == "second" and told.json["sort"] == "search") or n % 4 == 3:
            given = {"files": files(*taken("asked", 0))}
            laid = yield asking.api("POST", f"{ROOM}/comparisons/{id}/pictures", given)
            token = laid.json["token"] if laid.status == 200 else token
        if yours or n % 3 == 2:
            said = {"verdict": ("hit", "hit", "inconclusive")[n % 3], "token": token, "text": "I too"}
            yield asking.api("POST", f"{ROOM}/comparisons/{id}/verdict", said)
        if n % 2:
            yield asking.api("POST", f"{ROOM}/comparisons/{id}/note")


def opening(asking: Asking, id: str, wholly: bool) -> Told:
    """A set in every form in which it is given."""
    yield asking.api("GET", f"{ROOM}/sets/{id}")
    for path in ("iso", "nist", "samples/0", "samples/2", "same") if wholly else ("samples/2",):
        yield asking.api("GET", f"{ROOM}/sets/{id}/{path}")


@lru_cache
def transactions() -> tuple[tuple[str, bytes], ...]:
    """Searches by fingers and by a mark, an addition, and nonsense."""
    person = Descriptive(person=Person(birth="1971-03-05", name=Name(given="Ivo", family="Marenko")))

    def of(tot: str, *prints: Print) -> bytes:
        told = tuple(minutiae_of(one, n + 1) for n, one in enumerate(prints))
        return inti.written(Transaction(header(tot), person, (), told))

    return (
        ("", of("CPS", *taken("asked", 0))),
        ("?against=marks", of("MPS", left("asked", 0))),
        ("?search=true&see=everyone&hint=XC", of("ATP", *(again(one, 9) for one in hand("shy")))),
        ("", b"<nonsense/>"),
    )


def transacting(asking: Asking) -> Told:
    for how, data in transactions():
        yield asking.raw("POST", f"{ROOM}/transactions{how}", data)


def paging(asking: Asking, known: Known) -> Told:
    """Page by page; from places that are not one's own."""
    for sort in ("", "&sort=person", "&sort=mark", "&which=mine"):
        yield asking.api("GET", f"{ROOM}/sets?limit=3{sort}")
    for after in (*some(known.of_kind("BiometricSet"), 6), ABSENT, "1000"):
        yield asking.api("GET", f"{ROOM}/sets?after={after}")
        yield asking.page("GET", f"{ROOM}/sets?which=all&after={after}")
    for kind in ("BiometricSearch", "BiometricTable", "Comparison", "BiometricSet"):
        for id in some(known.of_kind(kind), 3):
            yield asking.api("GET", f"{ROOM}/sets/{id}")
            yield asking.api("GET", f"/records/{id}")
            yield asking.api("GET", f"/records?after={id}")
    for period in ("?since=2026-01-01&until=2026-01-16", "?since=2026-02-01", "?since=2020-01-01"):
        yield asking.api("GET", f"{ROOM}/statistics{period}")


def searches_of_others(asking: Asking, known: Known, found: Sequence[tuple[str, list[str]]]) -> Told:
    """Of searches and candidates that are not U's: verdicts and what is said of them."""
    mine = found[0][0] if found else ABSENT
    sets = [*some(known.of_kind("BiometricSet"), 5), MALFORMED]
    for search in some(known.of_kind("BiometricSearch"), 40):
        yield asking.api("GET", f"{ROOM}/searches/{search}/verdicts")
    for search in (*some(known.of_kind("BiometricSearch"), 5), ABSENT, MALFORMED):
        path = f"searches/{search}/candidates/{sets[0]}"
        yield asking.api("POST", f"{ROOM}/{path}/verdict", {"verdict": "hit"})
        yield asking.page("POST", f"{ROOM}/{path}", ("verdict", "no-hit"))
    for set in sets:
        path = f"{ROOM}/searches/{mine}/candidates/{set}/verdict"
        yield asking.api("POST", path, {"verdict": "inconclusive"})
    for id in some(known.of_kind("Comparison"), 4):
        yield asking.api("GET", f"{ROOM}/comparisons/{id}")


def handling(asking: Asking, known: Known, ids: Sequence[str]) -> Told:
    """What an owner does with a set, of each: said anew, solved, withdrawn; a person named."""
    named = {"mode": "named", "bureaus": ["XC"]}
    for n, id in enumerate(ids[::2]):
        version = 1
        form = {"version": version, "handling": named, "title": "Anew", "person": known.ids[n % 4]}
        yield asking.api("PUT", f"{ROOM}/sets/{id}", form)
        yield asking.api("PUT", f"{ROOM}/sets/{id}", {**form, "person": ""})
        yield asking.api("POST", f"{ROOM}/sets/{id}/solved", {"solved": True})
        yield asking.page("POST", f"{ROOM}/sets/{id}/solved", ("solved", "no"))
        said = (("version", "2"), ("see_mode", "named"), ("title", "By hand"))
        yield asking.page("POST", f"{ROOM}/sets/{id}/handling", *said)
    for id in (*some(known.of_kind("BiometricSet"), 4), ABSENT):
        yield asking.page("POST", f"{ROOM}/sets/{id}/withdraw")
        yield asking.api("DELETE", f"{ROOM}/sets/{id}")
    for person in (*known.ids[::3], ABSENT):
        form = {"files": files(*taken("nobody", 2)), "person": person}
        yield asking.api("POST", f"{ROOM}/sets", form)
        yield asking.page("GET", f"{ROOM}/persons/{person}")
        yield asking.page("GET", f"{ROOM}/enrol?person={person}")


def pages(asking: Asking, known: Known, ids: Sequence[str]) -> Told:
    """The pages, and what is sent from them."""
    for path in ("", "/sets", "/sets?which=all", "/comparisons", "/comparisons?which=all", "/statistics"):
        yield asking.page("GET", f"{ROOM}{path}")
    for id in dict.fromkeys(ids):
        for path in ("", "/samples/2", "/nist", "/iso"):
            yield asking.page("GET", f"{ROOM}/sets/{id}{path}")
    prints = [(f"finger-{one.position}", "a.fmr", _record(one)) for one in taken("asked", 0)]
    yield sent(asking, f"{ROOM}/search", {"against": "persons", "reference": SEEN}, prints)
    yield sent(asking, f"{ROOM}/search", {}, [("portrait", "a.png", PORTRAIT + b"asked")])
    yield asking.page("GET", f"{ROOM}/cut")
    for path in ("/cut", "/cut/search", "/cut/enrol"):
        yield sent(asking, f"{ROOM}{path}", {"box-2": "0,0,40,40"}, [("file", "slap.fmr", prints[0][2])])
    new = [(f"finger-{one.position}", "b.fmr", _record(one)) for one in taken("nobody", 3)]
    yield sent(asking, f"{ROOM}/enrol", {"sort": "person", "title": "By hand", "see_mode": "named"}, new)
    for id in (*some(known.of_kind("Comparison"), 6), ABSENT):
        yield asking.page("GET", f"{ROOM}/comparisons/{id}")
        yield asking.page("GET", f"{ROOM}/comparisons/{id}/mine/0")
        yield asking.page("GET", f"{ROOM}/comparisons/{id}/theirs/2")
        yield sent(asking, f"{ROOM}/comparisons/{id}/pictures", {}, prints)
        yield asking.page("POST", f"{ROOM}/comparisons/{id}/verdict", ("verdict", "hit"), ("token", "0"))
        yield asking.page("POST", f"{ROOM}/comparisons/{id}/note")


def _record(one: Print) -> bytes:
    return base64.b64decode(record_of(one))


def sent(asking: Asking, path: str, fields: Mapping[str, str], parts: Sequence[Part]) -> Ask:
    """A form with files, as a browser sends it."""
    body = b""
    for name, value in fields.items():
        body += _part(f'name="{name}"', value.encode())
    for name, file, data in parts:
        body += _part(f'name="{name}"; filename="{file}"', data)
    kind = {"content-type": f'multipart/form-data; boundary="{BOUNDARY}"'}
    purpose = asking.page("GET", path).purpose
    return Ask("POST", path, raw=body + f"--{BOUNDARY}--\r\n".encode(), purpose=purpose, headers=kind)


def _part(said: str, data: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + data + b"\r\n"
