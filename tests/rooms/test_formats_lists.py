"""The originals of OFAC and the UN, invented in small here and real where the shared data is there."""

from collections import Counter
from pathlib import Path

import pytest

from entente.core.kinds import model
from entente.rooms.records.formats import Bad, Row, read, write_ftm
from entente.rooms.records.formats.ofac_remarks import date_of

DATA = Path(__file__).parents[3] / "shared" / "data"
MODEL = model()

SDN = """\
1,"EXAMPLE, Ada","individual","XAXX] [XBXX","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB circa 1971; alt. DOB \
05 Mar 1972; POB Paris, France; nationality France; citizen Korea, North; Gender Female; Passport A12 34 (France) \
issued 01 Feb 2001 expires 31 Jan 2011; alt. Passport 99; Cedula No. 777 (Colombia); SSN 1-2; a.k.a. 'ADDY'; \
Linked To: EXAMPLE CO."
2,"EXAMPLE CO.",-0- ,"XAXX",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 55 (Serbia); Website www.example.org."
3,"SEA EXAMPLE","vessel","XAXX",-0- ,"CALL1","Cargo","2597","1098","Cuba","Example Shipping","Vessel Registration \
Identification IMO 1234567; MMSI 123456789."
4,"XA-ABC","aircraft","XAXX",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Model A1; Aircraft Manufacture Date 1992."
5,"ODD ONE","submarine","XAXX",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-\x20
6,"SHORT"
\x1a"""  # noqa: E501
UN = """<?xml version="1.0"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>
<FIRST_NAME>ADA</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME><GENDER>Female</GENDER>
<NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Adah</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Addy</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1975</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1972-03-05</DATE>
</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1</NUMBER>
<ISSUING_COUNTRY>Pakistan</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>8</DATAID><FIRST_NAME>EXAMPLE FRONT</FIRST_NAME>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD FRONT</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""


def shared(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the shared data has no {name}")
    return path


def test_an_entry_of_ofac_is_read_with_all_that_its_remarks_tell(tmp_path: Path):
    (tmp_path / "sdn.csv").write_text(SDN, "utf-8", newline="\r\n")
    (tmp_path / "alt.csv").write_text('1,1,"aka","SAMPLE, Ada",-0- \n1,2,"fka","OLD, Ada",-0- \n', "utf-8")
    (tmp_path / "add.csv").write_text('1,1,"Street 1","Novi Sad","Serbia",-0- \n', "utf-8")
    found = list(read(tmp_path))
    rows = {row.ref: MODEL.clean(row.kind, row.raw) for row in found if isinstance(row, Row)}
    assert rows["ofac-1"] == {
        "name": ("EXAMPLE, Ada",),
        "alias": ("SAMPLE, Ada",),
        "previousName": ("OLD, Ada",),
        "weakAlias": ("ADDY",),
        "programId": ("XAXX", "XBXX"),
        "position": ("Director",),
        "address": ("Street 1, Novi Sad, Serbia",),
        "country": ("rs",),
        "birthDate": ("~1971", "1972-03-05"),
        "birthPlace": ("Paris, France",),
        "birthCountry": ("fr",),
        "nationality": ("fr",),
        "citizenship": ("kp",),
        "gender": ("female",),
        "passportNumber": ("A12 34", "99"),
        "idNumber": ("777",),
        "socialSecurityNumber": ("1-2",),
        "notes": ("Linked To: EXAMPLE CO",),
    }
    assert rows["ofac-1-passport-1"] == {
        "holder": ("ofac-1",),
        "number": ("A12 34",),
        "country": ("fr",),
        "startDate": ("2001-02-01",),
        "endDate": ("2011-01-31",),
    }
    assert rows["ofac-2"]["taxNumber"] == ("55",) and rows["ofac-2"]["website"] == ("http://www.example.org",)
    assert rows["ofac-3"]["imoNumber"] == ("1234567",) and rows["ofac-3"]["flag"] == ("cu",)
    assert rows["ofac-4"]["buildDate"] == ("1992",) and rows["ofac-4"]["model"] == ("A1",)
    assert [(bad.number, bad.reason) for bad in found if isinstance(bad, Bad)] == [
        (5, "is of an unknown sort: submarine"),
        (6, "has 2 cells; 12 are expected"),
    ]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("05 Mar 1971", "1971-03-05"),
        ("Mar 1971", "1971-03"),
        ("circa Mar 1971", "~1971-03"),
        ("1970 to 1975", "1970/1975"),
        ("01 Jan 1970 to 31 Dec 1971", "1970-01-01/1971-12-31"),
        ("circa 1970 to 1975", "~1970/1975"),
        ("unknown", None),
    ],
)
def test_dates_of_ofac_keep_how_sure_they_are(written: str, stored: str | None):
    assert date_of(written) == stored


def test_a_person_of_the_un_is_read_with_dates_as_sure_as_they_were(tmp_path: Path):
    path = tmp_path / "un.xml"
    path.write_text(UN, "utf-8")
    person, passport, entity = (row for row in read(path) if isinstance(row, Row))
    assert person.ref == "un-7" and passport.kind == "Passport" and passport.raw["holder"] == ["un-7"]
    body = MODEL.clean("Person", person.raw)
    assert body["birthDate"] == ("~1971", "1970/1975", "1972-03-05")
    assert (body["alias"], body["weakAlias"], body["nationality"]) == (("Adah",), ("Addy",), ("ir",))
    assert entity.raw["previousName"] == ["OLD FRONT"]


def test_xml_that_declares_entities_is_not_read_at_all(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", "utf-8")
    body = UN.replace("<FIRST_NAME>ADA", "<FIRST_NAME>&x;ADA").partition("?>")[2]
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    for declared in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        f'<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l9;">',
    ):
        path = tmp_path / "un.xml"
        path.write_text(f"<!DOCTYPE a [{declared}]>{body}", "utf-8")
        (bad,) = read(path)
        assert isinstance(bad, Bad) and ("DOCTYPE" in bad.reason or "entity amplification" in bad.reason)


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (UN[:900], "no well-formed XML"),
        ("<html/>", "not the consolidated list"),
        ("<CONSOLIDATED_LIST>" + "<a>" * 10_000, "no well-formed XML"),
    ],
    ids=["cut", "other", "deep"],
)
def test_xml_that_is_not_the_list_says_so(tmp_path: Path, xml: str, why: str):
    path = tmp_path / "un.xml"
    path.write_text(xml, "utf-8")
    assert why in [one for one in read(path) if isinstance(one, Bad)][-1].reason


REFUSED = {
    # a number with a line break inside: no number is written so
    ("un-6908496", "idNumber"),
}


@pytest.mark.parametrize(
    "name",
    [
        "lists/ofac.ftm.jsonl",
        "lists/un.ftm.jsonl",
        "matching/screening/zala.entities.ftm.json",
        "matching/screening/parteispenden.entities.ftm.json",
    ],
)
def test_every_public_line_of_followthemoney_is_kept_and_given_back_whole(name: str, tmp_path: Path):
    given = list(read(shared(name)))
    refused = set()
    with (tmp_path / "out.jsonl").open("wb") as out:
        for row in given:
            assert isinstance(row, Row)
            body, faults = MODEL.examine(row.kind, row.raw)
            refused |= {(row.ref, fault.where.split("/")[1]) for fault in faults}
            out.write(write_ftm(row.kind, row.ref, body))
    assert refused <= REFUSED
    back = list(read(tmp_path / "out.jsonl"))
    assert len(back) == len(given)
    for before, after in zip(given, back, strict=True):
        assert isinstance(before, Row) and isinstance(after, Row)
        assert (before.kind, before.ref) == (after.kind, after.ref)
        left_out = {prop for ref, prop in refused if ref == before.ref}
        assert {k: set(v) for k, v in before.raw.items() if k not in left_out} == {
            k: set(v) for k, v in after.raw.items()
        }


def counted(path: Path) -> tuple[Counter[str], set[str]]:
    counts: Counter[str] = Counter()
    faulty = set()
    for one in read(path):
        counts["Bad" if isinstance(one, Bad) else one.kind] += 1
        if isinstance(one, Row) and MODEL.examine(one.kind, one.raw)[1]:
            faulty.add(one.ref)
    return counts, faulty


def test_the_lists_of_ofac_are_read_to_the_last_line():
    counts, faulty = counted(shared("lists/ofac"))
    assert counts == {"Person": 4699, "Organization": 4036, "Vessel": 406, "Airplane": 277, "Passport": 1538}
    assert faulty == {"ofac-cons-19468"}, "its e-mail address is cut in two by a blank in the list"


def test_the_list_of_the_un_is_read_to_the_last_line():
    counts, faulty = counted(shared("lists/un/UN_consolidated.xml"))
    assert counts == {"Person": 730, "Organization": 273, "Passport": 310, "Identification": 144}
    assert not faulty
    born = Counter(
        "~" if date.startswith("~") else "/" if "/" in date else "exact"
        for row in read(shared("lists/un/UN_consolidated.xml"))
        if isinstance(row, Row)
        for date in row.raw.get("birthDate", ())
    )
    assert born["~"] > 100 and born["/"] == 31
