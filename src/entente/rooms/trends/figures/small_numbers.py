"""Tables for eyes that may not open the records: small numbers are hidden, and what would tell them."""

from collections.abc import Sequence

import numpy as np

from entente.core.problems import Fault, Faulty
from entente.match.trends import small
from entente.rooms.records import Strict
from entente.web.language import N_


class SharedRow(Strict):
    """`seizures` none where it is hidden: fewer than five, or it would tell of one that is."""

    key: str
    seizures: int | None


KEYS = {"flows": ("origin", "transit", "destination"), "legs": ("source", "target"), "hotspots": ("country",)}
"""Tables that can be shared, by what their rows are called; amounts of few seizures would tell who it was."""


def hidden(table: str, rows: Sequence[Strict]) -> list[SharedRow]:
    """Counts by key with a last row of their total, hidden by the small-number rule (match.trends.small).

    Raises Faulty for a table of which amounts, rates or times would tell what the counts do not.
    """
    if table not in KEYS:
        what = N_("Amounts or times of this table would tell what its counts do not")
        raise Faulty(faults=(Fault("query/table", what, N_("Share ways, legs or hot spots.")),))
    sums: dict[str, int] = {}
    for row in rows:
        said = row.model_dump()
        key = " > ".join(said[name] or "-" for name in KEYS[table])
        sums[key] = sums.get(key, 0) + said["seizures"]
    counts = np.array(list(sums.values()), np.int64)
    out, total = small.hide_list(counts)
    made = [
        SharedRow(key=key, seizures=None if out[at] else many) for at, (key, many) in enumerate(sums.items())
    ]
    return [*made, SharedRow(key="", seizures=None if total else int(counts.sum()))]
