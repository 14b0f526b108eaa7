"""No picture comes in with a list of hashes, however it is spelled; hashes and words do."""

import base64
import gzip
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.vics_written import MD5, all_of, begun, entry, hash_set, of, rewritten

from entente.core.problems import Unreadable
from entente.rooms.series.formats import read_icse, why_left_out

STARTS = {
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 \x00",
    "tiff": b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00",
    "tiff of other machines": b"MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00",
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00",
    "matroska": b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
}
SPELLINGS = {
    "base64": lambda data: base64.b64encode(data).decode(),
    "base64 in lines": lambda data: base64.encodebytes(data).decode(),
    "base64 after blanks": lambda data: "\n  " + base64.b64encode(data).decode(),
    "hex": bytes.hex,
    "HEX": lambda data: data.hex().upper(),
    "0x": lambda data: "0x" + data.hex(),
    "data URL": lambda data: "data:image/jpeg;base64," + base64.b64encode(data).decode(),
    "DATA URL": lambda data: "DATA:;base64," + base64.b64encode(data).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("start", STARTS)
def test_the_beginning_of_a_picture_film_archive_or_pdf_is_left_out(start: str, spelling: str):
    text = SPELLINGS[spelling](STARTS[start])
    found = of(Thumbnail=text, Nested=[{"deeper": [text]}], **{text: "as a key"})
    assert len(found.faults) == 3 and all(fault.startswith("left out: ") for fault in found.faults)
    kept = json.dumps(found.media.model_dump())
    assert text.strip()[:14] not in kept and found.media.md5 == MD5.lower()


@pytest.mark.parametrize("field", ["Comments", "Tags", "Series", "RelativeFilePath", "MimeType", "PhotoDNA"])
def test_a_picture_in_a_known_field_is_left_out_too(field: str):
    text = base64.b64encode(STARTS["jpeg"] + bytes(range(256)) * 2).decode()
    found = of(**{field: text})
    assert found.faults[0].startswith(f"left out: {field}")
    assert text[:20] not in json.dumps(found.media.model_dump())


def test_what_is_left_out_is_not_written_either():
    text = base64.b64encode(STARTS["jpeg"]).decode()
    document = hash_set(entry(Thumbnail=text, Tags="a", List=["a", text, "b"]), Preview=text)
    written = json.loads(rewritten(document))
    assert written == hash_set(entry(Tags="a", List=["a", "b"]))


def test_the_middle_of_a_picture_is_left_out_by_its_density():
    middle = bytes((n * 7919 + n // 3) % 256 for n in range(600))
    for spelled in (base64.b64encode, base64.encodebytes, base64.urlsafe_b64encode):
        assert "left out" in of(Chunk=spelled(middle).decode()).faults[0]
    assert "left out" in of(Chunk=middle.hex()).faults[0]


def test_a_picture_cut_into_small_pieces_is_stopped_before_it_is_whole():
    middle = base64.b64encode(bytes((n * 7919 + n // 3) % 256 for n in range(30_000))).decode()
    found = of(Chunks=[middle[n : n + 290] for n in range(0, len(middle), 290)])
    assert sum(map(len, found.media.extra["vics"]["said"]["Chunks"])) <= 4000


def test_a_text_longer_than_any_text_ends_the_reading_before_all_of_it_has_come(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("entente.rooms.series.formats.bounded_json.MOST_TEXT", 1 << 18)
    _, entries, bad = all_of(hash_set(entry(), entry(Comments="x" * (1 << 19)), entry()))
    assert len(entries) == 1 and "a text has more than" in bad[0].reason
    _, entries, bad = all_of(hash_set(*[entry(Tags="x " * 500)] * 3000))
    assert len(entries) == 3000 and bad == [], "many short ones are no long one"


def test_a_long_text_is_left_out_and_its_entry_kept():
    found = of(Comments="word " * 801, Tags="a")
    assert found.faults == ("left out: Comments, a text of 4005 characters; at most 4000 are kept",)
    assert found.media.tags == "a" and of(Comments="word " * 799).media.comments
    assert "10000000 characters" in of(Blob="A" * 10_000_000).faults[0]


@given(st.binary(min_size=144, max_size=144))
def test_no_hash_is_ever_taken_for_a_picture(data: bytes):
    for start in (*STARTS.values(), b""):
        value = (start + data)[:144]
        for size in (16, 20, 28, 32, 48, 64, 144):
            assert why_left_out(value[:size].hex()) == why_left_out(value[:size].hex().upper()) == ""
        assert why_left_out(base64.b64encode(value).decode()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "A comment of some length, as an officer writes one. " * 70,
        "C:\\Users\\somebody\\AppData\\Local\\Packages\\a-very-long-folder-name\\" * 20,
        "/srv/somebody/" + "a_long-folder.name/" * 40,
        "/9j/photo.jpg",
        "/9j/",
        "data: five files",
        "Data, more data; and data:",
        "iVBOR",
        "PKW",
        "BM-2",
        "Ÿ",
        "你好" * 300,
        "{00000000-0000-4000-8000-000000000001}",
        "https://example.org/a/b?c=" + "d-e" * 20,
        "",
    ],
)
def test_words_and_paths_are_kept(text: str):
    assert why_left_out(text) == ""
    assert of(Comments=text).faults == ()


@pytest.mark.parametrize("start", STARTS)
def test_a_file_that_is_no_list_is_refused_at_once(start: str):
    for read in (begun, lambda data: read_icse(io.BytesIO(data))):
        with pytest.raises(Unreadable, match="takes no pictures"):
            read(STARTS[start] + b" " * 99)


def test_a_compressed_list_is_refused_with_what_to_do():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", "{}")
    for data in (gzip.compress(b"{}"), packed.getvalue()):
        with pytest.raises(Unreadable, match="unpack it and send the JSON or CSV"):
            begun(data)


def test_a_picture_in_what_a_document_says_of_itself_is_left_out():
    text = base64.b64encode(STARTS["png"]).decode()
    case = {"CaseNumber": "A", "Logo": text, "Media": [entry()], "Late": {"a": text}}
    document: dict[str, Any] = {"Logo": text, "value": [case], "Late": [text]}
    head, entries, _ = all_of(document)
    assert len(entries) == 1 and text not in repr(head)
    assert sum("left out" in note for note in head.notes) == 4
