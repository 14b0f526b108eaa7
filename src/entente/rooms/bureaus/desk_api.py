"""Duty desks over HTTP: a bureau's entry in the directory, and whether the bureau may act."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import TypeAdapter

from entente.rooms.bureaus import duty
from entente.rooms.bureaus.calendar import next_opening, open_at
from entente.rooms.bureaus.directory_schemas import DeskForm, SuspensionForm
from entente.rooms.bureaus.model import Bureau
from entente.rooms.bureaus.schemas import BureauOut, Sort
from entente.web.callers import AtDoor

router = APIRouter()
Code = Annotated[str, Path(max_length=8)]


@router.patch("/bureaus/{code}")
def edit(caller: AtDoor, code: Code, form: DeskForm) -> BureauOut:
    """Change your own bureau's entry: telephone, duty line, hours, holidays, languages (administrator)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        return bureau_out(duty.edit(desk, code, form), desk.now)


@router.post("/bureaus/{code}/suspension")
def suspend(caller: AtDoor, code: Code, form: SuspensionForm) -> BureauOut:
    """Suspend another bureau's rights, or restore them (secretariat: supervisor, administrator)."""
    with caller.at_own_desk("see", writing=True) as desk:
        return bureau_out(duty.suspend(desk, code, form), desk.now)


def bureau_out(bureau: Bureau, now: datetime) -> BureauOut:
    roster = duty.roster_of(bureau)
    return BureauOut(
        code=bureau.code,
        label=bureau.label,
        desk=bureau.desk,
        phone=bureau.phone,
        email=bureau.email,
        duty=bureau.duty,
        zone=bureau.zone,
        hours=bureau.hours,
        holidays=list(bureau.holidays),
        languages=list(bureau.languages),
        sort=TypeAdapter(Sort).validate_python(bureau.sort),
        status=bureau.status,
        open=open_at(roster, now),
        opens=next_opening(roster, now).isoformat(timespec="seconds"),
    )
