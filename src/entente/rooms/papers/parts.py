"""The lists that a version or an alert consists of: which fields an entry of each has on a form, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty
from entente.match.documents.patterns import CHECKS
from entente.rooms.papers import alerts_model as am
from entente.rooms.papers import labels, states
from entente.rooms.papers import model as m
from entente.rooms.papers.cards import LINES
from entente.rooms.papers.vocabulary import terms
from entente.rooms.records import Strict
from entente.web.language import N_, _

Sort = Literal["line", "text", "number", "date", "choice", "lines", "page", "box", "picture", "pictures"]
BOX = ("x", "y", "width", "height")
MOST_LIGHTS = 6
"""Pictures of one page that the form takes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry. `choices`: slug to label of a `choice`, of which the first stands unless one must
    be `chosen`."""

    name: str
    label: str
    sort: Sort = "line"
    choices: Mapping[str, str] | None = None
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A list: what it is called, what its entries are, and what they are called by (a field)."""

    label: str
    model: type[Strict]
    title: str
    fields: Sequence[Field]

    def called(self, entry: Strict) -> str:
        """What a list calls an entry, in the reader's language."""
        value = str(getattr(entry, self.title))
        choices = next((f.choices for f in self.fields if f.name == self.title), None) or {}
        return _(choices[value]) if value in choices else value


_PAGE, _PLACE = Field("page", N_("Page"), "page"), Field("box", N_("Place on the page (mm)"), "box")
_FROM = Field("issued_from", N_("Issued since"), "date")
_UNTIL = Field("issued_until", N_("Issued until"), "date")
_NOTE = Field("note", N_("Note"))
_ONE_TO_FIVE = {str(n): str(n) for n in (3, 5, 4, 2, 1)}
_PAGES = Part(
    N_("Pages"),
    m.PageForm,
    "kind",
    (
        Field("kind", N_("Kind"), "choice", {"data": labels.PAGES["data"], **labels.PAGES}),
        Field("printed", N_("Number printed on it")),
        Field("width", N_("Width (mm)"), "number", hint=N_("Empty: as the document")),
        Field("height", N_("Height (mm)"), "number"),
        Field("pictures", N_("Its pictures"), "pictures"),
    ),
)
_MARKS = Part(
    N_("Marks"),
    m.FeatureForm,
    "term",
    (
        _PAGE,
        Field("term", N_("Mark"), "choice", terms(), chosen=True),
        _PLACE,
        Field("way", N_("Way"), "choice", {"LOOK": labels.WAYS["LOOK"], **labels.WAYS}),
        Field("light", N_("Light"), "choice", labels.LIGHTS),
        Field("tool", N_("Tool"), "choice", labels.TOOLS),
        Field("level", N_("Checked by"), "choice", {str(n): line for n, line in LINES.items()}),
        Field("risk", N_("How often it is forged (1 to 5)"), "choice", _ONE_TO_FIVE),
        Field("ease", N_("How easily it is checked (1 to 5)"), "choice", _ONE_TO_FIVE),
        Field("verify", N_("How to verify it"), "text"),
        Field("about", N_("Description"), "text"),
        Field("closeup", N_("Genuine"), "picture"),
        Field("fake", N_("Typical imitation"), "picture"),
    ),
)
_ANCHORS = Part(
    N_("Fixed print"),
    m.AnchorForm,
    "name",
    (
        _PAGE,
        Field("name", N_("Print")),
        _PLACE,
        Field(
            "kind",
            N_("Kind"),
            "choice",
            {"label": N_("Printed words"), "line": N_("Printed line"), "emblem": N_("Emblem")},
        ),
        Field("tolerance", N_("Tolerance (mm)"), "number"),
    ),
)
_FIELDS = Part(
    N_("Places that differ from holder to holder"),
    m.FieldForm,
    "name",
    (_PAGE, Field("name", N_("Name")), _PLACE),
)
_PATTERNS = Part(
    N_("Forms of its number"),
    m.PatternForm,
    "pattern",
    (
        Field(
            "pattern", N_("Form"), hint=N_('9 a digit, A a letter, {7} how many, "AB" just these: "U"9{7}')
        ),
        Field(
            "check",
            N_("Check digit"),
            "choice",
            {"none": N_("None"), **{c: c for c in CHECKS if c != "none"}},
        ),
        _FROM,
        _UNTIL,
        _NOTE,
    ),
)
_DEVIATIONS = Part(
    N_("Known defects of genuine ones"),
    m.DeviationForm,
    "field",
    (
        Field(
            "defect",
            N_("Defect"),
            "choice",
            {"wrong_check_digit": N_("Wrong check digit"), "wrong_data": N_("Wrong data")},
        ),
        Field("field", N_("Field of the zone"), hint="birth"),
        Field("printed", N_("What is printed")),
        _FROM,
        _UNTIL,
        Field("numbers", N_("Numbers that have it, a line each"), "lines"),
        _NOTE,
    ),
)
_VALIDITY = Part(
    N_("Validity"),
    m.ValidityForm,
    "years",
    (
        Field("years", N_("Years"), "number"),
        Field("least_age", N_("From the age of"), "number"),
        Field("most_age", N_("To the age of"), "number"),
        _NOTE,
    ),
)
_SOURCES = Part(
    N_("Sources"),
    m.SourceForm,
    "what",
    (Field("what", N_("Source")), Field("url", N_("Address")), Field("seen", N_("Seen on"), "date")),
)
_REGIONS = Part(
    N_("What gives it away"),
    am.RegionForm,
    "marker",
    (
        Field("marker", N_("What one sees"), "text"),
        Field("page", N_("Page"), "page"),
        _PLACE,
        Field("genuine", N_("Genuine"), "picture"),
        Field("fake", N_("False"), "picture"),
    ),
)
PARTS: Mapping[str, Mapping[str, Part]] = {
    states.VERSION: {
        "pages": _PAGES,
        "features": _MARKS,
        "anchors": _ANCHORS,
        "fields": _FIELDS,
        "patterns": _PATTERNS,
        "deviations": _DEVIATIONS,
        "validity": _VALIDITY,
        "sources": _SOURCES,
    },
    states.ALERT: {"regions": _REGIONS},
}


def entry(part: Part, form: FormData) -> dict[str, Any]:
    """An entry as its form says it; what is empty is left out, so that the model's own value stands."""
    return {field.name: said for field in part.fields if (said := _said(field, form)) not in ("", [], {})}


def _said(field: Field, form: FormData) -> Any:
    def text(name: str) -> str:
        return str(form.get(name, "")).strip()

    if field.sort == "lines":
        return [line.strip() for line in text(field.name).splitlines() if line.strip()]
    if field.sort == "box":
        return {side: said for side in BOX if (said := text(side + "-mm"))}
    if field.sort == "pictures":
        rows = [{k: text(f"{k}-{n}") for k in ("light", "px_per_mm", "blob")} for n in range(MOST_LIGHTS)]
        return [row for row in rows if row["blob"]]
    return text(field.name)


def removed(content: dict[str, Any], name: str, n: int) -> dict[str, Any]:
    """The content without an entry. A page on which something stands stays: raises Faulty."""
    left = {**content, name: [*content[name][:n], *content[name][n + 1 :]]}
    if name != "pages":
        return left
    for other in ("features", "anchors", "fields"):
        if any(e["page"] == n for e in content[other]):
            what = N_("Something stands on this page")
            raise Faulty(faults=(Fault("page", what, N_("Move or remove it first.")),))
        left[other] = [{**e, "page": e["page"] - (e["page"] > n)} for e in content[other]]
    return left
