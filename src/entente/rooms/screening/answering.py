"""The next rows of a list asked, as their officer stands now; what they find is kept with their searches.

The asking is done beside the writer: its turn is taken once a part, for the part and its entries in the
journal together. Whatever kills the house, a row was asked and is in both, or will be asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from entente.core.access import Asker, Purpose, Role, may
from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.finding import Found, hinting, seen
from entente.desk.watching import asker_details
from entente.desk.work import told
from entente.match.question import Question
from entente.rooms.bureaus import asker_now
from entente.rooms.screening import parts, sheets
from entente.rooms.screening.asking import asked
from entente.rooms.screening.parts import Entry, match_of
from entente.rooms.screening.service import places_of
from entente.rooms.search import spelled

log = structlog.get_logger()
HOUSE_FAILS = (Problem, OSError, MemoryError)
"""What is no row's doing: the part is asked again later."""
MOST_OF_A_ROW = 20
"""Candidates kept of a row."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A row asked. `question` None: it asks nothing; `told`: it was found already, in the list before."""

    row: sheets.Row
    question: Question | None = None
    faults: tuple[tuple[str, str, str], ...] = ()
    found: tuple[Found, ...] = ()
    narrow: bool = False
    hints: tuple[Thing, ...] = ()
    told: Entry | None = None


def searcher(desk: Desk, screening: Thing) -> Asker | None:
    """The officer of a screening as he is now; None where he may not search any more. The house's to ask."""
    now = asker_now(
        desk,
        screening.first("officer"),
        Purpose[screening.first("purpose").upper()],
        screening.first("justification"),
    )
    discreet = screening.first("discreet") == "yes"
    allowed = may(now, "search") and may(now, "screen") and now.bureau == screening.handling.owner
    if not allowed or (discreet and Role.SUPERVISOR not in now.roles):
        return None
    return replace(now, discreet=discreet)


def ask_rows(desk: Desk, screening: Thing, asker: Asker, rows: Sequence[sheets.Row]) -> list[Answer]:
    """Ask these rows on a reading desk of the house, which sits for the officer."""
    mine, columns = desk.seated_as(asker), places_of(screening)
    before = _Before(desk, screening)
    answers = []
    for row in rows:
        if told := before.entry(row):
            answers.append(Answer(row, told=told))
            continue
        question, faults = read(columns, row)
        try:
            answers.append(_answer(mine, row, question, faults))
        except HOUSE_FAILS:
            raise
        except Exception as error:  # whatever a row does, the rows after it are asked
            answers.append(Answer(row, faults=(*faults, failed(error))))
    return answers


def failed(error: Exception) -> tuple[str, str, str]:
    """The fault of a row that could not be asked; the log has the error's type and place, never its text."""
    log.error("a row could not be asked", **told(error))
    return "", "It could not be asked", "Write it in another way and send the list again."


def read(
    columns: dict[str, int], row: sheets.Row
) -> tuple[Question | None, tuple[tuple[str, str, str], ...]]:
    """What a row asks, and its faults as (where, what, do)."""
    if row.wrong:
        return None, (("", row.wrong, "Mend the row and send the list again."),)
    try:
        question, faults = asked(columns, row.cells)
    except Exception as error:  # nor may it keep the others from being read
        return None, (failed(error),)
    return question, tuple((f.where, f.what, f.do) for f in faults)


def _answer(
    mine: Desk, row: sheets.Row, question: Question | None, faults: tuple[tuple[str, str, str], ...]
) -> Answer:
    if question is None:
        return Answer(row, faults=faults)
    found, narrow = seen(mine, question, MOST_OF_A_ROW)
    return Answer(row, question, faults, tuple(found), narrow, tuple(hinting(mine, question)))


def keep_part(house: House, screening: Thing, asker: Asker, number: int, answers: Sequence[Answer]) -> bool:
    """Note each search and keep the part, in one sitting. False where something moved since it was asked."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        now = desk.inspect(screening.id)
        moved = (
            now is None
            or now.version != screening.version
            or parts.done(desk, now) != number
            or searcher(desk, now) != asker
        )
        desk.note("screen", object=screening.id, outcome="moved" if moved else "asked", rows=len(answers))
        if moved:
            return False
        mine, details = desk.seated_as(asker), asker_details(asker)
        entries = [a.told or _noted(mine, details, screening.id, a) for a in answers]
        parts.keep(desk, screening, number, answers[-1].row.place, entries)
    return True


def _noted(mine: Desk, details: dict[str, object], screening: str, answer: Answer) -> Entry:
    """The row's search in the journal, and what is kept of it."""
    search = ""
    if answer.question:
        search = mine.note(
            "search",
            question=spelled(answer.question),
            asker=details,
            shown=[f.thing.id for f in answer.found],
            owners=sorted({t.handling.owner for t in answer.hints}),
            screening=screening,
            row=answer.row.number,
        )
    return Entry(
        answer.row.place,
        tuple(match_of(f.thing, f.score, search) for f in answer.found),
        {t.id: mine.today.isoformat() for t in answer.hints},
        answer.narrow,
        answer.faults,
    )


class _Before:
    """What equal rows of the list before had found: those are not asked again."""

    def __init__(self, desk: Desk, screening: Thing) -> None:
        self._desk, self._id = desk, screening.id
        self._list = int(screening.first("list")) - 1
        self._batch = parts.rows_of_a_part(int(screening.first("before", "0")))
        self._parts: dict[int, dict[int, Entry] | None] = {}

    def entry(self, row: sheets.Row) -> Entry | None:
        if row.same < 0:
            return None
        number = row.same // self._batch
        if number not in self._parts:
            part = self._desk.inspect(parts.part_id(self._desk, self._id, self._list, number))
            self._parts[number] = parts.entries_of(part) if part else None
        found = self._parts[number]
        if found is None:
            return None  # the list before was stopped earlier
        return replace(found.get(row.same, Entry(0)), place=row.place)
