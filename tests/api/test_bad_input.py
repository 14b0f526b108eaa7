"""Bad input from outside: one clear problem each, every fault named, nothing half-written."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from rooms.scene import IVO, Scene, places
from worlds.stage import Answer, Ask, Person

WHO = "XA office"
DRAFT = {"kind": "Person", "properties": IVO}
TEXT = json.dumps(DRAFT)
Send = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Raw(Ask):
    """A request whose body travels as it is."""

    body: bytes = b""
    sort: str = "application/json"

    def spelled(self, who: Person | None) -> tuple[dict[str, str], bytes]:
        said, _ = Ask.spelled(self, who)
        length = {"content-length": str(len(self.body))}
        return said | length | ({"content-type": self.sort} if self.sort else {}), self.body


@pytest.fixture
def send(ask: Any, scene: Scene) -> Iterator[Send]:
    """send(bytes) posts a draft; whatever it was, no record is kept of it."""

    def send(
        body: bytes, path: str = "/records", method: str = "POST", sort: str = "application/json"
    ) -> Answer:
        raw = Raw(method, f"/api/v1{path}", body=body, sort=sort)
        answer: Answer = ask.__self__(scene.crew[WHO], raw)
        return answer

    yield send
    assert scene(WHO, "GET", "/records").json == []


def _one_problem(answer: Answer, status: int, slug: str) -> None:
    said = answer.json
    assert (answer.status, said["status"], said["type"]) == (status, status, f"/problems#{slug}")
    assert answer.header("content-type") == "application/problem+json"
    assert said["title"]
    assert said["do"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        TEXT.encode() + b"}",
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("Ivo", "Żół").encode("iso-8859-2", "replace").replace(b"?", b"\xf3"),
        TEXT.encode().replace(b"Ivo", b"I\0vo"),
        TEXT.encode().replace(b"Ivo", b"\xff\xfe"),
        b'{"kind":"Person","properties":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"kind":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}",
        b"[" * 1_000_000,
        b'{"kind":"Person","properties":{"name":NaN}}' + b"[" * 65 + b"]" * 65,
    ],
    ids=range(14),
)
def test_what_is_no_json_in_utf_8_cannot_be_read(send: Send, body: bytes) -> None:
    answer = send(body)
    if body:
        _one_problem(answer, 400, "unreadable")
    else:
        _one_problem(answer, 422, "faulty")


@pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"text"', b"true", b"[[[]]]"])
def test_json_of_another_shape_is_a_fault(send: Send, body: bytes) -> None:
    _one_problem(send(body), 422, "faulty")


@pytest.mark.parametrize(
    "sort", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"]
)
def test_a_body_that_says_it_is_something_else_is_not_read_as_json(send: Send, sort: str) -> None:
    assert send(TEXT.encode(), sort=sort).status in (400, 422)


@pytest.mark.parametrize(
    ("size", "status", "slug"),
    [(513, 422, "faulty"), (900_000, 422, "faulty"), (10_000_000, 413, "too-large")],
)
def test_a_name_that_is_too_long_is_refused(send: Send, size: int, status: int, slug: str) -> None:
    draft = {"kind": "Person", "properties": {"name": "x" * size}}
    answer = send(json.dumps(draft).encode())
    _one_problem(answer, status, slug)
    assert len(answer.body) < 2000  # the answer does not say it all back


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("a\0b", "NUL"),
        ("\u202eabc", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "LEFT-TO-RIGHT ISOLATE"),
        ("a\x1b[31m", "ESCAPE"),
        ("a\x85b", "U+0085"),
        ("a\nb", "LINE FEED"),
        ("\ud800", "half a character"),
        ("\uffff", "U+FFFF"),
        ("x" * 513, "513 characters"),
    ],
)
def test_a_character_that_deceives_is_named_and_never_said_back_raw(
    send: Send, value: str, named: str
) -> None:
    answer = send(json.dumps({"kind": "Person", "properties": {"name": ["Ivo", value]}}).encode())
    _one_problem(answer, 422, "faulty")
    assert places(answer) == ["properties/name/1"]
    assert named in answer.json["faults"][0]["what"]
    assert "\u202e" not in answer.text
    assert "\x1b" not in answer.text


@pytest.mark.parametrize(
    "date", ["31.02.1971", "1971-02-31", "1971-13-01", "1/2/71", "soon", "71", "0000", "1971-03-05-06"]
)
def test_a_date_that_is_none_is_a_fault(send: Send, date: str) -> None:
    answer = send(json.dumps({"kind": "Person", "properties": {"name": "Ivo", "birthDate": date}}).encode())
    _one_problem(answer, 422, "faulty")
    assert places(answer) == ["properties/birthDate/0"]


def test_every_unknown_field_and_wrong_sort_is_named_at_once(send: Send) -> None:
    draft = {
        "kind": 5,
        "propertys": {},
        "properties": {"name": [5]},
        "handling": {"mode": "all", "buros": ["XB"], "hint": "XB", "watch": "perhaps", "level": "top"},
        "grade": "Z9",
        "ref": ["x"],
        "expires": "tomorrow",
    }
    answer = send(json.dumps(draft).encode())
    _one_problem(answer, 422, "faulty")
    assert {p.split("/")[1] for p in places(answer)} == {
        "kind",
        "propertys",
        "properties",
        "handling",
        "grade",
        "ref",
        "expires",
    }
    inside = {p.split("/")[2] for p in places(answer) if p.startswith("/handling/")}
    assert inside == {"mode", "buros", "hint", "watch", "level"}


def test_however_many_faults_there_are_the_answer_is_bounded(send: Send) -> None:
    many = {f"property{n}": "x" for n in range(150)} | {"name": ["\0"] * 500}
    answer = send(json.dumps({"kind": "Person", "properties": many}).encode())
    _one_problem(answer, 422, "faulty")
    assert len(places(answer)) == 650
    answer = send(json.dumps({"kind": "Person", "properties": {f"p{n}": "x" for n in range(5000)}}).encode())
    _one_problem(answer, 422, "faulty")
    assert len(answer.body) < 5000


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 5000, "NaN", "Infinity"])
def test_a_number_beyond_all_measure_is_a_fault(send: Send, number: str) -> None:
    draft = '{"kind":"Person","properties":{"name":"Ivo"},"expires":' + number + "}"
    assert send(draft.encode()).status in (400, 422)
    change = '{"version":' + number + ',"properties":{"name":"Ivo"}}'
    assert send(change.encode(), f"/records/{'0' * 32}", "PUT").status in (400, 422)


def test_a_version_beyond_all_measure_is_just_another_version(scene: Scene) -> None:
    id = scene.contribute()["id"]
    change = {"version": 10**30, "properties": {"name": "Ivo"}}
    assert scene(WHO, "PUT", f"/records/{id}", json=change).status == 409


@pytest.mark.parametrize(
    "kind", ["Person\0", "person", "PERSON", "Persön", "\u202enosreP", "../Person", "x" * 65, "__class__"]
)
def test_an_unknown_kind_is_a_fault(send: Send, kind: str) -> None:
    answer = send(json.dumps({**DRAFT, "kind": kind}).encode())
    _one_problem(answer, 422, "faulty")


@pytest.mark.parametrize(
    "id", ["\0", "x", "é", "\u202e", "..", "0" * 31, "0" * 33, "F" * 32, "' or 1=1 --", "{id}", "0" * 64]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/records/{}"),
        ("DELETE", "/records/{}"),
        ("GET", "/records/{}/links"),
        ("GET", "/hits/{}"),
        ("DELETE", "/keys/{}"),
        ("POST", "/officers/{}/link"),
    ],
)
def test_whatever_stands_for_an_id_in_an_address_is_absent(
    scene: Scene, method: str, path: str, id: str
) -> None:
    answer = scene("XA chief", method, path.format(id))
    _one_problem(answer, 404, "absent")


@pytest.mark.parametrize(
    "path", ["/nothing", "/records/x/nothing", "/", "/search/x", "/../admin", "/records/"]
)
def test_an_address_that_is_none_is_absent(scene: Scene, path: str) -> None:
    answer = scene("XA chief", "GET", path)
    _one_problem(answer, 404, "absent")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_is_not_described_is_told_what_is(app, scene: Scene, method: str) -> None:
    paths = app.openapi()["paths"]
    shapes = {re.compile(re.sub(r"\{[a-z]+\}", "[^/]+", path)): methods for path, methods in paths.items()}
    for path in paths:
        at = re.sub(r"\{[a-z]+\}", "0" * 32, path)
        known = {m.upper() for shape, methods in shapes.items() if shape.fullmatch(at) for m in methods}
        if method not in known:
            said = {} if method != "GET" else None
            answer = scene("XA chief", method, at.removeprefix("/api/v1"), json=said)
            _one_problem(answer, 405, "not-supported")
            assert set(answer.header("allow").split(", ")) <= known, path


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("limit=0", "query/limit"),
        ("limit=201", "query/limit"),
        ("limit=many", "query/limit"),
        ("limit=1e2", "query/limit"),
        ("limt=5", "query/limt"),
        ("limit=5&%00=1", "query/\0"),
        ("kind=" + "x" * 65, "query/kind"),
        ("after=" + "x" * 65, "query/after"),
    ],
)
def test_a_query_word_with_a_fault_is_named(scene: Scene, query: str, place: str) -> None:
    answer = scene(WHO, "GET", f"/records?{query}")
    _one_problem(answer, 422, "faulty")
    assert places(answer) == [place]
