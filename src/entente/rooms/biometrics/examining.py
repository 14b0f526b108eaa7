"""Two examiners judge: the first knows the score of a search, the second neither score nor verdict nor who.

ACE-V (analysis, comparison, evaluation, verification; OSAC 2020-S-0013 for friction ridges) with a blind
verification: both must say hit before anything goes to the owner of the other set. No verdict is a machine's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics import tables
from entente.rooms.biometrics.samples import FACE, Held, Read, asked, held, shown, shown_asked
from entente.rooms.biometrics.scoring import scored
from entente.rooms.biometrics.service import SEARCH, keys_of, seal, words_of
from entente.rooms.bureaus import About, alert, in_person, is_among, settle
from entente.rooms.search import Finding, make_hit
from entente.web.language import N_

TASK, SECOND, DISPUTED = "biometric", "biometric-second", "biometric-disputed"
"""Alerts."""
_PERSON = N_("An examiner judges, in person; a key does not.")
_SIGN_IN = N_("Let an officer of your bureau sign in and judge.")
_ONCE = Fault("verdict", N_("You have judged it already"), N_("Another examiner judges it, without knowing."))
_DONE = Fault("verdict", N_("It is judged already"), N_("Open it to see how."))
_OTHER = Fault(
    "files", N_("This is not the picture that was searched"), N_("Give the very file that was searched with.")
)
_LACKING = Fault(
    "files", N_("A picture that was searched is missing"), N_("Give all of the files that were searched.")
)
_UNLAID = Fault("token", N_("You have not opened both sides today"), N_("Open the comparison first."))
_NO_SET = Fault("verdict", N_("There is nothing to compare: contact the owner"), N_("Take note of it."))


# --- the first -----------------------------------------------------------------------------------


def judge(desk: Desk, search: str, set: str, said: m.Judgement) -> Thing:
    """The first verdict, on a candidate of the officer's own search. `no-hit` is final.

    Raises Absent for another's search, for what was no candidate of it and what he does not see any more;
    Faulty where it is judged already; NotAllowed for a machine.
    """
    _must_be_person(desk)
    asked = desk.look(search)
    if asked.kind != SEARCH or asked.first("officer") != desk.asker.officer:
        raise Absent()
    candidate = next(
        (one for one in json.loads(asked.first("candidates") or "[]") if one["set"] == set), None
    )
    if candidate is None:
        raise Absent()
    theirs = c.reading(desk, asked).look(set)
    through, bureau = desk.as_house(), desk.asker.bureau
    id = c.id_of(desk, bureau, search, set)
    if through.inspect(id):
        raise Faulty(faults=(_DONE,))
    body = {
        "sort": c.SEARCH,
        "search": search,
        "theirs": set,
        "how": c.SHOWN,
        "bureau": str(theirs.handling.owner),
        "score": str(candidate["score"]),
        "content": json.dumps(candidate["parts"]),
        "state": c.NEW,
        "purpose": asked.first("purpose"),
        "justification": asked.first("justification"),
        "at": asked.first("at"),
    }
    label = c.label_of(bureau, theirs)
    kept = c.kept(through, id, body, label, (asked.expires, theirs.expires))
    kept = _first(desk, kept, said)
    _close(desk, search)
    return kept


def _first(desk: Desk, comparison: Thing, said: m.Judgement) -> Thing:
    """Neither journal nor alert says what the first said while it waits for the second."""
    final = said.verdict == c.NO_HIT
    more = {
        "state": c.NO_HIT if final else c.WAITING,
        "first": said.verdict,
        "firstBy": desk.asker.officer,
        "firstAt": desk.now.isoformat(timespec="seconds"),
        "marked": str(said.marked),
        "text": _noted("first", said.text),
    }
    kept = c.changed(desk.as_house(), comparison, more)
    settle(desk, TASK, kept.id)
    told = {"verdict": said.verdict} if final else {}
    desk.note("verdict", object=kept.first("theirs"), what="biometrics", comparison=kept.id, **told)
    if not final:
        told_of = About(SECOND, object=kept.id, second=kept.first("theirs"))
        alert(desk, desk.asker.bureau, told_of, like=kept.handling, once=kept.id)
    return kept


def _noted(which: str, text: str) -> str:
    return json.dumps({which: text}, ensure_ascii=False) if text else ""


# --- both sides on the table ---------------------------------------------------------------------


def laid(desk: Desk, comparison: str, samples: Sequence[Read] = ()) -> e.Laid:
    """Both sides of a candidate of a search, without the score. `samples`: what was searched, read again.

    Raises Absent; Faulty where it is not what was searched, and for the first examiner; NotAllowed for a
    machine.
    """
    kept = awaited(desk, comparison)
    theirs = c.reading(desk, kept).look(kept.first("theirs"))
    desk.note("see", object=theirs.id, what="biometrics", comparison=comparison)
    given = _as_searched(desk, kept, samples)
    wanted = [one for one, _ in given]
    numbers = [n for _, n in given]
    told = [one.model_copy(update={"number": n}) for one, n in zip(shown_asked(wanted), numbers, strict=True)]
    probe = [replace(one, number=n) for one, n in zip(asked(wanted), numbers, strict=True)]
    return e.Laid(
        comparison=comparison,
        asked=told,
        found=shown(theirs),
        overlays=_overlays(desk, probe, theirs),
        token=_token(desk, comparison),
    )


def _as_searched(desk: Desk, kept: Thing, samples: Sequence[Read]) -> list[tuple[Read, int]]:
    """The given samples and their numbers in the search, in its order and of the fingers that it says.

    The search's salted digests tell whether they are the same. Raises Absent, Faulty.
    """
    search = desk.as_house().inspect(kept.first("search"))
    if search is None:
        raise Absent()
    told = json.loads(search.first("asked"))
    seals = [one["seal"] for one in told["samples"]]  # the same picture may be there for two fingers
    given = {seal(told["salt"], one): one for one in samples}
    faults = []
    if given.keys() - set(seals):
        faults.append(_OTHER)
    elif {seals[part.asked] for part in c.parts_of(kept)} - given.keys():
        faults.append(_LACKING)
    if faults:
        raise Faulty(faults=tuple(faults))
    numbers = [n for n, digest in enumerate(seals) if digest in given]
    return [(replace(given[seals[n]], position=told["samples"][n]["position"]), n) for n in numbers]


def asked_with(desk: Desk, search: str) -> list[Mapping[str, Any]]:
    """Of what sort each sample of a search was, for whoever is to give them again; none where it is gone."""
    found = desk.as_house().inspect(search) if search else None
    told = json.loads(found.first("asked"))["samples"] if found else []
    return [{"what": one["what"], "position": one["position"]} for one in told]


def _overlays(desk: Desk, probe: Sequence[Held], theirs: Thing) -> list[e.Overlay]:
    """Compared anew: what the set holds now, by today's matcher."""
    parts = scored(probe, held(theirs), tables.of(desk)).parts
    return [e.Overlay(**part.model_dump(exclude={"score"})) for part in parts]


