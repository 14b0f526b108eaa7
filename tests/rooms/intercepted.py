"""A short way to say what officers do with intercepts, and one whole request. Nobody in it exists."""

from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

AUTHOR, SECOND = "XA officer", "XA supervisor"
HOLDER, HOLDER_2 = "XB officer", "XB supervisor"
UETR = "97ed4827-7b6f-4491-a06f-b548d5a7512d"
"""An example of the standard's own."""


def iban(country: str, rest: str) -> str:
    """An account of a user-assigned country whose check digits fit (ISO 7064, modulo 97)."""
    number = int("".join(str(int(c, 36)) for c in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02d}{rest}"


XA_IBAN = iban("XA", "ENTA000000000017")
XB_IBAN = iban("XB", "ENTB000000000025")
XC_IBAN = iban("XC", "ENTC000000000033")


def form(**said: Any) -> dict[str, Any]:
    """A request that may be sent: XA's victim paid 41,250.00 EUR to an account in XB."""
    whole: dict[str, Any] = {
        "scam": "business-email",
        "rail": "swift-mx",
        "executed_at": "2026-01-15T08:10:00+00:00",
        "reported_at": "2026-01-15T09:00:00+00:00",
        "amount": "41250.00",
        "currency": "EUR",
        "uetr": UETR,
        "end_to_end_id": "INV-2026-0113",
        "debtor": {"name": "Norport Shipping Ltd", "account": XA_IBAN, "bic": "ENTAXAAA"},
        "creditor": {"name": "Ruvo Trade", "account": XB_IBAN, "bic": "ENTBXBBB"},
        "recall": {"sent_at": "2026-01-15T09:20:00+00:00", "ref": "RCL-1", "type": "camt.056"},
        "legal_basis": "Code of Criminal Procedure of XA, section 111",
        "offence": "Fraud",
        "measure": "freeze",
        "victim_consents": True,
        "police_report": "NP-2026-0042",
        "grade": "B2",
        "summary": "An invoice was changed on its way.",
    }
    return {**whole, **said}


class Bank:
    """Acts on intercepts; `done` insists that it was well."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def draft(self, who: str = AUTHOR, **said: Any) -> dict[str, Any]:
        answer = self.scene(who, "POST", "/payments/requests", json=form(**said))
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def open(self, who: str, id: str) -> Answer:
        return self.scene(who, "GET", f"/payments/requests/{id}")

    def act(self, who: str, intercept: dict[str, Any], step: str, **said: Any) -> Answer:
        if step in ("approve", "send"):
            said.setdefault("version", intercept["version"])
        path = f"/payments/requests/{intercept['id']}/steps"
        return self.scene(who, "POST", path, json={"do": {"step": step, **said}})

    def done(self, who: str, intercept: dict[str, Any], step: str, **said: Any) -> dict[str, Any]:
        answer = self.act(who, intercept, step, **said)
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def approved(self, **said: Any) -> dict[str, Any]:
        return self.done(SECOND, self.draft(**said), "approve")

    def sent(self, **said: Any) -> dict[str, Any]:
        return self.done(AUTHOR, self.approved(**said), "send")

    def at_the_bank(self, **said: Any) -> dict[str, Any]:
        """Sent, acknowledged, and passed to the institution."""
        sent = self.sent(**said)
        self.done(HOLDER, sent, "acknowledge")
        return self.done(HOLDER, sent, "pass", to="institution", name="Bank of XB")

    def held(self, amount: str = "25000.00", **said: Any) -> dict[str, Any]:
        passed = self.at_the_bank(**said)
        return self.done(
            HOLDER,
            passed,
            "hold",
            amount=amount,
            kind="fiu-suspension",
            legal="Act of XB, section 24",
            ends="2026-01-29T23:00:00+00:00",
        )

    def board(self, who: str, **filters: str) -> list[dict[str, Any]]:
        query = "&".join(f"{k}={v}" for k, v in filters.items())
        answer = self.scene(who, "GET", f"/payments/requests?{query}")
        assert answer.status == 200, answer.text
        rows: list[dict[str, Any]] = answer.json["intercepts"]
        return rows
