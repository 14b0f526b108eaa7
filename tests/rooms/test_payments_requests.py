"""An intercept on its way: drafted, checked by a second officer, sent, held in part, returned, closed."""

import pytest

from entente.desk import House
from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, SECOND, UETR, XA_IBAN, XB_IBAN, XC_IBAN, Bank, form
from rooms.scene import Scene, places
from worlds.stage import Clock, Crew


@pytest.fixture
def scene(doors, crew: Crew) -> Scene:
    """Nobody is signed out while days go by."""
    return Scene(doors(idle_minutes=10**6), crew)


@pytest.fixture
def bank(scene: Scene) -> Bank:
    return Bank(scene)


def test_a_victim_s_money_is_held_in_part_followed_in_part_and_returned(bank: Bank) -> None:
    held = bank.held("25000.00")
    assert (held["state"], held["ledger"]["held"], held["ledger"]["unknown"]) == (
        "held-part",
        "25000.00",
        "16250.00",
    )
    moved = bank.done(
        HOLDER,
        held,
        "move",
        amount="16000.00",
        to={"account": XC_IBAN, "bic": "ENTCXCCC"},
        name="Velda Nominee",
        at="2026-01-15T08:40:00+00:00",
    )
    assert moved["ledger"] == {
        "requested": "41250.00",
        "held": "25000.00",
        "moved": "16000.00",
        "returned": "0.00",
        "released": "0.00",
        "unknown": "250.00",
        "balanced": True,
    }
    hold = moved["holds"][0]["id"]
    agreed = bank.done(HOLDER, moved, "agree-return")
    back = bank.done(HOLDER, agreed, "return", amount="25000.00", hold=hold, ref="RTR-1", reason="FOCR")
    assert (back["state"], back["ledger"]["returned"], back["ledger"]["held"]) == (
        "returned-part",
        "25000.00",
        "0.00",
    )
    closed = bank.done(AUTHOR, back, "close", outcome="part-returned", lessons="Called at once.")
    assert (closed["state"], closed["outcome"], closed["acts"]) == ("closed", "part-returned", "")
    assert bank.done(AUTHOR, closed, "reopen", why="The rest was found.")["state"] == "returned-part"


def test_until_it_is_sent_nobody_else_learns_of_it(bank: Bank) -> None:
    draft = bank.draft()
    nothing = bank.open(HOLDER, "0" * 32)
    assert bank.open(HOLDER, draft["id"]).body == nothing.body
    assert bank.board(HOLDER, which="open") == []
    sent = bank.done(AUTHOR, bank.done(SECOND, draft, "approve"), "send")
    assert bank.open(HOLDER, draft["id"]).status == 200
    assert bank.open("XC officer", draft["id"]).body == nothing.body
    assert [r["id"] for r in bank.board(HOLDER)] == [sent["id"]]
    assert bank.board(HOLDER)[0]["must"] == "acknowledge"


def test_whoever_drafted_it_does_not_check_it_and_nothing_unchecked_is_sent(bank: Bank) -> None:
    draft = bank.draft()
    assert bank.act(AUTHOR, draft, "approve").status == 403
    assert bank.act(AUTHOR, draft, "send").status == 422
    assert bank.act("XA machine", draft, "approve").status == 403
    checked = bank.done(SECOND, draft, "approve")
    edited = bank.scene(
        AUTHOR,
        "PUT",
        f"/payments/requests/{draft['id']}",
        json={"version": checked["version"], "form": form(amount="5.00")},
    )
    assert (edited.status, edited.json["state"]) == (200, "draft")
    assert bank.act(AUTHOR, checked, "send").status == 422


def test_approval_and_sending_are_of_the_version_that_was_seen(bank: Bank) -> None:
    draft = bank.draft()
    assert bank.act(SECOND, draft, "approve", version=draft["version"] + 1).status == 409
    assert bank.act(SECOND, draft, "approve", version=None).status == 422


def test_a_draft_may_lack_what_only_sending_needs_and_the_check_names_all_of_it(bank: Bank) -> None:
    draft = bank.draft(legal_basis="", police_report="", creditor={"account": XB_IBAN}, grade="")
    refused = bank.act(SECOND, draft, "approve")
    assert refused.status == 422
    assert set(places(refused)) == {"legal_basis", "police_report", "grade", "creditor/bic"}


def test_each_side_does_its_own_steps(bank: Bank) -> None:
    sent = bank.sent()
    assert bank.act(AUTHOR, sent, "acknowledge").status == 403
    assert bank.act(HOLDER, sent, "withdraw", why="No.").status == 403
    assert bank.act("XC officer", sent, "acknowledge").status == 404
    assert bank.act("XB contributor", sent, "acknowledge").status == 403
    assert bank.done(HOLDER, sent, "acknowledge")["state"] == "acknowledged"
    assert bank.act(HOLDER, sent, "acknowledge").status == 422


