"""From what somebody wrote to a body that can be kept, or to every fault in it at once."""

from collections.abc import Callable, Mapping
from functools import cache
from math import isfinite
from typing import Any

from entente.core.kinds.kind import Kind, Property, read_kinds
from entente.core.kinds.types import TYPES
from entente.core.problems import Fault, Faulty
from entente.core.things import Body

MOST_VALUES_A_PROPERTY = 500
MOST_VALUES = 2_000
MOST_FAULTS = 1_000
"""Faults told of one thing; a hostile input cannot make the answer longer than this."""

Cleaner = tuple[Callable[[str], str], int, Property]


class Model:
    """All kinds, and what is done with them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        made: dict[Property, Cleaner] = {}
        self._cleaners: Mapping[str, Mapping[str, Cleaner]] = {
            kind.name: {
                name: made.setdefault(p, (TYPES[p.type].clean, p.most, p))
                for name, p in kind.properties.items()
            }
            for kind in kinds.values()
        }

        self.contributable = tuple(k.name for k in kinds.values() if not (k.house or k.abstract))
        """Names of the kinds that officers contribute and read as records."""
        self.searchable = tuple(k.name for k in kinds.values() if k.searchable and not k.abstract)
        """Names of the kinds that are found by name."""
        self.findable = (*self.searchable, *(k.name for k in kinds.values() if k.numbered))
        """Names of the kinds that the one box finds: by name, or by their exact numbers alone."""

    def __contains__(self, name: object) -> bool:
        return name in self.kinds

    def __getitem__(self, name: str) -> Kind:
        """Raises KeyError for an unknown kind."""
        return self.kinds[name]

    def clean(self, kind: str, raw: Mapping[str, Any], lenient: bool = False) -> Body:
        """The body to keep of a thing of this kind; raises Faulty with every fault at once.

        `raw`: property name to a text, a number, or a list of them; None and empty texts are nothing.
        Values said twice are kept once, in the order given. `lenient` leaves out what is at fault and asks
        for no required property (a question, an example); an unknown kind is a fault even so.
        """
        body, faults = self.examine(kind, raw)
        if faults and (not lenient or kind not in self.kinds):
            raise Faulty(f"{len(faults)} faults" if len(faults) > 1 else "One fault", tuple(faults))
        return body

    def examine(self, kind: str, raw: Mapping[str, Any]) -> tuple[Body, list[Fault]]:
        """What can be kept, and what is wrong with the rest."""
        cleaners = self._cleaners.get(kind)
        if cleaners is None:
            return {}, [Fault("kind", f"{_quoted(kind)} is no kind", "Use a kind of docs/kinds.md.")]
        known = self.kinds[kind]
        body: dict[str, tuple[str, ...]] = {}
        faults: list[Fault] = []
        if known.abstract:
            faults.append(Fault("kind", f"{kind} is too general to be kept", "Use a kind that extends it."))
        total = 0
        for name, given in raw.items():
            cleaner = cleaners.get(name)
            if cleaner is None:
                do = f"Use a property of {kind}; see docs/kinds.md."
                faults.append(
                    Fault(f"properties/{_pointer(name)}", f"{kind} has no property {_quoted(name)}", do)
                )
            elif given is not None and given != "":
                many = given if type(given) is list or type(given) is tuple else (given,)
                if len(many) > MOST_VALUES_A_PROPERTY:
                    what = f"has {len(many)} values; at most {MOST_VALUES_A_PROPERTY} are kept"
                    faults.append(Fault(f"properties/{name}", what, "Leave some out."))
                    continue
                total += len(many)
                if total > MOST_VALUES:
                    faults.append(
                        Fault("properties", f"has more than {MOST_VALUES} values", "Leave some out.")
                    )
                    break
                if values := _values(cleaner, name, many, faults):
                    body[name] = values
            if len(faults) >= MOST_FAULTS:
                break
        faults += [
            Fault(
                f"properties/{name}", f"{known.properties[name].label} is missing", "Give at least one value."
            )
            for name in known.required
            if name not in body and not any(f.where.startswith(f"properties/{name}/") for f in faults)
        ]
        if not body and not faults:
            faults.append(Fault("properties", "says nothing", "Give at least one property."))
        return body, faults

    def caption(self, kind: str, body: Body) -> str:
        """What to call a thing: the first of its caption properties that it has, else its kind's label."""
        known = self.kinds[kind]
        return next((body[name][0] for name in known.caption if body.get(name)), known.label)


def _values(cleaner: Cleaner, name: str, many: Any, faults: list[Fault]) -> tuple[str, ...]:
    clean, most, described = cleaner
    values: list[str] = []
    for place, one in enumerate(many):
        try:
            text = one if type(one) is str else _text(one)
            if len(text) > most:
                raise ValueError(f"has {len(text)} characters; at most {most} are kept")
            value = clean(text)
            if value and value not in values:
                values.append(value)
        except ValueError as wrong:
            do = TYPES[described.type].do
            faults.append(Fault(f"properties/{name}/{place}", f"{_quoted(one)} {wrong}", do))
    return tuple(values)


def _text(value: object) -> str:
    """A number as text. ValueError for what is neither text nor number."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < 1 << 256:
        return str(value)
    if isinstance(value, float) and isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    raise ValueError("is neither text nor a number")


def _quoted(value: object) -> str:
    """What was written, short and safe to show: signs that do not print are spelled out."""
    if isinstance(value, int) and abs(value) >= 1 << 256:
        return "a number this long"
    shown = (
        value
        if isinstance(value, str)
        else type(value).__name__
        if isinstance(value, dict | list)
        else str(value)
    )
    text = shown[:60] + ("…" if len(shown) > 60 else "")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text) or "nothing"


def _pointer(name: object) -> str:
    return _quoted(name).replace("~", "~0").replace("/", "~1")


@cache
def model() -> Model:
    """The model, read once."""
    return Model(read_kinds())
