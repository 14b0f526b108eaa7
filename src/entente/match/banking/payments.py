"""A payment between two ends, as every message about it tells it; and the parts that all messages share.

Amounts are whole minor units with their currency (`match.money.amounts`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from entente.match.banking.grammar import Values


@dataclass(frozen=True, slots=True)
class Agent:
    """A bank: its BIC, or its name and country where nobody knows that. `member`: its number at a clearing
    house."""

    bic: str = ""
    name: str = ""
    country: str = ""
    member: str = ""


NO_AGENT = Agent()


@dataclass(frozen=True, slots=True)
class End:
    """Who pays or is paid, from or on which account. `account` is an IBAN or, with `scheme`, another number.

    `scheme` is a code of ISO 20022 ("BBAN") or, longer than four characters, words of the bank's own.
    """

    name: str = ""
    country: str = ""
    iban: str = ""
    account: str = ""
    scheme: str = ""
    agent: Agent = NO_AGENT


NO_END = End()


@dataclass(frozen=True, slots=True)
class Original:
    """By what a message names the payment that it is about. `message` and `kind`: what it came in
    ("pacs.008")."""

    message: str = ""
    kind: str = ""
    instruction: str = ""
    end_to_end: str = ""
    transaction: str = ""
    uetr: str = ""


NO_ORIGINAL = Original()


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that was ordered: facts for a request. `ordered`, `settled`: when, as far as told."""

    original: Original
    amount: int
    currency: str
    debtor: End
    creditor: End
    settled: date | None = None
    ordered: datetime | None = None
    instructed: tuple[int, str] | None = None
    rate: Decimal | None = None
    intermediaries: tuple[Agent, ...] = ()
    bearer: str = ""
    remittance: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


SHARED: Mapping[str, str] = {
    "agent": "FinInstnId:institution BrnchId:any?",
    "institution": "BICFI:bic? ClrSysMmbId:member? LEI:lei? Nm:140? PstlAdr:address? Othr:any?",
    "member": "ClrSysId:any? MmbId:35",
    "address": "AdrTp:any? CareOf:140? Dept:70? SubDept:70? StrtNm:140? BldgNb:16? BldgNm:140? Flr:70? "
    "UnitNb:16? "
    "PstBx:16? Room:70? PstCd:16? TwnNm:140? TwnLctnNm:140? DstrctNm:140? CtrySubDvsn:35? Ctry:country? "
    "AdrLine:70*7",
    "party": "Nm:140? PstlAdr:address? Id:any? CtryOfRes:country? CtctDtls:any?",
    "either": "Pty:party | Agt:agent",
    "account": "Id:number Tp:any? Ccy:currency? Nm:70? Prxy:any?",
    "number": "IBAN:iban | Othr:other",
    "other": "Id:34 SchmeNm:scheme? Issr:35?",
    "scheme": "Cd:account-scheme | Prtry:35",
    "assignment": "Id:35 Assgnr:either Assgne:either CreDtTm:moment",
    "case": "Id:35 Cretr:either ReopCaseIndctn:yes-no?",
    "original": "OrgnlMsgId:35 OrgnlMsgNmId:35 OrgnlCreDtTm:moment?",
    # What an answer repeats of the payment; the versions of a message differ only inside what is "any" here.
    "reference": "IntrBkSttlmAmt:money? Amt:any? IntrBkSttlmDt:day? ReqdColltnDt:any? ReqdExctnDt:any? "
    "CdtrSchmeId:any? SttlmInf:any? PmtTpInf:any? PmtMtd:any? MndtRltdInf:any? RmtInf:any? UltmtDbtr:either? "
    "Dbtr:either? DbtrAcct:account? DbtrAgt:agent? DbtrAgtAcct:any? CdtrAgt:agent? CdtrAgtAcct:any? "
    "Cdtr:either? "
    "CdtrAcct:account? UltmtCdtr:either? Purp:any?",
    "settlement": "SttlmMtd:method SttlmAcct:any? ClrSys:any? InstgRmbrsmntAgt:any? "
    "InstgRmbrsmntAgtAcct:any? "
    "InstdRmbrsmntAgt:any? InstdRmbrsmntAgtAcct:any? ThrdRmbrsmntAgt:any? ThrdRmbrsmntAgtAcct:any?",
    "charge": "Amt:money Agt:agent AgtAcct:any? Tp:any?",
}


# --- from and to the values of a grammar ---------------------------------------------------------


def agent_in(values: Values | None) -> Agent:
    """An agent, or a party that stands in an agent's place."""
    if not values:
        return Agent()
    if "Pty" in values:
        party = values["Pty"] or {}
        return Agent("", party.get("Nm") or "", _country(party))
    inside = (values.get("Agt") or values).get("FinInstnId") or {}
    member = (inside.get("ClrSysMmbId") or {}).get("MmbId") or ""
    return Agent(inside.get("BICFI") or "", inside.get("Nm") or "", _country(inside), member)


