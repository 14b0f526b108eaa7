"""SWIFT FIN messages (MT) as text: blocks, fields, the character set x, and how they are written.

Facts of a message are read by `mt_reading`; this module knows only how it is put together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anyascii import anyascii

from entente.core.problems import Fault
from entente.match.banking.checking import bic as read_bic
from entente.match.banking.checking import uetr as read_uetr
from entente.match.banking.grammar import MEND, Unfit

LONGEST = 100_000
"""Characters of a text that is read; FIN itself carries at most 10,000."""
_NOT_X = re.compile(r"[^a-zA-Z0-9/\-?:().,'+ ]")
"""What is not in character set x of FIN, line ends apart."""
_LIKE = str.maketrans(
    {"&": "+", "_": "-", "@": "(at)", ";": ",", '"': "'", "[": "(", "]": ")", "=": "-", "*": "+"}
)
_TAG = re.compile(r":(\d\d[A-Z]?):(.*)", re.ASCII)
_BLOCK = re.compile(r"\{([1-5S]):")
_INPUT = re.compile(r"I(\d{3})([A-Z0-9]{12})", re.ASCII)
_OUTPUT = re.compile(r"O(\d{3})\d{10}([A-Z0-9]{12})", re.ASCII)
_SENDER = re.compile(r"[A-Z]\d\d([A-Z0-9]{12})", re.ASCII)
_HEAD_OFFICE = "X" * 3
"""The branch that stands in a terminal's address where a BIC has none."""
_UETR = re.compile(r"\{121:([^}]*)\}")

SHAPES = {
    "20": (1, 16),
    "21": (1, 16),
    "11S": (3, 35),
    "11R": (3, 35),
    "23B": (1, 4),
    "32A": (1, 24),
    "33B": (1, 18),
    "36": (1, 12),
    "70": (4, 35),
    "71A": (1, 3),
    "72": (6, 35),
    "76": (6, 35),
    "77A": (20, 35),
    "79": (35, 50),
}
"""Most lines, and characters in each, of a field; those of parties have 5 of 37."""
_PARTY = (5, 37)
_OTHER = (35, 78)
MUST = {
    "103": ("20", "23B", "32A", "50", "59", "71A"),
    "192": ("20", "21", "11S"),
    "196": ("20", "21", "76"),
    "199": ("20", "79"),
    "202": ("20", "21", "32A", "58"),
}
"""Fields that a message cannot be without, by its number; "50" is any of 50A, 50F and 50K."""


WORDS = {
    "20": "own reference",
    "21": "reference it is about",
    "11S": "message it is about",
    "11R": "message it is about",
    "121": "UETR",
    "23B": "kind of operation",
    "32A": "date, currency and amount",
    "33B": "amount ordered",
    "36": "exchange rate",
    "50": "payer",
    "52": "payer's bank",
    "53": "sender's correspondent",
    "54": "receiver's correspondent",
    "56": "bank between",
    "57": "payee's bank",
    "58": "payee's bank",
    "59": "payee",
    "70": "remittance information",
    "71A": "who bears the charges",
    "72": "bank to bank",
    "76": "answers",
    "77A": "text",
    "79": "text",
}
"""What a field is, in our own words; "50" is any of 50A, 50F and 50K."""


def titled(tag: str) -> str:
    """A field as a person reads it: "field 59 (payee)"."""
    word = WORDS.get(tag) or WORDS.get(tag[:2], "")
    return f"field {tag} ({word})" if word else f"field {tag}"


