"""The pages of intercepts: the board, one screen from report to request, each step, rules and statistics."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from rooms.intercepted import AUTHOR, HOLDER, SECOND, XA_IBAN, XB_IBAN, Bank
from rooms.scene import Scene
from worlds.stage import Answer, Clock

Page = Callable[..., Answer]
REPORT = [
    ("summary", "An invoice was changed on its way."),
    ("scam", "business-email"),
    ("police_report", "NP-2026-0042"),
    ("reported_at.date", "2026-01-15"),
    ("reported_at.time", "09:00"),
    ("reported_at.zone", "UTC"),
    ("rail", "swift-mx"),
    ("amount", "41250.00"),
    ("currency", "EUR"),
    ("executed_at.date", "2026-01-15"),
    ("executed_at.time", "09:10"),
    ("executed_at.zone", "+01:00"),
    ("debtor/name", "Norport Shipping Ltd"),
    ("debtor/scheme", "iban"),
    ("debtor/account", XA_IBAN),
    ("creditor/name", "Ruvo Trade"),
    ("creditor/scheme", "iban"),
    ("creditor/account", XB_IBAN),
    ("creditor/bic", "ENTBXBBB"),
    ("recall/sent_at.date", "2026-01-15"),
    ("recall/sent_at.time", "09:20"),
    ("recall/sent_at.zone", "UTC"),
    ("legal_basis", "Code of Criminal Procedure of XA, section 111"),
    ("measure", "freeze"),
    ("victim_consents", "yes"),
    ("grade", "B2"),
    ("tip_off_forbidden", "yes"),
    ("ring", "yes"),
]
"""What an officer types from a victim's report."""


@pytest.fixture
def bank(scene: Scene) -> Bank:
    return Bank(scene)


def filled(*changed: tuple[str, str]) -> list[tuple[str, str]]:
    """The report, with some fields otherwise."""
    return list({**dict(REPORT), **dict(changed)}.items())


def at(intercept: dict[str, Any], rest: str = "") -> str:
    return f"/payments/requests/{intercept['id']}{rest}"


def did(page: Page, who: str, intercept: dict[str, Any], step: str, **said: str) -> Answer:
    """A step from the page."""
    form = [("step", step), *((name.replace("__", "/"), value) for name, value in said.items())]
    return page(who, "POST", at(intercept, "/steps"), form)


def offered(answer: Answer) -> set[str]:
    return set(re.findall(r'name="step" value="([a-z-]+)"', answer.text))


# --- the form --------------------------------------------------------------------------------------


def test_a_report_becomes_a_request_that_a_second_officer_sends(page: Page, bank: Bank) -> None:
    assert page(AUTHOR, "GET", "/payments/new").status == 200
    checked = page(AUTHOR, "POST", "/payments/new", [*filled(), ("do", "check")])
    assert checked.status == 200
    assert "Complete: it can be kept, approved and sent" in checked.text
    assert "Fast track" in checked.text and "by the country of the IBAN" in checked.text
    assert bank.board(AUTHOR, which="all") == [], "a check keeps nothing"
    kept = page(AUTHOR, "POST", "/payments/new", [*filled(), ("do", "keep")])
    assert kept.status == 303, kept.text
    address = kept.header("location")
    draft = bank.open(AUTHOR, address.rpartition("/")[2]).json
    assert (draft["receiver"], draft["amount"]) == ("XB", "41250.00")
    assert draft["form"]["executed_at"] == "2026-01-15T09:10+01:00"
    version = str(draft["version"])
    assert did(page, SECOND, draft, "approve", version=version).status == 303
    checked_version = str(bank.open(AUTHOR, draft["id"]).json["version"])
    assert did(page, AUTHOR, draft, "send", version=checked_version).status == 303
    assert page(HOLDER, "GET", address).status == 200


