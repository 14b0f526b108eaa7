"""What every text engine must do; the exact twin in memory says what is right."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import View
from entente.core.scoring import Candidate
from entente.engines.seams import Doc, NameQuery, Proposal, Text, TokenKeys
from entente.engines.text import open_text

TODAY = date(2026, 3, 1)
LATER = 30_000
VIEW = View(b"", ("s1",), TODAY)

Open = Callable[..., Text]


def keys(token: str, weight: float = 1.0) -> TokenKeys:
    shorter = {token[:i] + token[i + 1 :] for i in range(len(token))} if len(token) > 3 else set()
    sound = token.translate(str.maketrans("dgvz", "tkfs", "aeiou"))
    return TokenKeys(token, frozenset({token} | shorter), frozenset({sound} if sound else ()), weight)


def doc(n: int, name: str, *facts: str, access: str = "s1", day: int = LATER, tie: int = 0) -> Doc:
    tokens = tuple(keys(token) for token in name.split())
    return Doc(n, f"{n:032x}", tokens, frozenset(facts), frozenset(access.split()), day, tie)


def ask(name: str, **more: object) -> NameQuery:
    return replace(NameQuery(tuple(keys(token) for token in name.split())), **more)  # type: ignore[arg-type]


def numbers(proposal: Proposal) -> list[int]:
    return [candidate.n for candidate in proposal.candidates]


@pytest.fixture(params=["memory", "fts5", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same place again and again, and closes what it opened."""
    opened: list[Text] = []

    def again(most: int = 4000) -> Text:
        if request.param == "memory" and opened:
            return opened[0]
        place = "" if request.param == "memory" else str(tmp_path / "names")
        opened.append(open_text(f"{request.param}:{place}", most))
        return opened[-1]

    yield again
    for text in opened:
        text.close()


@pytest.fixture
def text(engine: Open) -> Text:
    return engine()


def test_an_empty_engine_proposes_nothing_and_starts_at_zero(text: Text) -> None:
    assert text.propose(ask("ivan"), VIEW, 10) == Proposal(())
    assert text.watermark() == 0


def test_each_token_counts_its_best_key_alone(text: Text) -> None:
    text.apply([doc(1, "ivan"), doc(2, "ivann"), doc(3, "ifon"), doc(4, "maria")], [], 1)
    found = text.propose(ask("ivan"), VIEW, 10).candidates
    assert [c.n for c in found] == [1, 2, 3]
    assert [c.points for c in found] == pytest.approx([3.0, 2.0, 1.2], abs=1e-4)


def test_a_light_token_gives_few_points(text: Text) -> None:
    text.apply([doc(1, "omar khalid"), doc(2, "abu khalid")], [], 1)
    asked = NameQuery((keys("abu", 0.1), keys("omar", 1.0)))
    assert [c.points for c in text.propose(asked, VIEW, 9).candidates] == pytest.approx([3.0, 0.3], abs=1e-4)


def test_one_token_may_fail_unless_every_token_is_wanted(text: Text) -> None:
    text.apply([doc(1, "anna maria rossi"), doc(2, "anna rossi"), doc(3, "anna")], [], 1)
    assert numbers(text.propose(ask("anna maria rossi"), VIEW, 9)) == [1, 2]
    assert numbers(text.propose(ask("anna maria rossi", every=True), VIEW, 9)) == [1]
    assert numbers(text.propose(ask("maria rossi"), VIEW, 9)) == [1, 2]
    assert numbers(text.propose(ask("maria"), VIEW, 9)) == [1]


def test_where_is_a_must_and_favour_a_bonus(text: Text) -> None:
    text.apply(
        [doc(1, "ivan", "nat:fr"), doc(2, "ivan", "nat:fr", "born:1971"), doc(3, "ivan", "nat:de")], [], 1
    )
    french = frozenset({"nat:fr", "nat:be"})
    assert numbers(text.propose(ask("ivan", where=(french,)), VIEW, 9)) == [1, 2]
    favoured = text.propose(ask("ivan", where=(french,), favour={"born:1971": 1.0}), VIEW, 9)
    assert favoured.candidates == (Candidate(2, 4.0), Candidate(1, 3.0))
    assert numbers(text.propose(ask("ivan", where=(french, frozenset())), VIEW, 9)) == []


