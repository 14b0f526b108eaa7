"""Files as they are shown: rows of the list, and a whole file."""

from datetime import date

from entente.core.access import Decision, decide
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import members, model, service
from entente.rooms.analysis.steps import history, named
from entente.rooms.records import code_of


def row(desk: Desk, file: Thing) -> model.FileRow:
    """A file in the list."""
    return model.FileRow(
        id=file.id,
        title=file.first("title"),
        area=file.first("area"),
        owner=code_of(desk, file.handling.owner),
        state=service.state_now(desk, file),
        role=service.role_of(file, desk.asker.officer),
        reviewDue=date.fromisoformat(file.first("reviewDue")),
        closes=date.fromisoformat(file.first("closes")),
        pending=bool(file.first("pendingBy")),
    )


def whole(desk: Desk, file: Thing) -> model.FileOut:
    """A file as its members know it; who only approves it is not told who is in it."""
    role = service.role_of(file, desk.asker.officer)
    inside = bool(role) or decide(desk.asker, file.handling) is Decision.FULL
    opened = file.first("opened")
    return model.FileOut(
        **{name: file.first(name) for name in ("title", "purpose", "legalBasis", "area", "criteria", "unit")},
        id=file.id,
        version=file.version,
        level=file.first("level", "official"),
        owner=code_of(desk, file.handling.owner),
        state=service.state_now(desk, file),
        role=role,
        writable=service.is_writable(desk, file),
        opened=date.fromisoformat(opened) if opened else None,
        reviewDue=date.fromisoformat(file.first("reviewDue")),
        closes=date.fromisoformat(file.first("closes")),
        erased=service.gone(file.body),
        retention=int(file.first("retention")),
        connect=file.first("connect") == "yes",
        pending=_pending(desk, file),
        members=members.shown(desk, file) if inside else [],
        invited=members.shown_invited(desk, file),
        history=history(desk, file) if inside else [],
    )


def _pending(desk: Desk, file: Thing) -> model.Pending | None:
    by = file.first("pendingBy")
    if not by:
        return None
    return model.Pending(
        reviewDue=date.fromisoformat(file.first("pendingReview")),
        closes=date.fromisoformat(file.first("pendingCloses")),
        why=file.first("pendingWhy"),
        by=named(desk, [by]).get(by, ""),
    )
