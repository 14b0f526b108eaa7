"""Questions that wait for a record: the quick way loses nothing that a search finds, nor tells too much."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import HOUSE, Handling, Purpose
from entente.desk import HOUSE_ASKER, Desk, finding, sit
from entente.desk.finding import CONTACT_FROM
from entente.match.evidence import compare
from entente.match.question import understand
from entente.match.records import facts_of, read, where_of
from entente.match.standing import Waiting
from worlds.stage import memory_house

NAMES = st.sampled_from(
    [
        "Ivo Marenko",
        "Ivan Marenko",
        "Marenko, Ivo",
        "Marenko",
        "Narenko",
        "Иво Маренко",
        "Abd al Rahman Qasim",
        "Abdulrahman Kassem",
        "Dorothea Quist",
        "Quist",
        "D. Quist",
        "Jose Maria Delgado Ruiz",
        "Delgado Ruiz",
        "Northwind Trading",
    ]
)
PERSONS = st.fixed_dictionaries(
    {"name": st.lists(NAMES, min_size=1, max_size=2)},
    optional={
        "birthDate": st.lists(st.sampled_from(["1971-03-05", "1971", "1980"]), min_size=1, max_size=1),
        "nationality": st.lists(st.sampled_from(["xa", "xb"]), min_size=1, max_size=1),
        "passportNumber": st.lists(st.sampled_from(["P4417093", "no. P4417093", "XA998877"]), min_size=1),
        "phone": st.lists(st.sampled_from(["+999612345678", "0612345678"]), min_size=1, max_size=1),
    },
)
ASKED = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    NAMES | st.just(""),
    st.sampled_from(["", "1971", "5.3.1971", "P4417093", "XA998877", "+999 612 345 678", "nat: xa"]),
).filter(lambda text: bool(text.strip()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ASKED, min_size=1, max_size=4, unique=True), records=st.lists(PERSONS, max_size=5))
def test_nothing_is_lost_that_a_search_would_find_and_nothing_rings_that_is_not_near(
    texts: list[str], records: list[dict[str, list[str]]]
) -> None:
    house, _ = memory_house()
    questions = {text: understand(text) for text in texts}
    rang: set[tuple[str, str]] = set()
    waiting = Waiting(questions)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        kept = [desk.keep("Person", r, Handling(owner=HOUSE)) for r in records]
        desk.note("load", records=len(kept))
    for thing in kept:
        rang |= {(text, thing.id) for text in waiting.answered("Person", thing.body, CONTACT_FROM)}
    with house.store.reading() as tx:
        desk = Desk(house, replace(HOUSE_ASKER, purpose=Purpose.WANTED), tx, writing=False)
        found = {
            (text, f.thing.id)
            for text, question in questions.items()
            for f in finding.within(desk, question, desk.view)[0]
            if f.score.value >= CONTACT_FROM
        }
    slow = {
        (text, thing.id)
        for text, question in questions.items()
        for thing in kept
        if compare(question, read("Person", thing.body)).value >= CONTACT_FROM
        and all(
            facts_of("Person", thing.body, house.model["Person"].lineage) & any_of
            for any_of in where_of(question)
        )
    }
    house.close()
    assert found <= rang <= slow


@pytest.mark.parametrize(
    ("asked", "record"),
    [
        ("Marenko 5.3.1971", {"name": ("Narenko",), "birthDate": ("1971-03-05",)}),
        ("Jamal 5.3.1971", {"name": ("Djamel",), "birthDate": ("1971-03-05",)}),
        ("Abd al Rahman 5.3.1971", {"name": ("Abdulrahman",), "birthDate": ("1971-03-05",)}),
        ("P4417093", {"name": ("Nobody",), "passportNumber": ("no. P4417093",)}),
    ],
)
def test_a_slip_of_the_pen_another_spelling_or_a_number_alone_is_enough(asked: str, record: dict) -> None:
    assert Waiting({"q": understand(asked)}).answered("Person", record, CONTACT_FROM)


def test_what_shares_no_key_is_not_even_compared() -> None:
    waiting = Waiting({"q": understand("Ivo Marenko 1971"), "n": understand("P4417093")})
    assert waiting.proposed("Person", {"name": ("Dorothea Quist",), "passportNumber": ("X1",)}) == set()
    assert Waiting({}).proposed("Person", {"name": ("Ivo Marenko",)}) == set()
