"""Screenings made, corrected, stopped, gone on with, asked again, and ended, by the officer whose they are.

A list is laid down before anybody sits down to write: reading a million rows must not keep others waiting.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO

from entente.core.access import POLICE_PURPOSES
from entente.core.problems import Absent, Fault, Faulty, NoPurpose
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import own
from entente.rooms.screening import lists, model, parts, sheets
from entente.rooms.screening.columns import FIELDS, guessed

MOST = 50
"""Screenings of one officer at a time."""
DAYS = 30
SET_DAYS = "screening days"
"""Note: how many days a list is kept (the setting)."""
DUE = "screenings due"
"""Key: of every screening that there is something to do for, or to look after."""
Sitting = Callable[[bool], AbstractContextManager[Desk]]
"""Sits the officer down, to write or to read: for his inquiry where a list is sent, else at his own desk."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A list that lies there, and what its columns say."""

    list: sheets.Laid
    header: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def said(self) -> Body:
        return {
            "header": (json.dumps(self.header),),
            "columns": (json.dumps(self.columns),),
            "rows": (str(self.list.rows),),
            "batch": (str(parts.rows_of_a_part(self.list.rows)),),
            "seals": self.list.seals,
            "blobs": self.list.blobs,
        }


# --- sent ----------------------------------------------------------------------------------------


def send(sitting: Sitting, file: BinaryIO | None, sent: model.Sent, name: str = "") -> model.Screening:
    """Keep a list and, unless it is to stay a draft, let it be screened. Raises Faulty with every fault."""
    if file is None:
        raise Faulty(faults=(Fault("list", "No list was sent", "Choose a file."),))
    with sitting(False) as desk:
        if not desk.asker.purpose & POLICE_PURPOSES:
            raise NoPurpose("A screening needs a police purpose.")
        _must_have_room(desk)
        watch = _watched(desk, sent.watch)
        desk.note("screen", outcome="begun")
    with _laid(desk, file, sent, {}, sent.start) as laid, sitting(True) as desk:
        _must_have_room(desk)  # others may have been sent while this one was read
        body = {
            "title": ((sent.title.strip() or name.strip() or "List")[:200],),
            "officer": (desk.asker.officer,),
            "purpose": ((desk.asker.purpose.name or "").lower(),),
            "justification": (desk.asker.justification,),
            "discreet": ("yes" if desk.asker.discreet else "no",),
            "at": (desk.now.isoformat(timespec="microseconds"),),
            "since": (str(desk.newest()),),
            "state": ("going" if sent.start else "draft",),
            "list": ("1",),
            **watch,
            **laid.said,
        }
        kept = desk.keep(
            "Screening",
            body,
            own(desk.asker.bureau),
            expires=_last_day(desk),
            keys=_keys(body),
        )
        desk.note("screen", object=kept.id, outcome="made", rows=laid.list.rows)
        return shown(desk, kept)


def again(sitting: Sitting, id: str, file: BinaryIO | None, sent: model.Sent) -> model.Screening:
    """Ask again only what changed: records since then and, with a new list, rows that were not in the last.

    Raises Absent, and Faulty with every fault.
    """
    with sitting(False) as desk:
        screening = mine(desk, id)
        _must_be(screening, "done", "stopped")
        watch = _watched(desk, sent.watch)
        desk.note("screen", object=id, outcome="begun")
    if file is None:
        with sitting(True) as desk:
            return _go_on(desk, mine(desk, id), watch)
    said = json.loads(screening.first("columns"))
    named = any(getattr(sent, field) for field in FIELDS)
    form = lists.form_of(file, sent.encoding)
    if not named and set(said.values()) <= set(form.header):
        sent = sent.model_copy(update=said)
    before = sheets.places(desk.house, screening) if _alike(form, screening, sent) else {}
    with _laid(desk, file, sent, before, True) as laid, sitting(True) as desk:
        now = mine(desk, id)
        if now.version != screening.version:
            raise Faulty(faults=(Fault("", "It was changed meanwhile", "Look at it and ask again."),))
        sheets.forget(desk, now.body["blobs"])
        which = int(now.first("list")) + 1
        return _go_on(desk, now, {**watch, **laid.said, "list": (str(which),), "before": now.body["rows"]})


