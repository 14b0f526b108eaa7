"""The shape of the house, held by machine. Directions between packages are import-linter's (make test)."""

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from entente.demo import bureaus, channels, people, story
from entente.match.names.fold import fold

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "entente"
ROOMS = sorted(d for d in (SRC / "rooms").iterdir() if (d / "__init__.py").exists())
LONGEST = 400
FILES_OF_A_ROOM = {"__init__.py", "model.py", "service.py", "api.py", "pages.py"}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "shared"}
MOST_METHODS = 6
TYPES = {"np.random.Generator"}
WHERE_THE_PARTS_MEET = {
    "app.py",
    "benching.py",
    "checking.py",
    "cli.py",
    "measuring.py",
    "messaging.py",
    "operating.py",
    "packing.py",
    "scoring.py",
    "scoring_tables.py",
    "seizing_files.py",
    "tracing.py",
    "tracing_files.py",
}

each_room = pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.name)


def python_files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(p for p in folder.rglob("*.py") if "__pycache__" not in p.parts)


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in it the import stands; `a.b.c` for `from a.b import c` too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where a name comes from"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def under(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def tracked() -> list[Path]:
    """The files of the repository, or where git does not know it, all that is not built."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if told.returncode == 0:
        return [p for p in (ROOT / name for name in told.stdout.decode().split("\0") if name) if p.is_file()]
    built = {".venv", "node_modules", "var", "dist"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not built & set(p.parts) and "/." not in str(p)]


# --- files ---------------------------------------------------------------------------------------


def test_a_file_can_be_read_in_one_sitting() -> None:
    scripts = sorted((ROOT / "ui" / "src").rglob("*.ts"))
    every = [*python_files(SRC, ROOT / "tests", ROOT / "benchmarks"), *scripts]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in every}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_a_file_is_named_for_what_is_in_it() -> None:
    every = python_files(SRC, ROOT / "tests", ROOT / "benchmarks")
    assert [str(p) for p in every if p.stem in NAMES_THAT_SAY_NOTHING] == []


def test_nothing_is_left_for_later() -> None:
    for path in python_files(SRC):
        assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text("utf-8")), path


def test_every_module_says_at_its_head_what_it_is_for() -> None:
    for path in python_files(SRC):
        written = path.read_text("utf-8")
        if written.strip() and "versions" not in path.parts:
            assert ast.get_docstring(ast.parse(written)), path


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    machine = re.compile(r"(?<![\w./…-])/(?:work|home|root|Users|mnt)/\w")
    registry = re.compile(
        r"registry\.npmjs|files\.pythonhosted|pypi\.org|\"resolved\":|--(?:extra-)?index-url"
    )
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".png", ".mo", ".woff2", ".ico", ".otf", ".npz"}:
            continue
        written = path.read_text("utf-8")
        for pattern in (machine, registry):
            found = pattern.search(written)
            assert found is None, f"{path.relative_to(ROOT)} says {found.group() if found else ''}"


# --- rooms ---------------------------------------------------------------------------------------


@each_room
def test_a_room_has_the_same_files_as_every_other(room: Path) -> None:
    assert {p.name for p in room.glob("*.py")} >= FILES_OF_A_ROOM
    pages = sorted((room / "templates" / room.name).glob("*.html"))
    assert pages, f"templates stand in {room.name}/templates/{room.name}/"


@each_room
def test_what_else_is_in_a_room_is_told_on_its_page(room: Path) -> None:
    page = (ROOT / "docs" / "rooms" / f"{room.name}.md").read_text("utf-8")
    for path in room.iterdir():
        if path.name.startswith(("_", ".")) or path.name in FILES_OF_A_ROOM | {"templates"}:
            continue
        told = f"`{path.name}/`" if path.is_dir() else f"`{path.name}`"
        assert told in page, f"docs/rooms/{room.name}.md does not say what {told} is for"


@each_room
def test_a_room_has_a_paragraph_at_its_door_and_lists_what_it_offers(room: Path) -> None:
    door = importlib.import_module(f"entente.rooms.{room.name}")
    assert door.__doc__ and len(door.__doc__.split()) >= 25, "one paragraph: what the room is for"
    in_order = sorted(door.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))
    assert door.__all__ == in_order, "constants, classes, functions: the order ruff sorts it"
    tree = ast.parse((room / "__init__.py").read_text("utf-8"))
    brought = {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    made = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert set(door.__all__) == {name for name in brought | made if not name.startswith("_")}


def test_a_room_is_entered_by_its_door_alone() -> None:
    doors = {f"entente.rooms.{r.name}": importlib.import_module(f"entente.rooms.{r.name}") for r in ROOMS}
    for path in python_files(SRC):
        if (path.parent == SRC and path.name in WHERE_THE_PARTS_MEET) or path.parent == SRC / "demo":
            continue  # the demo plays officers: it calls what their pages call
        for module in imported(path):
            for door, opened in doors.items():
                if module.startswith(f"{door}.") and not path.is_relative_to(
                    SRC / "rooms" / opened.__path__[0]
                ):
                    name = module.removeprefix(f"{door}.")
                    assert name in opened.__all__, f"{path.relative_to(SRC)} reaches past the door: {module}"


def test_ground_floor_rooms_use_only_those_before_them() -> None:
    order = ("bureaus", "records", "search", "messages", "publications")
    for room in ROOMS:
        if room.name in order:
            later = [r.name for r in ROOMS if r.name not in order[: order.index(room.name) + 1]]
            for path in python_files(room):
                found = [m for m in imported(path) for r in later if under(m, f"entente.rooms.{r}")]
                assert found == [], f"{path.relative_to(SRC)} looks up to {found}"


# --- directions that a layer contract cannot say -------------------------------------------------


def test_core_needs_the_standard_library_alone() -> None:
    for path in python_files(SRC / "core"):
        for module in imported(path):
            first = module.partition(".")[0]
            assert under(module, "entente.core") or first in sys.stdlib_module_names, f"{path}: {module}"


def test_core_and_match_neither_read_nor_write_nor_ask_the_time() -> None:
    doing = {
        "os",
        "socket",
        "sqlite3",
        "subprocess",
        "threading",
        "time",
        "urllib",
        "http",
        "secrets",
        "random",
    }
    for path in python_files(SRC / "core", SRC / "match"):
        found = {m.partition(".")[0] for m in imported(path)} & doing
        assert not found, f"{path.relative_to(SRC)} uses {found}"
        assert draws_without_a_seed(path) == [], path.relative_to(SRC)


def draws_without_a_seed(path: Path) -> list[str]:
    """What a file takes of numpy's chance beside generators that begin where they are told."""
    tree = ast.parse(path.read_text("utf-8"))
    seeded = [
        node.func
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "np.random.default_rng"
        and len(node.args) == 1
    ]
    every = [
        n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "np.random"
    ]
    brought = [m for m in imported(path) if m.startswith("numpy.random")]
    return [*brought, *(ast.unparse(n) for n in every if n not in seeded and ast.unparse(n) not in TYPES)]


