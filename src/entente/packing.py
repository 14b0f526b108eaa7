"""`entente pack …`: an offline pack of documents, checked by whoever was given it; no house is needed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from entente.settings import Settings
from entente.terminal import err, out

app = typer.Typer(no_args_is_help=True, help="Offline packs of quick check cards.")
MOST_CODES = 20


@app.callback()
def _packs() -> None:
    """Keeps `check` a command of its own."""


@app.command()
def check(
    path: Annotated[Path, typer.Argument(exists=True, help="The ZIP file, or the folder it was unpacked to")],
    key: Annotated[
        str, typer.Option(help="The house's public key in hex or base64; without it, this machine's house")
    ] = "",
) -> None:
    """Check a pack: the house's signature, the hashes, its end. Ends with 1 where it is not good."""
    from entente.rooms.papers import check_pack  # noqa: PLC0415

    report = check_pack(path, _key(key), datetime.now(UTC))
    for fault in report.faults:
        err.print(f"FAULT: {fault}", style="bold red", soft_wrap=True)
    if report.bureau:
        codes = ", ".join(report.codes[:MOST_CODES])
        more = len(report.codes) - MOST_CODES
        out.print(
            f"For {report.bureau} ({report.label}), level {report.level}", highlight=False, soft_wrap=True
        )
        out.print(f"Made {report.made}, expires {report.expires}", highlight=False, soft_wrap=True)
        said = f"{report.versions} versions: {codes}{f' and {more} more' if more > 0 else ''}"
        out.print(said, highlight=False, soft_wrap=True)
    if report.expired:
        err.print("It has EXPIRED: ask for a new one and delete this one.", style="bold red")
    if not report.good:
        raise typer.Exit(1)
    out.print("It is whole, from the house, and good.", style="bold green")


def _key(said: str) -> bytes:
    """The key that was given, or that of the house on this machine; none is made where there is no house."""
    from entente.desk.sequencer import public_key  # noqa: PLC0415
    from entente.rooms.papers import read_public_key  # noqa: PLC0415

    if said:
        try:
            return read_public_key(said)
        except ValueError:
            raise typer.BadParameter("The key is neither 64 hex digits nor 32 bytes in base64.") from None
    path = Settings().data / "journal.key"
    if not path.exists():
        raise typer.BadParameter("No house on this machine: give its public key with --key.")
    return public_key(path.read_bytes())
