"""Who is told of notices: subscriptions, publication, and what changes after."""

from collections.abc import Iterable

from entente.core.access import HOUSE
from entente.core.kinds import TYPES
from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, directory, own
from entente.rooms.notices import service, states
from entente.rooms.notices.flags import folded
from entente.rooms.notices.model import Subscription

KIND = "NoticeSubscription"
TOLD = ("notice", "screening")
A_PAGE = 1_000
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "birthCountry", "flag")
_OFFENCE = ("charge", "offence", "facts", "threat", "modus", "title")


# --- subscriptions -------------------------------------------------------------------------------


def subscription(desk: Desk) -> Subscription:
    """What one's bureau is told of."""
    desk.note("see", what="subscriptions")
    kept = desk.look_all([_id(desk)]).get(_id(desk))
    if kept is None:
        return Subscription()
    return Subscription.model_validate(
        {name: list(kept.body.get(name, ())) for name in ("colours", "countries", "words")}
    )


def subscribe(desk: Desk, form: Subscription) -> Subscription:
    """Choose what one's bureau is told of; no colour: nothing. Raises Faulty for what is no country."""
    faults = []
    for place, country in enumerate(form.countries):
        try:
            TYPES["country"].clean(country)
        except ValueError as wrong:
            faults.append(Fault(f"countries/{place}", f"“{country}” {wrong}", TYPES["country"].do))
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {name: values for name, values in form.model_dump().items() if values}
    if body:
        bureau = desk.asker.bureau
        desk.keep(KIND, body, own(bureau), id=_id(desk), version=0, keys=("notice-subscriptions",))
    elif standing := desk.look_all([_id(desk)]).get(_id(desk)):
        desk.withdraw(standing)
    desk.note("stand", object=_id(desk), what="subscriptions")
    return form


def _id(desk: Desk) -> str:
    return desk.house.ids.of("notice subscription", desk.asker.bureau)


def _wants(subscribed: Body, notice: Body, record: Body) -> bool:
    if notice["colour"][0] not in subscribed.get("colours", ()):
        return False
    countries = {c for p in _COUNTRIES for c in record.get(p, ())}
    if subscribed.get("countries") and not countries & set(subscribed["countries"]):
        return False
    said = folded(" ".join(text for name in _OFFENCE for text in notice.get(name, ())))
    words = subscribed.get("words", ())
    return not words or any(folded(word) in said for word in words)


# --- telling -------------------------------------------------------------------------------------


def published(desk: Desk, notice: Thing) -> None:
    """Tell each bureau that subscribed, and each that a diffusion names."""
    record = service.current(desk, notice)[1]
    subscribed = {
        t.handling.owner
        for _, t in desk.as_house().inspect_all(["notice-subscriptions"])
        if t.kind == KIND and _wants(t.body, notice.body, record)
    }
    named = {int(n) for n in notice.body.get("bureaus", ())} if notice.first("reach") == "named" else set()
    for bureau in _within(desk, notice, subscribed | named):
        about = About("notice", notice.id, second=notice.first("subject"), other=notice.handling.owner)
        alert(desk, bureau, about, like=notice.handling, once=f"{notice.id} {notice.version}")


def changed(desk: Desk, notice: Thing) -> None:
    """Tell each bureau that was told of it or has opened it that it is no longer as it was."""
    through = desk.as_house()
    told = {
        t.handling.owner
        for _, t in through.inspect_all([f"about:{notice.id}"])
        if t.kind == "Alert" and t.first("what") in TOLD
    }
    told |= _opened_by(through, notice.id)
    named = {int(n) for n in notice.body.get("bureaus", ())} if notice.first("reach") == "named" else set()
    for bureau in _within(desk, notice, told | named):
        about = About("notice-changed", notice.id, other=notice.handling.owner)
        alert(desk, bureau, about, like=notice.handling, once=f"{notice.id} {notice.version}")
    if notice.handling.owner != desk.asker.bureau:
        outcome(desk, notice)


def outcome(desk: Desk, notice: Thing) -> None:
    """Tell its owner what became of it: the last step that was taken."""
    about = About("notice-changed", notice.id, text=states.steps(notice)[-1].did)
    alert(desk, notice.handling.owner, about, like=notice.handling, once=f"{notice.id} {notice.version}")


def _opened_by(desk: Desk, notice: str) -> set[int]:
    """The bureaus that have opened it, however often others have."""
    bureaus: set[int] = set()
    place = 0
    while page := desk.entries(place, A_PAGE, object=notice):
        bureaus |= {e.bureau for e in page if e.act in ("see", "export")}
        place = page[-1].place
    return bureaus


def _within(desk: Desk, notice: Thing, bureaus: Iterable[int]) -> list[int]:
    """Those of the bureaus that it reaches, but for its owner, in order."""
    reached = states.reach(notice.body)
    outside = {HOUSE, notice.handling.owner}
    known = directory(desk)
    return [b for b in sorted(set(bureaus)) if b in known and b not in outside and reached >> b & 1]
