"""Messages that leave the house about an intercept: to the victim's bank, the authority's bank, a provider.

Each is made by the rules of match.banking; where the intercept lacks what a message needs, every field is
named. Nothing is sent: an officer takes the file to the bank, or to whom may send it.
"""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.desk import Desk
from entente.match.banking import auth, camt029, camt056, mt_reading, pacs002
from entente.match.banking.auth import Change, Inquiry, Search
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.grammar import Unfit
from entente.match.banking.payments import Agent, End, Original
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.payments import assets, drafts, service
from entente.rooms.payments.bank import references, vasp
from entente.rooms.payments.intercept import Intercept
from entente.rooms.payments.model import InterceptForm, Line, Party, Place
from entente.rooms.records import Strict

XML, TEXT, JSON = "application/xml", "text/plain; charset=utf-8", "application/json"
LINE, PARAGRAPH, DISCLAIMER = 105, 35, 350
FILL = "Edit the draft, or ask the bureau that asked."
ASKED = ("AccountHolder", "AccountBalance", "AccountTransactions")
"""What an authority asks of an account; bank and authority agree on the names (auth.001)."""
ANSWERED: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "returned-full": ("CNCL", "ACCR", ()),
    "returned-part": ("PECR", "", ()),
    **dict.fromkeys(
        ("held-full", "held-part", "held-extended", "order-sought", "return-agreed"), ("PDCR", "PDCR", ())
    ),
    **dict.fromkeys(
        ("acknowledged", "with-authority", "with-institution", "need-info", "hold-expired"),
        ("PDCR", "PDCR", ()),
    ),
    "moved-on": ("RJCR", "RJCR", ("AM04",)),
    "released": ("RJCR", "RJCR", ("LEGL",)),
    "not-found": ("RJCR", "RJCR", ("NOOR",)),
    "refused": ("RJCR", "RJCR", ("NARR",)),
}
"""State of an intercept to what a camt.029 says: of the inquiry, of the payment, and why."""
REFUSED: Mapping[str, str] = {
    "legal": "LEGL",
    "no-authority": "ADAC",
    "customer": "CUST",
    "bank": "AGNT",
    "indemnity": "IDMN",
}
"""Reasons of the step "refuse", as reasons of a camt.029."""


class Said(Strict):
    """What the intercept does not say: the law of the bureau that writes, and when it wants an answer."""

    basis: Line = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    data: bytes
    media: str
    name: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a message is made of: the intercept, who writes it (his bureau), when, and what he says beside."""

    found: Intercept
    bureau: Bureau
    now: datetime
    said: Said

    @property
    def form(self) -> InterceptForm:
        return self.found.form


def message(desk: Desk, id: str, kind: str, said: Said) -> Outgoing:
    """A message of a kind (KINDS) about an intercept. Raises Absent, NotYours, Faulty with every field."""
    found = service.look(desk, id)
    if kind not in MAKING:
        raise Absent()
    if found.part(desk.asker.bureau) == "follower":
        raise NotYours("The bureau that asked, or the one that was asked, does this.")
    needs, media, make = MAKING[kind]
    _must_have(found, needs, kind)
    facts = _Facts(found, directory(desk)[desk.asker.bureau], desk.now.replace(microsecond=0), said)
    try:
        data = make(facts)
    except Unfit as unfit:
        raise Faulty(faults=unfit.faults) from None
    desk.note("export", object=id, what=kind)
    ending = {XML: "xml", JSON: "json"}.get(media, "txt")
    return Outgoing(data, media, f"{found.reference}-{kind.partition('.json')[0]}.{ending}")


def kinds_for(found: Intercept, part: str) -> list[str]:
    """The kinds of message that a party usually needs of an intercept."""
    if part == "follower":
        return []
    if found.form.creditor.scheme == "wallet":
        return ["vasp", "vasp.json"]
    return ["camt.056", "mt192", "mt199", "pacs.028"] if part == "requester" else _RECEIVERS


_RECEIVERS = ["auth.001", "auth.003", "camt.029"]
"""A recall is the payer's bank's to send: it is not offered to the bureau that is asked."""

# --- what a message needs ------------------------------------------------------------------------

_PAYMENT = ("amount", "executed_at", "payment", "bank")
_ENDS = ("debtor/bank", "debtor/account", "creditor/bank", "creditor/account")
_BICS = ("debtor/bic", "creditor/bic")


def _must_have(found: Intercept, needs: tuple[str, ...], kind: str) -> None:
    """Raise Faulty with every field that is lacking."""
    form = found.form
    faults = [Fault(where, what, FILL) for need in needs for where, what in _lacks(form, need, kind)]
    if faults:
        raise Faulty(faults=tuple(faults))


def _lacks(form: InterceptForm, need: str, kind: str) -> list[tuple[str, str]]:
    wallet = form.creditor.scheme == "wallet"
    what = f"{kind} needs it"
    end, _, part = need.partition("/")
    if need == "bank":
        return (
            [("creditor/scheme", f"{kind} is for accounts; of a wallet ask its provider")] if wallet else []
        )
    if need == "wallet":
        return [] if wallet else [("creditor/scheme", f"{kind} is for a wallet; of an account ask its bank")]
    if need == "payment":
        named = form.uetr or form.end_to_end_id or form.transaction_id or form.instruction_id
        return [] if named else [("uetr", f"{kind} needs a reference of the payment: this, or another")]
    if need == "message":
        named = form.message_id or form.instruction_id
        return [] if named else [("message_id", f"{kind} needs the reference of the bank's own message")]
    if part == "bank":
        party: Party = getattr(form, end)
        return [] if party.bic or party.bank else [(f"{end}/bic", f"{kind} needs the BIC or the bank's name")]
    value = getattr(getattr(form, end), part) if part else getattr(form, end)
    return [] if str(value).strip() else [(need, what)]


# --- the facts as banks have them ----------------------------------------------------------------


def _agent(place: Place) -> Agent:
    return Agent(
        bic=place.bic, name="" if place.bic else place.bank, country="" if place.bic else place.country
    )


def _end(party: Party) -> End:
    iban = party.scheme == "iban"
    return End(
        name=party.name,
        country=party.country,
        iban=party.account if iban else "",
        account="" if iban else party.account,
        scheme="BBAN" if party.scheme == "bban" else "",
        agent=_agent(party),
    )


def _original(form: InterceptForm) -> Original:
    """The message's name and id go together: one without the other names nothing."""
    whole = form.message_id and form.message_name
    return Original(
        message=form.message_id if whole else "",
        kind=form.message_name if whole else "",
        instruction=form.instruction_id,
        end_to_end=form.end_to_end_id,
        transaction=form.transaction_id,
        uetr=form.uetr,
    )


