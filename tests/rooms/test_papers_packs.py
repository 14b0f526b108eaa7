"""Offline packs: what may leave the house, one inert page, and whether a pack is whole and still good."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from PIL import Image
from typer.testing import CliRunner

from entente import packing
from entente.cli import app as command_line
from entente.desk import House
from entente.rooms.papers import check_pack, packs, packs_writing, read_public_key
from rooms.scene import Scene, only, places
from rooms.test_papers_alerts import FORM as ALERT
from rooms.test_papers_alerts import published as alerted
from rooms.test_papers_cards import EVIL, pictured
from rooms.test_papers_library import CONTENT, FORM, published
from worlds.stage import Answer

ASKER = "XA analyst"
Page = Callable[..., Answer]


def packed(scene: Scene, who: str = ASKER, **said: Any) -> Answer:
    return scene(who, "POST", "/papers/pack", json=said)


def files(answer: Answer) -> dict[str, bytes]:
    assert answer.status == 200, answer.text
    with ZipFile(BytesIO(answer.body)) as kept:
        return {name: kept.read(name) for name in kept.namelist()}


def manifest(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(files(answer)["pack.json"])
    return said


def index(answer: Answer) -> str:
    return files(answer)["index.html"].decode()


def zipped(content: dict[str, bytes], path: Path) -> Path:
    with ZipFile(path, "w") as kept:
        for name, data in content.items():
            kept.writestr(name, data)
    return path


# --- what goes into it ---------------------------------------------------------------------------


def test_a_pack_holds_the_published_versions_that_its_bureau_may_see(scene: Scene) -> None:
    made = published(scene)
    hidden = published(scene, code="UTO-AO-01002", title="For XC alone", handling=only("XC"))
    alerted(scene, title="An open alert", content={"regions": [{"marker": "An open sign"}]})
    alerted(
        scene, title="Not for XA", content={"regions": [{"marker": "A hidden sign"}]}, handling=only("XD")
    )
    pack = packed(scene)
    assert [v["id"] for v in manifest(pack)["versions"]] == [made["id"]]
    text = index(pack)
    assert "An open sign" in text and "Passport of Utopia" in text
    for secret in ("A hidden sign", "Not for XA", "For XC alone", hidden["id"], "UTO-AO-01002"):
        assert not any(secret.encode() in data for data in files(pack).values()), secret


@pytest.mark.parametrize(
    "handling",
    [
        {"mode": "everyone", "level": "confidential"},
        {"mode": "everyone", "need": ["joint/file"]},
        {"mode": "everyone", "purposes": ["analysis"]},
    ],
    ids=["confidential", "compartment", "not for the border"],
)
def test_what_is_not_for_every_officer_at_a_border_stays_out(scene: Scene, handling: dict[str, Any]) -> None:
    published(scene)
    kept_back = guarded(
        scene, "versions", FORM | {"code": "UTO-AO-01002", "title": "P", "handling": handling}
    )
    alert = guarded(scene, "alerts", ALERT | {"title": "Kept back", "handling": handling})
    card = f"/papers/versions/{kept_back}"
    assert scene("XA chief", "GET", card).status == 200
    assert scene("XA chief", "GET", f"/papers/alerts/{alert}").status == 200
    pack = packed(scene, "XA chief")
    assert [v["code"] for v in manifest(pack)["versions"]] == ["UTO-AO-01001"]
    assert "Kept back" not in index(pack) and manifest(pack)["alerts"] == []


def guarded(scene: Scene, what: str, form: dict[str, Any]) -> str:
    """A version or an alert published by officers who are cleared for everything."""
    made = scene("XB office", "POST", f"/papers/{what}", json=form)
    assert made.status == 201, made.text
    path, seen = f"/papers/{what}/{made.json['id']}", {"seen": made.json["seen"]}
    assert scene("XB office", "POST", f"{path}/submit", json=seen).status == 200
    assert scene("XB chief", "POST", f"{path}/review", json={**seen, "approve": True}).status == 200
    id: str = made.json["id"]
    return id


def test_a_restricted_paper_goes_and_the_pack_says_so(scene: Scene) -> None:
    handling = {"mode": "everyone", "level": "restricted"}
    guarded(scene, "versions", FORM | {"handling": handling})
    pack = packed(scene, "XA chief")
    assert manifest(pack)["level"] == "restricted"
    assert "Restricted" in index(pack)
    assert packed(scene).status == 422, "an analyst who is not cleared gets nothing of it"


def test_states_are_chosen_and_faults_told(scene: Scene) -> None:
    published(scene)
    assert manifest(packed(scene, countries=["UTO"]))["countries"] == ["UTO"]
    for said, where in (
        ({"countries": ["QQQ"]}, "countries/0"),
        ({"countries": ["DEU"]}, "countries"),
        ({"days": 0}, "/days"),
        ({"days": 91}, "/days"),
    ):
        answer = packed(scene, **said)
        assert (answer.status, places(answer)) == (422, [where]), said


def test_a_pack_that_would_be_too_large_asks_for_fewer_states(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(scene)
    published(scene, code="UTO-AO-01002")
    for module, name, most in ((packs, "MOST_VERSIONS", 1), (packs_writing, "MOST_BYTES", 4_000)):
        with monkeypatch.context() as small:
            small.setattr(module, name, most)
            answer = packed(scene)
            assert answer.status == 422
            assert answer.json["faults"][0]["do"] == "Choose fewer states."


def test_who_may_not_export_gets_none_and_the_journal_keeps_what_left(scene: Scene, page: Page) -> None:
    published(scene)
    for who in ("XA officer", "XA contributor"):
        assert packed(scene, who).status == 403
        assert page(who, "GET", "/papers/pack").status == 403
    packed(scene)
    last = scene("XA supervisor", "GET", "/journal").json
    assert [e["outcome"] for e in last if e["act"] == "export"] == ["versions 1"]


# --- the page ------------------------------------------------------------------------------------


def test_the_page_says_for_whom_and_until_when_and_reaches_for_nothing(scene: Scene) -> None:
    pictured(scene)
    pack = packed(scene, days=7)
    said, text = manifest(pack), index(pack)
    made, expires = (datetime.fromisoformat(said[name]) for name in ("made", "expires"))
    assert expires - made == timedelta(days=7)
    assert f'data-expires="{said["expires"]}"' in text
    assert "EXPIRES" in text and "XA" in text and "The clock of this device decides" in text
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", text), "everything is in the one file"
    pictures = re.findall(r'(?:src|href)="data:image/jpeg;base64,([^"]+)"', text)
    assert len(pictures) == 3, "each picture once"
    for one in pictures:
        assert max(Image.open(BytesIO(b64decode(one))).size) <= packs_writing.PAGE_PX


def test_only_our_script_runs_whatever_a_title_says(scene: Scene) -> None:
    published(scene, title=EVIL, content={**CONTENT, "patterns": [{"pattern": '"U"9{7}', "note": EVIL}]})
    alerted(scene, title=EVIL, content={"regions": [{"marker": EVIL}]})
    text = index(packed(scene))
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 1
    policy = unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[0])
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag, body in (
        ("script", scripts[0]),
        ("style", re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]),
    ):
        hashed = b64encode(sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{hashed}'" in policy


def test_a_card_carries_the_forms_of_its_number_for_the_search_field(scene: Scene) -> None:
    published(scene)
    found = re.search(r'data-shapes="([^"]+)"', index(packed(scene)))
    assert found
    assert json.loads(unescape(found[1])) == [[["U", 1, 1], ["0123456789", 7, 7]]]


def test_the_form_gives_the_file_or_says_what_is_wrong(scene: Scene, page: Page) -> None:
    published(scene)
    assert "leaves the house" in page(ASKER, "GET", "/papers/pack").text
    form = [("countries", "uto, xxa"), ("days", "14")]
    given = page(ASKER, "POST", "/papers/pack", form)
    assert (given.status, given.header("content-type")) == (200, "application/zip")
    assert given.body == packed(scene, countries=["UTO", "XXA"], days=14).body
    wrong = page(ASKER, "POST", "/papers/pack", [("countries", "Utopia"), ("days", "x")])
    assert wrong.status == 422 and "three letters" in wrong.text


# --- whether it is good --------------------------------------------------------------------------


@pytest.fixture
def pack(scene: Scene) -> Answer:
    published(scene)
    return packed(scene, days=30)


def test_a_pack_is_checked_against_the_houses_key(
    scene: Scene, pack: Answer, house: House, tmp_path: Path
) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(pack.body)
    told = read_public_key(scene("XA officer", "GET", "/house/key").json["public"])
    assert told == house.public_key
    report = check_pack(path, told, house.clock())
    assert report.good, report.faults
    assert (report.bureau, report.versions, report.codes) == ("XA", 1, ("UTO-AO-01001",))
    with ZipFile(path) as kept:
        kept.extractall(tmp_path / "unpacked")
    assert check_pack(tmp_path / "unpacked", told, house.clock()).good


def test_a_changed_byte_fails(pack: Answer, house: House, tmp_path: Path) -> None:
    content = files(pack)
    assert set(content) == {"index.html", "pack.json", "pack.sig", "READ ME.txt"}
    for name in content:
        data = bytearray(content[name])
        data[len(data) // 2] ^= 1
        path = zipped({**content, name: bytes(data)}, tmp_path / f"{name}.zip")
        report = check_pack(path, house.public_key, house.clock())
        assert report.faults and not report.good, name


def test_another_houses_key_a_file_more_or_less_and_junk_fail(
    pack: Answer, house: House, tmp_path: Path
) -> None:
    content = files(pack)
    whole = zipped(content, tmp_path / "whole.zip")
    assert check_pack(whole, bytes(32), house.clock()).faults
    for changed in ({**content, "more.html": b"x"}, {k: v for k, v in content.items() if k != "pack.sig"}):
        assert check_pack(zipped(changed, tmp_path / "other.zip"), house.public_key, house.clock()).faults
    junk = tmp_path / "junk.zip"
    torn = bytearray(pack.body)
    torn[300:400] = bytes(100)  # inside what is compressed
    for data in (pack.body[: len(pack.body) // 2], bytes(torn), b"", b"PK\5\6" + bytes(18)):
        junk.write_bytes(data)
        assert check_pack(junk, house.public_key, house.clock()).faults


def test_an_expired_pack_is_told(pack: Answer, house: House, tmp_path: Path) -> None:
    path = zipped(files(pack), tmp_path / "pack.zip")
    report = check_pack(path, house.public_key, house.clock() + timedelta(days=31))
    assert report.expired and not report.faults and not report.good


def test_the_command_tells_who_when_and_what_and_ends_with_1_where_it_is_not_good(
    pack: Answer, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "nowhere"))
    path = str(zipped(files(pack), tmp_path / "pack.zip"))
    key = ["--key", house.public_key.hex()]

    def run(now: datetime, *said: str) -> Any:
        monkeypatch.setattr(packing, "datetime", SimpleNamespace(now=lambda _zone: now))
        return CliRunner().invoke(command_line, ["pack", "check", path, *said])

    good = run(house.clock(), *key)
    assert good.exit_code == 0, good.output
    assert "For XA" in good.output and "UTO-AO-01001" in good.output
    late = run(house.clock() + timedelta(days=30), *key)
    assert late.exit_code == 1 and "EXPIRED" in late.output
    assert run(house.clock(), "--key", "00" * 32).exit_code == 1
    assert [run(house.clock(), *wrong).exit_code for wrong in (["--key", "xyz"], [])] == [2, 2]
    assert not (tmp_path / "nowhere").exists(), "no house is made to check a pack"


@pytest.mark.parametrize("how", [ZIP_BZIP2, ZIP_LZMA])
def test_a_pack_that_would_unpack_without_bound_is_refused_unread(
    scene: Scene, tmp_path: Path, how: int
) -> None:
    published(scene)
    path = tmp_path / "pack.zip"
    with ZipFile(path, "w", how) as kept:
        for name, data in files(packed(scene)).items():
            kept.writestr(name, data)
    assert [fault for fault in check_pack(path, bytes(32), datetime.now(UTC)).faults if "packed" in fault]
