"""A find becomes a draft alert: with what was found in it; a second person reviews and publishes it."""

from datetime import date

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import alerts, alerts_model
from entente.rooms.papers.checks import knowing, service, shown, wording
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.model import EVERYONE
from entente.rooms.papers.steps import officers
from entente.rooms.papers.vocabulary import terms
from entente.rooms.records import HandlingForm
from entente.web.language import N_, _

MOST_REGIONS = 20


def draft_alert(desk: Desk, id: str) -> Thing:
    """A draft of the bureau from a check whose verdict is false or suspicious; the page that was checked goes
    with it, as drawn onto the specimen. Raises Absent, Faulty, NotAllowed."""
    check = service.opened(desk, id)
    if service.content_of(check).alert:
        what = N_("An alert was drafted of it already")
        raise Faulty(faults=(Fault("alert", what, N_("Go on with that one.")),))
    if check.first("verdict") not in ("false", "suspicious"):
        what = N_("Nothing false was found by this check")
        raise Faulty(faults=(Fault("verdict", what, N_("Give a verdict first.")),))
    content = service.content_of(check)
    version = service.version_of(desk, content)
    said = _content(content, version, desk.today)
    code = version.first("code") if version else ""
    issuer = code[:3] or "".join(c for c in check.first("issuer") if c.isalpha()) or "X"
    form = alerts_model.AlertForm(
        title=_("False document: %(what)s", what=(version.first("title") if version else issuer))[:200],
        sort="counterfeit" if content.comparison and content.comparison.copied else "forged-data",
        code=code,
        country=issuer,
        first_seen=check.created.date(),
        content=said,
        handling=_handling(desk, version),
    )
    blobs = (said.blob,) if said.blob else ()
    kept = alerts.draft(desk, form, blobs, officers(check))
    service.alerted(desk, check, kept.id)
    return kept


def _handling(desk: Desk, version: Thing | None) -> HandlingForm:
    """No wider than the version that the alert tells of. Of another bureau's, who else may see it is not
    ours to know: the alert begins as one's own bureau's alone."""
    if version is None:
        return EVERYONE
    if version.handling.owner == desk.asker.bureau:
        return HandlingForm.model_validate_json(version.first("handling"))
    level, need = version.handling.level.name.lower(), sorted(version.handling.need)
    return HandlingForm.model_validate({"mode": "named", "level": level, "need": need})


def _content(content: m.Content, version: Thing | None, today: date) -> alerts_model.AlertContent:
    """What gives it away: marks answered as wrong, regions that differ, and what the zone says wrong."""
    found = shown.judged(content, version, today)
    wrong = [(_(wording.FIELDS.get(f.field, "")), f.said) for f in found if f.tone == "wrong"]
    about = [content.note, *(": ".join(filter(None, one)) for one in wrong)]
    regions = [*_answered(content, version), *(_compared(content) if version else ())]
    told = service.told_of(content, today)
    held = content.comparison if version else None
    return alerts_model.AlertContent(
        about="\n".join(filter(None, about))[:4000],
        regions=regions[:MOST_REGIONS],
        serials=[told.number[:60]] if told.number else [],
        blob=held.drawn if held else "",
        page=held.page if held else 0,
        width=held.width if held else 0,
        height=held.height if held else 0,
    )


def _answered(content: m.Content, version: Thing | None) -> list[alerts_model.RegionForm]:
    features = knowing.content_of(version).features if version else []
    return [
        alerts_model.RegionForm(
            page=features[a.feature].page,
            box=features[a.feature].box,
            marker=": ".join(filter(None, (_(terms().get(features[a.feature].term, "")), a.note))) or "?",
        )
        for a in content.answers
        if a.said == "wrong" and a.feature < len(features)
    ]


def _compared(content: m.Content) -> list[alerts_model.RegionForm]:
    held = content.comparison
    if held is None or not held.aligned:
        return []
    marker = _("Differs from the specimen")
    return [alerts_model.RegionForm(page=held.page, box=r.box, marker=marker) for r in held.regions]
