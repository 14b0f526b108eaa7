"""The parts of ISO 20022 messages that we read and write, as short grammars of our own.

A grammar maps the name of a type to its elements in order, "CxlId:35? Case:case? AddtlInf:105*": a name, the
type after the colon, then ? for at most one, * for any number, + for at least one, *7 for at most seven; one
is a must where nothing follows. "IBAN:iban | Othr:other" is a choice of one. A type is a container of the
grammar, digits (a text of at most so many characters), "money", "any" (taken, not looked into), or a rule of
`checking`.

`take` turns an element into plain values and finds every fault; `build` turns such values into text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from entente.core.problems import Fault
from entente.match.banking import checking
from entente.match.money.amounts import read_amount, write_amount

Values = dict[str, Any]
"""The values of a container: text, date, bool, number, (minor units, currency), Values, or a list of one of
these. Under LINE stands where it was read."""
LINE = "#line"
MANY = 1 << 30
MOST_FAULTS = 1000
"""Faults that are told of one message; the last then says how many more there are."""
MEND = "Have the sender mend it and send the whole message again; nothing of it was taken."

_PARTICLE = re.compile(r"(\w+)(?::([\w-]+))?(?:([?*+])(\d*))?")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unfit(ValueError):
    """A message that cannot be taken or written as it stands; `faults` are all of its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.what}" for fault in faults[:3]))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Particle:
    name: str
    type: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Container:
    """What may stand in an element: particles in order, or one of them (`choice`)."""

    particles: tuple[Particle, ...]
    place: Mapping[str, int]
    choice: bool


Grammar = Mapping[str, Container]


def grammar(*written: Mapping[str, str]) -> Grammar:
    """Grammars read and laid over each other, the last on top. ValueError: one is named as a rule is."""
    read = {name: _container(text) for each in written for name, text in each.items()}
    if twice := read.keys() & checking.RULES.keys():
        raise ValueError(f"names a container as a rule is named: {sorted(twice)}")
    return read


def _container(text: str) -> Container:
    found = []
    for word in text.replace("|", " ").split():
        match = _PARTICLE.fullmatch(word)
        if not match:
            raise ValueError(f"is no grammar: {word}")
        name, type_, times, top = match.groups()
        least = 0 if "|" in text or times in ("?", "*") else 1
        most = int(top) if top else (MANY if times in ("*", "+") else 1)
        found.append(Particle(name, type_ or name, least, most))
    return Container(tuple(found), {p.name: n for n, p in enumerate(found)}, "|" in text)


# --- reading -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Taking:
    """One message on its way in: its grammar, its namespace in braces, the hour, and the faults so far."""

    grammar: Grammar
    space: str
    now: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def fault(self, line: int, path: str, what: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(f"line {line}: {path}", what, MEND))
        else:
            self.more += 1

    def settle(self) -> None:
        """Raises Unfit where there were faults."""
        if self.more:
            self.faults.append(Fault("the message", f"has {self.more} more faults", MEND))
        if self.faults:
            raise Unfit(self.faults)

    def take(self, element: etree._Element, type_: str, path: str) -> Values:
        """The values of a container, with a fault for each thing in it that the grammar does not allow."""
        container = self.grammar[type_]
        values: Values = {LINE: element.sourceline or 0}
        last, skip = -1, len(self.space)
        if element.text and element.text.strip():
            self.fault(element.sourceline, path, "has text where only elements may stand")
        for child in element:
            tag: str = child.tag
            name = tag[skip:] if tag.startswith(self.space) else tag
            below = f"{path}/{name[:80]}"
            place = container.place.get(name)
            if place is None:
                self.fault(child.sourceline, below, "is no element that may stand here")
                continue
            particle = container.particles[place]
            if place < last and not container.choice:
                self.fault(child.sourceline, below, f"stands after {container.particles[last].name}")
            last = max(last, place)
            if child.tail and child.tail.strip():
                self.fault(child.sourceline, below, "is followed by text where only elements may stand")
            self._keep(values, particle, child, below)
        self._missing(container, values, element.sourceline or 0, path)
        return values

    def _keep(self, values: Values, particle: Particle, child: etree._Element, path: str) -> None:
        name = particle.name
        if particle.most == 1:
            if name in values:
                self.fault(child.sourceline, path, "stands here twice")
                return
            values[name] = self._value(child, particle.type, path)
            return
        kept = values.setdefault(name, [])
        if len(kept) == particle.most:
            self.fault(child.sourceline, path, f"stands here more than {particle.most} times")
        elif len(kept) < particle.most:
            kept.append(self._value(child, particle.type, f"{path}[{len(kept) + 1}]"))

    def _value(self, element: etree._Element, type_: str, path: str) -> Any:
        if type_ == "any":
            return None
        if element.attrib and type_ != "money":
            self.fault(element.sourceline, path, f"has an attribute: {element.keys()[0][:40]}")
        if type_ in self.grammar:
            return self.take(element, type_, path)
        if len(element):
            self.fault(element.sourceline, path, "has elements where only text may stand")
            return None
        written = element.text or ""
        try:
            if type_ == "money":
                return self._money(element, written)
            value = rule_of(type_)(written)
            if type_ in checking.PAST and self.now:
                checking.has_come(value, self.now)
        except ValueError as unfit:
            shown = f" {element.get('Ccy', '')[:10]}" if type_ == "money" else ""
            self.fault(element.sourceline, path, f"“{written[:60]}”{shown} {unfit}")
            return None
        return value

    @staticmethod
    def _money(element: etree._Element, written: str) -> tuple[int, str]:
        if element.keys() != ["Ccy"]:
            raise ValueError("needs one attribute: Ccy, its currency")
        currency = element.get("Ccy")
        return read_amount(written, currency), currency

    def _missing(self, container: Container, values: Values, line: int, path: str) -> None:
        if container.choice:
            if len(values) != 2:
                names = ", ".join(container.place)
                self.fault(line, path, f"must have exactly one of {names}")
            return
        for particle in container.particles:
            if particle.least and particle.name not in values:
                self.fault(line, f"{path}/{particle.name}", "is missing")


