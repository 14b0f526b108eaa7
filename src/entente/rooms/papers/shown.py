"""Versions of documents as their readers get them."""

from collections.abc import Iterable
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import model as m
from entente.rooms.records import code_of

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
