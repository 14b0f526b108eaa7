"""Requests for money that moved on: drafted from a movement by either side, followed by those before it."""

from entente.core.problems import Fault, Faulty, NotYours
from entente.desk import Desk
from entente.rooms.payments import assets, drafts, service
from entente.rooms.payments.history import Event
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.model import ChildForm, InterceptForm, Party
from entente.rooms.payments.money_steps import place_of
from entente.rooms.payments.rules_model import RAILS
from entente.rooms.payments.stepping import GONE, OPEN, STOPPED

DEEPEST = 12
"""Steps from a victim's payment to the last child: a chain that is longer is traced, not asked."""

WRITTEN = ("summary", "police_report", "offence", "penalty", "ref")
LISTED = ("phones", "emails", "addresses", "evidence")
"""What a request says beside the payment itself."""


def draft(desk: Desk, id: str, given: ChildForm) -> Intercept:
    """Draft the request for a movement: the amount that moved, from the account where it lay to the next.

    Both sides of the request before it follow the new one, and so do those that follow that one. Raises
    Absent, NotYours, Faulty.
    """
    parent = service.look(desk, id)
    if parent.part(desk.asker.bureau) == "follower":
        raise NotYours("The bureau that asked, or the one that was asked, does this.")
    movement = parent.standing.movements.get(given.movement)
    if movement is None or parent.standing.state not in OPEN | STOPPED | GONE:
        what = "This request has no such movement"
        raise Faulty(faults=(Fault("movement", what, "Note first where the money went."),))
    standing = [c for c in of(desk, parent) if c.thing.first("movement") == given.movement]
    if mine := next((c for c in standing if c.requester == desk.asker.bureau), None):
        desk.note("intercept", object=mine.id, outcome="merged", parent=parent.id)
        return mine
    if standing:
        what = f"It is asked for already: {standing[0].reference}"
        raise Faulty(faults=(Fault("movement", what, "Follow that request."),))
    if _depth(desk, parent) >= DEEPEST:
        raise Faulty(faults=(Fault("movement", f"The chain is {DEEPEST} requests long", "Trace the money."),))
    form = _form(desk, parent, movement, given)
    if (
        parent.part(desk.asker.bureau) == "receiver"
    ):  # what the first bureau wrote is not passed on by another
        own_law = {"legal_basis": given.legal_basis, "victim_consents": False}
        form = form.model_copy(update=dict.fromkeys(WRITTEN, "") | {n: [] for n in LISTED} | own_law)
    made = drafts.checked(form, desk.now)
    if made.faults:
        raise Faulty(faults=made.faults)
    before = {parent.requester, parent.receiver, *map(int, parent.thing.body.get("followers", ()))}
    child = service.keep_child(desk, parent, given.movement, made, sorted(before - {desk.asker.bureau}))
    desk.note("intercept", object=child.id, outcome="drafted", parent=parent.id)
    return child


def of(desk: Desk, found: Intercept) -> list[Intercept]:
    """The requests for what moved on, as far as the asker sees them, oldest first."""
    things = [t for _, t in desk.find([f"parent:{found.id}"]) if t.kind == KIND]
    return [intercept_of(t) for t in sorted(things, key=lambda t: (t.created, t.id))]


def _depth(desk: Desk, found: Intercept) -> int:
    """How many requests stand before it, as far as the house knows."""
    through, depth, parent = desk.as_house(), 0, found.thing.first("parent")
    while parent and depth < DEEPEST:
        before = through.inspect(parent)
        depth, parent = depth + 1, before.first("parent") if before else ""
    return depth


def _form(desk: Desk, parent: Intercept, movement: Event, given: ChildForm) -> InterceptForm:
    """The parent's form, with the money that moved and the place to which it did."""
    form, facts = parent.form, movement.facts
    to = place_of(movement)
    payer = Party(name=form.creditor.name, **form.creditor.model_dump(exclude={"name"}))
    asset = parent.asset
    amount = facts["amount"] if ":" in asset else assets.write(int(facts["amount"]), asset)
    return form.model_copy(
        update={
            "amount": amount,
            "executed_at": facts.get("moved_at") or form.executed_at,
            "executed_until": ""
            if facts.get("moved_at")
            else movement.at,  # between the two, for all we know
            "reported_at": desk.now.isoformat(timespec="minutes"),
            "detected_at": "",
            "uetr": "",
            "end_to_end_id": "",
            "instruction_id": "",
            "transaction_id": "",
            "message_id": "",
            "message_name": "",
            "rail": facts.get("rail") if facts.get("rail") in RAILS else form.rail,
            "debtor": payer,
            "creditor": Party(name=facts.get("name", ""), **to.model_dump()),
            "grade": facts.get("grade") or form.grade,
            "further_credit": InterceptForm().further_credit,
            "intermediaries": [],
            "recall": InterceptForm().recall,
            "legal_basis": given.legal_basis or form.legal_basis,
            "receiver": given.receiver,
            "subjects": [],
            "ref": facts.get("ref", ""),
        }
    )
