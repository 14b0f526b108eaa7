"""Slugs of the payments room and what people call them."""

from collections.abc import Mapping

from entente.rooms.payments import drafts
from entente.rooms.payments.reckoned import age as age
from entente.rooms.payments.reckoned import countdown as countdown
from entente.rooms.payments.reckoned import grouped as grouped
from entente.rooms.payments.reckoned import ungrouped as ungrouped
from entente.web.language import N_, _

STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "checked": N_("Checked by a second officer"),
    "sent": N_("Sent"),
    "delivered": N_("Delivered, not acknowledged yet"),
    "acknowledged": N_("Acknowledged"),
    "with-authority": N_("With an authority"),
    "with-institution": N_("With the bank or provider"),
    "need-info": N_("A question is open"),
    "held-full": N_("All of it is held"),
    "held-part": N_("A part is held"),
    "order-sought": N_("An order is sought"),
    "held-extended": N_("Held longer"),
    "return-agreed": N_("Return agreed"),
    "returned-part": N_("A part is returned"),
    "returned-full": N_("All of it is returned"),
    "moved-on": N_("Moved on"),
    "not-found": N_("Not found"),
    "refused": N_("Refused"),
    "released": N_("Let go"),
    "hold-expired": N_("The hold has ended"),
    "withdrawn": N_("Withdrawn"),
    "closed": N_("Closed"),
}
TONES: Mapping[str, str] = {
    "delivered": "bad",
    "hold-expired": "bad",
    "need-info": "warn",
    "moved-on": "warn",
    "not-found": "warn",
    "refused": "warn",
    "released": "warn",
    "checked": "info",
    "sent": "info",
    "acknowledged": "info",
    "with-authority": "info",
    "with-institution": "info",
    **dict.fromkeys(
        (
            "held-full",
            "held-part",
            "order-sought",
            "held-extended",
            "return-agreed",
            "returned-part",
            "returned-full",
        ),
        "good",
    ),
}
OPEN_STATES = tuple(slug for slug in STATES if slug not in ("sent", "withdrawn", "closed"))
"""States of which the board has a list."""
MUSTS: Mapping[str, str] = {
    "check": N_("check the draft (a second officer)"),
    "send": N_("send it"),
    "acknowledge": N_("acknowledge it"),
    "pass": N_("pass it to the authority or the bank"),
    "stop": N_("stop the money, or say what became of it"),
    "order": N_("seek an order, or agree to the return"),
    "extend": N_("see to it that it stays held"),
    "agree": N_("agree to the return"),
    "return": N_("return the money"),
    "rest": N_("say what became of the rest"),
    "say": N_("say what became of the money whose hold has ended"),
    "follow": N_("ask the next bureau, where the money went"),
    "close": N_("close it"),
    "inform": N_("answer the question"),
    "release": N_("confirm or refuse a release (a second officer)"),
}
STEPS: Mapping[str, str] = {
    "approve": N_("Approve as second officer"),
    "disapprove": N_("Send back to be mended"),
    "send": N_("Send now"),
    "withdraw": N_("Withdraw the request"),
    "acknowledge": N_("Acknowledge"),
    "pass": N_("Pass it on"),
    "ask": N_("Ask a question"),
    "inform": N_("Answer the question"),
    "refuse": N_("Refuse"),
    "not-found": N_("Not found here"),
    "hold": N_("Note a hold"),
    "extend": N_("Extend a hold"),
    "order": N_("An order is sought"),
    "challenge": N_("The hold is challenged"),
    "move": N_("Money moved on"),
    "release": N_("Let money go"),
    "release-confirm": N_("Confirm the release as second officer"),
    "release-refuse": N_("Refuse the release"),
    "agree-return": N_("Agree to the return"),
    "return": N_("Money is returned"),
    "correct": N_("Put a posting right"),
    "close": N_("Close"),
    "reopen": N_("Open again"),
}
_WHY = ("why",)
STEP_FIELDS: Mapping[str, tuple[str, ...]] = {
    "hold": tuple(
        "amount account kind legal placed_at ends no_limit measure balance second_victim trace rule".split()
    ),
    "extend": ("hold", "ends", "no_limit", "legal"),
    "move": tuple(
        "amount source to/scheme to/account to/bic to/bank to/country to/chain to/token name at rail ref "
        "knowledge grade".split()
    ),
    "release": ("hold", "amount", "reason", "why"),
    "return": tuple("amount hold source at ref to reason paid paid_currency rate".split()),
    "correct": ("source", "target", "amount", "hold", "why"),
    "refuse": ("reason", "why"),
    "close": ("outcome", "lessons"),
    "pass": ("to", "name"),
    "order": ("hold", "why"),
    "challenge": ("hold", "why"),
    **dict.fromkeys(
        ("ask", "inform", "withdraw", "disapprove", "not-found", "release-refuse", "reopen"), _WHY
    ),
}
"""Fields of each step's form; a fault at another place is said above it."""
POSTING = frozenset({"hold", "extend", "move", "release", "return", "correct"})
"""Steps of which a repeat would count twice: their forms say which version was seen."""
PLAIN = ("approve", "send", "acknowledge", "release-confirm", "agree-return")
"""Steps of one click: first on the page."""
DID: Mapping[str, str] = {
    "drafted": N_("Drafted"),
    "edited": N_("Edited: it is a draft again"),
    "merged": N_("Reported again: the same payment"),
    "disapproved": N_("Sent back by the second officer"),
    "approved": N_("Approved by the second officer"),
    "sent": N_("Sent"),
    "delivered": N_("Delivered to the other desk"),
    "withdrawn": N_("Withdrawn"),
    "acknowledged": N_("Acknowledged"),
    "passed": N_("Passed on"),
    "asked": N_("Asked"),
    "informed": N_("Answered"),
    "refused": N_("Refused"),
    "not-found": N_("Not found"),
    "held": N_("Held"),
    "extended": N_("Hold extended"),
    "ordered": N_("An order is sought"),
    "challenged": N_("Hold challenged"),
    "moved": N_("Moved on"),
    "release-proposed": N_("Release proposed"),
    "release-refused": N_("Release refused"),
    "released": N_("Let go"),
    "expired": N_("The hold has ended by law"),
    "return-agreed": N_("Return agreed"),
    "returned": N_("Returned"),
    "corrected": N_("Posting put right"),
    "child": N_("The next bureau is asked"),
    "closed": N_("Closed"),
    "reopened": N_("Opened again"),
}
FACTS: Mapping[str, str] = {
    "amount": N_("Amount"),
    "found": N_("Found on the account"),
    "account": N_("Account"),
    "legal": N_("Law"),
    "ends": N_("Ends"),
    "deadline": N_("By the rule of"),
    "no_limit": N_("No limit, by"),
    "balance": N_("Balance"),
    "to": N_("To"),
    "name": N_("Name"),
    "ref": N_("Reference"),
    "paid": N_("Arrived"),
    "paid_currency": N_("Currency"),
    "rate": N_("Rate"),
    "knowledge": N_("How it is known"),
    "grade": N_("Grade"),
    "differs": N_("Said otherwise"),
    "lessons": N_("Lessons"),
}
"""Facts of an event that its line shows, in this order."""
PARTS: Mapping[str, str] = {
    "requester": N_("bureau that asks"),
    "receiver": N_("bureau that is asked"),
    "follower": N_("bureau that follows"),
    "house": N_("the house"),
}
SCAMS: Mapping[str, str] = {
    "voice-phishing": N_("Voice phishing"),
    "romance": N_("Romance"),
    "sextortion": N_("Sextortion"),
    "investment": N_("Investment"),
    "gambling": N_("Gambling"),
    "business-email": N_("Business e-mail"),
    "e-commerce": N_("Purchase"),
    "impersonation": N_("Impersonation"),
    "account-takeover": N_("Account taken over"),
    "recovery": N_("Recovery of lost money"),
    "other": N_("Other"),
}
SCHEMES: Mapping[str, str] = {
    "iban": N_("IBAN"),
    "bban": N_("Account number of a country"),
    "other": N_("Other number"),
    "wallet": N_("Wallet of virtual assets"),
}
MEASURES: Mapping[str, str] = {
    "trace-only": N_("Trace only"),
    "withhold": N_("Withhold the payment"),
    "suspend": N_("Suspend the transaction"),
    "freeze": N_("Freeze the account"),
    "seize": N_("Seize"),
    "return": N_("Return"),
}
HOLDS: Mapping[str, str] = {
    "voluntary-bank": N_("Voluntary hold of the bank"),
    "fiu-suspension": N_("Suspension by the financial intelligence unit"),
    "police-seizure": N_("Seizure by the police"),
    "court-order": N_("Order of a court"),
    "vasp-block": N_("Block by the provider of the wallet"),
}
SUSPENDED: Mapping[str, str] = {
    "transaction": N_("A transaction"),
    "account": N_("An account"),
}
TO: Mapping[str, str] = {"authority": N_("An authority"), "institution": N_("A bank or provider")}
PLACES: Mapping[str, str] = {
    "held": N_("Held"),
    "moved": N_("Moved on"),
    "returned": N_("Returned"),
    "released": N_("Let go"),
    "unknown": N_("Not known"),
}
"""Where money is, as the ledger shows it."""
SOURCES: Mapping[str, str] = {
    "unknown": N_("What nobody has said anything of"),
    "released": N_("What was let go"),
}
TARGETS: Mapping[str, str] = {name: PLACES[name] for name in ("unknown", "moved", "held")}
CORRECTED: Mapping[str, str] = {name: PLACES[name] for name in ("moved", "released", "returned")}
REFUSALS: Mapping[str, str] = {
    "legal": N_("The law does not allow it"),
    "no-authority": N_("No authority here may do it"),
    "not-ours": N_("Not this bureau's country"),
    "customer": N_("The holder of the account refuses"),
    "bank": N_("The bank refuses"),
    "indemnity": N_("An indemnity is needed"),
    "too-late": N_("Too late"),
    "other": N_("Another reason"),
}
RELEASES: Mapping[str, str] = {
    "challenge": N_("The holder challenged it and was right"),
    "error": N_("It was held in error"),
    "court": N_("A court ordered it"),
    "expired": N_("The law lets it go"),
    "other": N_("Another reason"),
}
OUTCOMES: Mapping[str, str] = {
    "returned": N_("All came back"),
    "part-returned": N_("A part came back"),
    "held": N_("Held for a court to decide"),
    "lost": N_("Lost"),
    "refused": N_("Refused"),
    "not-found": N_("Not found"),
    "withdrawn": N_("Withdrawn"),
    "error": N_("It was an error"),
}
CLOCKS: Mapping[str, str] = {
    "execution": N_("Since the payment"),
    "escalate-1": N_("Not acknowledged: the next contact is told"),
    "escalate-2": N_("Not acknowledged: the centre is told"),
    "hold": N_("A hold ends"),
    "due": N_("Asked for by"),
}
ROUTED: Mapping[str, str] = {
    "hand": N_("chosen by hand"),
    "iban": N_("by the country of the IBAN"),
    "bic": N_("by the country of the BIC"),
    "country": N_("by the country given"),
}
REPEATS: Mapping[str, str] = {
    "account": N_("Account"),
    "wallet": N_("Wallet"),
    "name": N_("Name"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "address": N_("Internet address"),
    "record": N_("Record"),
}
DELAYS: Mapping[str, str] = {
    "0-2": N_("under 2 hours"),
    "2-6": N_("2 to 6 hours"),
    "6-24": N_("6 to 24 hours"),
    "24-48": N_("24 to 48 hours"),
    "48-72": N_("48 to 72 hours"),
    "72-": N_("over 72 hours"),
    "?": N_("not known"),
}
MESSAGES: Mapping[str, str] = {
    "camt.056": N_("Recall for the victim's bank (camt.056)"),
    "mt192": N_("Recall for the victim's bank (MT192)"),
    "mt199": N_("Recall as free text (MT199)"),
    "auth.001": N_("Order to a bank (auth.001)"),
    "auth.003": N_("State of the order (auth.003)"),
    "pacs.028": N_("Question of the state (pacs.028)"),
    "camt.029": N_("Answer to the recall (camt.029)"),
    "vasp": N_("Letter to the provider of a wallet"),
    "vasp.json": N_("The same for its system (JSON)"),
}
"""Messages for banks that can be written from a request (the room's outgoing messages)."""
WHICH: Mapping[str, str] = {
    "act": N_("My bureau must act"),
    "wait": N_("Waits for the other side"),
    "open": N_("Open"),
    "all": N_("All"),
}
FIELDS: Mapping[str, str] = {
    "scam": N_("Kind of fraud"),
    "rail": N_("How it was paid"),
    "executed_at": N_("Executed"),
    "executed_until": N_("Executed not after"),
    "detected_at": N_("Noticed by the victim"),
    "reported_at": N_("Reported"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "uetr": N_("UETR"),
    "end_to_end_id": N_("End-to-end reference"),
    "instruction_id": N_("Instruction reference"),
    "transaction_id": N_("Transaction reference"),
    "message_id": N_("Message reference"),
    "message_name": N_("Message type"),
    "debtor": N_("The victim (who paid)"),
    "creditor": N_("The payee (where the money went)"),
    "debtor/name": N_("Victim: name"),
    "debtor/account": N_("Victim: account or wallet"),
    "debtor/bic": N_("Victim: BIC"),
    "debtor/country": N_("Victim: country"),
    "debtor/bank": N_("Victim: bank"),
    "creditor/name": N_("Payee: name"),
    "creditor/account": N_("Payee: account or wallet"),
    "creditor/bic": N_("Payee: BIC or bank"),
    "creditor/bank": N_("Payee: bank"),
    "creditor/country": N_("Payee: country"),
    "debtor/chain": N_("Victim: chain"),
    "creditor/chain": N_("Payee: chain"),
    "creditor/token": N_("Payee: token"),
    "further_credit/chain": N_("Passed on to: chain"),
    "further_credit/account": N_("Passed on to: account or wallet"),
    "further_credit": N_("For further credit to"),
    "intermediaries": N_("Banks in between"),
    "recall": N_("The bank's recall"),
    "recall/sent_at": N_("The bank's recall: sent"),
    "recall/ref": N_("The bank's recall: reference"),
    "recall/type": N_("The bank's recall: type"),
    "legal_basis": N_("Law that allows to ask"),
    "offence": N_("Offence"),
    "penalty": N_("Penalty"),
    "measure": N_("What is asked"),
    "due_by": N_("Needed by"),
    "victim_consents": N_("The victim may be contacted from abroad"),
    "police_report": N_("Number of the police report"),
    "summary": N_("What the victim reports"),
    "grade": N_("Grade"),
    "level": N_("Level"),
    "tip_off_forbidden": N_("The holder of the account must not learn of it"),
    "ring": N_("Whether other bureaus learn whom to contact"),
    "receiver": N_("To which bureau"),
    "ref": N_("Your own reference"),
    "phones": N_("Telephone numbers"),
    "emails": N_("E-mail addresses"),
    "addresses": N_("Internet addresses"),
    "evidence": N_("Evidence"),
    "subjects": N_("Records that it concerns"),
}
"""Fields of the form where a fault or what is missing names them."""
NEEDED = frozenset(
    {
        *drafts.SENDING,
        "victim_consents",
        "currency",
        "debtor/name",
        "debtor/account",
        "creditor/account",
        "creditor/bic",
    }
)
"""Fields that the form marks: without them a request is not sent."""


def places() -> dict[str, tuple[str, str]]:
    """Where a fault is to the id and the name of its field on the page."""
    return {where: (f"f-{where}", _(said)) for where, said in FIELDS.items()}
