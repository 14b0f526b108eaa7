"""Persons and companies of a seizure: a paper of its owner's beside it, for his own officers.

Sharing a seizure never shares this. Its owner may share it by hand, under a handling of its own; a record
that it names is shown to whoever sees that record.
"""

import json
from collections.abc import Sequence

from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import codes
from entente.match.goods.columns import json_lines
from entente.rooms.bureaus import own
from entente.rooms.records import code_of, to_form, to_handling
from entente.rooms.trends.seizures import model as m

KIND = "SeizureParties"


def key(seizure: str) -> str:
    """By which the paper of a seizure is found."""
    return f"seizure-parties:{seizure}"


def find(desk: Desk, seizure: str) -> Thing | None:
    """A seizure's paper of parties, as the asker sees it; his own bureau's for who sees the seizure alone."""
    found = next((t for _, t in desk.find([key(seizure)]) if t.kind == KIND), None)
    if found is not None and found.handling.owner == desk.asker.bureau and not desk.look_all([seizure]):
        return None
    return found


def put(desk: Desk, seizure: Thing, form: m.PartiesForm) -> Thing:
    """Say who is named, the whole list anew. `seizure`: of one's own bureau.

    Raises NotYours, OutOfDate, Faulty with every fault.
    """
    if seizure.handling.owner != desk.asker.bureau:
        raise NotYours("Only the bureau that contributed a seizure names its persons and companies.")
    faults = [fault for n, party in enumerate(form.parties) for fault in _faults(desk, n, party)]
    if not form.parties:
        faults.append(Fault("parties", "Nobody is named", "Name somebody, or leave the paper as it is."))
    if faults:
        raise Faulty(faults=tuple(faults))
    raw = {"seizure": seizure.id, "party": _lines(form.parties), "remarks": form.remarks}
    standing = find(desk, seizure.id)
    if form.version != (standing.version if standing else 0):
        raise OutOfDate(f"It is at version {standing.version if standing else 0}.")
    if standing is None:
        handling = own(desk.asker.bureau, seizure.handling.level, seizure.handling.need)
        kept = desk.keep(KIND, raw, handling, expires=seizure.expires, keys=(key(seizure.id),))
    else:
        body = desk.clean(desk.house.model[KIND], raw, desk.asker.bureau)
        kept = desk.change(standing, body=body, keys=(key(seizure.id),))
    desk.note("contribute", object=kept.id, what="parties of a seizure", seizure=seizure.id)
    return kept


def handle(desk: Desk, seizure: str, change: m.HandlingChange) -> Thing:
    """Share the paper by hand, or take it back. Raises Absent, OutOfDate, Faulty."""
    standing = find(desk, seizure)
    if standing is None or standing.handling.owner != desk.asker.bureau:
        raise Absent()
    if change.version != standing.version:
        raise OutOfDate(f"It is at version {standing.version}.")
    made = to_handling(desk, change.handling)
    kept = desk.change(standing, handling=made, keys=(key(seizure),))
    was, now = (to_form(desk, one.handling).model_dump() for one in (standing, kept))
    desk.note("handle", object=kept.id, what="parties of a seizure", seizure=seizure, was=was, now=now)
    return kept


def opened(desk: Desk, seizure: str) -> m.Parties:
    """The paper as its reader gets it. Raises Absent."""
    standing = find(desk, seizure)
    if standing is None:
        raise Absent()
    desk.note("see", object=standing.id, what="parties of a seizure")
    return shown(desk, standing)


def shown(desk: Desk, thing: Thing) -> m.Parties:
    """A record that the reader does not see is left out of its line: the name typed beside it stays."""
    lines = list(json_lines(thing.body.get("party", ())))
    seen = desk.look_all([str(line.get("record", "")) for line in lines])
    mine = thing.handling.owner == desk.asker.bureau
    return m.Parties(
        id=thing.id,
        seizure=thing.first("seizure"),
        owner=code_of(desk, thing.handling.owner),
        version=thing.version,
        parties=[
            m.Party(
                role=str(line.get("role", "")),
                name=str(line.get("name", "")),
                record=record if (record := str(line.get("record", ""))) in seen else "",
                sort=line.get("sort", ""),
                note=str(line.get("note", "")),
            )
            for line in lines
        ],
        remarks=thing.first("remarks"),
        handling=to_form(desk, thing.handling) if mine else None,
    )


def _faults(desk: Desk, n: int, party: m.Party) -> Sequence[Fault]:
    faults = []
    if party.role not in codes.PARTY_ROLES:
        what = f"“{party.role}” is none of: {', '.join(codes.PARTY_ROLES)}"
        faults.append(Fault(f"parties/{n}/role", what, "Choose one."))
    if not party.name and not party.record:
        faults.append(Fault(f"parties/{n}/name", "Nobody is named", "Write a name, or name a record."))
    if party.record and party.record not in desk.look_all([party.record]):
        faults.append(
            Fault(
                f"parties/{n}/record",
                "There is no such record for you",
                "Give the id of a record that you see.",
            )
        )
    return faults


def _lines(parties: Sequence[m.Party]) -> list[str]:
    return [
        json.dumps(
            {"line": n, **{name: value for name, value in party.model_dump().items() if value}},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for n, party in enumerate(parties, 1)
    ]
