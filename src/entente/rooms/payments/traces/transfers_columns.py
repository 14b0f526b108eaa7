"""Columns of payments as bytes to keep, and back: numpy's own format in a zip archive, without pickle.

The same columns are the same bytes each time. Whole numbers beyond 64 bits (wei) are kept as text.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

from entente.match.taint import Transfers
from entente.match.taint.transfers import Column, whole

_DAY = (1980, 1, 1, 0, 0, 0)
_SAID = "said.json"
_COLUMNS = ("source", "target", "at", "amount", "line", "asset", "received", "received_asset")


def packed(columns: Mapping[str, Column], said: Mapping[str, Any]) -> bytes:
    """Named columns, and what JSON can say beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        for name, given in sorted(columns.items()):
            column = whole(given.tolist()) if given.dtype == object else given  # of a part, all may fit
            if column.dtype == object:
                _write(archive, f"{name}.json", json.dumps([str(v) for v in column.tolist()]).encode())
            else:
                held = io.BytesIO()
                np.lib.format.write_array(held, np.ascontiguousarray(column), allow_pickle=False)
                _write(archive, f"{name}.npy", held.getvalue())
        _write(archive, _SAID, json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
    return made.getvalue()


def unpacked(data: bytes) -> tuple[dict[str, Column], dict[str, Any]]:
    """What was packed. For bytes of our own: their digest was checked when they were opened."""
    columns: dict[str, Column] = {}
    said: dict[str, Any] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            stem, _, ending = name.rpartition(".")
            if name == _SAID:
                said = json.loads(held)
            elif ending == "npy":
                columns[stem] = np.lib.format.read_array(io.BytesIO(held), allow_pickle=False)
            else:
                columns[stem] = whole([int(v) for v in json.loads(held)])
    return columns, said


def columns_of(transfers: Transfers) -> tuple[dict[str, Column], dict[str, Any]]:
    """The columns of payments, and their names, as `packed` takes them."""
    columns = {name: column for name in _COLUMNS if (column := getattr(transfers, name)) is not None}
    names = {"accounts": transfers.accounts, "assets": transfers.assets, "refs": transfers.refs}
    return columns, {name: list(values) for name, values in names.items()}


def transfers_of(columns: Mapping[str, Column], said: Mapping[str, Any]) -> Transfers:
    """Payments again of `columns_of`."""
    return Transfers(
        accounts=tuple(said["accounts"]),
        refs=tuple(said["refs"]),
        assets=tuple(said["assets"]),
        **{name: columns.get(name) for name in _COLUMNS},  # type: ignore[arg-type]
    )


def chosen(transfers: Transfers, rows: Column) -> Transfers:
    """The payments of some rows (ascending) alone, with the accounts that are theirs, renumbered in order."""
    held = np.unique(np.concatenate([transfers.source[rows], transfers.target[rows]]))
    number = np.full(len(transfers.accounts), -1, np.int32)
    number[held] = np.arange(len(held), dtype=np.int32)
    rest = {name: column[rows] for name in _COLUMNS[2:] if (column := getattr(transfers, name)) is not None}
    return Transfers(
        accounts=tuple(transfers.accounts[n] for n in held.tolist()),
        refs=tuple(transfers.refs[n] for n in rows.tolist()) if transfers.refs else (),
        assets=transfers.assets,
        source=number[transfers.source[rows]],
        target=number[transfers.target[rows]],
        **rest,
    )


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED, compresslevel=5)
