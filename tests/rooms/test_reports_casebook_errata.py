"""A case that does not stand any more goes from the published book by itself, and an erratum says so."""

from typing import Any

import pytest

from entente.desk import House
from rooms.booked import BOSS, Books
from rooms.cased import AUTHOR, claim
from rooms.scene import Scene


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


@pytest.fixture
def pair(books: Books) -> tuple[dict[str, Any], dict[str, Any]]:
    return books.case(), books.case("The Empty Tank", goods=["fuel.petrol"], chapter="environment")


def alerts(scene: Scene, who: str) -> list[str]:
    return [a["what"] for a in scene(who, "GET", "/alerts").json]


def test_an_overturned_judgment_takes_its_case_out_and_prints_the_erratum(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], scene: Scene, house: House, work: Any
) -> None:
    one, other = pair
    book = books.published(one, other)
    before = books.copy("XB officer")
    books.overturned(one)
    work(house)
    for who in ("XB officer", "XC officer"):
        copy = books.copy(who)
        assert copy["state"] == "published" and copy["sha256"] != before["sha256"]
        said = str(copy["document"])
        assert "The Harvest That Never Grew" not in said and "2. The Empty Tank" in said
        assert one["reference"] in said and "was overturned by proceeding 2" in said
        assert copy["document"]["more"]["casebook"]["counter"]["admitted"] == 1
        assert [e["what"] for e in copy["document"]["more"]["casebook"]["errata"]] == ["demoted"]
        assert copy["document"]["outline"][0]["text"] == "Errata"
        assert "report-erratum" in alerts(scene, who)
    assert {"report-erratum", "case-changed"} <= set(alerts(scene, AUTHOR))
    now = books.done(AUTHOR, "GET", f"/{book['id']}")
    assert (now["state"], now["admitted"], now["errata"]) == ("published", 1, 1)
    assert now["printed_errata"][0]["case"] == 1 and now["printed_errata"][0]["reasons"]
    assert books.cases.opened(AUTHOR, one)["state"] != "published"
    assert books.cases.opened(AUTHOR, other)["state"] == "published"


def test_the_erratum_is_in_every_form(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], scene: Scene, house: House, work: Any
) -> None:
    books.published(*pair)
    books.overturned(pair[0])
    work(house)
    copy = books.copy("XB officer")
    for form in ("pdf", "html", "docx"):
        answer = scene("XB officer", "GET", f"/reports/{copy['id']}/{form}")
        assert answer.status == 200 and len(answer.body) > 2_000
    page = scene("XB officer", "GET", f"/reports/{copy['id']}/html").text
    assert "Errata" in page and pair[0]["reference"] in page


def test_what_changes_nothing_that_is_told_changes_no_copy(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], scene: Scene, house: House, work: Any
) -> None:
    books.published(*pair)
    before = books.copy("XB officer")
    now = books.cases.opened("XB officer", pair[0])
    books.cases.done("XB officer", "POST", now, "/objections", text="The lab was never asked.")
    work(house)
    # an open objection keeps it from admission: this is one that counts
    assert books.copy("XB officer")["sha256"] != before["sha256"]
    after = books.copy("XB officer")
    now = books.cases.opened(AUTHOR, pair[0])
    books.cases.done(AUTHOR, "POST", now, "/objections/1/answer", text="It was asked in May.")
    work(house)
    assert books.copy("XB officer") == after  # what is out comes back with the next edition
    assert alerts(scene, "XB officer").count("report-erratum") == 1


def test_a_case_written_at_is_not_admitted_until_it_is_reviewed_anew(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], house: House, work: Any
) -> None:
    books.published(*pair)
    now = books.cases.opened(AUTHOR, pair[1])
    books.cases.add(AUTHOR, now, "claims", claim(text="One more link."))
    work(house)
    data = books.copy("XB officer")["document"]["more"]["casebook"]
    assert [c["number"] for c in data["cases"]] == [1] and data["errata"][0]["case"] == 2


def test_a_case_that_is_not_for_the_author_any_more_goes_without_reasons(
    books: Books, scene: Scene, house: House, work: Any
) -> None:
    mine, theirs = books.case(), books.cases.accepted("XB officer", to="XC", see=["XA", "XC"],
                                                      title="Theirs", goods=["fuel.petrol"])  # fmt: skip
    books.cleared(theirs, "XB supervisor", "XB officer")
    books.published(mine, theirs, to=("XC",))
    now = books.cases.opened("XB officer", theirs)
    case = {**now["case"], "see": ["XC"]}
    books.cases.done("XB officer", "PUT", now, case=case)
    work(house)
    copy = books.copy("XC officer")
    assert copy["state"] == "published"
    errata = copy["document"]["more"]["casebook"]["errata"]
    assert [e["what"] for e in errata] == ["gone"]
    assert "Theirs" not in str(copy["document"])


def test_errata_add_up_and_a_case_keeps_its_number(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], house: House, work: Any
) -> None:
    third = books.case("The False Stamp", chapter="tobacco", goods=["tobacco"])
    book = books.published(*pair, third)
    books.overturned(third)  # the first in the book: tobacco comes before
    work(house)
    books.overturned(pair[0])
    work(house)
    now = books.done(AUTHOR, "GET", f"/{book['id']}")
    assert [e["case"] for e in now["printed_errata"]] == [2, 1]
    document = books.copy("XC officer")["document"]
    assert [c["number"] for c in document["more"]["casebook"]["cases"]] == [3]
    assert "3. The Empty Tank" in [h["text"] for h in document["outline"]]
    assert books.call(BOSS, "GET", f"/{book['id']}/copies").status == 200


def test_a_judgment_overturned_after_the_next_edition_began_is_not_in_that_edition(
    books: Books, pair: tuple[dict[str, Any], dict[str, Any]], house: House, work: Any
) -> None:
    book = books.published(*pair)
    again = books.done(AUTHOR, "POST", f"/{book['id']}/revise")
    books.overturned(pair[0])
    work(house)
    now = books.done(AUTHOR, "GET", f"/{again['id']}")
    assert (now["admitted"], now["chosen"], now["errata"]) == (1, 2, 0)
    assert f"cases/{pair[0]['reference']}" in [w["where"] for w in now["wrong"]]
