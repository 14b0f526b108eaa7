"""What the library knows of a paper at hand: the versions that it may be, and the rules of one."""

from datetime import date

from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents import patterns
from entente.match.documents.deviations import Deviation
from entente.match.documents.patterns import Pattern
from entente.match.documents.rules import CODES_OF_CATEGORY, Rules
from entente.match.documents.zone import Told
from entente.rooms.papers import model as papers
from entente.rooms.papers import service
from entente.rooms.papers.shown import head

MOST = 8
"""Versions offered."""
ISO = {"D": "DEU"}
"""The one issuer whose code in a zone is not of three letters (Doc 9303-3, section 5)."""
FORMS = {"MRVA": "MRV-A", "MRVB": "MRV-B"}
"""The name of a zone's form in the library."""


def content_of(version: Thing) -> papers.Content:
    return papers.Content.model_validate_json(version.first("content"))


def likely_versions(desk: Desk, told: Told) -> list[Thing]:
    """Published versions of the zone's issuer and sort, those first whose form and number pattern fit.

    In the asker's view; noted as browsing the library.
    """
    issuer = told.text("issuer")
    if not told.form or not (issuer in ISO or (issuer.isalpha() and len(issuer) == 3)):
        desk.note("see", what="documents")
        return []
    asked = papers.Which(country=ISO.get(issuer, issuer), limit=200)
    found = [v for v in service.browse(desk, asked) if _may_be(v, told)]
    return sorted(found, key=lambda v: (*_misfits(v, told), v.id))[:MOST]


def _may_be(version: Thing, told: Told) -> bool:
    letters = CODES_OF_CATEGORY.get(version.first("category"), "")
    return not letters or told.text("document")[:1] in tuple(letters)


def _misfits(version: Thing, told: Told) -> tuple[int, int, str]:
    """0 where the form fits, 0 where a pattern of its number does, then the newest first."""
    form = version.first("mrz")
    shapes = content_of(version).patterns
    fits = any(patterns.fits(Pattern(p.pattern, p.check), told.number).whole for p in shapes)
    since = version.first("firstIssued") or "0000"
    newest = "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in since)
    return int(bool(form) and form != FORMS.get(told.form, told.form)), int(bool(shapes) and not fits), newest


def rules_of(version: Thing | None) -> Rules | None:
    """What a version says that its genuine papers are; None for no version."""
    if version is None:
        return None
    content, said = content_of(version), head(version)
    form = {there: here for here, there in FORMS.items()}.get(said["mrz"], said["mrz"])
    years = [v.years for v in content.validity]
    return Rules(
        issuer=version.first("country"),
        category=version.first("category"),
        mrz_form="" if form == "other" else form,
        patterns=tuple(Pattern(p.pattern, p.check, p.issued_from, p.issued_until) for p in content.patterns),
        deviations=tuple(
            Deviation(
                d.defect,
                d.field,
                d.printed,
                d.issued_from,
                d.issued_until,
                frozenset(patterns.plain(n) for n in d.numbers),
                note=d.note,
            )
            for d in content.deviations
        ),
        validity_years=max(years, default=0),
        first_issued=_day(said["first_issued"]),
        last_issued=_day(said["last_issued"]),
    )


def specimen_of(version: Thing) -> tuple[int, papers.PictureForm] | None:
    """The page that a zone stands on, and its picture in normal light; None where the library has none."""
    for n, page in enumerate(content_of(version).pages):
        if page.kind in ("data", "front", "back"):
            for picture in page.pictures:
                if picture.light == "VIS" and picture.blob:
                    return n, picture
    return None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
