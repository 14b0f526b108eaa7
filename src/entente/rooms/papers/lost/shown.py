"""Lost documents, ranges and what a look-up found, as their readers get them."""

from collections.abc import Sequence

from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.watching import contact_token
from entente.rooms.bureaus import directory
from entente.rooms.papers.lost import blanks, model
from entente.rooms.papers.lost.checking import Looked, Match
from entente.rooms.papers.lost.vocabulary import CLOSED, RANGE, sort_of, status_of
from entente.rooms.records import code_of
from entente.rooms.search import contact


def answers(desk: Desk, looked: Sequence[Looked]) -> model.Answers:
    return model.Answers(documents=[answer(desk, one) for one in looked])


def answer(desk: Desk, one: Looked) -> model.Answer:
    """What is known of one number, as the asker may see it."""
    bureaus = directory(desk)
    return model.Answer(
        search=one.search,
        number=one.asked.number,
        numbers=[form.number for form in one.asked.forms],
        matches=[match(desk, m) for m in one.matches],
        alike=[match(desk, m) for m in one.alike],
        contacts=[
            contact(bureaus[n], contact_token(desk, desk.asker, n, desk.today))
            for n in one.owners
            if n in bureaus
        ],
    )


def match(desk: Desk, found: Match) -> model.Match:
    thing = found.thing
    is_range = thing.kind == RANGE
    return model.Match.model_validate(
        {
            "record": thing.id,
            "line": found.line,
            "form": found.form,
            "owner": code_of(desk, thing.handling.owner),
            "number": thing.first("first") if is_range else _number(thing),
            "last": thing.first("last"),
            "same_holder": found.same_holder,
            **_what(thing),
            **_circumstances(thing),
        }
    )


def is_wanted(answer: model.Answer) -> bool:
    """Whether something is said of exactly this document that is not over."""
    return any(m.line in ("exact", "range") and m.status != CLOSED for m in answer.matches)


def lost(desk: Desk, thing: Thing) -> model.Lost:
    own = thing.handling.owner == desk.asker.bureau
    return model.Lost.model_validate(
        {
            "id": thing.id,
            "version": thing.version,
            "number": _number(thing),
            "owner": code_of(desk, thing.handling.owner),
            "ref": thing.ref if own else "",
            "changed": thing.changed.isoformat(timespec="seconds"),
            "expires": thing.expires,
            **_what(thing),
            **_circumstances(thing),
        }
    )


def blank_range(desk: Desk, thing: Thing) -> model.BlankRange:
    return model.BlankRange.model_validate(
        {
            "id": thing.id,
            "version": thing.version,
            "first": thing.first("first"),
            "last": thing.first("last"),
            "count": blanks.range_of(thing).count,
            "owner": code_of(desk, thing.handling.owner),
            "changed": thing.changed.isoformat(timespec="seconds"),
            **_what(thing),
            **_circumstances(thing),
        }
    )


def _number(thing: Thing) -> str:
    return thing.first("number") or thing.first("passportNumber") or thing.first("blankNumber")


def _what(thing: Thing) -> dict[str, str]:
    return {
        "status": status_of(thing.first("stolenStatus")),
        "type": sort_of(thing.first("type")) or ("passport" if thing.kind == "Passport" else ""),
        "issuer": thing.first("country"),
    }


def _circumstances(thing: Thing) -> dict[str, str]:
    """When and where, as far as the owner says; cut to what the schema takes of a foreign record."""
    return {
        "date": thing.first("stolenDate")[:40],
        "place": thing.first("stolenPlace")[:200],
        "country": thing.first("stolenCountry"),
        "case": thing.first("caseReference")[:200],
        "circumstances": thing.first("circumstances")[:2000],
    }