@dataclass(frozen=True, slots=True)
class Line:
    """A field of block 4. `lines`: its text; `line`: where it begins."""

    tag: str
    lines: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its number ("192"), who sent it and to whom (BIC, empty where unknown), its UETR, its
    fields."""

    kind: str
    sender: str
    receiver: str
    uetr: str
    fields: tuple[Line, ...] = field(default=())

    def get(self, tag: str, last: bool = False) -> Line | None:
        """The first field of a tag, or the last; "50" finds 50A, 50F and 50K."""
        found = [f for f in self.fields if f.tag == tag or (len(tag) == 2 and f.tag[:2] == tag)]
        return (found[-1] if last else found[0]) if found else None

    def text(self, tag: str) -> str:
        """The first field of a tag in one line; empty where there is none."""
        found = self.get(tag)
        return " ".join(found.lines).strip() if found else ""


def in_x(text: str) -> str:
    """Text in character set x: letters of other scripts in A-Z, other marks as what is like them, else a
    dot."""
    return _NOT_X.sub(".", anyascii(text).translate(_LIKE))


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of character set x, none of which begins with a mark that FIN reads as a field or an
    end."""
    lines: list[str] = []
    for word in in_x(text).split():
        rest = word
        if lines and len(lines[-1]) + 1 + len(rest) <= width:
            lines[-1] += f" {rest}"
            continue
        while rest:
            rest = f".{rest}" if rest[0] in ":-" else rest
            lines.append(rest[:width])
            rest = rest[width:]
    return lines


def write(
    kind: str, sender: str, receiver: str, fields: Iterable[tuple[str, Sequence[str]]], uetr: str
) -> str:
    """A message as FIN input. Raises Unfit with every fault: BICs, UETR, line lengths, characters.

    Lines end with carriage return and line feed, as FIN prescribes.
    """
    faults: list[Fault] = []
    for where, rule, value in (
        ("sender", read_bic, sender),
        ("receiver", read_bic, receiver),
        ("121", read_uetr, uetr),
    ):
        try:
            if value or where != "121":
                rule(value)
        except ValueError as unfit:
            faults.append(Fault(where, f"“{value[:40]}” {unfit}"))
    body: list[str] = []
    for tag, lines in fields:
        faults += _misshapen(Line(tag, tuple(lines)), f"{tag}")
        body += [f":{tag}:{lines[0] if lines else ''}", *lines[1:]]
    if faults:
        raise Unfit(faults)
    third = f"{{3:{{121:{uetr}}}}}" if uetr else ""
    head = f"{{1:F01{_terminal(sender, 'A')}0000000000}}{{2:I{kind}{_terminal(receiver, 'X')}N}}{third}"
    return "\r\n".join([f"{head}{{4:", *body, "-}"]) + "\r\n"


def _terminal(bic: str, letter: str) -> str:
    return f"{bic[:8]}{letter}{bic[8:] or _HEAD_OFFICE}"


def _misshapen(found: Line, where: str) -> list[Fault]:
    most, width = SHAPES.get(found.tag) or (_PARTY if found.tag[:2] in _PARTIES else _OTHER)
    wrong = []
    if not any(line.strip() for line in found.lines):
        wrong.append("is empty")
    if len(found.lines) > most:
        wrong.append(f"has {len(found.lines)} lines, and at most {most} fit")
    for number, line in enumerate(found.lines):
        if len(line) > width:
            wrong.append(f"has a line of {len(line)} characters, and at most {width} fit")
        if odd := _NOT_X.search(line):
            wrong.append(f"has “{odd[0]}”, which character set x has not")
        if number and line[:1] in (":", "-"):
            wrong.append(f"has a line that begins with “{line[:1]}”")
    if found.tag in ("20", "21"):
        reference = "".join(found.lines)
        if reference.startswith("/") or reference.endswith("/") or "//" in reference:
            wrong.append(f"“{reference[:16]}” begins or ends with a stroke, or has two")
    return [Fault(where, f"{titled(found.tag)} {why}", MEND) for why in wrong]


_PARTIES = frozenset({"50", "51", "52", "53", "54", "55", "56", "57", "58", "59"})


# --- reading -------------------------------------------------------------------------------------


