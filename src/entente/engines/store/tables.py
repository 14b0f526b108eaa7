"""The tables of the store, once for SQLite and PostgreSQL.

A schema is changed by a new file in migrations/versions; a test compares its result with this file.
Text is compared by code point everywhere (`C` in PostgreSQL), as Python and SQLite do it.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

metadata = MetaData()
Words = Text().with_variant(Text(collation="C"), "postgresql")
Long = BigInteger().with_variant(Integer, "sqlite")
"""SQLite makes a primary key the row's own address only when its type is spelled INTEGER."""

GONE = -1
"""`class_id` of an erased thing: no byte map of a view reaches it."""


def _part(name: str, where: str, *columns: str) -> Index:
    """An index on some of the rows."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


thing = Table(
    "thing",
    metadata,
    Column("n", Long, primary_key=True, autoincrement=False),
    Column("id", LargeBinary, nullable=False),
    Column("kind", Words, nullable=False),
    Column("class_id", Integer, nullable=False),
    Column("expires", Integer),  # days since 1970; null when erased, so that no comparison with a day holds
    Column("version", Integer, nullable=False),
    Column("place", Long, nullable=False),
    Column("created", Long, nullable=False),  # microseconds since 1970, UTC
    Column("changed", Long, nullable=False),
    Column("grade", Words, nullable=False),
    Column("ref", Words, nullable=False),
    Column("marks", Words, nullable=False),  # JSON of keys and references: to take away, to compare
    Column("body", Words, nullable=False),
    Index("thing_id", "id", unique=True),
    Index("thing_place", "place", unique=True),
    Index("thing_kind", "kind", "place", "class_id", "expires"),
    Index("thing_expires", "expires"),
    _part("thing_gone", "class_id = -1", "changed"),
)

version = Table(
    "version",
    metadata,
    Column("n", Long, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("class_id", Integer, nullable=False),
    Column("expires", Integer, nullable=False),
    Column("changed", Long, nullable=False),
    Column("grade", Words, nullable=False),
    Column("ref", Words, nullable=False),
    Column("body", Words, nullable=False),
    sqlite_with_rowid=False,
)

key = Table(
    "key",
    metadata,
    # the place, not n, so that a listing of one key is read in its order and stops at its limit
    Column("key", Words, primary_key=True),
    Column("place", Long, primary_key=True, autoincrement=False),
    Column("n", Long, nullable=False),
    sqlite_with_rowid=False,
)

tie = Table(
    "tie",
    metadata,
    # a row for each end of a link, in the order of an expansion, with all that decides whether it is told
    Column("to_id", LargeBinary, primary_key=True),
    Column("kind", Words, primary_key=True),  # of the naming thing, as class_id and expires
    Column("side", Words, primary_key=True),
    Column("far", LargeBinary, primary_key=True),  # empty where it is no link
    Column("n", Long, primary_key=True, autoincrement=False),
    Column("prop", Words, primary_key=True),
    Column("class_id", Integer, nullable=False),
    Column("expires", Integer, nullable=False),
    Column("since", Integer),  # days since 1970
    Column("until", Integer),
    sqlite_with_rowid=False,
)

class_ = Table(
    "class",
    metadata,
    Column("class_id", Integer, primary_key=True, autoincrement=False),
    Column("label", Words, nullable=False, unique=True),
)

entry = Table(
    "entry",
    metadata,
    Column("place", Long, primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False),
    Column("at", Long, nullable=False),
    Column("act", Words, nullable=False),
    Column("bureau", Integer, nullable=False),
    Column("officer", Words, nullable=False),
    Column("object", Words, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("private", Words, nullable=False),
    Index("entry_id", "id", unique=True),
    Index("entry_act", "act", "place"),
    Index("entry_bureau", "bureau", "place"),
    _part("entry_object", "object <> ''", "object", "place"),
    _part("entry_private", "private <> ''", "act", "at"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", Long, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("at", Long, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

WAITING, TAKEN, ASIDE = 0, 1, 2
job = Table(
    "job",
    metadata,
    Column("id", Long, primary_key=True),  # never used twice: a late `done` must not hit another job
    Column("name", Words, nullable=False),
    Column("once", Words, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("due", Long, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("payload", Words, nullable=False),
    Column("why", Words, nullable=False),
    Index("job_due", "state", "due", "id"),
    _part("job_once", "once <> ''", "once"),
    sqlite_autoincrement=True,
)

note = Table(
    "note",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
    sqlite_with_rowid=False,
)
