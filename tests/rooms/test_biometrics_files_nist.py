"""ANSI/NIST-ITL files in the traditional encoding: what is written is read, and what is wrong is named."""

import json
from dataclasses import replace
from typing import Any

import nistitl
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rooms.biometric_files import coded, header, picture, some_print, transaction, waves, wsq_of

from entente.core.problems import Faulty, NotSupported
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import decoding, nist, nist_child, nist_writing
from entente.rooms.biometrics.codes import code_of
from entente.rooms.biometrics.inti_minutiae import minutiae_of, print_of
from entente.rooms.biometrics.inti_records import Image, Minutiae, Transaction

FS, GS, RS, US = "\x1c", "\x1d", "\x1e", "\x1f"


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's work done in this process, so that hundreds of files cost little."""

    def answered(_script: str, data: bytes) -> tuple[bool, bytes]:
        told, pictures = nist_child.taken(data)
        return True, json.dumps(told).encode() + b"\n" + b"".join(pictures)

    monkeypatch.setattr(nist, "answered", answered)


def file_of(*records: str, contents: str | None = None, **fields: str) -> bytes:
    """A file of text records whose lengths are right; `contents`: 1.003 as it is to stand there."""
    kinds = [one.partition(".")[0] for one in records]
    listed = RS.join([f"1{US}{len(records)}", *(f"{kind}{US}{n}" for n, kind in enumerate(kinds))])
    said = {"2": "0502", "3": listed if contents is None else contents, "4": "CPS", "5": "20260301"}
    said |= {"7": "XB", "8": "XA", "9": "T1", "11": "00.00", "12": "00.00"} | fields
    first = GS.join(f"1.{int(n):03d}:{text}" for n, text in said.items() if text)
    return b"".join(measured(kind, text) for kind, text in zip(["1", *kinds], [first, *records], strict=True))


def measured(kind: str, text: str) -> bytes:
    body = f"{text}{FS}".encode("latin-1")
    length = len(body)
    for _ in range(4):
        begin = f"{kind}.001:{length}{GS}".encode()
        length = len(begin) + len(body)
    return begin + body


