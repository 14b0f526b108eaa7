"""The one box."""

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
    assert asked.names == ("IVAN EXAMPLE",)
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
    understand(text)


@given(
    st.lists(
        st.sampled_from(
            ["1971", "DE89", "passport ", "AB12", "<<", "@", ".", "-", " ", "born ", "+3", "ж", "\n"]
        )
    )
)
def test_no_mixture_breaks_the_box(parts):
    asked = understand("".join(parts)[:2000])
    assert all(what for what, _ in asked.said)
