"""The command line on a house of its own, in a temporary folder, on the engines of a real installation."""

import json
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from entente import cli
from entente.core.problems import Absent, Faulty, Problem

ASKED = ["--purpose", "wanted", "--justification", "case 1"]
IVO = {
    "id": "ivo",
    "schema": "Person",
    "properties": {"name": ["Ivo Marenko", "Иво [/red] Маренко"], "passportNumber": ["P4417093"]},
}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """run("load", "a.jsonl", ...) in a house with bureaus XA and XB and an officer each."""
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    for console in (cli.out, cli.err):
        monkeypatch.setattr(console, "_width", 400)

    def run(*words: object, fails: bool = False) -> Result:
        result = CliRunner().invoke(cli.app, [str(w) for w in words])
        assert (result.exit_code != 0) is fails, (result.output, result.exception)
        return result

    for code in ("XA", "XB"):
        run("bureau", code, f"Bureau of {code}")
        run("officer", code, f"Officer of {code}", f"officer@{code.lower()}.example")
    return run


@pytest.fixture
def ivo(tmp_path: Path) -> Path:
    path = tmp_path / "ivo.jsonl"
    path.write_text(json.dumps(IVO) + "\nnonsense\n")
    return path


def _search(run: Run, text: str, officer: str = "officer@xb.example", *more: str) -> str:
    return run("search", text, "--officer", officer, *ASKED, *more).stdout


def _flat(said: str) -> str:
    """What an error box says, without the box."""
    return " ".join(word for word in said.split() if word != "│")


def _entries(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "var" / "entente.db")) as store:
        return [act for (act,) in store.execute("select act from entry order by place")]


# --- loading and asking --------------------------------------------------------------------------


def test_a_file_is_loaded_and_its_records_are_found(run: Run, ivo: Path, tmp_path: Path) -> None:
    result = run("load", ivo, "--bureau", "XA", "--handling", "everyone", "--faults", "faults.jsonl")
    assert "2 lines read, 1 records new or changed, 1 faulty lines." in result.stdout
    fault = json.loads((tmp_path / "faults.jsonl").read_text())
    assert fault["line"] == 2
    for text in ("Ivo Marenco", "P4417093", "Иво Маренко"):
        assert re.search(r"\tIvo Marenko\tPerson\tXA\t[0-9a-f]{32}\t", _search(run, text))
    assert "Nothing here that you may see." in _search(run, "Dorothea Quist")
    assert _entries(tmp_path).count("search") == 4


def test_without_more_a_loaded_file_is_for_its_owner_alone(run: Run, ivo: Path) -> None:
    run("load", ivo, "--bureau", "XA")
    assert "Nothing here" in _search(run, "Ivo Marenko")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko", "officer@xa.example")


def test_a_hint_tells_the_asker_whom_to_contact(run: Run, ivo: Path) -> None:
    run("load", ivo, "--bureau", "XA", "--hint", "XB", "--watch")
    said = _search(run, "Ivo Marenko")
    assert "Nothing here" in said
    assert "Contact bureau XA" in said


def test_a_record_may_be_named_in_brackets(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({**IVO, "properties": {"name": ["[/bold] Odd [red]"]}}))
    run("load", path, "--bureau", "XA", "--handling", "everyone")
    assert "[/bold] Odd [red]" in _search(run, "bold odd red")


def test_a_table_is_loaded_by_its_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,Name\n7,Zoran Pelt\n")
    (tmp_path / "map.toml").write_text('kind = "Person"\nref = "id"\n[properties]\nname = "Name"\n')
    run("load", "a.csv", "--bureau", "XA", "--handling", "XB", "--mapping", "map.toml")
    assert "Zoran Pelt" in _search(run, "Zoran Pelt")


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere.jsonl", "--bureau", "XA"],
        ["ivo.jsonl", "--bureau", "QQ"],
        ["ivo.jsonl", "--bureau", "XA", "--expires", "soon"],
        ["ivo.jsonl", "--bureau", "XA", "--handling", "XQ"],
        ["ivo.jsonl", "--bureau", "XA", "--handling", "every one!"],
        ["ivo.jsonl", "--bureau", "XA", "--handling", "ALL"],
        ["ivo.jsonl", "--bureau", "XA", "--mapping", "nowhere.toml"],
        ["ivo.jsonl", "--bureau", "XA", "--mapping", "ivo.jsonl"],
    ],
)
def test_a_load_that_cannot_be_done_says_why_and_keeps_nothing(
    run: Run, ivo: Path, tmp_path: Path, words: list[str]
) -> None:
    result = run("load", *words, fails=True)
    assert isinstance(result.exception, SystemExit | Problem)
    assert _entries(tmp_path).count("load") <= 1  # that it was begun, and of nothing kept


