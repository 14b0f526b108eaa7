"""`entente triage`, `triage-review`, `triage-features`, `triage-compare`: on the machine of a specialist."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from entente.terminal import bar, err, out


def triage(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The disk, mounted")],
    to: Annotated[Path | None, typer.Option(help="Folder of the outputs; not on the disk")] = None,
    case: Annotated[str, typer.Option(help="Case number, for case.vics.json; it is not sent")] = "",
    profile: Annotated[str, typer.Option(help="Whose categories: US, UK …")] = "Default",
    known: Annotated[
        list[Path], typer.Option(exists=True, dir_okay=False, help="Known files: VICS, ICSE CSV, hashes")
    ] = [],  # noqa: B006
    ignore: Annotated[list[Path], typer.Option(exists=True, dir_okay=False, help="Files to set aside")] = [],  # noqa: B006
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0: one a core")] = 0,
    server: Annotated[str, typer.Option(help="Address of a house to ask: https://…")] = "",
    key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="File with a key")] = None,
    again: Annotated[bool, typer.Option("--again", help="Ask what was answered before, too")] = False,
    purpose: Annotated[str, typer.Option(help="Why the house is asked")] = "",
    justification: Annotated[str, typer.Option(help="Case reference or reason, for the house")] = "",
    answer: Annotated[
        list[Path], typer.Option(exists=True, dir_okay=False, help="An answer of the house, downloaded")
    ] = [],  # noqa: B006
) -> None:
    """Walk a disk, hash its pictures and films, split them into known, near and unknown. Goes on when cut."""
    from entente.triage import asking, running  # noqa: PLC0415

    place = to or Path(f"triage-{folder.resolve().name or 'disk'}")
    if place.resolve().is_relative_to(folder.resolve()):
        raise typer.BadParameter(
            f"{place} lies on the disk, to which nothing is written: name another with --to."
        )
    run = running.Run(
        os.fsencode(folder.resolve()),
        place,
        case,
        profile,
        tuple(known),
        tuple(ignore),
        jobs or len(os.sched_getaffinity(0)),
    )
    with _told(f"entente triage {folder} --to {place}"), running.opened(place, made=True) as kept:
        house = None
        if server:
            if key is None:
                raise typer.BadParameter("--server needs --key: a file that holds the bureau's key.")
            house = asking.client(server, key, purpose, justification)
        count = running.read(run, kept, bar)
        running.remember(run, kept)
        with err.status("Comparing and grouping"):
            found = running.sort(kept)
            asked = list(running.parts(kept, found))
        for path in answer:
            _refused(path, *kept.answer(asking.from_file(path)))
        if house is not None:
            with house:
                _refused(server, *running.ask(kept, found, house, bar, again))
        with err.status("Writing"):
            if answer or house is not None:
                found = running.sort(kept)
            running.write(place, kept, found)
        _tell(place, count, found.counts(), len(kept.passed()), len(asked))


def _refused(source: object, taken: int, refused: int) -> None:
    """Told aloud: by such an answer files that nobody saw would be set aside."""
    if refused:
        err.print(
            f"{source}: {refused} answers were not taken: they are to no question of this run. {taken} were.",
            style="bold red",
            soft_wrap=True,
            highlight=False,
        )


def _tell(place: Path, count: int, counts: dict[str, int], passed: int, parts: int) -> None:
    told = [f"{counts[name]} {name}" for name in ("known", "near", "unknown", "ignored")]
    out.print(
        f"{count} files read; {counts['files']} pictures and films: {', '.join(told)}.", highlight=False
    )
    out.print(
        f"{counts['items']} of them differ, in {counts['groups']} groups. To look at: {counts['looks']}; "
        f"{counts['spared']} looks are spared.",
        highlight=False,
        soft_wrap=True,
    )
    if passed:
        out.print(f"{passed} things were passed over: see problems.csv.", highlight=False)
    asked = "ask.json" if parts < 2 else f"ask.json to ask-{parts}.json"
    out.print(f"Written to {place}; what the house may be asked: {asked}.", highlight=False, soft_wrap=True)


def triage_review(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of the outputs")],
    most: Annotated[int, typer.Option(min=1, help="Looks a day, after which it ends")] = 200,
) -> None:
    """Go through what is to be looked at, one line a group; type a category or nothing. Opens no picture."""
    from entente.triage import reviewing, running  # noqa: PLC0415

    with _told(f"entente triage-review {folder}"), running.opened(folder) as kept:
        found = running.sort(kept)
        try:
            reviewing.review(kept, found, most, _line, input)
        finally:
            running.write_case(folder, kept, found)
        today = kept.looks(date.today().isoformat())
        _line(f"Looked at today: {today}. Your bureau counts with you: say it under Image series, My desk.")


def _line(text: str) -> None:
    out.print(text, highlight=False, soft_wrap=True)


def triage_features(
    picture: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="A new file")],
) -> None:
    """Write the local features of a picture, for another holder to compare; treat them as the picture."""
    from entente.triage import featuring  # noqa: PLC0415

    with _told("entente triage-features"):
        featuring.write(picture, output)


def triage_compare(
    one: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    other: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
) -> None:
    """Compare the local features of two pictures: is it the same place or object, though no copy?"""
    from entente.triage import featuring  # noqa: PLC0415

    with _told("entente triage-compare"):
        _line(featuring.told(featuring.inliers(one, other)))


@contextmanager
def _told(again: str) -> Iterator[None]:
    """A fault in one line with status 1; Ctrl-C with how to go on, and status 130."""
    from entente.triage.asking import NotAsked  # noqa: PLC0415
    from entente.triage.featuring import NoFeatures  # noqa: PLC0415
    from entente.triage.lists import NoList  # noqa: PLC0415
    from entente.triage.work_file import NoWorkFile  # noqa: PLC0415

    try:
        yield
    except (NotAsked, NoFeatures, NoList, NoWorkFile) as why:
        err.print(str(why), style="bold red", soft_wrap=True, highlight=False)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        err.print(f"Stopped. What was done is kept; go on with: {again}", soft_wrap=True, highlight=False)
        raise typer.Exit(130) from None


COMMANDS = (triage, triage_review, triage_features, triage_compare)