def test_faults_stand_at_their_fields_and_nothing_that_was_typed_is_lost(page: Page) -> None:
    wrong = filled(
        ("creditor/account", XB_IBAN[:-1] + ("0" if XB_IBAN[-1] != "0" else "1")),
        ("amount", "1.123"),
        ("executed_at.time", ""),
        ("emails", "a@example.org\nb@example.org"),
        ("grade", "Z9"),
    )
    for do in ("check", "keep"):
        answer = page(AUTHOR, "POST", "/payments/new", [*wrong, ("do", do)])
        assert answer.status == 422
        text = unescape(answer.text)
        assert 'value="1.123"' in text and 'value="Z9"' in text and "b@example.org" in text
        assert 'name="executed_at.date" value="2026-01-15"' in text
        assert "An invoice was changed on its way." in text
    both = [(k, "" if k == "grade" else v) for k, v in wrong]
    answer = page(AUTHOR, "POST", "/payments/new", [*both, ("do", "keep")])
    for field in ("creditor/account", "amount"):
        assert f'id="f-{field}-errors"' in answer.text
    assert 'id="f-executed_at-errors"' in answer.text


@pytest.mark.parametrize("do", ["check", "keep"])
def test_what_the_schema_refuses_hides_no_other_fault_and_not_the_check(page: Page, do: str) -> None:
    wrong = filled(
        ("grade", "Z9"),
        ("debtor/bic", "ENTBXABBXXXXX"),
        ("currency", "EURO"),
        ("executed_at.time", ""),
        ("police_report", ""),
        ("phones", f"+1 555 0100\n{'5' * 200}"),
    )
    answer = page(AUTHOR, "POST", "/payments/new", [*wrong, ("do", do)])
    text = unescape(answer.text)
    assert answer.status == 422
    assert 'id="checked"' in text and "by the country of the IBAN" in text, "the check is told"
    for field in ("grade", "debtor/bic", "currency", "executed_at", "phones"):
        assert f'id="f-{field}-errors"' in text, field
    assert "The hour is missing" in text and "its earliest and its latest moment" in text
    assert "no moment with a time zone" not in text
    assert "Missing to send" in text and 'href="#f-police_report"' in text
    assert 'href="#f-grade">Grade</a>: It is needed' not in text, "it is wrong, not missing"
    assert 'value="Z9"' in text and 'value="EURO"' in text


def test_what_is_missing_to_send_is_named_and_a_draft_can_be_kept_all_the_same(page: Page) -> None:
    half = filled(("legal_basis", ""), ("police_report", ""))
    checked = page(AUTHOR, "POST", "/payments/new", [*half, ("do", "check")])
    assert checked.status == 200
    assert "Missing to send: 2" in checked.text
    kept = page(AUTHOR, "POST", "/payments/new", [*half, ("do", "keep")])
    assert kept.status == 303
    shown = page(AUTHOR, "GET", kept.header("location"))
    assert "Missing to send: 2" in shown.text and "Law that allows to ask" in shown.text
    for text in (checked.text, shown.text):
        missing = text.partition("Missing to send")[2]
        assert missing.index("Number of the police report") < missing.index("Law that allows to ask")


def test_a_number_in_the_text_is_lifted_into_a_field_by_one_button(page: Page) -> None:
    told = filled(("creditor/account", ""), ("summary", f"He paid to {XB_IBAN} last night."))
    checked = page(AUTHOR, "POST", "/payments/new", [*told, ("do", "check")])
    button = f"lift:creditor:account:{XB_IBAN}"
    assert f'value="{button}"' in checked.text
    lifted = page(AUTHOR, "POST", "/payments/new", [*told, ("do", button)])
    assert f'name="creditor/account" type="text" value="{XB_IBAN}"' in lifted.text
    assert button not in lifted.text, "it is not offered again"


