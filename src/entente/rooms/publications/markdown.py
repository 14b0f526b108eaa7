"""Markdown as reports know it: headings, lists, quotations, emphasis, code, and citations of records.

It becomes data, never markup: HTML, links and pictures stay the letters they are written in, so that no
form that a report takes (PDF, HTML, DOCX) has anything to be injected into.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

CITATION = re.compile(r"\[\[([0-9a-f]{32})\]\]")
_READER = MarkdownIt("zero", {"html": False, "maxNesting": 20}).enable(
    ["heading", "list", "blockquote", "emphasis", "backticks", "newline", "escape"]
)
Data = dict[str, Any]
Numbers = Mapping[str, int]
"""What is cited, by the number it has in the report."""


def cited(text: str) -> list[str]:
    """Ids of the records that a text cites, in order, each once."""
    return list(dict.fromkeys(CITATION.findall(text)))


def plain(text: str, numbers: Numbers) -> str:
    """A line without markup, with each citation as its number: `[2]`."""
    return CITATION.sub(lambda found: f"[{numbers[found[1]]}]" if found[1] in numbers else found[0], text)


def parsed(text: str, numbers: Numbers) -> list[Data]:
    """A text as blocks: {t: p|h|quote, in: [run]}, {t: list, items: [{depth, mark, in}]}.

    A run is {s: its letters} with b, i, c (bold, italic, code) where they hold; n: a citation's number.
    """
    blocks: list[Data] = []
    tokens = _READER.parse(text)
    lists: list[list[Any]] = []
    quoted, heading = 0, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if not lists:
                blocks.append({"t": "list", "items": []})
            first = int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0
            lists.append([first, ""])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1][1] = f"{lists[-1][0]}." if lists[-1][0] else "•"
            lists[-1][0] += 1 if lists[-1][0] else 0
        elif token.type == "heading_open":
            heading = min(int(token.tag[1:]) + 1, 4)
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.nesting == 1 else -1
        elif token.type == "inline":
            runs = list(_runs(token.children or (), numbers))
            if lists:
                mark, lists[-1][1] = lists[-1][1], ""
                blocks[-1]["items"].append({"depth": len(lists) - 1, "mark": mark, "in": runs})
            elif heading:
                blocks.append({"t": "h", "level": heading, "in": runs})
            else:
                blocks.append({"t": "quote" if quoted else "p", "in": runs})
    return blocks


def _runs(tokens: Sequence[Token], numbers: Numbers) -> Iterator[Data]:
    bold = italic = 0
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type in ("softbreak", "hardbreak"):
            yield {"s": "\n" if token.type == "hardbreak" else " "}
        elif token.content:
            style = {"b": True} if bold else {}
            style |= {"i": True} if italic else {}
            style |= {"c": True} if token.type == "code_inline" else {}
            yield from _with_citations(token.content, style, numbers)


def _with_citations(text: str, style: Data, numbers: Numbers) -> Iterator[Data]:
    place = 0
    for found in CITATION.finditer(text):
        if found[1] not in numbers:  # brackets that were escaped cite nothing
            continue
        if found.start() > place:
            yield {"s": text[place : found.start()], **style}
        yield {"s": f"[{numbers[found[1]]}]", "n": numbers[found[1]]}
        place = found.end()
    if place < len(text):
        yield {"s": text[place:], **style}
