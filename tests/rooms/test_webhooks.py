"""Webhooks: signed, without content, decided anew, only where the operator allows, and tried for a day."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from entente.core.access import Level
from entente.core.things import NEVER
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, House, sit
from entente.desk.work import Duty, do_all, run_job
from entente.rooms.bureaus import About, Courier, alert, own
from entente.rooms.bureaus.couriers import PAUSES_S, Parcel, post_all, signature
from entente.rooms.bureaus.hooking import EVENTS, refused
from rooms.receiver import Receiver
from rooms.scene import Scene, places
from worlds.stage import Crew

GATE = "https://gateway.xa.example"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def gate(doors: Any, crew: Crew, receiver: Receiver) -> Scene:
    """The API of a house whose operator lists the receiver and a gateway."""
    return Scene(doors(webhooks=f"{GATE}, {receiver.address}", idle_minutes=1_000_000), crew)


@pytest.fixture
def hook(gate: Scene, receiver: Receiver) -> dict[str, Any]:
    said = {"address": f"{receiver.address}/entente", "events": ["notice", "hit", "message"]}
    answer = gate("XA administrator", "POST", "/webhooks", json=said)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def happens(house: House, bureau: int = 2, what: str = "notice", level: Level = Level.OFFICIAL) -> str:
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.note("publish")
        return alert(desk, bureau, About(what=what), like=own(bureau, level)).id


def deliver(house: House, receiver: Receiver, **more: Any) -> None:
    courier = Courier(house, [receiver.address], **more)
    while courier.step():
        pass


# --- what is sent ----------------------------------------------------------------------------------


def test_a_signature_is_that_of_the_standard_webhooks_specification() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_bureaus_system_is_told_that_something_waits_and_nothing_of_it(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    object = happens(house)
    deliver(house, receiver)
    [(headers, body)] = receiver.got
    told = json.loads(body)
    assert told == {
        "id": headers["webhook-id"],
        "event": "notice",
        "object": object,
        "bureau": "XA",
        "at": "2026-01-15T12:00:00+00:00",
    }
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    [listed] = gate("XA administrator", "GET", "/webhooks").json
    assert listed["last"] == "2026-01-15T12:00:00+00:00"
    acts = [a for a in _acts(house) if a.act == "notify"]
    assert [a.object for a in acts] == [object]


def _acts(house: House) -> list[Any]:
    with house.store.reading() as tx:
        return list(tx.entries.read(0, 10_000))


def test_it_is_told_of_the_events_it_asked_for_alone(
    house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    happens(house, what="screening")
    happens(house, bureau=3)
    wanted = happens(house)
    deliver(house, receiver)
    assert [t["object"] for t in receiver.told] == [wanted]


def test_what_the_bureau_could_not_see_any_more_is_not_told(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    gone, restricted, kept = happens(house), happens(house, level=Level.RESTRICTED), happens(house)
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.erase(gone)
        desk.note("erase")
    deliver(house, receiver)
    assert [t["object"] for t in receiver.told] == [kept]
    assert restricted not in str(receiver.got)
    happens(house)
    reason = {"suspended": True, "reason": "Doubt"}
    gate("XZ supervisor", "POST", "/bureaus/XA/suspension", json=reason)
    deliver(house, receiver)
    assert len(receiver.got) == 1
    reason = {"suspended": False, "reason": "None left"}
    gate("XZ supervisor", "POST", "/bureaus/XA/suspension", json=reason)
    assert gate("XA administrator", "GET", "/webhooks/dead").json == []


# --- when it fails ---------------------------------------------------------------------------------


def test_it_is_tried_again_under_the_same_id_after_growing_pauses(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver, clock: Any
) -> None:
    receiver.answers = 500
    happens(house)
    courier = Courier(house, [receiver.address])
    moments = []
    for _ in range(460):
        if courier.step():
            moments.append(clock.now)
        clock.forward(seconds=1)
    pauses = [int((b - a).total_seconds()) for a, b in pairwise(moments)]
    assert pauses == list(PAUSES_S[:5])
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({headers["webhook-signature"] for headers, _ in receiver.got}) == len(receiver.got)
    [listed] = gate("XA administrator", "GET", "/webhooks").json
    assert listed["last"].endswith("it answered 500")
    receiver.answers = 200
    clock.forward(hours=2)
    courier.step()
    assert gate("XA administrator", "GET", "/webhooks").json[0]["last"] == clock.now.isoformat(
        timespec="seconds"
    )
    clock.forward(days=2)
    assert not courier.step()


def test_after_a_day_it_is_a_dead_letter_that_is_sent_again_or_dropped(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver, clock: Any
) -> None:
    receiver.answers = 302
    first, second = happens(house), happens(house)
    courier = Courier(house, [receiver.address])
    until = clock.now + timedelta(days=1, hours=3)
    while clock.now < until:
        while courier.step():
            pass
        clock.forward(minutes=30)
    assert {h["host"] for h, _ in receiver.got} == {receiver.address.removeprefix("http://")}
    assert all(body for _, body in receiver.got)  # no redirect was followed
    letters = gate("XA administrator", "GET", "/webhooks/dead").json
    assert {letter["object"] for letter in letters} == {first, second}
    assert {letter["why"] for letter in letters} == {"it answered 302"}
    for who in ("XB administrator", "XZ administrator"):
        assert gate(who, "GET", "/webhooks/dead").json == []
        for word in ("retry", "drop"):
            assert gate(who, "POST", f"/webhooks/dead/{letters[0]['id']}/{word}").status == 404
    ids = {t["object"]: t["id"] for t in receiver.told}
    receiver.got.clear()
    receiver.answers = 204
    assert gate("XA administrator", "POST", f"/webhooks/dead/{letters[0]['id']}/retry").status == 204
    assert gate("XA administrator", "POST", f"/webhooks/dead/{letters[1]['id']}/drop").status == 204
    clock.forward(hours=2)
    deliver(house, receiver)
    assert [(t["object"], t["id"]) for t in receiver.told] == [
        (letters[0]["object"], ids[letters[0]["object"]])
    ]
    assert gate("XA administrator", "GET", "/webhooks/dead").json == []


def test_a_receiver_that_hangs_holds_up_nobody_else(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.rooms.bureaus.couriers.TIMEOUT_S", 0.3)
    quick = Receiver()
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        body = {"bureau": "3", "address": quick.address, "events": ["notice"], "secret": "whsec_AAAA"}
        desk.keep("Webhook", body, HOUSE_HANDLING, expires=NEVER, keys=("webhooks:3",))
        desk.note("administer")
    receiver.hang.clear()
    happens(house)
    happens(house, bureau=3)
    assert Courier(house, [receiver.address, quick.address]).step()
    assert len(quick.got) == len(receiver.got) == 1
    assert gate("XA administrator", "GET", "/webhooks").json[0]["last"].endswith("no answer in 0.3 seconds")
    quick.close()


def test_the_line_of_other_jobs_never_carries_a_telling(
    house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    happens(house)
    while run_job(house):
        pass
    assert receiver.got == []
    deliver(house, receiver)
    assert len(receiver.got) == 1


def test_a_system_that_is_not_there_is_a_failure_like_others() -> None:
    gone = Receiver()
    gone.close()
    assert post_all([Parcel(gone.address, b"{}", {})]) == ["it was not reached (ConnectError)"]


# --- where to --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://gateway.xa.example/",  # not encrypted
        "https://gateway.xa.example:8443/",
        "https://gateway.xa.example.evil.example/",
        "https://gateway.xa.example@evil.example/",
        "https://user:word@gateway.xa.example/",
        "https://evil.example/#https://gateway.xa.example",
        "https://evil.example\\@gateway.xa.example/",
        "https:///gateway.xa.example",
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "gopher://gateway.xa.example/",
        "https://[::1]/",
        "//gateway.xa.example/",
        "https://gateway.xa.example:x/",
        "https://gateway\u2024xa.example/",
        "x",
    ],
)
def test_an_address_is_called_only_where_the_operator_has_listed_its_origin(
    gate: Scene, address: str
) -> None:
    assert refused(address, [GATE, "not a : web address"])
    answer = gate("XA administrator", "POST", "/webhooks", json={"address": address, "events": ["hit"]})
    assert (answer.status, places(answer)) == (422, ["address"])


@pytest.mark.parametrize("address", [GATE, f"{GATE}/a/b?c=d", f"{GATE}:443/x", "https://GATEWAY.xa.example/"])
def test_whatever_path_of_a_listed_origin_may_be_called(address: str) -> None:
    assert refused(address, [GATE]) == ""
    assert refused(address, []) != ""


def test_an_origin_that_was_taken_off_the_list_is_not_called_any_more(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    happens(house)
    do_all([_duty(Courier(house, []))])
    assert receiver.got == []
    [letter] = gate("XA administrator", "GET", "/webhooks/dead").json
    assert "has listed" in letter["why"]


def _duty(courier: Courier) -> Any:
    return Duty("webhooks", courier.step, 1.0)


def test_an_administrator_keeps_his_own_bureaus_webhooks(
    gate: Scene, house: House, hook: dict[str, Any], receiver: Receiver
) -> None:
    id = hook["webhook"]["id"]
    assert gate("XA administrator", "GET", "/webhooks").json == [hook["webhook"]]
    assert hook["secret"] not in gate("XA administrator", "GET", "/webhooks").text
    assert gate("XA officer", "GET", "/webhooks").status == 403
    for who in ("XB administrator", "XZ administrator"):
        assert gate(who, "GET", "/webhooks").json == []
        assert gate(who, "DELETE", f"/webhooks/{id}").status == 404
        assert gate(who, "POST", f"/webhooks/{id}/test").status == 404
    assert gate("XA administrator", "POST", f"/webhooks/{id}/test").status == 204
    deliver(house, receiver)
    assert [t["event"] for t in receiver.told] == ["test"]
    happens(house)
    assert gate("XA administrator", "DELETE", f"/webhooks/{id}").status == 204
    happens(house)
    deliver(house, receiver)
    assert len(receiver.got) == 1
    assert gate("XA administrator", "GET", "/webhooks").json == []


def test_every_fault_of_a_webhook_is_named(gate: Scene) -> None:
    said = {"address": "ftp://x", "events": ["hit", "coffee"]}
    answer = gate("XA administrator", "POST", "/webhooks", json=said)
    assert (answer.status, sorted(places(answer))) == (422, ["address", "events/1"])
    said = {"address": GATE, "events": []}
    assert places(gate("XA administrator", "POST", "/webhooks", json=said)) == ["events"]


def test_whether_another_bureau_is_told_changes_no_number_of_ones_own(
    gate: Scene, house: House, dice: Any, receiver: Receiver
) -> None:
    ids = []
    for with_hook in (False, True):
        if with_hook:
            said = {"address": receiver.address, "events": ["notice"]}
            gate("XA administrator", "POST", "/webhooks", json=said)
        dice.seed("the same act")
        happens(house)
        ids.append(house.ids.fresh())
    assert ids[0] == ids[1]


def test_webhooks_and_dead_letters_stand_on_a_page(
    gate: Scene, house: House, receiver: Receiver, clock: Any
) -> None:
    def page(method: str, path: str, form: list[tuple[str, str]] | None = None) -> Any:
        return gate.ask(gate.crew["XA administrator"], method, path, form=form)

    wrong = page("POST", "/webhooks", [("address", "https://evil.example/"), ("events", "notice")])
    assert wrong.status == 422 and "has listed" in wrong.text
    made = page("POST", "/webhooks", [("address", f"{receiver.address}/x"), ("events", "notice")])
    assert made.status == 200 and "whsec_" in made.text
    assert "whsec_" not in page("GET", "/webhooks").text
    happens(house)
    Courier(house, []).step()
    assert "Dead letters" in page("GET", "/webhooks").text
    [letter] = gate("XA administrator", "GET", "/webhooks/dead").json
    assert page("POST", f"/webhooks/dead/{letter['id']}/retry", []).status == 303
    Courier(house, []).step()
    [letter] = gate("XA administrator", "GET", "/webhooks/dead").json
    assert page("POST", f"/webhooks/dead/{letter['id']}/drop", []).status == 303
    [hook] = gate("XA administrator", "GET", "/webhooks").json
    assert page("POST", f"/webhooks/{hook['id']}/test", []).status == 303
    assert "was queued" in page("GET", "/webhooks?tested=yes").text
    deliver(house, receiver)
    assert "Delivered" in page("GET", "/webhooks").text
    assert page("POST", f"/webhooks/{hook['id']}/remove", []).status == 303
    assert gate("XA administrator", "GET", "/webhooks").json == []


def test_the_page_says_events_in_words_and_marks_all_or_none_of_them(gate: Scene, receiver: Receiver) -> None:
    def marked(choose: str) -> int:
        form = [("address", "https://kept.example/"), ("events", "notice"), ("choose", choose)]
        page = gate.ask(gate.crew["XA administrator"], "POST", "/webhooks", form=form).text
        assert "A notice was published" in page
        assert "whsec_" not in page and 'value="https://kept.example/"' in page
        return page.count(" checked>")

    assert (marked("all"), marked("none")) == (len(EVENTS), 0)
    assert gate("XA administrator", "GET", "/webhooks").json == []


def test_no_proxy_of_the_environment_comes_in_between(
    house: House, hook: dict[str, Any], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    happens(house)
    deliver(house, receiver)
    assert len(receiver.got) == 1
