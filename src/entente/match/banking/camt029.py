"""camt.029: how an inquiry ended, among them the recall of a payment. Written as 001.09, read as 09, 10 and
13.

An answer that names no payment answers the whole case. What a bank sends beside answers to recalls (changes,
statements, non-receipt) is taken for its case and status, and its details are not looked into.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from entente.core.problems import Fault
from entente.match.banking.documents import take
from entente.match.banking.documents import write as write_document
from entente.match.banking.grammar import LINE, Grammar, Taking, Unfit, Values, grammar
from entente.match.banking.payments import (
    NO_ORIGINAL,
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

NAME = "camt.029.001.09"
_CAMT = grammar(
    SHARED,
    {
        "Document": "RsltnOfInvstgtn",
        "RsltnOfInvstgtn": "Assgnmt:assignment RslvdCase:case? Sts CxlDtls* ModDtls:any? ClmNonRctDtls:any? "
        "StmtDtls:any? CrrctnTx:any? RsltnRltdInf? SplmtryData:any*",
        "Sts": "Conf:confirmation | RjctdMod:any* | DplctOf:case | AssgnmtCxlConf:yes-no",
        "CxlDtls": "OrgnlGrpInfAndSts? OrgnlPmtInfAndSts:any* TxInfAndSts*",
        "OrgnlGrpInfAndSts": "OrgnlGrpCxlId:35? RslvdCase:case? OrgnlMsgId:35 OrgnlMsgNmId:35 "
        "OrgnlCreDtTm:moment? OrgnlNbOfTxs:count? OrgnlCtrlSum:decimal? GrpCxlSts:group? CxlStsRsnInf* "
        "NbOfTxsPerCxlSts:any*",
        "TxInfAndSts": "CxlStsId:35? RslvdCase:case? OrgnlGrpInf:original? OrgnlInstrId:35? "
        "OrgnlEndToEndId:35? "
        "OrgnlTxId:35? OrgnlClrSysRef:35? OrgnlUETR:uetr? TxCxlSts:transaction? CxlStsRsnInf* RsltnRltdInf? "
        "OrgnlIntrBkSttlmAmt:money? OrgnlIntrBkSttlmDt:day? Assgnr:either? Assgne:either? "
        "OrgnlTxRef:reference?",
        "CxlStsRsnInf": "Orgtr:party? Rsn? AddtlInf:105*",
        "Rsn": "Cd:rejection | Prtry:35",
        "RsltnRltdInf": "EndToEndId:35? TxId:35? UETR:uetr? IntrBkSttlmAmt:money? IntrBkSttlmDt:day? "
        "ClrChanl:any? Compstn:any? Chrgs:charge*",
    },
)
VERSIONS: Mapping[str, Grammar] = dict.fromkeys((NAME, "camt.029.001.10", "camt.029.001.13"), _CAMT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a recall. `confirmation`: `codes.CONFIRMATION`, of the whole; `status`: of this payment.

    `amount` is what was recalled, `resolved` what the answer gives back, both in minor units of their
    currency and (0, "") where it is not told; `charges` are taken by the banks named.
    """

    assignment: str
    case: str
    assigner: Agent
    assignee: Agent
    created: datetime
    confirmation: str = ""
    status: str = ""
    reasons: tuple[str, ...] = ()
    own_reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    original: Original = NO_ORIGINAL
    amount: tuple[int, str] = (0, "")
    settled: date | None = None
    resolved: tuple[int, str] = (0, "")
    resolved_on: date | None = None
    charges: tuple[tuple[int, str, Agent], ...] = ()
    line: int = field(default=0, compare=False)


def write(*answers: Answer) -> bytes:
    """A message that answers one case, for one or more of its payments. Raises Unfit with every fault."""
    heads = {(a.assignment, a.case, a.assigner, a.assignee, a.created, a.confirmation) for a in answers}
    if len(heads) != 1:
        raise Unfit([Fault("case", "is not one and the same, with one status, for all payments")])
    first = answers[0]
    rows = [_out(answer) for answer in answers]
    values = {
        "RsltnOfInvstgtn": {
            "Assgnmt": {
                "Id": first.assignment,
                "Assgnr": {"Agt": agent_out(first.assigner)},
                "Assgne": {"Agt": agent_out(first.assignee)},
                "CreDtTm": first.created,
            },
            # Who opened the case is who is answered.
            "RslvdCase": {"Id": first.case, "Cretr": {"Agt": agent_out(first.assignee)}}
            if first.case
            else {},
            "Sts": {"Conf": first.confirmation},
            "CxlDtls": [{"TxInfAndSts": rows}],
        }
    }
    return write_document(NAME, _CAMT, values)