def test_a_question_without_tokens_asks_by_facts_alone(text: Text) -> None:
    text.apply(
        [doc(1, "ivan", "kind:Person"), doc(2, "rossi", "kind:Vessel"), doc(3, "x", access="s2")], [], 1
    )
    assert numbers(text.propose(NameQuery(()), VIEW, 9)) == [1, 2]
    assert numbers(text.propose(NameQuery((), where=(frozenset({"kind:Vessel"}),)), VIEW, 9)) == [2]
    assert numbers(text.propose(NameQuery((), favour={"kind:Vessel": 0.5}), VIEW, 9)) == [2, 1]


def test_a_record_is_in_view_by_any_of_the_views_terms_and_a_view_without_terms_is_empty(text: Text) -> None:
    text.apply(
        [doc(1, "ivan", access="c4 s1"), doc(2, "ivan", access="c5"), doc(3, "ivan", access="c6")], [], 1
    )
    assert numbers(text.propose(ask("ivan"), replace(VIEW, terms=("c5", "s1")), 9)) == [1, 2]
    assert numbers(text.propose(ask("ivan"), replace(VIEW, terms=()), 9)) == []


def test_a_record_is_out_on_the_day_it_expires(text: Text) -> None:
    today = (TODAY - date(1970, 1, 1)).days
    text.apply([doc(1, "ivan", day=today), doc(2, "ivan", day=today + 1), doc(3, "ivan", day=-5)], [], 1)
    assert numbers(text.propose(ask("ivan"), VIEW, 9)) == [2]


def test_equals_come_in_order_of_tie_then_number(text: Text) -> None:
    text.apply(
        [doc(1, "ivan", tie=2**60 - 1), doc(2, "ivan", tie=5), doc(4, "ivan", tie=5), doc(3, "ivan")], [], 1
    )
    assert numbers(text.propose(ask("ivan"), VIEW, 3)) == [3, 2, 4]


def test_the_filter_stands_before_the_limit(text: Text) -> None:
    hidden = [doc(n, "ivan", access="s2") for n in range(1, 60)]
    text.apply([*hidden, doc(60, "ivann", tie=9)], [], 1)
    assert numbers(text.propose(ask("ivan"), VIEW, 1)) == [60]


def test_points_and_order_stand_still_while_hidden_records_come(text: Text) -> None:
    text.apply([doc(1, "ivan rossi"), doc(2, "ivann rossi"), doc(3, "ivan lee")], [], 1)
    before = text.propose(ask("ivan rossi"), VIEW, 9)
    text.apply([doc(n, "ivan", access="s2") for n in range(10, 400)], [], 2)
    assert text.propose(ask("ivan rossi"), VIEW, 9) == before


def test_an_erased_record_is_gone(text: Text) -> None:
    text.apply([doc(1, "ivan"), doc(2, "ivan")], [], 1)
    text.apply([], [1], 2)
    assert numbers(text.propose(ask("ivan"), VIEW, 9)) == [2]


def test_a_replaced_record_is_found_by_its_new_state_alone(text: Text) -> None:
    text.apply([doc(1, "ivan"), doc(2, "rossi")], [], 1)
    text.apply([doc(1, "maria", access="s2")], [], 2)
    assert numbers(text.propose(ask("ivan"), VIEW, 9)) == []
    assert numbers(text.propose(ask("maria"), VIEW, 9)) == []
    assert numbers(text.propose(ask("maria"), replace(VIEW, terms=("s2",)), 9)) == [1]


def test_in_one_batch_the_last_state_counts_and_gone_is_gone(text: Text) -> None:
    text.apply([doc(1, "ivan"), doc(2, "ivan"), doc(1, "maria"), doc(3, "ivan")], [3], 1)
    assert numbers(text.propose(ask("ivan"), VIEW, 9)) == [2]
    assert numbers(text.propose(ask("maria"), VIEW, 9)) == [1]


def test_applying_the_same_again_changes_nothing(text: Text) -> None:
    for _ in range(2):
        text.apply([doc(1, "ivan"), doc(2, "ivan")], [7], 3)
    assert numbers(text.propose(ask("ivan"), VIEW, 9)) == [1, 2]
    assert text.watermark() == 3