def test_a_question_goes_to_the_other_side_and_back_to_where_it_stood(bank: Bank) -> None:
    passed = bank.at_the_bank()
    asked = bank.done(HOLDER, passed, "ask", why="Which invoice?")
    assert (asked["state"], asked["acts"]) == ("need-info", "XA")
    assert bank.act(HOLDER, passed, "inform", why="Mine").status == 403
    assert bank.done(AUTHOR, passed, "inform", why="The one of 13 January.")["state"] == "with-institution"


def test_money_is_let_go_by_two_persons(bank: Bank) -> None:
    held = bank.held()
    hold = held["holds"][0]["id"]
    proposed = bank.done(HOLDER, held, "release", hold=hold, reason="challenge", why="The court said so.")
    assert (proposed["release_waits"], proposed["ledger"]["held"]) == (True, "25000.00")
    again = {"version": proposed["version"]}
    assert bank.act(HOLDER, held, "release-confirm", **again).status == 403
    assert bank.act("XB machine", held, "release-confirm", **again).status == 403
    released = bank.done(HOLDER_2, held, "release-confirm", **again)
    assert (released["state"], released["ledger"]["released"], released["ledger"]["held"]) == (
        "released",
        "25000.00",
        "0.00",
    )
    assert released["holds"][0]["over"] == "released"


def test_more_than_was_asked_is_not_held_unless_it_is_another_victim_s(bank: Bank) -> None:
    first = bank.at_the_bank()
    stop = {"kind": "court-order", "legal": "Order 7", "no_limit": "Act of XB, section 30"}
    over = bank.act(HOLDER, first, "hold", amount="50000.00", **stop)
    assert (over.status, places(over)) == (422, ["do/amount"])
    second = bank.at_the_bank(
        uetr="", amount="8750.00", debtor={"name": "Another victim", "account": XA_IBAN}
    )
    held = bank.done(HOLDER, first, "hold", amount="50000.00", second_victim=second["id"], **stop)
    assert (held["state"], held["ledger"]["held"]) == ("held-full", "41250.00")
    assert held["events"][-1]["facts"]["second_victim"] == second["id"]


def test_a_hold_without_an_end_needs_the_law_that_sets_none(bank: Bank) -> None:
    passed = bank.at_the_bank()
    refused = bank.act(HOLDER, passed, "hold", amount="1.00", kind="court-order", legal="Order 7")
    assert (refused.status, places(refused)) == (422, ["do/ends"])


def test_a_hundred_copies_of_one_report_are_one_request_and_ninety_nine_merges(bank: Bank) -> None:
    first = bank.draft()
    for n in range(99):
        said = {"uetr": UETR if n % 2 else "", "ref": f"copy {n}"}
        again = bank.scene(AUTHOR, "POST", "/payments/requests", json=form(**said))
        assert (again.status, again.json["id"]) == (200, first["id"])
    assert again.json["merged"] == 99
    assert len(bank.board(AUTHOR, which="all")) == 1
    assert sum(e["did"] == "merged" for e in again.json["events"]) == 99


def test_another_bureau_s_request_for_the_same_payment_is_its_own(bank: Bank) -> None:
    first = bank.sent()
    other = bank.scene("XC officer", "POST", "/payments/requests", json=form())
    assert other.status == 201
    assert other.json["id"] != first["id"]


def test_a_child_request_follows_the_money_and_those_before_it_see_it(bank: Bank) -> None:
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
    movement = moved["events"][-1]["facts"]["movement"]
    path = f"/payments/requests/{held['id']}/children"
    child = bank.scene(
        HOLDER, "POST", path, json={"movement": movement, "legal_basis": "Act of XB, section 24"}
    ).json
    assert (child["requester"], child["receiver"], child["amount"], child["parent"]) == (
        "XB",
        "XC",
        "16000.00",
        held["id"],
    )
    assert child["form"]["summary"] == ""
    assert bank.open(AUTHOR, child["id"]).status == 404
    full = child["form"] | {
        "police_report": "XB-7",
        "creditor": child["form"]["creditor"] | {"bank": "Bank of XC"},
    }
    edited = bank.scene(
        HOLDER, "PUT", f"/payments/requests/{child['id']}", json={"version": child["version"], "form": full}
    )
    assert edited.status == 200, edited.text
    sent = bank.done(HOLDER, bank.done(HOLDER_2, edited.json, "approve"), "send")
    assert bank.open("XC officer", child["id"]).status == 200
    followed = bank.open(AUTHOR, child["id"])
    assert (followed.status, followed.json["steps"]) == (200, [])
    assert bank.act(AUTHOR, sent, "withdraw", why="Not mine to.").status == 403
    assert bank.open(AUTHOR, held["id"]).json["children"] == [child["id"]]


def test_a_hold_that_ends_is_told_before_and_when_it_does_and_its_money_is_unknown(
    bank: Bank, clock: Clock, house: House, work
) -> None:
    held = bank.held()
    clock.now = clock.now.replace(day=28, hour=23, minute=1)
    work(house)
    assert told(bank, "XA").count("hold-ends") == 2
    clock.forward(days=1)
    work(house)
    work(house)
    after = bank.open(AUTHOR, held["id"]).json
    assert (after["state"], after["ledger"]["held"], after["ledger"]["unknown"]) == (
        "hold-expired",
        "0.00",
        "41250.00",
    )
    assert (told(bank, "XA").count("hold-expired"), told(bank, "XB").count("hold-expired")) == (1, 1)
    assert after["must"] == "say"


