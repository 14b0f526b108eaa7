"""Deconfliction: two bureaus that ask for the same subject within a set time are both told, if both want it.

A bureau's mode is its supervisors' choice: `off` (it hears nothing, and nobody hears of it), `blind` (the
secretariat alone learns who the other is), `open`. How inquiries meet stands in meeting.py.
"""

from collections.abc import Mapping

from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.desk.following import newest_act
from entente.rooms.bureaus import directory, own
from entente.rooms.search import model

SET_DAYS = "deconfliction days"
"""Note: how many days may lie between two inquiries that meet (a setting)."""
DAYS = 30
MODES = "deconfliction/modes"
"""Note: changes whenever a bureau's mode does."""
FOLLOWED = {act: f"deconfliction/{act}" for act in ("search", "verdict")}
"""Notes: up to which entry of the journal inquiries were brought together."""
ALERTS = ("deconfliction", "deconfliction-blind")
MOST_LISTED = 200


def days(desk: Desk) -> int:
    return int(desk.recall(SET_DAYS) or DAYS)


def mode(desk: Desk) -> model.Deconfliction:
    """One's bureau's mode; off until somebody sets it."""
    desk.note("see", what="deconfliction")
    return _shown(desk, _kept(desk))


def set_mode(desk: Desk, form: model.ModeForm) -> model.Deconfliction:
    """Set one's bureau's mode; it holds for what is asked from now on. Off forgets what was asked before."""
    before = _kept(desk)
    bureau = desk.asker.bureau
    if before is None or before.first("mode") != form.mode:
        through = desk.as_house()
        if not takers(through):  # nobody's inquiries of the time before are to be read
            for name in FOLLOWED.values():
                desk.remember(name, str(newest_act(desk)))
        since = before.first("since") if before and before.first("mode") != "off" else ""
        body = {
            "mode": form.mode,
            "bureau": str(bureau),
            "since": since or desk.now.isoformat(timespec="microseconds"),
        }
        key = f"deconflicts:{'off' if form.mode == 'off' else 'on'}"
        id = desk.house.ids.of("deconfliction", bureau)
        before = desk.keep(
            "Deconfliction", body, own(bureau), id=id, version=0, expires=NEVER, keys=(key, _key(bureau))
        )
        if form.mode == "off":
            for _, subject in through.inspect_all([f"asked-by:{bureau}"]):
                through.erase(subject.id)
        desk.remember(MODES, str(desk.newest()))
    desk.note("deconflict", outcome=form.mode)
    return _shown(desk, before)


def takers(desk: Desk) -> Mapping[int, Thing]:
    """The bureaus whose mode is not off, and that may act. The house's to ask."""
    known = directory(desk)
    found = {int(t.first("bureau")): t for _, t in desk.inspect_all(["deconflicts:on"])}
    return {n: t for n, t in sorted(found.items()) if n in known and known[n].active}


def meetings(desk: Desk) -> list[model.Meeting]:
    """What one's bureau was told of others who work on the same subject, newest first."""
    desk.note("see", what="deconfliction")
    keys = [f"alerts:{what}:{desk.asker.bureau}" for what in ALERTS]
    found = [one for key in keys for one in desk.table(["Alert"], key=key, limit=MOST_LISTED)]
    return [_meeting(desk, alert) for _, alert in sorted(found, key=lambda one: -one[0])]


def _meeting(desk: Desk, alert: Thing) -> model.Meeting:
    other = directory(desk).get(int(alert.first("other", "0")))
    return model.Meeting(
        alert=alert.id,
        at=alert.first("at"),
        justification=alert.first("text"),
        bureau=other.code if other else "",
        label=other.label if other else "",
        desk=other.desk if other else "",
        phone=other.phone if other else "",
        email=other.email if other else "",
        token=alert.first("token"),
        seen=alert.first("seen"),
        acknowledged=alert.first("acknowledged"),
    )


def _kept(desk: Desk) -> Thing | None:
    return next((t for _, t in desk.find([_key(desk.asker.bureau)])), None)


def _key(bureau: int) -> str:
    return f"deconfliction-of:{bureau}"


def _shown(desk: Desk, kept: Thing | None) -> model.Deconfliction:
    return model.Deconfliction(
        mode=kept.first("mode") if kept else "off",  # type: ignore[arg-type]
        since=kept.first("since") if kept else "",
        days=days(desk),
    )
