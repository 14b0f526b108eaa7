"""Files larger than the house takes over HTTP: streamed, resumable, faulty rows told, good ones kept."""

from pathlib import Path

import pytest

from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.problems import Faulty
from entente.desk import House
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import loading
from rooms.scene import Scene
from rooms.seized import OFFICER, Customs

HEAD = "Date,Country,Goods,Quantity\n"
XA = 2
"""Number of XA on the stage."""
ASKER = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR}))
MINE = Handling(owner=XA, see=0)


def written(path: Path, *rows: str) -> Path:
    file = path / "seizures.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return file


def rows(many: int) -> list[str]:
    return [f"2026-01-{n % 14 + 1:02},XB,cocaine,{20 + n % 30} kg" for n in range(many)]


def test_good_rows_are_kept_batch_by_batch_and_faulty_ones_told(
    house: House, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 7)
    file = written(tmp_path, *rows(20), "2031-01-01,XB,cocaine,1 kg", *rows(3))
    steps = list(loading.load(house, ASKER, file, i.Sent(), MINE))
    assert (sum(s.read for s in steps), sum(s.kept for s in steps)) == (24, 23)
    assert [(f.row, f.column) for s in steps for f in s.faults] == [(22, "Date")]
    assert len(Customs(scene).list(OFFICER, "?limit=200", purpose="")) == 23
    again = list(loading.load(house, ASKER, file, i.Sent(), MINE))
    assert sum(s.kept for s in again) == 0


def test_a_load_that_was_cut_goes_on_where_it_stopped(
    house: House, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 5)
    file = written(tmp_path, *rows(20))
    first = loading.load(house, ASKER, file, i.Sent(), MINE)
    assert [next(first).kept for _ in range(2)] == [5, 5]
    first.close()
    rest = [step.kept for step in loading.load(house, ASKER, file, i.Sent(), MINE)]
    assert rest == [0, 0, 5, 5]
    assert len(Customs(scene).list(OFFICER, "?limit=200", purpose="")) == 20


def test_a_check_keeps_nothing(house: House, scene: Scene, tmp_path: Path) -> None:
    steps = list(loading.check(house, ASKER, written(tmp_path, *rows(3), "x,XB,cocaine,1 kg"), i.Sent()))
    assert [(s.read, s.kept, s.fault_count) for s in steps] == [(4, 3, 1)]
    assert Customs(scene).list(OFFICER, purpose="") == []


def test_a_header_that_says_nothing_is_refused_before_anything_is_kept(house: House, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("A,B\n1,2\n")
    with pytest.raises(Faulty):
        list(loading.load(house, ASKER, file, i.Sent(), MINE))
    file.write_text("Date,Goods\n")
    with pytest.raises(Faulty):
        list(loading.check(house, ASKER, file, i.Sent()))


def test_a_file_of_windows_letters_is_read(house: House, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes("Date,Pays,Produit,Quantité\n2026-01-01,Côte d'Ivoire,cocaïne,2 kg\n".encode("cp1252"))
    assert [step.kept for step in loading.check(house, ASKER, file, i.Sent())] == [1]


def test_the_command_s_mapping_says_columns_constants_and_how_the_file_writes(
    house: House, scene: Scene, tmp_path: Path
) -> None:
    file = tmp_path / "totals.csv"
    file.write_text('Jahr,Stoff,Menge\n2018,Cocaine,"1,200.5"\n2018,Nothing we know,3\n2018,Heroin,x\n')
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'decimal = "."\n[columns]\nJahr = "year"\nStoff = "what"\nMenge = "quantity KGM"\n'
        '[constants]\ncountry = "XB"\nform = "total"\n'
    )
    steps = list(loading.load_file(house, ASKER, file, MINE, mapping))
    assert [(s.read, s.kept, [(f.number, f.reason.split(":")[0]) for f in s.faults]) for s in steps] == [
        (3, 2, [(4, "Menge")])
    ]
    rows = Customs(scene).list(OFFICER, purpose="")
    assert {(row["form"], row["date"]) for row in rows} == {("total", "2018")}
    mapping.write_text("no toml")
    with pytest.raises(Faulty):
        list(loading.load_file(house, ASKER, file, MINE, mapping))
