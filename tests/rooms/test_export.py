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
    ivo = scene.contribute({**IVO, "birthDate": ["~1971", "1970/1975"]}, ref="ivo")["id"]
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
    assert ivo in str(again)


def test_an_export_is_noted_and_needs_the_role(scene: Scene, house: House) -> None:
    scene.contribute()
    with pytest.raises(NotAllowed):
        export(house, XA, Role.OFFICER)
    export(house, XA)
    with house.store.reading() as tx:
        acts = [e.act for e in tx.entries.read(0, 10_000)]
    assert acts[-2:] == ["refuse", "export"]
