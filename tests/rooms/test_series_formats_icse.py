"""ICSE's CSV in and out: columns in any order, what is wrong told by its row, no formula written."""

import codecs
import csv
import io
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.vics_written import MD5, SAMPLES

from entente.core.problems import Unreadable
from entente.rooms.records import Bad
from entente.rooms.series.formats import Entry, IcseHead, read_icse, why_left_out, write_icse
from entente.rooms.series.formats.icse import COLUMNS, guarded, unguarded
from entente.rooms.series.media_model import Media

HEADER = ";".join(COLUMNS)
SHA1 = "0EB78F166823B42D4266E22B004B99107C1CB79B"
ROW = f"{MD5};{SHA1};;1000;1;0;;ALPHA;3;1;Image;1"


def listed(*rows: str, header: str = HEADER, end: str = "\r\n") -> bytes:
    return end.join([header, *rows, ""]).encode()


def all_of(data: bytes) -> list[Entry | Bad]:
    return list(read_icse(io.BytesIO(data)))


def entries(data: bytes) -> list[Entry]:
    found = all_of(data)
    assert not any(isinstance(row, Bad) for row in found), found
    return [row for row in found if isinstance(row, Entry)]


def rewritten(data: bytes) -> bytes:
    reading = read_icse(io.BytesIO(data))
    return b"".join(write_icse((row for row in reading if isinstance(row, Entry)), reading.head))


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/data/images/vics is not here")
def test_the_sample_is_written_as_it_came():
    data = (SAMPLES / "icse_export_sample.csv").read_bytes()
    assert len(entries(data)) == 8
    assert rewritten(data) == data.replace(b"\n", b"\r\n")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_is_read_with_and_without_a_mark(mark: bytes, end: str):
    (found,) = entries(mark + listed(ROW, end=end))
    media = found.media
    assert (media.md5, media.sha1, media.media_id) == (MD5.lower(), SHA1.lower(), "1000")
    assert (media.distributed, media.victim_identified, media.offender_identified) == (True, False, None)
    assert (media.series_name, media.baseline, media.media, media.category) == ("ALPHA", True, "image", None)
    assert (found.number, found.faults) == (2, ())
    assert media.extra == {"icse": {"Number of submissions": "3", "File Available": "1"}}


def test_columns_may_come_in_another_order_and_case_and_unknown_ones_are_kept():
    header = "Odd;baseline;SERIES NAME;checksum;sha-1;Md5"
    data = listed(f'"a;""b""";1;"New\nline";x;{SHA1};{MD5}', header=header)
    (found,) = entries(data)
    assert found.media.baseline is True and found.media.series_name == "New\nline"
    assert found.media.extra["icse"] == {"Odd": 'a;"b"', "checksum": "x"}
    assert rewritten(data).split(b"\r\n", 1)[0] == header.encode()
    assert list(csv.reader(io.StringIO(rewritten(data).decode()), delimiter=";")) == list(
        csv.reader(io.StringIO(data.decode()), delimiter=";")
    )


def test_commas_between_cells_are_read_too():
    assert entries(listed(ROW.replace(";", ","), header=HEADER.replace(";", ",")))[0].media.md5 == MD5.lower()


def test_wrong_rows_are_told_by_their_number_and_the_others_are_read():
    rows = [ROW, "1;2", ROW, ";" * 11, ROW.replace(MD5, "x").replace(SHA1, ""), ROW, 'a"b"c;"x']
    found = all_of(listed(*rows))
    assert [row.number for row in found if isinstance(row, Entry)] == [2, 4, 6]
    bad = [row for row in found if isinstance(row, Bad)]
    assert [row.number for row in bad] == [3, 5, 7]
    assert bad[0].reason == "has 2 cells; the header has 12"
    assert bad[1].reason == "has no MD5 and no SHA-1 (MD5 is no hash of 32 hex digits)"


def test_what_does_not_fit_in_a_row_is_told_and_the_row_is_kept():
    (found,) = entries(listed(f"{MD5};zz;AAAA;;2;perhaps;;{'x' * 201};;;Sound;yes"))
    assert found.media.md5 == MD5.lower() and found.media.baseline is True
    assert len(found.faults) == 6
    assert rewritten(listed(f"{MD5};zz;AAAA;;2;perhaps;;;;;Sound;yes")) == listed(
        f"{MD5};zz;AAAA;;2;perhaps;;;;;Sound;yes"
    )


