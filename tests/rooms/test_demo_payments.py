"""What the demo shows of payments, and the files that are tried beside it: invented banks, nobody's
wallets."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from entente.app import open_house
from entente.cli import app
from entente.core.problems import Faulty
from entente.demo import payments, payments_files
from entente.demo.bureaus import join
from entente.demo.payments_statement import MULE, NEXT, STOLEN, VICTIM
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match.statements.tables import read_table
from entente.match.taint.transfers import Payment
from entente.rooms.bureaus import asker_for
from entente.rooms.payments import board
from entente.rooms.payments.bank import importing, intake, intake_model, tagpacks
from entente.rooms.payments.bank.messages_shown import whole
from entente.rooms.payments.intercept import intercept_of
from entente.rooms.payments.traces import tracing, transfers
from entente.rooms.payments.traces.transfers_model import Sent
from entente.settings import Settings

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
REFUSED = {
    "entity.xml": "has a document type",
    "unknown reason.xml": "is no cancellation reason",
    "unknown message.xml": "pacs.999.001.01",
    "wrong account.xml": "check digits",
    "three decimals.xml": "has 3 decimals",
    "cut short.xml": "not well-formed",
    "no payee.txt": "is missing",
    "empty.xml": "The message is empty",
    "lost digits.csv": "scientific notation",
    "no headings.csv": "No row of headings",
    "a wrong row.csv": "is no amount",
    "a wrong wallet.yaml": "is mistyped",
    "alias.yaml": "has an alias",
}
"""A word of what is told of each bad file."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(
        data=tmp_path_factory.mktemp("payments"), store="memory:", text="memory:", blobs="memory:"
    )
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
        payments.load(house)
        yield house


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name.removeprefix("payments/"): data for name, data in payments_files.files(NOW).items()}


@contextmanager
def seated(house: House, who: str, act: str = "see", writing: bool = False) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, "desk", "own desk")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing) as desk:
        yield desk
        desk.note("see", what="the demo")


def sitting(house: House) -> Callable[[bool], AbstractContextManager[Desk]]:
    return lambda writing: seated(house, payments.HOLDER, "trace", writing)


def test_belmark_has_one_part_held_one_request_that_waits_and_a_trace_of_both(house: House) -> None:
    with seated(house, payments.HOLDER) as desk:
        found = board.listed(desk, board.Asked("open", "", "", 50)).intercepts
        waits = board.listed(desk, board.Asked("act", "", "", 50)).intercepts
        (trace,) = tracing.listed(desk)
    assert sorted(one.form.amount for one in found) == ["16000.00", "18900.00", "41250.00"]
    said = {one.form.amount: one.standing.state for one in waits}
    assert said == {"18900.00": "delivered", "41250.00": "held-part"}
    question, summary = json.loads(trace.first("question")), json.loads(trace.first("summary"))
    assert [seed["victim"] for seed in question["seeds"]] == ["Invoice 2026-113", "Invoice 2026-131"]
    assert {one["stolen"] for rule in summary for one in rule["totals"]} == {"60150.00"}
    assert len({(rule["accounts"], rule["payments"]) for rule in summary}) > 1, "rules differ"


def test_arvenia_whose_request_it_is_reads_the_trace_and_not_the_statement(house: House) -> None:
    with seated(house, payments.AUTHOR, "trace") as desk:
        (trace,) = tracing.listed(desk)
        asked = intercept_of(desk.look(trace.first("intercept")))
        assert transfers.listed(desk).transfers == []
    assert (asked.form.amount, asked.form.creditor.account) == ("41250.00", MULE)


def read_entry(paid: Payment) -> int:
    return paid.amount if paid.target == MULE else -paid.amount


def test_the_statement_is_read_as_it_was_written_and_never_below_nought(files: dict[str, bytes]) -> None:
    read = read_table(files["statement.csv"])
    assert (read.dialect.encoding, read.dialect.delimiter, read.dialect.decimal) == ("cp1252", ";", ",")
    assert (read.faults, read.dialect.dates, read.dialect.header) == ((), "day first", 3)
    assert len(read.payments) == 60
    entries = [read_entry(paid) for paid in read.payments]
    assert entries[-len(STOLEN) :] == [one.cents for one in STOLEN]
    assert all(sum(entries[: n + 1]) >= 0 for n in range(len(entries)))
    assert {read.payments[-2].source, read.payments[-3].target} == {NEXT}
    assert read.payments[-11].source == VICTIM


