"""The terminal of the command line: two consoles, a progress bar, problems told without a traceback."""

import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, getaddrinfo, socket
from tomllib import TOMLDecodeError
from typing import BinaryIO

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from entente.core.journal import Tampered
from entente.core.problems import (
    Faulty,
    NoPurpose,
    NotAllowed,
    NotSupported,
    OutOfDate,
    Problem,
    Unavailable,
)

out = Console(markup=False)
err = Console(stderr=True, markup=False)
"""Without markup: a name in brackets is a name."""


FITTING: Mapping[type[Problem], str] = {
    Faulty: "Mend every fault listed and try again.",
    NotAllowed: NotAllowed.do,
    NoPurpose: "Give --purpose from the list and --justification: a case reference or a reason.",
    Unavailable: "Try again in a moment.",
    OutOfDate: "Try again.",
}
"""What to do, at a terminal; a problem's own advice speaks to those who send requests."""


@contextmanager
def telling() -> Iterator[None]:
    """Tell a problem, each of its faults and what to do, and end with 1."""
    try:
        yield
    except Problem as problem:
        err.print(_sentences(problem.title, problem.detail), style="bold red", soft_wrap=True)
        for fault in problem.faults:
            err.print(f"  {fault.where}: {_sentences(fault.what, fault.do)}", soft_wrap=True, highlight=False)
        if do := FITTING.get(type(problem)):
            err.print(do)
        sys.exit(1)
    except Tampered as found:
        err.print(f"FAULT in the journal: {found}", style="bold red")
        sys.exit(1)
    except ValidationError as wrong:
        if wrong.title != "Settings":
            raise
        for error in wrong.errors():
            name = ".".join(str(part) for part in error["loc"])
            said = f"{name} (ENTENTE_{name.upper()}, or {name} in entente.toml): {error['msg']}."
            err.print(f"A setting is wrong. {said}", style="bold red", soft_wrap=True)
        sys.exit(1)
    except (SettingsError, TOMLDecodeError) as wrong:
        err.print(f"The settings cannot be read. {wrong}.", style="bold red", soft_wrap=True)
        sys.exit(1)


def _sentences(*said: str) -> str:
    """Several things said, one after the other, each ended."""
    return " ".join(f"{one.rstrip('.')}." if one[-1] not in "?!:" else one for one in said if one)


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar: gives advance(done, total)."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, advance=done, total=total)


def open_browser(address: str) -> None:
    """Open the address in two seconds, where there is a screen."""
    if os.environ.get("DISPLAY") or sys.platform == "darwin":
        threading.Timer(2.0, webbrowser.open, [address]).start()


def tabulate(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table; where no person reads it (a pipe, a file), one line a row, its cells between tabs, uncut."""
    if not out.is_terminal:
        for row in (heads, *rows):
            print(*row, sep="\t", file=out.file)  # rich would make blanks of the tabs
        return
    table = Table(*heads, box=None)
    for row in rows:
        table.add_row(*row)
    out.print(table)


def must_be_free(host: str, port: int) -> None:
    """Raise NotSupported where nothing can listen at an address."""
    try:
        family, kind, protocol, _, address = getaddrinfo(host, port, type=SOCK_STREAM)[0]
        with socket(family, kind, protocol) as trial:
            trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise NotSupported(
            f"Port {port} of {host} cannot be had ({why}): set ENTENTE_PORT or say --port"
        ) from wrong


@contextmanager
def made_alone(path: Path) -> Iterator[BinaryIO]:
    """A new file that its owner alone can read; gone again when it is not finished.

    Raises typer.BadParameter where there is something already: nothing is overwritten.
    """
    try:
        path.touch(0o600, exist_ok=False)
    except FileExistsError:
        raise typer.BadParameter(f"{path} is there already: name a new file.") from None
    except OSError as wrong:
        raise typer.BadParameter(f"{path} cannot be made: {wrong.strerror}.") from None
    try:
        with path.open("wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
