"""Names that are never published: found where they stand, told to nobody; persons called as the case says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.reports.casebook.checker import Name, found, texts_of
from rooms.booked import Books
from rooms.cased import AUTHOR
from rooms.scene import Scene, places

CHILD, VICTIM, WITNESS = "Ana Kovář", "王小明", "Grace van der Will"
NAMES = [Name(CHILD, "minor"), Name(VICTIM, "victim"), Name(WITNESS, "witness")]
PLANTED = {
    "as it is": "Then Ana Kovář came.",
    "without its marks": "then ana kovar came",
    "turned round": "KOVAR, Ana",
    "the surname alone": "The girl Kovář saw it.",
    "with an initial": "A. Kovar saw it.",
    "of whom": "Kovar's brother",
    "in an address": "write to ana.kovar@example.org",
    "in one word": "user anakovar wrote",
    "letters spaced out": "K o v á ř Ana",
    "marks that are not seen": "A\u200bna Ko\u00advář",
    "parted by a line": "Ana Ko-\nvář",
    "in bold between": "Ana and Kovář",
    "in another script": "Ана Ковар",
    "without spaces": "报道称王小明说",
    "spelt in letters": "Wang Xiaoming said",
    "with its particles": "Grace Van Der Will",
    "without its particles": "Grace Will",
}
HARMLESS = [
    "he will be there",
    "with the grace of the court",
    "a van full of goods",
    "the derivation of fuel",
    "Banana cargo",
    "Wangaratta",
    "anagram and kovar lower",
    "",
]


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_every_planted_name_is_found(text: str) -> None:
    assert found([("here", text)], NAMES), text


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_look_like_parts_of_names_are_let_through(text: str) -> None:
    assert found([("here", text)], NAMES) == []


@given(st.sampled_from([CHILD, VICTIM, WITNESS]), st.text(max_size=60), st.text(max_size=60))
def test_a_name_is_found_wherever_it_stands(name: str, before: str, after: str) -> None:
    assert [f.whole for f in found([("here", f"{before} {name} {after}")], [Name(name, "victim")])] == [True]


def test_a_line_is_read_as_one_text_and_its_place_is_told() -> None:
    data = {"text": [{"t": "p", "in": [{"s": "Ana "}, {"s": "Kovář", "b": True}]}], "rows": [["x", CHILD]]}
    assert [(f.where, f.sort) for f in found(texts_of(data, "case 3"), NAMES)] == [
        ("case 3/text/1", "minor"),
        ("case 3/rows/1/2", "minor"),
    ]


# --- in the book ---------------------------------------------------------------------------------


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


def protected(books: Books, case: dict[str, Any], *names: tuple[str, str]) -> None:
    said = {"names": [{"name": name, "sort": sort} for name, sort in names]}
    answer = books.scene(AUTHOR, "PUT", f"/cases/{case['id']}/protected", json=said)
    assert answer.status == 200, answer.text


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"foreword": f"For {CHILD}."}, "front/"),
        ({"overviews": {"mass-production": f"Of {CHILD}."}}, "chapter-mass-production/"),
        ({"title": f"The story of {CHILD}"}, "title"),
        ({"count_why": f"{CHILD} asked."}, "method-0/"),
    ],
    ids=["foreword", "overview", "title", "reason"],
)
def test_a_name_anywhere_in_the_book_stops_it_and_its_place_is_told(
    books: Books, said: dict[str, Any], where: str
) -> None:
    case = books.case()
    protected(books, case, (CHILD, "minor"))
    book = books.written(case, **said)
    refused = books.submitted(book)
    assert refused.status == 422 and [p.startswith(where) for p in places(refused)] == [True]
    assert "Kov" not in refused.text
    assert books.scene("XA supervisor", "GET", f"/casebooks/{book['id']}/export/pdf").status == 422


def test_a_name_in_a_cases_own_text_or_in_a_footnote_is_found_with_its_place(books: Books) -> None:
    case = books.case(modus=f"{CHILD} was made to carry it.")
    protected(books, case, (CHILD, "minor"), ("Court of Norport", "witness"))
    wrong = [w["where"] for w in books.written(case)["wrong"]]
    assert any(place.startswith("case 1/text/") for place in wrong)
    assert f"note {case['reference']} C1 (1)" in wrong


def test_a_name_given_for_one_case_is_looked_for_in_every_case(books: Books) -> None:
    one, other = books.case(), books.case("The Tank", summary=f"{CHILD} drove.", goods=["fuel.petrol"])
    protected(books, one, (CHILD, "minor"))
    wrong = [w["where"] for w in books.written(one, other)["wrong"]]
    assert [place.partition("/")[0] for place in wrong] == ["case 2"]


@pytest.mark.parametrize(
    ("how", "there", "gone"),
    [
        ("named", ["Ivo Marenko carried it"], []),
        ("initials", ["I. M. carried it"], ["Marenko"]),
        ("none", ["person 1 carried it"], ["Marenko", "I. M."]),
    ],
)
def test_persons_are_called_as_the_case_decided(
    books: Books, how: str, there: list[str], gone: list[str]
) -> None:
    more = {"personal_data": how, "personal_data_why": "The law of XA." if how == "none" else ""}
    case = books.cases.drafted(
        see=["XB"], modus="Ivo  MARENKO carried it.".replace("MARENKO", "Marenko"), **more
    )
    case = books.cases.add(AUTHOR, case, "parties", {"name": "Ivo Marenko", "sort": "person"})
    case = books.cases.step(AUTHOR, books.cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    books.cleared(case)
    book = books.written(case)
    assert book["wrong"] == []
    said = str(books.exported(book["id"])).replace("Ivo  ", "Ivo ")
    assert all(one in said for one in there) and not any(one in said for one in gone)


def test_a_person_left_by_name_in_a_case_that_names_nobody_stops_the_book(books: Books) -> None:
    case = books.cases.drafted(see=["XB"], modus="Old Marenko drove the van.")
    case = books.cases.add(AUTHOR, case, "parties", {"name": "Ivo Marenko", "sort": "person"})
    case = books.cases.step(AUTHOR, books.cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    books.cleared(case)
    book = books.written(case)
    assert [w["where"].partition("/")[0] for w in book["wrong"]] == ["case 1"]
    assert "nicknames" in book["limits"]
