"""What the API of duty desks, working groups, experts and webhooks takes and gives."""

from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.bureaus.schemas import Short, Strict

Line = Annotated[str, StringConstraints(max_length=120)]


class DeskForm(Strict):
    """What to change of one's own bureau's entry; what is left out stays."""

    desk: Short | None = None
    phone: Short | None = None
    email: Short | None = None
    duty: Short | None = Field(default=None, description="Telephone of the duty line, day and night")
    zone: Short | None = Field(default=None, examples=["Europe/Paris"])
    hours: str | None = Field(
        default=None, max_length=500, examples=["mon-fri 08:00-17:00; sat 09:00-12:00", "24/7"]
    )
    holidays: list[Line] | None = Field(default=None, max_length=500, examples=[["2026-12-25 Christmas"]])
    languages: list[Line] | None = Field(default=None, max_length=50, examples=[["en", "fr"]])


class SuspensionForm(Strict):
    """Suspend a bureau's rights (RPD 131) or restore them. The bureau is told the reason."""

    suspended: bool
    reason: str = Field(max_length=500)
