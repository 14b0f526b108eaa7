"""Merging series of one bureau or of two, taking a merge back, splitting a series.

What was done is written on the series that moved, never on the one it came to or from: whoever may not see
the one must not learn from the other's history or version.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from entente.core.access import Decision, Status, decide, meet
from entente.core.problems import Fault, Faulty, NotYours
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, settle
from entente.rooms.series import contributing, model, service
from entente.rooms.series.clearing import must_be_cleared, specialist
from entente.rooms.series.states import led, look, merged, must_be_open, root

ANSWERED = "series-answer"
"""Alert: the lead that was asked said yes or no."""
ASKS = "series-merge"
"""Alert: a series' lead asks that it be merged into one of this bureau's."""


def merge(desk: Desk, id: str, form: model.Merge) -> Thing:
    """Merge a series that one leads into another; where another bureau leads that, it is asked first.

    Raises Absent, NotYours, Faulty.
    """
    must_be_cleared(desk)
    source, target = led(desk, id), root(desk, form.into)
    must_be_open(source)
    if target.id == source.id:
        what = "A series is not merged into itself, nor into one that stands in it"
        raise Faulty(faults=(Fault("into", what, "Choose another one."),))
    if target.handling.owner == desk.asker.bureau:
        return _merged(desk, source, target, form.why)
    owner = target.handling.owner
    if decide(specialist(desk, owner), source.handling) is not Decision.FULL:
        what = "The bureau that leads the other series does not see this one"
        raise Faulty(faults=(Fault("into", what, "Let it see this one first, or ask it."),))
    body = {**source.body, "asked": (target.id,), "askedBy": (desk.asker.officer,), "askedWhy": (form.why,)}
    kept = service.keep(desk, source, body, "asked", form.why, target.id)
    alert(desk, owner, About(ASKS, object=target.id, second=source.id), like=source.handling)
    return kept


def answer(desk: Desk, id: str, form: model.Answer) -> Thing:
    """The target's lead says yes or no; returns the target. Raises Absent, NotYours, Faulty."""
    must_be_cleared(desk)
    source = look(desk, id)
    asked = _known(desk, source, source.first("asked"))
    if not asked:
        raise Faulty(faults=(Fault("asked", "It does not ask to be merged", "Look at it again."),))
    target = led(desk, asked)
    must_be_open(target)
    settle(desk, ASKS, source.id)
    if not form.approve:
        service.keep(desk.as_house(), source, _asked_no_more(source.body), "refused", form.why, target.id)
        _tell_answer(desk, source)
        return target
    _tell_answer(desk, source)
    return _merged(desk, source, target, source.first("askedWhy"))


def _tell_answer(desk: Desk, source: Thing) -> None:
    alert(desk, source.handling.owner, About(ANSWERED, object=source.id), like=source.handling)


def _merged(desk: Desk, source: Thing, target: Thing, why: str) -> Thing:
    body = {**_asked_no_more(source.body), "into": (target.id,)}
    service.keep(desk.as_house(), source, body, "merged", why, target.id)
    return target


def _asked_no_more(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("asked", "askedBy", "askedWhy")}


def take_back(desk: Desk, id: str, why: str) -> Thing:
    """Take a merge, or the asking for one, back: for the lead of either side.

    Raises Absent, NotYours, Faulty.
    """
    must_be_cleared(desk)
    source = look(desk, id)
    into = _known(desk, source, source.first("into") or source.first("asked"))
    if not into:
        raise Faulty(faults=(Fault("into", "It was not merged", "Look at it again."),))
    target = desk.look_all([into]).get(into)
    leads = {source.handling.owner, *([target.handling.owner] if source.first("into") and target else ())}
    if desk.asker.bureau not in leads:
        raise NotYours("The lead bureau of either series takes a merge back.")
    body = {name: value for name, value in _asked_no_more(source.body).items() if name != "into"}
    settle(desk, ASKS, source.id)
    return service.keep(desk.as_house(), source, body, "apart", why, into)


def _known(desk: Desk, source: Thing, into: str) -> str:
    """The series that this one went into or asks for, as far as the asker may know of it."""
    return into if source.handling.owner == desk.asker.bureau or desk.look_all([into]) else ""


def split(desk: Desk, id: str, form: model.Split) -> Thing:
    """Make a series of its own of some of one's own bureau's images in it; returns the new one.

    Raises Absent, NotYours, Faulty.
    """
    must_be_cleared(desk)
    series = look(desk, id)
    images = contributing.mine(desk, form.images)
    inside = {series.id, *(t.id for t in merged(desk, series.id))}
    faults = [
        Fault(f"images/{n}", "It does not belong to this series", "Choose images of it.")
        for n, image in enumerate(images)
        if image.first("series") not in inside
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    begun = service.begin(desk, model.SeriesForm(name=form.name))
    contributing.put(desk, images, begun.id)
    seen = meet(images[0].handling, *(i.handling for i in images[1:]), series.handling)
    label = replace(begun, handling=replace(seen, status=Status.LIVE))
    return service.keep(desk, label, {**begun.body, "splitFrom": (series.id,)}, "split", form.why, series.id)
