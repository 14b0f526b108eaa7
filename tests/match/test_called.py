"""What somebody is called besides his name is read as a moniker, and lost nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.called import Called, called
from entente.match.question import understand

# Invented, all of them.
IVO = "Ivo Marenko"


@pytest.mark.parametrize(
    ("text", "monikers"),
    [
        (f'{IVO} "the Weasel"', ["the Weasel"]),
        ("Ivo “the Weasel” Marenko", ["the Weasel"]),
        ("Ivo «Ласка» Marenko", ["Ласка"]),
        ("Ivo 'u Curtu' Marenko", ["u Curtu"]),
        ("Ivo „Lis“ Marenko", ["Lis"]),
        ("Ivo「イタチ」Marenko", ["イタチ"]),
        (f"{IVO} (Weasel)", ["Weasel"]),
        (f"{IVO} (a.k.a. Weasel)", ["Weasel"]),
        (f'{IVO} alias "Weasel"', ["Weasel"]),
        (f"{IVO} alias Weasel", ["Weasel"]),
        (f"{IVO}, a.k.a. the Weasel", ["the Weasel"]),
        (f"{IVO} aka Weasel", ["Weasel"]),
        (f"{IVO} also known as the Weasel", ["the Weasel"]),
        (f"{IVO} known as Weasel, alias Stoat", ["Weasel", "Stoat"]),
        (f"{IVO} detto il Furetto", ["il Furetto"]),
        (f"{IVO} dit le Furet", ["le Furet"]),
        (f"{IVO} apodado el Huron", ["el Huron"]),
        (f"{IVO} genannt Wiesel", ["Wiesel"]),
        ("Иво Маренко по кличке Ласка", ["Ласка"]),
        ("Иво Маренко, кличка: «Ласка»", ["Ласка"]),
        ("محمد الملقب بالثعلب", ["الثعلب"]),
    ],
)
def test_a_moniker_beside_a_name_is_read_and_said(text: str, monikers: list[str]) -> None:
    question = understand(text)
    assert list(question.monikers) == monikers
    assert [value for what, value in question.said if what == "moniker"] == monikers
    first = [value for what, value in question.said if what == "name"]
    assert first == [question.names[0]]
    assert not any(m in question.names[0] for m in monikers), "the name is read without it too"


@pytest.mark.parametrize(
    "text", ['"the Weasel"', "alias the Weasel", "кличка: the Weasel", "nickname the Weasel"]
)
def test_a_moniker_alone_is_asked_as_a_moniker_and_as_a_name(text: str) -> None:
    question = understand(text)
    assert (question.names, question.monikers) == (("the Weasel",), ("the Weasel",))
    assert question.said == (("moniker", "the Weasel"),)


def test_quoted_words_may_also_be_a_part_of_the_name() -> None:
    assert called('Ivo "Petar" Marenko') == Called((IVO,), ("Petar",), "Ivo Petar Marenko")
    assert understand('Ivo "Petar" Marenko').names == (IVO, "Ivo Petar Marenko")


def test_a_long_alias_is_another_name_and_no_moniker() -> None:
    question = understand(f"{IVO} a.k.a. Juan Carlos Perez Garcia Lopez")
    assert question.names == (IVO, "Juan Carlos Perez Garcia Lopez")
    assert question.monikers == ()
    assert ("name", "Juan Carlos Perez Garcia Lopez") in question.said


@pytest.mark.parametrize(
    "text",
    [
        IVO,
        "MARENKO, Ivo",
        "Aka Toure",
        "Dit Kone",
        "Ivo O'Neil D'Angelo",
        "Ivo alias",
        "alias",
        "Ivo Marenko (remarks of more words than anybody is called)",
        "Ivo (nat: xa)",
        "Velkov Agro (Malta) Ltd",
        'OOO "Romashka"',
        '"Romashka" LLC',
        "Ivo ()",
        'Ivo ""',
    ],
)
def test_what_is_no_moniker_stays_with_the_name(text: str) -> None:
    assert called(text).monikers == ()
    assert len(called(text).names) == 1


def test_numbers_and_dates_in_parentheses_are_no_monikers() -> None:
    question = understand(f"{IVO} (born 1971-03-05) (passport P4417093)")
    assert (question.names, question.monikers) == ((IVO,), ())
    assert question.birth == ("1971-03-05",)


SIGNS = ("alias", "a.k.a.", "aka", "кличка", '"', "(", ")", "«", "»", "'", ",", "x")
WORDS = st.sampled_from(("Ivo", "Marenko", *SIGNS))


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_letter_of_a_name_is_lost_whatever_stands_around_it(text: str) -> None:
    read = called(text)
    kept = " ".join((*read.names, *read.monikers, read.whole))
    for word in ("Ivo", "Marenko"):
        assert (word in text) == (word in kept), (text, read)


@given(st.text(max_size=200))
def test_anything_is_read_without_an_error(text: str) -> None:
    read = called(text)
    assert all(name == name.strip() and name for name in (*read.names, *read.monikers))
