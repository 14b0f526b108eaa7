"""What a hostile reader tried with intercepts: money let go by one, clocks stopped, things told."""

import pytest

from entente.desk import House
from entente.rooms.payments import service, ticking
from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, SECOND, XC_IBAN, Bank, form
from rooms.scene import Scene, places
from worlds.stage import Clock, Crew


@pytest.fixture
def bank(doors, crew: Crew) -> Bank:
    """Nobody is signed out while days go by."""
    return Bank(Scene(doors(idle_minutes=10**6), crew))


def test_an_extension_never_ends_a_hold_sooner(bank: Bank) -> None:
    held = bank.held()
    said = {"hold": held["holds"][0]["id"], "legal": "Order 9"}
    sooner = bank.act("XB machine", held, "extend", ends="2026-01-15T12:00:01+00:00", **said)
    assert (sooner.status, places(sooner)) == (422, ["do/ends"])
    law = bank.done(HOLDER, held, "extend", no_limit="Act of XB, section 30", **said)
    dated = bank.act(HOLDER, law, "extend", ends="2026-03-01T12:00:00+00:00", **said)
    assert (dated.status, places(dated)) == (422, ["do/ends"])
    assert places(bank.act(HOLDER, law, "extend", no_limit="-", **said)) == ["do/no_limit"]


def test_a_return_that_was_none_lies_on_its_hold_again_and_is_not_let_go_by_one(bank: Bank) -> None:
    held = bank.held("25000.00")
    hold = held["holds"][0]["id"]
    back = bank.done(HOLDER, held, "return", amount="25000.00", hold=hold)
    for target in ("released", "unknown", "moved"):
        said = {"source": "returned", "target": target, "amount": "25000.00", "why": "It never came."}
        assert bank.act("XB machine", back, "correct", **said).status == 422
    said = {"source": "returned", "target": "held", "amount": "25000.00", "why": "It never came."}
    again = bank.done(HOLDER, back, "correct", hold=hold, **said)
    assert (again["state"], again["ledger"]["held"], again["holds"][0]["in_force"]) == (
        "held-part",
        "25000.00",
        True,
    )
    assert bank.act(HOLDER, again, "correct", hold=hold, **said).status == 422


def test_the_asker_s_key_ends_no_hold_of_the_other_bureau(bank: Bank) -> None:
    held = bank.held("25000.00")
    said = {"amount": "25000.00", "hold": held["holds"][0]["id"]}
    assert bank.act("XA machine", held, "return", **said).status == 403
    assert bank.act(AUTHOR, held, "return", **said).status == 200


def test_one_request_that_is_full_keeps_no_other_from_its_alarm(
    bank: Bank, clock: Clock, house: House, work, monkeypatch
) -> None:
    first = bank.held()
    other = bank.held(uetr="eb6305c9-1f7f-49de-aed0-16487c27b42d")
    come = ticking._come

    def fails(desk, thing):
        if thing.id == first["id"]:
            raise RuntimeError("this one is broken")
        come(desk, thing)

    monkeypatch.setattr(ticking, "_come", fails)
    clock.now = clock.now.replace(month=2)
    assert ticking.tick(house) == 1
    assert bank.open(HOLDER, other["id"]).json["state"] == "hold-expired"
    assert bank.open(HOLDER, first["id"]).json["state"] == "held-part"
    monkeypatch.undo()
    assert ticking.tick(house) == 1
    assert bank.open(HOLDER, first["id"]).json["state"] == "hold-expired"


def test_copies_and_talk_leave_room_for_what_happens_to_the_money(bank: Bank, monkeypatch) -> None:
    monkeypatch.setattr(service, "MOST_WORDS", 12)
    held = bank.held()
    for _ in range(20):
        assert bank.scene(AUTHOR, "POST", "/payments/requests", json=form()).status == 200
    for _ in range(8):
        bank.act(AUTHOR, held, "ask", why="And now?")
        bank.act(HOLDER, held, "inform", why="Not yet.")
    full = bank.act(HOLDER, held, "order", why="And now?")
    assert full.status == 422, full.text
    assert places(full) == ["events"]
    hold = held["holds"][0]["id"]
    assert bank.act(HOLDER, held, "return", amount="25000.00", hold=hold).status == 200


def test_what_was_withdrawn_can_be_asked_again(bank: Bank) -> None:
    sent = bank.sent()
    bank.done(AUTHOR, sent, "withdraw", why="The wrong summary.")
    assert bank.draft()["id"] != sent["id"]


def test_an_edit_makes_no_second_request_for_one_payment(bank: Bank) -> None:
    bank.draft()
    other = bank.draft(uetr="", amount="9.00")
    said = {"version": other["version"], "form": form()}
    answer = bank.scene(AUTHOR, "PUT", f"/payments/requests/{other['id']}", json=said)
    assert (answer.status, places(answer)) == (422, ["uetr"])