def read(text: str) -> Message:
    """A message from its blocks, or from bare fields where block 4 alone was copied.

    Raises Unfit with every fault, each with its line and field: no field at all, a missing one, one twice
    (an original's fields may be repeated in requests and answers), lines too long or with other characters.
    """
    if len(text) > LONGEST:
        raise Unfit(
            [Fault("the text", f"the text has {len(text)} characters; at most {LONGEST} are read", MEND)]
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = {} if text.lstrip().startswith(":") else _blocks(text)
    body, first = blocks.get("4", (text, 1) if not blocks else ("", 1))
    fields, faults = _fields(body, first)
    sender, receiver, kind = _ends(blocks)
    kind = kind or _guessed(fields)
    found = _UETR.search(blocks.get("3", ("", 0))[0])
    uetr = found[1] if found else ""
    if uetr:
        try:
            read_uetr(uetr)
        except ValueError as unfit:
            faults.append(
                Fault(f"line {blocks['3'][1]}: 121", f"{titled('121')}: “{uetr[:40]}” {unfit}", MEND)
            )
    message = Message(kind, sender, receiver, uetr, tuple(fields))
    if not fields and not faults:
        faults.append(Fault("line 1: block 4", "the message has no field such as :20:", MEND))
    for each in fields:
        faults += _misshapen(each, f"line {each.line}: {each.tag}")
    faults += _missing(message) if fields else []
    if faults:
        raise Unfit(faults)
    return message


def _blocks(text: str) -> dict[str, tuple[str, int]]:
    """Content of each block and the line where it begins; only the first message of a file is looked at."""
    found: dict[str, tuple[str, int]] = {}
    at = 0
    while match := _BLOCK.search(text, at):
        name, start = match[1], match.end()
        end = _closing(text, start, name)
        if name in found:
            what = f"block {name} stands here twice: give one message at a time"
            raise Unfit([Fault(f"line {_line(text, match.start())}: block {name}", what, MEND)])
        found[name] = (text[start:end], _line(text, start))
        at = end
    return found


def _closing(text: str, start: int, name: str) -> int:
    if name == "4" and (end := text.find("-}", start)) >= 0:
        return end
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place
    raise Unfit([Fault(f"line {_line(text, start)}: block {name}", f"block {name} has no end", MEND)])


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _fields(body: str, first: int) -> tuple[list[Line], list[Fault]]:
    found: list[tuple[str, list[str], int]] = []
    faults = []
    for number, line in enumerate(body.split("\n"), first):
        if line.strip() in ("", "-", "-}"):
            continue
        if match := _TAG.match(line):
            found.append((match[1], [match[2]], number))
        elif found:
            found[-1][1].append(line)
        else:
            faults.append(Fault(f"line {number}: block 4", f"the line “{line[:40]}” is of no field", MEND))
    return [Line(tag, tuple(lines), number) for tag, lines, number in found], faults


def _ends(blocks: dict[str, tuple[str, int]]) -> tuple[str, str, str]:
    """Sender, receiver and number; in a message that was delivered, block 1 is the receiver's."""
    own = _SENDER.match(blocks.get("1", ("", 0))[0])
    mine = _bic_of(own[1]) if own else ""
    second = blocks.get("2", ("", 0))[0]
    if match := _OUTPUT.match(second):
        return _bic_of(match[2]), mine, match[1]
    if match := _INPUT.match(second):
        return mine, _bic_of(match[2]), match[1]
    return mine, "", ""


def _bic_of(terminal: str) -> str:
    branch = terminal[9:]
    return terminal[:8] + ("" if branch == _HEAD_OFFICE else branch)


def _guessed(fields: Sequence[Line]) -> str:
    """The number of a message without block 2, by the fields that only it has."""
    tags = {f.tag for f in fields} | {f.tag[:2] for f in fields}
    for kind, must in (
        ("196", {"21", "76"}),
        ("192", {"21", "11S"}),
        ("103", {"32A", "50", "59"}),
        ("202", {"32A", "58"}),
        ("199", {"79"}),
    ):
        if must <= tags:
            return kind
    return ""


def _missing(message: Message) -> list[Fault]:
    if message.kind not in MUST:
        return [
            Fault(
                "line 1: block 2",
                f"the message is MT{message.kind or ' unknown'}; read are {', '.join(MUST)}",
                MEND,
            )
        ]
    gone = [tag for tag in MUST[message.kind] if not message.get(tag)]
    faults = [Fault(f"line 1: {tag}", f"{titled(tag)} is missing", MEND) for tag in gone]
    if message.kind in ("103", "202"):
        seen: set[str] = set()
        for each in message.fields:
            if each.tag in seen and each.tag in SHAPES:
                what = f"{titled(each.tag)} stands here twice"
                faults.append(Fault(f"line {each.line}: {each.tag}", what, MEND))
            seen.add(each.tag)
    return faults
