"""The command line: `entente --help`. Local commands act on the data folder of this machine's house."""

import json
import os
import time
from contextlib import ExitStack, closing, nullcontext, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from entente import benching, checking, messaging, operating, packing, scoring, seizing, tracing
from entente.core.access import HOUSE_ONLY, Asker, Level, Purpose, Role
from entente.demo import rehearsing
from entente.settings import Settings
from entente.terminal import bar, err, made_alone, must_be_free, open_browser, out, tabulate, telling
from entente.triage import commands as triage

MOST_SHOWN = 50
"""Faults of a load on the terminal."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a pretty traceback would print records
    help="Police cooperation across borders.",
)


def main() -> None:
    """The console script: a problem is told in one place, without a traceback."""
    with telling():
        app()


@app.command()
def demo(host: str = "", port: int = 0, people: int = 2000, browser: bool = True) -> None:
    """Load the demo story (once), print one-time sign-in links, serve."""
    settings = _settings(host, port)
    must_be_free(settings.host, settings.port)
    with ExitStack() as opened:
        # The bar stands, and prints are compiled, while what takes seconds to import is imported.
        with bar("Loading the demo story") as advance, rehearsing.compiling() as compiled:
            from entente.app import open_house  # noqa: PLC0415
            from entente.demo import story  # noqa: PLC0415

            house = opened.enter_context(closing(open_house(settings)))
            story.load(house, people, advance, compiled)
        _index(house, settings)
        links = story.sign_in_links(house)
    address = f"http://{settings.host}:{settings.port}"
    out.print("One-time sign-in links (new ones at every start):")
    for who, token in links:
        out.print(f"  {who}", soft_wrap=True, highlight=False)
        out.print(f"    {address}/sign-in/link/{token}", soft_wrap=True, highlight=False)
    if browser:
        open_browser(f"{address}/sign-in/link/{links[0][1]}")
    _serve(settings)


@app.command()
def specimens(folder: Path) -> None:
    """Write files to try things with: passports, a disk, prints, faces, files of banks, seizures, courts."""
    from entente.demo import trying  # noqa: PLC0415

    files = trying.files(datetime.now(UTC))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with made_alone(folder / name) as file:
            file.write(content)
    for name in dict.fromkeys(name.partition("/")[0] for name in files):
        out.print(folder / name, highlight=False)


@app.command()
def serve(host: str = "", port: int = 0, workers: int = 0) -> None:
    """Serve the house."""
    _serve(_settings(host, port, workers))


@app.command()
def work(
    rebuild: bool = False,
    until_idle: bool = False,
    beside: Annotated[int, typer.Option(help="Only what asks many questions, as long as it lives")] = 0,
) -> None:
    """Do the work behind the answers (index, journal, jobs); `--rebuild` makes the indexes again."""
    from entente.app import open_house, sequencer_of, work_of, workshops_of  # noqa: PLC0415
    from entente.desk import columning, indexer, likening, templating  # noqa: PLC0415
    from entente.desk.work import do_all  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        if rebuild:
            with out.status("Making the index again from the store"):
                indexer.rebuild(house)
                likening.rebuild(house)
                templating.rebuild(house)
                columning.rebuild(house)
        if until_idle:
            do_all(work_of(house, sequencer_of(house, settings), settings.webhook_origins))
            return
        workshops = workshops_of(house, settings)[1 if beside else 0 :]
        for workshop in workshops:
            workshop.start()
        with suppress(KeyboardInterrupt):
            while not beside or os.getppid() == beside:
                time.sleep(1)
        for workshop in workshops:
            workshop.stop()


@app.command()
def load(
    path: Annotated[Path, typer.Argument(exists=True)],
    bureau: Annotated[str, typer.Option(help="Code of the owner, such as XA")],
    handling: Annotated[str, typer.Option(help="everyone, nobody, XB,XC or but:XB")] = "nobody",
    hint: Annotated[str, typer.Option(help="Bureaus that learn only whom to contact")] = "",
    watch: Annotated[bool, typer.Option(help="Tell the owner silently of every match")] = False,
    mapping: Annotated[Path | None, typer.Option(exists=True, help="TOML mapping for a CSV file")] = None,
    expires: Annotated[str, typer.Option(help="Date until which the records are kept")] = "",
    faults: Annotated[Path | None, typer.Option(help="Write every faulty line here (JSON lines)")] = None,
    seizures: Annotated[bool, typer.Option(help="It is a CSV file of seizures, of any size")] = False,
) -> None:
    """Load a file of records: FtM JSON lines, CSV with a mapping, OFAC or UN originals. Resumable."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import sit  # noqa: PLC0415
    from entente.rooms.records import HandlingForm, to_handling  # noqa: PLC0415
    from entente.rooms.records.loading import load as load_file  # noqa: PLC0415
    from entente.rooms.trends.seizures.loading import load_file as of_seizures  # noqa: PLC0415
    from entente.web.forms import validated  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        until = _day(expires) if expires else None
        asker = _operator(house, bureau, f"load {path.name}")
        with sit(house, asker) as desk:
            chosen = to_handling(desk, validated(HandlingForm, **_handling(handling, hint, watch)))
            desk.note("see", what="directory")
        kept = read = bad = shown = resumed = 0
        tell = faults.open("w") if faults else None
        with bar(f"Loading {path.name}") as advance:
            for step in (of_seizures if seizures else load_file)(house, asker, path, chosen, mapping, until):
                kept, read, bad = kept + step.kept, read + step.read, bad + len(step.faults)
                advance(step.read, None)
                if step.from_line and not resumed:
                    resumed = step.from_line
                    err.print(f"Going on from line {resumed}, where this load stopped.", soft_wrap=True)
                for fault in step.faults:
                    shown += 1
                    if tell:
                        file = {"file": fault.file} if fault.file else {}
                        tell.write(json.dumps({**file, "line": fault.number, "reason": fault.reason}) + "\n")
                    elif shown <= MOST_SHOWN:
                        err.print(f"{fault.place}: {fault.reason}", highlight=False, soft_wrap=True)
        if tell:
            tell.close()
        elif bad > MOST_SHOWN:
            err.print(f"... and {bad - MOST_SHOWN} more; --faults FILE writes every one.")
        _index(house, settings)
    out.print(f"{read} lines read, {kept} records new or changed, {bad} faulty lines.", soft_wrap=True)
    if bad == read > 0:
        err.print("No line could be kept.", style="bold red")
        raise typer.Exit(1)