@pytest.mark.parametrize(("name", "amount"), [("MT103.txt", "7300.00"), ("pacs.008.xml", "2950.00")])
def test_a_bank_s_confirmation_fills_the_form_of_a_request(
    files: dict[str, bytes], name: str, amount: str
) -> None:
    form = importing.prefill(files[name].decode(), NOW).form
    assert (form.creditor.account, form.creditor.bic, form.currency) == (MULE, "ENTBXBBB", "EUR")
    assert (form.amount, form.debtor.bic) == (amount, "ENTAXAAA")
    assert form.executed_at <= f"{NOW:%Y-%m-%dT%H:%M}" and len(form.uetr) == 36


def test_a_recall_of_three_payments_is_of_three_requests(house: House, files: dict[str, bytes]) -> None:
    text = files["camt.056 of 3 payments.xml"].decode()
    with seated(house, payments.AUTHOR, "intercept", writing=True) as desk:
        name, found = importing.read(text, NOW)
        made = importing.load(desk, name, found, intake_model.Once(scam="e-commerce"))
        drafts = [intercept_of(desk.look(id)).form for id in made.drafted]
    assert [(one.amount, one.creditor.country) for one in drafts] == [
        ("1200.00", "XB"),
        ("950.00", "XB"),
        ("3400.00", "XC"),
    ]
    assert {one.recall.ref for one in drafts} == {"RCL-4460"}


def test_an_answer_to_nobody_s_request_stays_in_quarantine(house: House, files: dict[str, bytes]) -> None:
    data = files["camt.029 of nobody's request.xml"]
    for who in (payments.AUTHOR, payments.HOLDER):
        with seated(house, who, "intercept", writing=True) as desk:
            thing, _ = intake.take(desk, data, *intake.read(data, NOW))
            (item,) = whole(desk, thing).told
        assert (item.state, item.intercept, item.suggested) == ("quarantine", "", [])


def tags_of(house: House, pack: bytes) -> intake_model.TagReport:
    form = intake_model.TagPackForm(pack=pack.decode())
    return tagpacks.load(lambda: seated(house, payments.SECOND, "contribute", True), form)


def test_five_wallets_become_records(house: House, files: dict[str, bytes]) -> None:
    report = tags_of(house, files["tagged wallets.yaml"])
    assert (report.kept, report.faults) == (5, [])


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_must_be_refused_is_and_says_why(house: House, files: dict[str, bytes], name: str) -> None:
    data = files[f"refused/{name}"]
    told: list[str] = []
    try:
        if name.endswith(".csv"):
            transfers.load(sitting(house), data, Sent(name=name))
        elif name.endswith(".yaml"):
            told = [fault.what for fault in tags_of(house, data).faults]
        else:
            intake.read(data, NOW)
    except Faulty as problem:
        told = [fault.what for fault in problem.faults]
    assert any(REFUSED[name] in what for what in told), told


def test_every_bad_file_is_tried_here(files: dict[str, bytes]) -> None:
    assert {name.partition("/")[2] for name in files if name.startswith("refused/")} == set(REFUSED)


def test_the_specimens_have_payments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = ("specimens.genuine", "specimens.forged", "series_disk.files", "biometrics_files.files")
    for name in drawn:  # tried in other tests
        monkeypatch.setattr(f"entente.demo.{name}", dict)
    monkeypatch.setattr("entente.demo.specimens.photograph", lambda page, seed: b"")
    assert CliRunner().invoke(app, ["specimens", str(tmp_path)]).exit_code == 0
    written = {str(path.relative_to(tmp_path)) for path in (tmp_path / "payments").rglob("*.*")}
    assert written == set(payments_files.files(NOW))
    assert read_table((tmp_path / "payments" / "statement.csv").read_bytes()).faults == ()
