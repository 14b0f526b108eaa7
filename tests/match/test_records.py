"""Records: what they are indexed under, and how they score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.question import understand
from entente.match.records import compare, facts_of, queries_of, query_tokens, read, tokens_of

IVAN = {
    "name": ("Ivan Examplov", "Иван Экзамплов"),
    "alias": ("Vanya Examplov",),
    "weakAlias": ("Grey",),
    "moniker": ("The Clockmaker",),
    "birthDate": ("1971-03-05",),
    "nationality": ("xa",),
    "gender": ("male",),
    "passportNumber": ("XA1234567",),
}
TEXTS = st.sampled_from(
    [
        "Ivan Examplov",
        "Examplov",
        "Ivan",
        "XA1234567",
        "1971",
        "1971-03-05",
        "1990",
        "John Other",
        "female",
        "Clockmaker",
    ]
)


def score(text: str, body=IVAN) -> float:
    return compare(understand(text), read("Person", body)).value


@given(st.lists(TEXTS, max_size=4), st.text(max_size=20))
def test_the_parts_of_a_score_sum_to_it(texts, more):
    found = compare(understand("; ".join([*texts, more])), read("Person", IVAN))
    assert 0.0 <= found.value <= 1.0
    assert sum(r.part for r in found.reasons) == pytest.approx(found.value, abs=1e-6)


def test_a_name_alone_never_says_the_same_person():
    assert 0.7 < score("Ivan Examplov") < 0.8


def test_evidence_moves_the_score_the_way_it_speaks():
    same_day, same_year, name, a_year, other = (
        score(f"Ivan Examplov {d}") for d in ("1971-03-05", "1971", "", "1974", "1995")
    )
    assert same_day > same_year > name > a_year > other
    assert score("Ivan Examplov nationality: xa") > name
    assert score("Ivan Examplov female") < name


def test_an_exact_number_is_strong_alone_and_certain_with_a_second_identifier():
    assert 0.8 < score("XA1234567") < 0.95
    assert score("XA1234567 Ivan Examplov") == pytest.approx(1.0)
    assert score("XA1234567 John Other") < score("XA1234567")


def test_certainty_needs_a_second_identifier():
    assert score("Ivan Examplov 1971-03-05 male nationality: xa") < 1.0


def test_a_date_alone_does_not_lift_another_name():
    assert score("John Other 1971-03-05") < 0.3


def test_weak_aliases_and_monikers_have_their_own_ceilings():
    assert score("Grey") < score("The Clockmaker") < 0.78
    assert score("Clockwork") < 0.3


def test_the_same_record_scores_the_same_whatever_was_scored_before():
    before = score("Ivan Examplov")
    for n in range(50):
        score("Ivan Examplov", {"name": (f"Ivan Examplov{n}",)})
    assert score("Ivan Examplov") == before


def test_facts_say_what_is_known_and_what_is_not():
    assert facts_of("Person", IVAN, ("LegalEntity", "Thing")) == {
        "kind:Person", "kind:LegalEntity", "kind:Thing", "nat:xa", "sex:male", "born:1971", "dob:1971-03-05",
    }  # fmt: skip
    assert {"nat:?", "sex:?", "born:?"} <= facts_of("Person", {"name": ("X Y",)})
    assert {"born:1969", "born:1973"} <= facts_of("Person", {"birthDate": ("~1971",)})
    assert len(facts_of("Person", {"birthDate": ("1801/1999",)})) <= 45


def test_tokens_are_capped():
    body = {"alias": tuple(f"word{n} other{n}" for n in range(500))}
    assert len(tokens_of("Person", body)) <= 200


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Abd al-Rahman Testi", "Abdulrahman Testi"),
        ("Abdulrahman Testi", "Abd al Rahman Testi"),
        ("Kim Min Su", "Kim Minsu"),
        ("Kim Minsu", "김민수"),
        ("Iwan Petroff", "Иван Петров"),
        ("محمد كريم", "Mohamed Kareem"),
        ("Ivna Petrov", "Petrov, Ivan"),
    ],
)
def test_every_asked_token_finds_a_key_of_the_record(asked, kept):
    tokens = tokens_of("Person", {"name": (kept,)})
    for token in query_tokens(asked):
        assert any(token.deletes & t.deletes or token.sounds & t.sounds for t in tokens), token.exact


def test_a_question_becomes_one_query_a_name():
    asked = understand("Ivan Petrov; Pyotr Sidorov")
    assert [[t.exact for t in q.tokens] for q in queries_of(asked)] == [
        ["ivan", "petrov"],
        ["pyotr", "sidorov"],
    ]
    assert queries_of(understand("Ivan Petrov 1971"))[0].favour == {"born:1971": 1.0}
    assert queries_of(understand("XA1234567")) == ()


def test_a_birth_date_alone_asks_for_its_years():
    (query,) = queries_of(understand("~1971"))
    assert query.where == (frozenset(f"born:{y}" for y in range(1969, 1974)),)
