"""What is taken of one file: hashes and descriptors, never a picture. Every text has a shape and a length."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from entente.rooms.records import Strict
from entente.rooms.series.hidden_pictures import why_extra_left_out, why_left_out

MOST_AT_ONCE = 500
VIEWS, TURNS, FRAMES = 18, 15, 600
KEPT = {"kept": True}
"""Validation context of what stands in the house: it was looked at when it came in."""


def _no_picture(said: Any, info: ValidationInfo) -> Any:
    """What is said, a text or what else a file says. Raises where it may hide a picture, without a word of
    it."""
    if info.context is KEPT:
        return said
    if why := why_left_out(said) if isinstance(said, str) else why_extra_left_out(said):
        raise PydanticCustomError("hidden_picture", "It may hide a picture: {why}", {"why": why})
    return said


Said = Annotated[str, AfterValidator(_no_picture)]
"""A free text. Whatever somebody writes is one, so that no picture comes in as text."""
Line = Annotated[Said, StringConstraints(strip_whitespace=True, max_length=200)]
Text = Annotated[Said, StringConstraints(strip_whitespace=True, max_length=4000)]
Likeness = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]
"""256 bits as 64 hex digits."""


Md5 = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-fA-F]{32})?$")]
Sha1 = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-fA-F]{40})?$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-fA-F]{64})?$")]
PhotoDna = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z0-9+/]{192}|[0-9a-fA-F]{288})?$")]
"""144 bytes, in base64 or hex; kept, never computed."""


class Frame(Strict):
    """A key frame of a film."""

    at: float = Field(ge=0, le=1_000_000, description="Seconds from its beginning")
    pdq: Likeness


class Category(Strict):
    """A category with the scheme that gives it its meaning."""

    scheme: Line = Field(examples=["US"])
    edition: Line = Field(default="", examples=["2.0"])
    code: Line = Field(examples=["1"])


class Media(Strict):
    """One file, as whoever holds it describes it (`entente triage` computes all of this)."""

    label: Line = Field(default="", description="What you call it; your bureau's alone")
    media: Literal["image", "video"] = "image"
    md5: Md5 = ""
    sha1: Sha1 = ""
    sha256: Sha256 = ""
    photodna: PhotoDna = ""
    pdq: list[Likeness] = Field(default=[], max_length=VIEWS, description="Its views, the whole first")
    turns: list[Likeness] = Field(default=[], max_length=TURNS, description="Turned, mirrored, trimmed")
    quality: int = Field(default=100, ge=0, le=100, description="Of its PDQ; below 50 it is not compared")
    dhash: Likeness | Literal[""] = ""
    frames: list[Frame] = Field(default=[], max_length=FRAMES)
    size: int = Field(default=0, ge=0, le=1 << 50)
    mime: Annotated[str, StringConstraints(pattern=r"^(?:[a-z0-9.+-]{1,60}(?:/[a-z0-9.+-]{1,60})?)?$")] = ""
    width: int = Field(default=0, ge=0, le=1_000_000)
    height: int = Field(default=0, ge=0, le=1_000_000)
    seconds: float = Field(default=0, ge=0, le=10_000_000)
    taken: Line = ""
    device: Line = Field(default="", description="Maker|model|serial number; only with a serial number")
    lens: Line = Field(default="", description="Serial number of the lens")
    tables: Line = Field(default="", description="Hash of its quantisation tables")
    image_id: Line = ""
    category: Category | None = None
    series_name: Line = ""
    victim_identified: bool | None = None
    offender_identified: bool | None = None
    distributed: bool | None = None
    suspected: bool | None = None
    self_generated: bool | None = None
    baseline: bool | None = None
    case: Line = ""
    media_id: Line = Field(default="", description="Its number in the file it came with")
    tags: Text = ""
    comments: Text = ""
    extra: Annotated[dict[str, Any], AfterValidator(_no_picture)] = Field(
        default={}, description="What else its file said; kept for its owner alone"
    )
