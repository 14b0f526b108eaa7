"""Kinds, read from the TOML files of `model/`: one kind a file, its file name the kind's name."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from entente.core.kinds.types import TYPES

FIVE_YEARS = 1_826
"""Days a record may be kept at most before its owner says again that he needs it (RPD, article 49)."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a kind. `type`: a name in `types.TYPES`. `entity`: the kind its value names, or "".

    `key`: the scheme of an exact number that finds the thing ("doc", "iban", "vin", ...), or "".
    `most`: characters a value may have.
    """

    name: str
    label: str
    type: str = "string"
    entity: str = ""
    key: str = ""
    most: int = 1_024


@dataclass(frozen=True, slots=True)
class Edge:
    """What a relation kind joins: the properties that name its two ends, and the verb between them.

    `directed`: it says something else from the other end.
    """

    source: str
    target: str
    label: str
    directed: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of thing. `lineage`: its own name, then its ancestors. `properties`: inherited ones included.

    `searchable` kinds are found by names and numbers, `numbered` ones by their exact numbers alone.
    `abstract` kinds are only extended. `house` kinds keep the house running and are not contributed
    through the records room. `keep_days`: how long a thing is kept if its owner says nothing, at most
    `keep_days_most`; 0 (house kinds only) means that it does not expire.
    """

    name: str
    label: str
    plural: str
    lineage: tuple[str, ...]
    properties: Mapping[str, Property]
    featured: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    edge: Edge | None = None
    searchable: bool = False
    numbered: bool = False
    keep_days: int = FIVE_YEARS
    keep_days_most: int = FIVE_YEARS
    house: bool = False
    abstract: bool = False

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """Its properties that name other things."""
        return tuple(p.name for p in self.properties.values() if p.type == "entity")

    def is_a(self, name: str) -> bool:
        """Whether it is this kind or descends from it."""
        return name in self.lineage


def read_kinds() -> Mapping[str, Kind]:
    """All kinds of the package, by name. ValueError names the file that is wrong."""
    written = {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8"))
        for file in (files(__package__) / "model").iterdir()
        if file.name.endswith(".toml")
    }
    kinds: dict[str, Kind] = {}
    for name in sorted(written):
        try:
            _build(name, written, kinds)
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValueError(f"core/kinds/model/{name}.toml: {wrong}") from wrong
    return MappingProxyType(kinds)


def _build(name: str, written: Mapping[str, dict[str, Any]], kinds: dict[str, Kind]) -> Kind:
    if name in kinds:
        return kinds[name]
    words = dict(written[name])
    parents = [_build(parent, written, kinds) for parent in words.pop("extends", [])]
    properties: dict[str, Property] = {}
    for parent in reversed(parents):  # of two parents, the first one named wins
        properties |= parent.properties
    properties |= dict(_properties(words.pop("properties", {}), written))
    edge = words.pop("edge", None)
    words.setdefault("keep_days", min(FIVE_YEARS, words.get("keep_days_most", FIVE_YEARS)))
    for place in ("featured", "required", "caption"):
        words[place] = tuple(words[place] if place in words else _inherited(place, parents))
        if unknown := [p for p in words[place] if p not in properties]:
            raise ValueError(f"{place} names {', '.join(unknown)}, which it does not have")
    kind = Kind(
        name=name,
        lineage=tuple(dict.fromkeys([name, *(ancestor for p in parents for ancestor in p.lineage)])),
        properties=MappingProxyType(properties),
        edge=Edge(**edge) if edge else None,
        **words,
    )
    if kind.keep_days > kind.keep_days_most or (not kind.house and not 0 < kind.keep_days_most <= FIVE_YEARS):
        raise ValueError(f"keep_days must be at most keep_days_most, and that at most {FIVE_YEARS}")
    return kinds.setdefault(name, kind)


def _inherited(place: str, parents: list[Kind]) -> tuple[str, ...]:
    return next((words for parent in parents if (words := getattr(parent, place))), ())


def _properties(
    written: Mapping[str, str | dict[str, Any]], known: Mapping[str, object]
) -> Iterator[tuple[str, Property]]:
    for name, said in written.items():
        words: dict[str, Any] = {"label": said} if isinstance(said, str) else dict(said)
        words.setdefault("type", "string")
        words.setdefault("most", TYPES[words["type"]].most)
        if words.get("entity", "Thing") not in known:
            raise ValueError(f"{name} names {words['entity']}, which is no kind")
        yield name, Property(name=name, **words)
