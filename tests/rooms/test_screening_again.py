"""Screenings asked again: new rows, records that changed, lists that are watched, a house that is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.app import open_house
from entente.core.access import Asker, Purpose, Role
from entente.core.journal import open_private
from entente.desk import HOUSE_ASKER, Desk, House, indexer, sit
from entente.match.changed import Changed
from entente.match.evidence import compare
from entente.match.question import Question
from entente.match.records import read
from entente.rooms.bureaus import enrol, register
from entente.rooms.screening import Screener, Sent, changes, parts, results, service, sheets
from entente.rooms.screening import send as send_list
from entente.settings import Settings
from rooms.scene import IVO, NOBODY, Scene, only, places
from rooms.screened import found, listed, screen, send
from rooms.test_screening import searches, told
from worlds.stage import Clock, Crew

Work = Callable[[House], None]
OKSANA = {"name": ["Oksana Halvorsen"], "birthDate": ["1990-01-02"]}
BOTH = listed("Ivo Marenko;1971-03-05;;;1", "Oksana Halvorsen;1990-01-02;;;2")


def again(scene: Scene, who: str, id: str, list: bytes | None = None, query: str = "") -> dict[str, Any]:
    answer = scene(who, "POST", f"/screenings/{id}/again{query}", raw=list, purpose="")
    assert answer.status == 200, answer.text
    said: dict[str, Any] = answer.json
    return said


def test_a_record_that_came_since_is_found_and_no_other_row_is_asked(
    scene: Scene, house: House, crew: Crew
) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", BOTH)
    screen(house)
    oksana = scene.contribute(OKSANA)
    again(scene, "XB officer", made["id"])
    screen(house)
    assert found(scene, "XB officer", made["id"]) == {2: [ivo["id"]], 3: [oksana["id"]]}
    asked = searches(house, crew["XB officer"].id)
    assert [s["row"] for s in asked] == [2, 3, 3] and asked[2]["shown"] == [oksana["id"]]


def test_a_candidate_that_came_since_is_judged_by_the_search_that_found_it(
    scene: Scene, house: House
) -> None:
    made = send(scene, "XB officer", BOTH)
    screen(house)
    oksana = scene.contribute(OKSANA)
    again(scene, "XB officer", made["id"])
    screen(house)
    candidate = told(scene, "XB officer", made["id"])["rows"][0]["candidates"][0]
    said = {"record": oksana["id"], "verdict": "same"}
    assert scene("XB officer", "POST", f"/search/{candidate['search']}/verdicts", json=said).status == 201


def test_rows_of_a_new_list_that_were_in_the_last_keep_what_they_found(
    scene: Scene, house: House, crew: Crew
) -> None:
    ivo, oksana = scene.contribute(IVO), scene.contribute(OKSANA)
    made = send(scene, "XB officer", BOTH)
    screen(house)
    newer = listed("Nobody Known;;;;9", "Ivo Marenko;1971-03-05;;;1", "Oksana Halvorsen;1990;;;2")
    assert again(scene, "XB officer", made["id"], newer)["lists"] == 2
    screen(house)
    assert found(scene, "XB officer", made["id"]) == {3: [ivo["id"]], 4: [oksana["id"]]}
    assert [s["row"] for s in searches(house, crew["XB officer"].id)] == [2, 3, 2, 4]
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        assert parts.of_list(desk, made["id"], 1) == [], "what was kept of the last list is gone"


def test_parts_of_lists_that_were_never_finished_go_too(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 1)
    monkeypatch.setattr(sys.modules["entente.rooms.screening.duties"], "ERASED_AT_ONCE", 1)
    scene.contribute(IVO)
    made = send(scene, "XB officer", BOTH)
    screen(house)
    for _newer in range(2):
        again(scene, "XB officer", made["id"], BOTH)
        Screener(house).step()
        assert scene("XB officer", "POST", f"/screenings/{made['id']}/stop", purpose="").status == 200
    again(scene, "XB officer", made["id"], BOTH)
    screen(house)
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        assert [len(parts.of_list(desk, made["id"], which)) for which in (1, 2, 3, 4)] == [0, 0, 0, 2]


def test_with_other_columns_every_row_is_asked_anew(scene: Scene, house: House, crew: Crew) -> None:
    made = send(scene, "XB officer", BOTH)
    screen(house)
    again(scene, "XB officer", made["id"], BOTH, "?name=Name")
    screen(house)
    assert [s["row"] for s in searches(house, crew["XB officer"].id)] == [2, 3, 2, 3]


def test_asking_again_needs_one_that_is_done_or_stopped(scene: Scene) -> None:
    made = send(scene, "XB officer", BOTH)
    answer = scene("XB officer", "POST", f"/screenings/{made['id']}/again", purpose="")
    assert (answer.status, places(answer)) == (422, ["state"])


def test_what_changed_unseen_tells_its_owner_and_nobody_else(
    scene: Scene, house: House, crew: Crew, work: Work
) -> None:
    made = send(scene, "XB officer", BOTH)
    work(house)
    scene.contribute(IVO, {**NOBODY, "watch": True})
    again(scene, "XB officer", made["id"])
    work(house)
    assert found(scene, "XB officer", made["id"]) == {}
    assert len(searches(house, crew["XB officer"].id)) == 2
    hits = scene("XA office", "GET", "/hits", purpose="").json["hits"]
    assert [(h["state"], h["asker"]) for h in hits] == [("silent", "XB")]


def test_asking_again_takes_as_many_steps_and_rows_whatever_changed_unseen(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET", 100)
    many = listed(*["Ivo Marenko;1971-03-05;;;1"] * 250)
    read_rows: list[int] = []
    real = changes.read
    monkeypatch.setattr(
        changes, "read", lambda columns, row: read_rows.append(row.place) or real(columns, row)
    )
    made = send(scene, "XB officer", many)
    screen(house)

    def waited() -> tuple[int, int]:
        """Steps, and rows led past records, until the officer sees that it is done."""
        again(scene, "XB officer", made["id"])
        screener, steps = Screener(house), 0
        read_rows.clear()
        while scene("XB officer", "GET", f"/screenings/{made['id']}", purpose="").json["state"] != "done":
            steps += screener.step()
        seen = steps, len(read_rows)
        screen(house)
        return seen

    nothing = waited()
    for handling in ({**NOBODY, "watch": True}, only(hint=["XB"])):
        scene.contribute(IVO, handling)
        assert waited() == nothing
        assert read_rows, "it is looked at all the same, afterwards"
    scene.contribute(IVO)
    assert waited() != nothing


def test_an_owner_to_contact_is_told_of_once_however_many_of_his_records_hint(
    scene: Scene, house: House, crew: Crew
) -> None:
    made = send(scene, "XB officer", BOTH)
    screen(house)
    for ref in ("one", "two", "three"):
        scene.contribute({**IVO, "profession": [ref]}, only(hint=["XB"]))
        again(scene, "XB officer", made["id"])
        screen(house)
    assert [len(s["owners"]) for s in searches(house, crew["XB officer"].id)[2:]] == [1]
    page = told(scene, "XB officer", made["id"], "?band=contact")
    assert [[c["bureau"] for c in row["contacts"]] for row in page["rows"]] == [["XA"]]


def contacts(scene: Scene, id: str) -> list[list[str]]:
    """Tokens of each row that has any."""
    rows = told(scene, "XB officer", id, "?band=contact")["rows"]
    return [[c["token"] for c in row["contacts"]] for row in rows]


def test_a_contact_goes_with_the_match(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO, only(hint=["XB"]))
    made = send(scene, "XB officer", BOTH)
    screen(house)
    assert len(contacts(scene, made["id"])) == 1
    said = {"version": 1, "properties": {"name": ["Quentin Zabriskie"]}}
    assert scene("XA office", "PUT", f"/records/{ivo['id']}", json=said).status == 200
    again(scene, "XB officer", made["id"])
    screen(house)
    assert contacts(scene, made["id"]) == []


def test_the_token_of_a_contact_says_nothing_of_how_many_records_hint(
    scene: Scene, house: House, clock: Clock, crew: Crew
) -> None:
    one = scene.contribute(IVO, only(hint=["XB"]))
    made = send(scene, "XB officer", BOTH)
    screen(house)
    [[token]] = contacts(scene, made["id"])
    clock.forward(days=1)
    scene.contribute({**IVO, "profession": ["other"]}, only(hint=["XB"]), who="XA machine")
    with house.store.reading() as tx:
        kept = Desk(house, HOUSE_ASKER, tx, writing=False).inspect(made["id"])
    assert kept
    officer = Asker(crew["XB officer"].id, kept.handling.owner, Purpose.DESK, "desk")
    service.again(lambda writing: sit(house, officer, "screen", writing), made["id"], None, Sent())
    screen(house)
    said = {"version": 1, "handling": NOBODY}
    assert scene("XA machine", "PUT", f"/records/{one['id']}/handling", json=said).status == 200
    with sit(house, officer, "screen", writing=False) as desk:
        rows = results.results(desk, made["id"], "contact").rows
    assert [[c.token for c in r.contacts] for r in rows] == [[token]], "his other record hints, by the same"


# --- watched -------------------------------------------------------------------------------------


def alerts(scene: Scene, who: str) -> list[dict[str, Any]]:
    return [a for a in scene(who, "GET", "/alerts", purpose="").json if a["what"] == "screened"]


def test_the_alert_of_a_watched_list_does_not_say_which_and_a_discreet_one_gives_none(
    scene: Scene, house: House, clock: Clock
) -> None:
    until = (clock.now.date() + timedelta(days=9)).isoformat()
    made = send(scene, "XB officer", BOTH, watch=until)
    discreet = send(scene, "XB supervisor", BOTH, watch=until, headers={"entente-discreet": "yes"})
    screen(house)
    scene.contribute(IVO)
    screen(house)
    assert found(scene, "XB supervisor", discreet["id"]).keys() == {2}
    told_of = alerts(scene, "XB analyst")
    assert len(told_of) == 1, "of the list that is not discreet"
    assert made["id"] not in str(told_of) and discreet["id"] not in str(told_of)


def test_a_watched_list_is_looked_at_by_itself_every_quarter_of_an_hour(
    scene: Scene, house: House, clock: Clock
) -> None:
    until = (clock.now.date() + timedelta(days=9)).isoformat()
    made = send(scene, "XB officer", BOTH, watch=until)
    screener = Screener(house)
    indexer.catch_up(house)

    def look() -> dict[int, list[str]]:
        while screener.step():
            pass
        return found(scene, "XB officer", made["id"])

    assert look() == {}
    ivo = scene.contribute(IVO)
    assert look() == {} and alerts(scene, "XB officer") == []
    clock.forward(minutes=16)
    assert look() == {2: [ivo["id"]]}
    assert len(alerts(scene, "XB officer")) == 1
    clock.forward(minutes=16)
    look()
    assert len(alerts(scene, "XB officer")) == 1, "nothing is told twice"
    clock.forward(days=10)
    scene.contribute(OKSANA, who="XA machine")
    assert not screener.step(), "its last day is over"


def test_a_list_is_watched_as_long_as_it_is_kept(scene: Scene, clock: Clock) -> None:
    made = send(scene, "XB officer", BOTH)
    path = f"/screenings/{made['id']}/watch"
    for days, status in ((30, 200), (31, 422), (-1, 422)):
        said = {"watch": (clock.now.date() + timedelta(days=days)).isoformat()}
        assert scene("XB officer", "PUT", path, json=said, purpose="").status == status
    assert scene("XB officer", "PUT", path, json={}, purpose="").json["watch"] == ""


# --- what changed, held in memory ----------------------------------------------------------------

names = st.lists(
    st.sampled_from("ivo marenko oksana halvorsen mira petrov al sayed".split()), min_size=1, max_size=4
)


@given(records=st.lists(names, max_size=8), asked=names)
def test_whatever_is_near_in_all_words_but_one_is_found_among_what_changed(
    records: list[list[str]], asked: list[str]
) -> None:
    bodies = {str(i): {"name": (" ".join(words),)} for i, words in enumerate(records)}
    changed = Changed({id: ("Person", body) for id, body in bodies.items()})
    question = Question(" ".join(asked), names=(" ".join(asked),))
    found = changed.answering(question, 0.1)
    for id, words in enumerate(records):
        if (len(set(asked) - set(words)) <= 1 and len(set(asked)) > 1) or set(asked) <= set(words):
            score = compare(question, read("Person", bodies[str(id)])).value
            assert (str(id) in found) == (score >= 0.1)


# --- killed --------------------------------------------------------------------------------------

WORKER = """
import sys
from pathlib import Path
from entente.app import open_house
from entente.rooms.screening import Screener, parts
from entente.settings import Settings

