"""The tree of goods: numbers that never change, subtrees that are ranges, names, headings of customs."""

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.codes import DOMAINS, UNITS
from entente.match.goods.taxonomy import LAST, TAXONOMY, Heading, folded

SHARED = Path(__file__).parents[3] / "shared" / "data" / "goods"
CODES = [node.code for node in TAXONOMY]
codes = st.sampled_from(CODES)
FIRST_NODES = 351
FIRST_NUMBERS = "77e0ea97b0f63c985faacea7ee3619559582c2bbdf978dbe60035bc4c160bcda"
"""SHA-256 over "code=number" of the nodes of the first layout, one a line. Columns hold these numbers."""


def test_numbers_of_the_first_layout_have_not_changed() -> None:
    first = (Path(__file__).parent / "goods_numbers.txt").read_text("utf-8").split()
    assert len(first) == FIRST_NODES
    assert hashlib.sha256("\n".join(first).encode()).hexdigest() == FIRST_NUMBERS
    assert set(first) <= {f"{node.code}={node.index}" for node in TAXONOMY}


def test_every_domain_is_a_root_and_every_parent_stands_before_its_children() -> None:
    assert tuple(node.domain for node in TAXONOMY if not node.depth) == DOMAINS
    seen = {""}
    for node in TAXONOMY:
        assert node.parent in seen
        seen.add(node.code)


def test_numbers_rise_in_depth_first_order_and_fit_two_bytes() -> None:
    numbers = [node.index for node in TAXONOMY]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 0
    assert numbers[-1] <= LAST


@given(codes, codes)
def test_a_node_is_below_another_exactly_when_its_number_is_in_the_others_range(one: str, other: str) -> None:
    first, last = TAXONOMY.range_of(other)
    assert (first <= TAXONOMY.index(one) <= last) == f"{one}.".startswith(f"{other}.")


@given(codes)
def test_a_number_leads_back_to_its_node(code: str) -> None:
    assert TAXONOMY.at(TAXONOMY.index(code)).code == code


@given(st.integers(-5, LAST + 5))
def test_a_number_that_no_node_has_is_refused(number: int) -> None:
    if number in {node.index for node in TAXONOMY}:
        return
    with pytest.raises(ValueError, match="is no number"):
        TAXONOMY.at(number)


def test_a_code_that_is_none_is_refused_and_none_is_nought() -> None:
    assert TAXONOMY.index("") == 0
    with pytest.raises(ValueError, match="is no code"):
        TAXONOMY.node("drugs.sugar")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cocaine", "drugs.cocaine"),
        ("COCAÍNA", "drugs.cocaine"),
        ("chlorhydrate de cocaïne", "drugs.cocaine.salts"),
        ("Base de coca", "drugs.cocaine.base"),
        ("Marijuana (herb)", "drugs.cannabis.herb"),
        ("herb (marijuana)", "drugs.cannabis.herb"),
        ("glyphosate", "agro.pesticide.herbicide.glyphosate"),
        ("1071-83-6", "agro.pesticide.herbicide.glyphosate"),
        ("Glifosato", "agro.pesticide.herbicide.glyphosate"),
        ("cuerno de rinoceronte", "fauna.mammals.rhino"),
        ("عاج", "fauna.mammals.ivory"),
        ("Loxodonta africana", "fauna.mammals.elephant"),
        ("drugs.cocaine.crack", "drugs.cocaine.crack"),
    ],
)
def test_goods_are_found_by_their_names_in_any_writing(text: str, found: str) -> None:
    assert [node.code for node in TAXONOMY.find(text)] == [found]


@pytest.mark.parametrize("text", ["", "  ", "sugar daddy", "cocaine hydrochloride 80%", "cocain", "-"])
def test_nothing_is_found_by_likeness(text: str) -> None:
    assert TAXONOMY.find(text) == ()


@given(codes)
def test_a_node_is_found_by_its_label_and_every_name(code: str) -> None:
    node = TAXONOMY.node(code)
    for name in (node.label, *node.names):
        assert node in TAXONOMY.find(f" {name.upper()} ")


def test_a_name_of_several_nodes_finds_all_of_them() -> None:
    names = {}
    for node in TAXONOMY:
        for name in (node.label, *node.names):
            names.setdefault(folded(name), set()).add(node.code)
    for name, several in names.items():
        assert {node.code for node in TAXONOMY.find(name)} >= several


def test_goods_that_are_named_among_other_words_are_offered_and_the_longest_name_first() -> None:
    offered = [node.code for node in TAXONOMY.suggest("powder: cocaine hydrochloride, 80 %")]
    assert offered[:2] == ["drugs.cocaine.salts", "drugs.cocaine"]
    assert TAXONOMY.suggest("nothing of ours") == ()


@pytest.mark.parametrize(
    ("code", "edition", "found"),
    [
        ("380891", "2022", ["agro.pesticide.insecticide"]),
        ("380810", "2002", ["agro.pesticide.insecticide"]),
        ("380810", "2022", ["agro.pesticide"]),
        ("3808", "2022", ["agro.pesticide"]),
        ("293972", "2022", ["drugs.cocaine"]),
        ("293972", "2012", []),
        ("240220", "", ["tobacco.cigarettes"]),
        ("240290", "", ["tobacco"]),
        ("050710", "2022", ["fauna.mammals.ivory", "fauna.mammals.hippo"]),
        ("999999", "", []),
    ],
)
def test_a_customs_code_leads_to_the_nodes_of_its_longest_heading_in_its_edition(
    code: str, edition: str, found: list[str]
) -> None:
    assert [node.code for node in TAXONOMY.from_hs(code, edition)] == found


def test_a_heading_means_a_code_in_its_editions_only() -> None:
    heading = Heading("293971", 2017, 2017)
    assert heading.means("293971", "2017") and heading.means("293971")
    assert not heading.means("293971", "2022") and not heading.means("2939", "2017")


def test_headings_of_2022_stand_in_the_published_list() -> None:
    path = SHARED / "harmonized-system.csv"
    if not path.exists():
        pytest.skip("shared/data/goods is not here")
    with path.open(encoding="utf-8") as lines:
        known = {row["hscode"] for row in csv.DictReader(lines)}
    now = {heading.code for node in TAXONOMY for heading in node.headings if heading.last >= 2022}
    assert now <= known


def test_every_node_has_a_standard_unit_among_the_first_of_the_units() -> None:
    used = {node.unit for node in TAXONOMY}
    assert used <= set(UNITS[:7])
