"""How large what is sent to this room may be; every other address keeps the house's own limit."""

from collections.abc import Mapping

MOST_BYTES = 64 << 20
"""Of a file of seizures over HTTP; `entente load` reads larger ones."""
IN_A_FORM = MOST_BYTES + (1 << 20)
TABLE = 8 << 20
"""Of a table of trade that a figure is asked with."""
LIMITS: Mapping[str, int] = {
    "/api/v1/trends/seizures/import": IN_A_FORM,
    "/trends/import": IN_A_FORM,
    "/api/v1/trends/figures/propensities": TABLE,
    "/api/v1/trends/figures/gaps": TABLE,
    "/trends/figures/trade": TABLE,
}
