"""The casebook: written, approved, published; every link footnoted; nothing that is not admitted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from entente.desk import House
from rooms.assessed import form as assessment
from rooms.booked import BOSS, FEW, Books
from rooms.cased import AUTHOR, DIGEST, claim, evidence
from rooms.scene import Scene, places
from worlds.stage import partner


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


def sentences(document: dict[str, Any]) -> list[tuple[str, int]]:
    """(text, number of its footnote) of each line that asserts a link."""
    found = []
    for block in document["blocks"]:
        for piece in block.get("text", ()):
            for item in piece.get("items", ()):
                marks = [run["note"] for run in item["in"] if "note" in run]
                if marks:
                    found.append((item["in"][0]["s"], marks[0]))
    return found


def test_a_book_of_admitted_cases_reaches_its_readers_with_every_link_footnoted(books: Books) -> None:
    one, other = books.case(), books.case("The Empty Tank", goods=["fuel.petrol"], chapter="environment")
    book = books.published(one, other, foreword="# Why\n\nBecause *goods* kill.")
    assert (book["state"], book["admitted"], book["chosen"]) == ("published", 2, 2)
    document = books.copy("XB officer")["document"]
    told = sentences(document)
    assert len(told) == 2 and [n for _text, n in told] == [1, 2]
    for (_text, n), case in zip(told, (one, other), strict=True):
        note = document["notes"][n - 1]["text"]
        assert case["reference"] in note and "C1" in note and "P3" in note
        assert "p. 12, para 45" in note and DIGEST in note
    links = [link for c in document["more"]["casebook"]["cases"] for link in c["links"]]
    assert all(e["sha256"] == DIGEST and e["pinpoint"] for link in links for e in link["evidence"])
    assert document["more"]["casebook"]["counter"] == {"admitted": 2, "chosen": 2, "least": 25, "most": 30}


def test_chapters_come_in_their_order_and_the_tables_follow(books: Books) -> None:
    late = books.case("The Empty Tank", goods=["fuel.petrol"], chapter="environment")
    early = books.case()
    overviews = {"mass-production": "Much is made. [[x]]", "environment": "Much is lost."}
    document = books.exported(books.written(late, early, overviews=overviews)["id"])
    assert [h["text"] for h in document["outline"]][:4] == [
        "Mass production: car parts, electronics, chemicals, e-waste",
        "1. The Harvest That Never Grew",
        "Environmental crime",
        "2. The Empty Tank",
    ]
    captions = [block.get("caption", "") for block in document["blocks"] if block.get("caption")]
    assert captions == [
        "Cases and sorts of links",
        "Index of goods",
        "Index of countries",
        "Index of crimes",
        "Links at each level of proof",
    ]
    links = next(b for b in document["blocks"] if b.get("caption") == "Cases and sorts of links")
    assert links["head"] == ["Case", "L4"] and links["rows"] == [["1", "P3"], ["2", "P3"]]
    assert "L4 launders money for" in links["note"]
    levels = next(b for b in document["blocks"] if b.get("caption") == "Links at each level of proof")
    assert levels["rows"][0] == ["P3 Final", "2", "2", "0"]


@pytest.mark.parametrize("form", ["pdf", "html", "docx", "json"])
def test_a_draft_is_exported_in_every_form_and_is_no_copy(books: Books, form: str) -> None:
    book = books.written(books.case())
    answer = books.call(BOSS, "GET", f"/{book['id']}/export/{form}")
    assert answer.status == 200 and len(answer.body) > 2_000
    assert f'casebook-edition-1.{form}"' in dict(answer.headers)["content-disposition"]


def test_a_case_that_is_not_admitted_is_named_with_its_reasons_and_is_not_told(books: Books) -> None:
    open_ = books.cases.sent(see=["XB", "XC"], title="Not reviewed yet")
    book = books.written(books.case(), open_)
    assert (book["admitted"], book["chosen"]) == (1, 2)
    row = next(c for c in book["cases"] if c["title"] == "Not reviewed yet")
    assert not row["admitted"] and row["number"] == 0 and "no-review" in {r["code"] for r in row["reasons"]}
    refused = books.submitted(book)
    assert refused.status == 422 and f"cases/{open_['reference']}" in places(refused)
    assert "Not reviewed yet" not in str(books.exported(book["id"]))


def test_the_counter_says_how_many_of_25_to_30_and_fewer_need_a_reason(books: Books) -> None:
    book = books.written(books.case(), count_why="")
    assert (book["admitted"], book["least"], book["most"]) == (1, 25, 30)
    refused = books.submitted(book)
    assert places(refused) == ["count_why"]
    said = books.form(*book["cases"])
    again = books.done(AUTHOR, "PUT", f"/{book['id']}", json={**said, "seen": book["seen"]})
    assert again["wrong"] == [] and FEW in str(books.exported(book["id"]))


def test_what_is_not_proven_is_not_told_but_a_possible_link_to_terrorism_which_is_marked(
    books: Books,
) -> None:
    case = books.cases.drafted(see=["XB", "XC"])
    add = books.cases.add
    case = add(AUTHOR, case, "evidence", evidence(kind="press", title="A paper", proceeding=None))
    case = add(AUTHOR, case, "claims", claim(text="It also sold arms.", object_crime="firearms",
                                             link_type="distributes", evidence=[2]))  # fmt: skip
    case = add(AUTHOR, case, "claims", claim(text="It may pay fighters.", object_crime="terrorism",
                                             link_type="terrorism_finance", evidence=[2]))  # fmt: skip
    case = books.cases.step(AUTHOR, books.cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    books.cleared(case)
    document = books.exported(books.written(case)["id"])
    assert [text for text, _n in sentences(document)] == [
        "The group laundered what the goods earned.", "It may pay fighters."
    ]  # fmt: skip
    assert "It also sold arms." not in str(document)
    terror = document["more"]["casebook"]["cases"][0]["links"][1]
    assert (terror["level"], terror["is"]) == ("P0", "possible")
    levels = next(b for b in document["blocks"] if b.get("caption") == "Links at each level of proof")
    assert ["P0 Alleged", "2", "0", "1"] in levels["rows"]


def unresolved(books: Books) -> dict[str, Any]:
    """A case whose possible link to terrorism rests on a paper that nobody kept."""
    case = books.cases.drafted(see=["XB", "XC"])
    paper = evidence(kind="press", title="A paper", proceeding=None, sha256="", pinpoint="")
    case = books.cases.add(AUTHOR, case, "evidence", paper)
    terror = claim(text="It may pay.", object_crime="terrorism", link_type="terrorism_finance", evidence=[2])
    case = books.cases.add(AUTHOR, case, "claims", terror)
    case = books.cases.step(AUTHOR, books.cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    books.cleared(case)
    return case


def test_a_sentence_that_does_not_resolve_stops_the_export_and_says_where(books: Books) -> None:
    case = unresolved(books)
    book = books.written(case)
    where = f"{case['reference']}/claims/C2/E2"
    for form in ("pdf", "html", "docx", "json"):
        refused = books.call(BOSS, "GET", f"/{book['id']}/export/{form}")
        assert refused.status == 422 and places(refused) == [where, where]
    assert [w["where"] for w in book["wrong"]] == [where, where]
    assert books.submitted(book).status == 422
    form = books.form(case, cases=[{"case": case["id"], "leave_out": [2]}])
    mended = books.done(AUTHOR, "PUT", f"/{book['id']}", json={**form, "seen": book["seen"]})
    assert mended["wrong"] == [] and mended["cases"][0]["left"] == 1
    assert books.call(BOSS, "GET", f"/{book['id']}/export/json").status == 200


def test_a_draft_is_its_bureaus_alone_and_written_by_its_author(books: Books) -> None:
    book = books.written(books.case())
    for who in ("XB officer", "XB supervisor"):
        assert books.call(who, "GET", f"/{book['id']}").status == 404
        assert books.call(who, "GET").json == []
    said = {**books.form(title="Other"), "seen": book["seen"]}
    assert books.call(BOSS, "PUT", f"/{book['id']}", json=said).status == 403
    assert books.call(BOSS, "DELETE", f"/{book['id']}").status == 403
    assert books.call(AUTHOR, "DELETE", f"/{book['id']}").status == 204


def test_nobody_approves_what_he_wrote_or_has_not_seen(books: Books) -> None:
    book = books.written(books.case())
    mine = {"seen": book["seen"], "approver": books.scene.crew[AUTHOR].id}
    assert "approver" in places(books.call(AUTHOR, "POST", f"/{book['id']}/submit", json=mine))
    assert books.submitted(book).status == 200
    stale = {"seen": "0" * 64, "approve": True}
    assert books.call(BOSS, "POST", f"/{book['id']}/decide", json=stale).status == 409
    assert books.call(BOSS, "POST", f"/{book['id']}/publish").status == 422


def test_a_case_that_changes_between_approval_and_publication_must_be_approved_again(books: Books) -> None:
    case = books.case()
    book = books.approved(books.written(case))
    books.overturned(case)
    refused = books.call(BOSS, "POST", f"/{book['id']}/publish")
    assert refused.status == 422 and places(refused) == ["approved"]


def test_a_case_that_a_recipient_may_not_read_blocks_and_is_named(books: Books) -> None:
    book = books.written(books.case(see=["XB"]), to=("XB", "XC"))
    blocked = books.done(AUTHOR, "GET", f"/{book['id']}/check")["blocked"]
    assert {b["bureau"] for b in blocked} == {"XC"} and blocked[0]["what"] == "source"
    book = books.approved(book)
    assert books.call(BOSS, "POST", f"/{book['id']}/publish").status == 422
    given = books.call(BOSS, "POST", f"/{book['id']}/releases", json={"bureaus": ["XC"]})
    assert given.status == 201
    assert books.call(BOSS, "POST", f"/{book['id']}/publish").status == 200
    assert books.copy("XC officer")["state"] == "published"


@pytest.mark.parametrize(
    ("book", "case", "where"),
    [
        ({"access": "public"}, {"access": "law_enforcement"}, "cases/"),
        ({"access": "internal"}, {}, "distribution/0/bureau"),
    ],
    ids=["case-narrower", "internal-leaves"],
)
def test_the_class_of_a_book_holds_its_cases_level_and_readers(
    books: Books, book: dict[str, Any], case: dict[str, Any], where: str
) -> None:
    refused = books.submitted(books.written(books.case(**case), **book))
    assert refused.status == 422 and any(place.startswith(where) for place in places(refused))


def test_what_is_public_has_no_level_above_official_use(books: Books) -> None:
    case = books.case(access="public", see=["XB", "XC"])
    form = books.form(case, access="public", level="restricted")
    book = books.done("XA office", "POST", json=form)
    assert "level" in [w["where"] for w in book["wrong"]]


def test_evidence_for_fewer_readers_than_the_book_is_cited_without_its_title(books: Books) -> None:
    case = books.cases.drafted(see=["XB", "XC"], access="public")
    case = books.cases.done(AUTHOR, "PUT", case, "/evidence/1",
                            evidence=evidence(access="law_enforcement", quote="He sold it."))  # fmt: skip
    case = books.cases.step(AUTHOR, books.cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    books.cleared(case)
    book = books.written(case, access="public")
    note = books.exported(book["id"])["notes"][0]["text"]
    assert "Norport" not in note and "He sold it" not in note
    assert "para 45" in note and DIGEST in note


def test_the_next_edition_says_what_changed_and_ends_the_one_before(books: Books) -> None:
    first = books.case()
    book = books.published(first)
    again = books.done(AUTHOR, "POST", f"/{book['id']}/revise")
    assert again["edition"] == 2 and again["supersedes"] == book["id"]
    assert books.call(AUTHOR, "POST", f"/{book['id']}/revise").status == 422
    second = books.case("The Empty Tank", goods=["fuel.petrol"], chapter="environment")
    said = {**books.form(first, second, changes="One more case."), "seen": again["seen"]}
    again = books.done(AUTHOR, "PUT", f"/{again['id']}", json=said)
    again = books.approved(again)
    assert books.call(BOSS, "POST", f"/{again['id']}/publish").status == 200
    assert books.done(AUTHOR, "GET", f"/{book['id']}")["state"] == "withdrawn"
    document = books.copy("XB officer")["document"]
    assert document["changes"] == "One more case."
    assert document["compared"] == "Cases: 1 new, 0 changed, 0 left out."


def test_cases_say_that_they_stand_in_a_published_book_until_it_is_withdrawn(books: Books) -> None:
    case = books.case()
    book = books.published(case)
    assert books.cases.opened(AUTHOR, case)["state"] == "published"
    withdrawn = books.call(BOSS, "POST", f"/{book['id']}/withdraw", json={"why": "It was sent too early."})
    assert withdrawn.status == 200
    assert books.cases.opened(AUTHOR, case)["state"] != "published"
    assert books.copy("XB officer")["state"] == "withdrawn"


def test_what_is_not_there_and_what_is_not_ones_own_are_the_same(books: Books) -> None:
    hidden = books.cases.accepted(see=[])
    for wrong in ("0" * 32, hidden["id"]):
        answer = books.call("XC officer", "POST", json=books.form(cases=[{"case": wrong}]))
        assert answer.status == 422 and places(answer) == ["cases/0/case"]


def test_a_case_is_printed_when_a_supervisor_of_its_own_bureau_has_cleared_it(
    books: Books, scene: Scene
) -> None:
    theirs = books.cases.accepted("XB officer", to="XC", see=["XA", "XC"], title="Theirs")
    book = books.written(theirs, to=("XC",))
    assert [w["what"] for w in book["wrong"]] == [
        "It is admitted, but its bureau has not cleared it for publication"
    ]
    assert books.submitted(book).status == 422
    books.cleared(theirs, "XB supervisor", "XB officer")
    book = books.done(AUTHOR, "GET", f"/{book['id']}")
    assert book["wrong"] == []
    book = books.approved(book)

    def alarms() -> int:
        told = scene("XB analyst", "GET", "/alerts").json
        return sum(a["what"] == "case-changed" and a["object"] == theirs["id"] for a in told)

    before = alarms()
    books.done(BOSS, "POST", f"/{book['id']}/publish")
    assert alarms() == before + 1


def test_a_case_that_is_for_fewer_readers_now_is_taken_out_of_the_book(
    books: Books, house: House, work: Callable[[House], None]
) -> None:
    kept, narrowed = (
        books.case(access="public"),
        books.case(title="Narrowed", access="public", goods=["fuel.petrol"]),
    )
    books.published(kept, narrowed, access="public", level="official")
    now = books.cases.opened(AUTHOR, narrowed)
    books.cases.done(AUTHOR, "PUT", now, case={**now["case"], "access": "internal"})
    work(house)
    data = books.copy("XB officer")["document"]["more"]["casebook"]
    assert "Narrowed" not in str(data["cases"]) and len(data["errata"]) == 1


def test_a_company_writes_no_casebook_and_leads_no_assessment(scene: Scene, house: House) -> None:
    among = replace(scene, crew={**scene.crew, **partner(house, "XP", "private")})
    title = {"title": "Ours", "cases": [], "distribution": [{"bureau": "XB"}]}
    for path, form in (("/casebooks", title), ("/assessments", assessment())):
        answer = among("XP chief", "POST", path, json=form)
        assert answer.status == 403 and "company" in answer.text
        assert scene("XA chief", "POST", path, json=form).status == 201
