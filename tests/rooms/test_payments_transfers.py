"""Files of transfers are loaded row by row, and a victim's payments found in them; the same on pages."""

from collections.abc import Callable

import pytest

from entente.rooms.payments.traces import transfers, transfers_reading
from entente.rooms.payments.traces.transfers_model import Sent
from rooms.intercepted import Bank, iban
from rooms.posting import Upload
from rooms.scene import Scene
from rooms.tracing_scene import ADA, CASH, HEAD, MULE, ROWS, load, loaded, places, table
from worlds.stage import Answer, Caller, Crew

# --- loading -------------------------------------------------------------------------------------


def test_a_file_tells_how_it_was_read_and_what_is_in_it(scene: Scene) -> None:
    told = loaded(scene, title="Banks%20of%20XA")
    assert (told["title"], told["name"], told["format"]) == ("Banks of XA", "bank.csv", "table")
    assert (told["rows"], told["accounts"], told["assets"]) == (7, 6, ["EUR"])
    assert (told["since"], told["until"]) == ("2026-01-10T09:00:00Z", "2026-01-11T13:00:00Z")
    assert (told["dialect"]["delimiter"], told["dialect"]["decimal"]) == (";", ",")
    assert told["busiest"][0] == {"account": MULE, "payments": 5, "came": "12500.00", "went": "11000.00"}
    assert told["left"] == [] and told["left_out"] == 0


def test_every_wrong_row_is_told_and_nothing_is_kept(scene: Scene) -> None:
    wrong = table(*ROWS, f"2026-02-30 09:00;{ADA};{MULE};1,00;EUR;", f"2026-01-10 09:00;{ADA};{MULE};x;EUR;")
    answer = load(scene, wrong)
    assert places(answer) == {"line 9, column “Date”", "line 10, column “Amount”"}
    assert scene("XA officer", "GET", "/payments/transfers").json["transfers"] == []


def test_the_good_rows_are_kept_on_demand_and_the_others_recorded(scene: Scene) -> None:
    wrong = table(*ROWS, f"2026-02-30 09:00;{ADA};{MULE};1,00;EUR;")
    told = loaded(scene, wrong, keep_good="true")
    assert (told["rows"], told["left_out"]) == (7, 1)
    assert [fault["where"] for fault in told["left"]] == ["line 9, column “Date”"]


def test_a_file_in_which_nothing_can_be_told_is_refused_even_then(scene: Scene) -> None:
    assert places(load(scene, b"\x00\x01\x02 no table", keep_good="true")) == {"file"}
    assert places(load(scene, HEAD.encode(), keep_good="true")) == {"file"}


def test_what_a_file_leaves_open_is_asked_and_answered(scene: Scene) -> None:
    open_ = table("03/04/2026;XA-00000001;XA-00000002;5,00;EUR;r")
    assert places(load(scene, open_)) == {"file"}
    told = loaded(scene, open_, dates="day%20first")
    assert told["since"] == "2026-04-03T00:00:00Z"


def test_a_file_of_too_many_payments_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "MOST_ROWS", 6)
    assert places(load(scene)) == {"file"}


def test_each_kind_of_file_is_refused_by_its_reader_when_it_has_too_many_payments() -> None:
    csv = b"from,to,date,amount,currency\n" + b"A,B,2026-01-15,1.00,EUR\n" * 3
    amlsim = b"sourceNodeId,targetNodeId,value,time\n" + b"1,2,5.00,1\n" * 3
    chain = b"from,to,value,timestamp,hash\n" + b"a,b,1,1,h\n" * 3
    camt = statement(*[("DBIT", MULE)] * 3)
    for data, sent in (
        (csv, Sent()),
        (amlsim, Sent()),
        (chain, Sent(format="chain", chain="solana")),
        (camt, Sent()),
    ):
        read = transfers_reading.read(data, sent, 3)
        assert read.faults == () and read.transfers is not None and len(read.transfers) == 3
        (fault,) = transfers_reading.read(data, sent, 2).faults
        assert fault.what.startswith("The file has more than 2") and fault.do.startswith("Send it in parts")


def statement(*entries: tuple[str, str], own: str = ADA, more: bytes = b"") -> bytes:
    """A statement in camt.053: credit or debit, and the other account."""
    said = "".join(
        f'<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>2026-01-15</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><{role}><Id><Othr><Id>{other}</Id></Othr></Id></{role}>"
        "</RltdPties></TxDtls></NtryDtls></Ntry>"
        for sign, other in entries
        for role in ("CdtrAcct" if sign == "DBIT" else "DbtrAcct",)
    )
    head = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
    stmt = f"<Stmt><Acct><Id><Othr><Id>{own}</Id></Othr></Id></Acct>{said}</Stmt>"
    return head.encode() + stmt.encode() + more + b"</BkToCstmrStmt></Document>"


