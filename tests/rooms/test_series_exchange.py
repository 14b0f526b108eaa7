"""Files of image lists brought in and taken out: nothing lost, nothing that is a picture."""

import json
from pathlib import Path
from typing import Any

import pytest

from rooms.hashed import digest, file
from rooms.scene import Scene
from worlds.stage import Answer

IDENTIFY = "identify"
SAMPLES = Path(__file__).parents[3] / "shared/data/images/vics"


def bring_in(
    scene: Scene, who: str, body: bytes, query: str = "", sort: str = "application/octet-stream"
) -> Answer:
    return scene(
        who, "POST", f"/series/import{query}", raw=body, purpose=IDENTIFY, headers={"content-type": sort}
    )


def take_out(scene: Scene, who: str, path: str = "/series/export") -> bytes:
    answer = scene(who, "GET", path, purpose=IDENTIFY)
    assert answer.status == 200, answer.text
    return answer.body


def hash_set(*entries: dict[str, Any]) -> bytes:
    context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"
    return json.dumps({"@odata.context": context, "value": list(entries)}).encode()


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {"MediaID": 7, "MD5": digest(f"md5 {name}", 16).upper(), "Category": 1, **more}


def test_what_was_brought_in_is_taken_out_entry_for_entry(scene: Scene) -> None:
    entries = [
        entry("a", SHA1=digest("sha1 a", 20).upper(), Series="Harbour", Unknown={"deep": [1, None]}),
        entry("b", IsDistributed="true", Comments="c", MediaFiles=[{"MD5": "x", "FilePath": "A\\B\\c.jpg"}]),
    ]
    answer = bring_in(scene, "XA office", hash_set(*entries))
    assert answer.status == 200, answer.text
    assert (answer.json["read"], answer.json["new"], answer.json["left_out"]) == (2, 2, 0)
    assert list(answer.json["series"]) == ["Harbour"]
    told = json.loads(take_out(scene, "XA office", "/series/export?scheme=US+2.0"))
    kept = {e["MD5"]: e for case in told["value"] for e in case["Media"]}
    for one in entries:
        assert {name: kept[one["MD5"]][name] for name in one} == one


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared data is not here")
@pytest.mark.parametrize("name", ["case_2.0_US.json", "hashset_1.3.json", "hashset_2.0_bom.json"])
def test_others_samples_come_in_and_their_entries_go_out_as_they_were(scene: Scene, name: str) -> None:
    body = (SAMPLES / name).read_bytes()
    answer = bring_in(scene, "XA office", body, "?scheme=US+2.0")
    assert answer.status == 200, answer.text
    said = json.loads(body.decode("utf-8-sig"))["value"]
    entries = said if "MD5" in said[0] else [e for case in said for e in case["Media"]]
    files = {e["MD5"] for e in entries}
    assert answer.json["new"] == len(files)
    told = json.loads(take_out(scene, "XA office", "/series/export?scheme=US+2.0"))
    kept = {e["MD5"]: e for case in told["value"] for e in case["Media"]}
    assert kept.keys() == files
    once = {md5: [e for e in entries if e["MD5"] == md5] for md5 in files}
    for md5, same in once.items():
        if len(same) == 1 and "2.0_US" in name:
            assert kept[md5] == same[0]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared data is not here")
def test_icse_comes_in_and_goes_out(scene: Scene) -> None:
    body = (SAMPLES / "icse_export_sample.csv").read_bytes()
    answer = bring_in(scene, "XA office", body, sort="text/csv")
    assert answer.status == 200, answer.text
    told = take_out(scene, "XA office", "/series/export?form=icse").decode()
    lines = body.decode("utf-8-sig").splitlines()
    assert told.splitlines()[0] == lines[0]
    assert sorted(told.splitlines()[1:]) == sorted(lines[1:])


def test_a_faulty_row_is_told_and_the_others_are_kept(scene: Scene) -> None:
    body = hash_set(entry("a"), {"MediaID": 1}, {"MD5": "no digest"}, entry("b"))
    told = bring_in(scene, "XA office", body).json
    assert (told["read"], told["new"], told["left_out"]) == (4, 2, 2)
    assert any(fault.startswith("2:") for fault in told["faults"])


@pytest.mark.parametrize(
    "body", [b"\xff\xd8\xff\xe0" + bytes(100), b"\x89PNG\r\n\x1a\n" + bytes(100), b"PK\x03\x04", b""]
)
def test_what_is_no_list_is_refused(scene: Scene, body: bytes) -> None:
    assert bring_in(scene, "XA office", body).status in (400, 422)
    assert scene("XA office", "GET", "/series/images").json == []


def test_a_picture_inside_a_list_is_left_out_and_told(scene: Scene) -> None:
    told = bring_in(scene, "XA office", hash_set(entry("a", Thumbnail="/9j/4AAQSkZJRgABAQAAAQ" * 300))).json
    assert told["new"] == 1
    assert any("left out" in fault for fault in told["faults"])
    assert b"4AAQSk" not in take_out(scene, "XA office")


def test_a_category_that_no_scheme_explains_is_told(scene: Scene) -> None:
    told = bring_in(scene, "XA office", hash_set(entry("a", Category=77))).json
    assert told["unmapped"] == {"US 2.0 77": 1}


def test_a_second_load_changes_nothing_that_stands(scene: Scene) -> None:
    body = hash_set(entry("a", Series="Harbour"), entry("b", Series="Harbour"))
    first, again = bring_in(scene, "XA office", body).json, bring_in(scene, "XA office", body).json
    assert (first["new"], again["new"]) == (2, 0)
    assert first["series"] == again["series"]


def test_a_series_goes_out_as_its_reader_may_see_it(scene: Scene) -> None:
    series = scene("XB office", "POST", "/series", json={"name": "Harbour"}, purpose=IDENTIFY).json["id"]
    for name, more in (("a", {}), ("b", {"sharing": "silent"})):
        said = {"media": [file(name, case="secret")], "series": series, **more}
        assert scene("XB office", "POST", "/series/images", json=said, purpose=IDENTIFY).status == 201
    mine = json.loads(take_out(scene, "XB office", f"/series/{series}/export"))["value"]
    foreign = json.loads(take_out(scene, "XA office", f"/series/{series}/export"))["value"]
    assert {e["MD5"] for e in mine} == {file(n)["md5"].upper() for n in "ab"}
    assert {e["MD5"] for e in foreign} == {file("a")["md5"].upper()}
    assert "secret" not in json.dumps(foreign)
    assert foreign[0]["Series"] == "Harbour"


def test_more_than_a_page_goes_out_whole(scene: Scene) -> None:
    body = hash_set(*(entry(f"n{n}", MediaID=n) for n in range(450)))
    assert bring_in(scene, "XA office", body).json["new"] == 450
    told = json.loads(take_out(scene, "XA office"))["value"]
    assert len({e["MD5"] for e in told}) == len(told) == 450
