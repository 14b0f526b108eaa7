"""pacs.008: the order itself, as a victim's bank confirms it. Read as 001.08; facts for a request."""

from collections.abc import Mapping
from datetime import datetime

from entente.match.banking.documents import take
from entente.match.banking.grammar import LINE, Grammar, Values, grammar
from entente.match.banking.payments import SHARED, Original, Payment, agent_in, ends_in

NAME = "pacs.008.001.08"
VERSIONS: Mapping[str, Grammar] = {
    NAME: grammar(
        SHARED,
        {
            "Document": "FIToFICstmrCdtTrf",
            "FIToFICstmrCdtTrf": "GrpHdr CdtTrfTxInf+ SplmtryData:any*",
            "GrpHdr": "MsgId:35 CreDtTm:moment BtchBookg:yes-no? NbOfTxs:count CtrlSum:decimal? "
            "TtlIntrBkSttlmAmt:money? IntrBkSttlmDt:day? SttlmInf:settlement PmtTpInf:any? InstgAgt:agent? "
            "InstdAgt:agent?",
            "CdtTrfTxInf": "PmtId PmtTpInf:any? IntrBkSttlmAmt:money IntrBkSttlmDt:day? SttlmPrty:any? "
            "SttlmTmIndctn:any? SttlmTmReq:any? AccptncDtTm:moment? PoolgAdjstmntDt:any? InstdAmt:money? "
            "XchgRate:rate? ChrgBr:bearer ChrgsInf:charge* PrvsInstgAgt1:agent? PrvsInstgAgt1Acct:any? "
            "PrvsInstgAgt2:agent? PrvsInstgAgt2Acct:any? PrvsInstgAgt3:agent? PrvsInstgAgt3Acct:any? "
            "InstgAgt:agent? InstdAgt:agent? IntrmyAgt1:agent? IntrmyAgt1Acct:any? IntrmyAgt2:agent? "
            "IntrmyAgt2Acct:any? IntrmyAgt3:agent? IntrmyAgt3Acct:any? UltmtDbtr:party? InitgPty:party? "
            "Dbtr:party DbtrAcct:account? DbtrAgt:agent DbtrAgtAcct:any? CdtrAgt:agent CdtrAgtAcct:any? "
            "Cdtr:party CdtrAcct:account? UltmtCdtr:party? InstrForCdtrAgt:any* InstrForNxtAgt:any* "
            "Purp:any? "
            "RgltryRptg:any*10 Tax:any? RltdRmtInf:any*10 RmtInf? SplmtryData:any*",
            "PmtId": "InstrId:35? EndToEndId:35 TxId:35? UETR:uetr? ClrSysRef:35?",
            "RmtInf": "Ustrd:140* Strd:any*",
        },
    )
}


def read(data: bytes, now: datetime | None = None) -> list[Payment]:
    """Every payment that a message orders, in order. Raises Unfit with every fault, each with line and
    field."""
    name, values, taking = take(data, VERSIONS, now)
    body = values.get("FIToFICstmrCdtTrf") or {}
    rows = [row for row in body.get("CdtTrfTxInf") or () if row]
    head = body.get("GrpHdr") or {}
    said = head.get("NbOfTxs")
    if said is not None and said != len(rows):
        taking.fault(head[LINE], "GrpHdr/NbOfTxs", f"says {said}, and {len(rows)} stand there")
    taking.settle()
    return [_in(name, head, row) for row in rows]


def _in(name: str, head: Values, row: Values) -> Payment:
    named = row["PmtId"]
    amount, currency = row["IntrBkSttlmAmt"]
    debtor, creditor = ends_in(row)
    return Payment(
        original=Original(
            message=head["MsgId"],
            kind=name,
            instruction=named.get("InstrId") or "",
            end_to_end=named["EndToEndId"],
            transaction=named.get("TxId") or "",
            uetr=named.get("UETR") or "",
        ),
        amount=amount,
        currency=currency,
        debtor=debtor,
        creditor=creditor,
        settled=row.get("IntrBkSttlmDt") or head.get("IntrBkSttlmDt"),
        ordered=row.get("AccptncDtTm") or head["CreDtTm"],
        instructed=row.get("InstdAmt"),
        rate=row.get("XchgRate"),
        intermediaries=tuple([agent_in(row[f"IntrmyAgt{n}"]) for n in (1, 2, 3) if row.get(f"IntrmyAgt{n}")]),
        bearer=row["ChrgBr"],
        remittance=tuple((row.get("RmtInf") or {}).get("Ustrd") or ()),
        line=row[LINE],
    )
