"""What may be sent of a payment, and what it must get: shared specification "payments", A1.5.

Rows of banks' files stand with their readers: XML in tests/match/test_banking_malformed.py, answers in
test_payments_intake.py, recalls of many payments in test_payments_importing.py, statements in
tests/match/test_statements_tables.py.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from schwifty import IBAN

from rooms.intercepted import AUTHOR, HOLDER, SECOND, UETR, XA_IBAN, XB_IBAN, Bank, form, iban
from rooms.scene import Scene, places
from worlds.stage import Clock, Crew

DE = "DE89370400440532013000"
"""An example of the registry's own."""
ETHER = {"scheme": "wallet", "chain": "ethereum", "country": "XB", "bank": "An exchange"}
ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
"""EIP-55's own example."""


@pytest.fixture
def bank(doors, crew: Crew) -> Bank:
    return Bank(Scene(doors(idle_minutes=10**6), crew))


def check(bank: Bank, **said: Any) -> Mapping[str, Any]:
    answer = bank.scene(AUTHOR, "POST", "/payments/check", json=form(**said))
    assert answer.status == 200, answer.text
    found: Mapping[str, Any] = answer.json
    return found


def faults(bank: Bank, **said: Any) -> dict[str, tuple[str, str]]:
    """Where a form is wrong: (what, what to do). The same when it is to be kept; nothing of it is."""
    told = {f["where"]: (f["what"], f["do"]) for f in check(bank, **said)["faults"]}
    answer = bank.scene(AUTHOR, "POST", "/payments/requests", json=form(**said))
    assert (answer.status, sorted(places(answer))) == (422, sorted(told))
    assert bank.board(AUTHOR, which="all") == []
    return told


def payee(account: str, **more: str) -> dict[str, str]:
    return {"name": "Ruvo Trade", "account": account, "bic": "ENTBXBBB", **more}


# --- accounts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (DE[:2] + "00" + DE[4:], "check digits"),
        (DE[:-1], "22"),
        (DE + "0", "22"),
        ("QQ" + DE[2:], "country"),
        ("4.12E+21", "scientific"),
        ("5,4E+22", "scientific"),
    ],
)
def test_a_wrong_iban_is_refused_with_its_reason(bank: Bank, account: str, reason: str) -> None:
    told = faults(bank, creditor=payee(account))
    assert reason in told["creditor/account"][0].lower().replace("digits are lost", "scientific digits")


def test_a_fix_of_an_iban_is_suggested_where_it_is_the_only_one_and_never_made(bank: Bank) -> None:
    single = several = 0
    for at in range(4, len(DE)):
        for digit in "0123456789":
            wrong = DE[:at] + digit + DE[at + 1 :]
            if wrong == DE:
                continue
            told = check(bank, creditor={"account": wrong})
            (fault,) = [f for f in told["faults"] if f["where"] == "creditor/account"]
            fixes = _fixes(wrong)
            if len(fixes) == 1:
                single += 1
                assert fixes.pop() in fault["do"]
            else:
                several += 1
                assert DE not in fault["do"]
        if single and several:
            break
    assert single or several


def _fixes(wrong: str) -> set[str]:
    """Every account that one other digit, or two that changed places, makes of a wrong one."""
    digits = {wrong[:n] + d + wrong[n + 1 :] for n in range(2, len(wrong)) for d in "0123456789"}
    swapped = {wrong[:n] + wrong[n + 1] + wrong[n] + wrong[n + 2 :] for n in range(2, len(wrong) - 1)}
    found = {one for one in digits | swapped if IBAN(one, allow_invalid=True).is_valid}
    return found - {wrong}


def test_an_unknown_bank_is_a_warning_and_no_fault(bank: Bank) -> None:
    told = check(bank, creditor=payee(IBAN.generate("DE", "99999999", "0532013000"), bic=""), receiver="XB")
    assert told["faults"] == []
    assert "creditor/account" in {w["where"] for w in told["warnings"]}


@pytest.mark.parametrize(("bic", "known"), [("DEUTDEFF", True), ("deutdeff", True), ("ABCDDEFF", False)])
def test_a_bic_that_the_registry_lacks_is_a_warning_and_no_fault(bank: Bank, bic: str, known: bool) -> None:
    told = check(bank, creditor=payee(XB_IBAN, bic=bic))
    assert told["faults"] == []
    said = [w["what"] for w in told["warnings"] if w["where"] == "creditor/bic"]
    assert any("is in no registry" in what for what in said) != known
    assert any("The account is of XB, and the BIC of DE" in what for what in said)


