"""Two worlds that differ only in what U may not see answer him byte for byte alike.

The relation between the worlds is `plans.second_records`; review it like code. What is compared is every
answer to `story.whole` and `story.files`, about three thousand requests: status, all headers, body, and what
an open page and the bureau's own systems are told. ENTENTE_PROOF=1 draws more.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from entente.core.access import EVERYONE, Handling
from entente.engines.store import open_store
from entente.engines.text import open_text
from worlds import stage
from worlds.directed import IVO, PLANS, SMALL, in_files
from worlds.drawing import file_plans, plans
from worlds.pair import Known, Opener, Story, application, compare
from worlds.plans import NUMBER, Plan, Rec
from worlds.stage import Clock, Crew, Dice
from worlds.story import Asking, cases, channels, files, payments, records, searching, trends, whole
from worlds.wire import served

Telling = Callable[[Plan, Known], Story]
PROOF = bool(os.environ.get("ENTENTE_PROOF"))
drawn = settings(
    max_examples=600 if PROOF else 18,
    derandomize=not PROOF,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink] if PROOF else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@drawn
@given(plan=plans(), told=st.sampled_from([whole] if PROOF else [records, channels]))
def test_what_an_asker_may_not_see_changes_nothing_he_can_observe(plan: Plan, told: Telling) -> None:
    assert compare(plan, told) > 100


@settings(drawn, max_examples=200 if PROOF else 4)
@given(plan=file_plans())
def test_what_is_hidden_in_an_analysis_file_changes_nothing_for_a_member(plan: Plan) -> None:
    assert compare(plan, files) > 100


NOTED = ("chief", "reviewer")
"""Plans whose questions are noted down, below, while the worlds are compared."""


SOON = ("officer", "machine")
"""Askers of `make test`, beside those who are noted; the others are of `make worlds`."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in SOON else pytest.mark.wide)
        for name in PLANS
        if name not in NOTED
    ],
)
def test_worlds_made_by_hand_answer_alike(name: str) -> None:
    assert compare(PLANS[name], whole) > 500


@pytest.mark.parametrize("name", ["analyst, by files", "reader, by files", "secretariat, by files"])
def test_worlds_of_analysis_files_answer_alike(name: str) -> None:
    assert compare(SMALL[name], files) > 500


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(f"{who} by payments", marks=() if who == "officer," else pytest.mark.wide)
        for who in ("officer,", "discreetly,", "secretariat,")
    ],
)
def test_worlds_of_payments_answer_alike(name: str) -> None:
    assert compare(SMALL[name], payments) > 500


@pytest.mark.wide
@pytest.mark.parametrize("who", ["officer", "machine", "discreetly", "secretariat", "customs", "company"])
@pytest.mark.parametrize("told", [cases, trends], ids=["cases", "trends"])
def test_worlds_of_cases_and_of_illicit_goods_answer_alike(who: str, told: Telling) -> None:
    assert compare(SMALL[f"{who}, by {told.__name__}"], told) > 500


def test_however_many_hint_only_records_a_bureau_has_the_others_are_named_too() -> None:
    """Copies of one bureau's hint-only record crowd out another bureau's: the contacts tell how many."""
    hinted = [Rec(f"hinted {c}", c, "Person", IVO, Handling(NUMBER[c], 0, EVERYONE)) for c in ("XB", "XC")]
    copies = [replace(hinted[0], ref=f"copy {i}") for i in range(1500)]
    plan = replace(PLANS["officer"], records=tuple(hinted), shared=(), first=(), second=())
    with patch("worlds.pair.second_records", lambda _plan: [*hinted, *copies]):
        compare(plan, searches_only)


def searches_only(plan: Plan, _known: Known) -> Story:
    yield from searching(Asking(plan))


