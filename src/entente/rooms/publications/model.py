"""What this room takes and gives: what is published and to whom, release checks, copies, feedback."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.records import Strict

Data = dict[str, Any]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
MaybeId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
LevelName = Literal["official", "restricted", "confidential"]
LEVEL: TypeAdapter[LevelName] = TypeAdapter(LevelName)
MOST_RECIPIENTS = 100


# --- between rooms -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a publication: its id, what is shown of it (the neutral format, see freezing.py), and every
    thing that was read for it."""

    id: str
    data: Data
    sources: Mapping[str, Thing]


@dataclass(frozen=True, slots=True)
class Content:
    """What is frozen: the parts in order, as the author sees them.

    `notes`: footnotes [{"n", "text"}], numbered from 1 in the order in which runs name them; `contents`: with
    a table of contents; `compared`: in numbers, what changed since the edition before; `more`: what else the
    data says (JSON), for who reads it by machine; `kept`: properties of the publication that go with it.
    """

    parts: Sequence[Part]
    notes: Sequence[Data] = ()
    contents: bool = False
    compared: str = ""
    more: Data = field(default_factory=dict)
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sources(self) -> dict[str, Thing]:
        """Everything that was read for it, by id."""
        return sources_of(self.parts)


def sources_of(parts: Sequence[Part]) -> dict[str, Thing]:
    """Everything that was read for these parts, by id."""
    return {id: thing for part in parts for id, thing in part.sources.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """What of a publication's sources is not as it was printed. `gone`: suspended, deleted or out of date."""

    changed: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Same:
    """It says what it said, though its sources were written at. `sources`: as they are now."""

    sources: Mapping[str, Thing]


Anew = Callable[[Desk, Thing, Change], Content | Same | None]


def _suspended(_desk: Desk, _publication: Thing, _change: Change) -> None:
    """Nothing is printed anew: copies of what has changed are suspended."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a room tells of the publications that it makes; given to `duties`, readers' pages and each act.

    `keys`: by which a publication itself is found, from its body. `belonging`: the keys of papers about it.
    `page`: where those who write it have its page. `within`: the property that names what it is written in;
    alerts carry it. `anew`: what to print in its place when sources have changed (at a desk of the house):
    the whole content, with an erratum; `Same` where it says what it said; None to suspend it.
    """

    what: str
    keys: Callable[[Body], tuple[str, ...]]
    page: Callable[[Thing], str]
    belonging: Callable[[Thing], tuple[str, ...]] = lambda _publication: ()
    within: str = ""
    anew: Anew = _suspended


Imprints = Mapping[str, Imprint]
"""By kind."""


# --- at the edge ---------------------------------------------------------------------------------


class Recipient(Strict):
    """Who gets a numbered copy: a bureau (whoever of it is cleared), or one officer of it."""

    bureau: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$", max_length=8)]
    unit: Annotated[str, StringConstraints(max_length=120)] = ""
    officer: MaybeId = Field(default="", description="An officer of your bureau, or a member of the file")
    channel: Annotated[str, StringConstraints(max_length=60)] = "entente"


class Why(Strict):
    """A reason."""

    why: Annotated[str, StringConstraints(min_length=10, max_length=2_000)]


class ReleaseForm(Strict):
    """Which of your bureau's sources which bureaus may read in this report. `sources`: none named, all."""

    sources: list[Id] = Field(default=[], max_length=2_000)
    bureaus: list[Annotated[str, StringConstraints(max_length=8)]] = Field(min_length=1, max_length=256)


class Blocked(Strict):
    """Why a block cannot go to a recipient. `what`: "source", "level", "purpose"."""

    block: str
    number: int
    bureau: str
    officer: str
    what: str
    source: str
    caption: str
    owner: str


class Option(Strict):
    """What can be done about a block: remove it, write a sentence instead, or ask an owner (send `text`)."""

    block: str
    do: Literal["remove", "replace", "ask"]
    bureau: str
    sources: list[str]
    text: str


class Released(Strict):
    """A source that its owner lets bureaus read in this report."""

    id: str
    source: str
    caption: str
    owner: str
    bureaus: list[str]
    holds: bool


class Checked(Strict):
    """The release check: nothing blocks when `blocked` is empty."""

    recipients: int
    sources: int
    blocked: list[Blocked]
    options: list[Option]
    released: list[Released]


class CopyRow(Strict):
    """A copy of a report that was sent to you. One that is suspended or withdrawn says only that."""

    id: str
    number: int
    state: str
    title: str
    edition: int
    owner: str
    published: str
    read: bool


class Copy(CopyRow):
    """A copy as its reader gets it. `document`: the frozen data (SHA-256: `sha256`)."""

    sha256: str
    why: str
    level: str
    document: dict[str, object] | None
    feedback: str


class FeedbackForm(Strict):
    """What became of it."""

    verdict: Literal["used", "useful", "wrong"]
    text: Annotated[str, StringConstraints(max_length=5_000)] = ""


class Feedback(Strict):
    """What a reader said."""

    id: str
    bureau: str
    number: int
    verdict: str
    text: str
    at: str


class Receipt(Strict):
    """Whether a copy was read."""

    number: int
    bureau: str
    unit: str
    officer: str
    state: str
    read: list[str]


class TemplateForm(Strict):
    """How a bureau's reports look."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    header: Annotated[str, StringConstraints(max_length=200)] = ""
    footer: Annotated[str, StringConstraints(max_length=200)] = ""
    caveat: Annotated[str, StringConstraints(max_length=2_000)] = ""
    lang: Literal["en", "fr", "es", "ar"] = "en"


class Template(TemplateForm):
    code: str
