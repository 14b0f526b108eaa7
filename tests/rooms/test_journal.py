"""The journal as officers meet it: no answer without its entry, refusals noted, questions sealed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from entente import app
from entente.core.journal import open_private
from entente.core.problems import Absent, Unavailable
from entente.desk import House
from entente.desk.sequencer import new_key
from entente.engines.seams import Entry
from entente.settings import Settings
from rooms.scene import EVERYONE, IVO, NOBODY, Scene
from worlds.stage import Answer


def _entries(house: House, act: str = "") -> list[Entry]:
    with house.store.reading() as tx:
        return tx.entries.read(0, 10_000, act=act)


def _newest(house: House) -> Any:
    entry = _entries(house)[-1]
    return open_private(entry.leaf, entry.private)


# --- every act -----------------------------------------------------------------------------------


def test_every_act_is_noted_with_who_did_it_and_why(scene: Scene, house: House) -> None:
    why = {"purpose": "locate", "why": "case 4711"}
    draft = {"kind": "Person", "properties": IVO, "handling": {"mode": "everyone"}}
    id = scene("XA office", "POST", "/records", json=draft, **why).json["id"]
    path = f"/records/{id}"
    search = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"}, **why).json["search"]
    verdict = {"record": id, "verdict": "same"}
    for act, object, who, method, at, said in [
        ("see", id, "XB officer", "GET", path, None),
        ("see", id, "XB officer", "GET", f"{path}/versions", None),
        ("see", id, "XB officer", "GET", f"{path}/links", None),
        ("verdict", id, "XB officer", "POST", f"/search/{search}/verdicts", verdict),
        ("correct", id, "XA office", "PUT", path, {"version": 1, "properties": IVO}),
        ("handle", id, "XA office", "PUT", f"{path}/handling", {"version": 2, "handling": {}}),
        ("keep", id, "XA office", "PUT", f"{path}/expiry", {"version": 3, "expires": "2027-01-01"}),
        ("withdraw", id, "XA office", "DELETE", path, None),
    ]:
        assert scene(who, method, at, json=said, **why).status < 300
        event = _newest(house)
        assert (event.act, event.object, event.officer) == (act, object, scene.crew[who].id)
        assert (event.purpose, event.justification) == ("locate", "case 4711")


@pytest.mark.parametrize("path", ["/me", "/bureaus", "/records", "/hits", "/hits?sent=true"])
def test_reading_at_ones_own_desk_is_noted_too(scene: Scene, house: House, path: str) -> None:
    before = len(_entries(house))
    assert scene("XA officer", "GET", path).status == 200
    assert len(_entries(house)) == before + 1
    assert (_newest(house).act, _newest(house).purpose) == ("see", "desk")


@pytest.mark.parametrize(
    ("who", "method", "path", "said", "outcome"),
    [
        ("XB officer", "POST", "/records", {"json": {"kind": "Person", "properties": IVO}}, "not-allowed"),
        ("XB contributor", "POST", "/search", {"json": {"text": "x"}, "purpose": "curiosity"}, "no-purpose"),
        ("XB officer", "POST", "/search", {"json": {"text": "x"}, "purpose": ""}, "no-purpose"),
        ("XB officer", "POST", "/search", {"json": {"text": "x"}, "why": " "}, "no-purpose"),
        ("XB officer", "POST", "/search", {"json": {"text": "x"}, "why": "a\u202eb"}, "no-purpose"),
        ("XB office", "POST", "/search", {"json": {"text": "x"}, "purpose": "oversight"}, "not-allowed"),
        ("XB officer", "POST", "/search", {"json": {"text": "x", "born": "soon"}}, "faulty"),
        ("XB officer", "GET", f"/records/{'0' * 32}", {}, "absent"),
        ("XB officer", "GET", "/journal", {}, "not-allowed"),
        ("XB supervisor", "POST", "/keys", {"json": {"name": "k"}}, "not-allowed"),
    ],
)
def test_a_refused_act_is_noted_with_who_asked_for_it(
    scene: Scene, house: House, who: str, method: str, path: str, said: dict, outcome: str
) -> None:
    assert scene(who, method, path, **said).status >= 400
    event = _newest(house)
    assert (event.act, event.outcome, event.officer) == ("refuse", outcome, scene.crew[who].id)
    assert event.bureau == 3
    assert event.details["act"]


def test_a_refused_discreet_search_is_noted(scene: Scene, house: House) -> None:
    scene("XB officer", "POST", "/search", json={"text": "x"}, headers={"entente-discreet": "yes"})
    assert (_newest(house).act, _newest(house).outcome) == ("refuse", "not-allowed")


# --- no answer without its entry -----------------------------------------------------------------


@contextmanager
def _no_entries(house: House, problem: Exception, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*_: object) -> None:
        raise problem

    with monkeypatch.context() as patched:
        patched.setattr(house.store, "append", fail)
        patched.setattr("entente.engines.store.memory.MemoryEntries.append", fail)
        yield


@pytest.mark.parametrize(
    ("problem", "status"), [(Unavailable(), 503), (OSError("disk full at /secret"), 500)]
)
@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("POST", "/search", {"text": "Ivo Marenko"}),
        ("GET", "/records/{id}", None),
        ("GET", "/records", None),
        ("POST", "/records", {"kind": "Person", "properties": {"name": "Other"}}),
        ("PUT", "/records/{id}", {"version": 1, "properties": {"name": "Other"}}),
        ("DELETE", "/records/{id}", None),
    ],
)
def test_what_cannot_be_noted_is_neither_answered_nor_done(
    scene: Scene,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    said: dict | None,
    problem: Exception,
    status: int,
) -> None:
    id = scene.contribute()["id"]
    with _no_entries(house, problem, monkeypatch):
        answer = scene("XA office", method, path.format(id=id), json=said)
    assert answer.status == status
    assert "Marenko" not in answer.text
    assert "secret" not in answer.text
    if status == 503:
        assert answer.header("retry-after")
    records = scene("XA office", "GET", "/records").json
    assert [(r["id"], r["version"], r["caption"]) for r in records] == [(id, 1, "Ivo Marenko")]


def test_the_entry_of_a_search_is_durable_before_its_answer(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.contribute()
    noted: list[str] = []
    append = house.store.append

    def appended(entry: Entry) -> None:
        append(entry)
        noted.append(entry.id)

    monkeypatch.setattr(house.store, "append", appended)
    assert scene.search("XB officer", "Ivo Marenko")["search"] in noted


# --- what stays for ever -------------------------------------------------------------------------


def test_the_question_and_the_reason_are_sealed_and_only_commitments_stay(scene: Scene, house: House) -> None:
    id = scene.contribute()["id"]
    asked = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko 1971"}, why="Operation Heron")
    (entry,) = _entries(house, "search")
    for sealed in ("Marenko", "1971", "Heron", id):
        assert sealed not in entry.leaf.decode()
        assert sealed in entry.private
    event = open_private(entry.leaf, entry.private)
    assert event.details["question"]["text"] == "Ivo Marenko 1971"
    assert event.details["shown"] == [id] == [c["id"] for c in asked.json["candidates"]]
    closed = open_private(entry.leaf, "")
    assert (closed.act, closed.officer, closed.justification) == ("search", scene.crew["XB officer"].id, "")


# --- reading it ----------------------------------------------------------------------------------


def _acts(scene: Scene, who: str, query: str = "") -> list[dict]:
    answer: Answer = scene(who, "GET", f"/journal{query}")
    assert answer.status == 200
    return answer.json


def test_a_supervisor_reads_his_own_bureaus_acts_alone(scene: Scene) -> None:
    scene.search("XA officer", "Ivo Marenko")
    scene.search("XB officer", "Somebody Else")
    officers = {p.id for name, p in scene.crew.items() if name.startswith("XA ")}
    acts = _acts(scene, "XA supervisor")
    assert next(a["act"] for a in acts if a["officer"] == scene.crew["XA officer"].id) == "search"
    assert {a["officer"] for a in acts} <= officers
    assert "Somebody" not in str(_acts(scene, "XA supervisor", "?limit=500"))


def test_the_journal_is_read_page_by_page_from_the_newest_act_on(scene: Scene, house: House) -> None:
    for _ in range(5):
        scene.search("XA officer", "Ivo")
    newest_first = [e.id for e in reversed(_entries(house)) if e.bureau == 2]
    whole = [a["id"] for a in _acts(scene, "XA supervisor", "?limit=500")]
    assert whole == newest_first
    read = whole[:1]  # every reading is an act too, and comes before what was newest
    while page := [a["id"] for a in _acts(scene, "XA supervisor", f"?limit=3&after={read[-1]}")]:
        assert len(page) <= 3
        read += page
    assert read == whole


def test_paging_after_another_bureaus_act_is_paging_after_nothing(scene: Scene, house: House) -> None:
    scene.search("XA officer", "Ivo")
    foreign = scene.search("XB officer", "Ivo")["search"]
    for nothing in (foreign, "0" * 32, "x", "%00"):
        newest = [e.id for e in _entries(house) if e.bureau == 2][-1]
        assert [a["id"] for a in _acts(scene, "XA supervisor", f"?limit=1&after={nothing}")] == [newest]


@pytest.fixture
def acts_on(house: House, scene: Scene) -> Callable[..., list[tuple[str, int, str]]]:
    from entente.core.access import Asker, Purpose, Role
    from entente.desk import sit
    from entente.rooms.bureaus import by_code, journal

    def acts_on(code: str, id: str, *page: Any) -> list[tuple[str, int, str]]:
        with sit(house, Asker("x", 1, Purpose.DESK, "test")) as desk:
            desk.note("see", what="directory")
            number = by_code(desk)[code].number
        with sit(house, Asker("x", number, Purpose.DESK, "test", frozenset({Role.SUPERVISOR}))) as desk:
            return [(e.act, e.bureau, e.id) for e in journal.acts_on(desk, id, *page)]

    return acts_on


def test_an_owner_reads_who_did_what_with_his_record(scene: Scene, acts_on: Callable) -> None:
    id = scene.contribute()["id"]
    scene("XB officer", "GET", f"/records/{id}")
    acts = [(act, bureau) for act, bureau, _ in acts_on("XA", id)]
    assert acts == [("see", 3), ("contribute", 2)]


def test_the_acts_on_a_record_are_read_page_by_page_newest_first(
    scene: Scene, acts_on: Callable, house: House
) -> None:
    id, other = scene.contribute()["id"], scene.contribute()["id"]
    for n in range(7):
        assert scene(f"X{'ABC'[n % 3]} officer", "GET", f"/records/{id}").status == 200
        scene("XB officer", "GET", f"/records/{other}")
    whole = [e.id for e in reversed(_entries(house)) if e.object == id]
    assert len(whole) == 8
    read = [i for _, _, i in acts_on("XA", id, "", 3)]  # a reading is an act too: one newer than these
    while page := [i for _, _, i in acts_on("XA", id, read[-1], 3)]:
        assert len(page) <= 3
        read += page
    assert read == whole
    foreign = next(e.id for e in _entries(house) if e.object == other and e.bureau == 3)
    (newest,) = acts_on("XA", id, foreign, 1)
    assert newest[2] not in read


@pytest.mark.parametrize("handling", [EVERYONE, NOBODY], ids=["seen", "hidden"])
def test_nobody_reads_the_acts_on_another_bureaus_record(
    scene: Scene, acts_on: Callable, handling: dict
) -> None:
    id = scene.contribute(handling=handling)["id"]
    with pytest.raises(Absent):
        acts_on("XB", id)


# --- the key that signs it -----------------------------------------------------------------------


def test_processes_that_start_together_sign_with_one_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(3)

    def new() -> bytes:
        together.wait(10)  # all have seen that there is no key yet
        return new_key()

    monkeypatch.setattr(app, "new_key", new)
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(3) as processes:
        keys = list(processes.map(lambda _: app.journal_key(settings), range(3)))
    assert len({*keys, app.journal_key(settings)}) == 1
    (kept,) = tmp_path.iterdir()  # and nothing else lies about
    assert (kept.name, kept.stat().st_mode & 0o777) == ("journal.key", 0o600)
