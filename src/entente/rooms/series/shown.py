"""Series, images, answers and meetings as their reader gets them, everything foreign in his view."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, islice
from typing import Any

from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.watching import contact_token
from entente.match.numbers import key_of
from entente.rooms.bureaus import directory
from entente.rooms.search import Contact, contact
from entente.rooms.series import model as m
from entente.rooms.series.asking import Found, Looked, owners
from entente.rooms.series.contributing import origin_id
from entente.rooms.series.media import IMAGE, media_of
from entente.rooms.series.service import workers
from entente.rooms.series.states import SERIES, merged, roots

MOST_COUNTED = 2000
A_PAGE = 200
"""Images in memory at once while they are counted."""
OPEN_STEPS = frozenset(
    {"begun", "unidentified", "in-progress", "identified", "distributed", "merged", "split", "apart"}
)
"""What readers of other bureaus learn of a series' course."""


def code(desk: Desk, number: int) -> str:
    bureau = directory(desk).get(number)
    return bureau.code if bureau else ""


def contact_of(desk: Desk, number: int) -> Contact | None:
    """Whom to ask at another bureau; none at one's own."""
    bureau = directory(desk).get(number)
    if bureau is None or number == desk.asker.bureau:
        return None
    return contact(bureau, contact_token(desk, desk.asker, number, desk.today))


def brief(desk: Desk, series: Thing) -> m.Brief:
    into = series.first("into")  # told as far as the reader sees that one
    return m.Brief(
        id=series.id,
        name=series.first("name"),
        state=series.first("state"),  # type: ignore[arg-type]
        lead=code(desk, series.handling.owner),
        identified=series.first("identified"),
        merged=bool(into and desk.look_all([into])),
    )


# --- answers -------------------------------------------------------------------------------------


def answers(desk: Desk, looked: Sequence[Looked], ids: Sequence[str]) -> m.Answers:
    """What is known of each file."""
    told = matches(desk, [f for one in looked for f in one.found])
    at = 0
    ties: list[list[m.Match]] = []
    for one in looked:
        ties.append(told[at : at + len(one.found)])
        at += len(one.found)
    return m.Answers(
        answers=[
            m.Answered(
                label=one.media.label,
                question=id,
                says=one.says,  # type: ignore[arg-type]
                ties=ties_of_it,
                contacts=[c for n in owners(desk, one) if (c := contact_of(desk, n))],
            )
            for one, id, ties_of_it in zip(looked, ids, ties, strict=True)
        ]
    )


def matches(desk: Desk, found: Sequence[Found]) -> list[m.Match]:
    """What hangs together with a file, in the order given."""
    series = roots(desk, [s for f in found if (s := f.thing.first("series"))])
    working = {
        s.id: sorted({code(desk, w.handling.owner) for w in workers(desk, s.id)}) for s in series.values()
    }
    return [_match(desk, f, series, working) for f in found]


def _match(
    desk: Desk, found: Found, series: Mapping[str, Thing], working: Mapping[str, list[str]]
) -> m.Match:
    thing, tie = found.thing, found.ties[0]
    into = series.get(thing.first("series"))
    evidence = dict(tie.evidence)
    if more := [t.line.value for t in found.ties[1:]]:
        evidence["also"] = ", ".join(more)
    lead = into.handling.owner if into else thing.handling.owner
    return m.Match(
        image=thing.id,
        line=tie.line.value,
        evidence=evidence,
        bureau=code(desk, thing.handling.owner),
        series=brief(desk, into) if into else None,
        category=thing.first("common"),
        victim_identified=thing.first("victimIdentified") == "true",
        distributed=thing.first("distributed") == "true",
        contact=contact_of(desk, lead),
        working=working.get(into.id, []) if into else [],
    )


# --- series --------------------------------------------------------------------------------------


