"""A card read at a desk: the version, and the published alerts of it that its reader may see."""

from collections.abc import Iterable

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import alerts_model, cards, service, shown, states
from entente.rooms.papers import model as m

MOST_ALERTS = 200


def opened(desk: Desk, id: str) -> cards.Card:
    """The card of a version that is opened for it. Raises Absent."""
    version = service.open_version(desk, id)
    return card_of(desk, version, alerts_of(desk, version))


def card_of(desk: Desk, version: Thing, alerts: Iterable[Thing]) -> cards.Card:
    """The card of a version in the asker's view, with these of its alerts."""
    return cards.card(
        shown.row(desk, version),
        version.handling.level.name.lower(),
        m.Content.model_validate_json(version.first("content")),
        [_alert(alert) for alert in alerts],
    )


def alerts_of(desk: Desk, version: Thing) -> list[Thing]:
    """The published alerts of a version in the asker's view, the newest first."""
    found = desk.find([f"paper-alerts-of:{version.first('code')}"], MOST_ALERTS)
    alerts = [t for _, t in found if t.kind == states.ALERT and t.first("state") == "published"]
    return sorted(alerts, key=lambda t: (t.changed, t.id), reverse=True)


def _alert(alert: Thing) -> cards.CardAlert:
    """Its main sign: of the first region that has a picture, else of the first, else how one knows it."""
    content = alerts_model.AlertContent.model_validate_json(alert.first("content"))
    regions = sorted(content.regions, key=lambda region: not region.fake)
    return cards.CardAlert(
        id=alert.id,
        title=alert.first("title"),
        sort=alert.first("sort"),
        sign=regions[0].marker if regions else content.about,
        fake=regions[0].fake if regions else content.blob,
    )
