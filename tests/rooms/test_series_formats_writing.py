"""What was read is written as it came, key for key; what was changed meanwhile is written as it is now."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.vics_written import (
    CASES_US,
    MD5,
    MEDIA_DEFAULT,
    MEDIA_US,
    SAMPLES,
    all_of,
    begun,
    entry,
    hash_set,
    of,
    only,
    rewritten,
)

from entente.rooms.series.formats import Entry, new_head, why_left_out, write
from entente.rooms.series.media_model import Category, Frame, Media


def same(written: bytes, document: Any) -> bool:
    """Equal as JSON, to the order of keys and the form of numbers."""
    return json.dumps(json.loads(written)) == json.dumps(document)


def written_as(media: Media, kind: Any = "hash set", **how: Any) -> dict[str, Any]:
    document = json.loads(b"".join(write(new_head(kind, **how), [media])))
    value = document["value"][0]
    return value["Media"][0] if kind == "cases" else value


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/data/images/vics is not here")
@pytest.mark.parametrize("name", ["case_2.0_US", "hashset_1.3", "hashset_2.0_Default", "hashset_2.0_bom"])
def test_the_samples_are_written_as_they_came(name: str):
    data = (SAMPLES / f"{name}.json").read_bytes()
    assert same(rewritten(data), json.loads(data.decode("utf-8-sig")))


# --- property: any document ----------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).filter(
    lambda text: not why_left_out(text)
)
numbers = st.integers(-(1 << 63) + 1, (1 << 63) - 1) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | words
names = words.filter(lambda name: name and name not in ("Media", "value"))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
hashes = st.text("0123456789abcdefABCDEF", min_size=64, max_size=64)
pairs = st.fixed_dictionaries(
    {},
    optional={
        "HashName": st.sampled_from(
            ["PDQ", "pdqview01", "SHA-256", "DHASH256", "PDQTURN01", "VPDQ", "PDQFRAME@1.5"]
        )
        | words,
        "HashValue": hashes | scalars,
        "PropertyName": st.sampled_from(
            ["Make", "BodySerialNumber", "Width", "PDQQuality", "Baseline", "Duration"]
        )
        | words,
        "PropertyValue": scalars | st.sampled_from(["12", "true", "0"]),
        "FilePath": st.just("C:\\a\\b.jpg") | scalars,
        "MD5": scalars,
    },
)
flags = st.sampled_from([True, False, "true", "false", "TRUE", "0", 1, None, "", "perhaps"])
known = {
    "MediaID": st.integers(0, 1 << 40) | scalars | st.sampled_from(["007", "7", " 7"]),
    "Category": st.integers(0, 9) | scalars | st.sampled_from(["1", "01", " CAM"]),
    "SHA1": st.just("ab" * 20) | st.just("AB" * 20) | scalars,
    "SHA256": hashes | scalars,
    "PhotoDNA": st.just("00" * 144) | st.just("Ab" * 96) | scalars,
    "MediaSize": st.integers(0, 1 << 51) | scalars | st.sampled_from(["12", " 12", 12.0]),
    "DateUpdated": scalars,
    "IsPrecategorized": flags,
    "VictimIdentified": flags,
    "IsDistributed": flags,
    "SelfGenerated": flags,
    "Series": words,
    "Tags": words | st.lists(words, max_size=3),
    "Comments": words | scalars,
    "RelativeFilePath": st.sampled_from(["a\\b.jpg", "a/b.jpg", "\\", ""]) | scalars,
    "MimeType": st.sampled_from(["image/jpeg", "IMAGE/PNG", "video", "image/x; q=1", "", "a b"]) | scalars,
    "MediaFiles": st.lists(pairs, max_size=2) | anything,
    "Exifs": st.lists(pairs, max_size=3) | anything,
    "AlternativeHashes": st.lists(pairs, max_size=3) | anything,
    "MediaMetadata": st.lists(pairs, max_size=3) | anything,
}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """An entry of known keys in any form and order, among unknown ones."""
    said = draw(st.fixed_dictionaries({}, optional=known)) | draw(
        st.dictionaries(names, anything, max_size=2)
    )
    said["MD5"] = draw(st.sampled_from([MD5, MD5.lower(), f" {MD5}"]))
    return {key: said[key] for key in draw(st.permutations(list(said)))}


fields = st.dictionaries(names.filter(lambda name: name not in known), anything, max_size=2)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A list of cases or a hash set, whose context stands first, last or nowhere, among unknown keys."""
    if draw(st.booleans()):
        context = CASES_US
        value: list[Any] = []
        for _ in range(draw(st.integers(1, 3))):
            media = {"Media": draw(st.lists(entries(), max_size=2))}
            value.append(draw(fields) | media | draw(fields))
            value[-1]["Media"] = media["Media"]
    else:
        context = draw(st.sampled_from([MEDIA_US, MEDIA_DEFAULT]))
        value = draw(st.lists(entries(), max_size=3))
    document = draw(fields) | {"value": value} | draw(fields)
    place = draw(st.sampled_from(["first", "last", "nowhere"]))
    first = {"@odata.context": context} if place == "first" else {}
    return first | document | ({"@odata.context": context} if place == "last" else {})


