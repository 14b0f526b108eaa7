"""A chart as GraphML (graphml.graphdrawing.org) and as GEXF 1.3 (gexf.net), for Gephi, yEd, networkx.

Both are written with the same attributes. A relation that goes both ways is an undirected edge in GEXF; in
GraphML, where networkx reads no mixed graphs, its attribute `directed` says `no`.
"""

from collections.abc import Mapping

from lxml import etree

from entente.rooms.analysis.charts.exporting.content import Content, Tie
from entente.rooms.analysis.charts.looks import HUES, look_of
from entente.rooms.analysis.showing import Node

NODE = "caption type label owner grade certainty countries place since until category".split()
EDGE = "type label directed since until grade certainty owner drawn".split()
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"


def graphml(found: Content) -> bytes:
    """GraphML, with places as `x` and `y`."""
    root = etree.Element(f"{{{_GRAPHML}}}graphml", nsmap={None: _GRAPHML})
    for name in NODE:
        _key(root, "node", name, "string")
    for name in ("x", "y"):
        _key(root, "node", name, "double")
    for name in EDGE:
        _key(root, "edge", name, "string")
    _key(root, "edge", "weight", "int")
    graph = etree.SubElement(root, f"{{{_GRAPHML}}}graph", id=found.id, edgedefault="directed")
    for node in found.nodes:
        at = etree.SubElement(graph, f"{{{_GRAPHML}}}node", id=node.id)
        x, y = found.places[node.id]
        _data(at, "n", {**_of_node(node), "x": f"{x:g}", "y": f"{y:g}"})
    for tie in found.ties:
        at = etree.SubElement(graph, f"{{{_GRAPHML}}}edge", id=tie.id, source=tie.start, target=tie.end)
        _data(at, "e", {**_of_tie(tie), "weight": str(tie.weight)})
    return _bytes(root)


def _key(root: etree._Element, sort: str, name: str, type: str) -> None:
    said = {"id": f"{sort[0]}-{name}", "for": sort, "attr.name": name, "attr.type": type}
    etree.SubElement(root, f"{{{_GRAPHML}}}key", said)


def _data(at: etree._Element, sort: str, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        if value:
            etree.SubElement(at, f"{{{_GRAPHML}}}data", key=f"{sort}-{name}").text = _plain(value)


def gexf(found: Content) -> bytes:
    """GEXF, with places, colours and the time of each edge."""
    root = etree.Element(f"{{{_GEXF}}}gexf", {"version": "1.3"}, nsmap={None: _GEXF, "viz": _VIZ})
    said = {"defaultedgetype": "directed", "mode": "static", "timeformat": "date"}
    graph = etree.SubElement(root, f"{{{_GEXF}}}graph", said)
    for sort, names in (("node", NODE), ("edge", EDGE)):
        kept = etree.SubElement(graph, f"{{{_GEXF}}}attributes", {"class": sort})
        for name in names:
            etree.SubElement(kept, f"{{{_GEXF}}}attribute", id=name, title=name, type="string")
    nodes = etree.SubElement(graph, f"{{{_GEXF}}}nodes")
    for node in found.nodes:
        at = etree.SubElement(nodes, f"{{{_GEXF}}}node", id=node.id, label=_plain(node.caption))
        _values(at, _of_node(node))
        hue = HUES[look_of(node.kind).hue]
        r, g, b = (str(int(hue[i : i + 2], 16)) for i in (1, 3, 5))
        etree.SubElement(at, f"{{{_VIZ}}}color", r=r, g=g, b=b)
        x, y = found.places[node.id]
        etree.SubElement(at, f"{{{_VIZ}}}position", x=f"{x:g}", y=f"{-y:g}", z="0")  # Gephi's y goes up
    edges = etree.SubElement(graph, f"{{{_GEXF}}}edges")
    for tie in found.ties:
        at = etree.SubElement(edges, f"{{{_GEXF}}}edge", id=tie.id, source=tie.start, target=tie.end)
        at.set("label", _plain(tie.label))
        at.set("weight", str(tie.weight))
        if not tie.directed:
            at.set("type", "undirected")
        _values(at, _of_tie(tie))
    return _bytes(root)


def _values(at: etree._Element, said: Mapping[str, str]) -> None:
    kept = etree.SubElement(at, f"{{{_GEXF}}}attvalues")
    for name, value in said.items():
        if value:
            etree.SubElement(kept, f"{{{_GEXF}}}attvalue", {"for": name, "value": _plain(value)})


def _of_node(node: Node) -> dict[str, str]:
    said = node.model_dump(include=set(NODE))
    return {
        **{name: str(said.get(name, "")) for name in NODE},
        "type": node.kind,
        "countries": " ".join(node.countries),
    }


def _of_tie(tie: Tie) -> dict[str, str]:
    told = {
        name: str(getattr(tie, name)) for name in ("label", "since", "until", "grade", "certainty", "owner")
    }
    return {
        "type": tie.kind,
        "directed": "yes" if tie.directed else "no",
        **told,
        "drawn": "yes" if tie.drawn else "",
    }


def _plain(text: str) -> str:
    """Text as XML 1.0 holds it: what it cannot say is left out."""
    return "".join(ch for ch in text if ch in "\t\n\r" or (ch >= " " and ch not in "\ufffe\uffff"))


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root, " ")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"
