"""The steps of an intercept: who may do which from which state, and what each does.

The bureau that asked drafts, checks, sends, withdraws, closes; the bureau that is asked does all else. Money
is held by a hold's record alone, and let go by two persons. A step is folded before it is kept: what does
not fit the ledger is refused whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from entente.core.problems import Fault, Faulty, NotAllowed, NotYours
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, directory, in_person, is_among, news, settle
from entente.rooms.payments import drafts, money_steps, repeats, routing, service
from entente.rooms.payments import model_steps as m
from entente.rooms.payments.history import Event
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.ledger import Overdrawn
from entente.web.language import N_

STOPPED = frozenset({"held-full", "held-part", "order-sought", "held-extended", "return-agreed"})
GONE = frozenset({"moved-on", "hold-expired", "released", "returned-part", "not-found", "refused"})
OPEN = frozenset({"delivered", "acknowledged", "with-authority", "with-institution", "need-info"})
SENT = OPEN | STOPPED | GONE | {"returned-full"}
BY: Mapping[str, tuple[str, frozenset[str]]] = {
    "approve": ("requester", frozenset({"draft"})),
    "disapprove": ("requester", frozenset({"draft", "checked"})),
    "send": ("requester", frozenset({"checked"})),
    "withdraw": ("requester", OPEN | GONE),
    "acknowledge": ("receiver", frozenset({"delivered"})),
    "pass": ("receiver", SENT - {"delivered", "returned-full"}),
    "ask": ("either", SENT - {"need-info"}),
    "inform": ("asked", SENT),
    "refuse": ("receiver", OPEN | {"not-found"}),
    "not-found": ("receiver", OPEN),
    "hold": ("receiver", SENT - {"delivered", "returned-full"}),
    "extend": ("receiver", SENT),
    "order": ("receiver", SENT),
    "challenge": ("receiver", SENT),
    "move": ("receiver", SENT - {"delivered", "returned-full"}),
    "release": ("receiver", SENT),
    "release-confirm": ("receiver", SENT),
    "release-refuse": ("receiver", SENT),
    "agree-return": ("receiver", SENT - {"return-agreed"}),
    "return": ("either", SENT - {"delivered", "returned-full"}),
    "correct": ("receiver", SENT - {"delivered"}),
    "close": ("requester", SENT | {"withdrawn"}),
    "reopen": ("requester", frozenset({"closed"})),
}
"""Step to (who may do it, from which states)."""
OF_HELD = frozenset({"extend", "order", "challenge", "release", "agree-return"})
"""Steps that there are only while money is held."""
NOT_OF_HELD = frozenset({"withdraw", "refuse", "not-found", "close"})
"""Steps that there are not: money that is held is returned or released first."""
DID: Mapping[str, str] = {
    "disapprove": "disapproved",
    "withdraw": "withdrawn",
    "acknowledge": "acknowledged",
    "ask": "asked",
    "inform": "informed",
    "not-found": "not-found",
    "order": "ordered",
    "challenge": "challenged",
    "release-refuse": "release-refused",
    "agree-return": "return-agreed",
    "reopen": "reopened",
}
SECOND = N_("Whoever drafted or changed a request does not check it: a second officer does.")
BY_A_KEY = N_("A key drafted it: an officer looks it through and keeps it before another one checks it.")
IN_PERSON = N_("A key does not do this: an officer does, in person.")
ASKED = N_("The bureau that was asked does this.")
ASKER = N_("The bureau that asked does this.")


def allowed(desk: Desk, found: Intercept) -> list[str]:
    """The steps that the asker's bureau may do now; whether he is the second person is told when he tries."""
    return [step for step in BY if _may(found, step, found.part(desk.asker.bureau))]


