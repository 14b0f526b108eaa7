"""`entente trace`: victims' money followed through statements of accounts, on a specialist's own machine.

No house is needed, and nothing is sent: files come in, a table and a folder of files go out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entente.terminal import bar, err, out, tabulate

if TYPE_CHECKING:
    from entente.core.problems import Fault
    from entente.match.taint import Seed, Trace
    from entente.tracing_files import Gathered

MOST_SHOWN = 50
"""Faults on the terminal."""
MOST_CHOICES = 20
"""Payments on the terminal, of which one can be chosen."""
MOST_LYING = 20
"""Accounts where money lies, on the terminal."""
EVERY_RULE = ("fifo", "lifo", "haircut", "poison", "libr")
SECONDS = {"s": 1, "min": 60, "h": 3_600, "d": 86_400}
_DWELL = re.compile(r"([1-9]\d{0,9})\s*(s|min|h|d)?")
_SEED = re.compile(
    r"#(?P<number>[1-9]\d{0,11})|(?:(?P<file>.+):)?(?P<line>[1-9]\d{0,11})(?:\.(?P<nth>[1-9]\d{0,5}))?"
)
_AMOUNT = re.compile(r"[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class _Said:
    """A seed as it was typed: file ("" for the only one), line, which payment of it (0: the only one); or its
    number in the order of time, as a file of transfers in the house has it (0: by its line)."""

    text: str
    file: str
    line: int
    nth: int
    victim: str
    amount: str
    number: int


def trace(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="CSV, camt.053, AMLSim, transactions of a chain"),
    ],
    seed: Annotated[
        list[str],
        typer.Option(
            help="A stolen payment: LINE=VICTIM:AMOUNT; again for more; without one, payments are listed"
        ),
    ] = [],  # noqa: B006
    seeds: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file of them, one a line")
    ] = None,
    rule: Annotated[
        list[str], typer.Option(help="fifo, lifo, haircut, poison, libr, or all; again for more")
    ] = ["fifo"],  # noqa: B006
    to: Annotated[Path | None, typer.Option(help="Folder of the outputs")] = None,
    stop: Annotated[
        list[str], typer.Option(help="An account out of which nothing is followed (an exchange: ask it)")
    ] = [],  # noqa: B006
    dwell: Annotated[
        str, typer.Option(help="How long money that rests is followed on: 90min, 24h, 3d; a number of steps")
    ] = "",
    least: Annotated[
        int, typer.Option(min=0, help="Smallest units under which haircut and libr let a part go")
    ] = 0,
    ties: Annotated[
        str, typer.Option(help="Payments of one time: sequence (as in the file) or in-first")
    ] = "sequence",
    opening: Annotated[bool, typer.Option(help="Use balances that the file itself tells (AMLSim)")] = True,
    keep_good: Annotated[bool, typer.Option("--keep-good", help="Go on without the faulty rows")] = False,
    format: Annotated[
        str, typer.Option(help="table, camt.053, amlsim or chain, where a file looks otherwise")
    ] = "",
    column: Annotated[
        list[str], typer.Option(help="Of a table: ROLE=HEADING, such as date=Buchungstag, or ROLE=#3")
    ] = [],  # noqa: B006
    currency: Annotated[str, typer.Option(help="Of a file that does not say it")] = "",
    account: Annotated[str, typer.Option(help="Whose statement it is, where the table does not say it")] = "",
    decimal: Annotated[
        str, typer.Option(help="Sign before the decimals, where it is left open: . or ,")
    ] = "",
    dates: Annotated[str, typer.Option(help="Where it is left open: “day first” or “month first”")] = "",
    zone: Annotated[str, typer.Option(help="Of times without one, such as +01:00; otherwise UTC")] = "",
    chain: Annotated[str, typer.Option(help="Of transactions of a chain: bitcoin, ethereum, tron …")] = "",
) -> None:
    """Follow victims' money through statements by the rules that courts and the field use. Needs no house."""
    from entente import tracing_files  # noqa: PLC0415
    from entente.match.taint import TIES, follow  # noqa: PLC0415

    rules = _rules(rule)
    waits = _waits(dwell)
    if ties not in TIES:
        raise typer.BadParameter(f"--ties is one of: {', '.join(TIES)}.")
    wanted = [*seed, *(_listed(seeds) if seeds else ())]
    asked = [_said(text) for text in wanted]
    said = _sent(format, column, currency, account, decimal, dates, zone, chain)
    found = _gathered(files, said, keep_good)
    if not opening:
        found.opening = {}
    if not asked:
        _tell_read(found)
        _tell_choices(found)
        raise typer.Exit(2)
    start = _seeds(found, asked)
    stops = _stops(found, stop)
    _tell_read(found)
    folder = tracing_files.Folder(to, found, start) if to else None
    answers = []
    for one in rules:
        with err.status(f"Following by {one}"):
            how: dict[str, Any] = {"dwell": waits, "least": least, "stops": stops, "ties": ties}
            traced = follow(found.transfers, start, one, opening=found.opening, **how)
            answers.append(tracing_files.told(found, traced))
            lying = tracing_files.lying(found, traced, MOST_LYING)
            if folder:
                folder.trace(traced)
        _tell_lying(traced, lying)
    _tell(answers)
    if folder:
        folder.summary(_summary(found, asked, rules, waits, least, ties, stop, answers))
        _line(f"Written to {folder.path}: {', '.join(folder.written)}.")
    if any(answer["missing"] for answer in answers):
        err.print("The sums do not balance: do not rely on this.", style="bold red")
        raise typer.Exit(1)


