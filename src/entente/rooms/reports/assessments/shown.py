"""Assessments as their readers see them: what is blind stays blind; what rests on a hidden record is out."""

import json
from collections.abc import Mapping
from dataclasses import replace

from entente.core.access import may
from entente.desk import Desk
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.publications import named
from entente.rooms.reports.assessments import keeping, results, scoring, sheets
from entente.rooms.reports.assessments import shown_model as out
from entente.rooms.reports.assessments.assessment import Assessment, Place, assessment_of
from entente.rooms.reports.assessments.schemes import built_in, schemes

MOST_EDITIONS = 10


def rows(desk: Desk) -> list[out.Row]:
    """Assessments that the asker may see, newest change first."""
    codes = directory(desk)
    found = []
    for it in keeping.every(desk):
        places = list(it.places.values())
        found.append(
            out.Row(
                id=it.id,
                title=it.form.title,
                period=it.form.period,
                state=it.state,
                owner=codes[it.owner].code,
                places=len(places),
                reviewed=sum(1 for place in places if place.state == "reviewed"),
                waits=len(_waiting(desk, it)),
            )
        )
    return found


def scheme_list(desk: Desk) -> list[out.SchemeOut]:
    """The schemes that the asker's bureau may use."""
    return [
        out.SchemeOut(
            slug=one.slug,
            name=one.name,
            note=one.note,
            formula=one.formula,
            mine=one.slug not in built_in(),
            indicators=list(one.indicators),
        )
        for one in schemes(desk)
    ]


def seen_sheets(desk: Desk, it: Assessment) -> dict[tuple[str, str], sheets.Sheet]:
    """The sheets that are open, each with those scores whose evidence the asker sees, all of it.

    What rests on a record that is hidden from him counts nowhere, and shows nowhere.
    """
    opened = sheets.opened(desk, it)
    seen = desk.look_all(sheets.evidence_of(list(opened.values())))
    return {
        key: replace(
            one,
            scores={code: s for code, s in one.scores.items() if all(id in seen for id in s.evidence)},
        )
        for key, one in opened.items()
    }


def reckoned(desk: Desk, it: Assessment, draws: int = results.DRAWS) -> results.Results:
    """What an assessment comes to for who sits here."""
    return results.results(it, seen_sheets(desk, it), draws)


def whole(desk: Desk, it: Assessment) -> out.AssessmentOut:
    """All of it, for who sits here."""
    codes = directory(desk)
    found = reckoned(desk, it)
    editions = editions_before(desk, it)
    compared = results.compared(found, editions[0][1]) if editions else {}
    officers = [o for place in it.places.values() for o in place.officers()]
    events = [json.loads(line) for line in it.thing.body.get("event", ())]
    names = named(desk, [*officers, *[e["officer"] for e in events if e["bureau"] == desk.asker.bureau]])
    return out.AssessmentOut(
        id=it.id,
        version=it.thing.version,
        state=it.state,
        owner=codes[it.owner].code,
        title=it.form.title,
        period=it.form.period,
        subject=it.form.subject,
        level=it.form.level,
        formula=it.form.formula,
        most=results.most(it),
        see=it.form.see,
        indicators=list(it.indicators),
        places=[_place(desk, one, codes, names, compared) for one in found.placed],
        regions=[_region(one) for one in found.regions],
        whole=_region(found.whole),
        agreement=out.AgreementOut(
            pairs=found.agreed.pairs,
            equal=found.agreed.equal,
            within_one=found.agreed.within_one,
            kappa=found.agreed.kappa,
            icc_any=found.agreed.icc_any,
            icc_these=found.agreed.icc_these,
            thirds=found.agreed.thirds,
        ),
        stability=found.stability,
        empty=found.empty,
        editions=[
            out.Edition(
                id=one.id,
                period=one.form.period,
                totals={p.place.code: p.total for p in its.placed if p.total is not None},
            )
            for one, its in editions
        ],
        waits=_waiting(desk, it),
        events=[_event(desk, e, codes, names) for e in events],
        steps=steps(desk, it),
    )


def steps(desk: Desk, it: Assessment) -> list[str]:
    """What the asker's bureau may do with it."""
    if it.owner != desk.asker.bureau or not may(desk.asker, "assess"):
        return []
    reviewed = all(place.state == "reviewed" for place in it.places.values())
    lock = ["lock"] if reviewed and may(desk.asker, "approve") else []
    return {
        "draft": ["edit", "open", "discard"],
        "scoring": [*lock, "withdraw"],
        "locked": ["withdraw"],
    }.get(it.state, [])


