"""The papers room over HTTP: the reference library of genuine documents."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from entente.rooms.papers import model as m
from entente.rooms.papers import service, shown
from entente.rooms.records import Strict
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/papers", tags=["papers"])


class Which(Strict):
    """Which versions."""

    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("/versions")
def versions(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[m.VersionRow]:
    """Browse the library, newest change first."""
    with caller.at_own_desk("see") as desk:
        return shown.rows(desk, service.browse(desk, asked.after, asked.limit))
