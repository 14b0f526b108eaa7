"""The list of what a report cites: each record, whose it is, its grade; and the contribution it came in."""

from collections.abc import Mapping
from typing import Any

from entente.core.things import Thing
from entente.rooms.analysis.reports.blocks import Reader
from entente.web import formats
from entente.web.language import _


def listed(reader: Reader, numbers: Mapping[str, int], contributions: bool) -> dict[str, Any]:
    """The rows, by number. With `contributions`, those that brought the records become sources too.

    A grade stands in the scheme that it came in: a contribution's own, else the record's (4x4).
    """
    cited = reader.take(numbers)
    rows = []
    for id, number in sorted(numbers.items(), key=lambda one: one[1]):
        thing = cited.get(id)
        if thing is None:
            continue
        brought = _brought_by(reader, thing) if contributions else None
        grade = f"{thing.grade} (4x4)" if thing.grade else "–"
        row = [str(number), reader.caption(thing), _(reader.kind(thing).label), reader.owner(thing)]
        if brought is not None:
            reader.used[brought.id] = brought
            graded = brought.first("grade")
            grade = f"{graded} ({brought.first('scheme', '4x4')})" if graded else grade
        row.append(grade)
        if contributions:
            row.append(_reference(brought) if brought is not None else "–")
        rows.append(row)
    head = [_("No."), _("Record"), _("Kind"), _("Owner"), _("Grade")]
    head += [_("Came in")] if contributions else []
    return {"sort": "citations", "caption": _("Sources"), "head": head, "rows": rows}


def _brought_by(reader: Reader, thing: Thing) -> Thing | None:
    """The contribution to this file that brought it, the first one there was; its owner's own."""
    found = [
        t
        for property, t in reader.desk.links(thing.id)
        if property == "things" and t.kind == "Contribution" and t.first("file") == reader.file.id
    ]
    mine = [t for t in found if t.handling.owner == thing.handling.owner]
    return min(mine, key=lambda t: (t.first("at"), t.id), default=None)


def _reference(contribution: Thing) -> str:
    parts = (
        contribution.first("source"),
        formats.day(contribution.first("received") or contribution.first("at")[:10]),
        contribution.first("handlingCode"),
    )
    return " · ".join(part for part in parts if part)