def test_what_a_key_drafted_takes_two_officers(bank: Bank) -> None:
    draft = bank.draft("XA machine")
    assert bank.act(SECOND, draft, "approve").status == 403
    said = {"version": draft["version"], "form": draft["form"]}
    looked = bank.scene(AUTHOR, "PUT", f"/payments/requests/{draft['id']}", json=said).json
    assert bank.act(SECOND, looked, "approve").status == 200


def test_a_release_is_confirmed_as_it_was_seen(bank: Bank) -> None:
    held = bank.held()
    said = {"hold": held["holds"][0]["id"], "reason": "error", "why": "Another account."}
    bank.done(HOLDER, held, "release", amount="1.00", **said)
    assert places(bank.act(HOLDER_2, held, "release-confirm")) == ["do/version"]


def test_what_is_sent_twice_with_its_version_posts_once(bank: Bank) -> None:
    passed = bank.at_the_bank()
    stop = {
        "step": "hold",
        "amount": "5.00",
        "kind": "court-order",
        "legal": "Order 7",
        "no_limit": "Act 3, 1",
    }
    said = {"do": stop, "version": passed["version"]}
    path = f"/payments/requests/{passed['id']}/steps"
    assert [bank.scene(HOLDER, "POST", path, json=said).status for _ in range(2)] == [200, 409]


def test_a_question_is_open_until_it_is_answered_whatever_happens_to_the_money(
    bank: Bank, clock: Clock, house: House, work
) -> None:
    held = bank.held()
    bank.done(HOLDER, held, "ask", why="Which invoice?")
    clock.now = clock.now.replace(month=2)
    work(house)
    assert bank.open(AUTHOR, held["id"]).json["state"] == "hold-expired"
    assert bank.done(AUTHOR, held, "inform", why="The one of 13 January.")["state"] == "hold-expired"


def test_no_bureau_writes_how_long_it_may_be_late_itself(bank: Bank) -> None:
    rule = {
        "event": "escalate-1",
        "jurisdiction": "XB",
        "limit": 100,
        "unit": "d",
        "valid_from": "2020-01-01",
        "source": "Our own wish, written down",
    }
    answer = bank.scene("XB supervisor", "POST", "/payments/rules", json=rule)
    assert (answer.status, places(answer)) == (422, ["event"])


def test_an_over_hold_tells_nobody_what_another_victim_lost(bank: Bank) -> None:
    first = bank.at_the_bank()
    draft = bank.scene("XC officer", "POST", "/payments/requests", json=form(amount="8750.00", uetr="")).json
    checked = bank.done("XC supervisor", draft, "approve")
    theirs = bank.done("XC officer", checked, "send")
    stop = {"kind": "court-order", "legal": "Order 7", "no_limit": "Act of XB, section 30"}
    held = bank.done(HOLDER, first, "hold", amount="45000.00", second_victim=theirs["id"], **stop)
    assert held["events"][-1]["facts"]["found"] == "45000.00"
    seen = bank.open(AUTHOR, first["id"]).json["events"][-1]["facts"]
    assert not {"found", "second_victim"} & set(seen)


def test_a_child_is_one_asks_no_more_than_moved_on_and_hides_no_less(bank: Bank) -> None:
    held = bank.held()
    moved = bank.done(
        HOLDER,
        held,
        "move",
        amount="16000.00",
        to={"account": XC_IBAN},
        name="Velda Nominee",
        at="2026-01-15T08:40:00+00:00",
    )
    seen = bank.open(AUTHOR, held["id"]).json["version"]
    path, said = (
        f"/payments/requests/{held['id']}/children",
        {"movement": moved["events"][-1]["facts"]["movement"]},
    )
    child = bank.scene(HOLDER, "POST", path, json=said).json
    assert child["form"]["legal_basis"] == ""
    assert bank.open(AUTHOR, held["id"]).json["version"] == seen
    assert bank.scene(HOLDER, "POST", path, json=said).json["id"] == child["id"]
    more = {"version": child["version"], "form": child["form"] | {"amount": "16000.01"}}
    answer = bank.scene(HOLDER, "PUT", f"/payments/requests/{child['id']}", json=more)
    assert (answer.status, places(answer)) == (422, ["amount"])


def test_two_payments_of_one_amount_and_day_are_two_where_their_uetrs_differ(bank: Bank) -> None:
    first = bank.draft()
    other = bank.draft(uetr="eb6305c9-1f7f-49de-aed0-16487c27b42d")
    assert other["id"] != first["id"]


def test_two_equal_steps_of_one_moment_are_two(bank: Bank) -> None:
    passed = bank.at_the_bank()
    for _ in range(2):
        last = bank.done(HOLDER, passed, "return", amount="5.00")
    assert last["ledger"]["returned"] == "10.00"
