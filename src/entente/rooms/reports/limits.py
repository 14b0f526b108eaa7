"""How large what is sent to this room may be; every other address keeps the house's own limit."""

from collections.abc import Mapping

from entente.rooms.reports.cases.files import MOST_BYTES

LIMITS: Mapping[str, int] = {
    "/api/v1/cases/": MOST_BYTES + 1,  # one more than is read, so that the room itself says why
    "/cases/": MOST_BYTES + (1 << 20),  # the file, and the form around it
}
