"""pacs.002 and pacs.028: how a payment stands, and the question. The first is read (001.10), the second
written (03)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from entente.match.banking.documents import take
from entente.match.banking.documents import write as write_document
from entente.match.banking.grammar import LINE, Grammar, Values, grammar
from entente.match.banking.payments import (
    NO_AGENT,
    SHARED,
    Agent,
    Original,
    agent_in,
    agent_out,
    original_in,
    original_out,
    reasons_in,
)

_HEAD = {"GrpHdr": "MsgId:35 CreDtTm:moment InstgAgt:agent? InstdAgt:agent?"}
VERSIONS: Mapping[str, Grammar] = {
    "pacs.002.001.10": grammar(
        SHARED,
        _HEAD,
        {
            "Document": "FIToFIPmtStsRpt",
            "FIToFIPmtStsRpt": "GrpHdr OrgnlGrpInfAndSts* TxInfAndSts* SplmtryData:any*",
            "OrgnlGrpInfAndSts": "OrgnlMsgId:35 OrgnlMsgNmId:35 OrgnlCreDtTm:moment? OrgnlNbOfTxs:count? "
            "OrgnlCtrlSum:decimal? GrpSts:payment? StsRsnInf* NbOfTxsPerSts:any*",
            "TxInfAndSts": "StsId:35? OrgnlGrpInf:original? OrgnlInstrId:35? OrgnlEndToEndId:35? "
            "OrgnlTxId:35? "
            "OrgnlUETR:uetr? TxSts:payment? StsRsnInf* ChrgsInf:charge* AccptncDtTm:moment? "
            "FctvIntrBkSttlmDt:any? AcctSvcrRef:35? ClrSysRef:35? InstgAgt:agent? InstdAgt:agent? "
            "OrgnlTxRef:reference? SplmtryData:any*",
            "StsRsnInf": "Orgtr:party? Rsn? AddtlInf:105*",
            "Rsn": "Cd:code | Prtry:35",
        },
    )
}
ASKED = "pacs.028.001.03"
_ASKED = grammar(
    SHARED,
    _HEAD,
    {
        "Document": "FIToFIPmtStsReq",
        "FIToFIPmtStsReq": "GrpHdr TxInf",
        "TxInf": "StsReqId:35? OrgnlGrpInf:original? OrgnlInstrId:35? OrgnlEndToEndId:35? OrgnlTxId:35? "
        "OrgnlUETR:uetr?",
    },
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one payment stands, or a group of them where no payment is named. `status`: `codes.PAYMENT`."""

    message: str
    created: datetime
    status: str
    original: Original
    reasons: tuple[str, ...] = ()
    own_reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    sender: Agent = NO_AGENT
    accepted: datetime | None = None
    line: int = field(default=0, compare=False)


def read(data: bytes, now: datetime | None = None) -> list[Standing]:
    """How each payment of a report stands, in order; groups come first. Raises Unfit with every fault."""
    _, values, taking = take(data, VERSIONS, now)
    body = values.get("FIToFIPmtStsRpt") or {}
    groups = [group for group in body.get("OrgnlGrpInfAndSts") or () if group]
    rows = [row for row in body.get("TxInfAndSts") or () if row]
    told = [{**group, "OrgnlGrpInf": group, "TxSts": group.get("GrpSts")} for group in groups]
    told = [group for group in told if group["TxSts"]] + rows
    if not told and not taking.faults:
        taking.fault(body[LINE], "FIToFIPmtStsRpt/TxInfAndSts", "is missing: nothing is said of any payment")
    taking.settle()
    only = groups[0] if len(groups) == 1 else {}
    return [_in(body["GrpHdr"], only, row) for row in told]


def _in(head: Values, group: Values, row: Values) -> Standing:
    codes, own, lines = reasons_in(row.get("StsRsnInf"))
    return Standing(
        message=head["MsgId"],
        created=head["CreDtTm"],
        status=row.get("TxSts") or group.get("GrpSts") or "",
        original=original_in(row, group),
        reasons=codes,
        own_reasons=own,
        information=lines,
        sender=agent_in(row.get("InstgAgt") or head.get("InstgAgt")),
        accepted=row.get("AccptncDtTm"),
        line=row[LINE],
    )


def ask(message: str, created: datetime, original: Original, sender: Agent, receiver: Agent) -> bytes:
    """A pacs.028.001.03 that asks how a payment stands. Raises Unfit with every fault."""
    values = {
        "FIToFIPmtStsReq": {
            "GrpHdr": {
                "MsgId": message,
                "CreDtTm": created,
                "InstgAgt": agent_out(sender),
                "InstdAgt": agent_out(receiver),
            },
            "TxInf": {"StsReqId": message, **original_out(original)},
        }
    }
    return write_document(ASKED, _ASKED, values)
