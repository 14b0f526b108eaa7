"""Lines of goods of a seizure, read: which goods, how much, in their standard unit, worth what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from entente.match.goods import conversions, hs, seizures_words, units
from entente.match.goods.conversions import Conversion
from entente.match.goods.taxonomy import TAXONOMY, Goods
from entente.match.money.currencies import CURRENCIES

if TYPE_CHECKING:
    from entente.match.goods.seizures import Told

Judge = Callable[[str, str, float], str]
"""(goods, standard unit, quantity) to why it is far from all others, or ""."""
LISTS: Mapping[str, str] = {"state": "states", "basis": "bases"}
LETTERS: Mapping[str, str] = {
    "term": "terms",
    "appendix": "appendices",
    "source": "sources",
    "purpose": "purposes",
}
"""Codes of CITES, in capitals."""
PLAIN = ("what", "brand", "batch", "species")
LIVE = "LIV"
NO_UNIT = "The quantity has no unit: it is kept, and counted in no sum"
RANGE = "The quantity is a range: it is kept, and counted in no sum"
ALIVE = "Living animals are counted, not weighed"
NONE = "No quantity is said"
NO_CURRENCY = "The value has no currency: it is kept, and counted in no sum"


@dataclass(frozen=True, slots=True)
class About:
    """What holds for all lines of a seizure: its first day, its country, the bureau's own conversions, who
    judges a quantity, and the sign before decimals as in units.read_quantity."""

    when: date
    where: str
    own: tuple[Conversion, ...]
    judge: Judge
    decimal: str


def judged_by_nobody(_goods: str, _unit: str, _quantity: float) -> str:
    """Where nothing is known of other quantities."""
    return ""


def read(told: "Told", given: Sequence[Mapping[str, Any]], about: About) -> list[dict[str, Any]]:
    """The lines as they are kept, in the order given, numbered from 1."""
    return [_line(told, n, line, about) for n, line in enumerate(given)]


def _line(told: "Told", n: int, given: Mapping[str, Any], about: About) -> dict[str, Any]:
    at = f"items/{n}"
    line: dict[str, Any] = {"line": n + 1}
    line |= {name: text for name in PLAIN if (text := _text(given, name))}
    for name, listed in LISTS.items():
        text = _text(given, name)
        line[name] = told.tried(f"{at}/{name}", text, partial(seizures_words.code_of, listed)) or ""
    for name, listed in LETTERS.items():
        text = _text(given, name).upper()
        line[name] = (
            told.tried(f"{at}/{name}", text, partial(seizures_words.code_of, listed)) or "" if text else ""
        )
    _code(told, at, given, line, about.when)
    _goods(told, at, given, line)
    _quantity(told, at, given, line, about)
    _value(told, at, given, line, about.decimal)
    if given.get("confirmed"):
        line["confirmed"] = True
    elif line.get("std") and (why := about.judge(line["goods"], line["std_unit"], float(line["std"]))):
        line["held"] = True
        told.doubt(
            f"{at}/quantity",
            why,
            "It is kept and left out of sums until your bureau confirms the figure.",
        )
    return line


def _code(told: "Told", at: str, given: Mapping[str, Any], line: dict[str, Any], when: date) -> None:
    text, edition = _text(given, "hs"), _text(given, "edition")
    if not text:
        return
    if not edition:
        in_force = hs.edition_on(when.year)
        told.wrong(
            f"{at}/edition",
            "The edition of the HS code is missing: a code means something in an edition only",
            f"Say which; {in_force} was in force then." if in_force else "Say which.",
        )
    read_ = told.tried(f"{at}/hs", text, lambda t: hs.read_hs(t, edition), "Write two, four or six digits.")
    if read_:
        line |= {"hs": read_.code, "edition": read_.edition}
        if read_.note:
            told.doubt(f"{at}/hs", f"“{text}” was read as {read_.code}: {read_.note}", "Compare it.")


def _goods(told: "Told", at: str, given: Mapping[str, Any], line: dict[str, Any]) -> None:
    """The node of our tree: as it is named, else as the words name it, else as the HS code leads to it."""
    code, what = _text(given, "goods"), _text(given, "what")
    by_code = TAXONOMY.from_hs(line["hs"], line.get("edition", "")) if line.get("hs") else ()
    if code:
        if told.tried(f"{at}/goods", code, TAXONOMY.node, "Choose one of the list."):
            line["goods"] = code
    elif what and (found := TAXONOMY.find(what)):
        if len(found) > 1:
            found = tuple(node for node in found if node in by_code) or found
        if len(found) > 1:
            choices = "; ".join(f"{node.label} ({node.code})" for node in found)
            told.wrong(f"{at}/goods", f"“{what}” names several sorts of goods", f"Choose one: {choices}.")
        else:
            line["goods"] = found[0].code
    elif by_code and (shared := _above(by_code)):
        line["goods"] = shared
    else:
        near = TAXONOMY.suggest(what)[:5] if what else ()
        do = (
            f"Choose one: {'; '.join(f'{node.label} ({node.code})' for node in near)}."
            if near
            else "Choose one."
        )
        told.doubt(f"{at}/goods", "The goods are not recognised: they are counted under no sort of goods", do)
    domains = {node.domain for node in by_code}
    if line.get("goods") and domains and TAXONOMY.node(line["goods"]).domain not in domains:
        told.doubt(f"{at}/hs", f"HS {line['hs']} is of other goods", "Compare the code with the goods.")
    if not (code or what or line.get("hs") or _text(given, "hs") or _text(given, "species")):
        told.wrong(f"{at}/what", "It is not said which goods", "Name them.")


def _above(nodes: Sequence[Goods]) -> str:
    """The code of the nearest node above all of these; "" where they are of several domains."""
    paths = [node.code.split(".") for node in nodes]
    shared = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return ".".join(shared)


def _quantity(told: "Told", at: str, given: Mapping[str, Any], line: dict[str, Any], about: About) -> None:
    text, unit = _text(given, "quantity"), _text(given, "unit")
    place = f"{at}/quantity"
    if not text:
        told.doubt(place, NONE, "Say how much, if it is known.")
        return
    amount = told.tried(
        place,
        f"{text} {unit}".strip(),
        lambda _both: units.read_quantity(text, unit, about.decimal),
        "Write 1200 kg.",
    )
    if amount is None:
        return
    line["unit"] = amount.unit
    if amount.value is None:
        line |= {
            name: plain(end) for name, end in (("low", amount.low), ("high", amount.high)) if end is not None
        }
        line["how"] = "none"
        told.doubt(place, RANGE, "Give one figure if it is known.")
        return
    line["qty"] = plain(amount.value)
    if not amount.unit:
        line["how"] = "none"
        why = next((note for note in amount.notes if "unit" in note), "")
        told.doubt(f"{at}/unit", f"{NO_UNIT} ({why})" if "not known" in why else NO_UNIT, "Say the unit.")
        return
    for note in amount.notes:
        told.doubt(place, f"“{text}” was read as {line['qty']}: {note}", "Compare it.")
    goods = line.get("goods", "")
    if not goods:
        line["how"] = "none"
        return
    standard = conversions.standardise(goods, amount, about.own, None, about.where)
    if standard is None:
        line["how"] = "none"
        why = conversions.why_not(goods, amount)
        told.doubt(
            place,
            f"“{text} {unit}".rstrip() + f"” {why}",
            "Give it in another unit, or a conversion of your own.",
        )
    else:
        line |= {
            "std": plain(standard.qty),
            "std_unit": standard.unit,
            "how": standard.how,
            "why": standard.source,
        }
    alive = line.get("term") == LIVE and TAXONOMY.node(goods).domain == "cites_fauna"
    if alive and standard is not None and units.units()[amount.unit].dimension == "mass":
        told.doubt(f"{at}/unit", ALIVE, "Say how many.")


def _value(told: "Told", at: str, given: Mapping[str, Any], line: dict[str, Any], decimal: str) -> None:
    text, currency = _text(given, "value"), _text(given, "currency").upper()
    if currency and currency not in CURRENCIES:
        told.wrong(
            f"{at}/currency", f"“{currency}” is no currency of ISO 4217", "Write three letters, such as EUR."
        )
        currency = ""
    if not text:
        return
    value = told.tried(f"{at}/value", text, lambda t: _money(t, decimal), "Write it as 1123.00.")
    if value is not None:
        line |= {"value": plain(value), "currency": currency}
        if not currency and not _text(given, "currency"):
            told.doubt(f"{at}/currency", NO_CURRENCY, "Say the currency.")


def _money(text: str, decimal: str) -> Decimal:
    """A value, in any writing of a figure. Raises ValueError, TwoReadings as units.read_quantity."""
    amount = units.read_quantity(text, "", decimal)
    if amount.value is None or amount.unit:
        raise ValueError("is no amount: write its figure, and the currency beside it")
    if amount.value > 10**15:
        raise ValueError("is no amount: it has too many digits")
    return amount.value


def plain(value: Decimal) -> str:
    """A decimal without exponent and without noughts behind."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name, "") or "").strip()
