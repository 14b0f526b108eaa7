"""Kinds: what a record may hold, and every fault at once."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.kinds import FIVE_YEARS, TYPES, model
from entente.core.problems import Fault, Faulty

RECORD = b64encode(b"FMR\0 20\0" + bytes([0, 0, 0, 24]) + bytes(12)).decode()
"""As long as it says: 24 bytes."""
MODEL = model()
DOCS = Path(__file__).parents[2] / "docs" / "kinds.md"


def faults_of(kind: str, raw: dict) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as caught:
        MODEL.clean(kind, raw)
    return caught.value.faults


def test_every_kind_is_named_in_its_page():
    page = DOCS.read_text("utf-8")
    assert not [name for name in MODEL.kinds if f"`{name}`" not in page]


def test_every_scheme_of_keys_is_named_in_the_page():
    schemes = {p.key for kind in MODEL.kinds.values() for p in kind.properties.values() if p.key}
    listed = DOCS.read_text("utf-8").split("## Schemes of keys")[1]
    assert schemes <= set(re.findall(r"`(\w+)`", listed))


def test_the_kinds_of_followthemoney_that_police_need_are_there():
    needed = """Thing LegalEntity Person Organization Company PublicBody Asset Vehicle Vessel Airplane
    RealEstate Security BankAccount CryptoWallet Address Event Trip Document Image Article Page Passport
    Identification UserAccount PhoneNumber Firearm Payment Sanction CourtCase CourtCaseParty
    Interval Interest Ownership
    Directorship Membership Employment Family Associate Representation Succession Occupancy UnknownLink Debt
    EconomicActivity Mention Similar Project ProjectParticipant Contract ContractAward Call Message Note Risk
    Position License"""
    assert set(needed.split()) <= set(MODEL.kinds)


def test_a_kind_has_the_properties_of_its_ancestors():
    company = MODEL["Company"]
    assert company.lineage[0] == "Company"
    assert company.is_a("Asset") and company.is_a("LegalEntity") and company.is_a("Thing")
    assert not company.is_a("Person")
    assert {"name", "amount", "jurisdiction", "ticker", "moniker"} <= set(company.properties)


def test_every_relation_joins_two_properties_that_name_things():
    for kind in MODEL.kinds.values():
        if kind.edge:
            ends = (kind.properties[kind.edge.source], kind.properties[kind.edge.target])
            assert all(end.type == "entity" for end in ends), kind.name


def test_no_record_is_kept_longer_than_five_years_without_a_word_of_its_owner():
    assert FIVE_YEARS == 1826
    for kind in MODEL.kinds.values():
        assert 0 <= kind.keep_days <= kind.keep_days_most or kind.house
        assert kind.house or 0 < kind.keep_days_most <= FIVE_YEARS


def test_names_carry_the_type_of_a_name():
    person = MODEL["Person"]
    for name in ("name", "alias", "weakAlias", "previousName", "moniker"):
        assert person.properties[name].type == "name"


def test_a_person_is_cleaned():
    raw = {
        "name": " Ada  Example ",
        "birthDate": ["circa 1971"],
        "nationality": "FR",
        "gender": "F",
        "height": 171,
    }
    assert MODEL.clean("Person", raw) == {
        "name": ("Ada Example",),
        "birthDate": ("~1971",),
        "nationality": ("fr",),
        "gender": ("female",),
        "height": ("171",),
    }


def test_values_said_twice_are_kept_once_in_the_order_given():
    body = MODEL.clean("Person", {"name": ["B", "A", "B ", "", None, "A"]})
    assert body["name"] == ("B", "A")


def test_every_fault_is_told_at_once_and_says_where():
    faults = faults_of(
        "Person",
        {
            "birthDate": ["1971", "31.02.1980"],
            "nationality": "Atlantis",
            "shoeSize": "44",
            "alias": {"a": "b"},
        },
    )
    assert {f.where for f in faults} == {
        "properties/birthDate/1",
        "properties/nationality/0",
        "properties/shoeSize",
        "properties/alias/0",
        "properties/name",
    }
    said = next(f for f in faults if f.where == "properties/birthDate/1")
    assert said.what == "31.02.1980 is no date: February 1980 has 29 days" and "1971-03-05" in said.do


def test_an_unknown_kind_is_a_fault_even_when_lenient():
    for lenient in (False, True):
        with pytest.raises(Faulty) as caught:
            MODEL.clean("Unicorn", {"name": "x"}, lenient=lenient)
        assert caught.value.faults[0].where == "kind"


def test_a_kind_that_is_only_extended_cannot_be_kept():
    assert faults_of("Interest", {"role": "x"})[0].what == "Interest is too general to be kept"


def test_a_thing_that_says_nothing_is_a_fault():
    assert faults_of("Vehicle", {"make": ["", None]})[0].what == "says nothing"


def test_lenient_leaves_out_what_is_at_fault_and_keeps_the_rest():
    assert MODEL.clean("Person", {"birthDate": ["1971", "never"], "x": "y"}, lenient=True) == {
        "birthDate": ("1971",)
    }


@pytest.mark.parametrize(
    ("sign", "called"),
    [
        ("\0", "U+0000 NUL"),
        ("\x1b", "U+001B ESCAPE"),
        ("\n", "U+000A LINE FEED"),
        ("\x85", "U+0085"),
        ("\ud800", "lone surrogate U+D800"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
    ],
)
def test_signs_that_deceive_or_break_are_faults_that_name_the_sign(sign: str, called: str):
    (fault,) = faults_of("Person", {"name": f"Ada{sign}Example"})
    assert called in fault.what and "place 4" in fault.what
    fault.what.encode("utf-8")
    assert fault.what.isprintable()


def test_text_of_several_lines_keeps_them():
    assert MODEL.clean("Note", {"description": "a\r\n\tb"}) == {"description": ("a\n\tb",)}


def test_values_are_composed():
    assert MODEL.clean("Person", {"name": "Ame\u0301lie"})["name"] == ("Am\u00e9lie",)


@pytest.mark.parametrize(
    ("kind", "name", "most"),
    [("Person", "name", 512), ("Person", "passportNumber", 128), ("Note", "description", 65_000)],
)
def test_values_have_a_greatest_length(kind: str, name: str, most: int):
    named = {"name": "x"} if kind == "Person" else {}
    MODEL.clean(kind, named | {name: "y" * most})
    (fault,) = faults_of(kind, named | {name: "y" * (most + 1)})
    assert f"at most {most} are kept" in fault.what and len(fault.what) < 200


def test_values_have_a_greatest_number():
    MODEL.clean("Person", {"name": [f"n{i}" for i in range(500)]})
    assert faults_of("Person", {"name": [f"n{i}" for i in range(501)]})[0].where == "properties/name"
    many = {p: [f"n{i}" for i in range(450)] for p in ("name", "alias", "weakAlias", "previousName", "title")}
    assert faults_of("Person", many)[0].what == "has more than 2000 values"


def test_the_answer_to_a_hostile_input_stays_short():
    assert len(faults_of("Person", {f"x{i}": "y" for i in range(50_000)})) <= 1001
    (fault,) = faults_of("Person", {"name": "x", "y" * 100_000 + "/~": "z"})
    assert len(fault.where) < 200 and len(fault.what) < 200


@pytest.mark.parametrize(
    "value",
    [10**5000, float("nan"), float("inf"), b"x", object(), {"id": "x"}, [["x"]]],
    ids=["huge", "nan", "inf", "bytes", "object", "dict", "list"],
)
def test_what_is_neither_text_nor_number_is_a_fault(value: object):
    assert faults_of("Person", {"name": ["Ada", value]})[0].where == "properties/name/1"


def test_a_wrong_check_digit_is_kept_as_it_was_seen():
    assert MODEL.clean("BankAccount", {"iban": "FR00 0000 0000"})["iban"] == ("FR00 0000 0000",)
    assert MODEL.clean("Vehicle", {"vin": "11111111111111112"})["vin"] == ("11111111111111112",)


@pytest.mark.parametrize(
    ("name", "good", "stored"),
    [
        ("country", "SUHH", "suhh"),
        ("country", "xa", "xa"),
        ("country", "eu", "eu"),
        ("email", "Ada@Example.ORG", "Ada@example.org"),
        ("url", "https://example.org/a?b", "https://example.org/a?b"),
        ("ip", "2001:DB8::1", "2001:db8::1"),
        ("number", "1,234.50 EUR", "1,234.50 EUR"),
        ("topic", "crime.traffick.drug", "crime.traffick.drug"),
        ("flag", "yes", "true"),
        ("certainty", "Tentative", "tentative"),
        ("mimetype", "image/svg+xml", "image/svg+xml"),
        ("checksum", "A" * 40, "a" * 40),
        ("likeness", "0F" * 32, "0f" * 32),
        ("minutiae", f" {RECORD} ", RECORD),
        ("face", "dlib-128@1:AAECAw== ", "dlib-128@1:AAECAw=="),
    ],
)
def test_a_type_stores_one_form(name: str, good: str, stored: str):
    assert TYPES[name].clean(good) == stored


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("country", "France"),
        ("country", "qq"),
        ("email", "ada at example"),
        ("url", "javascript:alert(1)"),
        ("url", "www.example.org"),
        ("ip", "300.1.1.1"),
        ("number", "many"),
        ("entity", "two words"),
        ("gender", "unsure"),
        ("phone", "none"),
        ("likeness", "0f" * 31),
        ("likeness", "0f" * 33),
        ("likeness", "0g" * 32),
        ("minutiae", "FMR"),
        ("minutiae", RECORD[:-4]),
        ("minutiae", f"{RECORD}AAAA"),
        ("minutiae", f"{RECORD}="),
        ("minutiae", RECORD.replace("R", "é", 1)),
        ("minutiae", b64encode(b"PNG\0 20\0" + bytes([0, 0, 0, 24]) + bytes(12)).decode()),
        ("face", "AAECAw=="),
        ("face", "dlib-128:AAECAw=="),
        ("face", "dlib-128@1:"),
        ("face", "dlib-128@1:AAECAx=="),
        ("face", "Dlib@1:AAECAw=="),
        ("face", "dlib@1:==== "),
    ],
)
def test_a_type_refuses_what_is_none_of_its_own(name: str, wrong: str):
    with pytest.raises(ValueError):
        TYPES[name].clean(wrong)


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=60))
def test_cleaning_is_stable_and_comparing_is_reflexive(name: str, text: str):
    kind = TYPES[name]
    try:
        once = kind.clean(text)
    except ValueError:
        return
    assert kind.clean(once) == once
    if once:
        assert kind.compare(once, once) in (1.0, 0.0 if name in ("identifier", "phone") else 1.0)


@given(st.binary(min_size=32, max_size=32), st.sets(st.integers(0, 255)))
def test_likenesses_compare_by_the_bits_in_which_they_differ(hash: bytes, flipped: set[int]):
    other = int.from_bytes(hash) ^ sum(1 << bit for bit in flipped)
    assert TYPES["likeness"].compare(hash.hex(), f"{other:064x}") == 1 - len(flipped) / 256


@given(st.sampled_from(["name", "text", "number", "country", "identifier"]), st.text(), st.text())
def test_comparing_is_symmetric_and_between_nought_and_one(name: str, a: str, b: str):
    compare = TYPES[name].compare
    assert 0 <= compare(a, b) == compare(b, a) <= 1


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["name", "birthDate", "country", "x"]), json_like))
def test_whatever_is_sent_is_cleaned_or_refused_with_faults(raw: dict):
    try:
        body = MODEL.clean("Person", raw)
    except Faulty as refused:
        assert refused.faults
        return
    assert MODEL.clean("Person", body) == body


def test_a_thing_is_called_by_the_first_caption_it_has():
    assert MODEL.caption("Person", {"alias": ("Al",), "name": ("Ada",)}) == "Ada"
    assert MODEL.caption("Vehicle", {"vin": ("V1",)}) == "V1"
    assert MODEL.caption("Family", {}) == "Family tie"