def test_engines_are_known_to_the_desk_and_to_the_application_only() -> None:
    for path in python_files(SRC):
        place = path.relative_to(SRC)
        if place.parts[0] not in {"engines", "desk", "app.py"}:
            found = [m for m in imported(path) if under(m, "entente.engines")]
            assert found == [], f"{place} reaches an engine: {found}"


def test_settings_are_handed_on_and_never_imported_below() -> None:
    for path in python_files(SRC):
        if path.relative_to(SRC).parts[0] not in {*WHERE_THE_PARTS_MEET, "settings.py"}:
            assert not [m for m in imported(path) if under(m, "entente.settings")], path


def test_the_rule_is_written_once() -> None:
    """Nobody but core.access looks into a handling's `see` to decide; engines get a view spelled out."""
    for path in python_files(SRC / "engines", SRC / "web"):
        tree = ast.parse(path.read_text("utf-8"))
        called = {
            n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        }
        assert not called & {"decide", "explain", "view_of"}, f"{path.relative_to(SRC)} decides for itself"


def test_a_seam_has_at_most_six_methods() -> None:
    tree = ast.parse((SRC / "engines" / "seams.py").read_text("utf-8"))
    seams = {
        node.name: [f.name for f in node.body if isinstance(f, ast.FunctionDef)]
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(b, ast.Name) and b.id == "Protocol" for b in node.bases)
    }
    assert len(seams) >= 10
    assert {name: methods for name, methods in seams.items() if len(methods) > MOST_METHODS} == {}


def test_nobody_of_the_demo_is_a_person_of_a_public_list() -> None:
    lists = ROOT.parent / "shared" / "data" / "lists"
    if not lists.exists():
        pytest.skip("shared/data/lists is not here")
    public = set()
    for path in lists.glob("*.ftm.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            said = json.loads(line)["properties"]
            public |= {folded(name) for name in [*said.get("name", ()), *said.get("alias", ())]}
    given = [name for names in people.GIVEN.values() for name in names]
    ours = {folded(f"{g} {f}") for g in given for f in people.FAMILY}
    ours |= {folded(n) for leaf in story.STORY for n in leaf.drawn.values.get("name", ())}
    ours |= {folded(name) for _, name, _, _ in bureaus.OFFICERS}
    ours |= {folded(str(said["name"])) for _, said in channels.EXPERTS}
    assert len(public) > 10_000 and ours & public == set()


def folded(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())
