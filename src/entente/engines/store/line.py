"""One transaction's line to the database: Core statements, compiled once, run on the driver itself.

SQLAlchemy makes the statements, speaks both dialects and pools the connections; its `execute` would
add about 100 microseconds to each of the small reads a search is made of, so that the compiled text
goes to the driver's cursor directly.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, LargeBinary, bindparam, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import literal_column

from entente.core.access import View
from entente.engines.store.rows import day
from entente.engines.store.tables import thing

Make = Callable[..., ClauseElement]
"""Makes a statement for a shape (how many values stand in its list, what narrows it)."""

SIZES = (1, 8, 32, 128, 512)
NAMES = tuple(f"v{i}" for i in range(SIZES[-1]))


class Texts:
    """SQL text and constants of each statement in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._made: dict[tuple[Any, ...], tuple[str, dict[str, Any]]] = {}

    def of(self, make: Make, *shape: Any) -> tuple[str, dict[str, Any]]:
        try:
            return self._made[(make, *shape)]
        except KeyError:
            compiled = make(*shape).compile(dialect=self._dialect)
            fixed = {name: value for name, value in (compiled.params or {}).items() if value is not None}
            self._made[(make, *shape)] = made = (str(compiled), fixed)
            return made


class Line:
    """A cursor inside a transaction. `writer` holds the writer's lock."""

    def __init__(self, cursor: Any, texts: Texts, writer: bool) -> None:
        self._cursor = cursor
        self._texts = texts
        self._writer = writer
        self._last: dict[str, int] = {}

    def ask(self, make: Make, *shape: Any, **bound: Any) -> list[Any]:
        """The rows of a select."""
        text, fixed = self._texts.of(make, *shape)
        self._cursor.execute(text, {**fixed, **bound} if fixed else bound)
        rows: list[Any] = self._cursor.fetchall()
        return rows

    def tell(self, make: Make, *shape: Any, **bound: Any) -> int:
        """Change rows; returns how many."""
        self.must_write()
        text, fixed = self._texts.of(make, *shape)
        self._cursor.execute(text, {**fixed, **bound})
        changed: int = self._cursor.rowcount
        return changed

    def tell_all(self, make: Make, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement without constants once for each row."""
        self.must_write()
        if rows:
            self._cursor.executemany(self._texts.of(make)[0], rows)

    def must_write(self) -> None:
        if not self._writer:
            raise RuntimeError("this transaction is for reading: open it with store.writing()")

    def commit(self) -> None:
        self._cursor.connection.commit()

    def next(self, column: Column[int]) -> int:
        """The next number of a column that counts without gaps; safe because there is one writer."""
        name = f"{column.table.name}.{column.name}"  # `str` would compile it
        if name not in self._last:
            self._last[name] = self.ask(_largest, column)[0][0]
        self._last[name] += 1
        return self._last[name]


def _largest(column: Column[int]) -> ClauseElement:
    return select(func.coalesce(func.max(column), 0))


def batches(values: Sequence[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(size, values by name) for `among`: few sizes, filled up with the last value, so that texts repeat."""
    for start in range(0, len(values), SIZES[-1]):
        part = values[start : start + SIZES[-1]]
        size = next(s for s in SIZES if s >= len(part))
        filled = dict(zip(NAMES, part, strict=False))
        for name in NAMES[len(part) : size]:
            filled[name] = part[-1]
        yield size, filled


def among(column: ColumnElement[Any], size: int) -> ColumnElement[bool]:
    """The column is one of `size` values."""
    return column.in_([bindparam(name, type_=column.type) for name in NAMES[:size]])


_ONE: ColumnElement[int] = literal_column("1")


def in_view(of: FromClause = thing) -> ColumnElement[bool]:
    """The one access predicate: the byte map says 1 at the thing's class, and it has not expired.

    Past the end of the map, and before it (an erased thing's class), `substr` is empty: out.
    """
    view = bindparam("view", type_=LargeBinary())
    spelled = func.substr(view, of.c.class_id + _ONE, _ONE, type_=LargeBinary())
    return (spelled == bindparam("one", type_=LargeBinary())) & (of.c.expires > bindparam("today"))


def seen(view: View) -> dict[str, Any]:
    """What `in_view` is bound to."""
    return {"view": view.classes, "one": b"\x01", "today": day(view.today)}
