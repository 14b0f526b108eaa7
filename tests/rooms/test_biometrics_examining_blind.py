"""Whatever the first examiner said, the second reads the same bytes until he has given his own verdict."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from entente.app import make_app
from entente.desk import House
from entente.rooms.biometrics.samples import record_of
from entente.settings import Settings
from rooms.biometric_scene import again, comparisons, finger, judged, laid, searched, seconded, set_of
from rooms.scene import Scene
from worlds.stage import Answer, Caller, Clock, Crew, Dice, memory_house, work

PROBE = again(finger(1), 1)
READ = (
    "/biometrics/comparisons?which=waiting",
    "/biometrics/comparisons?which=mine",
    "/biometrics/comparisons?which=all",
    "/biometrics/comparisons/{comparison}",
    "/biometrics/searches/{search}/verdicts",
    "/alerts",
    "/hits?sent=true",
    "/journal",
)
SECONDS = ("XA analyst", "XA supervisor")


@pytest.fixture
def read_after(tmp_path: Path) -> Iterator[dict[str, list[Answer]]]:
    """By the first verdict: what others of the bureau read while it waits, each in a world of its own."""
    found, callers = {}, []
    for verdict, marked, text in (("hit", 12, "No doubt"), ("inconclusive", 0, "")):
        dice = Dice()
        house, crew = memory_house(Clock(), dice)
        settings = Settings(data=tmp_path, answer_grid_ms=0, officer_rate=1e6, key_rate=1e6)
        caller = Caller(make_app(settings, house, work=False))
        callers.append(caller)
        scene = Scene(caller.ask, crew)
        set = set_of(house, crew["XB office"], [finger(1)]).id
        search = searched(scene, "XA officer", PROBE)["search"]
        first = judged(scene, "XA officer", search, set, verdict, marked=marked, text=text)
        assert first.json["state"] == "waiting"
        work(house)
        dice.seed("the second")
        said = {"search": search, "comparison": first.json["id"]}
        read = [scene(who, "GET", path.format(**said)) for path in READ for who in SECONDS]
        read += [laid(scene, who, said["comparison"], PROBE) for who in SECONDS]
        found[verdict] = read
    yield found
    for caller in callers:
        caller.close()
        caller.app.state.house.close()


def test_nobody_is_told_the_score_of_a_task_before_his_own_verdict(
    scene: Scene, house: House, crew: Crew
) -> None:
    set_of(house, crew["XA office"], [finger(1)])
    set_of(house, crew["XB office"], [PROBE])
    work(house)
    (task,) = comparisons(scene, "XA officer")
    path = f"/biometrics/comparisons/{task['id']}"
    for who in ("XA officer", *SECONDS):
        opened = scene(who, "GET", path).json
        assert (opened["score"], opened["parts"]) == (None, [])
    assert seconded(scene, "XA officer", task["id"], "hit").json["score"] > 4
    assert scene("XA officer", "GET", path).json["parts"]
    for who in SECONDS:
        (waiting,) = comparisons(scene, who, "waiting")
        assert (waiting["score"], waiting["parts"], waiting["verdicts"]) == (None, [], [])


def test_nothing_that_the_second_reads_depends_on_the_first_verdict(
    read_after: dict[str, list[Answer]],
) -> None:
    for hit, inconclusive in zip(read_after["hit"], read_after["inconclusive"], strict=True):
        assert hit.status == inconclusive.status
        assert hit.body == inconclusive.body
    statuses = [answer.status for answer in read_after["hit"][: 2 * len(READ)]]
    assert statuses[:-2] == [200] * (2 * len(READ) - 2) and 200 in statuses[-2:]
    *_, analyst, supervisor = read_after["hit"]
    assert (analyst.status, supervisor.status) == (200, 200)
    assert analyst.json["overlays"] and b"score" not in analyst.body
    waiting = read_after["hit"][0].json[0]
    assert (waiting["state"], waiting["yours"], waiting["score"], waiting["verdicts"]) == (
        "waiting",
        "second",
        None,
        [],
    )
    assert b"Officer of XA" not in b"".join(answer.body for answer in read_after["hit"][:10])


def test_the_very_same_file_is_known_again_whatever_finger_it_is_said_to_be(
    scene: Scene, house: House, crew: Crew
) -> None:
    """Also where it was searched as two fingers: either may be what came near."""
    set = set_of(house, crew["XB office"], [finger(1)]).id
    data = record_of(PROBE.at(0))
    files = [{"data": data, "position": position} for position in (2, 0)]
    form = {"files": files}
    search = scene("XA officer", "POST", "/biometrics/search", json=form, purpose="identify").json["search"]
    comparison = judged(scene, "XA officer", search, set).json["id"]
    path = f"/biometrics/comparisons/{comparison}/pictures"
    answer = scene("XA analyst", "POST", path, json={"files": [{"data": data}]})
    assert answer.status == 200, answer.text
    assert [one["position"] for one in answer.json["asked"]] == [2, 0]
    assert answer.json["overlays"]
