"""Names: folding, keys and alignment, by phenomenon. All names are invented or the commonest there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.names.alike import alike
from entente.match.names.compare import align, name_of
from entente.match.names.fold import fold
from entente.match.names.keys import deletes_of, sounds_of, token_keys

NAMES = st.text(alphabet="abcdeiklmnorstuvzáñшиأحمد -'", max_size=30)


def near(a: str, b: str) -> float:
    return align(name_of(a), name_of(b)).value


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("MÜLLER, Jürgen", "jurgen muller"),
        ("Страшимиров", "strashimirov"),
        ("عبد الرحمن", "abd al rahman"),
        ("王小明", "wang xiaoming"),
        ("김민수", "kim minsoo"),
        ("やまだ", "yamada"),
        ("O'Brien", "obrien"),
        ("Acme G.m.b.H.", "acme gmbh"),
        ("J. R. Doe", "j r doe"),
        ("JaneExampleson", "jane exampleson"),
        ("", ""),
    ],
)
def test_a_name_in_any_script_is_folded_to_latin_words(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        "mohammed muhamad mhmd",
        "qadir kadir gadir",
        "sargsyan sarkissian",
        "shevchenko chevtchenko szewczenko",
        "gim kim",
        "jeong jong chong",
        "khalid halid chalid",
        "jamal djamel",
        "wladimir vladimir",
        "makhlouf makhluf",
    ],
)
def test_spellings_of_one_name_share_a_sound(spellings):
    first, *others = spellings.split()
    for other in others:
        assert sounds_of(first) & sounds_of(other), other


@given(
    st.text(alphabet="abcdefghij", min_size=5, max_size=10),
    st.integers(0, 3),
    st.integers(0, 4),
    st.sampled_from("xyz"),
)
def test_any_single_error_in_a_longer_token_leaves_a_shared_key(token, kind, place, letter):
    cut = {
        0: token[:place] + token[place + 1 :],
        1: token[:place] + letter + token[place:],
        2: token[:place] + letter + token[place + 1 :],
        3: token[:place] + token[place : place + 2][::-1] + token[place + 2 :],
    }[kind]
    assert deletes_of(token) & deletes_of(cut)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jon Smith", "John Smith"),
        ("Ann Lee", "Anne Lee"),
        ("PETROV, Ivan", "Ivan Petrov"),
        ("Иван Петров", "Ivan Petrov"),
        ("Iwan Petroff", "Ivan Petrov"),
        ("Abd al-Rahman Kareem", "Abdulrahman Karim"),
        ("Kim Min-su", "Kim Minsu"),
        ("김민수", "Kim Min Su"),
        ("محمد علي", "Mohammed Ali"),
        ("דוד כהן", "David Cohen"),
        ("이순", "Lee Soon"),
        ("S.C. Example & Son", "SC Example and Son"),
        ("JaneExampleson", "Jane Exampleson"),
        ("Vova Petrov", "Vladimir Petrov"),
        ("Acme Trading LLC", "Acme Trading Limited Liability Company"),
        ("ООО Ромашка", "Romashka Ltd"),
        ("Ahmad al-Testi", "Ahmad Testi"),
    ],
)
def test_one_name_written_twice_is_near(a, b):
    assert near(a, b) >= 0.8


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ivan Petrov", "Ivan Sidorov"),
        ("Maria Rossi", "Mario Bianchi"),
        ("Acme Trading Ltd", "Zenith Trading Ltd"),
        ("Trust Fund XV", "Mist Fund XX"),
    ],
)
def test_another_name_is_far(a, b):
    assert near(a, b) < 0.65


def test_a_missing_patronymic_is_cheap_and_a_contradicted_one_dear():
    whole = "Ivan Sergeyevich Examplov"
    assert near("Ivan Examplov", whole) > near("Ivan Denisovich Examplov", whole) + 0.1


def test_a_son_is_not_his_father():
    assert near("Salim bin Hamad", "Hamad bin Salim") < near("Salim bin Hamad", "Salim bin Hamad") - 0.1


def test_a_rare_word_tells_more_than_a_common_one():
    assert token_keys("mohammed").weight < token_keys("zviadauri").weight


@given(NAMES, NAMES)
def test_token_likeness_is_symmetric(a, b):
    for x in fold(a).split():
        for y in fold(b).split():
            assert alike(x, y) == alike(y, x)


@given(NAMES, NAMES)
def test_alignment_stays_between_nothing_and_all(a, b):
    assert 0.0 <= near(a, b) <= 1.0


@given(st.text(max_size=60))
def test_a_name_lies_wholly_on_itself(text):
    name = name_of(text)
    if name.strong:
        assert align(name, name).value == pytest.approx(1.0)
