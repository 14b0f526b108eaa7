"""Lists of targets: proposed by one officer, approved by another in person, checked, fed back, scored.

A list belongs to its bureau. What a bureau finds is a paper of its own that the list's owner sees too. The
check sheet tells those who check neither points nor which targets were drawn by chance.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from entente.core.access import Level
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.columns import json_lines
from entente.match.trends import risk
from entente.rooms.bureaus import About, alert, own, settle
from entente.rooms.records import code_of
from entente.rooms.trends.figures import sources
from entente.rooms.trends.figures.frame import said
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.operations import model as m
from entente.rooms.trends.operations import service, targeting
from entente.web.language import N_

KIND, RESULTS = "TargetList", "TargetResults"
WAITS = "target-waits"
Results = Mapping[int, list[Mapping[str, Any]]]


def propose(desk: Desk, form: m.ListForm) -> Thing:
    """Make a list and lay it before a second officer. Raises Absent, NotAllowed, Faulty."""
    service.person(desk)
    members: list[str] = []
    if form.operation:
        operation = service.mine(desk, form.operation)
        members = list(operation.body.get("member", ()))
        form = form.model_copy(update={"question": _narrowed(form.question, operation)})
    if form.shared and not members:
        what = N_("There is nobody to make it for: it names no operation of yours with members")
        raise Faulty(faults=(Fault("shared", what, N_("Name an operation, or make it for your bureau.")),))
    seed = desk.house.ids.fresh()
    made = targeting.drawn(_ordinary(desk), form, service.bits(desk, members), seed)
    about = made.frame.about()
    body = {
        "name": [form.name],
        "state": ["proposed"],
        "operation": [form.operation] if form.operation else [],
        "question": [json.dumps(said(form.question), ensure_ascii=False)],
        "about": [
            json.dumps(
                {
                    "seizures": about.seizures,
                    "left_out": [one.model_dump() for one in about.left_out],
                    "learnt": made.learnt,
                }
            )
        ],
        "seed": [seed],
        "shared": ["yes"] if form.shared else [],
        "member": members if form.shared else [],
        "maker": [desk.asker.officer],
        "at": [desk.now.isoformat(timespec="seconds")],
        "target": [_line(n, one, chance) for n, (one, chance) in enumerate(made.targets, 1)],
        "event": [service.event(desk, "proposed", "", 1)],
        # All are the bureau's own, at most 20,000 (targeting): a list for its bureau alone is its own note.
        sources.SOURCE: sources.packed(made.frame["n"]) if form.shared else [],
    }
    # Members see it only when it has been approved.
    kept = desk.keep(KIND, {name: values for name, values in body.items() if values}, own(desk.asker.bureau))
    desk.note("target", object=kept.id, what="list of targets", shared=form.shared)
    alert(desk, desk.asker.bureau, About(WAITS, object=kept.id), once=kept.id)
    return kept


def _ordinary(desk: Desk) -> Desk:
    """The maker's sitting without his clearance and compartments: every officer of the bureau reads the list,
    so it rests on what each of them would see for the same purpose."""
    reach = replace(desk.asker, clearance=Level.OFFICIAL, held=frozenset())
    return desk.as_house().seated_as(reach)


def _narrowed(question: Question, operation: Thing) -> Question:
    """Where the question names no countries and no goods of its own: the operation's countries, anywhere on
    the way, and its goods where they are one branch. Its time is not yet there to look at."""
    said_ = dict[str, Any]()
    if not question.country:
        said_["country"] = list(operation.body.get("country", ()))
    goods = operation.body.get("goods", ())
    if not question.goods and len(goods) == 1:
        said_["goods"] = goods[0]
    return question.model_copy(update=said_)


def step(desk: Desk, id: str, given: m.ListStep) -> Thing:
    """A person moves it along; the maker does not approve his own. Raises Absent, NotAllowed, Faulty."""
    thing = mine(desk, id)
    service.person(desk)
    if given.to == "approved":
        desk.allow("approve")
        if desk.asker.officer == thing.first("maker"):
            raise NotAllowed("Another officer than the one who made the list approves it.")
    faults = service.stepping(given.to, given.why, m.LIST_NEXT[thing.first("state")], ("withdrawn",))
    if given.to != "withdrawn":
        faults += _shaken(desk, thing)
    if given.version != thing.version:
        faults.append(Fault("version", N_("Somebody changed it meanwhile"), N_("Open it again.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    events = thing.body.get("event", ())
    told = (*events, service.event(desk, given.to, given.why, len(events) + 1))
    see = 0
    if given.to in ("approved", "on_site", "fed_back"):
        see = service.bits(desk, thing.body.get("member", ()))
    body = {**thing.body, "state": (given.to,), "event": told}
    kept = desk.change(thing, body=body, handling=own(thing.handling.owner, see=see))
    desk.note("target", object=id, what="list of targets", to=given.to)
    settle(desk, WAITS, id)
    return kept


def report(desk: Desk, id: str, given: m.ResultForm) -> None:
    """Say what a check of a target brought; a later word on the same target replaces it. For every bureau
    that sees the list. Raises Absent, Faulty with every fault."""
    thing = seen(desk, id)
    faults = _shaken(desk, thing)
    if thing.first("state") != "on_site":
        what = N_("Results are taken while the list is being checked")
        faults.append(Fault("state", what, N_("Wait until checking has begun.")))
    if given.target > len(thing.body["target"]):
        faults.append(Fault("target", N_("The list has no such target"), N_("Give its number on the sheet.")))
    if given.seizure and given.seizure not in desk.look_all([given.seizure]):
        what = N_("There is no such record for you")
        faults.append(Fault("seizure", what, N_("Give the id of a record that you see.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    line = {
        "n": given.target,
        "result": given.result,
        "seizure": given.seizure,
        "note": given.note,
        "at": desk.now.isoformat(timespec="seconds"),
        "officer": desk.asker.officer,
    }
    handling = own(desk.asker.bureau, see=1 << thing.handling.owner)
    paper = desk.house.ids.of("target-results", id, desk.asker.bureau)
    standing = desk.look_all([paper]).get(paper)
    others = [one for one in _lines(standing) if one["n"] != given.target]
    told = sorted([*others, line], key=lambda one: int(one["n"]))
    raw = {"list": [id], "result": [json.dumps(one, ensure_ascii=False) for one in told]}
    if standing is None:
        desk.keep(RESULTS, raw, handling, id=paper, keys=(_key(id),))
    else:
        body = desk.clean(desk.house.model[RESULTS], raw, desk.asker.bureau)
        desk.change(standing, body=body, handling=handling, keys=(_key(id),))
    desk.note("trend", object=id, what="result of a target", target=given.target, result=given.result)


def _shaken(desk: Desk, thing: Thing) -> list[Fault]:
    if thing.id not in sources.shaken(desk, [thing]):
        return []
    what = N_("A seizure that it rests on was withdrawn, or is shown to fewer")
    return [Fault("state", what, N_("Its bureau withdraws it and makes another."))]


def listed(desk: Desk, asked: m.Listing) -> m.Lists:
    """Lists of one's bureau and those made for it, the last changed first. Raises Absent."""
    place = seen(desk, asked.after).place if asked.after else 0
    page = desk.table([KIND], after=place, limit=asked.limit + 1)
    desk.note("trend", what="lists of targets")
    shaken = sources.shaken(desk, [thing for _, thing in page])
    found = [
        m.Entry(
            id=thing.id,
            owner=code_of(desk, thing.handling.owner),
            mine=thing.handling.owner == desk.asker.bureau,
            name=thing.first("name"),
            state=thing.first("state"),
            operation=_operation(desk, thing),
            at=thing.first("at"),
            targets=0 if thing.id in shaken else len(thing.body["target"]),
        )
        for _, thing in page[: asked.limit]
    ]
    further = len(page) > asked.limit
    return m.Lists(lists=found, after=found[-1].id if further else "", further=further)


