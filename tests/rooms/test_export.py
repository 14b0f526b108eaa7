"""Records out: one's own, all of them, without loss."""

import io
import json
from pathlib import Path

import pytest

from entente.core.access import EVERYONE, Asker, Handling, Purpose, Role
from entente.core.problems import NotAllowed
from entente.desk import House, sit
from entente.rooms.records import exporting, loading
from rooms.scene import IVO, NOBODY, Scene

XA, XB = 2, 3
UN = Path(__file__).parents[3] / "shared" / "data" / "lists" / "un.ftm.jsonl"
HANGS_TOGETHER = (
    {"id": "owns", "schema": "Ownership", "properties": {"owner": ["ivo"], "asset": ["van"]}},
    {"id": "ivo", "schema": "Person", "properties": IVO},
    {"id": "van", "schema": "Vehicle", "properties": {"name": ["White van"]}},
)


def export(house: House, bureau: int, role: Role = Role.ANALYST) -> list[dict]:
    file = io.BytesIO()
    asker = Asker("operator", bureau, Purpose.DESK, "export", frozenset({role}))
    with sit(house, asker) as desk:
        written = exporting.export(desk, file)
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert len(lines) == written
    return lines


def test_a_bureau_exports_its_own_records_alone(scene: Scene, house: House) -> None:
    mine = scene.contribute(handling=NOBODY)["id"]
    scene.contribute(who="XB office")
    lines = export(house, XA)
    assert [(line["id"], line["schema"], line["properties"]) for line in lines] == [(mine, "Person", IVO)]
    assert export(house, 4) == []


def test_every_page_of_an_export_is_written(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    ids = {scene.contribute()["id"] for _ in range(5)}
    assert {line["id"] for line in export(house, XA)} == ids


def test_an_export_loads_again_without_loss(scene: Scene, house: House, tmp_path: Path) -> None:
    scene.contribute({**IVO, "birthDate": ["~1971", "1970/1975"]}, ref="ivo")
    scene.contribute({"name": "White van"}, kind="Vehicle", ref="van")
    scene.contribute({"owner": "ivo", "asset": "van", "startDate": "2019"}, kind="Ownership")
    lines = export(house, XA)
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    asker = Asker("operator", XB, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR}))
    steps = list(loading.load(house, asker, path, Handling(XB, EVERYONE)))
    assert sum(len(s.faults) for s in steps) == 0
    again = export(house, XB)
    key = lambda line: json.dumps([line["schema"], line["properties"].get("name")])  # noqa: E731
    for before, after in zip(sorted(lines, key=key), sorted(again, key=key), strict=True):
        assert (after["schema"], after["properties"]) == (before["schema"], before["properties"])
    assert {line["id"] for line in again} >= {"ivo", "van"}


def test_an_export_loaded_into_the_same_bureau_changes_nothing(
    scene: Scene, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    handling = Handling(XA, EVERYONE)
    asker = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR}))
    path = tmp_path / "a.jsonl"
    odd = {"id": "0" * 32, "schema": "Person", "properties": {"name": ["Odd"]}}  # a reference like an id
    path.write_text("\n".join(json.dumps(line) for line in [*HANGS_TOGETHER, odd]))
    assert sum(s.kept for s in loading.load(house, asker, path, handling)) == 4
    with sit(house, asker, writing=True) as desk:
        desk.note("contribute")
        nameless = desk.keep("Person", {"name": "Without reference"}, handling).id
        desk.keep("Ownership", {"owner": [nameless, "0" * 32], "asset": ["van"]}, handling)
    lines = export(house, XA)
    assert {line["id"] for line in lines} >= {"ivo", "van", "owns", "0" * 32, nameless}
    (owns,) = [line for line in lines if line["id"] == "owns"]
    assert (owns["properties"]["owner"], owns["properties"]["asset"]) == (["ivo"], ["van"])
    path.write_text("\n".join(json.dumps(line) for line in lines))
    steps = list(loading.load(house, asker, path, handling))
    assert (sum(s.read for s in steps), sum(s.kept for s in steps)) == (6, 0)
    assert [s.faults for s in steps] == [()]


def test_an_id_that_another_bureau_owns_is_a_reference_like_any_other(
    scene: Scene, house: House, tmp_path: Path
) -> None:
    theirs = scene.contribute(who="XB office")["id"]
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": theirs, "schema": "Person", "properties": {"name": ["Mine"]}}))
    asker = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR}))
    assert sum(s.kept for s in loading.load(house, asker, path, Handling(XA, EVERYONE))) == 1
    assert [(line["id"], line["properties"]) for line in export(house, XA)] == [(theirs, {"name": ["Mine"]})]
    assert export(house, XB)[0]["properties"] == IVO


def test_a_published_list_that_was_exported_loads_without_a_change(house: House, tmp_path: Path) -> None:
    if not UN.exists():
        pytest.skip("no ../shared/data/lists/un.ftm.jsonl here")
    asker = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR, Role.ANALYST}))
    kept = sum(s.kept for s in loading.load(house, asker, UN, Handling(XA, EVERYONE)))
    path = tmp_path / "export.jsonl"
    with sit(house, asker) as desk, path.open("wb") as file:
        assert exporting.export(desk, file) == kept > 0
    steps = list(loading.load(house, asker, path, Handling(XA, EVERYONE)))
    assert (sum(s.read for s in steps), sum(s.kept for s in steps)) == (kept, 0)
    assert not any(s.faults for s in steps)


def test_an_export_is_noted_and_needs_the_role(scene: Scene, house: House) -> None:
    scene.contribute()
    with pytest.raises(NotAllowed):
        export(house, XA, Role.OFFICER)
    export(house, XA)
    with house.store.reading() as tx:
        acts = [e.act for e in tx.entries.read(0, 10_000)]
    assert acts[-2:] == ["refuse", "export"]
