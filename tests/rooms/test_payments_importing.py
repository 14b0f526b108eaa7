"""Recalls and confirmations become drafts: one for each payment, all of them or none."""

from typing import Any

import pytest

from entente.core.journal import open_private
from entente.desk import House
from rooms.bank_files import MT103, answered, recalls
from rooms.intercepted import AUTHOR, HOLDER, UETR, XA_IBAN, XB_IBAN, Bank
from rooms.scene import Scene, places
from worlds.stage import Answer, Crew

ONCE = {
    "scam": "business-email",
    "reported_at": "2026-01-15T09:00:00+00:00",
    "legal_basis": "Code of Criminal Procedure of XA, section 111",
    "measure": "freeze",
    "victim_consents": True,
    "police_report": "NP-2026-0042",
    "grade": "B2",
    "ref": "case 7",
}
PACS008 = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>PAY0113</MsgId><CreDtTm>2026-01-15T08:10:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>
<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>
<CdtTrfTxInf><PmtId><InstrId>I-1</InstrId><EndToEndId>INV-2026-0113</EndToEndId><UETR>{UETR}</UETR></PmtId>
<IntrBkSttlmAmt Ccy="EUR">41250.00</IntrBkSttlmAmt><IntrBkSttlmDt>2026-01-16</IntrBkSttlmDt>
<ChrgBr>SHAR</ChrgBr>
<IntrmyAgt1><FinInstnId><BICFI>ENTCXCCC</BICFI></FinInstnId></IntrmyAgt1>
<Dbtr><Nm>Norport Shipping Ltd</Nm></Dbtr><DbtrAcct><Id><IBAN>{XA_IBAN}</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>ENTAXAAA</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><BICFI>ENTBXBBB</BICFI></FinInstnId></CdtrAgt>
<Cdtr><Nm>Ruvo Trade</Nm></Cdtr><CdtrAcct><Id><IBAN>{XB_IBAN}</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>INVOICE 113</Ustrd></RmtInf></CdtTrfTxInf>
</FIToFICstmrCdtTrf></Document>"""


@pytest.fixture
def bank(scene: Scene) -> Bank:
    return Bank(scene)


def load(bank: Bank, message: str, who: str = AUTHOR, **once: Any) -> Answer:
    said = {"message": message, "once": {**ONCE, **once}}
    return bank.scene(who, "POST", "/payments/requests/import", json=said)


def test_a_recall_of_2000_payments_is_2000_drafts(bank: Bank) -> None:
    bank.draft()
    answer = load(bank, recalls(2000).decode())
    assert answer.status == 201, answer.text[:2000]
    assert (answer.json["payments"], len(set(answer.json["drafted"])), answer.json["merged"]) == (
        2000,
        2000,
        [],
    )
    first = bank.open(AUTHOR, answer.json["drafted"][0]).json
    assert (first["state"], first["receiver"], first["amount"]) == ("draft", "XB", "1000.00")


def test_the_same_file_again_is_merged_payment_by_payment(bank: Bank) -> None:
    first, again = (load(bank, recalls(3).decode()).json for _ in range(2))
    assert (sorted(again["merged"]), again["drafted"]) == (sorted(first["drafted"]), [])
    assert [bank.open(AUTHOR, id).json["merged"] for id in first["drafted"]] == [1, 1, 1]


def test_what_the_officer_says_once_holds_for_every_payment(bank: Bank) -> None:
    told = load(bank, recalls(2, settled=None).decode(), executed_at="2026-01-15T08:00:00+00:00").json
    forms = [bank.open(AUTHOR, id).json["form"] for id in told["drafted"]]
    assert [f["ref"] for f in forms] == ["case 7/1", "case 7/2"]
    for form in forms:
        assert {name: form[name] for name in ("scam", "measure", "grade")} == {
            "scam": "business-email",
            "measure": "freeze",
            "grade": "B2",
        }
        assert form["recall"]["ref"] == "RCL-7" and form["rail"] == "swift-mx"
        assert "Invoice changed on its way" in form["summary"]
    board = bank.open(AUTHOR, told["drafted"][0]).json
    checked = bank.scene(AUTHOR, "POST", "/payments/check", json=board["form"]).json
    assert (checked["faults"], checked["missing"], checked["fast_track"]) == ([], [], True)


def test_a_day_of_settlement_is_a_span_and_no_hour(bank: Bank) -> None:
    (id,) = load(bank, recalls().decode()).json["drafted"]
    form = bank.open(AUTHOR, id).json["form"]
    assert (form["executed_at"], form["executed_until"]) == (
        "2026-01-14T00:00+00:00",
        "2026-01-14T23:59+00:00",
    )


def test_one_wrong_payment_keeps_all_out_and_its_line_is_named(bank: Bank) -> None:
    message = recalls(3).decode().replace("<TxInf>", "\n<TxInf>")
    wrong = message.replace('Ccy="EUR">1000.01<', 'Ccy="JPY">1000.01<')
    answer = load(bank, wrong)
    assert answer.status == 422 and places(answer)[0].startswith("line 4: ")
    assert "JPY" in answer.json["faults"][0]["what"]
    mistyped = message.replace(XB_IBAN, f"{XB_IBAN[:-1]}9", 1)
    assert places(load(bank, mistyped))[0].startswith("line 3: ")
    assert bank.board(AUTHOR, which="all") == []


def test_what_our_own_rules_refuse_of_a_payment_has_its_line_too(bank: Bank) -> None:
    message = recalls(2).decode().replace("<TxInf>", "\n<TxInf>")
    answer = load(bank, message, receiver="XQ", level="confidential")
    assert answer.status == 422
    assert sorted(places(answer)) == [
        "line 3: level",
        "line 3: receiver",
        "line 4: level",
        "line 4: receiver",
    ]
    assert bank.board(AUTHOR, which="all") == []


def test_a_confirmation_is_a_draft_like_any_other_and_merges_with_what_stands(bank: Bank) -> None:
    standing = bank.draft()
    told = load(bank, MT103).json
    assert (told["name"], told["drafted"], told["merged"]) == ("MT103", [], [standing["id"]])


@pytest.mark.parametrize(("message", "rail"), [(MT103, "swift-mt"), (PACS008, "swift-mx")])
def test_a_pasted_confirmation_fills_the_form(bank: Bank, message: str, rail: str) -> None:
    answer = bank.scene(AUTHOR, "POST", "/payments/prefill", json={"text": message})
    assert answer.status == 200, answer.text
    form = answer.json["form"]
    assert (form["amount"], form["currency"], form["uetr"], form["rail"]) == ("41250.00", "EUR", UETR, rail)
    assert form["debtor"] == form["debtor"] | {
        "name": "Norport Shipping Ltd",
        "account": XA_IBAN,
        "bic": "ENTAXAAA",
    }
    assert form["creditor"] == form["creditor"] | {
        "name": "Ruvo Trade",
        "account": XB_IBAN,
        "bic": "ENTBXBBB",
    }
    assert (form["end_to_end_id"], form["message_id"]) == ("INV-2026-0113", "PAY0113")
    assert "INVOICE 113" in form["summary"]
    checked = bank.scene(AUTHOR, "POST", "/payments/check", json=form).json
    assert (checked["faults"], checked["receiver"]) == ([], "XB")
    assert bank.board(AUTHOR, which="all") == []


def test_the_hour_of_an_order_is_known_and_its_bank_in_between_too(bank: Bank) -> None:
    form = bank.scene(AUTHOR, "POST", "/payments/prefill", json={"text": PACS008}).json["form"]
    assert (form["executed_at"], form["executed_until"]) == ("2026-01-15T08:10:00+00:00", "")
    assert form["intermediaries"] == [{"bic": "ENTCXCCC", "name": "", "role": ""}]


@pytest.mark.parametrize("text", ["Please stop my payment!", answered("CASE").decode(), recalls(2).decode()])
def test_what_is_no_single_payment_fills_no_form(bank: Bank, text: str) -> None:
    answer = bank.scene(AUTHOR, "POST", "/payments/prefill", json={"text": text})
    assert answer.status == 422 and answer.json["faults"][0]["do"]


def test_only_whom_intercepts_are_for_imports_and_drafts_are_his_bureau_s(bank: Bank) -> None:
    assert load(bank, recalls().decode(), who="XA contributor").status == 403
    (id,) = load(bank, recalls().decode()).json["drafted"]
    assert bank.open(HOLDER, id).status == 404


def test_an_import_is_in_the_journal(bank: Bank, house: House, crew: Crew) -> None:
    load(bank, recalls(3).decode())
    with house.store.reading() as tx:
        (entry,) = [e for e in tx.entries.read(0, 100, act="load") if e.officer == crew[AUTHOR].id]
    details = open_private(entry.leaf, entry.private).details
    assert (details["what"], details["records"], details["merged"]) == ("camt.056.001.08", 3, 0)
