"""Banks' answers brought in: read whole or not at all, matched by a payment's names, decided by a person."""

from decimal import Decimal
from typing import Any

import pytest

from entente.match.banking.payments import Original
from entente.rooms.payments.bank import references
from rooms.bank_files import MT103, OTHER_UETR, answered, mt196, recalls, returned
from rooms.intercepted import AUTHOR, HOLDER, SECOND, XC_IBAN, Bank
from rooms.scene import Scene, places
from worlds.stage import Answer, Crew

EUR = "EUR"


@pytest.fixture
def bank(doors, crew: Crew) -> Bank:
    return Bank(Scene(doors(idle_minutes=10**6), crew))


def send(bank: Bank, who: str, data: bytes) -> Answer:
    return bank.scene(who, "POST", "/payments/messages", raw=data)


def kept(bank: Bank, who: str, data: bytes) -> dict[str, Any]:
    answer = send(bank, who, data)
    assert answer.status == 201, answer.text
    message: dict[str, Any] = answer.json
    return message


def item(message: dict[str, Any], number: int = 1) -> dict[str, Any]:
    told: dict[str, Any] = message["told"][number - 1]
    return told


def decide(bank: Bank, who: str, message: dict[str, Any], how: str, number: int = 1, **said: Any) -> Answer:
    return bank.scene(who, "POST", f"/payments/messages/{message['id']}/items/{number}/{how}", json=said)


def followed(bank: Bank) -> dict[str, Any]:
    """XA's request to XC for what moved on from XB, which follows it."""
    passed = bank.at_the_bank()
    to = {"account": XC_IBAN, "bic": "ENTCXCCC"}
    moved = bank.done(HOLDER, passed, "move", amount="16000.00", to=to)
    said = {"movement": moved["events"][-1]["facts"]["movement"]}
    made = bank.scene(AUTHOR, "POST", f"/payments/requests/{passed['id']}/children", json=said)
    assert made.status == 201, made.text
    return bank.done(AUTHOR, bank.done(SECOND, made.json, "approve"), "send")


# --- matched -------------------------------------------------------------------------------------


def test_an_answer_to_our_reference_is_a_step_that_a_person_completes_and_confirms(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, HOLDER, answered(passed["reference"], confirmation="PECR", resolved=(2500000, EUR)))
    assert (message["state"], message["waiting"]) == ("open", 1)
    told = item(message)
    assert (told["state"], told["by"], told["intercept"]) == ("matched", "case", passed["id"])
    assert (told["proposal"]["step"], told["proposal"]["missing"]) == ("hold", ["legal"])
    assert places(decide(bank, HOLDER, message, "accept")) == ["step/legal"]

    step = {**told["proposal"]["do"], "legal": "Act of XB, section 24", "ends": "2026-01-29T23:00:00+00:00"}
    done = decide(bank, HOLDER, message, "accept", step=step)
    assert done.status == 200, done.text
    assert (done.json["intercept"]["state"], done.json["intercept"]["ledger"]["held"]) == (
        "held-part",
        "25000.00",
    )
    assert (done.json["message"]["state"], item(done.json["message"])["did"]) == ("done", "hold")
    event = done.json["intercept"]["events"][-1]
    assert event["facts"]["message"] == message["id"]
    assert "message" not in bank.open(AUTHOR, passed["id"]).json["events"][-1]["facts"]


def test_the_same_file_is_kept_once(bank: Bank) -> None:
    passed = bank.at_the_bank()
    first = kept(bank, HOLDER, answered(passed["reference"]))
    again = send(bank, HOLDER, answered(passed["reference"]))
    assert (again.status, again.json["id"]) == (200, first["id"])
    assert len(bank.scene(HOLDER, "GET", "/payments/messages").json["messages"]) == 1


def test_without_our_reference_it_takes_the_uetr_and_the_amount(bank: Bank) -> None:
    passed = bank.at_the_bank()
    assert item(kept(bank, HOLDER, answered(amount=(4125000, EUR))))["by"] == "uetr"
    for amount in ((4125001, EUR), (4125000, "USD"), (0, "")):
        told = item(kept(bank, HOLDER, answered("X", amount=amount)))
        assert (told["state"], told["intercept"]) == ("quarantine", "")
        assert [one["id"] for one in told["suggested"]] == [passed["id"]]