def agent_out(agent: Agent) -> Values:
    return {
        "FinInstnId": {
            "BICFI": agent.bic,
            "ClrSysMmbId": {"MmbId": agent.member},
            "Nm": agent.name,
            "PstlAdr": {"Ctry": agent.country},
        }
    }


def end_in(party: Values | None, account: Values | None, agent: Values | None) -> End:
    """One end from its three elements, of which each may be missing."""
    party = party or {}
    bank = agent_in(party) if party.get("Agt") else Agent()  # a bank that pays on its own behalf
    who = party.get("Pty") or party
    number = (account or {}).get("Id") or {}
    other = number.get("Othr") or {}
    scheme = other.get("SchmeNm") or {}
    return End(
        name=bank.name or bank.bic or who.get("Nm") or "",
        country=bank.country or _country(who),
        iban=number.get("IBAN") or "",
        account=other.get("Id") or "",
        scheme=scheme.get("Cd") or scheme.get("Prtry") or "",
        agent=agent_in(agent),
    )


def party_out(end: End) -> Values:
    return {"Nm": end.name, "PstlAdr": {"Ctry": end.country}}


def account_out(end: End) -> Values:
    named = "Cd" if len(end.scheme) <= 4 else "Prtry"
    other = {"Id": end.account, "SchmeNm": {named: end.scheme}} if end.account else {}
    return {"Id": {"IBAN": end.iban, "Othr": other}}


def reference_out(debtor: End, creditor: End) -> Values:
    """Both ends as OrgnlTxRef has them."""
    return {
        "Dbtr": {"Pty": party_out(debtor)},
        "DbtrAcct": account_out(debtor),
        "DbtrAgt": agent_out(debtor.agent),
        "CdtrAgt": agent_out(creditor.agent),
        "Cdtr": {"Pty": party_out(creditor)},
        "CdtrAcct": account_out(creditor),
    }


def ends_in(values: Values | None) -> tuple[End, End]:
    """Debtor and creditor of a reference or an order."""
    values = values or {}
    debtor, creditor = (
        end_in(values.get(name), values.get(f"{name}Acct"), values.get(f"{name}Agt"))
        for name in ("Dbtr", "Cdtr")
    )
    return debtor, creditor


def original_in(values: Values, group: Values | None = None) -> Original:
    """The payment's names as OrgnlInstrId and its like tell them; `group` fills in what the payment leaves
    out."""
    named = values.get("OrgnlGrpInf") or group or {}
    return Original(
        message=named.get("OrgnlMsgId") or "",
        kind=named.get("OrgnlMsgNmId") or "",
        instruction=values.get("OrgnlInstrId") or "",
        end_to_end=values.get("OrgnlEndToEndId") or "",
        transaction=values.get("OrgnlTxId") or "",
        uetr=values.get("OrgnlUETR") or "",
    )


def original_out(original: Original) -> Values:
    return {
        "OrgnlGrpInf": {"OrgnlMsgId": original.message, "OrgnlMsgNmId": original.kind},
        "OrgnlInstrId": original.instruction,
        "OrgnlEndToEndId": original.end_to_end,
        "OrgnlTxId": original.transaction,
        "OrgnlUETR": original.uetr,
    }


def money_in(value: Any) -> tuple[int, str]:
    """(minor units, currency); (0, "") where none is told."""
    return value or (0, "")


def money_out(amount: int, currency: str) -> tuple[int, str] | None:
    return (amount, currency) if amount or currency else None


def reasons_in(stated: list[Values] | None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Codes, proprietary reasons and lines of text of one or more reason elements."""
    stated = stated or []
    reasons = [each.get("Rsn") or {} for each in stated]
    return (
        tuple([r["Cd"] for r in reasons if r.get("Cd")]),
        tuple([r["Prtry"] for r in reasons if r.get("Prtry")]),
        tuple([line for each in stated for line in each.get("AddtlInf") or () if line]),
    )


def reasons_out(codes: tuple[str, ...], own: tuple[str, ...], information: tuple[str, ...]) -> list[Values]:
    """Reason elements: one for each code and proprietary reason, the text with the first."""
    stated: list[Values] = [{"Rsn": {"Cd": c}} for c in codes] + [{"Rsn": {"Prtry": c}} for c in own]
    if information:
        stated = stated or [{}]
        stated[0] = {**stated[0], "AddtlInf": list(information)}
    return stated


def _country(values: Values) -> str:
    return (values.get("PstlAdr") or {}).get("Ctry") or values.get("CtryOfRes") or ""
