"""The tantivy folder: crashes, damage, one writer."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Text, TokenKeys
from entente.engines.text import Busy, Corrupt, open_text

VIEW = View(b"", ("s1",), date(2026, 3, 1))
EVERYONE = NameQuery(())
APART = """import sys
from entente.engines.seams import Doc, TokenKeys
from entente.engines.text import open_text
"""


def doc(n: int) -> Doc:
    ivan = TokenKeys("ivan", frozenset({"ivan", "iva"}), frozenset({"fn"}))
    return Doc(n, f"{n:032x}", (ivan,), frozenset(), frozenset({"s1"}), 30_000, n)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"tantivy:{tmp_path / 'names'}"


@pytest.fixture
def text(url: str) -> Iterator[Text]:
    opened = open_text(url)
    yield opened
    opened.close()


def count(text: Text) -> int:
    return len(text.propose(EVERYONE, VIEW, 10_000).candidates)


def test_opening_and_reading_writes_nothing(text: Text, tmp_path: Path) -> None:
    assert (text.watermark(), count(text)) == (0, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wait", [0.05, 0.2, 0.5])
def test_a_killed_writer_leaves_its_last_commit_whole(url: str, text: Text, wait: float) -> None:
    """Batch k brings records 10k..10k+9 and watermark k+1, so content and watermark can be held together."""
    writer = (
        APART
        + """
text, place = open_text(sys.argv[1]), 0
ivan = TokenKeys("ivan", frozenset({"ivan", "iva"}), frozenset({"fn"}))
while True:
    ns = range(place * 10, place * 10 + 10)
    text.apply([Doc(n, "", (ivan,), frozenset(), frozenset({"s1"}), 30_000, n) for n in ns], [], place + 1)
    place += 1
    print(place, flush=True)
"""
    )
    with subprocess.Popen([sys.executable, "-c", writer, url], stdout=subprocess.PIPE) as apart:
        assert apart.stdout and apart.stdout.readline()
        time.sleep(wait)
        apart.send_signal(signal.SIGKILL)
        told = [1, *map(int, apart.stdout.read().split())]
    mark = text.watermark()
    assert mark >= told[-1]
    assert count(text) == mark * 10
    text.apply([doc(n) for n in range(mark * 10, mark * 10 + 10)], [], mark + 1)
    assert (text.watermark(), count(text)) == (mark + 1, (mark + 1) * 10)


def test_one_process_writes_and_others_read(url: str, text: Text) -> None:
    text.apply([doc(1)], [], 1)
    other = open_text(url)
    with pytest.raises(Busy):
        other.apply([doc(2)], [], 2)
    with pytest.raises(Busy):
        other.wipe()
    assert (other.watermark(), count(other)) == (1, 1)
    apart = APART + "print(open_text(sys.argv[1]).watermark())"
    assert (
        subprocess.run([sys.executable, "-c", apart, url], capture_output=True, check=True).stdout == b"1\n"
    )
    text.close()
    other.apply([doc(2)], [], 2)
    assert (text.watermark(), count(text)) == (2, 2)
    other.close()


@pytest.mark.parametrize("damage", ["cut", "empty", "missing", "meta"])
def test_a_broken_folder_says_so_and_can_be_wiped_and_built_again(
    url: str, text: Text, tmp_path: Path, damage: str
) -> None:
    text.apply([doc(n) for n in range(50)], [], 1)
    text.close()
    folder = tmp_path / "names"
    broken = (
        [folder / "meta.json"]
        if damage == "meta"
        else sorted(folder.glob("*.idx")) + sorted(folder.glob("*.fast"))
    )
    for path in broken:
        match damage:
            case "cut":
                os.truncate(path, path.stat().st_size // 2)
            case "empty":
                os.truncate(path, 0)
            case "missing":
                path.unlink()
            case "meta":
                path.write_text("{")
    for call in (text.watermark, lambda: count(text), lambda: text.apply([doc(1)], [], 2)):
        with pytest.raises(Corrupt, match="cannot be read"):
            call()
    text.wipe()
    assert (text.watermark(), count(text)) == (0, 0)
    text.apply([doc(1)], [], 1)
    assert (text.watermark(), count(text)) == (1, 1)


def test_an_index_of_another_form_counts_as_broken(url: str, text: Text, tmp_path: Path) -> None:
    tantivy = pytest.importorskip("tantivy")
    (tmp_path / "names").mkdir()
    tantivy.Index(tantivy.SchemaBuilder().build(), str(tmp_path / "names"))
    with pytest.raises(Corrupt):
        text.watermark()


def test_wiping_touches_only_the_indexs_own_files(text: Text, tmp_path: Path) -> None:
    text.apply([doc(1)], [], 1)
    (tmp_path / "names" / "letter.txt").write_text("mine")
    text.wipe()
    assert [path.name for path in (tmp_path / "names").iterdir()] == ["letter.txt"]


def test_an_erased_records_number_is_in_no_document_that_lives(text: Text) -> None:
    """delete_documents_by_term on an unsigned field deletes nothing in tantivy 0.27, without an error."""
    numbers = list(range(200))
    random.Random(3).shuffle(numbers)
    for place in range(0, 200, 20):
        text.apply([doc(n) for n in numbers[place : place + 20]], [], place)
    text.apply([], numbers[:150], 200)
    assert {c.n for c in text.propose(EVERYONE, VIEW, 999).candidates} == set(numbers[150:])


@pytest.mark.parametrize("url", ["", "tantivy:", "memory:x", "lucene:x", "fts5"])
def test_an_unknown_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="tantivy:<folder>"):
        open_text(url)