def test_an_end_to_end_id_and_the_reference_of_the_recall_count_with_the_amount(bank: Bank) -> None:
    bank.at_the_bank()
    by_end = answered(original=Original(end_to_end="INV-2026-0113"), amount=(4125000, EUR))
    assert item(kept(bank, HOLDER, by_end))["by"] == "end-to-end"
    by_recall = answered("RCL-1", original=Original(end_to_end="other"), amount=(4125000, EUR))
    assert item(kept(bank, HOLDER, by_recall))["by"] == "recall"


def test_an_amount_alone_matches_nothing(bank: Bank) -> None:
    bank.at_the_bank()
    for named in (Original(uetr=OTHER_UETR), Original(end_to_end="NOTPROVIDED")):
        told = item(kept(bank, HOLDER, answered("CASE-9", original=named, amount=(4125000, EUR))))
        assert (told["state"], told["suggested"]) == ("quarantine", [])


def test_our_reference_beside_another_payment_s_uetr_is_a_person_s_to_assign(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, HOLDER, answered(passed["reference"], original=Original(uetr=OTHER_UETR)))
    assert (message["state"], item(message)["state"]) == ("quarantine", "quarantine")


def test_what_fits_two_requests_is_a_person_s_to_assign(bank: Bank) -> None:
    first = bank.at_the_bank()
    other = bank.sent(uetr="", executed_at="2026-01-14T08:10:00+00:00", end_to_end_id="INV-2026-0113")
    by_end = answered(original=Original(end_to_end="INV-2026-0113"), amount=(4125000, EUR))
    told = item(kept(bank, HOLDER, by_end))
    assert told["state"] == "quarantine"
    assert {one["id"] for one in told["suggested"]} == {first["id"], other["id"]}


def test_a_fin_answer_quotes_our_reference_in_sixteen_characters(bank: Bank) -> None:
    passed = bank.at_the_bank()
    short = references.short(passed["reference"])
    assert len(short) <= 16 and references.long(short) == passed["reference"]
    told = item(kept(bank, HOLDER, mt196(short, "/RJCR/LEGL", "NO LEGAL BASIS")))
    assert (told["by"], told["intercept"], told["message"]) == ("case", passed["id"], "MT196")
    assert told["proposal"]["do"]["step"] == "refuse" and told["proposal"]["do"]["reason"] == "legal"


# --- two worlds ----------------------------------------------------------------------------------


def test_whoever_is_no_party_reads_the_same_as_if_there_were_no_request(bank: Bank) -> None:
    def told(who: str, case: str) -> dict[str, Any]:
        answer = item(kept(bank, who, answered(case, amount=(4125000, EUR))))
        return {**answer, "case": ""}

    draft = bank.draft()
    assert told(HOLDER, draft["reference"]) == told(HOLDER, "XA-2026-0000000000")
    sent = bank.sent(amount="100.00", uetr="")
    assert told("XC officer", sent["reference"]) == told("XC officer", "XA-2026-0000000000")


def test_a_message_is_its_own_bureau_s(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, HOLDER, answered(passed["reference"]))
    path = f"/payments/messages/{message['id']}"
    nothing = bank.scene(AUTHOR, "GET", f"/payments/messages/{'0' * 32}")
    for asked in (path, f"{path}/file"):
        answer = bank.scene(AUTHOR, "GET", asked)
        assert (answer.status, answer.body) == (404, nothing.body)
    assert decide(bank, AUTHOR, message, "reject", why="Not ours.").status == 404
    assert bank.scene(AUTHOR, "GET", "/payments/messages").json["messages"] == []


def test_what_is_about_a_confidential_request_is_as_confidential(bank: Bank) -> None:
    made = bank.draft("XA office", level="confidential")
    message = kept(bank, "XA office", answered(made["reference"]))
    assert bank.scene(AUTHOR, "GET", f"/payments/messages/{message['id']}").status == 404
    again = kept(bank, AUTHOR, answered(made["reference"]))
    assert (again["id"] != message["id"], item(again)["state"]) == (True, "quarantine")


