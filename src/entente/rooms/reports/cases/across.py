"""Questions across cases, over what the asker sees: goods against crimes, pairs of countries, shared parties.

Statistics are the counts of cases that he may open himself; under three they say nothing and are left out.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from statistics import median

import numpy as np
from scipy.special import gammaln

from entente.desk import Desk
from entente.match.proof.chain import fold
from entente.rooms.reports.cases import across_model as out
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case
from entente.rooms.reports.cases.proving import Judged

LEAST = 3
"""Cases under which a statistic tells more of chance than of crime."""
CONVICTED = frozenset({"P2", "P3", "PR"})
DAYS_A_MONTH = 365.2425 / 12
Pair = tuple[str, str]
Unit = tuple[frozenset[str], frozenset[str]]
"""Goods and crimes of a case, or of a claim."""


def matrix(desk: Desk, chapter: str = "", proven: bool = False, unit: str = "case") -> out.Matrix:
    """Goods against crimes, as claims with evidence link them: counts, lift, Fisher's exact test (two-sided).

    `proven`: claims at P3 or PR alone. `unit`: a case counts once a cell, or each of its claims.
    """
    desk.note("see", what="case studies")
    units: list[Unit] = []
    said: Counter[Pair] = Counter()
    cases = without = claims = 0
    for goods_of, linked in _links_of(desk, chapter, proven):
        pairs = [(_domains(own or goods_of), crime) for own, crime in linked]
        cases, claims = cases + 1, claims + len(pairs)
        said.update((g, crime) for goods, crime in pairs if crime for g in goods)
        if unit == "claim":
            named = [(goods, frozenset([crime])) for goods, crime in pairs if goods and crime]
            without += len(pairs) - len(named)
            units += named
        elif pairs:
            goods = frozenset().union(*(goods for goods, _ in pairs))
            crimes = frozenset(crime for _, crime in pairs if crime)
            if goods and crimes:
                units.append((goods, crimes))
            else:
                without += 1
    return out.Matrix(
        unit=unit,
        proven=proven,
        n=len(units),
        claims=claims,
        cases=cases,
        without=without,
        least=LEAST,
        goods=_totals(goods for goods, _ in units),
        crimes=_totals(crimes for _, crimes in units),
        cells=table_of(units, said),
    )


def table_of(units: Sequence[Unit], claims: Mapping[Pair, int]) -> list[out.Cell]:
    """Cells of goods against crimes, from those of each unit. `claims`: how many speak of a pair."""
    rows, columns = _totals(goods for goods, _ in units), _totals(crimes for _, crimes in units)
    both = Counter((g, c) for goods, crimes in units for g in goods for c in crimes)
    return [
        _cell(pair, both[pair], claims.get(pair, 0), rows[pair[0]], columns[pair[1]], len(units))
        for pair in sorted(both)
    ]


def _cell(pair: Pair, n: int, claims: int, row: int, column: int, total: int) -> out.Cell:
    lift, p = None, None
    if n >= LEAST:
        lift = round(n * total / (row * column), 3)
        p = _fisher(n, row, column, total)
    return out.Cell(goods=pair[0], crime=pair[1], n=n, claims=claims, lift=lift, p=p)


def _fisher(n: int, row: int, column: int, total: int) -> float:
    """Fisher's exact test, two-sided: the chance of tables with these totals that are as rare as this one.

    As scipy.stats.fisher_exact (a test holds them against each other), at a hundredth of its time.
    """
    k = np.arange(max(0, row + column - total), min(row, column) + 1)

    def ways(of: int, some: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(of + 1) - gammaln(some + 1) - gammaln(of - some + 1))

    chances = np.exp(ways(row, k) + ways(total - row, column - k) - ways(total, np.array([column])))
    mine = chances[n - k[0]]
    return min(1.0, float(chances[chances <= mine * (1 + 1e-7)].sum()))


def _totals(sets: Iterable[frozenset[str]]) -> dict[str, int]:
    return dict(sorted(Counter(one for several in sets for one in several).items()))


def _links_of(
    desk: Desk, chapter: str, proven: bool
) -> Iterator[tuple[list[str], list[tuple[list[str], str]]]]:
    """Of each case: its goods; of each claim that is counted: its own goods and its crime ("" for none).

    Without levels nothing but lines of JSON is read: five thousand claims are asked in a moment.
    """
    if proven:
        for case in _chosen(desk, chapter):
            yield (
                case.form.goods,
                [
                    ([g for g in (one.subject_goods, one.object_goods) if g], one.object_crime)
                    for one in _counted(desk, case, True)
                ],
            )
        return
    for thing in keeping.things(desk):
        if thing.first("state") != "withdrawn" and chapter in ("", thing.first("chapter")):
            lines = json.loads(f"[{','.join(thing.body.get('claim', ()))}]")
            yield (
                json.loads(thing.first("form"))["goods"],
                [
                    ([g for g in (one["subject_goods"], one["object_goods"]) if g], one["object_crime"])
                    for one in lines
                    if one["evidence"] and one["polarity"] == "supports"
                ],
            )


def _domains(codes: Iterable[str]) -> frozenset[str]:
    """Domains of goods: of a claim its own, or where it names none, those of its case."""
    return frozenset(code.partition(".")[0] for code in codes)


def across(desk: Desk, chapter: str = "", proven: bool = False) -> out.Across:
    """Links by pair of countries, roles, what several cases share, months to a judgment, detections."""
    desk.note("see", what="case studies")
    cases = _chosen(desk, chapter)
    judged = {case.id: keeping.judge(desk, case) for case in cases}
    counted = {case.id: list(_counted(desk, case, proven, judged[case.id])) for case in cases}
    return out.Across(
        cases=len(cases),
        claims=sum(map(len, counted.values())),
        least=LEAST,
        links=_links(cases, counted),
        roles=_roles(cases),
        shared=_shared(desk, cases),
        months=_months(cases),
        detections=_detections(cases, judged),
    )


def _chosen(desk: Desk, chapter: str) -> list[Case]:
    found = [case for case in keeping.every(desk) if case.state != "withdrawn"]
    return [case for case in found if not chapter or case.form.chapter == chapter]


def _counted(desk: Desk, case: Case, proven: bool, judged: Judged | None = None) -> Iterable[m.ClaimForm]:
    """Claims that assert a link and name evidence; of those, where asked, the proven ones."""
    asserted = {n: claim for n, claim in case.stated().items() if claim.polarity == "supports"}
    if not proven:
        return asserted.values()
    levels = (judged or keeping.judge(desk, case)).levels
    return [claim for n, claim in asserted.items() if levels[n].proven]


def _links(cases: Iterable[Case], counted: Mapping[str, list[m.ClaimForm]]) -> list[out.LinkPair]:
    claims: Counter[tuple[str, str, str]] = Counter()
    of: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for case in cases:
        for claim in counted[case.id]:
            there = sorted(set(claim.countries or case.form.countries))
            for one, other in combinations(there, 2) if len(there) > 1 else [(c, c) for c in there]:
                key = (one, other, claim.link_type)
                claims[key] += 1
                of[key].add(case.id)
    ranked = sorted(claims, key=lambda key: (-len(of[key]), -claims[key], key))
    return [
        out.LinkPair(countries=[a, b], link_type=link, claims=claims[a, b, link], cases=len(of[a, b, link]))
        for a, b, link in ranked
    ]


def _roles(cases: Iterable[Case]) -> list[out.RoleCount]:
    parties: Counter[str] = Counter()
    of: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for party in case.parties.values():
            for role in party.roles:
                parties[role] += 1
                of[role].add(case.id)
    ranked = sorted(parties, key=lambda role: (-parties[role], role))
    return [out.RoleCount(role=role, parties=parties[role], cases=len(of[role])) for role in ranked]


def _shared(desk: Desk, cases: Iterable[Case]) -> list[out.SharedThing]:
    """Parties, facilities, routes and records that two cases or more have in common.

    Parties are the same by the record they name, or by their name: a person looks whether they are.
    """
    by_name: dict[Pair, list[tuple[str, str]]] = defaultdict(list)
    by_link: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for party in case.parties.values():
            by_name[party.sort, fold(party.name)].append((case.id, party.name))
        for link in case.links():
            by_link[link].add(case.id)
    found = [
        out.SharedThing(sort=sort, name=said[0][1], link="", cases=sorted({id for id, _ in said}))
        for (sort, _), said in by_name.items()
        if len({id for id, _ in said}) > 1
    ]
    common = {link: of for link, of in by_link.items() if len(of) > 1}
    seen = desk.look_all(sorted(common))
    found += [
        out.SharedThing(sort="record", name="", link=link, cases=sorted(of))
        for link, of in common.items()
        if link in seen
    ]
    return sorted(found, key=lambda one: (-len(one.cases), one.sort, one.name, one.link))


def _months(cases: Iterable[Case]) -> out.Months:
    took = []
    for case in cases:
        final = max((one.final_on for one in case.proceedings.values() if one.final_on), default="")
        if final and case.form.first_seizure:
            days = (date.fromisoformat(final) - date.fromisoformat(case.form.first_seizure)).days
            took.append(round(days / DAYS_A_MONTH, 1))
    enough = len(took) >= LEAST
    return out.Months(
        n=len(took),
        median=_if(enough, lambda: median(took)),
        least=_if(enough, lambda: min(took)),
        most=_if(enough, lambda: max(took)),
    )


def _if(enough: bool, make: Callable[[], float]) -> float | None:
    return make() if enough else None


def _detections(cases: Iterable[Case], judged: Mapping[str, Judged]) -> list[out.DetectionCount]:
    of: Counter[str] = Counter()
    convicted: Counter[str] = Counter()
    for case in cases:
        if case.form.detection:
            of[case.form.detection] += 1
            codes: set[Hashable] = {judged[case.id].levels[n].code for n in case.stated()}
            convicted[case.form.detection] += bool(codes & CONVICTED)
    return [
        out.DetectionCount(
            detection=one,
            cases=of[one],
            convicted=convicted[one],
            share=round(convicted[one] / of[one], 3) if of[one] >= LEAST else None,
        )
        for one in sorted(of, key=lambda one: (-of[one], one))
    ]
