"""The one box."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.question import understand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ivan Petrov 1971", {("name", "Ivan Petrov"), ("born", "1971")}),
        ("Petrov P1234567", {("name", "Petrov"), ("document", "P1234567")}),
        (
            "PETROV, Ivan; born 05.03.1971 male",
            {("name", "PETROV, Ivan"), ("born", "1971-03-05"), ("sex", "male")},
        ),
        ("DOB 5 March 1971 Иван", {("born", "1971-03-05"), ("name", "Иван")}),
        ("circa 1971", {("born", "~1971"), ("date-alone", "~1971")}),
        ("1970/1975", {("born", "1970/1975"), ("date-alone", "1970/1975")}),
        ("DE89 3704 0044 0532 0130 00 Petrov", {("iban", "DE89 3704 0044 0532 0130 00"), ("name", "Petrov")}),
        ("1M8GDM9A1KP042788", {("vin", "1M8GDM9A1KP042788"), ("check-digit-wrong", "vin")}),
        ("WVWZZZ1JZXW000001", {("vin", "WVWZZZ1JZXW000001")}),
        ("AB-123-CD", {("plate", "AB-123-CD")}),
        ("ivan@example.org", {("email", "ivan@example.org")}),
        ("+33 6 12 34 56 78", {("phone", "+33 6 12 34 56 78")}),
        ("passport 12 34 567890", {("document", "12 34 567890")}),
        ("nationality: France Petrov", {("nationality", "fr"), ("name", "Petrov")}),
        ("محمد علي", {("name", "محمد علي")}),
        ("Velkov 1971-03-05", {("name", "Velkov"), ("born", "1971-03-05")}),
        ("LI 1971", {("name", "LI"), ("born", "1971")}),
        ("Boeing 737", {("name", "Boeing 737")}),
        ("B7044 1920", {("number", "B7044 1920"), ("plate", "B7044"), ("born", "1920")}),
        ("passport B7044 1920", {("document", "B7044 1920")}),
        (
            "passport P1234567 1971",
            {("document", "P1234567"), ("born", "1971"), ("number", "P1234567 1971")},
        ),
        ("passport P1234567 5 March 1971", {("document", "P1234567"), ("born", "1971-03-05")}),
        ("plate xb 256 uxc petrov", {("plate", "xb 256 uxc"), ("name", "petrov")}),
        ("Velkov 31.02.1971", {("name", "Velkov"), ("no-date", "31.02.1971")}),
        (
            "Velkov 03/05/1971",
            {
                ("name", "Velkov"),
                ("born", "1971-05-03"),
                ("born", "1971-03-05"),
                ("ambiguous-date", "03/05/1971"),
            },
        ),
        ("Velkov 13/05/1971", {("name", "Velkov"), ("born", "1971-05-13")}),
        ("Velkov nationality XA", {("name", "Velkov"), ("nationality", "xa")}),
        ("Velkov nat. fr", {("name", "Velkov"), ("nationality", "fr")}),
        ("citizen of South Africa, Velkov", {("name", "Velkov"), ("nationality", "za")}),
        ("Nat Li", {("name", "Nat Li")}),
        (
            "Velkov, b. 1971, tel +33 6 12 34 56 78",
            {("name", "Velkov"), ("born", "1971"), ("phone", "+33 6 12 34 56 78")},
        ),
        ("PETROV, 1971, Ivan", {("name", "PETROV, Ivan"), ("born", "1971")}),
        ("42", {("not-understood", "42")}),
        ("", set()),
    ],
)
def test_the_box_says_what_it_understood(text, said):
    assert set(understand(text).said) == said


TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("Velkov aged 45", "1980-11-29/1981-11-28"),
        ("45 years old, Velkov", "1980-11-29/1981-11-28"),
        ("Velkov 45 yo", "1980-11-29/1981-11-28"),
        ("Velkov 45 ans", "1980-11-29/1981-11-28"),
        ("Velkov 45 años", "1980-11-29/1981-11-28"),
        ("Velkov age 40-45", "1980-11-29/1986-11-28"),
        ("Velkov ٤٥ سنة", "1980-11-29/1981-11-28"),
        ("Velkov born in the 1970s", "1970/1979"),
        ("Velkov 197X", "1970/1979"),
        ("Velkov, années 1970", "1970/1979"),
        ("Velkov around 1971", "~1971"),
        ("née vers 1971 Velkov", "~1971"),
        ("Velkov 1971±2", "1969/1973"),
        ("Velkov b. 1971", "1971"),
        ("Velkov born in 1971", "1971"),
        ("Velkov 1971/03/05", "1971-03-05"),
        ("Velkov ١٩٧١", "1971"),
    ],
)
def test_ages_decades_and_about_are_years_of_birth(text, born):
    asked = understand(text, TODAY)
    assert asked.birth == (born,)
    assert asked.names == ("Velkov",)


def test_an_age_is_counted_from_a_day_that_is_given_and_never_from_a_clock():
    assert understand("Velkov aged 45").birth == ()
    assert understand("45").said == (("not-understood", "45"),)
    assert understand("Velkov aged 44", date(2024, 2, 29)).birth == ("1979-03-01/1980-02-29",)
    assert understand("Velkov aged 200", TODAY).birth == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1350 SH", {"persian": "1971-03-21/1972-03-20"}),
        ("1391 AH", {"islamic": "1971-02-27/1972-02-15"}),
        ("1391 هـ", {"islamic": "1971-02-27/1972-02-15"}),
        ("12 Muharram 1391", {"islamic": "1971-03-10"}),
        ("12 محرم 1391", {"islamic": "1971-03-10"}),
        ("1 Rabi al-Awwal 1391 AH", {"islamic": "1971-04-27"}),
        ("12 Mordad 1350", {"persian": "1971-08-03"}),
        ("۱۲ مرداد ۱۳۵۰", {"persian": "1971-08-03"}),
        ("1350/05/12", {"persian": "1971-08-03", "islamic": "1931-09-25"}),
        ("12.05.1350", {"persian": "1971-08-03", "islamic": "1931-09-25"}),
        ("30.02.1350", {"persian": "1971-05-20"}),
        ("born 1350", {"persian": "1971-03-21/1972-03-20", "islamic": "1931-05-19/1932-05-06"}),
        ("born 2514 BE", {"buddhist": "1971"}),
        ("2514-03-05", {"buddhist": "1971-03-05"}),
        ("1963-06-26 EC", {"ethiopian": "1971-03-05"}),
        ("25.10.1917 O.S.", {"julian": "1917-11-07"}),
    ],
)
def test_a_date_of_another_calendar_is_read_and_said_to_be_one(text, read):
    asked = understand(f"Velkov {text}")
    assert asked.names == ("Velkov",)
    assert asked.birth == tuple(read.values())
    assert [value for what, value in asked.said if what == "calendar"] == list(read)
    assert (("ambiguous-date", text) in asked.said) == (len(read) > 1)


@pytest.mark.parametrize("text", ["Asad Azar 1350", "Ramadan 1391", "Velkov 1350", "XB-1350", "ah 1971"])
def test_what_only_resembles_another_calendar_is_none(text):
    assert "calendar" not in dict(understand(text).said)


@given(st.dates(date(1922, 1, 1), date(2015, 12, 31)), st.integers(0, 364), st.integers(0, 20))
def test_an_age_holds_the_day_on_which_somebody_was_born(born, days, years):
    today = born.replace(year=born.year + years, day=min(born.day, 28)) + timedelta(days)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age > 0:
        (text,) = understand(f"Velkov aged {age}", today).birth
        first, last = map(date.fromisoformat, text.split("/"))
        assert first <= born <= last
        assert (last - first).days <= 366


@pytest.mark.parametrize(
    ("text", "key"),
    [(t, "plate:XB256UXC") for t in ("XB256UXC", "xb 256 uxc", "XB 256UXC", "Xb-256-uxc", "plate xb256 uxc")]
    + [
        (t, f"{scheme}:B70441920")
        for scheme in ("doc", "id")
        for t in ("B7044 1920", "B70 441 920", "B 70441920", "b 7044 1920", "passport no. B7044 1920")
    ]
    + [("9CE1U4YYRXMRSV8AC", "vin:9CE1U4YYRXMRSV8AC"), ("vin 9CE1 U4YY RXMR SV8AC", "vin:9CE1U4YYRXMRSV8AC")],
)
def test_a_number_is_sought_however_it_is_grouped(text, key):
    assert key in {k for _, k, _ in understand(text).numbers}
    assert key in {k for _, k, _ in understand(f"Velkov; {text}").numbers}


@given(
    st.sampled_from(["B70441920", "XA1234567", "D00000898"]),
    st.sets(st.integers(1, 7), max_size=3),
    st.booleans(),
)
def test_where_a_number_is_broken_up_does_not_matter(number, cuts, lower):
    text = "".join(f" {c}" if n in cuts else c for n, c in enumerate(number))
    found = understand(f"passport {text.lower() if lower else text}").numbers
    assert f"doc:{number}" in {k for _, k, _ in found}


def test_a_pasted_zone_is_a_whole_question():
    zone = "P<UTOEXAMPLE<<IVAN<<<<<<<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    asked = understand(f"please check\n{zone}")
    assert asked.names == ("EXAMPLE<<IVAN",)
    assert asked.birth == ("1974-08-12",)
    assert asked.sex == ("female",)
    assert ("doc", "doc:L898902C3", "L898902C3") in asked.numbers
    assert ("check-digit-wrong", "number") in understand(zone.replace("L8989", "L8988")).said


def test_a_wrong_iban_is_still_sought_and_remarked():
    asked = understand("DE88 3704 0044 0532 0130 00")
    assert ("check-digit-wrong", "iban") in asked.said
    assert asked.numbers[0][1] == "iban:DE88370400440532013000"


def test_ten_megabytes_are_refused_in_words():
    with pytest.raises(ValueError, match="at most 2,000 characters"):
        understand("x" * 10_000_000)


def test_unseen_characters_are_dropped():
    assert understand("Iv\u202ean\x00 Pet\u200drov").names == ("Ivan Petrov",)


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_no_text_breaks_the_box(text):
    understand(text, TODAY)


@given(
    st.lists(
        st.sampled_from(
            "1971|DE89|passport |AB12|<<|@|.|-| |born |+3|ж|\n|1350|AH|12|/|Tir|aged |±|s".split("|")
        )
    )
)
def test_no_mixture_breaks_the_box(parts):
    asked = understand("".join(parts)[:2000], TODAY)
    assert all(what for what, _ in asked.said)


@pytest.mark.parametrize(
    "text",
    [
        *("İD 12345678", "VİN 123", "ſwift DEUTDEFF", "ıd 12345", "bic: 5", "swift 7"),
        *("3 auguſt 1971", "5 juİn 1971"),
    ],
)
def test_letters_that_only_look_like_those_of_a_label_or_month_are_read_too(text):
    assert understand(text).text == text
