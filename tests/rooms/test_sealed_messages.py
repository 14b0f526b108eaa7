"""Envelopes that a bureau's own software sealed, and what is refused of them; what the store cannot read."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from entente.desk.sequencer import verify_signature
from entente.rooms.bureaus import Keyring, PublicKeys, seal, statement, unlock_with_key
from entente.rooms.bureaus.sealing import PrivateKeys, new_keys
from entente.rooms.messages.delivering import fact_text
from entente.rooms.messages.envelope import Content, Envelope, Header, sealed
from rooms.scene import Scene, places
from worlds.stage import Answer, Clock


@pytest.fixture
def keyring(house: House, scene: Scene) -> Keyring:
    """XA's keys, as XA's own software would hold them."""
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        return unlock_with_key(desk, scene.crew["XA machine"].key)


WRONG: dict[str, object] = {
    "ref": 5,
    "urgency": ["x"],
    "level": "Official",
    "questions": 1.0,
    "parent": 5,
    "v": 7,
    "language": "xx",
    "to": ["xb"],
    "content": "short",
    "answers": [{"question": 1.0, "how": "content", "until": ""}],
}


def public(scene: Scene, code: str) -> PublicKeys:
    known = scene("XA officer", "GET", f"/bureaus/{code}/keys").json
    return PublicKeys(b64decode(next(k["public"] for k in known if k["state"] == "current")))


def header(**changes: Any) -> Header:
    made = Header(
        "ref-1",
        "XA",
        ("XB",),
        "request",
        "urgent",
        "en",
        "official",
        "2026-01-15T12:00:00+00:00",
        questions=1,
    )
    return replace(made, **changes)


def make(
    scene: Scene, house: House, keyring: Keyring, readers: tuple[str, ...] = ("XA", "XB"), **changes: Any
) -> Envelope:
    content = Content("Sealed at home", "A text", questions=("Who?",))
    keys = [public(scene, code) for code in readers]
    return sealed(header(**changes), content, keyring, keys, house.randomness)


def post(scene: Scene, envelope: Envelope, who: str = "XA machine", **changes: object) -> Answer:
    said = {
        "header": envelope.header.decode(),
        "content": b64encode(envelope.content).decode(),
        "wraps": {k: b64encode(w).decode() for k, w in envelope.wraps.items()},
        "signer": envelope.signer,
        "signature": b64encode(envelope.signature).decode(),
    }
    return scene(who, "POST", "/messages/sealed", json=said | changes)


def test_an_envelope_sealed_at_home_is_as_good_as_one_sealed_here(
    scene: Scene, house: House, keyring: Keyring
) -> None:
    answer = post(scene, make(scene, house, keyring))
    assert answer.status == 201, answer.text
    message = scene("XB officer", "GET", f"/messages/{answer.json['id']}").json
    assert (message["subject"], message["genuine"], message["state"]) == ("Sealed at home", True, "open")


def test_the_same_envelope_again_is_the_same_message(scene: Scene, house: House, keyring: Keyring) -> None:
    envelope = make(scene, house, keyring)
    assert post(scene, envelope).json == post(scene, envelope).json
    assert len(scene("XB officer", "GET", "/messages").json["messages"]) == 1


def test_another_envelope_under_its_reference_is_refused(
    scene: Scene, house: House, keyring: Keyring
) -> None:
    post(scene, make(scene, house, keyring))
    assert places(post(scene, make(scene, house, keyring, urgency="flash"))) == ["ref"]


def test_an_old_envelope_is_a_replay(scene: Scene, house: House, keyring: Keyring, clock: Clock) -> None:
    envelope = make(scene, house, keyring)
    clock.forward(minutes=11)
    assert places(post(scene, envelope)) == ["at"]


def test_nobody_sends_anothers_envelope(scene: Scene, house: House, keyring: Keyring) -> None:
    found = places(post(scene, make(scene, house, keyring), who="XC machine"))
    assert {"sender", "signer", "signature"} <= set(found)


@pytest.mark.parametrize("part", ["header", "content", "signature"])
def test_what_was_changed_on_the_way_is_refused(
    scene: Scene, house: House, keyring: Keyring, part: str
) -> None:
    envelope = make(scene, house, keyring)
    raw = bytearray(getattr(envelope, part))
    place = raw.index(b"urgent") if part == "header" else 3
    raw[place : place + 6] = b"flash " if part == "header" else bytes(6)
    changed = replace(envelope, **{part: bytes(raw)})
    answer = post(scene, changed)
    assert answer.status == 422 and scene("XB officer", "GET", "/messages").json["messages"] == []


@pytest.mark.parametrize(
    ("readers", "where"), [(("XA",), "wraps"), (("XB",), "wraps"), (("XA", "XB", "XC"), "wraps")]
)
def test_it_must_be_sealed_to_those_who_get_it_and_to_nobody_else(
    scene: Scene, house: House, keyring: Keyring, readers: tuple[str, ...], where: str
) -> None:
    assert places(post(scene, make(scene, house, keyring, readers))) == [where]


def test_a_key_of_ones_own_making_is_nobodys(scene: Scene, house: House, keyring: Keyring) -> None:
    mine: PrivateKeys = new_keys(house.randomness)
    forged = Keyring(keyring.bureau, mine, mine.public.fingerprint, {mine.public.fingerprint: mine})
    assert {"signer", "signature"} <= set(places(post(scene, make(scene, house, forged))))


def test_a_revoked_key_seals_and_signs_no_more(scene: Scene, house: House, keyring: Keyring) -> None:
    envelope = make(scene, house, keyring)
    print_ = public(scene, "XB").fingerprint
    answer = scene("XB chief", "POST", f"/bureau-keys/{print_}/revoke", json={})
    assert answer.status in (200, 201, 204), answer.text
    refused = post(scene, envelope)
    assert refused.status == 422 and {"to", "wraps"} & set(places(refused))
    answered = scene(
        "XA office", "POST", "/messages", json={"to": ["XB"], "kind": "information", "subject": "x"}
    )
    assert places(answered) == ["to"]


@pytest.mark.parametrize(
    "said",
    [
        *("", "{}", "[]", "nonsense", '{"to":1}'),
        json.dumps(asdict(header()) | {"more": 1}),
        *(json.dumps(asdict(header()) | {name: value}) for name, value in WRONG.items()),
    ],
)
def test_a_header_of_another_form_is_refused_and_every_fault_named(
    scene: Scene, house: House, keyring: Keyring, said: str
) -> None:
    found = places(post(scene, make(scene, house, keyring), header=said))
    assert found and all(place.startswith("header") for place in found)


def own_content(house: House, scene: Scene, keyring: Keyring, content: bytes) -> Envelope:
    """An envelope of XA's that is signed and sealed as it must be, whatever is in it."""
    readers = [public(scene, "XA"), public(scene, "XB")]
    closed = seal(content, readers, header().bound, house.randomness)
    said = replace(header(), content=sha256(closed.content).hexdigest()).spelled()
    signature = keyring.current.sign("message", said)
    return Envelope(said, closed.content, closed.wraps, keyring.fingerprint, signature)


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b"[]",
        b'{"subject":5,"text":"t"}',
        b'{"subject":"s","text":"t","questions":["Who?"],"more":1}',
        b'{"subject":"s","text":"t","questions":5}',
        b'{"subject":"s","text":"t"}',
        b'{"subject":"s","text":"t","questions":["Who?"],"attachments":[{"name":"x"}]}',
    ],
)
def test_whatever_was_sealed_no_page_and_no_list_breaks_on_it(
    scene: Scene, house: House, keyring: Keyring, content: bytes
) -> None:
    answer = post(scene, own_content(house, scene, keyring, content))
    assert answer.status == 201, answer.text
    id = answer.json["id"]
    for who in ("XA office", "XB office"):
        for path in ("", "?box=out", f"/{id}", "/burning", "?words=x"):
            assert scene(who, "GET", f"/messages{path}").status == 200
        for page in ("/inbox", "/messages", "/messages?box=out", f"/messages/{id}"):
            assert scene.ask(scene.crew[who], "GET", page).status == 200
    assert scene("XB office", "GET", f"/messages/{id}").json["readable"] is False


