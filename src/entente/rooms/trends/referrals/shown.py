"""Reports, offers and cases as those who may read them get them."""

from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.access import may
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.trends.referrals import consent, identifiers, reviewing
from entente.rooms.trends.referrals import model as m
from entente.rooms.trends.referrals.labels import POLICE
from entente.rooms.trends.referrals.referral import Referral
from entente.rooms.trends.referrals.sources import Source
from entente.web.language import _


def rows(desk: Desk, reports: Sequence[Thing]) -> list[m.Row]:
    """One's own company's reports in a list."""
    told = consent.released(desk, reports)
    return [_row(t, len(told[t.id])) for t in reports]


def _row(thing: Thing, cases: int) -> m.Row:
    return m.Row(
        id=thing.id,
        sector=thing.first("sector"),
        date=thing.first("date"),
        goods=thing.first("goods"),
        goods_label=goods_label(thing.first("goods")),
        what=thing.first("what"),
        ref=thing.ref,
        identifiers=len(thing.body.get("identifier", ())),
        cases=cases,
        changed=thing.changed.isoformat(timespec="seconds"),
    )


def whole(desk: Desk, thing: Thing) -> m.Report:
    """One of one's own company's reports."""
    given = identifiers.identifiers_of(thing)
    return m.Report(
        id=thing.id,
        version=thing.version,
        sector=thing.first("sector"),
        date=thing.first("date"),
        goods=thing.first("goods"),
        goods_label=goods_label(thing.first("goods")),
        what=thing.first("what"),
        ref=thing.ref,
        identifiers=[m.IdentifierForm(sort=one.sort, value=one.value) for one in given],
        expires=thing.expires.isoformat(),
        changed=thing.changed.isoformat(timespec="seconds"),
        told=told(desk, thing),
    )


def told(desk: Desk, thing: Thing) -> list[m.Told]:
    """What the desk released of a report or an offer."""
    return [_told(desk, one) for one in consent.released(desk, [thing])[thing.id]]


def _told(desk: Desk, one: Referral) -> m.Told:
    known = directory(desk)
    mine = desk.asker.bureau
    other = known[one.other(mine)] if one.state == "introduced" else None
    return m.Told(
        case=one.case,
        state=one.state,  # type: ignore[arg-type]
        contact=_contact(known[one.thing.handling.owner if one.thing else mine]),
        answered=one.answers.get(mine, ""),  # type: ignore[arg-type]
        other=_contact(other) if other else None,
    )


def _contact(bureau: Bureau) -> m.Introduced:
    return m.Introduced(
        bureau=bureau.code, label=bureau.label, desk=bureau.desk, phone=bureau.phone, email=bureau.email
    )


def offer(desk: Desk, thing: Thing) -> m.Offer:
    """One of one's own bureau's offers."""
    seizure = desk.look_all([thing.first("seizure")]).get(thing.first("seizure"))
    return m.Offer(
        id=thing.id,
        seizure=thing.first("seizure"),
        title=seizure.first("name") if seizure else "",
        at=thing.first("at"),
        told=told(desk, thing),
    )


# --- the desk ------------------------------------------------------------------------------------


def case_row(desk: Desk, one: Referral) -> m.CaseRow:
    """A case in the desk's list."""
    by_side = reviewing.told_by(desk, one)
    return m.CaseRow(**_facts(one, by_side))


def case(desk: Desk, one: Referral) -> m.Case:
    """A case with all that the desk needs to judge it."""
    by_side = reviewing.told_by(desk, one)
    known = directory(desk)
    seen = desk.look_all([s.told.id for told in by_side.values() for s in told])
    shared = _shared(one, by_side)
    works = may(desk.asker, "refer")
    return m.Case(
        **_facts(one, by_side),
        version=one.thing.version if one.thing else 0,
        sides=[_side(one, known[side], by_side[side], seen) for side in one.sides],
        shared=[m.IdentifierForm(sort=i.sort, value=i.value) for i in shared],
        later=len(one.later),
        events=[_happened(known, event) for event in one.events],
        steps=[
            step
            for step in (reviewing.NEXT.get(one.state, ()) if works else ())
            if step != "release" or reviewing.may_release(desk, one)
        ],
    )


def _facts(one: Referral, by_side: Mapping[int, Sequence[Source]]) -> dict[str, Any]:
    sectors = sorted({s.sector for told in by_side.values() for s in told})
    sorts = sorted({i.sort for i in _shared(one, by_side)})
    return {
        "id": one.id,
        "case": one.case,
        "state": one.state,
        "at": one.at,
        "sectors": sectors,
        "sorts": sorts,
    }


def _shared(one: Referral, by_side: Mapping[int, Sequence[Source]]) -> list[identifiers.Identifier]:
    """The identifiers by which the two met, each once, in the way in which they are compared."""
    found: dict[str, identifiers.Identifier] = {}
    for told in by_side.values():
        for source in told:
            found |= {token: source.tokens[token] for token in one.tokens if token in source.tokens}
    once = [identifiers.Identifier(i.sort, identifiers.normal(i.sort, i.value)) for i in found.values()]
    return sorted(once, key=lambda i: (i.sort, i.value))


def _side(one: Referral, bureau: Bureau, told: Sequence[Source], seen: Mapping[str, Thing]) -> m.Side:
    gone = 0 if told else 1
    return m.Side(
        bureau=bureau.code,
        label=bureau.label,
        sectors=sorted({s.sector for s in told}),
        sources=[_source(s, seen) for s in told],
        gone=gone,
        answered=one.answers.get(bureau.number, ""),  # type: ignore[arg-type]
    )


def _source(one: Source, seen: Mapping[str, Thing]) -> m.Source:
    seizure = one.sector == POLICE
    return m.Source(
        sector=one.sector,
        date=one.told.first("date"),
        goods=goods_label(one.told.first("goods")),
        what="" if seizure else one.told.first("what"),
        url=f"/trends/seizures/{one.told.id}" if seizure and one.told.id in seen else "",
    )


def _happened(known: Mapping[int, Bureau], event: Mapping[str, str]) -> m.Happened:
    bureau = known.get(int(event.get("bureau", "0")))
    return m.Happened(
        at=event["at"], did=event["did"], by=bureau.code if bureau else "", why=event.get("why", "")
    )


def goods_label(code: str) -> str:
    """What goods of a code are called, in the reader's language; empty for none."""
    return _(TAXONOMY.node(code).label) if code in TAXONOMY else ""
