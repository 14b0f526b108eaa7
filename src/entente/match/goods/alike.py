"""Whether two bureaus tell of one seizure: a score with its reasons, and the keys that find whom to compare.

A person judges; nothing is merged. `compare` is the definition. `asked_keys` and `kept_keys` only spare the
comparison of pairs that cannot reach `THRESHOLD`: the parts below are so large that a pair without a day,
a country and a sort of goods in common reaches it by a shared number (container, vessel, plate, parcel, seal,
batch) alone. The parts are judgement, not measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from entente.core.scoring import Reason, Score, log_odds, probability
from entente.core.things import Body
from entente.match.goods import columns
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.names.fold import fold
from entente.match.numbers import keys_of

THRESHOLD = 0.5
"""Probability from which a pair is put before a person."""
DAYS = 3
"""Days between the two dates up to which they may be of one seizure: found, counted and reported."""
MOST_DAYS = 62
"""A longer period names no seizure."""
BEGINS = -5.0
"""Log-odds of two seizures of like goods in one country within days, before anything else is compared."""
APART = -6.0
"""Part of a country, a day or a sort of goods that is not shared."""
EARTH_KM = 6371.0088
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared. Days since 1970, the last included, or None; `amounts`: (goods, unit, quantity);
    `point`: degrees; `numbers`: look-up keys as in match.numbers."""

    first: int | None
    last: int | None
    country: str
    locode: str
    place: str
    point: tuple[float, float] | None
    goods: frozenset[str]
    domains: frozenset[str]
    amounts: tuple[tuple[str, str, float], ...]
    numbers: frozenset[str]


def facts_of(body: Body) -> Facts:
    """The facts of a seizure's body. Never raises: what cannot be read is not said."""
    first, last, _precision = columns.days_of(_first(body, "date"), _first(body, "dateEnd"))
    known = first != columns.NO_DAY and last - first < MOST_DAYS
    lines = list(columns.json_lines(body.get("item", ())))
    goods = frozenset(code for line in lines if (code := str(line.get("goods", ""))) in TAXONOMY)
    return Facts(
        first=first if known else None,
        last=last if known else None,
        country=_first(body, "country"),
        locode=_first(body, "locode").upper(),
        place=fold(_first(body, "place")).strip(),
        point=_point(_first(body, "latitude"), _first(body, "longitude")),
        goods=goods,
        domains=frozenset(TAXONOMY.node(code).domain for code in goods),
        amounts=tuple(_amounts(lines)),
        numbers=frozenset(keys_of(columns.KIND, body)),
    )


def kept_keys(facts: Facts) -> tuple[str, ...]:
    """The keys that a seizure is kept under, beside those of its numbers."""
    if facts.first is None or facts.last is None:
        return ()
    single = facts.first == facts.last
    spelled = [f"d{facts.first}"] if single else []
    spelled += [f"{'o' if single else 'p'}{month}" for month in _months(facts.first, facts.last)]
    return tuple(_under(facts, spelled))


def asked_keys(facts: Facts) -> tuple[str, ...]:
    """The keys of all that may reach the threshold with it; its own are among them."""
    found = sorted(facts.numbers)
    if facts.first is None or facts.last is None:
        return tuple(found)
    begins, ends = facts.first - DAYS, facts.last + DAYS
    months = _months(begins, ends)
    spelled = [f"p{month}" for month in months]
    if facts.first == facts.last:
        spelled += [f"d{day}" for day in range(begins, ends + 1)]
    else:
        spelled += [f"o{month}" for month in months]
    return (*found, *_under(facts, spelled))


def compare(one: Facts, other: Facts) -> Score:
    """How likely the two are one seizure, and why; the same both ways but for which is `asked`."""
    shared = sorted(one.numbers & other.numbers)
    reasons = [
        Reason("prior", "", "", BEGINS),
        _date(one, other, bool(shared)),
        _country(one, other, bool(shared)),
        _goods(one, other, bool(shared)),
        _place(one, other),
        _quantity(one, other),
        *[Reason(f"number-{key.partition(':')[0]}", _bare(key), _bare(key), _worth(key)) for key in shared],
    ]
    return _summed(reasons)


_WORTH: Mapping[str, float] = {"serial": 5.0, "plate": 4.0, "imo": 3.0}
"""A container, a seal or a parcel is rarely shared by chance; a vessel carries many consignments."""


def _worth(key: str) -> float:
    return _WORTH.get(key.partition(":")[0], 2.0)


def _bare(key: str) -> str:
    return key.partition(":")[2]


