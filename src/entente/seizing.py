"""`entente trends`: figures of a published table of seizures, on a specialist's own machine.

No house is needed, and nothing is sent: files come in, tables and a folder of files go out.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entente.terminal import bar, err, out, tabulate

if TYPE_CHECKING:
    from entente.match.goods.meanings import Meaning
    from entente.match.goods.published import Published
    from entente.seizing_figures import Asked, Chosen, Figures

MOST_TOLD = 30
"""Values on the terminal that were not read."""
MOST_SHOWN = 25
"""Lines of each figure on the terminal."""


def trends(
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True, dir_okay=False, help="CSV (.xz, .gz, .bz2, too), .xlsx, .ods, JSON, Parquet"
        ),
    ],
    goods: Annotated[
        list[str], typer.Option(help="Code or name, such as drugs.cocaine; again for more; without, all")
    ] = [],  # noqa: B006
    of: Annotated[
        str,
        typer.Option(help="country, origin, departure, destination, region, place, what, goods or domain"),
    ] = "",
    by: Annotated[str, typer.Option(help="month, quarter or year")] = "",
    measure: Annotated[str, typer.Option(help="quantity, count or value")] = "",
    when: Annotated[str, typer.Option(help="Of the shares and ways: 2018, 2018-03 or 2016/2018")] = "",
    column: Annotated[
        list[str],
        typer.Option(
            help="ROLE=HEADING, such as date=Fecha or what=#3; quantity:GOODS:UNIT=HEADING; =HEADING for none"
        ),
    ] = [],  # noqa: B006
    constant: Annotated[
        list[str], typer.Option(help="ROLE=VALUE that holds for all rows, such as country=in")
    ] = [],  # noqa: B006
    decimal: Annotated[
        str, typer.Option(help="Sign before the decimals, where it is left open: . or ,")
    ] = "",
    dates: Annotated[str, typer.Option(help="Where it is left open: “day first” or “month first”")] = "",
    excel: Annotated[str, typer.Option(help="Numbers in the date column are days: from 1900 or 1904")] = "",
    sheet: Annotated[int, typer.Option(min=1, help="Of a spreadsheet, the first is 1")] = 1,
    only: Annotated[
        list[str], typer.Option(help="HEADING=VALUE, such as Source=I: only such rows; again for more values")
    ] = [],  # noqa: B006
    near: Annotated[
        bool, typer.Option("--near", help="Leave out quantities that are far from all others of their goods")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 where any row was left out")] = False,
    to: Annotated[Path | None, typer.Option(help="Folder of the outputs (CSV and Parquet)")] = None,
) -> None:
    """Shares, series, lasting changes and ways of a published table of seizures. Needs no house."""
    from entente import seizing_figures as figures  # noqa: PLC0415

    table, mapping = _read(files, column, constant, only, decimal, dates, excel, sheet)
    _tell_read(table, mapping)
    asked = _asked(table, goods, of, by, measure, when, near)
    picked = figures.chosen(table, asked)
    try:
        figures.within(table, when)
    except ValueError as wrong:
        raise typer.BadParameter(f"--when {when}: it {wrong}.") from None
    _tell_chosen(picked, asked)
    one, each = figures.over_time(table, picked, asked)
    made: dict[str, Figures] = {
        "shares": figures.shares(table, picked, asked),
        "series": figures.series_table(one, each, asked, picked),
        "changes": figures.breaks_table(table, one, each, asked),
        "months": figures.months_table(one, asked),
        "ways": figures.ways_table(table, picked, asked),
    }
    _tell("Shares" + (f" in {when}" if when else ""), made["shares"], last=True)
    _tell(f"By {asked.by}", made["series"], newest=True)
    if one.undated:
        _line(f"{one.undated:,} rows are in no {asked.by}: their date is less exact, or spans several.")
    if last := figures.thin(each):
        _line(f"In {last} less than half as many report as before: it is left out of the changes.")
    _tell("Lasting changes of level", made["changes"])
    _tell("Seasons", made["months"])
    _tell("Ways", made["ways"])
    if to:
        _write(to, files, table, mapping, asked, picked, made, figures.long_table(table, each, asked, picked))
    if strict and any(one.left_out for one in table.told):
        err.print("Rows were left out.", style="bold red")
        raise typer.Exit(1)


# --- what was said, and the table ------------------------------------------------------------------------


def _read(
    files: Sequence[Path],
    column: Sequence[str],
    constant: Sequence[str],
    only: Sequence[str],
    decimal: str,
    dates: str,
    excel: str,
    sheet: int,
) -> "tuple[Published, list[tuple[str, Meaning]]]":
    from entente import seizing_files  # noqa: PLC0415
    from entente.match.goods import meanings, published, published_cells  # noqa: PLC0415
    from entente.match.goods.dating import ORDERS  # noqa: PLC0415

    if dates not in ("", *ORDERS):
        raise typer.BadParameter(f"--dates is one of: {', '.join(ORDERS)}.")
    if decimal not in ("", ".", ",") or excel not in ("", "1900", "1904"):
        raise typer.BadParameter("--decimal is . or , and --excel is 1900 or 1904.")
    constants = dict(one.partition("=")[::2] for one in constant)
    known = (*meanings.ROLES, "fiscal")
    if unknown := [role for role in constants if role not in known]:
        raise typer.BadParameter(f"--constant {unknown[0]}: it is none of {', '.join(known)}.")
    if named := constants.get("goods", ""):
        constants["goods"] = _node(named, "--constant goods=")
    ways = published_cells.Ways(constants, decimal, dates, excel)
    path = files[0]
    try:
        with bar("Reading") as advance, ExitStack() as opened:
            parts, header = [], tuple[str, ...]()
            for path in files:
                names, rows = seizing_files.table(path, sheet - 1, opened)
                if header and names != header:
                    raise ValueError(f"has another header than {files[0].name}")
                header = names
                parts.append(_counted(rows, advance))
            try:
                meant = meanings.said(header, column)
            except ValueError as wrong:
                raise typer.BadParameter(f"--column: {wrong}.") from None
            if not any(one.role == "quantity" for one in meant):
                for name, say in meanings.offered(header, meant):
                    _line(f"“{name}” may be a quantity: --column “{say}” counts it.")
            today = datetime.now(UTC).date()
            try:
                rows = seizing_files.only(header, seizing_files.joined(parts), only)
            except ValueError as wrong:
                raise typer.BadParameter(f"--only {wrong}.") from None
            table = published.read(header, rows, meant, today, ways)
    except ValueError as wrong:
        err.print(f"{path.name} {wrong}.", style="bold red", soft_wrap=True, highlight=False)
        raise typer.Exit(1) from None
    return table, list(zip(header, meant, strict=True))


def _node(text: str, said: str) -> str:
    """The code of the one sort of goods that a text names."""
    from entente.match.goods.taxonomy import TAXONOMY  # noqa: PLC0415

    found = TAXONOMY.find(text)
    if len(found) != 1:
        near = found or TAXONOMY.suggest(text)
        offer = f": {', '.join(node.code for node in near)}" if near else ""
        raise typer.BadParameter(f"{said}{text} names no one sort of our goods{offer}.")
    return found[0].code


def _counted(rows: Any, advance: Any) -> Any:
    for n, row in enumerate(rows, 1):
        if n % 10_000 == 0:
            advance(10_000, None)
        yield row


def _asked(
    table: "Published", goods: Sequence[str], of: str, by: str, measure: str, when: str, near: bool
) -> "Asked":
    from entente.match.trends.series import PER_YEAR  # noqa: PLC0415
    from entente.seizing_figures import DIMENSIONS, MEASURES, Asked  # noqa: PLC0415

    nodes = [_node(text, "--goods ") for text in goods]
    if of not in ("", *DIMENSIONS) or measure not in ("", *MEASURES) or by not in ("", *PER_YEAR):
        raise typer.BadParameter(
            f"--of is one of {', '.join(DIMENSIONS)}; --measure of {', '.join(MEASURES)}; "
            f"--by of {', '.join(PER_YEAR)}."
        )
    quantities = len(table.rows) > 0 and bool((table.rows["unit"] > 0).any())
    several = len(set(table.rows["country"].tolist()) - {0}) > 1
    named = [name for name in ("region", "place") if len(set(table.names[name].tolist())) > 1]
    return Asked(
        tuple(nodes),
        of or ("country" if several else named[0] if named else "goods"),
        by or ("year" if table.totals else "month"),
        measure or ("quantity" if quantities else "count"),
        when,
        near,
    )


# --- what is told --------------------------------------------------------------------------------------


def _tell_read(table: "Published", mapping: "Sequence[tuple[str, Meaning]]") -> None:
    used = [
        f"{name} = {':'.join(part for part in (one.role, one.goods, one.unit, one.year) if part)}"
        for name, one in mapping
        if one.role
    ]
    left = [name or "(no header)" for name, one in mapping if not one.role]
    _line(f"Columns read: {'; '.join(used)}.")
    if left:
        _line(f"Columns left out: {'; '.join(left)}.")
    sign = {".": "a decimal point", ",": "a decimal comma"}.get(
        table.decimal, "no decimal sign that is clear"
    )
    order = f", {table.order}" if table.order else ""
    what = "totals of years" if table.totals else "single events"
    _line(f"Read as {what}, with {sign}{order}.")
    if table.fiscal:
        _line("Years that lie in two calendar years (2018/19) stand at the first.")
    gone = sum(one.rows for one in table.told if one.left_out)
    _line(
        f"{table.read:,} rows, {len(table.rows):,} figures of them"
        + (f"; {table.summed:,} rows sum others up and are left out" if table.summed else "")
        + (f"; rows left out for a value that could not be read: {gone:,}" if gone else "")
        + "."
    )
    keys, many, same = table.repeated
    if keys and table.totals:
        _line(
            f"{keys:,} keys (all columns but figures) stand in more than one row, {many:,} rows together; "
            f"{same:,} rows repeat another's quantity, too. All are added: are they parts, or copies?"
        )
    elif same:
        _line(f"The same as another in every column that is read: {same:,} rows, parts or copies.")
    if table.told:
        rows = [
            [
                str(one.first),
                one.column,
                one.text[:60],
                one.why,
                f"{one.rows:,}",
                "left out" if one.left_out else "kept",
            ]
            for one in table.told[:MOST_TOLD]
        ]
        tabulate(("line", "column", "value", "what", "rows", "rows are"), rows)
        if (more := len(table.told) - MOST_TOLD) > 0:
            _line(f"... and {more:,} more values.")


def _tell_chosen(picked: "Chosen", asked: "Asked") -> None:
    for why, many in picked.left.items():
        _line(f"{many:,} rows not counted: {why}.")
    said = ", ".join(asked.goods) or "all goods"
    if picked.far and not asked.near:
        _line(f"{picked.far:,} quantities are far from all others of their goods: --near leaves them out.")
    _line(f"Counted: {len(picked.at):,} rows of {said}, by {asked.of}, {asked.measure}.")


def _tell(title: str, figures: "Figures", newest: bool = False, last: bool = False) -> None:
    heads, rows = figures
    if not rows:
        return
    shown = rows[-MOST_SHOWN:] if newest else rows[:MOST_SHOWN]
    if last and len(rows) > MOST_SHOWN:
        shown = [*rows[: MOST_SHOWN - 1], rows[-1]]
    _line(f"{title}:")
    tabulate(heads, [[_shown(cell) for cell in row] for row in shown])
    if (more := len(rows) - len(shown)) > 0:
        _line(f"... and {more:,} more lines: --to FOLDER writes them.")


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.2f}".rstrip("0").rstrip(".") if abs(cell) >= 0.01 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _write(
    to: Path,
    files: Sequence[Path],
    table: "Published",
    mapping: "Sequence[tuple[str, Meaning]]",
    asked: "Asked",
    picked: "Chosen",
    made: "dict[str, Figures]",
    long: "Figures",
) -> None:
    from dataclasses import asdict  # noqa: PLC0415

    from entente import __version__, seizing_files  # noqa: PLC0415
    from entente import seizing_figures as figures  # noqa: PLC0415
    from entente.tracing_files import digest  # noqa: PLC0415

    folder = seizing_files.Folder(to)
    heads, rows = figures.rows_table(table, picked.at.tolist())
    folder.table("rows", heads, rows)
    folder.table("series-by-group", *long)
    for name, (heads, rows) in made.items():
        if rows:
            folder.table(name, heads, rows)
    folder.said(
        "summary",
        {
            "entente": __version__,
            "files": [{"name": path.name, "sha256": digest(path)} for path in files],
            "columns": {name: asdict(one) for name, one in mapping if one.role},
            "rows read": table.read,
            "rows counted": len(picked.at),
            "not counted": picked.left,
            "repeated keys": table.repeated[0],
            "asked": asdict(asked),
            "not read": [asdict(one) for one in table.told],
        },
    )
    _line(f"Written to {folder.path}: {', '.join(folder.written)}.")


def _line(text: str) -> None:
    out.print(text, highlight=False, soft_wrap=True)


COMMANDS = (trends,)
