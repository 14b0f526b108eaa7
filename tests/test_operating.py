"""What an operator does on a house of his own: backup, restore, the journal."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from entente.app import open_house
from entente.core.journal import Tampered
from entente.core.problems import NotSupported, Unavailable, Unreadable
from entente.desk import HOUSE_ASKER, sit
from entente.desk.retention import erase
from entente.desk.work import held
from entente.settings import Settings
from test_cli import Run, _entries, _flat, _search, ivo, run

__all__ = ["ivo", "run"]  # fixtures


# --- backup --------------------------------------------------------------------------------------


def test_a_backup_is_a_house_that_opens(run: Run, ivo: Path, tmp_path: Path, monkeypatch) -> None:
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")
    run("backup", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").mkdir()
    (tmp_path / "copy.db").rename(tmp_path / "other" / "entente.db")
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "other"))
    run("work", "--rebuild", "--until-idle")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")
    assert "backup" in _entries(tmp_path)


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    for command in ("backup", "journal"):
        kept = tmp_path / f"{command}.out"
        kept.write_text("mine")
        assert "is there already" in _flat(run(command, kept, fails=True).output)
        assert kept.read_text() == "mine"
        assert "cannot be made" in _flat(run(command, tmp_path / "nowhere" / "x", fails=True).output)


# --- restore -------------------------------------------------------------------------------------


@pytest.fixture
def copy(run: Run, ivo: Path, tmp_path: Path) -> Path:
    """A copy of a house that holds Ivo, who is in the house still."""
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")
    run("backup", tmp_path / "copy.db")
    return tmp_path / "copy.db"


def _withdraw(run: Run) -> None:
    found = re.search(r"\t([0-9a-f]{32})\t", _search(run, "Ivo Marenko"))
    assert found
    with closing(open_house(Settings())) as house, sit(house, HOUSE_ASKER, writing=True) as desk:
        erase(desk, found[1])
        desk.note("erase", object=found[1])
    run("work", "--until-idle")
    assert "Nothing here" in _search(run, "Ivo Marenko")


def _stores(tmp_path: Path) -> list[str]:
    return sorted(p.name for p in (tmp_path / "var").glob("entente*"))


def test_a_copy_comes_back_and_says_what_it_brings(run: Run, copy: Path, tmp_path: Path) -> None:
    entries = len(_entries(tmp_path))
    run("bureau", "XC", "Bureau of XC")
    said = run("restore", copy).stdout
    things = re.search(r": (\d+) things, (\d+) journal entries\.", said)
    assert things
    assert int(things[2]) == entries
    assert int(things[1]) >= 5  # two bureaus, two officers, Ivo
    assert "Deletions made again: 0." in said
    run("work", "--until-idle")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")
    run("load", "ivo.jsonl", "--bureau", "XC", fails=True)
    run("verify")
    (before,) = (name for name in _stores(tmp_path) if ".before-" in name)
    assert run("restore", tmp_path / "var" / before).exit_code == 0  # what was put aside is a copy too
    run("load", "ivo.jsonl", "--bureau", "XC")


def test_what_was_deleted_since_stays_deleted(run: Run, copy: Path) -> None:
    _withdraw(run)
    assert "Deletions made again: 1." in run("restore", copy).stdout
    run("work", "--until-idle")
    assert "Nothing here" in _search(run, "Ivo Marenko")


@pytest.mark.parametrize("rubbish", [b"", b"no store at all" * 5000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_house_whose_store_cannot_be_read_gets_its_copy(
    run: Run, copy: Path, tmp_path: Path, rubbish: bytes
) -> None:
    for left in ("-wal", "-shm"):
        (tmp_path / "var" / f"entente.db{left}").unlink(missing_ok=True)
    (tmp_path / "var" / "entente.db").write_bytes(rubbish)
    result = run("restore", copy)
    assert "CANNOT be deleted again" in result.stderr
    run("work", "--until-idle")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")
    (before,) = (tmp_path / "var").glob("entente.before-*")
    assert before.read_bytes() == rubbish


def test_a_new_machine_gets_its_copy(
    run: Run, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "new" / "var"))
    assert "as it was" not in run("restore", copy).stdout
    run("work", "--until-idle")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")


def _foreign(path: Path, *words: str) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as store:
        for word in words or ("create table a (b)",):
            store.execute(word)
        store.commit()


def _changed(path: Path, *words: str) -> None:
    with closing(sqlite3.connect(path)) as store:
        for word in words:
            store.execute(word)
        store.commit()
        store.execute("pragma wal_checkpoint(truncate)")


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\x17" * (len(data) - 4096 * 3)
    path.write_bytes(bytes(data))


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda p: p.write_text("a text"), "no SQLite file"),
    "nothing": (lambda p: p.write_bytes(b""), "no SQLite file"),
    "foreign": (_foreign, "has no table"),
    "journal export": (lambda p: p.write_text(json.dumps({"format": "entente journal 1"})), "no SQLite file"),
    "cut": (lambda p: p.write_bytes(p.read_bytes()[:50_000]), ""),
    "damaged": (_damaged, ""),
    "header alone": (lambda p: p.write_bytes(p.read_bytes()[:100]), ""),
    "newer": (lambda p: _changed(p, "update alembic_version set version_num = '9999'"), "another release"),
    "no release": (lambda p: _changed(p, "drop table alembic_version"), "another release"),
    "no journal": (lambda p: _changed(p, "delete from entry"), "no journal"),
    "no table": (lambda p: _changed(p, "drop table thing"), "has no table thing"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_is_refused_and_the_house_stays(
    run: Run, copy: Path, tmp_path: Path, wrong: str
) -> None:
    spoil, why = WRONG[wrong]
    spoil(copy)
    given, stores = copy.read_bytes(), _stores(tmp_path)
    result = run("restore", copy, fails=True)
    assert isinstance(result.exception, Unreadable)
    assert why in str(result.exception)
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")
    assert copy.read_bytes() == given
    assert [name for name in _stores(tmp_path) if not name.endswith(("-wal", "-shm"))] == [
        name for name in stores if not name.endswith(("-wal", "-shm"))
    ]


def test_a_restore_that_fails_midway_puts_the_store_back(
    run: Run, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("bureau", "XC", "Bureau of XC")
    with monkeypatch.context() as patched:
        patched.setattr("entente.app.throw_away", _fail)
        assert isinstance(run("restore", copy, fails=True).exception, Unavailable)
    assert not [name for name in _stores(tmp_path) if "before" in name or "new" in name]
    run("load", "ivo.jsonl", "--bureau", "XC")


def _fail(_: object) -> None:
    raise Unavailable


def test_a_house_at_work_is_not_restored(run: Run, copy: Path, tmp_path: Path) -> None:
    with held(tmp_path / "var" / "work.lock"):
        assert isinstance(run("restore", copy, fails=True).exception, NotSupported)
    assert "restore" not in _entries(tmp_path)
    run("restore", tmp_path, fails=True)  # a folder


# --- the journal ---------------------------------------------------------------------------------


def test_the_journal_of_this_machine_verifies(run: Run, ivo: Path) -> None:
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")
    _search(run, "Ivo Marenko")
    said = run("verify").stdout
    assert "The journal holds together." in said
    key = re.search(r"key ([0-9a-f]{64})", said)
    assert key
    run("verify", "--key", key[1])
    run("verify", "--key", "00" * 32, fails=True)
    run("verify", "--key", "zz", fails=True)


def test_an_export_of_the_journal_verifies_anywhere_with_or_without_what_is_sealed(
    run: Run, ivo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _search(run, "Ivo Marenko")
    run("journal", "whole.export")
    run("journal", "shut.export", "--no-private")
    assert "Marenko" in (tmp_path / "whole.export").read_text()
    assert "Marenko" not in (tmp_path / "shut.export").read_text()
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "elsewhere"))
    for name in ("whole.export", "shut.export"):
        run("verify", name)


def test_an_entry_is_extracted_and_an_unknown_one_is_an_error(run: Run, tmp_path: Path) -> None:
    _search(run, "Ivo Marenko")
    with closing(sqlite3.connect(tmp_path / "var" / "entente.db")) as store:
        ((id,),) = store.execute("select id from entry where act = 'search'")
    run("journal", "one.export", "--entry", id)
    run("verify", "one.export")
    result = run("journal", "two.export", "--entry", id, "--entry", "0" * 32, fails=True)
    assert f"no entry {'0' * 32}." in _flat(result.output)
    run("journal", "two.export", "--entry", id, "--known", 10_000_000, fails=True)
    assert not (tmp_path / "two.export").exists()


@pytest.mark.parametrize(
    "tampering",
    [
        "update entry set leaf = cast(replace(leaf, 'wanted', 'x') as blob) where act = 'search'",
        "update entry set private = replace(private, 'Marenko', 'Somebody') where act = 'search'",
        "delete from entry where act = 'search'",
        "update entry set place = place + 1000 where act = 'search'",
        "update checkpoint set root = zeroblob(32)",
        "update checkpoint set signature = zeroblob(64)",
    ],
)
def test_a_tampered_row_is_found(run: Run, tmp_path: Path, tampering: str) -> None:
    _search(run, "Ivo Marenko")
    run("verify")
    with closing(sqlite3.connect(tmp_path / "var" / "entente.db")) as store:
        changed = store.execute(tampering).rowcount
        store.commit()
    assert changed > 0
    result = run("verify", fails=True)
    assert isinstance(result.exception, Tampered) or "FAULT at place" in result.output


def test_a_tampered_export_is_found(run: Run, tmp_path: Path) -> None:
    _search(run, "Ivo Marenko")
    run("journal", "whole.export")
    path = tmp_path / "whole.export"
    whole = path.read_text()
    path.write_text(whole.replace("Marenko", "Somebody"))
    assert "FAULT at place" in run("verify", "whole.export", fails=True).output
    path.write_text("\n".join(whole.splitlines()[:-2]) + "\n")
    run("verify", "whole.export", fails=True)
