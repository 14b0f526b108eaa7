"""Mutants of the payments room: intercepts and who rings, traces, banks' messages. See mutants.py."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import EVERYONE, Decision, Handling
from entente.core.problems import Fault
from entente.core.things import Thing
from entente.desk.sitting import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments import board, checks, children, money_steps, repeats, service, shown, statistics
from entente.rooms.payments.bank import intake
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.traces import tracing, transfers
from worlds.mutants import mutant
from worlds.mutants_channels import every
from worlds.mutants_papers import _absent_is_refused, keyed


def intercepts(name: str, plan: str = "payments") -> Any:
    return mutant(name, plan, "intercepts")


def ringing(name: str, plan: str = "payments") -> Any:
    """One of those that `make test` looks for."""
    return mutant(name, plan, "ringing")


def payments(name: str, plan: str = "payments") -> Any:
    return mutant(name, plan, "payments")


def _carrying(desk: Desk, keys: Sequence[str]) -> list[Thing]:
    """Intercepts that carry one of the keys, whosever they are."""
    return [t for _, t in keyed(desk, keys) if t.kind == KIND]


def _foreign(desk: Desk, kind: str) -> list[Thing]:
    return [t for t in every(desk, kind) if t.handling.owner != desk.asker.bureau]


def _telling(change: Any) -> Any:
    """An intercept's answer says something more: `change(desk, found, answer)`."""
    real = shown.whole
    return patch.object(shown, "whole", lambda desk, found: change(desk, found, real(desk, found)))


def _telling_event(change: Any) -> Any:
    """An event's row says something more: `change(row, event)`."""
    real = shown._event

    def event(desk: Desk, found: Intercept, number: int, kept: Any, seen: Any) -> Any:
        row = real(desk, found, number, kept, seen)
        return row.model_copy(update=change(row, kept))

    return patch.object(shown, "_event", event)


# --- the same payment, who rings -------------------------------------------------------------------


@intercepts("L5 a payment that another bureau works on is no new one")
def _() -> Iterator[Any]:
    real = checks.check

    def check(desk: Desk, form: Any, but: str = "") -> Any:
        known = [t.id for t in _uetr(desk, form) if t.handling.owner != desk.asker.bureau]
        made = real(desk, form, but)
        return made.model_copy(update={"same_as": known[0]}) if known else made

    yield patch.object(checks, "check", check)


def _uetr(desk: Desk, form: Any) -> list[Thing]:
    return _carrying(desk, [f"payment:uetr:{form.uetr.lower()}"])


@ringing("L1 the check counts requests of the account that do not ring")
def _() -> Iterator[Any]:
    real = checks.check

    def check(desk: Desk, form: Any, but: str = "") -> Any:
        many = len(_carrying(desk, [key for _, key, _ in repeats.asked_of(form)]))
        return real(desk, form, but).model_copy(update={"routed_by": f"{many}"})

    yield patch.object(checks, "check", check)


@ringing("L15 a bureau to contact is named whose request rings for nobody")
def _() -> Iterator[Any]:
    real = repeats.found

    def found(desk: Desk, form: Any, but: str = "") -> Any:
        named = directory(desk)
        there = _carrying(desk, [key for _, key, _ in repeats.asked_of(form)])
        return real(desk, form, but)[0], sorted({named[t.handling.owner].code for t in there})

    yield patch.object(repeats, "found", found)


@intercepts("L15 one contact for each request that rings")
def _() -> Iterator[Any]:
    real = repeats.found

    def found(desk: Desk, form: Any, but: str = "") -> Any:
        rows, codes = real(desk, form, but)
        there = _carrying(desk, [key for _, key, _ in repeats.asked_of(form)])
        named = directory(desk)
        return rows, [c for c in codes for t in there if named[t.handling.owner].code == c]

    yield patch.object(repeats, "found", found)


