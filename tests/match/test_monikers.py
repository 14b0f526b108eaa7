"""Monikers: their own keys, what their words mean, how alike two of them are. All persons are invented."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Text
from entente.engines.text import open_text
from entente.match import names
from entente.match.names.fold import fold
from entente.match.names.keys import token_keys
from entente.match.names.monikers import (
    SPACE,
    compare_moniker,
    keys_of_moniker,
    query_of_moniker,
    words_of,
)

VIEW = View(b"", ("s1",), date(2026, 3, 1))


# --- words -------------------------------------------------------------------------------------------


def test_every_line_of_the_table_is_a_sense_a_weight_and_words_by_language() -> None:
    text = (files(names) / "data" / "moniker_words.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len({sense for sense, *_ in lines}) == len(lines) > 150
    for sense, weight, languages in lines:
        assert sense.isascii() and sense.islower() and sense.isalpha()
        assert 0.3 < float(weight) < 1
        for said in languages.split(" | "):
            language, _, words = said.partition(": ")
            assert len(language) == 2
            for word in words.split():
                assert sense in words_of(word)[0].senses, word


def test_the_table_is_small_and_read_once() -> None:
    assert len((files(names) / "data" / "moniker_words.tsv").read_bytes()) < 100_000


GIVEN = """
    Hassan Hasan Anna Ana Anne Yuri Gary Lisa Rudi Bart Levi Billy Jiri Amy Camila Rosa Dana Irakli Haji Umm
    Malek Ivan Maria Ali Omar Ahmed Sergei Juan Pedro Giovanni Mehmet Giorgi Dato Levan Tony Victor Igor Oleg
