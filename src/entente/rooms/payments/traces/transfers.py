"""Files of transfers: loaded, searched for a victim's payments, discarded. They are their bureau's own.

A file is read before anybody sits down to write: a quarter of a million rows must not keep others waiting.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np

from entente.core.access import Level
from entente.core.problems import Absent, Fault, Faulty, TooLarge
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.taint import Transfers
from entente.rooms.bureaus import own
from entente.rooms.payments import drafts, service
from entente.rooms.payments.model import FaultOut
from entente.rooms.payments.traces import transfers_model as m
from entente.rooms.payments.traces import transfers_reading
from entente.rooms.payments.traces.transfers_columns import columns_of, packed, transfers_of, unpacked
from entente.rooms.payments.traces.transfers_said import STEPS, folded, moment, money, read_money

KIND = "TransferFile"
MOST_BYTES = 32 << 20
MOST_ROWS = 250_000
MOST_FAULTS = 500
"""Faults that are told one by one; the rest is counted."""
LIMITS = dict.fromkeys(("/api/v1/payments/transfers", "/payments/transfers"), 2 * MOST_BYTES)
"""Larger bodies by the beginning of an address: the file, and the form around it."""
A_PAGE = 50
Sitting = Callable[[bool], AbstractContextManager[Desk]]
"""Sits the officer down, to write or to read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it is kept: the thing, and its payments."""

    thing: Thing
    transfers: Transfers
    opening: Mapping[int, int] = field(default_factory=dict)
    """What accounts are told to have held at first, by pot."""

    @property
    def steps(self) -> bool:
        """Whether its times are steps of the file, not moments."""
        return in_steps(self.transfers)

    def asset(self, row: int, arriving: bool = False) -> str:
        """The asset in which a payment left, or arrived."""
        return asset_at(self.transfers, row, arriving)


def in_steps(transfers: Transfers) -> bool:
    return bool(len(transfers)) and int(transfers.at[-1]) < STEPS


def asset_at(transfers: Transfers, row: int, arriving: bool = False) -> str:
    """The asset in which a payment left, or arrived."""
    column = (
        transfers.received_asset if arriving and transfers.received_asset is not None else transfers.asset
    )
    return transfers.assets[0 if column is None else int(column[row])]


# --- loading -------------------------------------------------------------------------------------


def load(sitting: Sitting, data: bytes, sent: m.Sent) -> Thing:
    """Keep the payments of a file. Raises TooLarge; Faulty with every wrong row, unless good ones are kept.

    What was left out is kept with it, told row by row.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(
            f"It has {len(data)} bytes; {MOST_BYTES} are the most.",
            do="Send it in parts, or use `entente trace` on the machine itself.",
        )
    with sitting(False) as desk:
        level = _level(desk, sent.level)
        desk.note("load", what=KIND, outcome="begun")
    read = transfers_reading.read(data, sent, MOST_ROWS)
    if read.faults and not (sent.keep_good and read.transfers is not None):
        raise Faulty(faults=told(read.faults))
    found = read.transfers
    if found is None or not len(found):
        what = "There is no payment in it"
        raise Faulty(faults=(Fault("file", what, "Send a file with at least one payment."),))
    columns, names = columns_of(found)
    blob = packed(columns, {**names, "opening": _opening(found, read.opening)})
    steps = in_steps(found)
    with sitting(True) as desk:
        digest = desk.house.blobs.put(blob)
        body = {
            "title": (sent.title.strip() or sent.name.strip() or "Transfers")[:200],
            "name": sent.name.strip()[:200],
            "source": sha256(data).hexdigest(),
            "size": str(len(data)),
            "format": read.format,
            "dialect": json.dumps(read.dialect, ensure_ascii=False),
            "left": _left(read.faults, read.left),
            "rows": str(len(found)),
            "accounts": str(len(found.accounts)),
            "since": moment(int(found.at[0]), steps),
            "until": moment(int(found.at[-1]), steps),
            "assets": [asset for asset in found.assets if asset],
            "officer": desk.asker.officer,
            "blobs": digest,
        }
        kept = desk.keep(
            KIND,
            {name: value for name, value in body.items() if value},
            own(desk.asker.bureau, level),
            keys=(f"transfers:{desk.asker.bureau}", f"blob:{digest}"),
        )
        desk.note("load", object=kept.id, what=KIND, rows=len(found), left=read.left)
    return kept


