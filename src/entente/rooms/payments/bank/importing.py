"""Payments of banks' messages become drafts: a recall of up to 2,000 payments, or the victim's confirmation.

A draft for each payment, or none at all: every fault of every payment is told with its line. What holds for
all of them (the scam, the law, the report) the officer says once. The same payment again is merged.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.banking import reading
from entente.match.banking.camt056 import Recall
from entente.match.banking.grammar import Unfit
from entente.match.banking.payments import Agent, End, Original, Payment
from entente.match.money.amounts import write_amount
from entente.rooms.bureaus import directory
from entente.rooms.payments import model, service
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.payments.model import InterceptForm, Intermediary, Party
from entente.rooms.payments.rules import rules
from entente.web.forms import validated

ORDERS = "camt.056, pacs.008, MT192, MT103 and MT202"
MOST_SUMMARY = 7_000
MOST_FAULTS = 1_000


def read(text: str, now: datetime) -> tuple[str, list[Recall | Payment]]:
    """Name and payments of a message. Raises Faulty with every fault, each with line and field."""
    data = text.encode()
    try:
        name, said = reading.kind_of(data), reading.read(data, now)
    except Unfit as unfit:
        raise Faulty(faults=unfit.faults) from None
    found = [one for one in said if isinstance(one, Recall | Payment)]
    if not found or len(found) < len(said):
        what = f"{name} tells of no payment that could be stopped: {ORDERS} do"
        raise Faulty(faults=(Fault("message", what, "Answers of banks go to the inbox of their messages."),))
    return name, found


def begin(desk: Desk) -> None:
    """Note that a file came, and read what all drafts need while nobody waits for the writer."""
    directory(desk)
    rules(desk)
    desk.note("see", what="payments", outcome="begun")


def load(desk: Desk, name: str, found: Sequence[Recall | Payment], once: m.Once) -> m.Imported:
    """A draft for each payment; all or none. Raises Faulty with the faults of all, each with its line."""
    faults: list[Fault] = []
    drafted: list[str] = []
    merged: list[str] = []
    for number, one in enumerate(found, 1):
        try:
            with _bureaus_as_they_were(desk):
                kept, new = service.draft(desk, form_of(name, one, once, desk.now, number, len(found)))
        except Faulty as wrong:
            faults += [Fault(f"line {one.line}: {f.where}", f.what, f.do) for f in wrong.faults]
        else:
            (drafted if new else merged).append(kept.id)
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise Faulty(faults=tuple(faults[:MOST_FAULTS]))
    desk.note("load", what=name, records=len(drafted), merged=len(merged))
    return m.Imported(name=name, payments=len(found), drafted=drafted, merged=list(dict.fromkeys(merged)))


@contextmanager
def _bureaus_as_they_were(desk: Desk) -> Iterator[None]:
    """Drafts change neither the directory nor the rules, which a sitting that wrote would read anew for each
    of them; with 196 bureaus that took longer than all else."""
    touched, desk.touched = desk.touched, []
    try:
        yield
    finally:
        desk.touched = [*touched, *desk.touched][:1]  # that something changed is all that is told


def prefill(text: str, now: datetime) -> m.Prefilled:
    """The form of a pasted confirmation. Raises Faulty with every fault; several payments are one."""
    name, found = read(text, now)
    if len(found) > 1:
        what = f"It tells of {len(found)} payments"
        raise Faulty(faults=(Fault("text", what, "Import it as a file: each becomes a draft."),))
    return m.Prefilled(name=name, form=form_of(name, found[0], m.Once(), now))


def form_of(
    name: str, one: Recall | Payment, once: m.Once, now: datetime, number: int = 1, of: int = 1
) -> InterceptForm:
    """The form of a payment. Raises Faulty where a text of the bank does not fit into it."""
    original = one.original
    start, end = _executed(one, now)
    amount = write_amount(one.amount, one.currency) if one.currency else ""
    ref = once.ref if of == 1 or not once.ref else f"{once.ref}/{number}"
    told = {
        **once.model_dump(exclude={"ref", "summary"}),
        "rail": once.rail or ("swift-mt" if name.startswith("MT") else "swift-mx"),
        "executed_at": once.executed_at or start,
        "executed_until": "" if once.executed_at else end,
        "amount": amount,
        "currency": one.currency,
        **_references(name, original),
        "debtor": _party(one.debtor),
        "creditor": _party(one.creditor),
        "intermediaries": [_between(agent) for agent in one.intermediaries[:3]],
        "recall": _recall(name, one, now),
        "summary": _summary(one, once.summary),
        "ref": ref,
    }
    return validated(InterceptForm, **told)


def _references(name: str, original: Original) -> dict[str, str]:
    """A payment order names itself; a recall names the order."""
    kind = original.kind or (name if original.message else "")
    return {
        "uetr": original.uetr,
        "end_to_end_id": _plain(original.end_to_end),
        "instruction_id": _plain(original.instruction),
        "transaction_id": _plain(original.transaction),
        "message_id": _plain(original.message),
        "message_name": _plain(kind),
    }


def _plain(text: str) -> str:
    """What our form takes of a reference: some banks put other characters there, and then it names nothing
    that another bank could find."""
    return text if text.isascii() and text.isprintable() else ""


def _executed(one: Recall | Payment, now: datetime) -> tuple[str, str]:
    """(earliest, latest moment) of execution. A bank tells the hour of an order, or the day of settlement;
    in which zone a day is meant it does not say, so that it is taken in UTC and as a span."""
    if isinstance(one, Payment) and one.ordered and one.ordered.tzinfo:
        at = min(one.ordered, now)
        return at.isoformat(timespec="seconds"), ""
    day = one.settled or (one.created.date() if isinstance(one, Recall) else None)
    if day is None:
        return "", ""
    day = min(day, now.astimezone(UTC).date())
    return _at(day, time.min), min(_at(day, time(23, 59)), now.astimezone(UTC).isoformat(timespec="minutes"))


def _at(day: date, hour: time) -> str:
    return datetime.combine(day, hour, UTC).isoformat(timespec="minutes")


def _party(end: End) -> Party:
    scheme = "iban" if end.iban else "bban" if end.scheme == "BBAN" else "other"
    return Party(
        name=end.name[:140],
        account=end.iban or end.account,
        scheme=scheme if end.iban or end.account else "iban",  # type: ignore[arg-type]
        bic=end.agent.bic,
        bank=end.agent.name[:140],
        country=end.agent.country or (end.country if not (end.iban or end.agent.bic) else ""),
    )


def _between(agent: Agent) -> Intermediary:
    return Intermediary(bic=agent.bic, name=agent.name[:140])


def _recall(name: str, one: Recall | Payment, now: datetime) -> model.Recall:
    """A recall that the bank has sent: its own reference, by which it will be answered."""
    if not isinstance(one, Recall):
        return model.Recall()
    created = one.created if one.created.tzinfo else one.created.replace(tzinfo=UTC)
    sent = min(created, now).isoformat(timespec="seconds")
    sort = name if name.startswith("MT") else ".".join(name.split(".")[:2])
    return model.Recall(sent_at=sent, ref=_plain(one.case or one.assignment), type=sort)


def _summary(one: Recall | Payment, said: str) -> str:
    """What the officer says, then what the bank wrote beside the facts."""
    lines = one.information if isinstance(one, Recall) else one.remittance
    wrote = "\n".join(lines)[:MOST_SUMMARY]
    head = "The bank wrote:" if isinstance(one, Recall) else "Remittance information:"
    return "\n".join([text for text in (said, f"{head}\n{wrote}" if wrote.strip() else "") if text])[:8_000]
