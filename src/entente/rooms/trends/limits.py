"""How large what is sent to this room may be; every other address keeps the house's own limit."""

from collections.abc import Mapping

MOST_BYTES = 64 << 20
"""Of a file of seizures over HTTP; `entente load` reads larger ones."""
IN_A_FORM = 2 * MOST_BYTES
"""Of the same in a form, where a small file comes back in base64 beside a new one."""
TABLE = 8 << 20
"""Of a table of trade that a figure is asked with."""
LIMITS: Mapping[str, int] = {
    "/api/v1/trends/seizures/import": MOST_BYTES + 1,
    "/trends/import": IN_A_FORM,
    "/api/v1/trends/figures/propensities": TABLE,
    "/api/v1/trends/figures/gaps": TABLE,
    "/trends/figures/trade": TABLE,
}
