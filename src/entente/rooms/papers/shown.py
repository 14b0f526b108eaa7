"""Versions of documents as their readers get them."""

from collections.abc import Iterable
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import model as m
from entente.rooms.papers import moving, service
from entente.rooms.papers.steps import history
from entente.rooms.records import HandlingForm, code_of

MOST_ALERTS = 200


def head(version: Thing) -> dict[str, Any]:
    """The fields of `model.Head`, as kept."""
    first = version.first
    return {
        "code": first("code"),
        "title": first("title"),
        "first_issued": first("firstIssued") or None,
        "last_issued": first("lastIssued") or None,
        "valid": first("valid") == "yes",
        "legal_status": first("legalStatus"),
        "construction": first("construction"),
        "width": float(first("width", "0")),
        "height": float(first("height", "0")),
        "page_count": int(first("pages", "0")),
        "colours": list(version.body.get("colours", ())),
        "mrz": first("mrz"),
    }


def row(desk: Desk, version: Thing) -> m.VersionRow:
    """A version in a list."""
    return m.VersionRow.model_validate(
        {
            **head(version),
            "id": version.id,
            "state": version.first("state"),
            "edition": int(version.first("edition")),
            "owner": code_of(desk, version.handling.owner),
            "changed": version.changed.isoformat(timespec="seconds"),
            "alerts": len(desk.find([f"paper-alerts-of:{version.first('code')}"], MOST_ALERTS)),
        }
    )


def rows(desk: Desk, versions: Iterable[Thing]) -> list[m.VersionRow]:
    return [row(desk, v) for v in versions]


def whole(desk: Desk, version: Thing) -> m.Version:
    """A version that was opened, as this reader gets it."""
    inside = version.handling.owner == desk.asker.bureau
    handling = HandlingForm.model_validate_json(version.first("handling")) if inside else None
    return m.Version(
        **row(desk, version).model_dump(),
        seen=moving.digest(version),
        supersedes=version.first("supersedes") if inside else "",
        content=m.Content.model_validate_json(version.first("content")),
        handling=handling,
        editions=rows(desk, service.editions(desk, version)),
        history=history(desk, version),
    )
