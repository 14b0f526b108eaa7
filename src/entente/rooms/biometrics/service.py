"""Searching: what is asked is read, compared and forgotten; who asked, why, and what was proposed is kept."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from secrets import token_hex

from entente.core.access import POLICE_PURPOSES
from entente.core.problems import NoPurpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.finding import still_hinting
from entente.desk.watching import contact_token
from entente.rooms.biometrics import gallery, tables, telling
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.comparisons import kept_of, label_of
from entente.rooms.biometrics.gallery import Found
from entente.rooms.biometrics.samples import FACE, FINGER, Read, asked, shown, shown_asked
from entente.rooms.bureaus import directory
from entente.rooms.search import contact

SEARCH = "BiometricSearch"


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer before it is kept. `watched`: of whom only the owners are told, and not the asker. `drawn`:
    samples of what was found, by set and version: they are decoded beside the writer."""

    found: tuple[Found, ...]
    hinting: tuple[Found, ...]
    calibrated: str
    watched: tuple[Found, ...] = ()
    drawn: Mapping[tuple[str, int], list[m.Sample]] = field(default_factory=dict)

    @property
    def owners(self) -> tuple[int, ...]:
        """Numbers of bureaus to contact: a set, so that neither count nor score is told."""
        return tuple(sorted({f.thing.handling.owner for f in self.hinting}))


def must_have_purpose(desk: Desk) -> None:
    """Raise NoPurpose for whoever asks without a police purpose."""
    if not desk.asker.purpose & POLICE_PURPOSES:
        raise NoPurpose("To search by fingers or a face, a police purpose is needed.")


def look(desk: Desk, samples: Sequence[Read], against: m.Against) -> Looked:
    """Look for whoever the samples may be of. Raises NoPurpose, Unavailable."""
    must_have_purpose(desk)
    used = tables.of(desk)
    wanted = asked(samples)
    found = gallery.candidates(desk, wanted, against, used)
    hinting, watched = (tuple(of(desk, wanted, against)) for of in (gallery.hinting, gallery.watched))
    calibrated = "none" if used.lack(wanted) else "own" if used.own else "shipped"
    drawn = {(f.thing.id, f.thing.version): shown(f.thing) for f in found}
    return Looked(tuple(found), hinting, calibrated, watched, drawn)


def again(desk: Desk, looked: Looked) -> Looked:
    """What was found in another sitting, as far as it may be seen by now."""
    now = desk.look_all([f.thing.id for f in looked.found])
    found = tuple(replace(f, thing=now[f.thing.id]) for f in looked.found if f.thing.id in now)
    still = still_hinting(desk, sorted(f.thing.id for f in looked.hinting))
    return replace(looked, found=found, hinting=tuple(f for f in looked.hinting if f.thing.id in still))


def kept(desk: Desk, samples: Sequence[Read], form: m.SearchForm, looked: Looked) -> Thing:
    """Keep that it was asked, and of what samples no more than a salted digest and their quality.

    For those who may know of all that it found: how many there were tells others of what they may not see.
    """
    salt = token_hex(16)
    told = [
        {"what": s.what, "position": s.position, "quality": s.quality, "seal": seal(salt, s)} for s in samples
    ]
    body = {
        "reference": form.reference,
        "officer": desk.asker.officer,
        "purpose": (desk.asker.purpose.name or "").lower(),
        "justification": desk.asker.justification,
        "against": form.against,
        "asked": json.dumps({"salt": salt, "samples": told}),
        "candidates": json.dumps(
            [
                {
                    "set": f.thing.id,
                    "score": f.scored.score,
                    "parts": kept_of(f.scored.parts),
                }
                for f in looked.found
            ],
            separators=(",", ":"),
        ),
        "owners": [str(n) for n in looked.owners],
        "state": "open" if looked.found else "closed",
        "outcome": "" if looked.found else "no-hit",
        "at": desk.now.isoformat(timespec="seconds"),
    }
    search = desk.keep(
        SEARCH,
        {name: value for name, value in body.items() if value},
        label_of(desk.asker.bureau, *(f.thing for f in (*looked.found, *looked.hinting))),
        keys=keys_of(desk.asker.bureau, desk.asker.officer),
    )
    desk.note(
        "search",
        object=search.id,
        what="biometrics",
        fingers=sum(s.what == FINGER for s in samples),
        faces=sum(s.what != FINGER for s in samples),
        shown=[f.thing.id for f in looked.found],
        owners=list(looked.owners),
    )
    telling.leave(desk, search.id, [*looked.hinting, *looked.watched], words_of({s.what for s in samples}))
    return search


def keys_of(bureau: int, officer: str) -> tuple[str, ...]:
    """The keys of a search: its bureau's, and its officer's own."""
    return f"biometric-searches:{bureau}", f"biometric-searches-by:{officer}"


def words_of(what: Collection[str]) -> str:
    """What was asked with, fingers or faces, as the owner of what came near reads it (web.words)."""
    if {FINGER, FACE} <= set(what):
        return "(fingers and a face)"
    return "(fingers)" if FINGER in what else "(a face)"


def seal(salt: str, sample: Read) -> str:
    """A digest by which the same sample is known again, and nothing else of it."""
    return sha256(salt.encode() + sample.seal).hexdigest()


def answer(desk: Desk, search: Thing, samples: Sequence[Read], looked: Looked) -> m.Answer:
    """The answer as the asker gets it."""
    bureaus = directory(desk)
    persons = desk.look_all([f.thing.first("person") for f in looked.found])
    candidates = []
    for f in looked.found:
        owner = bureaus.get(f.thing.handling.owner)
        person = persons.get(f.thing.first("person"))
        candidates.append(
            m.Candidate(
                set=f.thing.id,
                sort="mark" if f.thing.first("sort") == "mark" else "person",
                title=f.thing.first("title"),
                person=person.id if person else "",
                caption=desk.house.model.caption(person.kind, person.body) if person else "",
                owner=owner.code if owner else "",
                score=f.scored.score,
                parts=list(f.scored.parts),
                samples=looked.drawn.get((f.thing.id, f.thing.version)) or shown(f.thing),
            )
        )
    return m.Answer(
        search=search.id,
        asked=shown_asked(samples),
        candidates=candidates,
        contacts=[
            contact(bureaus[n], contact_token(desk, desk.asker, n, desk.today))
            for n in looked.owners
            if n in bureaus
        ],
        calibrated=looked.calibrated,
    )
