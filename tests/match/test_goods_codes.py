"""The closed lists: their numbers never change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods import codes
from entente.match.goods.codes import (
    CONCEALMENTS,
    EVENTS,
    LABELS,
    MODES,
    PURPOSES,
    SOURCES,
    UNITS,
    code_at,
    codes_in,
    mask_of,
    number_of,
)


def test_lists_begin_as_they_did_in_the_first_layout() -> None:
    begins = {
        "EVENTS": "seizure detention inspection_nil theft tap find controlled_delivery online_takedown",
        "CONTRIBUTORS": "police customs regulator private open_source",
        "FORMS": "simple long total",
        "DETECTIONS": "routine risk_profile intelligence dog scanner tip random online_monitoring",
        "PLACE_KINDS": "seaport airport land_border inland mail_hub free_zone market online at_sea",
        "MODES": "sea rail road air mail multimodal pipeline inland_water other",
        "CERTAINTIES": "document statement inferred unknown",
        "CONCEALMENTS": "in_cargo cover_load rip_on false_compartment body clothing mislabel "
        "misdeclare liquid "
        "post structure lawful_look",
        "STATES": "genuine counterfeit diverted stolen unlicensed unknown",
        "ROLES": "production origin departure transit transshipment seizure_place intended_destination "
        "market",
        "DOMAINS": "drugs tobacco alcohol medicines ipr_goods cites_fauna cites_flora fish timber waste ods "
        "agrochemicals fuel weapons explosives cbrn_precursor cultural cash documents food e_goods",
        "BASES": "declared street wholesale replacement right_holder",
        "PARTY_ROLES": "consignor consignee notify declarant carrier owner arrestee right_holder",
        "UNITS": "KGM LTR C62 NPR MTQ MTK MTR GRM MGM TNE LBR ONZ MLT CLT HLT GLL GLI BLL CMQ CMT "
        "FOT H87 NAR "
        "U2 AV AM STC PK CT SET DZN BX BG BO PA CH VI E27 PLT CTM LPA GRO MIL STN LTN",
    }
    for name, words in begins.items():
        first = tuple(words.split())
        assert getattr(codes, name)[: len(first)] == first, name


def test_modes_have_the_digits_of_recommendation_19() -> None:
    assert [number_of(MODES, mode) for mode in ("sea", "rail", "road", "air", "mail")] == [1, 2, 3, 4, 5]


def test_cites_letters_are_those_of_its_trade_data() -> None:
    assert "".join(PURPOSES) == "BEGHLMNPQSTZ"
    assert "".join(SOURCES) == "ACDFIORUWX"


@given(st.sampled_from(sorted(LABELS)))
def test_every_code_has_a_label_and_fits_one_byte(name: str) -> None:
    assert all(LABELS[name].values())
    assert len(LABELS[name]) <= 255


@given(st.sampled_from(EVENTS))
def test_a_number_leads_back_to_its_code(code: str) -> None:
    assert code_at(EVENTS, number_of(EVENTS, code)) == code


def test_none_is_nought_and_unknown_is_refused() -> None:
    assert number_of(UNITS, "") == 0 and code_at(UNITS, 0) == ""
    with pytest.raises(ValueError, match="is none of: "):
        number_of(EVENTS, "party")
    for number in (-1, len(EVENTS) + 1):
        with pytest.raises(ValueError, match="is no number"):
            code_at(EVENTS, number)


@given(st.sets(st.sampled_from(CONCEALMENTS)))
def test_several_codes_come_back_from_their_mask(several: set[str]) -> None:
    mask = mask_of(CONCEALMENTS, several)
    assert set(codes_in(CONCEALMENTS, mask)) == several
    assert mask < 2**32
    assert codes_in(CONCEALMENTS, mask | 1 << 31) == codes_in(CONCEALMENTS, mask)
