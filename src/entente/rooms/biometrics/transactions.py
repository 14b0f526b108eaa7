"""Transactions of fingerprint systems: INT-I version 6 (XML) or ANSI/NIST-ITL in, results or an error out.

CPS, NPS and MPS search, ATP enrols. What is answered is a list of candidates that nobody has judged: the
manual verification indicator is false, the mode of determination UC (unconfirmed), the result code I where
there are candidates and N where there are none, as INTERPOL's table of fields defines both (2.064-E). The
house never answers in a mode that says more, confirmed or lights out: no machine of it says "hit".
"""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pydantic import Field

from entente.core.problems import (
    Absent,
    Fault,
    Faulty,
    Locked,
    NoPurpose,
    NotAllowed,
    NotSupported,
    NotYours,
    Problem,
    Stale,
    TooLarge,
)
from entente.rooms.biometrics import inti, inti_answers, inti_checks, nist, nist_writing
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.inti_model import (
    Contact,
    Descriptive,
    Header,
    Name,
    Numbers,
    Other,
    Party,
    Person,
)
from entente.rooms.biometrics.inti_records import SLAPS, Transaction, area_of
from entente.rooms.records import Strict
from entente.rooms.search import Contact as Ask
from entente.web.callers import Caller
from entente.web.forms import validated

SEARCHES, ADDS = ("CPS", "NPS", "MPS"), "ATP"
UNCONFIRMED = "UC"
XML, NIST = "application/xml", "application/octet-stream"
CODES: dict[type[Problem], str] = {
    Absent: "001",
    NotAllowed: "003",
    NotYours: "003",
    NoPurpose: "003",
    Locked: "003",
    Stale: "003",
    TooLarge: "107",
    NotSupported: "102",
}
"""Codes of problems that name no fault. INT-I has none for others (401, 429, 503), which stay."""
_TCN = (
    re.compile(rb"TransactionControlIdentification>\s*<[\w:-]*IdentificationID>\s*([!-;=-~]{1,40})\s*<"),
    re.compile(rb"\x1d1\.0?09:([!-~]{1,40})\x1d"),
)
"""The control number in a file that cannot be read otherwise, so that its sender knows which one failed."""
_US, _WHOEVER = Party("ENTENTE", "Entente", "XPO"), "ZZZ"
_DIGITS = 10**14


class Said(Strict):
    """What no field of INT-I says. `see`, `hint`: who may see a set that is added, by the bureaus' codes."""

    against: m.Against = "persons"
    search: bool = Field(default=False, description="ATP: search before it is added")
    see: str = Field(default="nobody", max_length=1000, description="everyone, nobody, XB,XC or but:XB")
    hint: str = Field(default="", max_length=1000, description="These learn only whom to ask: XB,XC")
    level: str = Field(default="official", max_length=20)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer's status, parts (each a file) and their media type. `added`: id of the set that was added."""

    status: int
    kind: str
    parts: tuple[bytes, ...]
    added: str = ""


Search = Callable[[m.SearchForm], m.Answer]
Enrol = Callable[[m.Enrolment], m.Set]


def nothing() -> None:
    """No right is asked for."""


def answered(
    caller: Caller,
    data: bytes,
    said: Said,
    search: Search,
    enrol: Enrol,
    begin: Callable[[], None] = nothing,
) -> Answered:
    """What is answered to a transaction; a problem of it as an ERR with the problem's own status.

    `search` and `enrol` are those of the room's own door, so that nothing is allowed or journaled otherwise
    than for JSON; `begin` asks for the right before anything is read. Raises what is no fault of the
    transaction: NotSignedIn, TooMany, Unavailable.
    """
    xml = not nist.recognised(data)
    header = Header()
    try:
        begin()
        asked = inti.read(data) if xml else nist.read(data)
        header = asked.header
        return _done(caller, asked, data, said, search, enrol)
    except Problem as problem:
        faults = _faults(problem)
        if not faults:
            raise
        error = _error(caller, header if header.tcn else _salvaged(caller, data), faults)
        return Answered(problem.status, *_written([error], xml))