def opened(desk: Desk, kept: Thing, sets: dict[str, Thing]) -> e.Laid:
    """The sides that are kept and may be seen: both of a comparison of two sets, one of a search's."""
    theirs, mine = (sets.get(kept.first(name)) for name in ("theirs", "mine"))
    both = mine is not None and theirs is not None
    blind = kept.first("state") == c.WAITING
    return e.Laid(
        comparison=kept.id,
        asked=shown(mine) if mine else [],
        found=shown(theirs) if theirs else [],
        overlays=_overlays(desk, held(mine), theirs) if mine and theirs else [],
        token=_token(desk, kept.id) if both and blind and not has_judged(desk, kept) else "",
    )


def _token(desk: Desk, comparison: str) -> str:
    """Says that this officer had both sides before him today; nobody makes it without the house's secret."""
    return desk.house.ids.of("laid", desk.asker.officer, comparison, desk.today.isoformat())


# --- the second ----------------------------------------------------------------------------------


def verdict(desk: Desk, comparison: str, said: e.SecondJudgement) -> Thing:
    """The verdict that is due on a comparison: the first on what an enrolment met, the second on any.

    Raises Absent, Faulty, NotAllowed.
    """
    _must_be_person(desk)
    kept = c.look(desk, comparison)
    if kept.first("how") == c.CONTACT:
        raise Faulty(faults=(_NO_SET,))
    if kept.first("state") != c.NEW:
        return second(desk, comparison, said, said.token)
    if not c.named(kept) <= c.sets_of(desk, [kept]).keys():
        raise Absent()
    return _first(desk, kept, said)


