"""`entente check`: a list screened on the machine itself, with the service and the journal of the pages.

Whoever stops it loses nothing: what was asked is kept, and `--resume` goes on after it.
"""

import shlex
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from entente.core.access import Asker
from entente.settings import Settings
from entente.terminal import bar, err, made_alone, out

POLL_S = 1.0


def check(
    path: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="CSV or tab-separated text")
    ] = None,
    officer: Annotated[str, typer.Option(help="E-mail address of the officer who asks")] = "",
    purpose: Annotated[str, typer.Option(help="Why: wanted, locate, identify, border, …")] = "",
    justification: Annotated[str, typer.Option(help="Case reference or reason")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="field=Column; the fields are name, first, last, born, …")
    ] = None,
    encoding: Annotated[str, typer.Option(help="utf-8, utf-16, cp1252, cp1251, cp1256")] = "",
    to: Annotated[Path | None, typer.Option(help="Where the results go; beside the list otherwise")] = None,
    resume: Annotated[str, typer.Option(help="Id of a screening to go on with")] = "",
    again: Annotated[
        str, typer.Option(help="Id of a screening to ask again, of a new list or of its own")
    ] = "",
) -> None:
    """Check a list of names, row by row, against everything an officer may see; results as CSV. Resumable."""
    from entente.app import JOBS, open_house  # noqa: PLC0415
    from entente.desk import sit  # noqa: PLC0415
    from entente.desk.work import catch_up_unless_served  # noqa: PLC0415
    from entente.rooms import screening  # noqa: PLC0415

    if not (path or resume or again):
        raise typer.BadParameter("Name a list, or --resume or --again with the id of a screening.")
    target = to or (path.with_suffix(".results.csv") if path else Path(f"{resume or again}.results.csv"))
    if target.exists():
        err.print(f"{target} is there already: name a new file with --to.", style="bold red", soft_wrap=True)
        raise typer.Exit(1)
    settings = Settings()
    with closing(open_house(settings)) as house:
        with out.status("Indexing"):
            catch_up_unless_served(house, settings.data / "work.lock", JOBS)
        asker = _asker(house, officer, purpose or ("desk" if resume or again else ""), justification)

        def sitting(writing: bool) -> Any:
            return sit(house, asker, "screen", writing)

        if resume:
            with sitting(True) as desk:
                kept = screening.resumed(desk, resume)
        else:
            file = path.open("rb") if path else None
            said = _sent(column or [], encoding, path)
            try:
                kept = (
                    screening.again(sitting, again, file, said)
                    if again or file is None
                    else screening.send(sitting, file, said, path.name if path else "")
                )
            finally:
                if file:
                    file.close()
        id = kept.id
        out.print(f"Screening {id}; its results go to {target}.", highlight=False, soft_wrap=True)
        _tell_columns(kept)
        try:
            state = _done(house, settings, id, path.name if path else id)
        except KeyboardInterrupt:
            go_on = f"entente check --resume {id} --officer {officer} --to {shlex.quote(str(target))}"
            err.print(f"Stopped. Go on with: {go_on}", soft_wrap=True)
            raise typer.Exit(130) from None
        if state != "done":
            err.print("It stopped: the officer may not search at present.", style="bold red")
            raise typer.Exit(1)
        with made_alone(target) as written:
            for piece in screening.exported(sitting, id):
                written.write(piece)
        with sitting(False) as desk:
            found = screening.results_of(desk, id, limit=1)
    _tell_tally(found)
    out.print(f"Results are in {target}.", soft_wrap=True)


def _tell_columns(kept: Any) -> None:
    """Which column says what; and what no column says, where some are left that might."""
    from entente.rooms.screening import FIELDS  # noqa: PLC0415

    named = kept.columns
    said = ", ".join(f"{field}={named.get(field, 'none')}" for field in FIELDS)
    out.print(f"Columns: {said}", highlight=False, soft_wrap=True)
    left = [column for column in kept.header if column not in named.values()]
    missing = [field for field in ("document", "nationality", "born") if field not in named]
    if left and missing:
        err.print(
            f"No column was taken for {', '.join(missing)}; carried along: {', '.join(left)}. If one of them "
            f"says it, begin anew with --column {missing[0]}=…",
            style="yellow",
            soft_wrap=True,
        )


def _tell_tally(found: Any) -> None:
    tally = found.tally
    out.print(
        f"{found.screening.rows} rows: {tally.strong} with strong candidates, {tally.possible} with possible "
        f"ones, {tally.contact} with owners to contact, {tally.faulty} faulty.",
        highlight=False,
        soft_wrap=True,
    )


def _done(house: Any, settings: Settings, id: str, title: str) -> str:
    """Ask row after row, or watch a server do it; the state at the end."""
    from entente.desk.work import held  # noqa: PLC0415
    from entente.rooms.screening import Screener, progress  # noqa: PLC0415

    screener, before = Screener(house), 0
    with held(settings.data / "watch.lock") as alone, bar(f"Screening {title}") as advance:
        while (now := progress(house, id)).state in ("waiting", "running"):
            advance(now.done - before, now.rows)
            before = now.done
            if alone:
                screener.advance(id)
            else:
                time.sleep(POLL_S)
        advance(now.done - before, now.rows)
    return now.state


def _sent(column: list[str], encoding: str, path: Path | None) -> Any:
    from entente.rooms.screening import Sent  # noqa: PLC0415
    from entente.web.forms import validated  # noqa: PLC0415

    named = dict(one.partition("=")[::2] for one in column)
    return validated(Sent, **named, encoding=encoding, title=path.name if path else "")


def _asker(house: Any, email: str, purpose: str, justification: str) -> Asker:
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import asker_for  # noqa: PLC0415

    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="an officer")
        return asker_for(desk, email, purpose, justification or ("own desk" if purpose == "desk" else ""))


COMMANDS = (check,)