@app.command()
def search(
    text: str,
    officer: Annotated[str, typer.Option(help="E-mail address of the officer who asks")],
    purpose: Annotated[str, typer.Option(help="Why: wanted, locate, identify, border, …")],
    justification: Annotated[str, typer.Option(help="Case reference or reason")],
    kind: str = "",
    born: str = "",
    nationality: str = "",
    limit: int = 10,
) -> None:
    """Search as an officer, on this machine."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import sit  # noqa: PLC0415
    from entente.rooms.search import Search, shown  # noqa: PLC0415
    from entente.rooms.search import search as ask  # noqa: PLC0415
    from entente.web.forms import validated  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        _index(house, settings)
        asker = _asker(house, officer, purpose, justification)
        asked = validated(Search, text=text, kind=kind, born=born, nationality=nationality, limit=limit)
        with sit(house, asker, "search") as desk:
            answer = shown(desk, ask(desk, asked))
    heads = ("score", "record", "kind", "owner", "id", "why")
    rows = [
        (
            f"{c.score:.2f}",
            c.caption,
            c.kind,
            c.owner,
            c.id,
            ", ".join(f"{r.rule} {r.part:+.2f}" for r in c.reasons),
        )
        for c in answer.candidates
    ]
    out.print("understood: " + "; ".join(f"{s.what} {s.value}" for s in answer.understood), soft_wrap=True)
    if rows:
        tabulate(heads, rows)
    else:
        out.print("Nothing here that you may see.")
    for contact in answer.contacts:
        out.print(
            f"Contact bureau {contact.bureau} ({contact.desk} {contact.phone}), quoting {contact.token}.",
            soft_wrap=True,
        )


@app.command()
def why(officer: str, thing: str, purpose: str = "identify") -> None:
    """Why an officer sees a thing, or does not: the line of the rule that decides."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.core.access import explain  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, is_id, sit  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        asker = _asker(house, officer, purpose, "entente why")
        with sit(house, HOUSE_ASKER) as desk:
            found = desk.inspect(thing) if is_id(thing) else None
            desk.note("administer", object=thing, what="why")
        if found is None:
            err.print(f"There is no thing {thing} (or it was erased, or has expired).", soft_wrap=True)
            raise typer.Exit(1)
        decision, because = explain(asker, found.handling)
    out.print(f"{decision.name}: {because}.")


