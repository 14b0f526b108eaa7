"""Forms of a case as a browser shows and sends them: fields described once, and one way to read them.

A field is named as its faults are (`outcomes/0/defendant`), so that each fault stands at its field. A list is
a text with one entry a line, several choices are check boxes, rows have two empty ones at their end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import FormData

from entente.rooms.reports import labels
from entente.web.language import N_

Sort = Literal["text", "area", "select", "many", "number", "flag", "day", "lines", "rows"]
Given = Mapping[str, Any]
SPARE_ROWS = 2
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Field:
    """A field. `choices`: slug to words, or the name of what the page brings (parties, evidence, …)."""

    name: str
    label: str
    sort: Sort = "text"
    choices: Mapping[str, str] | str = ""
    hint: str = ""
    must: bool = False
    most: int = 200
    ltr: bool = False
    fold: str = ""
    """Title of the folded part of the form that it stands in; "" for the open part."""
    columns: tuple["Field", ...] = ()


DAY = N_("Year-month-day, such as 2026-03-01")
LINE_EACH = N_("One a line")
MORE = N_("More")
CASE = (
    Field("title", N_("Title"), must=True),
    Field("chapter", N_("Chapter"), "select", labels.CHAPTERS, must=True),
    Field("summary", N_("Summary"), "area", hint=N_("At most 200 words"), most=6_000),
    Field("countries", N_("Countries"), "lines", hint=N_("Two letters each, one a line"), ltr=True),
    Field(
        "goods", N_("Goods"), "lines", "goods", hint=N_("Codes such as agro.pesticide, one a line"), ltr=True
    ),
    Field("crimes", N_("Crimes"), "many", labels.CRIMES),
    Field("period_from", N_("From"), "day", hint=DAY),
    Field("period_to", N_("Until"), "day", hint=DAY),
    Field("modus", N_("How it was done"), "area", most=6_000),
    Field("detection", N_("Discovered by"), "select", labels.DETECTIONS, fold=MORE),
    Field("discovered", N_("How it was discovered"), "area", most=6_000, fold=MORE),
    Field("first_seizure", N_("Day of the first seizure"), "day", hint=DAY, fold=MORE),
    Field("places", N_("Places"), "lines", hint=LINE_EACH, fold=MORE),
    Field(
        "quantities",
        N_("Quantities and values"),
        "rows",
        fold=MORE,
        columns=(
            Field("what", N_("Of what")),
            Field("amount", N_("How much"), ltr=True),
            Field("unit", N_("Unit or currency"), ltr=True),
            Field("source", N_("Who says so")),
        ),
    ),
    Field("worked", N_("What worked"), "area", most=6_000, fold=MORE),
    Field("lessons", N_("Lessons"), "area", most=6_000, fold=MORE),
    Field(
        "languages", N_("Languages"), "lines", hint=N_("Codes such as eng, one a line"), ltr=True, fold=MORE
    ),
    Field("personal_data", N_("How what is published calls persons"), "select", labels.NAMED),
    Field("personal_data_why", N_("Why nobody is named"), most=500),
    Field("access", N_("Made for"), "select", labels.ACCESS),
    Field("level", N_("Level"), "select", "levels"),
    Field("see", N_("Bureaus that read it"), "many", "bureaus"),
)
PARTY = (
    Field("name", N_("Name"), must=True),
    Field("sort", N_("What it is"), "select", labels.PARTY_SORTS, must=True),
    Field("roles", N_("Roles"), "many", labels.ROLES),
    Field("nationality", N_("Nationality"), hint=N_("Two letters"), most=2, ltr=True),
    Field("link", N_("Number of a record"), hint=N_("It becomes a source of the case"), most=64, ltr=True),
    Field("note", N_("Note"), "area", most=500),
)
CLAIM = (
    Field("text", N_("The claim in one sentence"), "area", must=True, most=500),
    Field("subject_party", N_("Who: a party"), "select", "parties"),
    Field("subject_goods", N_("Or goods"), hint=N_("A code such as agro.pesticide"), most=60, ltr=True),
    Field("subject_event", N_("Or an event")),
    Field("link_type", N_("Link"), "select", labels.LINKS, must=True),
    Field("object_crime", N_("With what: a crime"), "select", labels.CRIMES),
    Field("object_party", N_("Or a party"), "select", "parties"),
    Field("object_goods", N_("Or goods"), hint=N_("A code such as agro.pesticide"), most=60, ltr=True),
    Field("evidence", N_("Evidence"), "many", "evidence", hint=N_("None: it is kept as a draft")),
    Field("polarity", N_("What it says"), "select", labels.POLARITIES, fold=MORE),
    Field("place", N_("Place"), fold=MORE),
    Field(
        "countries", N_("Countries"), "lines", hint=N_("Two letters each, one a line"), ltr=True, fold=MORE
    ),
    Field("period_from", N_("From"), "day", hint=DAY, fold=MORE),
    Field("period_to", N_("Until"), "day", hint=DAY, fold=MORE),
    Field("scheme", N_("Scheme of the grade"), "select", labels.SCHEMES, fold=MORE),
    Field("grade", N_("Grade"), hint=N_("As it came"), most=10, ltr=True, fold=MORE),
    Field(
        "resolution",
        N_("How the contradiction with another claim is resolved"),
        "area",
        most=2_000,
        fold=MORE,
    ),
)
EVIDENCE = (
    Field("kind", N_("Kind"), "select", labels.EVIDENCE, must=True),
    Field("title", N_("Title"), must=True),
    Field("authority", N_("Court or authority")),
    Field("date", N_("Date"), "day", hint=DAY),
    Field("proceeding", N_("Of which proceeding"), "select", "proceedings"),
    Field("pinpoint", N_("Where in it"), hint=N_("Page and paragraph: p. 12, para 45")),
    Field("quote", N_("Quote"), "area", hint=N_("At most 50 words"), most=2_000),
    Field(
        "sha256",
        N_("SHA-256 of the file"),
        hint=N_("Empty: it is set when the file is kept"),
        most=64,
        ltr=True,
    ),
    Field("pages", N_("Pages of the file"), "number", hint=N_("Empty: not known")),
    Field("language", N_("Language"), hint=N_("A code such as eng"), most=3, ltr=True, fold=MORE),
    Field("translated", N_("The quote is translated"), "flag", fold=MORE),
    Field("defendant", N_("Which defendant it bears on"), fold=MORE),
    Field("charge", N_("Which charge it bears on"), fold=MORE),
    Field("access", N_("Made for"), "select", labels.ACCESS, fold=MORE),
    Field("scheme", N_("Scheme of the grade"), "select", labels.SCHEMES, fold=MORE),
    Field("grade", N_("Grade"), hint=N_("As it came"), most=10, ltr=True, fold=MORE),
    Field(
        "link",
        N_("Number of a seizure, request or record"),
        hint=N_("It becomes a source of the case"),
        most=64,
        ltr=True,
        fold=MORE,
    ),
)
PROCEEDING = (
    Field("court", N_("Court or authority"), must=True),
    Field("country", N_("Country"), hint=N_("Two letters"), must=True, most=2, ltr=True),
    Field("stage", N_("Stage"), "select", labels.STAGES, must=True),
    Field("date", N_("Date"), "day", hint=DAY),
    Field("reference", N_("Reference"), hint=N_("ECLI or neutral citation"), ltr=True),
    Field("standard", N_("Standard of proof"), "select", labels.STANDARDS),
    Field(
        "outcomes",
        N_("What it said, by defendant and charge"),
        "rows",
        columns=(
            Field("defendant", N_("Defendant")),
            Field("charge", N_("Charge")),
            Field("statute", N_("Statute")),
            Field("max_penalty_months", N_("Most months by law"), "number"),
            Field("verdict", N_("Verdict"), "select", labels.VERDICTS),
            Field("sentence_months", N_("Months of the sentence"), "number"),
            Field("fine", N_("Fine")),
            Field("confiscation", N_("Confiscation")),
            Field("convention_offence", N_("Offence of the Convention itself"), "flag"),
        ),
    ),
    Field("appeal_deadline", N_("Appeal possible until"), "day", hint=DAY),
    Field("appeal_filed", N_("Appeal filed on"), "day", hint=DAY),
    Field("follows", N_("Goes on from"), "select", "proceedings"),
    Field("overturns", N_("Overturns"), "select", "proceedings"),
    Field("reinstates", N_("Gives back"), "select", "proceedings"),
    Field("military", N_("A military court"), "flag"),
)
CHECK = (
    Field("answer", N_("Answer"), "select", labels.ANSWERS, must=True),
    Field("evidence", N_("Evidence"), "many", "evidence"),
    Field(
        "persons",
        N_("Members that the judgment itself finds"),
        "number",
        hint=N_("Item 1 alone, with those convicted"),
    ),
    Field("note", N_("Note"), "area", most=500),
)
PROTECTED = (
    Field(
        "names",
        N_("Names"),
        "rows",
        columns=(
            Field("name", N_("Name")),
            Field("sort", N_("Why it is protected"), "select", labels.PROTECTED),
        ),
    ),
)


def said_of(fields: Sequence[Field], sent: FormData) -> dict[str, Any]:
    """What a browser sent, as the API's schema takes it; an empty number is none."""
    return {field.name: _said(field, field.name, sent) for field in fields}


