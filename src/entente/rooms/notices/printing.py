"""A notice on paper: what stands on it, and the PDF that typst makes of that.

The template (templates/notices/notice.typ) reads the text as data and never as markup, so that nothing
that somebody typed can give it commands. The same notice printed at the same moment is the same bytes.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from entente.core.problems import Absent
from entente.desk import Desk
from entente.rooms.bureaus import by_code
from entente.rooms.notices import labels, photo, service, showing, shown
from entente.rooms.notices.colours import ATTEST, COLOURS
from entente.rooms.notices.model import Notice
from entente.web import formats, words
from entente.web.language import _, current, direction

_TEMPLATE = Path(__file__).parent / "templates" / "notices" / "notice.typ"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed, in the reader's language, and in this order."""

    lang: str
    dir: str
    colour: str
    heading: str
    purpose: str
    title: str
    owner: str
    head: Pairs
    contact: Pairs
    subject: Pairs
    fields: Pairs
    assessment: str
    attest: tuple[str, ...]
    history: Pairs
    warning: str
    headings: tuple[str, str, str, str]
    printed: str
    photo: bytes
    at: int

    def data(self) -> str:
        """As the template gets it."""
        return json.dumps({**asdict(self), "photo": list(self.photo)}, ensure_ascii=False)


def document(desk: Desk, id: str, officer: str, bureau: str) -> Document:
    """What is printed of a notice for this officer; opening it is journaled. Raises Absent, NoPurpose."""
    notice = service.open_notice(desk, id)
    told = shown.whole(desk, notice)
    desk.note("export", object=id, what="notice", outcome="printed")
    try:
        picture = photo.picture_of(desk, notice)
    except Absent:
        picture = b""
    known = by_code(desk).get(told.owner)
    owner = f"{told.owner} {known.label}" if known else told.owner
    colour = COLOURS[told.colour]
    facts = [
        (_(label), " · ".join(formats.value(v, type) for v in values))
        for label, values, type in showing.properties(desk, told)
    ]
    when = formats.moment(desk.now)
    return Document(
        lang=current(),
        dir=direction(current()),
        colour=told.colour,
        heading=_heading(told),
        purpose=_(colour.purpose),
        title=told.title,
        owner=told.owner,
        head=(
            (_("State"), words.label(labels.STATES, told.state)),
            (_("Level"), words.label(words.LEVELS, told.level)),
            (_("Valid until"), formats.value(told.until, "date")),
            (_("Number here"), told.id),
            (_("Version"), str(told.version)),
        ),
        contact=((_("Owner"), owner), *(showing.contact(known) if known else ())),
        subject=tuple(facts),
        fields=tuple(
            (_(label), _(value) if name == "status" else value) for label, value, name in showing.fields(told)
        ),
        assessment=_("Assessment: an assessment by an authority, not a fact") if told.assessment else "",
        attest=tuple(_(ATTEST[a]) for a in told.attest),
        history=tuple(
            (
                formats.moment(datetime.fromisoformat(s.at)),
                f"{words.label(labels.STEPS, s.did)} · {s.bureau} · {words.label(labels.PARTS, s.part)}",
            )
            for s in told.history
        ),
        warning=_("Verify with the owner before acting."),
        headings=(_("Subject"), _("What is said"), _("Attested by the owner"), _("Review")),
        printed=_printed(officer, bureau, when),
        photo=picture,
        at=int(desk.now.timestamp()),
    )


def _printed(who: str, bureau: str, when: str) -> str:
    """Who printed it when; where the words run from the right, each of these stands for itself."""
    if direction(current()) == "rtl":
        who, bureau, when = (f"\u2068{said}\u2069" for said in (who, bureau, when))
    return _("Printed by %(who)s of %(bureau)s, %(when)s", who=who, bureau=bureau, when=when)


def _heading(told: Notice) -> str:
    colour = words.label({name: c.label for name, c in COLOURS.items()}, told.colour)
    if told.reach == "all":
        return _("%(colour)s notice", colour=colour)
    return _("%(colour)s diffusion", colour=colour)


def pdf(made: Document) -> bytes:
    """The PDF, tagged for screen readers."""
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": made.data()},
        timestamp=made.at,
    )


@cache
def _fonts() -> typst.Fonts:
    """Those that come with typst, and those of the system for the scripts that these lack."""
    return typst.Fonts()