@pytest.mark.parametrize("bic", ["DEUT", "DEUTQQFF", "DEUTDEF!"])
def test_what_is_no_bic_is_refused(bank: Bank, bic: str) -> None:
    assert "creditor/bic" in faults(bank, creditor=payee(XB_IBAN, bic=bic))


def test_a_payee_without_a_name_is_taken(bank: Bank) -> None:
    told = check(bank, creditor={"account": XB_IBAN, "bic": "ENTBXBBB"})
    assert (told["faults"], told["missing"]) == ([], [])
    assert "creditor/name" in {w["where"] for w in told["warnings"]}
    sent = bank.sent(creditor={"account": XB_IBAN, "bic": "ENTBXBBB"})
    assert sent["state"] == "delivered"


# --- amounts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("0", "EUR", ""),
        ("0.00", "EUR", ""),
        ("-5.00", "EUR", ""),
        ("1.123", "EUR", "2"),
        ("10.50", "JPY", "0"),
        ("1.1234", "KWD", "3"),
        ("1e5", "EUR", ""),
        ("1,000.00", "EUR", ""),
        ("NaN", "EUR", ""),
        ("9" * 80, "EUR", ""),
    ],
)
def test_an_amount_that_a_currency_does_not_have_is_refused(
    bank: Bank, amount: str, currency: str, said: str
) -> None:
    what, _ = faults(bank, amount=amount, currency=currency)["amount"]
    assert said in what


@pytest.mark.parametrize("currency", ["ZZZ", ""])
def test_a_currency_that_is_none_is_told_at_the_currency(bank: Bank, currency: str) -> None:
    assert "currency" in faults(bank, amount="5.00", currency=currency)


@pytest.mark.parametrize(("amount", "currency"), [("1.123", "KWD"), ("1050", "JPY"), ("10.5", "EUR")])
def test_decimals_are_those_of_the_currency(bank: Bank, amount: str, currency: str) -> None:
    assert check(bank, amount=amount, currency=currency)["faults"] == []


def test_wei_beyond_64_bits_keep_every_digit(bank: Bank) -> None:
    units = str(2**64 + 12_345_678_901_234_567)
    sent = bank.sent(
        amount=units,
        currency="",
        uetr="",
        rail="crypto",
        creditor={**ETHER, "account": ADDRESS},
        receiver="XB",
    )
    assert (sent["asset"], sent["form"]["amount"]) == ("ethereum:ETH", units)
    bank.done(HOLDER, sent, "acknowledge")
    held = bank.done(
        HOLDER,
        sent,
        "hold",
        amount=str(int(units) - 1),
        kind="vasp-block",
        legal="Act of XB",
        no_limit="Act of XB, section 30",
    )
    places = {n: int(v.split()[0].replace(".", "")) for n, v in held["ledger"].items() if n != "balanced"}
    assert (places["held"], places["unknown"], held["ledger"]["balanced"]) == (int(units) - 1, 1, True)


@pytest.mark.parametrize("amount", ["1.5", "1e18", "0", "-1", "0x10", "1 ETH"])
def test_an_amount_of_a_token_is_whole_units_in_digits(bank: Bank, amount: str) -> None:
    wallet = {**ETHER, "account": ADDRESS}
    assert "amount" in faults(bank, amount=amount, currency="", creditor=wallet, receiver="XB")


def test_a_wallet_needs_its_chain_and_its_checksum(bank: Bank) -> None:
    wrong = ADDRESS.replace("5aAe", "5AAe")
    for wallet in ({**ETHER, "account": wrong}, {**ETHER, "account": ADDRESS, "chain": ""}):
        told = faults(bank, amount="5", currency="", creditor=wallet, receiver="XB")
        assert "creditor/account" in told


# --- moments -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        "2026-01-15T13:00:01+00:00",
        "2126-01-15T08:00:00+00:00",
        "1969-12-31T23:59:59+00:00",
        "2026-01-15T08:00:00",
        "2026-01-15",
        "yesterday 5 pm",
        "2026-02-30T08:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_moment_that_cannot_be_is_refused(bank: Bank, moment: str) -> None:
    assert "executed_at" in faults(bank, executed_at=moment)


