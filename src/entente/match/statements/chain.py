"""Transactions of chains, as users export them (CSV, JSON), as payments that the tracing rules can follow.

An account chain's transaction is a payment as at a bank. One of Bitcoin's kind has n inputs and m outputs,
and nobody says which input paid which output. It becomes payments into an account of its own, "tx:<hash>",
in the order of the inputs, then out of it in the order of the outputs and last to "fee"; so FIFO there is
FIFO by the order of inputs (Anderson, Shumailov, Ahmed, Rietmann: Bitcoin Redux, 2018).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.core.problems import Fault
from entente.match.money.addresses import check_address
from entente.match.money.chains import CHAINS, read_units
from entente.match.statements.columns import spelled
from entente.match.statements.dialect import MOST_BYTES, MOST_ROWS, TooMany, decoded, delimiter_of, rows_of
from entente.match.statements.moments import read_moment
from entente.match.taint.transfers import Payment

FEE = "fee"
MINTED = "minted"
"""Who pays a transaction without inputs (a miner's reward)."""
MOST_ENDS = 20_000
"""Inputs, or outputs, of one transaction: a block of Bitcoin holds no more."""
_NESTED = 4
"""Objects and lists of a file for each payment that it may hold: a transaction, its two lists, an end."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    "from": ("from", "from address", "sender", "source"),
    "to": ("to", "to address", "receiver", "recipient", "target"),
    "value": ("value", "amount", "quantity", "value wei", "tokenvalue", "amount raw", "base units"),
    "at": (
        "timestamp",
        "time",
        "block timestamp",
        "unixtimestamp",
        "blocktime",
        "block time",
        "datetime utc",
    ),
    "hash": ("hash", "txhash", "tx hash", "transaction hash", "txid", "tx"),
    "token": ("token", "tokensymbol", "token symbol", "asset", "symbol", "currency"),
    "inputs": ("inputs", "vin"),
    "outputs": ("outputs", "vout"),
}
_ROLE_OF = {name: role for role, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Transactions:
    """Payments in base units, in the order of the file, and every transaction that could not be read."""

    payments: tuple[Payment, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """An input or output: its address (empty for one without, as in a script's), and base units."""

    address: str
    units: int


def spend(
    hash: str, at: int, inputs: Sequence[End], outputs: Sequence[End], asset: str = "BTC", line: int = 0
) -> list[Payment]:
    """A transaction of n inputs and m outputs as payments through "tx:<hash>".

    What the inputs have more than the outputs is the fee. Raises ValueError where they have less, or there
    are no outputs. Ends of nothing (a note in a script) are left out.
    """
    paid, got = sum(end.units for end in inputs), sum(end.units for end in outputs)
    if not outputs or not got:
        raise ValueError("pays nothing to nobody")
    if max(len(inputs), len(outputs)) > MOST_ENDS:
        raise ValueError(f"has more than {MOST_ENDS} inputs or outputs")
    if any(end.units < 0 for end in (*inputs, *outputs)):
        raise ValueError("has an amount below nought")
    if inputs and paid < got:
        raise ValueError(f"pays {got} base units out of {paid}")
    through = f"tx:{hash}"
    coming = inputs or [End(MINTED, got)]
    found = [
        Payment(end.address or f"{through}:in {n}", through, at, end.units, asset, hash, line)
        for n, end in enumerate(coming)
        if end.units
    ]
    found += [
        Payment(through, end.address or f"{through}:out {n}", at, end.units, asset, hash, line)
        for n, end in enumerate(outputs)
        if end.units
    ]
    if inputs and paid > got:
        found.append(Payment(through, FEE, at, paid - got, asset, hash, line))
    return found


def read_transactions(data: bytes, chain: str, most: int = MOST_ROWS) -> Transactions:
    """Transactions of one chain, as a table (CSV) or a list of objects (JSON).

    Account chains: from, to, value, time, hash and perhaps token; values in base units, in digits. Bitcoin's
    kind, in JSON alone: hash, time, inputs and outputs, each a list of {address, value}. Addresses are
    checked where the chain's can be. Raises ValueError for what is neither, or for an unlisted chain, and
    TooMany for more than `most` transactions or payments.
    """
    if chain not in CHAINS:
        raise ValueError(f"needs the chain it is of: {chain!r} is none of {', '.join(sorted(CHAINS))}")
    text, _ = decoded(data)
    rows = _objects(text, most) if text.lstrip()[:1] in ("[", "{") else _lines(text, most)
    payments: list[Payment] = []
    faults: list[Fault] = []
    known: dict[str, str] = {}
    for line, row in rows:
        try:
            payments += _payments(row, chain, line, known)
        except ValueError as wrong:
            faults.append(Fault(f"line {line}" if line else "file", f"The transaction {wrong}"))
        if len(payments) > most:
            raise TooMany(most, "payments")
    return Transactions(tuple(payments), tuple(faults))


def _payments(row: Mapping[str, Any], chain: str, line: int, known: dict[str, str]) -> list[Payment]:
    at = _when(row.get("at"))
    hash = _text(row.get("hash"), "hash")
    asset = _text(row.get("token"), "token") or CHAINS[chain].native or chain
    if "outputs" in row:
        if not hash:
            raise ValueError("has no hash")
        inputs = [_end(one, chain, known) for one in _list(row.get("inputs"))]
        outputs = [_end(one, chain, known) for one in _list(row["outputs"])]
        return spend(hash, at, inputs, outputs, asset, line)
    units = _units(row.get("value"))
    if not units:
        return []  # a call of a contract, which moves nothing
    source = _address(row.get("from"), chain, known) or MINTED
    target = _address(row.get("to"), chain, known)
    if not target:
        raise ValueError("pays nobody")
    return [Payment(source, target, at, units, asset, hash, line)]


def _end(one: Any, chain: str, known: dict[str, str]) -> End:
    if not isinstance(one, dict):
        raise ValueError("has an input or output that is no object")
    row = {spelled(str(name)): value for name, value in one.items()}
    return End(_address(row.get("address"), chain, known), _units(row.get("value")))


def _address(value: Any, chain: str, known: dict[str, str]) -> str:
    text = _text(value, "address")
    if text and text not in known:
        try:
            known[text] = check_address(text, chain).text
        except ValueError as wrong:
            raise ValueError(f"has the address “{text[:100]}”, which {wrong}") from wrong
    return known[text] if text else ""


def _units(value: Any) -> int:
    if isinstance(value, bool | float | list | dict):
        raise ValueError("has an amount that is no whole number of base units: give its digits as text")
    if isinstance(value, int):
        value = str(value)
    try:
        return read_units(value or "")
    except ValueError as wrong:
        raise ValueError(f"has the amount “{str(value)[:40]}”, which {wrong}") from wrong


def _when(value: Any) -> int:
    """Seconds since 1970, from such seconds or from a date in UTC."""
    text = _text(value, "time")
    if text.isascii() and text.isdecimal() and len(text) <= 10:
        return int(text)
    try:
        return read_moment(text, "iso")
    except ValueError as wrong:
        raise ValueError(f"has the time “{text[:40]}”, which {wrong}") from wrong


def _text(value: Any, what: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | float | list | dict):
        raise ValueError(f"has a {what} that is no text")
    return str(value).strip()


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError("has inputs or outputs that are no list")
    return value


def _lines(text: str, most: int) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        rows = rows_of(text, delimiter_of(text), most + 1)
    except TooMany as wrong:
        raise TooMany(most) from wrong
    headings = [_ROLE_OF.get(spelled(cell), "") for cell in rows[0][1]] if rows else []
    if not {"from", "to", "value", "at"} <= set(headings):
        raise ValueError("has no headings from, to, value and timestamp")
    for line, cells in rows[1:]:
        yield line, {role: cell for role, cell in zip(headings, cells, strict=False) if role and cell}


def _objects(text: str, most: int) -> Iterable[tuple[int, dict[str, Any]]]:
    """Transactions of a JSON list, numbered from 1. Objects and lists are counted before any is made."""
    if len(text) > MOST_BYTES:
        raise ValueError(f"has more than {MOST_BYTES} characters")
    if text.count("{") + text.count("[") > _NESTED * most:
        raise TooMany(most, "transactions")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise ValueError(f"is no JSON: line {getattr(wrong, 'lineno', 1)}") from wrong
    if isinstance(said, dict):
        said = next((v for n, v in said.items() if n in ("transactions", "txs", "result")), [said])
    if not isinstance(said, list):
        raise ValueError("is no list of transactions")
    if len(said) > most:
        raise TooMany(most, "transactions")
    for number, one in enumerate(said, 1):
        if not isinstance(one, dict):
            raise ValueError(f"is no list of transactions: entry {number} is no object")
        yield number, {_ROLE_OF.get(spelled(str(name)), str(name)): value for name, value in one.items()}
