"""VICS as other tools write it: what they do differently is read all the same, and what is wrong is told."""

import codecs
import io
import json
from base64 import b64encode
from typing import Any

import pytest
from tests.rooms.vics_written import (
    CASES_US,
    MD5,
    MEDIA_DEFAULT,
    MEDIA_US,
    SAMPLES,
    VIC_13,
    all_of,
    begun,
    entry,
    hash_set,
    of,
    only,
    spelled,
)

from entente.core.problems import Unreadable
from entente.rooms.series.formats import Entry, read
from entente.rooms.series.formats.timestamps import when

# --- what a document is --------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/data/images/vics is not here")
@pytest.mark.parametrize(
    ("name", "kind", "version", "profile", "scheme"),
    [
        ("case_2.0_US.json", "cases", "2.0", "US", "US"),
        ("hashset_1.3.json", "hash set", "1.3", "", ""),
        ("hashset_2.0_Default.json", "hash set", "2.0", "Default", ""),
        ("hashset_2.0_bom.json", "hash set", "2.0", "Default", ""),
    ],
)
def test_a_document_is_told_by_its_context(name: str, kind: str, version: str, profile: str, scheme: str):
    head, entries, bad = all_of((SAMPLES / name).read_bytes())
    assert (head.kind, head.version, head.profile, head.scheme) == (kind, version, profile, scheme)
    assert (len(entries), bad, head.notes) == (8, [], [])
    assert [e.number for e in entries] == list(range(1, 9))
    assert entries[0].media.md5 == MD5.lower()
    assert entries[0].media.victim_identified is False and entries[0].media.distributed is True


def test_a_list_of_the_uk_before_version_2_is_read_too():
    context = "http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media"
    head, entries, _ = all_of({"odata.metadata": context, "value": [entry()]}, scheme="UK", edition="1.2")
    category = entries[0].media.category
    assert head.version == "1.2" and category
    assert (category.scheme, category.edition, category.code) == ("UK", "1.2", "1")


def test_entries_know_which_of_several_cases_they_are_of():
    cases = [
        {"CaseNumber": "A", "Media": [entry(), entry()], "TotalMediaFiles": 2},
        {"CaseNumber": "B", "ContactName": "Desk"},
        {"CaseNumber": "C", "Media": [entry()]},
    ]
    head, entries, bad = all_of({"@odata.context": CASES_US, "value": cases})
    assert [(e.case, e.media.case) for e in entries] == [(0, "A"), (0, "A"), (2, "C")]
    assert [c.fields.get("CaseNumber") for c in head.cases] == ["A", "B", "C"]
    assert head.cases[0].after == {"TotalMediaFiles": 2} and not head.cases[1].listed
    assert (bad, head.notes) == ([], [])


def test_a_total_that_is_wrong_is_told_and_the_list_is_counted():
    cases = [{"TotalMediaFiles": 7, "Media": [entry()]}, {"Media": [entry()], "TotalMediaFiles": 1}]
    head, entries, _ = all_of({"@odata.context": CASES_US, "value": cases})
    assert len(entries) == 2
    assert head.notes == ["case 1: TotalMediaFiles says 7; there are 1"]


@pytest.mark.parametrize("place", ["last", "missing"])
@pytest.mark.parametrize("kind", ["cases", "hash set"])
def test_a_document_is_known_without_a_context_before_its_entries(place: str, kind: str):
    value = [{"CaseNumber": "A", "Media": [entry()]}] if kind == "cases" else [entry()]
    context = CASES_US if kind == "cases" else MEDIA_US
    document: dict[str, Any] = {"value": value} | ({"@odata.context": context} if place == "last" else {})
    head, (found,), bad = all_of(document)
    assert head.kind == kind and bad == []
    assert bool(found.media.category) is (place == "last")
    assert bool(head.notes) is (place == "missing")


def test_a_context_that_says_another_thing_than_the_document_is_told():
    head, entries, _ = all_of(hash_set(entry(), context=CASES_US))
    assert head.kind == "hash set" and len(entries) == 1
    assert "read as what it is" in head.notes[0]