def _done(
    caller: Caller, asked: Transaction, data: bytes, said: Said, search: Search, enrol: Enrol
) -> Answered:
    kind = asked.header.tot
    if kind not in (*SEARCHES, ADDS):
        raise Faulty(faults=(fault("116", "transaction/TOT"),))
    xml = not nist.recognised(data)
    files = [{"data": b64encode(data).decode()}]
    found: m.Answer | None = None
    if kind in SEARCHES or said.search:
        form = validated(m.SearchForm, files=files, against=said.against, reference=asked.header.tcn)
        found = search(form)
    if kind in SEARCHES and found:
        return Answered(200, *_written(_results(caller, asked, found, found.search), xml))
    added = enrol(validated(m.Enrolment, files=files, handling=_handling(said), **_enrolment(asked)))
    return Answered(201, *_written(_results(caller, asked, found, added.id, added.id), xml), added.id)


# --- what is answered ----------------------------------------------------------------------------


def _results(
    caller: Caller, asked: Transaction, found: m.Answer | None, about: str, added: str = ""
) -> list[Transaction]:
    """A result for each candidate. Whom to contact, where no more may be told, stands in the first."""
    told = [_told(asked, one) for one in found.candidates] if found else []
    results = inti_answers.result(asked, _us(asked.header), "", caller.house.clock(), told, verified=False)
    contacts = tuple(_contact(one) for one in found.contacts) if found else ()
    first = results[0].descriptive
    numbers = replace(
        first.numbers,
        other4=Other("ENTENTE SET ADDED", added) if added else Other(),
        other5=Other("NOT READ", left) if (left := left_out(asked)) else Other(),
    )
    mode = UNCONFIRMED
    results[0] = replace(
        results[0],
        descriptive=replace(first, contacts=(*first.contacts, *contacts), numbers=numbers, mode=mode),
    )
    return [
        replace(one, header=replace(one.header, tcn=_tcn(caller, about, rank)))
        for rank, one in enumerate(results)
    ]


def left_out(asked: Transaction) -> str:
    """Records that are not read, by type and IDC: palms, others that the house does not read, uncut slaps."""
    slaps = [(one.record, one.idc) for one in asked.images if one.record != 10 and area_of(one)[1] in SLAPS]
    return " ".join(f"{kind}/{idc}" for kind, idc in sorted({*asked.left, *slaps}))


def _told(asked: Transaction, one: m.Candidate) -> Descriptive:
    """What of a candidate has a place in INT-I: the rest is at its set's address."""
    name = _plain(one.caption or one.title)
    latent = asked.header.tot == "MPS"
    position = next((str(part.position) for part in one.parts if part.position), "")
    return Descriptive(
        person=Person(name=Name(extended=(name,))) if name else Person(),
        numbers=Numbers(
            other1=Other("ENTENTE SET", one.set),
            other2=Other("OWNER", one.owner),
            other3=Other("MINUS LOG10 OF FALSE MATCH RATE", f"{one.score:.2f}"),
        ),
        position_asked=position if latent else "",
        position_found=position if latent else "",
        mode=UNCONFIRMED,
    )


def _contact(owner: Ask) -> Contact:
    """An owner who lets no more be known than whom to ask."""
    quoting = f"Contact {owner.bureau}, quoting {owner.token}"
    text = f"{quoting}; {owner.email}" if owner.email else quoting
    return Contact(_plain(owner.phone)[:64], _plain(owner.label)[:64], _plain(owner.desk)[:64], _plain(text))


def _error(caller: Caller, asked: Header, faults: Sequence[Fault]) -> Transaction:
    now = caller.house.clock()
    return inti_answers.error(asked, _us(asked), _tcn(caller, caller.house.ids.fresh(), 0), now, faults)


