"""`entente bench bio`: how well the installed matchers tell persons apart, and how fast.

Rates say what a matcher would do on prints like these, and no more: few prints make rough figures, and where
there are too few none is told.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entente.terminal import err, made_alone, out, tabulate

if TYPE_CHECKING:
    from entente.measuring import Scores

HEADS = ("what", "pairs of one person", "of strangers", "EER %", "FNMR % at FMR 0.1 %")
NAMED = "name pictures <finger>_<impression>.png"
HOUSE = "the galleries of this house: enrol sets of persons first"
NO_PAIRS = (
    "the galleries of this house. Among the sets that all officers of a bureau may see, no person has a "
    "finger or a face twice, and no two persons have the same finger or a face. A folder of prints to try: "
    "entente specimens X; entente bench bio X/prints/bench"
)

app = typer.Typer(no_args_is_help=True, help="Measure what is installed.")


@app.callback()
def measure() -> None:
    """Measure what is installed."""


@app.command()
def bio(
    folder: Annotated[
        Path | None,
        typer.Argument(
            exists=True, file_okay=False, help="Pictures <finger>_<impression>.png; none: the house"
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Where DET.svg and DET.csv go: a new name without ending")
    ] = None,
    dpi: Annotated[int, typer.Option(min=100, max=4000, help="Of pictures that do not say it")] = 500,
    most: Annotated[int, typer.Option(min=1_000, help="Pairs of strangers compared, at most")] = 20_000,
) -> None:
    """Error rates and speed of the installed matchers, on a folder of prints or on the installed gallery."""
    from entente import measuring  # noqa: PLC0415
    from entente.match import prints  # noqa: PLC0415

    if slow := prints.slow():
        err.print(slow, style="bold red", soft_wrap=True)
    told = measuring.of_folder(folder, dpi, most) if folder else measuring.of_house(most)
    if not any(one.genuine or one.strangers for one in told):
        house = NO_PAIRS if told else HOUSE
        _line(f"There is nothing to compare in {f'{folder}: {NAMED}' if folder else house}.")
        raise typer.Exit(1)
    told = [one for one in told if one.genuine or one.strangers]
    tabulate(HEADS, measuring.rows(told))
    if not all(one.told_low for one in told):
        few, strangers = measuring.FEW_GENUINE, measuring.FEW_STRANGERS
        _line(f"–: too few pairs. {few} of one person are needed, and {strangers:,} of strangers for 0.1 %.")
    for one in told if to else ():
        if to and one.told:
            _write(to if len(told) == 1 else to.with_name(f"{to.name}-{_slug(one)}"), one)


def _line(text: str) -> None:
    out.print(text, highlight=False, soft_wrap=True)


def _slug(one: "Scores") -> str:
    return re.sub(r"[^a-z0-9]+", "-", one.name.lower()).strip("-")


def _write(to: Path, one: "Scores") -> None:
    from entente.match.rates import det  # noqa: PLC0415
    from entente.rooms.biometrics.curves import picture  # noqa: PLC0415

    points = det(one.genuine, one.strangers).tolist()
    lines = ["threshold,fmr,fnmr", *(f"{t:.6g},{fmr:.6g},{fnmr:.6g}" for t, fmr, fnmr in points)]
    files = {".csv": "\n".join(lines) + "\n", ".svg": picture(one.name, [point[1:] for point in points])}
    for ending, text in files.items():
        with made_alone(to.with_name(to.name + ending)) as file:
            file.write(text.encode())
        _line(str(to.with_name(to.name + ending)))