def test_the_story_asks_at_every_address_and_is_answered_alike() -> None:
    """A new address comes with questions: add them to worlds/story.py."""
    asked: set[tuple[str, str]] = set()

    def noting(telling: Telling, plan: Plan, known: Known) -> Story:
        told = telling(plan, known)
        answer = None
        while True:
            try:
                ask = told.send(answer) if answer else next(told)
            except StopIteration:
                return
            asked.add((ask.method, ask.path.partition("?")[0]))
            answer = yield ask

    for name in NOTED:
        assert compare(PLANS[name], partial(noting, whole)) > 500
        assert compare(in_files(PLANS[name]), partial(noting, files)) > 500
    assert compare(SMALL["cases"], partial(noting, cases)) > 500
    assert compare(SMALL["trends"], partial(noting, trends)) > 500
    app, _ = application()
    operations = {
        (method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods
    } | pages_of(app)
    unasked = {
        (method, path)
        for method, path in operations
        if not any(m == method and re.fullmatch(re.sub(r"{[^}]+}", "[^/]+", path), p) for m, p in asked)
    }
    assert unasked == LISTENED


LISTENED = {("GET", "/stream"), ("GET", "/api/v1/stream")}
"""Lines that stay open: what they tell is asked of the bell itself (LISTEN)."""


def pages_of(app: object, before: str = "") -> set[tuple[str, str]]:
    """(method, path) of every route, those of the included routers too."""
    found: set[tuple[str, str]] = set()
    for route in getattr(app, "routes", ()):
        inner = getattr(route, "original_router", None)
        if inner is not None:
            found |= pages_of(inner, before + route.include_context.prefix)
        elif hasattr(route, "endpoint"):
            found |= {(m, before + route.path) for m in getattr(route, "methods", ()) if m != "HEAD"}
    return found


# --- on the engines of an installation, over a socket ----------------------------------------------


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """Worlds on SQLite and tantivy. Founded once; each world starts from a copy."""
    folder = tmp_path_factory.mktemp("worlds")
    store = open_store(f"sqlite:///{folder / 'founded.db'}", unsafe=True)
    house = stage.open_stage(store, open_text(f"tantivy:{folder / 'founded'}"), dice=Dice("founding"))
    crew = stage.found(house)
    store.backup(folder / "copy.db")
    house.close()
    made = iter(range(1_000_000))

    def opener(name: str, clock: Clock, dice: Dice) -> tuple[stage.House, Crew]:
        at: Path = folder / f"{next(made)} {name}"
        at.mkdir()
        (at / "entente.db").write_bytes((folder / "copy.db").read_bytes())
        store = open_store(f"sqlite:///{at / 'entente.db'}", unsafe=True)
        house = stage.open_stage(store, open_text(f"tantivy:{at / 'names'}"), clock, dice)
        stage.indexer.catch_up(house)
        return house, crew

    return opener


@pytest.mark.parametrize(
    "name", list(PLANS) if PROOF else [pytest.param("officer", marks=pytest.mark.wide), "crowd"]
)
def test_worlds_on_sqlite_and_tantivy_answer_alike(name: str, on_disk: Opener) -> None:
    assert compare(PLANS[name], whole if PROOF or name == "officer" else records, on_disk) > 200


@pytest.mark.wide
def test_worlds_of_analysis_files_on_sqlite_answer_alike(on_disk: Opener) -> None:
    assert compare(SMALL["files, otherwise"], files, on_disk) > 500


@pytest.mark.wide
@settings(drawn, max_examples=60 if PROOF else 2)
@given(plan=plans())
def test_drawn_worlds_on_sqlite_and_tantivy_answer_alike(on_disk: Opener, plan: Plan) -> None:
    assert compare(plan, whole if PROOF else channels, on_disk) > 100


@pytest.mark.wide
def test_worlds_behind_a_real_socket_answer_alike(on_disk: Opener) -> None:
    app, _ = application()
    with served(app) as wire:
        assert compare(PLANS["chief"], whole if PROOF else channels, on_disk, wire) > 500
