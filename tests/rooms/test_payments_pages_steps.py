"""The page of one request: steps from it, what each side may do, deadline rules and statistics."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, SECOND, XC_IBAN, Bank
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]


@pytest.fixture
def bank(scene: Scene) -> Bank:
    return Bank(scene)


def at(intercept: dict[str, Any], rest: str = "") -> str:
    return f"/payments/requests/{intercept['id']}{rest}"


def did(page: Page, who: str, intercept: dict[str, Any], step: str, **said: str) -> Answer:
    """A step from the page."""
    form = [("step", step), *((name.replace("__", "/"), value) for name, value in said.items())]
    return page(who, "POST", at(intercept, "/steps"), form)


def offered(answer: Answer) -> set[str]:
    return set(re.findall(r'name="step" value="([a-z-]+)"', answer.text))


# --- a request -------------------------------------------------------------------------------------


def test_a_request_goes_its_way_from_its_page_alone(page: Page, bank: Bank) -> None:
    sent = bank.sent()
    assert did(page, HOLDER, sent, "acknowledge").status == 303
    assert did(page, HOLDER, sent, "pass", to="institution", name="Bank of XB").status == 303
    held = did(
        page,
        HOLDER,
        sent,
        "hold",
        amount="25000.00",
        kind="fiu-suspension",
        legal="Act of XB, section 24",
        **{"ends.date": "2026-01-29", "ends.time": "23:00", "ends.zone": "UTC"},
    )
    assert held.status == 303, held.text
    moved = did(
        page,
        HOLDER,
        sent,
        "move",
        amount="16000.00",
        name="Velda Nominee",
        to__scheme="iban",
        to__account=XC_IBAN,
        to__bic="ENTCXCCC",
    )
    assert moved.status == 303, moved.text
    shown = page(AUTHOR, "GET", at(sent))
    assert "25\u202f000.00" in shown.text and "250.00" in shown.text and "working days left" in shown.text
    assert 'href="/payments/rules"' not in shown.text
    state = bank.open(HOLDER, sent["id"]).json
    hold, movement = state["holds"][0]["id"], state["events"][-1]["facts"]["movement"]
    followed = page(HOLDER, "POST", at(sent, "/children"), [("movement", movement)])
    assert followed.status == 303
    assert page(HOLDER, "GET", followed.header("location")).status == 200
    assert page(AUTHOR, "GET", followed.header("location")).status == 404, "a draft is its bureau's alone"
    assert did(page, HOLDER, sent, "ask", why="Which invoice?").status == 303
    assert did(page, AUTHOR, sent, "inform", why="The one of 13 January.").status == 303
    assert did(page, HOLDER, sent, "agree-return", version="").status == 303
    back = did(page, HOLDER, sent, "return", amount="25000.00", hold=hold, ref="RTR-1")
    assert back.status == 303, back.text
    assert did(page, AUTHOR, sent, "close", outcome="part-returned", lessons="Call.").status == 303
    closed = page(HOLDER, "GET", at(sent))
    assert "A part came back" in closed.text and "Nobody must act." in closed.text


def test_money_is_let_go_by_two_persons_and_the_first_is_told_so_on_the_page(page: Page, bank: Bank) -> None:
    held = bank.held()
    hold = held["holds"][0]["id"]
    proposed = did(page, HOLDER, held, "release", hold=hold, reason="court", why="The court said so.")
    assert proposed.status == 303
    shown = page(HOLDER_2, "GET", at(held))
    assert "A release waits for its second person" in shown.text
    assert {"release-confirm", "release-refuse"} <= offered(shown) and "release" not in offered(shown)
    version = str(bank.open(HOLDER, held["id"]).json["version"])
    refused = did(page, HOLDER, held, "release-confirm", version=version)
    assert (refused.status, "a second officer does" in refused.text) == (403, True)
    assert did(page, HOLDER_2, held, "release-confirm", version=version).status == 303
    assert bank.open(HOLDER, held["id"]).json["state"] == "released"


def test_a_refused_step_keeps_what_was_typed_and_says_what_is_wrong_at_its_field(
    page: Page, bank: Bank
) -> None:
    passed = bank.at_the_bank()
    over = did(page, HOLDER, passed, "hold", amount="50000.00", kind="court-order", legal="Order 7 of XB")
    assert over.status == 422
    text = unescape(over.text)
    assert 'value="50000.00"' in text and 'value="Order 7 of XB"' in text
    assert 'id="s-hold-amount-errors"' in text and 'id="s-hold-ends-errors"' in text
    assert '<details class="step" id="step-hold" open>' in text
    empty = did(page, HOLDER, passed, "refuse", reason="", why="")
    assert (empty.status, 'id="s-refuse-why-errors"' in empty.text) == (422, True)
    nowhere = did(page, HOLDER, passed, "move", amount="1.00", to__scheme="iban", to__account="XB00")
    assert (nowhere.status, 'id="s-move-to/account-errors"' in nowhere.text) == (422, True)
    strange = did(page, HOLDER, passed, "burn", why="All of it.")
    assert strange.status == 422


def test_a_page_that_went_stale_is_told_so(page: Page, bank: Bank) -> None:
    draft = bank.draft()
    stale = did(page, SECOND, draft, "approve", version=str(draft["version"] + 1))
    assert (stale.status, 'role="alert"' in stale.text) == (409, True)


def test_each_side_is_offered_its_own_steps(page: Page, bank: Bank) -> None:
    draft = bank.draft()
    assert offered(page(SECOND, "GET", at(draft))) == {"approve", "disapprove"}
    his = page(AUTHOR, "GET", at(draft))
    assert (offered(his), "a second officer approves it" in his.text) == (set(), True)
    sent = bank.done(AUTHOR, bank.done(SECOND, draft, "approve"), "send")
    assert "acknowledge" in offered(page(HOLDER, "GET", at(sent)))
    assert offered(page("XB contributor", "GET", at(sent))) == set()
    assert offered(page(AUTHOR, "GET", at(sent))) == {"withdraw", "ask", "close"}


def test_a_bureau_that_is_not_on_the_way_finds_nothing_here(page: Page, bank: Bank) -> None:
    held = bank.held()
    nothing = page("XC officer", "GET", "/payments/requests/" + "0" * 32)
    for method, rest in (("GET", ""), ("GET", "/part"), ("GET", "/edit")):
        answer = page("XC officer", method, at(held, rest))
        assert (answer.status, answer.body) == (404, nothing.body)
    assert did(page, "XC officer", held, "ask", why="What is it?").status == 404
    assert page("XC officer", "POST", at(held, "/children"), [("movement", "x")]).status == 404
    assert "XA → XB" not in page("XC officer", "GET", "/payments/statistics").text


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_every_state_has_its_page_for_both_sides(page: Page, bank: Bank, lang: str) -> None:
    draft = bank.draft()
    shown = [(AUTHOR, draft)]
    sent = bank.done(AUTHOR, bank.done(SECOND, draft, "approve"), "send")
    for step, said in (
        ("acknowledge", {}),
        ("pass", {"to": "authority", "name": "Unit"}),
        ("ask", {"why": "Which one?"}),
    ):
        bank.done(HOLDER, sent, step, **said)
        shown += [(AUTHOR, sent), (HOLDER, sent)]
        read(page, shown, lang)
    bank.done(AUTHOR, sent, "inform", why="That one.")
    for step, said in (
        ("hold", {"amount": "9.00", "kind": "court-order", "legal": "Order 7", "no_limit": "Act, 30"}),
        ("order", {"why": "Order 8 is sought."}),
        ("move", {"amount": "5.00", "to": {"country": "XC"}}),
        ("correct", {"source": "moved", "target": "unknown", "amount": "1.00", "why": "Misread."}),
        ("refuse", None),
    ):
        if said is not None:
            bank.done(HOLDER, sent, step, **said)
        read(page, [(AUTHOR, sent), (HOLDER, sent)], lang)
    for other in (bank.sent(uetr="", amount="7.00"), bank.approved(uetr="", amount="8.00")):
        read(page, [(AUTHOR, other)], lang)


def read(page: Page, shown: list[tuple[str, dict[str, Any]]], lang: str) -> None:
    for who, one in shown:
        answer = page(who, "GET", f"{at(one)}?lang={lang}")
        assert answer.status == 200
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), "an id stands once on a page"
        for label in re.findall(r'<label for="([^"]+)"', answer.text):
            assert label in ids


# --- rules and statistics --------------------------------------------------------------------------


def test_a_rule_is_written_and_ended_on_its_page(page: Page) -> None:
    rule = [
        ("event", "hold-transaction"),
        ("rail", ""),
        ("jurisdiction", "XA"),
        ("limit", "5"),
        ("unit", "wd"),
        ("valid_from", "2026-01-15"),
        ("source", "Act of XA, section 40"),
    ]
    assert "not checked" in page(SECOND, "GET", "/payments/rules").text
    assert page(AUTHOR, "GET", "/payments/rules").text.count("<form") < page(
        SECOND, "GET", "/payments/rules"
    ).text.count("<form")
    wrong = page(SECOND, "POST", "/payments/rules", [*dict(rule, limit="0", source="").items()])
    assert (wrong.status, 'id="f-source-errors"' in wrong.text) == (422, True)
    assert 'id="f-limit-errors"' in wrong.text
    assert page(SECOND, "POST", "/payments/rules", rule).status == 303
    shown = page(SECOND, "GET", "/payments/rules")
    assert "Act of XA, section 40" in shown.text
    ends = re.findall(r'action="(/payments/rules/[^"]+/end)"', shown.text)
    assert len(ends) == 1
    assert page(AUTHOR, "POST", ends[0]).status == 403
    assert page(SECOND, "POST", ends[0]).status == 303
    assert "Act of XA, section 40" not in page(SECOND, "GET", "/payments/rules").text


def test_statistics_show_the_rate_and_what_it_is(page: Page, bank: Bank) -> None:
    assert "Nothing was sent yet" in page(AUTHOR, "GET", "/payments/statistics").text
    bank.held("25000.00")
    shown = page(AUTHOR, "GET", "/payments/statistics").text
    assert "61%" in shown and "XA → XB" in shown and "2 to 6 hours" in shown


def test_a_message_for_the_bank_comes_from_the_page_and_what_it_lacks_is_said_on_it(
    page: Page, bank: Bank
) -> None:
    sent = bank.sent()
    shown = page(AUTHOR, "GET", at(sent))
    assert at(sent, "/messages/camt.056") in shown.text
    made = page(AUTHOR, "GET", at(sent, "/messages/camt.056"))
    assert (made.status, b"camt.056" in made.body) == (200, True)
    bare = bank.draft(uetr="", amount="3.00", debtor={"name": "No bank", "account": ""})
    lacks = page(AUTHOR, "GET", at(bare, "/messages/camt.056"))
    assert (lacks.status, "The input has faults" in lacks.text) == (422, True)
    for who in ("XC officer", HOLDER):
        assert page(who, "GET", at(bare, "/messages/camt.056")).status == 404


def test_another_victims_request_is_named_by_its_number(page: Page, bank: Bank) -> None:
    other = bank.sent(uetr="", amount="900.00", end_to_end_id="INV-2")
    sent = bank.at_the_bank()
    said = {"amount": "41300.00", "kind": "fiu-suspension", "legal": "Act of XB, section 24"}
    ends = {"ends.date": "2026-01-29", "ends.time": "23:00", "ends.zone": "UTC"}
    wrong = did(page, HOLDER, sent, "hold", **said, **ends, second_victim="XA-2026-0000000000")
    assert (wrong.status, "no such other payment" in wrong.text) == (422, True)
    held = did(page, HOLDER, sent, "hold", **said, **ends, second_victim=other["reference"])
    assert held.status == 303, held.text


def turned(answer: Answer) -> str:
    """The part of the page that says who must act."""
    return unescape(answer.text).partition('<section class="panel turn')[2].partition("record-body")[0]


def test_what_must_be_done_is_done_where_it_is_said(page: Page, bank: Bank) -> None:
    sent = bank.sent()
    box = turned(page(HOLDER, "GET", at(sent)))
    assert 'name="step" value="acknowledge"' in box
    bank.done(HOLDER, sent, "acknowledge")
    answer = page(HOLDER, "GET", at(sent))
    assert 'id="step-pass" open' in turned(answer) and answer.text.count('value="pass"') == 1
    assert 'value="pass"' not in turned(page(AUTHOR, "GET", at(sent)))
    bank.done(HOLDER, sent, "pass", to="institution", name="Bank of XB")
    assert 'name="step" value="hold"' in turned(page(HOLDER, "GET", at(sent)))


def test_money_that_is_to_be_returned_comes_from_the_one_hold(page: Page, bank: Bank) -> None:
    held = bank.held("41250.00")
    agreed = bank.done(HOLDER, held, "agree-return")
    answer = page(HOLDER, "GET", at(agreed))
    box = turned(answer)
    assert 'id="step-return" open' in box
    hold = agreed["holds"][0]["id"]
    chosen = box.partition('name="hold"')[2].partition("</select>")[0]
    assert re.search(f'value="{hold}" selected', chosen), chosen
    refused = did(page, HOLDER, agreed, "return", amount="x", hold="")
    text = turned(refused)
    assert refused.status == 422 and "autofocus" in text and 'href="#s-return-amount"' in text
    assert 'id="s-return-amount-errors"' in text
    chosen = text.partition('name="hold"')[2].partition("</select>")[0]
    assert f'value="{hold}" selected' not in chosen, "what was chosen otherwise stays"


def test_an_end_of_a_hold_is_left_to_a_rule_only_where_there_is_one(page: Page, bank: Bank) -> None:
    passed = bank.at_the_bank()
    assert "Needed: no rule of the holding country says it" in page(HOLDER, "GET", at(passed)).text
    said = {"amount": "5.00", "kind": "fiu-suspension", "legal": "Act of XB", "ends.date": "2026-01-29"}
    no_hour = did(page, HOLDER, passed, "hold", **said)
    assert (no_hour.status, "The hour is missing" in no_hour.text) == (422, True)
