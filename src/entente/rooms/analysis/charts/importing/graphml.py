"""GraphML in: nodes and edges with the attributes that we, yEd, Gephi and networkx write."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from entente.rooms.analysis.charts.importing.given import MOST_TEXT, Given, GivenLink, GivenThing
from entente.rooms.analysis.charts.importing.xml import elements, inside, local

_CAPTIONS = ("caption", "label", "name", "nodelabel")
_TYPES = ("type", "kind", "schema", "category")


def read(data: bytes) -> Given:
    """The network of a GraphML file. Hyperedges and nested graphs are faults: they say no link of two."""
    given = Given("graphml")
    names: dict[str, str] = {}
    for element in elements(data, given, "key", "node", "edge", "hyperedge"):
        tag, line = local(element), element.sourceline or 0
        if tag == "key":
            names[element.get("id", "")] = (element.get("attr.name") or element.get("id", "")).casefold()
        elif tag == "hyperedge":
            given.fault(line, "A hyperedge joins more than two", "Write it as edges.")
        else:
            said = _said(element, names)
            if any(len(v) > MOST_TEXT for v in (*said.values(), *map(str, element.attrib.values()))):
                given.fault(line, f"A value has more than {MOST_TEXT} characters")
            elif tag == "node":
                _node(given, element, line, said)
            else:
                _edge(given, element, line, said)
    _must_have_ends(given)
    return given


def _said(element: etree._Element, names: Mapping[str, str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for data in inside(element, "data"):
        key = data.get("key", "")
        text = " ".join("".join(str(t) for t in data.itertext()).split())
        if text:
            said.setdefault(names.get(key, key.casefold()), text)
    return said


def _first(said: Mapping[str, str], *names: str) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _node(given: Given, element: etree._Element, line: int, said: Mapping[str, str]) -> None:
    key = element.get("id", "")
    if not key:
        given.fault(line, "A node has no id")
        return
    properties: dict[str, list[str]] = {}
    if said.get("countries"):
        properties["country"] = said["countries"].split()
    if said.get("certainty"):
        properties["certainty"] = [said["certainty"]]
    given.things[key] = GivenThing(
        key,
        line,
        _first(said, *_TYPES),
        _first(said, *_CAPTIONS) or key,
        properties,
        grade=said.get("grade", ""),
        x=_number(said.get("x", "")),
        y=_number(said.get("y", "")),
    )


def _edge(given: Given, element: etree._Element, line: int, said: Mapping[str, str]) -> None:
    if said.get("drawn") == "yes":
        given.drawn += 1
        return
    start, end = element.get("source", ""), element.get("target", "")
    if not (start and end):
        given.fault(line, "An edge has two ends; one is missing")
        return
    told: dict[str, Any] = {
        n: said.get(n, "") for n in ("label", "since", "until", "weight", "grade", "certainty")
    }
    given.links.append(GivenLink(line, start, end, _first(said, *_TYPES), **told))


def _must_have_ends(given: Given) -> None:
    for link in given.links:
        for end in (link.start, link.end):
            if end not in given.things:
                given.fault(link.line, f"There is no node “{end[:60]}”", "Add the node, or leave it out.")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None
