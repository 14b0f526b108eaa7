"""The ledger of an intercept: whatever is done, in whatever order, no unit is lost or invented.

Ten thousand random histories with ENTENTE_PROOF=1, a part of them otherwise. The twin counts coin by coin:
every unit of the loss is a coin, and every coin lies somewhere.
"""

import os
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.desk import House
from entente.rooms.payments import model_steps as m
from entente.rooms.payments.history import Event, Standing, after, fold, read
from entente.rooms.payments.ledger import PLACES, Ledger, Overdrawn, Posting, opened, posted
from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, XC_IBAN, Bank
from rooms.scene import Scene
from worlds.stage import Clock, Crew

PROOF = bool(os.environ.get("ENTENTE_PROOF"))
MANY = 7_000 if PROOF else 700
FEW = 1_500 if PROOF else 150
WALKS = 60 if PROOF else 6
HOLDS = tuple("abcd")
MOMENT = "2026-01-15T12:00:00+00:00"
drawn = settings(
    max_examples=MANY, derandomize=not PROOF, database=None, suppress_health_check=[*HealthCheck]
)


# --- histories -----------------------------------------------------------------------------------------


def event(did: str, part: str = "receiver", **facts: str) -> Event:
    return Event(MOMENT, did, 3, part, "officer", "", {n: v for n, v in facts.items() if v})


def held(hold: str, amount: int) -> Event:
    said = {"account": "XB", "kind": "court-order", "legal": "Act", "placed_at": MOMENT}
    return event("held", hold=hold, amount=str(amount), ends="2026-02-01T00:00:00+00:00", **said)


losses = st.integers(1, 3) | st.integers(4, 60)
amounts = st.integers(1, 3) | st.integers(1, 3) | st.integers(1, 40) | st.sampled_from([0, -3, 10**25])
holds = st.sampled_from(HOLDS)
sources = st.sampled_from(["unknown", "released"])
money = st.one_of(
    st.builds(held, holds, amounts),
    st.builds(lambda h, a: event("released", hold=h, amount=str(a)), holds, amounts),
    st.builds(lambda h, a: event("expired", "house", hold=h, amount=str(a)), holds, amounts),
    st.builds(lambda a, s, n: event("moved", amount=str(a), source=s, movement=n), amounts, sources, holds),
    st.builds(lambda h, a: event("returned", hold=h, amount=str(a)), holds, amounts),
    st.builds(lambda a, s: event("returned", amount=str(a), source=s), amounts, sources),
    st.builds(
        lambda s, t, a: event("corrected", source=s, target=t, amount=str(a)),
        st.sampled_from(["moved", "released", "returned"]),
        st.sampled_from(["unknown", "moved", "released"]),
        amounts,
    ),
    st.builds(
        lambda h, t, a: event("corrected", source="held", hold=h, target=t, amount=str(a)),
        holds,
        st.sampled_from(["unknown", "moved", "released"]),
        amounts,
    ),
)
course = st.one_of(
    st.sampled_from(["acknowledged", "ordered", "refused", "not-found", "return-agreed", "withdrawn"]).map(
        event
    ),
    st.sampled_from(["asked", "informed", "closed", "reopened", "release-refused"]).map(event),
    st.builds(lambda h: event("extended", hold=h, ends="2026-03-01T00:00:00+00:00", legal="Order"), holds),
    st.builds(lambda h: event("challenged", hold=h), holds),
    st.builds(lambda h, a: event("release-proposed", hold=h, amount=str(a)), holds, st.integers(1, 40)),
    st.just(event("passed", to="institution")),
)
histories = st.lists(money | course, max_size=25)


def one_hold_each(events: list[Event]) -> list[Event]:
    """With an id for every hold, as the house gives them: "a" is the latest hold of that letter."""
    latest, named = dict.fromkeys(HOLDS, 0), []
    for one in events:
        hold = one.facts.get("hold", "")
        if one.did == "held":
            latest[hold] += 1
        facts = {**one.facts, **({"hold": f"{hold}{latest[hold]}"} if hold else {})}
        named.append(Event(one.at, one.did, one.bureau, one.part, one.officer, one.why, facts))
    return named


def steps(requested: int, events: list[Event]) -> list[tuple[Event, Standing, Standing | None]]:
    """Each event, where it stood before, and where it stands after; None where the event was refused."""
    standing, told = Standing("acknowledged", opened(requested)), []
    for one in one_hold_each(events):
        try:
            fresh = after(standing, one)
        except (Overdrawn, KeyError, ValueError):
            told.append((one, standing, None))
            continue
        told.append((one, standing, fresh))
        standing = fresh
    return told


# --- the twin ------------------------------------------------------------------------------------------


class Refused(Exception):
    """The twin does not do it."""


class Coins:
    """Every unit of a loss, each at a place: "unknown", …, or ("held", hold)."""

    def __init__(self, requested: int) -> None:
        self.at: list[Any] = ["unknown"] * requested
        self.known: set[str] = set()

    def do(self, one: Event) -> None:
        hold, amount = one.facts.get("hold", ""), int(one.facts.get("amount", "0"))
        if hold and one.did != "held" and hold not in self.known:
            raise Refused
        match one.did:
            case "held":
                self._move("unknown", ("held", hold), amount)
                self.known.add(hold)
            case "released":
                self._move(("held", hold), "released", amount)
            case "expired":
                self._move(("held", hold), "unknown", amount)
            case "moved":
                self._move(one.facts["source"], "moved", amount)
            case "returned":
                self._move(("held", hold) if hold else one.facts["source"], "returned", amount)
            case "corrected":
                source = ("held", hold) if hold else one.facts["source"]
                self._move(source, one.facts["target"], amount)

    def _move(self, source: Any, target: Any, amount: int) -> None:
        lies = [n for n, place in enumerate(self.at) if place == source]
        if amount <= 0 or len(lies) < amount:
            raise Refused
        for n in lies[:amount]:
            self.at[n] = target

    def sums(self) -> dict[str, int]:
        counted = Counter(place if isinstance(place, str) else "held" for place in self.at)
        return {place: counted[place] for place in PLACES}

    def on(self, hold: str) -> int:
        return self.at.count(("held", hold))


