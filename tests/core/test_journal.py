"""Sealing: what stays for ever, what can be forgotten, and that neither can be bent."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core import access
from entente.core.journal import (
    ACTS,
    MEANINGS,
    Event,
    Tampered,
    canonical,
    checkpoint_bytes,
    open_private,
    seal,
    unseal,
)
from entente.core.merkle import Frontier, inclusion, leaf_hash, verify_inclusion

PAGE = Path(__file__).parents[2] / "docs" / "journal.md"


class Salts:
    """A counted source, so that no two salts are alike and runs are."""

    def __init__(self):
        self.n = 0

    def __call__(self, size):
        self.n += 1
        return self.n.to_bytes(size)


def event(**changes):
    plain = {
        "id": "0123456789abcdef" * 2,
        "at": datetime(2031, 5, 4, 3, 2, 1, 17, UTC),
        "act": "search",
        "officer": "fe" * 16,
        "bureau": 7,
        "role": "officer",
        "purpose": "identify",
        "justification": "case XA-2031-77",
        "object": "",
        "outcome": "full 2, contact 1",
        "details": {"question": "Ilse Varga 1971", "shown": ["a1", "b2"], "counts": {"full": 2}},
    }
    return Event(**(plain | changes))


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
events = st.builds(
    Event,
    id=st.binary(min_size=16, max_size=16).map(bytes.hex),
    at=st.datetimes(timezones=st.just(UTC)),
    act=st.sampled_from(ACTS),
    officer=text,
    bureau=st.integers(0, 255),
    role=text,
    purpose=text,
    justification=text,
    object=text,
    outcome=text,
    details=st.dictionaries(text.filter(lambda n: n != "justification"), values, max_size=4),
)


@given(events)
def test_what_was_sealed_opens_again(happened):
    leaf, private = seal(happened, Salts())
    assert open_private(leaf, private) == happened
    assert unseal(leaf, private) == (happened, frozenset())


@given(events)
def test_a_leaf_has_one_form(happened):
    leaf, private = seal(happened, Salts())
    assert leaf == canonical(json.loads(leaf))
    assert private.encode() == canonical(json.loads(private))


def test_the_leaf_of_a_known_event_never_changes_its_form():
    leaf, _ = seal(event(details={}), Salts())
    assert leaf == (
        b'{"act":"search","at":"2031-05-04T03:02:01.000017+00:00","bureau":7,'
        b'"id":"0123456789abcdef0123456789abcdef","object":"","officer":"fefefefefefefefefefefefefefefefe",'
        b'"outcome":"full 2, contact 1","purpose":"identify","role":"officer","sealed":{"justification":'
        b'"939a6994710e8b1f9b75c815c1064189f10d16907f768099e22925b13587fc17"},"v":1}'
    )


def test_the_leaf_holds_no_sealed_value():
    leaf, private = seal(event(), Salts())
    for value in ("Varga", "XA-2031-77", '"shown"'):
        assert value in private
    for value in (b"Varga", b"1971", b"XA-2031", b'"a1"', b'"b2"'):
        assert value not in leaf


def test_equal_values_have_unlike_commitments():
    leaf, _ = seal(event(details={"a": "same", "b": "same"}), Salts())
    sealed = json.loads(leaf)["sealed"]
    assert len(set(sealed.values())) == 3


def test_an_absent_justification_looks_like_any_other():
    with_one, without = (json.loads(seal(event(justification=j), Salts())[0]) for j in ("reason", ""))
    assert with_one["sealed"].keys() == without["sealed"].keys()


def test_a_forgotten_event_keeps_what_is_clear_and_still_proves():
    sealed = [seal(event(id=f"{i:032x}"), Salts()) for i in range(9)]
    hashes = [leaf_hash(leaf) for leaf, _ in sealed]
    signed_root = Frontier().extend(hashes).root()
    leaf, _ = sealed[4]
    kept = open_private(leaf, "")
    assert (kept.act, kept.officer, kept.justification, kept.details) == ("search", "fe" * 16, "", {})
    assert unseal(leaf, "")[1] == {"justification", "question", "shown", "counts"}
    path = inclusion(lambda _height, _index: hashes, 4, 9)
    assert verify_inclusion(leaf_hash(leaf), 4, 9, path, signed_root)


def test_one_detail_can_be_forgotten_and_the_rest_still_opens():
    leaf, private = seal(event(), Salts())
    less = json.loads(private)
    del less["shown"]
    opened = open_private(leaf, canonical(less).decode())
    assert "shown" not in opened.details and opened.details["question"] == "Ilse Varga 1971"
    assert unseal(leaf, canonical(less).decode())[1] == {"shown"}


@settings(max_examples=300)
@given(events, st.data())
def test_no_edit_of_the_private_text_opens(happened, data):
    leaf, private = seal(happened, Salts())
    raw = bytearray(private.encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    bent = raw.decode(errors="surrogateescape")
    try:
        opened = open_private(leaf, bent)
    except Tampered:
        return
    assert opened == happened, "an edit that opens must mean the same"


def test_values_cannot_trade_places():
    leaf, private = seal(event(details={"a": "1", "b": "2"}), Salts())
    pairs = json.loads(private)
    pairs["a"], pairs["b"] = pairs["b"], pairs["a"]
    with pytest.raises(Tampered, match="committed"):
        open_private(leaf, canonical(pairs).decode())


def test_nothing_can_be_slipped_in_beside_what_was_sealed():
    leaf, private = seal(event(), Salts())
    more = json.loads(private) | {"extra": ["00" * 16, "x"]}
    with pytest.raises(Tampered):
        open_private(leaf, canonical(more).decode())


@pytest.mark.parametrize(
    "bent", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"v":1}', b'{"v": 1}', b"NaN"]
)
def test_what_is_no_leaf_is_refused(bent):
    with pytest.raises(Tampered):
        open_private(bent)


def test_an_event_that_could_not_be_proven_is_not_sealed():
    for changes in (
        {"act": "sneak"},
        {"id": "7"},
        {"id": "G" * 32},
        {"at": datetime(2031, 1, 1)},
        {"details": {"justification": "again"}},
        {"details": {"score": float("nan")}},
        {"justification": "\ud800"},
    ):
        with pytest.raises(ValueError):
            seal(event(**changes), Salts())


def test_a_moment_has_one_form_wherever_it_was_taken():
    east = timezone(timedelta(hours=9))
    assert seal(event(at=event().at.astimezone(east)), Salts()) == seal(event(), Salts())


def test_every_act_has_a_meaning_and_stands_in_the_docs():
    page = PAGE.read_text()
    for act in ACTS:
        assert MEANINGS[act] and f"| `{act}` | {MEANINGS[act]} |" in page, act


def test_every_act_a_role_may_do_can_be_journaled():
    assert set(access.ROLES_FOR) <= set(ACTS)


def test_what_is_signed_has_one_form():
    signed = checkpoint_bytes("xa.example", 3, bytes(32), datetime(2031, 1, 2, tzinfo=UTC))
    assert signed == (
        b"entente journal\nxa.example\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"2031-01-02T00:00:00.000000+00:00\n"
    )
    for origin in ("", "two\nlines"):
        with pytest.raises(ValueError):
            checkpoint_bytes(origin, 3, bytes(32), datetime(2031, 1, 2, tzinfo=UTC))