def _executed(form: InterceptForm) -> datetime:
    at = drafts.moment(form.executed_at)
    assert at  # every kind that asks this needs executed_at
    return at


def _information(found: Intercept) -> tuple[str, ...]:
    """Lines for the bank: what happened, under which reference, and that the payee must not learn of it."""
    form = found.form
    said = [
        f"Fraud ({form.scam})" if form.scam else "Fraud",
        f"Police request {found.reference}",
        f"Police report {form.police_report}" if form.police_report else "",
        f"Offence: {form.offence}" if form.offence else "",
        "Hold the funds, do not inform the payee" if form.tip_off_forbidden else "Hold the funds",
        f"For further credit to {form.further_credit.account}" if form.further_credit.account else "",
    ]
    return tuple([line for text in said if text for line in textwrap.wrap(text, LINE)])


def _sent_to(form: InterceptForm) -> Agent:
    """A recall goes the way of the payment: to the next bank."""
    between = form.intermediaries[0] if form.intermediaries else None
    return Agent(bic=between.bic) if between and between.bic else _agent(form.creditor)


# --- the messages --------------------------------------------------------------------------------


def _recall(facts: _Facts) -> Recall:
    form = facts.form
    return Recall(
        assignment=form.recall.ref or f"{facts.found.reference}-R",
        case=facts.found.reference,
        assigner=_agent(form.debtor),
        assignee=_sent_to(form),
        created=facts.now.astimezone(UTC),
        reason="FRAD",
        original=_original(form),
        amount=facts.found.standing.ledger.requested,
        currency=facts.found.asset,
        settled=_executed(form).date(),
        debtor=_end(form.debtor),
        creditor=_end(form.creditor),
        intermediaries=tuple([Agent(bic=a.bic, name=a.name) for a in form.intermediaries if a.bic or a.name]),
        information=_information(facts.found),
    )


def _camt056(facts: _Facts) -> bytes:
    return camt056.write(_recall(facts))


def _mt192(facts: _Facts) -> bytes:
    """FIN has 16 characters for our reference; the payment's own message is named by its field 20."""
    form = facts.form
    named = replace(_original(form), message=form.message_id or form.instruction_id, kind=_fin(form))
    recall = replace(_recall(facts), assignment=_short(facts), original=named)
    return mt_reading.write_mt192(recall).encode("ascii")


def _fin(form: InterceptForm) -> str:
    return form.message_name if form.message_name.startswith("MT") else "MT103"


def _short(facts: _Facts) -> str:
    if said := references.short(facts.found.reference):
        return said
    what = "The reference does not fit into the 16 characters of FIN"
    raise Faulty(faults=(Fault("reference", what, "Use camt.056."),))