def test_a_payment_that_both_banks_statements_tell_is_pointed_out_and_kept(scene: Scene) -> None:
    theirs = statement(("CRDT", ADA), own=MULE)
    more = theirs[theirs.index(b"<Stmt>") : theirs.index(b"</BkToCstmrStmt>")]
    told = loaded(scene, statement(("DBIT", MULE), ("DBIT", CASH), more=more))
    assert told["rows"] == 3
    assert told["dialect"]["perhaps counted twice"].startswith("1 payments that two statements tell alike")
    assert "perhaps counted twice" not in loaded(scene, statement(("DBIT", MULE)))["dialect"]


def test_a_file_of_too_many_bytes_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "MOST_BYTES", 100)
    assert load(scene).status == 413


def test_a_level_above_ones_clearance_is_refused(scene: Scene) -> None:
    assert places(load(scene, level="confidential")) == {"level"}


# --- which payments ------------------------------------------------------------------------------


def test_payments_are_found_by_account_amount_and_reference(scene: Scene) -> None:
    id = loaded(scene)["id"]

    def numbers(query: str) -> list[int]:
        found = scene("XA officer", "GET", f"/payments/transfers/{id}/payments?{query}")
        return [p["number"] for p in found.json["payments"]]

    assert numbers(f"account={ADA.lower()}") == [1]
    assert numbers(f"account={MULE}") == [1, 2, 3, 4, 7]
    assert numbers("amount=4000.00") == [4]
    assert numbers("text=invoice") == [1, 2]
    assert numbers(f"account={MULE}&text=out") == [3, 4]
    assert numbers("limit=3") == [1, 2, 3] and numbers("limit=3&after=3") == [4, 5, 6]


def test_an_intercept_finds_its_payment(scene: Scene) -> None:
    victim, mule = iban("XA", "ENTA000000000017"), iban("XB", "ENTB000000000025")
    id = loaded(
        scene,
        table(
            *ROWS,
            f"2026-01-15 08:10;{victim};{mule};41.250,00;EUR;INV-2026-0113",
            f"2026-01-15 08:15;{mule};{CASH};41.250,00;EUR;other",
        ),
    )["id"]
    intercept = Bank(scene).draft()["id"]
    path = f"/payments/transfers/{id}/payments?intercept={intercept}"
    (found, *others) = scene("XA officer", "GET", path).json["payments"]
    assert found["number"] == 8
    assert set(found["match"]) == {"debtor", "creditor", "amount", "date", "ref"}
    assert [set(other["match"]) for other in others] == [{"amount", "date"}]
    theirs = loaded(scene, who="XC officer")["id"]
    path = f"/payments/transfers/{theirs}/payments?intercept={intercept}"
    assert scene("XC officer", "GET", path).status == 404


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def upload(ask: Callable[..., Answer], crew: Crew) -> Callable[[bytes], Answer]:
    """The form with a file, as a browser sends it."""
    caller: Caller = ask.__self__  # type: ignore[attr-defined]

    def sent(data: bytes) -> Answer:
        form, under = [("title", "A <b>bank</b>")], {"bank.csv": "file"}
        made = Upload("POST", "/payments/transfers", form=form, files=[("bank.csv", data)], under=under)
        return caller(crew["XA officer"], made)

    return sent


def test_an_officer_loads_chooses_and_follows_without_a_script(
    page: Callable[..., Answer], upload: Callable[[bytes], Answer]
) -> None:
    sent = page("XA officer", "POST", "/payments/transfers", [("title", "A bank")])
    assert sent.status == 422 and "No file was sent" in sent.text
    answer = upload(table(*ROWS))
    assert answer.status == 303, answer.text
    file = answer.header("location")
    shown = page("XA officer", "GET", file)
    assert "A &lt;b&gt;bank&lt;/b&gt;" in shown.text and MULE in shown.text
    added = page("XA officer", "POST", file, [("do", "add"), ("chosen", "1"), ("victim", "Ada")])
    assert ">1; Ada</textarea>" in added.text
    none = page("XA officer", "POST", file, [("do", "follow")])
    assert none.status == 422 and "No payment is chosen" in none.text
    wrong = page("XA officer", "POST", file, [("do", "follow"), ("seeds", "first; Ada"), ("hours", "many")])
    assert wrong.status == 422 and "This is no number of a payment" in wrong.text
    said = [("do", "follow"), ("seeds", "1; Ada\n2; Bo; 500.00"), ("rules", "fifo"), ("hours", "30")]
    made = page("XA officer", "POST", file, said)
    assert made.status == 303, made.text
    trace = page("XA officer", "GET", made.header("location"))
    assert trace.status == 200 and trace.text.count("<svg") >= 2
    assert page("XA officer", "POST", f"{file}/discard", []).status == 303
    assert "keeps the payments that it touched" in page("XA officer", "GET", made.header("location")).text
    assert page("XA officer", "POST", f"{made.header('location')}/discard", []).status == 303
    assert page("XA officer", "GET", made.header("location")).status == 404


def test_a_page_tells_wrong_rows_one_by_one(upload: Callable[[bytes], Answer]) -> None:
    told = upload(table(*ROWS, f"2026-02-30 09:00;{ADA};{MULE};1,00;EUR;"))
    assert told.status == 422 and "line 9" in told.text
