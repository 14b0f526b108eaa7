"""What an operator does on the machine itself: bureaus and first officers, backup, the journal.

Commands of `entente` (cli.py); each leaves its entry in the journal.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from entente.core.access import Role
from entente.settings import Settings
from entente.terminal import err, made_alone, out


def bureau(
    code: str,
    label: str,
    desk: Annotated[str, typer.Option(help="The desk to ask for")] = "",
    phone: str = "",
    email: str = "",
    secretariat: Annotated[bool, typer.Option(help="It lets bureaus join and names reviewers")] = False,
    sort: Annotated[
        str, typer.Option(help="police, or a partner: customs environment fisheries health other private")
    ] = "police",
) -> None:
    """Let a bureau join (the first one, or the secretariat; later ones join over the pages)."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import register  # noqa: PLC0415

    facts = {"desk": desk, "phone": phone, "email": email, "secretariat": "yes" if secretariat else ""}
    facts["sort"] = sort
    with (
        closing(open_house(Settings())) as house,
        sit(house, HOUSE_ASKER, "administer", writing=True) as sitting,
    ):
        made = register(sitting, code, label, **facts)
    out.print(f"{made.code} takes part.")


def officer(
    bureau: str,
    name: str,
    email: str,
    role: Annotated[list[Role], typer.Option()] = [Role.OFFICER],  # noqa: B006
) -> None:
    """Enrol an officer (the first administrator of a bureau, say) and print his one-time sign-in link."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import by_code, enrol, make_link  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house, sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        known = by_code(desk).get(bureau)
        if known is None:
            raise typer.BadParameter(f"No bureau {bureau} takes part: let it join with `entente bureau`.")
        made = enrol(desk, known, name, email, role)
        token = make_link(desk, made.id)
    out.print(f"http://{settings.host}:{settings.port}/sign-in/link/{token}", soft_wrap=True)


def backup(to: Path) -> None:
    """Copy the store while it is in use; the copy is readable by its owner alone."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415

    with made_alone(to), closing(open_house(Settings())) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            desk.note("backup", outcome="begun")
        house.store.backup(to)
    out.print(f"The store was copied to {to}.")


def restore(copy: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Put an SQLite store back from a copy (server stopped); what was deleted since is deleted again."""
    from entente.app import put_back  # noqa: PLC0415

    with out.status("Looking through the copy"):
        done = put_back(Settings(), copy)
    out.print(f"The store is {copy} again: {done.copy.things} things, {done.copy.entries} journal entries.")
    if done.deletions is None:
        err.print(
            "The store before it cannot be read, so what it had deleted since CANNOT be deleted again: "
            "withdraw it by hand before you open; see docs/operate.md, Restore.",
            style="bold red",
            soft_wrap=True,
        )
    else:
        out.print(f"Deletions made again: {done.deletions}.")
    if done.before:
        out.print(f"The store as it was is {done.before}: remove it when all is well.", soft_wrap=True)


def journal(
    path: Path,
    entry: Annotated[
        list[str], typer.Option(help="Only this entry (its id), with its proof; repeatable")
    ] = [],  # noqa: B006
    known: Annotated[int, typer.Option(help="Size of a checkpoint the reader already holds")] = 0,
    private: Annotated[bool, typer.Option(help="With the texts that the leaves commit to")] = True,
) -> None:
    """Export the journal for `entente verify`: entries, signed checkpoints, the public key."""
    with made_alone(path) as file:
        for line in _journal(entry, known, private):
            file.write(line)
    out.print(f"The journal was written to {path}.")


def verify(
    path: Annotated[
        Path | None, typer.Argument(help="An export; without it, this machine's journal", exists=True)
    ] = None,
    key: Annotated[str, typer.Option(help="The house's public key in hex, if you already know it")] = "",
) -> None:
    """Verify a journal offline: the tree, every signed checkpoint, every text that can be opened."""
    from entente.core.proof import Known, verify_export  # noqa: PLC0415
    from entente.desk.sequencer import verify_signature  # noqa: PLC0415

    try:
        known = Known(bytes.fromhex(key))
    except ValueError:
        raise typer.BadParameter("The key is not in hex.") from None
    if path is None:
        report = verify_export(_journal([], 0, True), verify_signature, known)
    else:
        with path.open("rb") as lines:
            report = verify_export(lines, verify_signature, known)
    out.print(
        f"{report.origin}: {report.entries} entries, {report.checkpoints} checkpoints, size {report.size}, "
        f"root {report.root.hex()}, key {report.key.hex()}",
        soft_wrap=True,
    )
    if report.fault:
        err.print(f"FAULT at place {report.place} (line {report.line}): {report.fault}", style="bold red")
        raise typer.Exit(1)
    out.print("The journal holds together.", style="bold green")


COMMANDS = (bureau, officer, backup, restore, journal, verify)


def _journal(entry: Sequence[str], known: int, private: bool) -> Iterator[bytes]:
    """The lines of an export, which is itself an act."""
    from entente.app import journal_key, open_house, sequencer_of  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.desk.sequencer import public_key  # noqa: PLC0415

    settings = Settings()
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            if missing := [id for id in entry if desk.entry(id) is None]:
                raise typer.BadParameter(f"The journal has no entry {', '.join(missing)}.")
            desk.note("export", what="the journal", entries=list(entry), private=private)
        sequencer = sequencer_of(house, settings)
        while sequencer.fold():
            pass
        key = public_key(journal_key(settings))
        if not entry:
            yield from sequencer.export(key, private)
            return
        try:
            yield from sequencer.extract(key, entry, known, private)
        except ValueError:
            raise typer.BadParameter(f"No checkpoint has been signed at size {known}.") from None
