"""Which ways, places and consignees to look at, by points with reasons; and others drawn by chance.

Ten points double the odds. They are added from how often a target was seized, from the risk profile of checks
(figures/risk_profile.py; nothing of a person is a feature), and from findings of one's bureau that are open
or confirmed. A consignee has points for its seizures alone. The sample drawn by chance comes from all other
ways and places that are known, whatever their points: without it nobody could say what points are worth.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log2

import numpy as np

from entente.core.access import Handling
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import codes, columns
from entente.match.goods.columns import json_lines
from entente.match.names.fold import fold
from entente.match.trends import risk
from entente.rooms.trends.figures import finding, risk_profile, sources
from entente.rooms.trends.figures.dimensions import below, origin_of
from entente.rooms.trends.figures.frame import Array, Frame, framed, narrowed, things_of
from entente.rooms.trends.figures.sums import grouped
from entente.rooms.trends.operations import model as m
from entente.web.language import N_

PARTIES = "SeizureParties"
ROLES = ("consignee", "notify", "consignor")
"""Roles of whom goods were for or from."""
NEEDS = (*risk_profile.NEEDS, "transit2", "transit3")
MOST_OWN = 20_000
"""Seizures whose labels are read one by one for a list that members see."""
MOST_PARTIES = 5_000
A_PAGE = 200
OFTEN = 10
"""Points of each doubling of seizures."""
FOUND: Mapping[str, int] = {"confirmed": 20, "actioned": 20, "new": 10, "under_review": 10}
"""Points of a finding by where it stands; one that was judged an artefact or a duplicate has none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What could be looked at: by what it is called (`what`), with its seizures, points and reasons."""

    sort: str
    what: Mapping[str, str]
    seizures: int
    points: int
    reasons: tuple[m.Reason, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Targets in an order that tells nothing, which of them are the sample, and what they rest on.

    `learnt`: why the risk profile says nothing; "" where it does.
    """

    targets: tuple[tuple[Candidate, bool], ...]
    frame: Frame
    learnt: str


def drawn(desk: Desk, form: m.ListForm, members: int, seed: str) -> Drawn:
    """The ranked targets and the sample of a list. Raises Faulty where nothing is known to look at.

    `members`: bit map of the bureaus that will see the list, where it is shared.
    """
    question = form.question.model_copy(update={"event": list(codes.EVENTS), "measure": "count"})
    frame = framed(desk, question, NEEDS)
    if form.shared:
        frame = _for_all(desk, frame, members)
    learnt = risk_profile.learnt(frame)
    points = None if isinstance(learnt, str) else learnt
    found = [] if form.shared else _findings(desk)
    places: list[Candidate] = []
    if "route" in form.sorts:
        places += _routes(frame, points, found)
    if "place" in form.sorts:
        places += _places(frame, points, found)
    others = _consignees(desk, frame) if "consignee" in form.sorts and not form.shared else []
    every = sorted([*places, *others], key=_rank)
    ranked = every[: form.targets]
    chosen = {id(candidate) for candidate in ranked}
    rest = [candidate for candidate in places if id(candidate) not in chosen]
    if not ranked:
        what = N_("There is nothing to look at: no seizure that you may see fits this question")
        raise Faulty(faults=(Fault("question", what, N_("Ask for less, or for a longer time.")),))
    sample = [rest[at] for at in _sample(len(rest), form.control, seed)]
    mixed = [*((one, False) for one in ranked), *((one, True) for one in sample)]
    mixed.sort(
        key=lambda pair: sha256(f"{seed} {pair[0].sort} {sorted(pair[0].what.items())}".encode()).digest()
    )
    return Drawn(tuple(mixed), frame, learnt if isinstance(learnt, str) else "")


def _rank(candidate: Candidate) -> tuple[int, int, str, list[tuple[str, str]]]:
    return -candidate.points, -candidate.seizures, candidate.sort, sorted(candidate.what.items())


def _sample(many: int, wanted: int, seed: str) -> list[int]:
    if not many:
        return []
    number = int(sha256(seed.encode()).hexdigest()[:12], 16)
    return list(map(int, risk.control(many, min(1.0, wanted / many), number)))[:wanted]


# --- what is known ---------------------------------------------------------------------------------


def _for_all(desk: Desk, frame: Frame, members: int) -> Frame:
    """The rows of seizures of one's own bureau whose label lets every member see them.

    Others' labels are not one's to read, so their seizures are left out.
    """
    numbers = np.unique(frame["n"])
    if len(numbers) > MOST_OWN:
        what = N_("A list for members rests on at most 20,000 seizures, and this question has more")
        raise Faulty(faults=(Fault("question", what, N_("Ask for a shorter time or fewer countries.")),))
    kept: set[int] = set()
    for at in range(0, len(numbers), A_PAGE):
        for thing in things_of(desk, numbers[at : at + A_PAGE].tolist()):
            if thing.handling.owner == desk.asker.bureau and shows(thing.handling, members):
                kept.add(thing.n)
    mask = np.isin(frame["n"], np.fromiter(kept, np.int64, len(kept)))
    return narrowed(
        {name: column[mask] for name, column in frame.columns.items()}, frame.question, frame.moment
    )


def shows(handling: Handling, members: int) -> bool:
    """Whether each of these bureaus' ordinary officers sees what is handled like this."""
    return handling.ordinary and handling.see & members == members


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of one's bureau as far as targets need it."""

    sort: str
    goods: str
    place: str
    origin: str
    departure: str
    mode: str
    points: int
    seen: int


