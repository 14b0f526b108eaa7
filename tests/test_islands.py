"""The islands: their own tests in Node, their weight, and the words the page gives the chart workspace."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from entente.rooms.analysis import chart_words
from entente.rooms.analysis.chart_commands import COMMANDS
from entente.web.statics import FOLDER

UI = Path(__file__).parent.parent / "ui"
MOST_BYTES = 200_000
SLUGS = re.compile(r"\b(?:w|deed)\(([\"`])([^\"`]+)\1")


def sources() -> str:
    return "\n".join(file.read_text() for file in (UI / "src" / "chart").glob("*.ts"))


@pytest.mark.skipif(
    not shutil.which("node") or not (UI / "node_modules").is_dir(), reason="Needs Node and ui/node_modules."
)
def test_the_chart_without_a_browser(tmp_path: Path) -> None:
    tests = sorted(str(file) for file in (UI / "tests").glob("*.test.ts"))
    bundled = [
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--out-extension:.js=.mjs",
        f"--outdir={tmp_path}",
    ]
    subprocess.run(["node_modules/.bin/esbuild", *tests, *bundled, "--log-level=error"], cwd=UI, check=True)
    done = subprocess.run(["node", "--test", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(
    not (FOLDER / "dist" / "chart.js").exists(), reason="The islands are not built: make pages."
)
def test_all_islands_together_are_light() -> None:
    scripts = list((FOLDER / "dist").glob("*.js"))
    assert {"entente.js", "chart.js"} <= {file.name for file in scripts}
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in scripts) <= MOST_BYTES


def test_every_word_the_workspace_says_comes_with_the_page() -> None:
    known = chart_words.words().keys()
    for _, key in SLUGS.findall(sources()):
        pattern = re.compile(re.sub(r"\\\$\\{.*?\\}|\$\{[^}]*\}", "[a-z0-9-]+", key) + "$")
        assert any(pattern.match(one) for one in known | {f"{one}" for one in COMMANDS}), key


def test_every_word_of_the_page_is_said_by_the_workspace() -> None:
    said = sources()
    patterns = [re.sub(r"\$\{[^}]*\}", "[a-z0-9-]+", key) for _, key in SLUGS.findall(said)]
    patterns += [
        "(category|certainty)-.*",
        "(others|direction|is|not)-.*",
        "pinned|unpinned|collapsed|opened|undone|redone",
    ]
    keys = [
        key
        for key in chart_words.WORDS
        if not any(re.fullmatch(p, key) for p in patterns) and f'"{key}"' not in said
    ]
    assert keys == []
    actions = set(re.findall(r'\{ id: "([a-z-]+)", keys', said)) | {
        f"tab-{name}" for name in ("chart", "table", "map", "matrix", "measures", "removal")
    }
    assert actions | {"move"} == set(COMMANDS)