def test_what_is_assigned_to_a_confidential_request_becomes_as_confidential(bank: Bank) -> None:
    made = bank.draft("XA office", level="confidential")
    message = kept(bank, "XA office", answered("CASE-9"))
    path = f"/payments/messages/{message['id']}"
    assert bank.scene(AUTHOR, "GET", path).status == 200
    said = {"intercept": made["reference"], "why": "The bank confirmed it."}
    assert decide(bank, "XA office", message, "assign", **said).status == 200
    assert bank.scene(AUTHOR, "GET", path).status == 404
    assert bank.scene("XA office", "GET", path).status == 200


def test_whoever_only_follows_a_request_has_no_say_in_what_its_bank_answers(bank: Bank) -> None:
    child = followed(bank)
    assert bank.open(HOLDER, child["id"]).status == 200
    message = kept(bank, HOLDER, answered(child["reference"], original=Original(end_to_end="X")))
    assert (item(message)["state"], item(message)["suggested"]) == ("quarantine", [])
    said = {"intercept": child["id"], "why": "We follow it."}
    assert decide(bank, HOLDER, message, "assign", **said).status == 403
    assert bank.scene(HOLDER, "GET", f"/payments/requests/{child['id']}/messages/auth.003").status == 403


def test_only_whom_intercepts_are_for_brings_messages_in(bank: Bank) -> None:
    for who in ("XA contributor", "XA administrator"):
        assert send(bank, who, answered("CASE")).status == 403


# --- decided -------------------------------------------------------------------------------------


def test_quarantine_is_assigned_by_hand_with_a_reason_or_set_aside(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, HOLDER, answered("CASE-9", original=Original(end_to_end="X")))
    assert places(decide(bank, HOLDER, message, "accept")) == ["item"]
    assert decide(bank, HOLDER, message, "assign", intercept=passed["id"], why="").status == 422
    said = {"intercept": passed["id"], "why": "The bank's clerk confirmed it by telephone."}
    told = decide(bank, HOLDER, message, "assign", **said).json
    assert (told["state"], item(told)["by"], item(told)["why"]) == ("open", "hand", said["why"])
    assert item(told)["officer"] == "Officer of XB"
    aside = decide(bank, HOLDER, message, "set-aside", why="Another bureau's after all.").json
    assert (aside["state"], item(aside)["state"], item(aside)["intercept"]) == ("done", "aside", "")
    assert places(decide(bank, HOLDER, message, "assign", **said)) == ["item"]


def test_nobody_assigns_what_he_may_not_see_or_only_follows(bank: Bank) -> None:
    draft = bank.draft()
    message = kept(bank, HOLDER, answered("CASE-9", original=Original(end_to_end="X")))
    absent = decide(bank, HOLDER, message, "assign", intercept="0" * 32, why="A guess.")
    unsent = decide(bank, HOLDER, message, "assign", intercept=draft["id"], why="A guess.")
    assert (unsent.status, unsent.body) == (absent.status, absent.body) == (404, absent.body)


def test_what_is_decided_is_not_decided_again(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, HOLDER, answered(passed["reference"], confirmation="PDCR"))
    assert decide(bank, HOLDER, message, "accept").json["intercept"]["state"] == "with-institution"
    for how, said in (("accept", {}), ("reject", {"why": "Again."}), ("set-aside", {"why": "Again."})):
        assert places(decide(bank, HOLDER, message, how, **said)) == ["item"]
    assert decide(bank, HOLDER, message, "reject", number=2, why="Which?").status == 404


def test_a_step_that_is_refused_leaves_the_item_as_it_was(bank: Bank) -> None:
    passed = bank.at_the_bank()
    over = answered(passed["reference"], confirmation="PECR", resolved=(5000000, EUR))
    message = kept(bank, HOLDER, over)
    told = item(message)["proposal"]
    assert (told["flags"], told["do"]["amount"]) == (["over-hold"], "50000.00")
    step = {**told["do"], "legal": "Act of XB, section 24", "ends": "2026-01-29T23:00:00+00:00"}
    refused = decide(bank, HOLDER, message, "accept", step=step)
    assert places(refused) == ["do/amount"]
    assert item(bank.scene(HOLDER, "GET", f"/payments/messages/{message['id']}").json)["state"] == "matched"
    assert bank.open(HOLDER, passed["id"]).json["ledger"]["held"] == "0.00"