def test_yesterday_at_five_is_a_span_with_both_of_its_ends(bank: Bank) -> None:
    span = {"executed_at": "2026-01-14T16:30:00+01:00", "executed_until": "2026-01-14T17:30:00+01:00"}
    draft = bank.draft(**span)
    assert (draft["form"]["executed_at"], draft["form"]["executed_until"]) == (
        "2026-01-14T16:30+01:00",
        "2026-01-14T17:30+01:00",
    )
    assert draft["hours"] == 20.5  # since the earliest moment that it may have been
    backwards = dict(zip(span, list(span.values())[::-1], strict=True))
    answer = bank.scene(AUTHOR, "POST", "/payments/check", json=form(**backwards))
    assert "executed_until" in [f["where"] for f in answer.json["faults"]]


@pytest.mark.parametrize(
    ("executed", "late", "fast"),
    [("2026-01-15T08:10:00+00:00", False, True), ("2026-01-12T11:59:59+00:00", True, False)],
)
def test_after_72_hours_it_is_taken_and_marked_late(
    bank: Bank, executed: str, late: bool, fast: bool
) -> None:
    told = check(bank, executed_at=executed)
    assert (told["faults"], told["missing"]) == ([], [])
    assert (told["late"], told["fast_track"]) == (late, fast)
    assert bank.sent(executed_at=executed)["state"] == "delivered"


def test_the_fast_track_needs_the_bank_s_recall_and_a_border(bank: Bank) -> None:
    assert not check(bank, recall={})["fast_track"]
    home = {"name": "Ruvo Trade", "account": iban("XA", "ENTA000000000099"), "bic": "ENTAXAAA"}
    assert not check(bank, creditor=home, receiver="XB")["fast_track"]


# --- the same payment ------------------------------------------------------------------------------------


@pytest.mark.parametrize("again", [{"ref": "other"}, {"uetr": ""}, {"amount": "5.00"}])
def test_the_same_uetr_or_the_same_parties_amount_and_day_are_one_request(
    bank: Bank, again: dict[str, str]
) -> None:
    first = bank.draft()
    assert check(bank, **again)["same_as"] == first["id"]
    merged = bank.scene(AUTHOR, "POST", "/payments/requests", json=form(**again))
    assert (merged.status, merged.json["id"], merged.json["merged"]) == (200, first["id"], 1)


@pytest.mark.parametrize(
    "other", [{"amount": "41250.01"}, {"executed_at": "2026-01-14T08:10:00+00:00"}, {"currency": "USD"}]
)
def test_another_amount_day_or_currency_is_another_payment(bank: Bank, other: dict[str, str]) -> None:
    bank.draft(uetr="")
    assert check(bank, uetr="", **other)["same_as"] == ""


@pytest.mark.parametrize(
    "uetr", ["97ed4827-7b6f-1491-a06f-b548d5a7512d", "97ed4827", "g7ed4827-7b6f-4491-a06f-b548d5a7512d"]
)
def test_what_is_no_uetr_is_refused(bank: Bank, uetr: str) -> None:
    assert "uetr" in faults(bank, uetr=uetr)


def test_a_uetr_in_capitals_is_the_same_one(bank: Bank) -> None:
    first = bank.draft()
    assert check(bank, uetr=UETR.upper(), amount="1.00")["same_as"] == first["id"]


# --- to whom -------------------------------------------------------------------------------------------


def test_a_request_to_one_s_own_country_is_refused_and_the_rule_named(bank: Bank) -> None:
    told = faults(bank, creditor={"name": "R", "account": iban("XA", "ENTA000000000099")})
    assert "your own bureau" in told["receiver"][0]


def test_a_request_to_a_bureau_that_nobody_knows_is_refused(bank: Bank) -> None:
    assert "receiver" in faults(bank, receiver="QQ")