def _opening(t: Transfers, told: Mapping[tuple[str, str], int]) -> list[list[str]]:
    """Balances by account and asset as balances by pot; of accounts without a payment nothing is needed."""
    accounts = {name: n for n, name in enumerate(t.accounts)}
    return [
        [str(t.pot(accounts[account], t.assets.index(asset))), str(units)]
        for (account, asset), units in told.items()
        if account in accounts and asset in t.assets and units > 0
    ]


def _level(desk: Desk, said: str) -> Level:
    level = Level[said.upper()]
    if level > desk.asker.clearance:
        what = "This level is above your clearance"
        raise Faulty(faults=(Fault("level", what, "Choose a lower one."),))
    return level


def told(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The first faults, and how many more there are."""
    shown = tuple(faults[:MOST_FAULTS])
    if more := len(faults) - len(shown):
        shown += (Fault("file", f"{more} more rows have faults", "Mend these first."),)
    return shown


def _left(faults: Sequence[Fault], left: int) -> str:
    if not faults:
        return ""
    rows = [[f.where, f.what, f.do] for f in faults[:MOST_FAULTS]]
    return json.dumps({"rows": left, "faults": rows}, ensure_ascii=False)


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Thing:
    """A file of transfers that the asker sees. Raises Absent, the same for what is not there."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return thing


def opened(desk: Desk, id: str) -> Opened:
    """A file with its payments. Raises Absent."""
    thing = look(desk, id)
    try:
        columns, said = unpacked(desk.house.blobs.open(thing.first("blobs")))
    except KeyError:
        raise Absent() from None
    opening = {int(pot): int(units) for pot, units in said.get("opening", ())}
    return Opened(thing, transfers_of(columns, said), opening)


def listed(desk: Desk, after: str = "") -> m.TransferFiles:
    """Files of one's own bureau, newest first."""
    place = look(desk, after).place if after else 0
    found = desk.table([KIND], after=place, limit=A_PAGE)
    desk.note("see", what="transfers")
    rows = [row(thing) for _, thing in found]
    return m.TransferFiles(transfers=rows, after=rows[-1].id if len(rows) == A_PAGE else "")


def row(thing: Thing) -> m.TransferRow:
    return m.TransferRow(**_row(thing))


def _row(thing: Thing) -> dict[str, Any]:
    left = json.loads(thing.first("left", "{}"))
    return {
        "id": thing.id,
        "title": thing.first("title"),
        "format": thing.first("format"),
        "rows": int(thing.first("rows")),
        "accounts": int(thing.first("accounts")),
        "since": thing.first("since"),
        "until": thing.first("until"),
        "assets": list(thing.body.get("assets", ())),
        "left_out": left.get("rows", 0),
        "level": thing.handling.level.name.lower(),
        "loaded": thing.created.isoformat(),
        "expires": thing.expires.isoformat(),
    }


def whole(desk: Desk, id: str) -> m.TransferFile:
    """A file, opened: how it was read, who pays most often, what was made of it."""
    found = opened(desk, id)
    thing = found.thing
    left = json.loads(thing.first("left", "{}")).get("faults", ())
    traces = [t.id for _, t in desk.table(["Trace"], key=f"traces-of:{id}", limit=50)]
    desk.note("see", object=id, what="transfers")
    return m.TransferFile(
        **_row(thing),
        name=thing.first("name"),
        source=thing.first("source"),
        size=int(thing.first("size", "0")),
        dialect=json.loads(thing.first("dialect", "{}")),
        left=[FaultOut(where=where, what=what, do=do) for where, what, do in left],
        busiest=_busiest(found),
        traces=traces,
    )


def _busiest(found: Opened, most: int = 20) -> list[m.AccountRow]:
    """Accounts by their number of payments; sums are of the first asset alone, exact."""
    t = found.transfers
    many = len(t.accounts)
    counts = np.bincount(t.source, minlength=many) + np.bincount(t.target, minlength=many)
    order = np.lexsort((np.arange(many), -counts))[:most]
    rows = []
    first = np.ones(len(t), bool) if t.asset is None else t.asset == 0
    for n in order.tolist():
        went = sum(t.amount[(t.source == n) & first].tolist())
        came = sum(t.amount[(t.target == n) & first].tolist())
        rows.append(
            m.AccountRow(
                account=t.accounts[n],
                payments=int(counts[n]),
                came=money(came, t.assets[0]),
                went=money(went, t.assets[0]),
            )
        )
    return rows


def discard(desk: Desk, id: str) -> None:
    """Throw a file away for good. Traces made of it stay, and say that it is gone. Raises Absent."""
    thing = look(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise Absent()
    desk.erase(id)
    desk.note("withdraw", object=id, what=KIND, outcome="discarded")


# --- which payments ------------------------------------------------------------------------------


def wanted(desk: Desk, id: str, said: m.Wanted) -> m.Payments:
    """Payments of a file, in order of time. Raises Absent, Faulty."""
    found = opened(desk, id)
    rows = _like(desk, found, said.intercept) if said.intercept else None
    marks = rows or {}
    chosen = sorted(_rows(found, said, None if rows is None else sorted(rows)))
    page = [n for n in chosen if n >= said.after][: said.limit + 1]
    desk.note("see", object=id, what="payments")
    shown = [shown_row(found.transfers, n, marks.get(n, ())) for n in page[: said.limit]]
    return m.Payments(payments=shown, after=page[said.limit - 1] + 1 if len(page) > said.limit else 0)


def shown_row(t: Transfers, n: int, match: Sequence[str] = ()) -> m.PaymentRow:
    """A payment as it is told."""
    left, came = asset_at(t, n), asset_at(t, n, arriving=True)
    amount = int(t.amount[n])
    received = amount if t.received is None else int(t.received[n])
    changed = received != amount or left != came
    return m.PaymentRow(
        number=n + 1,
        line=int(t.line[n]),
        at=moment(int(t.at[n]), in_steps(t)),
        source=t.accounts[t.source[n]],
        target=t.accounts[t.target[n]],
        amount=money(amount, left),
        asset=left,
        received=money(received, came) if changed else "",
        received_asset=came if changed else "",
        ref=t.refs[n] if t.refs else "",
        match=list(match),
    )


def _rows(found: Opened, said: m.Wanted, among: Sequence[int] | None) -> Iterator[int]:
    """Rows that fit all that was said."""
    t = found.transfers
    fits = np.ones(len(t), bool)
    if among is not None:
        fits[:] = False
        fits[np.array(among, np.int64)] = True
    if said.account.strip():
        named = accounts_like(t, said.account)
        fits &= np.isin(t.source, named) | np.isin(t.target, named)
    if said.amount.strip():
        fits &= _paid(t, said.amount)
    text = said.text.strip().casefold()
    for n in np.flatnonzero(fits).tolist():
        if not text or (t.refs and text in t.refs[n].casefold()):
            yield n


def accounts_like(t: Transfers, text: str) -> list[int]:
    """Numbers of accounts that have a text in their name, spaces and case aside."""
    part = folded(text)
    return [n for n, name in enumerate(t.accounts) if part in folded(name)]


def _paid(t: Transfers, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Payments of an amount, in whichever asset it can be one."""
    fits = np.zeros(len(t), bool)
    wrong, read = "", False
    for number, asset in enumerate(t.assets):
        try:
            units = read_money(text, asset)
        except ValueError as fault:
            wrong = str(fault)
            continue
        of_it = np.ones(len(t), bool) if t.asset is None else t.asset == number
        fits |= of_it & np.array(t.amount == units, bool)
        read = True
    if not read:
        raise Faulty(faults=(Fault("amount", f"The amount {wrong}", "Write it as 1123.00."),))
    return fits


def _like(desk: Desk, found: Opened, id: str) -> dict[int, list[str]]:
    """Rows like the payment of an intercept, and what agrees: two things at least, not the date alone."""
    intercept = service.look(desk, id)
    form, asset, t = intercept.form, intercept.asset, found.transfers
    agree: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]] = {}
    names = [folded(name) for name in t.accounts]
    for what, party, column in (("debtor", form.debtor, t.source), ("creditor", form.creditor, t.target)):
        if account := folded(party.account):
            agree[what] = np.isin(column, [n for n, name in enumerate(names) if name == account])
    if form.amount.strip():
        units = int(intercept.thing.first("amount"))
        same = [n for n, one in enumerate(t.assets) if one == asset or not one]
        of_it = np.full(len(t), 0 in same) if t.asset is None else np.isin(t.asset, same)
        agree["amount"] = of_it & np.array(t.amount == units, bool)
    at = drafts.moment(form.executed_at)
    if at is not None and not found.steps:
        agree["date"] = np.abs(t.at - int(at.timestamp())) <= 86_400
    refs = {r for r in (form.uetr, form.end_to_end_id, form.transaction_id, form.instruction_id) if r}
    if refs and t.refs:
        agree["ref"] = np.array([ref in refs for ref in t.refs], bool)
    if not agree:
        return {}
    count = sum(column.astype(np.int8) for column in agree.values())
    rows = np.flatnonzero(count >= min(2, len(agree))).tolist()
    told = {n: [what for what, column in agree.items() if column[n]] for n in rows}
    return {n: what for n, what in told.items() if set(what) & {"debtor", "creditor", "amount", "ref"}}
