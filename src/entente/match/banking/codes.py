"""Codes that banks put in messages of recall, answer and return, with what each says in our own words.

The codes are those of ISO 20022's external code lists; a schema checks their length alone, so "XXXX" passes
it. Left out: codes of requests to pay, of batches at a clearing house and of mandates, which no recalled
transfer has.
"""

from collections.abc import Iterable, Mapping

CANCELLATION: Mapping[str, str] = {
    "FRAD": "Fraud",
    "CUST": "The payer asks for it",
    "UAPA": "Not authorised by the payer",
    "TECH": "Technical error",
    "DUPL": "Paid twice",
    "AC02": "Payer's account number wrong or missing",
    "AC03": "Wrong account number",
    "AGNT": "Wrong bank in the chain",
    "AM09": "Wrong amount",
    "BE16": "Payer's identification wrong or missing",
    "COVR": "Cover was returned or cancelled",
    "CURR": "Wrong currency",
    "CUTA": "An inquiry found no other remedy",
    "DS24": "The order ran out of time",
    "DT01": "Wrong date",
    "ENUE": "The payer made an error",
    "FRNA": "Forward it to the next bank",
    "INDM": "An indemnity is offered",
    "MD06": "The end customer asks for the money",
    "NARR": "See the text",
    "NFNA": "Do not forward it to the next bank",
    "SVNR": "Goods or cash not received",
    "SYAD": "Asked by the system's administrator",
    "UPAY": "Payment is not justified",
}
"""Why a payment is recalled (camt.056, MT192)."""

REJECTION: Mapping[str, str] = {
    "AC04": "Account is closed",
    "ADAC": "The customer has not authorised a debit yet",
    "AGNT": "The bank refuses",
    "AM04": "Not enough money on the account",
    "ARDT": "Already returned",
    "ARPL": "No reply yet",
    "CUST": "The payee refuses",
    "IDMN": "An indemnity is needed first",
    "INDM": "An indemnity is needed first",
    "LEGL": "The law forbids it",
    "NARR": "See the text",
    "NOAS": "The payee does not answer",
    "NOOR": "Payment never received",
    "PTNA": "Passed on to the next bank",
    "RQDA": "The payee must authorise a debit",
    "RR04": "A regulation forbids it",
    "WSEQ": "Wrong sequence in the request",
}
"""Why a recall is refused or waits (camt.029, MT196). ISO spells IDMN here and INDM above; banks write
both."""

CONFIRMATION: Mapping[str, str] = {
    "CNCL": "Cancelled",
    "CWFW": "Will be cancelled",
    "PDCR": "Cancellation waits",
    "PDNG": "Answer waits",
    "PECR": "Cancelled in part",
    "RJCR": "Cancellation refused",
    "FTNA": "Forwarded to the next bank",
    "CONF": "Was executed as ordered",
    "CHRG": "Details of charges",
    "IDUP": "Is a duplicate",
    "INFO": "Payee was informed",
    "IPAY": "A payment settles it",
    "IPYI": "A payment was started",
    "MODI": "Changed",
    "MWFW": "Will be changed",
    "NINF": "Nothing more is known",
    "ACDA": "The payee authorises the debit",
    "ACNR": "Non-receipt is accepted",
    "ACVA": "Change of value date is accepted",
    "CVAA": "Value date was right",
    "ICOV": "Cover was sent",
    "MCOV": "Cover was changed",
    "PURP": "Details of the purpose",
    "RJNR": "Non-receipt is refused",
    "RJVA": "Change of value date is refused",
    "SMTC": "Statement is right",
    "SMTI": "Statement is wrong",
    "UWFW": "Cannot be applied",
}
"""How an inquiry stands (camt.029, field Sts/Conf)."""

TRANSACTION: Mapping[str, str] = {
    "ACCR": "Cancelled",
    "PDCR": "Cancellation waits",
    "RJCR": "Cancellation refused",
}
"""How the recall of one payment stands (camt.029, field TxCxlSts)."""
GROUP: Mapping[str, str] = {**TRANSACTION, "PACR": "Cancelled in part"}