def _alike(form: lists.Form, screening: Thing, sent: model.Sent) -> bool:
    """Whether a new list is read as the last one was, so that equal rows ask the same."""
    columns, _ = _columns(form.header, sent, False)
    return [*form.header] == header_of(screening) and columns == json.loads(screening.first("columns"))


@contextmanager
def _laid(
    desk: Desk, file: BinaryIO, sent: model.Sent, before: Mapping[bytes, int], whole: bool
) -> Iterator[_Laid]:
    """The list, laid down; gone again where it does not come to be kept. Raises Faulty."""
    form = lists.form_of(file, sent.encoding)
    columns, faults = _columns(form.header, sent, whole)
    if faults:
        raise Faulty(faults=tuple(faults))
    laid = sheets.lay(desk.house, lists.lines_of(file, form), before)
    try:
        if not laid.rows:
            raise Faulty(faults=(Fault("list", "The list has a header and no row", "Send its rows too."),))
        yield _Laid(laid, form.header, columns)
    except BaseException:
        sheets.drop(desk.house, laid.blobs)
        raise


def _columns(header: Sequence[str], sent: model.Columns, whole: bool) -> tuple[dict[str, str], list[Fault]]:
    """What columns say: as they were named, or guessed where none was; and what is wrong with it."""
    named = {field: column for field in FIELDS if (column := getattr(sent, field))}
    do = f"Its columns are: {', '.join(header)[:500]}."
    faults = [
        Fault(field, f"The list has no column “{column}”", do)
        for field, column in named.items()
        if column not in header
    ]
    columns = named or guessed(header)
    if whole and not columns.keys() & {"name", "first", "last", "document"}:
        faults.append(Fault("name", "No column says whom to ask for", f"Name one. {do}"))
    return columns, faults


# --- changed -------------------------------------------------------------------------------------


def start(desk: Desk, id: str, said: model.Columns | None = None) -> model.Screening:
    """Let a draft be screened, its columns corrected where `said` names any, or one that stopped go on.

    Raises Absent, Faulty.
    """
    screening = mine(desk, id)
    _must_be(screening, "draft", "stopped")
    changes: Body = {}
    if screening.first("state") == "draft":
        given = said or model.Columns()
        sent = (
            given
            if any(given.model_dump().values())
            else model.Columns(**json.loads(screening.first("columns")))
        )
        columns, faults = _columns(header_of(screening), sent, True)
        if faults:
            raise Faulty(faults=tuple(faults))
        changes = {"columns": (json.dumps(columns),), "since": (str(desk.newest()),)}
    return _go_on(desk, screening, changes)


def resumed(desk: Desk, id: str) -> model.Screening:
    """One that stopped goes on; any that waits, runs or is done is left alone. Raises Absent, Faulty."""
    screening = mine(desk, id)
    if screening.first("state") in ("draft", "stopped"):
        return start(desk, id)
    desk.note("screen", object=id, outcome="resumed")
    return shown(desk, screening)


def stop(desk: Desk, id: str) -> model.Screening:
    """Stop; what was found stays. Raises Absent, Faulty."""
    screening = mine(desk, id)
    _must_be(screening, "going")
    kept = changed(desk, screening, {"state": ("stopped",), "why": ("asked",)})
    desk.note("screen", object=id, outcome="stopped")
    return shown(desk, kept)


def watch(desk: Desk, id: str, until: date | None) -> model.Screening:
    """Look at what changes by itself until a day, or no more. Raises Absent, Faulty."""
    screening = mine(desk, id)
    kept = changed(desk, screening, _watched(desk, until) or {"watch": ()}, expires=_last_day(desk))
    desk.note("screen", object=id, outcome="watched")
    return shown(desk, kept)


def end(desk: Desk, id: str) -> None:
    """Delete a screening, its list and what it found, for good. Raises Absent."""
    screening = mine(desk, id)
    desk.withdraw(screening)
    desk.note("screen", object=id, outcome="ended")


def _go_on(desk: Desk, screening: Thing, changes: Body) -> model.Screening:
    kept = changed(desk, screening, {**changes, "state": ("going",), "why": ()}, expires=_last_day(desk))
    desk.note("screen", object=screening.id, outcome="going")
    return shown(desk, kept)


