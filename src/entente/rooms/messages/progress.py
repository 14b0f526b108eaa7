"""How far a request has come with one bureau: its questions, its receipts, what its clocks have told.

Pure. Kept as JSON in both bureaus' copies of the request, the asker's by recipient.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from entente.core.problems import Fault
from entente.rooms.messages.clock import LONGEST_COMMITMENT, MOST_COMMITMENTS, Clock, Stage

SETTLED = frozenset({"content", "refusal"})
FACTS = ("stored", "delivered", "opened", "answered")
"""The four receipts, in the order in which they can come."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question's state: open, content, refusal, time (then `until`), cancelled. `answer`: the message."""

    state: str = "open"
    until: str = ""
    since: str = ""
    answer: str = ""
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """A signed fact. `by`: fingerprint of the bureau's key that signed, or "house"."""

    fact: str
    at: str
    by: str
    signature: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question (counted from 1): content, refusal or time (then `until`)."""

    __pydantic_config__ = ConfigDict(strict=True, extra="forbid")
    question: Annotated[int, Field(ge=1)]
    how: Literal["content", "refusal", "time"]
    until: Annotated[str, StringConstraints(max_length=40)] = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a request or information at one bureau. `told`: stages that were told, as "stage@due"."""

    start: str = ""
    due: str = ""
    questions: tuple[Question, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """information, open, late, no-response, committed, answered, cancelled."""
        if not self.questions:
            return "information"
        states = {q.state for q in self.questions}
        if states <= {"cancelled"} | SETTLED:
            return "cancelled" if states == {"cancelled"} else "answered"
        if any(self._was_told(Stage.SILENCE, c) for c in self.clocks()):
            return "no-response"
        if any(self._was_told(Stage.ESCALATION, c) for c in self.clocks()):
            return "late"
        return "committed" if "open" not in states else "open"

    def clocks(self) -> list[Clock]:
        """The clocks that run, each once: of the whole request, and of every committed time."""
        running = set()
        for q in self.questions:
            if q.state == "open":
                running.add(Clock(_at(self.start), _at(self.due)))
            elif q.state == "time":
                running.add(Clock(_at(q.since), _at(q.until)))
        return sorted(running, key=lambda c: (c.due, c.start))

    @property
    def burns(self) -> str:
        """When the next answer is due; empty when none is."""
        clocks = self.clocks()
        return _text(clocks[0].due) if clocks else ""

    def reached(self, now: datetime) -> list[tuple[Stage, str]]:
        """(stage, due) of what is to be told now and was not yet."""
        running = self.clocks()
        return [(s, _text(c.due)) for c in running for s in c.reached(now) if not self._was_told(s, c)]

    @property
    def ticks(self) -> str:
        """When the next stage is reached; empty when none is to come."""
        coming = [c.moment(s) for c in self.clocks() for s in Stage if not self._was_told(s, c)]
        return _text(min(coming)) if coming else ""

    def _was_told(self, stage: Stage, clock: Clock) -> bool:
        return f"{stage}@{_text(clock.due)}" in self.told

    def tell(self, stages: Sequence[tuple[Stage, str]]) -> "Progress":
        return replace(self, told=(*self.told, *(f"{stage}@{due}" for stage, due in stages)))

    def receipt(self, fact: str) -> Receipt | None:
        return next((r for r in self.receipts if r.fact == fact), None)

    def signed(self, receipt: Receipt) -> "Progress":
        """With a receipt; each fact is stated once."""
        return self if self.receipt(receipt.fact) else replace(self, receipts=(*self.receipts, receipt))

    def faults(self, given: Sequence[Given], now: datetime) -> list[Fault]:
        """What is wrong with these answers, as things stand; everything at once."""
        found = []
        for i, one in enumerate(given):
            where = f"answers/{i}"
            if not 1 <= one.question <= len(self.questions):
                what = f"There is no question {one.question}"
                found.append(Fault(f"{where}/question", what, f"There are {len(self.questions)}."))
                continue
            question = self.questions[one.question - 1]
            if question.state in SETTLED | {"cancelled"}:
                what = f"Question {one.question} is closed ({question.state})"
                found.append(Fault(f"{where}/question", what, "Send a new message in the thread."))
            elif one.how == "time":
                found += _commitment_faults(where, question, one, now)
            elif one.until:
                found.append(Fault(f"{where}/until", "Only a committed time has one", "Leave it out."))
        if len({one.question for one in given}) < len(given):
            found.append(Fault("answers", "A question is answered twice", "Answer each question once."))
        return found

    def answered(self, given: Sequence[Given], message: str, now: datetime) -> "Progress":
        """With these answers, which have no faults."""
        questions = list(self.questions)
        for one in given:
            before = questions[one.question - 1]
            questions[one.question - 1] = Question(
                state=one.how,
                until=_text(_at(one.until)) if one.how == "time" else "",
                since=_text(now),
                answer=message,
                put_off=before.put_off + (one.how == "time"),
            )
        return replace(self, questions=tuple(questions))

    def cancelled(self) -> "Progress":
        """The asker needs no answer any more: what is not settled is closed."""
        questions = [q if q.state in SETTLED else replace(q, state="cancelled") for q in self.questions]
        return replace(self, questions=tuple(questions))


def progress_of(written: dict[str, object]) -> Progress:
    """From what its JSON says."""
    said: dict[str, list[dict[str, object]]] = {
        name: list(written.get(name, ()))  # type: ignore[call-overload]
        for name in ("questions", "receipts")
    }
    return Progress(
        start=str(written.get("start", "")),
        due=str(written.get("due", "")),
        questions=tuple(Question(**q) for q in said["questions"]),  # type: ignore[arg-type]
        receipts=tuple(Receipt(**r) for r in said["receipts"]),  # type: ignore[arg-type]
        told=tuple(str(t) for t in list(written.get("told", ()))),  # type: ignore[call-overload]
    )


def _commitment_faults(where: str, question: Question, one: Given, now: datetime) -> list[Fault]:
    try:
        until = datetime.fromisoformat(one.until)
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        return [Fault(f"{where}/until", f"“{one.until}” is no moment", "Write 2026-01-31T14:00:00+00:00.")]
    if not now < until <= now + LONGEST_COMMITMENT:
        what = f"{one.until} is not between now and {LONGEST_COMMITMENT.days} days from now"
        return [Fault(f"{where}/until", what, "Commit to a time between.")]
    if question.put_off >= MOST_COMMITMENTS:
        what = f"Question {one.question} was put off {MOST_COMMITMENTS} times"
        return [Fault(f"{where}/how", what, "Answer it, or refuse it with a reason.")]
    return []


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


__all__ = [
    "FACTS",
    "SETTLED",
    "Given",
    "Progress",
    "Question",
    "Receipt",
    "progress_of",
]
