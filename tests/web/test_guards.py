"""What holds for every request, whichever room it is for."""

import json
import time

import pytest
from caller import Caller
from hypothesis import given
from hypothesis import strategies as st

from entente.core.problems import Unreadable
from entente.web.guards import DEEPEST, HEADERS, ONE_MIB, check_depth

JSON = {"content-type": "application/json"}
ADDRESSES = [
    "/sample/box",
    "/nowhere",
    "/raise/absent",
    "/raise/boom",
    "/api/raise/boom",
    "/static/style.css",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(caller: Caller, address: str) -> None:
    answer = caller.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_refusals_at_the_door_carry_them_too(caller: Caller) -> None:
    answer = caller.post("/act", headers={"cookie": "s=1", "sec-fetch-site": "cross-site"})
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_but_static_files_may_be_kept_by_a_browser(caller: Caller) -> None:
    assert caller.get("/sample/box").headers["cache-control"] == "no-store"
    assert caller.get("/nowhere").headers["cache-control"] == "no-store"
    assert "no-store" not in caller.get("/static/style.css").headers["cache-control"]


def test_an_encrypted_connection_stays_encrypted(caller: Caller) -> None:
    assert "strict-transport-security" in caller.ask("GET", "/sample/box", scheme="https").headers
    assert "strict-transport-security" not in caller.get("/sample/box").headers


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://entente.test"},
    {"origin": "https://elsewhere.example"},
    {"origin": "http://entente.test.elsewhere.example"},
    {"origin": "null"},
    {},
]


@pytest.mark.parametrize("shown", FOREIGN)
def test_another_site_cannot_act_with_an_officers_cookie(caller: Caller, shown: dict[str, str]) -> None:
    answer = caller.post("/act", headers={"cookie": "session=1", "accept": "application/json"} | shown)
    assert answer.status == 403
    assert json.loads(answer.body)["type"] == "/problems#foreign-origin"


@pytest.mark.parametrize(
    "shown",
    [{"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://entente.test"}],
)
def test_the_site_itself_can(caller: Caller, shown: dict[str, str]) -> None:
    assert caller.post("/act", headers={"cookie": "session=1"} | shown).status == 200


def test_a_key_needs_no_origin(caller: Caller) -> None:
    assert caller.post("/act", headers={"authorization": "Bearer k", "cookie": "lang=fr"}).status == 200
    assert caller.post("/act", headers={"authorization": "Basic k", "cookie": "lang=fr"}).status == 403


def test_another_site_cannot_sign_an_officer_in(caller: Caller) -> None:
    assert caller.post("/act", headers={"sec-fetch-site": "cross-site"}).status == 403
    assert caller.post("/act").status == 200


def test_reading_needs_no_origin(caller: Caller) -> None:
    assert caller.get("/sample/box", {"cookie": "session=1", "sec-fetch-site": "cross-site"}).status == 200


def test_a_large_body_is_refused_before_it_is_read(caller: Caller) -> None:
    answer = caller.post("/api/anything", headers=JSON | {"content-length": str(ONE_MIB + 1)})
    assert (answer.status, answer.read) == (413, 0)
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("kind", ["application/json", "application/octet-stream", ""])
def test_a_body_of_unknown_length_is_cut_at_the_limit(caller: Caller, kind: str) -> None:
    answer = caller.post("/api/anything", (b"1" * 65536 for _ in range(10_000)), {"content-type": kind})
    assert answer.status == 413
    assert answer.read == 17
    assert json.loads(answer.body)["type"] == "/problems#too-large"


def test_limits_are_set_by_path(caller: Caller) -> None:
    whole = b"x" * (2 * ONE_MIB)
    assert json.loads(caller.post("/big/upload", whole, {"content-type": "image/png"}).body) == {
        "bytes": len(whole)
    }
    assert caller.post("/api/smaller", b"x" * 11, JSON).status == 413


def test_json_is_held_back_up_to_a_limit_of_its_own(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.web.guards.MOST_JSON", 10)
    assert caller.post("/big/upload", b"[" * 11, JSON).status == 413
    assert caller.post("/big/upload", b"[" * 11, {"content-type": "image/png"}).status == 200


@pytest.mark.parametrize("length", ["-1", "x", "9" * 5000])
def test_a_senseless_length_is_refused(caller: Caller, length: str) -> None:
    assert caller.post("/api/anything", headers=JSON | {"content-length": length}).status == 413


@pytest.mark.parametrize("bracket", [b"[", b'{"a":', b"[{"])
def test_a_body_nested_ten_thousand_deep_is_unreadable(caller: Caller, bracket: bytes) -> None:
    answer = caller.post("/api/anything", bracket * 10_000, JSON)
    assert answer.status == 400
    assert json.loads(answer.body)["type"] == "/problems#unreadable"


def test_depth_cannot_be_hidden_in_another_encoding(caller: Caller) -> None:
    deep = ("[" * 5000 + "]" * 5000).encode("utf-16")
    assert caller.post("/api/anything", deep, JSON).status == 400


def test_a_body_reaches_its_handler_whole(caller: Caller) -> None:
    answer = caller.post("/api/anything", (p for p in (b'{"a": [1', b", 2]}")), JSON)
    assert json.loads(answer.body) == {"read": "dict"}


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def shallow(body: bytes) -> bool:
    try:
        check_depth(body)
    except Unreadable:
        return False
    return True


texts = st.text(alphabet='[]{}"\\a', max_size=8)
values = st.recursive(
    st.none() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=30,
)


@given(values, st.integers(0, 80))
def test_depth_is_judged_as_a_parser_would(value: object, wrapped: int) -> None:
    for _ in range(wrapped):
        value = [value, "]]]["]
    body = json.dumps(value).encode()
    assert shallow(body) == (depth(value) <= DEEPEST)


@given(st.binary(max_size=300).map(lambda b: b.replace(b"\0", b"") + b"[" * 70))
def test_garbage_is_judged_without_failing(body: bytes) -> None:
    shallow(body)


@pytest.mark.parametrize(
    "body",
    [
        b'"' + b'\\"' * 500_000,
        b"[]" * 500_000,
        (b"[" * 64 + b"]" * 64) * 8000,
        b"[" * 1_000_000,
        b'"[" ,' * 200_000,
    ],
)
def test_the_worst_body_of_a_megabyte_takes_no_quadratic_time(body: bytes) -> None:
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        shallow(body + b"[" * 63)
        best = min(best, time.process_time() - began)
    assert best < 0.5