def test_a_context_after_entries_that_cannot_be_sought_is_told_to_have_come_too_late():
    class Pipe(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise OSError("a pipe")

    reading = read(Pipe(spelled({"value": [entry()], "@odata.context": MEDIA_US})))
    (found,) = list(reading)
    assert isinstance(found, Entry) and found.media.category is None
    assert reading.head.profile == "US" and "without it" in reading.head.notes[0]


def test_a_context_inside_an_entry_is_not_the_documents():
    inside = entry(**{"odata.metadata": MEDIA_US})
    head, (found,), _ = all_of(hash_set(inside, context=MEDIA_DEFAULT))
    assert head.profile == "Default" and found.media.category is None and head.notes == []


def test_a_category_means_nothing_without_a_scheme():
    for document in (
        hash_set(entry(), context=MEDIA_DEFAULT),
        {"odata.metadata": VIC_13, "value": [entry()]},
    ):
        assert only(document).media.category is None
        named = only(document, scheme="UK", edition="2.0").media.category
        assert named and (named.scheme, named.edition, named.code) == ("UK", "2.0", "1")


def test_what_the_document_says_of_its_profile_goes_before_what_the_caller_says():
    head, (found,), _ = all_of(hash_set(entry()), scheme="UK")
    assert found.media.category and found.media.category.scheme == "US"
    assert "not UK" in head.notes[0]


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "coding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_any_utf_is_read_with_its_mark_or_without(mark: bytes, coding: str):
    text = json.dumps(hash_set(*[entry(Comments="où? 你好 " + "x" * 90)] * 900), ensure_ascii=False)
    _, entries, bad = all_of(mark + text.encode(coding))
    assert len(entries) == 900 and bad == []
    assert {e.media.comments for e in entries} == {"où? 你好 " + "x" * 90}


def test_bytes_that_are_no_text_do_not_end_the_reading():
    document = spelled(hash_set(entry(Comments="caf~"), entry())).replace(b"~", b"\xe9")
    head, entries, bad = all_of(document)
    assert [e.media.comments for e in entries] == ["caf\ufffd", ""] and bad == []
    assert "no text" in head.notes[0]


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [True, "true", "True", " TRUE ", 1, "1", "yes"])
def test_yes_in_any_form_is_yes(said: Any):
    assert of(VictimIdentified=said).media.victim_identified is True


@pytest.mark.parametrize("said", [False, "false", "False", 0, "0", "no"])
def test_no_in_any_form_is_no(said: Any):
    assert of(VictimIdentified=said).media.victim_identified is False


@pytest.mark.parametrize("said", [None, "", "null"])
def test_nothing_said_is_neither(said: Any):
    found = of(VictimIdentified=said)
    assert found.media.victim_identified is None and found.faults == ()


def test_what_is_neither_is_told():
    found = of(VictimIdentified="perhaps", IsDistributed=2)
    assert found.media.victim_identified is None
    assert found.faults == (
        "VictimIdentified is neither true nor false",
        "IsDistributed is neither true nor false",
    )


def test_hashes_are_lower_case_inside_whatever_their_case_outside():
    found = of(MD5="AbCd" * 8, SHA1=" " + "EF" * 20).media
    assert (found.md5, found.sha1) == ("abcd" * 8, "ef" * 20)


def test_backslashes_become_strokes_and_the_end_of_a_long_path_is_what_it_is_called():
    assert of(RelativeFilePath="DISK\\DCIM\\1.jpg").media.label == "DISK/DCIM/1.jpg"
    label = of(RelativeFilePath="\\".join(["deep folder"] * 100) + "\\1.jpg").media.label
    assert len(label) <= 200 and label.startswith("…") and label.endswith("/1.jpg")
    files = [{"MD5": MD5, "FileName": "1.jpg", "FilePath": "C:\\x\\1.jpg"}]
    assert of(MediaFiles=files).media.label == "C:/x/1.jpg"


def test_one_file_named_by_many_entries_and_many_files_in_one_entry_are_all_kept():
    files = [{"MD5": MD5, "FileName": f"{n}.jpg", "FilePath": f"C:\\{n}.jpg"} for n in range(116)]
    _, entries, bad = all_of(hash_set(*[entry(MediaID=n) for n in range(116)], entry(MediaFiles=files)))
    assert len(entries) == 117 and bad == [] and {e.media.md5 for e in entries} == {MD5.lower()}
    assert len(entries[-1].media.extra["vics"]["said"]["MediaFiles"]) == 116


@pytest.mark.parametrize("said", [True, "true", False])
def test_only_the_category_says_whether_something_was_categorised(said: Any):
    found = of(Category=None, IsPrecategorized=said)
    assert found.media.category is None and found.faults == ()


@pytest.mark.parametrize(("said", "code"), [(0, "0"), (2, "2"), ("2", "2"), (2.0, "2"), (" CAM ", "CAM")])
def test_a_category_is_read_as_a_number_or_a_text(said: Any, code: str):
    category = of(Category=said).media.category
    assert category and (category.scheme, category.edition, category.code) == ("US", "2.0", code)


