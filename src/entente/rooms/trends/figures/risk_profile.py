"""What consignments that were hit have in common, as points with reasons; and what the points are worth.

Learnt from checks with and without a find before a day, tried on those after it. What is known only
after a hit (goods found, hiding place, quantity) is no feature, and nothing of a person ever is. A control
sample drawn by chance stands beside the list, so that the score can be proved wrong.
"""

from typing import Annotated

import numpy as np
from pydantic import Field

from entente.desk import Desk
from entente.match.goods import codes, columns
from entente.match.trends import risk
from entente.rooms.records import Strict
from entente.rooms.trends.figures.flows import noted
from entente.rooms.trends.figures.frame import NIL, Frame, framed
from entente.rooms.trends.figures.model import About, Question
from entente.web.language import N_

FEATURES = ("origin", "departure", "transit", "destination", "mode", "place_kind", "locode", "legs")
NEEDS = ("origin", "departure", "transit1", "destination", "mode", "place_kind", "locode", "legs")
EARLY = 0.75
"""Share of the checks, by date, that is learnt from."""
MOST_REASONS = 300


class ReasonRow(Strict):
    """`points` of a value: ten double the odds. `n` checks with it, `hits` among them."""

    feature: str
    value: str
    points: int
    n: int
    hits: int


class LiftRow(Strict):
    """Of the highest share by points: how often it was hit over how often all were. `drawn`: by chance."""

    share: float
    listed: int
    hits: float
    rate: float
    lift: float | None
    drawn: bool


class Profile(Strict):
    """`why_not`: why nothing could be learnt. `trained`, `tested`: checks before and after `split`."""

    about: About
    why_not: str
    split: str
    rate: float
    trained: int
    tested: int
    reasons: list[ReasonRow]
    lifts: list[LiftRow]


class Consignment(Strict):
    """What is declared of a consignment; "" where nothing is. Nothing of a person has a place."""

    origin: Annotated[str, Field(max_length=2)] = ""
    departure: Annotated[str, Field(max_length=2)] = ""
    transit: Annotated[str, Field(max_length=2)] = ""
    destination: Annotated[str, Field(max_length=2)] = ""
    mode: Annotated[str, Field(max_length=20)] = ""
    place_kind: Annotated[str, Field(max_length=20)] = ""
    locode: Annotated[str, Field(max_length=5)] = ""
    legs: Annotated[int, Field(ge=0, le=255)] = 0


class Scored(Strict):
    """The consignment's points and the reasons for them, the heaviest first."""

    about: About
    why_not: str
    points: int
    reasons: list[ReasonRow]


def profile(desk: Desk, question: Question, seed: int = 0) -> Profile:
    """The profile of the question's checks. `seed` draws the control sample."""
    frame = _frame(desk, question)
    desk.note("trend", what="risk profile", **noted(question))
    return profile_of(frame, seed)


def _frame(desk: Desk, question: Question) -> Frame:
    every = question.model_copy(update={"event": list(codes.EVENTS), "measure": "count"})
    return framed(desk, every, NEEDS)


def profile_of(frame: Frame, seed: int = 0) -> Profile:
    """The same of a frame in which checks without a find are too."""
    features, hit, day = _features(frame)
    about = frame.about()
    told = _learnt(features, hit, day)
    if isinstance(told, str):
        return Profile(
            about=about, why_not=told, split="", rate=0.0, trained=0, tested=0, reasons=[], lifts=[]
        )
    points, split = told
    reasons = sorted(points.reasons, key=lambda r: (-abs(r.points), r.feature, r.value))
    return Profile(
        about=about,
        why_not="",
        split=str(np.datetime64(split, "D")),
        rate=round(points.rate, 6),
        trained=points.trained,
        tested=points.tested,
        reasons=[reason_row(r) for r in reasons if r.points][:MOST_REASONS],
        lifts=[*map(_lift, points.lifts), *_control(points, hit[day >= split], seed)],
    )


def score(desk: Desk, question: Question, consignment: Consignment) -> Scored:
    """The points of one consignment by the profile of the question's checks."""
    frame = _frame(desk, question)
    desk.note("trend", what="risk of a consignment", **noted(question))
    told = _learnt(*_features(frame))
    about = frame.about()
    if isinstance(told, str):
        return Scored(about=about, why_not=told, points=0, reasons=[])
    said = {name: _code(name, value) for name, value in consignment.model_dump().items()}
    points = told[0].score({name: [value] for name, value in said.items()})
    return Scored(
        about=about, why_not="", points=int(points[0]), reasons=[reason_row(r) for r in told[0].why(said)]
    )


def _features(frame: Frame) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """(features, hit, day): a row a check, dated ones only."""
    once = (frame.weight > 0) & (frame["date"] != columns.NO_DAY)
    features = {name: frame["transit1" if name == "transit" else name][once] for name in FEATURES}
    return features, frame["event"][once] != columns.code("event", NIL), frame["date"][once].astype(np.int64)


def _learnt(
    features: dict[str, np.ndarray], hit: np.ndarray, day: np.ndarray
) -> tuple[risk.Points, int] | str:
    if not len(day):
        return N_("There are no dated checks.")
    split = int(np.sort(day, kind="stable")[min(int(EARLY * len(day)), len(day) - 1)])
    try:
        return risk.learn(features, hit, day, split), split
    except ValueError:
        return N_("There are too few checks with and without a find to learn from.")


def learnt(frame: Frame) -> risk.Points | str:
    """The points of a frame's checks, with the columns of NEEDS; or why nothing can be learnt."""
    told = _learnt(*_features(frame))
    return told if isinstance(told, str) else told[0]


def reason_row(reason: risk.Reason) -> ReasonRow:
    """A reason as it is told."""
    name = reason.feature
    value = str(reason.value)
    if name in ("origin", "departure", "transit", "destination"):
        value = columns.country_of(reason.value)
    elif name in ("mode", "place_kind"):
        value = columns.word(name, reason.value)
    elif name == "locode":
        value = columns.locode_of(reason.value)
    return ReasonRow(feature=name, value=value, points=reason.points, n=reason.n, hits=reason.hits)


def _code(name: str, value: object) -> int:
    if name in ("origin", "departure", "transit", "destination"):
        return columns.country(value)
    if name in ("mode", "place_kind"):
        return columns.code(name, value)
    return columns.locode(value) if name == "locode" else int(str(value))


def _lift(told: risk.Lift) -> LiftRow:
    return LiftRow(
        share=told.share,
        listed=told.listed,
        hits=round(told.hits, 3),
        rate=round(told.rate, 6),
        lift=round(told.lift, 4) if np.isfinite(told.lift) else None,
        drawn=False,
    )


def _control(points: risk.Points, hit: np.ndarray, seed: int) -> list[LiftRow]:
    """The control sample of the checks after the split: drawn by chance, hit as often as all are."""
    if not points.tested:
        return []
    drawn = risk.control(len(hit), risk.CONTROL, seed)
    hits, rate = int(hit[drawn].sum()), float(hit.mean())
    lift = round(hits / len(drawn) / rate, 4) if rate else None
    return [
        LiftRow(share=risk.CONTROL, listed=len(drawn), hits=hits, rate=round(rate, 6), lift=lift, drawn=True)
    ]
