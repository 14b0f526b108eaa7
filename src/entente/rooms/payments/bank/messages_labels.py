"""Words for banks' messages on pages; those of intercepts and steps are in labels.py."""

from collections.abc import Mapping

from entente.rooms.payments.bank.proposals import FLAGS, WAITS
from entente.web.language import N_

LISTS: Mapping[str, str] = {
    "quarantine": N_("In quarantine"),
    "open": N_("Waits for a decision"),
    "done": N_("Decided"),
}
ITEMS: Mapping[str, str] = {
    "quarantine": N_("In quarantine: it names no request of yours"),
    "matched": N_("Waits for your decision"),
    "accepted": N_("Accepted"),
    "rejected": N_("Rejected"),
    "aside": N_("Set aside"),
}
TONES: Mapping[str, str] = {
    "quarantine": "warn",
    "open": "info",
    "matched": "info",
    "done": "good",
    "accepted": "good",
    "rejected": "",
    "aside": "",
}
WHAT: Mapping[str, str] = {
    "answer": N_("Answer to a recall"),
    "return": N_("Money returned"),
    "standing": N_("How a payment stands"),
    "response": N_("Answer to an authority"),
    "text": N_("Free text"),
}
BY: Mapping[str, str] = {
    "case": N_("matched by our reference"),
    "recall": N_("matched by the recall's reference and the amount"),
    "uetr": N_("matched by the UETR and the amount"),
    "end-to-end": N_("matched by the end-to-end id and the amount"),
    "hand": N_("assigned by hand"),
}
__all__ = ["BY", "FLAGS", "ITEMS", "LISTS", "TONES", "WAITS", "WHAT"]
