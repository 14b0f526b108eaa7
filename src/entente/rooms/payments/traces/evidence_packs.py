"""A trace by one rule as a pack of evidence: one zip archive, to be given to a prosecutor, a bank, a court.

The same trace is the same bytes each time, in each language; a manifest names the SHA-256 of every file. It
needs nothing of the house to be read: tables, pictures, and a page of plain words.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments.traces import traces_shown
from entente.rooms.payments.traces.traces_found import SEVERAL, Found, lines, parts
from entente.rooms.payments.traces.traces_words import MEANINGS, RULES, SOURCES, TIES
from entente.rooms.payments.traces.tracing import Kept, summaries
from entente.rooms.payments.traces.transfers import asset_at
from entente.rooms.payments.traces.transfers_said import moment, money, table
from entente.rooms.records import write_ftm
from entente.web.language import _, current

FORMAT = "entente-trace"
_DAY = (1980, 1, 1, 0, 0, 0)


def about(desk: Desk, kept: Kept) -> dict[str, Any]:
    """What the pack says of the trace itself, as its taker sees it."""
    thing, question = kept.thing, kept.question
    seen = desk.look_all([question.intercept]) if question.intercept else {}
    return {
        "trace": thing.id,
        "title": thing.first("title"),
        "bureau": directory(desk)[thing.handling.owner].code,
        "level": thing.handling.level.name.lower(),
        "followed_at": thing.first("at"),
        "transfers": thing.first("name"),
        "source_sha256": thing.first("source"),
        "intercept": question.intercept if question.intercept in seen else "",
    }


def packed(kept: Kept, rule: str, told: Mapping[str, Any]) -> bytes:
    """The archive."""
    made = io.BytesIO()
    hashes: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in _files(kept, rule, told):
            _write(archive, name, data)
            hashes[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        manifest = {
            "format": FORMAT,
            "version": 1,
            **told,
            "rule": rule,
            "language": current(),
            "files": hashes,
        }
        _write(archive, "manifest.json", _json(manifest))
    return made.getvalue()


def _files(kept: Kept, rule: str, told: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    found = kept.found
    yield "README.txt", readme(kept, rule, told)
    yield "question.json", _json(_question(kept, rule))
    yield "summary.json", _json([one.model_dump() for one in summaries(found)])
    yield "payments.csv", payments(found, rule)
    yield "accounts.csv", accounts(found, rule)
    yield "shares.csv", shares(found, rule)
    for number, asset in enumerate(found.payments.assets):
        if number == found.asset(rule, "") or _moves(found, rule, number):
            ending = f"-{number + 1}" if number != found.asset(rule, "") else ""
            yield f"flow{ending}.svg", traces_shown.flow_svg(kept, rule, asset).encode()
    yield "timeline.svg", traces_shown.timeline_svg(kept, rule).encode()
    yield "entities.ftm.json", entities(found, rule, str(told["trace"]))


def _moves(found: Found, rule: str, asset: int) -> bool:
    rows = found.traces[rule].payments
    return found.payments.asset is not None and bool((found.payments.asset[rows] == asset).any())


def _question(kept: Kept, rule: str) -> dict[str, Any]:
    """What was asked, with the payments that were named, whole."""
    seeds = [
        {
            **traces_shown.payment(kept.found, row).model_dump(),
            "victim": kept.found.victims[victim],
            "stolen": money(units, asset_at(kept.found.payments, row)),
        }
        for row, victim, units in kept.found.seeds
    ]
    question = kept.question.model_dump()
    for closed in ("intercept", "transfers", "show"):
        question.pop(closed)
    return {"rule": rule, **question, "seeds": seeds}


def readme(kept: Kept, rule: str, told: Mapping[str, Any]) -> bytes:
    """What this is, by which rule, with which options, and how to check it."""
    question = kept.question
    dwell = _("without a limit") if question.dwell is None else str(question.dwell)
    said = [
        _("Victims' money followed: %(title)s", title=told["title"]),
        _(
            "By bureau %(bureau)s, %(at)s. Level: %(level)s.",
            bureau=told["bureau"],
            at=told["followed_at"],
            level=told["level"],
        ),
        _(
            "Source: %(name)s, SHA-256 of the file as it came: %(sha256)s",
            name=told["transfers"],
            sha256=told["source_sha256"],
        ),
        _("Rule: %(rule)s. %(meaning)s", rule=_(RULES[rule]), meaning=_(MEANINGS[rule])),
        SOURCES[rule],
        _(
            "Which rule holds is a question of law, and answers differ much: summary.json has those of every "
            "rule that was followed by."
        ),
        _("Payments of one time are taken %(ties)s.", ties=_(TIES[question.ties])),
        _("Money that rests is followed (seconds, or steps of the file): %(dwell)s.", dwell=dwell),
        _("Parts below this many of the smallest units are let go: %(least)s.", least=question.least),
        _(
            "Amounts are exact. Under every rule but poison, what was stolen equals what lies in accounts, "
            "was stopped, rested too long, or was let go: shares.csv, summary.json."
        ),
        _("manifest.json holds the SHA-256 of each file. entities.ftm.json loads into an analysis file."),
    ]
    return "\r\n\r\n".join(said).encode() + b"\r\n"


# --- tables --------------------------------------------------------------------------------------

PAYMENTS = (
    "number line time from to amount asset received received_asset reference victim victim_amount"
).split()
ACCOUNTS = "account asset hop first_reached came went lies stopped victims".split()
SHARES = "victim account asset lies stopped".split()


def payments(found: Found, rule: str) -> bytes:
    """A line for each victim's part of each payment."""

    def rows() -> Iterator[tuple[object, ...]]:
        for row, whose in parts(found, rule).items():
            one = traces_shown.payment(found, row)
            asset = asset_at(found.payments, row)
            for victim, units in whose:
                yield (
                    one.number,
                    one.line,
                    one.at,
                    one.source,
                    one.target,
                    one.amount,
                    one.asset,
                    one.received,
                    one.received_asset,
                    one.ref,
                    "*" if victim == SEVERAL else found.victims[victim],
                    money(units, asset),
                )

    return table(PAYMENTS, rows())