@settings(max_examples=400, deadline=None)
@given(documents(), st.sampled_from(["", "UK"]))
def test_any_document_is_written_as_it_came(document: dict[str, Any], scheme: str):
    assert same(rewritten(document, scheme=scheme), document)
    assert same(rewritten(rewritten(document, scheme=scheme), scheme=scheme), document)


@settings(max_examples=200, deadline=None)
@given(documents())
def test_what_was_read_is_read_again_from_what_was_written(document: dict[str, Any]):
    _, first, _ = all_of(document)
    _, again, _ = all_of(rewritten(document))
    assert [e.media for e in first] == [e.media for e in again]
    assert [Media.model_validate_json(e.media.model_dump_json()) for e in first] == [e.media for e in first]


# --- what was changed ----------------------------------------------------------------------------


def test_what_was_changed_in_the_house_is_written_as_it_is_now():
    found = of(VictimIdentified=False, Series="Alpha", Tags=["a", "b"], PhotoDNA="00" * 144, Odd={"a": 1})
    changed = found.media.model_copy(
        update={
            "victim_identified": True,
            "series_name": "ALPHA",
            "category": Category(scheme="US", edition="2.0", code="3"),
            "suspected": True,
        }
    )
    entry = written_as(changed, profile="US")
    assert entry["VictimIdentified"] == "true" and entry["Series"] == "ALPHA" and entry["Category"] == 3
    assert entry["IsSuspected"] == "true"
    assert entry["Tags"] == ["a", "b"] and entry["PhotoDNA"] == "00" * 144 and entry["Odd"] == {"a": 1}


def test_what_was_emptied_in_the_house_is_gone():
    found = of(VictimIdentified=True, Exifs=[{"PropertyName": "LensSerialNumber", "PropertyValue": "L"}])
    entry = written_as(found.media.model_copy(update={"victim_identified": None, "lens": ""}), profile="US")
    assert "VictimIdentified" not in entry and "Exifs" not in entry


def test_what_others_put_into_a_list_is_kept_when_something_in_it_changed():
    said = {"Software": "X", "Make": "TestCam", "LensSerialNumber": "L"}
    exifs = [{"PropertyName": name, "PropertyValue": value} for name, value in said.items()]
    kept = of(Exifs=exifs, MediaMetadata=[{"PropertyName": "Odd", "PropertyValue": "1"}]).media
    entry = written_as(kept.model_copy(update={"lens": "L2", "baseline": False}), profile="UK")
    told = [(one["PropertyName"], one["PropertyValue"]) for one in entry["Exifs"]]
    assert told == [("LensSerialNumber", "L2"), ("Software", "X"), ("Make", "TestCam")]
    told = [(one["PropertyName"], one["PropertyValue"]) for one in entry["MediaMetadata"]]
    assert told == [("Baseline", "false"), ("Category US 2.0", "1"), ("Odd", "1")]


