"""How large what is sent to this room may be; every other address keeps the house's own limit."""

from collections.abc import Mapping

from entente.rooms.series.exchanging import MOST_BYTES

LIMITS: Mapping[str, int] = {
    "/api/v1/series/check": 8 << 20,
    "/api/v1/series/images": 8 << 20,
    "/api/v1/series/import": MOST_BYTES,
    "/series/check": 64 << 20,
    "/series/images": MOST_BYTES,
}
