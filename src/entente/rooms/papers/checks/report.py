"""A check on paper: what was read, found, answered and decided, as PDF that typst makes.

The template (templates/papers/check.typ) reads text as data and never as markup. The portrait of the specimen
is not on it; the picture of the paper that was checked is.
"""

from pathlib import Path
from typing import Any

from entente.desk import Desk
from entente.rooms.papers.cards_printing import typeset
from entente.rooms.papers.checks import knowing, service, shown, wording
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.lost.vocabulary import STATUSES
from entente.rooms.papers.vocabulary import terms
from entente.web import formats, words
from entente.web.callers import Caller
from entente.web.language import _, current, direction

_TEMPLATE = Path(__file__).parents[1] / "templates" / "papers" / "check.typ"


def pdf(caller: Caller, id: str) -> bytes:
    """The report of a check; printing it is journaled. Raises Absent."""
    with caller.at_own_desk("examine") as desk:
        check = service.opened(desk, id)
        told = shown.whole(desk, check)
        desk.note("export", object=id, what="check of a document", outcome="printed")
        said = document(desk, told, caller.officer.name, caller.officer.code)
    return printed(said)


def printed(said: dict[str, Any]) -> bytes:
    """The PDF, tagged for screen readers."""
    made: bytes = typeset(_TEMPLATE, said)
    return made


def document(desk: Desk, told: m.Check, officer: str, bureau: str) -> dict[str, Any]:
    """What is printed, in the reader's language."""
    version = service.version_of(desk, told.content)
    features = knowing.content_of(version).features if version else []
    held = told.content.comparison
    verdict = words.label(wording.VERDICTS, told.verdict) if told.verdict else _("No verdict yet")
    return {
        "lang": current(),
        "dir": direction(current()),
        "heading": _("Check of a document"),
        "title": " · ".join(filter(None, (told.issuer, told.number, told.title))),
        "verdict": verdict,
        "tone": wording.TONES.get(told.verdict, "info"),
        "note": told.content.note,
        "zone": told.lines,
        "heads": {
            "zone": _("As it was read"),
            "found": _("What was found"),
            "lost": _("Lost and stolen"),
            "marks": _("Marks"),
            "course": _("Its course"),
            "picture": _("The page, and where it differs from its specimen"),
        },
        "version": " ".join((version.first("code"), version.first("title")))
        if version
        else _("No version chosen"),
        "found": [[f.tone, _(wording.FIELDS.get(f.field, "")), f.said] for f in told.findings],
        "lost": [
            [words.label(STATUSES, x.status), x.number, x.owner, x.case]
            for one in told.lost
            for x in one.matches
            if x.line in ("exact", "range")
        ],
        "marks": [
            [words.label(terms(), features[a.feature].term), words.label(wording.SAYINGS, a.said), a.note]
            for a in told.content.answers
            if a.feature < len(features)
        ],
        "history": [
            [formats.value(s.at[:10], "date"), words.label(wording.STEPS, s.did), s.officer, s.why]
            for s in told.history
        ],
        "pictures": [list(p) for p in _pictures(desk, told.content, held)],
        "foot": _(
            "Printed by %(who)s of %(bureau)s, %(when)s",
            who=officer,
            bureau=bureau,
            when=formats.moment(desk.now),
        ),
        "advice": _("The machine's findings are leads; the verdict is an officer's."),
        "at": int(desk.now.timestamp()),
    }


def _pictures(desk: Desk, content: m.Content, held: m.Comparison | None) -> list[bytes]:
    """The page drawn onto its specimen, and its differences; else the picture as it was taken."""
    digests = [held.drawn, held.map] if held and held.aligned else [content.picture]
    return [desk.house.blobs.open(d) for d in digests if d]
