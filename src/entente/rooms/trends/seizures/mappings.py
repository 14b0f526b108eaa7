"""What the columns of a bureau's files mean, remembered by the file's header."""

import json
from collections.abc import Sequence

from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import table
from entente.match.goods.table import Column, Mapped
from entente.rooms.bureaus import own

KIND = "ColumnMapping"
MOST = 200


def remembered(desk: Desk, header: Sequence[str]) -> Mapped | None:
    """How one's own bureau read a file with this header the last time it kept one; None: never."""
    thing = _find(desk, header)
    if thing is None:
        return None
    said = json.loads(thing.first("columns"))
    return Mapped(
        columns=tuple(Column(field, unit) for field, unit in said["columns"]),
        constants=said["constants"],
        decimal=said["decimal"],
        order=said["order"],
        epoch=said["epoch"],
    )


def remember(desk: Desk, header: Sequence[str], mapped: Mapped, name: str) -> None:
    """Remember it for the next file with the same header."""
    bureau = desk.asker.bureau
    said = {
        "columns": [(column.field, column.unit) for column in mapped.columns],
        "constants": dict(mapped.constants),
        "decimal": mapped.decimal,
        "order": mapped.order,
        "epoch": mapped.epoch,
    }
    raw = {
        "name": name,
        "header": table.fingerprint(header),
        "columns": json.dumps(said, ensure_ascii=False),
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    standing = _find(desk, header)
    if standing is not None and standing.first("columns") == raw["columns"]:
        return
    key = _key(bureau, header)
    desk.keep(KIND, raw, own(bureau), id=desk.house.ids.of("mapping", key), version=0, keys=(key,))


def _find(desk: Desk, header: Sequence[str]) -> Thing | None:
    bureau = desk.asker.bureau
    found = (t for _, t in desk.find([_key(bureau, header)]))
    return next((t for t in found if t.kind == KIND and t.handling.owner == bureau), None)


def _key(bureau: int, header: Sequence[str]) -> str:
    return f"column-mapping:{bureau}:{table.fingerprint(header)}"
