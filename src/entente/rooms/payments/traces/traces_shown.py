"""A trace as it is told: its question, each rule's figures, accounts and payments page by page, its
pictures."""

import json
from collections.abc import Container, Sequence
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments.traces import sankey, timeline
from entente.rooms.payments.traces import traces_model as m
from entente.rooms.payments.traces.traces_found import SEVERAL, Found, Line, lines, parts
from entente.rooms.payments.traces.tracing import Kept
from entente.rooms.payments.traces.transfers import asset_at, shown_row
from entente.rooms.payments.traces.transfers_model import PaymentRow
from entente.rooms.payments.traces.transfers_said import moment, money


def rows(desk: Desk, found: Sequence[Thing]) -> list[m.TraceRow]:
    """Traces in a list."""
    seen = desk.look_all([t.first("intercept") for t in found])
    return [m.TraceRow(**_row(desk, thing, seen)) for thing in found]


def _row(desk: Desk, thing: Thing, seen: Container[str]) -> dict[str, Any]:
    known = directory(desk)
    question = json.loads(thing.first("question"))
    intercept = thing.first("intercept")
    mine = thing.handling.owner == desk.asker.bureau
    shown_to = [b.code for n, b in known.items() if thing.handling.see >> n & 1 and n != thing.handling.owner]
    return {
        "id": thing.id,
        "title": thing.first("title"),
        "bureau": known[thing.handling.owner].code,
        "transfers": thing.first("name"),
        "seeds": len(question["seeds"]),
        "rules": list(thing.body["rules"]),
        "intercept": intercept if intercept in seen else "",
        "at": thing.first("at"),
        "level": thing.handling.level.name.lower(),
        "shown_to": sorted(shown_to) if mine else [],
    }


def whole(desk: Desk, kept: Kept) -> m.Trace:
    """A trace, opened."""
    thing, found = kept.thing, kept.found
    mine = thing.handling.owner == desk.asker.bureau
    there = desk.look_all([thing.first("file"), thing.first("intercept")])
    file = thing.first("file") if thing.first("file") in there else ""
    question = kept.question
    if thing.first("intercept") not in there:
        question = question.model_copy(update={"intercept": ""})
    if not file:
        question = question.model_copy(update={"transfers": ""})
    return m.Trace(
        **_row(desk, thing, there),
        file=file,
        file_gone=mine and not file,
        source=thing.first("source"),
        victims=list(found.victims),
        question=question,
        results=[m.RuleSummary.model_validate(one) for one in json.loads(thing.first("summary"))],
        seed_payments=[payment(found, row) for row, _, _ in found.seeds],
        findings=[
            m.Finding(
                pattern=p.pattern,
                account=p.account,
                facts=dict(p.facts),
                payments=[int(found.number[row]) for row in p.rows],
            )
            for p in found.patterns
        ],
        expires=thing.expires.isoformat(),
    )


def payment(found: Found, row: int) -> PaymentRow:
    """A payment by its number in the file."""
    return shown_row(found.payments, row).model_copy(
        update={
            "number": int(found.number[row]),
            "at": moment(int(found.payments.at[row]), found.steps),
        }
    )


def accounts(found: Found, which: m.Which) -> m.Accounts:
    """Accounts that the money left or reached, nearest to the victims first."""
    rule = found.rule(which.rule)
    asset = found.asset(rule, which.asset)
    every = lines(found, rule, asset)
    page = every[which.after : which.after + which.limit]
    end = which.after + len(page)
    return m.Accounts.model_validate(
        {
            "rule": rule,
            "asset": found.payments.assets[asset],
            "accounts": [account(found, asset, line) for line in page],
            "after": end if end < len(every) else 0,
        }
    )


def account(found: Found, asset: int, line: Line) -> m.AccountLine:
    name = found.payments.assets[asset]
    return m.AccountLine(
        account=found.payments.accounts[line.account],
        hop=line.hop,
        first="" if line.first is None else moment(line.first, found.steps),
        came=money(line.came, name),
        went=money(line.went, name),
        lies=money(line.lies, name),
        stopped=money(line.stopped, name),
        victims=[found.victims[v] for v in line.victims],
    )


def flows(found: Found, which: m.Which) -> m.Flows:
    """Payments that carried the money, in order of time, whatever their asset."""
    rule = found.rule(which.rule)
    told = parts(found, rule)
    every = list(told)
    page = every[which.after : which.after + which.limit]
    end = which.after + len(page)
    return m.Flows.model_validate(
        {
            "rule": rule,
            "payments": [flow(found, row, told[row]) for row in page],
            "after": end if end < len(every) else 0,
        }
    )


def flow(found: Found, row: int, whose: Sequence[tuple[int, int]]) -> m.FlowLine:
    asset = asset_at(found.payments, row)
    return m.FlowLine(
        **payment(found, row).model_dump(),
        parts={
            ("*" if victim == SEVERAL else found.victims[victim]): money(units, asset)
            for victim, units in whose
        },
    )


def flow_svg(kept: Kept, rule: str, asset: str, inside: bool = False) -> str:
    """The flow as SVG."""
    found = kept.found
    rule = found.rule(rule)
    return sankey.drawn(found, rule, found.asset(rule, asset), _title(kept, rule), inside)


def timeline_svg(kept: Kept, rule: str, inside: bool = False) -> str:
    """Who paid whom, when, as SVG."""
    rule = kept.found.rule(rule)
    return timeline.drawn(kept.found, rule, _title(kept, rule), inside)


def _title(kept: Kept, rule: str) -> str:
    return f"{kept.thing.first('title')} · {rule.upper()}"
