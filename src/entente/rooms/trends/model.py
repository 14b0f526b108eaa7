"""What the forms of the trends room's parts are made of; each part has a model of its own."""

from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.records import HandlingForm, Strict

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Id = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64, pattern=r"^[0-9a-f]*$")]
OWN = HandlingForm()
"""One's own bureau alone, until somebody shares it."""


class Versioned(Strict):
    """`version` is the one you saw."""

    version: int = Field(ge=1)
