"""A case study as it stands: what is kept of it, and what follows from that. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from entente.core.journal import canonical
from entente.core.things import Thing
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.history import Event, Standing, fold, read

KIND, PROTECTED = "CaseStudy", "CaseProtected"
F = TypeVar("F", bound=BaseModel)
Lines = Mapping[int, F]


@dataclass(frozen=True, slots=True)
class File:
    """The kept file of a piece of evidence. `text`: whether words can be read in it; None: not known."""

    digest: str
    size: int
    media: str
    pages: int = 0
    text: bool | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    form: m.EvidenceForm
    file: File | None = None

    @property
    def pages(self) -> int:
        return self.file.pages if self.file and self.file.pages else self.form.pages

    @property
    def hash(self) -> str:
        return self.file.digest if self.file else self.form.sha256


@dataclass(frozen=True, slots=True)
class Proceeding:
    """`final_on`, why, and who confirmed it are a person's step, never a field of the form."""

    form: m.ProceedingForm
    final_on: str = ""
    confirmed_by: str = ""
    confirmed_at: str = ""
    final_why: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """An item of the checklist: the answer, and who gave it when."""

    form: m.CheckForm
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What a reviewer objects, and the answer, once there is one.

    An answer alone closes nothing. `closed`: "withdrawn" by the bureau that objected, or "accepted": a later
    review accepted the answer. "" while it is open.
    """

    bureau: int
    officer: str
    at: str
    text: str
    claim: int | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    closed: str = ""
    closed_at: str = ""

    @property
    def open(self) -> bool:
        return not self.closed

    @property
    def state(self) -> str:
        """open, answered, withdrawn, accepted."""
        return self.closed or ("answered" if self.answer else "open")


@dataclass(frozen=True, slots=True)
class Case:
    """A case study: the thing and all its lines, by their numbers."""

    thing: Thing
    form: m.CaseForm
    parties: Lines[m.PartyForm]
    claims: Lines[m.ClaimForm]
    evidence: Mapping[int, Evidence]
    proceedings: Mapping[int, Proceeding]
    checks: Mapping[str, Check]
    objections: Mapping[int, Objection]
    events: tuple[Event, ...]
    standing: Standing
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.thing.id

    @property
    def owner(self) -> int:
        return self.thing.handling.owner

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def reference(self) -> str:
        return self.thing.first("reference")

    @property
    def reviewers(self) -> tuple[int, ...]:
        """Bureaus that were asked to review it, the latest last."""
        return tuple(int(n) for n in self.thing.body.get("reviewers", ()))

    @property
    def gone(self) -> tuple[str, ...]:
        """Sources that there are no more."""
        return tuple(self.thing.body.get("gone", ()))

    def stated(self) -> dict[int, m.ClaimForm]:
        """Claims that name evidence; the others are drafts."""
        return {n: claim for n, claim in self.claims.items() if claim.evidence}

    def links(self) -> tuple[str, ...]:
        """Ids of the things that it rests on."""
        named = [p.link for p in self.parties.values()] + [e.form.link for e in self.evidence.values()]
        return tuple(dict.fromkeys(one for one in named if one))


def case_of(thing: Thing) -> Case:
    """The case of a thing of the kind CaseStudy."""
    body = thing.body
    events = read(body.get("event", ()))
    return Case(
        thing=thing,
        form=m.CaseForm.model_validate_json(thing.first("form")),
        parties=_forms(body.get("party", ()), m.PartyForm),
        claims=_forms(body.get("claim", ()), m.ClaimForm),
        evidence={n: _evidence(said) for n, said in _lines(body.get("evidence", ()))},
        proceedings={n: _proceeding(said) for n, said in _lines(body.get("proceeding", ()))},
        checks={said.pop("item"): _check(said) for said in map(json.loads, body.get("check", ()))},
        objections={n: Objection(**said) for n, said in _lines(body.get("objection", ()))},
        events=events,
        standing=fold(events),
        numbers=json.loads(thing.first("numbers", "{}")),
    )


def body_of(case: Case) -> dict[str, tuple[str, ...]]:
    """What is kept of a case beside its label and its sources: lines of JSON, by their numbers."""
    return {
        "title": (case.form.title,),
        "chapter": (case.form.chapter,),
        "state": (case.standing.state,),
        "form": (case.form.model_dump_json(),),
        "party": _written({n: form.model_dump() for n, form in case.parties.items()}),
        "claim": _written({n: form.model_dump() for n, form in case.claims.items()}),
        "evidence": _written({n: _evidence_line(one) for n, one in case.evidence.items()}),
        "proceeding": _written({n: _proceeding_line(one) for n, one in case.proceedings.items()}),
        "check": tuple(
            _line({"item": item, **_check_line(case.checks[item])}) for item in sorted(case.checks)
        ),
        "objection": _written({n: _fields(one) for n, one in case.objections.items()}),
        "event": tuple(event.line() for event in case.events),
        "numbers": (_line(dict(case.numbers)),),
        "blobs": tuple(dict.fromkeys(e.file.digest for e in case.evidence.values() if e.file)),
    }


def day(text: str) -> date | None:
    """A day as it is kept, or None for an empty one."""
    return date.fromisoformat(text) if text else None


def _lines(kept: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
    said = [json.loads(line) for line in kept]
    return [(one.pop("n"), one) for one in said]


def _forms(kept: tuple[str, ...], form: type[F]) -> dict[int, F]:
    return {n: form.model_validate(said) for n, said in _lines(kept)}


def _evidence(said: dict[str, Any]) -> Evidence:
    kept = said.pop("file")
    return Evidence(m.EvidenceForm.model_validate(said), File(**kept) if kept else None)


def _evidence_line(one: Evidence) -> dict[str, Any]:
    return {**one.form.model_dump(), "file": _fields(one.file) if one.file else None}


def _proceeding(said: dict[str, Any]) -> Proceeding:
    kept = {name: said.pop(name, "") for name in Proceeding.__slots__[1:]}
    return Proceeding(m.ProceedingForm.model_validate(said), **kept)


def _proceeding_line(one: Proceeding) -> dict[str, Any]:
    return {**one.form.model_dump(), **{name: getattr(one, name) for name in Proceeding.__slots__[1:]}}


def _check(said: dict[str, Any]) -> Check:
    kept = {name: said.pop(name) for name in ("officer", "at")}
    return Check(m.CheckForm.model_validate(said), **kept)


def _check_line(one: Check) -> dict[str, Any]:
    return {**one.form.model_dump(), "officer": one.officer, "at": one.at}


def _fields(one: File | Objection) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__slots__}


def _written(lines: Mapping[int, Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(_line({"n": n, **lines[n]}) for n in sorted(lines))


def _line(said: Mapping[str, Any]) -> str:
    return canonical(said).decode()