def test_what_nobody_acknowledges_is_told_again_and_then_to_the_centre(
    bank: Bank, clock: Clock, house: House, work
) -> None:
    bank.sent()
    clock.forward(minutes=31)
    work(house)
    assert (told(bank, "XB").count("payment-late"), told(bank, "XZ").count("centre")) == (1, 0)
    clock.forward(minutes=90)
    work(house)
    assert (told(bank, "XB").count("payment-late"), told(bank, "XZ").count("centre")) == (2, 1)


def told(bank: Bank, bureau: str) -> list[str]:
    from rooms.noticed import Office

    return Office(bank.scene).told(bureau)


def test_an_account_of_an_earlier_request_rings_before_sending(bank: Bank) -> None:
    first = bank.sent()
    fresh = form(uetr="", amount="9.00", debtor={"name": "Another", "account": XA_IBAN})
    mine = bank.scene(AUTHOR, "POST", "/payments/check", json=fresh).json
    assert [(r["what"], r["id"]) for r in mine["repeats"]] == [
        ("account", first["id"]),
        ("name", first["id"]),
    ]
    theirs = bank.scene("XC officer", "POST", "/payments/check", json=fresh).json
    assert (theirs["repeats"], theirs["contacts"]) == ([], ["XA"])
    quiet = bank.sent(
        uetr="", amount="7.00", ring=False, creditor={"name": "Q", "account": XC_IBAN, "bic": "ENTCXCCC"}
    )
    asked = form(creditor={"account": XC_IBAN})
    assert quiet["receiver"] == "XC"
    assert bank.scene("XD officer", "POST", "/payments/check", json=asked).json["contacts"] == []


def test_the_rate_is_what_was_frozen_by_what_was_asked(bank: Bank) -> None:
    bank.held("25000.00")
    figures = bank.scene(AUTHOR, "GET", "/payments/statistics").json
    whole = figures["whole"][0]
    assert (whole["asked"], whole["frozen"], whole["rate"]) == ("41250.00", "25000.00", 0.6061)
    assert [f["group"] for f in figures["by_delay"]] == ["2-6"]
    assert [f["group"] for f in figures["by_corridor"]] == ["XA → XB"]
    assert bank.scene("XC officer", "GET", "/payments/statistics").json["counted"] == 0


def test_while_money_is_held_it_is_neither_withdrawn_nor_closed_nor_refused(bank: Bank) -> None:
    held = bank.held()
    for who, step, said in (
        (AUTHOR, "withdraw", {"why": "A mistake."}),
        (AUTHOR, "close", {"outcome": "held"}),
        (HOLDER, "refuse", {"reason": "legal", "why": "No law."}),
    ):
        answer = bank.act(who, held, step, **said)
        assert (answer.status, places(answer)) == (422, ["do/step"])
    assert not {"withdraw", "close"} & set(bank.open(AUTHOR, held["id"]).json["steps"])


def test_passed_on_again_it_stays_held_and_its_hold_can_be_extended(bank: Bank) -> None:
    held = bank.held()
    passed = bank.done(HOLDER, held, "pass", to="authority", name="Court of XB")
    assert passed["state"] == "held-part"
    said = {"hold": held["holds"][0]["id"], "ends": "2026-03-01T12:00:00+00:00", "legal": "Order 9"}
    assert bank.done(HOLDER, held, "extend", **said)["state"] == "held-extended"


def test_a_release_that_waits_falls_when_the_hold_has_ended_otherwise(
    bank: Bank, clock: Clock, house: House, work
) -> None:
    held = bank.held()
    hold = held["holds"][0]["id"]
    bank.done(HOLDER, held, "release", hold=hold, reason="error", why="Another account.")
    clock.now = clock.now.replace(month=1, day=30)
    work(house)
    after = bank.open(HOLDER_2, held["id"]).json
    assert (after["release_waits"], after["must"]) == (False, "say")
    assert bank.act(HOLDER_2, held, "release-confirm", version=after["version"]).status == 422


def test_a_text_that_hides_its_order_is_refused_where_it_stands(bank: Bank) -> None:
    answer = bank.act(HOLDER, bank.at_the_bank(), "ask", why="Which \u202einvoice?")
    assert (answer.status, places(answer)) == (422, ["do/why"])


def test_an_account_of_a_request_that_was_withdrawn_rings_no_more(bank: Bank) -> None:
    sent = bank.sent()
    asked = form(uetr="", amount="9.00", debtor={"name": "Another", "account": XA_IBAN})
    ask = lambda: bank.scene("XC officer", "POST", "/payments/check", json=asked).json["contacts"]  # noqa: E731
    assert ask() == ["XA"]
    bank.done(AUTHOR, sent, "withdraw", why="It was our own mistake.")
    assert ask() == []