def test_a_wallet_needs_its_chain(page: Page) -> None:
    wallet = filled(
        ("creditor/scheme", "wallet"),
        ("creditor/account", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        ("currency", ""),
        ("amount", "150000000"),
    )
    refused = page(AUTHOR, "POST", "/payments/new", [*wallet, ("do", "check")])
    assert (refused.status, 'id="f-creditor/chain-errors"' in refused.text) == (422, True)
    assert "Choose the chain." in refused.text
    known = [*wallet, ("creditor/chain", "bitcoin"), ("creditor/country", "XB"), ("do", "check")]
    assert page(AUTHOR, "POST", "/payments/new", known).status == 200


def test_who_knows_the_account_is_told_before_it_is_sent(page: Page, bank: Bank) -> None:
    bank.sent()
    asked = filled(("amount", "9.00"), ("debtor/name", "Another"))
    mine = page(AUTHOR, "POST", "/payments/new", [*asked, ("do", "check")])
    assert "Seen before" in mine.text
    theirs = page("XC officer", "POST", "/payments/new", [*asked, ("do", "check")])
    assert "call these bureaus" in theirs.text and "Seen before" not in theirs.text


def test_the_same_payment_again_opens_the_request_that_stands(page: Page, bank: Bank) -> None:
    first = page(AUTHOR, "POST", "/payments/new", [*filled(), ("do", "keep")]).header("location")
    again = page(AUTHOR, "POST", "/payments/new", [*filled(), ("do", "keep")])
    assert again.header("location") == f"{first}?merged=yes"
    assert "was reported before" in page(AUTHOR, "GET", again.header("location")).text
    page(AUTHOR, "POST", "/payments/new", [*filled(("end_to_end_id", "X-1")), ("do", "keep")])
    assert "End-to-end reference" in page(AUTHOR, "GET", first).text.partition("Said otherwise")[2]


def test_a_draft_is_edited_on_its_form_and_thrown_away(page: Page, bank: Bank) -> None:
    draft = bank.draft()
    shown = page(AUTHOR, "GET", at(draft, "/edit"))
    assert (shown.status, 'name="amount" type="text" value="41250.00"' in shown.text) == (200, True)
    changed = [*filled(("amount", "5.00")), ("version", str(draft["version"])), ("do", "keep")]
    assert page(AUTHOR, "POST", at(draft, "/edit"), changed).status == 303
    assert bank.open(AUTHOR, draft["id"]).json["amount"] == "5.00"
    assert page(HOLDER, "GET", at(draft, "/edit")).status == 404
    late = page(AUTHOR, "POST", at(draft, "/edit"), changed)
    assert (late.status, 'name="police_report" type="text" value="NP-2026-0042"' in late.text) == (409, True)
    assert "Somebody changed it before you" in late.text
    version = str(bank.open(AUTHOR, draft["id"]).json["version"])
    assert page(AUTHOR, "POST", at(draft, "/discard"), [("version", version)]).status == 303
    assert page(AUTHOR, "GET", at(draft)).status == 404


# --- the board -------------------------------------------------------------------------------------


def test_the_board_shows_each_side_what_it_must_do(page: Page, bank: Bank) -> None:
    sent = bank.sent()
    theirs = page(HOLDER, "GET", "/payments")
    assert at(sent) in theirs.text and "acknowledge it" in theirs.text
    assert "41\u202f250.00" in theirs.text and XB_IBAN not in theirs.text, "the account shows its ends alone"
    assert at(sent) not in page(AUTHOR, "GET", "/payments").text
    for which in ("wait", "open", "all"):
        assert at(sent) in page(AUTHOR, "GET", f"/payments?which={which}").text
    assert at(sent) in page(AUTHOR, "GET", "/payments?which=open&state=delivered").text
    assert at(sent) not in page(AUTHOR, "GET", "/payments?which=open&state=held-part").text
    for which in ("act", "wait", "open", "all"):
        assert at(sent) not in page("XC officer", "GET", f"/payments?which={which}").text


@pytest.mark.parametrize("after", ["%00", "zzz", "%E2%80%AE", "9" * 400])
def test_a_place_that_no_list_gave_is_no_error_of_the_server(page: Page, bank: Bank, after: str) -> None:
    bank.sent()
    for which in ("act", "open", "all"):
        assert page(HOLDER, "GET", f"/payments?which={which}&after={after}").status in (200, 404)


def test_the_bar_counts_hours_since_the_payment(page: Page, bank: Bank, clock: Clock, doors, crew) -> None:
    page = paging(doors, crew)
    bank = Bank(Scene(doors(idle_minutes=10**6), crew))
    bank.sent()
    assert "hours good" in page(HOLDER, "GET", "/payments").text
    clock.forward(hours=30)
    assert "hours warn" in page(HOLDER, "GET", "/payments").text
    clock.forward(hours=60)
    assert "late, still possible" in page(HOLDER, "GET", "/payments").text


def test_a_request_that_arrives_rings_on_an_open_board(page: Page, bank: Bank, clock: Clock) -> None:
    opened = page(HOLDER, "GET", "/payments")
    part = unescape(re.findall(r'<live-thread[^>]* src="([^"]+)"', opened.text)[0])
    assert 'role="alert"' not in opened.text
    quiet = page(HOLDER, "GET", part)
    assert (quiet.status, 'role="alert"' in quiet.text) == (200, False)
    clock.forward(seconds=5)
    sent = bank.sent()
    rung = page(HOLDER, "GET", part)
    assert 'role="alert"' in rung.text and at(sent) in rung.text
    assert 'data-title="(1) ‼ Payments' in rung.text
    assert "<html" not in rung.text
    assert 'role="alert"' not in page(AUTHOR, "GET", part).text, "what one did oneself does not ring"
    assert 'role="alert"' not in page("XC officer", "GET", part).text


def test_an_open_request_says_that_the_other_side_did_something(page: Page, bank: Bank) -> None:
    sent = bank.sent()
    opened = page(AUTHOR, "GET", at(sent))
    part = unescape(re.findall(r'<live-thread src="([^"]+)"', opened.text)[0])
    assert page(AUTHOR, "GET", part).text.strip() == ""
    bank.done(HOLDER, sent, "acknowledge")
    assert "Acknowledged" in page(AUTHOR, "GET", part).text
    assert page(HOLDER, "GET", part).text.strip() == ""
    assert page("XC officer", "GET", part).status == 404


def paging(doors: Callable[..., Any], crew: Any) -> Page:
    """Pages of officers whom no hours sign out."""
    ask = doors(idle_minutes=10**6)

    def page(who: str, method: str, path: str, form: Any = None) -> Answer:
        answer: Answer = ask(crew[who], method, path, form=form)
        return answer

    return page


# --- a bank's message --------------------------------------------------------------------------------

MT103 = (
    "{1:F01ENTAXAAAAXXX0000000000}{2:I103ENTBXBBBXXXXN}{3:{121:97ed4827-7b6f-4491-a06f-b548d5a7512d}}{4:\r\n"
    ":20:FT26015ABC\r\n:23B:CRED\r\n:32A:260115EUR41250,00\r\n"
    f":50K:/{XA_IBAN}\r\nNORPORT SHIPPING LTD\r\n:59:/{XB_IBAN}\r\nRUVO TRADE\r\n:71A:SHA\r\n-}}"
)


def test_a_pasted_message_fills_the_form_and_leaves_what_was_typed(page: Page) -> None:
    typed = [
        ("summary", "He rang at nine."),
        ("police_report", "NP-7"),
        ("message", MT103),
        ("do", "prefill"),
    ]
    filled_in = page(AUTHOR, "POST", "/payments/new", typed)
    assert filled_in.status == 200, filled_in.text
    text = unescape(filled_in.text)
    for value in ("41250.00", "EUR", XA_IBAN, XB_IBAN, "NP-7", "97ed4827-7b6f-4491-a06f-b548d5a7512d"):
        assert f'value="{value}"' in text, value
    assert "He rang at nine." in text
    wrong = page(AUTHOR, "POST", "/payments/new", [*typed[:2], ("message", ":20:X"), ("do", "prefill")])
    assert (wrong.status, 'id="f-message-errors"' in wrong.text) == (422, True)
    assert "NP-7" in wrong.text and ":20:X" in wrong.text
    assert "fill the fields in by hand" in wrong.text and "send the whole message again" not in wrong.text


def test_a_pasted_message_overwrites_nothing_and_tells_where_it_says_otherwise(page: Page) -> None:
    typed = [
        *filled(("amount", "7300.00"), ("creditor/name", "ruvo  trade"), ("debtor/account", "")),
        ("message", MT103),
        ("do", "prefill"),
    ]
    answer = page(AUTHOR, "POST", "/payments/new", typed)
    assert answer.status == 200, answer.text
    text = unescape(answer.text)
    assert 'name="amount" type="text" value="7300.00"' in text and "The message says 41250.00" in text
    assert f'name="debtor/account" type="text" value="{XA_IBAN}"' in text, "what was empty is filled"
    assert 'name="creditor/name" type="text" value="ruvo  trade"' in text
    assert re.findall("The message says ([^<]+)<", text)[1:] == ["Swift, MT", "41250.00"]
    assert 'name="executed_until.date" value=""' in text, "a day says nothing where the hour was typed"
