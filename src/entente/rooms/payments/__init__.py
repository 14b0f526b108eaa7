"""Payments: a fraud victim's money stopped across borders, followed, and sent back.

An intercept is what one bureau asks of another about one payment. All that is done about it is an event;
its state, its ledger (to the cent), its holds and its clocks follow from the events. Banks' messages are
read into steps that a person confirms. Transfers of accounts are followed by the rules courts use.
"""

from entente.rooms.payments.board import BOXES
from entente.rooms.payments.limits import LIMITS
from entente.rooms.payments.ticking import duties

__all__ = ["BOXES", "LIMITS", "duties"]