@intercepts("L15 a request rings that should not")
def _() -> Iterator[Any]:
    real = service._handling

    def handling(found: Intercept) -> Handling:
        made = real(found)
        rings = EVERYONE & ~made.see & ~(1 << found.requester)
        return replace(made, hint=rings, watch=True) if found.standing.delivered else made

    yield patch.object(service, "_handling", handling)


@intercepts("L23 who asked before is told of every request for the account")
def _() -> Iterator[Any]:
    yield patch.object(repeats, "decide", lambda _asker, _handling: Decision.FULL)


@intercepts("L23 an alert counts the requests that ring")
def _() -> Iterator[Any]:
    real = repeats.alert

    def alert(desk: Desk, bureau: int, about: Any, like: Any = None, once: str = "") -> Thing:
        return real(desk, bureau, about, like=like, once=f"{once} {len(every(desk, KIND))}")

    yield patch.object(repeats, "alert", alert)


# --- lists and figures -----------------------------------------------------------------------------


@intercepts("L1 the board counts what others have")
def _() -> Iterator[Any]:
    real = board.listed

    def listed(desk: Desk, asked: Any) -> Any:
        return replace(real(desk, asked), further=bool(len(every(desk, KIND)) % 2))

    yield patch.object(board, "listed", listed)


@intercepts("L7 the board's cursor is a place in all there is")
def _() -> Iterator[Any]:
    real = board.listed

    def listed(desk: Desk, asked: Any) -> Any:
        made = real(desk, asked)
        place = made.intercepts[-1].thing.place if made.intercepts else 0
        return replace(made, after=str(place)) if made.after and not asked.after else made

    yield patch.object(board, "listed", listed)


@ringing("L2 statistics count everybody's")
def _() -> Iterator[Any]:
    def sent(desk: Desk) -> Iterator[Intercept]:
        return (f for f in map(intercept_of, every(desk, KIND)) if f.standing.delivered)

    yield patch.object(statistics, "_sent", sent)


@intercepts("L6 references are counted")
def _() -> Iterator[Any]:
    real = service._keep_new

    def keep_new(desk: Desk, id: str, body: Any, event: Any) -> Intercept:
        return real(desk, f"{len(every(desk, KIND)):010x}{id[10:]}", body, event)

    yield patch.object(service, "_keep_new", keep_new)


# --- what an intercept tells ------------------------------------------------------------------------


@ringing("L4 an intercept of others is refused, not absent")
def _() -> Iterator[Any]:
    yield _absent_is_refused(service, "look")


@intercepts("L4 another victim's request is told from none")
def _() -> Iterator[Any]:
    real = money_steps._second_victim

    def second_victim(desk: Desk, found: Intercept, said: Any, faults: Any) -> Any:
        if any(t.id == said.second_victim for t in _foreign(desk, KIND)):
            faults.append(Fault("do/second_victim", "It is another bureau's", ""))
        return real(desk, found, said, faults)

    yield patch.object(money_steps, "_second_victim", second_victim)


@intercepts("L27 children are listed that are still drafts")
def _() -> Iterator[Any]:
    def of(desk: Desk, found: Intercept) -> list[Intercept]:
        return [intercept_of(t) for t in _carrying(desk, [f"parent:{found.id}"])]

    yield patch.object(children, "of", of)


@intercepts("L22 who is asked, or follows, sees a draft")
def _() -> Iterator[Any]:
    real = service._handling

    def handling(found: Intercept) -> Handling:
        parties = {found.receiver, *(int(n) for n in found.thing.body.get("followers", ()))}
        return replace(real(found), see=sum(1 << n for n in parties if n >= 0))

    yield patch.object(service, "_handling", handling)


@intercepts("L27 events name traces, messages and victims that are hidden")
def _() -> Iterator[Any]:
    def facts(row: Any, kept: Any) -> dict[str, Any]:
        return {"facts": row.facts | {n: str(v) for n, v in kept.facts.items() if n in HIDDEN}}

    yield _telling_event(facts)