def _summed(reasons: Sequence[Reason]) -> Score:
    """The score of reasons; where they sum beyond what log-odds tell apart, the first gives way."""
    value = probability(sum(r.part for r in reasons))
    kept = [r for r in reasons if r.part or r.rule == "prior"]
    rest = log_odds(value) - sum(r.part for r in kept)
    prior = kept[0]
    kept[0] = Reason(prior.rule, prior.asked, prior.found, prior.part + rest)
    return Score(value, tuple(kept))


def _date(one: Facts, other: Facts, shared: bool) -> Reason:
    said = (_days(one), _days(other))
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return Reason("date", *said, -1.0 if shared else APART)
    gap = max(one.first - other.last, other.first - one.last, 0)
    if gap > DAYS:
        return Reason("date", *said, -3.0 if shared and gap <= 30 else APART)
    exact = one.first == one.last and other.first == other.last
    part = (2.0, 1.0, 0.0, 0.0)[gap] if exact else 0.5 if not gap else 0.0
    return Reason("date", *said, part)


def _country(one: Facts, other: Facts, shared: bool) -> Reason:
    said = (one.country, other.country)
    if one.country and one.country == other.country:
        return Reason("country", *said, 0.0)
    unsaid = not one.country or not other.country
    return Reason("country", *said, 0.0 if shared and unsaid else APART)


def _goods(one: Facts, other: Facts, shared: bool) -> Reason:
    said = (", ".join(sorted(one.goods)), ", ".join(sorted(other.goods)))
    if one.goods & other.goods:
        return Reason("goods", *said, 1.5)
    if any(_leads(a, b) or _leads(b, a) for a in one.goods for b in other.goods):
        return Reason("goods", *said, 1.0)
    if one.domains & other.domains:
        return Reason("goods", *said, -0.5)
    unsaid = not one.goods or not other.goods
    return Reason("goods", *said, 0.0 if shared and unsaid else APART)


def _leads(general: str, special: str) -> bool:
    return special.startswith(f"{general}.")


def _place(one: Facts, other: Facts) -> Reason:
    said = (one.locode or one.place, other.locode or other.place)
    if one.locode and other.locode:
        return Reason("place", *said, 2.0 if one.locode == other.locode else -2.0)
    if one.place and one.place == other.place:
        return Reason("place", *said, 2.0)
    if one.point and other.point:
        km = distance(one.point, other.point)
        return Reason("place", *said, 2.0 if km <= 5 else 0.5 if km <= 50 else -2.0)
    return Reason("place", *said, -0.5 if one.place and other.place else 0.0)


def _quantity(one: Facts, other: Facts) -> Reason:
    """The nearest pair of quantities of the same goods, or of goods of which one leads to the other."""
    best: Reason | None = None
    for goods, unit, amount in one.amounts:
        for goods2, unit2, amount2 in other.amounts:
            related = goods == goods2 or _leads(goods, goods2) or _leads(goods2, goods)
            if unit != unit2 or not related:
                continue
            apart = abs(amount - amount2) / max(amount, amount2)
            part = 3.0 if apart <= 0.01 else 1.5 if apart <= 0.1 else 0.0 if apart <= 0.5 else -2.5
            if best is None or part > best.part:
                best = Reason("quantity", f"{amount:g} {unit}", f"{amount2:g} {unit2}", part)
    return best or Reason("quantity", "", "", 0.0)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (degrees) on a sphere of the mean radius (IUGG), by the haversine."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def _amounts(lines: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, str, float]]:
    """Of each sort of goods and unit its sum, as several lines of one seizure are often told as one."""
    sums: dict[tuple[str, str], float] = {}
    for line in lines:
        try:
            amount = float(str(line.get("std") or "nan"))
        except ValueError:
            continue
        if 0 < amount < float("inf"):
            place = (str(line.get("goods", "")), str(line.get("std_unit", "")))
            sums[place] = sums.get(place, 0.0) + amount
    return ((goods, unit, amount) for (goods, unit), amount in sums.items() if goods and unit)


def _under(facts: Facts, spelled: Sequence[str]) -> Iterator[str]:
    if facts.country:
        for domain in sorted(facts.domains):
            yield from (f"seizure-near:{facts.country}:{domain}:{one}" for one in spelled)


def _months(first: int, last: int) -> list[str]:
    """The months that days lie in, as YYYYMM."""
    begins, ends = _EPOCH + timedelta(first), _EPOCH + timedelta(last)
    counted = range(begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month)
    return [f"{month // 12:04}{month % 12 + 1:02}" for month in counted]


def _days(facts: Facts) -> str:
    if facts.first is None or facts.last is None:
        return ""
    begins, ends = _EPOCH + timedelta(facts.first), _EPOCH + timedelta(facts.last)
    return begins.isoformat() if begins == ends else f"{begins.isoformat()}/{ends.isoformat()}"


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def _first(body: Body, name: str) -> str:
    return next(iter(body.get(name, ())), "")
