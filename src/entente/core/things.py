"""Things: all that the house keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from entente.core.access import Handling

Body = Mapping[str, tuple[str, ...]]
"""Property name to its values, in the order given; a value is text in the property's clean form."""

NEVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in one version. `id`: 32 hex digits, random to everybody outside.

    `n`, `class_id` and `place` (of the newest change) are the store's own numbers and never leave the house.
    `ref` is the owner's own reference for it, unique per owner only.
    """

    id: str
    kind: str
    handling: Handling
    body: Body
    expires: date = NEVER
    grade: str = ""
    ref: str = ""
    version: int = 1
    created: datetime = field(default=datetime(2000, 1, 1, tzinfo=UTC))
    changed: datetime = field(default=datetime(2000, 1, 1, tzinfo=UTC))
    n: int = 0
    class_id: int = -1
    place: int = 0

    def first(self, name: str, otherwise: str = "") -> str:
        """The first value of a property, or `otherwise`."""
        values = self.body.get(name)
        return values[0] if values else otherwise
