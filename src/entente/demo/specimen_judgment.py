"""Judgments of the story: numbered paragraphs to cite, as text and as PDF. Courts and people are invented.

The same judgment is always the same bytes, so that its SHA-256 can be cited.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill

import typst

from entente.rooms.publications import fonts

COLUMNS = 96
TEMPLATE = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set page(paper: "a4", margin: 28mm, numbering: "1 / 1")
#set text(size: 10.5pt, lang: "en")
#set par(justify: true)
#align(center)[
  #text(14pt, weight: "bold")[#said.court] \\
  #said.reference \\
  #said.day
]
#v(4mm)
#align(center)[*#said.title*]
#v(4mm)
#for (n, text) in said.paragraphs.enumerate(start: 1) [
  #grid(columns: (12mm, 1fr), [#n.], [#text #context [#metadata(here().page())<page>]])
  #v(2mm)
]
"""


@dataclass(frozen=True, slots=True)
class Judgment:
    """A judgment; its paragraphs are numbered from 1."""

    court: str
    reference: str
    day: date
    title: str
    paragraphs: tuple[str, ...]

    def text(self) -> bytes:
        """As UTF-8, each paragraph under its number."""
        head = (self.court, self.reference, self.day.isoformat(), "", self.title.upper(), "")
        told = [_numbered(n, said) for n, said in enumerate(self.paragraphs, 1)]
        return ("\n".join(head) + "\n" + "\n\n".join(told) + "\n").encode()

    def pdf(self) -> bytes:
        """As PDF with words in it, about 50 ms."""
        made = typst.compile(TEMPLATE, font_paths=fonts(), sys_inputs=self._said(), timestamp=self._at())
        assert isinstance(made, bytes)
        return made

    def pages(self) -> list[int]:
        """On which page of the PDF each paragraph ends."""
        found = typst.query(TEMPLATE, "<page>", field="value", font_paths=fonts(), sys_inputs=self._said())
        return [int(page) for page in json.loads(found)]

    def _said(self) -> dict[str, str]:
        said = {
            "court": self.court,
            "reference": self.reference,
            "day": self.day.isoformat(),
            "title": self.title,
            "paragraphs": self.paragraphs,
        }
        return {"said": json.dumps(said)}

    def _at(self) -> int:
        return (self.day - date(1970, 1, 1)).days * 86_400


def _numbered(n: int, said: str) -> str:
    return fill(said, COLUMNS, initial_indent=f"{n:>4}. ", subsequent_indent=" " * 6)


def acquittal(court: str, reference: str, day: date, names: Sequence[str], overturned: str) -> Judgment:
    """What a court says that tries a matter again and clears everybody."""
    told = ", ".join(names)
    return Judgment(
        court,
        reference,
        day,
        "Judgment after a new trial",
        (
            f"By order of the Supreme Court the matter of {told} was tried again.",
            f"The judgment {overturned} rested on the statement of one expert on the liquid in the cans.",
            "That expert has since said under oath that his samples had been exchanged before he had them.",
            "No other evidence ties the accused to the filling of the cans.",
            f"The judgment {overturned} is set aside. {told} are acquitted.",
            "The State bears the costs.",
        ),
    )
