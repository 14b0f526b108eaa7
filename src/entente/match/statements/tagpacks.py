"""Tags of addresses, as GraphSense TagPacks (YAML): what an address is said to be, by whom, how surely.

Fields in the head of a pack hold for every tag that does not say otherwise. A scalar stays the text that was
written: YAML would make a number of an address that begins with 0x, and lose its zeros and the case of its
letters. Aliases are refused, because a file of a kilobyte can hold a thousand million tags by them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import yaml

from entente.core.problems import Fault
from entente.match.money.addresses import Address, chains_of, check_address

MOST_BYTES, MOST_TAGS, MOST_DEPTH, MOST_TEXT = 32 << 20, 200_000, 8, 4_000
CHAIN_OF: Mapping[str, str] = {
    "ADA": "cardano",
    "ALGO": "algorand",
    "ARB": "arbitrum",
    "ATOM": "cosmos",
    "AVAX": "avalanche",
    "BCH": "bitcoin-cash",
    "BEP2": "bnb-beacon",
    "BEP20": "bsc",
    "BNB": "bsc",
    "BSC": "bsc",
    "BTC": "bitcoin",
    "DASH": "dash",
    "DOGE": "dogecoin",
    "DOT": "polkadot",
    "EOS": "eos",
    "ETH": "ethereum",
    "FIL": "filecoin",
    "LTC": "litecoin",
    "MATIC": "polygon",
    "POL": "polygon",
    "RIPPLE": "ripple",
    "SOL": "solana",
    "TRX": "tron",
    "XLM": "stellar",
    "XMR": "monero",
    "XRP": "ripple",
    "XTZ": "tezos",
    "ZEC": "zcash",
}
"""The chain that a pack means by a currency; a token's (USDT) is told by the form of its address."""
TOKENS = frozenset({"USDT", "USDC", "DAI", "BUSD", "WBTC", "WETH"})
_PREFERRED = ("ethereum", "tron", "bitcoin", "litecoin")


@dataclass(frozen=True, slots=True)
class Tag:
    """One statement about one address, in the words of its pack. Empty: not said.

    `lastmod`: YYYY-MM-DD. `is_cluster_definer`: "true" or "false". `line`: in the file, from 1.
    """

    address: str
    label: str
    currency: str
    source: str = ""
    confidence: str = ""
    category: str = ""
    abuse: str = ""
    actor: str = ""
    lastmod: str = ""
    context: str = ""
    is_cluster_definer: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """`head`: title, creator, description, what else it says of itself; `faults`: tags that are not read."""

    head: Mapping[str, str]
    tags: tuple[Tag, ...]
    faults: tuple[Fault, ...] = field(default=())


_FIELDS = tuple(f.name for f in fields(Tag) if f.name != "line")
_HEAD = ("title", "creator", "description", "is_public", *_FIELDS[1:])


