"""XML of banks in and out: what is refused unread, where the message stands in it, and its envelope of names.

Nothing is resolved, fetched or expanded: a document type (DTD) of any kind is refused before the parser sees
it, and so are files of more than 10 MB, of more than 400,000 tags, or nested more than 32 deep.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from lxml import etree

from entente.core.problems import Fault
from entente.match.banking.grammar import MEND, Grammar, Taking, Unfit, Values, build

MOST_BYTES = 10_000_000
MOST_TAGS = 400_000
"""Opening and closing tags together: 2,000 payments with every field we know have about 300,000."""
DEEPEST = 32
SPACE = "urn:iso:std:iso:20022:tech:xsd:"
_NAME = re.compile(rf"\{{{SPACE}([a-z]{{4}}\.\d{{3}}\.\d{{3}}\.\d{{2}})\}}Document", re.ASCII)
_TOO_DEEP = etree.XPath("boolean(/*" + "/*" * DEEPEST + ")")
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes) -> etree._Element:
    """The root of a well-formed file in UTF-8. Raises Unfit with the line and column where it is not one."""
    if len(data) > MOST_BYTES:
        raise Unfit([Fault("the file", f"has {len(data)} bytes; at most {MOST_BYTES} are read", _LESS)])
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        line = data[: max(data.find(b"<!DOCTYPE"), data.find(b"<!ENTITY"))].count(b"\n") + 1
        raise Unfit([Fault(f"line {line}: DOCTYPE", "has a document type, which no bank message has", MEND)])
    if data.startswith(_MARKS) or b"\0" in data:
        raise Unfit([Fault("line 1", "is not UTF-8, which ISO 20022 prescribes", MEND)])
    if (tags := data.count(b"<")) > MOST_TAGS:
        raise Unfit([Fault("the file", f"has {tags} tags; at most {MOST_TAGS} are read", _LESS)])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        line, column = broken.position
        what = f"is not well-formed XML: {(broken.msg or 'nothing in it').partition(', line')[0][:120]}"
        raise Unfit([Fault(f"line {line or 1}: column {column}", what, MEND)]) from None
    if root is None or _TOO_DEEP(root):
        raise Unfit([Fault("line 1", f"is nested more than {DEEPEST} deep", MEND)])
    return root


_LESS = "Send fewer payments in one file."


def message(root: etree._Element) -> tuple[str, etree._Element]:
    """Name of the message and its Document, which may stand in an envelope beside a header.

    ("", root) where there is none of ISO 20022 or several, so that nobody takes one and drops another.
    """
    places = [root, *root.iterchildren(), *(inner for child in root.iterchildren() for inner in child)]
    found = [(match[1], place) for place in places if (match := _NAME.fullmatch(str(place.tag)))]
    return found[0] if len(found) == 1 else ("", root)


def take(data: bytes, grammars: Mapping[str, Grammar], now: datetime | None) -> tuple[str, Values, Taking]:
    """Name of the message, its values, and the faults so far; more can be added before it is settled.

    `grammars` are those of the versions that are read, by name. Raises Unfit: what `parse` raises, a message
    that is none of these.
    """
    root = parse(data)
    name, document = message(root)
    if name not in grammars:
        shown = name or str(root.tag)[:100]
        what = f"is “{shown}”, not one of {', '.join(grammars)}"
        raise Unfit([Fault(f"line {root.sourceline}: xmlns", what, MEND)])
    taking = Taking(grammars[name], f"{{{SPACE}{name}}}", now)
    return name, taking.take(document, "Document", "Document"), taking


def write(name: str, rules: Grammar, values: Values) -> bytes:
    """A message as a file in UTF-8. Raises Unfit."""
    inside = build(rules, "Document", values, "Document")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{SPACE}{name}">{inside}</Document>\n'
    ).encode()


def against_schema(data: bytes, schemas: Mapping[str, bytes]) -> list[Fault]:
    """What the published schema of a message says of it; empty where it is valid or its schema is not given.

    `schemas` are XSD files by name of the message ("camt.056.001.08"). They are the caller's: none is
    shipped. Raises Unfit where the file is no XML.
    """
    name, document = message(parse(data))
    if name not in schemas:
        return []
    schema = _compiled(schemas[name])
    schema.validate(document)
    told = [(entry.line, entry.message.replace(f"{{{SPACE}{name}}}", "")) for entry in schema.error_log]
    return [Fault(f"line {line}: {_about(said)}", said, MEND) for line, said in told]


def _about(said: str) -> str:
    found = re.match(r"Element '(\w+)'", said)
    return found[1] if found else "Document"


@lru_cache(maxsize=32)
def _compiled(schema: bytes) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema, etree.XMLParser(resolve_entities=False, no_network=True)))