def _said(field: Field, name: str, sent: FormData) -> Any:
    if field.sort == "many":
        chosen = [one for one in sent.getlist(name) if isinstance(one, str)]
        return [int(one) if one.isdecimal() and one.isascii() else one for one in chosen]
    if field.sort == "rows":
        rows = [
            {column.name: _said(column, f"{name}/{n}/{column.name}", sent) for column in field.columns}
            for n in range(MOST_ROWS + 1)
        ]
        return [row for row in rows if any(row.values())]
    text = sent.get(name, "")
    text = text.strip() if isinstance(text, str) else ""
    if field.sort == "flag":
        return text == "yes"
    if field.sort == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.sort == "number" or field.choices in ("parties", "proceedings"):
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text or None
    return text


def given_of(fields: Sequence[Field], said: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the names of fields, as the page shows them."""
    given: dict[str, Any] = {}
    for field in fields:
        given |= _given(field, field.name, said.get(field.name))
    return given


def _given(field: Field, name: str, value: Any) -> dict[str, Any]:
    if field.sort == "rows":
        rows = list(value or [])[:MOST_ROWS]
        shown: dict[str, Any] = {name: min(len(rows) + SPARE_ROWS, MOST_ROWS)}
        for n, row in enumerate([*rows, *([{}] * SPARE_ROWS)]):
            for column in field.columns:
                shown |= _given(column, f"{name}/{n}/{column.name}", row.get(column.name))
        return shown
    if field.sort == "many":
        return {name: [str(one) for one in value or ()]}
    if field.sort == "lines":
        return {name: "\n".join(value or ())}
    if field.sort == "flag":
        return {name: "yes" if value else ""}
    return {name: "" if value is None or (field.name == "pages" and value == 0) else str(value)}


def places(fields: Sequence[Field]) -> dict[str, tuple[str, str]]:
    """Where a fault is to the id and the name of its field on the page."""
    found = {}
    for field in fields:
        found[field.name] = (f"f-{field.name}", field.label)
        for column in field.columns:
            for n in range(MOST_ROWS):
                where = f"{field.name}/{n}/{column.name}"
                found[where] = (f"f-{where}", column.label)
    return found
