"""auth.001, 002 and 003: an authority asks a bank about an account, a customer, a card or a payment; the bank
answers; the authority lifts or sets the duty to keep silent. Versions 001.01, read and written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from entente.core.problems import Fault
from entente.match.banking.documents import take
from entente.match.banking.documents import write as write_document
from entente.match.banking.grammar import LINE, Grammar, Taking, Unfit, Values, grammar
from entente.match.banking.payments import (
    NO_END,
    SHARED,
    End,
    account_out,
    agent_out,
    end_in,
    party_out,
)

OPENING, RESPONSE, CHANGE = "auth.001.001.01", "auth.002.001.01", "auth.003.001.01"
_AUTH = grammar(
    SHARED,
    {
        "InfReqOpng": "InvstgtnId:35 LglMndtBsis CnfdtltySts:yes-no DueDt:due? InvstgtnPrd:period SchCrit "
        "SplmtryData:any*",
        "LglMndtBsis": "Prgrph:35 Dsclmr:350?",
        "due": "DueDt:day? AddtlInf:140?",
        "period": "Dt:days | DtTm:times",
        "days": "FrDt:day ToDt:day",
        "times": "FrDtTm:time ToDtTm:time",
        "SchCrit": "Acct:held | CstmrId | PmtInstrm | OrgnlTxNb*",
        "held": "Id:cash InvstgtdPties:who AuthrtyReqTp:what+",
        "cash": "Id:number Tp:any? Ccy:currency? Nm:70? Ownr:party? Svcr:agent?",
        "institution": "BICFI:old-bic? ClrSysMmbId:member? Nm:140? PstlAdr:address? Othr:any?",
        "who": "Cd:parties | Prtry:35",
        "what": "MsgNmId:35 MsgNm:140?",
        "CstmrId": "Pty:party AuthrtyReq+",
        "AuthrtyReq": "Tp:what InvstgtdRoles:who AddtlInvstgtdPties:who? AddtlInf:500?",
        "PmtInstrm": "CardNb:card AuthrtyReqTp:what+ AddtlInf:500?",
        "OrgnlTxNb": "Nb:35 Tp:request+ AddtlInf:500?",
        "InfReqRspn": "RspnId:35 InvstgtnId:35 RspnSts:response SchCrit RtrInd+ SplmtryData:any*",
        "RtrInd": "RspnPrd:period? AuthrtyReqTp:what InvstgtnRslt AddtlInf:500?",
        "InvstgtnRslt": "Rslt:any | InvstgtnSts:outcome",
        "InfReqStsChngNtfctn": "OrgnlBizQry:35 CnfdtltySts:yes-no SplmtryData:any*",
    },
)
VERSIONS: Mapping[str, Grammar] = {
    OPENING: {**_AUTH, **grammar({"Document": "InfReqOpng"})},
    RESPONSE: {**_AUTH, **grammar({"Document": "InfReqRspn"})},
    CHANGE: {**_AUTH, **grammar({"Document": "InfReqStsChngNtfctn"})},
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked about, exactly one of: an account (`account.iban` or `.account`; its name is the
    holder's, its agent the bank that keeps it), a customer's name, a card's number, references of payments.

    `asked` names what is wanted, as bank and authority agreed, at most 35 characters each; for payments it is
    DTTX (details), OREC (the original record) or both. `parties`: OWNE (the owners), ALLP (all with rights).
    """

    account: End = NO_END
    currency: str = ""
    customer: End = NO_END
    card: str = ""
    payments: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    parties: str = "OWNE"
    information: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A request for information (auth.001). `basis`: the law, 35 characters; `disclaimer`: 350.

    `since` and `until` are both dates or both times, and bound what is asked about; `confidential`: the
    customer must not learn of it.
    """

    investigation: str
    basis: str
    confidential: bool
    since: date
    until: date
    search: Search
    disclaimer: str = ""
    due: date | None = None
    due_note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one thing that was asked. `outcome`: FOUN, NFOU, NOAP; empty where a result is
    attached."""

    asked: str
    outcome: str
    since: date | None = None
    until: date | None = None
    information: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """A bank's answer (auth.002). `status`: NRES (nothing), PART, COMP (complete)."""

    id: str
    investigation: str
    status: str
    search: Search
    findings: tuple[Finding, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Whether an inquiry is confidential from now on (auth.003)."""

    investigation: str
    confidential: bool


def write(said: Inquiry | Response | Change) -> bytes:
    """The message, by what is said. Raises Unfit with every fault."""
    if isinstance(said, Inquiry):
        return write_document(OPENING, VERSIONS[OPENING], {"InfReqOpng": _inquiry_out(said)})
    if isinstance(said, Response):
        return write_document(RESPONSE, VERSIONS[RESPONSE], {"InfReqRspn": _response_out(said)})
    values = {"OrgnlBizQry": said.investigation, "CnfdtltySts": said.confidential}
    return write_document(CHANGE, VERSIONS[CHANGE], {"InfReqStsChngNtfctn": values})


def _inquiry_out(said: Inquiry) -> Values:
    if wrong := _unbounded(said.since, said.until):
        raise Unfit([Fault("InvstgtnPrd", wrong)])
    return {
        "InvstgtnId": said.investigation,
        "LglMndtBsis": {"Prgrph": said.basis, "Dsclmr": said.disclaimer},
        "CnfdtltySts": said.confidential,
        "DueDt": {"DueDt": said.due, "AddtlInf": said.due_note},
        "InvstgtnPrd": _period_out(said.since, said.until),
        "SchCrit": _search_out(said.search),
    }


def _unbounded(since: date, until: date) -> str:
    """What is wrong with a period; empty where nothing is."""
    if isinstance(since, datetime) != isinstance(until, datetime):
        return "is from a day to a time: both must be one or the other"
    try:
        return "ends before it begins" if since > until else ""
    except TypeError:
        return "has a zone at one end only"


def _response_out(said: Response) -> Values:
    return {
        "RspnId": said.id,
        "InvstgtnId": said.investigation,
        "RspnSts": said.status,
        "SchCrit": _search_out(said.search),
        "RtrInd": [
            {
                "RspnPrd": _period_out(found.since, found.until) if found.since and found.until else {},
                "AuthrtyReqTp": {"MsgNmId": found.asked},
                "InvstgtnRslt": {"InvstgtnSts": found.outcome},
                "AddtlInf": found.information,
            }
            for found in said.findings
        ],
    }


def _period_out(since: date, until: date) -> Values:
    if isinstance(since, datetime):
        return {"DtTm": {"FrDtTm": since, "ToDtTm": until}}
    return {"Dt": {"FrDt": since, "ToDt": until}}


def _search_out(search: Search) -> Values:
    """Every criterion that is given: the grammar refuses all but exactly one."""
    wanted = [{"MsgNmId": each} for each in search.asked]
    who = {"Cd": search.parties}
    values: Values = {}
    if search.account.iban or search.account.account:
        holder = search.account
        number = {**account_out(holder), "Ccy": search.currency, "Ownr": party_out(holder)}
        values["Acct"] = {
            "Id": {**number, "Svcr": agent_out(holder.agent)},
            "InvstgtdPties": who,
            "AuthrtyReqTp": wanted,
        }
    if search.customer != NO_END:
        asked = [{"Tp": each, "InvstgtdRoles": who, "AddtlInf": search.information} for each in wanted]
        values["CstmrId"] = {"Pty": party_out(search.customer), "AuthrtyReq": asked}
    if search.card:
        values["PmtInstrm"] = {
            "CardNb": search.card,
            "AuthrtyReqTp": wanted,
            "AddtlInf": search.information,
        }
    values["OrgnlTxNb"] = [
        {"Nb": each, "Tp": list(search.asked), "AddtlInf": search.information} for each in search.payments
    ]
    return values


# --- reading -------------------------------------------------------------------------------------


def read(data: bytes, now: datetime | None = None) -> Inquiry | Response | Change:
    """The inquiry, answer or change of a message. Raises Unfit with every fault, each with line and field."""
    name, values, taking = take(data, VERSIONS, now)
    if name == CHANGE:
        taking.settle()
        body = values["InfReqStsChngNtfctn"]
        return Change(body["OrgnlBizQry"], body["CnfdtltySts"])
    if name == RESPONSE:
        taking.settle()
        return _response_in(values["InfReqRspn"])
    _bounded(values.get("InfReqOpng") or {}, taking)
    taking.settle()
    return _inquiry_in(values["InfReqOpng"])


def _bounded(body: Values, taking: Taking) -> None:
    period = body.get("InvstgtnPrd") or {}
    since, until = _period_in(period)
    if since and until and (wrong := _unbounded(since, until)):
        taking.fault(period[LINE], "InfReqOpng/InvstgtnPrd", wrong)


def _period_in(period: Values) -> tuple[date | None, date | None]:
    days, times = period.get("Dt") or {}, period.get("DtTm") or {}
    return days.get("FrDt") or times.get("FrDtTm"), days.get("ToDt") or times.get("ToDtTm")


def _inquiry_in(body: Values) -> Inquiry:
    since, until = _period_in(body["InvstgtnPrd"])
    assert since and until
    due = body.get("DueDt") or {}
    return Inquiry(
        investigation=body["InvstgtnId"],
        basis=body["LglMndtBsis"]["Prgrph"],
        disclaimer=body["LglMndtBsis"].get("Dsclmr") or "",
        confidential=body["CnfdtltySts"],
        since=since,
        until=until,
        search=_search_in(body["SchCrit"]),
        due=due.get("DueDt"),
        due_note=due.get("AddtlInf") or "",
    )


def _response_in(body: Values) -> Response:
    findings = []
    for found in body["RtrInd"]:
        since, until = _period_in(found.get("RspnPrd") or {})
        findings.append(
            Finding(
                asked=found["AuthrtyReqTp"]["MsgNmId"],
                outcome=found["InvstgtnRslt"].get("InvstgtnSts") or "",
                since=since,
                until=until,
                information=found.get("AddtlInf") or "",
            )
        )
    return Response(
        id=body["RspnId"],
        investigation=body["InvstgtnId"],
        status=body["RspnSts"],
        search=_search_in(body["SchCrit"]),
        findings=tuple(findings),
        line=body[LINE],
    )


def _search_in(criterion: Values) -> Search:
    if held := criterion.get("Acct"):
        account = held["Id"]
        return Search(
            account=end_in(account.get("Ownr"), account, account.get("Svcr")),
            currency=account.get("Ccy") or "",
            asked=tuple([each["MsgNmId"] for each in held["AuthrtyReqTp"]]),
            parties=_who_in(held["InvstgtdPties"]),
        )
    if customer := criterion.get("CstmrId"):
        requests = customer["AuthrtyReq"]
        return Search(
            customer=end_in(customer["Pty"], None, None),
            asked=tuple([each["Tp"]["MsgNmId"] for each in requests]),
            parties=_who_in(requests[0]["InvstgtdRoles"]),
            information=requests[0].get("AddtlInf") or "",
        )
    if card := criterion.get("PmtInstrm"):
        return Search(
            card=card["CardNb"],
            asked=tuple([each["MsgNmId"] for each in card["AuthrtyReqTp"]]),
            information=card.get("AddtlInf") or "",
        )
    payments = criterion["OrgnlTxNb"]
    return Search(
        payments=tuple([each["Nb"] for each in payments]),
        asked=tuple(payments[0]["Tp"]),
        information=payments[0].get("AddtlInf") or "",
    )


def _who_in(who: Values) -> str:
    return who.get("Cd") or who.get("Prtry") or ""
