"""A seizure before it is kept: its faults and doubts, how quantities are read, and whether it is there."""

from collections.abc import Sequence

from entente.core.problems import Fault
from entente.desk import Desk
from entente.match.goods.seizures import Reading
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.seizures import same, service, shown


def checked(desk: Desk, form: m.SeizureForm, but: str = "") -> m.Checked:
    """What a form would be kept as. `but`: the id of the seizure that it corrects."""
    desk.note("see", what="a check of a seizure")
    return told(desk, service.read(desk, form), but)


def told(desk: Desk, reading: Reading, but: str = "") -> m.Checked:
    """What was read, as its reader gets it."""
    body = {name: tuple(values) for name, values in reading.raw.items()}
    near = [(t, score) for t, score in same.of_draft(desk, body) if t.id != but]
    return m.Checked(
        faults=said(reading.faults),
        doubts=said(reading.doubts),
        items=[shown.item(line) for line in reading.items],
        same=same.shown(desk, near),
    )


def said(faults: Sequence[Fault]) -> list[m.Said]:
    return [m.Said(where=f.where, what=f.what, do=f.do) for f in faults]
