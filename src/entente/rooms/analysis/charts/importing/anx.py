"""i2 Analyst's Notebook Exchange (ANX) in: entities and links of a chart, whatever draws them there.

The label is the name, the type of the icon the kind; grades and dates come from attributes that we write, the
date of a link else from the link itself. What only decorates a chart stays behind.
"""

from collections.abc import Mapping

from lxml import etree

from entente.rooms.analysis.charts.importing.given import MOST_TEXT, Given, GivenLink, GivenThing
from entente.rooms.analysis.charts.importing.xml import elements, inside

_STRENGTHS = ("confirmed", "unconfirmed", "tentative")


def read(data: bytes) -> Given:
    """The network of an ANX chart (UTF-8 or UTF-16)."""
    given = Given("anx")
    for item in elements(data, given, "ChartItem"):
        line = item.sourceline or 0
        said = {a.get("AttributeClass", "").casefold(): a.get("Value", "") for a in inside(item, "Attribute")}
        if any(len(str(v)) > MOST_TEXT for e in item.iter() for v in e.attrib.values()):
            given.fault(line, f"A value has more than {MOST_TEXT} characters")
            continue
        entity, link = next(inside(item, "Entity"), None), next(inside(item, "Link"), None)
        if entity is not None:
            _entity(given, item, entity, line, said)
        elif link is not None:
            _link(given, item, link, line, said)
    for one in given.links:
        for end in (one.start, one.end):
            if end not in given.things:
                given.fault(one.line, f"There is no entity “{end[:60]}”", "Add it, or leave the link out.")
    return given


def _entity(
    given: Given, item: etree._Element, entity: etree._Element, line: int, said: Mapping[str, str]
) -> None:
    key = entity.get("EntityId") or entity.get("Identity") or ""
    if not key:
        given.fault(line, "An entity has no id")
        return
    style = next((e for e in entity.iter() if e.get("Type")), None)
    at = next(inside(item, "End"), None)
    properties: dict[str, list[str]] = {}
    if said.get("countries"):
        properties["country"] = said["countries"].split()
    if said.get("certainty"):
        properties["certainty"] = [said["certainty"]]
    label = " ".join(item.get("Label", "").split())
    given.things[key] = GivenThing(
        key,
        line,
        said.get("kind") or (style.get("Type", "") if style is not None else ""),
        label or entity.get("Identity") or key,
        properties,
        grade=said.get("grade", ""),
        x=_whole(at.get("X", "") if at is not None else ""),
        y=_whole(at.get("Y", "") if at is not None else ""),
    )


def _link(
    given: Given, item: etree._Element, link: etree._Element, line: int, said: Mapping[str, str]
) -> None:
    if said.get("drawn") == "yes":
        given.drawn += 1
        return
    start, end = link.get("End1Id", ""), link.get("End2Id", "")
    style = next(inside(link, "LinkStyle"), None)
    told = dict(style.attrib) if style is not None else {}
    if told.get("ArrowStyle") == "ArrowOnTail":
        start, end = end, start
    strength = str(told.get("Strength", "")).casefold()
    dated = item.get("DateTime", "")[:10] if item.get("DateSet") == "true" else ""
    given.links.append(
        GivenLink(
            line,
            start,
            end,
            said.get("kind") or str(told.get("Type", "")),
            " ".join(item.get("Label", "").split()),
            said.get("since") or dated,
            said.get("until", ""),
            "",
            said.get("grade", ""),
            said.get("certainty") or (strength if strength in _STRENGTHS else ""),
        )
    )


def _whole(text: str) -> float | None:
    bare = text.removeprefix("-")
    return float(text) if bare.isdecimal() and len(bare) < 7 else None