def test_photodna_in_hex_is_written_as_it_came():
    data = listed(ROW.replace(f"{SHA1};", f"{SHA1};{'00' * 144}"))
    (found,) = entries(data)
    assert found.media.photodna == b64encode(bytes(144)).decode()
    assert rewritten(data) == data


def test_what_was_changed_in_the_house_is_written_as_it_is_now():
    (found,) = entries(
        listed(ROW.replace(";1;0;", ";yes;no;").lower().replace("image", "Image"), header=HEADER)
    )
    changed = found.media.model_copy(update={"victim_identified": True, "media": "video"})
    written = b"".join(write_icse([changed])).decode().splitlines()[1]
    assert written == ROW.replace(MD5, MD5.lower()).replace(SHA1, SHA1.lower()).replace(
        ";1;0;", ";yes;1;"
    ).replace("ALPHA", "alpha").replace("Image", "Video")


def test_media_of_our_own_is_written_in_the_columns_of_icse():
    media = Media(md5=MD5.lower(), baseline=False, media="video", media_id="7", series_name="=1+1")
    assert b"".join(write_icse([media])) == listed(f"{MD5};;;7;;;;'=1+1;;;Video;0")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\t=1", "\rx", " =1", "＝1", "'=1", "''+1"])
def test_no_cell_is_a_formula_to_a_spreadsheet_and_it_is_read_back(cell: str):
    assert guarded(cell).startswith("'") and unguarded(guarded(cell)) == cell


@given(st.text())
def test_a_guarded_cell_is_read_back(cell: str):
    assert unguarded(guarded(cell)) == cell


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20).filter(
    lambda cell: not why_left_out(cell) and not why_left_out(unguarded(cell))
)
cells |= st.sampled_from(["1", "0", "true", "Image", "VIDEO", "'=1", "=1", "ab" * 20, "00" * 144, " x "])


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    """A list with any columns in any order, whose cells are anything a spreadsheet might hold."""
    columns = draw(st.permutations([*COLUMNS[1:], "Odd", "=odd"]))[: draw(st.integers(0, 13))]
    rows = draw(st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=3))
    text = io.StringIO()
    writing = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writing.writerow(["MD5", *columns])
    writing.writerows([MD5, *row] for row in rows)
    return text.getvalue().encode()


@settings(max_examples=300, deadline=None)
@given(lists())
def test_any_list_is_read_again_from_what_was_written(data: bytes):
    written = rewritten(data)
    assert entries(written) == entries(data)
    assert rewritten(written) == written
    for row in list(csv.reader(io.StringIO(written.decode(), newline=""), delimiter=";")):
        assert not any(cell != guarded(unguarded(cell)) for cell in row), "no formula is written"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a;b\n1;2\n",
        b"MD5;MD5\n",
        b"\x00\x01\x02",
        b"MD5;" + b"x;" * 300 + b"\n",
        b"M" * 2_000_000,
    ],
)
def test_what_is_no_list_is_refused_at_once(data: bytes):
    with pytest.raises(Unreadable):
        read_icse(io.BytesIO(data))


def test_a_long_list_in_which_nothing_is_quoted_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("entente.rooms.series.formats.bounded_json.MOST_TEXT", 1 << 10)
    assert len(entries(listed(*[ROW] * 3_000))) == 3_000


def test_a_line_without_end_ends_the_reading_and_the_rows_before_it_are_kept():
    for rest in ("x" * 2_000_000, "1" * 50_000):
        found = all_of(listed(ROW, ROW, rest))
        assert [type(row) for row in found] == [Entry, Entry, Bad]
        assert isinstance(found[-1], Bad) and "the 2 rows before it are kept" in found[-1].reason


def test_bytes_that_are_no_text_do_not_end_the_reading():
    found = entries(listed(ROW.replace("ALPHA", "caf~"), ROW).replace(b"~", b"\xe9"))
    assert found[0].media.series_name == "caf\ufffd" and len(found) == 2


def test_a_picture_in_a_cell_is_left_out_and_the_row_kept():
    text = b64encode(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01").decode()
    (found,) = entries(listed(ROW.replace("ALPHA", text).replace(";3;", f";{text};")))
    assert found.faults == tuple(
        f"left out: {name}, it begins as a picture, film, archive or PDF does"
        for name in ("Series name", "Number of submissions")
    )
    assert text not in repr(found.media)


def test_the_head_is_what_the_file_has():
    head: Any = read_icse(io.BytesIO(listed(ROW))).head
    assert head == IcseHead() and head.columns == tuple(COLUMNS)