@app.command()
def export(bureau: str, path: Path) -> None:
    """Export a bureau's own records as FollowTheMoney JSON lines."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import sit  # noqa: PLC0415
    from entente.rooms.records.exporting import export as write  # noqa: PLC0415

    with closing(open_house(Settings())) as house:
        asker = _operator(house, bureau, f"export to {path.name}")
        with sit(house, asker) as desk, made_alone(path) as file:
            written = write(desk, file)
    out.print(f"{written} records written to {path}.")


lost = typer.Typer(no_args_is_help=True, help="Lost and stolen documents of one bureau.")


@lost.callback()
def _lost() -> None:
    """Keeps `load` a command of its own."""


@lost.command(name="load")
def load_lost(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    bureau: Annotated[str, typer.Option(help="Code of the issuer's bureau, such as XB")],
    handling: Annotated[str, typer.Option(help="everyone, nobody, XB,XC or but:XB")] = "everyone",
    hint: Annotated[str, typer.Option(help="Bureaus that learn only whom to contact")] = "",
    check: Annotated[bool, typer.Option(help="Read it and tell its faults; keep nothing")] = False,
    faults: Annotated[Path | None, typer.Option(help="Write every faulty row here (JSON lines)")] = None,
) -> None:
    """Load a CSV file of lost, stolen, revoked or invalid documents. Resumable; a row changes what its
    reference (or number) names, and takes it back where its status is “deleted”."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import sit  # noqa: PLC0415
    from entente.rooms.papers.lost import loading  # noqa: PLC0415
    from entente.rooms.records import HandlingForm, to_handling  # noqa: PLC0415
    from entente.web.forms import validated  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        asker = _operator(house, bureau, f"load {path.name}")
        with sit(house, asker) as desk:
            chosen = to_handling(desk, validated(HandlingForm, **_handling(handling, hint, watch=False)))
            desk.note("see", what="directory")
        table = loading.table_of(house, asker, path)
        for field, column in table.columns.items():
            err.print(f"{field}: “{column}”", highlight=False, soft_wrap=True)
        kept = gone = read = bad = 0
        steps = loading.check(house, asker, table) if check else None
        with faults.open("w") if faults else nullcontext() as tell, bar(f"Loading {path.name}") as advance:
            for step in steps or loading.load(house, asker, path, table, chosen):
                kept, gone, read = kept + step.kept, gone + step.gone, read + step.read
                advance(step.read, None)
                for fault in step.faults:
                    bad += 1
                    if tell:
                        tell.write(json.dumps({"line": fault.number, "reason": fault.reason}) + "\n")
                    elif bad <= MOST_SHOWN:
                        err.print(f"row {fault.number}: {fault.reason}", highlight=False, soft_wrap=True)
        if not check:
            _index(house, settings)
    done = "rows could be kept" if check else f"records new or changed, {gone} taken back"
    out.print(f"{read} rows read, {kept} {done}, {bad} faulty rows.", soft_wrap=True)
    if bad == read > 0:
        raise typer.Exit(1)


app.add_typer(lost, name="lost")
app.add_typer(messaging.app, name="message")
app.add_typer(packing.app, name="pack")
app.add_typer(benching.app, name="bench")
for command in (
    *operating.COMMANDS,
    *checking.COMMANDS,
    *triage.COMMANDS,
    *tracing.COMMANDS,
    *seizing.COMMANDS,
    *scoring.COMMANDS,
):
    app.command()(command)


# --- behind the commands -------------------------------------------------------------------------


def _settings(host: str = "", port: int = 0, workers: int = 0) -> Settings:
    given = {"host": host, "port": port, "workers": workers}
    return Settings(**{k: v for k, v in given.items() if v})  # type: ignore[arg-type]


def _serve(settings: Settings) -> None:
    from entente import serving  # noqa: PLC0415

    must_be_free(settings.host, settings.port)
    os.environ.update(
        ENTENTE_HOST=settings.host, ENTENTE_PORT=str(settings.port), ENTENTE_DATA=str(settings.data)
    )
    with serving.silent_pass():
        serving.run(settings.host, settings.port, settings.workers)


def _index(house, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    """Bring the index up to date here, unless a running server does it anyway."""
    from entente.app import JOBS  # noqa: PLC0415
    from entente.desk.work import catch_up_unless_served  # noqa: PLC0415

    with out.status("Indexing"):
        catch_up_unless_served(house, settings.data / "work.lock", JOBS)


def _operator(house, code: str, why: str) -> Asker:  # type: ignore[no-untyped-def]
    """Whoever holds this machine, acting for a bureau on all of the bureau's own records."""
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import by_code  # noqa: PLC0415

    with sit(house, HOUSE_ASKER) as desk:
        known = by_code(desk)
        held = frozenset[str]().union(*(h.need for h in desk.classes())) - {HOUSE_ONLY}
        desk.note("see", what="directory")
    if code not in known:
        raise typer.BadParameter(f"No bureau {code} takes part; there are {', '.join(known)}.")
    roles = frozenset({Role.CONTRIBUTOR, Role.SUPERVISOR})
    number = known[code].number
    return Asker("operator", number, Purpose.DESK, why, roles, clearance=Level.CONFIDENTIAL, held=held)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no date: write it as 2031-12-31.") from None


def _asker(house, email: str, purpose: str, justification: str) -> Asker:  # type: ignore[no-untyped-def]
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import asker_for  # noqa: PLC0415

    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="an officer")
        return asker_for(desk, email, purpose, justification)


MEANT = {
    **dict.fromkeys(("all", "any", "anyone", "anybody", "everybody", "public", "*"), "everyone"),
    **dict.fromkeys(("none", "no", "own", "owner", "noone"), "nobody"),
}


def _handling(text: str, hint: str, watch: bool) -> dict[str, object]:
    said = text.strip().casefold()
    if said in MEANT:
        raise typer.BadParameter(f"{text} is no bureau: did you mean --handling {MEANT[said]}?")
    hints = [c.strip().upper() for c in hint.split(",") if c.strip()]
    codes = [c.strip().upper() for c in said.removeprefix("but:").split(",") if c.strip()]
    mode = "but" if said.startswith("but:") else "named"
    if said in {"everyone", "nobody"}:
        mode, codes = ("everyone" if said == "everyone" else "named"), []
    return {"mode": mode, "bureaus": codes, "hint": hints, "watch": watch}


if __name__ == "__main__":
    main()
