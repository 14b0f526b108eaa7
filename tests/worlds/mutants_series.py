"""Mutants of the series room: what is asked by hashes, series and who works on them, meetings. See
mutants.py."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from entente.core.access import EVERYONE, HOUSE_ONLY, Decision
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import alike as likenesses
from entente.desk.chance import is_id
from entente.desk.sitting import Desk
from entente.match.numbers import key_of
from entente.rooms.series import (
    asking,
    contributing,
    exchanging,
    exposure,
    judging,
    listing,
    meeting,
    merging,
    service,
    shown,
    states,
    statistics,
)
from worlds.mutants import everything, mutant
from worlds.mutants_channels import every
from worlds.mutants_papers import keyed
from worlds.others_series import SEEN


def series(name: str, plan: str = "series") -> Any:
    return mutant(name, plan, "series")


def _standing(desk: Desk, ids: Iterable[str]) -> dict[str, Thing]:
    """What is there of these, whosever it is."""
    return {t.id: t for t in desk.tx.things.get([i for i in ids if is_id(i)], everything(desk))}


@contextmanager
def _as_the_house(*methods: str) -> Iterator[None]:
    """These methods of the desk reach everything, whoever sits there."""
    instead = {
        "find": lambda desk, keys, limit=200: desk.tx.things.find(keys, everything(desk), limit),
        "look_all": _standing,
        "table": lambda desk, kinds, key="", after=0, limit=50, expires=None: desk.tx.things.listing(
            everything(desk), kinds, key, after, limit
        ),
    }
    with ExitStack() as stack:
        for name in methods:
            stack.enter_context(patch.object(Desk, name, instead[name]))
        yield


def _reaching(module: Any, name: str, *methods: str) -> Any:
    """A function of the room that reaches everything by these methods of the desk."""
    real = getattr(module, name)

    def reaching(*args: Any, **how: Any) -> Any:
        with _as_the_house(*methods):
            return real(*args, **how)

    return patch.object(module, name, reaching)


def _of_all(desk: Desk, space: str, asked: Any, radius: int) -> Any:
    return likenesses._near(desk, space, asked, radius, everything(desk))


# --- asked by hashes ----------------------------------------------------------------------------------


@series("L1 likenesses are asked of all there is, and not decided again")
def _() -> Iterator[Any]:
    yield patch.object(asking, "alike", _of_all)


@series("L1 exact keys are asked of all there is")
def _() -> Iterator[Any]:
    yield patch.object(asking, "seen_keys", keyed)


@series("L15 images that only name their owner are told as ties")
def _() -> Iterator[Any]:
    real = asking.near

    def near(desk: Desk, asked: Any, hinted: bool = False) -> Any:
        seen, more = real(desk, asked, hinted), real(desk, asked, hinted=True)
        return [[*one, *two] for one, two in zip(seen, more, strict=True)]

    yield patch.object(asking, "near", near)
    yield patch.object(asking, "again", lambda desk, looked: looked)


@series("L15 owners are named who hint at nothing")
def _() -> Iterator[Any]:
    def hinting(desk: Desk, keys: Any) -> Any:
        return [(k, t) for k, t in keyed(desk, keys) if not t.handling.see >> desk.asker.bureau & 1]

    def still(desk: Desk, ids: Any) -> dict[str, int]:
        return {id: t.handling.owner for id, t in _standing(desk, ids).items()}

    yield patch.object(asking, "hinting_keys", hinting)
    yield patch.object(asking, "still_hinting", still)


@series("L15 one contact for each image that hints")
def _() -> Iterator[Any]:
    def owners(desk: Desk, looked: Any) -> Any:
        return tuple(sorted(asking.still_hinting(desk, sorted(looked.hinting)).values()))

    yield patch.object(shown, "owners", owners)


@series("L8 exact keys are limited before they are filtered")
def _() -> Iterator[Any]:
    def seen(desk: Desk, keys: Any) -> Any:
        newest = sorted(keyed(desk, list(keys)), key=lambda pair: -pair[1].place)
        found = newest[:200]
        return [(key, t) for key, t in found if desk.look_all([t.id])]

    yield patch.object(asking, "seen_keys", seen)


@series("L8 ties are limited before they are filtered")
def _() -> Iterator[Any]:
    def alike(desk: Desk, space: str, asked: Any, radius: int) -> Any:
        near = [found[:20] for found in _of_all(desk, space, asked, radius)]
        return [[(t, apart) for t, apart in found if desk.look_all([t.id])] for found in near]

    yield patch.object(asking, "alike", alike)


@series("L8 images of the same tables are limited before they are filtered")
def _() -> Iterator[Any]:
    real = listing.ties

    def ties(desk: Desk, thing: Thing) -> Any:
        found = real(desk, thing)
        several = keyed(desk, [key_of("tables", thing.first("tables")) or "none"])
        kept = {t.id for _, t in sorted(several, key=lambda pair: -pair[1].place)[:50]}
        return [f for f in found if f.line is not listing.Line.TABLES or f.thing.id in kept]

    yield patch.object(listing, "ties", ties)


@series("L27 what is known of a file is that of hidden series too")
def _() -> Iterator[Any]:
    yield _reaching(asking, "_says", "look_all")


@series("L9 verdicts of every bureau hold for all")
def _() -> Iterator[Any]:
    def apart(desk: Desk, files: Any) -> Any:
        found: dict[str, set[str]] = {file: set() for file in files}
        for t in every(desk, judging.VERDICT):
            for one, other in ((t.first("one"), t.first("other")), (t.first("other"), t.first("one"))):
                if one in found:
                    found[one].add(other)
        return found

    yield patch.object(judging, "apart", apart)


@series("L9 negative lists of every bureau hold for all")
def _() -> Iterator[Any]:
    yield patch.object(judging, "ignores", lambda desk: judging._ignores(every(desk, judging.IGNORED)))


# --- series -------------------------------------------------------------------------------------------


@series("L1 a series counts its hidden images")
def _() -> Iterator[Any]:
    real = shown.whole

    def whole(desk: Desk, one: Thing) -> Any:
        many = len(keyed(desk, [key_of("series", one.id)]))
        return real(desk, one).model_copy(update={"images": many})

    yield patch.object(shown, "whole", whole)


@series("L2 bureaus of hidden images are counted")
def _() -> Iterator[Any]:
    yield _reaching(shown, "members", "table")


@series("L27 hidden series show among those that were merged")
def _() -> Iterator[Any]:
    yield _reaching(shown, "merged", "find")


@series("L27 hidden series show that ask, or were split off")
def _() -> Iterator[Any]:
    yield _reaching(shown, "whole", "find")


@series("L27 the course of a series names hidden ones")
def _() -> Iterator[Any]:
    yield _reaching(shown, "_history", "look_all")


@series("L27 the course of a series tells that it went into a hidden one")
def _() -> Iterator[Any]:
    real = shown._steps

    def steps(thing: Thing) -> Any:
        return [{**s, "other": "" if s["did"] == "merged" else s["other"]} for s in real(thing)]

    yield patch.object(shown, "_steps", steps)


@series("L27 a series is shown where it went, hidden or not")
def _() -> Iterator[Any]:
    yield _reaching(shown, "roots", "look_all")


@series("L4 where a series went tells whether it may be taken back")
def _() -> Iterator[Any]:
    yield patch.object(merging, "_known", lambda desk, source, into: into)


@series("L1 who works on a series is asked of all there is")
def _() -> Iterator[Any]:
    def workers(desk: Desk, series: str) -> list[Thing]:
        return [t for t in every(desk, service.WORK) if series in t.first("series") or not t.handling.see & 4]

    yield patch.object(shown, "workers", workers)


@series("L1 series are listed without a view")
def _() -> Iterator[Any]:
    yield _reaching(service, "listed", "table")


@series("L5 names of series are unique for all")
def _() -> Iterator[Any]:
    real = service.begin

    def begin(desk: Desk, form: Any) -> Thing:
        if form.name == SEEN and keyed(desk, [service.name_key("Hidden Bay 0")]):
            raise Faulty(faults=(Fault("name", "Taken", ""),))
        return real(desk, form)

    yield patch.object(merging.service, "begin", begin)


@series("L4 a series of others is refused, not absent")
def _() -> Iterator[Any]:
    real = states.look

    def look(desk: Desk, id: str) -> Thing:
        try:
            return real(desk, id)
        except Absent:
            if any(HOUSE_ONLY not in t.handling.need for t in _standing(desk, [id]).values()):
                raise NotAllowed("Not for you.") from None
            raise

    yield patch.object(states, "look", look)


@series("L23 a hidden series asks to be merged into one's own")
def _() -> Iterator[Any]:
    yield patch.object(merging, "decide", lambda asker, handling: Decision.FULL)


@series("L1 a file of a series has its hidden images")
def _() -> Iterator[Any]:
    real = exchanging._rows

    def rows(sitting: Any, series: str) -> Any:
        yield from real(sitting, series)
        with sitting(False) as desk:
            found = [t for _, t in keyed(desk, [key_of("series", series)])]
            desk.note("export", object=series)
            hidden = [t for t in found if t.id not in desk.look_all([one.id for one in found])]
            yield from (one.media for one in shown.images(desk, hidden))

    yield patch.object(exchanging, "_rows", rows)


@series("L4 images go into series that are hidden")
def _() -> Iterator[Any]:
    def root(desk: Desk, id: str) -> Thing:
        if (t := _standing(desk, [id]).get(id)) and t.kind == states.SERIES:
            return t
        raise Absent()

    yield patch.object(contributing.states, "root", root)


# --- meetings, and one's own ----------------------------------------------------------------------------


@series("L23 a meeting is told although the rule says no")
def _() -> Iterator[Any]:
    yield patch.object(meeting, "decide", lambda asker, handling: Decision.FULL)


@series("L16 who asked for a silent image is told whom to contact")
def _() -> Iterator[Any]:
    real = meeting.decide

    def decide(asker: Any, handling: Any) -> Decision:
        return Decision.CONTACT if handling.watch and not handling.see else real(asker, handling)

    yield patch.object(meeting, "decide", decide)


@series("L23 what was met before unseen is not told anew")
def _() -> Iterator[Any]:
    yield patch.object(meeting, "_mutual", lambda desk, mine, theirs: False)


@series("L27 images of one hidden series make one meeting")
def _() -> Iterator[Any]:
    yield patch.object(meeting, "_series_told", lambda desk, mine, theirs: theirs.first("series"))


@series("L23 meetings are told whatever the level", "specialist, by series")
def _() -> Iterator[Any]:
    real_own, real_alert = meeting.own, meeting.alert
    yield patch.object(meeting, "own", lambda bureau, level, need: real_own(bureau, need=need))
    yield patch.object(
        meeting, "alert", lambda desk, to, about, like, once: real_alert(desk, to, about, once=once)
    )


@series("L23 a meeting that may not be opened stands for one that may", "specialist, by series")
def _() -> Iterator[Any]:
    def id(self: Any, desk: Desk) -> str:
        return desk.house.ids.of("image meeting", self.bureau, self.other, self.how, *self.subject)

    yield patch.object(meeting.Side, "id", id)


@series("L29 statistics count what every bureau asked and met")
def _() -> Iterator[Any]:
    def _all(desk: Desk, kind: str, key: str) -> list[Thing]:
        return every(desk, kind)

    yield patch.object(statistics, "_all", _all)


@series("L29 meetings of every bureau are listed")
def _() -> Iterator[Any]:
    def meetings(desk: Desk, which: str = "new", limit: int = 200) -> list[Thing]:
        desk.note("see", what="meetings")
        return every(desk, meeting.MEETING)

    yield patch.object(listing, "meetings", meetings)


@series("L29 caps are set for officers of every bureau, schemes and looks are all bureaus'")
def _() -> Iterator[Any]:
    real = exposure.today

    def today(desk: Desk) -> Any:
        seen = sum(int(t.first("seen") or 0) for t in every(desk, exposure.KIND))
        return real(desk).model_copy(update={"seen": seen})

    yield patch.object(exposure, "today", today)


@series("L23 open handlings of what was split off linger")
def _() -> Iterator[Any]:
    real = merging.replace

    def opened(thing: Any, **changes: Any) -> Any:
        if "handling" in changes:
            changes["handling"] = real(changes["handling"], see=EVERYONE, need=frozenset({"series"}))
        return real(thing, **changes)

    yield patch.object(merging, "replace", opened)