RETURN: Mapping[str, str] = {
    "FOCR": "Follows a recall",
    "FR01": "Fraud",
    "AC01": "Account number wrong",
    "AC03": "Wrong account number",
    "AC04": "Account is closed",
    "AC06": "Account is blocked",
    "AC07": "Payee's account is closed",
    "AC16": "Account is sequestrated",
    "AC17": "Account is in liquidation",
    "AG01": "Not allowed on this account",
    "AM04": "Not enough money on the account",
    "AM05": "Paid twice",
    "AM07": "Blocked by an authority",
    "AM09": "Wrong amount",
    "BE01": "Name does not fit the account",
    "BE06": "Customer is not known",
    "BE08": "Error of a bank",
    "CNPC": "Cash was not collected",
    "CUST": "The payer asked for it",
    "DS28": "Technical error",
    "DUPL": "Paid twice",
    "MD06": "The end customer asked for it",
    "MD07": "Customer has died",
    "MS02": "The customer gave no reason",
    "MS03": "The bank gave no reason",
    "NARR": "See the text",
    "NOAS": "The payee does not answer",
    "NOCM": "Account does not meet the rules",
    "RR04": "A regulation forbids it",
    "RUTA": "Follows an inquiry",
    "SP01": "Stopped by the account's holder",
    "UPAY": "Payment is not justified",
}
"""Why money comes back (pacs.004); the reasons that an intercept turns on."""
OTHER_RETURNS = frozenset(
    """
    AC02 AC13 AC14 AC15 AG02 AG07 AGNT AM01 AM02 AM03 AM06 AM10 ARDT BE04 BE05 BE07 BE10 BE11 BE16 BE17 CN01
    CNOR CURR DC04 DNOR DT01 DT02 DT04 ED01 ED03 ED05 ERIN FF03 FF04 FF05 FF06 FF07 G004 NOOR RC01 RC03 RC04
    RC07 RC08 RC11 RF01 RR01 RR02 RR03 RR05 RR06 RR07 RR08 RR09 RR11 RR12 SL01 SL02 SP02 SVNR TM01
    """.split()
)
"""Reasons of faults in form, which are taken and need no words."""

PAYMENT: Mapping[str, str] = {
    "ACCC": "Credited to the payee",
    "ACCP": "Accepted",
    "ACSC": "Settled",
    "ACSP": "Settlement under way",
    "ACTC": "Form accepted",
    "ACWC": "Accepted with a change",
    "ACWP": "Accepted, not credited yet",
    "ACFC": "Funds checked",
    "BLCK": "Blocked",
    "CANC": "Cancelled",
    "PART": "Accepted in part",
    "PDNG": "Waits",
    "RCVD": "Received",
    "RJCT": "Refused",
}
"""How a payment stands (pacs.002)."""


def follows(status: str, reasons: Iterable[str] = ()) -> str:
    """What a bank's answer means for an intercept: cancelled, part, waits, moved-on, not-found, returned,
    refused; empty where it says nothing of it.

    `status` is a code of CONFIRMATION, TRANSACTION or GROUP. A refusal is told by the first of its reasons
    that tells more than "refused".
    """
    if status in _REFUSED:
        return next((_BY_REASON[r] for r in reasons if r in _BY_REASON), "refused")
    return _BY_STATUS.get(status, "")


_REFUSED = frozenset({"RJCR"})
_BY_STATUS = {
    "CNCL": "cancelled",
    "ACCR": "cancelled",
    "CWFW": "waits",
    "PDCR": "waits",
    "PDNG": "waits",
    "PECR": "part",
    "PACR": "part",
    "FTNA": "moved-on",
}
_BY_REASON = {
    "AM04": "moved-on",
    "PTNA": "moved-on",
    "NOOR": "not-found",
    "ARDT": "returned",
    "ADAC": "waits",
    "RQDA": "waits",
    "ARPL": "waits",
    "IDMN": "waits",
    "INDM": "waits",
}
