"""`entente scores`: the totals of a published table of scores, made again from its indicators.

Sources: Global Organized Crime Index 2021 and 2023 (criminality is the mean of the markets' mean and the
actors' mean, resilience the mean of its blocks). No house is needed.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entente.terminal import err, out, tabulate

if TYPE_CHECKING:
    from entente.scoring_tables import Table

MOST_SHOWN = 25


def scores(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="CSV (.xz, .gz, .bz2, too), .xlsx, .ods, JSON, Parquet"
        ),
    ],
    scheme: Annotated[
        str, typer.Option(help="ocindex-2023 or ocindex-2021; without, what the headers show")
    ] = "",
    column: Annotated[
        list[str],
        typer.Option(help="INDICATOR=HEADING, such as arms=Illicit arms; place=, region=, year=, too"),
    ] = [],  # noqa: B006
    year: Annotated[str, typer.Option(help="Only rows of this year, where the table has several")] = "",
    sheet: Annotated[int, typer.Option(min=1, help="Of a spreadsheet, the first is 1")] = 1,
    before: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The table of an earlier edition")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 where a total differs or a cell is not read")
    ] = False,
    to: Annotated[Path | None, typer.Option(help="Folder of the outputs (CSV and Parquet)")] = None,
) -> None:
    """Totals of a published table of scores (Organized Crime Index), made again. Needs no house."""
    from entente import scoring_tables as tables  # noqa: PLC0415

    table = _read(file, scheme, column, year, sheet)
    totals = tables.made(table)
    _line(f"{table.scheme.name}: {len(table.places):,} places, {table.cells.shape[1]} indicators.")
    if table.told:
        told = [[str(line), *rest] for line, *rest in table.told]
        tabulate(("line", "column", "cell", "what"), told[:MOST_SHOWN])
    wrong, compared = tables.differing(table, totals)
    _line(f"Totals that the table says: {compared:,}; {len(wrong):,} differ by more than {tables.ROUNDING}.")
    if wrong:
        tabulate(("place", "total", "said", "made"), wrong[:MOST_SHOWN])
    figures = {
        "Highest criminality": tables.ranked(table, totals),
        "Means": tables.means(table, totals),
    }
    if before:
        earlier = _read(before, "", (), "", sheet)
        figures["Changes"] = tables.changed(table, totals, earlier)
    for title, (heads, rows) in figures.items():
        _line(f"{title}:")
        tabulate(heads, [[_shown(cell) for cell in row] for row in rows[:MOST_SHOWN]])
    if to:
        from entente.seizing_files import Folder  # noqa: PLC0415

        folder = Folder(to)
        for name, figure in zip(("scores", "means", "changes"), figures.values(), strict=False):
            folder.table(name, *figure)
        _line(f"Written to {folder.path}: {', '.join(folder.written)}.")
    if strict and (wrong or table.told):
        raise typer.Exit(1)


def _read(path: Path, slug: str, columns: Sequence[str], year: str, sheet: int) -> "Table":
    from entente import scoring_tables, seizing_files  # noqa: PLC0415

    try:
        with ExitStack() as opened:
            header, rows = seizing_files.table(path, sheet - 1, opened)
            return scoring_tables.table_of(header, rows, slug, columns, year)
    except ValueError as wrong:
        err.print(f"{path.name} {wrong}.", style="bold red", soft_wrap=True, highlight=False)
        raise typer.Exit(1) from None


def _shown(cell: object) -> str:
    return "" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _line(text: str) -> None:
    out.print(text, highlight=False, soft_wrap=True)


COMMANDS = (scores,)
