"""What a unit of goods is in another, as one's own bureau measured it: it wins over the house's factors."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.conversions import Conversion
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.goods.units import read_unit
from entente.rooms.bureaus import own as own_paper
from entente.rooms.trends.seizures import model as m

KIND = "GoodsConversion"
MOST = 500
"""Conversions that one bureau keeps."""


def things(desk: Desk) -> list[Thing]:
    """One's own bureau's conversions, newest first."""
    return [t for _, t in desk.table([KIND], key=_key(desk.asker.bureau), limit=MOST)]


def own(desk: Desk) -> tuple[Conversion, ...]:
    """Those that are valid by now, as what standardises quantities takes them."""
    today = desk.today.isoformat()
    return tuple(_conversion(thing) for thing in things(desk) if thing.first("validFrom") <= today)


def keep(desk: Desk, form: m.ConversionForm) -> Thing:
    """Keep a conversion. Raises Faulty with every fault."""
    faults: list[Fault] = []
    if form.goods not in TAXONOMY:
        faults.append(Fault("goods", f"“{form.goods}” is no code of our goods", "Choose one of the list."))
    units = {}
    for name in ("from_unit", "to_unit"):
        try:
            units[name] = read_unit(getattr(form, name))
        except ValueError as wrong:
            faults.append(Fault(name, f"“{getattr(form, name)}” {wrong}", "Choose one of the list."))
        else:
            if not units[name]:
                faults.append(Fault(name, "The unit is missing", "Choose one of the list."))
    if len(set(units.values())) == 1 and len(units) == 2:
        faults.append(Fault("to_unit", "Both units are the same", "Choose another."))
    factor = _factor(form.factor)
    if factor is None:
        faults.append(Fault("factor", f"“{form.factor}” is no positive number", "Write it as 0.28."))
    if not form.source:
        faults.append(Fault("source", "The source is missing", "Say where the factor is from."))
    if len(things(desk)) >= MOST:
        faults.append(Fault("goods", f"Your bureau has {MOST} conversions already", "Take one back first."))
    if faults:
        raise Faulty(faults=tuple(faults))
    raw = {
        "goods": form.goods,
        "fromUnit": units["from_unit"],
        "toUnit": units["to_unit"],
        "factor": str(factor),
        "method": form.method,
        "records": str(form.records or ""),
        "source": form.source,
        "validFrom": form.valid_from.isoformat() if form.valid_from else "",
    }
    number = desk.asker.bureau
    kept = desk.keep(KIND, raw, own_paper(number), keys=(_key(number),))
    desk.note("contribute", object=kept.id, what="conversion of goods")
    return kept


def withdraw(desk: Desk, id: str) -> None:
    """Take a conversion back; seizures that were standardised by it stay as they are. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    desk.withdraw(thing)
    desk.note("withdraw", object=id, what="conversion of goods")


def listed(desk: Desk) -> Sequence[m.Conversion]:
    """One's own bureau's conversions as they are shown."""
    found = things(desk)
    desk.note("see", what="conversions of goods")
    return [shown(thing) for thing in found]


def shown(thing: Thing) -> m.Conversion:
    return m.Conversion.model_validate(
        {
            "id": thing.id,
            "goods": thing.first("goods"),
            "from_unit": thing.first("fromUnit"),
            "to_unit": thing.first("toUnit"),
            "factor": thing.first("factor"),
            "method": thing.first("method") or "physical",
            "records": int(thing.first("records") or 0),
            "source": thing.first("source"),
            "valid_from": thing.first("validFrom") or None,
        }
    )


def _conversion(thing: Thing) -> Conversion:
    return Conversion(
        goods=thing.first("goods"),
        unit=thing.first("fromUnit"),
        to=thing.first("toUnit"),
        factor=Decimal(thing.first("factor")),
        source=thing.first("source"),
        method=thing.first("method") or "physical",
        records=int(thing.first("records") or 0),
    )


def _key(bureau: int) -> str:
    return f"goods-conversions:{bureau}"


def _factor(text: str) -> Decimal | None:
    try:
        factor = Decimal(text)
    except InvalidOperation:
        return None
    return factor if factor.is_finite() and 0 < factor < 10**12 else None
