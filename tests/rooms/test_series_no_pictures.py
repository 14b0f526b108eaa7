"""No picture comes into the house as words or numbers, whatever field it is put into."""

import base64
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydantic import ValidationError

from entente.rooms.series.formats import why_left_out
from entente.rooms.series.hidden_pictures import MOST_EXTRA
from entente.rooms.series.media_model import Media
from rooms.hashed import file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute
from rooms.vics_written import of


def jpeg() -> bytes:
    """A picture of 100 by 100, drawn."""
    drawn = io.BytesIO()
    Image.effect_mandelbrot((100, 100), (-2, -1.5, 1, 1.5), 30).save(drawn, "JPEG", quality=40)
    return drawn.getvalue()


JPEG = jpeg()
TEXT = base64.b64encode(JPEG).decode()
MD5 = file("a")["md5"]
ID = "0" * 32
IN_A_FILE = "label device lens tables image_id taken series_name case media_id tags comments".split()


def posted() -> Iterator[Any]:
    """Where anybody may write something: address, and a body that says the picture there."""
    for name in IN_A_FILE:
        for path in ("images", "check"):
            yield pytest.param(path, {"media": [{"md5": MD5, name: TEXT[:200]}]}, id=f"{path} {name}")
    for name in ("scheme", "edition", "code"):
        category = {"scheme": "US", "code": "1", name: TEXT[:200]}
        yield pytest.param("images", {"media": [{"md5": MD5, "category": category}]}, id=f"category {name}")
    for said in (list(JPEG), {str(n): byte for n, byte in enumerate(JPEG)}, [float(b) for b in JPEG]):
        yield pytest.param("images", {"media": [{"md5": MD5, "extra": {"x": said}}]}, id="numbers")
    for size in (8, 40, 200):
        words = [TEXT[n : n + size] for n in range(12, len(TEXT), size)]
        yield pytest.param("images", {"media": [{"md5": MD5, "extra": {"x": words}}]}, id=f"extra {size}")
        comments = ("see " + " ".join(words))[:4000]
        yield pytest.param("images", {"media": [{"md5": MD5, "comments": comments}]}, id=f"words of {size}")
    deep = {"media": [{"md5": MD5, "extra": {"a": [{"b": "data:image/png;base64,iVBORw0KGgo"}]}}]}
    yield pytest.param("images", deep, id="deep in extra")
    yield pytest.param("images", {"media": [{"md5": MD5, "extra": {TEXT[:30]: 1}}]}, id="a key of extra")
    yield pytest.param("", {"name": "n", "note": TEXT[:4000]}, id="note")
    yield pytest.param("", {"name": TEXT[:200]}, id="name")
    yield pytest.param("", {"name": "n", "aliases": [TEXT[:200]]}, id="alias")
    yield pytest.param("", {"name": "n", "first_seen": TEXT[:40]}, id="first seen")
    yield pytest.param(f"{ID}/state", {"state": "identified", "why": TEXT[:2000], "version": 1}, id="state")
    yield pytest.param(f"{ID}/decision", {"approve": True, "why": TEXT[:2000], "version": 1}, id="decision")
    yield pytest.param(f"{ID}/merge", {"into": ID, "why": TEXT[:2000]}, id="merge")
    yield pytest.param(f"{ID}/merge/answer", {"approve": True, "why": TEXT[:2000]}, id="answer")
    yield pytest.param(f"{ID}/apart", {"why": TEXT[:2000]}, id="apart")
    yield pytest.param(f"{ID}/split", {"images": [ID], "name": "n", "why": TEXT[:2000]}, id="split")
    verdict = {"one": ID, "other": "1" * 32, "verdict": "same", "text": TEXT[:2000]}
    yield pytest.param("verdicts", verdict, id="verdict")
    yield pytest.param("ignored", {"text": TEXT[:500], "media": {"md5": MD5}}, id="ignored")
    scheme = {"name": "own", "edition": "1", "categories": {"1": {"label": TEXT[:200], "common": "csam"}}}
    yield pytest.param("schemes", scheme, id="scheme")


@pytest.mark.parametrize(("path", "body"), [*posted()])
def test_a_picture_is_refused_wherever_it_is_written_and_not_said_back(
    scene: Scene, path: str, body: dict[str, Any]
) -> None:
    address = f"/series/{path}" if path else "/series"
    answer = scene("XA office", "POST", address, json=body, purpose=IDENTIFY)
    assert answer.status == 422, answer.text
    assert any("may hide a picture" in fault["what"] for fault in answer.json["faults"]), answer.text
    assert TEXT[12:36] not in answer.text


def test_a_picture_is_refused_as_a_note_of_ones_own_work(scene: Scene) -> None:
    series = begin(scene, "XA office")
    said = {"note": TEXT[:2000]}
    assert (
        scene("XA office", "PUT", f"/series/{series['id']}/work", json=said, purpose=IDENTIFY).status == 422
    )


