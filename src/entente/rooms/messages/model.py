"""What the messages room takes and gives (the API's schemas)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict
from entente.web.forms import validated

Urgency = Literal["flash", "immediate", "urgent", "priority", "routine"]
Level = Literal["official", "restricted", "confidential"]
Language = Literal["en", "fr", "es", "ar"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")]
Id = Annotated[str, StringConstraints(max_length=64)]
Ref = Annotated[str, StringConstraints(max_length=100, pattern=r"^[\x21-\x7e]*$")]
Line = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Ask = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
MOST_RECIPIENTS = 30
MOST_QUESTIONS = 20
MOST_ATTACHMENTS = 10


class MessageForm(Strict):
    """A message as it is written. Empty `to` with a `group` means its members' bureaus."""

    to: list[Code] = Field(default=[], max_length=MOST_RECIPIENTS, examples=[["XB"]])
    group: Id = Field(default="", description="A working group: its members alone read it")
    kind: Literal["request", "information"] = "request"
    subject: Line = Field(default="", examples=["Owner of a van"])
    text: Text = ""
    case: Line = Field(default="", description="Your case reference")
    their_case: Line = Field(default="", description="Theirs, where you know it")
    urgency: Urgency = "routine"
    language: Language = Field(default="en", description="The language it is written in")
    level: Level = "official"
    questions: list[Ask] = Field(default=[], max_length=MOST_QUESTIONS)
    template: Line = Field(default="", description="Slug of the standard request it was made from")
    attachments: list[Id] = Field(
        default=[], max_length=MOST_ATTACHMENTS, description="Ids that POST …/attachments gave"
    )
    reply_to: Id = Field(default="", description="A message of yours whose thread it goes on")
    draft: Id = Field(default="", description="A kept draft that is done with when this is sent")
    ref: Ref = Field(default="", description="Your own reference: sent again, it is the same message")


class GivenAnswer(Strict):
    """An answer to one question (counted from 1): its content, a refusal with a reason, a time."""

    question: int = Field(ge=1, le=MOST_QUESTIONS)
    how: Literal["content", "refusal", "time"]
    text: Text = Field(default="", description="The content, or the reason")
    until: str = Field(default="", max_length=40, examples=["2026-01-31T14:00:00+00:00"])


class AnswerForm(Strict):
    """Answers to some or all questions of a request."""

    answers: list[GivenAnswer] = Field(min_length=1, max_length=MOST_QUESTIONS)
    text: Text = Field(default="", description="What is said besides")
    case: Line = ""
    language: Language = "en"
    attachments: list[Id] = Field(default=[], max_length=MOST_ATTACHMENTS)
    ref: Ref = ""


class SealedIn(Strict):
    """An envelope that a bureau's own software sealed and signed (docs/message-export.md)."""

    header: str = Field(max_length=20_000, description="The exact text that was signed")
    content: str = Field(max_length=200_000, description="Base64")
    wraps: dict[str, Annotated[str, StringConstraints(max_length=4_000)]] = Field(max_length=40)
    signer: str = Field(max_length=64, description="Fingerprint")
    signature: str = Field(max_length=200, description="Base64")


class Sent(Strict):
    id: str
    thread: str


class Uploaded(Strict):
    """An attachment, kept encrypted for your bureau until a message carries it; a week at most."""

    id: str
    name: str
    type: str
    size: int


class ReceiptOut(Strict):
    """A signed fact. `by`: the fingerprint of the bureau's key that signed, or "house"."""

    fact: str
    at: str
    by: str
    signature: str


class QuestionOut(Strict):
    number: int
    text: str
    state: str = Field(description="open, content, refusal, time, cancelled")
    until: str
    answer: str = Field(description="Id of the message that answered")
    answer_text: str


class PartyOut(Strict):
    """How far the message has come with one recipient."""

    bureau: str
    label: str
    state: str = Field(description="information, open, committed, late, no-response, answered, cancelled")
    due: str
    duty: str = Field(description="The 24/7 duty line, once the time has gone")
    closed_until: str = Field(description="The desk was closed on delivery, and opens again then")
    receipts: list[ReceiptOut]
    questions: list[QuestionOut]


class AttachmentOut(Strict):
    number: int
    name: str
    type: str
    size: int


class Row(Strict):
    """A message in a list. What is sealed to a key your session does not hold has no subject."""

    id: str
    thread: str
    box: Literal["in", "out"]
    type: str
    sender: str
    to: list[str]
    group: str
    urgency: str
    level: str
    language: str
    at: str
    due: str
    state: str
    opened: bool
    readable: bool
    subject: str
    case: str


class Message(Row):
    """A message, opened."""

    text: str
    their_case: str
    officer: str = Field(description="Who wrote it, as his bureau names him")
    template: str
    parent: str
    signer: str = Field(description="Fingerprint of the sender's key")
    genuine: bool = Field(description="The signature is that key's, and the key is the sender's")
    signer_state: str = Field(description="current, retired or revoked by now")
    questions: list[str]
    parties: list[PartyOut]
    attachments: list[AttachmentOut]
    thread_ids: list[str] = Field(description="Your copies of the thread, oldest first")


class Page(Strict):
    """Newest first; go on with `after`. `further`: there may be more."""

    messages: list[Row]
    after: str
    further: bool


class DraftOut(Strict):
    id: str
    changed: str
    draft: MessageForm


def draft_of(**said: object) -> MessageForm:
    """A draft from loose values. Raises Faulty with every fault."""
    return validated(MessageForm, **said)


def answer_of(**said: object) -> AnswerForm:
    """An answer from loose values. Raises Faulty with every fault."""
    return validated(AnswerForm, **said)
