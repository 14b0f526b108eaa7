"""The pages of banks' messages: brought in, completed, assigned; files of payments and of tags."""

from collections.abc import Callable, Sequence

import pytest

from rooms.bank_files import answered, recalls
from rooms.intercepted import AUTHOR, HOLDER, Bank
from rooms.posting import Upload as Posted
from rooms.scene import Scene
from rooms.test_payments_tagpacks import NOUGHT, PACK
from worlds.stage import Answer, Caller, Crew

Page = Callable[..., Answer]
Upload = Callable[..., Answer]
ENDS = [("ends.date", "2026-01-29"), ("ends.time", "18:00"), ("ends.zone", "UTC")]


@pytest.fixture
def upload(ask: Callable[..., Answer], crew: Crew) -> Upload:
    """upload("XB officer", "/payments/messages", data, form): a file under the name that the forms use."""
    caller: Caller = ask.__self__  # type: ignore[attr-defined]

    def sent(who: str, path: str, data: bytes, form: Sequence[tuple[str, str]] = ()) -> Answer:
        under = {"bank.xml": "file"}
        return caller(crew[who], Posted("POST", path, form=form, files=[("bank.xml", data)], under=under))

    return sent


@pytest.fixture
def bank(scene: Scene) -> Bank:
    return Bank(scene)


def brought(upload: Upload, who: str, data: bytes) -> str:
    """The address of a message that was brought in."""
    answer = upload(who, "/payments/messages", data)
    assert answer.status == 303, answer.text
    return answer.header("location")


def test_a_message_is_brought_in_completed_and_its_step_is_done(
    bank: Bank, page: Page, upload: Upload
) -> None:
    passed = bank.at_the_bank()
    data = answered(passed["reference"], confirmation="PECR", resolved=(2500000, "EUR"))
    address = brought(upload, HOLDER, data)
    shown = page(HOLDER, "GET", address).text
    assert "25000.00" in shown and passed["reference"] in shown and 'value="hold"' in shown

    form = [("step", "hold"), ("amount", "25000.00"), ("kind", "voluntary-bank"), ("legal", "")]
    refused = page(HOLDER, "POST", f"{address}/items/1/accept", form)
    assert refused.status == 422 and 'aria-invalid="true"' in refused.text
    done = page(HOLDER, "POST", f"{address}/items/1/accept", [*form[:-1], ("legal", "Act of XB"), *ENDS])
    assert (done.status, done.header("location")) == (303, f"{address}#item-1")
    assert bank.open(HOLDER, passed["id"]).json["state"] == "held-part"
    assert "/accept" not in page(HOLDER, "GET", address).text


def test_every_proposed_step_is_a_form_and_what_a_bank_wrote_is_only_text(
    bank: Bank, page: Page, upload: Upload
) -> None:
    passed = bank.at_the_bank()
    told: Sequence[tuple[str, tuple[str, ...]]] = (
        ("CNCL", ()),
        ("PDCR", ()),
        ("FTNA", ()),
        ("RJCR", ("NOOR",)),
        ("RJCR", ("LEGL",)),
        ("RJCR", ("ARDT",)),
        ("INFO", ()),
    )
    for status, reasons in told:
        wrote = ("<script>alert(1)</script>",)
        data = answered(passed["reference"], confirmation=status, reasons=reasons, information=wrote)
        answer = page(HOLDER, "GET", brought(upload, HOLDER, data))
        assert answer.status == 200 and "<script>alert" not in answer.text
        assert ("/accept" in answer.text) is (status != "INFO")


def test_quarantine_is_assigned_by_the_reference_that_people_write(
    bank: Bank, page: Page, upload: Upload
) -> None:
    passed = bank.at_the_bank()
    address = brought(upload, HOLDER, answered("CASE-9"))
    assert "Assign it by hand" in page(HOLDER, "GET", address).text
    wrong = [("intercept", "XA-2026-0000000000"), ("why", "The bank said so.")]
    refused = page(HOLDER, "POST", f"{address}/items/1/assign", wrong)
    assert (refused.status, 'id="i1-intercept-errors"' in refused.text) == (422, True)
    assert 'value="XA-2026-0000000000"' in refused.text and "Assign it by hand" in refused.text
    right = [("intercept", passed["reference"].lower()), ("why", "The bank said so.")]
    assert page(HOLDER, "POST", f"{address}/items/1/assign", right).status == 303
    assert page(HOLDER, "POST", f"{address}/items/1/reject", [("why", "x")]).status == 422
    assert page(HOLDER, "POST", f"{address}/items/1/reject", [("why", "Nothing follows.")]).status == 303
    for state, there in (("", True), ("quarantine", False), ("open", False), ("done", True)):
        listed = page(HOLDER, "GET", f"/payments/messages?state={state}").text
        assert (address in listed) is there


def test_what_cannot_be_read_is_told_with_its_line_beside_the_pasted_text(page: Page, upload: Upload) -> None:
    form = [("text", "Dear police, it is held.")]
    answer = page(HOLDER, "POST", "/payments/messages", form)
    assert answer.status == 422 and "line 1" in answer.text and "Dear police" in answer.text


def test_recalls_become_drafts_with_what_was_said_once(bank: Bank, page: Page, upload: Upload) -> None:
    once = [("scam", "romance"), ("measure", "freeze"), ("legal_basis", "Act"), ("victim_consents", "yes")]
    assert page(AUTHOR, "GET", "/payments/import").status == 200
    done = upload(AUTHOR, "/payments/import", recalls(2), once)
    assert done.status == 200 and "New drafts: 2" in done.text
    for row in bank.board(AUTHOR, which="all"):
        assert f'/{row["id"]}"><code dir="ltr">{row["reference"]}</code>' in done.text
    (first, _) = bank.board(AUTHOR, which="all")
    form = bank.open(AUTHOR, first["id"]).json["form"]
    assert (form["scam"], form["victim_consents"], form["tip_off_forbidden"]) == ("romance", True, False)
    wrong = page(
        AUTHOR, "POST", "/payments/import", [*once, ("receiver", "XA")], files=[("file", recalls(3))]
    )
    assert wrong.status == 422 and "Nothing was kept" in wrong.text and "Romance" in wrong.text
    assert len(bank.board(AUTHOR, which="all")) == 2


def test_a_tag_pack_is_loaded_and_given_out_again(scene: Scene, page: Page, upload: Upload) -> None:
    assert "Load the tags" in page("XA office", "GET", "/payments/tags").text
    done = upload("XA office", "/payments/tags", PACK.encode(), [("see_mode", "everyone")])
    assert done.status == 200 and "New or changed records: 2" in done.text
    assert len(scene.found("XB officer", NOUGHT)) == 1
    assert NOUGHT in page("XA office", "GET", "/payments/tags.yaml").text
    assert upload("XA office", "/payments/tags", b"- no pack").status == 422


def test_the_pages_are_for_whom_they_are_for(bank: Bank, page: Page, upload: Upload) -> None:
    address = brought(upload, HOLDER, answered("CASE-9"))
    assert page(AUTHOR, "GET", address).status == 404
    assert page("XA contributor", "GET", "/payments/import").status == 403
    assert "Load the tags" not in page("XA officer", "GET", "/payments/tags").text
    assert "Bring a message in" not in page("XA contributor", "GET", "/payments/messages").text
