"""A zone written and read again says what it was written from; names are cut as Doc 9303 says."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match import mrz
from entente.match.documents import codes, transliteration
from entente.match.documents.layouts import LAYOUTS
from entente.match.documents.mrz_writing import Entries, names, write
from entente.match.documents.zone import fields

TODAY = date(2026, 1, 15)
ANNA = Entries(
    "P", "UTO", "Eriksson", "Anna Maria", "L898902C3", "UTO", "1974-08-12", "F", "2012-04-15", "ZE184226B"
)
WORDS = st.text(alphabet="ABCXZÄÑØЖЩяё'- ", min_size=1, max_size=30).filter(
    lambda s: (transliteration.default(s) or "").strip("<") != ""
)
CODED = st.text(alphabet="ABCXZ0189", max_size=11)


@st.composite
def zones(draw):
    form = draw(st.sampled_from(sorted(LAYOUTS)))
    longest = 18 if form == "TD1" else 12 if form == "TD2" else 9
    return form, Entries(
        document=draw(
            st.sampled_from(
                {"P": ["P", "PD"], "V": ["V", "VB"], "ACI": ["I", "ID", "C"]}[LAYOUTS[form].documents]
            )
        ),
        issuer=draw(st.sampled_from(sorted(codes.known()))),
        surname=draw(WORDS),
        given=draw(st.just("") | WORDS),
        number=draw(st.text(alphabet="ABCXZ01789", min_size=1, max_size=longest)),
        nationality=draw(st.sampled_from(sorted(codes.known()))),
        birth=draw(st.dates(date(1930, 1, 1), date(2025, 1, 1))).isoformat()[
            : draw(st.sampled_from([4, 7, 10]))
        ],
        sex=draw(st.sampled_from("MFX")),
        expiry=draw(st.dates(date(1990, 1, 1), date(2080, 1, 1))).isoformat(),
        personal=draw(st.text(alphabet="ABCXZ0189", max_size=14 if form == "TD3" else 2)),
        more=draw(CODED) if form == "TD1" else "",
    )


def test_the_specimen_of_the_standard_is_written_as_it_is_printed():
    assert write("TD3", ANNA) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    card = replace(ANNA, document="I", number="D23145890", personal="")
    assert write("TD1", card) == (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )
    assert write("TD2", card)[1] == "D231458907UTO7408122F1204159<<<<<<<6"
    visa = Entries(
        "V",
        "UTO",
        "Eriksson",
        "Anna Maria",
        "L8988901C",
        "XXX",
        "1940-09-07",
        "F",
        "1996-12-10",
        "6ZE184226B",
    )
    assert write("MRVA", visa)[1] == "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"


def test_a_long_number_goes_on_in_the_optional_field():
    card = replace(ANNA, document="I", number="D23145890XYZ", personal="")
    assert write("TD1", card) == (
        "I<UTOD23145890<XYZ5<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<0",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )
    with pytest.raises(ValueError, match="number"):
        write("TD3", replace(card, document="P"))


@given(zones())
def test_what_is_written_is_read_again(zone):
    form, entries = zone
    lines = write(form, entries)
    told = fields(lines, TODAY)
    assert (told.form, told.wrong) == (form, ())
    assert {r.mark for r in told.remarks} <= {"code_specimen", "code_withdrawn", "date_unknown"}
    assert told.number == entries.number
    assert told["issuer"].printed.rstrip("<") == entries.issuer
    assert told["nationality"].printed.rstrip("<") == entries.nationality
    assert told.expiry.iso == entries.expiry
    assert told.birth.iso == entries.birth or told.birth.other == entries.birth[:4]
    assert told.text("personal" if form == "TD3" else "optional") == entries.personal
    assert told.text("optional2") == entries.more
    if not told.cut:
        assert transliteration.allowed(entries.surname, told.surname.replace(" ", "<"))
        assert transliteration.allowed(entries.given, told.given.replace(" ", "<"))
    else:
        assert transliteration.begins(entries.surname, told.surname.replace(" ", "<"))
        assert not told.given or transliteration.begins(entries.given, told.given.replace(" ", "<"))


@given(zones())
def test_the_reader_of_the_one_box_reads_what_is_written(zone):
    form, entries = zone
    read = mrz.parse(list(write(form, entries)))
    assert read is not None
    assert (read.form, read.wrong, read.number) == (form, (), entries.number)


@given(WORDS, st.just("") | WORDS, st.integers(12, 39))
def test_names_are_cut_only_where_they_must_be_and_at_a_letter(surname, given, width):
    field = names(surname, given, width)
    assert 0 < len(field) <= width
    assert field[-1].isalpha()
    if len(field) < width:
        cut = field.rpartition("<<")[2].split("<")  # of initials alone, none gives a letter
        assert field == names(surname, given, 200) or all(len(w) == 1 for w in cut)
    assert ("<<" in field) == ("<<" in names(surname, given, 200))


@pytest.mark.parametrize(
    ("surname", "given", "written"),
    [
        ("Eriksson", "Anna Maria", "ERIKSSON<<ANNA<MARIA"),
        ("D'Artagnan", "", "DARTAGNAN"),
        ("Marie-Elise", "Anna", "MARIE<ELISE<<ANNA"),
        ("Van der Muellen", "Jo", "VAN<DER<MUELLEN<<JO"),
        ("Papandropoulous", "Jonathon Alec Warren", "PAPANDROPOULOUS<<JONATHON<ALEC<WARREN"),
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("Nilavadhanananda", "Chayapan Dejthamrong Krasuang", "NILAVADHANANANDA<<CHAYAPAN<DEJTHAMRON<K"),
        (
            "Dingopotoroobennelongwooloomooloowarrandyte",
            "Warnambool",
            "DINGOPOTOROOBENNELONGWOOLOOMOOLOOWAR<<W",
        ),
    ],
)
def test_names_stand_as_the_standard_says(surname, given, written):
    assert names(surname, given, 39) == written


@pytest.mark.parametrize(
    "entries",
    [
        replace(ANNA, surname=""),
        replace(ANNA, surname="李"),
        replace(ANNA, surname="A" * 10**6),
        replace(ANNA, number="L898902C33"),
        replace(ANNA, number="L89é"),
        replace(ANNA, issuer="UTOP"),
        replace(ANNA, issuer="ut"),
        replace(ANNA, birth="12.08.1974"),
        replace(ANNA, personal="A" * 15),
    ],
)
def test_what_no_zone_can_hold_is_refused(entries):
    with pytest.raises(ValueError, match=r"."):
        write("TD3", entries)
