"""The first tables."""

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, SmallInteger, Text, text

revision = "0001"
down_revision = None

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
LONG = BigInteger().with_variant(Integer, "sqlite")


def _words(*names: str) -> list[Column[str]]:
    return [Column(name, WORDS, nullable=False) for name in names]


def _index(name: str, table: str, *columns: str, unique: bool = False, where: str = "") -> None:
    part: dict[str, Any] = {"sqlite_where": text(where), "postgresql_where": text(where)} if where else {}
    op.create_index(name, table, list(columns), unique=unique, **part)


def upgrade() -> None:
    op.create_table(
        "thing",
        Column("n", LONG, primary_key=True, autoincrement=False),
        Column("id", LargeBinary, nullable=False),
        *_words("kind"),
        Column("class_id", Integer, nullable=False),
        Column("expires", Integer),
        Column("version", Integer, nullable=False),
        Column("place", LONG, nullable=False),
        Column("created", LONG, nullable=False),
        Column("changed", LONG, nullable=False),
        *_words("grade", "ref", "marks", "body"),
    )
    _index("thing_id", "thing", "id", unique=True)
    _index("thing_place", "thing", "place", unique=True)
    _index("thing_kind", "thing", "kind", "place", "class_id", "expires")
    _index("thing_expires", "thing", "expires")
    _index("thing_gone", "thing", "changed", where="class_id = -1")
    op.create_table(
        "version",
        Column("n", LONG, primary_key=True, autoincrement=False),
        Column("version", Integer, primary_key=True, autoincrement=False),
        *_words("kind"),
        Column("class_id", Integer, nullable=False),
        Column("expires", Integer, nullable=False),
        Column("changed", LONG, nullable=False),
        *_words("grade", "ref", "body"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "key",
        Column("key", WORDS, primary_key=True),
        Column("place", LONG, primary_key=True, autoincrement=False),
        Column("n", LONG, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tie",
        Column("to_id", LargeBinary, primary_key=True),
        Column("prop", WORDS, primary_key=True),
        Column("n", LONG, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "class",
        Column("class_id", Integer, primary_key=True, autoincrement=False),
        Column("label", WORDS, nullable=False, unique=True),
    )
    op.create_table(
        "entry",
        Column("place", LONG, primary_key=True, autoincrement=False),
        *_words("id"),
        Column("at", LONG, nullable=False),
        *_words("act"),
        Column("bureau", Integer, nullable=False),
        *_words("officer", "object"),
        Column("leaf", LargeBinary, nullable=False),
        *_words("private"),
    )
    _index("entry_id", "entry", "id", unique=True)
    _index("entry_act", "entry", "act", "place")
    _index("entry_bureau", "entry", "bureau", "place")
    _index("entry_object", "entry", "object", "place", where="object <> ''")
    _index("entry_private", "entry", "act", "at", where="private <> ''")
    op.create_table(
        "checkpoint",
        Column("size", LONG, primary_key=True, autoincrement=False),
        Column("root", LargeBinary, nullable=False),
        Column("at", LONG, nullable=False),
        Column("signature", LargeBinary, nullable=False),
    )
    op.create_table(
        "job",
        Column("id", LONG, primary_key=True),
        *_words("name", "once"),
        Column("state", SmallInteger, nullable=False),
        Column("due", LONG, nullable=False),
        Column("tries", Integer, nullable=False),
        *_words("payload", "why"),
        sqlite_autoincrement=True,
    )
    _index("job_due", "job", "state", "due", "id")
    _index("job_once", "job", "once", where="once <> ''")
    op.create_table(
        "note", Column("name", WORDS, primary_key=True), *_words("value"), sqlite_with_rowid=False
    )
