"""Messages made from an intercept: each is what its standard says, or every field that it lacks is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from entente.core.journal import open_private
from entente.desk import House
from entente.match.banking import auth, camt029, camt056, mt, mt_reading, reading
from entente.match.banking.documents import against_schema
from entente.rooms.payments.bank import outgoing, references
from rooms.intercepted import AUTHOR, HOLDER, UETR, XA_IBAN, XB_IBAN, Bank
from rooms.scene import Scene, places
from worlds.stage import NOON, Answer, Crew

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "payments" / "iso20022" / "xsd"
WALLET = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"
HASH = "0x" + "5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"
IN_XML = ("camt.056", "auth.001", "auth.003", "pacs.028", "camt.029")
FULL: dict[str, Any] = {"message_id": "PAY0113", "message_name": "pacs.008.001.08", "instruction_id": "I-1"}


@pytest.fixture
def bank(doors, crew: Crew) -> Bank:
    return Bank(Scene(doors(idle_minutes=10**6), crew))


def made(bank: Bank, who: str, intercept: dict[str, Any], kind: str, query: str = "") -> Answer:
    return bank.scene(who, "GET", f"/payments/requests/{intercept['id']}/messages/{kind}{query}")


def to_a_wallet(bank: Bank, **said: Any) -> dict[str, Any]:
    creditor = {
        "account": WALLET,
        "scheme": "wallet",
        "chain": "tron",
        "token": "USDT",
        "bank": "Ruvo Exchange",
    }
    return bank.draft(
        rail="crypto", amount="98000000001", currency="", creditor={**creditor, "country": "XB"}, **said
    )


# --- as banks read them --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", IN_XML)
def test_every_message_is_valid_by_its_published_schema_and_read_again(bank: Bank, kind: str) -> None:
    held = bank.held("25000.00", **FULL)
    answer = made(bank, HOLDER, held, kind)
    assert (answer.status, answer.header("content-type")) == (200, "application/xml"), answer.text
    assert f"{held['reference']}-{kind}.xml" in answer.header("content-disposition")
    if kind != "pacs.028":
        assert reading.read(answer.body, NOON)
    if not SCHEMAS.exists():
        pytest.skip("shared/data/payments/iso20022/xsd is not here")
    name = reading.kind_of(answer.body)
    assert name.startswith(kind)
    assert against_schema(answer.body, {name: (SCHEMAS / f"{name}.xsd").read_bytes()}) == []


def test_a_recall_says_fraud_and_names_the_payment_its_ends_and_our_reference(bank: Bank) -> None:
    draft = bank.draft(**FULL)
    (said,) = camt056.read(made(bank, AUTHOR, draft, "camt.056").body, NOON)
    assert (said.reason, said.case, said.assignment) == ("FRAD", draft["reference"], "RCL-1")
    assert (said.original.uetr, said.original.end_to_end) == (UETR, "INV-2026-0113")
    assert (said.amount, said.currency, str(said.settled)) == (4125000, "EUR", "2026-01-15")
    assert (said.debtor.iban, said.creditor.iban, said.creditor.name) == (XA_IBAN, XB_IBAN, "Ruvo Trade")
    assert (said.assigner.bic, said.assignee.bic) == ("ENTAXAAA", "ENTBXBBB")
    assert any("do not inform the payee" in line for line in said.information)


def test_a_recall_goes_to_the_next_bank_on_the_payment_s_way(bank: Bank) -> None:
    draft = bank.draft(intermediaries=[{"bic": "ENTCXCCC"}])
    (said,) = camt056.read(made(bank, AUTHOR, draft, "camt.056").body, NOON)
    assert (said.assignee.bic, [a.bic for a in said.intermediaries]) == ("ENTCXCCC", ["ENTCXCCC"])


def test_an_authority_asks_its_bank_by_its_own_law_until_a_day(bank: Bank) -> None:
    passed = bank.at_the_bank()
    law = "Act of XB on measures against the proceeds of crime, section 24, paragraph 2"
    said = auth.read(
        made(bank, HOLDER, passed, "auth.001", f"?basis={law.replace(' ', '%20')}&due=2026-01-20").body
    )
    assert isinstance(said, auth.Inquiry)
    assert (said.disclaimer, len(said.basis) <= 35, said.basis[:20]) == (law, True, law[:20])
    assert (said.confidential, str(said.due), said.investigation) == (True, "2026-01-20", passed["reference"])
    assert (said.search.account.iban, said.search.account.agent.bic) == (XB_IBAN, "ENTBXBBB")


def test_a_fin_recall_has_sixteen_characters_for_our_reference(bank: Bank) -> None:
    draft = bank.draft(**FULL)
    answer = made(bank, AUTHOR, draft, "mt192")
    assert answer.header("content-type").startswith("text/plain")
    found = mt.read(answer.text)
    assert (found.kind, found.text("20"), found.text("21")) == (
        "192",
        references.short(draft["reference"]),
        "PAY0113",
    )
    assert mt_reading.recall(found, NOON).reason == "FRAD"
    free = mt.read(made(bank, AUTHOR, draft, "mt199").text)
    assert (free.kind, free.sender, free.receiver, free.uetr) == ("199", "ENTAXAAA", "ENTBXBBB", UETR)
    assert XB_IBAN in free.text("79").replace(" ", "")


@pytest.mark.parametrize(
    ("step", "said", "status"),
    [
        ("not-found", {"why": "No such account."}, ("RJCR", "RJCR", ("NOOR",))),
        ("refuse", {"reason": "legal", "why": "No dual criminality."}, ("RJCR", "RJCR", ("LEGL",))),
        ("refuse", {"reason": "too-late", "why": "A year ago."}, ("RJCR", "RJCR", ("NARR",))),
        ("move", {"amount": "41250.00", "to": {"country": "XC"}}, ("RJCR", "RJCR", ("AM04",))),
        ("return", {"amount": "41250.00", "ref": "R1"}, ("CNCL", "ACCR", ())),
        ("return", {"amount": "250.00", "ref": "R1"}, ("PECR", "", ())),
    ],
)
def test_the_answer_to_a_bank_says_what_became_of_the_money(
    bank: Bank, step: str, said: dict[str, Any], status: tuple[str, str, tuple[str, ...]]
) -> None:
    passed = bank.at_the_bank()
    bank.done(HOLDER, passed, step, **said)
    (answer,) = camt029.read(made(bank, HOLDER, passed, "camt.029").body, NOON)
    assert (answer.confirmation, answer.status, answer.reasons) == status
    assert (answer.case, answer.amount) == ("RCL-1", (4125000, "EUR"))
    assert answer.resolved == ((int(said["amount"].replace(".", "")), "EUR") if step == "return" else (0, ""))


def test_before_anything_is_known_there_is_nothing_to_answer(bank: Bank) -> None:
    assert places(made(bank, HOLDER, bank.sent(), "camt.029")) == ["state"]


# --- to providers of wallets ---------------------------------------------------------------------


def test_a_provider_is_asked_by_a_letter_with_chain_token_and_whole_units(bank: Bank) -> None:
    draft = to_a_wallet(bank, summary=f"Paid in {HASH} to the wallet.", due_by="2026-01-17T12:00+00:00")
    letter = made(bank, AUTHOR, draft, "vasp")
    assert letter.header("content-type").startswith("text/plain")
    for part in (WALLET, "tron, USDT", "98000000001", "98000.000001 USDT", HASH, "XA Bureau XA", "Desk XA"):
        assert part in letter.text, letter.text
    assert max(map(len, letter.text.splitlines())) <= 79
    said = json.loads(made(bank, AUTHOR, draft, "vasp.json").body)
    assert (said["units"], said["amount"], said["transactions"]) == (
        "98000000001",
        "98000.000001 USDT",
        [HASH],
    )


def test_banks_messages_are_not_for_wallets_nor_letters_for_accounts(bank: Bank) -> None:
    wallet, account = to_a_wallet(bank), bank.draft(uetr="")
    for kind in outgoing.KINDS:
        letter = kind.startswith("vasp")
        assert made(bank, AUTHOR, account if letter else wallet, kind).status == 422
        assert "creditor/scheme" in places(made(bank, AUTHOR, account if letter else wallet, kind))


# --- what is lacking, and who may ---------------------------------------------------------------


def test_every_field_that_a_message_lacks_is_named_at_once(bank: Bank) -> None:
    bare = bank.draft(
        uetr="",
        end_to_end_id="",
        amount="",
        executed_at="",
        legal_basis="",
        measure="",
        debtor={},
        creditor={},
    )
    lacks = {
        kind: set(places(made(bank, AUTHOR, bare, kind))) for kind in outgoing.KINDS if kind != "auth.003"
    }
    assert lacks["camt.056"] == {
        "amount",
        "executed_at",
        "uetr",
        "debtor/bic",
        "debtor/account",
        "creditor/bic",
        "creditor/account",
    }
    assert lacks["mt192"] == {"amount", "executed_at", "debtor/bic", "creditor/bic", "message_id"}
    assert lacks["auth.001"] == {"executed_at", "legal_basis", "creditor/account"}
    assert "measure" in lacks["vasp"]


def test_a_value_that_a_message_cannot_carry_is_a_fault_of_that_message(bank: Bank) -> None:
    draft = bank.draft(**{**FULL, "message_id": "LONGER-THAN-16-CHARACTERS"})
    answer = made(bank, AUTHOR, draft, "mt192")
    assert (answer.status, places(answer)) == (422, ["21"])


def test_who_may_not_see_an_intercept_gets_no_message_of_it_and_followers_get_none(bank: Bank) -> None:
    draft = bank.draft()
    unsent, nothing = made(bank, HOLDER, draft, "camt.056"), made(bank, HOLDER, {"id": "0" * 32}, "camt.056")
    assert (unsent.status, unsent.body) == (nothing.status, nothing.body) == (404, nothing.body)
    assert made(bank, AUTHOR, draft, "camt.999").status == 422
    assert made(bank, "XA contributor", draft, "camt.056").status == 403


def test_what_leaves_the_house_is_in_the_journal(bank: Bank, house: House, crew: Crew) -> None:
    draft = bank.draft()
    made(bank, AUTHOR, draft, "camt.056")
    with house.store.reading() as tx:
        (entry,) = [e for e in tx.entries.read(0, 100, act="export") if e.officer == crew[AUTHOR].id]
    event = open_private(entry.leaf, entry.private)
    assert (event.object, dict(event.details)) == (draft["id"], {"what": "camt.056"})
