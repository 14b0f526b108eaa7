"""XML from outside: no document type, no entities, no network, no deeper and no wider than a network needs.

A DOCTYPE is refused before anything is parsed, so that no entity is ever declared (billion laughs, XXE).
"""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from entente.rooms.analysis.charts.importing.given import Given

DEEPEST = 64
MOST_ELEMENTS = 1_000_000
_REFUSED = tuple(
    text.encode(encoding)
    for text in ("<!DOCTYPE", "<!ENTITY", "<!doctype", "<!entity")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
)
_ENCODINGS = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "windows-1252")
NO_DOCTYPE = "Export it anew without one."


def elements(data: bytes, given: Given, *wanted: str) -> Iterator[etree._Element]:
    """Each element of a wanted name (whatever its namespace), when it has been read; it is emptied after.

    What is wrong becomes a fault of `given`, and ends the reading. Memory: one wanted element, for all others
    are emptied when they end.
    """
    if any(refused in data for refused in _REFUSED):
        given.fault(0, "It has a document type or declares entities, as no network does", NO_DOCTYPE)
        return
    depth = many = within = 0
    try:
        for event, element in etree.iterparse(
            BytesIO(data),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if event == "start":
                depth += 1
                many += 1
                within += local(element) in wanted
                if wrong := _too_much(element, depth, many):
                    given.fault(0, wrong, NO_DOCTYPE)
                    return
                continue
            depth -= 1
            if local(element) in wanted:
                within -= 1
                yield element
                if given.is_full():
                    return
            elif within:
                continue
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as broken:
        given.fault(broken.lineno or 0, f"It is no well-formed XML: {str(broken)[:200]}", "Export it anew.")


def _too_much(element: etree._Element, depth: int, many: int) -> str:
    if many == 1:
        info = element.getroottree().docinfo
        if info.internalDTD is not None:
            return "It has a document type, as no network does"
        if (info.encoding or "utf-8").lower() not in _ENCODINGS:
            return f"It is written in {str(info.encoding)[:20]}, which is not read"
    if depth > DEEPEST:
        return f"It is nested more than {DEEPEST} deep"
    return f"It has more than {MOST_ELEMENTS} elements" if many > MOST_ELEMENTS else ""


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a name within another."""
    return (e for e in element.iter() if local(e) == name)