def members(desk: Desk, series: Thing, limit: int, after: int = 0) -> list[tuple[int, Thing]]:
    """(place, image) of a series and what was merged into it, as the asker may see it, newest first."""
    ids = [series.id, *(t.id for t in merged(desk, series.id))]
    each = -(-limit // len(ids))  # read of each at a time, so that little is read and not told
    newest = merge(*(_listed(desk, id, each, after) for id in ids), key=lambda pair: -pair[0])
    return list(islice(newest, limit))


def _listed(desk: Desk, id: str, page: int, after: int = 0) -> Iterator[tuple[int, Thing]]:
    """(place, image) of one series alone, newest first, read as they are taken."""
    while found := desk.table([IMAGE], key=key_of("series", id), after=after, limit=page):
        yield from found
        if len(found) < page:
            return
        after = found[-1][0]


def _counted(desk: Desk, series: Thing, under: Sequence[Thing]) -> Counter[str]:
    """How many images of each bureau, one more than are told where there are more."""
    every = chain.from_iterable(_listed(desk, t.id, A_PAGE) for t in (series, *under))
    return Counter(code(desk, t.handling.owner) for _, t in islice(every, MOST_COUNTED + 1))


def whole(desk: Desk, series: Thing) -> m.Series:
    """One series; notes what was seen."""
    inside = series.handling.owner == desk.asker.bureau
    under = merged(desk, series.id)
    bureaus = _counted(desk, series, under)
    images = bureaus.total()
    above = roots(desk, [i for i in (series.first("into"), series.first("asked")) if i])
    asking = [t for _, t in desk.find([f"asked:{series.id.upper()}"], limit=50) if t.kind == SERIES]
    split = [t for _, t in desk.find([f"split:{series.id.upper()}"], limit=50) if t.kind == SERIES]
    officers = desk.as_house().look_all(_officers(desk, [series, *under, *split]))
    desk.note("see", object=series.id)
    return m.Series(
        id=series.id,
        version=series.version,
        name=series.first("name"),
        aliases=list(series.body.get("aliases", ())),
        state=series.first("state"),  # type: ignore[arg-type]
        identified=series.first("identified"),
        lead=code(desk, series.handling.owner),
        contact=contact_of(desk, series.handling.owner),
        victims=_number(series, "victims"),
        victims_identified=_number(series, "victimsIdentified"),
        offenders_identified=_number(series, "offendersIdentified"),
        first_seen=series.first("firstSeen"),
        note=series.first("note"),
        working=[_working(desk, w) for w in workers(desk, series.id)],
        images=min(images, MOST_COUNTED),
        more=images > MOST_COUNTED,
        bureaus=dict(sorted(bureaus.items())),
        merged=[brief(desk, t) for t in under],
        into=_brief_of(desk, above, series.first("into")),
        asks=[brief(desk, t) for t in asking],
        asked=_brief_of(desk, above, series.first("asked")) if inside else None,
        proposed=series.first("proposed") if inside else "",
        proposer=_name(officers, series.first("proposedBy")) if inside else "",
        history=_history(desk, series, under, split, officers),
        changed=series.changed.isoformat(timespec="seconds"),
    )


def _brief_of(desk: Desk, known: Mapping[str, Thing], id: str) -> m.Brief | None:
    return brief(desk, known[id]) if id in known else None


def _number(series: Thing, name: str) -> int:
    return int(series.first(name) or 0)


def _working(desk: Desk, work: Thing) -> m.Working:
    known = desk.as_house().look_all([work.first("officer")])
    return m.Working(
        bureau=code(desk, work.handling.owner),
        since=work.first("since"),
        officer=_name(known, work.first("officer")),
        note=work.first("note"),
        contact=contact_of(desk, work.handling.owner),
    )


def _name(officers: Mapping[str, Thing], id: str) -> str:
    return officers[id].first("name") if id in officers else ""


def _steps(thing: Thing) -> list[dict[str, Any]]:
    return [json.loads(line) for line in thing.body.get("step", ())]


def _officers(desk: Desk, things: Sequence[Thing]) -> list[str]:
    mine = str(desk.asker.bureau)
    return sorted({s["by"] for t in things for s in _steps(t) if s["bureau"] == mine})


def _history(
    desk: Desk, series: Thing, under: Sequence[Thing], split: Sequence[Thing], officers: Mapping[str, Thing]
) -> list[m.Step]:
    """Its own steps, and those by which other series came into it or left it, as far as those may be seen."""
    mine = str(desk.asker.bureau)
    own = series.handling.owner == desk.asker.bureau
    names = {t.id: t.first("name") for t in (series, *under, *split)}
    others = {s["other"] for s in _steps(series) if s["other"]} - set(names)
    names |= {t.id: t.first("name") for t in desk.look_all(sorted(others)).values()}
    steps = [
        (s, s["did"], s["other"])
        for s in _steps(series)
        if own or (s["did"] in OPEN_STEPS and (not s["other"] or s["other"] in names))
    ]
    steps += [
        (s, f"other-{s['did']}", t.id)
        for t in (*under, *split)
        for s in _steps(t)
        if s["other"] == series.id and s["did"] in OPEN_STEPS
    ]
    return [
        m.Step(
            at=s["at"],
            did=did,
            officer=_name(officers, s["by"]) if s["bureau"] == mine else "",
            why=s["why"] if s["bureau"] == mine or own else "",
            other=names.get(other, ""),
        )
        for s, did, other in sorted(steps, key=lambda step: step[0]["at"])
    ]


# --- images and meetings -------------------------------------------------------------------------


def images(desk: Desk, things: Sequence[Thing]) -> list[m.Image]:
    """Images as their reader gets them; of one's own bureau with where they come from."""
    mine = [t for t in things if t.handling.owner == desk.asker.bureau]
    origins = desk.look_all([origin_id(desk, t.id) for t in mine])
    series = roots(desk, [s for t in things if (s := t.first("series"))])
    return [
        m.Image(
            id=t.id,
            version=t.version,
            bureau=code(desk, t.handling.owner),
            media=media_of(t, origins.get(origin_id(desk, t.id))),
            series=_brief_of(desk, series, t.first("series")),
            category=t.first("common"),
            changed=t.changed.isoformat(timespec="seconds"),
            expires=t.expires.isoformat(),
        )
        for t in things
    ]


def meetings(desk: Desk, things: Sequence[Thing]) -> list[m.Meeting]:
    """One's own bureau's meetings; the other's series as the reader may see it now."""
    mine = desk.look_all([i for t in things for i in t.body.get("mine", ())])
    ours = {id: s for id, image in mine.items() if (s := image.first("series"))}
    series = roots(desk, [*ours.values(), *(s for t in things if (s := t.first("series")))])
    bureaus = directory(desk)
    return [
        m.Meeting(
            id=t.id,
            at=t.first("at"),
            how=t.first("how"),  # type: ignore[arg-type]
            line=t.first("line"),
            evidence=json.loads(t.first("evidence") or "{}"),
            bureau=bureaus[n].code,
            contact=contact(bureaus[n], t.first("token")),
            justification=t.first("justification"),
            mine=sorted(t.body.get("mine", ())),
            ours=_ours(desk, [series[s] for i in t.body.get("mine", ()) if (s := ours.get(i, "")) in series]),
            theirs=t.first("theirs"),
            series=_brief_of(desk, series, t.first("series")),
            later=t.first("later"),  # type: ignore[arg-type]
            due=t.first("due"),
            noted=t.first("noted"),
            late=t.first("late"),
            acknowledged=t.first("acknowledged"),
            token=t.first("token"),
        )
        for t in things
        if (n := int(t.first("bureau"))) in bureaus
    ]


def _ours(desk: Desk, series: Sequence[Thing]) -> list[m.Brief]:
    """Each series once, by its name."""
    once = {one.id: one for one in series}
    return [brief(desk, one) for one in sorted(once.values(), key=lambda s: (s.first("name"), s.id))]


# --- one's own bureau's --------------------------------------------------------------------------


def verdict(thing: Thing) -> m.Verdict:
    return m.Verdict(**{name: thing.first(name) for name in ("one", "other", "verdict", "at")})


def ignored(thing: Thing) -> m.Ignored:
    return m.Ignored(id=thing.id, **{name: thing.first(name) for name in ("text", "pdq", "md5", "at")})