def read_pack(data: bytes) -> Pack:
    """A pack and every wrong tag of it.

    Raises ValueError, with the line, for what is no pack: no YAML, aliases, nesting, more than 32 MB or
    200,000 tags.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"has {len(data)} bytes; at most {MOST_BYTES} are read")
    try:
        said = _Builder(data.decode("utf-8-sig")).value()
    except UnicodeDecodeError as wrong:
        raise ValueError(f"is not UTF-8: byte {wrong.start} fits no character") from wrong
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(
            f"is no YAML{where}: {str(getattr(wrong, 'problem', '') or 'unreadable')[:120]}"
        ) from wrong
    if not isinstance(said, _Map) or not isinstance(said.get("tags"), list):
        raise ValueError("is no TagPack: it has no list of tags")
    rows = said["tags"]
    if len(rows) > MOST_TAGS:
        raise ValueError(f"has {len(rows)} tags; at most {MOST_TAGS} are read")
    head = {name: text for name in _HEAD if isinstance(text := said.get(name), str) and text}
    tags, faults = [], []
    for number, row in enumerate(rows, 1):
        line = row.line if isinstance(row, _Map) else 0
        try:
            tags.append(_tag(head, row, line))
        except ValueError as wrong:
            faults.append(Fault(f"line {line}" if line else f"tag {number}", f"The tag {wrong}"))
    return Pack(head, tuple(tags), tuple(faults))


def write_pack(head: Mapping[str, str], tags: Sequence[Tag]) -> bytes:
    """A pack that `read_pack` and GraphSense's own tool read. What all tags share stands once, in its head.

    Raises ValueError for a head without title and creator, which the format asks for.
    """
    if not head.get("title") or not head.get("creator"):
        raise ValueError("needs a title and a creator")
    told = {name: {getattr(tag, name) for tag in tags} for name in _FIELDS[1:]}
    shared = {name: next(iter(texts)) for name, texts in told.items() if len(texts) == 1}
    top = {name: text for name in _HEAD[:4] if (text := head.get(name, ""))}
    top |= {name: text for name, text in shared.items() if text}
    rows = [
        {name: text for name in ("address", *told) if (text := getattr(tag, name)) and name not in shared}
        for tag in tags
    ]
    document = {name: _typed(name, text) for name, text in top.items()}
    document["tags"] = [{name: _typed(name, text) for name, text in row.items()} for row in rows]
    written: str = yaml.dump(
        document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=4000
    )
    return written.encode()


def address_of(tag: Tag) -> Address:
    """The tag's address on the chain that its currency means. Raises ValueError where its check sum is wrong.

    A token's chain is told by the address; 0x…, which may be on any chain of Ethereum's family, is taken for
    Ethereum's own.
    """
    currency = tag.currency.upper()
    if currency in CHAIN_OF:
        return check_address(tag.address, CHAIN_OF[currency])
    fitting = chains_of(tag.address)
    chain = next((name for name in _PREFERRED if name in fitting), "other")
    token = tag.currency if currency in TOKENS and chain != "other" else ""
    return check_address(tag.address, chain if token else "other", token)


def _tag(head: Mapping[str, str], row: Any, line: int) -> Tag:
    if not isinstance(row, _Map):
        raise ValueError("is no list of fields")
    said = {name: row.get(name, head.get(name, "")) for name in _FIELDS}
    for name, text in said.items():
        if not isinstance(text, str):
            raise ValueError(f"has a {name} that is no text")
        if len(text) > MOST_TEXT:
            raise ValueError(f"has a {name} of more than {MOST_TEXT} characters")
    if missing := [name for name in ("address", "label", "currency", "source") if not said[name]]:
        raise ValueError(f"has no {' and no '.join(missing)}")
    if said["lastmod"]:
        try:
            said["lastmod"] = date.fromisoformat(said["lastmod"][:10]).isoformat()
        except ValueError as wrong:
            raise ValueError(f"has a lastmod that is no date: {said['lastmod'][:40]}") from wrong
    return Tag(**said, line=line)


def _typed(name: str, text: str) -> object:
    """A field as YAML's own type, so that it is written without quotes, as packs have it."""
    if name.startswith("is_"):
        return text == "true"
    return date.fromisoformat(text) if name == "lastmod" else text


class _Map(dict[str, Any]):
    """A mapping that knows the line on which it stands."""

    line = 0


class _Builder:
    """Values from YAML's events: texts, lists and mappings alone."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CBaseLoader)
        self.depth = 0

    def value(self) -> object:
        """The first document. Raises ValueError for what a pack never has."""
        for event in self.events:
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                found = self._of(event)
                list(self.events)  # reads to the end, so that what follows is well-formed too
                return found
        return None

    def _of(self, event: yaml.Event) -> object:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError(f"has an alias or an anchor in line {line}, which no pack needs")
        if isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            return "" if event.implicit[0] and text in ("~", "null", "Null", "NULL") else text
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ValueError(f"is nested deeper than {MOST_DEPTH} in line {line}")
        if isinstance(event, yaml.SequenceStartEvent):
            found: object = self._list()
        elif isinstance(event, yaml.MappingStartEvent):
            found = self._map(line)
        else:
            found = None
        self.depth -= 1
        return found

    def _list(self) -> list[object]:
        found: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._of(event))
        return found

    def _map(self, line: int) -> _Map:
        found = _Map()
        found.line = line
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._of(event)
            if not isinstance(key, str):
                raise ValueError(f"has a field without a name in line {line}")
            if key in found:
                raise ValueError(f"has {key[:40]!r} twice in the fields from line {line} on")
            found[key] = self._of(next(self.events))
        return found