@pytest.mark.parametrize("said", [True, [1], {"a": 1}, "x" * 201])
def test_a_category_of_another_sort_is_told(said: Any):
    found = of(Category=said)
    assert found.media.category is None and found.faults == ("Category is neither a number nor a short text",)


def test_photodna_in_base64_and_in_hex_is_one_value():
    value = bytes(range(144))
    for said in (b64encode(value).decode(), value.hex(), value.hex().upper()):
        assert of(PhotoDNA=said).media.photodna == b64encode(value).decode()
    assert of(PhotoDNA="").faults == ()
    assert "144 bytes" in of(PhotoDNA="AAAA").faults[0]


def test_alternative_hashes_are_known_by_names_that_nobody_spells_alike():
    names = {"sha-256": "11" * 32, "Pdq": "22" * 32, "pdqview01": "33" * 32, "DHASH_256": "44" * 32}
    hashes = [{"HashName": name, "HashValue": value} for name, value in names.items()]
    frame = {"HashName": "PDQFRAME@1.500", "HashValue": "55" * 32}
    other = {"HashName": "VPDQ", "HashValue": "0,100," + "66" * 32 + ",0.0"}
    found = of(AlternativeHashes=[*hashes, frame, other, {"HashName": "PDQ"}, "no object"])
    assert found.media.sha256 == "11" * 32 and found.media.dhash == "44" * 32
    assert found.media.pdq == ["22" * 32, "33" * 32]
    assert [(f.at, f.pdq) for f in found.media.frames] == [(1.5, "55" * 32)]
    assert found.faults == ("AlternativeHashes: PDQ is no such hash",)


def test_the_whole_picture_comes_first_among_its_views():
    hashes = [{"HashName": f"PDQVIEW{n:02}", "HashValue": f"{n:064x}"} for n in range(1, 25)]
    found = of(AlternativeHashes=[*hashes, {"HashName": "PDQ", "HashValue": "ff" * 32}])
    assert found.media.pdq == ["ff" * 32, *(f"{n:064x}" for n in range(1, 18))]
    assert "25 of one sort" in found.faults[0]


def test_the_camera_is_read_from_exif():
    told = {
        "Make": "TestCam",
        "Exif Model": "Nine",
        "BodySerialNumber": "SN-1",
        "LensSerialNumber": "L1",
        "ImageUniqueID": "ff00",
        "DateTimeOriginal": "2024:12:31 10:00:00",
    }
    found = of(Exifs=[{"PropertyName": name, "PropertyValue": value} for name, value in told.items()]).media
    assert (found.device, found.lens, found.image_id) == ("testcam|nine|sn-1", "L1", "ff00")
    assert found.taken == "2024-12-31T10:00:00"
    assert of(Exifs=[{"PropertyName": "Make", "PropertyValue": "TestCam"}]).media.device == ""


def test_a_film_is_told_by_its_type_or_by_its_name():
    assert of(MimeType="video").media.media == of(MimeType="Video/MP4").media.media == "video"
    assert of(RelativeFilePath="a\\b.MOV").media.media == "video"
    assert of(MimeType="image/gif", RelativeFilePath="b.mov").media.media == "image"
    assert of().media.media == "image"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2025-01-02T03:04:05.000Z", "2025-01-02T03:04:05.000Z"),
        ("2025-01-02T03:04:05+02:00", "2025-01-02T03:04:05+02:00"),
        ("/Date(1735787045000)/", "2025-01-02T03:04:05.000Z"),
        ("/Date(1735787045000+0100)/", "2025-01-02T04:04:05.000+01:00"),
        ("/Date(999999999999999)/", "/Date(999999999999999)/"),
        ("1/31/2025 3:04:05 PM", "2025-01-31T15:04:05"),
        ("12/31/2025 12:00 AM", "2025-12-31T00:00:00"),
        ("1/2/2025 3:04 AM", "2025-01-02T03:04:00"),
        ("1/2/2025", "1/2/2025"),
        ("31/1/2025", "31/1/2025"),
        ("1/31/2025", "2025-01-31"),
        ("2025:02:31 10:00:00", "2025:02:31 10:00:00"),
        ("soon", "soon"),
    ],
)
def test_a_time_is_brought_to_one_form_only_where_it_means_one_moment(said: str, told: str):
    assert when(said) == told


def test_a_value_that_does_not_fit_is_told_and_the_entry_is_kept():
    found = of(MediaSize=-1, SHA1="zz", MimeType="a b", Series="x" * 201, MediaID=[1], Tags={"a": 1})
    assert found.media.md5 == MD5.lower() and len(found.faults) == 6
    assert (found.media.size, found.media.sha1, found.media.series_name) == (0, "", "")