def changed(desk: Desk, screening: Thing, changes: Body, **more: date) -> Thing:
    """Kept with some properties changed; an empty one is taken away."""
    body = {name: values for name, values in {**screening.body, **changes}.items() if values}
    return desk.change(screening, body=body, keys=_keys(body), **more)


# --- read ----------------------------------------------------------------------------------------


def screenings(desk: Desk) -> list[model.Screening]:
    """One's own, the newest first."""
    desk.note("see", what="screenings")
    return [shown(desk, t) for t in sorted(_own(desk), key=lambda t: (t.first("at"), t.id), reverse=True)]


def one(desk: Desk, id: str) -> model.Screening:
    """One of one's own. Raises Absent."""
    screening = mine(desk, id)
    desk.note("see", object=id, what="screening")
    return shown(desk, screening)


def mine(desk: Desk, id: str) -> Thing:
    """A screening of the officer himself: nobody else's, not even in his bureau. Raises Absent."""
    screening = desk.look(id)
    if screening.kind != "Screening" or screening.first("officer") != desk.asker.officer:
        raise Absent()
    return screening


def header_of(screening: Thing) -> list[str]:
    return list(json.loads(screening.first("header")))


def places_of(screening: Thing) -> dict[str, int]:
    """Field to the place of its column."""
    header = header_of(screening)
    return {field: header.index(column) for field, column in json.loads(screening.first("columns")).items()}


def shown(desk: Desk, screening: Thing) -> model.Screening:
    rows = int(screening.first("rows"))
    asked = parts.asked(desk.as_house(), screening)
    state = screening.first("state")
    return model.Screening(
        id=screening.id,
        title=screening.first("title"),
        state=state if state != "going" else "running" if asked else "waiting",  # type: ignore[arg-type]
        why=screening.first("why"),
        rows=rows,
        done=asked,
        header=header_of(screening),
        columns=json.loads(screening.first("columns")),
        lists=int(screening.first("list")),
        purpose=screening.first("purpose"),
        justification=screening.first("justification"),
        discreet=screening.first("discreet") == "yes",
        at=screening.first("at"),
        expires=screening.expires.isoformat(),
        watch=screening.first("watch"),
    )


def is_watched(screening: Thing, today: date) -> bool:
    """Whether what changes is looked at by itself."""
    last = screening.first("watch")
    return screening.first("state") == "done" and bool(last) and date.fromisoformat(last) >= today


def _own(desk: Desk) -> list[Thing]:
    listed = desk.table(["Screening"], key=f"screenings:{desk.asker.officer}", limit=2 * MOST)
    return [t for _, t in listed if t.first("officer") == desk.asker.officer]


def _keys(body: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    due = body["state"][0] == "going" or bool(body.get("watch")) or bool(body.get("silent"))
    return (
        f"screenings:{body['officer'][0]}",
        *sheets.keys_of(body["blobs"]),
        *((DUE,) if due else ()),
    )


def _must_have_room(desk: Desk) -> None:
    if len(_own(desk)) >= MOST:
        raise Faulty(faults=(Fault("", f"You have {MOST} screenings", "End one first."),))


def _must_be(screening: Thing, *states: str) -> None:
    if (state := screening.first("state")) not in states:
        what = f"It is {_SAID[state]}"
        raise Faulty(
            faults=(
                Fault("state", what, f"This is for one that is {' or '.join(_SAID[s] for s in states)}."),
            )
        )


_SAID = {"draft": "a draft", "going": "waiting or running", "stopped": "stopped", "done": "done"}


def _watched(desk: Desk, until: date | None) -> Body:
    """Raises Faulty for a day on which the list is not kept any more."""
    if until is None:
        return {}
    latest = _last_day(desk)
    if not desk.today <= until <= latest:
        what = f"{until} is not between today and {latest}"
        raise Faulty(faults=(Fault("watch", what, "Choose a date between."),))
    return {"watch": (until.isoformat(),)}


def _last_day(desk: Desk) -> date:
    return desk.today + timedelta(days=int(desk.recall(SET_DAYS) or DAYS))
