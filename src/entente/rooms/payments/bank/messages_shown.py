"""Banks' messages as their reader gets them: items, what each is about, and the step that is proposed."""

from collections.abc import Mapping

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.payments import stepping
from entente.rooms.payments.bank import intake, items, proposals
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.payments.bank.items import Decided
from entente.rooms.payments.bank.proposals import Proposal
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of


def row(thing: Thing) -> m.MessageRow:
    made = intake.items_in(thing)
    return m.MessageRow.model_validate(_row(thing, made))


def whole(desk: Desk, thing: Thing) -> m.BankMessage:
    """A message that was opened, with what is proposed for each item now."""
    made = intake.items_in(thing)
    seen = desk.look_all([one.intercept for one in made if one.intercept])
    known = {id: intercept_of(found) for id, found in seen.items() if found.kind == KIND}
    names = _names(desk, [thing.first("by"), *[one.officer for one in made]])
    told = [_item(desk, n, one, known.get(one.intercept), names) for n, one in enumerate(made, 1)]
    return m.BankMessage.model_validate(
        {
            **_row(thing, made),
            "digest": thing.first("digest"),
            "by": names.get(thing.first("by"), ""),
            "told": told,
        }
    )


def _row(thing: Thing, made: list[Decided]) -> dict[str, object]:
    return {
        "id": thing.id,
        "name": thing.first("name"),
        "state": thing.first("state"),
        "at": thing.created.isoformat(timespec="seconds"),
        "items": len(made),
        "waiting": sum(one.state in items.UNDECIDED for one in made),
        "version": thing.version,
    }


def _names(desk: Desk, ids: list[str]) -> Mapping[str, str]:
    """Officers of one's own bureau by id; a message is read by nobody else."""
    found = desk.as_house().inspect_many(sorted({id for id in ids if id}))
    return {id: thing.first("name") for id, thing in found.items()}


def _item(
    desk: Desk, number: int, one: Decided, about: Intercept | None, names: Mapping[str, str]
) -> m.ItemOut:
    said = one.said
    return m.ItemOut(
        number=number,
        line=said.line,
        state=one.state,  # type: ignore[arg-type]
        message=said.message,
        what=said.what,
        case=said.case,
        status=said.status,
        reasons=list(said.reasons),
        meaning=said.meaning(),
        information=list(said.information),
        findings=list(said.findings),
        uetr=said.uetr,
        end_to_end=said.end_to_end,
        amount=items.money(said.amount),
        given_back=items.money(said.resolved),
        ref=said.ref,
        at=said.at,
        sender=said.sender,
        intercept=about.id if about else "",
        reference=about.reference if about else "",
        by=one.by,
        proposal=_proposal(proposed(desk, one, about)),
        suggested=[m.Suggested(id=s.id, reference=s.reference) for s in intake.suggested(desk, one)],
        why=one.why,
        officer=names.get(one.officer, ""),
        decided_at=one.at,
        did=one.did,
    )


def proposed(desk: Desk, one: Decided, about: Intercept | None) -> Proposal:
    """What follows from an item now: nothing where it is decided, or about no request of the reader's."""
    if one.state not in items.UNDECIDED:
        return Proposal()
    if about is None:
        return Proposal(waits="owner")
    part = about.part(desk.asker.bureau)
    return proposals.propose(one.said, about, part, stepping.allowed(desk, about))


def _proposal(made: Proposal) -> m.ProposalOut:
    do = dict(made.do or {})
    return m.ProposalOut(
        step=str(do.get("step", "")),
        do=do,
        missing=list(made.missing),
        waits=made.waits,
        flags=list(made.flags),
    )
