"""Quantities in the standard unit of their goods."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.conversions import (
    FEWEST,
    Conversion,
    Medians,
    factors,
    median_slow,
    standardise,
    why_not,
)
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.goods.units import Quantity, read_quantity

SPECIES = [
    "agro.pesticide.insecticide.chlorpyrifos",
    "agro.pesticide.insecticide.dichlorvos",
    "agro.pesticide.herbicide.glyphosate",
    "agro.pesticide",
    "agro.fertiliser.urea",
    "fuel.diesel",
]
ratios = st.floats(0.01, 1000, allow_nan=False)
records = st.lists(
    st.tuples(
        st.sampled_from(SPECIES), st.sampled_from(["BO", "BX"]), st.sampled_from(["KGM", "LTR"]), ratios
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("goods", "text", "where", "qty", "how"),
    [
        ("drugs.opioids.heroin", "2 kg", "", "2", "same"),
        ("drugs.opioids.heroin", "250 g", "", "0.25", "physical"),
        ("drugs.opioids.heroin", "2 lb", "", "0.90718474", "physical"),
        ("drugs.cocaine.salts", "500 ml", "", "0.5", "legal"),
        ("drugs.ats.methamphetamine", "1000 tablets", "", "0.25", "legal"),
        ("drugs.ats.methamphetamine", "1000 tablets", "th", "0.09", "legal"),
        ("drugs.ats.ecstasy", "1000 tablets", "xa", "0.27", "legal"),
        ("tobacco.cigarettes.contraband", "50 cartons", "", "10000", "legal"),
        ("tobacco.cigarettes", "2 t", "", "2000000", "legal"),
        ("tobacco.cigarettes", "3 thousand", "", "3000", "physical"),
        ("fuel.crude", "10 barrels", "", "1589.87294928", "physical"),
        ("fuel.diesel", "1 t", "", "1186", "legal"),
        ("timber.teak", "500 litres", "", "0.5", "physical"),
        ("medicines", "12 tablets", "", "12", "physical"),
        ("cash.gold", "5 carats", "", "0.001", "physical"),
    ],
)
def test_quantities_come_to_the_standard_unit_of_their_goods(
    goods: str, text: str, where: str, qty: str, how: str
) -> None:
    found = standardise(goods, read_quantity(text), where=where)
    assert found is not None
    assert (found.text, found.unit, found.how) == (qty, TAXONOMY.node(goods).unit, how)
    assert bool(found.source) == (how == "legal")


@pytest.mark.parametrize(
    ("goods", "text", "why"),
    [
        ("agro.pesticide", "2 containers", "how much is in one"),
        ("agro.pesticide", "20 litres", "cannot be brought to KGM"),
        ("agro.pesticide", "20", "has no unit"),
        ("agro.pesticide", "2-3 kg", "is a range"),
        ("cash.notes", "100 USD", "is an amount of money"),
        ("fauna.mammals.elephant", "200 kg", "does not say how many"),
        ("drugs.ats.methamphetamine", "1000 pieces", "cannot be brought to KGM"),
    ],
)
def test_what_cannot_be_added_is_kept_without_a_standard_quantity_and_says_why(
    goods: str, text: str, why: str
) -> None:
    read = read_quantity(text)
    assert standardise(goods, read) is None
    assert why in why_not(goods, read)


def test_what_can_be_added_has_nothing_to_explain() -> None:
    assert why_not("drugs.cocaine", read_quantity("3 kg")) == ""
    assert why_not("tobacco.cigarettes", read_quantity("3 cartons")) == ""


def test_a_bureaus_own_conversion_wins_over_what_the_field_agreed_on_and_the_nearest_node_over_others() -> (
    None
):
    far = Conversion("drugs", "U2", "KGM", D("0.001"), "our laboratory, all tablets")
    near = Conversion("drugs.ats", "U2", "KGM", D("0.0002"), "our laboratory, stimulants")
    here = Conversion("drugs.ats", "U2", "KGM", D("0.0003"), "our laboratory, in the north", region="europe")
    tablets = read_quantity("1000 tablets")
    found = standardise("drugs.ats.ecstasy", tablets, [far, near, here])
    assert found and (found.text, found.source) == ("0.2", "our laboratory, stimulants")
    found = standardise("drugs.ats.ecstasy", tablets, [far, near, here], where="fr")
    assert found and found.text == "0.3"
    other = Conversion("fuel", "U2", "KGM", D("9"), "of other goods")
    found = standardise("drugs.ats.ecstasy", tablets, [other])
    assert found and found.text == "0.27"


def test_goods_that_are_none_of_ours_are_refused() -> None:
    with pytest.raises(ValueError, match="is no code of our goods"):
        standardise("sugar", read_quantity("1 kg"))


@given(records, st.sampled_from(SPECIES), st.sampled_from(["BO", "BX"]), st.sampled_from(["KGM", "LTR"]))
def test_a_median_is_that_of_the_nearest_node_with_enough_records(
    some: list[tuple[str, str, str, float]], goods: str, unit: str, to: str
) -> None:
    fast, slow = Medians(some).of(goods, unit, to), median_slow(some, goods, unit, to)
    assert (fast is None) == (slow is None)
    if fast and slow:
        assert fast[1:] == slow[1:]
        assert fast[0] == pytest.approx(slow[0], rel=1e-9)


def test_too_few_records_of_a_substance_ask_its_class_and_a_wild_ratio_moves_nothing() -> None:
    some = [("agro.pesticide.insecticide.chlorpyrifos", "BO", "KGM", 1.0)] * (FEWEST - 1)
    assert Medians(some).of("agro.pesticide.insecticide.chlorpyrifos", "BO", "KGM") is None
    some += [("agro.pesticide.insecticide.dichlorvos", "BO", "KGM", 1e6)]
    found = standardise(
        "agro.pesticide.insecticide.chlorpyrifos", read_quantity("4 bottles"), medians=Medians(some)
    )
    assert found
    assert (found.text, found.how) == ("4", "median:agro.pesticide.insecticide")
    assert found.source == "median of 10 records"


def test_ratios_that_are_none_are_left_out() -> None:
    some = [("fuel.diesel", "BO", "LTR", ratio) for ratio in (0.0, -1.0, float("nan"), float("inf"))] * 10
    assert Medians(some).of("fuel.diesel", "BO", "LTR") is None
    assert median_slow(some[:20], "fuel.diesel", "BO", "LTR") is None


@given(
    st.decimals(min_value=D("0.001"), max_value=10**9, places=3),
    st.sampled_from(["GRM", "TNE", "LBR", "CTM"]),
)
def test_a_conversion_by_physics_keeps_proportion(value: D, unit: str) -> None:
    one = standardise("drugs.cocaine", Quantity(D(1), unit))
    many = standardise("drugs.cocaine", Quantity(value, unit))
    assert one and many
    assert many.qty == value * one.qty
    assert "E" not in many.text


def test_every_factor_of_the_field_names_its_source() -> None:
    assert len(factors()) > 20
    assert all(factor.source and factor.factor > 0 for factor in factors())
