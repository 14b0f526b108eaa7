"""The tree of our goods: codes, the numbers that stand for them in columns, names, headings of customs.

A number never changes, and a node with all below it is one range of numbers: `taxonomy.toml` beside this file
says how a node is added without moving another.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from entente.match.goods.codes import DOMAINS, UNITS

_DOMAIN_OF = {
    "ipr": "ipr_goods",
    "fauna": "cites_fauna",
    "flora": "cites_flora",
    "agro": "agrochemicals",
    "cbrn": "cbrn_precursor",
    "egoods": "e_goods",
}
"""Where the code of a tree's root is shorter than its domain."""
LAST = 0xFFFF
"""The highest number that a column of goods can hold."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the Harmonized System (2, 4 or 6 digits) and the editions in which it means a node."""

    code: str
    first: int = 0
    last: int = 9999

    def means(self, code: str, edition: str = "") -> bool:
        """Whether goods of a code are under this heading; without an edition, in any."""
        return code.startswith(self.code) and (not edition or self.first <= int(edition) <= self.last)


@dataclass(frozen=True, slots=True)
class Goods:
    """A node: its code ("drugs.cocaine.salts"), number in columns, label in English, domain (of DOMAINS),
    standard unit (of UNITS), headings that lead to it, other names in any language; `gone`: kept for old
    records, offered no more."""

    code: str
    index: int
    label: str
    domain: str
    unit: str
    headings: tuple[Heading, ...] = ()
    names: tuple[str, ...] = ()
    gone: bool = False

    @property
    def parent(self) -> str:
        """The code of the node above; "" for a domain."""
        return self.code.rpartition(".")[0]

    @property
    def depth(self) -> int:
        """0 for a domain."""
        return self.code.count(".")


class Taxonomy:
    """All nodes in depth-first order, which is the order of their numbers."""

    def __init__(self, nodes: tuple[Goods, ...]) -> None:
        self.nodes = nodes
        self._by_code = {node.code: node for node in nodes}
        self._at = [node.index for node in nodes]
        self._names: dict[str, dict[str, Goods]] = {}
        for node in nodes:
            for name in (node.code, node.label, *node.names):
                for key in (folded(name), _bag(name)):
                    self._names.setdefault(key, {})[node.code] = node

    def __iter__(self) -> Iterator[Goods]:
        return iter(self.nodes)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def node(self, code: str) -> Goods:
        """The node of a code. Raises ValueError ("is no code of our goods")."""
        if (found := self._by_code.get(code)) is None:
            raise ValueError("is no code of our goods")
        return found

    def index(self, code: str) -> int:
        """The number of a code in columns; 0 for "". Raises ValueError as `node`."""
        return self.node(code).index if code else 0

    def at(self, index: int) -> Goods:
        """The node of a number. Raises ValueError for a number that no node has."""
        place = bisect_right(self._at, index) - 1
        if place < 0 or self._at[place] != index:
            raise ValueError("is no number of our goods")
        return self.nodes[place]

    def range_of(self, code: str) -> tuple[int, int]:
        """The first and the last number of a node and all below it, numbers not taken yet included."""
        first = self.node(code).index
        place = bisect_right(self._at, first)
        while place < len(self.nodes) and self.nodes[place].code.startswith(f"{code}."):
            place += 1
        return first, self._at[place] - 1 if place < len(self.nodes) else LAST

    def ancestors(self, code: str) -> tuple[Goods, ...]:
        """The node itself, then each above it, the domain last."""
        found = [self.node(code)]
        while parent := found[-1].parent:
            found.append(self._by_code[parent])
        return tuple(found)

    def children(self, code: str = "") -> tuple[Goods, ...]:
        """Nodes right below one, or the domains; those that are gone are left out."""
        return tuple(node for node in self.nodes if node.parent == code and not node.gone)

    def find(self, text: str) -> tuple[Goods, ...]:
        """Nodes that a text names in full: by code, label or another name (English, French, Spanish, Arabic),
        whatever its capitals, accents, marks and the order of its words.

        More than one where the name is of several: the caller asks. Nothing is guessed by likeness.
        """
        exact = self._names.get(folded(text)) if folded(text) else None
        return tuple((exact or self._names.get(_bag(text), {})).values()) if folded(text) else ()

    def suggest(self, text: str) -> tuple[Goods, ...]:
        """Nodes of which a name of at least four letters stands in the text among other words, those of the
        longest names first, at most ten: to offer, never to take."""
        words = f" {folded(text)} "
        found: dict[str, tuple[int, Goods]] = {}
        for name, nodes in self._names.items():
            if len(name) >= 4 and f" {name} " in words:
                for code, node in nodes.items():
                    found[code] = max(found.get(code, (0, node)), (len(name), node), key=lambda one: one[0])
        ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].index))
        return tuple(node for _, node in ranked[:10])

    def from_hs(self, code: str, edition: str = "") -> tuple[Goods, ...]:
        """Nodes that a customs code (2, 4 or 6 digits, of an edition) leads to, by the longest heading that
        means it; several where a heading holds goods of several nodes, which a person tells apart.

        Clothes may be counterfeit or not: that a code leads to a node says what goods are, not what is wrong.
        """
        best, found = 0, list[Goods]()
        for node in self.nodes:
            length = max((len(h.code) for h in node.headings if h.means(code, edition)), default=0)
            if length > best:
                best, found = length, []
            if length and length == best and not node.gone:
                found.append(node)
        return tuple(found)


def folded(text: str) -> str:
    """Small letters without accents, marks as single spaces: how names of goods are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join(_MARKS.sub(" ", plain.replace("œ", "oe")).split())


_MARKS = re.compile(r"[\W_]+")


def _bag(text: str) -> str:
    return " ".join(sorted(folded(text).split()))


def _heading(text: str) -> Heading:
    code, _, editions = text.partition("@")
    if not editions:
        return Heading(code)
    first, dash, last = editions.rstrip("+").partition("-")
    return Heading(code, int(first), int(last if dash else 9999 if editions.endswith("+") else first))


def _read() -> Taxonomy:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "taxonomy.toml").read_text("utf-8")
    )
    nodes, last = [], 0
    for code, row in table.items():
        root = code.partition(".")[0]
        domain, index = _DOMAIN_OF.get(root, root), int(row["at"])
        if domain not in DOMAINS or row["unit"] not in UNITS or not last < index <= LAST:
            raise ValueError(f"taxonomy.toml: {code} has a wrong domain, unit or number")
        headings = tuple(_heading(one) for one in row.get("hs", "").split())
        names = tuple(name for one in row.get("names", "").split(";") if (name := one.strip()))
        nodes.append(
            Goods(code, index, row["label"], domain, row["unit"], headings, names, bool(row.get("gone")))
        )
        last = index
    return Taxonomy(tuple(nodes))


TAXONOMY = _read()