@drawn
@given(requested=losses, events=histories)
def test_every_coin_lies_where_the_ledger_says_and_what_is_refused_changes_nothing(
    requested: int, events: list[Event]
) -> None:
    coins = Coins(requested)
    for one, before, now in steps(requested, events):
        try:
            coins.do(one)
        except Refused:
            assert now is None, one
        else:
            assert now is not None, one
        standing = now or before
        assert {p: getattr(standing.ledger, p) for p in PLACES} == coins.sums()
        assert {h.id: h.amount for h in standing.holds.values()} == {h: coins.on(h) for h in standing.holds}


@settings(drawn, max_examples=FEW)
@given(requested=losses, events=histories)
def test_the_places_add_up_to_the_loss_after_every_event(requested: int, events: list[Event]) -> None:
    for _, before, now in steps(requested, events):
        ledger = (now or before).ledger
        sums = [getattr(ledger, place) for place in PLACES]
        assert ledger.balanced
        assert sum(sums) == ledger.requested == requested
        assert min(sums) >= 0
        in_force = [h for h in (now or before).holds.values() if h.in_force]
        assert sum(h.amount for h in in_force) == ledger.held
        assert all(0 < h.amount <= h.placed for h in in_force)


@settings(drawn, max_examples=FEW)
@given(requested=losses, events=histories)
def test_the_state_never_says_more_of_money_than_the_ledger(requested: int, events: list[Event]) -> None:
    for one, _, now in steps(requested, events):
        if now is None or one.did not in ("held", "released", "expired", "moved", "returned", "corrected"):
            continue
        ledger, state = now.ledger, now.state
        assert (state == "returned-full") == (ledger.returned == requested)
        assert ledger.returned or not state.startswith("returned")
        if state in ("held-full", "held-part"):
            assert ledger.held
        assert (state == "held-full") <= (ledger.held == requested)
        assert (state == "moved-on") <= bool(ledger.moved)


@pytest.mark.parametrize("target", ["unknown", "moved"])
def test_a_return_that_was_noted_in_error_leaves_no_state_of_a_return(target: str) -> None:
    wrong = [event("passed", to="institution"), event("returned", amount="5", source="unknown")]
    right = event("corrected", source="returned", target=target, amount="5")
    assert fold(5, wrong).state == "returned-full"
    assert fold(5, [*wrong, right]).state == {"unknown": "with-institution", "moved": "moved-on"}[target]


def test_what_was_closed_over_a_question_is_reopened_where_it_stood_before_it() -> None:
    asked = [event("passed", to="institution"), event("asked"), event("closed", outcome="lost")]
    reopened = fold(5, [*asked, event("reopened")])
    assert (reopened.state, reopened.asked) == ("with-institution", "")


@settings(drawn, max_examples=FEW)
@given(requested=losses, events=histories, more=st.sampled_from([100, 10**18, 3**60]))
def test_amounts_of_any_size_are_reckoned_alike(requested: int, events: list[Event], more: int) -> None:
    """A token's units are beyond 64 bits: every amount as many times larger, the same comes out."""

    def larger(one: Event) -> Event:
        facts = {
            **one.facts,
            **({"amount": str(int(one.facts["amount"]) * more)} if "amount" in one.facts else {}),
        }
        return Event(one.at, one.did, one.bureau, one.part, one.officer, one.why, facts)

    for (_, _, now), (_, _, large) in zip(
        steps(requested, events), steps(requested * more, [larger(e) for e in events]), strict=True
    ):
        assert (now is None) == (large is None)
        if now and large:
            assert [getattr(now.ledger, p) * more for p in PLACES] == [
                getattr(large.ledger, p) for p in PLACES
            ]
            assert now.state == large.state


@settings(drawn, max_examples=FEW)
@given(requested=losses, events=histories)
def test_what_is_kept_as_lines_and_read_again_folds_to_the_same(requested: int, events: list[Event]) -> None:
    done = [one for one, _, now in steps(requested, events) if now]
    again = read([one.line() for one in done])
    assert again == done
    assert [one.line() for one in again] == [one.line() for one in done]
    assert fold(requested, again) == fold(requested, done)


postings = st.builds(Posting, st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(1, 40)).filter(
    lambda p: p.source != p.target
)


@settings(drawn, max_examples=FEW)
@given(requested=st.integers(0, 60), several=st.lists(postings, max_size=12))
def test_postings_that_all_fit_come_to_the_same_in_whatever_order(
    requested: int, several: list[Posting]
) -> None:
    ledger, done = opened(requested), []
    for one in several:
        try:
            ledger = ledger.post(one)
        except Overdrawn as wrong:
            assert (wrong.place, wrong.asked) == (one.source, one.amount)
            assert wrong.there == getattr(ledger, one.source)
            continue
        done.append(one)
    assert posted(requested, done) == ledger
    by_sums = Ledger(
        requested,
        **{
            place: (requested if place == "unknown" else 0)
            + sum(p.amount * ((p.target == place) - (p.source == place)) for p in done)
            for place in PLACES
        },
    )
    assert by_sums == ledger


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_posted_of_nought_or_less(amount: int) -> None:
    with pytest.raises(ValueError, match="above nought"):
        opened(5).post(Posting("unknown", "held", amount))


# --- over the API ------------------------------------------------------------------------------------


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