def _out(answer: Answer) -> Values:
    return {
        **original_out(answer.original),
        "TxCxlSts": answer.status,
        "CxlStsRsnInf": reasons_out(answer.reasons, answer.own_reasons, answer.information),
        "RsltnRltdInf": {
            "IntrBkSttlmAmt": money_out(*answer.resolved),
            "IntrBkSttlmDt": answer.resolved_on,
            "Chrgs": [{"Amt": (n, c), "Agt": agent_out(by)} for n, c, by in answer.charges],
        },
        "OrgnlIntrBkSttlmAmt": money_out(*answer.amount),
        "OrgnlIntrBkSttlmDt": answer.settled,
    }


def read(data: bytes, now: datetime | None = None) -> list[Answer]:
    """The answers of a message in order: one for each payment that it names, else one for the case.

    Raises Unfit with every fault, each with its line and field.
    """
    _, values, taking = take(data, VERSIONS, now)
    body = values.get("RsltnOfInvstgtn") or {}
    rows = [
        (group, row)
        for group in body.get("CxlDtls") or ()
        if group
        for row in (*_whole(group), *(group.get("TxInfAndSts") or ()))
        if row
    ]
    if values.get("RsltnOfInvstgtn"):
        _about_something(body, rows, taking)
    taking.settle()
    return [_in(body, group, row) for group, row in rows] or [_in(body, {}, {LINE: body[LINE]})]


def _whole(group: Values) -> list[Values]:
    """A group's own status as a row of its own, where it has one and its payments are not told singly."""
    whole = group.get("OrgnlGrpInfAndSts") or {}
    if group.get("TxInfAndSts") or not whole:
        return []
    return [{**whole, "TxCxlSts": whole.get("GrpCxlSts"), "OrgnlGrpInf": whole}]


def _about_something(body: Values, rows: list[tuple[Values, Values]], taking: Taking) -> None:
    """An answer belongs to a case or to a payment with a name, or nobody can tell what it answers."""
    if not body.get("RslvdCase") and not rows:
        taking.fault(body[LINE], "RsltnOfInvstgtn/RslvdCase", "is missing, and no payment is named either")


def _in(body: Values, group: Values, row: Values) -> Answer:
    head, sts = body["Assgnmt"], body["Sts"]
    whole = group.get("OrgnlGrpInfAndSts") or {}
    codes, own, lines = reasons_in(row.get("CxlStsRsnInf") or whole.get("CxlStsRsnInf"))
    resolution = row.get("RsltnRltdInf") or body.get("RsltnRltdInf") or {}
    reference = row.get("OrgnlTxRef") or {}
    case = row.get("RslvdCase") or whole.get("RslvdCase") or body.get("RslvdCase") or sts.get("DplctOf") or {}
    return Answer(
        assignment=head["Id"],
        case=case.get("Id") or "",
        assigner=agent_in(row.get("Assgnr") or head["Assgnr"]),
        assignee=agent_in(row.get("Assgne") or head["Assgne"]),
        created=head["CreDtTm"],
        confirmation=sts.get("Conf") or "",
        status=row.get("TxCxlSts") or "",
        reasons=codes,
        own_reasons=own,
        information=lines,
        original=original_in(row, whole),
        amount=money_in(row.get("OrgnlIntrBkSttlmAmt") or reference.get("IntrBkSttlmAmt")),
        settled=row.get("OrgnlIntrBkSttlmDt") or reference.get("IntrBkSttlmDt"),
        resolved=money_in(resolution.get("IntrBkSttlmAmt")),
        resolved_on=resolution.get("IntrBkSttlmDt"),
        charges=tuple(
            [(*charge["Amt"], agent_in(charge["Agt"])) for charge in resolution.get("Chrgs") or ()]
        ),
        line=row[LINE],
    )