def test_the_watermark_stands_even_where_nothing_changed(text: Text) -> None:
    text.apply([], [], 12)
    text.apply([], [], 13)
    assert text.watermark() == 13
    assert numbers(text.propose(NameQuery(()), VIEW, 9)) == []


def test_a_batch_that_breaks_off_leaves_what_stood(text: Text) -> None:
    def broken() -> Iterator[Doc]:
        yield doc(1, "maria")
        yield doc(3, "ivan")
        raise ValueError("the feed broke off")

    text.apply([doc(1, "ivan")], [], 1)
    with pytest.raises(ValueError, match="broke off"):
        text.apply(broken(), [], 2)
    assert (numbers(text.propose(ask("ivan"), VIEW, 9)), text.watermark()) == ([1], 1)
    text.apply([doc(3, "ivan")], [], 2)
    assert (numbers(text.propose(ask("ivan"), VIEW, 9)), text.watermark()) == ([1, 3], 2)


def test_a_wiped_engine_is_empty_and_can_be_filled_again(text: Text) -> None:
    text.apply([doc(1, "ivan"), doc(2, "ivan")], [], 5)
    text.wipe()
    assert (text.propose(ask("ivan"), VIEW, 9), text.watermark()) == (Proposal(()), 0)
    text.apply([doc(2, "ivan")], [], 1)
    assert (numbers(text.propose(ask("ivan"), VIEW, 9)), text.watermark()) == ([2], 1)


def test_what_is_closed_and_opened_again_stands(engine: Open) -> None:
    text = engine()
    text.apply([doc(1, "ivan")], [], 5)
    text.close()
    again = engine()
    assert (numbers(again.propose(ask("ivan"), VIEW, 9)), again.watermark()) == ([1], 5)
    again.apply([doc(1, "maria"), doc(2, "ivan")], [], 6)
    assert numbers(again.propose(ask("ivan"), VIEW, 9)) == [2]


def test_a_reader_sees_each_commit_and_each_wipe_of_the_writer(engine: Open) -> None:
    reader, writer = engine(), engine()
    for mark in range(1, 4):
        writer.apply([doc(mark, "ivan")], [], mark)
        assert reader.watermark() == mark
        assert len(reader.propose(ask("ivan"), VIEW, 9).candidates) == mark
    writer.wipe()
    assert reader.propose(ask("ivan"), VIEW, 9) == Proposal(())
    writer.apply([doc(9, "ivan")], [], 1)
    assert numbers(reader.propose(ask("ivan"), VIEW, 9)) == [9]


def test_keys_of_any_shape_are_compared_whole(text: Text) -> None:
    odd = ["", "two words", "tab\there", "name:Ünï", "CASE", "case", '"or"', "-", "x" * 70_000, "x" * 70_001]
    text.apply([doc(n, "", fact) for n, fact in enumerate(odd)], [], 1)
    for n, fact in enumerate(odd):
        assert numbers(text.propose(NameQuery((), where=(frozenset({fact}),)), VIEW, 99)) == [n], fact[:20]


def test_a_crowd_of_equals_is_cut_by_tie_and_called_narrow(engine: Open) -> None:
    text = engine(most=20)
    people = [doc(n, "ivan", tie=(n * 37) % 101) for n in range(100)] + [doc(200, "ivan rossi", tie=99)]
    text.apply(people, [], 1)
    found = text.propose(ask("ivan rossi"), VIEW, 5)
    equals = sorted(people[:100], key=lambda d: (d.tie, d.n))
    assert (numbers(found), found.narrow) == ([200, *(d.n for d in equals[:4])], True)
    assert not text.propose(ask("rossi"), VIEW, 5).narrow


def test_a_crowd_with_one_tie_is_cut_by_number(engine: Open) -> None:
    text = engine(most=20)
    text.apply([doc(n, "ivan", tie=7) for n in reversed(range(90))] + [doc(99, "ivan", tie=3)], [], 1)
    found = text.propose(ask("ivan"), VIEW, 5)
    assert (numbers(found), found.narrow) == ([99, 0, 1, 2, 3], True)