HIDDEN = ("trace", "second_victim", "message")


@intercepts("L27 an event names the request from which the money came")
def _() -> Iterator[Any]:
    def told(_desk: Desk, found: Intercept, answer: Any) -> Any:
        came = [e.facts["parent"] for e in found.events if "parent" in e.facts]
        return answer.model_copy(update={"parent": came[0]}) if came else answer

    yield _telling(told)


@intercepts("L27 a hold names the trace that it relies on")
def _() -> Iterator[Any]:
    def told(_desk: Desk, found: Intercept, answer: Any) -> Any:
        holds = [h.model_copy(update={"trace": found.standing.holds[h.id].trace}) for h in answer.holds]
        return answer.model_copy(update={"holds": holds})

    yield _telling(told)


@ringing("L27 who of the other bureau acted is told")
def _() -> Iterator[Any]:
    yield _telling_event(lambda _row, kept: {"officer": kept.officer})


@intercepts("L27 the records that a request concerns are named to whoever reads it")
def _() -> Iterator[Any]:
    def form(desk: Desk, found: Intercept) -> Any:
        mine = found.requester == desk.asker.bureau
        return found.form.model_copy(update={} if mine else {"ref": ""})

    yield patch.object(shown, "_form", form)


@intercepts("L27 the other bureau's own reference is shown")
def _() -> Iterator[Any]:
    def form(desk: Desk, found: Intercept) -> Any:
        seen = desk.look_all(found.form.subjects)
        return found.form.model_copy(update={"subjects": [s for s in found.form.subjects if s in seen]})

    yield patch.object(shown, "_form", form)


@intercepts("L24 a request above the clearance is seen", "officer, by payments")
def _() -> Iterator[Any]:
    real = service._handling
    yield patch.object(
        service, "_handling", lambda found: replace(real(found), level=type(real(found).level)(0))
    )


# --- traces and banks' messages ----------------------------------------------------------------------


@payments("L25 a bank's message is matched with what is hidden")
def _() -> Iterator[Any]:
    def parties(desk: Desk, keys: Sequence[str]) -> list[Intercept]:
        return [intercept_of(t) for t in {t.id: t for t in _carrying(desk, keys)}.values()]

    yield patch.object(intake, "_parties", parties)


@payments("L5 a bank's message is kept once for all bureaus")
def _() -> Iterator[Any]:
    real = intake.take

    def take(desk: Desk, data: bytes, name: str, found: Any) -> Any:
        thing, new = real(desk, data, name, found)
        before = [t for t in _foreign(desk, intake.MESSAGE) if t.first("digest") == thing.first("digest")]
        return thing, new and not before

    yield patch.object(intake, "take", take)


@payments("L5 a file that another bureau has is no new one")
def _() -> Iterator[Any]:
    real = transfers.whole

    def whole(desk: Desk, id: str) -> Any:
        made = real(desk, id)
        same = [t for t in _foreign(desk, transfers.KIND) if t.first("source") == made.source]
        return made.model_copy(update={"title": f"{made.title} ({len(same)})"})

    yield patch.object(transfers, "whole", whole)


@payments("L27 who follows a request is told to whoever shows a trace")
def _() -> Iterator[Any]:
    def parties(desk: Desk, intercept: str) -> int:
        found = service.look(desk, intercept)
        followers = (int(one) for one in found.thing.body.get("followers", ()))
        there = {found.requester, found.receiver, *followers} - {desk.asker.bureau, -1}
        return sum(1 << bureau for bureau in there)

    yield patch.object(tracing, "parties", parties)


@payments("L27 traces of a request are listed that others keep to themselves")
def _() -> Iterator[Any]:
    real = tracing.listed

    def listed(desk: Desk, after: str = "", intercept: str = "") -> list[Thing]:
        found = real(desk, after, intercept)
        return [t for _, t in keyed(desk, [f"traces-for:{intercept}"])] if intercept else found

    yield patch.object(tracing, "listed", listed)
