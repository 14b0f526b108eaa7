"""The SQLite fallback: damage and writers."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery
from entente.engines.text import Busy, Corrupt, open_text
from entente.engines.text.file import FileText

VIEW = View(b"", ("s1",), date(2026, 3, 1))
DOC = Doc(1, "", (), frozenset(), frozenset({"s1"}), 30_000, 0)


def test_a_broken_file_says_so_and_can_be_wiped_and_built_again(tmp_path: Path) -> None:
    (tmp_path / "names").write_bytes(b"no database" * 900)
    text = open_text(f"fts5:{tmp_path / 'names'}")
    with pytest.raises(Corrupt):
        text.watermark()
    text.wipe()
    text.apply([DOC], [], 4)
    assert [c.n for c in text.propose(NameQuery(()), VIEW, 5).candidates] == [1]
    assert text.watermark() == 4
    text.close()


def test_a_second_writer_is_told_that_it_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.engines.text.file._PATIENCE_S", 0.01)
    text = FileText(tmp_path / "names")
    text.apply([DOC], [], 1)
    other = sqlite3.connect(tmp_path / "names", isolation_level=None)
    other.execute("begin immediate")
    second = FileText(tmp_path / "names")
    with pytest.raises(Busy):
        second.apply([DOC], [], 2)
    other.close()
    second.close()
    text.close()
