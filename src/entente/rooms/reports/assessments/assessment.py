"""A threat assessment as it stands: its form, indicators, places with seats and reviews, and steps. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from entente.core.journal import canonical
from entente.core.things import Thing
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.schemes import indicators_of, lines_of

KIND, SHEET = "Assessment", "IndicatorScore"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who holds a seat. `bureau`: its number; `done`: when he handed in, or empty."""

    bureau: int
    officer: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The regional review of a place. `finals`: values set in place of the scorers', with the reason."""

    bureau: int
    officer: str
    at: str
    summary: str
    mind: str
    likelihood: str = ""
    trend: str = "unknown"
    finals: Mapping[str, tuple[float, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A place, its seats by name, who reviews it, and what the first two disagreed on (`open`)."""

    code: str
    name: str
    region: str
    seats: Mapping[str, Sitting]
    reviewer: int
    open: tuple[str, ...] = ()
    review: Review | None = None

    def handed_in(self, seat: str) -> bool:
        return seat in self.seats and bool(self.seats[seat].done)

    @property
    def opened(self) -> bool:
        """Whether both blind scorers are done: from then on their scores are read."""
        return self.handed_in("first") and self.handed_in("second")

    @property
    def state(self) -> str:
        """blind, third (waits for the third scorer), scored (waits for its review) or reviewed."""
        if not self.opened:
            return "blind"
        if self.open and not self.handed_in("third"):
            return "third"
        return "reviewed" if self.review else "scored"

    def officers(self) -> list[str]:
        """Who scored it or holds a seat of it."""
        return [one.officer for one in self.seats.values() if one.officer]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The thing and what is kept in it."""

    thing: Thing
    form: m.AssessmentForm
    indicators: tuple[m.Indicator, ...]
    places: Mapping[str, Place]
    state: str

    @property
    def id(self) -> str:
        return self.thing.id

    @property
    def owner(self) -> int:
        return self.thing.handling.owner

    def numbers(self) -> frozenset[int]:
        """Numbers of all bureaus that have a seat or a review in it."""
        seats = [one.bureau for place in self.places.values() for one in place.seats.values()]
        return frozenset([*seats, *[place.reviewer for place in self.places.values()]])

    def with_place(self, place: Place) -> "Assessment":
        return replace(self, places={**self.places, place.code: place})


def assessment_of(thing: Thing) -> Assessment:
    """The assessment that is kept in a thing."""
    body = thing.body
    places = [_place(json.loads(line)) for line in body.get("place", ())]
    return Assessment(
        thing,
        m.AssessmentForm.model_validate_json(thing.first("form")),
        indicators_of(body.get("indicator", ())),
        {place.code: place for place in places},
        thing.first("state"),
    )


def body_of(it: Assessment) -> dict[str, tuple[str, ...]]:
    """As it is kept, but for its events."""
    bare = it.form.model_copy(update={"indicators": [], "places": []})
    return {
        "title": (it.form.title,),
        "period": (it.form.period,),
        "state": (it.state,),
        "form": (bare.model_dump_json(),),
        "indicator": lines_of(it.indicators),
        "place": tuple([canonical(asdict(place)).decode() for place in it.places.values()]),
    }


def _place(said: dict[str, object]) -> Place:
    seats: Mapping[str, Mapping[str, str]] = said["seats"]  # type: ignore[assignment]
    review: dict[str, object] | None = said["review"]  # type: ignore[assignment]
    if review:
        finals: Mapping[str, Sequence[object]] = review["finals"]  # type: ignore[assignment]
        review = {**review, "finals": {code: tuple(final) for code, final in finals.items()}}
    made = {
        **said,
        "seats": {name: Sitting(**one) for name, one in seats.items()},  # type: ignore[arg-type]
        "open": tuple(said["open"]),  # type: ignore[arg-type]
        "review": Review(**review) if review else None,  # type: ignore[arg-type]
    }
    return Place(**made)  # type: ignore[arg-type]