@pytest.mark.parametrize("how", ["bogus", "late", "", "cancelled", "open"])
def test_an_answer_says_content_refusal_or_a_time_and_nothing_else(
    scene: Scene, house: House, keyring: Keyring, how: str
) -> None:
    id = post(scene, make(scene, house, keyring)).json["id"]
    said = asdict(header(ref="a", sender="XB", to=("XA",), type="answer", questions=0, parent=id))
    said |= {"answers": [{"question": 1, "how": how, "until": ""}], "content": "0" * 64}
    refused = post(scene, make(scene, house, keyring), who="XB machine", header=json.dumps(said))
    assert places(refused) == ["header/answers/0/how"]


def test_a_content_put_into_the_store_by_another_hand_is_not_genuine(
    scene: Scene, house: House, keyring: Keyring
) -> None:
    id = post(scene, make(scene, house, keyring)).json["id"]
    forged = seal(
        Content("Release the prisoner", "now", questions=("Who?",)).spelled(),
        [public(scene, "XB")],
        header().bound,
        house.randomness,
    )
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        ((_, thing),) = desk.inspect_all(["box:3"])
        changed = {"content": forged.content, "wrap": next(iter(forged.wraps.values()))}
        body = {**thing.body, **{n: (b64encode(raw).decode(),) for n, raw in changed.items()}}
        desk.change(thing, body=body, keys=("box:3",))
        desk.note("administer")
    message = scene("XB officer", "GET", f"/messages/{id}").json
    assert (message["readable"], message["genuine"], message["subject"]) == (False, False, "")


