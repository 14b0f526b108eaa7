"""Officers of both sides do whatever comes into their heads with one intercept: the ledger balances."""

import os
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, get_args

import pytest

from entente.desk import House
from entente.rooms.payments import model_steps as m
from entente.rooms.payments.ledger import PLACES
from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, XC_IBAN, Bank
from rooms.scene import Scene
from worlds.stage import Clock, Crew

WALKS = 60 if os.environ.get("ENTENTE_PROOF") else 3
EVERY_STEP = {
    step
    for union in get_args(get_args(m.Step)[0])
    for step in get_args(union.model_fields["step"].annotation)
}


def cents(text: str) -> int:
    return int(text.replace(".", ""))


class Walk:
    """One random walk of officers of both sides over one intercept."""

    def __init__(self, bank: Bank, clock: Clock, house: House, work: Callable[[House], None]) -> None:
        self.bank, self.clock, self.house, self.work = bank, clock, house, work
        self.intercept = bank.sent(amount="60.00")
        self.done: Counter[str] = Counter()

    def opened(self) -> dict[str, Any]:
        answer = self.bank.open(AUTHOR, self.intercept["id"])
        assert answer.status == 200
        seen: dict[str, Any] = answer.json
        return seen

    def turn(self, step: str, who: str, amount: int, pick: int, source: str, target: str) -> None:
        before = self.opened()
        if step == "a day goes by":
            self.clock.forward(days=1)
            self.work(self.house)
            return
        said = self._said(before, step, f"{amount}.00", pick, source, target)
        answer = self.bank.act(who, {**self.intercept, "version": before["version"]}, step, **said)
        assert answer.status in (200, 403, 422), (step, said, answer.text[:300])
        self.done[f"{step} {answer.status}"] += 1
        if answer.status != 200:
            assert self.opened() == before, (step, said)

    def _said(
        self, before: dict[str, Any], step: str, amount: str, pick: int, source: str, target: str
    ) -> dict[str, Any]:
        holds = [h["id"] for h in before["holds"]]
        hold = holds[pick % len(holds)] if holds else "none"
        end = (self.clock.now.replace(microsecond=0)).isoformat().replace("2026-01", "2026-02")
        every: dict[str, dict[str, Any]] = {
            "hold": {
                "amount": amount,
                "kind": "court-order",
                "legal": "Act",
                "ends": f"2026-01-{min(self.clock.now.day + 1 + pick % 4, 31)}T23:00:00+00:00",
            },
            "extend": {"hold": hold, "ends": end, "legal": "Order"},
            "move": {"amount": amount, "source": source, "to": {"account": XC_IBAN}},
            "release": {"hold": hold, "amount": amount, "reason": "error", "why": "A mistake"},
            "return": {"amount": amount, "hold": hold if pick % 2 else "", "source": source},
            "correct": {
                "source": ("moved", "released", "returned")[pick % 3],
                "target": target,
                "amount": amount,
                "why": "It was written twice",
            },
            "refuse": {"reason": "legal", "why": "Not here"},
            "pass": {"to": "institution"},
            "close": {"outcome": "lost"},
            "order": {"why": "Sought", "hold": hold if pick % 2 else ""},
            "challenge": {"why": "Sought", "hold": hold if pick % 2 else ""},
        }
        if step in every:
            return every[step]
        plain = step in get_args(m.Plain.model_fields["step"].annotation)
        return {"version": before["version"]} if plain else {"why": "So it is"}

    def holds_good(self) -> None:
        seen = self.opened()
        ledger = {name: cents(value) for name, value in seen["ledger"].items() if name != "balanced"}
        assert ledger["requested"] == 6000 == sum(ledger[place] for place in PLACES)
        assert min(ledger.values()) >= 0
        assert seen["ledger"]["balanced"]
        assert sum(cents(h["amount"]) for h in seen["holds"] if h["in_force"]) == ledger["held"]
        if seen["state"] in ("closed", "withdrawn"):
            assert ledger["held"] == 0, "nobody watches a hold of what is over"


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_officers_do_the_ledger_balances_and_every_refusal_has_a_reason(
    doors: Callable[..., Any],
    crew: Crew,
    clock: Clock,
    house: House,
    work: Callable[[House], None],
    seed: int,
) -> None:
    chance = Random(seed)
    walk = Walk(Bank(Scene(doors(idle_minutes=10**7), crew)), clock, house, work)
    for _ in range(60):
        who = chance.choice([HOLDER, HOLDER, HOLDER_2, HOLDER_2, AUTHOR])
        may = walk.bank.open(who, walk.intercept["id"]).json["steps"] or ["ask"]
        step = chance.choice(may if chance.random() < 0.8 else sorted(EVERY_STEP))
        if chance.random() < 0.05:
            step = "a day goes by"
        elif step in ("withdraw", "close") and chance.random() < 0.7:
            step = "hold"
        places = chance.choice(["unknown", "released"]), chance.choice(["unknown", "moved", "released"])
        walk.turn(step, who, chance.choice([1, 7, 20, 60]), chance.randrange(8), *places)
        walk.holds_good()
    assert any(told.endswith(" 200") for told in walk.done)
