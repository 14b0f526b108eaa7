"""What was for everyone, or for all but some, is not for partners: before, their bits were nobody's."""

import json

from alembic import op
from sqlalchemy import text

from entente.core.access import MOST_BUREAUS, PARTNERS

revision = "0003"
down_revision = "0002"

OLD = text("SELECT class_id, label FROM class")
LABEL = text("UPDATE class SET label = :label WHERE class_id = :class_id")


def upgrade() -> None:
    connection = op.get_bind()
    changed = [
        {"class_id": class_id, "label": label}
        for class_id, old in connection.execute(OLD).all()
        if (label := without_partners(old)) != old
    ]
    if changed:
        connection.execute(LABEL, changed)


def without_partners(label: str) -> str:
    """The label with no partner in `see` and `hint` where these are "all but"; what names bureaus stays."""
    told = json.loads(label)
    for name in ("see", "hint"):
        bits = int(told[name], 16)
        if bits >> MOST_BUREAUS - 1 & 1:
            told[name] = f"{bits & ~PARTNERS:x}"
    return json.dumps(told, sort_keys=True, separators=(",", ":"))
