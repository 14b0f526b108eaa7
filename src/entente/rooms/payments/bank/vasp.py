"""What is asked of a provider of wallets (VASP), as a letter and for machines: no bank message says it.

Amounts stand in base units, as text, and as people read them; the address never without its chain. Pure.
"""

import json
import re
import textwrap
from dataclasses import asdict, dataclass
from datetime import date, datetime

from entente.match.money.chains import CHAINS
from entente.rooms.bureaus import Bureau
from entente.rooms.payments import assets
from entente.rooms.payments.intercept import Intercept

_HASH = re.compile(r"(?<![0-9a-zA-Z])(?:0x)?[0-9a-fA-F]{64}(?![0-9a-zA-Z])", re.ASCII)
"""A transaction's hash, as most chains have it; it is longer than the references of banks."""


@dataclass(frozen=True, slots=True)
class Request:
    """`units`: in the token's smallest unit, as text; `amount`: as people read it; `due`: ISO 8601."""

    reference: str
    written: str
    provider: str
    chain: str
    token: str
    address: str
    transactions: tuple[str, ...]
    units: str
    amount: str
    executed_at: str
    measure: str
    legal_basis: str
    offence: str
    confidential: bool
    due: str
    bureau: str
    desk: str
    phone: str
    email: str


def request(found: Intercept, bureau: Bureau, basis: str, due: date | None, now: datetime) -> Request:
    """What an intercept of a wallet asks, in the name of the bureau that writes."""
    form = found.form
    chain, _, token = found.asset.partition(":")
    hashes = [form.transaction_id, *_HASH.findall(form.summary)]
    requested = found.standing.ledger.requested
    return Request(
        reference=found.reference,
        written=now.isoformat(timespec="seconds"),
        provider=form.creditor.bank,
        chain=chain,
        token=token or CHAINS[chain].native,
        address=form.creditor.account,
        transactions=tuple(dict.fromkeys([said for said in hashes if said])),
        units=str(requested),
        amount=assets.write(requested, found.asset),
        executed_at=form.executed_at,
        measure=form.measure,
        legal_basis=basis or form.legal_basis,
        offence=form.offence,
        confidential=form.tip_off_forbidden,
        due=due.isoformat() if due else form.due_by,
        bureau=f"{bureau.code} {bureau.label}",
        desk=bureau.desk,
        phone=bureau.duty or bureau.phone,
        email=bureau.email,
    )


def as_json(said: Request) -> bytes:
    return json.dumps({"kind": "vasp-request", **asdict(said)}, ensure_ascii=False, indent=1).encode()


_MEASURES = {
    "trace-only": "tell us where the assets are; move nothing",
    "withhold": "hold the assets back",
    "suspend": "suspend the transaction",
    "freeze": "freeze the account to which the address belongs",
    "seize": "keep the assets for seizure",
    "return": "hold the assets so that they can be returned",
}


def letter(said: Request) -> str:
    """The same for people to read: 78 characters a line."""
    facts = [
        ("Reference", said.reference),
        ("Date", said.written),
        ("To", said.provider or "the provider of this address"),
        ("From", said.bureau),
        ("Chain and token", f"{said.chain}, {said.token}"),
        ("Address", said.address),
        *[("Transaction", one) for one in said.transactions],
        ("Amount in base units", said.units),
        ("Amount", said.amount),
        ("Executed", said.executed_at or "not known"),
        ("Legal basis", said.legal_basis),
        ("Offence", said.offence),
        ("Answer by", said.due or "as soon as you can"),
    ]
    asked = (
        f"We ask you to {_MEASURES.get(said.measure, said.measure)}. Tell us what you hold, since when and"
    )
    asked += " until when, and where assets went that are not with you any more."
    silent = "The holder of the account must not learn of this request." if said.confidential else ""
    contact = " ".join([part for part in (said.desk, said.phone, said.email) if part])
    lines = ["REQUEST TO A PROVIDER OF VIRTUAL ASSETS", ""]
    for label, value in facts:
        lines += textwrap.wrap(f"{label}: {value}", 78, break_long_words=False) if value else []
    for text in (asked, silent, f"Contact: {contact}"):
        lines += ["", *textwrap.wrap(text, 78)] if text else []
    return "\n".join(lines) + "\n"
