"""A notice as JSON for another system: docs/notice-export.md says what each name means elsewhere."""

from typing import Literal

from entente.desk import Desk
from entente.rooms.notices import service, shown
from entente.rooms.notices.colours import COLOURS
from entente.rooms.records import Strict


class ExportedPart(Strict):
    """Who did what in its course, as far as every reader knows it."""

    did: str
    at: str
    bureau: str
    part: str


class ExportedSubject(Strict):
    """The record it is about; properties are those of FollowTheMoney and of docs/kinds.md."""

    id: str
    kind: str
    properties: dict[str, list[str]]
    changedSinceReview: bool


class Exported(Strict):
    """One notice. Dates are ISO 8601, countries ISO 3166-1 in small letters."""

    format: Literal["entente-notice"]
    formatVersion: Literal[1]
    id: str
    version: int
    colour: str
    colourPurpose: str
    instrument: Literal["notice", "diffusion"]
    title: str
    owner: str
    level: str
    state: str
    validUntil: str
    fields: dict[str, str]
    assessment: bool
    attestations: list[str]
    subject: ExportedSubject | None
    hasPhoto: bool
    history: list[ExportedPart]
    advice: str


def exported(desk: Desk, id: str) -> Exported:
    """The notice as its reader exports it; the journal keeps that it left the house."""
    told = shown.whole(desk, service.open_notice(desk, id))
    desk.note("export", object=id, what="notice")
    record = told.subject
    return Exported(
        format="entente-notice",
        formatVersion=1,
        id=told.id,
        version=told.version,
        colour=told.colour,
        colourPurpose=COLOURS[told.colour].purpose,
        instrument="notice" if told.reach == "all" else "diffusion",
        title=told.title,
        owner=told.owner,
        level=told.level,
        state=told.state,
        validUntil=told.until,
        fields=told.fields,
        assessment=told.assessment,
        attestations=told.attest,
        subject=ExportedSubject(
            id=record.record,
            kind=record.kind,
            properties=record.properties,
            changedSinceReview=record.changed_since,
        )
        if record
        else None,
        hasPhoto=told.photo,
        history=[ExportedPart(did=s.did, at=s.at, bureau=s.bureau, part=s.part) for s in told.history],
        advice=told.advice,
    )
