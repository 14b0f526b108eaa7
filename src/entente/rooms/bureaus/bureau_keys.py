"""The directory of keys: every bureau's public keys, one generation after another, open to all.

A generation is signed by the one before it, so that a key that was swapped by stealth shows; where the
one before was lost or revoked, the new one is flagged as founded anew.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.rooms.bureaus.model import OPEN_TO_ALL
from entente.rooms.bureaus.sealing import PublicKeys

SIGNED_AS = "bureau-key"
"""The type of the statement by which a generation signs the next one's public keys."""
MOST_GENERATIONS = 10_000
State = Literal["current", "retired", "revoked"]


@dataclass(frozen=True, slots=True)
class BureauKey:
    """One generation. `state`: current, retired (still reads what was sealed to it) or revoked (nothing is
    sealed to it or believed from it). `predecessor`: a fingerprint, empty for the first. `anew`: the one
    before did not sign it."""

    id: str
    bureau: int
    generation: int
    public: PublicKeys
    fingerprint: str
    since: datetime
    state: State
    predecessor: str
    signature: bytes
    anew: bool


def public_keys(desk: Desk, bureau: int) -> list[BureauKey]:
    """A bureau's keys, newest first; those of a bureau that has none yet, or is not there, are none."""

    def read() -> tuple[BureauKey, ...]:
        found = desk.as_house().find([f"bureau-keys:{bureau}"], limit=MOST_GENERATIONS)
        return tuple(sorted((_key_of(t) for _, t in found), key=lambda k: -k.generation))

    return list(desk.once_an_epoch(f"keys of bureau {bureau}", read))


def current(desk: Desk, bureau: int) -> BureauKey | None:
    """The generation that is in force."""
    return next((k for k in public_keys(desk, bureau) if k.state == "current"), None)


def current_key(desk: Desk, bureau: int) -> PublicKeys | None:
    """What to seal to for a bureau; None while it has no key, or revoked it and has not founded one anew."""
    known = current(desk, bureau)
    return known.public if known else None


def begin(
    desk: Desk, bureau: int, public: PublicKeys, before: BureauKey | None, signature: bytes = b""
) -> BureauKey:
    """A new generation, in force from now; the one before, if it was in force, is retired."""
    through = desk.as_house()
    body = {
        "bureau": str(bureau),
        "generation": str(before.generation + 1 if before else 1),
        "public": text(public.raw),
        "fingerprint": public.fingerprint,
        "since": desk.now.isoformat(timespec="seconds"),
        "state": "current",
    }
    if before:
        body |= {"predecessor": before.fingerprint, "anew": "no" if signature else "yes"}
        if before.state == "current":
            end(desk, before, "retired")
    if signature:
        body["signature"] = text(signature)
    keys = _keys(bureau, public.fingerprint)
    kept = through.keep("BureauKey", body, OPEN_TO_ALL, expires=NEVER, keys=keys)
    desk.new_epoch()
    return _key_of(kept)


def end(desk: Desk, known: BureauKey, state: State) -> BureauKey:
    """Retire or revoke a generation."""
    through = desk.as_house()
    thing = through.look(known.id)
    body = {**thing.body, "state": (state,)}
    kept = through.change(thing, body=body, keys=_keys(known.bureau, known.fingerprint))
    desk.new_epoch()
    return _key_of(kept)


def is_signed(known: BureauKey, all: list[BureauKey]) -> bool:
    """Whether the generation before signed this one; false for the first and for one founded anew."""
    before = next((k for k in all if k.fingerprint == known.predecessor), None)
    return before is not None and before.public.verifies(SIGNED_AS, known.public.raw, known.signature)


def text(raw: bytes) -> str:
    return b64encode(raw).decode()


def raw(text: str) -> bytes:
    return b64decode(text)


def _keys(bureau: int, fingerprint: str) -> tuple[str, ...]:
    return (f"bureau-keys:{bureau}", f"bureau-key:{fingerprint}")


def _key_of(thing: Thing) -> BureauKey:
    return BureauKey(
        id=thing.id,
        bureau=int(thing.first("bureau")),
        generation=int(thing.first("generation")),
        public=PublicKeys(raw(thing.first("public"))),
        fingerprint=thing.first("fingerprint"),
        since=datetime.fromisoformat(thing.first("since")),
        state=cast(State, thing.first("state")),
        predecessor=thing.first("predecessor"),
        signature=raw(thing.first("signature")),
        anew=thing.first("anew") == "yes",
    )