def test_an_entry_without_any_hash_is_bad_and_the_next_one_is_read():
    _, entries, bad = all_of(hash_set({"MediaID": 1}, entry(MD5="no hash"), 7, [[1]], None, entry()))
    assert [e.number for e in entries] == [6]
    assert [b.number for b in bad] == [1, 2, 3, 4, 5]
    assert "has no MD5" in bad[0].reason and bad[2].reason == "is no JSON object"


# --- hostile and broken --------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1e400", "-1e999", "123456789012345678901234567890"])
def test_a_number_too_large_to_be_held_is_left_out(number: str):
    found = only(spelled(hash_set(entry(Rate=0))).replace(b'"Rate": 0', f'"Rate": {number}'.encode()))
    assert found.faults == ("left out: Rate, a number too large to be held",)


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "9" * 5000, "tru", '"\x01"', "'a'"])
def test_what_is_no_json_ends_the_reading_and_what_came_before_is_kept(value: str):
    document = spelled(hash_set(entry(), entry(), entry(Rate=0), entry()))
    head, entries, bad = all_of(document.replace(b'"Rate": 0', f'"Rate": {value}'.encode()))
    assert len(entries) == 2 and [b.number for b in bad] == [3]
    assert "the 2 entries before it are kept" in bad[0].reason and head.notes == [bad[0].reason]


def test_a_file_cut_anywhere_gives_what_came_before_and_tells_of_the_cut():
    document = spelled({"@odata.context": CASES_US, "value": [{"CaseNumber": "A", "Media": [entry()] * 3}]})
    for length in range(document.index(b"[") + 2, len(document) - 1):
        try:
            _, entries, bad = all_of(document[:length])
        except Unreadable:
            assert length < document.index(b"Media") + 100
        else:
            whole = document[:length].count(MD5.encode() + b'"}')
            assert len(entries) == whole and len(bad) == 1 and "it ends in the middle" in bad[0].reason


def test_a_key_that_stands_twice_holds_its_last_value_and_is_told():
    twice = b'{"MediaID": 1, "MD5": "%s", "Tags": "a", "Tags": "b"}' % MD5.encode()
    for document in (b'{"value": [%s]}' % twice, spelled(hash_set(entry(), 0)).replace(b"0]", twice + b"]")):
        _, entries, _ = all_of(document)
        assert entries[-1].media.tags == "b" and "Tags stands twice; the last one holds" in entries[-1].faults


def test_what_is_nested_too_deep_is_left_out_and_the_rest_is_read():
    deep: Any = "bottom"
    for _ in range(400):
        deep = {"in": deep}
    found = of(Deep=deep, Tags="after")
    assert found.media.tags == "after" and "nested more than 16 deep" in found.faults[0]
    _, entries, _ = all_of(
        spelled(hash_set(entry(Deep=0, Tags="after"))).replace(b": 0", b":" + b"[" * 99999 + b"]" * 99999)
    )
    assert entries[0].media.tags == "after"


def test_an_entry_of_countless_values_is_cut_to_what_an_entry_can_have():
    found = of(Many=[{"a": "b"}] * 30_000)
    assert any("after the first 20000 values" in fault for fault in found.faults)
    assert any("bytes in numbers" in fault for fault in of(Bytes=list(range(256)) * 4).faults)
    assert len(of(**{f"K{n}": "/9j/4AAQSkZJRg" for n in range(999)}).faults) == 21


def test_an_entry_larger_than_any_entry_ends_the_reading(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("entente.rooms.series.formats.bounded_json.MOST_BYTES", 1 << 20)
    _, entries, bad = all_of(hash_set(entry(), entry(Comments="x" * (2 << 20)), entry()))
    assert len(entries) == 1 and "an entry has more than" in bad[0].reason
    _, entries, bad = all_of(hash_set(*[entry(Tags="x " * 500)] * 3000))
    assert len(entries) == 3000 and bad == [], "many small ones are no large one"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" \n",
        b"\x00" * 99,
        b"MD5;SHA1\n",
        b"<xml/>",
        b"[1]",
        b'"text"',
        b"{}",
        b'{"value": null}',
        b'{"value": {}}',
        b'{"value"',
        b"{",
        b"{'a': 1}",
        b'{"other": [1]}',
        b"\xff\xfe{",
    ],
)
def test_what_is_no_vics_is_refused_at_once(document: bytes):
    with pytest.raises(Unreadable):
        begun(document)


def test_an_empty_list_is_a_document():
    head, entries, bad = all_of({"@odata.context": MEDIA_US, "value": []})
    assert (head.kind, entries, bad, head.notes) == ("hash set", [], [], [])
