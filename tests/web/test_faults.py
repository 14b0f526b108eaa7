"""Faults in the house's own words, whatever found them, in four languages."""

import re
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from entente.core.kinds import TYPES, model
from entente.web.faults import said, saying
from entente.web.language import LANGUAGES, speaking

OTHERS = [lang for lang in LANGUAGES if lang != "en"]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    grade: Annotated[str, StringConstraints(pattern=r"^[AB][1-4]$")] = "A1"
    short: str = Field(default="", max_length=3)
    level: Literal["low", "high"] = "low"
    many: int = Field(default=1, ge=1, le=9)
    day: date | None = None
    sure: bool = False
    names: list[str] = Field(default=[], max_length=1)


WRONG: dict[str, Any] = {
    "grade": "Z9",
    "short": "long",
    "level": "middle",
    "many": "x",
    "day": "soon",
    "sure": "perhaps",
    "names": ["a", "b"],
    "nothing": 1,
}


def errors() -> list[Any]:
    with pytest.raises(ValidationError) as caught:
        Asked.model_validate(WRONG)
    return list(caught.value.errors())


def test_no_library_speaks_to_officers() -> None:
    for error in errors():
        what, do = saying(error)
        assert what != error["msg"]
        assert not re.search(r"Input|should|pattern|%\(", what)
        assert do
    told = {str(e["loc"][0]): saying(e)[0] for e in errors()}
    assert told["short"] == "This is too long: at most 3 characters"
    assert told["level"] == "This is none of the choices: low, high"
    assert told["grade"].startswith("A grade is a letter")


@pytest.mark.parametrize("lang", OTHERS)
def test_what_is_said_of_an_input_is_translated_with_its_values(lang: str) -> None:
    _body, faults = model().examine(
        "Person", {"birthDate": ["31.02.1980", "1/2/1980"], "nationality": "atlantis", "gender": "q"}
    )
    texts = [text for f in faults for text in (f.what, f.do)]
    with speaking(lang):
        for text in (*texts, *(text for e in errors() for text in saying(e))):
            assert said(text) != text
        assert "31.02.1980" in said(faults[0].what)
        assert "February" not in said(faults[0].what)
        for one in TYPES.values():
            if one.name not in ("ip", "checksum", "mimetype"):  # nobody types these
                assert not one.do or said(one.do) != one.do


def test_what_nobody_foresaw_is_said_as_it_is() -> None:
    with speaking("ar"):
        assert said("Something else entirely") == "Something else entirely"
        assert said("") == ""