def test_numbers_in_a_map_are_counted_as_those_in_a_list_are() -> None:
    for said in (
        {str(n): byte for n, byte in enumerate(JPEG)},
        [str(byte) for byte in JPEG],
        [{"a": byte} for byte in JPEG],
        [int.from_bytes(JPEG[n : n + 7], "big") for n in range(0, len(JPEG), 7)],
    ):
        found = of(X=said)
        assert any("bytes in numbers" in fault for fault in found.faults)
        kept = found.media.extra["vics"]["said"]["X"]
        assert sum(one != {} for one in kept) <= 800 < len(JPEG)


def test_small_words_of_a_picture_are_counted_over_an_entry() -> None:
    text = base64.b64encode(hashlib.shake_256(b"picture").digest(30_000)).decode()
    for size in (6, 11, 40, 64):
        found = of(X=[text[n : n + size] for n in range(0, len(text), size)])
        assert any("base64" in fault for fault in found.faults)
        assert sum(map(len, found.media.extra["vics"]["said"]["X"])) < 5000


def test_what_an_entry_says_beyond_any_measure_is_left_out_and_the_entry_kept() -> None:
    found = of(
        X=[{"said": f"A comment of somebody on the file, number {n}"} for n in range(MOST_EXTRA // 40)]
    )
    assert found.media.md5 and "left out: all that is not read" in found.faults[-1]
    with pytest.raises(ValidationError, match="more than"):
        Media(md5=MD5, extra={"x": ["word of a language"] * (MOST_EXTRA // 18)})


PROSE = (
    "The file was found on the second disk, in a folder that the suspect had named after his dog; it was "
    "copied there on 3 March 2021 from a telephone, and shows the same room as the pictures of 2019. ",
    "Le fichier se trouvait sur le deuxième disque, dans un dossier que le suspect appelait « été » ; "
    "il y fut copié le 3 mars 2021 et montre la même pièce que les images de 2019. ",
    "عثر على الملف في القرص الثاني في مجلد سماه المشتبه به على اسم كلبه ونسخ إليه في مارس من هاتف محمول. ",
    "该文件在第二块硬盘上找到，位于嫌疑人以其狗命名的文件夹中，于2021年3月3日从手机复制而来。",
    "Der Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz-Ordner lag auf der zweiten Platte. ",
    "C:\\Users\\somebody\\AppData\\Local\\Packages\\Microsoft.Windows.Photos\\IMG_20210303_101500.jpg; ",
    "/srv/somebody/Pictures/2021-03-03 harbour/DSC01234 (copy 2).JPG, ",
    "Canon EOS 5D Mark IV, iPhone 12 Pro, SM-G991B, GmbH, eBay, 1920x1080, mp4; 2021-03-03T10:15:00Z ",
)


@pytest.mark.parametrize("text", PROSE)
def test_what_people_write_is_kept_at_any_length(text: str) -> None:
    for most in (300, 1000, 4000):
        assert why_left_out((text * 40)[:most]) == ""


@pytest.mark.parametrize(("size", "many"), [(16, 30), (20, 25), (32, 15)])
def test_a_list_of_hashes_is_kept(size: int, many: int) -> None:
    hashes = [hashlib.shake_256(str(n).encode()).hexdigest(size) for n in range(many)]
    for between in (" ", "\n", ", ", "; "):
        assert why_left_out("Seen with: " + between.join(hashes)) == ""


@given(
    st.binary(min_size=1500, max_size=2000), st.integers(4, 60), st.sampled_from([" ", "\n", ", ", "|", "\\"])
)
def test_bytes_in_words_of_any_size_are_refused(data: bytes, size: int, between: str) -> None:
    data = hashlib.shake_256(data).digest(1800)
    for text in (base64.b64encode(data).decode(), data.hex()):
        words = between.join(text[n : n + size] for n in range(0, len(text), size))
        assert why_left_out(words[:3900]) != "" or {size} & {32, 40, 56}


def test_what_came_in_is_shown_whatever_the_rules_are_by_then(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    contribute(scene, "XA office", file("a", comments="a word", extra={"x": 1}))
    monkeypatch.setattr("entente.rooms.series.media_model.why_left_out", lambda _: "no words any more")
    (shown,) = scene("XA office", "GET", "/series/images").json
    assert (shown["media"]["comments"], shown["media"]["extra"]) == ("a word", {"x": 1})


def test_words_of_every_sort_are_taken(scene: Scene) -> None:
    said = file("a", comments=PROSE[1], tags=PROSE[3], case="XA/2021/77", extra={"Unknown": [1, {"a": "b"}]})
    contribute(scene, "XA office", said)
    (shown,) = scene("XA office", "GET", "/series/images").json
    assert {name: shown["media"][name] for name in ("comments", "tags", "case", "extra")} == json.loads(
        json.dumps({**{n: said[n].strip() for n in ("comments", "tags", "case")}, "extra": said["extra"]})
    )
    assert check(scene, "XA office", said)[0]["says"] == "own"
