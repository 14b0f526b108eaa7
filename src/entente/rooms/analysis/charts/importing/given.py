"""What every reader of an import makes of its file: things and links as they are given, with their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entente.core.problems import Fault

MOST_ROWS = 20_000
"""Things and links of one import."""
MOST_TEXT = 1_000
"""Characters of a value; a longer one is cut by no reader, but a fault."""
MOST_FAULTS = 200
NARROW = "Send what belongs to this inquiry, in several files if need be."


@dataclass(frozen=True, slots=True)
class GivenThing:
    """A thing of the file, by its key there. `named`: the keys of things that its properties name."""

    key: str
    line: int
    kind: str = ""
    caption: str = ""
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    grade: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A link between two keys. `kind`: as written; `properties`, `named`: of a relation that came whole."""

    line: int
    start: str
    end: str
    kind: str = ""
    label: str = ""
    since: str = ""
    until: str = ""
    weight: str = ""
    grade: str = ""
    certainty: str = ""
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Given:
    """A file as it was read. `drawn`: analysts' own lines, which are no statements and stay behind."""

    format: str
    header: Sequence[str] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    things: dict[str, GivenThing] = field(default_factory=dict)
    links: list[GivenLink] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    drawn: int = 0

    @property
    def rows(self) -> int:
        return len(self.things) + len(self.links)

    def fault(self, line: int, what: str, do: str = "Mend this line, or leave it out.") -> None:
        """Note a fault of a line; beyond MOST_FAULTS they are only counted by `is_full`."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(f"line {line}" if line else "network", what, do))

    def is_full(self) -> bool:
        """Whether reading stops here: too much of it, or too much wrong with it."""
        if len(self.faults) >= MOST_FAULTS:
            return True
        if self.rows <= MOST_ROWS:
            return False
        self.fault(0, f"It holds more than {MOST_ROWS} things and links", NARROW)
        return True
