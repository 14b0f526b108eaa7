"""What is printed of a locked assessment: method, ranking, regions, and each place with its review.

No scorer's own words and no officer's name go into it: values, agreement and the reviews, which are written
to be read. Each part is made of the records that its scores cite.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.publications import Content, Part
from entente.rooms.publications import model as p
from entente.rooms.reports.assessments import labels, shown
from entente.rooms.reports.assessments import shown_model as out
from entente.rooms.reports.assessments.assessment import Assessment
from entente.rooms.reports.assessments.picture import dots
from entente.web.formats import country
from entente.web.language import _

Row = list[str]


def content_of(desk: Desk, it: Assessment) -> Content:
    """The content as who sits here sees it, in the language that is spoken."""
    told = shown.whole(desk, it)
    ids = {one.code: _cited(one) for one in told.places}
    things = desk.look_all([id for found in ids.values() for id in found])
    sources = {code: {id: things[id] for id in found if id in things} for code, found in ids.items()}
    every = {id: thing for found in sources.values() for id, thing in found.items()}
    names = {one.code: name_of(one) for one in told.places}
    parts = [
        Part("method", _text([_("Method")], _method(told)), {}),
        Part("picture", _picture(told, names), every),
        Part("ranking", _ranking(told, names), every),
        Part("regions", _regions(told), every),
    ]
    for one in told.places:
        parts += _place(told, one, names[one.code], sources[one.code])
    return Content(parts, contents=True, more={"assessment": it.id, "period": told.period})


def name_of(place: out.PlaceOut) -> str:
    """What a place is called: its own name, or its country's with the part of it."""
    code, _dash, part = place.code.partition("-")
    return place.name or (f"{country(code)} ({part.upper()})" if part else country(code))


def _cited(place: out.PlaceOut) -> list[str]:
    every = [id for cell in place.cells for score in cell.scores for id in score.evidence]
    return list(dict.fromkeys(every))


def _text(heading: Sequence[str], lines: Sequence[str], level: int = 2) -> p.Data:
    heads = [{"t": "h", "level": level, "in": [{"s": line}]} for line in heading]
    return {"sort": "text", "text": [*heads, *[{"t": "p", "in": [{"s": line}]} for line in lines if line]]}


def _table(caption: str, head: Row, rows: list[Row], note: str = "") -> p.Data:
    return {
        "sort": "table",
        "caption": caption,
        "head": head,
        "rows": rows,
        **({"note": note} if note else {}),
    }


def _method(told: out.AssessmentOut) -> list[str]:
    agreed = told.agreement
    lines = [
        told.subject,
        _("Formula: %(formula)s.", formula=_(labels.FORMULAS[told.formula])),
        _(
            "Every indicator of every place was scored from 1 to 10 by two persons who did not see each "
            "other's scores. Where they were more than two apart, a third scored it. A person who had not "
            "scored the place reviewed it."
        ),
        _(
            "Pairs of scores: %(pairs)s; sent to a third: %(thirds)s.",
            pairs=agreed.pairs,
            thirds=agreed.thirds,
        ),
    ]
    if agreed.kappa is not None:
        lines.append(_("Weighted kappa of the two scorers: %(value)s.", value=f"{agreed.kappa:.2f}"))
    if agreed.icc_any is not None:
        lines.append(_("Intraclass correlation, ICC(2,1): %(value)s.", value=f"{agreed.icc_any:.2f}"))
    if told.stability is not None:
        lines.append(_("Rank stability: %(value)s of 1.", value=f"{told.stability:.2f}"))
    lines.append(
        _(
            "An interval is where nine of ten draws over scorers and weights lie. Less than half a point of "
            "difference between editions says nothing. More records cited can mean more reporting, not more "
            "crime."
        )
    )
    return lines


def _picture(told: out.AssessmentOut, names: Mapping[str, str]) -> p.Data:
    svg = dots(told.places, [names[one.code] for one in told.places], told.most, told.title, inside=False)
    says = _("The ranking as a picture; the table after it has the same figures.")
    return {"sort": "figure", "svg": str(svg), "says": says, "caption": _("Ranking")}


def _ranking(told: out.AssessmentOut, names: Mapping[str, str]) -> p.Data:
    total = _(labels.TOTALS[told.formula])
    head = [_("Rank"), _("Place"), total, _("Interval"), _("Resilience"), _("Change"), _("Records")]
    rows = [
        [
            _or(one.rank, "{}"),
            names[one.code],
            _or(one.total),
            f"{one.low:.2f}–{one.high:.2f}" if one.low is not None and one.high is not None else "–",
            _or(one.resilience),
            _(labels.CHANGES[one.change]),
            str(one.evidence),
        ]
        for one in told.places
    ]
    if told.formula != "index":
        head, rows = head[:4] + head[5:], [row[:4] + row[5:] for row in rows]
    note = ""
    if told.empty:
        note = _("%(cells)s values are not there; no total counts them.", cells=told.empty)
    return _table(_("Places by rank"), head, rows, note)


def _regions(told: out.AssessmentOut) -> p.Data:
    rows = [
        [one.region or _("All places"), f"{one.scored} / {one.places}", _or(one.total), _or(one.resilience)]
        for one in [*told.regions, told.whole]
    ]
    head = [_("Region"), _("Scored"), _(labels.TOTALS[told.formula]), _("Resilience")]
    if told.formula != "index":
        head, rows = head[:3], [row[:3] for row in rows]
    return _table(_("Regions"), head, rows)


def _place(told: out.AssessmentOut, one: out.PlaceOut, name: str, sources: Mapping[str, Thing]) -> list[Part]:
    lines = []
    if one.review:
        lines.append(one.review.summary)
        if one.review.likelihood:
            said = _(labels.LIKELIHOODS[one.review.likelihood])
            lines.append(_("That it worsens in the period to come: %(said)s.", said=said))
        lines.append(_("Trend: %(said)s.", said=_(labels.TRENDS[one.review.trend])))
        lines.append(_("What would change our mind: %(said)s", said=one.review.mind))
    groups = {indicator.code: indicator.group for indicator in told.indicators}
    rows = [
        [
            cell.name,
            _(labels.GROUPS[groups[cell.indicator]]),
            _or(cell.value),
            " / ".join([f"{score.value:g}" for score in cell.scores]),
            str(cell.evidence),
        ]
        for cell in one.cells
    ]
    head = [_("Indicator"), _("Group"), _("Value"), _("Scorers"), _("Records")]
    return [
        Part(f"place-{one.code}", _text([name], lines), sources),
        Part(f"scores-{one.code}", _table(_("Scores: %(place)s", place=name), head, rows), sources),
    ]


def _or(value: Any, form: str = "{:.2f}") -> str:
    return "–" if value is None else form.format(value)
