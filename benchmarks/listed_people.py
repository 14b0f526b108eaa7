"""Persons of the public OFAC and UN lists of ../shared/data, with what identifies them.

The lists are read from their own files rather than from the FollowTheMoney lines beside them: those keep
neither the quality of an alias nor the script a name was written in.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, parse

DATA = Path(__file__).resolve().parents[2] / "shared/data"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed person. `names`: the primary name, then a.k.a. of good quality; `weak`: those the list itself
    calls weak or low; `native`: names in their own script; `birth`: ISO dates or years ("circa" is dropped);
    `numbers`: passports and national numbers, letters and digits only."""

    id: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    native: tuple[str, ...]
    birth: tuple[str, ...]
    numbers: frozenset[str]


def _natural(name: str) -> str:
    """ "NOWAK, Anna Maria" as it is spoken."""
    family, _, given = name.partition(", ")
    return f"{given} {family}".strip()


def _number(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


_BIRTH = re.compile(r"DOB (?:circa )?(?:(\d\d) ([A-Z][a-z]{2}) |(?:[A-Z][a-z]{2}) )?(\d{4})")
_DOCUMENT = re.compile(
    r"(?:Passport|National ID No\.|Cedula No\.|Identification Number|Personal ID Card|C\.U\.R\.P\."
    r"|National Foreign ID Number|Tarjeta de Identidad|D\.N\.I\.|CNP \(Personal Numerical Code\)) ([^;(]+)"
)
_WEAK = re.compile(r"a\.k\.a\. '([^']+)'")


def _born(day: str, month: str, year: str) -> str:
    return f"{year}-{MONTHS.index(month.lower()) + 1:02}-{day}" if day else year


@cache
def ofac() -> tuple[Listed, ...]:
    """Individuals of the OFAC list in the order of the file; weak a.k.a. stand in their remarks."""
    aliases: dict[str, list[str]] = {}
    with (DATA / "lists/ofac/alt.csv").open(encoding="utf-8") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                aliases.setdefault(row[0], []).append(_natural(row[3]))
    people = []
    with (DATA / "lists/ofac/sdn.csv").open(encoding="utf-8") as file:
        for row in csv.reader(file):
            if len(row) < 12 or row[2].strip() != "individual":
                continue
            remarks = row[11]
            people.append(
                Listed(
                    id=f"ofac-{row[0]}",
                    names=tuple(dict.fromkeys([_natural(row[1]), *aliases.get(row[0], ())])),
                    weak=tuple(_WEAK.findall(remarks)),
                    native=(),
                    birth=tuple(dict.fromkeys(_born(*found) for found in _BIRTH.findall(remarks))),
                    numbers=frozenset(n for t in _DOCUMENT.findall(remarks) if len(n := _number(t)) >= 5),
                )
            )
    return tuple(people)


@cache
def un() -> tuple[Listed, ...]:
    """Individuals of the consolidated list of the UN Security Council in the order of the file."""
    tree = parse(DATA / "lists/un/UN_consolidated.xml")
    return tuple(_un_person(person) for person in tree.iter("INDIVIDUAL"))


def _un_person(person: Element) -> Listed:
    def texts(path: str) -> list[str]:
        return [" ".join(e.text.split()) for e in person.findall(path) if e.text and e.text.strip()]

    parts = [texts(tag) for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    good, weak = [" ".join(word for part in parts for word in part)], []
    for alias in person.findall("INDIVIDUAL_ALIAS"):
        name, quality = alias.findtext("ALIAS_NAME"), alias.findtext("QUALITY")
        if name and name.strip():
            (weak if quality == "Low" else good).append(" ".join(name.split()))
    latin = [name for name in good if is_latin(name)]
    numbers = texts("INDIVIDUAL_DOCUMENT/NUMBER")
    birth = "INDIVIDUAL_DATE_OF_BIRTH/"
    years = [y for tag in ("YEAR", "FROM_YEAR", "TO_YEAR") for y in texts(birth + tag)]
    return Listed(
        id=f"un-{person.findtext('DATAID')}",
        names=tuple(dict.fromkeys(latin)),
        weak=tuple(dict.fromkeys(weak)),
        native=tuple(dict.fromkeys([*texts("NAME_ORIGINAL_SCRIPT"), *(set(good) - set(latin))])),
        birth=tuple(dict.fromkeys([d[:10] for d in texts(birth + "DATE")] + years)),
        numbers=frozenset(n for text in numbers if len(n := _number(text)) >= 5),
    )


def is_latin(name: str) -> bool:
    return not re.search(r"[^\W\d_]", re.sub(r"[\u0000-\u024f\u1e00-\u1eff\u2018\u2019]", "", name))
