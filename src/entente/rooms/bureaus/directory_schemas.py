"""What the API of duty desks, working groups, experts and webhooks takes and gives."""

from datetime import date
from typing import Annotated, Literal

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


# --- working groups ------------------------------------------------------------------------------

Purpose = Annotated[str, StringConstraints(max_length=4000)]


class GroupForm(Strict):
    """A working group to make."""

    name: Short = Field(min_length=1, examples=["Harbour: forged passports"])
    area: Short = Field(description="A crime area of the table", examples=["documents"])
    purpose: Purpose = ""
    ends: date = Field(description="At most a year from now; it can be renewed")


class GroupChange(Strict):
    """What to change of a group; what is left out stays. `convenors`: ids of members."""

    name: Short | None = None
    area: Short | None = None
    purpose: Purpose | None = None
    ends: date | None = None
    convenors: list[Line] | None = Field(default=None, max_length=200)


class InviteForm(Strict):
    """Whom to invite: the entry of an expert, or a colleague of one's own bureau (his id or address)."""

    expert: Short = ""
    colleague: Short = ""


class MemberOut(Strict):
    id: str
    name: str
    bureau: str
    convenor: bool
    active: bool


class InvitedOut(Strict):
    """An officer who has not answered yet, as the group's members see him."""

    id: str
    name: str
    bureau: str
    until: str


class GroupOut(Strict):
    id: str
    name: str
    area: str
    purpose: str
    ends: str
    ended: bool
    bureaus: list[str]
    members: list[MemberOut]
    invited: list[InvitedOut]
    convenor: bool = Field(description="Whether you convene it")


class InvitationOut(Strict):
    """An invitation, for the officer invited alone."""

    id: str
    group: str = Field(description="The group's name")
    area: str
    purpose: str
    ends: str
    by: str
    bureau: str
    until: str


# --- experts -------------------------------------------------------------------------------------


class Audience(Strict):
    """Who is shown an entry: everyone, the bureaus named, or a working group you belong to."""

    to: Literal["everyone", "bureaus", "group"] = "everyone"
    bureaus: list[Annotated[str, StringConstraints(max_length=8)]] = Field(default=[], max_length=256)
    group: str = Field(default="", max_length=64)


class ExpertChange(Strict):
    """What to change of an entry in the directory of experts; what is left out stays."""

    name: Short | None = None
    unit: Short | None = None
    areas: list[Line] | None = Field(default=None, max_length=30)
    languages: list[Line] | None = Field(default=None, max_length=50)
    phone: Short | None = None
    email: Short | None = None
    hours: Short | None = None
    officer: Short | None = Field(
        default=None,
        description="Id or address of the officer of your bureau who he is, so that he is invited",
    )
    audience: Audience | None = None


class ExpertForm(ExpertChange):
    """A new entry in the directory of experts."""

    name: Short = Field(min_length=1)
    areas: list[Line] = Field(min_length=1, max_length=30, examples=[["documents"]])


class ExpertQuery(Strict):
    """Which experts: of an area, with a language, of a bureau, with every word of `words`."""

    area: str = Field(default="", max_length=40)
    language: str = Field(default="", max_length=10)
    bureau: str = Field(default="", max_length=8)
    words: str = Field(default="", max_length=200)


class ExpertOut(Strict):
    id: str
    bureau: str
    name: str
    unit: str
    areas: list[str]
    languages: list[str]
    phone: str
    email: str
    hours: str
    verified: str = Field(description="The day on which the bureau last confirmed it")
    expires: str
    invitable: bool = Field(description="Whether he can be invited to a working group")
    audience: Audience | None = Field(description="Told to the entry's own bureau alone")


# --- webhooks ------------------------------------------------------------------------------------


class WebhookForm(Strict):
    """Where one's own system is told, and of what."""

    address: str = Field(min_length=1, max_length=1000, examples=["https://gateway.xa.example/entente"])
    events: list[Line] = Field(max_length=100, examples=[["message", "reply"]])


class WebhookOut(Strict):
    id: str
    address: str
    events: list[str]
    last: str = Field(
        description="When it was last tried, and what went wrong; empty after that: nothing did"
    )


class WebhookMade(Strict):
    secret: str = Field(description="Signs what is sent; shown this once")
    webhook: WebhookOut


class DeadLetterOut(Strict):
    """What could not be told within a day."""

    id: str
    webhook: str
    event: str
    object: str
    at: str
    tries: int
    why: str