NAMES = ["ivan", "ivann", "ifan", "anna", "rossi", "rosi", "li"]
FACTS = ["nat:fr", "nat:de", "born:1971", "kind:Person"]
weights = st.sampled_from([0.0, 0.08, 0.333333, 0.7, 1.0, 1.15])
tokens = st.builds(keys, st.sampled_from(NAMES), weights)
fact_sets = st.frozensets(st.sampled_from(FACTS), max_size=3)
docs = st.builds(
    Doc,
    n=st.integers(0, 25),
    id=st.just("0" * 32),
    tokens=st.lists(tokens, min_size=1, max_size=3).map(tuple),
    facts=fact_sets,
    access=st.frozensets(st.sampled_from(["s1", "s1", "s1", "s2", "c1"]), max_size=2),
    day=st.sampled_from([20_513, 20_514, LATER, LATER]),
    tie=st.sampled_from([0, 1, 2, 2**59]),
)
batches = st.lists(st.lists(docs, max_size=15), min_size=1, max_size=3)
queries = st.builds(
    NameQuery,
    tokens=st.lists(tokens, max_size=3).map(tuple),
    where=st.sampled_from([(), (), (), (frozenset(FACTS),), (frozenset(FACTS[:2]), frozenset(FACTS[2:]))]),
    favour=st.dictionaries(st.sampled_from(FACTS), st.sampled_from([0.3, 1.0, 2.71828]), max_size=2),
    every=st.booleans(),
)
views = st.frozensets(st.sampled_from(["s1", "s2", "c1"]), max_size=2).map(
    lambda terms: View(b"", tuple(sorted(terms)), TODAY)
)
asked = st.lists(st.tuples(queries, views, st.integers(1, 4)), min_size=4, max_size=8)
ON_DISK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def answers(text: Text, questions: Sequence[tuple[NameQuery, View, int]]) -> list[Proposal]:
    return [text.propose(query, view, limit) for query, view, limit in questions]


@ON_DISK
@given(batches, st.frozensets(st.integers(0, 25), max_size=5), asked, st.sampled_from([3, 4000]))
def test_all_engines_give_the_same_candidates_in_the_same_order(
    world: list[list[Doc]], gone: frozenset[int], questions: list[tuple[NameQuery, View, int]], most: int
) -> None:
    with TemporaryDirectory() as folder, ExitStack() as opened:
        urls = ("memory:", f"fts5:{folder}/f", f"tantivy:{folder}/t")
        every = [opened.enter_context(closing(open_text(url, most))) for url in urls]
        for text in every:
            for place, batch in enumerate(world):
                text.apply(batch, sorted(gone) if place else (), place)
        twin, *others = (answers(text, questions) for text in every)
    for other in others:
        assert other == twin


@ON_DISK
@given(st.lists(docs, min_size=8, max_size=20), batches, batches, asked, st.data())
def test_what_a_view_excludes_changes_neither_candidates_nor_order(
    shown: list[Doc],
    hidden: list[list[Doc]],
    otherwise: list[list[Doc]],
    questions: list[tuple[NameQuery, View, int]],
    data: st.DataObject,
) -> None:
    """Two worlds alike in what s1 sees, unlike in the rest, in order and in segments, answer s1 alike."""
    engine, most = (
        data.draw(st.sampled_from(["tantivy", "tantivy", "fts5"])),
        data.draw(st.sampled_from([3, 4000])),
    )
    mine = [replace(d, access=frozenset({"s1"})) for d in {d.n: d for d in shown}.values()]
    questions = [(query, VIEW, limit) for query, _, limit in questions]
    given_answers = []
    with TemporaryDirectory() as folder:
        for world, foreign in enumerate((hidden, otherwise)):
            with closing(open_text(f"{engine}:{folder}/{world}", most)) as text:
                left = data.draw(st.permutations(mine))
                for place, batch in enumerate(foreign):
                    rest = len(left) if place == len(foreign) - 1 else data.draw(st.integers(0, len(left)))
                    now, left = left[:rest], left[rest:]
                    others = [replace(d, n=d.n + 100, access=d.access - {"s1"}) for d in batch]
                    text.apply(data.draw(st.permutations([*now, *others])), (), place)
                text.apply((), [d.n + 100 for batch in foreign for d in batch][::2], 9)
                given_answers.append(answers(text, questions))
    assert given_answers[0] == given_answers[1]
