"""What the API takes and gives about bureaus' keys."""

from typing import Literal

from pydantic import Field

from entente.rooms.bureaus.bureau_keys import BureauKey, is_signed, text
from entente.rooms.bureaus.schemas import Strict


class KeyChange(Strict):
    """A new key for your bureau: `rotate` while yours is open in this session, `anew` after a loss."""

    how: Literal["rotate", "anew"]


class HouseKeyOut(Strict):
    """The house's own key. Compare it once with what the operator tells you."""

    public: str = Field(description="Ed25519 public key, base64")


class BureauKeyOut(Strict):
    """One generation of a bureau's public keys."""

    bureau: str
    generation: int
    fingerprint: str = Field(description="SHA-256 of the public keys, hexadecimal")
    public: str = Field(description="ML-KEM-768, X25519 and Ed25519 public keys on end, base64")
    since: str
    state: Literal["current", "retired", "revoked"]
    founded: Literal["first", "rotated", "anew"] = Field(
        description="`anew`: after a loss or a revocation; the key before did not sign it"
    )
    predecessor: str = Field(description="Fingerprint of the key before; empty for the first")
    signature: str = Field(description="By the key before over the public keys (docs/security.md), base64")
    signed: bool = Field(description="Whether the house found that signature right")


class Given(Strict):
    credentials: int = Field(description="How many credentials were given the key")


def key_out(code: str, known: BureauKey, all: list[BureauKey]) -> BureauKeyOut:
    founded: Literal["first", "rotated", "anew"] = "anew" if known.anew else "rotated"
    return BureauKeyOut(
        bureau=code,
        generation=known.generation,
        fingerprint=known.fingerprint,
        public=text(known.public.raw),
        since=known.since.isoformat(timespec="seconds"),
        state=known.state,
        founded=founded if known.predecessor else "first",
        predecessor=known.predecessor,
        signature=text(known.signature),
        signed=is_signed(known, all),
    )