def second(desk: Desk, comparison: str, said: m.Judgement, token: str) -> Thing:
    """The second verdict: equal to the first it decides, else the comparison is disputed. `token`: of `laid`.

    Two hits become a hit with the owner of the set, where that is another bureau. Raises Absent where the set
    may not be seen any more, Faulty, NotAllowed.
    """
    kept = awaited(desk, comparison)
    sets = c.sets_of(desk, [kept])
    if not c.named(kept) <= sets.keys():
        raise Absent()
    if token != _token(desk, comparison):
        raise Faulty(faults=(_UNLAID,))
    first = kept.first("first")
    state = said.verdict if said.verdict == first else c.DISPUTED
    notes = json.loads(kept.first("text") or "{}") | ({"second": said.text} if said.text else {})
    theirs = sets[kept.first("theirs")]
    hit = ""
    if state == c.HIT and theirs.handling.owner != desk.asker.bureau:
        hit = _told_owner(desk, kept, theirs)
    more = {
        "state": state,
        "second": said.verdict,
        "secondBy": desk.asker.officer,
        "secondAt": desk.now.isoformat(timespec="seconds"),
        "text": json.dumps(notes, ensure_ascii=False) if notes else "",
        "hit": hit,
    }
    done = c.changed(desk.as_house(), kept, more)
    settle(desk, SECOND, comparison)
    desk.note(
        "verdict",
        object=theirs.id,
        what="biometrics",
        comparison=comparison,
        verdict=state,
        first=first,
        second=said.verdict,
    )
    if state == c.DISPUTED:
        told = About(DISPUTED, object=comparison, second=theirs.id)
        alert(desk, desk.asker.bureau, told, like=done.handling, once=comparison)
    _close(desk, kept.first("search"))
    return done


def _code(part: m.Share) -> str:
    """As words.sample reads it."""
    return part.what if part.what == FACE else f"finger-{part.position}"


def _told_owner(desk: Desk, kept: Thing, theirs: Thing) -> str:
    """The hit, for the comparison's inquiry: on the person's record where both see it, else on the set."""
    reading = c.reading(desk, kept)
    person = reading.look_all([theirs.first("person")]).get(theirs.first("person"))
    record = person if person and person.handling.owner == theirs.handling.owner else theirs
    found = Finding(
        kept.first("search") or kept.id,
        words_of({part.what for part in c.parts_of(kept)}),
        "direct",
        level=theirs.handling.level,
        need=theirs.handling.need,
        officer=kept.first("firstBy"),
        set=theirs.id,
        agreed=tuple(dict.fromkeys(_code(part) for part in c.parts_of(kept))),
    )
    return make_hit(reading, record, found).id


def take_note(desk: Desk, comparison: str) -> Thing:
    """Take note of an owner to contact: it leaves the list of what is new. Raises Absent, Faulty."""
    kept = c.look(desk, comparison)
    if kept.first("how") != c.CONTACT:
        raise Faulty(faults=(Fault("comparison", N_("It is to be judged"), N_("Give a verdict.")),))
    settle(desk, TASK, comparison)
    desk.note("see", object=comparison, what="biometrics")
    if kept.first("firstAt"):
        return kept
    at = desk.now.isoformat(timespec="seconds")
    return c.changed(desk.as_house(), kept, {"firstBy": desk.asker.officer, "firstAt": at})


def _must_be_person(desk: Desk) -> None:
    if not in_person(desk):
        raise NotAllowed(_PERSON, do=_SIGN_IN)


def has_judged(desk: Desk, kept: Thing) -> bool:
    """Whether the officer at the desk is the first examiner."""
    return is_among(desk, [kept.first("firstBy")])


def awaited(desk: Desk, comparison: str) -> Thing:
    """A comparison that waits for a second examiner, whom the asker, another person than the first, may be.

    Raises Absent, Faulty, NotAllowed.
    """
    _must_be_person(desk)
    kept = c.look(desk, comparison)
    if kept.first("state") != c.WAITING:
        raise Faulty(faults=(_DONE,))
    if has_judged(desk, kept):
        raise Faulty(faults=(_ONCE,))
    return kept


def may_judge(desk: Desk, kept: Thing) -> str:
    """Which verdict the officer at the desk may give now: `first`, `second` or none."""
    if kept.first("how") == c.CONTACT or not in_person(desk):
        return ""
    state = kept.first("state")
    if state == c.NEW:
        return "first"
    return "second" if state == c.WAITING and not has_judged(desk, kept) else ""


# --- a search's end ------------------------------------------------------------------------------


def _close(desk: Desk, id: str) -> None:
    """A search is closed when all of its candidates that may still be seen are decided."""
    through = desk.as_house()
    search = through.inspect(id) if id else None
    if search is None or search.first("state") == "closed":
        return
    states = {t.first("theirs"): t.first("state") for t in c.of_search(desk, id)}
    shown = [one["set"] for one in json.loads(search.first("candidates"))]
    there = c.reading(desk, search).look_all(shown)
    if any(states.get(one) not in c.FINAL for one in there):
        return
    said = set(states.values())
    outcome = c.HIT if c.HIT in said else c.NO_HIT if said <= {c.NO_HIT} else c.INCONCLUSIVE
    more = {"state": "closed", "outcome": outcome, "closed": desk.now.isoformat(timespec="seconds")}
    body = {**search.body, **{name: (value,) for name, value in more.items()}}
    through.change(search, body=body, keys=keys_of(search.handling.owner, search.first("officer")))