def sheet(desk: Desk, id: str) -> m.Sheet:
    """The list for those who check. Raises Absent."""
    thing = seen(desk, id)
    desk.note("trend", object=id, what="check sheet")
    results = _results(desk, thing)
    shaken = bool(sources.shaken(desk, [thing]))
    return m.Sheet(
        id=id,
        name=thing.first("name"),
        owner=code_of(desk, thing.handling.owner),
        state=thing.first("state"),
        shaken=shaken,
        checks=[
            m.Check(
                n=int(line["n"]),
                sort=str(line["sort"]),
                what=line["what"],
                result=_best(results, int(line["n"])),
                note=_notes(results, int(line["n"])),
            )
            for line in ([] if shaken else _targets(thing))
        ],
    )


def opened(desk: Desk, id: str) -> m.TargetList:
    """The whole list with points, reasons, sample and score. Raises Absent."""
    thing = seen(desk, id)
    desk.note("target", object=id, what="list of targets")
    return shown(desk, thing)


def seen(desk: Desk, id: str) -> Thing:
    """A list that the asker sees. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return thing


def mine(desk: Desk, id: str) -> Thing:
    """A list of the asker's bureau. Raises Absent."""
    thing = seen(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing


def shown(desk: Desk, thing: Thing) -> m.TargetList:
    """The list as its desk sees it, ranked; officers are named to their own bureau alone."""
    own_one = thing.handling.owner == desk.asker.bureau
    results = _results(desk, thing)
    shaken = bool(sources.shaken(desk, [thing]))
    told = thing.body.get("about", ())
    about: Mapping[str, Any] = {} if shaken else next(json_lines(told), {})
    targets = [
        m.Target(
            n=int(line["n"]),
            sort=str(line["sort"]),
            what=line["what"],
            points=int(line["points"]),
            reasons=[m.Reason.model_validate(reason) for reason in line["reasons"]],
            control=bool(line["control"]),
            seizures=int(line["seizures"]),
            result=_best(results, int(line["n"])),
            note=_notes(results, int(line["n"])),
        )
        for line in ([] if shaken else _targets(thing))
    ]
    could = m.LIST_NEXT[thing.first("state")] if own_one else ()
    may_approve = desk.asker.officer != thing.first("maker")
    return m.TargetList(
        id=thing.id,
        version=thing.version,
        owner=code_of(desk, thing.handling.owner),
        mine=own_one,
        name=thing.first("name"),
        state=thing.first("state"),
        operation=_operation(desk, thing),
        shared=thing.first("shared") == "yes",
        members=list(thing.body.get("member", ())),
        at=thing.first("at"),
        question=dict(next(json_lines(thing.body.get("question", ())), {})),
        seizures=int(about.get("seizures", 0)),
        left_out=about.get("left_out", []),
        learnt=str(about.get("learnt", "")),
        seed=thing.first("seed"),
        shaken=shaken,
        targets=sorted(targets, key=lambda t: (t.control, -t.points, t.n)),
        score=scored(targets),
        events=service.events_of(thing, own_one),
        next=[to for to in could if to == "withdrawn" or (not shaken and (to != "approved" or may_approve))],
    )


def scored(targets: list[m.Target]) -> m.Score:
    """Hits of ranked targets against those drawn by chance (match.trends.risk.against)."""
    checked = {
        control: [t.result == "hit" for t in targets if t.control == control and t.result in ("hit", "nil")]
        for control in (False, True)
    }
    mine_, chance = checked[False], checked[True]
    lift, low, high = (
        round(one, 3) if np.isfinite(one) else None
        for one in risk.against(sum(mine_), len(mine_), sum(chance), len(chance))
    )
    return m.Score(
        checked=len(mine_),
        hits=sum(mine_),
        control_checked=len(chance),
        control_hits=sum(chance),
        lift=lift,
        low=low,
        high=high,
    )


# --- lines -----------------------------------------------------------------------------------------


def _line(n: int, one: targeting.Candidate, chance: bool) -> str:
    told = {
        "n": n,
        "sort": one.sort,
        "what": dict(one.what),
        "points": one.points,
        "seizures": one.seizures,
        "control": chance,
        "reasons": [reason.model_dump() for reason in one.reasons],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _targets(thing: Thing) -> list[Mapping[str, Any]]:
    return sorted(json_lines(thing.body["target"]), key=lambda line: int(line["n"]))


def _lines(paper: Thing | None) -> list[Mapping[str, Any]]:
    return list(json_lines(paper.body.get("result", ()))) if paper else []


def _key(list_id: str) -> str:
    return f"target-results:{list_id}"


def _results(desk: Desk, thing: Thing) -> Results:
    """What was found, by target, of the papers that the asker sees: the owner all, a member its own."""
    made: dict[int, list[Mapping[str, Any]]] = {}
    for _, paper in desk.find([_key(thing.id)]):
        for line in _lines(paper) if paper.kind == RESULTS else ():
            made.setdefault(int(line["n"]), []).append(line)
    return made


def _best(results: Results, n: int) -> str:
    """Of several bureaus' words: a hit before nothing found before not checked."""
    told = {str(line["result"]) for line in results.get(n, ())}
    return next((one for one in ("hit", "nil", "not_checked") if one in told), "")


def _notes(results: Results, n: int) -> str:
    return "; ".join(str(line["note"]) for line in results.get(n, ()) if line.get("note"))


def _operation(desk: Desk, thing: Thing) -> str:
    """The operation's id, as far as the asker sees it."""
    id = thing.first("operation")
    return id if id and id in desk.look_all([id]) else ""
