"""Files to try the payments room with, beside the demo's house: a statement to follow victims' payments
through, banks' messages to paste and to bring in, a pack of tagged wallets, and what must be refused.

Banks, people and accounts are invented. Wallets are hashes of words, with check sums that fit.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from entente.demo.payments_statement import CARDS, MULE, NEXT, STOLEN, VICTIM, VICTIM_2, Entry, statement
from entente.match.banking import camt029, camt056, mt
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.payments import Agent, End, Original
from entente.match.money.amounts import write_amount
from entente.match.statements.tagpacks import Tag, write_pack

PAYER, PAYEE, NEXT_BANK = Agent("ENTAXAAA"), Agent("ENTBXBBB"), Agent("ENTCXCCC")
COOPERATIVE = "Port Arven Growers' Cooperative"
MT103_UETR, ORDER_UETR = "5f3a1c8e-7d24-4b6a-9c51-0e8d2f7b6a13", "b2c94e07-1f5d-4a38-8e60-7d19c3a5f482"
OTHER_UETR = "0d7e6b52-93c1-4f0a-a2b8-6c4f1e9d8375"
THIRD = next(one for one in STOLEN if one.text == "Invoice 2026-140")
DEPOSIT = next(one for one in STOLEN if one.text.startswith("Deposit"))
WALLETS = (
    ("TVoTduRecBtm7QqLMav6Yu8AAnAppwFENt", "USDT", "Growth fund, takes deposits", "scam"),
    ("THvQScnBuSj33r3xtLeSLHuo3RGodCYCNK", "TRX", "Growth fund, collects", "scam"),
    ("19aTFT2BFBCbdiq3UkHH47o9rot3d9ybEg", "BTC", "Parcel fee by text message", "phishing"),
    ("3HZ7CUwQ52N62V1ermmWZnZiABPmQei5hq", "BTC", "Drummen Exchange, hot wallet", ""),
    ("0xF71461ff036c0609f2F32cb8Bd4b157d03Ec3F8e", "ETH", "Supplier's changed invoice", "scam"),
)
"""Address, currency, label, abuse."""


def files(now: datetime) -> dict[str, bytes]:
    """What there is to try, by path with slashes; its dates are shortly before `now`, which has a zone."""
    now = now.astimezone(UTC).replace(microsecond=0)
    good = {
        "statement.csv": statement(now),
        "MT103.txt": mt103(now),
        "pacs.008.xml": order(now),
        "camt.029 of nobody's request.xml": stray(now),
        "camt.056 of 3 payments.xml": recalls(now),
        "tagged wallets.yaml": wallets(now),
    }
    told = good | {f"refused/{name}": content for name, content in _refused(good).items()}
    return {f"payments/{name}": content for name, content in told.items()}


def mt103(now: datetime) -> bytes:
    """The cooperative's third payment, as its bank confirms it: a text to paste."""
    at = now.astimezone(UTC) - THIRD.ago
    fields = (
        ("20", ["ENTA26113007"]),
        ("23B", ["CRED"]),
        ("32A", [f"{at:%y%m%d}EUR{_comma(THIRD)}"]),
        ("50K", [f"/{VICTIM}", COOPERATIVE, "Port Arven"]),
        ("57A", [PAYEE.bic]),
        ("59", [f"/{MULE}", "Ruvo Agro Trade"]),
        ("70", [THIRD.text]),
        ("71A", ["SHA"]),
    )
    return mt.write("103", PAYER.bic, PAYEE.bic, fields, MT103_UETR).encode()


def order(now: datetime) -> bytes:
    """Another victim's payment to the same account, as pacs.008."""
    at = now.astimezone(UTC) - DEPOSIT.ago
    return ORDER.format(
        at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        day=f"{at:%Y-%m-%d}",
        amount=write_amount(DEPOSIT.cents, "EUR"),
        uetr=ORDER_UETR,
        debtor=VICTIM_2,
        creditor=MULE,
        text=DEPOSIT.text,
    ).encode()


def stray(now: datetime) -> bytes:
    """An answer to a recall that nobody here sent."""
    answer = Answer(
        assignment="ANS-2207",
        case="RCL-0815",
        assigner=PAYEE,
        assignee=PAYER,
        created=now - timedelta(minutes=45),
        confirmation="RJCR",
        status="RJCR",
        reasons=("AM04",),
        information=("The money was spent on the same day.",),
        original=Original(uetr=OTHER_UETR),
        amount=(41_250_00, "EUR"),
    )
    return camt029.write(answer)


