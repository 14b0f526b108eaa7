"""Short forms, variants and cognates of given names. Only ordinary names; nobody in particular."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.names import nicknames
from entente.match.names.fold import fold
from entente.match.names.nicknames import MOST_FAMILIES, families, kinship, readings

FORMS = sorted(nicknames._table())
ROWS = [
    line.split("\t")
    for line in (nicknames.files(nicknames.__package__) / "data" / "nicknames.tsv")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
]
OF_BOTH_SEXES = set("dominique jean joan karen michal simone valerie refugio rosario".split())
"""Whole forms that are a man's name in one language and a woman's in another."""


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        *[
            ("vova", "vladimir"),
            ("gosha", "georgiy"),
            ("gosha", "igor"),
            ("misha", "mikhail"),
            ("zhenya", "evgeniy"),
        ],
        *[("sasha", "aleksandr"), ("sasha", "aleksandra"), ("zhora", "georgiy"), ("lyosha", "aleksey")],
        *[
            ("pepe", "jose"),
            ("paco", "francisco"),
            ("nacho", "ignacio"),
            ("chucho", "jesus"),
            ("lupe", "guadalupe"),
        ],
        *[("toni", "antonio"), ("toto", "salvatore"), ("ciccio", "francesco"), ("mimmo", "domenico")],
        *[
            ("dato", "davit"),
            ("vakho", "vakhtang"),
            ("soso", "ioseb"),
            ("hamada", "mohammed"),
            ("abdo", "abdallah"),
        ],
        *[
            ("memo", "mehmet"),
            ("ibo", "ibrahim"),
            ("apo", "abdullah"),
            ("maga", "magomed"),
            ("srulik", "yisrael"),
        ],
        *[("bill", "william"), ("peggy", "margaret"), ("jack", "john"), ("sepp", "josef"), ("honza", "jan")],
        *[("kuba", "jakub"), ("gosia", "malgorzata"), ("pista", "istvan"), ("gheorghita", "gheorghe")],
        *[
            ("fatou", "fatoumata"),
            ("ze", "jose"),
            ("chico", "francisco"),
            ("jussi", "juhani"),
            ("lasse", "lars"),
        ],
    ],
)
def test_a_short_form_stands_for_its_name(short, whole):
    weight, kind = kinship(short, whole)
    assert weight >= 0.5 and kind == "diminutive"


@pytest.mark.parametrize(
    ("made", "whole"),
    [
        ("mishulya", "mikhail"),
        ("pedrito", "pedro"),
        ("zezinho", "jose"),
        ("kolyunya", "nikolai"),
        ("hansli", "hans"),
    ],
)
def test_a_suffix_makes_short_forms_that_no_table_lists(made, whole):
    assert kinship(made, whole)[0] >= 0.5


def test_two_short_forms_of_one_name_are_kin_and_less_surely_than_each_with_the_name():
    assert 0.4 < kinship("vova", "volodya")[0] < kinship("vova", "vladimir")[0]


@pytest.mark.parametrize(
    ("a", "b"), [("aleksandr", "oleksandr"), ("mohammed", "mamadou"), ("yevgeny", "evgeniy")]
)
def test_spellings_of_one_name_are_variants(a, b):
    assert kinship(a, b) == (1.0, "variant")


@pytest.mark.parametrize(
    ("a", "b"), [("ivan", "juan"), ("john", "giovanni"), ("hans", "yahya"), ("yusuf", "jose")]
)
def test_one_name_in_two_languages_is_a_cognate_and_less_sure_than_a_variant(a, b):
    weight, kind = kinship(a, b)
    assert kind == "cognate" and 0.5 <= weight < 1.0


@pytest.mark.parametrize(
    ("he", "she"),
    [
        *[("mario", "maria"), ("aleksandr", "aleksandra"), ("francesco", "francesca"), ("ivan", "ivana")],
        *[
            ("paolo", "paola"),
            ("daniel", "daniela"),
            ("carlos", "carla"),
            ("julio", "julia"),
            ("jose", "josefa"),
        ],
        *[("juan", "juanita"), ("amin", "amina"), ("jamil", "jamila"), ("stefan", "stefania")],
    ],
)
def test_a_man_is_not_a_woman_of_the_same_root(he, she):
    assert kinship(he, she) == (0.0, "")


def test_hardly_a_whole_form_is_in_the_families_of_both_sexes():
    men, women = (
        {entry for row in ROWS if row[1] == sex for entry in row[3].split() if ":" not in entry}
        for sex in "mf"
    )
    assert men & women <= OF_BOTH_SEXES


@pytest.mark.parametrize(
    ("a", "b"), [("boris", "bogdan"), ("petrov", "petr"), ("zzz", "ivan"), ("", ""), ("ali", "omar")]
)
def test_other_words_are_no_kin(a, b):
    assert kinship(a, b) == (0.0, "")


def test_a_form_of_several_names_says_less_of_each():
    assert kinship("slava", "vyacheslav")[0] < kinship("vova", "vladimir")[0]


def test_a_whole_name_is_less_surely_a_short_form_of_another():
    assert 0.0 < kinship("nina", "antonina")[0] < kinship("tosya", "antonina")[0]


@given(st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_kinship_is_symmetric_and_a_share(a, b):
    assert kinship(a, b) == kinship(b, a)
    assert 0.0 <= kinship(a, b)[0] <= 1.0


@given(st.sampled_from(FORMS))
def test_a_form_is_kin_of_itself_if_nothing_else(form):
    assert kinship(form, form)[0] == max(r.weight for r in readings(form)) ** 2


@given(st.one_of(st.sampled_from(FORMS), st.text(alphabet="aeiknohcrstu", max_size=9)))
def test_a_token_is_of_few_families_the_likeliest_first(token):
    named = families(token)
    assert len(set(named)) == len(named) <= MOST_FAMILIES
    sure = [max(r.weight for r in readings(token) if r.family == family) for family in named]
    assert sure == sorted(sure, reverse=True)


def test_every_form_is_folded_and_every_line_is_whole():
    assert [form for form in FORMS if fold(form) != form or not form.isalpha()] == []
    for row in ROWS:
        assert len(row) == 5 and row[1] in {"m", "f", "-"} and row[2] and row[3], row
    weights = [entry.partition(":")[2] for row in ROWS for column in row[3:] for entry in column.split()]
    assert all(0.0 < float(weight) <= 1.0 for weight in weights if weight)


def test_the_table_is_broad_and_light():
    assert len(FORMS) >= 1_800 and len({row[0] for row in ROWS}) >= 350
    nicknames._table.cache_clear()
    tracemalloc.start()
    nicknames._table()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 5_000_000