def test_who_says_all_is_asked_whether_he_means_everyone(run: Run, ivo: Path) -> None:
    for said, meant in (("ALL", "everyone"), ("None", "nobody")):
        result = run("load", ivo, "--bureau", "XA", "--handling", said, fails=True)
        assert f"did you mean --handling {meant}?" in _flat(result.output)
    run("load", ivo, "--bureau", "XA", "--handling", "Everyone")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko")


def test_a_load_of_which_no_line_could_be_kept_fails(run: Run, ivo: Path, tmp_path: Path) -> None:
    long = {"id": "x", "schema": "Person", "properties": {"colour " + "of hair " * 30: ["red"]}}
    (tmp_path / "bad.jsonl").write_text(json.dumps(long) + "\n")
    result = run("load", "bad.jsonl", "--bureau", "XA", fails=True)
    assert "1 lines read, 0 records new or changed, 1 faulty lines." in result.stdout
    assert "No line could be kept." in result.stderr
    (told,) = [line for line in result.stderr.splitlines() if line.startswith("line 1: ")]
    assert told.count("of hair") > 3  # not wrapped
    for new in (1, 0):  # nothing new, but a line that stands: no failure
        assert f"{new} records new or changed, 1 faulty lines." in run("load", ivo, "--bureau", "XA").stdout


