"""The rule against an oracle written from the specification, and its lemmas over all labels.

The oracle says *when* an asker gets a thing, as one condition for each answer; the code under test
walks through reasons one by one. Specification: sharing, sections 3.3 and 13 (Appendix A).
"""

from dataclasses import replace
from datetime import date
from itertools import product
from time import perf_counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entente.core.access import (
    EVERYONE,
    HOUSE_ONLY,
    MOST_BUREAUS,
    NOBODY,
    POLICE_PURPOSES,
    ROLES_FOR,
    Asker,
    Decision,
    Handling,
    Level,
    Purpose,
    Role,
    Status,
    decide,
    explain,
    may,
    meet,
    notifies,
    terms_of,
    view_of,
)

TODAY = date(2031, 5, 4)
HERE, THERE = 3, 5


def oracle(a, h):
    """What the specification grants, condition by condition."""
    admitted = a.active and h.status != Status.DELETED and h.level <= a.clearance
    overseeing = a.purpose == Purpose.OVERSIGHT
    member = all(c in a.held for c in h.need)
    own = h.owner == a.bureau
    offered = h.status == Status.LIVE and any(p & h.purposes for p in Purpose if p & a.purpose)
    named = bool(h.see & 1 << a.bureau)
    hinted = bool(h.hint & 1 << a.bureau)
    if admitted and overseeing and a.reviewer and HOUSE_ONLY not in h.need:
        return Decision.FULL
    if admitted and not overseeing and member and (own or (offered and named)):
        return Decision.FULL
    if admitted and not overseeing and member and offered and hinted and not a.discreet:
        return Decision.CONTACT
    return Decision.NONE


def small_world():
    """Every handling and every asker that differ in a way the rule can tell."""
    bit = 1 << HERE
    handlings = [
        Handling(*cell)
        for cell in product(
            (HERE, THERE),
            (NOBODY, bit),
            (NOBODY, bit),
            (False, True),
            (frozenset(), frozenset({"a"}), frozenset({"a", "b"}), frozenset({HOUSE_ONLY})),
            (Purpose.WANTED, Purpose.BORDER | Purpose.DESK, POLICE_PURPOSES),
            tuple(Level),
            tuple(Status),
        )
    ]
    askers = [
        Asker("o", HERE, purpose, "case", frozenset(), active, clearance, held, discreet, reviewer)
        for purpose, active, clearance, held, discreet, reviewer in product(
            (Purpose.WANTED, Purpose.DESK, Purpose.OVERSIGHT),
            (True, False),
            tuple(Level),
            (frozenset(), frozenset({"a"}), frozenset({"a", "b", HOUSE_ONLY})),
            (False, True),
            (False, True),
        )
    ]
    return handlings, askers


def test_every_cell_of_the_small_world_is_decided_as_the_specification_says():
    handlings, askers = small_world()
    assert len(handlings) * len(askers) >= 100_000
    began = perf_counter()
    for asker in askers:
        for handling in handlings:
            assert decide(asker, handling) is oracle(asker, handling), (asker, handling)
    assert perf_counter() - began < 20


def test_every_cell_of_the_small_world_notifies_as_the_specification_says():
    handlings, askers = small_world()
    for a in askers[::5]:
        for h in handlings:
            quiet = a.discreet or a.purpose == Purpose.OVERSIGHT
            heard = h.watch and h.status == Status.LIVE and a.active and h.owner != a.bureau and not quiet
            assert notifies(a, h) is heard


COMPARTMENTS = ("a", "b", "c", HOUSE_ONLY)
maps = st.one_of(
    st.integers(0, EVERYONE),
    st.sampled_from([NOBODY, EVERYONE]),
    st.sets(st.integers(0, 7), max_size=5).map(lambda bits: sum(1 << b for b in bits)),
)
bureaus = st.one_of(st.integers(0, 7), st.integers(0, MOST_BUREAUS - 1))
purposes = st.one_of(
    st.sampled_from(list(Purpose)),
    st.just(POLICE_PURPOSES),
    st.sets(st.sampled_from(list(Purpose))).map(lambda some: Purpose(sum(some))),
)
compartments = st.frozensets(st.sampled_from(COMPARTMENTS), max_size=3)
handlings = st.builds(
    Handling,
    owner=bureaus,
    see=maps,
    hint=maps,
    watch=st.booleans(),
    need=st.one_of(st.just(frozenset()), compartments),
    purposes=purposes,
    level=st.one_of(st.just(Level.OFFICIAL), st.sampled_from(Level)),
    status=st.one_of(st.just(Status.LIVE), st.sampled_from(Status)),
)
askers = st.builds(
    Asker,
    officer=st.just("o"),
    bureau=bureaus,
    purpose=st.one_of(st.sampled_from(list(Purpose)), purposes),
    justification=st.just("case"),
    active=st.sampled_from([True, True, True, False]),
    clearance=st.sampled_from(Level),
    held=st.one_of(st.just(frozenset(COMPARTMENTS)), compartments),
    discreet=st.booleans(),
    reviewer=st.booleans(),
)
many = settings(max_examples=200, deadline=None)


@many
@given(askers, handlings)
def test_every_map_level_and_purpose_is_decided_as_the_specification_says(asker, handling):
    decision, because = explain(asker, handling)
    assert decision is decide(asker, handling) is oracle(asker, handling)
    assert because


@many
@given(askers, handlings, handlings)
def test_lemma_1_a_meet_never_widens(asker, one, other):
    assume(asker.bureau != one.owner)
    assert decide(asker, meet(one, other)) <= min(decide(asker, one), decide(asker, other))