def _findings(desk: Desk) -> list[Finding]:
    """Open and confirmed findings of rises. A fall, or what is likely a change of reporting, adds nothing."""
    made = []
    page = desk.table([finding.KIND], key=finding.key(desk.asker.bureau, "open"), limit=A_PAGE)
    gone = sources.shaken(desk, [thing for _, thing in page])
    for thing in (thing for _, thing in page if thing.id not in gone):
        series = next(json_lines(thing.body.get("series", ())), {})
        figures = next(json_lines(thing.body.get("figures", ())), {})
        sort, points = thing.first("sort"), FOUND.get(thing.first("state"), 0)
        ratio = figures.get("ratio")
        if thing.first("reporting") or (sort == "break" and ratio is not None and ratio <= 1) or not points:
            continue
        said = {
            name: str(series.get(name) or "") for name in ("goods", "place", "origin", "departure", "mode")
        }
        made.append(Finding(sort, **said, points=points, seen=int(figures.get("seen") or 0)))
    return made


def _routes(frame: Frame, points: risk.Points | None, found: Sequence[Finding]) -> list[Candidate]:
    """Ways by origin, destination, transport and branch of goods."""
    goods, names = below(frame["goods"], frame.question.goods)
    origin, hit = origin_of(frame), _hits(frame)
    groups = grouped([origin, frame["destination"], frame["mode"], goods], frame["n"], hit)
    made = []
    for row, (a, b, by, branch) in enumerate(groups.keys.tolist()):
        if not a or not b:
            continue
        what = {
            "origin": columns.country_of(a),
            "destination": columns.country_of(b),
            "mode": columns.word("mode", by),
            "goods": names[branch],
        }
        told = [
            *_often(int(groups.weight[row])),
            *_risk(points, {"origin": a, "destination": b, "mode": by}),
            *(_said(one) for one in found if _on_route(one, what)),
        ]
        made.append(_candidate("route", what, int(groups.weight[row]), told))
    return made


def _places(frame: Frame, points: risk.Points | None, found: Sequence[Finding]) -> list[Candidate]:
    """Places by country, code and sort."""
    groups = grouped([frame["country"], frame["locode"], frame["place_kind"]], frame["n"], _hits(frame))
    made = []
    for row, (country, locode, kind) in enumerate(groups.keys.tolist()):
        if not country or not (locode or kind):
            continue
        what = {
            "country": columns.country_of(country),
            "locode": columns.locode_of(locode),
            "place_kind": columns.word("place_kind", kind),
        }
        told = [
            *_often(int(groups.weight[row])),
            *_risk(points, {"locode": locode, "place_kind": kind}),
            *(_said(one) for one in found if one.sort == "break" and one.place == what["country"]),
        ]
        made.append(_candidate("place", what, int(groups.weight[row]), told))
    return made


def _consignees(desk: Desk, frame: Frame) -> list[Candidate]:
    """Companies and persons that goods were for or from, by name, of the papers that the asker sees."""
    numbers = set(np.unique(frame["n"]).tolist())
    papers: list[Thing] = []
    place = 0
    while len(papers) < MOST_PARTIES and (page := desk.table([PARTIES], after=place, limit=A_PAGE)):
        papers += [thing for _, thing in page]
        place = page[-1][0]
    seizures = desk.look_all([paper.first("seizure") for paper in papers])
    named: dict[str, str] = {}
    of: dict[str, set[str]] = {}
    for paper in papers:
        id = paper.first("seizure")
        if id not in seizures or seizures[id].n not in numbers:
            continue
        for line in json_lines(paper.body.get("party", ())):
            name = str(line.get("name", ""))
            key = fold(name)
            if line.get("role") in ROLES and key:
                named.setdefault(key, name)
                of.setdefault(key, set()).add(id)
    return [
        _candidate("consignee", {"name": named[key]}, len(ids), _often(len(ids))) for key, ids in of.items()
    ]


# --- points and reasons ----------------------------------------------------------------------------


def _hits(frame: Frame) -> Array:
    """1 on the first line of each seizure in the frame, 0 on its others and on checks that found nothing."""
    found = frame["event"] != columns.code("event", "inspection_nil")
    return np.where(found, np.nan_to_num(frame.weight), 0.0)


def _candidate(sort: str, what: Mapping[str, str], seizures: int, told: Collection[m.Reason]) -> Candidate:
    reasons = tuple(sorted(told, key=lambda r: (-abs(r.points), r.what, r.value)))
    said = {name: value for name, value in what.items() if value}
    return Candidate(sort, said, seizures, sum(r.points for r in reasons), reasons)


def _often(many: int) -> list[m.Reason]:
    if many < 1:
        return []
    return [m.Reason(what="often", value="", points=round(OFTEN * log2(1 + many)), n=many, hits=many)]


def _risk(points: risk.Points | None, said: Mapping[str, int]) -> list[m.Reason]:
    if points is None:
        return []
    return [
        m.Reason(what=row.feature, value=row.value, points=row.points, n=row.n, hits=row.hits)
        for row in map(risk_profile.reason_row, points.why(said))
    ]


def _said(one: Finding) -> m.Reason:
    return m.Reason(what=one.sort, value=one.goods, points=one.points, n=one.seen, hits=one.seen)


def _on_route(one: Finding, what: Mapping[str, str]) -> bool:
    """Whether a finding is of a way: its goods in the branch, its ends and transport the same."""
    if what["goods"] and one.goods != what["goods"] and not one.goods.startswith(f"{what['goods']}."):
        return False
    if one.sort == "break":
        return one.place == what["destination"]
    return (one.origin or one.departure) == what["origin"] and one.mode == what["mode"]
