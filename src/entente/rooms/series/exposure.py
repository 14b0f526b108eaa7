"""Wellbeing: how many pictures an officer says he looked at today, and the cap his supervisor set.

The house holds no picture, so that it counts what programs on his own machine say for him (`entente
triage-review`). A cap is a promise of the bureau, not a lock on the disk: what is left is told at every look.
Blurring did not help reviewers in a study of 2026 (doi 10.1007/s00426-026-02241-5); not showing does.
"""

from datetime import timedelta

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.series import model
from entente.rooms.series.clearing import must_be_cleared, own

KIND = "Exposure"
CAP = 200
"""Pictures in a day, until a supervisor says otherwise."""
KEPT = timedelta(days=90)


def looked(desk: Desk, form: model.Looks) -> model.Exposure:
    """Add to one's own day; how many are left."""
    must_be_cleared(desk)
    officer = desk.asker.officer
    before = _day(desk, officer)
    body = {
        "officer": officer,
        "day": desk.today.isoformat(),
        "seen": str(_count(before, "seen") + form.seen),
        "spared": str(_count(before, "spared") + form.spared),
    }
    mine = desk.asker.bureau
    kept = desk.keep(
        KIND,
        body,
        own(mine),
        id=_day_id(desk, officer),
        version=0,
        expires=desk.today + KEPT,
        keys=(f"exposures:{mine}:{desk.today}",),
    )
    desk.note("contribute", object=kept.id, what="exposure")
    return _shown(desk, officer, kept)


def today(desk: Desk) -> model.Exposure:
    """One's own day."""
    must_be_cleared(desk)
    desk.note("see", what="exposure")
    return _shown(desk, desk.asker.officer, _day(desk, desk.asker.officer))


def of_bureau(desk: Desk) -> list[model.Exposure]:
    """The days of one's bureau's officers who looked at something today, most first: for supervisors."""
    must_be_cleared(desk)
    desk.allow("approve")
    desk.note("see", what="exposure")
    found = [t for _, t in desk.find([f"exposures:{desk.asker.bureau}:{desk.today}"], limit=1000)]
    shown = [_shown(desk, t.first("officer"), t) for t in found]
    return sorted(shown, key=lambda e: (-e.seen, e.name, e.officer))


def set_cap(desk: Desk, form: model.Cap) -> model.Exposure:
    """Set the most that an officer of one's bureau looks at in a day. Raises Absent, Faulty."""
    must_be_cleared(desk)
    officer = desk.as_house().look_all([form.officer]).get(form.officer)
    if officer is None or officer.kind != "Officer" or officer.first("bureau") != str(desk.asker.bureau):
        raise Absent()
    if form.officer == desk.asker.officer:
        what = "Nobody sets his own cap"
        raise Faulty(faults=(Fault("officer", what, "Ask another supervisor of your bureau."),))
    body = {"officer": form.officer, "cap": str(form.cap)}
    kept = desk.keep(KIND, body, own(desk.asker.bureau), id=_cap_id(desk, form.officer), version=0)
    desk.note("correct", object=kept.id, what="exposure")
    return _shown(desk, form.officer, _day(desk, form.officer))


def _day(desk: Desk, officer: str) -> Thing | None:
    id = _day_id(desk, officer)
    return desk.look_all([id]).get(id)


def _day_id(desk: Desk, officer: str) -> str:
    return desk.house.ids.of("exposure", officer, desk.today.isoformat())


def _cap_id(desk: Desk, officer: str) -> str:
    return desk.house.ids.of("exposure cap", officer)


def _count(thing: Thing | None, name: str) -> int:
    return int(thing.first(name) or 0) if thing else 0


def _shown(desk: Desk, officer: str, day: Thing | None) -> model.Exposure:
    known = desk.as_house().look_all([officer]).get(officer)
    cap = _count(desk.look_all([_cap_id(desk, officer)]).get(_cap_id(desk, officer)), "cap") or CAP
    seen = _count(day, "seen")
    return model.Exposure(
        officer=officer,
        name=known.first("name") if known else "",
        day=desk.today.isoformat(),
        seen=seen,
        spared=_count(day, "spared"),
        cap=cap,
        left=max(0, cap - seen),
    )
