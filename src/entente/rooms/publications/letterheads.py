"""Letterheads (templates of reports): a bureau's own header, footer, caveat, language, by their code."""

import re
from dataclasses import asdict, dataclass

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import own
from entente.rooms.publications import model as m
from entente.web.language import N_

KIND = "ReportTemplate"
MOST = 20
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a template says. Without one: English, and the caveat that every report has."""

    name: str = ""
    header: str = ""
    footer: str = ""
    caveat: str = ""
    lang: str = "en"


def listed(desk: Desk) -> list[m.Template]:
    """The templates of one's own bureau, by code."""
    desk.note("see", what="report templates")
    found = [t for _key, t in desk.find([_key_of(desk.asker.bureau)], limit=MOST)]
    return sorted((_shown(t) for t in found), key=lambda t: t.code)


def keep(desk: Desk, code: str, form: m.TemplateForm) -> m.Template:
    """Make or change a template of one's bureau. Raises Faulty."""
    faults = []
    if not _CODE.fullmatch(code):
        what = N_("A code has small letters, digits and hyphens")
        faults.append(Fault("code", what, N_("Write it as threat-assessment.")))
    bureau = desk.asker.bureau
    there = {t.first("code") for _key, t in desk.find([_key_of(bureau)], limit=MOST)}
    if code not in there and len(there) >= MOST:
        faults.append(Fault("code", f"Your bureau has {MOST} templates", N_("Delete one.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {"code": code, **{name: value for name, value in form.model_dump().items() if value}}
    kept = desk.keep(KIND, body, own(bureau), id=_id(desk, bureau, code), version=0, keys=(_key_of(bureau),))
    desk.note("administer", object=kept.id, what="report template")
    return _shown(kept)


def remove(desk: Desk, code: str) -> None:
    """Delete one. Raises Absent."""
    id = _id(desk, desk.asker.bureau, code)
    desk.look(id)
    desk.erase(id)
    desk.note("administer", object=id, what="report template")


def letterhead(desk: Desk, bureau: int, code: str) -> Letterhead:
    """A bureau's template; that of a report is shown to whoever may read the report. Raises Absent."""
    if not code:
        return Letterhead()
    thing = desk.as_house().inspect(_id(desk, bureau, code))
    if thing is None or thing.kind != KIND:
        raise Absent()
    return Letterhead(**{name: thing.first(name) for name in asdict(Letterhead())})


def is_there(desk: Desk, bureau: int, code: str) -> bool:
    """Whether a bureau has a template of this code."""
    try:
        letterhead(desk, bureau, code)
    except Absent:
        return False
    return True


def _shown(thing: Thing) -> m.Template:
    names = ("code", "name", "header", "footer", "caveat", "lang")
    return m.Template.model_validate({name: thing.first(name) for name in names})


def _id(desk: Desk, bureau: int, code: str) -> str:
    return desk.house.ids.of("report template", bureau, code)


def _key_of(bureau: int) -> str:
    return f"report-templates:{bureau}"
