"""Every slug of the house has words, and every rule of a score reads like a sentence."""

import re

import pytest

from entente.core.kinds import TYPES, model
from entente.match import dates, evidence
from entente.match.mrz import find
from entente.match.question import Question
from entente.web import words


def date_rules() -> list[str]:
    return [f"born-{rule}" for rule in dates.RULES]


def name_rules() -> list[str]:
    return [f"name-{rule}" for rule in evidence.NAME_RULES]


def number_rules() -> list[str]:
    kinds = [model()[name] for name in model().searchable]
    schemes = {p.key for kind in kinds for p in kind.properties.values() if p.key}
    return [f"same-{scheme}" for scheme in sorted(schemes)]


OTHERS = [
    "prior",
    "same-number",
    "born-not-of-this-kind",
    "same-nationality",
    "other-nationality",
    "same-sex",
    "other-sex",
]


@pytest.mark.parametrize("rule", [*date_rules(), *name_rules(), *number_rules(), *OTHERS])
def test_every_rule_of_a_score_is_said_in_words(rule: str) -> None:
    assert rule in words.RULES
    assert words.rule(rule)[0].isupper()


def test_what_would_change_a_score_is_a_condition() -> None:
    for rule in ("other-sex", "same-sex", "other-nationality", "same-nationality", "same-number", "without"):
        assert words.condition(rule, "x").startswith("If ")
    assert words.condition("other-sex", "Male") == "If the sex is not \u2068Male\u2069"
    for rule in dates.RULES:
        said = words.condition(f"born-{rule}", "5 March 1971")
        assert said.startswith("If the date of birth is ") and "5 March 1971" in said
        assert ("quite another" in said) is (rule == "other-date")


def test_what_holds_for_a_nickname_says_so() -> None:
    assert words.rule("weak-alias-name-equal") == "Nickname: The same word in the name"
    assert words.rule("moniker-name-translated") == "Moniker: It means the same"


def test_everything_the_box_understands_has_a_label() -> None:
    told = re.search(r"what is one of\s+(.*?)\.", Question.__doc__ or "", re.S)
    assert told
    slugs = {slug.strip() for slug in told[1].split(",")}
    assert slugs == set(words.SAID) | set(words.REMARKS)


def test_every_field_with_a_check_digit_has_a_name() -> None:
    zone = find("P<XABMARENKO<<IVO<<<<<<<<<<<<<<<<<<<<<<<<<<<\nA123456784XAB7103059M3001014ZZ9999<<<<<<<<91")
    assert zone
    assert {*zone.wrong, "iban", "vin"} <= set(words.CHECKED)
    assert len(zone.wrong) >= 3


def test_hints_are_for_types_that_exist() -> None:
    assert set(words.HINTS) <= set(TYPES)
