"""The clock of a hit after it was opened: found late, asked again, taken back.

NCIC hit confirmation: what is not answered in time is asked for a second time, then escalated.
"""

from datetime import datetime, timedelta

from entente.core.problems import Fault, Faulty, NotYours
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import About, alert, news
from entente.rooms.search import model
from entente.rooms.search.hits import TICKS, due_from, hit_thing, keys_while, step

AGAIN = timedelta(hours=1)
"""Between two reminders of one hit."""
BATCH = 200


def tick(house: House) -> int:
    """Find the hits whose time has gone and tell both sides, once for each time; returns how many."""
    now = house.clock().isoformat(timespec="seconds")
    with house.store.reading() as tx:
        if not Desk(house, HOUSE_ASKER, tx, writing=False).inspect_agenda(TICKS, now, 1):
            return 0
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        late = [t for _, t in desk.inspect_agenda(TICKS, now, BATCH)]
        for hit in late:
            _late(desk, hit)
        desk.note("remind", what="hits", late=len(late))
    return len(late)


def _late(desk: Desk, hit: Thing) -> None:
    told = (*hit.body.get("story", ()), step(desk, "late", 0))
    late = (desk.now.isoformat(timespec="seconds"),)
    body = {**hit.body, "late": hit.body.get("late", late), "story": told}
    desk.change(hit, body=body, keys=keys_while(body))
    owner, asker = int(hit.first("owner")), int(hit.first("asker"))
    for bureau, other in ((owner, asker), (asker, owner)):
        said = About("hit-late", object=hit.id, second=hit.first("record"), other=other)
        alert(desk, bureau, said, like=hit.handling, once=f"{hit.id} {hit.first('due')}")


def remind(desk: Desk, id: str) -> None:
    """The asker asks a second time for what is late; the clock starts anew. Once an hour.

    Raises Absent, NotYours, Faulty.
    """
    hit = _sent(desk, id, "The bureau that asked asks again.")
    due, last = datetime.fromisoformat(hit.first("due")), hit.first("reminded")
    faults = []
    if due >= desk.now:
        faults.append(Fault("due", "The owner still has time to answer", f"Wait until {hit.first('due')}."))
    if last and desk.now - datetime.fromisoformat(last) < AGAIN:
        faults.append(Fault("reminded", "It was asked again less than an hour ago", "Wait, or telephone."))
    if faults:
        raise Faulty(faults=tuple(faults))
    anew = due_from(desk.now, hit.first("urgent") == "yes")
    body = {
        **hit.body,
        "due": (anew,),
        # Late it was, whether or not the clock has come by since.
        "late": hit.body.get("late", (desk.now.isoformat(timespec="seconds"),)),
        "reminded": (desk.now.isoformat(timespec="seconds"),),
        "story": (*hit.body.get("story", ()), step(desk, "reminded", desk.asker.bureau)),
    }
    desk.as_house().change(hit, body=body, keys=keys_while(body, anew))
    news(desk, int(hit.first("owner")), "hit", id)
    desk.note("remind", object=id)


def withdraw(desk: Desk, id: str, given: model.Withdrawal) -> None:
    """The asker takes an open hit back: the owner need not answer. Raises Absent, NotYours, Faulty."""
    hit = _sent(desk, id, "The bureau that asked takes a hit back.")
    body = {
        **hit.body,
        "state": ("withdrawn",),
        "answered": (desk.now.isoformat(timespec="seconds"),),
        "story": (*hit.body.get("story", ()), step(desk, "withdrawn", desk.asker.bureau)),
        **({"answer": (given.text,)} if given.text else {}),
    }
    clean = desk.house.model.clean("Hit", body)
    desk.as_house().change(hit, body=clean, keys=keys_while(clean))
    news(desk, int(hit.first("owner")), "hit", id)
    desk.note("verdict", object=hit.first("record"), hit=id, what="hit withdrawn")


def _sent(desk: Desk, id: str, whose: str) -> Thing:
    """An open hit of one's own bureau's asking."""
    hit = hit_thing(desk, id)
    if hit.first("asker") != str(desk.asker.bureau) or hit.first("state") in ("silent", "contact"):
        raise NotYours(whose)
    if hit.first("state") != "open":
        raise Faulty(faults=(Fault("state", f"This hit is {hit.first('state')}", "It is closed."),))
    return hit
