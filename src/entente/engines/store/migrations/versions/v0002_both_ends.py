"""A link stands in a row for each of its ends, with all that decides whether it is told."""

from typing import Any

import orjson
from alembic import op
from sqlalchemy import BigInteger, Column, Connection, Integer, LargeBinary, Text, text

from entente.core.kinds import model
from entente.engines.links import Reference, references
from entente.engines.store.rows import marks_of, marks_text

revision = "0002"
down_revision = "0001"

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
LONG = BigInteger().with_variant(Integer, "sqlite")
AT_ONCE = 5_000
OLD = text(
    "SELECT n, id, kind, class_id, expires, marks, body FROM thing"
    " WHERE n > :after AND marks <> '' ORDER BY n LIMIT :most"
)
ROW = text(
    "INSERT INTO tie (to_id, kind, side, far, n, prop, class_id, expires, since, until)"
    " VALUES (:to_id, :kind, :side, :far, :n, :prop, :class_id, :expires, :since, :until)"
)
MARKS = text("UPDATE thing SET marks = :marks WHERE n = :n")


def upgrade() -> None:
    op.drop_table("tie")
    op.create_table(
        "tie",
        Column("to_id", LargeBinary, primary_key=True),
        Column("kind", WORDS, primary_key=True),
        Column("side", WORDS, primary_key=True),
        Column("far", LargeBinary, primary_key=True),
        Column("n", LONG, primary_key=True, autoincrement=False),
        Column("prop", WORDS, primary_key=True),
        Column("class_id", Integer, nullable=False),
        Column("expires", Integer, nullable=False),
        Column("since", Integer),
        Column("until", Integer),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    after = 0
    while rows := connection.execute(OLD, {"after": after, "most": AT_ONCE}).all():
        after = rows[-1][0]
        _rebuild(connection, rows)


def _rebuild(connection: Connection, rows: Any) -> None:
    """Make the rows of these things anew, and spell their marks as they are spelled now."""
    marked: list[dict[str, Any]] = []
    ties: list[dict[str, Any]] = []
    for n, id, kind, class_id, expires, old, body in rows:
        keys, named = orjson.loads(old)
        if not named:  # keys alone are spelled as they were
            continue
        marks = marks_of(keys, _references(kind, orjson.loads(body), id.hex(), named))
        marked.append({"n": n, "marks": marks_text(marks)})
        ties += [
            {
                "to_id": bytes.fromhex(to),
                "kind": kind,
                "side": side,
                "far": bytes.fromhex(far),
                "n": n,
                "prop": prop,
                "class_id": class_id,
                "expires": expires,
                "since": since,
                "until": until,
            }
            for to, prop, side, far, since, until in marks[1]
        ]
    if marked:
        connection.execute(MARKS, marked)
        ties.sort(key=lambda tie: tie["to_id"])
        connection.execute(ROW, ties)


def _references(kind: str, body: Any, id: str, named: list[tuple[str, str]]) -> list[Reference]:
    """What the thing names, by its kind; what stood there and is not in its body names on, as no link."""
    made = references(model()[kind], body, id) if kind in model() else []
    known = {(r.to, r.prop) for r in made}
    return made + [Reference(prop, to) for to, prop in named if (to, prop) not in known]