# --- what was said ---------------------------------------------------------------------------------


def _rules(said: Sequence[str]) -> list[str]:
    """Rules in their usual order, each once."""
    if unknown := [one for one in said if one not in (*EVERY_RULE, "all")]:
        raise typer.BadParameter(f"{unknown[0]} is no rule: {', '.join(EVERY_RULE)}, or all.")
    return [one for one in EVERY_RULE if one in said or "all" in said]


def _waits(text: str) -> int | None:
    if not text:
        return None
    if not (found := _DWELL.fullmatch(text.strip())):
        raise typer.BadParameter(f"--dwell {text}: write it as 90min, 24h or 3d, or as a number of steps.")
    return int(found[1]) * SECONDS[found[2] or "s"]


def _listed(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8-sig").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


def _said(text: str) -> _Said:
    place, _, who = text.partition("=")
    found = _SEED.fullmatch(place.strip())
    if not found:
        raise typer.BadParameter(f"--seed {text}: write LINE=VICTIM:AMOUNT, the line a number, or #NUMBER.")
    victim, colon, amount = who.rpartition(":")
    if not colon or not _AMOUNT.fullmatch(amount.strip()):
        victim, amount = who, ""
    line, nth, number = (int(found[name] or 0) for name in ("line", "nth", "number"))
    return _Said(text, found["file"] or "", line, nth, victim.strip(), amount.strip(), number)


def _sent(
    format: str,
    column: Sequence[str],
    currency: str,
    account: str,
    decimal: str,
    dates: str,
    zone: str,
    chain: str,
) -> Any:
    import json  # noqa: PLC0415

    from entente.rooms.payments.traces.transfers_model import Sent  # noqa: PLC0415
    from entente.web.forms import validated  # noqa: PLC0415

    mapping = dict(one.partition("=")[::2] for one in column)
    return validated(
        Sent,
        format=format,
        mapping=json.dumps(mapping, ensure_ascii=False) if mapping else "",
        currency=currency.upper() if len(currency) == 3 else currency,
        account=account,
        decimal=decimal,
        dates=dates,
        zone=zone,
        chain=chain,
    )


# --- against the files -------------------------------------------------------------------------------


def _gathered(files: Sequence[Path], said: Any, keep_good: bool) -> "Gathered":
    """The payments; every fault is told. Ends with 1 where rows are wrong, unless good ones are enough."""
    from entente import tracing_files  # noqa: PLC0415

    several, faults = len(files) > 1, []

    def tell(path: Path, fault: "Fault") -> None:
        faults.append(fault)
        if len(faults) <= MOST_SHOWN:
            place = f"{path.name}, " if several else ""
            sentence = " ".join(f"{part.rstrip('.')}." for part in (fault.what, fault.do) if part)
            err.print(f"{place}{fault.where}: {sentence}", highlight=False, soft_wrap=True)

    try:
        with bar("Reading") as advance:
            found = tracing_files.gather(files, said, tell, lambda many: advance(many, None))
    except ValueError as wrong:
        if not (faults and isinstance(wrong, tracing_files.NoPayment)):
            err.print(str(wrong), style="bold red", soft_wrap=True, highlight=False)
        raise typer.Exit(1) from None
    if (more := len(faults) - MOST_SHOWN) > 0:
        err.print(f"... and {more} more.")
    if faults and (not keep_good or any(fault.where == "file" for fault in faults)):
        err.print("Mend it, or go on without faulty rows: --keep-good.", style="bold red", soft_wrap=True)
        raise typer.Exit(1)
    return found


def _seeds(found: "Gathered", asked: Sequence[_Said]) -> list["Seed"]:
    """Stolen payments by their lines; every one that cannot be is told."""
    from entente.match.taint import Seed  # noqa: PLC0415
    from entente.rooms.payments.traces.transfers import asset_at  # noqa: PLC0415
    from entente.rooms.payments.traces.transfers_said import read_money  # noqa: PLC0415

    t, names = found.transfers, [path.name for path in found.paths]
    made, wrong, taken = [], [], dict[int, int]()
    for one in asked:
        try:
            row = _row(found, names, one)
            units = read_money(one.amount, asset_at(t, row)) if one.amount else int(t.amount[row])
            taken[row] = taken.get(row, 0) + units
            if t.source[row] == t.target[row]:
                raise ValueError("goes to the account it came from: nothing was taken by it")
            if taken[row] > t.amount[row]:
                raise ValueError("takes more than was paid, together with the others of that payment")
            made.append(Seed(row, one.victim or t.accounts[t.source[row]], units))
        except ValueError as why:
            wrong.append(f"--seed {one.text}: it {why}.")
    if wrong:
        raise typer.BadParameter("\n".join(wrong))
    return made


def _row(found: "Gathered", names: Sequence[str], said: _Said) -> int:
    if said.number:
        if len(names) > 1:
            raise ValueError("counts the payments of one file, and there are several: write NAME:LINE")
        if said.number > len(found.transfers):
            raise ValueError(f"is more than the {len(found.transfers):,} payments of the file")
        return said.number - 1
    if not said.file and len(names) > 1:
        raise ValueError("does not say in which file: write NAME:LINE")
    if said.file and said.file not in names:
        raise ValueError(f"names no file of these: {', '.join(names)}")
    rows = found.rows_at(names.index(said.file) if said.file else 0, said.line)
    if not rows:
        raise ValueError("names a line that is no payment")
    if len(rows) > 1 and not said.nth:
        raise ValueError(
            f"names a line of {len(rows)} payments: say which, {said.line}.1 to {said.line}.{len(rows)}"
        )
    if said.nth > len(rows):
        raise ValueError(f"names payment {said.nth} of a line that has {len(rows)}")
    return rows[max(said.nth, 1) - 1]


def _stops(found: "Gathered", names: Sequence[str]) -> frozenset[int]:
    from entente.rooms.payments.traces.transfers_said import folded  # noqa: PLC0415

    if not names:
        return frozenset()
    wanted = {folded(name): name for name in names}
    there = {folded(name): n for n, name in enumerate(found.transfers.accounts)}
    if unknown := [name for key, name in wanted.items() if key not in there]:
        raise typer.BadParameter(f"--stop {unknown[0]}: there is no such account in what was read.")
    return frozenset(there[key] for key in wanted)


# --- what is told --------------------------------------------------------------------------------------


def _tell_read(found: "Gathered") -> None:
    t = found.transfers
    for path, (format, dialect) in zip(found.paths, found.dialects, strict=True):
        told = "; ".join(f"{name}: {value}" for name, value in dialect.items())
        err.print(f"{path.name}: {format} ({told})", highlight=False, soft_wrap=True)
    left = f"; {found.left} rows left out" if found.left else ""
    _line(f"{len(t):,} payments between {len(t.accounts):,} accounts{left}.")
    if any(dialect.get("zone") == "UTC" for _format, dialect in found.dialects):
        _line("Times without a zone were taken as UTC; --zone +01:00 takes them otherwise.")
    elif any(format == "camt.053" for format, _dialect in found.dialects):
        _line("Times without a zone were taken as UTC.")


def _tell_choices(found: "Gathered") -> None:
    """The first payments, each with its line as a seed names it, and how one is chosen."""
    from entente.rooms.payments.traces.transfers import asset_at, in_steps  # noqa: PLC0415
    from entente.rooms.payments.traces.transfers_said import moment, money  # noqa: PLC0415

    t, steps, shown = found.transfers, in_steps(found.transfers), []
    for row in range(min(len(t), MOST_CHOICES)):
        (path, line), beside = found.place(row), (t.line == t.line[row]).nonzero()[0].tolist()
        place = f"{path.name}:{line}" if len(found.paths) > 1 else str(line)
        place += f".{beside.index(row) + 1}" if len(beside) > 1 else ""
        names = t.accounts[t.source[row]], t.accounts[t.target[row]]
        amount, ref = money(int(t.amount[row]), asset_at(t, row)), t.refs[row] if t.refs else ""
        cells = (place, moment(int(t.at[row]), steps), *names, amount, asset_at(t, row), ref)
        shown.append([" ".join(cell.split()) for cell in cells])
    _line(f"The first payments in order of time (at most {MOST_CHOICES}):")
    tabulate(("line", "time", "from", "to", "amount", "asset", "reference"), shown)
    err.print(
        f"Nothing was followed yet. Name each stolen payment by its line: --seed {shown[0][0]}=VICTIM, or "
        f"--seed {shown[0][0]}=VICTIM:AMOUNT where only a part of it was stolen.",
        highlight=False,
        soft_wrap=True,
    )


def _tell_lying(traced: "Trace", lying: Sequence[Sequence[str]]) -> None:
    if lying:
        _line(f"By {traced.rule} it lies at (the largest sums, at most {MOST_LYING}):")
        tabulate(("victim", "account", "amount", "asset"), lying)


def _tell(answers: Sequence[dict[str, Any]]) -> None:
    heads = ("rule", "accounts", "payments")
    tabulate(heads, [[str(answer[name]) for name in heads] for answer in answers])
    sums = ("victim", "asset", "stolen", "lies", "stopped", "expired", "pruned", "exchanged", "missing")
    rows = [
        [answer["rule"], *(one[name] for name in sums)] for answer in answers for one in answer["victims"]
    ]
    if rows:
        tabulate(("rule", *sums), rows[:MOST_SHOWN])
        if len(rows) > MOST_SHOWN:
            _line(f"... and {len(rows) - MOST_SHOWN} more lines: --to FOLDER writes them into summary.json.")
        _line("Stolen is what lies, was stopped, expired, was pruned or exchanged; missing says what is not.")
    if any(answer["rule"] == "poison" for answer in answers):
        _line("Poison marks what the money touched and keeps no sums: by it nothing lies anywhere.")


def _summary(
    found: "Gathered",
    asked: Sequence[_Said],
    rules: Sequence[str],
    dwell: int | None,
    least: int,
    ties: str,
    stops: Sequence[str],
    answers: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """What was asked and what was found, so that a freeze can say on what it relied."""
    from entente import __version__  # noqa: PLC0415
    from entente.tracing_files import digest  # noqa: PLC0415

    read = zip(found.paths, found.dialects, strict=True)
    return {
        "entente": __version__,
        "files": [
            {"name": path.name, "sha256": digest(path), "format": format, "read as": dict(dialect)}
            for path, (format, dialect) in read
        ],
        "payments": len(found.transfers),
        "left out": found.left,
        "seeds": [one.text for one in asked],
        "rules": list(rules),
        "dwell": dwell,
        "least": least,
        "ties": ties,
        "stops": list(stops),
        "opening balances": len(found.opening),
        "answers": list(answers),
    }


def _line(text: str) -> None:
    out.print(text, highlight=False, soft_wrap=True)


COMMANDS = (trace,)
