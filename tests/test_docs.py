"""The papers are true to the house: what can be typed, set, told or met in it stands in them."""

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer.main

from entente.app import open_house
from entente.cli import app as command_line
from entente.core.access import Purpose, Role
from entente.core.journal import ACTS
from entente.core.kinds import model
from entente.core.problems import Problem
from entente.demo import story
from entente.desk import indexer, sit
from entente.rooms.bureaus import asker_for
from entente.rooms.search import Search, search, shown
from entente.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
GLOSSARY = """
bureau; officer; asker; actor; purpose; justification; thing; record; kind; owner; handling; class; link;
grade; version; search; candidate; score; reason; verdict; hit; decision; journal; sitting; message;
request; reply; receipt; notice; diffusion; analysis file; network; chart; series; paper; mark; alert; hold;
trace; return; seizure; goods; route; trend; case; casebook; claim; proof level; report; fault; problem;
job; signal; engine; seam
"""
NOT_OUR_WORDS = {
    "tenant": "bureau",
    "end user": "officer",
    "superuser": "administrator",
    "audit log": "journal",
    "audit trail": "journal",
    "access control list": "handling",
    "search result": "candidate",
    "data controller": "owner",
    "soft delete": "withdraw",
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, down to the next one."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading “## {heading}”"
    return found.group(1)


# --- what can be typed and set -------------------------------------------------------------------


def test_each_command_and_each_of_its_options_is_documented() -> None:
    page = read("docs/commands.md")
    group: Any = typer.main.get_command(command_line)
    for name, command in group.commands.items():
        told = section(page, name)
        assert command.help, f"entente {name} --help says nothing"
        parts = getattr(command, "commands", {})
        for part in parts:
            assert f"`{part}`" in told, f"docs/commands.md does not tell of entente {name} {part}"
        for parameter in [*command.params, *(p for part in parts.values() for p in part.params)]:
            for option in [o for o in parameter.opts if o.startswith("--") and o != "--help"]:
                assert f"`{option}`" in told, f"docs/commands.md does not tell of entente {name} {option}"


def test_each_setting_is_documented_with_its_default() -> None:
    page = read("docs/settings.md")
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `ENTENTE_{name.upper()}` \| (.*?) \|", page, re.MULTILINE)
        assert row, f"docs/settings.md does not tell of ENTENTE_{name.upper()}"
        assert row.group(1) == (f"`{field.default}`" if field.default != "" else "*(empty)*")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    ours = {f"ENTENTE_{name.upper()}" for name in Settings.model_fields}
    for path in PAPERS:
        told = set(re.findall(r"ENTENTE_[A-Z_]+[A-Z]", path.read_text("utf-8")))
        assert {t for t in told if not t.startswith("ENTENTE_TEST_")} <= ours | {"ENTENTE_PROOF"}, path


def test_each_make_verb_is_documented_and_has_help() -> None:
    written = read("Makefile")
    verbs = re.findall(r"^([a-z-]+%?):.*?(?:## .+)?$", written, re.MULTILINE)
    for verb in verbs:
        assert re.search(rf"^{verb}:.*## ", written, re.MULTILINE), f"make help does not list {verb}"
        assert f"`make {verb.replace('%', '<name>')}`" in read("CONTRIBUTING.md"), f"make {verb}"


def endpoints() -> set[str]:
    """`GET /api/v1/…` of the whole API, as its description has them (tests/api holds that to its word)."""
    written = json.loads((ROOT / "tests" / "api" / "openapi.json").read_text("utf-8"))
    return {f"{method.upper()} {path}" for path, said in written["paths"].items() for method in said}


def test_each_endpoint_is_documented_and_no_other() -> None:
    told = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /api[^`]*)`", read("docs/api.md")))
    assert endpoints() - told == set()
    assert told - endpoints() <= {"GET /api/v1/openapi.json"}


# --- what one is told ----------------------------------------------------------------------------


def test_each_problem_has_its_place_with_status_title_and_what_to_do() -> None:
    page = read("docs/problems.md")
    for problem in (Problem, *Problem.__subclasses__()):
        told = section(page, problem.slug())
        assert f"**{problem.status}. {problem.title}.**" in told
        assert f"*What to do:* {problem.do}" in told


def test_each_kind_purpose_role_and_act_is_documented() -> None:
    kinds, glossary, bureaus = read("docs/kinds.md"), read("docs/glossary.md"), read("docs/rooms/bureaus.md")
    untold = [name for name in model().kinds if f"| `{name}` |" not in kinds]
    assert untold == []
    assert [p.name for p in Purpose if f"`{(p.name or '').lower()}`" not in glossary] == []
    assert [r for r in Role if r not in bureaus] == []
    assert [a for a in ACTS if f"| `{a}` |" not in read("docs/journal.md")] == []


def test_each_word_of_the_house_is_in_the_glossary_once() -> None:
    explained = re.findall(r"\*\*([a-z -]+)\*\*", read("docs/glossary.md"))
    words = [w.strip() for w in GLOSSARY.replace("\n", " ").split(";")]
    assert [w for w in words if w not in explained] == []
    assert sorted(w for w in set(explained) if explained.count(w) > 1) == []


def test_other_words_for_the_same_things_are_used_nowhere() -> None:
    sources = [p for p in (ROOT / "src").rglob("*.*") if p.suffix in {".py", ".html", ".toml"}]
    for path in [*PAPERS, *sources]:
        written = path.read_text("utf-8").lower()
        for word, ours in NOT_OUR_WORDS.items():
            assert not re.search(rf"\b{word}s?\b", written), f"{path.name}: say {ours}, not {word}"


# --- what papers say of each other and of the repository -----------------------------------------


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    plain = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", plain):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{path.name} leads to {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{path.name} leads to {target}"


def anchors(path: Path) -> set[str]:
    """The places of a paper that can be linked to, as the usual viewers name them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_each_place_in_the_source_that_papers_name_is_there() -> None:
    """`desk/house.py` in a paper means src/entente/desk/house.py, or a room's or an engine's file."""
    roots = [ROOT, ROOT / "src" / "entente", *(ROOT / "src" / "entente" / d for d in ("rooms", "engines"))]
    for path in PAPERS:
        for name in re.findall(r"`([\w/]+/[\w/.]+\.(?:py|toml|md|cfg))`", path.read_text("utf-8")):
            assert any((root / name).exists() for root in [*roots, path.parent]), f"{path.name}: {name}"


def test_every_paper_can_be_reached_from_the_readme() -> None:
    seen, todo = set(), [ROOT / "README.md"]
    while todo:
        path = todo.pop()
        if path in seen or path.suffix != ".md" or not path.exists():
            continue
        seen.add(path)
        links = re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", path.read_text("utf-8"))
        todo += [(path.parent / link).resolve() for link in links]
    assert [str(p.relative_to(ROOT)) for p in PAPERS if p.resolve() not in seen] == []


def test_decisions_are_of_one_form_and_fit_on_a_page() -> None:
    pages = sorted(DOCS.glob("decisions/0*.md"))
    assert [int(p.name[:4]) for p in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        written = path.read_text("utf-8")
        assert re.findall(r"^## (.+)$", written, re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
            "Alternatives",
        ], path
        assert len(written.splitlines()) <= 70, path


def test_each_run_time_dependency_has_its_reason_and_licence() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    page = read("docs/decisions/0012-dependencies.md")
    told = {
        name
        for row in re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
        for name in re.findall(r"[a-z0-9-]+", row)
    }
    assert {re.split(r"[\[<>=]", name)[0] for name in asked} - told == set()


def test_the_readme_names_the_python_that_the_package_needs() -> None:
    needed = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    for name in ("README.md", "ARCHITECTURE.md", "docs/operate.md"):
        assert set(re.findall(r"Python (3\.\d+)", read(name))) == {needed}, name


def test_the_changelog_begins_with_what_is_not_released() -> None:
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert "version" in tomllib.loads(read("pyproject.toml"))["project"]


def test_the_leaks_are_all_told() -> None:
    told = [int(n) for n in re.findall(r"^\| L(\d+) \|", read("docs/security.md"), re.MULTILINE)]
    assert told[0] == 1 and all(b == a + 1 for a, b in pairwise(told)) and told[-1] == 35


def test_a_leak_is_called_seeded_where_a_mutant_plants_it() -> None:
    mutants = "".join(p.read_text("utf-8") for p in (ROOT / "tests" / "worlds").glob("*.py"))
    planted = set(re.findall(r'@(?:mutant|message|directory|notice)\(\s*"L(\d+)', mutants))
    assert planted == set(re.findall(r"^\| L(\d+) \|.*\| seeded \|$", read("docs/security.md"), re.MULTILINE))


def test_the_answer_in_the_readme_is_the_one_the_demo_gives(tmp_path: Path) -> None:
    """Ids and dates are a house's own; everything else is compared. To write it anew: ask as README says."""
    page = read("README.md")
    told = json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0])
    text = json.loads(re.findall(r"-d '(\{.*?\})'", page)[0])["text"]
    kept = Settings(data=tmp_path, store="memory:", text="memory:", blobs="memory:")
    house = open_house(kept)
    story.load(house, 2000, lambda _done, _of: None)
    indexer.catch_up(house)
    with sit(house, house_asker(house), "search") as desk:
        given = json.loads(shown(desk, search(desk, Search(text=text))).model_dump_json())
    house.close()
    assert unsigned(given) == unsigned(told)


def house_asker(house: Any) -> Any:
    from entente.desk import HOUSE_ASKER

    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="an officer")
        return asker_for(desk, "desk@xz.example", "identify", "XZ-2026-0117")


def unsigned(answer: dict[str, Any]) -> dict[str, Any]:
    candidates = [{**c, "id": "", "expires": ""} for c in answer["candidates"]]
    return {**answer, "search": "", "candidates": candidates}