def faults_of(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as raised:
        nist.read(data)
    assert all(one.do for one in raised.value.faults)
    return [(code_of(one), one.where) for one in raised.value.faults]


def known(told: Transaction) -> Transaction:
    """What the traditional encoding has a field for, of what the tests' transactions say."""
    return replace(told, texts={})


def test_a_file_goes_out_and_comes_back_through_the_process() -> None:
    told = transaction()
    made = nist.read(nist_writing.written(told))
    assert known(made) == told
    assert made.texts["2.030"] == (("Peñaló-Ωmega, Ana",),)


def test_its_pictures_and_minutiae_come_out_decoded() -> None:
    flat = Image(wsq_of(waves()), bits="8", algorithm="WSQ20", width="80", height="96", record=4, idc=7)
    flat = replace(flat, impression="1", position="11", density="500", density_down="500", units="1")
    raw = picture(14, 8, algorithm="NONE", data=waves().tobytes(), position="13", quality=55)
    lone = minutiae_of(some_print(4), 77)
    told = transaction()
    told = replace(told, images=(flat, *told.images, raw), minutiae=(*told.minutiae, lone))
    made = decoding.decoded(nist_writing.written(told))
    said = {(one.record, one.idc): one for one in made.pictures}
    assert set(said) == {(4, 7), (10, 1), (13, 2), (14, 3), (14, 8)}
    assert said[14, 3].position == 2 and said[14, 3].dpi == 500.0 and (said[14, 3].pixels == waves()).all()
    assert said[14, 8].slap and said[14, 8].quality == 55 and (said[14, 8].pixels == waves()).all()
    assert said[4, 7].position == 1 and said[4, 7].impression == 1 and said[4, 7].form == "WSQ"
    assert said[10, 1].impression is None and said[10, 1].pose == "F"
    marked = said[13, 2].marked
    assert marked is not None and len(marked) == 12 and said[13, 2].impression == 4
    assert [one.position for one in made.prints] == [4]
    assert made.left == ()


def test_another_reader_reads_what_is_written() -> None:
    message = nistitl.Message()
    message.parse(nist_writing.written(transaction()))
    assert [one.type for one in message] == [1, 2, 9, 10, 13, 14]
    assert message.TOT == "CPS" and message[0].VER == "0502"
    assert message[(14, 3)]._999 == coded(waves())


names = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([4, 10, 13, 14]), st.binary(max_size=40)), max_size=5),
    st.lists(st.integers(0, 40), max_size=3),
    st.dictionaries(st.integers(3, 999).map(lambda n: f"2.{n:03d}"), st.lists(names, min_size=1, max_size=3)),
    st.integers(0, 10),
)
def test_any_transaction_survives(
    at_home: None, images: list[tuple[int, bytes]], counts: list[int], texts: Any, position: int
) -> None:
    told = transaction(
        images=tuple(picture(kind, n, data=data + b"x") for n, (kind, data) in enumerate(images)),
        minutiae=tuple(minutiae_of(some_print(position, 1, n + 1), n) for n in counts),
        texts={name: tuple((one,) for one in said) for name, said in texts.items()},
    )
    told = replace(told, images=tuple(sorted(told.images, key=lambda one: one.record)))
    made = nist.read(nist_writing.written(told))
    assert made.images == told.images and made.minutiae == told.minutiae and made.header == told.header
    if told.texts:
        assert made.texts == told.texts


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_every_fault_has_a_name(at_home: None, data: st.DataObject) -> None:
    flat = replace(picture(4, 5), algorithm="NONE", data=b"123")
    told = transaction()
    whole = bytearray(nist_writing.written(replace(told, images=(flat, *told.images))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        how = data.draw(st.sampled_from(["change", "cut", "twice", "out"]))
        if how == "change":
            whole[at] = data.draw(st.sampled_from([0x1C, 0x1D, 0x1E, 0x1F, 0x30, 0x39, 0xB2, 0xFF]))
        elif how == "cut":
            del whole[max(at, 20) :]
        elif how == "twice":
            whole[at:at] = whole[at : at + 30]
        else:
            del whole[at : at + 1]
    try:
        made = nist.read(bytes(whole))
        for one in made.minutiae:
            print_of(one, "9")
    except Faulty as why:
        assert why.faults and all(one.what.endswith(f"({code_of(one)})") and one.do for one in why.faults)


def test_lying_lengths_are_named_where_they_stand(at_home: None) -> None:
    good = file_of(f"2.002:0{GS}2.030:A")
    assert nist.read(good).texts == {"2.030": (("A",),)}
    for wrong in (b"2.001:9", b"2.001:999999999", b"2.001:0", b"2.001:5"):
        assert faults_of(good.replace(b"2.001:25", wrong)) in (
            [("117", "file/2 (2)/LEN")],
            [("117", "file/2 (2)")],
        )
    whole = nist_writing.written(transaction(images=(picture(4, 1, algorithm="NONE", data=b"x" * 30),)))
    at = whole.rindex(b"x" * 30) - 18
    for length in (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x12"):
        code, _where = faults_of(whole[:at] + length + whole[at + 4 :])[0]
        assert code in ("117", "105")


def test_what_follows_or_is_missing_is_told(at_home: None) -> None:
    good = file_of(f"2.002:0{GS}2.030:A")
    assert faults_of(good + b"more") == [("105", "file/1 (1)/CNT")]
    assert faults_of(good[:-8])[0][0] == "117"
    assert faults_of(file_of("2.030:A")) == [("101", "file/2 (2)/IDC")]
    assert faults_of(file_of(f"2.002:{GS}2.030:A")) == [("101", "file/2 (2)/IDC")]
    assert faults_of(file_of("2.002:0", contents="")) == [("105", "file/1 (1)/CNT")]
    assert faults_of(file_of("2.002:0", contents=f"1{US}2{RS}2{US}0")) == [("105", "file/1 (1)/CNT")]
    assert faults_of(file_of("44.002:0")) == [("102", "file/2 (44)")]
    assert faults_of(file_of(f"2.002:0{GS}2.030:A{GS}2.030:B")) == [("117", "file/2 (2)")]
    assert faults_of(file_of(f"2.002:0{GS}3.030:A")) == [("117", "file/2 (2)")]
    assert faults_of(file_of(f"2.002:0{GS}nonsense")) == [("117", "file/2 (2)")]


def test_faults_of_all_records_are_told_at_once(at_home: None) -> None:
    bad = f"14.002:1{GS}14.006:x{GS}14.007:96{GS}14.011:PNG{GS}14.013:2{GS}14.999:data"
    told = faults_of(file_of(bad, "10.002:2", **{"5": "20261341", "8": ""}))
    assert told == [
        ("101", "file/1 (1)/ORI"),
        ("112", "file/1 (1)/DAT"),
        ("108", "file/2 (14)/width"),
        ("101", "file/3 (10)/width"),
        ("101", "file/3 (10)/height"),
        ("101", "file/3 (10)/algorithm"),
        ("502", "file/3 (10)/DATA"),
    ]


def test_five_hundred_records_are_read_and_one_more_is_not(at_home: None) -> None:
    assert len(nist.read(file_of(*["15.002:1"] * 500)).left) == 500
    assert faults_of(file_of(*["15.002:1"] * 501)) == [("104", "file/1 (1)/CNT")]


def test_separators_inside_a_field_are_parts_of_it_and_a_flood_of_them_is_refused(at_home: None) -> None:
    nested = f"2.002:0{GS}2.100:a{US}b{RS}{RS}{US}{US}c{RS}d"
    assert nist.read(file_of(nested)).texts["2.100"] == (("a", "b"), ("",), ("", "", "c"), ("d",))
    assert faults_of(file_of(f"2.002:0{GS}2.100:" + US * 30_000)) == [("117", "file/2 (2)")]
    many = [f"15.002:1{GS}15.100:" + US * 19_000] * 6
    assert faults_of(file_of(*many)) == [("104", "file/7 (15)")]


def test_palms_and_what_else_is_not_searched_is_left_and_named() -> None:
    palm = f"15.002:1{GS}15.013:21{GS}15.999:data"
    made = decoding.decoded(file_of("2.002:0", palm, "17.002:4"))
    assert made.kind == "nist" and made.left == (15, 17) and made.pictures == ()


def test_a_mark_in_a_text_is_not_taken_for_a_picture(at_home: None) -> None:
    """A comment that holds the name of the picture's field."""
    one = picture(14, 1, comment="see 14.999: of 999: before")
    told = transaction(images=(one,), minutiae=())
    assert nist.read(nist_writing.written(told)).images == (one,)


def test_a_finger_that_is_missing_needs_no_picture(at_home: None) -> None:
    lost = f"14.002:1{GS}14.013:3{GS}14.018:3{US}XX"
    assert nist.read(file_of(lost)).images == ()


def test_older_minutiae_are_read_in_pixels_from_the_top_and_turned_round(at_home: None) -> None:
    rows = RS.join(f"{n}{US}{x:04d}{y:04d}{angle:03d}{US}{q}{US}{kind}" for n, x, y, angle, q, kind in OLD)
    made = nist.read(file_of(f"9.002:1{GS}9.003:4{GS}9.004:S{GS}9.006:07{GS}9.010:3{GS}9.012:{rows}"))
    one = print_of(made.minutiae[0], "9")
    assert one.position == 7 and one.impression == 4 and len(one) == 3
    by_quality = {int(row[3]): row for row in one.minutiae.tolist()}
    first, second = by_quality[100], by_quality[0]
    assert first[4] == 1 and second[4] == 2 and first[2] == 270
    assert second[0] - first[0] == pytest.approx(100, abs=1)
    assert second[1] - first[1] == pytest.approx(-200, abs=1)


def test_minutiae_of_the_extended_set_are_placed_by_their_region(at_home: None) -> None:
    points = RS.join([f"508{US}1016{US}90{US}E{US}", f"1016{US}508{US}271{US}B", f"0{US}0{US}0{US}X"])
    fields = f"9.002:1{GS}9.003:4{GS}9.300:2540{US}1270{US}254{US}508{GS}9.302:7{US}{GS}9.331:{points}"
    one = print_of(nist.read(file_of(fields)).minutiae[0], "9")
    assert (one.position, one.impression) == (7, 4) and (one.width, one.height) == (560, 360)
    assert one.minutiae.tolist() == [[150, 300, 90, 0, 1], [250, 200, 272, 0, 2], [50, 100, 0, 0, 0]]
    assert faults_of(file_of(fields.replace("1016", "far"))) == [
        ("108", "file/2 (9)/MIN 1"),
        ("108", "file/2 (9)/MIN 2"),
    ]
    turned = nist.read(file_of(fields.replace(f"{US}271", f"{US}371"))).minutiae[0]
    assert faults_of_minutiae(turned) == ["115"]


OLD = [(1, 1000, 1000, 90, 0, "A"), (2, 1508, 2016, 270, 1, "B"), (3, 1200, 1300, 45, 32, "D")]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 10), st.sampled_from([0, 1, 4, 8]))
def test_a_print_survives_as_a_type_9_record(count: int, position: int, impression: int) -> None:
    one = some_print(position, impression, count)
    back = print_of(minutiae_of(one, 3), "9")
    np.testing.assert_array_equal(np.sort(back.minutiae, axis=0), np.sort(one.minutiae, axis=0))
    assert (back.position, back.impression, back.quality) == (position, impression, one.quality)
    assert (back.width, back.height) == (one.width, one.height)


def test_minutiae_at_another_resolution_are_scaled() -> None:
    told = replace(minutiae_of(some_print(), 1), density="1000", density_down="1000")
    assert print_of(told, "9").width == 40
    np.testing.assert_allclose(print_of(told, "9").minutiae[:, :2], some_print().minutiae[:, :2] / 2)
    per_cm = replace(told, density="197", density_down="197", units="2")
    assert print_of(per_cm, "9").width == 80


def faults_of_minutiae(told: Minutiae) -> list[str]:
    with pytest.raises(Faulty) as raised:
        print_of(told, "file/9/1")
    return [code_of(one) for one in raised.value.faults]


def test_minutiae_that_cannot_be_are_refused() -> None:
    good = minutiae_of(some_print(), 1)
    one = good.minutiae[0]
    assert faults_of_minutiae(replace(good, minutiae=good.minutiae * 30, count="360")) == ["104"]
    assert faults_of_minutiae(replace(good, count="11")) == ["105"]
    assert faults_of_minutiae(replace(good, density="0")) == ["115"]
    assert faults_of_minutiae(replace(good, width="", count="3")) == ["105", "118"]
    for bad in (replace(one, x="81"), replace(one, angle="180"), replace(one, quality="101")):
        assert faults_of_minutiae(replace(good, minutiae=(bad,), count="1")) == ["115"]


def test_more_than_255_minutiae_are_written_as_the_best_255() -> None:
    many = Print(np.repeat(some_print(count=12).minutiae, 30, axis=0), 80, 96)
    assert minutiae_of(many, 1).count == "255"


def test_what_cannot_be_written_is_refused() -> None:
    for told in (
        transaction(texts={"2.030": (("a\x1db",),)}),
        transaction(header=header(tcn="T\x1c1")),
        transaction(images=(picture(4, 1, algorithm="GIF"),)),
        transaction(images=(picture(4, 1, width="70000"),)),
    ):
        with pytest.raises(Faulty):
            nist_writing.written(told)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, at_home: None) -> None:
    monkeypatch.setattr(nist_child, "nistitl", None)
    monkeypatch.setattr(nist_writing, "nistitl", None)
    with pytest.raises(NotSupported, match="entente\\[bio\\]"):
        nist.read(b"1.001:5\x1d")
    with pytest.raises(NotSupported, match="entente\\[bio\\]"):
        nist_writing.written(transaction())
