"""How a version or an alert moves on: sent to review, approved by a second person, withdrawn, thrown away.

Author and reviewer are two persons of the same bureau; an approval is of exactly the content whose digest
the reviewer saw, and publishes it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from entente.core.access import Handling, Level, Purpose, meet
from entente.core.journal import canonical
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours, OutOfDate
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, in_person, is_among, own, settle
from entente.rooms.papers import states
from entente.rooms.papers.model import Decide
from entente.rooms.papers.steps import with_step
from entente.rooms.records import HandlingForm, to_handling
from entente.web.language import N_

OWNERS = N_("Only the bureau that wrote it does this.")
SECOND = N_("Whoever wrote it does not review it: a second officer of the bureau does.")
IN_PERSON = N_("A key does not review: an officer does, in person.")
SHORTEST_REASON = 10
_COURSE = frozenset({"state", "authors", "approver", "approved", "published", "step", "blobs"})
"""Properties that say where it is on its way, and not what it says."""
Values = Mapping[str, tuple[str, ...]]
NOTHING: Values = {}
KEYS: Mapping[str, Callable[[int, Body], tuple[str, ...]]] = {
    states.VERSION: states.keys,
    states.ALERT: states.alert_keys,
}


def digest(paper: Thing) -> str:
    """SHA-256 of all that it says, in hex: what an approval is bound to. Its pictures are named in it."""
    said = {name: list(values) for name, values in paper.body.items() if name not in _COURSE}
    return sha256(canonical([paper.id, said])).hexdigest()


def open_paper(desk: Desk, kind: str, id: str) -> Thing:
    """A version or an alert that the asker may see. Raises Absent, the same for what is not there."""
    paper = desk.look(id)
    if paper.kind != kind:
        raise Absent()
    return paper


def mine(desk: Desk, kind: str, id: str, seen: str | None = None) -> Thing:
    """One of one's own bureau, as it was seen. Raises Absent, NotYours, OutOfDate."""
    paper = open_paper(desk, kind, id)
    if paper.handling.owner != desk.asker.bureau:
        raise NotYours(OWNERS)
    if seen is not None and seen != digest(paper):
        raise OutOfDate()
    return paper


def wanted(desk: Desk, form: HandlingForm) -> Handling:
    """Who gets it once it is published; readable for any police purpose, and at one's own desk."""
    made = to_handling(desk, form)
    return replace(made, purposes=made.purposes | Purpose.DESK)


def handling(desk: Desk, paper: Body, now: Handling | None = None) -> Handling:
    """Who may see it, by its state. Before it is published and after it was withdrawn: its bureau alone."""
    form = HandlingForm.model_validate_json(paper["handling"][0])
    state = paper["state"][0]
    if state == "published":
        return wanted(desk, form)
    if state == "replaced" and now is not None:
        return now
    return own(desk.asker.bureau, Level[form.level.upper()], frozenset(form.need))


def keep(
    desk: Desk,
    paper: Thing,
    did: str,
    why: str = "",
    changes: Values = NOTHING,
    within: Handling | None = None,
) -> Thing:
    """It with these properties changed and one more step; its handling and keys follow from its state.

    `within`: what its handling is not wider than. Raises Faulty for what is not clean.
    """
    body = with_step(desk, {**paper.body, **changes}, did, why)
    raw = {name: tuple(values) for name, values in body.items() if values}
    clean = desk.clean(desk.house.model[paper.kind], raw, paper.handling.owner)
    if paper.first("state") == "review":
        settle(desk, "paper-waits", paper.id)
    owner = paper.handling.owner
    label = handling(desk, clean, paper.handling)
    label = meet(label, within) if within else label
    return desk.change(paper, body=clean, handling=label, keys=KEYS[paper.kind](owner, clean))


def submit(desk: Desk, kind: str, id: str, seen: str, faults: Callable[[Thing], Iterable[Fault]]) -> Thing:
    """Send it to review. Raises Faulty with everything that is missing."""
    paper = mine(desk, kind, id, seen)
    to = states.moved(paper, "submit")
    if wrong := tuple(faults(paper)):
        raise Faulty(faults=wrong)
    kept = keep(desk, paper, "submitted", "", {"state": (to,)})
    about = About("paper-waits", id, text=kind)
    alert(desk, desk.asker.bureau, about, like=kept.handling, once=f"{id} {kept.version}")
    desk.note("contribute", object=id, what=kind, outcome="submitted")
    return kept


def decide(desk: Desk, kind: str, id: str, given: Decide) -> Thing:
    """A second person approves exactly what he saw, which publishes it, or sends it back with a reason."""
    paper = mine(desk, kind, id)
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)
    if is_among(desk, paper.body.get("authors", ())):
        raise NotAllowed(SECOND)
    if given.seen != digest(paper):
        raise OutOfDate()
    to = states.moved(paper, "approve" if given.approve else "return")
    if not given.approve:
        must_say_why(given.why)
        kept = keep(desk, paper, "returned", given.why, {"state": (to,)})
        desk.note("approve", object=id, what=kind, outcome="returned")
        return kept
    kept = keep(
        desk,
        paper,
        "published",
        given.why,
        {
            "state": (to,),
            "approver": (desk.asker.officer,),
            "approved": (given.seen,),
            "published": (desk.now.isoformat(timespec="seconds"),),
            "blobs": named(paper),
        },
    )
    desk.note("publish", object=id, what=kind)
    return kept


def withdraw(desk: Desk, kind: str, id: str, why: str) -> Thing:
    """Out of every other bureau's sight, for good."""
    paper = mine(desk, kind, id)
    to = states.moved(paper, "withdraw")
    must_say_why(why)
    kept = keep(desk, paper, "withdrawn", why, {"state": (to,)})
    desk.note("withdraw", object=id, what=kind)
    return kept


def discard(desk: Desk, kind: str, id: str) -> None:
    """Throw away what was never published."""
    paper = mine(desk, kind, id)
    states.moved(paper, "discard")
    if paper.first("state") == "review":
        settle(desk, "paper-waits", id)
    desk.erase(id)
    desk.note("withdraw", object=id, what=kind, outcome="discarded")


def named(paper: Thing) -> tuple[str, ...]:
    """The pictures that its content names: what else was sent is not kept with it."""
    content = json.loads(paper.first("content"))
    return tuple(d for d in paper.body.get("blobs", ()) if d in digests(content))


def digests(said: object) -> frozenset[str]:
    """Every picture that something names, however deep: fields `blob`, `closeup`, `fake`, `genuine`."""
    if isinstance(said, dict):
        here = {v for n, v in said.items() if n in PICTURES and isinstance(v, str) and v}
        return frozenset(here).union(*(digests(v) for v in said.values()))
    if isinstance(said, list):
        return frozenset().union(*(digests(v) for v in said))
    return frozenset()


PICTURES = frozenset({"blob", "closeup", "fake", "genuine"})


def must_say_why(why: str) -> None:
    """Raises Faulty where no reason is given."""
    if len(why.strip()) < SHORTEST_REASON:
        raise Faulty(faults=(Fault("why", N_("Say why"), N_("A sentence is good.")),))
