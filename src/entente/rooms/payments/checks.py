"""What a form is worth before it is kept: faults, what is missing, where it goes, and who rings."""

from entente.core.problems import Fault
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments import drafts, repeats, routing, service
from entente.rooms.payments.model import Checked, FaultOut, InterceptForm


def check(desk: Desk, form: InterceptForm, but: str = "") -> Checked:
    """Nothing is kept of it but that it was asked; `but`: the draft that is being edited."""
    made = drafts.checked(form, desk.now)
    number, by = routing.receiver(desk, made.form)
    found, contacts = repeats.found(desk, made.form, but)
    same = service.same_payment(desk, made)
    hours = drafts.hours_since(made.form, desk.now)
    within = hours is not None and hours <= drafts.FAST_TRACK.total_seconds() / 3600
    faults = [*made.faults, *routing.faults(desk, made.form)]
    named = directory(desk)
    desk.note("search", what="intercepts", outcome=f"full {len(found)}, contact {len(contacts)}")
    return Checked(
        faults=told(faults),
        missing=told(made.missing),
        warnings=told(made.warnings),
        receiver=named[number].code if number in named else "",
        routed_by=by,
        hours=None if hours is None else round(hours, 1),
        late=hours is not None and not within,
        fast_track=within and bool(made.form.recall.sent_at) and abroad(made.form),
        repeats=found,
        contacts=contacts,
        same_as=same.id if same and same.id != but else "",
        lifted=told(made.lifted),
    )


def abroad(form: InterceptForm) -> bool:
    """Whether the payment crossed a border."""
    return form.debtor.country != form.creditor.country


def told(faults: "list[Fault] | tuple[Fault, ...]") -> list[FaultOut]:
    return [FaultOut(where=f.where, what=f.what, do=f.do) for f in faults]
