"""The likely zone is the likeliest that conforms: against every string of the best characters, one by one."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.documents.drawn import WIDTHS, zone

from entente.match.documents.reading.decoding import Floats, decoded, walk
from entente.match.documents.reading.forms import ANY, DIGITS, Cell, layouts
from entente.match.documents.reading.glyphs import CHARACTERS
from entente.match.mrz import check_digit

WEIGHTS = (7, 3, 1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
seeds = st.integers(0, 2**32 - 1)


def sure(text: str, doubt: float = 0.01) -> Floats:
    """Log-probabilities of a net that is sure of a text."""
    said = np.full((len(text), len(CHARACTERS)), math.log(doubt / 36))
    for n, character in enumerate(text):
        said[n, CHARACTERS.index(character)] = math.log(1 - doubt)
    return said


def unlike(text: str, at: int, other: str, by: float) -> Floats:
    """The same, but `other` is `by` nats likelier than what stands at `at`."""
    said = sure(text)
    said[at, CHARACTERS.index(other)] = -0.05
    said[at, CHARACTERS.index(text[at])] = -0.05 - by
    return said


def best_by_trying(said: Floats, cells: list[Cell], top: int | None = None) -> float:
    """The twin: every string of the `top` likeliest allowed characters of each cell, digits by their sums.

    Cells of digits are tried whole, so that the twin always has a string that agrees."""
    pools = []
    for given_, cell in zip(said, cells, strict=True):
        allowed = sorted((n for n, c in enumerate(CHARACTERS) if c in cell.may), key=lambda n: -given_[n])
        pools.append(allowed if top is None or cell.check or cell.total else allowed[:top])
    best = -math.inf
    for picked in itertools.product(*pools):
        field, whole, agrees = 0, 0, True
        for n, cell in zip(picked, cells, strict=True):
            value = 0 if n == 36 else n
            agrees = agrees and not (cell.check and value != field % 10)
            agrees = agrees and not (cell.total and value != whole % 10)
            field = 0 if cell.check else field + cell.field * value
            whole += cell.whole * value
        if agrees:
            best = max(best, sum(float(said[i, n]) for i, n in enumerate(picked)))
    return best


def random_said(seed: int, cells: int) -> Floats:
    draw = np.random.default_rng(seed)
    return np.asarray(np.log(draw.dirichlet(np.full(37, 0.15), cells)).clip(-9))


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_a_short_field_is_decoded_as_by_trying_every_string(seed: int) -> None:
    cells = [*[Cell(DIGITS + "<", WEIGHTS[n]) for n in range(3)], Cell(DIGITS, check=True)]
    said = random_said(seed, 4)
    worth, text = walk(said, cells)
    assert worth == pytest.approx(best_by_trying(said, cells))
    assert check_digit(text[:3]) == text[3]


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_two_fields_and_the_digit_over_both_are_decoded_together(seed: int) -> None:
    """With three characters left in each cell, so that the twin can try them all."""
    cells = [
        Cell(ANY, 7, 7), Cell(ANY, 3, 3), Cell(DIGITS, 0, 1, check=True), Cell("ABC<"),
        Cell(ANY, 7, 7), Cell(DIGITS, 0, 3, check=True), Cell(DIGITS, total=True),
    ]  # fmt: skip
    said = random_said(seed, 7)
    for n, cell in enumerate(cells):
        if not (cell.check or cell.total):
            allowed = [i for i, c in enumerate(CHARACTERS) if c in cell.may]
            least = sorted(said[n, allowed])[-3]
            said[n, said[n] < least] = -np.inf
    worth, text = walk(said, cells)
    assert worth == pytest.approx(best_by_trying(said, cells, top=3)) or worth == -math.inf
    if worth > -math.inf:
        assert check_digit(text[:2]) == text[2] and check_digit(text[4]) == text[5]
        assert check_digit(text[:3] + text[4:6]) == text[6]


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_a_zone_that_conforms_costs_nothing(seed: int) -> None:
    draw = np.random.default_rng(seed)
    form = list(WIDTHS)[draw.integers(5)]
    lines = zone(form, draw)
    told = decoded(sure("".join(lines)), WIDTHS[form])
    assert (told.form, told.raw, told.likely, told.cost) == (form, "".join(lines), "".join(lines), 0.0)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_what_is_likely_conforms_whatever_the_net_says(seed: int) -> None:
    draw = np.random.default_rng(seed)
    said = random_said(seed, 88)
    told = decoded(said, 44)
    second = told.likely[44:]
    assert told.cost >= 0
    assert not set(told.likely[2:44]) & set(DIGITS)
    assert check_digit(second[:9]) == second[9]
    assert check_digit(second[13:19]) == second[19] and check_digit(second[21:27]) == second[27]
    if told.form == "TD3":
        assert check_digit(second[28:42]) == second[42].replace("<", "0")
        assert check_digit(second[:10] + second[13:20] + second[21:43]) == second[43]
    assert draw is not None


def test_a_misread_character_is_found_again_and_costs_less_than_a_nat() -> None:
    lines = zone("TD3", np.random.default_rng(3))
    text = "".join(lines)
    at = 44 + 14
    other = "8" if text[at] != "8" else "3"
    told = decoded(unlike(text, at, other, by=0.6), 44)
    assert told.raw[at] == other and told.likely == text
    assert told.cost == pytest.approx(0.6)


def test_a_changed_digit_that_is_printed_clearly_costs_more_than_three_nats() -> None:
    lines = zone("TD3", np.random.default_rng(4))
    text = "".join(lines)
    at = 44 + 14
    forged = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
    told = decoded(sure(forged), 44)
    assert told.raw == forged != told.likely
    assert told.cost > 3


def test_two_capital_os_agree_with_the_digit_of_two_noughts() -> None:
    """A00051376 and AO0O51376 have one check digit: no arithmetic tells them apart, only what the net saw."""
    assert check_digit("A00051376") == check_digit("AO0O51376") == "4"
    lines = zone("MRVA", np.random.default_rng(5))
    text = lines[0] + "AO0O513764" + lines[1][10:]
    assert decoded(sure(text), 44).likely == text


def test_a_long_number_goes_on_in_the_optional_field() -> None:
    """Doc 9303-5, note j: D23145890XYZ with digit 5, here in TD1 and TD2."""
    names = "ERIKSSON<<ANNA<MARIA".ljust(30, "<")
    first, second = "I<UTOD23145890<XYZ5".ljust(30, "<"), "7408122F1204159UTO<<<<<<<<<<<"
    whole = check_digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    td1 = first + second + whole + names
    assert decoded(sure(td1), 30).cost == 0
    at = 7  # a digit of the number: its check digit stands eleven cells on
    assert decoded(unlike(td1, at, "8", by=0.5), 30).likely == td1
    line = "D23145890<UTO7408122F1204159XYZ5<<<"
    td2 = (
        "I<UTOERIKSSON<<ANNA<MARIA".ljust(36, "<") + line + check_digit(line[:10] + line[13:20] + line[21:35])
    )
    assert decoded(sure(td2), 36).cost == 0
    assert decoded(unlike(td2, 36 + 3, "7", by=0.5), 36).likely == td2


def test_a_blank_personal_number_may_have_a_filler_or_a_nought_for_its_digit() -> None:
    lines = zone("TD3", np.random.default_rng(6))
    for digit in "<0":
        second = lines[1][:28] + "<" * 14 + digit
        text = lines[0] + second + check_digit(second[:10] + second[13:20] + second[21:43])
        assert decoded(sure(text), 44).cost == 0


def test_a_visa_is_told_by_its_first_letter() -> None:
    for form, other in (("MRVA", "TD3"), ("MRVB", "TD2")):
        text = "".join(zone(form, np.random.default_rng(7)))
        assert decoded(sure(text), WIDTHS[form]).form == form
        passport = "".join(zone(other, np.random.default_rng(7)))
        assert decoded(sure(passport), WIDTHS[other]).form == other


def test_every_layout_has_as_many_cells_as_its_form() -> None:
    for length, cells in ((30, 90), (36, 72), (44, 88)):
        for visa in (False, True):
            assert {len(layout.cells) for layout in layouts(length, visa=visa)} == {cells}
