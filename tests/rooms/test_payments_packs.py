"""The evidence pack: the same bytes each time, a hash of each file, nothing that its taker may not see."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

from rooms.filed import Files
from rooms.intercepted import Bank
from rooms.scene import Scene
from rooms.tracing_scene import ADA, BO, CASH, MULE, ROWS, SECOND, followed, load, loaded, table
from worlds.stage import Clock


def pack(scene: Scene, trace: str, rule: str = "fifo", who: str = "XA analyst", **how: Any) -> bytes:
    answer = scene(who, "GET", f"/payments/traces/{trace}/pack.zip?rule={rule}", **how)
    assert answer.status == 200, answer.text
    return answer.body


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_pack_holds_the_question_the_answer_and_a_hash_of_each(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])
    files = opened(pack(scene, trace["id"]))
    manifest = json.loads(files.pop("manifest.json"))
    assert set(files) == {
        "README.txt",
        "question.json",
        "summary.json",
        "payments.csv",
        "accounts.csv",
        "shares.csv",
        "flow.svg",
        "timeline.svg",
        "entities.ftm.json",
    }
    told = {name: {"sha256": hashlib.sha256(d).hexdigest(), "bytes": len(d)} for name, d in files.items()}
    assert manifest["files"] == told
    assert manifest["source_sha256"] == hashlib.sha256(table(*ROWS)).hexdigest()
    assert (manifest["rule"], manifest["trace"], manifest["bureau"]) == ("fifo", trace["id"], "XA")
    question = json.loads(files["question.json"])
    assert [(s["number"], s["victim"], s["stolen"]) for s in question["seeds"]] == [
        (1, "Ada", "10000.00"),
        (2, "Bo", "500.00"),
    ]
    assert (question["ties"], question["dwell"], question["least"]) == ("sequence", None, 0)
    summary = json.loads(files["summary.json"])
    assert [one["rule"] for one in summary] == ["fifo", "lifo", "haircut", "poison", "libr"]
    readme = files["README.txt"].decode()
    assert "Clayton's case" in readme and manifest["source_sha256"] in readme


def test_tables_of_a_pack_sum_to_what_was_stolen(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"], stops=[CASH])["id"]
    for rule in ("fifo", "lifo", "haircut", "libr"):
        files = opened(pack(scene, trace, rule))
        cents = {"Ada": 0, "Bo": 0}
        for row in rows(files["shares.csv"]):
            cents[row["victim"]] += round((float(row["lies"]) + float(row["stopped"])) * 100)
        assert cents == {"Ada": 1_000_000, "Bo": 50_000}
        carried = rows(files["payments.csv"])
        assert {(r["victim"], r["victim_amount"]) for r in carried if r["number"] == "2"} == {
            ("Bo", "500.00")
        }
    assert rows(opened(pack(scene, trace, "poison"))["shares.csv"]) == []


def test_the_same_trace_is_the_same_pack_at_any_hour(scene: Scene, clock: Clock) -> None:
    trace = followed(scene, loaded(scene)["id"])["id"]
    before = pack(scene, trace)
    clock.forward(minutes=10)
    assert pack(scene, trace) == before
    assert pack(scene, trace, "lifo") != before


def test_a_cell_of_a_pack_is_no_formula(scene: Scene) -> None:
    formula = table(f"2026-01-10 09:00;=cmd|' /C calc'!A0;{MULE};10,00;EUR;@SUM(A1)")
    answer = load(scene, formula)
    assert answer.status == 201, answer.text
    files = opened(pack(scene, followed(scene, answer.json["id"], seeds=[{"payment": 1}])["id"]))
    for name in ("payments.csv", "accounts.csv", "shares.csv"):
        for row in rows(files[name]):
            assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())


def test_a_bureau_that_reads_a_trace_exports_it_without_what_it_may_not_see(scene: Scene) -> None:
    sent = Bank(scene).sent()
    file = loaded(scene)["id"]
    trace = followed(scene, file, intercept=sent["id"], show=True)["id"]
    theirs = pack(scene, trace, who="XB analyst")
    assert file.encode() not in b"".join(opened(theirs).values())
    assert json.loads(opened(theirs)["manifest.json"])["intercept"] == sent["id"]
    assert theirs == pack(scene, trace)


def test_entities_of_a_pack_load_into_an_analysis_file(scene: Scene) -> None:
    trace = followed(scene, loaded(scene)["id"])["id"]
    lines = opened(pack(scene, trace))["entities.ftm.json"]
    kinds = [json.loads(line)["schema"] for line in lines.splitlines()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "LegalEntity": 6,
        "BankAccount": 6,
        "Payment": 7,
    }
    file = Files(scene).opened()
    path = f"/files/imports/{file}?format=ftm&keep=true"
    answer = scene("XA analyst", "POST", path, raw=lines)
    assert answer.status == 200, answer.text
    told = answer.json["preview"]
    assert (told["faults"], told["new"], told["links"], told["unfit"]) == ([], 12, 7, {})
    assert answer.json["contribution"]
    paid = [json.loads(line)["properties"] for line in lines.splitlines()][-7]
    assert (paid["amount"], paid["currency"], paid["date"]) == (["10000.00"], ["EUR"], ["2026-01-10"])
    names = {ADA, BO, SECOND}
    assert names <= {n for line in lines.splitlines() for n in json.loads(line)["properties"].get("name", [])}