def _mt199(facts: _Facts) -> bytes:
    form, found = facts.form, facts.found
    amount = f"{assets.write(found.standing.ledger.requested, found.asset)} {found.asset}"
    text = ". ".join([*_information(found), f"Payment of {amount}, {_executed(form):%Y-%m-%d}"])
    accounts = f"From {form.debtor.account} to {form.creditor.account} {form.creditor.name}".strip()
    mine, other = form.debtor.bic, form.creditor.bic
    if facts.bureau.number == found.receiver:
        mine, other = other, mine
    text = f"{text}. {accounts}. Legal basis: {facts.said.basis or form.legal_basis}"
    return mt_reading.write_mt199(mine, other, _short(facts), text, uetr=form.uetr).encode("ascii")


def _auth001(facts: _Facts) -> bytes:
    form, found = facts.form, facts.found
    basis = facts.said.basis or form.legal_basis
    due = facts.said.due or (at.date() if (at := drafts.moment(form.due_by)) else None)
    return auth.write(
        Inquiry(
            investigation=found.reference,
            basis=basis if len(basis) <= PARAGRAPH else f"{basis[: PARAGRAPH - 3].rstrip()}...",
            disclaimer=basis[:DISCLAIMER] if len(basis) > PARAGRAPH else "",
            confidential=form.tip_off_forbidden,
            since=_executed(form).date(),
            until=max(facts.now.date(), _executed(form).date()),
            search=Search(account=_end(form.creditor), currency=found.asset, asked=ASKED),
            due=due,
        )
    )


def _auth003(facts: _Facts) -> bytes:
    return auth.write(Change(facts.found.reference, facts.form.tip_off_forbidden))


def _pacs028(facts: _Facts) -> bytes:
    form = facts.form
    reference = f"{facts.found.reference}-S"
    return pacs002.ask(reference, facts.now, _original(form), _agent(form.debtor), _sent_to(form))


def _camt029(facts: _Facts) -> bytes:
    """What has become of the money by now, for the bank that sent the recall."""
    found, form, ledger = facts.found, facts.form, facts.found.standing.ledger
    if found.standing.state not in ANSWERED:
        what = f"In the state “{found.standing.state}” there is nothing to answer"
        raise Faulty(faults=(Fault("state", what, "Note first what became of the money."),))
    confirmation, status, reasons = ANSWERED[found.standing.state]
    if found.standing.state == "refused":
        refused = [e.facts.get("reason", "") for e in found.events if e.did == "refused"]
        reasons = (REFUSED.get(refused[-1], "NARR"),)
    places = ("held", "moved", "returned", "released", "unknown")
    sums = [(place, getattr(ledger, place)) for place in places]
    told = [f"{place} {assets.write(units, found.asset)} {found.asset}" for place, units in sums if units]
    until = f"Held until {found.standing.held_until[:16]} UTC" if found.standing.held_until else ""
    return camt029.write(
        Answer(
            assignment=f"{found.reference}-A",
            case=form.recall.ref or found.reference,
            assigner=_agent(form.creditor),
            assignee=_agent(form.debtor),
            created=facts.now.astimezone(UTC),
            confirmation=confirmation,
            status=status,
            reasons=reasons,
            information=(f"Police request {found.reference}", *told, *([until] if until else [])),
            original=_original(form),
            amount=(ledger.requested, found.asset),
            settled=_executed(form).date(),
            resolved=(ledger.returned, found.asset) if ledger.returned else (0, ""),
        )
    )


def _vasp(facts: _Facts) -> bytes:
    return vasp.letter(_request(facts)).encode()


def _vasp_json(facts: _Facts) -> bytes:
    return vasp.as_json(_request(facts))


def _request(facts: _Facts) -> vasp.Request:
    return vasp.request(facts.found, facts.bureau, facts.said.basis, facts.said.due, facts.now)


_WALLET = ("wallet", "amount", "creditor/account", "measure", "legal_basis")
MAKING: Mapping[str, tuple[tuple[str, ...], str, Callable[[_Facts], bytes]]] = {
    "camt.056": ((*_PAYMENT, *_ENDS), XML, _camt056),
    "mt192": ((*_PAYMENT[:2], "bank", *_BICS, "message"), TEXT, _mt192),
    "mt199": (("amount", "executed_at", "bank", *_BICS), TEXT, _mt199),
    "auth.001": (("bank", "executed_at", "legal_basis", "creditor/account"), XML, _auth001),
    "auth.003": (("bank",), XML, _auth003),
    "pacs.028": (("payment", "bank", "debtor/bank", "creditor/bank"), XML, _pacs028),
    "camt.029": ((*_PAYMENT, "debtor/bank", "creditor/bank"), XML, _camt029),
    "vasp": (_WALLET, TEXT, _vasp),
    "vasp.json": (_WALLET, JSON, _vasp_json),
}
"""Kind to (what it needs, its media type, how it is made)."""
KINDS = tuple(MAKING)
