"""Small facts the house keeps about itself."""

from sqlalchemy import Insert, Select, Update, bindparam, insert, select, update

from entente.engines.store.line import Line
from entente.engines.store.rows import plain
from entente.engines.store.tables import note


class SqlNotes:
    """`Notes` in a transaction."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self, name: str) -> str | None:
        plain(name)
        rows = self._line.ask(_read, of=name)
        return rows[0][0] if rows else None

    def write(self, name: str, value: str) -> None:
        plain(name, value)
        if not self._line.tell(_change, of=name, to=value):
            self._line.tell(_insert, name=name, value=value)


def _read() -> Select[tuple[str]]:
    return select(note.c.value).where(note.c.name == bindparam("of"))


def _change() -> Update:
    return update(note).where(note.c.name == bindparam("of")).values(value=bindparam("to"))


def _insert() -> Insert:
    return insert(note)
