"""Whether a notice says what its colour must say: every fault at once, and the schema of a colour."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from entente.core.kinds import TYPES
from entente.core.problems import Fault
from entente.core.things import Body
from entente.rooms.notices.colours import (
    ATTEST,
    COLOURS,
    FIELDS,
    LEAST_MAXIMUM_YEARS,
    LEAST_REMAINING_MONTHS,
    STATUSES,
)
from entente.web.language import N_

LONGEST_LINE, LONGEST_TEXT = 1_000, 20_000
_UNITS = {
    "years": re.compile(r"(.*\d)\s*(?:years?|yrs?|ans?|années?|años?|سنة|سنوات|سنين|عام[اً]*|أعوام)\.?"),
    "months": re.compile(r"(.*\d)\s*(?:months?|mois|mes(?:es)?|شهر[اً]*|أشهر|شهور)\.?"),
}
_LIFE = frozenset(
    {"life", "life imprisonment", "perpétuité", "à perpétuité", "cadena perpetua", "السجن المؤبد", "مؤبد"}
)
"""A number with its unit, and life, as officers write them in the four languages."""
_YEARS = re.compile(r"\d{1,3}(\.\d{1,2})?|life")
_MONTHS = re.compile(r"\d{1,4}")


def cleaned(colour: str, fields: Mapping[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """The fields in the form that is kept, and every fault in them. What is empty is left out."""
    known, faults = {}, []
    for name, text in fields.items():
        if name not in COLOURS[colour].fields:
            what = f"A {colour} notice has no field “{name[:40]}”"
            faults.append(Fault(f"fields/{name[:40]}", what, "See /api/v1/notices/colours."))
            continue
        try:
            value = _clean(FIELDS[name].sort, text)
        except ValueError as wrong:
            faults.append(Fault(f"fields/{name}", f"“{text[:60]}” {wrong}", ""))
            continue
        if value:
            known[name] = value
    return known, faults


def _clean(sort: str, text: str) -> str:
    most = LONGEST_TEXT if sort == "text" else LONGEST_LINE
    if len(text) > most:
        raise ValueError(f"has {len(text)} characters; at most {most} are kept")
    value = TYPES["text" if sort == "text" else "date" if sort == "date" else "string"].clean(text)
    if sort in _UNITS:
        value = _bare(sort, value.lower())
    if value and sort == "years" and not _YEARS.fullmatch(value):
        raise ValueError("is no number of years, nor “life”")
    if value and sort == "months" and not _MONTHS.fullmatch(value):
        raise ValueError("is no number of months")
    if value and sort == "status" and value not in STATUSES:
        raise ValueError(f"is none of {', '.join(STATUSES)}")
    return value


def _bare(sort: str, value: str) -> str:
    """“10 years” as 10, and life in one word."""
    with_unit = _UNITS[sort].fullmatch(value)
    if with_unit:
        return with_unit[1].rstrip()
    return "life" if sort == "years" and value in _LIFE else value


def missing(
    notice: Body, kind: str, subject: Body, properties: Mapping[str, str] = MappingProxyType({})
) -> list[Fault]:
    """What a notice lacks before it may be submitted. `subject`: the record's body; empty for none;
    `properties`: what its kind calls its properties."""
    colour = COLOURS[notice["colour"][0]]
    faults = []
    if colour.named and not subject:
        what = N_("The notice is about nobody and nothing")
        faults.append(Fault("subject", what, N_("Give its subject.")))
    if subject and kind not in colour.kinds:
        what = f"This colour is not for a {kind}"
        faults.append(Fault("subject/kind", what, f"It may be about: {', '.join(colour.kinds)}."))
    for group in colour.needs:
        if not any(_said(place, notice, subject) for place in group):
            faults.append(_lacks(group, properties))
    faults += [
        Fault(f"attest/{name}", f"Not attested: {ATTEST[name]}", N_("Attest it, or do not send the notice."))
        for name in colour.attest
        if name not in notice.get("attest", ())
    ]
    told = notice.get("maximum") or notice.get("remaining")
    if colour.threshold and told and not reaches_threshold(notice):
        what = (
            f"Neither a maximum of {LEAST_MAXIMUM_YEARS:g} years at least"
            f" nor {LEAST_REMAINING_MONTHS} months left to serve (RPD, article 83)"
        )
        faults.append(
            Fault("fields/maximum", what, N_("Below the threshold no red notice may be published."))
        )
    return faults


def reaches_threshold(notice: Body) -> bool:
    """Whether the offence or the sentence is grave enough for a red notice (RPD, article 83)."""
    maximum = (notice.get("maximum") or ("0",))[0]
    remaining = (notice.get("remaining") or ("0",))[0]
    return (
        maximum == "life"
        or float(maximum) >= LEAST_MAXIMUM_YEARS
        or float(remaining) >= LEAST_REMAINING_MONTHS
    )


def _said(place: str, notice: Body, subject: Body) -> bool:
    if place.startswith("subject/"):
        return bool(subject.get(place.removeprefix("subject/")))
    return bool(notice.get(place))


def _lacks(group: Sequence[str], properties: Mapping[str, str]) -> Fault:
    if len(group) == 1:
        return Fault(_where(group[0]), f"{called(group[0], properties)} is missing", N_("Give it."))
    said = "; ".join(called(place, properties) for place in group)
    return Fault(_where(group[0]), f"One of these is needed: {said}", N_("Give one of them."))


def called(place: str, properties: Mapping[str, str]) -> str:
    """What people call a place of a notice, in English; `properties`: the labels of its subject's kind."""
    if place in FIELDS:
        return FIELDS[place].label
    name = place.removeprefix("subject/")
    return {"photo": N_("Photo"), "title": N_("Title")}.get(place, properties.get(name, name))


def _where(place: str) -> str:
    if place == "photo":
        return "photo"
    return f"fields/{place}" if place in FIELDS else f"subject/properties/{place.removeprefix('subject/')}"


def schema(name: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of what a notice of a colour must say to be submitted."""
    colour = COLOURS[name]
    alone = [g[0] for g in colour.needs if len(g) == 1]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{colour.label} notice",
        "description": colour.purpose,
        "type": "object",
        "required": ["colour", "fields", "attest", *(["subject"] if colour.named else [])],
        "properties": {
            "colour": {"const": name},
            "fields": {
                "type": "object",
                "additionalProperties": False,
                "required": [f for f in alone if f in FIELDS],
                "properties": {f: _schema_of(f) for f in colour.fields},
            },
            "subject": {
                "type": "object",
                "properties": {
                    "kind": {"enum": list(colour.kinds)},
                    "properties": {"type": "object", "required": _properties(alone)},
                },
            },
            "attest": {
                "type": "array",
                "items": {"enum": list(ATTEST)},
                "allOf": [{"contains": {"const": a}} for a in colour.attest],
            },
        },
        "x-any-of": [list(group) for group in colour.needs if len(group) > 1],
    }


def _properties(places: Sequence[str]) -> list[str]:
    return [p.removeprefix("subject/") for p in places if p.startswith("subject/")]


def _schema_of(field: str) -> dict[str, Any]:
    sort = FIELDS[field].sort
    said: dict[str, Any] = {"type": "string", "title": FIELDS[field].label}
    if sort == "status":
        return said | {"enum": list(STATUSES)}
    patterns = {"years": f"^({_YEARS.pattern})$", "months": f"^({_MONTHS.pattern})$"}
    said["maxLength"] = LONGEST_TEXT if sort == "text" else LONGEST_LINE
    return said | ({"pattern": patterns[sort]} if sort in patterns else {})