_TEXTS: dict[str, checking.Rule] = {}


def rule_of(type_: str) -> checking.Rule:
    """The rule of a type of value; digits are a text of at most so many characters."""
    if type_.isdigit():
        return _TEXTS.setdefault(type_, checking.text(int(type_)))
    return checking.RULES[type_]


# --- writing -------------------------------------------------------------------------------------


def build(rules: Grammar, type_: str, values: Mapping[str, Any], path: str) -> str:
    """Values as XML in the grammar's order; what is None, empty or has nothing in it is left out.

    Raises Unfit with every value that its rule or XML itself does not allow, and every one that is missing.
    """
    faults: list[Fault] = []
    written = "".join(_container_out(rules, type_, values, path, faults))
    if faults:
        raise Unfit(faults)
    return written


def _container_out(
    rules: Grammar, type_: str, values: Mapping[str, Any], path: str, faults: list[Fault]
) -> Iterator[str]:
    container = rules[type_]
    said = 0
    for particle in container.particles:
        given = values.get(particle.name)
        below = f"{path}/{particle.name}"
        several: list[Any] = [x for x in (given if isinstance(given, list) else [given]) if not _blank(x)]
        said += bool(several)
        if not several and particle.least:
            faults.append(Fault(below, "is missing"))
        if len(several) > particle.most:
            faults.append(Fault(below, f"stands here more than {particle.most} times"))
        for value in several:
            if particle.type in rules:
                inside = "".join(_container_out(rules, particle.type, value, below, faults))
                yield f"<{particle.name}>{inside}</{particle.name}>"
            else:
                yield _value_out(particle.name, particle.type, value, below, faults)
    if container.choice and said != 1:
        faults.append(Fault(path, f"must have exactly one of {', '.join(container.place)}"))


def _blank(value: Any) -> bool:
    """Whether there is nothing to say, however deep one looks."""
    if isinstance(value, dict):
        return all(_blank(inner) for name, inner in value.items() if name != LINE)
    if isinstance(value, list):
        return all(_blank(inner) for inner in value)
    return value is None or value == ""


def _value_out(name: str, type_: str, value: Any, path: str, faults: list[Fault]) -> str:
    written = str(value)
    try:
        if type_ == "money":
            minor, currency = value
            written = write_amount(minor, currency)
            read_amount(written, currency)
            return f'<{name} Ccy="{currency}">{written}</{name}>'
        if isinstance(value, bool):
            written = "true" if value else "false"
        elif isinstance(value, date):
            written = value.isoformat().replace("+00:00", "Z")
        rule_of(type_)(written)
        if odd := _NOT_XML.search(written):
            raise ValueError(f"has the character U+{ord(odd[0]):04X}, which XML cannot carry")
    except ValueError as unfit:
        faults.append(Fault(path, f"“{written[:60]}” {unfit}"))
        return ""
    return f"<{name}>{escape(written, _LINE_ENDS)}</{name}>"


_LINE_ENDS = {"\r": "&#13;"}
"""A bare carriage return is read back as a line feed, so it is written as a reference (XML 1.0, 2.11)."""