def recalls(now: datetime) -> bytes:
    """Three payments of one victim, recalled together."""
    one = Recall(
        assignment="RCL-4460",
        case="RCL-4460",
        assigner=PAYER,
        assignee=PAYEE,
        created=now - timedelta(minutes=30),
        reason="FRAD",
        original=Original(message="PAY-4460", kind="pacs.008.001.08"),
        currency="EUR",
        settled=(now - timedelta(days=1)).date(),
        debtor=End("Oda Brunn", "XA", VICTIM_2, agent=PAYER),
        creditor=End("Ruvo Agro Trade", "XB", MULE, agent=PAYEE),
        information=("She paid for a flat that is not to let",),
    )
    other = End("Velda Nominee", "XC", NEXT, agent=NEXT_BANK)
    paid = ((1_200_00, one.creditor), (950_00, one.creditor), (3_400_00, other))
    return camt056.write(
        *[
            replace(one, amount=cents, creditor=to, original=replace(one.original, end_to_end=f"FLAT-{n}"))
            for n, (cents, to) in enumerate(paid, 1)
        ]
    )


def wallets(now: datetime) -> bytes:
    """Tags of five wallets, as GraphSense writes them."""
    head = {
        "title": "Wallets of two frauds in Arvenia",
        "creator": "Bureau of Arvenia",
        "description": "Invented, to try the room with",
    }
    tags = [
        Tag(
            address,
            label,
            currency,
            source="Police report PA-2026-0057",
            confidence="authority_data",
            category="" if abuse else "exchange",
            abuse=abuse,
            lastmod=f"{now:%Y-%m-%d}",
        )
        for address, currency, label, abuse in WALLETS
    ]
    return write_pack(head, tags)


def _refused(good: Mapping[str, bytes]) -> dict[str, bytes]:
    """One file for each sort of fault, made from a good one."""
    recall, pays, table = good["camt.056 of 3 payments.xml"], good["pacs.008.xml"], good["statement.csv"]
    pack, text = good["tagged wallets.yaml"], good["MT103.txt"]
    entity = b'<!DOCTYPE Document [<!ENTITY who SYSTEM "file:///etc/hostname">]>\n'
    head, _, rest = pays.partition(b"\n")
    return {
        "entity.xml": head + b"\n" + entity + rest.replace(b"Oda Brunn", b"&who;"),
        "unknown reason.xml": recall.replace(b"FRAD", b"XXXX"),
        "unknown message.xml": pays.replace(b"pacs.008.001.08", b"pacs.999.001.01"),
        "wrong account.xml": pays.replace(MULE.encode(), f"{MULE[:-1]}0".encode()),
        "three decimals.xml": pays.replace(b"2950.00", b"2950.001"),
        "cut short.xml": recall[: len(recall) // 2],
        "no payee.txt": b"\r\n".join(_without(text.split(b"\r\n"))),
        "lost digits.csv": table.replace(CARDS.encode(), b"2,12E+18", 1),
        "no headings.csv": b"\r\n".join(table.split(b"\r\n")[3:]),
        "a wrong row.csv": table.replace(b"41.250,00", b"41.25O,OO"),
        "a wrong wallet.yaml": pack.replace(b"THvQ", b"THvR"),
        "alias.yaml": pack.replace(b"tags:\n", b"tags: &all\n") + b"more: *all\n",
        "empty.xml": b"",
    }


def _without(lines: list[bytes]) -> list[bytes]:
    """An MT103 that does not say who is paid."""
    at = next(n for n, line in enumerate(lines) if line.startswith(b":59"))
    return lines[:at] + lines[at + 2 :]


def _comma(entry: Entry) -> str:
    return write_amount(entry.cents, "EUR").replace(".", ",")


ORDER = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08">
  <FIToFICstmrCdtTrf>
    <GrpHdr>
      <MsgId>PAY-4461</MsgId>
      <CreDtTm>{at}</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf>
    </GrpHdr>
    <CdtTrfTxInf>
      <PmtId><EndToEndId>{text}</EndToEndId><UETR>{uetr}</UETR></PmtId>
      <IntrBkSttlmAmt Ccy="EUR">{amount}</IntrBkSttlmAmt>
      <IntrBkSttlmDt>{day}</IntrBkSttlmDt>
      <ChrgBr>SHAR</ChrgBr>
      <Dbtr><Nm>Oda Brunn</Nm><PstlAdr><Ctry>XA</Ctry></PstlAdr></Dbtr>
      <DbtrAcct><Id><IBAN>{debtor}</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><BICFI>ENTAXAAA</BICFI></FinInstnId></DbtrAgt>
      <CdtrAgt><FinInstnId><BICFI>ENTBXBBB</BICFI></FinInstnId></CdtrAgt>
      <Cdtr><Nm>Ruvo Agro Trade</Nm></Cdtr>
      <CdtrAcct><Id><IBAN>{creditor}</IBAN></Id></CdtrAcct>
      <RmtInf><Ustrd>{text}</Ustrd></RmtInf>
    </CdtTrfTxInf>
  </FIToFICstmrCdtTrf>
</Document>
"""
