"""Clock and ids, handed in: real in the house, fixed in tests."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes ids of 32 hex digits that say nothing.

    A thing with the owner's own reference always gets the same id (so that loading is idempotent
    and may name things not loaded yet); without this house's secret nobody can compute it.
    """

    secret: bytes
    randomness: Randomness = secrets.token_bytes

    def fresh(self) -> str:
        return self.randomness(16).hex()

    def of(self, *parts: str | int) -> str:
        text = "\x1f".join(map(str, parts))
        return hmac.digest(self.secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:ID_LENGTH]


ID_LENGTH: Final = 32


def is_id(text: str) -> bool:
    """Whether a text has the form of an id (nothing is said about its existence)."""
    return len(text) == ID_LENGTH and not text.strip("0123456789abcdef")
