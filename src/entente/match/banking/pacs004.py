"""pacs.004: money comes back. Written as 001.09, read as 09 and 10; one Returned for each payment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from entente.core.problems import Fault
from entente.match.banking.documents import take
from entente.match.banking.documents import write as write_document
from entente.match.banking.grammar import LINE, Grammar, Taking, Unfit, Values, grammar
from entente.match.banking.payments import (
    NO_AGENT,
    SHARED,
    Agent,
    Original,
    agent_in,
    agent_out,
    money_in,
    money_out,
    original_in,
    original_out,
    reasons_in,
    reasons_out,
)

NAME = "pacs.004.001.09"
_PACS = grammar(
    SHARED,
    {
        "Document": "PmtRtr",
        "PmtRtr": "GrpHdr OrgnlGrpInf:whole? TxInf* SplmtryData:any*",
        "GrpHdr": "MsgId:35 CreDtTm:moment Authstn:any*2 BtchBookg:yes-no? NbOfTxs:count CtrlSum:decimal? "
        "GrpRtr:yes-no? TtlRtrdIntrBkSttlmAmt:money? IntrBkSttlmDt:day? SttlmInf:settlement InstgAgt:agent? "
        "InstdAgt:agent?",
        "whole": "OrgnlMsgId:35 OrgnlMsgNmId:35 OrgnlCreDtTm:moment? RtrRsnInf*",
        "TxInf": "RtrId:35? OrgnlGrpInf:original? OrgnlInstrId:35? OrgnlEndToEndId:35? OrgnlTxId:35? "
        "OrgnlUETR:uetr? OrgnlClrSysRef:35? OrgnlIntrBkSttlmAmt:money? OrgnlIntrBkSttlmDt:day? "
        "RtrdIntrBkSttlmAmt:money IntrBkSttlmDt:day? SttlmPrty:any? SttlmTmIndctn:any? RtrdInstdAmt:money? "
        "XchgRate:rate? CompstnAmt:money? ChrgBr:bearer? ChrgsInf:charge* ClrSysRef:35? InstgAgt:agent? "
        "InstdAgt:agent? RtrChain:any? RtrRsnInf* OrgnlTxRef:reference? SplmtryData:any*",
        "RtrRsnInf": "Orgtr:party? Rsn? AddtlInf:105*",
        "Rsn": "Cd:return | Prtry:35",
    },
)
VERSIONS: Mapping[str, Grammar] = dict.fromkeys((NAME, "pacs.004.001.10"), _PACS)


@dataclass(frozen=True, slots=True)
class Returned:
    """One payment that came back, in whole or part. Amounts in minor units with their currency.

    `amount` is what the banks settle, `original_amount` what was paid, `instructed` what was returned before
    `charges` and at `rate`; (0, "") where it is not told. `id` is the return's own.
    """

    message: str
    created: datetime
    id: str
    original: Original
    amount: tuple[int, str]
    original_amount: tuple[int, str] = (0, "")
    original_settled: date | None = None
    settled: date | None = None
    instructed: tuple[int, str] = (0, "")
    rate: Decimal | None = None
    charges: tuple[tuple[int, str, Agent], ...] = ()
    reasons: tuple[str, ...] = ()
    own_reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    sender: Agent = NO_AGENT
    receiver: Agent = NO_AGENT
    line: int = field(default=0, compare=False)


def write(*returns: Returned, method: str = "INDA") -> bytes:
    """A message that returns one or more payments, of one message, time, sender and receiver.

    `method` is how it is settled: INDA, INGA, COVE or CLRG. Raises Unfit with every fault.
    """
    if len({(r.message, r.created, r.sender, r.receiver) for r in returns}) != 1:
        raise Unfit([Fault("message", "is not one and the same for all payments")])
    first = returns[0]
    values = {
        "PmtRtr": {
            "GrpHdr": {
                "MsgId": first.message,
                "CreDtTm": first.created,
                "NbOfTxs": len(returns),
                "SttlmInf": {"SttlmMtd": method},
                "InstgAgt": agent_out(first.sender),
                "InstdAgt": agent_out(first.receiver),
            },
            "TxInf": [_out(each) for each in returns],
        }
    }
    return write_document(NAME, _PACS, values)


def _out(back: Returned) -> Values:
    return {
        "RtrId": back.id,
        **original_out(back.original),
        "OrgnlIntrBkSttlmAmt": money_out(*back.original_amount),
        "OrgnlIntrBkSttlmDt": back.original_settled,
        "RtrdIntrBkSttlmAmt": back.amount,
        "IntrBkSttlmDt": back.settled,
        "RtrdInstdAmt": money_out(*back.instructed),
        "XchgRate": None if back.rate is None else f"{back.rate:f}",
        "ChrgsInf": [{"Amt": (n, c), "Agt": agent_out(by)} for n, c, by in back.charges],
        "RtrRsnInf": reasons_out(back.reasons, back.own_reasons, back.information),
    }


def read(data: bytes, now: datetime | None = None) -> list[Returned]:
    """Every payment that a message returns, in order.

    Raises Unfit with every fault, each with its line and field; a wrong count, a return of a whole group
    that names no payment and, where one is told, a total that is not the sum are faults too.
    """
    _, values, taking = take(data, VERSIONS, now)
    body = values.get("PmtRtr") or {}
    rows = [row for row in body.get("TxInf") or () if row]
    if values.get("PmtRtr"):
        _adds_up(body, rows, taking)
    taking.settle()
    return [_in(body, row) for row in rows]


def _adds_up(body: Values, rows: list[Values], taking: Taking) -> None:
    head = body.get("GrpHdr") or {LINE: body[LINE]}
    said = head.get("NbOfTxs")
    if not rows:
        taking.fault(body[LINE], "PmtRtr/TxInf", "is missing: a return of a whole group names no payment")
    elif said is not None and said != len(rows):
        taking.fault(head[LINE], "GrpHdr/NbOfTxs", f"says {said}, and {len(rows)} stand there")
    total = head.get("TtlRtrdIntrBkSttlmAmt")
    amounts = [row.get("RtrdIntrBkSttlmAmt") for row in rows]
    if total and all(amounts):
        currencies = {amount[1] for amount in amounts if amount}
        if currencies != {total[1]} or sum(amount[0] for amount in amounts if amount) != total[0]:
            taking.fault(head[LINE], "GrpHdr/TtlRtrdIntrBkSttlmAmt", "is not the sum of what is returned")


def _in(body: Values, row: Values) -> Returned:
    head, group = body["GrpHdr"], body.get("OrgnlGrpInf") or {}
    codes, own, lines = reasons_in(row.get("RtrRsnInf") or group.get("RtrRsnInf"))
    return Returned(
        message=head["MsgId"],
        created=head["CreDtTm"],
        id=row.get("RtrId") or "",
        original=original_in(row, group),
        amount=row["RtrdIntrBkSttlmAmt"],
        original_amount=money_in(row.get("OrgnlIntrBkSttlmAmt")),
        original_settled=row.get("OrgnlIntrBkSttlmDt"),
        settled=row.get("IntrBkSttlmDt") or head.get("IntrBkSttlmDt"),
        instructed=money_in(row.get("RtrdInstdAmt")),
        rate=row.get("XchgRate"),
        charges=tuple([(*charge["Amt"], agent_in(charge["Agt"])) for charge in row.get("ChrgsInf") or ()]),
        reasons=codes,
        own_reasons=own,
        information=lines,
        sender=agent_in(row.get("InstgAgt") or head.get("InstgAgt")),
        receiver=agent_in(row.get("InstdAgt") or head.get("InstdAgt")),
        line=row[LINE],
    )