def test_the_houses_receipts_verify_with_its_public_key(scene: Scene, house: House, keyring: Keyring) -> None:
    id = post(scene, make(scene, house, keyring)).json["id"]
    (party,) = scene("XA machine", "GET", f"/messages/{id}").json["parties"]
    public = b64decode(scene("XA officer", "GET", "/house/key").json["public"])
    for receipt in party["receipts"]:
        said = statement("receipt", fact_text(receipt["fact"], id, "XB", receipt["at"]))
        assert verify_signature(public, said, bytes.fromhex(receipt["signature"]))
        assert not verify_signature(public, said + b"!", bytes.fromhex(receipt["signature"]))


def test_a_content_that_was_changed_in_the_store_does_not_open(
    scene: Scene, house: House, keyring: Keyring
) -> None:
    id = post(scene, make(scene, house, keyring)).json["id"]
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        ((_, thing),) = desk.inspect_all(["box:3"])
        raw = bytearray(b64decode(thing.first("content")))
        raw[0] ^= 1
        desk.change(thing, body={**thing.body, "content": (b64encode(raw).decode(),)}, keys=("box:3",))
        desk.note("administer")
    message = scene("XB officer", "GET", f"/messages/{id}").json
    assert (message["readable"], message["subject"], message["text"]) == (False, "", "")


def test_a_suspended_bureau_is_sent_nothing(scene: Scene) -> None:
    said = {"suspended": True, "reason": "trial"}
    answer = scene("XZ chief", "POST", "/bureaus/XB/suspension", json=said)
    assert answer.status in (200, 204), answer.text
    refused = scene(
        "XA office", "POST", "/messages", json={"to": ["XB"], "kind": "information", "subject": "x"}
    )
    assert places(refused) == ["to/0"] and "RPD 131" in refused.json["faults"][0]["what"]
    assert scene("XB office", "GET", "/messages").status == 403
