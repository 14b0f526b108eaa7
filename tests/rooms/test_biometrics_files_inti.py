"""INT-I transactions: INTERPOL's samples go through unchanged, ours fit its schema, faults have its codes."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.rooms.biometric_files import THEM, US, header, picture, some_print, transaction, waves

from entente.core.problems import Fault, Faulty, TooLarge
from entente.rooms.biometrics import decoding, inti
from entente.rooms.biometrics.codes import CODES, RESULTS, TRANSACTIONS, code_of, fault
from entente.rooms.biometrics.inti_answers import error, result
from entente.rooms.biometrics.inti_checks import MODES, tcn
from entente.rooms.biometrics.inti_minutiae import minutiae_of, print_of
from entente.rooms.biometrics.inti_model import Descriptive, Name, Party, Person, Respondent
from entente.rooms.biometrics.inti_records import Transaction

SHARED = Path(__file__).parents[3] / "shared/data/prints/int-i"
SAMPLES = sorted(SHARED.glob("Sample-*.xml"))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
real = pytest.mark.skipif(not SAMPLES, reason="INTERPOL's files are not here")
NOT_MODELLED = (
    "biom:TransactionContentSummary",
    "biom:TransactionCharacterSetDirectory",
    "biom:MinutiaeRidgeCountDetail",
    "biom:FingerprintPatternCoreLocation",
    "biom:FingerprintPatternDeltaLocation",
    "biom:ExtendedFeatureSetMinutiae",
    "itl:PackageSourceRepresentationRecord",
)
"""Elements of the samples that are made anew (the first) or left out."""


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SHARED / "xsd/XMLschemas/int-i/1.0/int-i.xsd"))


def leaves(data: bytes) -> Counter[tuple[str, str]]:
    """Every value of a file with its path, without white space, but those that are not modelled."""
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, huge_tree=True))
    found: Counter[tuple[str, str]] = Counter()
    for one in root.iter():
        path = "/".join(inti._short(step.tag) for step in [*reversed(list(one.iterancestors())), one])
        if not len(one) and (one.text or "").strip() and not any(name in path for name in NOT_MODELLED):
            found[path, "".join(one.text.split())] += 1
    return found


@real
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_interpols_samples_go_through_with_every_value_that_is_modelled(
    sample: Path, schema: etree.XMLSchema
) -> None:
    data = sample.read_bytes()
    told = inti.read(data)
    written = inti.written(told)
    schema.assertValid(etree.fromstring(written))
    assert leaves(written) == leaves(data)
    assert inti.read(written) == replace(told, left=())


@real
def test_what_the_samples_say_is_understood() -> None:
    by_name = {path.stem.removesuffix("-INT-ITransaction"): inti.read(path.read_bytes()) for path in SAMPLES}
    hit, none = by_name["Sample-SRE-HIT_MPS"].descriptive, by_name["Sample-SRE-NOHIT"].descriptive
    assert hit.respondent == Respondent("1", "true", "3", "MPS", "I") and hit.position_found == "5"
    assert none.respondent == Respondent("1", "false", "0", "CPS", "N")
    assert [one.code for one in by_name["Sample-ERR"].descriptive.errors] == ["112"]
    person = by_name["Sample-NPS"].descriptive.person
    assert person.name.family == "Mustermann" and person.birth == "1950-12-01" and len(person.aliases) == 2
    assert by_name["Sample-NPS"].header.origin == Party("BKA", "Bundeskriminalamt", "DEU")
    assert by_name["Sample-MPS"].left == ((20, 0),)


@real
def test_the_latent_print_of_the_sample_comes_decoded_with_its_marked_minutiae() -> None:
    made = decoding.decoded((SHARED / "Sample-MPS-INT-ITransaction.xml").read_bytes())
    (one,) = made.pictures
    assert one.form == "WSQ" and one.pixels.shape == (416, 680) and one.dpi == 500.0 and one.impression == 4
    assert one.marked is not None and len(one.marked) == 3 and one.marked.width == 680
    assert made.kind == "int-i" and made.left == (20,)


@real
def test_minutiae_of_the_extended_set_are_read_where_there_are_no_others() -> None:
    data = (SHARED / "Sample-MPS-INT-ITransaction.xml").read_bytes()
    begin, end = data.index(b"<biom:INCITSMinutiae>"), data.index(b"</biom:INCITSMinutiae>") + 22
    (told,) = inti.read(data[:begin] + data[end:]).minutiae
    one = print_of(told, "9")
    assert len(one) == 2 and one.impression == 4 and (one.minutiae[:, 4] == 1).all()


@real
def test_our_tables_are_those_of_the_standard() -> None:
    with (SHARED / "MRT_INT-I_LookupCodes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {name: {r["Code"]: r["Description"] for r in rows if r["CodeTable"] == name} for name in TABLES}
    assert {code: one.title for code, one in CODES.items()} == {
        c: t for c, t in told["ERR"].items() if c != "999"
    }
    assert set(TRANSACTIONS) == set(told["TOT"]) and set(MODES) == set(told["RDM"])
    assert set(RESULTS) == {code for code in told["RES"] if int(code) <= 5}


TABLES = ("ERR", "TOT", "RDM", "RES")


@real
@pytest.mark.parametrize("tot", ["CPS", "NPS", "MPS", "ATP"])
def test_our_transactions_fit_the_schema(tot: str, schema: etree.XMLSchema) -> None:
    written = inti.written(transaction(tot))
    schema.assertValid(etree.fromstring(written))


@real
def test_our_answers_fit_the_schema(schema: etree.XMLSchema) -> None:
    asked = transaction()
    for one in (
        *result(asked, US, tcn(8), NOW, [Descriptive(), Descriptive()], verified=True),
        *result(asked, US, tcn(8), NOW, [], verified=False),
        error(asked.header, US, tcn(9), NOW, [fault(code, "file/1/TCN") for code in list(CODES)[:20]]),
        error(asked.header, US, tcn(9), NOW, [fault("118", "picture"), fault("503", "position/2")]),
    ):
        schema.assertValid(etree.fromstring(inti.written(one)))


def test_a_transaction_goes_out_and_comes_back_with_its_pictures() -> None:
    told = transaction("MPS")
    made = decoding.decoded(inti.written(told))
    assert made.transaction == told
    assert [(one.record, one.position) for one in made.pictures] == [(10, 0), (13, 0), (14, 2)]
    assert (made.pictures[2].pixels == waves()).all()
    assert made.pictures[1].marked is not None and len(made.pictures[1].marked) == 12


def test_a_type_4_picture_goes_out_as_type_14() -> None:
    made = inti.read(inti.written(transaction(images=(picture(4, 3),))))
    assert [(one.record, one.idc) for one in made.images] == [(14, 3)]


names = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(
        Name,
        given=names,
        family=names,
        maiden=names,
        extended=st.lists(names.filter(bool), max_size=2).map(tuple),
    ),
    st.lists(st.builds(Name, family=names.filter(bool)), max_size=3).map(tuple),
    st.lists(st.sampled_from([10, 13, 14]), max_size=4),
    st.binary(max_size=60),
    st.integers(0, 30),
)
def test_any_transaction_survives(
    name: Name, aliases: tuple[Name, ...], kinds: list[int], data: bytes, count: int
) -> None:
    person = Person(name=name, aliases=aliases, sex="U")
    told = transaction(
        descriptive=Descriptive(person=person, offence="a <b> & 'c'"),
        images=tuple(picture(kind, n, data=data) for n, kind in enumerate(sorted(kinds))),
        minutiae=(minutiae_of(some_print(3, 1, count), 9),),
    )
    assert inti.read(inti.written(told)) == told


def faults_of(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as raised:
        inti.read(data)
    assert all(one.do for one in raised.value.faults)
    return [(code_of(one), one.where.rpartition("/")[2]) for one in raised.value.faults]


def test_what_is_wrong_is_told_all_at_once_by_code_and_element() -> None:
    bad = header("CPS", date="2026-13-01", utc="noon", tcn="19125458357684K", priority="high")
    person = Person(sex="W", citizenship="zz")
    told = transaction(
        header=bad,
        descriptive=Descriptive(person=person, mode="ZZ"),
        images=(picture(14, 1, width="wide", taken="yesterday"),),
        minutiae=(),
    )
    assert faults_of(inti.written(told)) == [
        ("112", "Date"),
        ("114", "DateTime"),
        ("201", "IdentificationID"),
        ("108", "TransactionPriorityValue"),
        ("115", "PersonCitizenshipISO3166Alpha3Code"),
        ("115", "PersonSexCode"),
        ("115", "ResultDeterminationMode"),
        ("112", "Date"),
        ("108", "ImageHorizontalLineLengthPixelQuantity"),
    ]


def test_what_must_be_there_is_asked_for() -> None:
    written = inti.written(transaction())
    for name, element in (
        ("TOT", b"<int-i:TransactionCategoryCode>CPS</int-i:TransactionCategoryCode>"),
        ("TCN", b"<nc:IdentificationID>00000000000007G</nc:IdentificationID>"),
        ("DAI", b"<nc:OrganizationName>Bureau of XB</nc:OrganizationName>"),
        ("ORI", b"<nc:OrganizationName>Bureau of XA</nc:OrganizationName>"),
    ):
        assert element in written
        assert faults_of(written.replace(element, b"")) == [("101", name)]
    assert faults_of(written.replace(b">CPS<", b">XYZ<")) == [("116", "TransactionCategoryCode")]
    assert faults_of(written.replace(b">CPS<", b">SRE<")) == [("101", "TCR")]
    with pytest.raises(Faulty):
        inti.written(transaction(header=header(tcn="")))


def test_an_element_twice_a_text_too_long_and_a_picture_that_is_no_base64_are_told() -> None:
    written = inti.written(transaction(images=(picture(14, 1),), minutiae=()))
    once = b"<int-i:PersonSexCode>F</int-i:PersonSexCode>"
    assert faults_of(written.replace(once, once * 2)) == [("104", "PersonSexCode")]
    assert faults_of(written.replace(b">47/11<", b">" + b"4" * 5000 + b"<")) == [("107", "IdentificationID")]
    assert faults_of(written.replace(b"<nc:BinaryBase64Object>", b"<nc:BinaryBase64Object>!")) == [
        ("111", "BinaryBase64Object")
    ]


def test_entities_document_types_and_floods_are_refused() -> None:
    written = inti.written(transaction())
    begin, root = written.split(b"\n", 1)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert faults_of(begin + bomb + root.replace(b">47/11<", b">&b;<")) == [("117", "transaction")]
    outside = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'
    assert faults_of(begin + outside + root) == [("117", "transaction")]
    assert faults_of(written.replace(b">47/11<", b">&b;<")) == [("117", "transaction")]
    assert faults_of(written[:-40]) == [("117", "transaction")]
    assert faults_of(b"<a xmlns='x'/>") == [("117", "transaction")]
    assert faults_of(b"<a>" + b"<b/>" * inti.MOST_MARKS + b"</a>") == [("104", "transaction")]
    record = b"<itl:PackageDescriptiveTextRecord/>"
    many = written.replace(b"</itl:NIST", record * inti.MOST_RECORDS + b"</itl:NIST")
    assert faults_of(many) == [("104", "transaction")]
    alias = b"<int-i:PersonAliases>" + b"<int-i:PersonName/>" * 1001 + b"</int-i:PersonAliases>"
    flood = written.replace(b"<int-i:PersonSexCode>", alias + b"<int-i:PersonSexCode>")
    assert faults_of(flood) == [("104", "PersonName")]
    twice = written.replace(record[:-2] + b">", record + record[:-2] + b">")
    assert faults_of(twice)[0] == ("104", "2")
    with pytest.raises(TooLarge):
        inti.read(bytes(inti.MOST_BYTES + 1))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_transaction_is_read_or_every_fault_has_a_code(data: st.DataObject) -> None:
    whole = bytearray(inti.written(transaction()))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        how = data.draw(st.sampled_from(["change", "twice", "out"]))
        if how == "change":
            whole[at] = data.draw(st.integers(0, 255))
        elif how == "twice":
            whole[at:at] = whole[at : at + 50]
        else:
            del whole[at : at + data.draw(st.integers(1, 50))]
    try:
        inti.read(bytes(whole))
    except Faulty as why:
        assert why.faults and all(code_of(one) in CODES and one.do for one in why.faults)


def test_control_characters_are_not_written() -> None:
    with pytest.raises(Faulty) as raised:
        inti.written(transaction(descriptive=Descriptive(offence="a\x00b")))
    assert code_of(raised.value.faults[0]) == "111"


def test_the_check_letter_is_the_one_of_the_standard() -> None:
    assert tcn(19125458357684) == "19125458357684J" and tcn(19125458357683) == "19125458357683H"
    assert {tcn(n)[-1] for n in range(23)} == set("ABCDEFGHJKLMNPQRTUVWXYZ")
    with pytest.raises(ValueError):
        tcn(10**14)


def test_a_result_answers_who_asked_with_one_transaction_for_each_candidate() -> None:
    asked = transaction("MPS")
    first, second = result(asked, US, tcn(8), NOW, [Descriptive(), Descriptive()], verified=False)
    assert first.header.to == THEM and first.header.origin == US and first.header.tcr == asked.header.tcn
    assert first.descriptive.respondent == Respondent("1", "false", "2", "MPS", "I")
    assert second.descriptive.respondent.rank == "2"


def test_a_result_without_candidates_is_no_hit() -> None:
    (one,) = result(transaction(), US, tcn(8), NOW, [], verified=True)
    assert one.descriptive.respondent == Respondent("1", "true", "0", "CPS", "N")


def test_an_error_tells_each_fault_in_the_standards_words() -> None:
    faults = [fault("501", "file/2"), fault("101", "transaction/0/Transaction/TCN"), Fault("x", "odd", "")]
    told = error(Transaction().header, US, tcn(8), NOW, faults).descriptive.errors
    assert [(one.code, one.field, one.text) for one in told] == [
        ("501", "", "ERROR: INSUFFICIENT FINGERPRINT QUALITY"),
        ("101", "TCN", "ERROR: MANDATORY ELEMENT MISSING"),
        ("117", "", "ERROR: INVALID RECORD DATA"),
    ]


def test_every_text_of_the_rooms_files_ends_with_a_known_code() -> None:
    from entente.rooms.biometrics import nist

    texts: list[Any] = [one.what for one in CODES.values()]
    texts += [what for _code, what, _do in decoding.REFUSALS.values()] + list(nist.FAULTS.values())
    assert all(what.endswith(")") and code_of(Fault("", what, "")) in CODES for what in texts)
    for code, one in CODES.items():
        assert code_of(Fault("", one.what, "")) == code and one.do