def accounts(found: Found, rule: str) -> bytes:
    """A line for each account and asset."""

    def rows() -> Iterator[tuple[object, ...]]:
        for asset in range(len(found.payments.assets)):
            for line in lines(found, rule, asset):
                one = traces_shown.account(found, asset, line)
                yield (
                    one.account,
                    found.payments.assets[asset],
                    one.hop,
                    one.first,
                    one.came,
                    one.went,
                    one.lies,
                    one.stopped,
                    "; ".join(one.victims),
                )

    return table(ACCOUNTS, rows())


def shares(found: Found, rule: str) -> bytes:
    """Where each victim's money lies. Empty under poison, which owns nothing."""
    trace, names = found.traces[rule], found.payments
    where = sorted({*trace.held, *trace.stopped}, key=lambda w: (w[2], w[0], w[1]))

    def rows() -> Iterator[tuple[object, ...]]:
        for place in where:
            account, asset, victim = place
            name = names.assets[asset]
            yield (
                found.victims[victim],
                names.accounts[account],
                name,
                money(trace.held.get(place, 0), name),
                money(trace.stopped.get(place, 0), name),
            )

    return table(SHARES, rows())


# --- FollowTheMoney ------------------------------------------------------------------------------


def entities(found: Found, rule: str, trace: str) -> bytes:
    """Accounts, their holders and payments as FollowTheMoney JSON lines.

    A payment of FollowTheMoney joins persons, and nobody here knows who holds an account: each has a holder
    that says so.
    """
    t = found.payments
    told = parts(found, rule)
    there = sorted({int(end[row]) for row in told for end in (t.source, t.target)})
    made = []
    for account in there:
        name = t.accounts[account]
        iban = len(name) >= 15 and name[:2].isalpha() and name[:2].isupper() and name[2:4].isdigit()
        number: dict[str, tuple[str, ...]] = {"iban": (name,)} if iban else {"accountNumber": (name[:128],)}
        holder = {
            "name": (f"Holder of {name}",),
            "summary": ("Not known by name: whoever holds the account",),
        }
        made.append(write_ftm("LegalEntity", _id(trace, "holder", name), holder))
        body = {"name": (name,), **number, "holder": (_id(trace, "holder", name),)}
        made.append(write_ftm("BankAccount", _id(trace, "account", name), body))
    for row, whose in told.items():
        made.append(
            write_ftm(
                "Payment", _id(trace, "payment", str(found.number[row])), _payment(found, row, whose, trace)
            )
        )
    return b"".join(made)


def _payment(found: Found, row: int, whose: list[tuple[int, int]], trace: str) -> dict[str, tuple[str, ...]]:
    t = found.payments
    source, target = t.accounts[t.source[row]], t.accounts[t.target[row]]
    asset = asset_at(t, row)
    names = {v: "*" if v == SEVERAL else found.victims[v] for v, _units in whose}
    carried = "; ".join(f"{names[victim]}: {money(units, asset)} {asset}" for victim, units in whose)
    body = {
        "payer": (_id(trace, "holder", source),),
        "payerAccount": (_id(trace, "account", source),),
        "beneficiary": (_id(trace, "holder", target),),
        "beneficiaryAccount": (_id(trace, "account", target),),
        "amount": (str(int(t.amount[row])) if ":" in asset else money(int(t.amount[row]), asset),),
        "currency": (asset,) if asset else (),
        "transactionNumber": (t.refs[row],) if t.refs and t.refs[row] else (),
        "sequenceNumber": (str(found.number[row]),),
        "date": () if found.steps else (moment(int(t.at[row]), steps=False)[:10],),
        "summary": (f"Carries stolen money of {carried}",),
    }
    return {name: values for name, values in body.items() if values}


def _id(trace: str, sort: str, name: str) -> str:
    """The same account is the same entity in all packs of a trace."""
    return hashlib.sha256(f"{trace} {sort} {name}".encode()).hexdigest()[:40]


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DAY)
    info.external_attr = 0o600 << 16
    archive.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=6)
