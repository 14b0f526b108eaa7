"""What every reader yields, and how a file of lines is read without trusting it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MOST_LINE = 4 * 1024 * 1024
"""Bytes of one line. A longer one is passed over in pieces and reported, never held whole."""
MOST_REF = 200
"""Characters of an owner's reference."""

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing as a file tells it, not yet cleaned. `number`: its line. `ref`: the file's id for it.

    `file`: the name of the file, where a folder of several is read.
    """

    number: int
    kind: str
    ref: str
    raw: Raw
    file: str = ""


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be read, and why. Reading goes on after it unless the reason says otherwise."""

    number: int
    reason: str
    file: str = ""

    @property
    def place(self) -> str:
        """Where in what was read: `line 7`, or `sdn.csv line 7`."""
        return f"{self.file} line {self.number}".lstrip()


@dataclass(slots=True)
class Told:
    """What has been read of an entry so far; nothing is said twice."""

    raw: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Add a value; an empty one says nothing."""
        if value := value.strip():
            values = self.raw.setdefault(name, [])
            if value not in values:
                values.append(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number from 1, the offset of its first byte, its bytes without the line end."""

    number: int
    offset: int
    data: bytes


def lines_of(path: Path) -> Iterator[Line | Bad]:
    """The lines of a file; a byte order mark at its start is left out. Memory: one line of MOST_LINE."""
    offset = 0
    number = 0
    with path.open("rb") as file:
        while data := file.readline(MOST_LINE + 1):
            number += 1
            start, offset = offset, offset + len(data)
            if len(data) > MOST_LINE and not data.endswith(b"\n"):
                while rest := file.readline(MOST_LINE):
                    offset += len(rest)
                    if rest.endswith(b"\n"):
                        break
                yield Bad(number, f"the line has {offset - start} bytes; at most {MOST_LINE} are read")
                continue
            if number == 1 and data.startswith(b"\xef\xbb\xbf"):
                data, start = data[3:], 3
            yield Line(number, start, data.rstrip(b"\r\n"))


def decoded(line: Line) -> str:
    """The text of a line; ValueError names the byte that is not UTF-8."""
    try:
        return line.data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        place = line.offset + wrong.start
        raise ValueError(
            f"byte {place} of the file (0x{line.data[wrong.start]:02X}) is not UTF-8; save the file as UTF-8"
        ) from None
