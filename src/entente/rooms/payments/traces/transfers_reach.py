"""Where an account's money could have gone in time, or could have come from: leads, of which amounts say
nothing."""

from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.taint.reach import reach
from entente.rooms.payments.traces import transfers
from entente.rooms.payments.traces import transfers_model as m
from entente.rooms.payments.traces.transfers_said import folded, moment

MOST_SHOWN = 200


def reached(desk: Desk, id: str, said: m.Reaching) -> m.Reached:
    """By ways that respect time: a payment carries on only what came strictly before it.

    Raises Absent; Faulty for an account or a payment that is not in the file.
    """
    found = transfers.opened(desk, id)
    t = found.transfers
    number = next((n for n, name in enumerate(t.accounts) if folded(name) == folded(said.account)), None)
    faults = []
    if number is None:
        faults.append(Fault("account", "There is no such account in the file", "Give the whole of it."))
    if said.payment > len(t):
        faults.append(Fault("payment", f"The file has {len(t)} payments", "Give one of them."))
    if faults or number is None:
        raise Faulty(faults=tuple(faults))
    whole = int(t.at[-1]) + 1 if said.back else int(t.at[0]) - 1
    at = int(t.at[said.payment - 1]) if said.payment else whole
    told = reach(t, {number: at}, dwell=said.dwell, backward=said.back)
    others = [(when, account) for account, when in told.arrived.items() if account != number]
    others.sort(key=lambda one: (-one[0] if said.back else one[0], one[1]))
    desk.note("trace", object=id, outcome="reach", accounts=len(others))
    return m.Reached(
        account=t.accounts[number],
        accounts=len(others),
        payments=len(told.payments),
        nearest=[
            m.ReachedAccount(
                account=t.accounts[account],
                at=moment(when, found.steps),
                way=[row + 1 for row in told.way(account)][:100],
            )
            for when, account in others[:MOST_SHOWN]
        ],
    )
