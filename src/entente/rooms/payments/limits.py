"""How large what is sent to this room may be; every other address keeps the house's own limit."""

from collections.abc import Mapping

from entente.rooms.payments.bank.intake_model import MOST_BYTES
from entente.rooms.payments.traces import transfers

IN_JSON = 25 << 20
"""For a file inside JSON, which spells some of its characters with six."""
IN_A_FORM = MOST_BYTES + (1 << 20)
LIMITS: Mapping[str, int] = {
    "/api/v1/payments/messages": MOST_BYTES + 1,  # one more than is read, so that the room itself says why
    "/api/v1/payments/requests/import": IN_JSON,
    "/api/v1/payments/tags": IN_JSON,
    "/payments/import": IN_A_FORM,
    "/payments/messages": IN_A_FORM,
    "/payments/tags": IN_A_FORM,
    **transfers.LIMITS,
}
