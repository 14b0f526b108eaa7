"""camt.056: a bank asks the next bank to cancel or give back payments. Written as 001.08, read as 08, 09 and
11.

One message may recall up to 2,000 payments; each becomes a Recall of its own, all of them or none.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from entente.core.problems import Fault
from entente.match.banking.checking import bic
from entente.match.banking.documents import take
from entente.match.banking.documents import write as write_document
from entente.match.banking.grammar import LINE, Grammar, Taking, Unfit, Values, grammar
from entente.match.banking.payments import (
    NO_END,
    SHARED,
    Agent,
    End,
    Original,
    agent_in,
    agent_out,
    ends_in,
    money_in,
    money_out,
    original_in,
    original_out,
    reasons_in,
    reasons_out,
    reference_out,
)

NAME = "camt.056.001.08"
MOST_PAYMENTS = 2_000
_CAMT = grammar(
    SHARED,
    {
        "Document": "FIToFIPmtCxlReq",
        "FIToFIPmtCxlReq": "Assgnmt:assignment Case:case? CtrlData? Undrlyg+ SplmtryData:any*",
        "CtrlData": "NbOfTxs:count CtrlSum:decimal?",
        "Undrlyg": "OrgnlGrpInfAndCxl? TxInf*",
        "OrgnlGrpInfAndCxl": "GrpCxlId:35? Case:case? OrgnlMsgId:35 OrgnlMsgNmId:35 OrgnlCreDtTm:moment? "
        "NbOfTxs:count? CtrlSum:decimal? GrpCxl:yes-no? CxlRsnInf*",
        "TxInf": "CxlId:35? Case:case? OrgnlGrpInf:original? OrgnlInstrId:35? OrgnlEndToEndId:35? "
        "OrgnlTxId:35? "
        "OrgnlUETR:uetr? OrgnlClrSysRef:35? OrgnlIntrBkSttlmAmt:money? OrgnlIntrBkSttlmDt:date? "
        "Assgnr:agent? "
        "Assgne:agent? CxlRsnInf* OrgnlTxRef:reference? SplmtryData:any*",
        "CxlRsnInf": "Orgtr:party? Rsn? AddtlInf:105*",
        "Rsn": "Cd:cancellation | Prtry:35",
    },
)
VERSIONS: Mapping[str, Grammar] = dict.fromkeys((NAME, "camt.056.001.09", "camt.056.001.11"), _CAMT)
_THROUGH = "/INTM/"
"""Begins a line of text that names a bank between the two: OrgnlTxRef has no element for it."""


@dataclass(frozen=True, slots=True)
class Recall:
    """One payment that is to be cancelled. `amount` in minor units; `line`: where it stood in the file.

    `assignment` names the message, `case` the case (35 characters each); `reason` is a code of
    `codes.CANCELLATION`, `own_reason` words in its place; lines of `information` have at most 105 characters.
    """

    assignment: str
    case: str
    assigner: Agent
    assignee: Agent
    created: datetime
    reason: str
    original: Original
    amount: int = 0
    currency: str = ""
    settled: date | None = None
    debtor: End = NO_END
    creditor: End = NO_END
    intermediaries: tuple[Agent, ...] = ()
    information: tuple[str, ...] = ()
    own_reason: str = ""
    line: int = field(default=0, compare=False)


def write(*recalls: Recall) -> bytes:
    """A message that recalls one or more payments, which share assignment, assigner, assignee and time.

    Raises Unfit with every fault: rules of values, no payment, too many, payments of several messages.
    """
    heads = {(r.assignment, r.assigner, r.assignee, r.created) for r in recalls}
    if len(heads) != 1:
        raise Unfit([Fault("assignment", "is not one and the same for all payments")])
    if len(recalls) > MOST_PAYMENTS:
        raise Unfit([Fault("TxInf", f"stands here {len(recalls)} times; at most {MOST_PAYMENTS} fit")])
    if faults := list(_beyond(recalls)):
        raise Unfit(faults)
    first = recalls[0]
    values = {
        "FIToFIPmtCxlReq": {
            "Assgnmt": {
                "Id": first.assignment,
                "Assgnr": {"Agt": agent_out(first.assigner)},
                "Assgne": {"Agt": agent_out(first.assignee)},
                "CreDtTm": first.created,
            },
            "CtrlData": {"NbOfTxs": len(recalls)},
            "Undrlyg": [{"TxInf": [_out(recall) for recall in recalls]}],
        }
    }
    return write_document(NAME, _CAMT, values)


_NAMELESS = "names no payment: give its UETR, or its end-to-end, transaction or instruction id"
_NO_REASON = "is missing: a recall says why"


def _beyond(recalls: Sequence[Recall]) -> Iterator[Fault]:
    """What of the payments is wrong, though each of their values may be right."""
    seen: dict[Hashable, int] = {}
    for number, recall in enumerate(recalls, 1):
        if not (recall.reason or recall.own_reason):
            yield Fault(f"TxInf[{number}]/CxlRsnInf/Rsn", _NO_REASON)
        amount = money_out(recall.amount, recall.currency)
        key = _key(recall.original, amount, (recall.debtor, recall.creditor))
        if not key:
            yield Fault(f"TxInf[{number}]", _NAMELESS)
        elif (first := seen.setdefault(key, number)) != number:
            yield Fault(f"TxInf[{number}]", f"is the payment TxInf[{first}] again")


def _key(named: Original, amount: tuple[int, str] | None, ends: tuple[End, End]) -> Hashable:
    """What tells a payment from every other: its UETR, or all that is said of it; None where it has no
    name."""
    if named.uetr:
        return named.uetr
    return (named, amount, ends) if named.end_to_end or named.transaction or named.instruction else None


def _out(recall: Recall) -> Values:
    through = [f"{_THROUGH}{a.bic or a.name}" for a in recall.intermediaries]
    return {
        "Case": {"Id": recall.case, "Cretr": {"Agt": agent_out(recall.assigner)}},
        **original_out(recall.original),
        "OrgnlIntrBkSttlmAmt": money_out(recall.amount, recall.currency),
        "OrgnlIntrBkSttlmDt": recall.settled,
        "CxlRsnInf": reasons_out(
            (recall.reason,) if recall.reason else (),
            (recall.own_reason,) if recall.own_reason else (),
            (*recall.information, *through),
        ),
        "OrgnlTxRef": reference_out(recall.debtor, recall.creditor),
    }


def read(data: bytes, now: datetime | None = None) -> list[Recall]:
    """Every payment that a message recalls, in order.

    Raises Unfit with every fault, each with its line and field: XML and structure, rules of values, a payment
    that is not named, one that stands there twice, a wrong count, and with `now` a date that has not come.
    """
    _, values, taking = take(data, VERSIONS, now)
    body = values.get("FIToFIPmtCxlReq") or {}
    rows = [(group, row) for group in body.get("Undrlyg") or () if group for row in _rows(group, taking)]
    _count(body, rows, taking)
    _once(rows, taking)
    taking.settle()
    return [_in(body, group, row) for group, row in rows]


def _rows(group: Values, taking: Taking) -> Sequence[Values]:
    rows = [row for row in group.get("TxInf") or () if row]
    if not rows:
        what = "cancels a whole group and names no payment in it; ask for one that names each"
        taking.fault(group[LINE], "Undrlyg/TxInf", what)
    return rows


def _count(body: Values, rows: Sequence[tuple[Values, Values]], taking: Taking) -> None:
    control = body.get("CtrlData") or {}
    said = control.get("NbOfTxs")
    if said is not None and said != len(rows):
        taking.fault(control[LINE], "CtrlData/NbOfTxs", f"says {said}, and {len(rows)} stand there")
    if len(rows) > MOST_PAYMENTS:
        what = f"stands here {len(rows)} times; at most {MOST_PAYMENTS} are read"
        taking.fault(body[LINE], "Undrlyg/TxInf", what)


def _once(rows: Sequence[tuple[Values, Values]], taking: Taking) -> None:
    """Each payment has a reason and a name, and stands there once."""
    seen: dict[Hashable, tuple[int, int]] = {}
    for number, (group, row) in enumerate(rows, 1):
        path = f"Undrlyg/TxInf[{number}]"
        whole = group.get("OrgnlGrpInfAndCxl") or {}
        if not any(each and "Rsn" in each for each in row.get("CxlRsnInf") or whole.get("CxlRsnInf") or ()):
            taking.fault(row[LINE], f"{path}/CxlRsnInf/Rsn", _NO_REASON)
        key = _key(original_in(row, whole), row.get("OrgnlIntrBkSttlmAmt"), ends_in(row.get("OrgnlTxRef")))
        if key:
            first, line = seen.setdefault(key, (number, row[LINE]))
            if first != number:
                taking.fault(row[LINE], path, f"is the payment TxInf[{first}] of line {line} again")
        elif not _NAMES & row.keys():
            taking.fault(row[LINE], path, _NAMELESS)


_NAMES = frozenset({"OrgnlUETR", "OrgnlEndToEndId", "OrgnlTxId", "OrgnlInstrId"})


def _in(body: Values, group: Values, row: Values) -> Recall:
    head = body["Assgnmt"]
    whole = group.get("OrgnlGrpInfAndCxl") or {}
    codes, own, lines = reasons_in(row.get("CxlRsnInf") or whole.get("CxlRsnInf"))
    reference = row.get("OrgnlTxRef") or {}
    debtor, creditor = ends_in(reference)
    amount, currency = money_in(row.get("OrgnlIntrBkSttlmAmt") or reference.get("IntrBkSttlmAmt"))
    through = [line.removeprefix(_THROUGH) for line in lines if line.startswith(_THROUGH)]
    case = row.get("Case") or whole.get("Case") or body.get("Case") or {}
    return Recall(
        assignment=head["Id"],
        case=case.get("Id") or "",
        assigner=agent_in(row.get("Assgnr") or head["Assgnr"]),
        assignee=agent_in(row.get("Assgne") or head["Assgne"]),
        created=head["CreDtTm"],
        reason=next(iter(codes), ""),
        own_reason=next(iter(own), ""),
        original=original_in(row, whole),
        amount=amount,
        currency=currency,
        settled=row.get("OrgnlIntrBkSttlmDt") or reference.get("IntrBkSttlmDt"),
        debtor=debtor,
        creditor=creditor,
        intermediaries=tuple([_through(said) for said in through]),
        information=tuple([line for line in lines if not line.startswith(_THROUGH)]),
        line=row[LINE],
    )


def _through(said: str) -> Agent:
    try:
        return Agent(bic(said))
    except ValueError:
        return Agent(name=said)
