"""The wheel alone is a house: pages, scripts, catalogues and kinds come with it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = "entente/web/static/dist/entente.js"
ASK = """
import asyncio, sys
from pathlib import Path
import httpx
import entente
from entente.app import make_app
from entente.settings import Settings

assert Path(entente.__file__).is_relative_to(sys.argv[1]), entente.__file__
app = make_app(Settings(data=Path(sys.argv[2])), work=False)

async def ask():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://house") as http:
        for address, language in (("/sign-in", "en"), ("/sign-in", "ar"), ("/static/dist/entente.js", "en")):
            answer = await http.get(address, headers={"Accept-Language": language})
            print(address, language, answer.status_code, len(answer.content), 'dir="rtl"' in answer.text)

asyncio.run(ask())
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel that was built from this tree and unpacked."""
    if not (ROOT / "src" / SCRIPT).exists():
        pytest.skip("the page scripts are not built (make pages)")
    made = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [wheel] = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(made / "unpacked")
    return made / "unpacked"


def test_a_wheel_contains_every_file_of_the_package_and_the_built_scripts(unpacked: Path) -> None:
    source = ROOT / "src"
    ours = {
        p.relative_to(source)
        for p in (source / "entente").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and p.suffix not in (".nbi", ".nbc")
    }
    missing = sorted(str(p) for p in ours if not (unpacked / p).exists())
    assert missing == []
    assert (unpacked / SCRIPT).stat().st_size > 1_000


def test_a_wheel_serves_its_pages_in_two_languages_without_the_source_tree(
    unpacked: Path, tmp_path: Path
) -> None:
    alone = {"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked), "HOME": str(tmp_path)}
    asked = [sys.executable, "-c", ASK, str(unpacked), str(tmp_path / "data")]
    done = subprocess.run(
        asked, cwd=tmp_path, env=alone, capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("/")]
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        ("/sign-in", "en", "200", "False"),
        ("/sign-in", "ar", "200", "True"),
        ("/static/dist/entente.js", "en", "200", "False"),
    ]