def editions_before(desk: Desk, it: Assessment) -> list[tuple[Assessment, results.Results]]:
    """The editions before this one that the asker sees, the latest first."""
    found: list[tuple[Assessment, results.Results]] = []
    told, id = {it.id}, it.form.before
    while id and id not in told and len(found) < MOST_EDITIONS:
        told.add(id)
        thing = desk.look_all([id]).get(id)
        if thing is None or thing.kind != it.thing.kind or thing.first("state") != "locked":
            break
        one = assessment_of(thing)
        found.append((one, reckoned(desk, one, draws=1)))  # their totals alone are shown
        id = one.form.before
    return found


def sheet(desk: Desk, it: Assessment, place: Place, seat: str) -> out.SheetOut:
    """The asker's own sheet. Raises NotYours where the seat is another's."""
    mine = scoring.own_sheet(desk, it, place, seat)
    return out.SheetOut(
        place=place.code,
        seat=seat,
        version=mine.version,
        done=place.handed_in(seat),
        asked=[one.code for one in scoring.asked_of(it, place, seat)],
        scores=list(mine.scores.values()),
    )


# --- parts ---------------------------------------------------------------------------------------------

Names = Mapping[str, str]
Codes = Mapping[int, Bureau]
Compared = Mapping[str, tuple[results.Change, Mapping[str, results.Change]]]


def _place(desk: Desk, one: results.Placed, codes: Codes, names: Names, compared: Compared) -> out.PlaceOut:
    place, ranked, total = one.place, one.ranked, one.total
    change, each = compared.get(place.code, (results.change(None, None), {}))
    scored = total is not None
    return out.PlaceOut(
        code=place.code,
        name=place.name,
        region=place.region,
        state=place.state,
        seats=[
            out.SeatOut(
                seat=name,
                bureau=codes[seat.bureau].code,
                taken=bool(seat.officer),
                done=bool(seat.done),
                officer=names.get(seat.officer, "") if seat.bureau == desk.asker.bureau else "",
                mine=seat.officer == desk.asker.officer,
            )
            for name, seat in sorted(place.seats.items())
        ],
        reviewer=codes[place.reviewer].code,
        total=total,
        low=ranked.low if scored else None,
        high=ranked.high if scored else None,
        rank=ranked.rank if scored else None,
        rank_low=ranked.rank_low if scored else None,
        rank_high=ranked.rank_high if scored else None,
        same_rank=ranked.same_rank if scored else None,
        resilience=one.resilience,
        scores=sum(len(cell.scores) for cell in one.cells),
        evidence=one.evidence,
        before=change.before,
        change=change.said,
        review=_review(place, codes),
        cells=[_cell(place, cell, codes, each.get(cell.indicator.code)) for cell in one.cells],
        shaky=[
            out.Shaky(indicator=cell.indicator.code, name=cell.indicator.name, why=why)
            for cell, why in results.shaky(one.cells)
        ],
    )


def _cell(place: Place, cell: results.Cell, codes: Codes, change: results.Change | None) -> out.CellOut:
    return out.CellOut(
        indicator=cell.indicator.code,
        name=cell.indicator.name,
        value=cell.value,
        apart=cell.apart,
        third=cell.third,
        set_why=cell.set_why,
        evidence=len(cell.evidence),
        scores=[
            out.Scored(
                seat=seat,
                bureau=codes[place.seats[seat].bureau].code,
                value=score.value,
                confidence=score.confidence,
                why=score.why,
                on=score.on,
                evidence=score.evidence,
            )
            for seat, score in cell.scores
        ],
        change=change.said if change else "unknown",
        before=change.before if change else None,
    )


def _review(place: Place, codes: Codes) -> out.ReviewOut | None:
    one = place.review
    if one is None:
        return None
    return out.ReviewOut(
        bureau=codes[one.bureau].code,
        at=one.at,
        summary=one.summary,
        mind=one.mind,
        likelihood=one.likelihood,
        trend=one.trend,
    )


def _region(one: results.Region) -> out.RegionOut:
    return out.RegionOut(
        region=one.region,
        places=one.places,
        scored=one.scored,
        total=one.total,
        resilience=one.resilience,
    )


def _waiting(desk: Desk, it: Assessment) -> list[out.Waiting]:
    found = []
    for code, sort in scoring.waits_for(it).get(desk.asker.bureau, []):
        seat = it.places[code].seats.get(sort)
        free = seat is None or seat.officer in ("", desk.asker.officer)
        found.append(out.Waiting(place=code, sort=sort, officer_free=free))
    return found


def _event(desk: Desk, said: Mapping[str, str], codes: Codes, names: Names) -> out.EventOut:
    bureau = int(said["bureau"])
    return out.EventOut(
        at=said["at"],
        did=said["did"],
        bureau=codes[bureau].code if bureau in codes else "",
        officer=names.get(said["officer"], "") if bureau == desk.asker.bureau else "",
        why=said["why"],
        place=said["place"],
    )
