"""What the fields of the steps' forms are called where a fault names them, and which step a duty asks for."""

from collections.abc import Mapping

from entente.rooms.payments import labels
from entente.web.language import N_, _

NOW: Mapping[str, str] = {
    "pass": "pass",
    "stop": "hold",
    "order": "order",
    "extend": "extend",
    "return": "return",
    "close": "close",
    "inform": "inform",
}
"""What must be done (labels.MUSTS) to the step that does it; those of one click are not among them."""
OPENED = frozenset({"pass", "inform", "return"})
"""Steps whose forms are short enough to stand open where they must be done."""
FIELDS: Mapping[str, str] = {
    "amount": N_("Amount"),
    "account": N_("Account or wallet"),
    "kind": N_("Kind of hold"),
    "legal": N_("By which law or order"),
    "placed_at": N_("Placed"),
    "ends": N_("Ends"),
    "no_limit": N_("Or the law that sets no limit"),
    "measure": N_("What was suspended"),
    "balance": N_("Balance of the account then"),
    "second_victim": N_("Number of another victim's request"),
    "trace": N_("Number of the trace that it relies on"),
    "rule": N_("Rule of following"),
    "hold": N_("Which hold"),
    "source": N_("Out of"),
    "target": N_("It is"),
    "to": N_("To"),
    "to/scheme": N_("Kind of account"),
    "to/account": N_("To which account or wallet"),
    "to/bic": N_("BIC"),
    "to/bank": N_("Bank or provider"),
    "to/country": N_("Country"),
    "to/chain": N_("Chain (for a wallet)"),
    "to/token": N_("Token"),
    "name": N_("Name"),
    "at": N_("When"),
    "rail": N_("How it was paid"),
    "ref": N_("Reference"),
    "knowledge": N_("How it is known"),
    "grade": N_("Grade"),
    "reason": N_("Reason"),
    "why": N_("Why"),
    "paid": N_("What arrived, where it is another currency"),
    "paid_currency": N_("Its currency"),
    "rate": N_("Rate"),
    "outcome": N_("Outcome"),
    "lessons": N_("Lessons"),
}


def places(step: str) -> dict[str, tuple[str, str]]:
    """Where a fault of a step's form is to the id and the name of its field on the page."""
    return {where: (f"s-{step}-{where}", _(FIELDS[where])) for where in labels.STEP_FIELDS.get(step, ())}
