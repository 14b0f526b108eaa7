"""Which alerts of false documents a bureau is told of, and telling them."""

from entente.core.access import HOUSE
from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.match.documents.codes import code
from entente.rooms.bureaus import About, alert, directory, own
from entente.rooms.papers.alerts_model import Subscription
from entente.web.language import N_

KIND = "DocumentSubscription"
KEY = "paper-subscriptions"


def subscription(desk: Desk) -> Subscription:
    """What one's bureau is told of."""
    desk.note("see", what="subscriptions")
    kept = desk.look_all([_id(desk)]).get(_id(desk))
    if kept is None:
        return Subscription()
    said = {name: list(kept.body.get(name, ())) for name in ("countries", "types", "routes")}
    return Subscription.model_validate({**said, "every": kept.first("every") == "yes"})


def subscribe(desk: Desk, form: Subscription) -> Subscription:
    """Choose what one's bureau is told of; nothing named: nothing. Raises Faulty."""
    faults = [
        Fault(f"countries/{n}", N_("No state has this code"), N_("Use the code of ICAO Doc 9303."))
        for n, country in enumerate(form.countries)
        if code(country).sort == "unknown"
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {name: values for name, values in form.model_dump(exclude={"every"}).items() if values}
    body |= {"every": ["yes"]} if form.every else {}
    if body:
        desk.keep(KIND, body, own(desk.asker.bureau), id=_id(desk), version=0, keys=(KEY,))
    elif standing := desk.look_all([_id(desk)]).get(_id(desk)):
        desk.withdraw(standing)
    desk.note("stand", object=_id(desk), what="subscriptions")
    return form


def tell(desk: Desk, published: Thing) -> None:
    """Tell each bureau that subscribed and may see it; each once, and never the bureau that wrote it."""
    known, see = directory(desk), published.handling.see
    for _, kept in sorted(desk.as_house().inspect_all([KEY]), key=lambda found: found[1].handling.owner):
        bureau = kept.handling.owner
        if bureau in (HOUSE, published.handling.owner) or bureau not in known or not see >> bureau & 1:
            continue
        if _wants(kept.body, published.body):
            about = About("paper-alert", published.id, other=published.handling.owner)
            alert(desk, bureau, about, like=published.handling, once=published.id)


def _wants(subscribed: Body, said: Body) -> bool:
    """Whether an alert meets all that a subscription names."""
    if subscribed.get("every"):
        return True
    countries, types, routes = (subscribed.get(name, ()) for name in ("countries", "types", "routes"))
    sort = "".join((*said.get("category", ()), *said.get("type", ())))
    route = " ".join(said.get("route", ())).casefold()
    return (
        bool(countries or types or routes)
        and (not countries or said["country"][0] in countries)
        and (not types or sort in types)
        and (not routes or any(word.casefold() in route for word in routes))
    )


def _id(desk: Desk) -> str:
    return desk.house.ids.of("document subscription", desk.asker.bureau)
