"""Readers of other people's files: every line is a row or says why not, and no file can hurt the house."""

import json
import tracemalloc
from pathlib import Path

import pytest

from entente.core.kinds import model
from entente.core.problems import Unreadable
from entente.rooms.records.formats import Bad, Row, read, write_ftm
from entente.rooms.records.formats.rows import MOST_LINE

ADA = {"id": "a-1", "schema": "Person", "properties": {"name": ["Ada Example"], "birthDate": ["~1971"]}}


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def test_a_line_of_followthemoney_is_a_row_without_what_its_publisher_adds(tmp_path: Path):
    extras = {"caption": "Ada", "datasets": ["x"], "referents": [], "first_seen": "2020", "target": True}
    path = written(tmp_path, "a.jsonl", json.dumps(ADA | extras) + "\n\n")
    assert list(read(path)) == [Row(1, "Person", "a-1", ADA["properties"])]


def test_what_is_written_is_read_again_unchanged(tmp_path: Path):
    body = model().clean("Person", ADA["properties"])
    path = written(tmp_path, "a.jsonl", write_ftm("Person", "a-1", body))
    (row,) = read(path)
    assert isinstance(row, Row)
    assert (row.kind, row.ref, model().clean(row.kind, row.raw)) == ("Person", "a-1", body)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "is no JSON"),
        (b'{"id": "a"}{"id": "b"}', "is no JSON"),
        (b"[]", "is no JSON object"),
        (b'{"schema": "Person", "properties": {}}', 'has no "id"'),
        (b'{"id": 7, "schema": "Person", "properties": {}}', 'has no "id"'),
        (b'{"id": "%s", "schema": "Person", "properties": {}}' % (b"x" * 201), 'has no "id"'),
        (b'{"id": "a", "properties": {}}', 'has no "schema"'),
        (b'{"id": "a", "schema": "Person", "properties": []}', 'has no "properties"'),
        (b'{"id": "\xff"}', "is no JSON"),
        (b'{"id": "a", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "nested more than 16 deep"),
        (b"[" * 1_000_000, "nested more than 16 deep"),
    ],
    ids=[
        "cut",
        "two",
        "list",
        "id",
        "id-number",
        "id-long",
        "schema",
        "properties",
        "utf8",
        "deep",
        "deeper",
    ],
)
def test_a_bad_line_is_one_fault_and_reading_goes_on(tmp_path: Path, line: bytes, why: str):
    good = json.dumps(ADA).encode()
    bad, row = read(written(tmp_path, "a.jsonl", line + b"\n" + good))
    assert isinstance(bad, Bad) and bad.number == 1 and why in bad.reason
    assert isinstance(row, Row) and row.number == 2


def test_brackets_within_text_are_not_depth(tmp_path: Path):
    said = {"name": ["[[[[[[[[[[{{{{{{{{{{", 'a \\" [[[[[ \\\\', '"[' * 30]}
    (row,) = read(written(tmp_path, "a.jsonl", json.dumps(ADA | {"properties": said})))
    assert isinstance(row, Row) and row.raw == said


def test_a_line_of_a_hundred_megabytes_is_passed_over_in_little_memory(tmp_path: Path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + json.dumps(ADA).encode())
    tracemalloc.start()
    try:
        bad, row = read(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(bad, Bad) and "100000011 bytes" in bad.reason
    assert isinstance(row, Row) and row.ref == "a-1" and row.number == 2
    assert peak < 5 * MOST_LINE


def test_a_byte_order_mark_is_passed_over(tmp_path: Path):
    (row,) = read(written(tmp_path, "a.json", b"\xef\xbb\xbf" + json.dumps(ADA).encode()))
    assert isinstance(row, Row)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"name,born\nAda,1971\n"])
def test_a_file_of_no_known_form_is_refused(tmp_path: Path, data: bytes):
    with pytest.raises(Unreadable):
        read(written(tmp_path, "a.bin", data))