def test_a_request_to_a_suspended_bureau_is_refused_and_the_rule_named(bank: Bank) -> None:
    approved = bank.approved()
    why = {"suspended": True, "reason": "Searches without a purpose, 12 January"}
    answer = bank.scene("XZ supervisor", "POST", "/bureaus/XB/suspension", json=why)
    assert answer.status == 200, answer.text
    refused = bank.act(AUTHOR, approved, "send", version=approved["version"])
    assert (refused.status, places(refused)) == (422, ["receiver"])
    assert "RPD 131" in refused.json["faults"][0]["what"]
    fresh = bank.scene(AUTHOR, "POST", "/payments/requests", json=form(uetr="", amount="3.00"))
    assert "RPD 131" in fresh.json["faults"][0]["what"]


def test_without_a_legal_basis_nothing_is_approved(bank: Bank) -> None:
    draft = bank.draft(legal_basis="   ")
    refused = bank.act(SECOND, draft, "approve")
    assert (refused.status, places(refused)) == (422, ["legal_basis"])


# --- holds ---------------------------------------------------------------------------------------------


def test_more_than_was_paid_is_not_held_and_the_ledger_stays(bank: Bank) -> None:
    passed = bank.at_the_bank()
    stop = {"kind": "police-seizure", "legal": "Act", "no_limit": "Act, section 30"}
    refused = bank.act(HOLDER, passed, "hold", amount="50000.00", **stop)
    assert (refused.status, places(refused)) == (422, ["do/amount"])
    assert "41250.00" in refused.json["faults"][0]["what"]
    assert bank.open(HOLDER, passed["id"]).json["ledger"] == passed["ledger"]


@pytest.mark.parametrize(
    "ends",
    [
        "",
        "2026-01-15T12:00:00+00:00",
        "2026-01-14T12:00:00+00:00",
        "2026-02-01",
        "in ten days",
        "2126-01-15T12:00:00+00:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_a_hold_ends_at_a_moment_to_come_or_names_the_law_without_a_limit(bank: Bank, ends: str) -> None:
    passed = bank.at_the_bank()
    said = {"amount": "1.00", "kind": "court-order", "legal": "Order 7", "ends": ends}
    assert places(bank.act(HOLDER, passed, "hold", **said)) == ["do/ends"]
    both = {**said, "ends": "2026-02-01T12:00:00+00:00", "no_limit": "Act, section 30"}
    assert places(bank.act(HOLDER, passed, "hold", **both)) == ["do/ends"]
    limitless = {**said, "ends": "", "no_limit": "Act, section 30"}
    assert bank.done(HOLDER, passed, "hold", **limitless)["holds"][0]["no_limit"] == "Act, section 30"


# --- text ----------------------------------------------------------------------------------------------


def test_an_account_or_a_wallet_in_the_text_is_offered_to_be_lifted_and_left_where_it_is(bank: Bank) -> None:
    told = check(bank, summary=f"He was told to pay to {DE} first, then to {ADDRESS}.")
    assert [f["where"] for f in told["lifted"]] == ["summary", "summary"]
    assert told["faults"] == []
    draft = bank.draft(summary=f"Paid to {XB_IBAN} from {XA_IBAN}")
    assert XB_IBAN in draft["form"]["summary"]
    assert check(bank, summary=f"Paid to {XB_IBAN}")["lifted"] == []  # it is in its field already


def test_lists_show_the_ends_of_an_account_alone(bank: Bank, clock: Clock) -> None:
    bank.draft()
    (row,) = bank.board(AUTHOR, which="all")
    assert XB_IBAN not in str(row)
    assert row["account"].startswith(XB_IBAN[:4]) and row["account"].endswith(XB_IBAN[-4:])


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("summary", {"summary": "a\u202eb"}),
        ("police_report", {"police_report": "a\nb"}),
        ("creditor/name", {"creditor": {"name": "a\x00b", "account": XB_IBAN}}),
    ],
)
def test_a_character_that_deceives_is_named(bank: Bank, where: str, said: dict[str, Any]) -> None:
    assert where in faults(bank, **said)


def test_every_fault_of_a_form_is_told_at_once(bank: Bank) -> None:
    wrong = {
        "amount": "1.123",
        "executed_at": "tomorrow",
        "uetr": "x",
        "creditor": {"account": DE[:-1]},
        "debtor": {"account": DE + "1", "bic": "X"},
        "receiver": "QQ",
    }
    assert set(faults(bank, **wrong)) == {
        "amount",
        "executed_at",
        "uetr",
        "creditor/account",
        "debtor/account",
        "debtor/bic",
        "receiver",
    }
