"""The casebook's pages: begun, written and published by forms alone, and what stands in its way is said."""

from collections.abc import Callable

import pytest

from entente.desk import House
from rooms.booked import BOSS, FEW, Books
from rooms.cased import AUTHOR
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


def place(answer: Answer) -> str:
    assert answer.status == 303, answer.text
    return str(dict(answer.headers)["location"])


def test_a_book_is_begun_written_approved_and_published_by_forms_alone(books: Books, page: Page) -> None:
    case = books.case()
    form = place(page(AUTHOR, "POST", "/casebooks", [("title", "Mine"), ("access", "law_enforcement"),
                                                    ("level", "official")]))  # fmt: skip
    here = form.removesuffix("/edit")
    assert case["reference"] in page(AUTHOR, "GET", form).text
    seen = books.done(AUTHOR, "GET", here.removeprefix("/casebooks"))["seen"]
    said = [("title", "Mine"), ("access", "law_enforcement"), ("level", "official"), ("seen", seen),
            ("case", case["id"]), (f"leave-{case['id']}", ""), ("to", "XB"), ("count_why", FEW),
            ("overview-mass-production", "Much is made."), ("foreword", "# Why")]  # fmt: skip
    assert place(page(AUTHOR, "POST", form, said)) == here
    shown = page(AUTHOR, "GET", here).text
    assert "1 admitted of 25 to 30" in shown and "Much is made." in shown and books.boss in shown

    def do(who: str, step: str, *more: tuple[str, str]) -> None:
        now = books.done(who, "GET", here.removeprefix("/casebooks"))["seen"]
        assert place(page(who, "POST", f"{here}/do", [("do", step), ("seen", now), *more])) == here

    do(AUTHOR, "submit", ("approver", books.boss))
    do(BOSS, "approve")
    do(BOSS, "publish")
    assert "not read yet" in page(BOSS, "GET", here).text
    assert books.copy("XB officer")["state"] == "published"
    for kind in ("pdf", "html", "docx", "json"):
        assert page(BOSS, "GET", f"{here}/export/{kind}").status == 200


def test_what_is_wrong_is_said_on_the_page_and_kept_in_the_form(books: Books, page: Page) -> None:
    book = books.written(books.case(), count_why="")
    here = f"/casebooks/{book['id']}"
    assert "count_why" in page(AUTHOR, "GET", here).text
    refused = page(AUTHOR, "POST", f"{here}/do", [("do", "submit"), ("seen", book["seen"])])
    assert refused.status == 422
    said = [("title", ""), ("access", "public"), ("level", "official"), ("seen", book["seen"]),
            ("foreword", "I typed this.")]  # fmt: skip
    again = page(AUTHOR, "POST", f"{here}/edit", said)
    assert again.status == 422 and "I typed this." in again.text
    assert page(AUTHOR, "POST", f"{here}/do", [("do", "dance"), ("seen", "")]).status == 404


def test_the_erratum_stands_on_the_page(books: Books, page: Page, house: House, work: Callable) -> None:
    case = books.case()
    book = books.published(case, books.case("The Empty Tank", goods=["fuel.petrol"], chapter="environment"))
    books.overturned(case)
    work(house)
    shown = page(AUTHOR, "GET", f"/casebooks/{book['id']}").text
    assert "no longer admitted" in shown and case["reference"] in shown and "was overturned" in shown


def test_another_bureau_finds_no_page_of_it(books: Books, page: Page) -> None:
    book = books.written(books.case())
    for path in ("", "/edit", "/export/pdf"):
        assert page("XB supervisor", "GET", f"/casebooks/{book['id']}{path}").status == 404
    assert book["title"] not in page("XB supervisor", "GET", "/casebooks").text