def step(desk: Desk, id: str, given: m.StepForm, message: str = "") -> Intercept:
    """Do one step; `message`: the bank's message that it was read from.

    Raises Absent, NotYours, NotAllowed, OutOfDate, and Faulty with every fault.
    """
    found = service.look(desk, id)
    said, name = given.do, given.do.step
    part = found.part(desk.asker.bureau)
    _must_be_theirs(found, name, part)
    if found.standing.state not in BY[name][1]:
        what = f"It is in the state “{found.standing.state}”: this step does not start from there"
        raise Faulty(faults=(Fault("do/step", what, f"It must be: {', '.join(sorted(BY[name][1]))}."),))
    _must_fit_the_ledger(found, name)
    _must_be_readable(said)
    service.must_be_newest(found, given.version)
    if isinstance(said, m.Plain):
        service.must_be_newest(found, said.version)
    try:
        events = DOING[name](desk, found, part, said)
        if message:
            events = [_from_message(event, message) for event in events]
        kept = service.keep(desk, found, *events)
    except Overdrawn as wrong:
        raise Faulty(faults=(money_steps.too_much(found, wrong),)) from None
    except KeyError:
        what = "There is no such hold, or less is held on it"
        raise Faulty(faults=(Fault("do/hold", what, "Name a hold of this request."),)) from None
    _tell(desk, found, kept, name)
    desk.note("intercept", object=id, outcome=events[0].did, version=kept.thing.version)
    return kept


def _from_message(event: Event, message: str) -> Event:
    return replace(event, facts={**event.facts, "message": message})


def _may(found: Intercept, step: str, part: str) -> bool:
    who, states = BY[step]
    held = found.standing.ledger.held
    if found.standing.state not in states or part == "follower":
        return False
    if (step in OF_HELD and not held) or (step in NOT_OF_HELD and held):
        return False
    if step in ("release-confirm", "release-refuse") and not found.standing.release:
        return False
    if step == "release" and found.standing.release:
        return False
    return who in ("either", part) or (who == "asked" and found.standing.asked == part)


def _must_be_theirs(found: Intercept, step: str, part: str) -> None:
    who = BY[step][0]
    who = found.standing.asked if who == "asked" and found.standing.asked else who
    if part == "follower" or who not in ("either", "asked", part):
        raise NotYours(ASKER if who == "requester" else ASKED)


def _must_fit_the_ledger(found: Intercept, step: str) -> None:
    held = found.standing.ledger.held
    if step in OF_HELD and not held:
        raise Faulty(faults=(Fault("do/step", "Nothing is held", "Note the hold first."),))
    if step in NOT_OF_HELD and held:
        what = f"Money is held: {money_steps.shown(found, held)}"
        raise Faulty(faults=(Fault("do/step", what, "It is returned, or released by two persons, before."),))


def _must_be_readable(said: m.Step) -> None:
    if faults := tuple(drafts.unreadable(said.model_dump(), "do")):
        raise Faulty(faults=faults)


# --- the course --------------------------------------------------------------------------------------


def _approve(desk: Desk, found: Intercept, part: str, said: m.Plain) -> list[Event]:
    """The second officer finds it fit to be sent, as he saw it."""
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)
    if is_among(desk, found.standing.authors):
        raise NotAllowed(SECOND)
    if not any(_is_officer(desk, author) for author in found.standing.authors):
        raise NotAllowed(BY_A_KEY)
    money_steps.must_be_seen(said)
    _must_be_complete(desk, found)
    return [service.event_of(desk, "approved", part)]


def _send(desk: Desk, found: Intercept, part: str, said: m.Plain) -> list[Event]:
    """To the desk of the bureau that is asked, which has it at once."""
    money_steps.must_be_seen(said)
    _must_be_complete(desk, found)
    sent = service.event_of(desk, "sent", part)
    return [sent, service.event_of(desk, "delivered", "house")]


def _is_officer(desk: Desk, author: str) -> bool:
    known = desk.as_house().inspect(author)
    return known is not None and known.kind == "Officer"