def test_the_bureau_that_asked_asks_the_other_to_note_what_only_it_can(bank: Bank) -> None:
    passed = bank.at_the_bank()
    message = kept(bank, AUTHOR, answered(passed["reference"]))
    proposed = item(message)["proposal"]
    assert (proposed["step"], proposed["missing"]) == ("ask", []) and "CNCL" in proposed["do"]["why"]
    asked = decide(bank, AUTHOR, message, "accept").json["intercept"]
    assert (asked["state"], asked["acts"]) == ("need-info", "XB")


def test_money_that_a_pacs_004_brings_back_is_returned_from_its_hold(bank: Bank) -> None:
    held = bank.held("25000.00")
    data = returned(amount=(2500000, EUR))
    message = kept(bank, AUTHOR, data)
    proposed = item(message)["proposal"]
    assert (proposed["step"], proposed["do"]["amount"], proposed["do"]["hold"]) == (
        "return",
        "25000.00",
        held["holds"][0]["id"],
    )
    back = decide(bank, AUTHOR, message, "accept").json["intercept"]
    assert (back["state"], back["ledger"]["returned"], back["ledger"]["balanced"]) == (
        "returned-part",
        "25000.00",
        True,
    )
    twice = kept(bank, AUTHOR, returned(amount=(2500000, EUR), message="RTR-MSG-2"))
    assert item(twice)["proposal"]["flags"] == ["over-return", "noted"]


def test_a_return_in_another_currency_tells_both_amounts_and_the_rate(bank: Bank) -> None:
    bank.held("41250.00")
    data = returned(amount=(4480000, "USD"), instructed=(4125000, EUR), rate=Decimal("1.0861"))
    do = item(kept(bank, AUTHOR, data))["proposal"]["do"]
    assert (do["amount"], do["paid"], do["paid_currency"], do["rate"]) == (
        "41250.00",
        "44800.00",
        "USD",
        "1.0861",
    )


def test_before_a_request_is_acknowledged_nothing_is_accepted(bank: Bank) -> None:
    sent = bank.sent()
    message = kept(bank, HOLDER, answered(sent["reference"], confirmation="PDCR"))
    assert item(message)["proposal"]["waits"] == "acknowledge"
    assert decide(bank, HOLDER, message, "accept").status == 422
    bank.done(HOLDER, sent, "acknowledge")
    assert decide(bank, HOLDER, message, "accept").status == 200


# --- refused whole -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "message"),
        (b"Dear police, we hold the money.", "line 1"),
        (b"<html/>", "line 1"),
        (answered("CASE").replace(b"CNCL", b"XXXX"), "line 2: "),
        (answered("C", amount=(1, EUR)).replace(b">0.01<", b">1.123<"), "line 2: "),
        (
            answered("CASE").replace(b"<Document", b'<!DOCTYPE a [<!ENTITY b "c">]><Document'),
            "line 2: DOCTYPE",
        ),
        (answered("CASE")[:-30], "line "),
        (recalls(), "message"),
        (MT103.encode(), "message"),
        (b"\xff\xfe\x00", "line 1"),
    ],
)
def test_a_message_with_a_fault_is_refused_whole_and_the_fault_has_its_place(
    bank: Bank, data: bytes, where: str
) -> None:
    answer = send(bank, HOLDER, data)
    assert answer.status == 422, answer.text
    assert places(answer)[0].startswith(where) and answer.json["faults"][0]["what"]
    assert bank.scene(HOLDER, "GET", "/payments/messages").json["messages"] == []


def test_the_lists_of_the_inbox_are_by_state_and_go_on(bank: Bank) -> None:
    for n in range(3):
        kept(bank, HOLDER, answered(f"CASE-{n}"))
    asked = "/payments/messages?state=quarantine&limit=2"
    page = bank.scene(HOLDER, "GET", asked).json
    rest = bank.scene(HOLDER, "GET", f"{asked}&after={page['after']}").json
    assert (len(page["messages"]), len(rest["messages"]), rest["after"]) == (2, 1, "")
    assert bank.scene(HOLDER, "GET", "/payments/messages?state=open").json["messages"] == []


def test_the_file_is_given_back_as_it_came(bank: Bank) -> None:
    data = answered("CASE-9")
    message = kept(bank, HOLDER, data)
    assert bank.scene(HOLDER, "GET", f"/payments/messages/{message['id']}/file").body == data
