"""What a deadline rule is, what may be written of one, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.payments.deadlines import Unit
from entente.rooms.records import Strict
from entente.web.language import N_

EVENTS: Mapping[str, str] = {
    "amber-after": N_("after it was executed, a payment is soon hard to stop"),
    "late-after": N_("after it was executed, a request counts as late"),
    "kill-chain": N_("after it was executed, a payment can enter the kill chain"),
    "acknowledge": N_("the receiving desk acknowledges a request"),
    "escalate-1": N_("a request nobody acknowledged goes to the next contact"),
    "escalate-2": N_("a request nobody acknowledged goes to the contact after"),
    "recall-window": N_("after it was executed, a bank may recall a payment"),
    "recall-answer": N_("a bank answers a recall"),
    "hold-transaction": N_("a transaction may be held"),
    "hold-account": N_("an account may be held"),
}
"""What a rule limits."""
RAILS: Mapping[str, str] = {
    "swift-mx": N_("Swift, ISO 20022"),
    "swift-mt": N_("Swift, MT"),
    "sepa-sct": N_("SEPA credit transfer"),
    "sepa-inst": N_("SEPA instant credit transfer"),
    "fps": N_("Faster payments"),
    "ach": N_("Clearing house (ACH)"),
    "rtgs": N_("Real-time gross settlement"),
    "card": N_("Card"),
    "cash-msb": N_("Cash, money service"),
    "mobile-money": N_("Mobile money"),
    "crypto": N_("Virtual assets"),
}
"""By which way money goes (shared specification "payments", A1.3)."""
UNITS: Mapping[Unit, str] = {
    "min": N_("minutes"),
    "h": N_("hours"),
    "d": N_("days"),
    "wd": N_("working days"),
    "mo": N_("months"),
}
MOST: Mapping[Unit, int] = {"min": 10_080, "h": 8_784, "d": 3_660, "wd": 2_600, "mo": 120}
"""The longest period of each unit; more is a slip of the pen."""
ROLLING = frozenset({"d", "mo"})
"""Units whose last day may be no working day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long something may take. `rail`, `jurisdiction`: empty for any; the latter a country (ISO 3166-1)
    or EU. `valid_to` is the last day. `bureau`: who wrote it; -1 where it came with the house.

    `written`: when it was kept (ISO 8601), so that of two alike the later one holds.
    """

    id: str
    event: str
    limit: int
    unit: Unit
    valid_from: date
    source: str
    rail: str = ""
    jurisdiction: str = ""
    rolls: bool = False
    valid_to: date | None = None
    verified_by: str = ""
    verified_on: date | None = None
    bureau: int = -1
    written: str = ""

    @property
    def shipped(self) -> bool:
        return self.bureau < 0

    @property
    def verified(self) -> bool:
        """Whether somebody says that he read it in its source."""
        return self.verified_on is not None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class RuleForm(Strict):
    """A deadline rule as it is written. The room checks it as a whole and tells every fault at once."""

    event: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(
        description=", ".join(EVENTS)
    )
    rail: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(
        default="", description=f"Empty for every rail, or: {', '.join(RAILS)}"
    )
    jurisdiction: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(
        default="", description="Country (ISO 3166-1, two letters), EU, or empty for everywhere"
    )
    limit: int
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(
        description=", ".join(UNITS)
    )
    rolls: bool = Field(
        default=False, description="Put off a last day that is no working day, as Regulation 1182/71 does"
    )
    valid_from: date
    valid_to: date | None = Field(default=None, description="The last day, where it is known")
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = Field(
        description="Law and article, or rulebook and section"
    )
    verified_by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    verified_on: date | None = None


class RuleShown(Strict):
    """A deadline rule. `bureau`: its code; empty where the rule came with the house."""

    id: str
    event: str
    rail: str
    jurisdiction: str
    limit: int
    unit: Unit
    rolls: bool
    valid_from: date
    valid_to: date | None
    source: str
    verified_by: str
    verified_on: date | None
    bureau: str
