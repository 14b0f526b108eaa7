"""Messages: what bureaus write to each other, sealed to their keys and signed by theirs.

A request has questions and a clock; each question is answered on its own, with a content, a refusal or a
committed time. Receipts say what was stored, delivered, opened and answered, and are signed; nobody but
the bureaus that write to each other can read what they wrote, or learn that they did.
"""

from entente.rooms.messages.attachments import LIMITS, upload
from entente.rooms.messages.model import AnswerForm, MessageForm, answer_of, draft_of
from entente.rooms.messages.reading import Filter, burning_messages, listed, mark_opened, one
from entente.rooms.messages.service import answer, send
from entente.rooms.messages.ticking import PAUSE_S, tick

__all__ = [
    "LIMITS",
    "PAUSE_S",
    "AnswerForm",
    "Filter",
    "MessageForm",
    "answer",
    "answer_of",
    "burning_messages",
    "draft_of",
    "listed",
    "mark_opened",
    "one",
    "send",
    "tick",
    "upload",
]