def test_a_number_of_one_scheme_is_never_written_as_a_number_of_another():
    british = Media(md5=MD5, category=Category(scheme="UK", edition="2.0", code="1"))
    entry = written_as(british, profile="US")
    assert entry["Category"] is None
    assert entry["MediaMetadata"] == [{"MD5": MD5, "PropertyName": "Category UK 2.0", "PropertyValue": "1"}]
    unnamed = only(hash_set(entry_of_category(2), context=MEDIA_DEFAULT)).media
    assert written_as(unnamed, profile="Default")["Category"] == 2
    assert (
        "Category" not in written_as(unnamed, profile="US")
        or written_as(unnamed, profile="US")["Category"] is None
    )
    judged = of(Category="1").media
    assert written_as(judged, profile="UK")["Category"] is None


def entry_of_category(code: int) -> dict[str, Any]:
    return entry(Category=code)


# --- our own -------------------------------------------------------------------------------------


OURS = Media(
    label="DCIM/1.mov",
    media="video",
    md5=MD5,
    sha1="ab" * 20,
    sha256="cd" * 32,
    pdq=[f"{n:064x}" for n in range(18)],
    turns=[f"{n:064x}" for n in range(20, 35)],
    quality=0,
    dhash="ef" * 32,
    frames=[Frame(at=0, pdq="01" * 32), Frame(at=12.345, pdq="02" * 32)],
    size=7,
    mime="video/quicktime",
    width=640,
    height=480,
    seconds=12.5,
    taken="2024-12-31T10:00:00",
    device="testcam|nine|sn-1",
    lens="L1",
    tables="aa" * 32,
    image_id="i1",
    category=Category(scheme="US", edition="2.0", code="2"),
    series_name="ALPHA",
    victim_identified=False,
    baseline=True,
    media_id="7",
    tags="a",
    comments="b",
)


@pytest.mark.parametrize("kind", ["cases", "hash set"])
@pytest.mark.parametrize("version", ["2.0", "1.3"])
def test_all_that_triage_computes_is_read_back(kind: Any, version: str):
    head = new_head(kind, version, "US")
    head.scheme, head.edition = "US", "2.0"
    (found,) = begun(b"".join(write(head, [OURS], files=True)), scheme="US", edition="2.0")
    assert isinstance(found, Entry) and found.faults == ()
    assert found.media.model_copy(update={"md5": MD5, "extra": {}}) == OURS


def test_files_are_named_in_media_files_where_asked():
    (value,) = json.loads(b"".join(write(new_head("cases", profile="US"), [OURS], files=True)))["value"]
    assert value["Media"][0]["MediaFiles"] == [{"MD5": MD5, "FileName": "1.mov", "FilePath": "DCIM\\1.mov"}]
    kept = of(MediaFiles=[{"FilePath": "C:\\a"}]).media
    (value,) = json.loads(b"".join(write(new_head("cases", profile="US"), [kept], files=True)))["value"]
    assert value["Media"][0]["MediaFiles"] == [{"FilePath": "C:\\a"}]


def test_cases_are_written_with_their_fields_in_their_order_even_without_media():
    head = new_head("cases", profile="UK", cases=({"CaseNumber": "A"}, {}, {"CaseNumber": "C"}))
    document = json.loads(b"".join(write(head, [Entry(1, OURS, 2)])))
    assert [list(case) for case in document["value"]] == [
        ["CaseNumber", "Media"],
        ["Media"],
        ["CaseNumber", "Media"],
    ]
    assert [len(case["Media"]) for case in document["value"]] == [0, 0, 1]
    with pytest.raises(ValueError, match="do not follow one another"):
        list(write(head, [Entry(1, OURS, 2), Entry(2, OURS, 0)]))


def test_an_empty_document_is_written_and_read():
    for kind in ("cases", "hash set"):
        head, entries, bad = all_of(b"".join(write(new_head(kind), [])))
        assert (head.kind, entries, bad, head.notes) == (kind, [], [], [])


def test_only_versions_that_are_known_are_written():
    with pytest.raises(ValueError, match=r"VICS 1\.2 is not written"):
        new_head("hash set", "1.2")


@pytest.mark.parametrize(
    "extra", [{"vics": 7}, {"vics": {"said": [], "keys": 3}}, {"vics": {"keys": ["Odd"]}}, {"other": 1}]
)
def test_what_others_put_into_extra_does_no_harm(extra: dict[str, Any]):
    entry = written_as(OURS.model_copy(update={"extra": extra}), profile="US")
    assert entry["MD5"] == MD5 and entry["Category"] == 2