def test_a_table_for_people_is_a_list_with_tabs_for_programs(
    run: Run, ivo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = {**IVO, "properties": {"name": ["Ivo " + "Longname " * 20], "passportNumber": ["P4417093"]}}
    ivo.write_text(json.dumps(long))
    run("load", ivo, "--bureau", "XA", "--handling", "everyone")
    monkeypatch.setattr(cli.out, "_width", 60)
    assert "Longname " * 19 in _search(run, "P4417093")
    monkeypatch.setattr(cli.out, "_force_terminal", True)
    assert "Longname " * 19 not in _search(run, "P4417093")


@pytest.mark.parametrize(
    "words",
    [
        ["Ivo", "--officer", "nobody@xa.example", *ASKED],
        ["Ivo", "--officer", "officer@xa.example", "--purpose", "curiosity", "--justification", "x"],
        ["Ivo", "--officer", "officer@xa.example", "--purpose", "wanted", "--justification", ""],
        ["Ivo", "--officer", "officer@xa.example", *ASKED, "--limit", "1000"],
        ["Ivo", "--officer", "officer@xa.example", *ASKED, "--born", "31.02.1971"],
        ["", "--officer", "officer@xa.example", *ASKED],
        ["x" * 2001, "--officer", "officer@xa.example", *ASKED],
    ],
)
def test_a_question_that_cannot_be_asked_is_a_problem(run: Run, words: list[str]) -> None:
    assert isinstance(run("search", *words, fails=True).exception, Problem)


def _told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the whole program says of its failure."""
    monkeypatch.setattr("sys.argv", ["entente", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def test_a_problem_is_told_without_a_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["search", "Ivo", "--officer", "officer@xa.example", *ASKED, "--born", "31.02.1971"]
    said = _told(monkeypatch, capsys, *words)
    assert "The input has faults" in said
    assert "born: “31.02.1971”" in said


def test_advice_fits_the_command_line(
    run: Run, ivo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ivo.write_bytes(b"\x89PNG")
    for words in (
        ["load", str(ivo.rename(ivo.with_suffix(".png"))), "--bureau", "XA"],
        ["search", "Ivo", "--officer", "nobody@xa.example", *ASKED],
    ):
        said = _told(monkeypatch, capsys, *words)
        assert "JSON with the fields" not in said
        assert "API" not in said
        assert "Check the address" not in said
    said = _told(monkeypatch, capsys, "load", str(ivo.with_suffix(".png")), "--bureau", "XA", "--hint", "QQ")
    assert "handling/hint: No bureau QQ takes part. Use a code from the directory.\n" in said


@pytest.mark.parametrize(
    ("name", "value"), [("ENTENTE_PORT", "abc"), ("ENTENTE_IDLE_MINUTES", "soon"), ("ENTENTE_HTTPS", "so")]
)
def test_a_wrong_setting_is_named_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    said = _told(monkeypatch, capsys, "verify")
    assert name in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "name",
    [
        "ENTENTE_STORE",
        "ENTENTE_TEXT",
        "ENTENTE_VECTORS",
        "ENTENTE_GALLERIES",
        "ENTENTE_COLUMNS",
        "ENTENTE_BLOBS",
    ],
)
def test_an_address_of_no_engine_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv(name, "nonsense")
    assert name in _told(monkeypatch, capsys, "verify")


def test_a_file_of_settings_that_cannot_be_read_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "entente.toml").write_text("port = = 5")
    assert "The settings cannot be read." in _told(monkeypatch, capsys, "verify")


def test_a_port_in_use_is_told_before_anything_else(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in (["serve"], ["demo", "--no-browser"]):
            result = run(*command, "--port", port, fails=True)
            assert f"Port {port} of 127.0.0.1" in str(result.exception)
            assert "ENTENTE_PORT" in str(result.exception)
            assert "sign-in" not in result.output
    assert "load" not in _entries(tmp_path)


def test_an_officer_of_several_bureaus_address_is_named_with_his_bureau(run: Run, ivo: Path) -> None:
    run("officer", "XB", "Double", "officer@xa.example")
    run("load", ivo, "--bureau", "XA")
    unclear = run("search", "Ivo Marenko", "--officer", "officer@xa.example", *ASKED, fails=True)
    assert isinstance(unclear.exception, Faulty)
    assert "CODE:address" in str(unclear.exception.faults)
    assert "Ivo Marenko" in _search(run, "Ivo Marenko", "XA:officer@xa.example")
    assert "Ivo Marenko" in _search(run, "Ivo Marenko", "xa:Officer@XA.example")
    assert "Nothing here" in _search(run, "Ivo Marenko", "XB:officer@xa.example")
    for nobody in ("XQ:officer@xa.example", "XB:nobody@xa.example", ":officer@xa.example"):
        assert isinstance(run("search", "Ivo", "--officer", nobody, *ASKED, fails=True).exception, Absent)


# --- why, export, backup -------------------------------------------------------------------------


def _id(run: Run) -> str:
    found = re.search(r"\t([0-9a-f]{32})\t", _search(run, "Ivo Marenko", "officer@xa.example"))
    assert found
    return found[1]


def test_why_says_which_line_of_the_rule_decides(run: Run, ivo: Path) -> None:
    run("load", ivo, "--bureau", "XA", "--hint", "XB")
    id = _id(run)
    assert run("why", "officer@xa.example", id).stdout == "FULL: the asker's bureau owns it.\n"
    said = run("why", "officer@xb.example", id).stdout
    assert said == "CONTACT: the owner lets this bureau know whom to contact.\n"
    for unknown in ("0" * 32, "ivo", id[:31]):
        said = run("why", "officer@xb.example", unknown, fails=True).stderr
        assert said == f"There is no thing {unknown} (or it was erased, or has expired).\n"
    run("why", "nobody@xb.example", id, fails=True)


def test_a_bureau_is_exported_and_loaded_elsewhere(run: Run, ivo: Path, tmp_path: Path) -> None:
    run("load", ivo, "--bureau", "XA")
    assert "1 records written" in run("export", "XA", "out.jsonl").stdout
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert line == IVO
    run("load", "out.jsonl", "--bureau", "XB", "--handling", "XA")
    assert re.search(r"\tIvo Marenko\tPerson\tXB\t", _search(run, "P4417093", "officer@xa.example"))
    run("export", "QQ", "no.jsonl", fails=True)
    assert not (tmp_path / "no.jsonl").exists()
    run("export", "XA", "ivo.jsonl", fails=True)
    assert ivo.read_text().endswith("nonsense\n")


def test_an_export_holds_what_is_confidential_and_filed_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.app import open_house
    from entente.core.access import Asker, Handling, Level, Purpose, Role
    from entente.desk import sit
    from entente.settings import Settings

    held = frozenset({"XA/file"})
    asker = Asker("o", 1, Purpose.DESK, "x", frozenset(Role), clearance=Level.CONFIDENTIAL, held=held)
    with closing(open_house(Settings())) as house, sit(house, asker, writing=True) as desk:
        desk.note("contribute")
        desk.keep("Person", {"name": "Secret"}, Handling(1, 0, need=held, level=Level.CONFIDENTIAL))
    assert "1 records written" in run("export", "XA", "out.jsonl").stdout


def test_a_bureau_joins_once_and_an_officer_needs_one(run: Run) -> None:
    assert isinstance(run("bureau", "XA", "Again", fails=True).exception, Problem)
    assert isinstance(run("bureau", "x!", "Odd", fails=True).exception, Problem)
    run("officer", "QQ", "Nobody", "nobody@qq.example", fails=True)
    assert isinstance(run("officer", "XA", "Twin", "officer@xa.example", fails=True).exception, Problem)


def test_an_enrolled_officer_gets_a_link(run: Run) -> None:
    said = run("officer", "XA", "Chief", "chief@xa.example", "--role", "administrator").stdout
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/link/[\w-]{43}\n", said)


def test_messages_are_refused_where_there_is_no_house_and_none_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("ENTENTE_DATA", str(elsewhere))
    monkeypatch.setenv("ENTENTE_KEY", "entente_of_a_machine")
    said = run("message", "list", fails=True).output
    assert f"No house in {elsewhere}." in said
    assert "ENTENTE_DATA" in said
    assert not elsewhere.exists()
