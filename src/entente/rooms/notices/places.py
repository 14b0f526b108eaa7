"""Where a fault of a notice stands on a page: the label of its field, and the way to it."""

from collections.abc import Mapping

from entente.core.kinds import Kind
from entente.rooms.notices.colours import ATTEST, FIELDS, Colour
from entente.rooms.notices.model import Notice
from entente.rooms.notices.requirements import called
from entente.web.language import _

Places = dict[str, tuple[str, str]]
"""Where to (id or address of the field, label)."""


def in_form(colour: Colour, kind: Kind) -> Places:
    """In the form of a colour; what is wrong about its subject stands there without "subject/"."""
    found = {
        "bureaus": ("f-bureaus", _("Bureaus named")),
        "until": ("f-until", _("Valid until")),
        "title": ("f-title", _("Title")),
        "record": ("f-record", _("A record of your bureau")),
        "widen": ("f-record", _("A record of your bureau")),
        "handling/level": ("f-level", _("Level")),
        "subject": ("about", _("Whom or what it is about")),
        "kind": ("about", _("Whom or what it is about")),
    }
    found |= {f"properties/{p.name}": (f"p-{p.name}", _(p.label)) for p in kind.properties.values()}
    found |= {f"attest/{a}": (f"attest-{a}", _("What your bureau attests")) for a in ATTEST}
    return found | {f"fields/{n}": (f"f-field-{n}", _(FIELDS[n].label)) for n in colour.fields}


def on_page(notice: Notice, colour: Colour, kind: Kind, acts: frozenset[str]) -> Places:
    """On a notice's page: what is mended in its form leads there, for whoever may edit it."""
    edit = f"/notices/{notice.id}/edit#" if "edit" in acts else ""
    found: Places = {}
    for where, (id, label) in in_form(colour, kind).items():
        place = where if where == "subject" or where.partition("/")[0] in _WHOLE else f"subject/{where}"
        found[place] = (f"{edit}{id}" if edit else "", label)
    found |= {
        "photo": ("f-photo" if "edit" in acts else "", _("Photo")),
        "why": (f"f-why-{'check' if 'check' in acts else 'review'}", _("Reasons")),
        "state": ("", _("State")),
        "checked": ("", _("Second officer")),
        "approved": ("", _("Second officer")),
    }
    names = flag_places(notice, kind)
    for number, flag in enumerate(notice.flags or (), 1):
        found[f"answers/{flag.id}"] = (f"f-answer-{number}" if "review" in acts else "", names[flag.where])
    return found


_WHOLE = frozenset({"bureaus", "until", "title", "handling", "attest", "fields"})


def flag_places(notice: Notice, kind: Kind) -> Mapping[str, str]:
    """Where each flag found something, by the label of its field."""
    return {f.where: _(called(f.where, labels_of(kind))) for f in notice.flags or ()}


def labels_of(kind: Kind | None) -> Mapping[str, str]:
    """Property to label, in English; of no kind none."""
    return {p.name: p.label for p in kind.properties.values()} if kind else {}
