"""`entente message …`: messages on the command line, as a machine of a bureau does it with its key.

The key comes from ENTENTE_KEY, never from the command's words, which every user of the machine may read.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from entente.core.problems import NotSignedIn
from entente.settings import Settings
from entente.terminal import err, out, tabulate

app = typer.Typer(no_args_is_help=True, help="Send, list, read and answer messages with a machine's key.")


@app.command(name="list")
def list_(
    sent: Annotated[bool, typer.Option(help="What the bureau sent, instead of what it received")] = False,
    burning: Annotated[bool, typer.Option(help="Only what waits for an answer, soonest due first")] = False,
    words: Annotated[str, typer.Option(help="Words that must be in it")] = "",
) -> None:
    """List the bureau's messages, newest first."""
    from entente.rooms.messages import Filter, burning_messages, listed  # noqa: PLC0415

    with _desk() as (desk, keyring, _name):
        if burning:
            rows = burning_messages(desk, keyring)
        else:
            rows = listed(desk, keyring, Filter("out" if sent else "in", words)).messages
    sealed = "(sealed to a key this one does not hold)"
    tabulate(
        ("id", "at", "urgency", "from", "to", "state", "due", "subject"),
        [
            (
                r.id,
                r.at,
                r.urgency,
                r.sender,
                " ".join(r.to),
                r.state,
                r.due,
                r.subject if r.readable else sealed,
            )
            for r in rows
        ],
    )


@app.command()
def read(id: str) -> None:
    """Open a message; the first time, the bureau signs that it was opened."""
    from entente.rooms.messages import mark_opened, one  # noqa: PLC0415

    with _desk(writing=True) as (desk, keyring, _name):
        mark_opened(desk, keyring, id)
        message = one(desk, keyring, id)
    out.print_json(message.model_dump_json())


@app.command()
def send(
    to: Annotated[list[str], typer.Option(help="Code of a recipient, such as XB; once for each")],
    subject: Annotated[str, typer.Option()],
    text: Annotated[Path | None, typer.Option(exists=True, help="File with the text; `-` reads it")] = None,
    question: Annotated[list[str], typer.Option(help="A question; once for each")] = [],  # noqa: B006
    urgency: Annotated[str, typer.Option(help="flash, immediate, urgent, priority or routine")] = "routine",
    language: Annotated[str, typer.Option(help="en, fr, es or ar")] = "en",
    case: Annotated[str, typer.Option(help="Your case reference")] = "",
    attach: Annotated[list[Path], typer.Option(exists=True, dir_okay=False)] = [],  # noqa: B006
    ref: Annotated[str, typer.Option(help="Your own reference: sent again, it is the same message")] = "",
) -> None:
    """Send a request (with questions) or an information (without)."""
    from entente.rooms.messages import draft_of, upload  # noqa: PLC0415
    from entente.rooms.messages import send as send_message  # noqa: PLC0415

    said = {
        "to": to,
        "subject": subject,
        "text": text.read_text("utf-8") if text else "",
        "kind": "request" if question else "information",
        "questions": question,
        "urgency": urgency,
        "language": language,
        "case": case,
        "ref": ref,
    }
    draft = draft_of(**said)
    with _desk(writing=True) as (desk, keyring, name):
        files = [upload(desk, keyring, path.name, path.read_bytes()).id for path in attach]
        sent = send_message(desk, keyring, draft.model_copy(update={"attachments": files}), name)
    out.print(sent.id)


@app.command()
def answer(
    id: str,
    content: Annotated[list[str], typer.Option(help="`2=The owner is…`: the content for question 2")] = [],  # noqa: B006
    refuse: Annotated[list[str], typer.Option(help="`3=No legal basis`: why question 3 is refused")] = [],  # noqa: B006
    by: Annotated[list[str], typer.Option(help="`1=2026-01-31T14:00:00+00:00`: answered by then")] = [],  # noqa: B006
    language: Annotated[str, typer.Option(help="en, fr, es or ar")] = "en",
) -> None:
    """Answer questions of a request: each with its content, a refusal, or a time."""
    from entente.rooms.messages import answer as answer_request  # noqa: PLC0415
    from entente.rooms.messages import answer_of  # noqa: PLC0415

    given = [
        *({"how": "content", "text": text, "question": n} for n, text in map(_numbered, content)),
        *({"how": "refusal", "text": text, "question": n} for n, text in map(_numbered, refuse)),
        *({"how": "time", "until": until, "question": n} for n, until in map(_numbered, by)),
    ]
    told = answer_of(answers=given, language=language)
    with _desk(writing=True) as (desk, keyring, name):
        sent = answer_request(desk, keyring, id, told, name)
    out.print(sent.id)


def _numbered(said: str) -> tuple[int, str]:
    number, equals, rest = said.partition("=")
    if not equals or not number.strip().isdecimal():
        raise typer.BadParameter(f"“{said}” names no question: write 1=…")
    return int(number), rest.strip()


@contextmanager
def _desk(writing: bool = False) -> Iterator[tuple]:  # type: ignore[type-arg]
    """A sitting of the machine whose key is in ENTENTE_KEY: (desk, its bureau's keys, its name)."""
    from entente.app import open_house  # noqa: PLC0415
    from entente.desk import HOUSE_ASKER, sit  # noqa: PLC0415
    from entente.rooms.bureaus import asker_with_key, unlock_with_key  # noqa: PLC0415

    settings = Settings()
    if not settings.store and not (settings.data / "entente.db").exists():  # to open one would make one
        err.print(f"No house in {settings.data.resolve()}.", style="bold red", soft_wrap=True)
        err.print(
            "Set ENTENTE_DATA, or run it in the house's folder. From another machine use the API.",
            soft_wrap=True,
        )
        raise typer.Exit(1)
    if not settings.key:
        raise NotSignedIn("Put a machine's key into ENTENTE_KEY; an administrator issues one at /keys.")
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER) as desk:
            desk.note("see", what="a key")
            asker, name = asker_with_key(desk, settings.key, "own desk")
        with sit(house, asker, "message", writing=writing) as desk:
            yield desk, unlock_with_key(desk, settings.key), name
