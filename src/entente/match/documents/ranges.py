"""Ranges of numbers, found by exact keys: every range is cut into decimal blocks.

A range is a prefix and the numbers from `first` to `last`, zero-padded to `width` digits. It is the union of
blocks "all numbers of this length that begin with this stem", at most 18 for each digit; a number lies in the
range if one of its own beginnings is such a stem. So a look-up asks one exact key for each length of stem.
"""

from dataclasses import dataclass

from entente.match.numbers import code

MOST_NUMBERS = 10_000_000
"""Numbers of one range."""
MOST_OPEN = 7
"""Digits that a stem may leave open: a block holds at most MOST_NUMBERS numbers."""
MOST_LENGTH = 20
"""Characters of a number of a range."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers prefix + first … prefix + last, each padded to `width` digits. Raises ValueError.

    `prefix`: capitals and digits, as `match.numbers.code` makes them.
    """

    prefix: str
    first: int
    last: int
    width: int

    def __post_init__(self) -> None:
        if code(self.prefix) != self.prefix:
            raise ValueError("the prefix has other signs than capitals and digits")
        if not 1 <= self.width <= MOST_LENGTH - len(self.prefix):
            raise ValueError(f"a number has at most {MOST_LENGTH} characters, and a digit at least")
        if not 0 <= self.first <= self.last:
            raise ValueError("the last number is smaller than the first")
        if self.last >= 10**self.width:
            raise ValueError(f"the last number has more than {self.width} digits")
        if self.count > MOST_NUMBERS:
            raise ValueError(f"the range has {self.count:,} numbers; at most {MOST_NUMBERS:,} are kept")

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def length(self) -> int:
        """Characters of each of its numbers."""
        return len(self.prefix) + self.width

    def number(self, place: int) -> str:
        """The number of this place, written in full."""
        return f"{self.prefix}{place:0{self.width}}"

    def holds(self, number: str) -> bool:
        """Whether a normalised number lies in it."""
        tail = number.removeprefix(self.prefix) if number.startswith(self.prefix) else ""
        return len(tail) == self.width and _digits(tail) and self.first <= int(tail) <= self.last

    def overlaps(self, other: "Range") -> bool:
        """Whether a number lies in both."""
        if self.length != other.length:
            return False
        long, short = (self, other) if len(self.prefix) >= len(other.prefix) else (other, self)
        between = long.prefix.removeprefix(short.prefix)
        if not long.prefix.startswith(short.prefix) or (between and not _digits(between)):
            return False
        offset = int(between or "0") * int(10**long.width)
        return short.first <= offset + long.last and offset + long.first <= short.last

    def stems(self) -> tuple[str, ...]:
        """The beginnings of its numbers that make it up, in order: each block as large as can be."""
        stems = []
        low, end = self.first, self.last + 1
        while low < end:
            size = open_digits = 0
            while open_digits < self.width:
                size = 10 ** (open_digits + 1)
                if low % size or low + size > end:
                    break
                open_digits += 1
            stems.append(self.number(low)[: self.length - open_digits])
            low += 10**open_digits
        return tuple(stems)

    def block_keys(self) -> tuple[str, ...]:
        """The exact keys under which it is found."""
        return tuple(key(self.length, stem) for stem in self.stems())


def key(length: int, stem: str) -> str:
    """The key of all numbers of a length that begin so."""
    return f"blank:{length}:{stem}"


def keys_of(number: str) -> tuple[str, ...]:
    """What a look-up of one normalised number asks: at most MOST_OPEN + 1 keys, the narrowest last."""
    if not 0 < len(number) <= MOST_LENGTH:
        return ()
    tail = len(number) - len(number.rstrip("0123456789"))
    shortest = len(number) - min(tail, MOST_OPEN)
    return tuple(key(len(number), number[:at]) for at in range(shortest, len(number) + 1))


def around(length: int, stem: str) -> tuple[str, ...]:
    """The keys of this block and of every larger one that it lies in."""
    return tuple(key(length, stem[:at]) for at in range(max(0, length - MOST_OPEN), len(stem) + 1))


AFTER_DIGITS = ":"
"""The sign behind 9: the keys of the blocks inside one run from its key up to its key and this sign."""


def _digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()