"""


@pytest.mark.parametrize("name", GIVEN.split())
def test_a_common_given_name_is_not_taken_for_a_word(name: str) -> None:
    assert not words_of(name)[0].senses


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Weasel", ["weasel"]),
        ("il Furetto", ["furetto"]),
        ("O'Pazzo", ["pazzo"]),
        ("‘u Curtu", ["curtu"]),
        ("El Huron de Tijuana", ["huron", "tijuana"]),
        ("the", ["the"]),
        ("", []),
        ("?!", []),
        ("one two three four five six seven eight", ["one", "two", "three", "four", "five", "six"]),
    ],
)
def test_articles_are_no_words_unless_there_are_no_others(text: str, words: list[str]) -> None:
    assert [w.text for w in words_of(text)] == words


def test_a_common_word_tells_less_than_a_rare_one() -> None:
    (boss,), (clock), (made_up) = words_of("Boss"), words_of("Clockmaker")[0], words_of("Zvrkota")[0]
    assert boss.weight < clock.weight < made_up.weight


# --- likeness ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found", "rule", "least"),
    [
        ("Zvrko the Young", "zvrko, the YOUNG", "equal", 1.0),
        ("Zvrko Molodoi", "Зврко Молодой", "sound", 0.9),
        ("Zvrko Molodoi", "Zvrko the Young", "translated", 0.93),
        ("Zvrko Molodoi", "Zvrkomolodoi", "joined", 0.95),
        ("Zvrko Molodoi", "Zvrkomolodoy", "typo", 0.9),
        ("Taiwanchik", "Taivanchik", "sound", 0.95),
        ("u Turcu", "the Turk", "translated", 0.9),
        ("Malyj", "Little", "translated", 0.9),
        ("Малой", "Piccolo", "translated", 0.9),
        ("Küçük", "il Piccolo", "translated", 0.9),
        ("Mgeli", "the Wolf", "translated", 0.9),
        ("lo Zoppo", "Хромой", "translated", 0.9),
        ("El Gordo", "the Fat", "translated", 0.9),
        ("الصغير", "Kleiner", "translated", 0.9),
        ("Big Tony", "Tony Grande", "translated", 0.9),
        ("Tbilisskij", "Tbileli", "place", 0.8),
        ("Batumskii", "Batumeli", "place", 0.8),
        ("Zvrko", "Zvrko Molodoi", "part", 0.75),
        ("Molodoi", "Zvrko Molodoi", "part", 0.5),
    ],
)
def test_two_monikers_of_one_man_are_alike_and_it_is_said_why(
    asked: str, found: str, rule: str, least: float
) -> None:
    laid = compare_moniker(asked, found)
    assert laid.rule == rule
    assert least <= laid.alike <= 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lo Zoppo", "the Fat"),
        ("Molodoi", "Staryj"),
        ("Young", "Old"),
        ("El Lobo", "The Fox"),
        ("Black", "White"),
        ("Ded Hasan", "Ded Pasha"),
        ("the Turk", "the Georgian"),
        ("Zvrko", "Brlja"),
        ("", "the Wolf"),
        ("", ""),
    ],
)
def test_two_monikers_of_two_men_are_nothing(asked: str, found: str) -> None:
    assert compare_moniker(asked, found).alike == 0


def test_a_word_that_is_contradicted_costs_more_than_one_that_is_left_out() -> None:
    whole = compare_moniker("Zvrko Molodoi", "Zvrko Molodoi").alike
    left_out = compare_moniker("Zvrko", "Zvrko Molodoi").alike
    contradicted = compare_moniker("Zvrko Staryj", "Zvrko Molodoi").alike
    assert whole > left_out > contradicted


def test_what_matched_is_said_and_weighs_what_its_words_tell() -> None:
    laid = compare_moniker("Zvrko Molodoi of Nowhere", "the Young Zvrko")
    assert (laid.asked, laid.found) == ("zvrko molodoi", "zvrko young")
    assert laid.weight > compare_moniker("Molodoi", "Young").weight


MADE_OF = st.sampled_from(
    [
        "Zvrko",
        "Brlja",
        "the",
        "Young",
        "Molodoi",
        "Staryj",
        "Wolf",
        "lupo",
        "u",
        "Tbilisskij",
        "Tbileli",
        "Малой",
    ]
)
MONIKERS = st.lists(MADE_OF, max_size=4).map(" ".join) | st.text(max_size=30)


@given(MONIKERS, MONIKERS)
def test_likeness_is_bounded_symmetric_and_never_an_error(a: str, b: str) -> None:
    there, back = compare_moniker(a, b), compare_moniker(b, a)
    assert 0 <= there.alike <= 1
    assert there.alike == pytest.approx(back.alike)
    assert there.rule == back.rule
    assert (there.alike == 0) == (there.rule == "")


@given(MONIKERS)
def test_a_moniker_is_itself(a: str) -> None:
    assert compare_moniker(a, a).alike == (1.0 if words_of(a) else 0.0)


# --- keys --------------------------------------------------------------------------------------------


@given(MONIKERS, st.text(max_size=20))
def test_a_monikers_keys_lie_in_a_space_that_no_name_enters(moniker: str, name: str) -> None:
    for keys in (*keys_of_moniker(moniker), *query_of_moniker(moniker)):
        for key in (keys.exact, *keys.deletes, *keys.sounds):
            assert key.startswith(SPACE)
            assert len(key.split()) == 1
            assert key == key.strip()
    for token in fold(name).split():
        named = token_keys(token)
        assert not any(k.startswith(SPACE) for k in (named.exact, *named.deletes, *named.sounds))


@given(MONIKERS)
def test_what_is_asked_for_is_what_is_indexed(moniker: str) -> None:
    kept, asked = keys_of_moniker(moniker), query_of_moniker(moniker)
    assert {k.exact for k in asked} <= {k.exact for k in kept}
    assert len(asked) <= 2


def test_a_word_of_a_moniker_weighs_less_than_the_whole() -> None:
    whole, *words = keys_of_moniker("Zvrko Molodoi")
    assert whole.exact == f"{SPACE}zvrkomolodoi"
    assert all(word.weight < whole.weight for word in words)


@pytest.fixture(params=["memory", "fts5", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Text]:
    place = "" if request.param == "memory" else str(tmp_path / "names")
    text = open_text(f"{request.param}:{place}")
    yield text
    text.close()


KEPT = ("Zvrko Molodoi", "Zvrkomolodoi", "Zvrko", "the Young", "Tbileli", "il Lupo", "Ded Pasha")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Zvrko Molodoi", ["Zvrko Molodoi", "Zvrkomolodoi", "Zvrko", "the Young"]),
        ("Zvrko the Young", ["Zvrko Molodoi", "Zvrko", "the Young"]),
        ("Зврко Молодой", ["Zvrko Molodoi", "Zvrkomolodoi", "Zvrko", "the Young"]),
        ("Zvrkomolodoy", ["Zvrkomolodoi", "Zvrko Molodoi"]),
        ("Zvrok", ["Zvrko", "Zvrko Molodoi"]),
        ("the Wolf", ["il Lupo"]),
        ("Volk", ["il Lupo"]),
        ("Grandfather Pasha", ["Ded Pasha"]),
    ],
)
def test_every_text_engine_finds_a_moniker_by_its_keys_and_no_name(
    engine: Text, asked: str, found: list[str]
) -> None:
    docs = [
        Doc(n, f"{n:032x}", keys_of_moniker(kept), frozenset(), frozenset(("s1",)), 30_000, n)
        for n, kept in enumerate(KEPT)
    ]
    named = tuple(token_keys(t) for t in "zvrko molodoi young wolf volk pasha zvrkomolodoi lupo".split())
    engine.apply([*docs, Doc(99, f"{99:032x}", named, frozenset(), frozenset(("s1",)), 30_000, 99)], [], 1)
    proposed = engine.propose(NameQuery(query_of_moniker(asked)), VIEW, 10).candidates
    assert {KEPT[c.n] for c in proposed if c.n != 99} == set(found)
    assert KEPT.index(found[0]) in {c.n for c in proposed if c.points == proposed[0].points}
    assert 99 not in [c.n for c in proposed], "a name is not found by a moniker's keys"
