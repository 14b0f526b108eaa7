"""Messages: what bureaus write to each other, sealed to their keys and signed by theirs.

A request has questions and a clock; each question is answered on its own, with a content, a refusal or a
committed time. Receipts say what was stored, delivered, opened and answered, and are signed; nobody but
the bureaus that write to each other can read what they wrote, or learn that they did.
"""

from entente.rooms.messages.model import Answer, Draft, GivenAnswer
from entente.rooms.messages.service import answer, send
from entente.rooms.messages.ticking import PAUSE_S, tick

__all__ = ["PAUSE_S", "Answer", "Draft", "GivenAnswer", "answer", "send", "tick"]
