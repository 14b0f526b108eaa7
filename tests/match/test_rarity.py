"""How much a word tells: common words by class, and the words of companies."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.names.companies import CANON, COMPANY_PHRASES, FORMS, shorten
from entente.match.names.fold import fold
from entente.match.names.keys import weight_of
from entente.match.names.rarity import WEIGHTS, common, files
from entente.match.names.tables import PARTICLES, PATRONYMIC, TITLES

LIGHT = PARTICLES | TITLES | FORMS.keys()
RARE = st.text(alphabet="bdfgkmpstvwxz", min_size=2, max_size=12).filter(
    lambda w: w not in common() and w not in LIGHT
)
ROWS = [
    line.split("\t")
    for line in (files("entente.match.names") / "data" / "common.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
CLASSES = [(kind, words.split()) for kind, _, words in ROWS]


@given(st.sampled_from(sorted(common().keys() - LIGHT)), RARE)
def test_an_unknown_word_never_weighs_less_than_a_common_one_as_short(known, unknown):
    assert weight_of(known) < weight_of(unknown) or len(unknown) < len(known)


def test_of_two_words_as_long_the_rarer_never_weighs_less():
    order = sorted(WEIGHTS)
    for size in range(1, 15):
        least = [
            [common()[w] for kind, words in CLASSES if kind == step for w in words if len(w) == size]
            for step in order
        ]
        heard = [weights for weights in least if weights]
        assert all(max(a) <= min(b) for a, b in pairwise(heard)), size


@pytest.mark.parametrize(
    "word", "mohammed nguyen wang garcia smith ivanova kim singh silva trading group traore".split()
)
def test_what_millions_are_called_is_common(word):
    assert common()[word] <= 0.6


@pytest.mark.parametrize("word", "zviadauri strashimirov quispetito ferraguti".split())
def test_a_name_few_bear_is_not_common(word):
    assert word not in common()


def test_words_are_folded_once_and_in_their_commonest_class():
    words = [word for _, words in CLASSES for word in words]
    assert len(words) == len(set(words)) and len(words) > 4_000
    assert [word for word in words if fold(word) != word or not word.isalpha()] == []
    assert all(0.3 <= weight <= 0.75 or len(word) == 1 for word, weight in common().items())


@pytest.mark.parametrize(
    ("written", "form"),
    [
        *[("Beispiel Gesellschaft mit beschränkter Haftung", "gmbh"), ("Ejemplo Sociedad Anónima", "sa")],
        *[("Primjer d. o. o.", "doo"), ("Przykład Sp. z o.o.", "spzoo"), ("Beispiel GmbH & Co. KG", "kg")],
        *[
            ("Общество с ограниченной ответственностью Пример", "ooo"),
            ("Пример Закрытое акционерное общество", "zao"),
        ],
        *[
            ("Örnek Anonim Şirketi", "as"),
            ("Mau Perseroan Terbatas", "pt"),
            ("Beijing Lizi Youxian Gongsi", "ltd"),
        ],
        *[
            ("Mesal Sherkat Sahami Khas", "pjs"),
            ("Mithal Sharika Musahama", "psc"),
            ("Rei Kabushiki Kaisha", "kk"),
        ],
        *[("Esempio Società per Azioni", "spa"), ("Példa Korlátolt Felelősségű Társaság", "kft")],
        *[("Example Private Limited", "ltd"), ("Exemple Société à responsabilité limitée", "srl")],
    ],
)
def test_a_form_spelled_out_is_the_short_one(written, form):
    assert form in shorten(fold(written)).split()


@given(
    st.sampled_from(COMPANY_PHRASES),
    *[st.lists(st.sampled_from(["acme", "trading", "north", "2000"]), max_size=3)] * 2,
)
def test_any_phrase_is_shortened_wherever_it_stands_and_nothing_else(phrase, before, after):
    spelled, form = phrase
    assert shorten(" ".join([*before, spelled, *after])).split() == [*before, form, *after]
    assert shorten(" ".join([*before, *after])).split() == [*before, *after]


def test_a_phrase_inside_a_longer_word_is_none():
    assert shorten("acme sa decv") == "acme sa decv"


def test_forms_are_told_apart_by_class():
    assert FORMS["gmbh"] == FORMS["llc"] == FORMS["ooo"] == FORMS["srl"] == "ltd"
    assert FORMS["ag"] == FORMS["plc"] == FORMS["oao"] == FORMS["spa"] == "jsc"
    assert FORMS["kg"] == FORMS["llp"] == "partnership"


def test_phrases_and_words_lead_to_what_the_house_knows():
    assert {form for _, form in COMPANY_PHRASES} <= FORMS.keys()
    assert CANON.keys().isdisjoint(CANON.values())
    assert [p for p, _ in COMPANY_PHRASES if fold(p) != p] == []
    assert [w for w in CANON if fold(w) != w] == []


@pytest.mark.parametrize("way", "intl internacional mezhdunarodnaya internationale".split())
def test_a_word_said_in_several_ways_is_one_word(way):
    assert CANON[way] == "international"


def test_no_word_of_companies_that_is_rewritten_is_a_name_of_people():
    people = {w for line in ROWS if "company" not in line[1] and line[1] != "place" for w in line[2].split()}
    assert CANON.keys() & people == set()


def test_particles_and_titles_do_not_overlap_and_hold_the_patronymics():
    assert PATRONYMIC <= PARTICLES
    assert PARTICLES.isdisjoint(TITLES)