def _must_be_complete(desk: Desk, found: Intercept) -> None:
    made = drafts.checked(found.form, desk.now)
    faults = [*made.faults, *made.missing]
    to = directory(desk).get(found.receiver)
    if to is None:
        what = "Nothing says to which bureau it goes"
        faults.append(Fault("receiver", what, "Name it: no bureau has the code of the payee's country."))
    else:
        faults += routing.refusals(to, desk.asker.bureau)
    if faults:
        raise Faulty(faults=tuple(faults))
    if _asked_already(desk, found):
        what = "The other side has asked for this movement already"
        raise Faulty(faults=(Fault("do/step", what, "Follow that request, and discard this draft."),))


def _before(desk: Desk, found: Intercept) -> Intercept | None:
    """The intercept from which the money moved on."""
    thing = desk.as_house().inspect(found.thing.first("parent"))
    return intercept_of(thing) if thing and thing.kind == KIND else None


def _asked_already(desk: Desk, found: Intercept) -> bool:
    """Whether another request for the same movement was sent; the sides of one see each other's."""
    parent = found.thing.first("parent")
    others = [t for _, t in desk.find([f"parent:{parent}"]) if t.id != found.id] if parent else []
    same = [t for t in others if t.first("movement") == found.thing.first("movement")]
    return any(t.kind == KIND and t.first("state") not in ("draft", "checked", "withdrawn") for t in same)


def _plain(desk: Desk, found: Intercept, part: str, said: m.Plain | m.Reasoned) -> list[Event]:
    why = said.why if isinstance(said, m.Reasoned) else ""
    hold = said.hold if isinstance(said, m.Reasoned) else ""
    if hold and hold not in found.standing.holds:
        raise KeyError(hold)
    return [service.event_of(desk, DID[said.step], part, why, hold=hold)]


def _pass(desk: Desk, _found: Intercept, part: str, said: m.Pass) -> list[Event]:
    return [service.event_of(desk, "passed", part, to=said.to, name=said.name)]


def _refuse(desk: Desk, _found: Intercept, part: str, said: m.Refuse) -> list[Event]:
    return [service.event_of(desk, "refused", part, said.why, reason=said.reason)]


def _close(desk: Desk, _found: Intercept, part: str, said: m.Close) -> list[Event]:
    return [service.event_of(desk, "closed", part, outcome=said.outcome, lessons=said.lessons)]


DOING: Mapping[str, Callable[..., list[Event]]] = {
    **dict.fromkeys(DID, _plain),
    "approve": _approve,
    "send": _send,
    "pass": _pass,
    "refuse": _refuse,
    "close": _close,
    **money_steps.DOING,
}


# --- who is told ---------------------------------------------------------------------------------------


def _tell(desk: Desk, before: Intercept, kept: Intercept, name: str) -> None:
    """The other side learns that something happened; the receiver of a new request gets an alert."""
    if name == "send":
        about = About("payment", object=kept.id, other=kept.requester)
        alert(desk, kept.receiver, about, like=kept.thing.handling, once=f"{kept.id} delivered")
        repeats.tell(desk, kept)
        if parent := _before(desk, kept):
            _note_child(desk, parent, kept)
        return
    if name == "acknowledge":
        settle(desk, "payment", kept.id)
        settle(desk, "payment-late", kept.id)
    if not before.standing.delivered:
        desk.tell(f"bureau {kept.requester}")
        return
    others = {kept.requester, kept.receiver} - {desk.asker.bureau}
    for bureau in others:
        news(desk, bureau, "payment-changed", kept.id)
    desk.tell(f"bureau {desk.asker.bureau}")
    for follower in kept.thing.body.get("followers", ()):
        news(desk, int(follower), "payment-changed", kept.id)


def _note_child(desk: Desk, parent: Intercept, child: Intercept) -> None:
    """The request from which the money moved on says from now on that it is asked for."""
    facts = {"child": child.id, "movement": child.thing.first("movement")}
    service.keep(desk, parent, service.event_of(desk, "child", parent.part(desk.asker.bureau), **facts))
    for bureau in {parent.requester, parent.receiver} - {desk.asker.bureau}:
        news(desk, bureau, "payment-changed", parent.id)
