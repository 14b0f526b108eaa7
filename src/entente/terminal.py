"""The terminal of the command line: two consoles, a progress bar, problems told without a traceback."""

import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from entente.core.journal import Tampered
from entente.core.problems import Problem

out = Console(markup=False)
err = Console(stderr=True, markup=False)
"""Without markup: a name in brackets is a name."""


@contextmanager
def telling() -> Iterator[None]:
    """Tell a problem, each of its faults and what to do, and end with 1."""
    try:
        yield
    except Problem as problem:
        err.print(f"{problem.title}. {problem.detail}", style="bold red")
        for fault in problem.faults:
            err.print(f"  {fault.where}: {fault.what} {fault.do}")
        err.print(problem.do)
        sys.exit(1)
    except Tampered as found:
        err.print(f"FAULT in the journal: {found}", style="bold red")
        sys.exit(1)


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar: gives advance(done, total)."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(show_speed=True),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, advance=done, total=total)


def open_browser(address: str) -> None:
    """Open the address in two seconds, where there is a screen."""
    if os.environ.get("DISPLAY") or sys.platform == "darwin":
        threading.Timer(2.0, webbrowser.open, [address]).start()


def owned_alone(path: Path) -> None:
    """Make a file that its owner alone can read, before anything is written to it."""
    path.touch(0o600)
    path.chmod(0o600)