@many
@given(askers, handlings, handlings)
def test_lemma_1_a_meet_gives_its_own_bureau_no_more_than_the_source_that_bureau_owns(asker, one, other):
    asker = replace(asker, bureau=one.owner)
    assert decide(asker, meet(one, other)) <= decide(asker, one)


@many
@given(askers, handlings, handlings)
def test_lemma_2_a_meet_never_widens_for_a_reviewer_either(asker, one, other):
    asker = replace(asker, purpose=Purpose.OVERSIGHT, reviewer=True, active=True)
    assert decide(asker, meet(one, other)) <= min(decide(asker, one), decide(asker, other))


@many
@given(askers, handlings, st.lists(handlings, max_size=3))
def test_lemma_3_what_is_derived_never_yields_a_contact(asker, one, others):
    assert decide(asker, meet(one, *others)) is not Decision.CONTACT


@many
@given(askers, handlings)
def test_lemma_4_a_discreet_question_never_yields_a_contact(asker, handling):
    assert decide(replace(asker, discreet=True), handling) is not Decision.CONTACT
    assert not notifies(replace(asker, discreet=True), handling)


@many
@given(askers, handlings, maps, maps, compartments, purposes, st.sampled_from(Level))
def test_lemma_5_clearing_bits_and_adding_compartments_never_widens(
    asker, handling, see, hint, need, allowed, level
):
    narrower = replace(
        handling,
        see=handling.see & see,
        hint=handling.hint & hint,
        need=handling.need | need,
        purposes=handling.purposes & allowed,
        level=max(handling.level, level),
    )
    assert decide(asker, narrower) <= decide(asker, handling)


@many
@given(askers, handlings, maps)
def test_lemma_6_moving_bureaus_from_see_to_hint_never_widens(asker, handling, moved):
    moved &= handling.see
    narrower = replace(handling, see=handling.see & ~moved, hint=handling.hint | moved)
    assert decide(asker, narrower) <= decide(asker, handling)


@many
@given(askers, handlings)
def test_lemma_7_an_inactive_asker_gets_nothing_and_may_nothing(asker, handling):
    gone = replace(asker, active=False, roles=frozenset(Role))
    assert decide(gone, handling) is Decision.NONE and not notifies(gone, handling)
    assert not any(may(gone, act) for act in ROLES_FOR)
    view = view_of(gone, {0: handling}, TODAY)
    assert not view.holds(0) and view.terms == ()


@many
@given(askers, handlings, st.dates())
def test_lemma_8_a_view_carries_the_day_on_which_expired_things_are_out(asker, handling, today):
    assert view_of(asker, {0: handling}, today).today == today


@many
@given(handlings, handlings, handlings)
def test_meet_is_associative_idempotent_and_commutes_but_for_the_owner(one, two, three):
    assert meet(meet(one, two), three) == meet(one, meet(two, three)) == meet(one, two, three)
    assert meet(one, one) == meet(one) == replace(one, hint=NOBODY)
    assert meet(one, two) == replace(meet(two, one), owner=one.owner)


@many
@given(askers, handlings, st.sampled_from(Role), st.text(max_size=8))
def test_an_act_nobody_named_is_refused(asker, handling, role, act):
    assert not may(replace(asker, roles=frozenset({role})), f"{act}?")


tables = st.dictionaries(st.integers(0, 40), handlings, max_size=12)


@many
@given(askers, tables)
def test_engines_that_filter_by_class_or_by_term_let_through_what_the_rule_does(asker, classes):
    exist = {*range(8), asker.bureau, *(h.owner for h in classes.values())}
    for want in (Decision.FULL, Decision.CONTACT):
        view = view_of(asker, classes, TODAY, want)
        for number, handling in classes.items():
            carried = terms_of(number, handling, exist)
            in_index = not carried.isdisjoint(view.terms)
            assert in_index == view.holds(number) == (decide(asker, handling) is want)


def test_the_small_world_is_filtered_by_class_and_term_as_it_is_decided():
    handlings, askers = small_world()
    classes = dict(enumerate(handlings))
    carried = {n: terms_of(n, h, range(8)) for n, h in classes.items()}
    for asker in askers[::2]:
        for want in (Decision.FULL, Decision.CONTACT):
            view = view_of(asker, classes, TODAY, want)
            terms = frozenset(view.terms)
            held = {n for n in classes if view.holds(n)}
            assert held == {n for n in classes if not carried[n].isdisjoint(terms)}
            assert held == {n for n, h in classes.items() if decide(asker, h) is want}


@many
@given(askers, tables)
def test_full_and_contact_views_share_no_class_and_no_term(asker, classes):
    full = view_of(asker, classes, TODAY)
    contact = view_of(asker, classes, TODAY, Decision.CONTACT)
    assert not any(full.holds(c) and contact.holds(c) for c in classes)
    assert set(full.terms).isdisjoint(contact.terms)


@many
@given(askers, tables, st.integers(0, 10_000))
def test_a_class_the_table_does_not_know_is_out(asker, classes, unknown):
    assume(unknown not in classes)
    assert not view_of(asker, classes, TODAY).holds(unknown)


def test_a_thing_without_a_class_is_out():
    mine = view_of(Asker("o", HERE, Purpose.WANTED, "case"), {0: Handling(owner=HERE)}, TODAY)
    assert not mine.holds(-1)


def test_a_bureau_that_joins_after_the_index_was_written_finds_less_never_more():
    handling = Handling(owner=HERE)
    late = Asker("o", 9, Purpose.WANTED, "case")
    view = view_of(late, {0: handling}, TODAY)
    assert view.holds(0)
    assert terms_of(0, handling, {HERE, THERE}).isdisjoint(view.terms)
    assert not terms_of(0, handling, {HERE, THERE, 9}).isdisjoint(view.terms)