def _faults(problem: Problem) -> tuple[Fault, ...]:
    if isinstance(problem, Faulty) and problem.faults:
        return problem.faults
    code = next((code for of, code in CODES.items() if isinstance(problem, of)), "")
    return (fault(code, "transaction"),) if code else ()


def _us(asked: Header) -> Party:
    """Answers come from whom the transaction was sent to."""
    to = asked.to
    return Party(to.code or _US.code, to.name or to.code or _US.name, to.country or _US.country)


def _tcn(caller: Caller, about: str, rank: int) -> str:
    """A control number of our own, which says nothing."""
    return inti_checks.tcn(int(caller.house.ids.of("transaction", about, rank), 16) % _DIGITS)


def _salvaged(caller: Caller, data: bytes) -> Header:
    """What the ERR to a file that cannot be read is addressed to."""
    found = next((match[1].decode() for one in _TCN if (match := one.search(data))), "")
    tcn = "" if inti_checks.CHECKS["tcn"](found) else found
    return Header(tcn=tcn, origin=Party(caller.officer.code, caller.officer.code, _WHOEVER))


def _written(told: Sequence[Transaction], xml: bool) -> tuple[str, tuple[bytes, ...]]:
    if xml:
        return XML, tuple(inti.written(one) for one in told)
    return NIST, tuple(nist_writing.written(replace(one, texts=_texts(one.descriptive))) for one in told)


def _texts(told: Descriptive) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Fields of Type-2 in the traditional encoding; what has no number of its own goes into 2.063."""
    numbers, one = told.numbers, told.respondent
    others = [
        f"{o.sort}: {o.number}"
        for o in (numbers.other1, numbers.other2, numbers.other3, numbers.other4, numbers.other5)
    ]
    said = [text for text in others if text != ": "] + [contact.text for contact in told.contacts]
    texts: dict[str, tuple[tuple[str, ...], ...]] = {
        "2.030": tuple((name,) for name in told.person.name.extended),
        "2.063": tuple((text,) for text in said),
        "2.074": tuple((e.code, e.field, e.text) for e in told.errors),
        "2.094": ((told.mode,),) if told.mode else (),
    }
    if one.result:
        texts["2.064"] = ((one.rank, one.verified, one.total, one.category, one.result),)
    return {number: texts[number] for number in sorted(texts) if texts[number]}


def _plain(text: str) -> str:
    """Without signs that neither XML nor a NIST file can hold."""
    return "".join(sign for sign in text if sign.isprintable()).strip()


# --- what is added -------------------------------------------------------------------------------


def _enrolment(asked: Transaction) -> dict[str, object]:
    """What an ATP says of the set; one of marks alone (Type-13) adds a mark."""
    told, name = asked.descriptive, asked.descriptive.person.name
    parts = (name.family, name.given)
    title = ", ".join(part for part in parts if part) or " ".join(name.extended[:1])
    images = asked.images
    taken = next((one.taken for one in images if one.taken), "") or told.taken[:10]
    by = next((one.taken_by for one in images if one.taken_by), "") or told.taken_by
    return {
        "sort": "mark" if images and all(one.record == 13 for one in images) else "person",
        "title": title[:300],
        "reference": asked.header.tcn[:200],
        "taken": taken or None,
        "capture": by[:300],
        "text": told.offence[:2000],
        "expires": told.expires or None,
    }


def _handling(said: Said) -> dict[str, object]:
    see = said.see.strip()
    mode = "everyone" if see.casefold() == "everyone" else "but" if see.startswith("but:") else "named"
    named = "" if see.casefold() in ("everyone", "nobody") else see.removeprefix("but:")
    return {"mode": mode, "bureaus": _codes(named), "hint": _codes(said.hint), "level": said.level}


def _codes(text: str) -> list[str]:
    return [code.strip().upper() for code in text.split(",") if code.strip()]