parts.LEAST_ROWS = 4
house = open_house(Settings(data=Path(sys.argv[1])))
screener = Screener(house)
while screener.step():
    print("part", flush=True)
print("done", flush=True)
"""


def test_a_house_that_is_killed_goes_on_and_asks_no_row_twice_and_none_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 4)
    rows = [f"Person Number {i};1971;;;{i}" for i in range(24)]
    with closing(open_house(Settings(data=tmp_path))) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            bureau = register(desk, "XA", "Bureau XA")
            officer = enrol(desk, bureau, "Ada", "ada@xa.example", ["officer"])
        asker = Asker(officer.id, bureau.number, Purpose.BORDER, "flight 7", frozenset({Role.OFFICER}))
        indexer.catch_up(house)
        made = send_list(lambda writing: sit(house, asker, "screen", writing), BytesIO(listed(*rows)), Sent())
    killed = 0
    for after in (1, 2):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=os.environ
        )
        assert worker.stdout is not None
        for _part in range(after):
            if worker.stdout.readline() != "part\n":
                break
        time.sleep(0.003 * after % 0.01)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        killed += worker.returncode == -signal.SIGKILL
    assert killed == 2
    with closing(open_house(Settings(data=tmp_path))) as house:
        screener = Screener(house)
        while screener.step():
            pass
        with house.store.reading() as tx:
            entries = tx.entries.read(0, 1000, act="search")
            kept = Desk(house, HOUSE_ASKER, tx, writing=False).inspect(made.id)
        asked = [open_private(e.leaf, e.private).details["row"] for e in entries]
        assert sorted(asked) == list(range(2, 26)) and kept and kept.first("state") == "done"
